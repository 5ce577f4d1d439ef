//! `aws kms list-aliases`: what keys are called, and so which key is meant where something names one by `alias/…`.
//!
//! Of AWS's own aliases only that for S3 says anything to a world. Invariant: an alias whose key nobody knows makes no key,
//! as a key has a policy; what is named by it is that key all the same.
//!
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html>

use std::collections::BTreeMap;

use crate::{
    import::{
        count::{ImportedKind, Outcome},
        facts::At,
        fields::Fields,
        iam::at,
        merge::{MAX_SHOWN, Merge},
        note::ImportNoteKind,
        recognise::Reading,
    },
    names::{ALIAS, AccountId, Arn},
};

/// What the names of those that AWS keeps begin with, behind that.
const OF_AWS: &str = "aws/";

/// A key's alias.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Alias {
    /// The id of the key that has it.
    pub(super) key: String,
    /// Without `alias/`.
    pub(super) name: String,
}

impl Reading<'_> {
    /// <https://docs.aws.amazon.com/cli/latest/reference/kms/list-aliases.html>
    pub(super) fn aliases(&mut self, fields: Fields<'_>) {
        for it in fields.objects("Aliases") {
            let name = it.text("AliasName").and_then(|it| it.strip_prefix(ALIAS));
            let Some(name) = name else {
                self.unnamed(it, ImportedKind::KeyAlias, "AliasName");
                continue;
            };
            let arn = it.arn("AliasArn");
            if let Some(arn) = &arn {
                self.facts.note_arn(it.mark, arn);
            }
            // AWS keeps aliases for keys that it has not made yet.
            let Some(key) = it.string("TargetKeyId") else {
                continue;
            };
            let account = arn.as_ref().and_then(Arn::account);
            let name = name.to_owned();
            self.facts
                .aliases
                .push(at(it, account, Alias { key, name }));
        }
    }
}

impl Merge {
    /// Gives each key its alias; of several it keeps the one that it has, else the first by name.
    pub(super) fn aliases(&mut self, facts: &[At<Alias>]) {
        let mut by_key: BTreeMap<(AccountId, &str), Vec<&str>> = BTreeMap::new();
        for it in facts.iter().filter(|it| !it.what.name.starts_with(OF_AWS)) {
            let account = it.account.as_ref().unwrap_or(&self.world.home.account);
            let key = (account.clone(), it.what.key.as_str());
            by_key.entry(key).or_default().push(&it.what.name);
        }
        let mut without = Vec::new();
        for ((account, id), names) in by_key {
            let account = self.world.account_mut(&account);
            let Some(key) = account.and_then(|it| it.key_mut(id)) else {
                without.extend(names.iter().map(|it| format!("{ALIAS}{it}")));
                continue;
            };
            let is_told = |own: &String| names.iter().any(|it| it == own);
            if key.alias.as_ref().is_some_and(is_told) {
                self.counts.add(ImportedKind::KeyAlias, Outcome::Same);
                continue;
            }
            let outcome = match key.alias {
                Some(_) => Outcome::Changed,
                None => Outcome::New,
            };
            key.alias = names.iter().min().map(|it| (*it).to_owned());
            self.counts.add(ImportedKind::KeyAlias, outcome);
        }
        let n = without.len();
        if n > 0 {
            without.sort();
            without.truncate(MAX_SHOWN);
            let aliases = without;
            self.notes
                .push(None, ImportNoteKind::NoKeyOfAlias { aliases, n });
        }
    }
}
