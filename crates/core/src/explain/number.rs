//! How many of something, in words: `1 check`, `3 checks`.
//!
//! Knows no nouns: whoever asks gives both forms. Invariant: only one of something has the first form.

/// How many, and of what: `1 policy`, `2 policies`, `0 policies`.
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", one_or_many(n, one, many))
}

/// The form of a word that goes with so many: `fails` with one, `fail` with several.
pub const fn one_or_many<'a>(n: usize, one: &'a str, many: &'a str) -> &'a str {
    if n == 1 { one } else { many }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_is_one() {
        let counted = |n| counted(n, "policy", "policies");
        assert_eq!(
            [0, 1, 2, 21].map(counted),
            ["0 policies", "1 policy", "2 policies", "21 policies"]
        );
    }
}
