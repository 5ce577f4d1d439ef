//! How the names of things and texts are written: what it is, in which account, and its name.
//!
//! Invariant: [`read`] undoes [`written`], whatever the name; no name of AWS holds a colon, but
//! what somebody types into a form may.

use crate::names::AccountId;

/// A name, with its account in front where that is not the home account.
pub(super) fn written(account: Option<&AccountId>, name: &str) -> String {
    match account {
        Some(it) => format!("{it}:{name}"),
        // A colon in front keeps apart what only looks like an account.
        None if read(name) != (None, name) => format!(":{name}"),
        None => name.to_owned(),
    }
}

/// The account, `None` for the home account, and the name.
pub(super) fn read(text: &str) -> (Option<AccountId>, &str) {
    if let Some(name) = text.strip_prefix(':') {
        return (None, name);
    }
    let split = text.split_once(':');
    let account = split.and_then(|(account, name)| Some((AccountId::parse(account)?, name)));
    account.map_or((None, text), |(account, name)| (Some(account), name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let account = AccountId::parse("222233334444");
        for name in ["", "a", "a:b", ":a", "::", "111122223333", "111122223333:a"] {
            for account in [None, account.as_ref()] {
                let text = written(account, name);
                assert_eq!(read(&text), (account.cloned(), name), "{text}");
            }
        }
        assert_eq!(written(None, "Role"), "Role");
        assert_eq!(written(account.as_ref(), "Role"), "222233334444:Role");
    }
}
