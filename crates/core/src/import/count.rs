//! What an import did, counted: of each kind of thing how many were new, how many changed, and how many were just so.
//!
//! Knows nothing of what is counted but whether it equals what was there. Invariant: what is put and what is counted are
//! told by one comparison.

use std::collections::BTreeMap;

/// What kind of thing was imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "AWS's own words")]
pub enum ImportedKind {
    Account,
    User,
    AccessKey,
    Group,
    Role,
    InlinePolicy,
    ManagedPolicy,
    Domain,
    UserProfile,
    Space,
    App,
    Bucket,
    Repository,
    Key,
    KeyAlias,
    KeyGrant,
    OrganizationalUnit,
    MemberAccount,
    OrganizationPolicy,
}

/// How many things of a kind there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// That the world did not have.
    pub new: usize,
    /// That it has otherwise now.
    pub changed: usize,
    /// That it had already, just so.
    pub same: usize,
}

/// What a text made of one thing of the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    New,
    Changed,
    Same,
}

impl Outcome {
    /// By the thing as the world had it, if it had it, and as it has it now.
    pub(super) fn of<T: PartialEq>(before: Option<&T>, after: &T) -> Self {
        match before {
            None => Self::New,
            Some(before) if before == after => Self::Same,
            Some(_) => Self::Changed,
        }
    }
}

/// Puts a thing in the place of the one that was there, or behind the others where none was.
pub(super) fn put<T: PartialEq>(
    things: &mut Vec<T>,
    thing: T,
    is_it: impl Fn(&T) -> bool,
) -> Outcome {
    let old = things.iter_mut().find(|it| is_it(it));
    let outcome = Outcome::of(old.as_deref(), &thing);
    match old {
        Some(old) => *old = thing,
        None => things.push(thing),
    }
    outcome
}

/// How many of each kind, while an import goes on.
#[derive(Debug, Default)]
pub(super) struct Counts(BTreeMap<ImportedKind, Count>);

impl Counts {
    pub(super) fn add(&mut self, kind: ImportedKind, outcome: Outcome) {
        let count = self.0.entry(kind).or_default();
        match outcome {
            Outcome::New => count.new += 1,
            Outcome::Changed => count.changed += 1,
            Outcome::Same => count.same += 1,
        }
    }

    pub(super) fn finish(self) -> BTreeMap<ImportedKind, Count> {
        self.0
    }
}
