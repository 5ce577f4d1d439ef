//! One policy: what it is, what it grants, its text, and what can be done with it.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    explain,
    library::{
        grants::grants,
        managed::{PublishedPolicy, Purpose},
    },
    world::{EntityId, Thing, change::targets},
};

use crate::{
    components::{
        actions::Actions,
        live,
        managed::{Found, ManagedDialog, Place, document, services::services},
        words::words,
    },
    state::{
        signal::{RwSignal, memo},
        wish::Wish,
    },
    view::grants::{rows, total},
};

/// More of them than this are found by typing.
const MAX_TARGETS: usize = 40;

impl ManagedDialog {
    pub(super) fn policy(self, found: &Found, actions: Actions) -> AnyView {
        let Some(policy) = found.get() else {
            return self.list();
        };
        let name = policy.name.clone();
        let facts = format!(
            "`{}`: {} of {}, first of {}; {}.",
            policy.arn().map(|it| it.to_string()).unwrap_or_default(),
            policy.version,
            policy.updated,
            policy.created,
            policy.purpose().words()
        );
        let linked = (policy.purpose() == Purpose::ServiceLinkedRole).then(|| {
            view! {
                <p class="field-help">
                    "AWS attaches it to roles that a service makes for itself; nobody else can."
                </p>
            }
        });
        let can_attach = linked.is_none();
        let to_attach = name.clone();
        let to_compare = name.clone();
        let fork = policy.to_managed().map(Box::new);
        let granted = found.clone();
        let granted = move || {
            let (catalogue, sentence) = self.catalogue();
            let policy = granted.get().and_then(|it| it.policy());
            let rows = policy.map(|it| rows(&grants(it, &catalogue), &catalogue));
            let rows = rows.unwrap_or_default();
            let total = format!("It grants {}.", total(&rows));
            view! {
                {sentence.map(|it| view! { <p class="field-help">{it}</p> })}
                <p class="managed-total">{total}</p>
                {services(rows, "What it grants", "managed-grants")}
            }
            .into_any()
        };
        view! {
            {self.head(Place::List, name.clone())}
            <p class="managed-facts">{words(&facts)}</p>
            {linked}
            <div class="managed-deeds">
                {self.attach_onto(found, actions)}
                {can_attach.then(|| view! {
                    <button type="button" class="button" on:click=move |_| self.go(Place::Attach(to_attach.clone()))>
                        "Attach to…"
                    </button>
                })}
                <button
                    type="button"
                    class="button"
                    on:click=move |_| {
                        self.left.set(Some(to_compare.clone()));
                        self.go(Place::List);
                    }
                >
                    "Compare with…"
                </button>
                <button
                    type="button"
                    class="button"
                    title="A customer managed policy with this text, to be changed"
                    on:click=move |_| {
                        if let Some(policy) = fork.clone() {
                            self.dialog.close();
                            actions.wish.run(Wish::Fork(policy));
                        }
                    }
                >
                    "Copy to a customer managed policy"
                </button>
            </div>
            <h4>"What it grants"</h4>
            {live::part(granted)}
            <h4>"Document"</h4>
            {document(&name, policy.document.clone())}
        }
        .into_any()
    }

    /// What attaches it to the thing that a policy is looked for; nothing where it is attached there already.
    fn attach_onto(self, found: &Found, actions: Actions) -> Option<AnyView> {
        let policy = found.get()?.to_managed()?;
        let onto = self.onto.get_untracked()?;
        let what: EntityId = Thing::ManagedPolicy {
            arn: policy.arn.clone(),
        }
        .into();
        let label = self.scenario.with_untracked(|it| {
            let can = targets(&it.world, &what).contains(&onto);
            let kind = explain::entity_kind(&onto);
            can.then(|| {
                format!(
                    "Attach to {kind} {}",
                    explain::entity_name(&onto, &it.world)
                )
            })
        })?;
        let attach = move |_| {
            self.dialog.close();
            let policy = Box::new(policy.clone());
            actions
                .wish
                .run(Wish::AttachPublished(policy, onto.clone()));
        };
        Some(
            view! { <button type="button" class="button" on:click=attach>{label}</button> }
                .into_any(),
        )
    }

    /// Whom it can be attached to.
    pub(super) fn targets(self, found: &Found, actions: Actions) -> AnyView {
        let Some(policy) = found.get().and_then(PublishedPolicy::to_managed) else {
            return self.list();
        };
        let name = found.name().to_owned();
        let what: EntityId = Thing::ManagedPolicy {
            arn: policy.arn.clone(),
        }
        .into();
        let policy = Arc::new(policy);
        let all: Vec<(EntityId, String)> = self.scenario.with_untracked(|it| {
            let targets = targets(&it.world, &what).into_iter();
            let label = |to: &EntityId| {
                let kind = explain::entity_kind(to);
                format!("{kind} {}", explain::entity_name(to, &it.world))
            };
            targets.map(|to| (to.clone(), label(&to))).collect()
        });
        let is_none = all.is_empty();
        let typed = RwSignal::new(String::new());
        let found = memo(move || {
            let typed = typed.get().to_lowercase();
            let is_it = |it: &&(EntityId, String)| it.1.to_lowercase().contains(&typed);
            all.iter()
                .filter(is_it)
                .take(MAX_TARGETS)
                .cloned()
                .collect::<Vec<_>>()
        });
        let row = move |(to, label): (EntityId, String)| {
            let policy = Arc::clone(&policy);
            let attach = move |_| {
                self.dialog.close();
                let policy = Box::new((*policy).clone());
                actions.wish.run(Wish::AttachPublished(policy, to.clone()));
            };
            view! {
                <li>
                    <button type="button" class="attach-choice" on:click=attach>
                        {label}
                    </button>
                </li>
            }
            .into_any()
        };
        let list = move || {
            let rows = found.get().into_iter().map(row.clone()).collect_view();
            view! { <ul class="attach-list" aria-label="Attach to">{rows}</ul> }.into_any()
        };
        view! {
            {self.head(Place::Policy(name.clone()), format!("Attach {name} to"))}
            <label class="field">
                <span class="field-label">"Find a user, group or role"</span>
                <input
                    type="text"
                    class="input"
                    autocomplete="off"
                    spellcheck="false"
                    on:input:target=move |event| typed.set(event.target().value())
                />
            </label>
            {is_none.then(|| view! { <p>"There is nobody it could be attached to."</p> })}
            {live::part(list)}
        }
        .into_any()
    }
}
