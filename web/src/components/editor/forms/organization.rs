//! The organization, its root and its units: what is attached where.

use leptos::prelude::*;
use rolewalk_core::world::{OrganizationPolicyKind, Text};

use crate::{
    components::{
        editor::forms::{
            Form,
            field::{CheckList, Item},
        },
        live,
    },
    state::{
        edit::Field,
        signal::memo,
        things::{organization_policies, set_organization_policy},
    },
};

/// The organization: nothing to change, something to read.
#[component]
pub(crate) fn OrganizationForm(form: Form) -> impl IntoView {
    let management = form.read(|world, _| {
        let organization = world.organization.as_ref()?;
        Some(organization.management_account.to_string())
    });
    let enabled = form.read(|world, _| {
        let kinds = &world.organization.as_ref()?.enabled_policy_types;
        let names: Vec<_> = kinds.iter().map(|it| title(*it)).collect();
        Some(if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        })
    });
    view! {
        <div class="form">
            <p class="form-note">
                "Policies of the organization allow nothing: they limit what the policies of its accounts can allow. Each level from the root down to the account must let a request pass; the management account is not limited."
            </p>
            <dl class="facts">
                <div><dt>"Management account"</dt><dd>{live::text(move || management.get())}</dd></div>
                <div><dt>"Policies switched on"</dt><dd>{live::text(move || enabled.get())}</dd></div>
            </dl>
        </div>
    }
}

const fn title(kind: OrganizationPolicyKind) -> &'static str {
    match kind {
        OrganizationPolicyKind::Scp => "Service control policies",
        OrganizationPolicyKind::Rcp => "Resource control policies",
    }
}

/// The root or a unit.
#[component]
pub(crate) fn UnitForm(form: Form) -> impl IntoView {
    view! {
        <form class="form" on:submit=|event| event.prevent_default()>
            <p class="form-note">
                "Within one level one policy that allows is enough; a level without any lets nothing pass."
            </p>
            <AttachedHere form />
        </form>
    }
}

/// The policies of the organization that are attached to the root, a unit or an account.
#[component]
pub(crate) fn AttachedHere(form: Form) -> impl IntoView {
    OrganizationPolicyKind::ALL
        .map(|kind| view! { <Attached form kind /> }.into_any())
        .into_view()
}

#[component]
fn Attached(form: Form, kind: OrganizationPolicyKind) -> impl IntoView {
    let items = memo(move || {
        form.scenario.with(|it| {
            let policies = it.world.organization.iter().flat_map(|it| &it.policies);
            let item = |name: &String| Item {
                value: name.clone(),
                label: name.clone(),
                detail: String::new(),
            };
            let of_kind = policies.filter(|it| it.kind == kind);
            of_kind.map(|it| item(&it.name)).collect::<Vec<_>>()
        })
    });
    let checked = memo(move || {
        form.scenario.with(|scenario| {
            let names = form
                .entity
                .with(|it| organization_policies(&scenario.world, it, kind));
            names.unwrap_or_default().to_vec()
        })
    });
    view! {
        <CheckList
            legend=title(kind)
            items
            checked
            empty="The organization has none."
            on_check=Callback::new(move |(name, is_on): (String, bool)| {
                form.edit(Field::AttachedPolicies, move |it, entity| {
                    set_organization_policy(&mut it.world, entity, kind, &name, is_on);
                });
            })
            on_open=Callback::new(move |name: String| form.open_text(Text::Organization { kind, name }))
        />
    }
}
