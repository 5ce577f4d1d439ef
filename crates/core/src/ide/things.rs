//! The things of a world that policies can name, with their ARNs and what AWS calls them.
//!
//! Knows nothing of policies. Invariant: the home account's things come first, in the order of the world.

use crate::{
    catalogue::{ResourceType, Service},
    names::AccountId,
    world::{Account, DocumentId, EntityId, Thing, World},
};

/// A thing, or all that is in it.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// Its ARN, with a `*` for what is in it.
    pub(super) arn: String,
    /// What it is, such as `bucket`.
    pub(super) what: &'static str,
    /// The service and its type of resource, as the catalogue names them.
    pub(super) types: &'static [(&'static str, &'static str)],
}

impl Known {
    /// Whether it is of one of these types.
    pub(super) fn is_one_of(&self, types: &[(&Service, &ResourceType)]) -> bool {
        let is = |it: &(&str, &str)| {
            let mut types = types.iter();
            types.any(|(service, of)| service.prefix == it.0 && of.name.eq_ignore_ascii_case(it.1))
        };
        self.types.iter().any(is)
    }
}

/// The account that a document is in.
pub(super) fn account_of<'w>(world: &'w World, document: Option<&DocumentId>) -> &'w Account {
    let named = document.and_then(|it| it.account.as_ref());
    world.account_of(named).unwrap_or(&world.home)
}

/// Everything that has an ARN.
pub(super) fn all(world: &World) -> Vec<Known> {
    let mut found = Vec::new();
    for account in world.accounts() {
        of_account(world, account, &mut found);
    }
    found
}

fn of_account(world: &World, account: &Account, found: &mut Vec<Known>) {
    type Types = &'static [(&'static str, &'static str)];
    let id = &account.account;
    let mut add = |thing: Thing, behind: &str, what, types: Types| {
        if let Some(arn) = world.arn_of(&world.entity(id, thing)) {
            let arn = format!("{arn}{behind}");
            found.push(Known { arn, what, types });
        }
    };
    for it in &account.buckets {
        let thing = || Thing::Bucket {
            name: it.name.clone(),
        };
        add(thing(), "", "bucket", &[("s3", "bucket")]);
        add(thing(), "/*", "objects of the bucket", &[("s3", "object")]);
    }
    for it in &account.roles {
        let name = it.name.clone();
        add(
            Thing::Role { name },
            "",
            "role",
            &[("iam", "role"), ("sts", "role")],
        );
    }
    for it in &account.users {
        let name = it.name.clone();
        add(Thing::User { name }, "", "user", &[("iam", "user")]);
    }
    for it in &account.groups {
        let name = it.name.clone();
        add(Thing::Group { name }, "", "group", &[("iam", "group")]);
    }
    for it in account.policies.iter().filter(|it| !it.is_aws_managed()) {
        let arn = it.arn.clone();
        add(
            Thing::ManagedPolicy { arn },
            "",
            "managed policy",
            &[("iam", "policy")],
        );
    }
    for domain in &account.domains {
        let of = || domain.domain_id.clone();
        add(
            Thing::Domain { id: of() },
            "",
            "domain",
            &[("sagemaker", "domain")],
        );
        for it in &domain.user_profiles {
            let (domain, name) = (of(), it.user_profile_name.clone());
            let thing = Thing::UserProfile { domain, name };
            add(thing, "", "user profile", &[("sagemaker", "user-profile")]);
        }
        for it in &domain.spaces {
            let (domain, name) = (of(), it.space_name.clone());
            let thing = Thing::Space { domain, name };
            add(thing, "", "space", &[("sagemaker", "space")]);
        }
    }
    for it in &account.repositories {
        let name = it.name.clone();
        add(
            Thing::Repository { name },
            "",
            "repository",
            &[("ecr", "repository")],
        );
    }
    for it in &account.log_groups {
        let thing = || Thing::LogGroup {
            name: it.name.clone(),
        };
        add(thing(), "", "log group", &[("logs", "log-group")]);
        let streams: Types = &[("logs", "log-stream"), ("logs", "log-group")];
        add(thing(), ":*", "log group with its streams", streams);
    }
    for it in &account.keys {
        let id = it.key_id.clone();
        add(Thing::Key { id }, "", "key", &[("kms", "key")]);
    }
    for vpc in &account.vpcs {
        let id = vpc.vpc_id.clone();
        add(Thing::Vpc { id }, "", "VPC", &[("ec2", "vpc")]);
        for it in &vpc.subnets {
            let id = it.subnet_id.clone();
            add(Thing::Subnet { id }, "", "subnet", &[("ec2", "subnet")]);
        }
        for it in &vpc.security_groups {
            let id = it.group_id.clone();
            add(
                Thing::SecurityGroup { id },
                "",
                "security group",
                &[("ec2", "security-group")],
            );
        }
    }
    for it in &account.vpc_endpoints {
        let id = it.vpc_endpoint_id.clone();
        add(
            Thing::VpcEndpoint { id },
            "",
            "VPC endpoint",
            &[("ec2", "vpc-endpoint")],
        );
    }
}

/// A catalogue's ARN pattern as one would write it here: this partition, region and account, `*` for the rest.
pub(super) fn filled(pattern: &str, world: &World, account: &AccountId) -> String {
    let mut arn = String::new();
    let mut rest = pattern;
    while let Some((before, behind)) = rest.split_once("${") {
        arn.push_str(before);
        let Some((name, behind)) = behind.split_once('}') else {
            break;
        };
        arn.push_str(match name {
            "Partition" => &world.partition,
            "Region" => &world.region,
            "Account" => account.as_str(),
            _ => "*",
        });
        rest = behind;
    }
    arn.push_str(rest);
    arn
}

/// What to call a thing in a sentence: its sort, its name and its account.
pub(super) fn described(world: &World, entity: &EntityId) -> String {
    let (what, name) = match &entity.thing {
        Thing::User { name } => ("user", name.as_str()),
        Thing::Group { name } => ("group", name.as_str()),
        Thing::Role { name } => ("role", name.as_str()),
        Thing::Domain { id } => ("domain", id.as_str()),
        Thing::UserProfile { name, .. } => ("user profile", name.as_str()),
        Thing::Space { name, .. } => ("space", name.as_str()),
        Thing::App { name, .. } => ("app", name.as_str()),
        Thing::Bucket { name } => ("bucket", name.as_str()),
        Thing::Repository { name } => ("repository", name.as_str()),
        Thing::LogGroup { name } => ("log group", name.as_str()),
        Thing::Key { id } => ("key", id.as_str()),
        Thing::Vpc { id } => ("VPC", id.as_str()),
        Thing::Subnet { id } => ("subnet", id.as_str()),
        Thing::SecurityGroup { id } => ("security group", id.as_str()),
        Thing::VpcEndpoint { id } => ("VPC endpoint", id.as_str()),
        Thing::ManagedPolicy { arn } => ("managed policy", arn.last_segment()),
        _ => ("thing", ""),
    };
    let account = entity.account.as_ref().unwrap_or(&world.home.account);
    format!("the {what} `{name}` of account `{account}`")
}
