//! What Terraform does not keep to the character: it puts all text into Unicode's normal form C.
//!
//! Knows where in an account texts stand. INVARIANT: whatever could come out otherwise is told; that
//! some of what is told comes out the same is the price of a short table.
//!
//! <https://developer.hashicorp.com/terraform/language/expressions/strings>

use crate::{
    by_name::Tags,
    export::{policies::stem, some},
    world::Account,
};

/// Scripts and signs of which each stands for itself, wherever it stands.
///
/// <https://www.unicode.org/reports/tr15/#Detecting_Normalization_Forms>
const STABLE: [(char, char); 14] = [
    ('\0', '\u{2ff}'),
    ('\u{388}', '\u{482}'),
    ('\u{488}', '\u{58f}'),
    ('\u{1e00}', '\u{1eff}'),
    ('\u{2010}', '\u{205e}'),
    ('\u{2190}', '\u{2328}'),
    ('\u{232b}', '\u{2adb}'),
    ('\u{3000}', '\u{3029}'),
    ('\u{3041}', '\u{3096}'),
    ('\u{30a0}', '\u{4dbf}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{ac00}', '\u{d7a3}'),
    ('\u{fe30}', '\u{ffef}'),
    ('\u{1f000}', '\u{1faff}'),
];

/// Whether it is in the normal form for sure.
fn is_kept(text: &str) -> bool {
    let is_stable = |it: char| STABLE.iter().any(|(from, to)| (*from..=*to).contains(&it));
    text.chars().all(is_stable)
}

/// The texts of an account that may come out otherwise.
pub(super) fn changed(account: &Account) -> Option<String> {
    let policies = account.texts();
    let policies = policies.iter().filter(|it| !is_kept(it.1.as_str()));
    let mut names: Vec<String> = policies.map(|it| stem(&it.0)).collect();
    let are_kept = |tags: &Tags| {
        let mut texts = tags.iter().flat_map(|(key, value)| [key, value]);
        texts.all(|it| is_kept(it))
    };
    let users = account.users.iter().filter(|it| !are_kept(&it.tags));
    names.extend(users.map(|it| format!("user {}", it.name)));
    let roles = account.roles.iter();
    let roles = roles.filter(|it| !(are_kept(&it.tags) && is_kept(&it.description)));
    names.extend(roles.map(|it| format!("role {}", it.name)));
    for domain in &account.domains {
        if !are_kept(&domain.tags) {
            names.push(format!("domain {}", domain.domain_name));
        }
        let profiles = domain.user_profiles.iter();
        let profiles = profiles.filter(|it| !are_kept(&it.tags));
        names.extend(profiles.map(|it| format!("user profile {}", it.user_profile_name)));
    }
    (!names.is_empty()).then(|| {
        format!(
            "some letters as they were typed in {}: Terraform puts a letter and its marks together into one sign",
            some(&names)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_together_is_told() {
        for text in [
            "",
            "é ß",
            "日本語 한국어 ひらがな",
            "Привет Ελλάδα",
            "😀 → “x”",
            "\u{feff}",
        ] {
            assert!(is_kept(text), "{text}");
        }
        for text in ["e\u{301}", "\u{212b}", "\u{f900}", "ᄒ\u{1161}"] {
            assert!(!is_kept(text), "{text}");
        }
    }
}
