//! AWS managed policies, which are fetched when somebody first looks for one, or brings an account that has one attached.
//!
//! Knows nothing of components. Invariant: nobody downloads them who has not asked.

use std::sync::Arc;

use rolewalk_core::library::managed::PublishedPolicy;

use crate::{
    browser::{clock, fetch},
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
    /// Here they are, by name; their documents are being read.
    Reading(Arc<Vec<PublishedPolicy>>),
    /// And their documents are read, so that asking all of them takes a moment.
    There(Arc<Vec<PublishedPolicy>>),
    /// They could not be fetched, or what came is no list of this version.
    Missing,
}

impl Published {
    /// The policies, where they are there.
    pub(crate) const fn policies(&self) -> Option<&Arc<Vec<PublishedPolicy>>> {
        match self {
            Self::Reading(policies) | Self::There(policies) => Some(policies),
            _ => None,
        }
    }

    /// Whether their documents are read.
    pub(crate) const fn is_read(&self) -> bool {
        matches!(self, Self::There(_))
    }

    /// Whether somebody has asked in vain.
    pub(crate) const fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// Why there are none, and what to do; nothing where there is nothing to say.
    pub(crate) const fn says(&self) -> Option<&'static str> {
        match self {
            Self::Away | Self::Reading(_) | Self::There(_) => None,
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
            let found = found.unwrap_or(Published::Missing);
            let policies = found.policies().cloned();
            published.set(found);
            if let Some(policies) = policies {
                read_documents(published, policies);
            }
        });
    });
}

/// Reads a document after the other, with pauses for whoever types.
fn read_documents(published: RwSignal<Published>, policies: Arc<Vec<PublishedPolicy>>) {
    let mut n_read = 0;
    clock::in_turns(move || {
        let next = policies.get(n_read);
        n_read += 1;
        let is_more = next.map(PublishedPolicy::policy).is_some();
        if !is_more {
            published.set(Published::There(Arc::clone(&policies)));
        }
        is_more
    });
}

late! {
    managed:
    fn read(text: String) -> Published {
        match PublishedPolicy::list_from_json(&text) {
            Ok(policies) => Published::Reading(Arc::new(policies)),
            Err(_) => Published::Missing,
        }
    }
}
