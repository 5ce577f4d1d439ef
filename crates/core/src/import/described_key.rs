//! `aws kms describe-key`: which keys there are, so that a key policy that does not say whose it is can be put to its key.
//!
//! Invariant: a policy is put to a key only where no other key and no other policy is left.
//!
//! <https://docs.aws.amazon.com/cli/latest/reference/kms/describe-key.html>

use std::collections::BTreeSet;

use crate::{
    import::{
        count::ImportedKind,
        facts::{At, Said},
        fields::Fields,
        iam::whole,
        merge::{MAX_SHOWN, Merge},
        note::{ImportNoteKind, Mark},
        recognise::Reading,
    },
    names::AccountId,
    world::{Key, PolicyText},
};

/// A key policy that does not say of which key it is.
#[derive(Clone, Debug)]
pub(super) struct NamelessPolicy(pub(super) PolicyText);

/// The id of a key that is described.
#[derive(Clone, Debug)]
pub(super) struct DescribedKey(String);

impl Reading<'_> {
    pub(super) fn described_key(&mut self, mark: Mark, fields: Fields<'_>) {
        let arn = fields.arn("Arn");
        let Some(id) = fields.string("KeyId") else {
            return self.unnamed(fields, ImportedKind::Key, "KeyId");
        };
        if let Some(arn) = &arn {
            self.facts.note_arn(mark, arn);
        }
        let account = fields.text("AWSAccountId").and_then(AccountId::parse);
        let account = account.or_else(|| arn.and_then(|it| it.account()));
        self.facts.described_keys.push(At {
            mark,
            account,
            what: DescribedKey(id),
        });
    }
}

impl Merge {
    /// Puts the policies to the keys that are described, and says of the others that nobody knows whose they are.
    pub(super) fn nameless_keys(
        &mut self,
        mut nameless: Vec<At<NamelessPolicy>>,
        described: &[At<DescribedKey>],
        keys: &mut Vec<At<Said<Key>>>,
    ) {
        let told: BTreeSet<String> = keys.iter().map(|it| it.what.thing.key_id.clone()).collect();
        let mut open: Vec<&At<DescribedKey>> = Vec::new();
        for it in described {
            let is_known = open.iter().any(|other| other.what.0 == it.what.0);
            if !is_known && !told.contains(&it.what.0) {
                open.push(it);
            }
        }
        nameless.sort_by_key(|it| it.mark);
        // Two outputs of one key stand in one file first, then whatever is left.
        let mut inputs: BTreeSet<Option<usize>> =
            nameless.iter().map(|it| Some(it.mark.input)).collect();
        inputs.insert(None);
        let (of_all, of_files): (Vec<_>, Vec<_>) = inputs.into_iter().partition(Option::is_none);
        for input in of_files.into_iter().chain(of_all) {
            let is_in = |mark: Mark| input.is_none_or(|it| it == mark.input);
            let policies = nameless.iter().filter(|it| is_in(it.mark)).count();
            let mut found = open.iter().filter(|it| is_in(it.mark)).copied();
            let (Some(key), None) = (found.next(), found.next()) else {
                continue;
            };
            let policy = nameless.iter().position(|it| is_in(it.mark));
            let Some(policy) = policy.filter(|_| policies == 1) else {
                continue;
            };
            let account = nameless.get(policy).and_then(|it| it.account.as_ref());
            if account.is_some() && key.account.is_some() && account != key.account.as_ref() {
                continue;
            }
            let it = nameless.remove(policy);
            open.retain(|other| other.what.0 != key.what.0);
            let key_id = key.what.0.clone();
            if input.is_none() {
                let key = key_id.clone();
                self.notes.push(it.mark, ImportNoteKind::OnlyKey { key });
            }
            keys.push(At {
                mark: it.mark,
                account: key.account.clone().or(it.account),
                what: whole(Key {
                    key_id,
                    alias: None,
                    policy: it.what.0,
                    grants: Vec::new(),
                }),
            });
        }
        for it in nameless {
            self.notes.push(it.mark, ImportNoteKind::WhichKey);
        }
    }

    /// Says of which described keys nothing tells the policy.
    pub(super) fn only_described_keys(&mut self, described: &[At<DescribedKey>]) {
        let mut missing = BTreeSet::new();
        let mut first = None;
        for it in described {
            let id = &it.what.0;
            if self
                .world
                .accounts()
                .all(|account| account.key(id).is_none())
            {
                missing.insert(id.clone());
                first = Some(first.map_or(it.mark, |mark: Mark| mark.min(it.mark)));
            }
        }
        if let Some(mark) = first {
            let n = missing.len();
            let names = missing.into_iter().take(MAX_SHOWN).collect();
            let kind = ImportedKind::Key;
            self.notes
                .push(mark, ImportNoteKind::OnlyListed { kind, names, n });
        }
    }
}
