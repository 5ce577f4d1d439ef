//! What a policy grants, action by action, and how two policies differ in that.
//!
//! Looks at one identity-based policy by itself, not at a request: an action counts as granted when some statement
//! allows it and none denies it outright. Knows nothing of the world. Invariant: an action that the catalogue does not
//! have is not in the answer.

use std::collections::{BTreeMap, btree_map};

use crate::{
    catalogue::{AccessLevel, Catalogue},
    names::ActionName,
    pattern::ActionPattern,
    policy::{Effect, Policy, Statement},
};

/// How far an action is granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// On every resource, without a condition.
    Everywhere,
    /// On some resources only, under conditions, or with exceptions.
    Limited,
}

/// The granted actions of a service by access level, each with how far it is granted.
pub type ByLevel = BTreeMap<AccessLevel, BTreeMap<String, Extent>>;

/// What a policy grants: by prefix of the service, such as `s3`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grants {
    /// Services of which at least one action is granted.
    pub services: BTreeMap<String, ByLevel>,
}

/// How two policies differ, in the actions of one service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Granted by the left one only.
    pub left: ByLevel,
    /// Granted by both, with the extent of the left one.
    pub both: ByLevel,
    /// Granted by the right one only.
    pub right: ByLevel,
}

/// How far a policy grants an action; `None` where it does not.
pub fn extent(policy: &Policy, action: &ActionName) -> Option<Extent> {
    granted(&rules(policy, |_| true), action)
}

/// Everything that a policy grants, of what the catalogue has.
pub fn grants(policy: &Policy, catalogue: &Catalogue) -> Grants {
    let mut grants = Grants::default();
    for service in catalogue.services() {
        // Of a long policy only little is about one service.
        let rules = rules(policy, |it| may_name(it, &service.prefix));
        let mut by_level = ByLevel::new();
        for action in &service.actions {
            let name = ActionName::new(&service.prefix, &action.name);
            if let Some(extent) = granted(&rules, &name) {
                let of_level = by_level.entry(action.level).or_default();
                of_level.insert(action.name.clone(), extent);
            }
        }
        if !by_level.is_empty() {
            grants.services.insert(service.prefix.clone(), by_level);
        }
    }
    grants
}

/// What only one of two policies grants, and what both do; services in which neither grants anything are left out.
pub fn compare(left: &Grants, right: &Grants) -> BTreeMap<String, Difference> {
    let mut all: BTreeMap<String, Difference> = BTreeMap::new();
    for (prefix, by_level) in &left.services {
        let difference = all.entry(prefix.clone()).or_default();
        for (level, name, extent) in each(by_level) {
            let is_in_both = right.extent_of(prefix, level, name).is_some();
            let side = if is_in_both {
                &mut difference.both
            } else {
                &mut difference.left
            };
            side.entry(level)
                .or_default()
                .insert(name.to_owned(), extent);
        }
    }
    for (prefix, by_level) in &right.services {
        let difference = all.entry(prefix.clone()).or_default();
        for (level, name, extent) in each(by_level) {
            if left.extent_of(prefix, level, name).is_none() {
                let side = difference.right.entry(level).or_default();
                side.insert(name.to_owned(), extent);
            }
        }
    }
    all
}

impl Grants {
    /// How many actions of each level are granted, over all services; levels without one are left out.
    pub fn counts(&self) -> BTreeMap<AccessLevel, usize> {
        let mut counts = BTreeMap::new();
        for (level, names) in self.services.values().flatten() {
            *counts.entry(*level).or_default() += names.len();
        }
        counts
    }

    fn extent_of(&self, prefix: &str, level: AccessLevel, name: &str) -> Option<Extent> {
        self.services.get(prefix)?.get(&level)?.get(name).copied()
    }
}

fn each(by_level: &ByLevel) -> impl Iterator<Item = (AccessLevel, &str, Extent)> {
    by_level.iter().flat_map(|(level, names)| {
        let names: btree_map::Iter<'_, String, Extent> = names.iter();
        names.map(move |(name, extent)| (*level, name.as_str(), *extent))
    })
}

/// What a statement says of actions.
struct Rule<'a> {
    effect: Effect,
    /// On every resource and without a condition.
    is_everywhere: bool,
    /// Whether it is about all actions but those of the patterns.
    is_negated: bool,
    patterns: Vec<&'a ActionPattern>,
}

/// The statements as far as `is_wanted` patterns go; those that are about nothing then are left out.
fn rules<'a>(policy: &'a Policy, is_wanted: impl Fn(&ActionPattern) -> bool) -> Vec<Rule<'a>> {
    let rule = |it: &'a Statement| {
        let patterns = it.action.patterns.iter().map(|it| &it.value);
        let patterns: Vec<_> = patterns.filter(|it| is_wanted(it)).collect();
        let is_of_all = it
            .resource
            .as_ref()
            .is_some_and(|it| !it.negated && it.patterns.iter().any(|it| it.value.is_any()));
        (it.action.negated || !patterns.is_empty()).then_some(Rule {
            effect: it.effect.value,
            is_everywhere: is_of_all && it.conditions.is_empty(),
            is_negated: it.action.negated,
            patterns,
        })
    };
    policy.statements.iter().filter_map(rule).collect()
}

fn granted(rules: &[Rule<'_>], action: &ActionName) -> Option<Extent> {
    let mut is_allowed = false;
    let mut is_everywhere = false;
    let mut has_exceptions = false;
    for rule in rules {
        if rule.patterns.iter().any(|it| it.matches(action)) == rule.is_negated {
            continue;
        }
        match rule.effect {
            Effect::Allow => {
                is_allowed = true;
                is_everywhere |= rule.is_everywhere;
            }
            Effect::Deny if rule.is_everywhere => return None,
            Effect::Deny => has_exceptions = true,
        }
    }
    is_allowed.then_some(if is_everywhere && !has_exceptions {
        Extent::Everywhere
    } else {
        Extent::Limited
    })
}

/// Whether a pattern can match an action of the service.
fn may_name(pattern: &ActionPattern, prefix: &str) -> bool {
    let text = pattern.text();
    let of = text.split_once(':').map_or(text, |it| it.0);
    of.contains(['*', '?']) || of.eq_ignore_ascii_case(prefix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalogue::CatalogueFile,
        policy::{PolicyKind, parse},
    };

    const CATALOGUE: &str = r#"{"s3": {"n": "Amazon S3", "r": [], "c": [], "a": [["GetObject", "R"], ["ListBucket", "L"],
        ["PutObject", "W"], ["PutBucketPolicy", "P"]]}, "kms": {"n": "KMS", "r": [], "c": [], "a": [["Decrypt", "W"]]}}"#;

    fn of(statements: &str) -> Grants {
        let mut catalogue = Catalogue::default();
        catalogue.read(CatalogueFile::Core, CATALOGUE).unwrap();
        let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#);
        let (policy, _) = parse(&text, PolicyKind::Identity);
        grants(&policy.unwrap(), &catalogue)
    }

    /// `service:Action` with `!` where it is limited.
    fn words(services: &BTreeMap<String, ByLevel>) -> String {
        let mut words = Vec::new();
        for (prefix, by_level) in services {
            for (level, name, extent) in each(by_level) {
                let limited = if extent == Extent::Limited { "!" } else { "" };
                words.push(format!("{prefix}:{name} {level}{limited}"));
            }
        }
        words.join(", ")
    }

    #[track_caller]
    fn check(statements: &str, expected: &str) {
        assert_eq!(words(&of(statements).services), expected, "{statements}");
    }

    #[test]
    fn what_is_allowed_is_granted() {
        check(
            r#"{"Effect": "Allow", "Action": "s3:*Object", "Resource": "*"}"#,
            "s3:GetObject Read, s3:PutObject Write",
        );
        check(
            r#"{"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}"#,
            "kms:Decrypt Write",
        );
        check(
            r#"{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b"}"#,
            "kms:Decrypt Write!, s3:ListBucket List!, s3:GetObject Read!, s3:PutObject Write!, \
             s3:PutBucketPolicy Permissions management!",
        );
        check(
            r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}"#,
            "",
        );
    }

    #[test]
    fn conditions_and_named_resources_limit_it() {
        check(
            r#"{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*",
                "Condition": {"Bool": {"aws:SecureTransport": "true"}}}"#,
            "kms:Decrypt Write!",
        );
        check(
            r#"{"Effect": "Allow", "Action": "kms:Decrypt", "NotResource": "arn:aws:kms:*:*:key/k"}"#,
            "kms:Decrypt Write!",
        );
        // One statement without a limit is enough.
        check(
            r#"{"Effect": "Allow", "Action": "kms:*", "Resource": "arn:aws:kms:*:*:key/k"},
               {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}"#,
            "kms:Decrypt Write",
        );
    }

    #[test]
    fn a_deny_takes_it_away_or_limits_it() {
        check(
            r#"{"Effect": "Allow", "Action": "s3:*Object", "Resource": "*"},
               {"Effect": "Deny", "Action": "s3:Put*", "Resource": "*"}"#,
            "s3:GetObject Read",
        );
        check(
            r#"{"Effect": "Allow", "Action": "s3:*Object", "Resource": "*"},
               {"Effect": "Deny", "Action": "s3:Put*", "Resource": "arn:aws:s3:::secret/*"}"#,
            "s3:GetObject Read, s3:PutObject Write!",
        );
    }

    #[test]
    fn two_policies_are_compared_action_by_action() {
        let left = of(
            r#"{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*"}"#,
        );
        let right = of(
            r#"{"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket", "kms:*"], "Resource": "*"}"#,
        );
        let found = compare(&left, &right);
        let side = |pick: fn(&Difference) -> &ByLevel| {
            let services = found
                .iter()
                .map(|(prefix, it)| (prefix.clone(), pick(it).clone()));
            words(&services.collect())
        };
        assert_eq!(side(|it| &it.left), "s3:PutObject Write");
        assert_eq!(side(|it| &it.both), "s3:GetObject Read");
        assert_eq!(
            side(|it| &it.right),
            "kms:Decrypt Write, s3:ListBucket List"
        );
        let counts: Vec<_> = right.counts().into_iter().collect();
        assert_eq!(
            counts,
            [
                (AccessLevel::List, 1),
                (AccessLevel::Read, 1),
                (AccessLevel::Write, 1)
            ]
        );
    }
}
