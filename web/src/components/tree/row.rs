//! One row of the account tree.

use leptos::{attr::custom::custom_attribute, prelude::*};
use rolewalk_core::lesson::Openness;

use crate::{
    browser::terms,
    components::{
        actions::Actions,
        icon, live,
        tree::{TreeState, choose, drag::Drag, row_id},
    },
    state::signal::{Signal, memo},
    view::{
        icon::Icon,
        term,
        tree::{Passage, Row},
    },
};

/// The row with that key.
#[component]
pub(crate) fn TreeRow(key: String, state: TreeState, actions: Actions) -> impl IntoView {
    let key = StoredValue::new(key);
    let row_and_fold = memo(move || {
        state
            .visible
            .with(|visible| key.with_value(|key| (visible.get(key).cloned(), visible.is_open(key))))
    });
    let row = memo(move || row_and_fold.with(|it| it.0.clone()));
    let is_active =
        memo(move || key.with_value(|key| state.reached.with(|it| it.as_ref() == Some(key))));
    let is_selected =
        memo(move || key.with_value(|key| state.selected.with(|it| it.as_ref() == Some(key))));
    let passage = memo(move || row.with(|it| it.as_ref().map(|it| it.passage).unwrap_or_default()));
    let is_open = memo(move || row_and_fold.with(|it| it.1));
    let has_children = memo(move || row.with(|it| it.as_ref().is_some_and(|it| it.has_children)));
    let place =
        memo(move || row.with(|it| it.as_ref().map_or((1, 1), |it| (it.position, it.set_size))));
    let level = row.with_untracked(|it| it.as_ref().map_or(1, |it| it.level));
    let on_click = move |_| {
        if let Some(row) = row.get_untracked() {
            choose(state, actions, &row);
        }
    };
    let on_menu = move |event: leptos::ev::MouseEvent| {
        event.stop_propagation();
        event.prevent_default();
        if let Some(row) = row.get_untracked() {
            state.active.set(Some(row.key.clone()));
            state.offer(&row, (event.client_x(), event.client_y()));
        }
    };
    let has_menu = memo(move || {
        row.with(|it| {
            it.as_ref()
                .is_some_and(|it| it.adds.is_some() || is_item(it) && is_active.get())
        })
    });
    let button = move || {
        let (icon, label) = row.with_untracked(|it| {
            let it = it.as_ref();
            let label = it.map(|it| it.label.clone()).unwrap_or_default();
            match it.and_then(|it| it.adds.as_ref()) {
                Some(_) => (Icon::Plus, format!("Add to {label}")),
                None => (Icon::More, format!("Actions for {label}")),
            }
        });
        // The keyboard has F2, Delete and the menu key: see `on_key`.
        view! {
            <button type="button" class="row-menu" tabindex="-1" aria-label=label on:click=on_menu>
                {icon::icon(icon)}
            </button>
        }
    };
    let about = memo(move || row.with(|it| it.as_ref().and_then(term::of_row)));
    let on_fold = move |event: leptos::ev::MouseEvent| {
        event.stop_propagation();
        let is_open = is_open.get_untracked();
        key.with_value(|it| state.set_open(it, !is_open));
    };
    view! {
        <div
            role="treeitem"
            id=row_id(&key.get_value())
            class=format!("tree-row level-{level}")
            class:is-on-path=live::flag(move || passage.get() == Passage::OnPath)
            class:is-blocking=live::flag(move || passage.get() == Passage::Stopped)
            class:is-target=live::flag(move || state.drag.is_target(row))
            class:is-under=live::flag(move || key.with_value(|key| state.drag.is_under(key)))
            draggable=live::option(move || row.with(|it| it.as_ref().is_some_and(Drag::can_carry)).then(|| "true".to_owned()))
            on:dragstart=move |event| row.with_untracked(|it| state.drag.begin(it.as_ref(), &event))
            on:dragover=move |event| row.with_untracked(|it| state.drag.over(it.as_ref(), &event))
            on:drop=move |event| row.with_untracked(|it| state.drag.drop(it.as_ref(), &event))
            on:dragend=move |_| state.drag.end()
            tabindex=live::text(move || if is_active.get() { "0" } else { "-1" }.to_owned())
            class:brings-more=live::flag(move || row.with(|it| it.as_ref().is_some_and(|it| it.brings_more)))
            {..custom_attribute("aria-level", level.to_string())}
            aria-posinset=live::text(move || place.get().0.to_string())
            aria-setsize=live::text(move || place.get().1.to_string())
            aria-selected=live::text(move || is_selected.get().to_string())
            aria-expanded=live::option(move || has_children.get().then(|| is_open.get().to_string()))
            on:click=on_click
            on:contextmenu=on_menu
        >
            <span class="twist" class:is-open=live::flag(move || is_open.get()) class:has-none=live::flag(move || !has_children.get()) on:click=on_fold>
                {icon::icon(Icon::Chevron)}
            </span>
            {seen(row, state)}
            {live::maybe(move || about.get().map(sign))}
            {live::maybe(move || has_menu.get().then(button))}
        </div>
    }
}

/// What leads to the glossary. The keyboard has `?` and the menu, so a screen reader need not hear of it in each row.
fn sign(about: &'static str) -> AnyView {
    view! {
        <a
            class="term row-term"
            href=format!("{}/{about}", terms::START)
            tabindex="-1"
            aria-hidden="true"
            title="What is this?"
        >
            "?"
        </a>
    }
    .into_any()
}

/// Whether a lesson wants this row's text or settings edited.
fn is_to_edit(row: &Row, state: TreeState) -> bool {
    let opens = state.locks.zip(row.opens.as_ref());
    opens.is_some_and(|(locks, selection)| match locks.of(selection) {
        Openness::Open => true,
        Openness::Partly => !locks.parts(selection).is_empty(),
        Openness::Locked => false,
    })
}

/// What is seen of a row. What it is called seldom changes where there is more or less to say of it.
fn seen(row: Signal<Option<Row>>, state: TreeState) -> AnyView {
    let face = memo(move || {
        row.with(|it| {
            let it = it.as_ref()?;
            Some((it.icon, it.label.clone(), it.detail.clone()))
        })
    });
    let said = memo(move || {
        row.with(|it| {
            let it = it.as_ref()?;
            let signs = Signs {
                has_errors: it.n_errors > 0,
                passage: it.passage,
                is_to_edit: is_to_edit(it, state),
            };
            Some((signs, it.remarks()))
        })
    });
    view! {
        {live::maybe(move || face.get().map(|(icon, label, detail)| self::face(icon, label, detail)))}
        {live::maybe(move || said.get().map(|(signs, remarks)| self::said(signs, remarks)))}
    }
    .into_any()
}

/// What a row is called.
fn face(icon: Icon, label: String, detail: String) -> AnyView {
    let has_detail = !detail.is_empty();
    view! {
        <span class="tree-icon">{icon::icon(icon)}</span>
        <span class="tree-label">{label}</span>
        {has_detail.then(|| view! { <span class="tree-detail">{detail}</span> })}
    }
    .into_any()
}

/// The signs of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Signs {
    has_errors: bool,
    passage: Passage,
    is_to_edit: bool,
}

/// What there is to say of a row: signs to see, and the same to hear.
fn said(signs: Signs, mut remarks: String) -> AnyView {
    if signs.is_to_edit {
        remarks.push_str(if remarks.is_empty() {
            "to edit"
        } else {
            ", to edit"
        });
    }
    let has_remarks = !remarks.is_empty();
    view! {
        {signs.is_to_edit.then(|| view! { <span class="mark mark-edit">{icon::icon(Icon::Pen)}</span> })}
        <span class="tree-marks">
            {signs.has_errors.then(|| view! { <span class="mark mark-error">{icon::icon(Icon::Warning)}</span> })}
            {(signs.passage == Passage::Stopped)
                .then(|| view! { <span class="mark mark-blocking">{icon::icon(Icon::Cross)}</span> })}
            {(signs.passage == Passage::OnPath).then(|| view! { <span class="mark mark-path"></span> })}
        </span>
        {has_remarks.then(|| view! { <span class="visually-hidden">{format!(" ({remarks})")}</span> })}
    }
    .into_any()
}

/// Whether a row stands for something that can be renamed, duplicated and deleted.
fn is_item(row: &Row) -> bool {
    row.opens.as_ref().is_some_and(|it| it.item().is_some())
}
