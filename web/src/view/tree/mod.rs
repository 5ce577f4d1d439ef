//! The account as a tree of rows.
//!
//! Invariant: a row's key names its place in the tree and stays the same while other rows change.

mod build;
mod network;
mod organization;

use std::collections::{BTreeMap, BTreeSet};

use rolewalk_core::world::{EntityId, change::Kind};

pub(crate) use self::build::rows;
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
    /// Whether it is unfolded when nobody said otherwise.
    pub(crate) is_open_at_first: bool,
    /// What the request does here.
    pub(crate) passage: Passage,
    /// How many errors its text has.
    pub(crate) n_errors: usize,
}

impl Row {
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

/// The rows that are in sight, and where each of them is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Visible {
    /// In order.
    pub(crate) rows: Vec<Row>,
    /// The rows by their keys.
    places: BTreeMap<String, usize>,
    /// The rows whose children are in sight.
    open: BTreeSet<String>,
}

impl Visible {
    /// Those of `rows` that are in sight.
    pub(crate) fn of(rows: &[Row], folds: &BTreeMap<String, bool>, selection: &Selection) -> Self {
        let rows = visible(rows, folds, selection);
        let mut places = BTreeMap::new();
        let mut open = BTreeSet::new();
        for (idx, row) in rows.iter().enumerate() {
            places.insert(row.key.clone(), idx);
            if !open.contains(&row.parent) {
                open.insert(row.parent.clone());
            }
        }
        Self { rows, places, open }
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

/// The rows that are in sight: those whose parents are all unfolded. Where none of them stands for
/// `selection`, the parents of the first row that does are unfolded too, except by hand.
fn visible(rows: &[Row], folds: &BTreeMap<String, bool>, selection: &Selection) -> Vec<Row> {
    let stands_for = |it: &&Row| it.opens.as_ref() == Some(selection);
    let visible = unfolded(rows, folds);
    if visible.iter().any(|it| stands_for(&it)) {
        return visible;
    }
    let Some(row) = rows.iter().find(stands_for) else {
        return visible;
    };
    let mut folds = folds.clone();
    for parent in parents(rows, row) {
        folds.entry(parent).or_insert(true);
    }
    unfolded(rows, &folds)
}

fn parents(rows: &[Row], row: &Row) -> Vec<String> {
    let mut keys = Vec::new();
    let mut next = Some(row);
    while let Some(row) = next {
        keys.push(row.parent.clone());
        next = rows.iter().find(|it| it.key == row.parent);
    }
    keys
}

fn unfolded(rows: &[Row], folds: &BTreeMap<String, bool>) -> Vec<Row> {
    let mut open = BTreeSet::new();
    let mut visible = Vec::new();
    for row in rows.iter().filter(|it| !it.key.is_empty()) {
        if !row.parent.is_empty() && !open.contains(&row.parent) {
            continue;
        }
        if is_open(row, folds) {
            open.insert(row.key.clone());
        }
        visible.push(row.clone());
    }
    visible
}

fn is_open(row: &Row, folds: &BTreeMap<String, bool>) -> bool {
    row.has_children && folds.get(&row.key).copied().unwrap_or(row.is_open_at_first)
}

#[cfg(test)]
mod tests {
    use rolewalk_core::{
        flow,
        world::{DocumentId, Text, Thing},
    };

    use super::*;
    use crate::state::{document::Document, sample};

    fn sample_rows() -> Vec<Row> {
        let document = Document::new(sample::scenario(), "one");
        let scenario = document.scenario();
        let flow = flow::walk(&scenario.world, document.documents(), &scenario.choice);
        rows(
            &scenario.world,
            document.documents(),
            &flow,
            document.shown(),
        )
    }

    #[test]
    fn the_tree_has_the_three_branches_of_the_account() {
        let rows = sample_rows();
        let branches: Vec<_> = rows
            .iter()
            .filter(|it| it.level == 2)
            .map(|it| it.label.as_str())
            .collect();
        assert_eq!(branches, ["IAM", "SageMaker", "AWS services"]);
        let keys: BTreeSet<_> = rows.iter().map(|it| &it.key).collect();
        assert_eq!(keys.len(), rows.len(), "keys are unique");
    }

    #[test]
    fn the_profile_leads_to_its_execution_role_and_lies_on_the_path() {
        let rows = sample_rows();
        let profile = rows.iter().find(|it| it.icon == Icon::Profile).unwrap();
        assert_eq!(profile.passage, Passage::OnPath);
        let role = rows.iter().find(|it| it.parent == profile.key).unwrap();
        assert_eq!(role.label, "Exec");
    }

    #[test]
    fn rows_below_a_folded_one_are_out_of_sight() {
        let rows = sample_rows();
        let account = Selection::Entity(Thing::Account.into());
        let n = visible(&rows, &BTreeMap::new(), &account).len();
        let folded = BTreeMap::from([("account".to_owned(), false)]);
        assert!(n > 10);
        assert_eq!(visible(&rows, &folded, &account).len(), 1);
        let trust = Selection::Document(DocumentId::home(Text::Trust {
            role: "Exec".to_owned(),
        }));
        let with_trust = visible(&rows, &BTreeMap::new(), &trust);
        assert!(
            with_trust
                .iter()
                .any(|it| it.opens.as_ref() == Some(&trust)),
            "what is selected is in sight"
        );
    }
}
