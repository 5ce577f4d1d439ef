//! A modal dialog with a title and a way out.

use leptos::prelude::*;

use crate::{browser::dialog, components::live, state::signal::RwSignal};

/// A dialog: where it is, and whether it is open.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialog {
    id: &'static str,
    is_open: RwSignal<bool>,
}

impl Dialog {
    /// A dialog that is shut; `id` is that of its element.
    pub(crate) fn new(id: &'static str) -> Self {
        Self {
            id,
            is_open: RwSignal::new(false),
        }
    }

    /// Opens it.
    pub(crate) fn open(self) {
        dialog::show(self.id, move || self.is_open.set(true));
    }

    /// Closes it.
    pub(crate) fn close(self) {
        dialog::close(self.id);
    }

    /// Whether it is open, which is followed.
    pub(crate) fn is_open(self) -> bool {
        self.is_open.get()
    }

    /// Its part of the page; the body is made only while it is open.
    pub(crate) fn view(
        self,
        title: &'static str,
        body: impl Fn() -> AnyView + Send + 'static,
    ) -> AnyView {
        let title_id = format!("{}-title", self.id);
        let heading_id = title_id.clone();
        view! {
            <dialog
                id=self.id
                class="dialog"
                aria-labelledby=title_id
                // The event comes a moment later: by then somebody may have opened it again.
                on:close=move |_| self.is_open.set(dialog::is_open(self.id))
            >
                <div class="dialog-head">
                    <h2 id=heading_id>{title}</h2>
                    <button type="button" class="button quiet" on:click=move |_| self.close()>
                        "Close"
                    </button>
                </div>
                {live::maybe(move || self.is_open.get().then(&body))}
            </dialog>
        }
        .into_any()
    }
}
