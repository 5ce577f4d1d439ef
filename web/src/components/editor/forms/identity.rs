//! Users, groups and roles: what is attached to them.

use leptos::prelude::*;
use rolewalk_core::{
    names::Arn,
    world::{
        EntityId, Group, Limited, ManagedPolicy, Owner, Reference, Text, Thing, World,
        WorldFindingKind, change::Kind,
    },
};

use crate::{
    components::editor::forms::{
        Form,
        access_keys::AccessKeys,
        field::{CheckList, Item, SelectField},
        identity_settings::IdentitySettings,
        tags::TagFields,
    },
    components::{icon, live},
    state::{
        edit::Field,
        signal::memo,
        things::{self, identity},
        wish::Wish,
    },
    view::{icon::Icon, options},
};

/// The texts that belong to the thing itself: what the button says, and which text.
fn own_documents(world: &World, entity: &EntityId) -> Option<Vec<(String, Text)>> {
    let owner = Owner::of(&entity.thing)?;
    let trust = match &entity.thing {
        Thing::Role { name } => Some((
            "Trust policy".to_owned(),
            Text::Trust { role: name.clone() },
        )),
        _ => None,
    };
    let inline = identity(world, entity)?.inline.iter().map(|it| {
        let text = Text::Inline {
            owner: owner.clone(),
            name: it.name.clone(),
        };
        (format!("Inline policy {}", it.name), text)
    });
    Some(trust.into_iter().chain(inline).collect())
}

/// The form.
#[component]
pub(crate) fn IdentityForm(form: Form) -> impl IntoView {
    let entity = form.entity.get_untracked();
    let is_user = matches!(entity.thing, Thing::User { .. });
    let is_group = matches!(entity.thing, Thing::Group { .. });
    let note = match entity.thing {
        Thing::User { .. } => {
            "A person’s or program’s own identity with long-term credentials. Best practice: let it assume roles and do little itself."
        }
        Thing::Group { .. } => {
            "Hands its policies to its users. It is no identity: no policy can name it as a principal."
        }
        _ => "A set of permissions that somebody takes on for a while. The trust policy says who.",
    };
    let arn = form.read(|world, it| world.arn_of(it).map(|it| it.to_string()));
    view! {
        <form class="form" on:submit=|event| event.prevent_default()>
            <p class="form-note">{note}</p>
            <p class="arn-line"><code>{live::text(move || arn.get())}</code></p>
            <OwnDocuments form />
            {is_user.then(|| view! { <Memberships form /> })}
            <AttachedPolicies form />
            {(!is_group).then(|| view! { <IdentitySettings form /> })}
            {is_user.then(|| view! { <AccessKeys form /> })}
            {(!is_group).then(|| view! { <Boundary form /> })}
            {(!is_group).then(|| view! { <TagFields form help="Policies can ask for them as `aws:PrincipalTag`, and of a resource as `aws:ResourceTag`." /> })}
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
            .map(|(label, text)| {
                view! {
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| form.open_text(text.clone())
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
            <div class="button-row">
                <button
                    type="button"
                    class="button quiet"
                    on:click=move |_| {
                        let at = form.entity.get_untracked();
                        form.actions.wish.run(Wish::Add(Kind::InlinePolicy, at));
                    }
                >
                    {icon::icon(Icon::Plus)}
                    "Add an inline policy"
                </button>
            </div>
            {live::maybe(move || documents.with(Vec::is_empty).then(|| view! { <p class="field-help">"None."</p> }.into_any()))}
        </fieldset>
    }
}

#[component]
fn Memberships(form: Form) -> impl IntoView {
    let items = memo(move || {
        let item = |it: &Group| Item {
            value: it.name.clone(),
            label: it.name.clone(),
            detail: String::new(),
        };
        form.offered(|_, it| it.groups.iter().map(item).collect::<Vec<_>>())
    });
    let checked = form.read(|world, it| Some(identity(world, it)?.groups.to_vec()));
    view! {
        <CheckList
            legend="Groups"
            items
            checked
            empty="The account has no groups."
            message=form.message(|it| matches!(it, WorldFindingKind::Missing { what: Reference::Group, .. } | WorldFindingKind::TooMany { what: Limited::Groups, .. }))
            on_check=Callback::new(move |(name, is_on): (String, bool)| {
                form.edit(Field::Groups, move |it, entity| things::set_member(&mut it.world, entity, &name, is_on));
            })
            on_open=Callback::new(move |name: String| {
                form.open(Thing::Group { name });
            })
        />
    }
}

#[component]
fn AttachedPolicies(form: Form) -> impl IntoView {
    let items = memo(move || {
        let item = |it: &ManagedPolicy| Item {
            value: it.arn.to_string(),
            label: it.name().to_owned(),
            detail: if it.is_aws_managed() {
                "AWS managed"
            } else {
                "customer managed"
            }
            .to_owned(),
        };
        form.offered(|world, account| {
            let policies = options::managed_policies(world, account).into_iter();
            policies.map(item).collect::<Vec<_>>()
        })
    });
    let checked = form.read(|world, it| {
        Some(
            identity(world, it)?
                .attached
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
            empty="The account has no managed policies of its own, and none of AWS’s is attached yet."
            message=form.message(|it| matches!(it, WorldFindingKind::Missing { what: Reference::AttachedPolicy, .. } | WorldFindingKind::TooMany { what: Limited::AttachedPolicies, .. }))
            on_check=Callback::new(move |(value, is_on): (String, bool)| {
                if let Some(arn) = Arn::parse(&value) {
                    form.edit(Field::AttachedPolicies, move |it, entity| {
                        things::set_attached(&mut it.world, entity, &arn, is_on);
                    });
                }
            })
            on_open=Callback::new(move |value: String| {
                if let Some(arn) = Arn::parse(&value) {
                    form.open_text(Text::Managed { arn });
                }
            })
        />
        <div class="button-row">
            <button
                type="button"
                class="button quiet"
                aria-haspopup="dialog"
                on:click=move |_| {
                    let onto = form.entity.get_untracked();
                    form.actions.wish.run(Wish::BrowsePublished(Some(onto)));
                }
            >
                {icon::icon(Icon::Plus)}
                "An AWS managed policy…"
            </button>
        </div>
    }
}

#[component]
fn Boundary(form: Form) -> impl IntoView {
    let value = form.read(|world, it| Some(identity(world, it)?.boundary?.to_string()));
    let options = memo(move || {
        let value = value.get();
        form.offered(|world, it| options::boundaries(world, it, Some(&value)))
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
                message=form.message(|it| matches!(it, WorldFindingKind::Missing { what: Reference::PermissionsBoundary, .. }))
                on_choose=Callback::new(move |value: String| {
                    form.edit(Field::Boundary, move |it, entity| {
                        things::set_boundary(&mut it.world, entity, Arn::parse(&value));
                    });
                })
            />
        </fieldset>
    }
}
