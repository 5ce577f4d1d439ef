//! The account as a tree of rows.
//!
//! Only rows in sight are made: an account may have thousands of roles, and a tree that nobody unfolds
//! costs nothing. Invariant: a row's key names its place in the tree and stays the same while other
//! rows change.

mod build;
mod iam;
mod marks;
mod network;
mod organization;
mod place;
mod sagemaker;
mod search;
mod services;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use litemap::LiteMap;
use rolewalk_core::world::{Checked, Documents, EntityId, World, change::Kind};

pub(crate) use self::{marks::Marks, search::Query};
use crate::{
    state::selection::Selection,
    view::{finding, icon::Icon},
};

/// What the request does at a thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Passage {
    /// It does not come here.
    #[default]
    Off,
    /// It passes.
    OnPath,
    /// It is stopped.
    Stopped,
}

/// A row of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its place.
    pub(crate) key: String,
    /// Its parent's place; empty at the root.
    pub(crate) parent: String,
    /// How deep it lies, from 1.
    pub(crate) level: usize,
    /// Which of its parent's rows it is, from 1, those out of sight counted.
    pub(crate) position: usize,
    /// How many rows its parent has, those out of sight counted.
    pub(crate) set_size: usize,
    /// Its sign.
    pub(crate) icon: Icon,
    /// Its name.
    pub(crate) label: String,
    /// A few words behind the name.
    pub(crate) detail: String,
    /// What it opens.
    pub(crate) opens: Option<Selection>,
    /// Of a folder: what can be added in it, and where.
    pub(crate) adds: Option<(&'static [Kind], EntityId)>,
    /// Whether rows hang below it.
    pub(crate) has_children: bool,
    /// What the request does here.
    pub(crate) passage: Passage,
    /// How many errors its text has.
    pub(crate) n_errors: usize,
    /// Whether it stands for more rows, which it brings.
    pub(crate) brings_more: bool,
    /// How many rows of its parent are out of sight right before it.
    n_hidden: usize,
    found: Found,
}

/// What of a row is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Found {
    /// Whether it has the words that are looked for.
    has_words: bool,
    /// Whether a row below it is found.
    is_below: bool,
}

impl Row {
    /// A row that leads nowhere yet.
    pub(crate) fn new(parent: &str, name: &str, level: usize, icon: Icon, label: String) -> Self {
        let key = if parent.is_empty() {
            name.to_owned()
        } else {
            format!("{parent}/{name}")
        };
        Self {
            key,
            parent: parent.to_owned(),
            level,
            position: 1,
            set_size: 1,
            icon,
            label,
            detail: String::new(),
            opens: None,
            adds: None,
            has_children: false,
            passage: Passage::Off,
            n_errors: 0,
            brings_more: false,
            n_hidden: 0,
            found: Found::default(),
        }
    }

    /// What a screen reader says behind the name.
    pub(crate) fn remarks(&self) -> String {
        let mut remarks = Vec::new();
        match self.passage {
            Passage::Off => {}
            Passage::OnPath => remarks.push("on the path".to_owned()),
            Passage::Stopped => remarks.push("the request is stopped here".to_owned()),
        }
        if self.n_errors > 0 {
            remarks.push(finding::errors(self.n_errors));
        }
        remarks.join(", ")
    }
}

/// What the tree is of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    /// The accounts.
    pub(crate) world: &'a World,
    /// The texts as they stand.
    pub(crate) documents: &'a Documents,
    /// What AWS would refuse.
    pub(crate) checked: &'a Checked,
    /// What the walk does.
    pub(crate) marks: &'a Marks,
}

/// What of it is to be seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    /// Only what has these words.
    pub(crate) query: Query,
    /// Only what the walk comes to.
    pub(crate) on_walk: bool,
}

impl Filter {
    /// Whether anything is left out.
    pub(crate) const fn is_on(&self) -> bool {
        self.on_walk || !self.query.is_empty()
    }
}

/// How many things of a long list are in sight at first.
pub(crate) const PAGE: usize = 50;

/// How many more come when somebody asks for more.
pub(crate) const NEXT_PAGE: usize = 200;

/// What somebody made of the tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look<'a> {
    /// The rows that were folded and unfolded by hand.
    pub(crate) folds: &'a LiteMap<String, bool>,
    /// How many things of a list are in sight, by the key of the row that brings more.
    pub(crate) pages: &'a LiteMap<String, usize>,
    /// What is open in the editor.
    pub(crate) selection: &'a Selection,
    /// What is left out.
    pub(crate) filter: &'a Filter,
}

/// The rows that are in sight, and where each of them is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Visible {
    /// In order, parents before their children.
    pub(crate) rows: Vec<Row>,
    /// How many rows are found, those out of sight among them.
    pub(crate) n_found: usize,
    /// The rows by their keys.
    places: BTreeMap<String, usize>,
    /// The rows whose children are in sight.
    open: BTreeSet<String>,
}

impl Visible {
    /// What is in sight. Where no row stands for what is selected, the rows above the first that does are
    /// unfolded, except those that were folded by hand.
    pub(crate) fn of(source: Source<'_>, look: Look<'_>) -> Self {
        let seen = build::rows(source, look, &[]);
        let stands = |it: &build::Rows| {
            let mut rows = it.rows.iter();
            rows.any(|it| it.opens.as_ref() == Some(look.selection))
        };
        if look.filter.is_on() || stands(&seen) {
            return Self::over(seen);
        }
        let unfolded = place::parents(source.world, look.selection);
        Self::over(build::rows(source, look, &unfolded))
    }

    fn over(built: build::Rows) -> Self {
        let build::Rows { mut rows, n_found } = built;
        let mut places = BTreeMap::new();
        let mut open = BTreeSet::new();
        let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
        for (idx, row) in rows.iter_mut().enumerate() {
            // Two things of one name are told apart by what stands behind it.
            while places.contains_key(&row.key) {
                row.key.push('~');
            }
            places.insert(row.key.clone(), idx);
            if !open.contains(&row.parent) {
                open.insert(row.parent.clone());
            }
            let size = sizes.entry(row.parent.clone()).or_default();
            *size += row.n_hidden + 1;
            row.position = *size;
        }
        for row in &mut rows {
            row.set_size = sizes.get(&row.parent).copied().unwrap_or_default();
        }
        Self {
            rows,
            n_found,
            places,
            open,
        }
    }

    /// The key of the first row that is found itself, and does not only lead to one.
    pub(crate) fn first_found(&self) -> Option<String> {
        let found = self
            .rows
            .iter()
            .find(|it| it.found.has_words && !it.found.is_below);
        let first = found.or_else(|| self.rows.first())?;
        Some(first.key.clone())
    }

    /// The row with that key.
    pub(crate) fn get(&self, key: &str) -> Option<&Row> {
        self.rows.get(*self.places.get(key)?)
    }

    /// Whether the children of the row with that key are in sight.
    pub(crate) fn is_open(&self, key: &str) -> bool {
        self.open.contains(key)
    }
}
