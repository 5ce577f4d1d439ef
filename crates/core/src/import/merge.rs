//! Puts what was read into a world: kind by kind and in order of names, so that neither the order of
//! the texts nor that within them matters.
//!
//! Invariant: things are added and brought up to date, never taken out.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    eval::KeyGrant,
    import::{
        Count, ImportedKind, Input,
        count::{Counts, Outcome, put},
        facts::{At, Fact, Facts, Said},
        note::{ImportNote, ImportNoteKind, Mark, Notes, OfUser, Purpose},
    },
    names::{AccountId, Arn},
    world::{AccessKey, Account, Domain, InlinePolicy, List, ManagedPolicy, Owner, User, World},
};

/// How many names a note shows.
pub(super) const MAX_SHOWN: usize = 3;

/// What came of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The world with what was read.
    pub world: World,
    /// How much of what was read.
    pub counts: BTreeMap<ImportedKind, Count>,
    /// What there is to know, in order of places.
    pub notes: Vec<ImportNote>,
}

/// A world on its way.
#[derive(Debug)]
pub(super) struct Merge {
    pub(super) world: World,
    pub(super) counts: Counts,
    pub(super) notes: Notes,
}

impl Merge {
    pub(super) fn new(world: World, notes: Notes) -> Self {
        Self {
            world,
            counts: Counts::default(),
            notes,
        }
    }

    pub(super) fn finish(self, inputs: &[Input]) -> Imported {
        Imported {
            world: self.world,
            counts: self.counts.finish(),
            notes: self.notes.finish(inputs),
        }
    }

    /// Everything but the notes' places.
    pub(super) fn all(&mut self, facts: Facts, known: &dyn Fn(&Arn) -> Option<ManagedPolicy>) {
        self.regions(&facts);
        self.unplaced(&facts);
        let has_users = !facts.users.is_empty();
        let mut policies = facts.policies;
        let told: BTreeSet<Arn> = policies
            .iter()
            .map(|it| it.what.thing.arn.clone())
            .collect();
        self.home_of_aws_policies(&mut policies);
        self.things(policies, |it| &mut it.policies);
        self.things(facts.groups, |it| &mut it.groups);
        self.things(facts.users, |it| &mut it.users);
        self.things(facts.roles, |it| &mut it.roles);
        self.inline(facts.inline);
        let mut keys = facts.keys;
        self.nameless_keys(facts.nameless_keys, &facts.described_keys, &mut keys);
        self.things(keys, |it| &mut it.keys);
        self.aliases(&facts.aliases);
        let told_domains = facts
            .domains
            .iter()
            .map(|it| it.what.thing.domain_id.clone());
        let told_domains: BTreeSet<String> = told_domains.collect();
        // A domain and a bucket name their keys, so keys are there before.
        let domains = self.with_keys(facts.domains, &facts.aliases);
        self.things(domains, |it| &mut it.domains);
        self.in_domains(facts.profiles, |it| &mut it.user_profiles);
        self.in_domains(facts.spaces, |it| &mut it.spaces);
        self.in_domains(facts.apps, |it| &mut it.apps);
        self.remarks(facts.remarks);
        self.only_described_keys(&facts.described_keys);
        self.domain_keys(&told_domains, &facts.aliases);
        self.buckets(facts.buckets, facts.encryptions, &facts.aliases);
        self.grants(facts.grants);
        self.things(facts.repositories, |it| &mut it.repositories);
        self.access_keys(facts.access_keys);
        let has_passwords = !facts.passwords.is_empty();
        self.passwords(facts.passwords);
        if has_users && !has_passwords {
            self.notes.push(None, ImportNoteKind::ConsoleUnknown);
        }
        self.organization(facts.organization);
        self.known_policies(known);
        self.versions(facts.versions, &told);
        self.missing_policies();
    }

    fn regions(&mut self, facts: &Facts) {
        let mut said = BTreeSet::new();
        for it in &facts.regions {
            if it.what != self.world.region && said.insert(it.what.clone()) {
                let kind = ImportNoteKind::OtherRegion {
                    region: it.what.clone(),
                    world: self.world.region.clone(),
                };
                self.notes.push(it.mark, kind);
            }
        }
    }

    /// Says what is put into the home account for want of a better.
    fn unplaced(&mut self, facts: &Facts) {
        let users = facts.users.iter().map(|it| (it.mark, &it.account));
        let groups = facts.groups.iter().map(|it| (it.mark, &it.account));
        let roles = facts.roles.iter().map(|it| (it.mark, &it.account));
        let domains = facts.domains.iter().map(|it| (it.mark, &it.account));
        let all = users.chain(groups).chain(roles).chain(domains);
        if let Some((mark, _)) = all.filter(|it| it.1.is_none()).min() {
            self.notes.push(mark, ImportNoteKind::WhichAccount);
        }
    }

    /// A policy of AWS stays with the account that has it already.
    fn home_of_aws_policies(&self, policies: &mut [At<Said<ManagedPolicy>>]) {
        let mut owners = BTreeMap::new();
        for account in self.world.accounts() {
            for it in account.policies.iter().filter(|it| it.is_aws_managed()) {
                owners.entry(it.arn.clone()).or_insert(&account.account);
            }
        }
        for it in policies.iter_mut().filter(|it| it.account.is_none()) {
            let owner = owners.get(&it.what.thing.arn);
            it.account = owner.map(|it| AccountId::clone(it));
        }
    }

    /// Things that an account has lists of.
    pub(super) fn things<F: Fact>(
        &mut self,
        mut facts: Vec<At<F>>,
        list: fn(&mut Account) -> &mut dyn List<F::Thing>,
    ) {
        let home = self.world.home.account.clone();
        facts.sort_by(|a, b| a.account.cmp(&b.account));
        let mut by_account: BTreeMap<AccountId, Vec<At<F>>> = BTreeMap::new();
        for it in facts {
            let account = it.account.clone().unwrap_or_else(|| home.clone());
            by_account.entry(account).or_default().push(it);
        }
        for (id, facts) in by_account {
            if self.world.account(&id).is_none() {
                self.world.other_accounts.push(Account::new(id.clone()));
                self.counts.add(ImportedKind::Account, Outcome::New);
            }
            let Self {
                world,
                counts,
                notes,
            } = self;
            if let Some(account) = world.account_mut(&id) {
                bring_up_to_date(list(account), facts, counts, notes);
            }
        }
    }

    /// Things that a domain has lists of.
    fn in_domains<F: Fact>(
        &mut self,
        facts: Vec<At<(String, F)>>,
        list: fn(&mut Domain) -> &mut dyn List<F::Thing>,
    ) {
        let mut by_domain: BTreeMap<(String, Option<AccountId>), Vec<At<F>>> = BTreeMap::new();
        for it in facts {
            let (domain, what) = it.what;
            let at = At {
                mark: it.mark,
                account: None,
                what,
            };
            by_domain.entry((domain, None)).or_default().push(at);
        }
        for ((id, _), facts) in by_domain {
            let Self {
                world,
                counts,
                notes,
            } = self;
            let domain = world.accounts_mut().find_map(|it| it.domain_mut(&id));
            if let Some(domain) = domain {
                bring_up_to_date(list(domain), facts, counts, notes);
            } else if let Some(first) = facts.iter().map(|it| it.mark).min() {
                notes.push(first, ImportNoteKind::NoDomain { domain: id });
            }
        }
    }

    /// Inline policies that came by themselves go to whose they are.
    fn inline(&mut self, mut facts: Vec<At<(Owner, InlinePolicy)>>) {
        let key = |it: &At<(Owner, InlinePolicy)>| {
            let (owner, policy) = &it.what;
            (
                owner.clone(),
                policy.name.clone(),
                policy.document.as_str().to_owned(),
            )
        };
        facts.sort_by_cached_key(key);
        let mut done = BTreeSet::new();
        for it in facts {
            let (owner, policy) = it.what;
            let is_first = done.insert((owner.clone(), policy.name.clone()));
            let mut accounts = self.world.accounts_mut();
            let own = accounts.find_map(|it| it.inline_policies_mut(&owner));
            let Some(own) = own else {
                drop(accounts);
                let policy = policy.name;
                let kind = match owner {
                    Owner::User(user) => ImportNoteKind::NoUser {
                        user,
                        left_out: OfUser::InlinePolicy { policy },
                    },
                    Owner::Group(group) => ImportNoteKind::NoGroup { group, policy },
                    Owner::Role(role) => ImportNoteKind::NoRole { role, policy },
                };
                self.notes.push(it.mark, kind);
                continue;
            };
            let kind = ImportedKind::InlinePolicy;
            let name = policy.name.clone();
            if is_first {
                let outcome = put(own, policy, |it| it.name == name);
                self.counts.add(kind, outcome);
            } else if !own.contains(&policy) {
                self.notes
                    .push(it.mark, ImportNoteKind::Twice { kind, name });
            }
        }
    }

    /// Each key goes to the user of that name, in the home account first.
    fn access_keys(&mut self, facts: Vec<At<(String, AccessKey)>>) {
        let mut facts = facts;
        facts.sort_by(|a, b| a.what.1.access_key_id.cmp(&b.what.1.access_key_id));
        let mut of_nobody = BTreeMap::new();
        for it in facts {
            let (name, key) = it.what;
            let user = self.world.accounts_mut().find_map(|it| it.user_mut(&name));
            let Some(User { access_keys, .. }) = user else {
                first_of(&mut of_nobody, name, it.mark);
                continue;
            };
            let id = key.access_key_id.clone();
            let outcome = put(access_keys, key, |it| it.access_key_id == id);
            self.counts.add(ImportedKind::AccessKey, outcome);
        }
        self.no_users(of_nobody, &OfUser::AccessKeys);
    }

    /// Each goes to the user of that name.
    fn passwords(&mut self, facts: Vec<At<String>>) {
        let mut of_nobody = BTreeMap::new();
        for it in facts {
            let user = self.world.accounts_mut().find_map(|a| a.user_mut(&it.what));
            match user {
                Some(user) => user.console_access = true,
                None => first_of(&mut of_nobody, it.what, it.mark),
            }
        }
        self.no_users(of_nobody, &OfUser::Password);
    }

    fn no_users(&mut self, of_nobody: BTreeMap<String, Mark>, left_out: &OfUser) {
        for (user, mark) in of_nobody {
            let left_out = left_out.clone();
            let kind = ImportNoteKind::NoUser { user, left_out };
            self.notes.push(mark, kind);
        }
    }

    /// Each grant goes to its key.
    fn grants(&mut self, mut facts: Vec<At<(String, KeyGrant)>>) {
        facts.sort_by(|a, b| {
            let key = |it: &At<(String, KeyGrant)>| {
                (
                    it.account.clone(),
                    it.what.0.clone(),
                    it.what.1.grant_id.clone(),
                )
            };
            key(a).cmp(&key(b))
        });
        let mut unknown = BTreeSet::new();
        for it in facts {
            let (id, grant) = it.what;
            let account = match &it.account {
                Some(account) => self.world.account_mut(account),
                None => Some(&mut self.world.home),
            };
            let Some(key) = account.and_then(|it| it.key_mut(&id)) else {
                if unknown.insert(id.clone()) {
                    self.notes.push(it.mark, ImportNoteKind::NoKey { key: id });
                }
                continue;
            };
            let id = grant.grant_id.clone();
            let outcome = put(&mut key.grants, grant, |it| it.grant_id == id);
            self.counts.add(ImportedKind::KeyGrant, outcome);
        }
    }

    /// The policies that somebody has and that are not there, by what for.
    pub(super) fn missing(&self) -> BTreeSet<(Purpose, Arn)> {
        let mut missing = BTreeSet::new();
        for account in self.world.accounts() {
            let users = account.users.iter().map(|it| &it.attached_policies);
            let groups = account.groups.iter().map(|it| &it.attached_policies);
            let roles = account.roles.iter().map(|it| &it.attached_policies);
            let attached = users.chain(groups).chain(roles).flatten();
            missing.extend(attached.map(|it| (Purpose::Attached, it.clone())));
            let users = account.users.iter().map(|it| &it.permissions_boundary);
            let roles = account.roles.iter().map(|it| &it.permissions_boundary);
            let boundaries = users.chain(roles).flatten();
            missing.extend(boundaries.map(|it| (Purpose::Boundary, it.clone())));
        }
        for it in self.world.accounts().flat_map(|it| &it.policies) {
            missing.remove(&(Purpose::Attached, it.arn.clone()));
            missing.remove(&(Purpose::Boundary, it.arn.clone()));
        }
        missing
    }

    /// The same, whatever for.
    pub(super) fn missing_arns(&self) -> BTreeSet<Arn> {
        self.missing().into_iter().map(|it| it.1).collect()
    }

    /// Takes what is missing from the policies at hand.
    fn known_policies(&mut self, known: &dyn Fn(&Arn) -> Option<ManagedPolicy>) {
        for policy in self.missing_arns().iter().filter_map(known) {
            self.world.home.policies.push(policy);
            self.counts.add(ImportedKind::ManagedPolicy, Outcome::New);
        }
    }

    /// Says what is not there.
    fn missing_policies(&mut self) {
        let mut unknown: BTreeMap<(Purpose, bool), Vec<Arn>> = BTreeMap::new();
        for (purpose, arn) in self.missing() {
            let key = (purpose, !arn.is_aws_owned());
            unknown.entry(key).or_default().push(arn);
        }
        for ((purpose, is_own), arns) in unknown {
            let kind = ImportNoteKind::NoPolicy {
                is_aws_managed: !is_own,
                purpose,
                n: arns.len(),
                arns: arns.into_iter().take(MAX_SHOWN).collect(),
            };
            self.notes.push(None, kind);
        }
    }
}

/// Keeps the first place where something of a user's stands.
fn first_of(places: &mut BTreeMap<String, Mark>, user: String, mark: Mark) {
    let first = places.entry(user).or_insert(mark);
    *first = (*first).min(mark);
}

/// Brings a list up to date. Of each thing what is whole goes first, and then what a list says besides.
/// A thing that is just so already stays the very same.
fn bring_up_to_date<F: Fact>(
    things: &mut dyn List<F::Thing>,
    facts: Vec<At<F>>,
    counts: &mut Counts,
    notes: &mut Notes,
) {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (idx, it) in (0..things.len()).filter_map(|idx| Some((idx, things.get(idx)?))) {
        places.entry(F::key(it)).or_insert(idx);
    }
    let keyed = facts.into_iter().map(|it| {
        let said = it.what.said();
        (F::key(&said.thing), !said.is_whole, it)
    });
    let mut keyed: Vec<(String, bool, At<F>)> = keyed.collect();
    keyed.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    let mut listed = Vec::new();
    for run in keyed.chunk_by(|a, b| a.0 == b.0) {
        let Some((name, _, first)) = run.first() else {
            continue;
        };
        let place = places.get(name).copied();
        let old = place.and_then(|it| things.get(it));
        let base = old.unwrap_or(&first.what.said().thing);
        let mut thing = first.what.onto(base);
        for (_, _, it) in run.iter().skip(1) {
            if !it.what.said().is_whole {
                thing = it.what.onto(&thing);
            } else if it.what.onto(base) != thing {
                let name = name.clone();
                let kind = ImportNoteKind::Twice {
                    kind: F::KIND,
                    name,
                };
                notes.push(it.mark, kind);
            }
        }
        if old.is_none() && !first.what.said().is_whole {
            listed.push((first.mark, name.clone()));
        }
        let outcome = Outcome::of(old, &thing);
        counts.add(F::KIND, outcome);
        if outcome == Outcome::Same {
            continue;
        }
        match place.and_then(|it| things.get_mut(it)) {
            Some(place) => *place = thing,
            None => things.insert(usize::MAX, thing),
        }
    }
    if let Some(mark) = listed.iter().map(|it| it.0).min() {
        let n = listed.len();
        let names = listed.into_iter().take(MAX_SHOWN).map(|it| it.1).collect();
        let kind = ImportNoteKind::OnlyListed {
            kind: F::KIND,
            names,
            n,
        };
        notes.push(mark, kind);
    }
}
