//! Which characters an edit changed.

use rolewalk_core::syntax::Span;

/// The characters of `new` that are not the same in `old`: what stands between the longest equal
/// beginning and the longest equal end. Empty where something was only taken away.
pub(crate) fn changed(old: &str, new: &str) -> Span {
    let start = common(old.chars(), new.chars());
    let rest = |text: &'_ str| text.get(start..).unwrap_or("").to_owned();
    let (old, tail) = (rest(old), rest(new));
    let end = common(old.chars().rev(), tail.chars().rev());
    span(start, new.len() - end)
}

fn common(left: impl Iterator<Item = char>, right: impl Iterator<Item = char>) -> usize {
    left.zip(right)
        .take_while(|(left, right)| left == right)
        .map(|(it, _)| it.len_utf8())
        .sum()
}

/// A span from byte offsets; texts are far below 4 GB.
pub(crate) fn span(start: usize, end: usize) -> Span {
    let offset = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    Span::new(offset(start), offset(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs() {
        assert_eq!(changed("abc", "abXc"), span(2, 3));
        assert_eq!(changed("abXc", "abc"), span(2, 2));
        assert_eq!(changed("aé1", "aé2"), span(3, 4));
        assert_eq!(changed("aa", "aaa"), span(2, 3));
        assert_eq!(changed("", ""), span(0, 0));
    }
}
