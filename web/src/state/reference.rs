//! What AWS has, fetched when it is needed: the catalogue of actions, resource types and condition keys.
//!
//! Knows nothing of components. Invariant: whatever did not arrive is told by [`Reference::says`], and the catalogue
//! holds what did.

use std::sync::Arc;

use rolewalk_core::catalogue::Catalogue;

use crate::{
    browser::fetch,
    late::{self, late},
    state::signal::{RwSignal, Signal, memo},
};

/// A file of the catalogue, beside the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The services that every account has, with descriptions.
    Core,
    /// Every service of AWS.
    All,
}

impl Part {
    const fn path(self) -> &'static str {
        match self {
            Self::Core => "catalogue/core.json",
            Self::All => "catalogue/all.json",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Away,
    OnItsWay,
    Here,
    Missing,
}

/// The store.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reference {
    catalogue: RwSignal<Arc<Catalogue>>,
    core: RwSignal<Status>,
    all: RwSignal<Status>,
}

impl Reference {
    /// An empty one.
    pub(crate) fn new() -> Self {
        Self {
            catalogue: RwSignal::new(Arc::default()),
            core: RwSignal::new(Status::Away),
            all: RwSignal::new(Status::Away),
        }
    }

    /// What has arrived.
    pub(crate) fn catalogue(self) -> Signal<Arc<Catalogue>> {
        self.catalogue.into()
    }

    /// Fetches a part, unless it is here or on its way.
    pub(crate) fn want(self, part: Part) {
        let status = match part {
            Part::Core => self.core,
            Part::All => self.all,
        };
        if matches!(status.get_untracked(), Status::OnItsWay | Status::Here) {
            return;
        }
        status.set(Status::OnItsWay);
        fetch::text(part.path(), move |text| {
            let Some(text) = text else {
                return status.set(Status::Missing);
            };
            let before = self.catalogue.get_untracked();
            late::then(with_services(before, text, part), move |read| match read {
                Ok(Some(catalogue)) => {
                    self.catalogue.set(catalogue);
                    status.set(Status::Here);
                }
                _ => status.set(Status::Missing),
            });
        });
    }

    /// What is missing and what that means; nothing where nothing is.
    pub(crate) fn says(self) -> Signal<Option<&'static str>> {
        memo(move || {
            if self.core.get() == Status::Missing {
                Some(
                    "The reference data of AWS could not be read: the editor works, but without completion and checks of names.",
                )
            } else if self.all.get() == Status::Missing {
                Some(
                    "The complete reference data of AWS could not be read: the editor knows the core services only.",
                )
            } else {
                None
            }
        })
    }

    /// Asks again for what is missing.
    pub(crate) fn retry(self) {
        for (status, part) in [(self.core, Part::Core), (self.all, Part::All)] {
            if status.get_untracked() == Status::Missing {
                self.want(part);
            }
        }
    }
}

late! {
    ide:
    fn with_services(before: Arc<Catalogue>, text: String, part: Part) -> Option<Arc<Catalogue>> {
        let mut catalogue = Catalogue::clone(&before);
        let read = match part {
            Part::Core => catalogue.read_services(&text),
            Part::All => catalogue.read_all_services(&text),
        };
        read.ok().map(|()| Arc::new(catalogue))
    }
}
