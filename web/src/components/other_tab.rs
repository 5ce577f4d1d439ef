//! The line that says that another tab has saved another draft, or that one is kept beside the one that is open.
//!
//! Knows no storage. Invariant: nothing is chosen that nobody clicked.

use leptos::prelude::*;

use crate::{
    components::live,
    state::{
        other_tab::{Beside, Kept},
        signal::RwSignal,
    },
};

/// What somebody chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// What the other tab has saved.
    Take,
    /// What is open here.
    Keep,
    /// To open the draft that is kept.
    Open,
    /// To throw it away.
    Throw,
    /// Nothing now.
    Later,
    /// Not to be told of one's own scenario, which is found at its own address.
    Hide,
}

/// The line; nothing where there is one draft.
pub(crate) fn line(
    beside: RwSignal<Beside>,
    kept: RwSignal<Kept>,
    on_choice: Callback<Choice>,
) -> AnyView {
    let button = move |words: &'static str, choice: Choice| {
        view! {
            <button type="button" class="button small" on:click=move |_| on_choice.run(choice)>
                {words}
            </button>
        }
    };
    let parts = move || {
        match beside.get() {
        Beside::Nothing | Beside::KeptForLater => None,
        Beside::Unopened => Some((
            "This is the world of the address, as it is given. Your own scenario is saved as you left it.".to_owned(),
            vec![
                button("Open mine", Choice::Take),
                button("Later", Choice::Hide),
            ],
        )),
        Beside::Newer => Some((
            "Another tab has saved another draft of your scenario. Until you choose, that one stays saved, and yours is kept beside it.".to_owned(),
            vec![
                button("Take the other tab’s", Choice::Take),
                button("Keep mine", Choice::Keep),
            ],
        )),
        Beside::Kept => Some((
            kept.with(sentence),
            vec![
                button("Open it", Choice::Open),
                button("Throw it away", Choice::Throw),
                button("Later", Choice::Later),
            ],
        )),
    }
    };
    view! {
        <div role="status">
            {live::maybe(move || {
                parts()
                    .map(|(sentence, buttons)| {
                        view! {
                            <div class="new-version other-draft" role="group" aria-label="Another draft">
                                <span>{sentence}</span>
                                {buttons}
                            </div>
                        }
                    })
            })}
        </div>
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
