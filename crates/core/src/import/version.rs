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
        count::{ImportedKind, Outcome},
        facts::At,
        fields::Fields,
        iam::at,
        merge::Merge,
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
        let document = document_of(policy, &self.version);
        document.is_some_and(|it| meaning(it) == meaning(&self.document))
    }

    /// Whether the policy has it just so, in force or not.
    fn is_told_by(&self, policy: &ManagedPolicy) -> bool {
        let is_in_force = policy.version.as_ref() == Some(&self.version);
        is_in_force == self.is_default && self.is_in(policy)
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
        if facts.is_empty() {
            return;
        }
        // What is in force first: a policy that is new begins with that.
        facts.sort_by_cached_key(|it| {
            let fact = &it.what;
            let document = fact.document.as_str().to_owned();
            (!fact.is_default, fact.version.clone(), document, it.mark)
        });
        let (named, others): (Vec<_>, Vec<_>) =
            facts.into_iter().partition(|it| it.what.policy.is_some());
        let mut by_policy: BTreeMap<Arn, Vec<At<VersionFact>>> = BTreeMap::new();
        let arns = self.arns_by_name();
        for it in named {
            let name = it.what.policy.clone().unwrap_or_default();
            let arn = arns.get(&name).cloned();
            let arn = arn.unwrap_or_else(|| self.world.iam_arn("policy", "/", &name));
            by_policy.entry(arn).or_default().push(it);
        }
        self.put_versions(by_policy, told);
        if !others.is_empty() {
            self.unnamed_versions(others, told);
        }
    }

    fn unnamed_versions(&mut self, facts: Vec<At<VersionFact>>, told: &BTreeSet<Arn>) {
        let mut by_policy: BTreeMap<Arn, Vec<At<VersionFact>>> = BTreeMap::new();
        let mut notes = Vec::new();
        let homes = Homes::of(self, told);
        let mut guesses: BTreeMap<Arn, Mark> = BTreeMap::new();
        for it in facts {
            match homes.of_version(&it.what) {
                None => notes.push((it.mark, VersionNote::WhichPolicy)),
                Some((arn, is_certain)) => {
                    // One that is not in force makes no policy, and that is told instead.
                    if !is_certain && (it.what.is_default || !homes.missing.contains(&arn)) {
                        let first = guesses.entry(arn.clone()).or_insert(it.mark);
                        *first = (*first).min(it.mark);
                    }
                    by_policy.entry(arn).or_default().push(it);
                }
            }
        }
        for (arn, mark) in guesses {
            let policy = arn.last_segment().to_owned();
            notes.push((mark, VersionNote::OnlyPolicy { policy }));
        }
        for (mark, note) in notes {
            self.version_note(mark, note);
        }
        self.put_versions(by_policy, told);
    }

    fn put_versions(
        &mut self,
        by_policy: BTreeMap<Arn, Vec<At<VersionFact>>>,
        told: &BTreeSet<Arn>,
    ) {
        let missing = self.missing_arns();
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
                            || meaning(&other.document) != meaning(&fact.document)
                    } else {
                        other.is_default && fact.is_default
                    }
                };
                let has_it = after.as_ref().is_some_and(|it| fact.is_told_by(it));
                if (told.contains(&arn) && !has_it) || done.iter().any(contradicts) {
                    let kind = ImportedKind::ManagedPolicy;
                    self.notes.push(mark, ImportNoteKind::Twice { kind, name });
                    continue;
                }
                done.push(fact.clone());
                after = match after {
                    Some(policy) if has_it => Some(policy),
                    Some(policy) => Some(fact.onto(&policy)),
                    None if fact.is_default => {
                        if !missing.contains(&arn) {
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
        let outcome = Outcome::of(before, &after);
        self.counts.add(ImportedKind::ManagedPolicy, outcome);
        match outcome {
            Outcome::Same => {}
            Outcome::Changed => {
                let mut policies = self.world.accounts_mut();
                let old = policies.find_map(|it| it.policies.named_mut(after.arn.as_str()));
                if let Some(old) = old {
                    *old = after;
                }
            }
            Outcome::New => {
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

    /// The policies of the world, and what is attached and not there, by name.
    fn arns_by_name(&self) -> BTreeMap<String, Arn> {
        let policies = self.world.accounts().flat_map(|it| &it.policies);
        let known = policies.map(|it| it.arn.clone());
        let mut names = BTreeMap::new();
        for arn in known.chain(self.missing().into_iter().map(|it| it.1)) {
            names.entry(arn.last_segment().to_owned()).or_insert(arn);
        }
        names
    }
}

/// The policies that a version without a name can be of.
struct Homes<'w> {
    policies: Vec<Home<'w>>,
    /// What is attached and not there.
    missing: BTreeSet<Arn>,
}

struct Home<'w> {
    arn: &'w Arn,
    /// Whether it may have versions that nobody has told.
    is_open: bool,
    /// What each of its versions says.
    versions: BTreeMap<&'w str, Value>,
}

impl<'w> Homes<'w> {
    /// A policy that is told whole has all its versions, and those of AWS are not the account's to change.
    fn of(merge: &'w Merge, told: &BTreeSet<Arn>) -> Self {
        let policies = merge.world.accounts().flat_map(|it| &it.policies);
        let home = |it: &'w ManagedPolicy| {
            let others = it.other_versions.iter();
            let others = others.map(|it| (it.version.as_str(), meaning(&it.document)));
            let in_force = it.version.as_deref();
            let in_force = in_force.map(|version| (version, meaning(&it.document)));
            Home {
                arn: &it.arn,
                is_open: !it.is_aws_managed() && !told.contains(&it.arn),
                versions: others.chain(in_force).collect(),
            }
        };
        Self {
            policies: policies.map(home).collect(),
            missing: merge.missing_arns(),
        }
    }

    /// The one policy that a version can be of, and whether it has it already; nothing where there are several, or none.
    fn of_version(&self, fact: &VersionFact) -> Option<(Arn, bool)> {
        let wanted = meaning(&fact.document);
        // Whether it has a version of that id, and the same one.
        let version_of = |it: &Home<'_>| {
            it.versions
                .get(fact.version.as_str())
                .map(|it| *it == wanted)
        };
        let has_it = |it: &&Home<'_>| version_of(it) == Some(true);
        let exact = self.policies.iter().filter(has_it);
        if let Some(arn) = only(exact.map(|it| it.arn)) {
            return Some((arn.clone(), true));
        }
        let may_have = |it: &&Home<'_>| it.is_open && version_of(it) != Some(false);
        let possible = self.policies.iter().filter(may_have);
        let arn = only(possible.map(|it| it.arn).chain(&self.missing))?;
        Some((arn.clone(), false))
    }
}

/// What comes alone.
fn only<'a>(mut arns: impl Iterator<Item = &'a Arn>) -> Option<&'a Arn> {
    let first = arns.next()?;
    arns.all(|it| it == first).then_some(first)
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

/// What a document says, however it is laid out; one that is no JSON says its text.
fn meaning(document: &PolicyText) -> Value {
    let text = document.as_str();
    serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
}
