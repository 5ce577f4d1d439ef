//! User text in messages: in backticks, short, on one line, and in lists; and «did you mean».

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

/// The first names in backticks, and how many there are besides: `` `a`, `b` and 3 more ``.
pub(crate) fn listed<'a>(names: impl Iterator<Item = &'a str>, max: usize) -> String {
    let mut names = names.map(|it| format!("`{it}`"));
    let shown: Vec<String> = names.by_ref().take(max).collect();
    and_more(&shown, names.count())
}

/// The same of names that are shown already, with so many more.
pub(crate) fn and_more(shown: &[String], n_more: usize) -> String {
    let shown = shown.join(", ");
    match n_more {
        0 => shown,
        n => format!("{shown} and {n} more"),
    }
}

/// A list for a sentence, cut off behind the third: `` `a`, `b` and `c` ``, `` `a`, `b` and 3 more ``.
pub(crate) fn series<S: AsRef<str>>(names: &[S], quoted: fn(&str) -> String) -> String {
    let one = |it: &S| quoted(it.as_ref());
    match names {
        [] => String::new(),
        [only] => one(only),
        [first, last] => format!("{} and {}", one(first), one(last)),
        [first, second, third] => format!("{}, {} and {}", one(first), one(second), one(third)),
        [first, second, rest @ ..] => {
            format!("{}, {} and {} more", one(first), one(second), rest.len())
        }
    }
}

/// The one of `names` that `text` most probably means: letter case aside, a third of the letters
/// may be wrong.
pub(crate) fn nearest<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let text: Vec<char> = text.chars().take(64).flat_map(char::to_lowercase).collect();
    let mut wanted = Vec::new();
    let mut row = Vec::new();
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        // Each letter of ASCII stays one; what is much longer or shorter need not be read.
        if name.is_ascii() && text.len().abs_diff(name.len()) > (name.len() / 3).max(1) {
            continue;
        }
        wanted.clear();
        wanted.extend(name.chars().flat_map(char::to_lowercase));
        // Of several as near the first is meant.
        let below = best.map_or(usize::MAX, |it| it.0);
        let max = (wanted.len() / 3).max(1).min(below.saturating_sub(1));
        if below > 0
            && let Some(found) = distance(&text, &wanted, max, &mut row)
        {
            best = Some((found, name));
        }
    }
    best.map(|it| it.1)
}

/// The one of `names` that `text` is a slip of the fingers for: one or two letters are wrong, no other is as near, and
/// of the words that a name like `aws:SourceIp` is made of, either the first or all the others are right.
pub(crate) fn slip<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters: Vec<char> = text
        .chars()
        .take(128)
        .flat_map(char::to_lowercase)
        .collect();
    // One wrong letter of four may be any other word.
    let mut max = if local(text).chars().count() < 6 {
        1
    } else {
        2
    };
    let mut wanted = Vec::new();
    let mut row = Vec::new();
    let mut best = None;
    for name in names {
        if name.is_ascii() && letters.len().abs_diff(name.len()) > max {
            continue;
        }
        wanted.clear();
        wanted.extend(name.chars().flat_map(char::to_lowercase));
        let Some(found) = distance(&letters, &wanted, max, &mut row) else {
            continue;
        };
        best = match best {
            Some((before, _, _)) if before < found => best,
            // One name may be in two lists.
            Some((before, same, is_alone)) if before == found => {
                Some((before, same, is_alone && name.eq_ignore_ascii_case(same)))
            }
            _ => Some((found, name, true)),
        };
        max = found;
    }
    let (_, name, _) = best.filter(|it| it.2)?;
    is_like(local(text), local(name)).then_some(name)
}

/// Whether the first word is right, or all the others are. Where a text has no capitals, nothing says where its first word
/// ends, but it still begins or ends as the name does.
fn is_like(text: &str, name: &str) -> bool {
    let (wanted_first, wanted_rest) = first_word(name);
    if text.bytes().any(|it| it.is_ascii_uppercase()) || wanted_rest.is_empty() {
        let (first, rest) = first_word(text);
        return first.eq_ignore_ascii_case(wanted_first) || rest.eq_ignore_ascii_case(wanted_rest);
    }
    let head = text.get(..wanted_first.len());
    let tail = text.len().checked_sub(wanted_rest.len());
    head.is_some_and(|it| it.eq_ignore_ascii_case(wanted_first))
        || tail
            .and_then(|it| text.get(it..))
            .is_some_and(|it| it.eq_ignore_ascii_case(wanted_rest))
}

/// What is behind the prefix of a name.
fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |it| it.1)
}

fn first_word(name: &str) -> (&str, &str) {
    let mut letters = name.char_indices().skip(1);
    let end = letters.find(|it| it.1.is_ascii_uppercase());
    name.split_at_checked(end.map_or(name.len(), |it| it.0))
        .unwrap_or((name, ""))
}

/// Edits from one text to the other: a letter added, lost or changed. `None` where that takes more than `max`; `row` is
/// room to work in, because most are asked in long lists.
fn distance(left: &[char], right: &[char], max: usize, row: &mut Vec<usize>) -> Option<usize> {
    if left.len().abs_diff(right.len()) > max {
        return None;
    }
    row.clear();
    row.extend(1..=right.len());
    for (idx, from) in left.iter().enumerate() {
        let mut diagonal = idx;
        let mut before = idx + 1;
        let mut least = before;
        for (to, place) in right.iter().zip(row.iter_mut()) {
            let above = *place;
            before = (diagonal + usize::from(from != to))
                .min(before + 1)
                .min(above + 1);
            diagonal = above;
            *place = before;
            least = least.min(before);
        }
        // It only grows from row to row.
        if least > max {
            return None;
        }
    }
    let found = row.last().copied().unwrap_or(left.len());
    (found <= max).then_some(found)
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
    fn a_slip_has_one_name_that_it_can_be_for() {
        let keys = [
            "aws:PrincipalArn",
            "aws:PrincipalOrgID",
            "aws:SourceIp",
            "aws:SourceVpce",
            "aws:SourceVpc",
        ];
        assert_eq!(slip("aws:PrincipalAm", keys), Some("aws:PrincipalArn"));
        assert_eq!(slip("aws:PrinicpalArn", keys), Some("aws:PrincipalArn"));
        assert_eq!(slip("aws:SourceIpp", keys), Some("aws:SourceIp"));
        // Two are as near; three letters are wrong; both words are.
        assert_eq!(slip("aws:PrincipalOrg", keys), None);
        assert_eq!(slip("aws:PrincipalTag", keys), None);
        assert_eq!(slip("aws:SourceRole", keys), None);
        // In small letters.
        assert_eq!(slip("aws:prinicpalarn", keys), Some("aws:PrincipalArn"));
        assert_eq!(slip("aws:principalam", keys), Some("aws:PrincipalArn"));
        assert_eq!(slip("aws:sourcevpcep", keys), Some("aws:SourceVpce"));
        assert_eq!(slip("aws:soucreipp", keys), None);
        assert_eq!(slip("aws:principalorg", keys), None);
        assert_eq!(slip("sagmaker", ["sagemaker"]), Some("sagemaker"));
        assert_eq!(slip("ecx", ["ecr", "ecs"]), None);
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(quoted("a\nb"), "`a b`");
        assert_eq!(shortened(&"é".repeat(100)).chars().count(), MAX_SHOWN);
    }
}
