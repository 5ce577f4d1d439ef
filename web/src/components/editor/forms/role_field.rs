//! An execution role: one of the account's, none, or any ARN.

use leptos::prelude::*;
use rolewalk_core::{
    names::Arn,
    world::{EntityId, Thing},
};

use crate::{
    components::editor::forms::{
        Form,
        field::{SelectField, TextField},
    },
    components::{icon, live},
    state::{
        selection::Selection,
        signal::{RwSignal, Signal, memo},
    },
    view::{
        form,
        icon::Icon,
        options::{self, option},
    },
};

/// The select's value for an ARN that is typed.
const OTHER: &str = "other";

/// The field. `None` is what `none` says.
#[component]
pub(crate) fn RoleField(
    #[prop(into)] label: String,
    #[prop(into)] id: String,
    #[prop(into)] none: String,
    #[prop(optional, into)] help: String,
    form: Form,
    #[prop(into)] value: Signal<Option<String>>,
    #[prop(into)] on_role: Callback<Option<String>>,
    /// Adds a role and names it.
    #[prop(into)]
    on_add: Callback<()>,
) -> impl IntoView {
    // The thing whose role is typed.
    let typing = RwSignal::new(None::<EntityId>);
    let roles = memo(move || form.offered(options::role_arns));
    let is_other = memo(move || {
        let is_unknown = value.with(|value| {
            let value = value.as_deref();
            value.is_some_and(|value| roles.with(|it| it.iter().all(|it| it.value != value)))
        });
        is_unknown || typing.with(|it| form.entity.with(|entity| it.as_ref() == Some(entity)))
    });
    let chosen = memo(move || {
        if is_other.get() {
            OTHER.to_owned()
        } else {
            value.get().unwrap_or_default()
        }
    });
    let offered = memo(move || {
        let mut all = vec![option("", none.clone())];
        all.extend(roles.get());
        all.push(option(OTHER, "another ARN…"));
        all
    });
    let on_choose = move |it: String| {
        typing.set((it == OTHER).then(|| form.entity.get_untracked()));
        if it != OTHER {
            on_role.run(Some(it).filter(|it| !it.is_empty()));
        }
    };
    let text = memo(move || value.get().unwrap_or_default());
    let message = memo(move || {
        form.scenario.with(|it| {
            value.with(|value| form::role_message(&it.world, value.as_deref().unwrap_or_default()))
        })
    });
    let arn_id = format!("{id}-arn");
    let arn_label = format!("{label}: ARN");
    let (to_add, to_open) = (
        format!("{label}: add a role"),
        format!("{label}: open the role"),
    );
    // The role that is chosen, where the world has it.
    let known = memo(move || {
        let value = value.get();
        let role = value.and_then(|it| form.offered(|world, _| world.entity_of(&Arn::parse(&it)?)));
        role.filter(|it| matches!(it.thing, Thing::Role { .. }))
    });
    let open = move |_| {
        if let Some(role) = known.get_untracked() {
            form.actions.select.run(Selection::of_entity(role));
        }
    };
    view! {
        <SelectField label id options=offered value=chosen help on_choose=Callback::new(on_choose) />
        <div class="button-row role-deeds">
            <button
                type="button"
                class="button small quiet"
                aria-label=to_add
                title="A new role that SageMaker may assume, named here"
                on:click=move |_| {
                    typing.set(None);
                    on_add.run(());
                }
            >
                {icon::icon(Icon::Plus)}
                "Add a role"
            </button>
            {live::maybe(move || {
                let is_known = known.with(Option::is_some);
                is_known
                    .then(|| {
                        view! {
                            <button type="button" class="button small quiet" aria-label=to_open.clone() on:click=open>
                                "Open the role"
                            </button>
                        }
                    })
            })}
        </div>
        {live::maybe(move || {
            is_other
                .get()
                .then(|| {
                    view! {
                        <TextField
                            label=arn_label.clone()
                            id=arn_id.clone()
                            value=text
                            message=message
                            on_text=Callback::new(move |it: String| on_role.run(Some(it)))
                        />
                    }
                })
        })}
    }
}
