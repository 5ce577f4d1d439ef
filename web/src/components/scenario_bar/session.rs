//! What the sentence says behind the first role: the roles that are assumed from there, what limits and goes along with the
//! session, and from where requests come.
//!
//! Rare, so each is shown where it is set, or where all details are. Invariant: choosing none takes a role or a policy out.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    flow::Choice,
    scenario::Scenario,
    world::{PolicyText, World},
};

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
    view::options::{self, Choosable},
};

/// The roles behind the first, and what goes along with its session, as far as they are shown.
pub(super) fn behind_first_role(
    scenario: Signal<Arc<Scenario>>,
    actions: Actions,
    has_details: RwSignal<bool>,
) -> AnyView {
    let words = memo(move || {
        let is_set = |it: &Typed| scenario.with(|all| (it.read)(&all.choice).is_some());
        TYPED.each_ref().map(|it| has_details.get() || is_set(it))
    });
    view! {
        {list(scenario, &NEXT_ROLES, actions, has_details)}
        {list(scenario, &SESSION_POLICIES, actions, has_details)}
        {live::list(move || {
            let item = |it: &'static Typed| live::item(it.label, move || field(scenario, it, actions));
            let shown = TYPED.iter().zip(words.get());
            shown.filter(|it| it.1).map(|it| item(it.0)).collect()
        })}
        {whereabouts(scenario, actions, has_details)}
    }
    .into_any()
}

/// A list of the choice: a select for each entry, and where all details are shown one more, to add one.
struct Listed {
    /// What a screen reader calls an entry, before its number.
    label: &'static str,
    /// The words before it in the sentence.
    words: &'static str,
    field: fn(usize) -> ChoiceField,
    options: fn(&World, &str) -> Vec<Choosable>,
    read: fn(&Choice) -> &Vec<String>,
    write: fn(&mut Choice) -> &mut Vec<String>,
    /// What becomes of the list where none is chosen for an entry that is there.
    take_out: fn(&mut Vec<String>, usize),
}

/// The roles behind the first: choosing none ends the chain there.
static NEXT_ROLES: Listed = Listed {
    label: "Next role",
    words: ", then ",
    field: ChoiceField::RoleChain,
    options: options::next_roles,
    read: |it| &it.role_chain,
    write: |it| &mut it.role_chain,
    take_out: |chain, idx| chain.truncate(idx),
};

/// The managed policies that are passed with the role's session: choosing none takes one out.
static SESSION_POLICIES: Listed = Listed {
    label: "Session policy",
    words: ", limited by ",
    field: ChoiceField::SessionPolicyArn,
    options: options::session_policies,
    read: |it| &it.session_policy_arns,
    write: |it| &mut it.session_policy_arns,
    take_out: |passed, idx| drop(passed.remove(idx)),
};

fn list(
    scenario: Signal<Arc<Scenario>>,
    it: &'static Listed,
    actions: Actions,
    has_details: RwSignal<bool>,
) -> AnyView {
    let n_shown = memo(move || {
        let n_entries = scenario.with(|all| (it.read)(&all.choice).len());
        n_entries + usize::from(has_details.get())
    });
    live::list(move || {
        let item =
            |idx: usize| live::item(idx.to_string(), move || entry(scenario, it, idx, actions));
        (0..n_shown.get()).map(item).collect()
    })
}

fn entry(
    scenario: Signal<Arc<Scenario>>,
    it: &'static Listed,
    idx: usize,
    actions: Actions,
) -> AnyView {
    let value = memo(move || {
        let chosen = |all: &Arc<Scenario>| (it.read)(&all.choice).get(idx).cloned();
        scenario.with(chosen).unwrap_or_default()
    });
    let options = memo(move || {
        let value = value.get();
        scenario.with(|all| (it.options)(&all.world, &value))
    });
    let on_choose = Callback::new(move |value: String| {
        let change = move |all: &mut Scenario| {
            let entries = (it.write)(&mut all.choice);
            match (entries.get_mut(idx), value.is_empty()) {
                (Some(_), true) => (it.take_out)(entries, idx),
                (Some(entry), false) => *entry = value,
                (None, true) => (),
                (None, false) => entries.push(value),
            }
        };
        let target = Target::Choice((it.field)(idx));
        actions.edit.run(Edit::new(target, change));
    });
    let label = format!("{} {}", it.label, idx + 1);
    view! {
        {behind(it.words)}
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
