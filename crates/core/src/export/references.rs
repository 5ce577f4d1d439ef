//! What gets an id of AWS when it is built: what it is called in a template, and what stands for its id elsewhere.
//!
//! Knows no format: `T` is a reference of one. INVARIANT: a text refers only to what ranks lower than what it belongs to,
//! and so does all that its resource names or depends on: no resource waits for itself, by whatever way.

use std::collections::BTreeMap;

use crate::{
    export::{
        ids::{Ids, Piece, Rank},
        is_document,
    },
    world::Account,
};

/// Names of what is built, in the order of the world, nothing for what is left out; and what stands for each id.
#[derive(Debug)]
pub(super) struct References<T> {
    ids: Ids,
    by_id: BTreeMap<String, (Rank, T)>,
    names: BTreeMap<Kind, Vec<Option<String>>>,
}

/// What is built with an id of its own, networks aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Key,
    Domain,
    Endpoint,
}

/// A thing with an id of its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct WithId<'a> {
    pub(super) kind: Kind,
    pub(super) id: &'a str,
    /// What a name in a template is made of.
    pub(super) name: &'a str,
    /// Whether a template can have it: with a document that can be read, and a role where AWS asks for one.
    pub(super) is_built: bool,
}

impl Kind {
    const fn rank(self) -> Rank {
        match self {
            Self::Key => Rank::Key,
            Self::Domain => Rank::Domain,
            Self::Endpoint => Rank::Endpoint,
        }
    }
}

/// Everything in an account that has an id of its own, networks aside, in the order of the world.
pub(super) fn with_ids(account: &Account) -> impl Iterator<Item = WithId<'_>> {
    let keys = account.keys.iter().map(|it| WithId {
        kind: Kind::Key,
        id: &it.key_id,
        name: it.name(),
        is_built: is_document(it.policy.as_str()),
    });
    let domains = account.domains.iter().map(|it| {
        let role = it.default_user_settings.execution_role.as_ref();
        WithId {
            kind: Kind::Domain,
            id: &it.domain_id,
            name: &it.domain_name,
            is_built: role.is_some_and(|it| !it.is_empty()),
        }
    });
    let endpoints = account.vpc_endpoints.iter().map(|it| {
        let policy = it.policy.as_ref();
        WithId {
            kind: Kind::Endpoint,
            id: &it.vpc_endpoint_id,
            name: &it.vpc_endpoint_id,
            is_built: policy.is_none_or(|it| is_document(it.as_str())),
        }
    });
    keys.chain(domains).chain(endpoints)
}

impl<T> Default for References<T> {
    fn default() -> Self {
        Self {
            ids: Ids::default(),
            by_id: BTreeMap::new(),
            names: BTreeMap::new(),
        }
    }
}

impl<T> References<T> {
    /// Begins with the ids that texts of the account may name.
    pub(super) fn begin(&mut self, account: &Account) {
        self.ids = Ids::of(account);
    }

    pub(super) fn key(&self, idx: usize) -> Option<&str> {
        self.name(Kind::Key, idx)
    }

    pub(super) fn domain(&self, idx: usize) -> Option<&str> {
        self.name(Kind::Domain, idx)
    }

    pub(super) fn endpoint(&self, idx: usize) -> Option<&str> {
        self.name(Kind::Endpoint, idx)
    }

    fn name(&self, kind: Kind, idx: usize) -> Option<&str> {
        self.names.get(&kind)?.get(idx)?.as_deref()
    }

    /// What stands for an id; the first of several counts.
    pub(super) fn refer(&mut self, id: &str, rank: Rank, reference: T) {
        self.by_id.entry(id.to_owned()).or_insert((rank, reference));
    }

    /// The next thing of its kind: its name and what stands for its id, or nothing where it is left out.
    pub(super) fn add(&mut self, it: WithId<'_>, built: Option<(String, T)>) {
        let (name, reference) = built.unzip();
        if let Some(reference) = reference {
            self.refer(it.id, it.kind.rank(), reference);
        }
        self.names.entry(it.kind).or_default().push(name);
    }

    /// A text, cut at the ids in it.
    pub(super) fn pieces<'a>(&self, text: &'a str) -> Vec<Piece<'a>> {
        self.ids.pieces(text)
    }

    /// What stands for an id in a text of this rank. Where nothing may, the id goes to `old`, once.
    pub(super) fn instead(&self, id: &str, rank: Rank, old: &mut Vec<String>) -> Option<&T> {
        let found = self.by_id.get(id).filter(|it| it.0 < rank);
        if found.is_none() && !old.iter().any(|it| it == id) {
            old.push(id.to_owned());
        }
        found.map(|it| &it.1)
    }

    /// Whether a text names an id of what is built.
    pub(super) fn has_id_of_built(&self, text: &str) -> bool {
        self.pieces(text).iter().any(|it| match it {
            Piece::Text(_) => false,
            Piece::Id(id) => self.by_id.get(*id).is_some_and(|it| it.0 > Rank::Given),
        })
    }
}
