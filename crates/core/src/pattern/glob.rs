//! Wildcards over one text: `*` is any run of characters, `?` exactly one.

/// A compiled wildcard pattern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glob {
    tokens: Vec<Token>, // INVARIANT: no two `Any` in a row
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Char(char),
    One,
    Any,
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
                '*' if self.tokens.last() == Some(&Token::Any) => {}
                '*' => self.tokens.push(Token::Any),
                '?' => self.tokens.push(Token::One),
                other => self.tokens.push(Token::Char(other)),
            }
        }
    }

    /// Adds a text in which `*` and `?` are characters like any other.
    pub(super) fn push_literal(&mut self, text: &str) {
        self.tokens.extend(text.chars().map(Token::Char));
    }

    /// Whether the whole of `text` matches.
    pub fn matches(&self, text: &str) -> bool {
        self.matches_by(text, |left, right| left == right)
    }

    /// Whether the whole of `text` matches, upper and lower case being the same.
    pub fn matches_ignore_case(&self, text: &str) -> bool {
        self.matches_by(text, |left, right| {
            left == right || left.to_lowercase().eq(right.to_lowercase())
        })
    }

    /// Whether it matches every text: `*`.
    pub fn is_any(&self) -> bool {
        self.tokens == [Token::Any]
    }

    /// Goes back to the last `*` only, which is enough: an earlier one has taken in as little as it
    /// could already. Time is bounded by pattern length times text length.
    fn matches_by(&self, text: &str, same: impl Fn(char, char) -> bool) -> bool {
        let mut rest = text.chars();
        let mut idx = 0;
        // Behind the last `*` met: where the pattern goes on, and the text it may still take in.
        let mut retry = None;
        loop {
            match (self.tokens.get(idx), rest.clone().next()) {
                (Some(Token::Any), _) => {
                    idx += 1;
                    if idx == self.tokens.len() {
                        return true;
                    }
                    retry = Some((idx, rest.clone()));
                    continue;
                }
                (None, None) => return true,
                (Some(Token::One), Some(_)) => {
                    rest.next();
                    idx += 1;
                    continue;
                }
                (Some(Token::Char(wanted)), Some(found)) if same(*wanted, found) => {
                    rest.next();
                    idx += 1;
                    continue;
                }
                (_, None) => return false,
                (_, Some(_)) => {}
            }
            let Some((idx_behind, mut text_left)) = retry.take() else {
                return false;
            };
            text_left.next();
            idx = idx_behind;
            rest = text_left.clone();
            retry = Some((idx_behind, text_left));
        }
    }
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
    fn case_counts_unless_it_is_told_not_to() {
        assert!(!Glob::new("Get*").matches("getObject"));
        assert!(Glob::new("Get*").matches_ignore_case("gETObject"));
    }

    #[test]
    fn many_stars_do_not_blow_up() {
        let pattern = "*a".repeat(500);
        assert!(!Glob::new(&pattern).matches(&"a".repeat(499)));
        assert!(!Glob::new(&format!("{pattern}b")).matches(&"a".repeat(5_000)));
    }
}
