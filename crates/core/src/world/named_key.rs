//! By what somebody names a key: its id, its alias, or the ARN of either.
//!
//! Knows no world: which key has an alias is for others to say, since an import knows of more aliases than a world has.
//!
//! <https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id>

use crate::names::{ALIAS, AccountId, Arn};

/// A key as somebody names it.
pub(crate) struct NamedKey<'a> {
    /// The account, where an ARN says it.
    pub(crate) account: Option<AccountId>,
    pub(crate) by: NamedBy<'a>,
}

/// What a key is named by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NamedBy<'a> {
    Id(&'a str),
    /// Without `alias/`.
    Alias(&'a str),
}

impl<'a> NamedKey<'a> {
    /// Reads a text; what has neither form is an id.
    pub(crate) fn read(text: &'a str) -> Self {
        let arn = Arn::parse(text).filter(|it| it.service() == "kms");
        // The sixth part keeps its colons.
        let resource = arn.as_ref().and_then(|_| text.splitn(6, ':').last());
        let resource = resource.unwrap_or(text);
        let by = match resource.strip_prefix(ALIAS) {
            Some(alias) => NamedBy::Alias(alias),
            None => NamedBy::Id(resource.strip_prefix("key/").unwrap_or(resource)),
        };
        Self {
            account: arn.and_then(|it| it.account()),
            by,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_named_in_four_ways() {
        let arn = |resource| format!("arn:aws:kms:eu-west-1:111122223333:{resource}");
        let account = AccountId::parse("111122223333");
        for (text, account, by) in [
            ("1234".to_owned(), None, NamedBy::Id("1234")),
            ("alias/data".to_owned(), None, NamedBy::Alias("data")),
            (arn("key/1234"), account.clone(), NamedBy::Id("1234")),
            (arn("alias/a/b:c"), account, NamedBy::Alias("a/b:c")),
            ("key/1234".to_owned(), None, NamedBy::Id("1234")),
            (
                "arn:aws:s3:::alias/a".to_owned(),
                None,
                NamedBy::Id("arn:aws:s3:::alias/a"),
            ),
        ] {
            let named = NamedKey::read(&text);
            assert_eq!((named.account, named.by), (account, by), "{text}");
        }
    }
}
