//! The organization, its root and its units: what is attached where.

use leptos::prelude::*;
use rolewalk_core::world::{Limited, OrganizationPolicyKind, Reference, Text, WorldFindingKind};

use crate::{
    components::{
        editor::forms::{
            Form,
            field::{CheckList, Item},
        },
        live,
    },
    state::{edit::Field, signal::memo, things::set_organization_policy},
};

/// The organization: which types of policies are switched on.
#[component]
pub(crate) fn OrganizationForm(form: Form) -> impl IntoView {
    let management = form.read(|world, _| {
        let organization = world.organization.as_ref()?;
        Some(organization.management_account.to_string())
    });
    let set = move |kind: OrganizationPolicyKind, is_on: bool| {
        form.edit(Field::PolicyTypes, move |it, _| {
            if let Some(organization) = &mut it.world.organization {
                let kinds = &mut organization.enabled_policy_types;
                kinds.retain(|it| *it != kind);
                if is_on {
                    kinds.push(kind);
                    kinds.sort();
                }
            }
        });
    };
    let switch = move |kind: OrganizationPolicyKind| {
        let is_on = move || {
            form.scenario.with(|it| {
                let organization = it.world.organization.as_ref();
                organization.is_some_and(|it| it.enabled_policy_types.contains(&kind))
            })
        };
        view! {
            <div class="check-row">
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=live::flag(is_on)
                        on:change:target=move |event| set(kind, event.target().checked())
                    />
                    <span>{title(kind)}</span>
                </label>
            </div>
        }
    };
    view! {
        <div class="form">
            <p class="form-note">
                "Policies of the organization allow nothing: they limit what the policies of its accounts can allow. Each level from the root down to the account must let a request pass; the management account is not limited."
            </p>
            <dl class="facts">
                <div><dt>"Management account"</dt><dd>{live::text(move || management.get())}</dd></div>
            </dl>
            <fieldset class="group">
                <legend>"Enabled policy types"</legend>
                <p class="field-help">"Policies of a type that is not enabled limit nothing, and cannot be attached."</p>
                <div>{OrganizationPolicyKind::ALL.map(switch).into_view()}</div>
            </fieldset>
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

/// Whether a finding is about what is attached of that kind.
fn is_of(finding: &WorldFindingKind, own: OrganizationPolicyKind) -> bool {
    let (reference, limited) = match own {
        OrganizationPolicyKind::Scp => (Reference::Scp, Limited::Scps),
        OrganizationPolicyKind::Rcp => (Reference::Rcp, Limited::Rcps),
    };
    match finding {
        WorldFindingKind::Missing { what, .. } => *what == reference,
        WorldFindingKind::TooMany { what, .. } => *what == limited,
        WorldFindingKind::NothingAttached { kind } | WorldFindingKind::SwitchedOff { kind } => {
            *kind == own
        }
        _ => false,
    }
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
            let names = form.entity.with(|it| scenario.world.attached_at(it, kind));
            names.unwrap_or_default().to_vec()
        })
    });
    let message = form.message(match kind {
        OrganizationPolicyKind::Scp => |it| is_of(it, OrganizationPolicyKind::Scp),
        OrganizationPolicyKind::Rcp => |it| is_of(it, OrganizationPolicyKind::Rcp),
    });
    view! {
        <CheckList
            legend=title(kind)
            items
            checked
            empty="The organization has none."
            message
            on_check=Callback::new(move |(name, is_on): (String, bool)| {
                form.edit(Field::AttachedPolicies, move |it, entity| {
                    set_organization_policy(&mut it.world, entity, kind, &name, is_on);
                });
            })
            on_open=Callback::new(move |name: String| form.open_text(Text::Organization { kind, name }))
        />
    }
}
