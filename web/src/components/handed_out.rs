//! A link to hand out: to copy, and as a QR code to be read from a screen.

use leptos::prelude::*;

use crate::{
    browser::clipboard,
    components::live,
    state::signal::{RwSignal, Signal, memo},
    view::qr::{Drawn, qr},
};

/// How large a module of a code is shown, in pixels, where there is room.
const MODULE: i32 = 6;

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
/// field and `-copy`. `has_file`: whether it can be saved as a file as well.
pub(crate) fn handed_out(
    link: Signal<String>,
    id: &'static str,
    what: &'static str,
    copied: RwSignal<Copied>,
    has_file: bool,
) -> AnyView {
    let is_shown = RwSignal::new(false);
    let code = memo(move || is_shown.get().then(|| link.with(|it| qr(it))));
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
            {live::maybe(move || code.get().map(|it| drawn(it, what, has_file)))}
        </div>
    }
    .into_any()
}

fn drawn(drawn: Drawn, what: &str, has_file: bool) -> AnyView {
    let instead = if has_file {
        format!("copy the link, or save {what} as a file and hand that out")
    } else {
        "copy the link and send it".to_owned()
    };
    let (side, path) = match drawn {
        Drawn::Code { side, path } => (side, path),
        Drawn::TooFine { n_modules } => {
            let sentence = format!(
                "This link makes a QR code of {n_modules} × {n_modules} points, too fine for a phone to read from a screen: {instead}."
            );
            return view! { <p role="status">{sentence}</p> }.into_any();
        }
        Drawn::TooLong => {
            let sentence = format!("This link is too long for any QR code: {instead}.");
            return view! { <p role="status">{sentence}</p> }.into_any();
        }
    };
    let width = side * MODULE;
    let label = format!("QR code of the link to {what}");
    view! {
        <svg class="qr" width=width height=width viewBox=format!("0 0 {side} {side}") role="img" aria-label=label shape-rendering="crispEdges">
            <rect class="qr-ground" width=side height=side />
            <path class="qr-ink" d=path />
        </svg>
    }
    .into_any()
}
