//! A small menu of what can be done with a thing, at the pointer or below what opened it.
//!
//! A modal `dialog`, so that the browser keeps the focus in it, closes it on Escape and gives the focus
//! back. <https://www.w3.org/WAI/ARIA/apg/patterns/menubar/>

use leptos::prelude::*;

use crate::{
    browser::{dialog, focus},
    components::{actions::Actions, live},
    state::{
        signal::RwSignal,
        wish::{Wish, attach_label, kind_name},
    },
    view::markup::with_article,
};

const ID: &str = "menu";

/// What a menu offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    /// What it is about.
    title: String,
    /// What can be done, in this order.
    wishes: Vec<Wish>,
    /// Where it opens, in pixels from the window's left and top.
    place: (i32, i32),
}

/// The page's menu.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Menu {
    offer: RwSignal<Option<Offer>>,
}

impl Menu {
    /// A menu that is shut.
    pub(crate) fn new() -> Self {
        Self {
            offer: RwSignal::new(None),
        }
    }

    /// Opens it at a place, where there is anything to offer.
    pub(crate) fn open(self, title: String, wishes: Vec<Wish>, place: (i32, i32)) {
        if wishes.is_empty() {
            return;
        }
        self.offer.set(Some(Offer {
            title,
            wishes,
            place,
        }));
        dialog::show(ID, || ());
    }

    /// Its part of the page.
    pub(crate) fn view(self, actions: Actions) -> AnyView {
        let items = move |offer: Offer| {
            let n = offer.wishes.len();
            let item = |(idx, wish): (usize, Wish)| item(idx, n, wish, actions);
            let items = offer.wishes.into_iter().enumerate().map(item);
            view! { <div role="menu" aria-label=offer.title class="menu-items">{items.collect_view()}</div> }
        };
        let style = |it: &Option<Offer>, axis: fn(&Offer) -> i32| {
            it.as_ref().map(|it| format!("{}px", axis(it)))
        };
        view! {
            <dialog
                id=ID
                class="menu"
                aria-label="Menu"
                style:--x=live::option(move || self.offer.with(|it| style(it, |it| it.place.0)))
                style:--y=live::option(move || self.offer.with(|it| style(it, |it| it.place.1)))
                style:--n=live::option(move || self.offer.with(|it| it.as_ref().map(|it| it.wishes.len().to_string())))
                on:close=move |_| self.offer.set(None)
                on:click=|_| dialog::close(ID)
                on:contextmenu=|event| event.prevent_default()
            >
                {live::maybe(move || self.offer.get().map(items))}
            </dialog>
        }
        .into_any()
    }
}

fn item_id(idx: usize) -> String {
    format!("menu-{idx}")
}

/// One thing to do; arrow keys go round.
fn item(idx: usize, n: usize, wish: Wish, actions: Actions) -> AnyView {
    let is_deletion = matches!(wish, Wish::AskToDelete(_));
    let (label, key) = match &wish {
        Wish::Add(kind, _) => (format!("Add {}", with_article(kind_name(*kind))), ""),
        Wish::Rename(_) | Wish::RenameTo(..) => ("Rename".to_owned(), "F2"),
        Wish::Duplicate(_) => ("Duplicate".to_owned(), ""),
        Wish::AskToDelete(_) | Wish::Delete(_) => ("Delete…".to_owned(), "Del"),
        Wish::AskToAttach(what) => (attach_label(what).unwrap_or_default().to_owned(), "m"),
        Wish::Attach(_, to) => (format!("Attach to {to}"), ""),
        Wish::Detach(_, from) => (format!("Detach from {from}"), ""),
        Wish::AddVersion(_) => ("Add a version".to_owned(), ""),
        Wish::MakeDefault(_, version) => (format!("Make {version} the default"), ""),
        Wish::DeleteVersion(_, version) => (format!("Delete {version}"), ""),
        Wish::BrowsePublished(_) | Wish::AttachPublished(..) => {
            ("AWS managed policies…".to_owned(), "")
        }
        Wish::WhoCan(_) => ("Who can…".to_owned(), ""),
        Wish::Explain(_) => ("What is this?".to_owned(), "?"),
        Wish::Fork(_) => ("Copy".to_owned(), ""),
        Wish::AddAccessKey(_) => ("Add an access key".to_owned(), ""),
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let to = match event.key().as_str() {
            "ArrowDown" => (idx + 1) % n,
            "ArrowUp" => (idx + n - 1) % n,
            "Home" => 0,
            "End" => n - 1,
            _ => return,
        };
        event.prevent_default();
        focus::focus(item_id(to));
    };
    view! {
        <button
            type="button"
            role="menuitem"
            class="menu-item"
            class:is-deletion=is_deletion
            id=item_id(idx)
            on:keydown=on_key
            on:click=move |_| {
                dialog::close(ID);
                actions.wish.run(wish.clone());
            }
        >
            <span>{label}</span>
            {(!key.is_empty()).then(|| view! { <kbd aria-hidden="true">{key}</kbd> })}
        </button>
    }
    .into_any()
}
