//! Adds a thing with defaults that AWS would take.

use crate::{
    by_name::Tags,
    eval::BlockPublicAccess,
    names::{ActionName, Arn},
    policy::{self, Effect, PolicyKind, PrincipalPattern},
    world::{
        Account, AppNetworkAccessType, AppSecurityGroupManagement, AppType, AuthMode, Bucket,
        DefaultSpaceSettings, Domain, DomainSettings, EntityId, Group, InlinePolicy, Key, LogGroup,
        ManagedPolicy, OrganizationPolicyKind, Owner, Repository, Role, SharingType, Space, Status,
        Switch, Thing, User, UserProfile, UserSettings, VpcEndpoint, World,
        change::{Refusal, app, name, network, organization},
    },
};

/// The service that takes on execution roles.
const SAGEMAKER: &str = "sagemaker.amazonaws.com";

/// What can be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An IAM user.
    User,
    /// An IAM group.
    Group,
    /// An IAM role, which SageMaker may assume.
    Role,
    /// A customer managed policy.
    ManagedPolicy,
    /// A policy of the user, group or role that is given.
    InlinePolicy,
    /// A SageMaker domain.
    Domain,
    /// A user profile, in the domain that is given.
    UserProfile,
    /// A private space, in the domain that is given.
    Space,
    /// An app, of the profile or in the space that is given: `JupyterLab`, with a space where there is none
    /// for it.
    App,
    /// An S3 bucket.
    Bucket,
    /// An ECR repository.
    Repository,
    /// A log group.
    LogGroup,
    /// A KMS key.
    Key,
    /// A VPC with a subnet and a security group.
    Vpc,
    /// A subnet, in the VPC that is given or the first.
    Subnet,
    /// A security group, in the VPC that is given or the first.
    SecurityGroup,
    /// A VPC endpoint.
    VpcEndpoint,
    /// The organization around all accounts.
    Organization,
    /// An organizational unit, in the unit that is given or the root.
    OrganizationalUnit,
    /// An account, in the unit that is given where there is an organization.
    Account,
    /// A policy of the organization.
    OrganizationPolicy(OrganizationPolicyKind),
}

impl Kind {
    /// Every kind, in the order of the account tree.
    pub const ALL: [Self; 22] = [
        Self::User,
        Self::Group,
        Self::Role,
        Self::ManagedPolicy,
        Self::InlinePolicy,
        Self::Domain,
        Self::UserProfile,
        Self::Space,
        Self::App,
        Self::Bucket,
        Self::Repository,
        Self::LogGroup,
        Self::Key,
        Self::Vpc,
        Self::Subnet,
        Self::SecurityGroup,
        Self::VpcEndpoint,
        Self::Organization,
        Self::OrganizationalUnit,
        Self::Account,
        Self::OrganizationPolicy(OrganizationPolicyKind::Scp),
        Self::OrganizationPolicy(OrganizationPolicyKind::Rcp),
    ];
}

/// To begin with: harmless, and valid as it stands.
const IDENTITY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sagemaker:ListDomains",
      "Resource": "*"
    }
  ]
}"#;

const TRUST: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {
        "Service": "sagemaker.amazonaws.com"
      },
      "Action": "sts:AssumeRole"
    }
  ]
}"#;

/// The policy that KMS gives a key by default: the account's own policies decide.
///
/// <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html>
fn key_policy(root: &Arn) -> String {
    format!(
        r#"{{
  "Version": "2012-10-17",
  "Statement": [
    {{
      "Sid": "Enable IAM User Permissions",
      "Effect": "Allow",
      "Principal": {{
        "AWS": "{root}"
      }},
      "Action": "kms:*",
      "Resource": "*"
    }}
  ]
}}"#
    )
}

/// Adds a thing. `at` says where: any thing of the account, the domain or a thing in it for profiles
/// and spaces, the owner for an inline policy, the unit for what goes into an organization.
///
/// # Errors
///
/// Where there is no such place, or AWS would have no more of them.
pub fn add(world: &mut World, kind: Kind, at: &EntityId) -> Result<EntityId, Refusal> {
    match kind {
        Kind::Organization => return organization::organization(world),
        Kind::OrganizationalUnit => return organization::unit(world, at),
        Kind::Account => return organization::account(world, at),
        Kind::OrganizationPolicy(kind) => return organization::organization_policy(world, kind),
        Kind::App => return app::add(world, at),
        Kind::Vpc => return network::add_vpc(world, at),
        Kind::Subnet => return network::add_subnet(world, at),
        Kind::SecurityGroup => return network::add_security_group(world, at),
        _ => {}
    }
    let gone = || Refusal::Gone(at.clone());
    let owner = world.account_of(at.account.as_ref()).ok_or_else(gone)?;
    let own = owner.account.clone();
    let thing = free_thing(world, kind, at, owner)?;
    let key_policy = key_policy(&world.iam_arn_in(&own, "root", "", ""));
    let domain_name = {
        let id = at.beside(Thing::Domain { id: String::new() });
        name::free("new-domain", &name::taken(world, &id), 63)
    };
    let interface = format!("com.amazonaws.{}.sagemaker.api", world.region);
    let execution_role = only_execution_role(world, owner).map(|it| it.to_string());
    let account = world.account_of_mut(at.account.as_ref()).ok_or_else(gone)?;
    let texts = [key_policy, domain_name, interface];
    put(account, &thing, texts, execution_role).ok_or_else(gone)?;
    let is_global = matches!(thing, Thing::ManagedPolicy { .. });
    Ok(if is_global {
        thing.into()
    } else {
        at.beside(thing)
    })
}

/// A thing of an account with a name that nothing has yet.
fn free_thing(world: &World, kind: Kind, at: &EntityId, owner: &Account) -> Result<Thing, Refusal> {
    let free = |thing: Thing, base: &str| {
        let taken = name::taken(world, &at.beside(thing.clone()));
        name::free(base, &taken, name::most(&thing))
    };
    let gone = || Refusal::Gone(at.clone());
    let own = &owner.account;
    let empty = String::new;
    Ok(match kind {
        Kind::User => {
            let name = free(Thing::User { name: empty() }, "new-user");
            Thing::User { name }
        }
        Kind::Group => {
            let name = free(Thing::Group { name: empty() }, "new-group");
            Thing::Group { name }
        }
        Kind::Role => {
            let name = free(Thing::Role { name: empty() }, "new-role");
            Thing::Role { name }
        }
        Kind::ManagedPolicy => {
            let arn = |name: &str| world.iam_arn_in(own, "policy", "/", name);
            let name = free(Thing::ManagedPolicy { arn: arn("it") }, "new-policy");
            Thing::ManagedPolicy { arn: arn(&name) }
        }
        Kind::InlinePolicy => {
            let owner = owner_at(at).ok_or_else(gone)?;
            let of = |name| Thing::InlinePolicy {
                owner: owner.clone(),
                name,
            };
            of(free(of(empty()), "new-policy"))
        }
        Kind::Domain => Thing::Domain {
            id: name::domain_id(world),
        },
        Kind::UserProfile => {
            let domain = domain_at(at).ok_or_else(gone)?;
            let of = |name| Thing::UserProfile {
                domain: domain.clone(),
                name,
            };
            of(free(of(empty()), "new-profile"))
        }
        Kind::Space => {
            let domain = domain_at(at).ok_or_else(gone)?;
            let of = |name| Thing::Space {
                domain: domain.clone(),
                name,
            };
            of(free(of(empty()), "new-space"))
        }
        Kind::Bucket => {
            let name = free(Thing::Bucket { name: empty() }, "new-bucket");
            Thing::Bucket { name }
        }
        Kind::Repository => {
            let name = free(Thing::Repository { name: empty() }, "new-repository");
            Thing::Repository { name }
        }
        Kind::LogGroup => {
            let name = free(Thing::LogGroup { name: empty() }, "new-log-group");
            Thing::LogGroup { name }
        }
        Kind::Key => Thing::Key {
            id: name::key_id(world),
        },
        Kind::VpcEndpoint => Thing::VpcEndpoint {
            id: name::endpoint_id(world),
        },
        Kind::Organization
        | Kind::OrganizationalUnit
        | Kind::Account
        | Kind::App
        | Kind::Vpc
        | Kind::Subnet
        | Kind::SecurityGroup
        | Kind::OrganizationPolicy(_) => return Err(Refusal::Fixed),
    })
}

/// The domain that a profile or a space at this place goes into.
pub(super) fn domain_at(at: &EntityId) -> Option<String> {
    match &at.thing {
        Thing::Domain { id } => Some(id.clone()),
        Thing::UserProfile { domain, .. }
        | Thing::Space { domain, .. }
        | Thing::App { domain, .. } => Some(domain.clone()),
        _ => None,
    }
}

/// The owner that an inline policy at this place goes to.
fn owner_at(at: &EntityId) -> Option<Owner> {
    match &at.thing {
        Thing::InlinePolicy { owner, .. } => Some(owner.clone()),
        thing => Owner::of(thing),
    }
}

/// Puts a thing with its name into an account; nothing where its domain or owner is not there.
fn put(
    account: &mut Account,
    thing: &Thing,
    [key_policy, domain_name, interface]: [String; 3],
    execution_role: Option<String>,
) -> Option<()> {
    match thing.clone() {
        Thing::User { name } => account.users.push(user(name)),
        Thing::Group { name } => account.groups.push(Group {
            name,
            attached_policies: Vec::new(),
            inline_policies: Vec::new(),
        }),
        Thing::Role { name } => account.roles.push(role(name)),
        Thing::ManagedPolicy { arn } => account.policies.push(ManagedPolicy {
            arn,
            version: None,
            document: IDENTITY.into(),
            other_versions: Vec::new(),
        }),
        Thing::InlinePolicy { owner, name } => {
            let document = IDENTITY.into();
            let policies = account.inline_policies_mut(&owner)?;
            policies.push(InlinePolicy { name, document });
        }
        Thing::Domain { id } => {
            let mut domain = domain(id, domain_name);
            domain.default_user_settings.execution_role = execution_role;
            account.domains.push(domain);
        }
        Thing::UserProfile { domain, name } => {
            let domain = account.domain_mut(&domain)?;
            let uids = domain.user_profiles.iter();
            let uid = name::posix_uid(uids.map(|it| it.home_efs_file_system_uid.clone()));
            domain.user_profiles.push(UserProfile {
                user_profile_name: name,
                status: Status::InService,
                single_sign_on_user_identifier: None,
                single_sign_on_user_value: None,
                home_efs_file_system_uid: uid,
                user_settings: UserSettings::default(),
                tags: Tags::new(),
            });
        }
        Thing::Space { domain, name } => {
            let domain = account.domain_mut(&domain)?;
            let owner = domain.user_profiles.first();
            let owner = owner.map_or_else(String::new, |it| it.user_profile_name.clone());
            domain.spaces.push(space(name, owner));
        }
        Thing::Bucket { name } => account.buckets.push(Bucket {
            name,
            policy: None,
            kms_key_id: None,
            is_key_assumed: false,
            // As S3 makes every bucket since April 2023.
            block_public_access: Some(BlockPublicAccess::all(true)),
        }),
        Thing::Repository { name } => {
            account.repositories.push(Repository { name, policy: None });
        }
        Thing::LogGroup { name } => account.log_groups.push(LogGroup { name }),
        Thing::Key { id } => account.keys.push(Key {
            key_id: id,
            alias: None,
            policy: key_policy.into(),
            grants: Vec::new(),
        }),
        Thing::VpcEndpoint { id } => {
            let vpc = account.vpcs.first();
            let vpc_id = vpc.map_or_else(String::new, |it| it.vpc_id.clone());
            account.vpc_endpoints.push(VpcEndpoint {
                vpc_endpoint_id: id,
                service_name: interface,
                vpc_id,
                policy: None,
            });
        }
        Thing::Account
        | Thing::App { .. }
        | Thing::Vpc { .. }
        | Thing::Subnet { .. }
        | Thing::SecurityGroup { .. }
        | Thing::Organization
        | Thing::OrganizationalUnit { .. }
        | Thing::OrganizationPolicy { .. } => return None,
    }
    Some(())
}

fn user(name: String) -> User {
    User {
        name,
        path: "/".to_owned(),
        groups: Vec::new(),
        attached_policies: Vec::new(),
        inline_policies: Vec::new(),
        permissions_boundary: None,
        console_access: true,
        access_keys: Vec::new(),
        tags: Tags::new(),
    }
}

fn role(name: String) -> Role {
    Role {
        name,
        path: "/".to_owned(),
        description: String::new(),
        max_session_duration: None,
        trust_policy: TRUST.into(),
        attached_policies: Vec::new(),
        inline_policies: Vec::new(),
        permissions_boundary: None,
        tags: Tags::new(),
    }
}

/// A private space for `JupyterLab`, which is what Studio makes where nobody says otherwise.
pub(super) const fn space(space_name: String, owner_user_profile_name: String) -> Space {
    Space {
        space_name,
        owner_user_profile_name,
        sharing_type: SharingType::Private,
        app_type: AppType::JupyterLab,
        status: Status::InService,
        home_efs_file_system_uid: String::new(),
    }
}

/// The account's role that SageMaker may take on, where there is exactly one: of several nobody can say
/// which is meant. Whether a condition of the trust policy is met shows when somebody opens Studio.
fn only_execution_role(world: &World, account: &Account) -> Option<Arn> {
    let mut fitting = account.roles.iter().filter(|it| trusts_sagemaker(it));
    let only = fitting.next().filter(|_| fitting.next().is_none())?;
    Some(world.role_arn_in(account, only))
}

fn trusts_sagemaker(role: &Role) -> bool {
    let (policy, _) = policy::parse(role.trust_policy.as_str(), PolicyKind::Trust);
    let assume = ActionName::new("sts", "AssumeRole");
    let service =
        |it: &PrincipalPattern| matches!(it, PrincipalPattern::Service(it) if it == SAGEMAKER);
    policy.iter().flat_map(|it| &it.statements).any(|it| {
        let principal = it.principal.as_ref().filter(|it| !it.negated);
        let mut entries = principal.into_iter().flat_map(|it| &it.entries);
        let mut actions = it.action.patterns.iter();
        it.effect.value == Effect::Allow
            && entries.any(|it| service(&it.value))
            && actions.any(|it| it.value.matches(&assume)) != it.action.negated
    })
}

fn domain(domain_id: String, domain_name: String) -> Domain {
    let number = domain_id.strip_prefix("d-").unwrap_or_default();
    let home_efs_file_system_id = format!("fs-{number}");
    Domain {
        domain_id,
        domain_name,
        status: Status::InService,
        auth_mode: AuthMode::Iam,
        single_sign_on_assignments: Vec::new(),
        app_network_access_type: AppNetworkAccessType::PublicInternetOnly,
        app_security_group_management: AppSecurityGroupManagement::Service,
        vpc_id: String::new(),
        subnet_ids: Vec::new(),
        home_efs_file_system_creation: Switch::Enabled,
        home_efs_file_system_id,
        kms_key_id: None,
        tag_propagation: Switch::Disabled,
        domain_settings: DomainSettings::default(),
        default_user_settings: UserSettings::default(),
        default_space_settings: DefaultSpaceSettings::default(),
        user_profiles: Vec::new(),
        spaces: Vec::new(),
        apps: Vec::new(),
        tags: Tags::new(),
    }
}
