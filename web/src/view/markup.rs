//! Sentences with code between backticks, in pieces.

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Words.
    Words(String),
    /// Code or a name, to be set in a fixed-width face.
    Code(String),
}

/// Splits a sentence at its backticks. One without a partner is a character like others.
pub(crate) fn pieces(sentence: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = sentence;
    while let Some((words, code, behind)) = next_code(rest) {
        if !words.is_empty() {
            pieces.push(Piece::Words(words.to_owned()));
        }
        pieces.push(Piece::Code(code.to_owned()));
        rest = behind;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    pieces
}

fn next_code(text: &str) -> Option<(&str, &str, &str)> {
    let (words, behind) = text.split_once('`')?;
    let (code, behind) = behind.split_once('`')?;
    Some((words, code, behind))
}

/// The sentence without its backticks, for titles and labels.
pub(crate) fn plain(sentence: &str) -> String {
    sentence.replace('`', "")
}

/// With a capital first letter, where that is an ASCII letter: `alice` as a person is `Alice`.
pub(crate) fn capitalised(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// With `a` or `an` before it.
pub(crate) fn with_article(name: &str) -> String {
    let article = match name.chars().next() {
        Some('a' | 'e' | 'i' | 'o') => "an",
        _ => "a",
    };
    format!("{article} {name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stands_between_backticks() {
        let words = |it: &str| Piece::Words(it.to_owned());
        let code = |it: &str| Piece::Code(it.to_owned());
        assert_eq!(
            pieces("`a` assumes `b`."),
            [code("a"), words(" assumes "), code("b"), words(".")]
        );
        assert_eq!(pieces("a ` b"), [words("a ` b")]);
        assert_eq!(pieces(""), []);
    }

    #[test]
    fn a_person_has_a_capital() {
        assert_eq!(capitalised("alice"), "Alice");
        assert_eq!(capitalised(""), "");
    }
}
