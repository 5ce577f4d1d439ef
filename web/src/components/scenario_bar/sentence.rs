//! Who does what on which data, as a sentence with selects in it.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    flow::{Choice, Workload},
    scenario::Scenario,
    world::World,
};

use crate::{
    components::{actions::Actions, choose::Choose, live},
    state::{
        edit::{ChoiceField, Edit, Target},
        signal::{Signal, memo},
    },
    view::{
        markup,
        options::{self, Choosable, Deed},
    },
};

const JOB: &str = "training-job-1";

/// The sentence.
#[component]
pub(crate) fn Sentence(
    #[prop(into)] scenario: Signal<Arc<Scenario>>,
    actions: Actions,
) -> impl IntoView {
    let person = memo(move || scenario.with(|it| it.choice.person.clone()));
    let mfa = memo(move || scenario.with(|it| it.choice.mfa));
    let prefix = memo(move || scenario.with(|it| it.choice.data.prefix.clone()));
    let is_job = memo(move || {
        scenario.with(|it| matches!(it.choice.workload, Workload::TrainingJob { .. }))
    });
    let pick = move |label: &'static str,
                     offer: Offer,
                     value: fn(&Choice) -> String,
                     field,
                     set: Set| {
        let options = memo(move || scenario.with(|it| offer(&it.world, &it.choice)));
        let value = memo(move || scenario.with(|it| value(&it.choice)));
        let on_choose = move |value: String| {
            actions
                .edit
                .run(Edit::new(Target::Choice(field), move |it| set(it, value)));
        };
        view! { <Choose label=label options=options value=value on_choose=Callback::new(on_choose) /> }
    };
    let edit = move |field, change: Box<dyn FnOnce(&mut Scenario)>| {
        actions.edit.run(Edit::new(Target::Choice(field), change));
    };
    view! {
        <div class="sentence" role="group" aria-label="Scenario">
            <strong class="person">{live::text(move || person.get())}</strong>
            " signs in as IAM user "
            {pick("IAM user", options::users, |it| it.user.clone(), ChoiceField::User, set_user)}
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=live::flag(move || mfa.get())
                    on:change:target=move |event| {
                        let is_on = event.target().checked();
                        edit(ChoiceField::Mfa, Box::new(move |it| it.choice.mfa = is_on));
                    }
                />
                "with MFA"
            </label>
            ", assumes "
            {pick("Role to assume", options::roles, |it| it.role.clone().unwrap_or_default(), ChoiceField::Role, |it, value| {
                it.choice.role = Some(value).filter(|it| !it.is_empty());
            })}
            ", enters domain "
            {pick("Domain", options::domains, |it| it.domain.clone(), ChoiceField::Domain, set_domain)}
            " as profile "
            {pick("User profile", options::profiles, |it| it.user_profile.clone(), ChoiceField::Profile, |it, value| {
                it.choice.user_profile = value;
            })}
            " and "
            {pick("What is done", |_, _| options::deeds(), |it| Deed::of(&it.workload).value().to_owned(), ChoiceField::Workload, set_workload)}
            ", with data in "
            {pick("Bucket", options::buckets, |it| it.data.bucket.clone(), ChoiceField::Bucket, |it, value| {
                it.choice.data.bucket = value;
            })}
            " / "
            <input
                type="text"
                class="input prefix"
                aria-label="Prefix of the data"
                spellcheck="false"
                autocomplete="off"
                prop:value=live::text(move || prefix.get())
                on:input:target=move |event| {
                    let value = event.target().value();
                    edit(ChoiceField::Prefix, Box::new(move |it| it.choice.data.prefix = value));
                }
            />
            ", image from "
            {pick("Image repository", options::repositories, |it| it.repository.clone(), ChoiceField::Repository, |it, value| {
                it.choice.repository = value;
            })}
            {live::maybe(move || {
                is_job
                    .get()
                    .then(|| {
                        view! {
                            ", handing over "
                            {pick("Role handed over", options::job_roles, job_role, ChoiceField::JobRole, set_job_role)}
                        }
                    })
            })}
            "."
        </div>
    }
}

type Offer = fn(&World, &Choice) -> Vec<Choosable>;
type Set = fn(&mut Scenario, String);

fn set_user(scenario: &mut Scenario, user: String) {
    scenario.choice.person = markup::capitalised(&user);
    scenario.choice.user = user;
}

/// Another domain has other profiles: the one of the same name, else its first.
fn set_domain(scenario: &mut Scenario, domain: String) {
    let choice = &mut scenario.choice;
    if let Some(new) = scenario.world.domain(&domain)
        && new.user_profile(&choice.user_profile).is_none()
        && let Some(first) = new.user_profiles.first()
    {
        choice.user_profile.clone_from(&first.user_profile_name);
    }
    choice.domain = domain;
}

fn set_workload(scenario: &mut Scenario, value: String) {
    scenario.choice.workload = match Deed::parse(&value) {
        Some(Deed::Studio) => Workload::OpenStudio,
        Some(Deed::Training) => Workload::TrainingJob {
            job: JOB.to_owned(),
            role: None,
        },
        None => return,
    };
}

fn job_role(choice: &Choice) -> String {
    match &choice.workload {
        Workload::TrainingJob { role, .. } => role.clone().unwrap_or_default(),
        Workload::OpenStudio => String::new(),
    }
}

fn set_job_role(scenario: &mut Scenario, value: String) {
    if let Workload::TrainingJob { role, .. } = &mut scenario.choice.workload {
        *role = Some(value).filter(|it| !it.is_empty());
    }
}
