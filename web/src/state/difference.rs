//! How much of a text an edit changes: what tells typing from pasting.
//!
//! Knows nothing of scenarios. Invariant: of two texts that are the same, nothing is gone and nothing new.

/// How far apart two texts may be for what follows to be looked for.
const MAX_APART: usize = 32;

/// So many characters that are the same are no accident.
const MIN_SAME: usize = 4;

/// How many characters of `old` are gone and how many of `new` are new. Where several carets type, what stands between
/// them is neither.
pub(super) fn difference(old: &str, new: &str) -> (usize, usize) {
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
