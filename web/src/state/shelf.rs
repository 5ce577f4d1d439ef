//! The library, which is fetched when somebody first asks for it.
//!
//! Knows nothing of components. Invariant: nobody downloads it who has not asked for it or for one of its worlds.

use std::sync::Arc;

use rolewalk_core::{library::Library, scenario::Scenario};
use rolewalk_lessons::add_aws_managed_policies;

use crate::{
    browser::fetch,
    late::{self, late},
    state::signal::RwSignal,
};

/// Where the library lies, beside the page.
const PATH: &str = "library.json";

/// How far the library has come.
#[derive(Clone, Debug)]
pub(crate) enum Shelf {
    /// Nobody has asked for it.
    Away,
    /// It is on its way.
    OnItsWay,
    /// Here it is.
    There(Arc<Library>),
    /// It could not be fetched.
    Unreachable,
    /// What came is no library of this version.
    Unreadable,
}

impl Shelf {
    /// The library, where it is there.
    pub(crate) const fn library(&self) -> Option<&Arc<Library>> {
        match self {
            Self::There(library) => Some(library),
            _ => None,
        }
    }

    /// Whether somebody has asked in vain.
    pub(crate) const fn is_missing(&self) -> bool {
        matches!(self, Self::Unreachable | Self::Unreadable)
    }

    /// Why there is no library, and what to do; nothing where there is nothing to say.
    pub(crate) fn says(&self) -> Option<String> {
        let sentence = match self {
            Self::Away | Self::There(_) => return None,
            Self::OnItsWay => "The library is on its way …",
            Self::Unreachable => {
                "The library’s file, library.json, could not be fetched. Check the connection and try again, or reload the page: there may be a newer version. The page itself works without it."
            }
            Self::Unreadable => {
                "The library’s file, library.json, is of another version than this page. Reload the page to get both anew."
            }
        };
        Some(sentence.to_owned())
    }
}

/// Fetches the library unless it is there, and calls `then` when it is there or is not to be had.
///
/// One that is on its way already is asked for again: that is rare, and nobody waits in vain.
pub(crate) fn fetch(shelf: RwSignal<Shelf>, then: impl FnOnce() + 'static) {
    if shelf.with_untracked(|it| it.library().is_some()) {
        return then();
    }
    shelf.set(Shelf::OnItsWay);
    fetch::text(PATH, move |text| {
        let Some(text) = text else {
            shelf.set(Shelf::Unreachable);
            return then();
        };
        late::then(read_library(text), move |found| {
            shelf.set(match found {
                Ok(Some(library)) => Shelf::There(library),
                Ok(None) => Shelf::Unreadable,
                Err(_) => Shelf::Unreachable,
            });
            then();
        });
    });
}

late! {
    library:
    fn read_library(text: String) -> Option<Arc<Library>> {
        Library::from_json(&text).ok().map(Arc::new)
    }
}

/// The scenario that shows a misconfiguration, with the AWS managed policies that it attaches.
pub(crate) fn scenario(library: &Library, slug: &str) -> Option<Scenario> {
    let mut scenario = library.scenario(library.get(slug)?)?;
    add_aws_managed_policies(&mut scenario.world);
    Some(scenario)
}
