//! The part of the address behind `#`.

use gloo::events::EventListener;
use wasm_bindgen::JsValue;

use crate::browser::window;

/// What the address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// The visitor's own draft.
    Playground,
    /// A start world, by its slug.
    World(String),
    /// The playground, and over it the glossary: at a card, or as a whole.
    Glossary(String),
    /// The playground, which panics at the next edit: to try what the page does then.
    PanicDrill,
}

impl Route {
    /// Reads what stands behind `#`; anything unknown is the playground.
    pub(crate) fn parse(hash: &str) -> Self {
        match hash.trim_start_matches('#').trim_matches('/') {
            "panic-drill" => Self::PanicDrill,
            "glossary" => Self::Glossary(String::new()),
            path => match path.split_once('/') {
                Some(("world", slug)) => Self::World(slug.to_owned()),
                Some(("glossary", id)) => Self::Glossary(id.to_owned()),
                _ => Self::Playground,
            },
        }
    }
}

/// The route of the address as it stands.
pub(crate) fn route() -> Route {
    let hash = window().and_then(|it| it.location().hash().ok());
    Route::parse(&hash.unwrap_or_default())
}

/// Calls `then` whenever the route changes, for as long as the page is there.
pub(crate) fn on_route(then: impl Fn(Route) + 'static) {
    if let Some(window) = window() {
        EventListener::new(&window, "hashchange", move |_| then(route())).forget();
    }
}

/// Makes the address that of the visitor's own draft, without a change of route to follow.
pub(crate) fn show_playground() {
    if let Some(history) = window().and_then(|it| it.history().ok()) {
        // Refused in sandboxed frames, where the address does not matter.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some("#/"));
    }
}

/// Leaves the address of the glossary, once its dialog is shut.
pub(crate) fn leave_glossary() {
    if matches!(route(), Route::Glossary(_)) {
        show_playground();
    }
}

/// Loads the page anew.
pub(crate) fn reload() {
    if let Some(window) = window() {
        drop(window.location().reload());
    }
}

#[cfg(test)]
mod tests {
    use super::Route;

    #[test]
    fn an_address_names_a_world() {
        assert_eq!(
            Route::parse("#/world/wrong-trust"),
            Route::World("wrong-trust".to_owned())
        );
        assert_eq!(Route::parse("#/glossary/"), Route::Glossary(String::new()));
        assert_eq!(
            Route::parse("#/glossary/role"),
            Route::Glossary("role".to_owned())
        );
        assert_eq!(Route::parse("#/panic-drill"), Route::PanicDrill);
        assert_eq!(Route::parse(""), Route::Playground);
        assert_eq!(Route::parse("#/nowhere"), Route::Playground);
    }
}
