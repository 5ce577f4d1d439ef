//! What an account needs until somebody can open Studio in it, step by step.

use leptos::prelude::*;
use rolewalk_core::world::{Account, Domain, Thing, change::Kind};

use crate::{
    components::{editor::forms::Form, icon, live},
    state::{
        signal::memo,
        wish::{Wish, kind_name},
    },
    view::icon::Icon,
};

/// One step: what is made, why, and whether it is there.
struct Step {
    kind: Kind,
    why: &'static str,
    is_done: fn(&Account) -> bool,
}

const STEPS: [Step; 6] = [
    Step {
        kind: Kind::User,
        why: "Whoever signs in.",
        is_done: |it| !it.users.is_empty(),
    },
    Step {
        kind: Kind::Role,
        why: "What Studio’s apps and jobs run as: SageMaker may assume it.",
        is_done: |it| !it.roles.is_empty(),
    },
    Step {
        kind: Kind::Domain,
        why: "Where people work. Give it the role as its default execution role.",
        is_done: |it| !it.domains.is_empty(),
    },
    Step {
        kind: Kind::UserProfile,
        why: "One person’s place in the domain.",
        is_done: |it| {
            it.domains
                .iter()
                .any(|it: &Domain| !it.user_profiles.is_empty())
        },
    },
    Step {
        kind: Kind::Bucket,
        why: "Where the data lies.",
        is_done: |it| !it.buckets.is_empty(),
    },
    Step {
        kind: Kind::Repository,
        why: "Where training jobs pull their image from.",
        is_done: |it| !it.repositories.is_empty(),
    },
];

/// The steps, while one of the first four is open: without these nobody opens Studio.
#[component]
pub(crate) fn FirstSteps(form: Form) -> impl IntoView {
    let done = memo(move || {
        let is_home = form.entity.with(|it| it.account.is_none());
        let done = form.offered(|_, account| {
            STEPS
                .iter()
                .map(|it| (it.is_done)(account))
                .collect::<Vec<_>>()
        });
        let is_needed = done.iter().take(4).any(|it| !it);
        (is_home && is_needed).then_some(done)
    });
    let list = move |done: Vec<bool>| {
        let steps = STEPS
            .iter()
            .zip(done)
            .map(|(it, is_done)| step(it, is_done, form));
        view! {
            <section class="group" aria-label="First steps">
                <p class="form-note">
                    "Nobody can open Studio here yet. Make these first; each can be named, changed and deleted afterwards."
                </p>
                <ol class="steps">{steps.collect_view()}</ol>
            </section>
        }
    };
    live::maybe(move || done.get().map(list))
}

fn step(step: &Step, is_done: bool, form: Form) -> AnyView {
    let kind = step.kind;
    let name = kind_name(kind);
    let add = move |_| {
        let at = form.scenario.with_untracked(|it| {
            let domain = it.world.home.domains.first();
            let domain = domain.filter(|_| kind == Kind::UserProfile);
            domain.map_or(Thing::Account, |it| Thing::Domain {
                id: it.domain_id.clone(),
            })
        });
        form.actions.wish.run(Wish::Add(kind, at.into()));
    };
    let has_place = form
        .scenario
        .with_untracked(|it| kind != Kind::UserProfile || !it.world.home.domains.is_empty());
    view! {
        <li class="step" class:is-open=is_done>
            {icon::icon(if is_done { Icon::Check } else { Icon::Dash })}
            <span>
                {crate::view::markup::capitalised(name)}
                {is_done.then_some(view! { <span class="visually-hidden">" (done)"</span> })}
                <span class="step-help">{step.why}</span>
            </span>
            {(!is_done)
                .then(|| {
                    view! {
                        <button type="button" class="button small" aria-label=format!("Add {name}") disabled=!has_place on:click=add>
                            "Add"
                        </button>
                    }
                })}
        </li>
    }
    .into_any()
}
