//! The bar at the top: name, world picker, history, theme.

mod theme_switch;

use leptos::prelude::*;

use self::theme_switch::ThemeSwitch;
use crate::{
    browser::terms,
    components::{choose::Choose, icon, live},
    state::{
        session::Theme,
        signal::{RwSignal, Signal},
    },
    view::{
        icon::Icon,
        options::{self, Choosable},
    },
};

/// The bar.
#[component]
pub(crate) fn TopBar(
    #[prop(into)] worlds: Signal<Vec<Choosable>>,
    #[prop(into)] world: Signal<String>,
    #[prop(into)] undo_label: Signal<Option<String>>,
    #[prop(into)] redo_label: Signal<Option<String>>,
    #[prop(into)] on_world: Callback<String>,
    #[prop(into)] on_rename: Callback<()>,
    #[prop(into)] on_undo: Callback<()>,
    #[prop(into)] on_redo: Callback<()>,
    #[prop(into)] on_start_over: Callback<()>,
    #[prop(into)] on_library: Callback<()>,
    #[prop(into)] on_who: Callback<()>,
    #[prop(into)] on_import: Callback<()>,
    #[prop(into)] on_export: Callback<()>,
    #[prop(into)] on_file: Callback<()>,
    #[prop(into)] on_share: Callback<()>,
    theme: RwSignal<Theme>,
) -> impl IntoView {
    view! {
        <header class="top-bar">
            {brand()}
            // Of a long name the list shows the beginning.
            <label class="world-picker" title=live::text(move || worlds.with(|all| world.with(|it| options::label_of(all, it))))>
                <span class="label">"World"</span>
                <Choose label="World" options=worlds value=world on_choose=on_world />
            </label>
            <button
                type="button"
                class="button quiet rename"
                aria-haspopup="dialog"
                aria-label="Rename"
                title="Another name for this scenario"
                on:click=move |_| on_rename.run(())
            >
                {icon::icon(Icon::Pen)}
            </button>
            <button
                type="button"
                class="button"
                aria-haspopup="dialog"
                title="Misconfigurations to open, found by their error message"
                on:click=move |_| on_library.run(())
            >
                "Library"
            </button>
            <a class="button" href="#/learn" title="Sixteen short lessons: the playground with a goal">
                "Learn"
            </a>
            {history(
                (undo_label, on_undo),
                (redo_label, on_redo),
                plain(Icon::Restart, "Start over", "The world as given; undo brings your version back", on_start_over),
            )}
            <a class="button quiet glossary-link" href=terms::START title="What the words mean">
                {icon::icon(Icon::Question)}
                <span class="button-text">"Glossary"</span>
            </a>
            <button
                type="button"
                class="button quiet who-way"
                aria-haspopup="dialog"
                title="Who may read, write or use what is here, and why not the others"
                on:click=move |_| on_who.run(())
            >
                {icon::icon(Icon::Person)}
                <span class="button-text">"Who can"</span>
            </button>
            {plain(Icon::Import, "Import", "Import an account from the output of the AWS CLI", on_import)}
            {plain(Icon::Export, "Export", "The account as commands or as a template that build it", on_export)}
            {plain(Icon::Folder, "File", "Open a scenario from a file, or save this one (Ctrl+S)", on_file)}
            {plain(Icon::Share, "Share", "A link to this scenario, as it is now", on_share)}
            <ThemeSwitch theme />
        </header>
    }
}

/// The buttons that take back and bring back, with what each would do in words, and another beside them.
pub(crate) fn history(
    (undo_label, on_undo): (Signal<Option<String>>, Callback<()>),
    (redo_label, on_redo): (Signal<Option<String>>, Callback<()>),
    beside: AnyView,
) -> AnyView {
    let title = |verb: &'static str, key: &'static str, label: Signal<Option<String>>| {
        live::text(move || match label.get() {
            Some(what) => format!("{verb}: {what} ({key})"),
            None => format!("Nothing to {} ({key})", verb.to_ascii_lowercase()),
        })
    };
    view! {
        <div class="history" role="group" aria-label="History">
            <button
                type="button"
                class="button quiet"
                title=title("Undo", "Ctrl+Z", undo_label)
                disabled=live::flag(move || undo_label.get().is_none())
                on:click=move |_| on_undo.run(())
            >
                {icon::icon(Icon::Undo)}
                <span class="button-text">"Undo"</span>
            </button>
            <button
                type="button"
                class="button quiet"
                title=title("Redo", "Shift+Ctrl+Z", redo_label)
                disabled=live::flag(move || redo_label.get().is_none())
                on:click=move |_| on_redo.run(())
            >
                {icon::icon(Icon::Redo)}
                <span class="button-text">"Redo"</span>
            </button>
            {beside}
        </div>
    }
    .into_any()
}

/// The switch between light and dark.
pub(crate) fn theme_switch(theme: RwSignal<Theme>) -> AnyView {
    view! { <ThemeSwitch theme /> }.into_any()
}

/// The bar of a page that has no scenario.
#[component]
pub(crate) fn PlainBar(theme: RwSignal<Theme>) -> impl IntoView {
    view! {
        <header class="top-bar">
            {brand_link("To the playground")}
            <nav class="ways" aria-label="Pages">
                <a class="button quiet" href="#/">"Playground"</a>
                <a class="button quiet" href="#/learn">"Learn"</a>
            </nav>
            <ThemeSwitch theme />
        </header>
    }
}

/// A button that can always be pressed.
pub(crate) fn plain(
    icon: Icon,
    text: &'static str,
    title: &'static str,
    on_press: Callback<()>,
) -> AnyView {
    view! {
        <button type="button" class="button quiet" title=title on:click=move |_| on_press.run(())>
            {icon::icon(icon)}
            <span class="button-text">{text}</span>
        </button>
    }
    .into_any()
}

/// The bar before it is there: the name, and what there is to say until then.
pub(crate) fn bare(says: AnyView) -> AnyView {
    view! { <header class="top-bar">{brand()}{says}</header> }.into_any()
}

/// Where [`brand_link`] leads from a scenario that is not the visitor's own.
pub(crate) const TO_OWN: &str = "To your own scenario in the playground";

/// The name where it is not the page's title: it leads to the playground.
pub(crate) fn brand_link(title: &'static str) -> AnyView {
    view! {
        <a class="brand" href="#/" title=title>
            <Wordmark />
            <span class="brand-name">"Rolewalk"</span>
        </a>
    }
    .into_any()
}

fn brand() -> AnyView {
    view! {
        <div class="brand">
            <Wordmark />
            <h1>"Rolewalk"</h1>
        </div>
    }
    .into_any()
}

/// A door, and the path through it.
#[component]
fn Wordmark() -> impl IntoView {
    view! {
        <svg class="wordmark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path class="wordmark-door" d="M12 25.500V8.500A1.500 1.500 0 0 1 13.500 7h9A1.500 1.500 0 0 1 24 8.500v17" />
            <path class="wordmark-path" d="M4.500 25.500H15c3 0 3-4.500 5.500-4.500" />
            <circle class="wordmark-knob" cx="20.500" cy="15.500" r="1.600" />
        </svg>
    }
}
