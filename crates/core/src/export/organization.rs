//! What of the organization goes into forms that build: its policies and where they are attached.
//!
//! The tree is there before: whoever builds has an organization, and units cannot be made under ids
//! of one's own.

use crate::world::{Organization, OrganizationPolicyKind, OrganizationalUnit};

/// A policy at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attachment<'a> {
    /// The id of the root, of a unit or of an account.
    pub(super) target: &'a str,
    pub(super) kind: OrganizationPolicyKind,
    /// The policy's name.
    pub(super) name: &'a str,
}

/// AWS's word for the kind.
pub(super) const fn policy_type(kind: OrganizationPolicyKind) -> &'static str {
    match kind {
        OrganizationPolicyKind::Scp => "SERVICE_CONTROL_POLICY",
        OrganizationPolicyKind::Rcp => "RESOURCE_CONTROL_POLICY",
    }
}

/// Whether AWS keeps the policy, so that nobody can make it.
pub(super) fn is_of_aws(kind: OrganizationPolicyKind, name: &str) -> bool {
    kind.full_access() == name
}

/// Places and what is attached there, from the root down; each once.
pub(super) fn attachments(organization: &Organization) -> Vec<Attachment<'_>> {
    let mut all = Vec::new();
    for (target, lists) in places(organization) {
        for (kind, names) in lists {
            for (idx, name) in names.iter().enumerate() {
                if names.iter().position(|it| it == name) == Some(idx) {
                    all.push(Attachment { target, kind, name });
                }
            }
        }
    }
    all
}

/// Places where the policy that AWS attaches is not: it has to be taken off by hand.
pub(super) fn without_full_access(
    organization: &Organization,
) -> Vec<(&str, OrganizationPolicyKind)> {
    let mut all = Vec::new();
    for (target, lists) in places(organization) {
        for (kind, names) in lists {
            let is_on = organization.enabled_policy_types.contains(&kind);
            if is_on && !names.iter().any(|it| *it == kind.full_access()) {
                all.push((target, kind));
            }
        }
    }
    all
}

/// The names that are attached somewhere, by kind.
pub(super) type Lists<'a> = [(OrganizationPolicyKind, &'a [String]); 2];

/// Every place with its id and its two lists.
pub(super) fn places(organization: &Organization) -> Vec<(&str, Lists<'_>)> {
    let mut all = Vec::new();
    below(&organization.root, &mut all);
    all
}

fn below<'a>(unit: &'a OrganizationalUnit, all: &mut Vec<(&'a str, Lists<'a>)>) {
    let kinds = OrganizationPolicyKind::ALL;
    all.push((&unit.id, kinds.map(|it| (it, unit.attached(it)))));
    for it in &unit.accounts {
        let lists = kinds.map(|kind| (kind, it.attached(kind)));
        all.push((it.account.as_str(), lists));
    }
    for it in &unit.units {
        below(it, all);
    }
}

/// What has to be so before, in sentences.
pub(super) fn tree(organization: &Organization) -> Vec<String> {
    let mut all = vec![format!(
        "the tree of organization `{}`: its units and accounts must be there under the ids that the attachments name",
        organization.id
    )];
    for (target, kind) in without_full_access(organization) {
        all.push(format!(
            "`{target}` is without `{}`, which AWS attaches everywhere: take it off there by `aws organizations detach-policy`",
            kind.full_access()
        ));
    }
    all
}
