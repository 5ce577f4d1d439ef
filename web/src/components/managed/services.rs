//! What is granted, service by service: each unfolds to its actions by access level.

use leptos::prelude::*;

use crate::{
    components::{icon, live},
    state::signal::RwSignal,
    view::{
        grants::{LevelRow, ServiceRow},
        icon::Icon,
    },
};

/// More services than this are told, not listed.
const MAX_ROWS: usize = 60;

/// The list; `label` is its name, `id` begins those of its parts.
pub(super) fn services(rows: Vec<ServiceRow>, label: &str, id: &str) -> AnyView {
    let n_more = rows.len().saturating_sub(MAX_ROWS);
    let is_only = rows.len() == 1;
    let rows = rows.into_iter().take(MAX_ROWS);
    let rows = rows.map(|it| service(it, id, is_only)).collect_view();
    view! {
        <ul class="managed-services" aria-label=label.to_owned()>{rows}</ul>
        {(n_more > 0).then(|| view! { <p class="field-help">{format!("… and {n_more} more services.")}</p> })}
    }
    .into_any()
}

fn service(row: ServiceRow, id: &str, is_open: bool) -> AnyView {
    let is_open = RwSignal::new(is_open);
    let ServiceRow {
        prefix,
        name,
        summary,
        levels,
    } = row;
    let body_id = format!("{id}-{prefix}");
    let controls = body_id.clone();
    view! {
        <li class="managed-service">
            <button
                type="button"
                class="managed-fold"
                class:is-open=live::flag(move || is_open.get())
                aria-expanded=live::text(move || is_open.get().to_string())
                aria-controls=controls
                on:click=move |_| is_open.set(!is_open.get_untracked())
            >
                {icon::icon(Icon::Chevron)}
                <code>{prefix}</code>
                <span class="managed-service-name">{name}</span>
                <span class="managed-summary">{summary}</span>
            </button>
            <div id=body_id>
                {live::maybe(move || {
                    is_open.get().then(|| levels.iter().map(level).collect_view())
                })}
            </div>
        </li>
    }
    .into_any()
}

fn level(row: &LevelRow) -> AnyView {
    let actions = row.actions.iter().map(|(name, is_limited)| {
        view! {
            <li>
                <code>{name.clone()}</code>
                {is_limited.then(|| view! { <span class="managed-limited">" limited"</span> })}
            </li>
        }
        .into_any()
    });
    let actions = actions.collect_view();
    view! {
        <div class="managed-level">
            <h5>{row.level}</h5>
            <ul class="managed-actions">{actions}</ul>
        </div>
    }
    .into_any()
}
