//! A link to hand out: to copy, and as a QR code to be read from a screen.

use leptos::prelude::*;

use crate::{
    browser::clipboard,
    components::live,
    state::signal::{RwSignal, Signal, memo},
    view::qr::qr,
};

/// More characters than this make a code that no camera reads from a few metres away.
const MAX_TO_READ: usize = 1200;

/// What came of copying.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Copied {
    /// Nobody has copied it.
    #[default]
    NotYet,
    /// It is on the clipboard.
    Yes,
    /// The browser would not.
    Refused,
}

impl Copied {
    /// What to say.
    pub(crate) const fn says(self) -> &'static str {
        match self {
            Self::NotYet => "",
            Self::Yes => "Copied.",
            Self::Refused => "The browser did not copy it: select the link and copy it.",
        }
    }
}

/// Copies a link, and says what came of it.
pub(crate) fn copy(link: &str, copied: RwSignal<Copied>) {
    clipboard::copy_then(link, move |is_there| {
        copied.set_if_there(if is_there {
            Copied::Yes
        } else {
            Copied::Refused
        });
    });
}

/// The link with its buttons. `what` says in a word or two what it leads to; the button that copies has the id of the
/// field and `-copy`.
pub(crate) fn handed_out(
    link: Signal<String>,
    id: &'static str,
    what: &'static str,
    copied: RwSignal<Copied>,
) -> AnyView {
    let is_shown = RwSignal::new(false);
    let code = memo(move || is_shown.get().then(|| link.with(|it| (it.len(), qr(it)))));
    view! {
        <div class="handed-out">
            <label class="field">
                <span class="field-label">{format!("Link to {what}")}</span>
                <input
                    type="text"
                    id=id
                    class="input mono"
                    readonly=true
                    prop:value=live::text(move || link.get())
                    on:focus:target=move |event| event.target().select()
                />
            </label>
            <div class="button-row">
                <button
                    type="button"
                    id=format!("{id}-copy")
                    class="button primary"
                    on:click=move |_| copy(&link.get_untracked(), copied)
                >
                    "Copy link"
                </button>
                <button
                    type="button"
                    class="button"
                    aria-pressed=live::text(move || is_shown.get().to_string())
                    on:click=move |_| is_shown.set(!is_shown.get_untracked())
                >
                    "QR code"
                </button>
                <span role="status" class="field-help">
                    {live::text(move || {
                        link.track();
                        copied.get().says().to_owned()
                    })}
                </span>
            </div>
            {live::maybe(move || code.get().map(|(length, code)| drawn(length, code, what)))}
        </div>
    }
    .into_any()
}

fn drawn(length: usize, code: Option<(i32, String)>, what: &str) -> AnyView {
    let Some((side, path)) = code else {
        return view! { <p role="status">"This link is too long for a QR code: send the link, or the file."</p> }
            .into_any();
    };
    let label = format!("QR code of the link to {what}");
    view! {
        <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=label shape-rendering="crispEdges">
            <rect class="qr-ground" width=side height=side />
            <path class="qr-ink" d=path />
        </svg>
        {(MAX_TO_READ < length)
            .then(|| view! { <p class="field-help">"This code is dense: some cameras read it only from close by."</p> })}
    }
    .into_any()
}
