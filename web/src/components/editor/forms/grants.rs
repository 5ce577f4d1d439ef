//! The grants on a key: who may do what with it beside its policy.

use leptos::prelude::*;
use rolewalk_core::{
    by_name::ByName,
    eval::{GRANT_OPERATIONS, KeyGrant},
    world::{Account, Form as NameForm, Reference, World, WorldFindingKind},
};

use crate::{
    components::{
        editor::forms::{Form, field::TextField},
        icon, live,
    },
    state::{
        edit::Field,
        signal::{Signal, memo},
        things::key_mut,
    },
    view::icon::Icon,
};

/// What is between commas.
fn listed(text: &str) -> Vec<String> {
    let words = text.split(',').map(str::trim).filter(|it| !it.is_empty());
    words.map(str::to_owned).collect()
}

/// `name=value` between commas; a name without a value has an empty one.
fn pairs(text: &str) -> ByName<String> {
    let pair = |it: String| match it.split_once('=') {
        Some((name, value)) => (name.trim().to_owned(), value.trim().to_owned()),
        None => (it, String::new()),
    };
    listed(text).into_iter().map(pair).collect()
}

fn written(pairs: &ByName<String>) -> String {
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, it)| format!("{name}={it}"))
        .collect();
    pairs.join(", ")
}

/// A grant to begin with, for the first role of the account, else for the account.
fn first_grant(world: &World, account: &Account, n: usize) -> KeyGrant {
    let role = account.roles.first();
    let grantee = role.map_or_else(
        || {
            world
                .iam_arn_in(&account.account, "root", "", "")
                .to_string()
        },
        |it| world.role_arn_in(account, it).to_string(),
    );
    KeyGrant {
        grant_id: format!("grant-{n}"),
        name: String::new(),
        grantee_principal: grantee,
        retiring_principal: None,
        operations: vec!["Decrypt".to_owned()],
        constraints: rolewalk_core::eval::GrantConstraints::default(),
    }
}

/// The fields.
#[component]
pub(crate) fn Grants(form: Form) -> impl IntoView {
    let grants = form.read(|world, it| Some(world.key_of(it)?.grants.clone()));
    let ids =
        memo(move || grants.with(|it| it.iter().map(|it| it.grant_id.clone()).collect::<Vec<_>>()));
    let rows = move || {
        let row = |id: String| {
            let key = id.clone();
            live::item(key, move || grant_fields(form, grants, id.clone()))
        };
        ids.get().into_iter().map(row).collect()
    };
    let add = move |_| {
        let new = form.scenario.with_untracked(|scenario| {
            let entity = form.entity.get_untracked();
            let account = scenario.world.account_of(entity.account.as_ref())?;
            let taken = ids.get_untracked();
            let mut n = 1;
            while taken.contains(&format!("grant-{n}")) {
                n += 1;
            }
            Some(first_grant(&scenario.world, account, n))
        });
        form.edit(Field::Grants, move |it, entity| {
            if let (Some(key), Some(new)) = (key_mut(&mut it.world, entity), new) {
                key.grants.push(new);
            }
        });
    };
    view! {
        <fieldset class="group">
            <legend>"Grants"</legend>
            <p class="field-help">
                "A grant allows one principal single operations beside the key policy, until it is retired. AWS services make them for volumes and endpoints."
            </p>
            {live::list(rows)}
            <div class="button-row">
                <button type="button" class="button quiet" on:click=add>
                    {icon::icon(Icon::Plus)}
                    "Add a grant"
                </button>
            </div>
        </fieldset>
    }
}

fn grant_fields(form: Form, grants: Signal<Vec<KeyGrant>>, id: String) -> AnyView {
    let own = StoredValue::new(id.clone());
    let read = move |read: fn(&KeyGrant) -> String| {
        memo(move || {
            grants.with(|all| {
                let it = own.with_value(|id| all.iter().find(|it| it.grant_id == *id));
                it.map(read).unwrap_or_default()
            })
        })
    };
    let change = move |change: fn(&mut KeyGrant, String)| {
        Callback::new(move |value: String| {
            let id = own.get_value();
            form.edit(Field::Grants, move |it, entity| {
                let key = key_mut(&mut it.world, entity);
                let grant = key.and_then(|it| it.grants.iter_mut().find(|it| it.grant_id == id));
                if let Some(grant) = grant {
                    change(grant, value);
                }
            });
        })
    };
    let remove = move |_| {
        let id = own.get_value();
        form.edit(Field::Grants, move |it, entity| {
            if let Some(key) = key_mut(&mut it.world, entity) {
                key.grants.retain(|it| it.grant_id != id);
            }
        });
    };
    let help = format!("Between commas: {}.", GRANT_OPERATIONS.join(", "));
    view! {
        <div class="group" role="group" aria-label=format!("Grant {id}")>
            <TextField
                label="Grantee principal"
                id=format!("grantee-{id}")
                help="The ARN of a role, user or account, or a service such as `sagemaker.amazonaws.com`."
                message=form.message(|it| {
                    matches!(
                        it,
                        WorldFindingKind::Form { form: NameForm::GrantPrincipal, .. }
                            | WorldFindingKind::Missing { what: Reference::GrantPrincipal, .. }
                    )
                })
                value=read(|it| it.grantee_principal.clone())
                on_text=change(|it, value| it.grantee_principal = value)
            />
            <TextField
                label="Operations"
                id=format!("operations-{id}")
                help=help
                message=form.message(|it| {
                    matches!(it, WorldFindingKind::Form { form: NameForm::GrantOperation, .. })
                })
                value=read(|it| it.operations.join(", "))
                on_done=change(|it, value| it.operations = listed(&value))
            />
            <TextField
                label="Encryption context (subset)"
                id=format!("context-{id}")
                help="Pairs that each request must bring, such as `aws:ebs:id=vol-0a1b2c3d`, between commas; empty for none."
                value=read(|it| written(&it.constraints.encryption_context_subset))
                on_done=change(|it, value| it.constraints.encryption_context_subset = pairs(&value))
            />
            <div class="button-row">
                <button
                    type="button"
                    class="button quiet small"
                    aria-label=format!("Delete grant {id}")
                    on:click=remove
                >
                    {icon::icon(Icon::Bin)}
                    "Delete"
                </button>
            </div>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_read_as_they_are_written() {
        let read = pairs(" aws:ebs:id=vol-1, team = churn,lone");
        assert_eq!(written(&read), "aws:ebs:id=vol-1, lone=, team=churn");
        assert_eq!(pairs(&written(&read)), read);
        assert!(pairs(" , ").is_empty());
    }
}
