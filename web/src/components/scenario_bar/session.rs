//! What the sentence says behind the first role: the roles that are assumed from there, what limits and goes along with the
//! session, and from where requests come.
//!
//! Rare, so each is shown where it is set, or where all details are. Invariant: choosing none takes a role or a policy out.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{flow::Choice, scenario::Scenario, world::PolicyText};

use crate::{
    components::{
        actions::Actions,
        choose::Choose,
        live,
        scenario_bar::{behind::behind, whereabouts::whereabouts},
    },
    state::{
        edit::{ChoiceField, Edit, Target},
        signal::{RwSignal, Signal, memo},
    },
    view::options,
};

/// The roles behind the first, and what goes along with its session, as far as they are shown.
pub(super) fn behind_first_role(
    scenario: Signal<Arc<Scenario>>,
    actions: Actions,
    has_details: RwSignal<bool>,
) -> AnyView {
    // One select more than there are roles, to add one.
    let n_next = memo(move || {
        let n_chained = scenario.with(|it| it.choice.role_chain.len());
        n_chained + usize::from(has_details.get())
    });
    // One select more than there are policies, here too.
    let n_policies = memo(move || {
        let n_passed = scenario.with(|it| it.choice.session_policy_arns.len());
        n_passed + usize::from(has_details.get())
    });
    let words = memo(move || {
        let is_set = |it: &Typed| scenario.with(|all| (it.read)(&all.choice).is_some());
        TYPED.each_ref().map(|it| has_details.get() || is_set(it))
    });
    view! {
        {live::list(move || {
            let item = |idx: usize| live::item(idx.to_string(), move || next_role(scenario, idx, actions));
            (0..n_next.get()).map(item).collect()
        })}
        {live::list(move || {
            let item = |idx: usize| {
                live::item(format!("policy {idx}"), move || session_policy(scenario, idx, actions))
            };
            (0..n_policies.get()).map(item).collect()
        })}
        {live::list(move || {
            let item = |it: &'static Typed| live::item(it.label, move || field(scenario, it, actions));
            let shown = TYPED.iter().zip(words.get());
            shown.filter(|it| it.1).map(|it| item(it.0)).collect()
        })}
        {whereabouts(scenario, actions, has_details)}
    }
    .into_any()
}

/// A managed policy that is passed with the role's session: choosing none takes it out.
fn session_policy(scenario: Signal<Arc<Scenario>>, idx: usize, actions: Actions) -> AnyView {
    let value = memo(move || {
        scenario.with(|it| {
            it.choice
                .session_policy_arns
                .get(idx)
                .cloned()
                .unwrap_or_default()
        })
    });
    let options = memo(move || {
        let value = value.get();
        scenario.with(|it| options::session_policies(&it.world, &value))
    });
    let on_choose = Callback::new(move |value: String| {
        let change = move |it: &mut Scenario| {
            let passed = &mut it.choice.session_policy_arns;
            match (passed.get_mut(idx), value.is_empty()) {
                (Some(_), true) => drop(passed.remove(idx)),
                (Some(arn), false) => *arn = value,
                (None, true) => (),
                (None, false) => passed.push(value),
            }
        };
        let target = Target::Choice(ChoiceField::SessionPolicyArn(idx));
        actions.edit.run(Edit::new(target, change));
    });
    let label = format!("Session policy {}", idx + 1);
    view! {
        {behind(", limited by ")}
        <Choose label=label options=options value=value on_choose=on_choose />
    }
    .into_any()
}

/// A role behind the first: choosing none ends the chain there.
fn next_role(scenario: Signal<Arc<Scenario>>, idx: usize, actions: Actions) -> AnyView {
    let value = memo(move || {
        scenario.with(|it| it.choice.role_chain.get(idx).cloned().unwrap_or_default())
    });
    let options = memo(move || {
        let value = value.get();
        scenario.with(|it| options::next_roles(&it.world, &value))
    });
    let on_choose = Callback::new(move |value: String| {
        let change = move |it: &mut Scenario| {
            let chain = &mut it.choice.role_chain;
            if value.is_empty() {
                chain.truncate(idx);
            } else if let Some(role) = chain.get_mut(idx) {
                *role = value;
            } else {
                chain.push(value);
            }
        };
        let target = Target::Choice(ChoiceField::RoleChain(idx));
        actions.edit.run(Edit::new(target, change));
    });
    let label = format!("Next role {}", idx + 1);
    view! {
        {behind(", then ")}
        <Choose label=label options=options value=value on_choose=on_choose />
    }
    .into_any()
}

/// A part of the choice that is typed, and rarely.
struct Typed {
    /// What a screen reader calls it.
    label: &'static str,
    /// The words before it in the sentence.
    words: &'static str,
    placeholder: &'static str,
    field: ChoiceField,
    read: fn(&Choice) -> Option<String>,
    write: fn(&mut Choice, Option<String>),
}

static TYPED: [Typed; 4] = [
    Typed {
        label: "Session policy as text",
        words: ", and by the policy ",
        placeholder: "none",
        field: ChoiceField::SessionPolicy,
        read: |it| it.session_policy.as_ref().map(|it| it.as_str().to_owned()),
        write: |it, value| it.session_policy = value.map(PolicyText::from),
    },
    Typed {
        label: "Source identity",
        words: ", source identity ",
        placeholder: "none",
        field: ChoiceField::SourceIdentity,
        read: |it| it.source_identity.clone(),
        write: |it, value| it.source_identity = value,
    },
    Typed {
        label: "External id",
        words: ", external id ",
        placeholder: "none",
        field: ChoiceField::ExternalId,
        read: |it| it.external_id.clone(),
        write: |it, value| it.external_id = value,
    },
    Typed {
        label: "User agent",
        words: ", user agent ",
        placeholder: "the usual",
        field: ChoiceField::UserAgent,
        read: |it| it.user_agent.clone(),
        write: |it, value| it.user_agent = value,
    },
];

fn field(scenario: Signal<Arc<Scenario>>, it: &'static Typed, actions: Actions) -> AnyView {
    let value = memo(move || scenario.with(|all| (it.read)(&all.choice).unwrap_or_default()));
    let edit = move |value: String| {
        let change = move |all: &mut Scenario| {
            (it.write)(&mut all.choice, Some(value).filter(|it| !it.is_empty()));
        };
        actions
            .edit
            .run(Edit::new(Target::Choice(it.field), change));
    };
    view! {
        {behind(it.words)}
        <input
            type="text"
            class="input prefix"
            aria-label=it.label
            placeholder=it.placeholder
            spellcheck="false"
            autocomplete="off"
            prop:value=live::text(move || value.get())
            on:input:target=move |event| edit(event.target().value())
        />
    }
    .into_any()
}
