//! The line that says that another tab has saved another draft, or that one is kept beside the one that is open.
//!
//! Knows no storage. Invariant: nothing is chosen that nobody clicked.

use leptos::prelude::*;

use crate::{
    components::live,
    state::{
        other_tab::{Beside, Kept, KeptDraft, OtherTab, Thrown},
        signal::RwSignal,
    },
};

/// The element of the line, which takes the focus when the button that was pressed is gone.
pub(crate) const ID: &str = "other-draft";
const LIST_ID: &str = "kept-drafts";

/// What somebody chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// What the other tab has saved.
    Take,
    /// What is open here.
    Keep,
    /// To open the draft that is kept under that key.
    Open(String),
    /// To throw it away.
    Throw(String),
    /// To keep again what was thrown away.
    BringBack,
    /// Nothing now.
    Later,
    /// Not to be told of one's own scenario, which is found at its own address.
    Hide,
}

/// The line; nothing where there is one draft. `rows` gives all that are kept, the newest first.
pub(crate) fn line(
    others: OtherTab,
    rows: fn() -> Vec<KeptDraft>,
    on_choice: Callback<Choice>,
) -> AnyView {
    let OtherTab {
        beside,
        kept,
        thrown,
        is_listed,
        ..
    } = others;
    let parts = move || {
        let kept = kept.get();
        match beside.get() {
            Beside::Nothing | Beside::KeptForLater => None,
            Beside::Unopened => Some((
                "This is the world of the address, as it is given. Your own scenario is saved as you left it.".to_owned(),
                vec![
                    button("Open mine", Choice::Take, on_choice),
                    button("Later", Choice::Hide, on_choice),
                ],
            )),
            Beside::Newer => Some((
                "Another tab has saved another draft of your scenario. Until you choose, that one stays saved, and yours is kept beside it.".to_owned(),
                vec![
                    button("Take the other tab’s", Choice::Take, on_choice),
                    button("Keep mine", Choice::Keep, on_choice),
                ],
            )),
            Beside::Kept if kept.n > 1 => Some((
                sentence(&kept),
                vec![
                    list_button(is_listed),
                    button("Later", Choice::Later, on_choice),
                    list(is_listed, rows, on_choice),
                ],
            )),
            Beside::Kept => {
                let key = kept.key.clone().unwrap_or_default();
                Some((
                    sentence(&kept),
                    vec![
                        button("Open it", Choice::Open(key.clone()), on_choice),
                        button("Throw it away", Choice::Throw(key), on_choice),
                        button("Later", Choice::Later, on_choice),
                    ],
                ))
            }
        }
    };
    let group = move || {
        let parts = parts();
        let thrown = thrown
            .get()
            .map(|it| thrown_line(&it, parts.is_none(), on_choice));
        (parts.is_some() || thrown.is_some()).then(|| {
            let parts =
                parts.map(|(sentence, buttons)| view! { <span>{sentence}</span> {buttons} });
            view! {
                <div
                    id=ID
                    class="new-version other-draft"
                    role="group"
                    aria-label="Another draft"
                    tabindex="-1"
                >
                    {parts}
                    {thrown}
                </div>
            }
        })
    };
    view! { <div role="status">{live::maybe(group)}</div> }.into_any()
}

fn button(words: &'static str, choice: Choice, on_choice: Callback<Choice>) -> AnyView {
    view! {
        <button type="button" class="button small" on:click=move |_| on_choice.run(choice.clone())>
            {words}
        </button>
    }
    .into_any()
}

fn list_button(is_listed: RwSignal<bool>) -> AnyView {
    view! {
        <button
            type="button"
            class="button small"
            aria-expanded=live::text(move || is_listed.get().to_string())
            aria-controls=LIST_ID
            on:click=move |_| is_listed.update(|it| *it = !*it)
        >
            {live::text(move || if is_listed.get() { "Hide them" } else { "Show them" }.to_owned())}
        </button>
    }
    .into_any()
}

/// Each of them, with what can be done with it. They are read only while the list is open.
fn list(
    is_listed: RwSignal<bool>,
    rows: fn() -> Vec<KeptDraft>,
    on_choice: Callback<Choice>,
) -> AnyView {
    let items = move || {
        is_listed.get().then(|| {
            let rows = rows().into_iter().enumerate();
            rows.map(|(idx, it)| row(idx, it, on_choice)).collect_view()
        })
    };
    view! {
        <ul id=LIST_ID class="kept-drafts" aria-label="Drafts that are kept" aria-live="off">
            {live::maybe(items)}
        </ul>
    }
    .into_any()
}

fn row(idx: usize, draft: KeptDraft, on_choice: Callback<Choice>) -> AnyView {
    let KeptDraft { key, name, when } = draft;
    let is_readable = name.is_some();
    let name = name.unwrap_or_else(|| "a draft that cannot be read".to_owned());
    let label_id = format!("kept-draft-{idx}");
    let button = |words: &'static str, choice: Choice| {
        view! {
            <button
                type="button"
                class="button small"
                aria-describedby=label_id.clone()
                on:click=move |_| on_choice.run(choice.clone())
            >
                {words}
            </button>
        }
    };
    let open = is_readable.then(|| button("Open", Choice::Open(key.clone())));
    let throw = button("Throw away", Choice::Throw(key));
    view! {
        <li>
            <span id=label_id.clone()>
                <bdi>{name}</bdi>
                {when.map(|it| view! { ", " <span class="when">{it}</span> })}
            </span>
            {open}
            {throw}
        </li>
    }
    .into_any()
}

/// What was thrown away, and the way back.
fn thrown_line(thrown: &Thrown, is_alone: bool, on_choice: Callback<Choice>) -> AnyView {
    let sentence = match &thrown.name {
        Some(name) => format!("“{name}” is thrown away."),
        None => "The draft is thrown away.".to_owned(),
    };
    view! {
        <span>{sentence}</span>
        {button("Bring it back", Choice::BringBack, on_choice)}
        {is_alone.then(|| button("Hide", Choice::Later, on_choice))}
    }
    .into_any()
}

/// What is said of those that are kept.
fn sentence(kept: &Kept) -> String {
    let name = kept.name.as_deref();
    match (kept.n, name) {
        (..=1, None) => "A draft that made room for the one here is kept.".to_owned(),
        (..=1, Some(name)) => {
            format!("A draft that made room for the one here is kept: “{name}”.")
        }
        (n, None) => format!("{n} drafts that made room for others are kept."),
        (n, Some(name)) => {
            format!("{n} drafts that made room for others are kept, the newest of them “{name}”.")
        }
    }
}
