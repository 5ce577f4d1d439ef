//! The account, keys, repositories, log groups and VPC endpoints.

use leptos::prelude::*;
use rolewalk_core::world::{Account, Form as NameForm, Text, Thing, VpcEndpoint, WorldFindingKind};

use crate::{
    components::editor::forms::{
        Form, field::TextField, first_steps::FirstSteps, grants::Grants,
        organization::AttachedHere, policy::PolicyFields, public_access::PublicAccess,
    },
    components::live,
    state::{
        edit::Field,
        things::{key_mut, vpc_endpoint},
    },
};

/// The account: nothing to change, something to read.
#[component]
pub(crate) fn AccountForm(form: Form) -> impl IntoView {
    let count = move |label: &'static str, count: fn(&Account) -> usize| {
        view! { <div><dt>{label}</dt><dd>{live::text(move || form.offered(|_, it| count(it)).to_string())}</dd></div> }
    };
    let note = form.read(|world, it| {
        let is_empty = world.account_of(it.account.as_ref()).is_none();
        Some(match it.account {
            None => "People work in this account and region. Choose a thing in the account tree, a station in the picture or a line of the mental model to see and change it here.",
            Some(_) if is_empty => "An account of the organization. Nothing is known of what is in it.",
            Some(_) => "Another account, whose things the home account works with. Across accounts both sides must allow: the caller’s policies and the policy of the resource.",
        })
    });
    let is_member = form.read(|world, it| {
        let id = it.account.as_ref().unwrap_or(&world.home.account);
        Some(world.organization.as_ref()?.member(id).is_some())
    });
    let has_buckets = form.read(|world, it| Some(world.account_of(it.account.as_ref()).is_some()));
    view! {
        <div class="form">
            <p class="form-note">{live::text(move || note.get().to_owned())}</p>
            <FirstSteps form />
            <dl class="facts">
                <div><dt>"Region"</dt><dd>{live::text(move || form.scenario.with(|it| it.world.region.clone()))}</dd></div>
                {count("Users", |it| it.users.len())}
                {count("Groups", |it| it.groups.len())}
                {count("Roles", |it| it.roles.len())}
                {count("Managed policies", |it| it.policies.len())}
                {count("Domains", |it| it.domains.len())}
                {count("Buckets", |it| it.buckets.len())}
            </dl>
            {live::maybe(move || has_buckets.get().then(|| view! { <PublicAccess form /> }.into_any()))}
            {live::maybe(move || is_member.get().then(|| view! { <AttachedHere form /> }.into_any()))}
        </div>
    }
}

/// A key.
#[component]
pub(crate) fn KeyForm(form: Form) -> impl IntoView {
    view! {
        <form class="form" on:submit=|event| event.prevent_default()>
            <p class="form-note">
                "The key policy decides first: without its yes, or its handing over to IAM, no identity policy can allow anything."
            </p>
            <fieldset class="group">
                <legend>"Key"</legend>
                <TextField
                    label="Alias"
                    id="key-alias"
                    help="Policies name keys by id: an alias in `Resource` matches nothing."
                    message=form.message(|it| matches!(it, WorldFindingKind::Form { form: NameForm::KeyAlias, .. }))
                    value=form.read(|world, it| Some(world.key_of(it)?.alias.clone().unwrap_or_default()))
                    on_text=Callback::new(move |value: String| {
                        form.edit(Field::Alias, move |it, entity| {
                            if let Some(key) = key_mut(&mut it.world, entity) {
                                key.alias = Some(value).filter(|it| !it.is_empty());
                            }
                        });
                    })
                />
                <button
                    type="button"
                    class="button"
                    on:click=move |_| {
                        if let Thing::Key { id } = form.entity.get_untracked().thing {
                            form.open_text(Text::Key { key: id });
                        }
                    }
                >
                    "Open the key policy"
                </button>
            </fieldset>
            <Grants form />
        </form>
    }
}

/// A repository.
#[component]
pub(crate) fn RepositoryForm(form: Form) -> impl IntoView {
    view! {
        <div class="form">
            <p class="form-note">"Training jobs pull their image from here, with the job’s role."</p>
            <PolicyFields
                form
                name="Repository policy"
                none="The repository has no policy: identity policies of this account decide."
            />
        </div>
    }
}

/// A log group.
#[component]
pub(crate) fn LogGroupForm(form: Form) -> impl IntoView {
    let arn = form.read(|world, it| world.arn_of(it).map(|it| it.to_string()));
    view! {
        <div class="form">
            <p class="form-note">"Without permission to write here a job goes on, but its log is lost."</p>
            <p class="arn-line"><code>{live::text(move || arn.get())}</code></p>
        </div>
    }
}

/// A VPC endpoint.
#[component]
pub(crate) fn VpcEndpointForm(form: Form) -> impl IntoView {
    view! {
        <form class="form" on:submit=|event| event.prevent_default()>
            <p class="form-note">
                "The policy of an endpoint limits what passes through it. It allows nothing by itself."
            </p>
            <fieldset class="group">
                <legend>"VPC endpoint"</legend>
                <TextField
                    label="Service"
                    id="endpoint-service"
                    help="Such as `com.amazonaws.eu-west-1.sagemaker.api`."
                    value=form.read(|world, it| Some(vpc_endpoint(world, it)?.service_name.clone()))
                    on_text=endpoint_text(form, Field::Service, |it| &mut it.service_name)
                />
                <TextField
                    label="VPC"
                    id="endpoint-vpc"
                    value=form.read(|world, it| Some(vpc_endpoint(world, it)?.vpc_id.clone()))
                    on_text=endpoint_text(form, Field::Vpc, |it| &mut it.vpc_id)
                />
            </fieldset>
            <PolicyFields
                form
                name="VPC endpoint policy"
                none="The endpoint has no policy of its own: everything may pass."
            />
        </form>
    }
}

fn endpoint_text(
    form: Form,
    field: Field,
    set: fn(&mut VpcEndpoint) -> &mut String,
) -> Callback<String> {
    Callback::new(move |value: String| {
        form.edit(field, move |it, entity| {
            let Thing::VpcEndpoint { id } = &entity.thing else {
                return;
            };
            let account = it.world.account_of_mut(entity.account.as_ref());
            if let Some(endpoint) = account.and_then(|it| it.vpc_endpoint_mut(id)) {
                *set(endpoint) = value;
            }
        });
    })
}
