//! What is kept of somebody's learning, beside the draft: how far they are, and what they have in hand.
//!
//! Both as the texts that `rolewalk-core` writes: whoever only opens the playground has no use for what reads them.
//! Invariant: a text is thrown away only by whoever it belongs to, never because it could not be read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What is kept of somebody's learning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Learned {
    /// How far they are, as `Progress::to_json` writes it; empty: nowhere yet.
    pub(crate) progress: String,
    /// Unfinished work, as `share::encode` writes it, by course and lesson (see [`work_key`]),
    /// and on the newest challenge (see [`challenges_key`]).
    pub(crate) works: BTreeMap<String, String>,
}

/// The key of the work on a lesson, or on one of its tickets.
pub(crate) fn work_key(course: &str, lesson: &str, ticket: Option<&str>) -> String {
    match ticket {
        Some(ticket) => format!("{course}/{lesson}/{ticket}"),
        None => format!("{course}/{lesson}"),
    }
}

/// What the keys of all challenges of a course begin with.
pub(crate) fn challenges_key(course: &str) -> String {
    format!("{course}/challenge:")
}

impl Learned {
    /// The works of two tabs, where both began with those of `base`: what only one of them changed is as that one has
    /// it, and what both changed as `self` has it.
    pub(crate) fn works_with(&self, base: &Self, other: &Self) -> BTreeMap<String, String> {
        let mut works = self.works.clone();
        for key in base.works.keys().chain(other.works.keys()) {
            if self.works.get(key) == base.works.get(key) {
                match other.works.get(key) {
                    Some(work) => works.insert(key.clone(), work.clone()),
                    None => works.remove(key),
                };
            }
        }
        works
    }

    /// Throws away the unfinished work of a course.
    pub(crate) fn forget_course(&mut self, course: &str) {
        let of_course = format!("{course}/");
        self.works.retain(|key, _| !key.starts_with(&of_course));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn works_of_two_tabs_come_together() {
        let of = |works: &[(&str, &str)]| Learned {
            works: works
                .iter()
                .map(|&(key, work)| (key.to_owned(), work.to_owned()))
                .collect(),
            ..Learned::default()
        };
        let base = of(&[("a", "0"), ("b", "0"), ("c", "0"), ("d", "0")]);
        let own = of(&[("a", "1"), ("b", "0"), ("c", "1"), ("e", "1")]);
        let other = of(&[("a", "0"), ("b", "2"), ("c", "2"), ("d", "0"), ("f", "2")]);
        let both = of(&[("a", "1"), ("b", "2"), ("c", "1"), ("e", "1"), ("f", "2")]);
        assert_eq!(own.works_with(&base, &other), both.works);
        let none = of(&[]);
        assert_eq!(
            base.works_with(&base, &none),
            none.works,
            "the other threw them away"
        );
    }

    #[test]
    fn a_course_is_forgotten_without_the_others() {
        let mut learned = Learned::default();
        for (course, ticket) in [("iam", None), ("iam", Some("t")), ("iam-2", None)] {
            let key = work_key(course, "a", ticket);
            learned.works.insert(key, "v1".to_owned());
        }
        learned.forget_course("iam");
        assert_eq!(learned.works.into_keys().collect::<Vec<_>>(), ["iam-2/a"]);
    }
}
