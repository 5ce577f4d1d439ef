//! What is different in a world after an edit, found by looking only at what the edit touched.
//!
//! Whatever is the very same in memory in both worlds is passed over, see [`Things`]. Invariant: says
//! less than is the case never; where an edit is too large to be told in a few words, it says nothing.

use crate::world::{
    Account, DocumentId, Group, InlinePolicy, ManagedPolicy, Organization, Owner, PolicyText, Role,
    Text, User, World,
};

/// The texts that `now` has otherwise than `before`. Nothing where one of the worlds has a text that the
/// other has not, or may have.
pub(super) fn changed_texts(before: &World, now: &World) -> Option<Vec<DocumentId>> {
    same(&before.other_accounts.len(), &now.other_accounts.len())?;
    let mut ids = Vec::new();
    let (old, new) = (before.organization.as_ref(), now.organization.as_ref());
    same(&old.is_some(), &new.is_some())?;
    let n_policies = |it: Option<&Organization>| it.map_or(0, |it| it.policies.len());
    same(&n_policies(old), &n_policies(new))?;
    for (old, new) in old.into_iter().zip(new) {
        for (old, new) in old.policies.iter().zip(&new.policies) {
            same(&(old.kind, &old.name), &(new.kind, &new.name))?;
            if old.document != new.document {
                let (kind, name) = (new.kind, new.name.clone());
                ids.push(DocumentId::home(Text::Organization { kind, name }));
            }
        }
    }
    for (idx, (old, new)) in before.accounts().zip(now.accounts()).enumerate() {
        if old.account != new.account {
            return None;
        }
        let mut texts = Vec::new();
        in_account(old, new, &mut texts)?;
        let account = (idx > 0).then_some(&new.account);
        ids.extend(texts.into_iter().map(|text| {
            let is_global = matches!(text, Text::Managed { .. });
            let account = account.filter(|_| !is_global).cloned();
            DocumentId { account, text }
        }));
    }
    Some(ids)
}

fn in_account(old: &Account, new: &Account, texts: &mut Vec<Text>) -> Option<()> {
    for (old, new) in old.users.changed(&new.users)? {
        let owner = || Owner::User(new.name.clone());
        let policies = (&*old.inline_policies, &*new.inline_policies);
        inline((&old.name, &new.name), owner, policies, texts)?;
    }
    for (old, new) in old.groups.changed(&new.groups)? {
        let owner = || Owner::Group(new.name.clone());
        let policies = (&*old.inline_policies, &*new.inline_policies);
        inline((&old.name, &new.name), owner, policies, texts)?;
    }
    for (old, new) in old.roles.changed(&new.roles)? {
        let owner = || Owner::Role(new.name.clone());
        let policies = (&*old.inline_policies, &*new.inline_policies);
        inline((&old.name, &new.name), owner, policies, texts)?;
        if old.trust_policy != new.trust_policy {
            let role = new.name.clone();
            texts.push(Text::Trust { role });
        }
    }
    for (old, new) in old.policies.changed(&new.policies)? {
        same(&old.arn, &new.arn)?;
        if old.document != new.document {
            let arn = new.arn.clone();
            texts.push(Text::Managed { arn });
        }
    }
    same(&old.buckets.len(), &new.buckets.len())?;
    for (old, new) in old.buckets.iter().zip(&new.buckets) {
        same(&old.name, &new.name)?;
        if own(old.policy.as_ref(), new.policy.as_ref())? {
            let bucket = new.name.clone();
            texts.push(Text::Bucket { bucket });
        }
    }
    same(&old.repositories.len(), &new.repositories.len())?;
    for (old, new) in old.repositories.iter().zip(&new.repositories) {
        same(&old.name, &new.name)?;
        if own(old.policy.as_ref(), new.policy.as_ref())? {
            let repository = new.name.clone();
            texts.push(Text::Repository { repository });
        }
    }
    same(&old.keys.len(), &new.keys.len())?;
    for (old, new) in old.keys.iter().zip(&new.keys) {
        same(&old.key_id, &new.key_id)?;
        if old.policy != new.policy {
            let key = new.key_id.clone();
            texts.push(Text::Key { key });
        }
    }
    same(&old.vpc_endpoints.len(), &new.vpc_endpoints.len())?;
    for (old, new) in old.vpc_endpoints.iter().zip(&new.vpc_endpoints) {
        same(&old.vpc_endpoint_id, &new.vpc_endpoint_id)?;
        if own(old.policy.as_ref(), new.policy.as_ref())? {
            let id = new.vpc_endpoint_id.clone();
            texts.push(Text::VpcEndpoint { id });
        }
    }
    Some(())
}

/// The inline policies of one owner.
fn inline(
    names: (&str, &str),
    owner: impl Fn() -> Owner,
    (old, new): (&[InlinePolicy], &[InlinePolicy]),
    texts: &mut Vec<Text>,
) -> Option<()> {
    same(names.0, names.1)?;
    same(&old.len(), &new.len())?;
    for (old, new) in old.iter().zip(new) {
        same(&old.name, &new.name)?;
        if old.document != new.document {
            let (owner, name) = (owner(), new.name.clone());
            texts.push(Text::Inline { owner, name });
        }
    }
    Some(())
}

/// Whether a text that need not be there is another; nothing where it came or went.
fn own(old: Option<&PolicyText>, new: Option<&PolicyText>) -> Option<bool> {
    same(&old.is_some(), &new.is_some())?;
    Some(old != new)
}

fn same<T: PartialEq + ?Sized>(old: &T, new: &T) -> Option<()> {
    (old == new).then_some(())
}

/// Whether both worlds are the same but for what their policies say.
pub(super) fn is_same_but_for_texts(before: &World, now: &World) -> bool {
    let (old, new) = (&before.other_accounts, &now.other_accounts);
    before.partition == now.partition
        && before.region == now.region
        && before.organization == now.organization
        && old.len() == new.len()
        && before
            .accounts()
            .zip(now.accounts())
            .all(|(old, new)| is_same_account(old, new).unwrap_or_default())
}

/// Whether both accounts are; nothing where one has more of something.
fn is_same_account(old: &Account, new: &Account) -> Option<bool> {
    let users = old.users.changed(&new.users)?;
    let groups = old.groups.changed(&new.groups)?;
    let roles = old.roles.changed(&new.roles)?;
    let policies = old.policies.changed(&new.policies)?;
    // The other lists are short.
    let is_same = (&old.account, &old.name, &old.domains, &old.buckets)
        == (&new.account, &new.name, &new.domains, &new.buckets)
        && (&old.repositories, &old.log_groups, &old.keys)
            == (&new.repositories, &new.log_groups, &new.keys)
        && (&old.vpcs, &old.vpc_endpoints) == (&new.vpcs, &new.vpc_endpoints);
    Some(
        is_same
            && { users }.all(|(old, new)| without(old) == without(new))
            && { groups }.all(|(old, new)| without(old) == without(new))
            && { roles }.all(|(old, new)| without(old) == without(new))
            && { policies }.all(|(old, new)| without(old) == without(new)),
    )
}

fn without<T: Clone + HasTexts>(thing: &T) -> T {
    let mut thing = thing.clone();
    thing.forget_texts();
    thing
}

trait HasTexts {
    /// Empties each text.
    fn forget_texts(&mut self);
}

fn forget(policies: &mut [InlinePolicy]) {
    for it in policies {
        it.document = PolicyText::default();
    }
}

impl HasTexts for User {
    fn forget_texts(&mut self) {
        forget(&mut self.inline_policies);
    }
}

impl HasTexts for Group {
    fn forget_texts(&mut self) {
        forget(&mut self.inline_policies);
    }
}

impl HasTexts for Role {
    fn forget_texts(&mut self) {
        forget(&mut self.inline_policies);
        self.trust_policy = PolicyText::default();
    }
}

impl HasTexts for ManagedPolicy {
    fn forget_texts(&mut self) {
        self.document = PolicyText::default();
        for it in &mut self.other_versions {
            it.document = PolicyText::default();
        }
    }
}
