//! Ids that AWS gives itself: what is built gets others than the world has, so a text that names one
//! has to name the new one.
//!
//! Knows no form: a form says under which name it has an id, once it has it. INVARIANT: only what
//! stands where an id stands is taken for one: behind the words that lead to it in an ARN, or alone
//! between two quotes. A bucket that is called like a domain keeps its name.

use std::collections::BTreeMap;

use crate::{export::network, world::Account};

/// What an id is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum IdOf {
    Key,
    Domain,
    Vpc,
    Subnet,
    SecurityGroup,
    VpcEndpoint,
}

impl IdOf {
    /// What stands in front of it in ARNs.
    ///
    /// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html>
    const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Key => &["key/"],
            Self::Domain => &["domain/", "user-profile/", "space/", "app/"],
            Self::Vpc => &["vpc/"],
            Self::Subnet => &["subnet/"],
            Self::SecurityGroup => &["security-group/"],
            Self::VpcEndpoint => &["vpc-endpoint/"],
        }
    }
}

/// What comes first; a text of a rank refers to lower ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Networks that are there before.
    Given,
    /// Users, roles and their boundaries: keys and domains name them.
    Identity,
    Network,
    Key,
    Domain,
    Endpoint,
    /// Policies that nothing else needs.
    Policy,
}

/// The ids of an account that will be others, and what they are of.
#[derive(Debug, Default)]
pub(super) struct Ids(BTreeMap<String, IdOf>);

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// As it was typed.
    Text(&'a str),
    /// An id of the world.
    Id(&'a str),
}

impl Ids {
    /// Those of an account, with those of networks that its things lie in.
    pub(super) fn of(account: &Account) -> Self {
        let mut ids = Self::built(std::iter::once(account));
        for (id, of) in network::named(account) {
            ids.add(id, of);
        }
        ids
    }

    /// Those of the things that accounts have.
    pub(super) fn built<'a>(accounts: impl Iterator<Item = &'a Account>) -> Self {
        let mut ids = Self::default();
        for account in accounts {
            for it in &account.keys {
                ids.add(&it.key_id, IdOf::Key);
            }
            for it in &account.domains {
                ids.add(&it.domain_id, IdOf::Domain);
            }
            for (id, of) in network::own(account) {
                ids.add(id, of);
            }
            for it in &account.vpc_endpoints {
                ids.add(&it.vpc_endpoint_id, IdOf::VpcEndpoint);
            }
        }
        ids
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn add(&mut self, id: &str, of: IdOf) {
        if is_plain(id) {
            self.0.entry(id.to_owned()).or_insert(of);
        }
    }

    /// The text in its parts: put together, they are the text.
    pub(super) fn pieces<'a>(&self, text: &'a str) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        let mut from = 0;
        let between = |from: usize, to: usize, pieces: &mut Vec<Piece<'a>>| {
            let between = text.get(from..to).filter(|it| !it.is_empty());
            pieces.extend(between.map(Piece::Text));
        };
        for (start, token) in tokens(text) {
            let end = start + token.len();
            let head = text.get(..start).unwrap_or_default();
            let tail = text.get(end..).unwrap_or_default();
            if self.is_id(head, token, tail) {
                between(from, start, &mut pieces);
                pieces.push(Piece::Id(token));
                from = end;
            }
        }
        between(from, text.len(), &mut pieces);
        pieces
    }

    fn is_id(&self, head: &str, token: &str, tail: &str) -> bool {
        let Some(of) = self.0.get(token) else {
            return false;
        };
        let is_alone =
            (head.is_empty() || head.ends_with('"')) && (tail.is_empty() || tail.starts_with('"'));
        let mut words = of.words().iter();
        is_alone || words.any(|it| head.strip_suffix(it).is_some_and(|it| it.ends_with(':')))
    }
}

/// Whether it could be an id of AWS's: letters, digits and at least one hyphen.
pub(super) fn is_plain(id: &str) -> bool {
    id.contains('-') && id.chars().all(is_of_id)
}

const fn is_of_id(it: char) -> bool {
    it.is_ascii_alphanumeric() || it == '-'
}

/// What could be an id, and where it begins.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(|it| !is_of_id(it)).filter_map(move |token| {
        let start = at;
        // What it was split at has any length: the next token is looked for behind this one.
        at = start + token.len();
        at += text.get(at..)?.chars().next().map_or(0, char::len_utf8);
        token.contains('-').then_some((start, token))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let ids = Ids([
            ("d-a", IdOf::Domain),
            ("k-1", IdOf::Key),
            ("vpc-1", IdOf::Vpc),
        ]
        .map(|(id, of)| (id.to_owned(), of))
        .into());
        let pieces = ids.pieces(text);
        let whole = pieces.iter().map(|it| match it {
            Piece::Text(it) | Piece::Id(it) => *it,
        });
        assert_eq!(whole.collect::<String>(), text);
        let found = pieces.iter().filter_map(|it| match it {
            Piece::Text(_) => None,
            Piece::Id(it) => Some(*it),
        });
        assert_eq!(found.collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn ids_stand_where_arns_and_values_have_them() {
        check("", &[]);
        check("d-a", &["d-a"]);
        check("\"arn:aws:kms:r:1:key/k-1\"", &["k-1"]);
        check(
            "arn:aws:sagemaker:r:1:user-profile/d-a/é-😀 :app/d-a/",
            &["d-a", "d-a"],
        );
        check(
            "{\"aws:SourceVpc\": [\"vpc-1\",\"vpc-1\", \"vpc-11\"]}",
            &["vpc-1", "vpc-1"],
        );
    }

    #[test]
    fn what_only_looks_like_an_id_stays() {
        check("arn:aws:s3:::d-a", &[]);
        check("arn:aws:s3:::bucket/key/k-1", &[]);
        check("arn:aws:kms:r:1:key/k-12 :key/xk-1 :key/d-a", &[]);
    }
}
