//! The versions of a customer managed policy: the one that counts, and those that are kept.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    names::Arn,
    scenario::Scenario,
    world::{EntityId, Limited, Thing},
};

use crate::{
    components::{actions::Actions, icon, live},
    state::{
        signal::{Signal, memo},
        wish::Wish,
    },
    view::icon::Icon,
};

/// The line of versions.
#[component]
pub(crate) fn Versions(
    arn: Arn,
    scenario: Signal<Arc<Scenario>>,
    actions: Actions,
) -> impl IntoView {
    let entity = EntityId::from(Thing::ManagedPolicy { arn: arn.clone() });
    let versions = memo(move || {
        scenario.with(|it| {
            let policy = it.world.policy(&arn)?;
            let default = policy.version.clone().unwrap_or_else(|| "v1".to_owned());
            let others = policy.other_versions.iter().map(|it| it.version.clone());
            Some((default, others.collect::<Vec<_>>()))
        })
    });
    let row = move |(version, entity): (String, EntityId)| {
        let (default, delete) = (
            Wish::MakeDefault(entity.clone(), version.clone()),
            Wish::DeleteVersion(entity, version.clone()),
        );
        view! {
            <li class="version">
                <code>{version.clone()}</code>
                <button
                    type="button"
                    class="button quiet small"
                    aria-label=format!("Make {version} the default")
                    on:click=move |_| actions.wish.run(default.clone())
                >
                    "Make default"
                </button>
                <button
                    type="button"
                    class="button quiet small"
                    aria-label=format!("Delete {version}")
                    on:click=move |_| actions.wish.run(delete.clone())
                >
                    {icon::icon(Icon::Cross)}
                </button>
            </li>
        }
        .into_any()
    };
    let list = move || {
        let (default, others) = versions.get()?;
        let n_left = Limited::PolicyVersions
            .most()
            .saturating_sub(others.len() + 1);
        let add = Wish::AddVersion(entity.clone());
        let rows = others.into_iter().map(|it| row((it, entity.clone())));
        Some(view! {
            <ul class="versions" aria-label="Versions">
                <li class="version"><code>{default}</code><span class="tag">"default"</span></li>
                {rows.collect_view()}
                <li class="version">
                    <button
                        type="button"
                        class="button quiet small"
                        title="Keeps this text as a version, and makes a new default of it to be changed"
                        disabled=n_left == 0
                        on:click=move |_| actions.wish.run(add.clone())
                    >
                        {icon::icon(Icon::Plus)}
                        "Add a version"
                    </button>
                </li>
            </ul>
        })
    };
    live::maybe(list)
}
