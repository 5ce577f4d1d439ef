//! How much of a text an edit changes, and where: what tells typing from pasting, and one place from another.
//!
//! Knows nothing of scenarios. Invariant: of two texts that are the same, nothing is gone and nothing new.

use rolewalk_core::syntax::Span;

use crate::view::change::{changed, span};

/// More characters than this at once are not typed.
const MAX_TYPED_CHARACTERS: usize = 32;

/// How far apart two texts may be for what follows to be looked for.
const MAX_APART: usize = 32;

/// So many characters that are the same are no accident.
const MIN_SAME: usize = 4;

/// How much of a text an edit changes at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    /// Little enough to go on with the typing before.
    Typed,
    /// Much is taken away, little put in its place: a new step, in which typing can go on.
    Cleared,
    /// Much is put in: a step of its own.
    Pasted,
}

impl Size {
    pub(super) fn of(old: &str, new: &str) -> Self {
        let (n_removed, n_inserted) = difference(old, new);
        if n_inserted > MAX_TYPED_CHARACTERS {
            Self::Pasted
        } else if n_removed > MAX_TYPED_CHARACTERS {
            Self::Cleared
        } else {
            Self::Typed
        }
    }
}

/// Where a text is changed: in the text as it was, and in the one that comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    before: Span,
    pub(super) now: Span,
}

impl Place {
    pub(super) fn of(old: &str, new: &str) -> Self {
        let now = changed(old, new);
        // What stands in front of it and behind it is the same in both.
        let n_behind = new.len() - now.end as usize;
        Self {
            before: span(now.start as usize, old.len() - n_behind),
            now,
        }
    }

    /// Whether a change is where the text was changed last; what is no text has one place only.
    pub(super) fn is_beside(next: Option<Self>, last: Option<Span>) -> bool {
        match (next, last) {
            // A closing quotation mark that was there already is typed over.
            (Some(Self { before, .. }), Some(last)) => {
                before.start <= last.end + 1 && last.start <= before.end + 1
            }
            _ => true,
        }
    }
}

/// How many characters of `old` are gone and how many of `new` are new. Where several carets type, what stands between
/// them is neither.
fn difference(old: &str, new: &str) -> (usize, usize) {
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let (mut old, mut new) = (old.as_slice(), new.as_slice());
    let n_front = n_same(old.iter(), new.iter());
    old = old.get(n_front..).unwrap_or_default();
    new = new.get(n_front..).unwrap_or_default();
    let n_back = n_same(old.iter().rev(), new.iter().rev());
    old = old.get(..old.len() - n_back).unwrap_or_default();
    new = new.get(..new.len() - n_back).unwrap_or_default();
    at_carets(old, new).unwrap_or((old.len(), new.len()))
}

/// The same where as much is gone and as much is new at several places, with the same in between.
fn at_carets(mut old: &[char], mut new: &[char]) -> Option<(usize, usize)> {
    // Where one begins, the texts differ.
    let (gone, come) = next_same(old, new)?;
    let mut n_places = 0;
    while old.len() > gone || new.len() > come {
        if next_same(old, new)? != (gone, come) {
            return None;
        }
        n_places += 1;
        old = old.get(gone..)?;
        new = new.get(come..)?;
        let n_between = n_same(old.iter(), new.iter());
        old = old.get(n_between..)?;
        new = new.get(n_between..)?;
    }
    let is_whole = (old.len(), new.len()) == (gone, come);
    is_whole.then_some((gone * (n_places + 1), come * (n_places + 1)))
}

fn n_same<'a>(old: impl Iterator<Item = &'a char>, new: impl Iterator<Item = &'a char>) -> usize {
    old.zip(new).take_while(|(old, new)| old == new).count()
}

/// How much of each is to be left out for both to go on alike; none where that is too much, or nothing goes on.
fn next_same(old: &[char], new: &[char]) -> Option<(usize, usize)> {
    let mut apart = (1..=MAX_APART).flat_map(|n| (0..=n).map(move |gone| (gone, n - gone)));
    let goes_on = |gone: usize, come: usize| {
        let old = old.get(gone..gone + MIN_SAME);
        old.is_some() && old == new.get(come..come + MIN_SAME)
    };
    apart.find(|&(gone, come)| goes_on(gone, come))
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn one_change_is_as_long_as_what_is_between_its_ends() {
        for (old, new, expect) in [
            ("", "", (0, 0)),
            ("one two", "one two", (0, 0)),
            ("one two", "one 2", (3, 1)),
            ("ab", "aab", (0, 1)),
            ("aaa", "aa", (1, 0)),
            ("", "ä", (0, 1)),
            ("aaaaaaaaaa", "bbbbbbbbbb", (10, 10)),
            ("{\n  \"a\": 1\n}", "", (12, 0)),
        ] {
            assert_eq!(difference(old, new), expect, "{old:?} {new:?}");
        }
    }

    #[test]
    fn what_is_between_two_carets_is_no_change() {
        let lines = |name: &str| format!("  \"{name}\": \"a long value\",\n").repeat(4);
        for (old, new, expect) in [
            ("s", "sn", (0, 4)),
            ("sn", "s", (4, 0)),
            ("s3", "x", (8, 4)),
            ("s3:Get", "sns:Get", (4, 8)),
        ] {
            assert_eq!(difference(&lines(old), &lines(new)), expect, "{old} {new}");
        }
    }

    #[test]
    fn a_text_in_place_of_one_that_is_like_it_is_all_new() {
        let old =
            "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [ { \"Effect\": \"Allow\" } ]\n}";
        let new = "{\r\n  \"Version\": \"2012-10-17\",\r\n\t\"Statement\": []\r\n}\r\n";
        let (gone, come) = difference(old, new);
        assert!(gone > 60 && come > 45, "{gone} {come}");
    }
}
