//! Users, groups and roles: what is attached to them.

use leptos::prelude::*;
use rolewalk_core::{
    names::Arn,
    world::{DocumentId, EntityId, InlinePolicy, Owner, World},
};

use crate::{
    components::editor::forms::{
        Form,
        field::{CheckList, Item, SelectField},
    },
    components::live,
    state::{
        edit::Field,
        selection::Selection,
        signal::memo,
        things::{self, attached, boundary},
    },
    view::options,
};

fn inline_policies<'a>(world: &'a World, entity: &EntityId) -> &'a [InlinePolicy] {
    let policies = match entity {
        EntityId::User { name } => world.user(name).map(|it| it.inline_policies.as_slice()),
        EntityId::Group { name } => world.group(name).map(|it| it.inline_policies.as_slice()),
        EntityId::Role { name } => world.role(name).map(|it| it.inline_policies.as_slice()),
        _ => None,
    };
    policies.unwrap_or_default()
}

/// The texts that belong to the thing itself: what the button says, and which text.
fn own_documents(world: &World, entity: &EntityId) -> Option<Vec<(String, DocumentId)>> {
    let owner = match entity {
        EntityId::User { name } => Owner::User(name.clone()),
        EntityId::Group { name } => Owner::Group(name.clone()),
        EntityId::Role { name } => Owner::Role(name.clone()),
        _ => return None,
    };
    let trust = match entity {
        EntityId::Role { name } => Some((
            "Trust policy".to_owned(),
            DocumentId::Trust { role: name.clone() },
        )),
        _ => None,
    };
    let inline = inline_policies(world, entity).iter().map(|it| {
        let id = DocumentId::Inline {
            owner: owner.clone(),
            name: it.name.clone(),
        };
        (format!("Inline policy {}", it.name), id)
    });
    Some(trust.into_iter().chain(inline).collect())
}

fn arn(world: &World, entity: &EntityId) -> Option<String> {
    Some(match entity {
        EntityId::User { name } => world.user_arn(world.user(name)?).to_string(),
        EntityId::Role { name } => world.role_arn(world.role(name)?).to_string(),
        EntityId::Group { name } => world.iam_arn("group", "/", name).to_string(),
        _ => return None,
    })
}

/// The form.
#[component]
pub(crate) fn IdentityForm(form: Form) -> impl IntoView {
    let entity = form.entity.get_untracked();
    let is_user = matches!(entity, EntityId::User { .. });
    let is_group = matches!(entity, EntityId::Group { .. });
    let note = match entity {
        EntityId::User { .. } => {
            "A person’s or program’s own identity with long-term credentials. Best practice: let it assume roles and do little itself."
        }
        EntityId::Group { .. } => {
            "Hands its policies to its users. It is no identity: no policy can name it as a principal."
        }
        _ => "A set of permissions that somebody takes on for a while. The trust policy says who.",
    };
    let arn = form.read(arn);
    view! {
        <form class="form" on:submit=|event| event.prevent_default()>
            <p class="form-note">{note}</p>
            <p class="arn-line"><code>{live::text(move || arn.get())}</code></p>
            <OwnDocuments form />
            {is_user.then(|| view! { <Memberships form /> })}
            <AttachedPolicies form />
            {(!is_group).then(|| view! { <Boundary form /> })}
        </form>
    }
}

#[component]
fn OwnDocuments(form: Form) -> impl IntoView {
    let documents = form.read(own_documents);
    let buttons = move || {
        documents
            .get()
            .into_iter()
            .map(|(label, id)| {
                view! {
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| form.actions.select.run(Selection::Document(id.clone()))
                    >
                        {label}
                    </button>
                }
            })
            .collect_view()
    };
    view! {
        <fieldset class="group">
            <legend>"Own documents"</legend>
            <div class="button-row">{live::part(buttons)}</div>
            {live::maybe(move || documents.with(Vec::is_empty).then(|| view! { <p class="field-help">"None."</p> }.into_any()))}
        </fieldset>
    }
}

#[component]
fn Memberships(form: Form) -> impl IntoView {
    let items = form.read(|world, _| {
        let item = |name: &String| Item {
            value: name.clone(),
            label: name.clone(),
            detail: String::new(),
        };
        Some(
            world
                .groups
                .iter()
                .map(|it| item(&it.name))
                .collect::<Vec<_>>(),
        )
    });
    let checked = form.read(|world, it| match it {
        EntityId::User { name } => world.user(name).map(|it| it.groups.clone()),
        _ => None,
    });
    view! {
        <CheckList
            legend="Groups"
            items
            checked
            empty="The account has no groups."
            on_check=Callback::new(move |(name, is_on): (String, bool)| {
                form.edit(Field::Groups, move |it, entity| things::set_member(&mut it.world, entity, &name, is_on));
            })
            on_open=Callback::new(move |name: String| {
                form.actions.select.run(Selection::Entity(EntityId::Group { name }));
            })
        />
    }
}

#[component]
fn AttachedPolicies(form: Form) -> impl IntoView {
    let items = form.read(|world, _| {
        let item = |it: &rolewalk_core::world::ManagedPolicy| Item {
            value: it.arn.to_string(),
            label: it.name().to_owned(),
            detail: if it.is_aws_managed() {
                "AWS managed"
            } else {
                "customer managed"
            }
            .to_owned(),
        };
        Some(world.policies.iter().map(item).collect::<Vec<_>>())
    });
    let checked = form.read(|world, it| {
        Some(
            attached(world, it)?
                .iter()
                .map(Arn::to_string)
                .collect::<Vec<_>>(),
        )
    });
    view! {
        <CheckList
            legend="Attached policies"
            items
            checked
            empty="The account has no managed policies."
            on_check=Callback::new(move |(value, is_on): (String, bool)| {
                if let Some(arn) = Arn::parse(&value) {
                    form.edit(Field::AttachedPolicies, move |it, entity| {
                        things::set_attached(&mut it.world, entity, &arn, is_on);
                    });
                }
            })
            on_open=Callback::new(move |value: String| {
                if let Some(arn) = Arn::parse(&value) {
                    form.actions.select.run(Selection::Document(DocumentId::Managed { arn }));
                }
            })
        />
    }
}

#[component]
fn Boundary(form: Form) -> impl IntoView {
    let value = form.read(|world, it| Some(boundary(world, it)?.to_string()));
    let options = memo(move || {
        form.scenario
            .with(|it| options::boundaries(&it.world, Some(&value.get())))
    });
    view! {
        <fieldset class="group">
            <legend>"Limit"</legend>
            <SelectField
                label="Permissions boundary"
                id="identity-boundary"
                help="Allows nothing by itself: it only limits what other policies may allow."
                options
                value
                on_choose=Callback::new(move |value: String| {
                    form.edit(Field::Boundary, move |it, entity| {
                        things::set_boundary(&mut it.world, entity, Arn::parse(&value));
                    });
                })
            />
        </fieldset>
    }
}
