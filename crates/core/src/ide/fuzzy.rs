//! How well what is typed fits a name.
//!
//! Knows nothing of what the names are. Invariant: letter case never matters, and a name that begins with what is typed
//! comes before one that merely holds it.

/// How well it fits, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It is the name.
    Exact,
    /// The name begins with it.
    Prefix,
    /// Neighbouring words of the name begin with its parts: `ctj` in `CreateTrainingJob`.
    Words,
    /// The same with words left out: `ctj` in `CreateHyperParameterTuningJob`.
    SomeWords,
    /// The name holds it.
    Inside,
}

/// The longest text that is compared; more than any name has.
const MAX_QUERY: usize = 63;

/// What is typed, ready to be compared with many names.
#[derive(Clone, Debug)]
pub(super) struct Query {
    folded: String,
}

impl Query {
    pub(super) fn new(text: &str) -> Self {
        Self {
            folded: text.to_ascii_lowercase(),
        }
    }

    /// Whether the name is it or begins with it.
    pub(super) fn begins(&self, name: &str) -> Option<Fit> {
        let query = self.folded.as_bytes();
        let head = name.as_bytes().get(..query.len())?;
        let is_all = query.len() == name.len() && !query.is_empty();
        let fit = if is_all { Fit::Exact } else { Fit::Prefix };
        head.eq_ignore_ascii_case(query).then_some(fit)
    }

    /// How well it fits `name`; `None` where it does not. Nothing typed fits every name alike.
    pub(super) fn fit(&self, name: &str) -> Option<Fit> {
        let query = self.folded.as_bytes();
        let bytes = name.as_bytes();
        if query.is_empty() {
            return Some(Fit::Prefix);
        }
        if !is_subsequence(query, bytes) {
            return None;
        }
        if let Some(fit) = self.begins(name) {
            return Some(fit);
        }
        if let Some(fit) = starts_words(query, bytes) {
            return Some(fit);
        }
        let mut places = bytes.windows(query.len());
        let is_inside = places.any(|it| it.eq_ignore_ascii_case(query));
        is_inside.then_some(Fit::Inside)
    }
}

/// Whether the letters of the query are in the name, in order: most names are out by that.
fn is_subsequence(query: &[u8], name: &[u8]) -> bool {
    let mut rest = query.iter();
    let mut wanted = rest.next();
    for byte in name {
        let Some(next) = wanted else { return true };
        if byte.to_ascii_lowercase() == *next {
            wanted = rest.next();
        }
    }
    wanted.is_none()
}

fn is_word_start(name: &[u8], at: usize) -> bool {
    let byte = |at: usize| name.get(at).copied().unwrap_or_default();
    let Some(before) = at.checked_sub(1).map(byte) else {
        return true;
    };
    let here = byte(at);
    if !here.is_ascii_alphanumeric() {
        return false;
    }
    !before.is_ascii_alphanumeric()
        || here.is_ascii_uppercase()
            && (!before.is_ascii_uppercase() || byte(at + 1).is_ascii_lowercase())
}

/// Whether the query is made of beginnings of words of the name, in order. One bit for each place of the query that has
/// been come to.
fn starts_words(query: &[u8], name: &[u8]) -> Option<Fit> {
    if query.len() > MAX_QUERY {
        return None;
    }
    let goal = 1_u64 << query.len();
    let mut reached = 1_u64;
    // Come to by the word before, without one left out; a first word may stand anywhere.
    let mut near = 1_u64;
    for start in (0..name.len()).filter(|at| is_word_start(name, *at)) {
        let grown = grow(reached, start, query, name);
        near = grow(near | 1, start, query, name);
        reached |= grown;
        if near & goal != 0 {
            return Some(Fit::Words);
        }
    }
    (reached & goal != 0).then_some(Fit::SomeWords)
}

/// The places come to by the word that begins at `start`.
fn grow(reached: u64, start: usize, query: &[u8], name: &[u8]) -> u64 {
    let mut grown = 0;
    for from in (0..query.len()).filter(|it| reached >> it & 1 == 1) {
        let left = query.get(from..).unwrap_or_default();
        let here = name.get(start..).unwrap_or_default();
        let same = left.iter().zip(here).enumerate().take_while(|(at, it)| {
            it.0.eq_ignore_ascii_case(it.1) && (*at == 0 || !is_word_start(name, start + at))
        });
        for (at, _) in same {
            grown |= 1 << (from + at + 1);
        }
    }
    grown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_fits_names_in_several_ways() {
        let cases = [
            ("createtrainingjob", "CreateTrainingJob", Some(Fit::Exact)),
            ("create", "CreateTrainingJob", Some(Fit::Prefix)),
            ("ctj", "CreateTrainingJob", Some(Fit::Words)),
            ("cretrain", "CreateTrainingJob", Some(Fit::Words)),
            ("trainjob", "CreateTrainingJob", Some(Fit::Words)),
            ("ctj", "CreateHyperParameterTuningJob", Some(Fit::SomeWords)),
            ("ingjob", "CreateTrainingJob", Some(Fit::Inside)),
            ("gjx", "CreateTrainingJob", None),
            ("lma", "ListMLflowApps", Some(Fit::SomeWords)),
            ("mlf", "ListMLflowApps", Some(Fit::Words)),
            ("", "x", Some(Fit::Prefix)),
            ("é", "é", Some(Fit::Exact)),
        ];
        for (query, name, expect) in cases {
            assert_eq!(Query::new(query).fit(name), expect, "{query} {name}");
        }
    }
}
