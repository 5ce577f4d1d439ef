//! Which policies of a world bear on a request, layer by layer.
//!
//! Decides nothing. Invariant: what bears on a request and cannot be read is handed on as that, and so
//! is what the world does not hold: a managed policy that is attached or a boundary and an organization's policy that
//! is attached, which AWS lets nobody delete, and the policy of a key, which every key has.

use std::sync::{Arc, LazyLock};

use crate::{
    eval::{KeyGrant, NamedPolicy, PolicySet, S3Settings, Settings},
    names::{AccountId, Arn, DocumentName},
    policy::{self, Policy},
    request::{Principal, Request, Resource},
    world::{
        Account, DocumentId, Documents, InlinePolicy, Level, OrganizationPolicyKind, Owner, Text,
        User, World,
    },
};

/// The policies of the caller, of the resource, of the organization around both, and of the way
/// between them.
pub fn policies_for(world: &World, documents: &Documents, request: &Request) -> PolicySet {
    let lookup = Lookup { world, documents };
    let (identity, boundary) = lookup.of_caller(&request.principal);
    let levels = |kind| {
        let account = limited(world, request, kind);
        account.map_or_else(Vec::new, |it| lookup.levels(&it, kind))
    };
    PolicySet {
        identity,
        resource: lookup.of_resource(request),
        boundary: boundary.into_iter().collect(),
        session: Vec::new(),
        scps: levels(OrganizationPolicyKind::Scp),
        rcps: levels(OrganizationPolicyKind::Rcp),
        vpc_endpoint: lookup.of_endpoint(request),
        grants: grants(world, request).to_vec(),
        settings: settings(world, request),
    }
}

/// The account whose levels of policies a request is asked of: the caller's, or the resource's.
fn limited(world: &World, request: &Request, kind: OrganizationPolicyKind) -> Option<AccountId> {
    let caller = || request.principal.account();
    match kind {
        OrganizationPolicyKind::Scp => caller(),
        OrganizationPolicyKind::Rcp => owner(world, request).or_else(caller),
    }
}

/// The place in the organization that a level of its policies stands for, as they bear on a request.
pub fn level_of<'w>(
    world: &'w World,
    request: &Request,
    kind: OrganizationPolicyKind,
    level: usize,
) -> Option<Level<'w>> {
    let account = limited(world, request, kind)?;
    let levels = world.organization.as_ref()?.levels(&account, kind);
    levels.into_iter().nth(level)
}

/// The account that owns the resource; nothing where that is not known.
fn owner(world: &World, request: &Request) -> Option<AccountId> {
    let in_world = match &request.resource {
        Resource::Arn(arn) => world.owner_of(arn),
        Resource::Any => None,
    };
    let named = request.owner().and_then(AccountId::parse);
    named.or_else(|| in_world.cloned())
}

/// Which text has a say for the resource: a bucket's, key's or repository's policy; for a role, who
/// may assume it. Nothing where the world has no such text.
pub fn policy_of_resource(world: &World, request: &Request) -> Option<DocumentId> {
    let Resource::Arn(arn) = &request.resource else {
        return None;
    };
    let owner = world.account(world.owner_of(arn)?)?;
    let text = match arn.service() {
        "s3" => Text::Bucket {
            bucket: bucket(arn).to_owned(),
        },
        "kms" => Text::Key {
            key: key_id(arn)?.to_owned(),
        },
        "ecr" => Text::Repository {
            repository: arn.resource().strip_prefix("repository/")?.to_owned(),
        },
        "iam" if request.action.service().eq_ignore_ascii_case("sts") => {
            let role = world.role_by_arn_in(owner, arn.as_str())?;
            Text::Trust {
                role: role.name.clone(),
            }
        }
        _ => return None,
    };
    let account = world.place_of(&owner.account);
    let id = DocumentId { account, text };
    world.document(&id).is_some().then_some(id)
}

/// The policy of a key that the world does not hold, be it of an account that the world does not have
/// either. Nothing where the request is about several keys, or is about none.
fn key_not_held(world: &World, request: &Request) -> Option<DocumentId> {
    let Resource::Arn(arn) = &request.resource else {
        return None;
    };
    let key = key_id(arn)?;
    if key.is_empty() || key.contains(['*', '?']) {
        return None;
    }
    let account = world.place_of(&arn.account()?);
    let key = key.to_owned();
    let id = DocumentId {
        account,
        text: Text::Key { key },
    };
    world.document(&id).is_none().then_some(id)
}

/// The grants on the key that the request is about.
fn grants<'a>(world: &'a World, request: &Request) -> &'a [KeyGrant] {
    let Resource::Arn(arn) = &request.resource else {
        return &[];
    };
    let key = key_id(arn).and_then(|id| world.account(world.owner_of(arn)?)?.key(id));
    key.map_or(&[], |it| &it.grants)
}

/// The id of the key that an ARN is of.
fn key_id(arn: &Arn) -> Option<&str> {
    let is_kms = arn.service() == "kms";
    arn.resource().strip_prefix("key/").filter(|_| is_kms)
}

fn bucket(arn: &Arn) -> &str {
    arn.resource().split('/').next().unwrap_or_default()
}

/// What is set at the bucket and at its account: of each switch the stricter.
fn settings(world: &World, request: &Request) -> Settings {
    let mut settings = Settings::default();
    if let Resource::Arn(arn) = &request.resource
        && arn.service() == "s3"
        && let Some(owner) = world.bucket_owner(bucket(arn))
    {
        let own = owner
            .bucket(bucket(arn))
            .and_then(|it| it.block_public_access);
        let block_public_access = match (own, owner.block_public_access) {
            (Some(own), Some(all)) => Some(own.and(all)),
            (own, all) => own.or(all),
        };
        settings.s3 = S3Settings {
            block_public_access,
            ..S3Settings::default()
        };
    }
    settings
}

struct Lookup<'a> {
    world: &'a World,
    documents: &'a Documents,
}

impl Lookup<'_> {
    fn of_caller(&self, principal: &Principal) -> (Vec<NamedPolicy>, Option<NamedPolicy>) {
        let none = (Vec::new(), None);
        let account = principal.account();
        let Some(account) = account.and_then(|it| self.world.account(&it)) else {
            return none;
        };
        match principal {
            Principal::User { arn }
            // A session of `GetFederationToken` has the policies of the user that asked for it.
            | Principal::FederatedUser {
                user_arn: Some(arn),
                ..
            } => {
                let user = self.world.user_by_arn_in(account, arn.as_str());
                user.map_or(none, |it| self.of_user(account, it))
            }
            Principal::RoleSession { role_arn, .. } => {
                let role = self.world.role_by_arn_in(account, role_arn.as_str());
                let Some(role) = role else {
                    return none;
                };
                let owner = Owner::Role(role.name.clone());
                let identity =
                    self.attached(account, &owner, &role.inline_policies, &role.attached_policies);
                (identity, self.boundary(role.permissions_boundary.as_ref()))
            }
            Principal::Root { .. }
            | Principal::FederatedUser { .. }
            | Principal::Service { .. }
            | Principal::Federated { .. }
            | Principal::Anonymous => none,
        }
    }

    fn of_user(&self, account: &Account, user: &User) -> (Vec<NamedPolicy>, Option<NamedPolicy>) {
        let owner = Owner::User(user.name.clone());
        let mut identity = self.attached(
            account,
            &owner,
            &user.inline_policies,
            &user.attached_policies,
        );
        for group in user.groups.iter().filter_map(|it| account.group(it)) {
            let owner = Owner::Group(group.name.clone());
            identity.extend(self.attached(
                account,
                &owner,
                &group.inline_policies,
                &group.attached_policies,
            ));
        }
        (identity, self.boundary(user.permissions_boundary.as_ref()))
    }

    fn attached(
        &self,
        account: &Account,
        owner: &Owner,
        inline: &[InlinePolicy],
        managed: &[Arn],
    ) -> Vec<NamedPolicy> {
        let place = self.world.place_of(&account.account);
        let inline = inline.iter().map(|it| DocumentId {
            account: place.clone(),
            text: Text::Inline {
                owner: owner.clone(),
                name: it.name.clone(),
            },
        });
        let managed = managed
            .iter()
            .map(|arn| DocumentId::home(Text::Managed { arn: arn.clone() }));
        inline
            .chain(managed)
            .filter_map(|it| self.named(&it).or_else(|| managed_not_held(&it)))
            .collect()
    }

    fn of_resource(&self, request: &Request) -> Option<NamedPolicy> {
        let held = policy_of_resource(self.world, request).and_then(|it| self.named(&it));
        let not_held = || key_not_held(self.world, request);
        held.or_else(|| Some(NamedPolicy::unread(not_held()?.name())))
    }

    fn boundary(&self, arn: Option<&Arn>) -> Option<NamedPolicy> {
        let id = DocumentId::home(Text::Managed { arn: arn?.clone() });
        self.named(&id).or_else(|| managed_not_held(&id))
    }

    /// A level on which nothing is attached is there all the same, and allows nothing.
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeletePolicy.html>
    fn levels(&self, account: &AccountId, kind: OrganizationPolicyKind) -> Vec<Vec<NamedPolicy>> {
        let organization = self.world.organization.as_ref();
        let levels = organization.map_or_else(Vec::new, |it| it.levels(account, kind));
        let policy = |name: &String| {
            let id = Text::Organization {
                kind,
                name: name.clone(),
            };
            let id = DocumentId::home(id);
            self.named(&id)
                .unwrap_or_else(|| attached_not_held(id.name(), kind, name))
        };
        levels
            .into_iter()
            .map(|it| it.attached(kind).iter().map(policy).collect())
            .collect()
    }

    /// Without a policy of its own an endpoint lets everything pass, so it has no say. Handing a role over is asked about in
    /// the course of a call that has passed already.
    fn of_endpoint(&self, request: &Request) -> Option<NamedPolicy> {
        if request.action.folded() == ("iam", "passrole") {
            return None;
        }
        let id = request.context.single("aws:SourceVpce")?;
        let (account, endpoint) = self.world.vpc_endpoint(id)?;
        endpoint.policy.as_ref()?;
        let text = Text::VpcEndpoint { id: id.to_owned() };
        let account = self.world.place_of(&account.account);
        self.named(&DocumentId { account, text })
    }

    fn named(&self, id: &DocumentId) -> Option<NamedPolicy> {
        let name = id.name();
        Some(match &self.documents.get(id)?.policy {
            Some(policy) => NamedPolicy {
                name,
                policy: Arc::clone(policy),
            },
            None => NamedPolicy::unread(name),
        })
    }
}

/// An organization's policy whose text is not here; that of what AWS attaches everywhere is known.
///
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html>
fn attached_not_held(
    name: DocumentName,
    kind: OrganizationPolicyKind,
    called: &str,
) -> NamedPolicy {
    static FULL_ACCESS: LazyLock<Vec<(OrganizationPolicyKind, Arc<Policy>)>> =
        LazyLock::new(|| {
            let read = |kind: OrganizationPolicyKind| {
                let (policy, _) = policy::parse(kind.full_access_text(), kind.policy_kind());
                Some((kind, Arc::new(policy?)))
            };
            OrganizationPolicyKind::ALL
                .into_iter()
                .filter_map(read)
                .collect()
        });
    let known = FULL_ACCESS
        .iter()
        .find(|it| it.0 == kind && called == kind.full_access());
    match known {
        Some((_, policy)) => NamedPolicy {
            name,
            policy: Arc::clone(policy),
        },
        None => NamedPolicy::unread(name),
    }
}

/// A managed policy whose text is not here.
fn managed_not_held(id: &DocumentId) -> Option<NamedPolicy> {
    matches!(id.text, Text::Managed { .. }).then(|| NamedPolicy::unread(id.name()))
}
