//! What a scenario is called: what is taken of what somebody types.
//!
//! Knows nothing of where the name is shown. Invariant: a name that was typed is one line in which nothing is invisible, so
//! that no two names look the same, and none turns round what stands beside it.

/// Longer names are in no list whole.
pub(crate) const MAX_CHARACTERS: usize = 80;

/// The name; nothing where nothing is left of it.
pub(crate) fn name(typed: &str) -> Option<String> {
    let visible: String = typed
        .chars()
        .map(|it| if it.is_control() { ' ' } else { it })
        .filter(|it| !is_invisible(*it))
        .collect();
    let words: Vec<_> = visible.split_whitespace().collect();
    let name: String = words.join(" ").chars().take(MAX_CHARACTERS).collect();
    let name = name.trim_end();
    (!name.is_empty()).then(|| name.to_owned())
}

/// Marks of no width, and those that say in which direction text runs.
const fn is_invisible(it: char) -> bool {
    matches!(
        it,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_what_can_be_seen() {
        let longest = "ä".repeat(MAX_CHARACTERS);
        let longer = format!("{longest}ä");
        for (typed, expected) in [
            ("Team account", Some("Team account")),
            ("  Team\t account \n", Some("Team account")),
            ("", None),
            (" \u{200b}\u{202e} ", None),
            ("a\u{202e}b\0c", Some("ab c")),
            ("<b>`x`</b> ../..", Some("<b>`x`</b> ../..")),
            (&longer, Some(&longest)),
        ] {
            assert_eq!(name(typed).as_deref(), expected, "{typed:?}");
        }
    }
}
