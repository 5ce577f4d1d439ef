//! Who does what on which data, as a sentence with selects in it.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    flow::{Choice, SignIn},
    scenario::Scenario,
    world::World,
};

use crate::{
    components::{
        actions::Actions,
        choose::Choose,
        glossary::term_word,
        live,
        scenario_bar::{behind::behind, session::behind_first_role},
    },
    state::{
        edit::{ChoiceField, Edit, Target},
        signal::{RwSignal, Signal, memo},
    },
    view::{
        markup,
        options::{self, Choosable, option},
        verdict::MORE_DETAILS,
        workload::{self, Deed, Detail},
    },
};

/// The sentence.
#[component]
pub(crate) fn Sentence(
    #[prop(into)] scenario: Signal<Arc<Scenario>>,
    actions: Actions,
    /// Whether the rarer details are shown, too.
    has_details: RwSignal<bool>,
    /// Whether nothing of it can be changed: what shows the rarer details works all the same.
    is_locked: Option<Signal<bool>>,
) -> impl IntoView {
    let words = words(scenario, actions, has_details);
    let words = match is_locked {
        Some(is_locked) => {
            let is_locked = live::flag(move || is_locked.get());
            view! { <fieldset class="lockable" disabled=is_locked>{words}</fieldset> }.into_any()
        }
        None => words,
    };
    view! {
        <div class="sentence" role="group" aria-label="Scenario">
            {words}
            {more_details(has_details)}
        </div>
    }
}

/// The words, and the selects between them.
fn words(
    scenario: Signal<Arc<Scenario>>,
    actions: Actions,
    has_details: RwSignal<bool>,
) -> AnyView {
    let person = memo(move || scenario.with(|it| it.choice.person.clone()));
    let has_profile = memo(move || scenario.with(|it| workload::has_profile(&it.choice.workload)));
    let has_data = memo(move || scenario.with(|it| workload::has_data(&it.choice.workload)));
    let is_iam = memo(move || scenario.with(|it| it.choice.sign_in.is_iam()));
    let details = memo(move || {
        let shows_all = has_details.get();
        scenario.with(|it| workload::shown_details(&it.choice, shows_all))
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
    view! {
            <strong class="person">{live::text(move || person.get())}</strong>
            " " {term_word("session", "signs in")} " as "
            {pick("Way to sign in", |_, _| sign_ins(), |it| sign_in(it).to_owned(), ChoiceField::SignIn, set_sign_in)}
            " "
            {pick("IAM user", options::users, |it| it.user.clone(), ChoiceField::User, set_user)}
            {live::part(move || {
                let set = |it: &mut Scenario, value: String| {
                    it.choice.role = Some(value).filter(|it| !it.is_empty());
                };
                let value = |it: &Choice| it.role.clone().unwrap_or_default();
                if is_iam.get() {
                    view! {
                        {mfa(scenario, actions)}
                        {behind(", ")} {term_word("assume-role", "assumes")} " "
                        {pick("Role to assume", options::roles, value, ChoiceField::Role, set)}
                    }
                        .into_any()
                } else {
                    view! {
                        {behind(", with ")}
                        {pick("Permission set", options::permission_sets, options::permission_set, ChoiceField::Role, set)}
                    }
                        .into_any()
                }
            })}
            {behind_first_role(scenario, actions, has_details)}
            {live::maybe(move || {
                has_profile
                    .get()
                    .then(|| {
                        view! {
                            {behind(", enters ")} {term_word("domain", "domain")} " "
                            {pick("Domain", options::domains, |it| it.domain.clone(), ChoiceField::Domain, set_domain)}
                            " as " {term_word("user-profile", "profile")} " "
                            {pick("User profile", options::profiles, |it| it.user_profile.clone(), ChoiceField::Profile, |it, value| {
                                it.choice.user_profile = value;
                            })}
                        }
                    })
            })}
            " and "
            {pick("What is done", |_, _| workload::deeds(), |it| Deed::of(&it.workload).value().to_owned(), ChoiceField::Workload, set_workload)}
            {live::list(move || {
                let item = |it: Detail| live::item(it.label(), move || detail(scenario, it, actions));
                details.get().into_iter().map(item).collect()
            })}
            {live::maybe(move || {
                has_data
                    .get()
                    .then(|| {
                        view! {
                            {behind(", with data in ")}
                            {pick("Bucket", options::buckets, |it| it.data.bucket.clone(), ChoiceField::Bucket, |it, value| {
                                it.choice.data.bucket = value;
                            })}
                            " / "
                            {prefix(scenario, actions)}
                            {behind(", ")} {term_word("ecr", "image")} " from "
                            {pick("Image repository", options::repositories, |it| it.repository.clone(), ChoiceField::Repository, |it, value| {
                                it.choice.repository = value;
                            })}
                        }
                    })
            })}
            {behind(". ")}
    }
    .into_any()
}

/// What shows the rarer details, and hides them.
fn more_details(has_details: RwSignal<bool>) -> AnyView {
    let label = move || {
        let label = if has_details.get() {
            "Fewer details"
        } else {
            MORE_DETAILS
        };
        label.to_owned()
    };
    view! {
        <button
            type="button"
            class="button small quiet more-details"
            aria-expanded=live::text(move || has_details.get().to_string())
            on:click=move |_| has_details.set(!has_details.get_untracked())
        >
            {live::text(label)}
        </button>
    }
    .into_any()
}

/// Whether there is a second factor.
fn mfa(scenario: Signal<Arc<Scenario>>, actions: Actions) -> AnyView {
    let mfa = memo(move || scenario.with(|it| it.choice.mfa));
    let edit = move |is_on| {
        let change = move |it: &mut Scenario| it.choice.mfa = is_on;
        let target = Target::Choice(ChoiceField::Mfa);
        actions.edit.run(Edit::new(target, change));
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=live::flag(move || mfa.get())
                on:change:target=move |event| edit(event.target().checked())
            />
            "with MFA"
        </label>
    }
    .into_any()
}

/// Where in the bucket the data lies.
fn prefix(scenario: Signal<Arc<Scenario>>, actions: Actions) -> AnyView {
    let prefix = memo(move || scenario.with(|it| it.choice.data.prefix.clone()));
    let edit = move |value: String| {
        let change = move |it: &mut Scenario| it.choice.data.prefix = value;
        let target = Target::Choice(ChoiceField::Prefix);
        actions.edit.run(Edit::new(target, change));
    };
    view! {
        <input
            type="text"
            class="input prefix"
            aria-label="Prefix of the data"
            spellcheck="false"
            autocomplete="off"
            prop:value=live::text(move || prefix.get())
            on:input:target=move |event| edit(event.target().value())
        />
    }
    .into_any()
}

/// One detail of what is done: the words before it, and a select or a field.
fn detail(scenario: Signal<Arc<Scenario>>, it: Detail, actions: Actions) -> AnyView {
    let value =
        memo(move || scenario.with(|all| it.read(&all.choice.workload).unwrap_or_default()));
    let on_value = Callback::new(move |value: String| {
        let change = move |all: &mut Scenario| it.write(&mut all.choice.workload, &value);
        let target = Target::Choice(ChoiceField::Detail(it));
        actions.edit.run(Edit::new(target, change));
    });
    let is_chosen = scenario.with_untracked(|all| it.options(&all.world, "").is_some());
    let control = if is_chosen {
        let options = memo(move || {
            let value = value.get();
            scenario.with(|all| it.options(&all.world, &value).unwrap_or_default())
        });
        view! { <Choose label=it.label() options=options value=value on_choose=on_value /> }
            .into_any()
    } else {
        view! {
            <input
                type="text"
                class="input detail"
                aria-label=it.label()
                placeholder=it.placeholder()
                spellcheck="false"
                autocomplete="off"
                prop:value=live::text(move || value.get())
                on:input:target=move |event| on_value.run(event.target().value())
            />
        }
        .into_any()
    };
    view! {
        {behind(it.words())}
        {control}
    }
    .into_any()
}

type Offer = fn(&World, &Choice) -> Vec<Choosable>;
type Set = fn(&mut Scenario, String);

fn set_user(scenario: &mut Scenario, user: String) {
    let name = user.rsplit('/').next().unwrap_or(&user);
    scenario.choice.person = markup::capitalised(name);
    scenario.choice.user = user;
}

/// Another domain has other profiles: the one of the same name, else its first.
fn set_domain(scenario: &mut Scenario, domain: String) {
    let choice = &mut scenario.choice;
    let owner = scenario.world.domain_owner(&domain);
    if let Some(new) = owner.and_then(|it| it.domain(&domain))
        && new.user_profile(&choice.user_profile).is_none()
        && let Some(first) = new.user_profiles.first()
    {
        choice.user_profile.clone_from(&first.user_profile_name);
    }
    choice.domain = domain;
}

fn set_workload(scenario: &mut Scenario, value: String) {
    if let Some(deed) = Deed::parse(&value) {
        scenario.choice.workload = deed.workload(&scenario.choice);
    }
}

fn sign_ins() -> Vec<Choosable> {
    vec![
        option("iam", "IAM user"),
        option("sso", "Identity Center user"),
    ]
}

const fn sign_in(choice: &Choice) -> &'static str {
    match choice.sign_in {
        SignIn::Iam => "iam",
        SignIn::IdentityCenter => "sso",
    }
}

fn set_sign_in(scenario: &mut Scenario, value: String) {
    scenario.choice.sign_in = match value.as_str() {
        "sso" => SignIn::IdentityCenter,
        _ => SignIn::Iam,
    };
}
