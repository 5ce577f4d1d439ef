//! What must be there first: AWS refuses a trust policy, a bucket policy, a key policy or a repository
//! policy that names a user or role which is not there.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    names::Arn,
    world::{Account, PolicyText, World},
};

/// A user or a role of an account, by its place in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Named {
    User(usize),
    Role(usize),
}

/// What is written of an account so far: the logical ids or addresses by which other resources name it.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) principals: Option<Principals>,
    /// Of the users and of the roles, in their order; nothing for those left out.
    pub(super) users: Vec<Option<String>>,
    pub(super) roles: Vec<Option<String>>,
    /// Of the account's own managed policies, of its roles and of its keys, by ARN or id.
    pub(super) policies: BTreeMap<Arn, String>,
    pub(super) role_arns: BTreeMap<String, String>,
    pub(super) keys: BTreeMap<String, String>,
}

impl Written {
    /// The users and roles that must be there first.
    pub(super) fn needs(&self, named: &[Named]) -> Vec<String> {
        let written = |it: &Named| match *it {
            Named::User(idx) => self.users.get(idx)?.clone(),
            Named::Role(idx) => self.roles.get(idx)?.clone(),
        };
        named.iter().filter_map(written).collect()
    }

    /// The same for those that a text names.
    pub(super) fn named(&self, text: &PolicyText) -> Vec<String> {
        let named = self.principals.as_ref().map(|it| it.named(text.as_str()));
        self.needs(&named.unwrap_or_default())
    }
}

/// The users and roles of an account by their ARNs.
#[derive(Debug)]
pub(super) struct Principals {
    by_arn: BTreeMap<String, Named>,
}

impl Principals {
    pub(super) fn of(world: &World, account: &Account) -> Self {
        let users = account.users.iter().enumerate();
        let users = users.map(|(idx, it)| {
            let arn = world.user_arn_in(account, it).to_string();
            (arn, Named::User(idx))
        });
        let roles = account.roles.iter().enumerate();
        let roles = roles.map(|(idx, it)| {
            let arn = world.role_arn_in(account, it).to_string();
            (arn, Named::Role(idx))
        });
        Self {
            by_arn: users.chain(roles).collect(),
        }
    }

    /// Those that a text names to the character, in order and each once.
    pub(super) fn named(&self, text: &str) -> Vec<Named> {
        // What stands between two quotes, and what stands between two strings, which is no ARN.
        let found = text.split('"').filter_map(|it| self.by_arn.get(it));
        let mut found: Vec<Named> = found.copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// For each role the users and roles that its trust policy names and that can be there before it:
    /// of roles that name each other, in a ring of any length, one has to go first.
    pub(super) fn before_roles(&self, account: &Account) -> Vec<Vec<Named>> {
        let named = account.roles.iter().enumerate().map(|(idx, it)| {
            let mut named = self.named(it.trust_policy.as_str());
            named.retain(|it| *it != Named::Role(idx));
            named
        });
        let mut before: Vec<Vec<Named>> = named.collect();
        for (idx, closing) in closing(&before) {
            if let Some(named) = before.get_mut(idx) {
                named.retain(|it| *it != Named::Role(closing));
            }
        }
        before
    }
}

/// The policies that bound users and roles: they have to be there before these.
pub(super) fn boundaries(account: &Account) -> BTreeSet<&Arn> {
    let users = account.users.iter().map(|it| &it.permissions_boundary);
    let roles = account.roles.iter().map(|it| &it.permissions_boundary);
    users.chain(roles).flatten().collect()
}

/// The edges without which there is no ring. A walk in depth, with a stack of its own: thousands of
/// roles may hang on each other.
fn closing(before: &[Vec<Named>]) -> Vec<(usize, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        OnTheWay,
        Done,
    }
    let mut states = vec![State::New; before.len()];
    let mut closing = Vec::new();
    for start in 0..before.len() {
        let mut way = vec![(start, 0)];
        if states.get(start) != Some(&State::New) {
            continue;
        }
        while let Some((idx, n)) = way.pop() {
            if let Some(state) = states.get_mut(idx) {
                *state = State::OnTheWay;
            }
            let next = before.get(idx).and_then(|it| it.get(n));
            match next {
                None => {
                    if let Some(state) = states.get_mut(idx) {
                        *state = State::Done;
                    }
                }
                Some(named) => {
                    way.push((idx, n + 1));
                    if let Named::Role(role) = *named {
                        match states.get(role) {
                            Some(State::New) => way.push((role, 0)),
                            Some(State::OnTheWay) => closing.push((idx, role)),
                            _ => {}
                        }
                    }
                }
            }
        }
    }
    closing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ring_is_opened_once() {
        let ring = |edges: &[&[usize]]| {
            let before: Vec<Vec<Named>> = edges
                .iter()
                .map(|it| it.iter().map(|it| Named::Role(*it)).collect())
                .collect();
            closing(&before)
        };
        assert_eq!(ring(&[&[1], &[2], &[]]), []);
        assert_eq!(ring(&[&[1], &[0]]), [(1, 0)]);
        assert_eq!(ring(&[&[1], &[2], &[3], &[0]]), [(3, 0)]);
        assert_eq!(ring(&[&[1, 2], &[3], &[3], &[0]]), [(3, 0)]);
        assert_eq!(ring(&[&[], &[0, 2], &[1]]), [(2, 1)]);
    }
}
