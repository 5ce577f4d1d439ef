//! Names of files, made of names of things.
//!
//! INVARIANT: letters, digits and a few signs that no system forbids, never a separator of folders;
//! at most 150 bytes before the ending; no two alike, whatever their case.

use std::collections::BTreeSet;

/// How long a name may be without its ending.
const MAX: usize = 150;

/// The names that are taken.
#[derive(Debug, Default)]
pub(super) struct FileNames {
    taken: BTreeSet<String>,
}

impl FileNames {
    /// `stem` with `.json` behind it, as near as can be.
    pub(super) fn json(&mut self, stem: &str) -> String {
        let plain: String = stem.chars().map(plain).take(MAX).collect();
        let mut name = format!("{plain}.json");
        let mut n = 2;
        while !self.taken.insert(name.to_ascii_lowercase()) {
            name = format!("{plain}-{n}.json");
            n += 1;
        }
        name
    }

    /// `stem` with `.json` behind it; nothing where that cannot be just so.
    pub(super) fn exact(&mut self, stem: &str) -> Option<String> {
        let is_plain = stem.len() <= MAX && stem.chars().all(|it| plain(it) == it);
        let name = format!("{stem}.json");
        (is_plain && self.taken.insert(name.to_ascii_lowercase())).then_some(name)
    }
}

const fn plain(it: char) -> char {
    match it {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' | '@' | '+' | '=' | ',' => it,
        _ => '_',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_told_apart() {
        let mut names = FileNames::default();
        for (stem, expected) in [
            ("role-A", "role-A.json"),
            ("role-a", "role-a-2.json"),
            ("a/../b\\c\nd\u{e9}", "a_.._b_c_d_.json"),
            ("", ".json"),
        ] {
            assert_eq!(names.json(stem), expected);
        }
        assert_eq!(names.json(&"x".repeat(400)).len(), MAX + 5);
    }
}
