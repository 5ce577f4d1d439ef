//! Where the person's requests come from: an address, and a VPC endpoint.
//!
//! Shown among the rarer details, and wherever the scenario says one of the two. Invariant: what is typed is kept as
//! it is, also where it is no address; what is wrong with it stands beside it.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::scenario::Scenario;

use crate::{
    components::{actions::Actions, choose::Choose, live, scenario_bar::behind::behind},
    state::{
        edit::{ChoiceField, Edit, Target},
        signal::{RwSignal, Signal, memo},
    },
    view::{
        form, options,
        verdict::{ENDPOINT, SOURCE_IP},
    },
};

/// The select's value for an endpoint that is typed.
const OTHER: &str = "other";

/// Both, as far as they are shown.
pub(super) fn whereabouts(
    scenario: Signal<Arc<Scenario>>,
    actions: Actions,
    has_details: RwSignal<bool>,
) -> AnyView {
    let has_address =
        memo(move || has_details.get() || scenario.with(|it| it.choice.source_ip.is_some()));
    let has_endpoint =
        memo(move || has_details.get() || scenario.with(|it| it.choice.source_vpce.is_some()));
    view! {
        {live::maybe(move || has_address.get().then(|| address(scenario, actions)))}
        {live::maybe(move || has_endpoint.get().then(|| endpoint(scenario, actions)))}
    }
    .into_any()
}

fn address(scenario: Signal<Arc<Scenario>>, actions: Actions) -> AnyView {
    let value = memo(move || scenario.with(|it| it.choice.source_ip.clone().unwrap_or_default()));
    let on_text = move |value: String| {
        let value = Some(value).filter(|it| !it.is_empty());
        let change = move |it: &mut Scenario| it.choice.source_ip = value;
        let target = Target::Choice(ChoiceField::SourceIp);
        actions.edit.run(Edit::new(target, change));
    };
    let message = memo(move || value.with(|it| form::address_message(it)));
    view! {
        {behind(", from address ")}
        {typed(SOURCE_IP, "source-ip-message", "not said", value, message, on_text)}
    }
    .into_any()
}

fn endpoint(scenario: Signal<Arc<Scenario>>, actions: Actions) -> AnyView {
    let value = memo(move || scenario.with(|it| it.choice.source_vpce.clone().unwrap_or_default()));
    let set = move |value: String| {
        let value = Some(value).filter(|it| !it.is_empty());
        let change = move |it: &mut Scenario| it.choice.source_vpce = value;
        let target = Target::Choice(ChoiceField::SourceVpce);
        actions.edit.run(Edit::new(target, change));
    };
    let known = memo(move || scenario.with(|it| options::vpc_endpoints(&it.world)));
    let is_typing = RwSignal::new(false);
    let is_other = memo(move || {
        let is_known = |value: &String| {
            value.is_empty() || known.with(|all| all.iter().any(|it| it.value == *value))
        };
        is_typing.get() || !value.with(is_known)
    });
    let chosen = memo(move || {
        if is_other.get() {
            OTHER.to_owned()
        } else {
            value.get()
        }
    });
    let offered = memo(move || {
        let mut all = vec![options::option("", "no VPC endpoint")];
        all.extend(known.get());
        all.push(options::option(OTHER, "another…"));
        all
    });
    let on_choose = move |value: String| {
        is_typing.set(value == OTHER);
        if value != OTHER {
            set(value);
        }
    };
    let message = memo(move || {
        scenario.with(|it| value.with(|value| form::endpoint_message(&it.world, value)))
    });
    view! {
        {behind(", through ")}
        <Choose label=ENDPOINT options=offered value=chosen on_choose=Callback::new(on_choose) />
        {live::maybe(move || {
            is_other
                .get()
                .then(|| {
                    view! {
                        " "
                        {typed("Id of the VPC endpoint", "source-vpce-message", "vpce-…", value, message, set)}
                    }
                })
        })}
    }
    .into_any()
}

/// A field in the sentence, and what is wrong with what it holds.
fn typed(
    label: &'static str,
    message_id: &'static str,
    placeholder: &'static str,
    value: Signal<String>,
    message: Signal<Option<String>>,
    on_text: impl Fn(String) + 'static,
) -> AnyView {
    view! {
        <input
            type="text"
            class="input prefix whereabouts"
            aria-label=label
            placeholder=placeholder
            spellcheck="false"
            autocomplete="off"
            aria-invalid=live::text(move || message.with(Option::is_some).to_string())
            aria-describedby=live::option(move || message.with(Option::is_some).then(|| message_id.to_owned()))
            prop:value=live::text(move || value.get())
            on:input:target=move |event| on_text(event.target().value())
        />
        <span id=message_id class="sentence-message" aria-live="polite">
            {live::maybe(move || message.get().map(|it| format!(" ({it})")))}
        </span>
    }
    .into_any()
}
