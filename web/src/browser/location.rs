//! The part of the address behind `#`.

use gloo::events::EventListener;
use web_sys::Window;

use crate::browser::{document, root, window};

/// Before the text of a shared scenario, in its address.
pub(crate) const SHARED: &str = "#/s/";

/// What the address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// The visitor's own draft.
    Playground,
    /// A start world, by its slug.
    World(String),
    /// The playground, and over it the glossary: at a card, or as a whole.
    Glossary(String),
    /// The course: its lessons and how far one is.
    Learn,
    /// A lesson, by its id.
    Lesson(String),
    /// The challenges in the order of a seed, and which of them, from 1.
    Challenge {
        /// What the order and the names follow from.
        seed: u64,
        /// Which of them, from 1.
        number: usize,
    },
    /// The page for teachers.
    Teach,
    /// A walk for a class: of the lesson of that id (with a slash and a ticket's id), or of the playground's scenario.
    Present(String),
    /// A course that lies in the address, packed.
    Course(String),
    /// Where courses are opened from files, and written.
    Author,
    /// What a participant shows the teacher, packed; empty: one's own.
    Result(String),
    /// A scenario that lies in the address, packed, beside the visitor's own.
    Shared(String),
    /// The playground, which panics: to try what the page does then.
    PanicDrill(Drill),
}

/// When the page panics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Drill {
    /// While it opens.
    AtStart,
    /// At the next edit, also of a lesson that is opened next.
    AtEdit,
}

impl Route {
    /// Reads what stands behind `#`; anything unknown is the playground.
    pub(crate) fn parse(hash: &str) -> Self {
        match hash.trim_start_matches('#').trim_matches('/') {
            "panic-drill" => Self::PanicDrill(Drill::AtEdit),
            "panic-drill/start" => Self::PanicDrill(Drill::AtStart),
            "glossary" => Self::Glossary(String::new()),
            "learn" => Self::Learn,
            "teach" => Self::Teach,
            "present" => Self::Present(String::new()),
            "author" => Self::Author,
            "result" => Self::Result(String::new()),
            "s" => Self::Shared(String::new()),
            path => match path.split_once('/') {
                Some(("world", slug)) => Self::World(slug.to_owned()),
                Some(("glossary", id)) => Self::Glossary(id.to_owned()),
                Some(("learn", id)) => Self::Lesson(id.to_owned()),
                Some(("present", id)) => Self::Present(id.to_owned()),
                Some(("course", text)) => Self::Course(text.to_owned()),
                Some(("result", text)) => Self::Result(text.to_owned()),
                Some(("s", text)) => Self::Shared(text.to_owned()),
                Some(("challenge", rest)) => Self::challenge(rest),
                _ => Self::Playground,
            },
        }
    }

    /// A number that cannot be read is the first one: whoever follows a link finds something.
    fn challenge(rest: &str) -> Self {
        let (seed, number) = rest.split_once('/').unwrap_or((rest, "1"));
        Self::Challenge {
            seed: seed.parse().unwrap_or_default(),
            number: number.parse().unwrap_or(1).max(1),
        }
    }

    /// The address, from `#` on.
    pub(crate) fn address(&self) -> String {
        match self {
            Self::Playground => "#/".to_owned(),
            Self::World(slug) => format!("#/world/{slug}"),
            Self::Learn => "#/learn".to_owned(),
            Self::Lesson(id) => format!("#/learn/{id}"),
            Self::Challenge { seed, number } => format!("#/challenge/{seed}/{number}"),
            Self::Teach => "#/teach".to_owned(),
            Self::Present(id) if id.is_empty() => "#/present".to_owned(),
            Self::Present(id) => format!("#/present/{id}"),
            Self::Course(text) => format!("#/course/{text}"),
            Self::Author => "#/author".to_owned(),
            Self::Result(text) if text.is_empty() => "#/result".to_owned(),
            Self::Result(text) => format!("#/result/{text}"),
            Self::Shared(text) => format!("{SHARED}{text}"),
            Self::Glossary(id) => format!("#/glossary/{id}"),
            Self::PanicDrill(Drill::AtEdit) => "#/panic-drill".to_owned(),
            Self::PanicDrill(Drill::AtStart) => "#/panic-drill/start".to_owned(),
        }
    }

    /// Whether it is a page of its own, and not the playground with something in it.
    pub(crate) const fn is_learning(&self) -> bool {
        matches!(self, Self::Learn | Self::Lesson(_) | Self::Challenge { .. }) || self.is_teaching()
    }

    /// Whether what is edited there is not the visitor's own scenario.
    pub(crate) const fn is_beside_own(&self) -> bool {
        self.is_learning() || matches!(self, Self::Shared(_))
    }

    /// Whether it is a page for whoever teaches or writes.
    pub(crate) const fn is_teaching(&self) -> bool {
        matches!(
            self,
            Self::Teach | Self::Present(_) | Self::Course(_) | Self::Author | Self::Result(_)
        )
    }

    /// Where the walk that is shown here is presented to a class; nothing where none is shown.
    pub(crate) fn presented(&self) -> Option<Self> {
        match self {
            Self::Lesson(id) => Some(Self::Present(id.clone())),
            it if it.is_beside_own() => None,
            _ => Some(Self::Present(String::new())),
        }
    }
}

/// The address of the documentation, where it was built along with the site: `cargo xtask build` says so in the page's head.
pub(crate) fn book() -> Option<String> {
    let told = document()?
        .query_selector("meta[name=rolewalk-book]")
        .ok()??;
    told.get_attribute("content")
}

/// The route of the address as it stands.
pub(crate) fn route() -> Route {
    // A widget has no address: that of the document is its host's.
    if root::current().is_widget() {
        return Route::Playground;
    }
    let hash = window().and_then(|it| it.location().hash().ok());
    Route::parse(&hash.unwrap_or_default())
}

/// The whole address of what stands behind `#` here, to be given to others.
pub(crate) fn link(hash: &str) -> String {
    let root = root::current();
    if root.is_widget() {
        return root.address(hash);
    }
    let page = window().and_then(|it| it.location().href().ok());
    let page = page.unwrap_or_default();
    let page = page.split_once('#').map_or(page.as_str(), |it| it.0);
    format!("{page}{hash}")
}

/// Calls `then` whenever the route changes, for as long as the page is there.
pub(crate) fn on_route(then: impl Fn(Route) + 'static) {
    if let Some(window) = own_window() {
        EventListener::new(&window, "hashchange", move |_| then(route())).forget();
    }
}

/// The window, where it is not somebody else's.
fn own_window() -> Option<Window> {
    window().filter(|_| !root::current().is_widget())
}

/// Goes to a route, as a link does.
pub(crate) fn go(route: &Route) {
    if let Some(window) = own_window() {
        // Refused nowhere that there is an address.
        let _ = window.location().set_hash(&route.address());
    }
}

/// Makes the address that of the visitor's own draft, without a change of route to follow. `origin` is what that began as.
pub(crate) fn show_playground(origin: &str) {
    if let Some(history) = history() {
        // Refused in sandboxed frames, where the address does not matter.
        let _ = history.replace_state_with_url(&origin.into(), "", Some("#/"));
    }
}

/// Notes in the browser's history that it is this world that is open here; see [`marked`].
pub(crate) fn mark(origin: &str) {
    if let Some(history) = history() {
        let _ = history.replace_state(&origin.into(), "");
    }
}

/// What was open where the browser's history is now; nothing where it has just come to a new address.
pub(crate) fn marked() -> Option<String> {
    history()?.state().ok()?.as_string()
}

/// Leaves a place in the browser's history that was just come to, where what it named is open already.
pub(crate) fn step_back() {
    if let Some(history) = history() {
        let _ = history.back();
    }
}

/// Another world is open now: going back comes to the one before. What came by its address has a place in the browser's
/// history already, which stays as it is until there is something of the visitor's own.
pub(crate) fn visit(origin: &str, is_own: bool) {
    match marked() {
        Some(it) if it == origin => {}
        Some(_) => {
            if let Some(history) = history() {
                let _ = history.push_state_with_url(&origin.into(), "", Some("#/"));
            }
        }
        None if is_own => show_playground(origin),
        None => mark(origin),
    }
}

fn history() -> Option<web_sys::History> {
    own_window()?.history().ok()
}

/// Calls `then` whenever the browser goes back or forth, for as long as the page is there.
pub(crate) fn on_back_or_forth(then: impl Fn() + 'static) {
    if let Some(window) = own_window() {
        EventListener::new(&window, "popstate", move |_| then()).forget();
    }
}

/// Leaves the address of the glossary, once its dialog is shut.
pub(crate) fn leave_glossary(origin: &str) {
    if matches!(route(), Route::Glossary(_)) {
        show_playground(origin);
    }
}

/// Opens an address in a tab of its own.
pub(crate) fn open_beside(url: &str) {
    if let Some(window) = window() {
        // Where the browser lets no tab be opened, the link leads there by now.
        let _ = window.open_with_url_and_target_and_features(url, "_blank", "noopener");
    }
}

/// Loads the page anew.
pub(crate) fn reload() {
    if let Some(window) = own_window() {
        drop(window.location().reload());
    }
}

#[cfg(test)]
mod tests {
    use super::{Drill, Route};

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
        assert_eq!(Route::parse(""), Route::Playground);
        assert_eq!(Route::parse("#/nowhere"), Route::Playground);
    }

    #[test]
    fn an_address_leads_back_to_its_route() {
        for route in [
            Route::Learn,
            Route::Teach,
            Route::Lesson("default-deny".to_owned()),
            Route::World("wrong-trust".to_owned()),
            Route::Challenge { seed: 7, number: 3 },
            Route::PanicDrill(Drill::AtEdit),
            Route::PanicDrill(Drill::AtStart),
            Route::Shared("v2.abc-_.0123abcd".to_owned()),
        ] {
            assert_eq!(Route::parse(&route.address()), route);
        }
        let first = Route::Challenge { seed: 0, number: 1 };
        for odd in ["#/challenge/x", "#/challenge/0/0", "#/challenge/-1/y"] {
            assert_eq!(Route::parse(odd), first, "{odd}");
        }
    }
}
