//! AWS managed policies, which are fetched when somebody first looks for one.
//!
//! Knows nothing of components. Invariant: nobody downloads them who has not asked.

use std::sync::Arc;

use rolewalk_core::library::managed::PublishedPolicy;

use crate::{
    browser::fetch,
    late::{self, late},
    state::{reference, signal::RwSignal},
};

/// How far they have come.
#[derive(Clone, Debug)]
pub(crate) enum Published {
    /// Nobody has asked.
    Away,
    /// On their way.
    OnTheirWay,
    /// Here they are, by name.
    There(Arc<Vec<PublishedPolicy>>),
    /// They could not be fetched, or what came is no list of this version.
    Missing,
}

impl Published {
    /// The policies, where they are there.
    pub(crate) const fn policies(&self) -> Option<&Arc<Vec<PublishedPolicy>>> {
        match self {
            Self::There(policies) => Some(policies),
            _ => None,
        }
    }

    /// Whether somebody has asked in vain.
    pub(crate) const fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// Why there are none, and what to do; nothing where there is nothing to say.
    pub(crate) const fn says(&self) -> Option<&'static str> {
        match self {
            Self::Away | Self::There(_) => None,
            Self::OnTheirWay => Some("The policies are on their way …"),
            Self::Missing => Some(
                "The file of the policies, managed-policies.json, could not be fetched or read. Check the connection and try again; the page itself works without it.",
            ),
        }
    }
}

/// Fetches them unless they are there or on their way.
pub(crate) fn fetch(published: RwSignal<Published>) {
    let is_needed = |it: &Published| matches!(it, Published::Away | Published::Missing);
    if !published.with_untracked(is_needed) {
        return;
    }
    published.set(Published::OnTheirWay);
    fetch::kept(reference::address("managed-policies.json"), move |text| {
        let Some(text) = text else {
            return published.set(Published::Missing);
        };
        late::then(read(text), move |found| {
            published.set(found.unwrap_or(Published::Missing));
        });
    });
}

late! {
    managed:
    fn read(text: String) -> Published {
        match PublishedPolicy::list_from_json(&text) {
            Ok(policies) => Published::There(Arc::new(policies)),
            Err(_) => Published::Missing,
        }
    }
}
