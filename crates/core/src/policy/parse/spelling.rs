//! User text in messages: in backticks, short, on one line; and «did you mean».

/// The longest text that a message repeats.
const MAX_SHOWN: usize = 60;

/// Text as a message may repeat it: one line, shortened where long.
pub(super) fn shortened(text: &str) -> String {
    let one_line = |it: char| {
        if it.is_control() || it == '`' {
            ' '
        } else {
            it
        }
    };
    if text.chars().nth(MAX_SHOWN).is_none() {
        text.chars().map(one_line).collect()
    } else {
        text.chars()
            .take(MAX_SHOWN - 1)
            .map(one_line)
            .chain(['…'])
            .collect()
    }
}

/// The same, in backticks.
pub(crate) fn quoted(text: &str) -> String {
    format!("`{}`", shortened(text))
}

/// The one of `names` that `text` most probably means: letter case aside, a third of the letters
/// may be wrong.
pub(crate) fn nearest<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let text: Vec<char> = text.chars().take(64).flat_map(char::to_lowercase).collect();
    names
        .into_iter()
        .map(|name| {
            let wanted: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
            (distance(&text, &wanted), wanted.len(), name)
        })
        .filter(|(distance, len, _)| *distance <= (len / 3).max(1))
        .min_by_key(|it| it.0)
        .map(|it| it.2)
}

/// Edits from one text to the other: a letter added, lost or changed.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (idx, from) in left.iter().enumerate() {
        let mut diagonal = idx;
        let mut before = idx + 1;
        let mut next = vec![before];
        for (to, above) in right.iter().zip(row.iter().skip(1)) {
            before = (diagonal + usize::from(from != to))
                .min(before + 1)
                .min(above + 1);
            diagonal = *above;
            next.push(before);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_near() {
        let names = ["Action", "NotAction", "Resource", "Sid"];
        assert_eq!(nearest("Actoin", names), Some("Action"));
        assert_eq!(nearest("resources", names), Some("Resource"));
        assert_eq!(nearest("Comment", names), None);
        assert_eq!(nearest("", names), None);
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(quoted("a\nb"), "`a b`");
        assert_eq!(shortened(&"é".repeat(100)).chars().count(), MAX_SHOWN);
    }
}
