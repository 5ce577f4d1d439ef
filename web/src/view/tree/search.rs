//! What is looked for in the tree.
//!
//! A row is found by what it is (`role`, `trust policy`, `SCP`), by its name, by its ARN, and an account by its id and
//! region. Invariant: of a thing in a list is told, without making rows, how many rows of it would be found.

use rolewalk_core::{
    explain::{KindWords, kind_words},
    names::Arn,
    world::{
        Account, Domain, Group, InlinePolicy, ManagedPolicy, Role, Thing, User, UserProfile, World,
        change::Kind,
    },
};

/// Words, all of which must be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query {
    /// In small letters.
    words: Vec<String>,
    /// Whether one of them is likely in an ARN: its form is that of a part of one, or of an account's id.
    is_of_arn: bool,
}

impl Query {
    /// What somebody typed.
    pub(crate) fn of(text: &str) -> Self {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let is_account = |it: &str| it.len() == 12 && it.bytes().all(|it| it.is_ascii_digit());
        let is_of_arn = |it: &String| it.contains([':', '/']) || is_account(it);
        let is_of_arn = words.iter().any(is_of_arn);
        Self { words, is_of_arn }
    }

    /// Whether nothing is looked for.
    pub(crate) const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether each word is in one of the texts.
    pub(super) fn matches(&self, texts: &[&str], arn: impl FnOnce() -> Option<Arn>) -> bool {
        let arn = if self.is_of_arn { arn() } else { None };
        self.words.iter().all(|word| {
            let mut texts = texts.iter().copied().chain(arn.as_ref().map(Arn::as_str));
            texts.any(|it| contains(it, word))
        })
    }
}

/// Whether the word, in small letters, is in the text, in letters of any size.
fn contains(text: &str, word: &str) -> bool {
    if !(text.is_ascii() && word.is_ascii()) {
        return text.to_lowercase().contains(word);
    }
    let mut windows = text.as_bytes().windows(word.len());
    windows.any(|it| it.eq_ignore_ascii_case(word.as_bytes()))
}

pub(super) const TRUST: &str = "trust policy";

/// Whether a thing of that kind and name is found.
fn is_found(query: &Query, kind: Kind, name: &str, arn: impl FnOnce() -> Option<Arn>) -> bool {
    let KindWords { service, word } = kind_words(kind);
    query.matches(&[service, word, name], arn)
}

/// A thing of a long list.
pub(super) trait Findable {
    /// Whether it is the thing of that name, in the same account.
    fn is(&self, thing: &Thing) -> bool;

    /// How many of its rows are found: its own, and those below it.
    fn n_found(&self, query: &Query, world: &World, account: &Account) -> usize;
}

impl<T: Findable> Findable for &T {
    fn is(&self, thing: &Thing) -> bool {
        T::is(self, thing)
    }

    fn n_found(&self, query: &Query, world: &World, account: &Account) -> usize {
        T::n_found(self, query, world, account)
    }
}

fn attached(query: &Query, arns: &[Arn]) -> usize {
    let found = |it: &&Arn| {
        is_found(query, Kind::ManagedPolicy, it.last_segment(), || {
            Some((*it).clone())
        })
    };
    arns.iter().filter(found).count()
}

fn inline(query: &Query, policies: &[InlinePolicy]) -> usize {
    let found = |it: &&InlinePolicy| is_found(query, Kind::InlinePolicy, &it.name, || None);
    policies.iter().filter(found).count()
}

impl Findable for User {
    fn is(&self, thing: &Thing) -> bool {
        matches!(thing, Thing::User { name } if *name == self.name)
    }

    fn n_found(&self, query: &Query, world: &World, account: &Account) -> usize {
        let arn = || Some(world.user_arn_in(account, self));
        usize::from(is_found(query, Kind::User, &self.name, arn))
            + attached(query, &self.attached_policies)
            + inline(query, &self.inline_policies)
    }
}

impl Findable for Group {
    fn is(&self, thing: &Thing) -> bool {
        matches!(thing, Thing::Group { name } if *name == self.name)
    }

    fn n_found(&self, query: &Query, world: &World, account: &Account) -> usize {
        let arn = || Some(world.iam_arn_in(&account.account, "group", "/", &self.name));
        usize::from(is_found(query, Kind::Group, &self.name, arn))
            + attached(query, &self.attached_policies)
            + inline(query, &self.inline_policies)
    }
}

impl Findable for Role {
    fn is(&self, thing: &Thing) -> bool {
        matches!(thing, Thing::Role { name } if *name == self.name)
    }

    fn n_found(&self, query: &Query, world: &World, account: &Account) -> usize {
        let arn = || Some(world.role_arn_in(account, self));
        usize::from(is_found(query, Kind::Role, &self.name, arn))
            + usize::from(query.matches(&[TRUST], || None))
            + attached(query, &self.attached_policies)
            + inline(query, &self.inline_policies)
    }
}

impl Findable for ManagedPolicy {
    fn is(&self, thing: &Thing) -> bool {
        matches!(thing, Thing::ManagedPolicy { arn } if *arn == self.arn)
    }

    fn n_found(&self, query: &Query, _: &World, _: &Account) -> usize {
        let arn = || Some(self.arn.clone());
        usize::from(is_found(
            query,
            Kind::ManagedPolicy,
            self.arn.last_segment(),
            arn,
        ))
    }
}

/// A profile and the ARN of its execution role, as far as that is in the world.
pub(super) struct Profile<'a> {
    pub(super) domain: &'a Domain,
    pub(super) own: &'a UserProfile,
    pub(super) role: Option<&'a str>,
}

impl Findable for Profile<'_> {
    fn is(&self, thing: &Thing) -> bool {
        matches!(thing, Thing::UserProfile { domain, name }
            if *domain == self.domain.domain_id && *name == self.own.user_profile_name)
    }

    fn n_found(&self, query: &Query, world: &World, account: &Account) -> usize {
        let name = &self.own.user_profile_name;
        let resource = || format!("user-profile/{}/{name}", self.domain.domain_id);
        let arn = || Some(world.regional_arn_in(&account.account, "sagemaker", &resource()));
        let role = self.role.and_then(Arn::parse);
        let is_role = role
            .is_some_and(|it| is_found(query, Kind::Role, it.last_segment(), || Some(it.clone())));
        usize::from(is_found(query, Kind::UserProfile, name, arn)) + usize::from(is_role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, expected: bool) {
        let arn = || Arn::parse("arn:aws:iam::111122223333:role/team/ChurnÄ");
        let found = Query::of(query).matches(&["role", "ChurnÄ"], arn);
        assert_eq!(found, expected, "{query}");
    }

    #[test]
    fn every_word_is_in_the_kind_the_name_or_the_arn() {
        check("churn", true);
        check("chURnä", true);
        check("role churn", true);
        check("user churn", false);
        check(":role/team/churn", true);
        check("arn:aws:iam::111122223333:role/team/ChurnÄ", true);
        check("arn:aws:iam::444455556666:", false);
        check("111122223333", true);
        check("role 111122223333", true);
        check("444455556666", false);
        check("  ", true);
    }
}
