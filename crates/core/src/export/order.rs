//! What must be there first: AWS refuses a trust policy, a bucket policy, a key policy or a repository
//! policy that names a user or role which is not there.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use std::collections::BTreeMap;

use crate::world::{Account, World};

/// A user or a role of an account, by its place in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Named {
    User(usize),
    Role(usize),
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
