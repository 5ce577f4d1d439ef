//! `aws iam get-policy-version`: a version of a managed policy that does not say of which.
//!
//! The file's name says it, as in `policy-version-NAME.json`, else the world, where the version can be of one policy only.
//! Invariant: without a name no version takes the place of another document with its id, since AWS never changes a version.
//!
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html>

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    import::{
        facts::At,
        fields::Fields,
        iam::at,
        merge::{ImportedKind, Merge},
        note::{ImportNoteKind, Mark, VersionNote},
        recognise::Reading,
    },
    names::Arn,
    world::{Form, ManagedPolicy, PolicyText, PolicyVersion},
};

/// What the name of a file begins with that says of which policy its version is.
const FILE: &str = "policy-version-";

/// A version by itself.
#[derive(Clone, Debug)]
pub(super) struct VersionFact {
    /// The policy's name, where the file has it.
    policy: Option<String>,
    version: String,
    is_default: bool,
    document: PolicyText,
}

impl VersionFact {
    fn is_in(&self, policy: &ManagedPolicy) -> bool {
        document_of(policy, &self.version).is_some_and(|it| is_same(it, &self.document))
    }

    fn may_be_of(&self, policy: &ManagedPolicy) -> bool {
        document_of(policy, &self.version).is_none_or(|it| is_same(it, &self.document))
    }

    /// The policy with this version; the one that was in force is kept where this takes its place.
    fn onto(self, policy: &ManagedPolicy) -> ManagedPolicy {
        let Self {
            version, document, ..
        } = self;
        let mut policy = policy.clone();
        if policy.version.as_ref() == Some(&version) {
            policy.document = document;
            return policy;
        }
        if !self.is_default {
            let mut others = policy.other_versions.iter_mut();
            match others.find(|it| it.version == version) {
                Some(old) => old.document = document,
                None => policy
                    .other_versions
                    .push(PolicyVersion { version, document }),
            }
            return policy;
        }
        policy.other_versions.retain(|it| it.version != version);
        let old = std::mem::replace(&mut policy.document, document);
        if let Some(version) = policy.version.replace(version) {
            let document = old;
            let kept = PolicyVersion { version, document };
            policy.other_versions.insert(0, kept);
        }
        policy
    }
}

impl Reading<'_> {
    pub(super) fn policy_version(&mut self, fields: Fields<'_>) {
        let Some(document) = fields.policy("Document") else {
            return self.unnamed(fields, ImportedKind::ManagedPolicy, "Document");
        };
        let Some(version) = fields.string("VersionId") else {
            return self.unnamed(fields, ImportedKind::ManagedPolicy, "VersionId");
        };
        let name = self.name.strip_prefix(FILE);
        let name = name.filter(|it| Form::PolicyName.is_met_by(it));
        let fact = VersionFact {
            policy: name.map(str::to_owned),
            version,
            is_default: fields.flag("IsDefaultVersion") == Some(true),
            document,
        };
        self.facts.versions.push(at(fields, None, fact));
    }
}

impl Merge {
    /// Each version goes to its policy; `told` are the policies that other texts tell whole.
    pub(super) fn versions(&mut self, mut facts: Vec<At<VersionFact>>, told: &BTreeSet<Arn>) {
        // What is in force first: a policy that is new begins with that.
        facts.sort_by_cached_key(|it| {
            let fact = &it.what;
            let document = fact.document.as_str().to_owned();
            (!fact.is_default, fact.version.clone(), document, it.mark)
        });
        let (named, others): (Vec<_>, Vec<_>) =
            facts.into_iter().partition(|it| it.what.policy.is_some());
        let mut by_policy: BTreeMap<Arn, Vec<At<VersionFact>>> = BTreeMap::new();
        for it in named {
            let name = it.what.policy.clone().unwrap_or_default();
            by_policy.entry(self.arn_of(&name)).or_default().push(it);
        }
        self.put_versions(by_policy, told);
        let mut by_policy: BTreeMap<Arn, Vec<At<VersionFact>>> = BTreeMap::new();
        for it in others {
            if let Some(arn) = self.only_home_of(&it.what, told) {
                by_policy.entry(arn).or_default().push(it);
            } else {
                self.version_note(it.mark, VersionNote::WhichPolicy);
            }
        }
        for (arn, facts) in &by_policy {
            let is_guess = |it: &&At<VersionFact>| {
                let policy = self.managed_policy(arn);
                policy.is_none_or(|policy| !it.what.is_in(policy))
            };
            if let Some(mark) = facts.iter().filter(is_guess).map(|it| it.mark).min() {
                let policy = arn.last_segment().to_owned();
                self.version_note(mark, VersionNote::OnlyPolicy { policy });
            }
        }
        self.put_versions(by_policy, told);
    }

    fn put_versions(
        &mut self,
        by_policy: BTreeMap<Arn, Vec<At<VersionFact>>>,
        told: &BTreeSet<Arn>,
    ) {
        for (arn, facts) in by_policy {
            let before = self.managed_policy(&arn).cloned();
            let mut after = before.clone();
            let mut done: Vec<VersionFact> = Vec::new();
            for it in facts {
                let (mark, fact) = (it.mark, it.what);
                let name = arn.last_segment().to_owned();
                let contradicts = |other: &VersionFact| {
                    if other.version == fact.version {
                        other.is_default != fact.is_default
                            || !is_same(&other.document, &fact.document)
                    } else {
                        other.is_default && fact.is_default
                    }
                };
                let is_told =
                    told.contains(&arn) && !after.as_ref().is_some_and(|it| fact.is_in(it));
                if is_told || done.iter().any(contradicts) {
                    let kind = ImportedKind::ManagedPolicy;
                    self.notes.push(mark, ImportNoteKind::Twice { kind, name });
                    continue;
                }
                done.push(fact.clone());
                after = match after {
                    Some(policy) if fact.is_in(&policy) && !fact.is_default => Some(policy),
                    Some(policy) => Some(fact.onto(&policy)),
                    None if fact.is_default => {
                        if !self.missing().iter().any(|it| it.1 == arn) {
                            let arn = arn.clone();
                            self.version_note(mark, VersionNote::NewPolicy { arn });
                        }
                        Some(ManagedPolicy {
                            arn: arn.clone(),
                            version: Some(fact.version),
                            document: fact.document,
                            other_versions: Vec::new(),
                        })
                    }
                    None => {
                        let (policy, version) = (name, fact.version);
                        self.version_note(mark, VersionNote::NoDefault { policy, version });
                        None
                    }
                };
            }
            self.put_policy(before.as_ref(), after);
        }
    }

    fn version_note(&mut self, mark: Mark, note: VersionNote) {
        self.notes.push(mark, ImportNoteKind::PolicyVersion(note));
    }

    fn put_policy(&mut self, before: Option<&ManagedPolicy>, after: Option<ManagedPolicy>) {
        let Some(after) = after else { return };
        let count = self.count(ImportedKind::ManagedPolicy);
        match before {
            Some(before) if *before == after => count.same += 1,
            Some(_) => {
                count.changed += 1;
                let mut policies = self.world.accounts_mut();
                let old = policies.find_map(|it| it.policies.named_mut(after.arn.as_str()));
                if let Some(old) = old {
                    *old = after;
                }
            }
            None => {
                count.new += 1;
                let account = after.arn.account();
                let account = account.and_then(|it| self.world.account_mut(&it));
                match account {
                    Some(account) => account.policies.push(after),
                    None => self.world.home.policies.push(after),
                }
            }
        }
    }

    fn managed_policy(&self, arn: &Arn) -> Option<&ManagedPolicy> {
        let mut accounts = self.world.accounts();
        accounts.find_map(|it| it.policies.named(arn.as_str()))
    }

    /// The ARN of the policy of that name: one of the world, one that is attached and not there, else a new one.
    fn arn_of(&self, name: &str) -> Arn {
        let policies = self.world.accounts().flat_map(|it| &it.policies);
        let known = policies.map(|it| &it.arn);
        let attached = self.missing().into_iter().map(|it| it.1);
        let mut all = known.cloned().chain(attached);
        let arn = all.find(|it| it.last_segment() == name);
        arn.unwrap_or_else(|| self.world.iam_arn("policy", "/", name))
    }

    /// The one policy that a version can be of; nothing where there are several, or none. A policy that is told whole has
    /// all its versions.
    fn only_home_of(&self, fact: &VersionFact, told: &BTreeSet<Arn>) -> Option<Arn> {
        let policies = || self.world.accounts().flat_map(|it| &it.policies);
        let is_open = |it: &&ManagedPolicy| !it.is_aws_managed() && !told.contains(&it.arn);
        let exact = policies().filter(|it| fact.is_in(it));
        if let Some(arn) = only(exact.map(|it| it.arn.clone())) {
            return Some(arn);
        }
        let possible = policies().filter(is_open).filter(|it| fact.may_be_of(it));
        let possible = possible.map(|it| it.arn.clone());
        only(possible.chain(self.missing().into_iter().map(|it| it.1)))
    }
}

/// What comes alone.
fn only(arns: impl Iterator<Item = Arn>) -> Option<Arn> {
    let mut arns: BTreeSet<Arn> = arns.collect();
    let first = arns.pop_first()?;
    arns.is_empty().then_some(first)
}

/// The document that a policy has under a version's id.
fn document_of<'p>(policy: &'p ManagedPolicy, version: &str) -> Option<&'p PolicyText> {
    if policy.version.as_deref() == Some(version) {
        return Some(&policy.document);
    }
    let mut others = policy.other_versions.iter();
    let other = others.find(|it| it.version == version);
    other.map(|it| &it.document)
}

/// Whether two documents are the same, however they are laid out.
fn is_same(left: &PolicyText, right: &PolicyText) -> bool {
    let read = |it: &PolicyText| serde_json::from_str::<Value>(it.as_str()).ok();
    left == right || read(left).is_some_and(|it| Some(it) == read(right))
}
