//! Wildcards over one text: `*` is any run of characters, `?` exactly one.
//!
//! A pattern is cut at its stars. What stands between two of them is looked for once, from where the
//! last was found: an earlier star has taken in as little as it could already. Invariant: time is
//! linear in text and pattern; where there are `?` between stars, in the text for each 64 characters.

/// A compiled wildcard pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glob {
    first: Segment,
    /// What follows each star. INVARIANT: only the last may be empty.
    behind_stars: Vec<Segment>,
}

/// A run without a star.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Literal(String),
    /// INVARIANT: at least one `None`, which stands for any character.
    Holed(Vec<Option<char>>),
}

impl Default for Glob {
    /// The pattern of the empty text.
    fn default() -> Self {
        Self {
            first: Segment::Literal(String::new()),
            behind_stars: Vec::new(),
        }
    }
}

impl Glob {
    /// Compiles `text`; every `*` and `?` in it is a wildcard.
    pub fn new(text: &str) -> Self {
        let mut glob = Self::default();
        glob.push_pattern(text);
        glob
    }

    /// Adds a text in which `*` and `?` are wildcards.
    pub(super) fn push_pattern(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '*' if self.behind_stars.last().is_some_and(Segment::is_empty) => {}
                '*' => self.behind_stars.push(Segment::Literal(String::new())),
                '?' => self.last_mut().push_hole(),
                other => self.last_mut().push(other),
            }
        }
    }

    /// Adds a text in which `*` and `?` are characters like any other.
    pub(super) fn push_literal(&mut self, text: &str) {
        let segment = self.last_mut();
        for character in text.chars() {
            segment.push(character);
        }
    }

    fn last_mut(&mut self) -> &mut Segment {
        self.behind_stars.last_mut().unwrap_or(&mut self.first)
    }

    /// Whether the whole of `text` matches.
    pub fn matches(&self, text: &str) -> bool {
        let Some((last, between)) = self.behind_stars.split_last() else {
            return self.first.is_whole(text);
        };
        let mut rest = self.first.strip_from(text);
        for segment in between {
            rest = rest.and_then(|it| segment.find_in(it));
        }
        rest.is_some_and(|it| last.ends(it))
    }

    /// Whether it matches every text: `*`.
    pub fn is_any(&self) -> bool {
        self.first.is_empty() && matches!(self.behind_stars.as_slice(), [only] if only.is_empty())
    }
}

impl Segment {
    const fn is_empty(&self) -> bool {
        matches!(self, Self::Literal(text) if text.is_empty())
    }

    fn push(&mut self, character: char) {
        match self {
            Self::Literal(text) => text.push(character),
            Self::Holed(wanted) => wanted.push(Some(character)),
        }
    }

    fn push_hole(&mut self) {
        match self {
            Self::Literal(text) => {
                let wanted = text.chars().map(Some).chain([None]).collect();
                *self = Self::Holed(wanted);
            }
            Self::Holed(wanted) => wanted.push(None),
        }
    }

    fn is_whole(&self, text: &str) -> bool {
        match self {
            Self::Literal(wanted) => wanted == text,
            Self::Holed(_) => self.strip_from(text) == Some(""),
        }
    }

    /// What stands behind the segment, where `text` begins with it.
    fn strip_from<'a>(&self, text: &'a str) -> Option<&'a str> {
        match self {
            Self::Literal(wanted) if wanted.is_empty() => Some(text),
            Self::Literal(wanted) => text.strip_prefix(wanted.as_str()),
            Self::Holed(wanted) => {
                let mut rest = text.chars();
                let fits = wanted.iter().all(|it| fits(*it, rest.next()));
                fits.then_some(rest.as_str())
            }
        }
    }

    /// Whether `text` ends in the segment.
    fn ends(&self, text: &str) -> bool {
        match self {
            Self::Literal(wanted) => wanted.is_empty() || text.ends_with(wanted.as_str()),
            Self::Holed(wanted) => {
                let mut rest = text.chars().rev();
                wanted.iter().rev().all(|it| fits(*it, rest.next()))
            }
        }
    }

    /// What stands behind the first place where the segment is found.
    fn find_in<'a>(&self, text: &'a str) -> Option<&'a str> {
        match self {
            Self::Literal(wanted) => text.split_once(wanted.as_str()).map(|it| it.1),
            Self::Holed(wanted) => find_holed(wanted, text),
        }
    }
}

fn fits(wanted: Option<char>, found: Option<char>) -> bool {
    found.is_some_and(|found| wanted.is_none_or(|it| it == found))
}

/// Follows all places at once, one bit for each: bit `i` says that the last `i + 1` characters fit
/// the first `i + 1` wanted.
fn find_holed<'a>(wanted: &[Option<char>], text: &'a str) -> Option<&'a str> {
    let n_words = wanted.len().div_ceil(64);
    let mut holes = vec![0_u64; n_words];
    // In the order of the characters.
    let mut of: Vec<(char, Vec<u64>)> = Vec::new();
    let place = |of: &[(char, Vec<u64>)], it: char| of.binary_search_by_key(&it, |it| it.0);
    for (idx, character) in wanted.iter().enumerate() {
        let masks = match character {
            Some(it) => {
                let at = place(&of, *it).unwrap_or_else(|at| {
                    of.insert(at, (*it, vec![0; n_words]));
                    at
                });
                of.get_mut(at).map(|it| &mut it.1)
            }
            None => Some(&mut holes),
        };
        if let Some(word) = masks.and_then(|it| it.get_mut(idx / 64)) {
            *word |= 1 << (idx % 64);
        }
    }
    let end = 1_u64 << ((wanted.len() + 63) % 64);
    let mut state = vec![0_u64; n_words];
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        let fitting = place(&of, character).ok().and_then(|at| of.get(at));
        let mut carry = 1;
        for (idx, word) in state.iter_mut().enumerate() {
            let next_carry = *word >> 63;
            let literal = fitting.and_then(|it| it.1.get(idx)).copied().unwrap_or(0);
            let hole = holes.get(idx).copied().unwrap_or(0);
            *word = (*word << 1 | carry) & (literal | hole);
            carry = next_carry;
        }
        if state.last().is_some_and(|it| it & end != 0) {
            return Some(rest.as_str());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_any_run_and_a_question_mark_one_character() {
        let cases = [
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("*", "a/b:c\nd", true),
            ("?", "", false),
            ("?", "é", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-b-b-c-", false),
            ("*sagemaker*", "my-sagemaker-bucket", true),
            ("*sagemaker*", "acme-churn-data", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("**a", "a", true),
            ("*?", "", false),
            ("*?", "é", true),
            ("*?b?*", "aabé", true),
            ("*?b?*", "ab", false),
            ("a*a", "a", false),
            ("a*?a", "aba", true),
            ("a*?a", "aa", false),
        ];
        for (pattern, text, expect) in cases {
            assert_eq!(
                Glob::new(pattern).matches(text),
                expect,
                "{pattern} on {text}"
            );
        }
    }

    #[test]
    fn only_stars_are_any() {
        assert!(Glob::new("*").is_any() && Glob::new("***").is_any());
        assert!(!Glob::new("").is_any() && !Glob::new("*a").is_any() && !Glob::new("*?").is_any());
    }

    #[test]
    fn a_run_with_question_marks_may_be_long() {
        let run = format!("{}?{}", "a".repeat(100), "b".repeat(100));
        let text = format!("{}c{}", "a".repeat(150), "b".repeat(150));
        assert!(Glob::new(&format!("*{run}*")).matches(&text));
        assert!(!Glob::new(&format!("*{run}?c*")).matches(&text));
    }

    #[test]
    fn hostile_patterns_do_not_blow_up() {
        let n = 200_000;
        let text = "a".repeat(n);
        assert!(!Glob::new(&format!("{}b", "*a".repeat(n / 2))).matches(&text));
        assert!(!Glob::new(&format!("*{}b*", "a".repeat(n / 2))).matches(&text));
        assert!(!Glob::new(&format!("*{}b*", "a?".repeat(2_000))).matches(&text));
    }
}
