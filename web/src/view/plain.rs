//! A text as a text area has it, in which every line break is one line feed, and back.
//!
//! A text area gives CR LF and CR as LF, so what it gives is not the text; an edit in it is put into the text here. Knows
//! nothing of the browser. Invariant: what an edit did not touch of a text stays as it is, its line ends, too.

use std::ops::Range;

/// The text as a text area gives it.
fn shown(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The text after an edit that left `value` in the text area that showed it. New lines end as those in front of them.
pub(crate) fn typed(text: &str, value: String) -> String {
    if !text.contains('\r') {
        return value;
    }
    let before = shown(text);
    let value = shown(&value);
    let (gone, come) = difference(&before, &value);
    let from = byte_of(text, gone.start);
    let to = byte_of(text, gone.end);
    let (Some(head), Some(come), Some(tail)) = (text.get(..from), value.get(come), text.get(to..))
    else {
        return value;
    };
    let come = come.replace('\n', newline(head, text));
    let mut edited = format!("{head}{come}");
    // These two were not beside each other, and must not become one line break.
    if edited.ends_with('\r') && tail.starts_with('\n') {
        edited.push('\n');
    }
    edited.push_str(tail);
    edited
}

/// What stands in one text in the place of what in the other, in bytes.
fn difference(before: &str, after: &str) -> (Range<usize>, Range<usize>) {
    let same = before.chars().zip(after.chars());
    let front: usize = same
        .take_while(|(one, other)| one == other)
        .map(|it| it.0.len_utf8())
        .sum();
    let old = before.get(front..).unwrap_or_default();
    let new = after.get(front..).unwrap_or_default();
    let same = old.chars().rev().zip(new.chars().rev());
    let back: usize = same
        .take_while(|(one, other)| one == other)
        .map(|it| it.0.len_utf8())
        .sum();
    (front..before.len() - back, front..after.len() - back)
}

/// How the last line in front of a place ends, else the first of the text.
fn newline(head: &str, text: &str) -> &'static str {
    let end = |at: usize, text: &str| {
        let (before, behind) = text.split_at_checked(at)?;
        Some(if behind.starts_with("\r\n") {
            "\r\n"
        } else if behind.starts_with('\r') {
            "\r"
        } else if before.ends_with('\r') {
            "\r\n"
        } else {
            "\n"
        })
    };
    let last = head.rfind(['\r', '\n']).and_then(|at| end(at, head));
    let first = || text.find(['\r', '\n']).and_then(|at| end(at, text));
    last.or_else(first).unwrap_or("\n")
}

/// The byte of the text at which that byte of what is shown stands.
fn byte_of(text: &str, shown: usize) -> usize {
    let mut n_shown = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, found)) = chars.next() {
        if n_shown >= shown {
            return at;
        }
        n_shown += found.len_utf8();
        if found == '\r' {
            let _ = chars.next_if(|it| it.1 == '\n');
        }
    }
    text.len()
}

/// Where a place of the text is in the text area, both in UTF-16 units.
pub(crate) fn unit_shown(text: &str, unit: u32) -> u32 {
    if !text.contains('\r') {
        return unit;
    }
    let (mut at, mut n_hidden) = (0, 0);
    let mut chars = text.chars().peekable();
    while let Some(found) = chars.next() {
        at += found.len_utf16();
        if at > unit as usize {
            break;
        }
        if found == '\r' && chars.peek() == Some(&'\n') {
            n_hidden += 1;
        }
    }
    unit.saturating_sub(n_hidden)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_typed_changes_nothing_else() {
        let check = |text: &str, value: &str, expected: &str| {
            assert_eq!(
                typed(text, value.to_owned()),
                expected,
                "{text:?} {value:?}"
            );
        };
        check("a\r\nb\r\nc", "a\nbx\nc", "a\r\nbx\r\nc");
        check("a\r\nb\r\n", "a\nb\n\n", "a\r\nb\r\n\r\n");
        check("a\r\nb", "ab", "ab");
        check("a\rb\nc\r\nd", "a\nb\nc\ne", "a\rb\nc\r\ne");
        check("a\r\nb\nc", "a\nb\nc\nd", "a\r\nb\nc\nd");
        check("\r\nb", "\n\nb", "\r\n\r\nb");
        check("é😀\r\n😁", "é😁\n😁", "é😁\r\n😁");
        check("a\r\nb", "", "");
        // A CR and an LF that come together stay two line breaks.
        check("a\rb\nc", "a\n\nc", "a\r\n\nc");
    }

    #[test]
    fn places_in_front_of_a_line_break_and_behind_it() {
        let text = "😀\r\nb\rc\n";
        let places: Vec<u32> = (0..=8).map(|it| unit_shown(text, it)).collect();
        assert_eq!(places, [0, 1, 2, 2, 3, 4, 5, 6, 7]);
    }

    fn any_text() -> impl Strategy<Value = String> {
        prop::collection::vec(
            prop::sample::select(vec!["\r", "\n", "\r\n", "a", "é", "😀"]),
            0..12,
        )
        .prop_map(|it| it.concat())
    }

    proptest! {
        #[test]
        fn the_text_area_shows_what_somebody_typed(text in any_text(), value in any_text()) {
            let value = shown(&value);
            prop_assert_eq!(shown(&typed(&text, value.clone())), value);
        }

        #[test]
        fn what_is_as_it_was_stays_as_it_was(text in any_text()) {
            prop_assert_eq!(typed(&text, shown(&text)), text);
        }

        #[test]
        fn one_character_changes_one_place(text in any_text(), at in any::<prop::sample::Index>()) {
            let value = shown(&text);
            let all: Vec<char> = value.chars().collect();
            let at = at.index(all.len() + 1);
            let head: String = all.iter().take(at).collect();
            let tail: String = all.iter().skip(at).collect();
            let after = typed(&text, format!("{head}x{tail}"));
            prop_assert_eq!(after.replacen('x', "", 1), text);
        }

        #[test]
        fn a_place_counts_as_many_units_as_are_shown_in_front(text in any_text()) {
            for (at, _) in text.char_indices() {
                let (head, tail) = text.split_at(at);
                if head.ends_with('\r') && tail.starts_with('\n') {
                    continue;
                }
                let units = |it: &str| u32::try_from(it.encode_utf16().count()).unwrap();
                prop_assert_eq!(unit_shown(&text, units(head)), units(&shown(head)));
            }
        }
    }
}
