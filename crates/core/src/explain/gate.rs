//! Gates that are not IAM in words: what they say, and what would open them.

use crate::{
    explain::{hop::place_title, number::counted, unjudged::bring_managed},
    flow::{Gate, Outcome, Place, SHORTEST_SESSION, SessionPolicyProblem},
    names::Arn,
    world::{AppSecurityGroupManagement, AuthMode, RoleSource},
};

/// What [`Gate::NotInWorld`] says; by itself, for a page that says nothing of other gates at first.
pub(super) fn not_in_world_sentence(place: Place, name: &str) -> String {
    format!(
        "There is no {} `{name}` in this world: what its own policy and its tags say is not judged",
        place_title(place)
    )
}

/// What a gate says.
#[expect(clippy::too_many_lines, reason = "one sentence for each gate")]
pub fn gate_sentence(gate: &Gate) -> String {
    match gate {
        Gate::Authentication { mfa: true } => "Signed in with a password and a second factor".to_owned(),
        Gate::Authentication { mfa: false } => "Signed in with a password, without a second factor".to_owned(),
        Gate::Named { place } => format!("No {} is chosen", place_title(*place)),
        Gate::Exists { place, name, found } => {
            let verb = if *found { "There is" } else { "There is no" };
            let article = match (found, place) {
                (false, _) => "",
                (true, Place::User | Place::Bucket | Place::Repository | Place::ExecutionRole | Place::App) => "an ",
                (true, _) => "a ",
            };
            format!("{verb} {article}{} `{name}`", place_title(*place))
        }
        Gate::NotInWorld { place, name } => not_in_world_sentence(*place, name),
        Gate::InService { place, status } => format!("The {} is `{}`", place_title(*place), status.as_str()),
        Gate::AuthModeIam { mode: AuthMode::Iam } => "The domain authenticates with `IAM`".to_owned(),
        Gate::AuthModeIam { mode: AuthMode::Sso } => {
            "The domain authenticates with IAM Identity Center (`SSO`), where no presigned URL can be had".to_owned()
        }
        Gate::ExecutionRoleNamed { arn: None, source } => match source {
            RoleSource::Profile | RoleSource::DefaultUserSettings => {
                "Neither the profile nor the domain names an execution role".to_owned()
            }
            RoleSource::DefaultSpaceSettings => {
                "The domain’s default space settings name no execution role, so there are no shared spaces".to_owned()
            }
            RoleSource::RStudioDomain => "The domain names no role for RStudio".to_owned(),
        },
        Gate::ExecutionRoleNamed {
            arn: Some(arn),
            source,
        } => {
            let source = match source {
                RoleSource::Profile => "the profile’s own",
                RoleSource::DefaultUserSettings => "the domain’s default",
                RoleSource::DefaultSpaceSettings => "that of the domain’s shared spaces",
                RoleSource::RStudioDomain => "that of the domain’s RStudio",
            };
            format!("The execution role is {source}: `{arn}`")
        }
        Gate::PublicInternet => "`PublicInternetOnly`: SageMaker’s own network carries the traffic".to_owned(),
        Gate::HasSubnets { n_subnets } => format!("`VpcOnly`: the domain has {}", some(*n_subnets, "subnet", "subnets")),
        Gate::HasSecurityGroups { n_groups } => format!(
            "`VpcOnly`: profile and domain together have {}",
            some(*n_groups, "security group", "security groups")
        ),
        Gate::RoutesAndEndpoints => {
            "Whether routes, endpoints and security group rules carry the traffic is not judged here".to_owned()
        }
        Gate::HomeFileSystem { id } if id.is_empty() => "The domain has no file system".to_owned(),
        Gate::HomeFileSystem { id } => format!("Home directories lie on `{id}`"),
        Gate::PrivateSubnets { public } if public.is_empty() => "Every subnet of the domain is private".to_owned(),
        Gate::PrivateSubnets { public } => format!(
            "Apps get no public address, so a public subnet leads nowhere: {}",
            ticked(public)
        ),
        Gate::WayOut { nat_gateway: true, .. } => "A NAT gateway leads to AWS’s services".to_owned(),
        Gate::WayOut { missing, .. } if missing.is_empty() => {
            "There is no NAT gateway, and each service has its endpoint".to_owned()
        }
        Gate::WayOut { missing, .. } => {
            format!("There is no NAT gateway, and no endpoint for {}", ticked(missing))
        }
        Gate::NfsPort { groups, is_open } => port(groups, *is_open, "NFS, TCP port 2049,"),
        Gate::AppPorts { groups, is_open } => port(groups, *is_open, "TCP ports 8192 to 65535 among its members"),
        Gate::ServiceKeepsGroups { management: AppSecurityGroupManagement::Service } => {
            "SageMaker keeps the security groups that RStudio talks through".to_owned()
        }
        Gate::ServiceKeepsGroups { management: AppSecurityGroupManagement::Customer } => {
            "`VpcOnly`: RStudio wants SageMaker to keep its security groups, and the account keeps them itself".to_owned()
        }
        Gate::AuthModeSso { mode: AuthMode::Sso } => {
            "The domain authenticates with IAM Identity Center (`SSO`)".to_owned()
        }
        Gate::AuthModeSso { mode: AuthMode::Iam } => {
            "The domain authenticates with `IAM`, so nobody gets in through IAM Identity Center".to_owned()
        }
        Gate::Assigned { user, .. } if user.is_empty() => "No user of IAM Identity Center is chosen".to_owned(),
        Gate::Assigned { user, domain, is_assigned } => {
            let verb = if *is_assigned { "is" } else { "is not" };
            format!("User `{user}` of IAM Identity Center {verb} assigned to the domain `{domain}`")
        }
        Gate::ProfileOf { user, owner } => match owner {
            Some(owner) if owner == user => format!("The profile belongs to user `{owner}` of IAM Identity Center"),
            Some(owner) => format!("The profile belongs to user `{owner}` of IAM Identity Center, not to `{user}`"),
            None => "The profile belongs to no user of IAM Identity Center".to_owned(),
        },
        Gate::SingleSignOnUser { mode, is_given } => match (mode, is_given) {
            (AuthMode::Sso, true) => "The profile names its user of IAM Identity Center".to_owned(),
            (AuthMode::Sso, false) => {
                "The domain authenticates with IAM Identity Center, and the profile names no user of it".to_owned()
            }
            (AuthMode::Iam, false) => "The domain authenticates with `IAM`, and the profile names nobody else".to_owned(),
            (AuthMode::Iam, true) => {
                "The domain authenticates with `IAM`, and the profile must not name a user of IAM Identity Center".to_owned()
            }
        },
        Gate::NothingLeft { place, left, .. } => nothing_left(*place, left),
        Gate::NoMountTargets {
            file_system,
            is_retained,
            subnets,
        } => mount_targets(file_system, *is_retained, subnets),
        Gate::SpaceOpensFor { space, owner, .. } => format!("The private space `{space}` belongs to profile `{owner}`"),
        Gate::PermissionSet { role, .. } if role.is_empty() => {
            "A user of IAM Identity Center has no permissions of their own in an account".to_owned()
        }
        Gate::PermissionSet { role, is_one: true } => {
            format!("IAM Identity Center keeps the role `{role}` for a permission set")
        }
        Gate::PermissionSet { role, is_one: false } => {
            format!("`{role}` is no role of a permission set, so IAM Identity Center lets nobody into it")
        }
        Gate::LongChain { n } => format!("The chain goes on for {} more, and is not walked so far", some(*n, "role", "roles")),
        Gate::SessionLength { seconds, .. } if *seconds < SHORTEST_SESSION => {
            format!("The session is to last {seconds} seconds, but none lasts less than {SHORTEST_SESSION}")
        }
        Gate::SessionPolicy { arn, problem } => session_policy(arn, problem.as_ref()),
        Gate::SessionLength { seconds, most } => {
            let verb = if seconds <= most { "and" } else { "but" };
            format!("The session is to last {seconds} seconds, {verb} the role’s sessions last {most} at most")
        }
        Gate::CallerIsRole { arn } => format!("`{arn}` is no role, and only roles can be handed over"),
        Gate::Readable { place: Place::Caller, text } => {
            format!("`{text}` is no caller: write an ARN of a user, role or session, a service such as `sagemaker.amazonaws.com`, or `anonymous`")
        }
        Gate::ContextKey { name, .. } => {
            format!("The call’s context has `{name}`, which is no condition key: those have a prefix")
        }
        Gate::Readable { text, .. } => {
            format!("`{text}` is neither an action such as `s3:GetObject` nor an ARN or `*`")
        }
    }
}

fn session_policy(arn: &str, problem: Option<&SessionPolicyProblem>) -> String {
    let policy = if arn.is_empty() {
        "the policy that is passed as text".to_owned()
    } else {
        format!("`{arn}`")
    };
    match problem {
        None => format!("The session may do no more than {policy} allows"),
        Some(SessionPolicyProblem::NoPolicy) => {
            format!("The session is passed {policy}, which is no managed policy")
        }
        Some(SessionPolicyProblem::NotHeld) => format!(
            "The session is passed {policy}, which is not in this account, so whether it is there and what it allows is not known"
        ),
        Some(SessionPolicyProblem::OtherAccount) => format!(
            "The session is passed {policy}, which is neither of the role’s account nor of AWS"
        ),
        Some(SessionPolicyProblem::TooMany) => {
            format!("The session is passed {policy}, beyond the ten that may be")
        }
        Some(SessionPolicyProblem::Refused(message)) => {
            format!("The session is passed {policy}, and AWS refuses it: {message}")
        }
    }
}

fn nothing_left(place: Place, left: &[String]) -> String {
    let place = place_title(place);
    if left.is_empty() {
        format!("Nothing is left in the {place}")
    } else {
        format!("The {place} still has {}", ticked(left))
    }
}

fn mount_targets(file_system: &str, is_retained: bool, subnets: &[String]) -> String {
    if file_system.is_empty() {
        "The domain had no file system".to_owned()
    } else if is_retained {
        format!(
            "The file system `{file_system}` was retained, and its mount targets are still in {}",
            ticked(subnets)
        )
    } else {
        format!("The file system `{file_system}` was deleted with the domain")
    }
}

fn port(groups: &[String], is_open: bool, what: &str) -> String {
    if is_open {
        format!("A security group lets {what} through")
    } else if groups.is_empty() {
        format!("There is no security group that lets {what} through")
    } else {
        format!(
            "None of the security groups lets {what} through: {}",
            ticked(groups)
        )
    }
}

fn ticked(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|it| format!("`{it}`")).collect();
    names.join(", ")
}

fn some(n: usize, one: &str, many: &str) -> String {
    match n {
        0 => format!("no {many}"),
        n => counted(n, one, many),
    }
}

/// What would open a gate that is shut, or have one judged.
pub(crate) fn gate_fix(gate: &Gate) -> Option<String> {
    match (gate.outcome(), gate) {
        (Outcome::Fails, _) => shut_fix(gate),
        (Outcome::NotEvaluated, Gate::SessionPolicy { arn, .. }) => {
            let arn = Arn::parse(arn)?;
            let of_aws = if arn.is_aws_owned() { "AWS " } else { "" };
            let title = format!("{of_aws}managed policy `{}`", arn.last_segment());
            Some(bring_managed(&arn, &title, true))
        }
        _ => None,
    }
}

#[expect(clippy::too_many_lines, reason = "one sentence for each gate")]
fn shut_fix(gate: &Gate) -> Option<String> {
    let fixed = match gate {
        Gate::Named { place } => {
            return Some(format!(
                "Add one, or choose the {} in the scenario.",
                place_title(*place)
            ));
        }
        Gate::Exists { place, name, .. } => return Some(exists_fix(*place, name)),
        Gate::PermissionSet { .. } => {
            "Choose the role of a permission set, whose path begins with `/aws-reserved/sso.amazonaws.com/`, or sign in as an IAM user."
        }
        Gate::LongChain { .. } => {
            "Take roles out of the chain: five one after the other are walked."
        }
        Gate::SessionPolicy { .. } => {
            "Pass managed policies of the role’s own account or of AWS, ten at most, or a policy that is one."
        }
        Gate::SessionLength { most, .. } => {
            return Some(format!(
                "Ask for {SHORTEST_SESSION} seconds at least and {most} at most, or raise the role’s `maxSessionDuration`, up to 43200."
            ));
        }
        Gate::InService { place, .. } => {
            return Some(format!(
                "Wait until the {} is `InService`; one that is `Failed` has to be deleted and made again.",
                place_title(*place)
            ));
        }
        Gate::AuthModeIam { .. } => {
            "People get into this domain through IAM Identity Center. The mode cannot be changed later: make a domain that authenticates with `IAM` to use presigned URLs."
        }
        Gate::ExecutionRoleNamed { source, .. } => match source {
            RoleSource::DefaultSpaceSettings => {
                "Give the domain’s default space settings an execution role. The profile’s own never counts in a shared space."
            }
            RoleSource::RStudioDomain => "Give the domain a role for RStudio.",
            _ => "Give the profile an execution role, or give the domain a default one.",
        },
        Gate::HasSubnets { .. } => "Give the domain at least one subnet.",
        Gate::HasSecurityGroups { .. } => {
            "Give the domain or the profile at least one security group."
        }
        Gate::HomeFileSystem { .. } => {
            "Name the domain’s EFS file system, or say that it is to have none: `HomeEfsFileSystemCreation` `Disabled`."
        }
        Gate::PrivateSubnets { .. } => "Give the domain private subnets only.",
        Gate::WayOut { missing, .. } => {
            return Some(format!(
                "Give the VPC a NAT gateway, or interface endpoints for {}. No policy can open this way.",
                ticked(missing)
            ));
        }
        Gate::NfsPort { .. } => {
            "Let a security group allow TCP port 2049 in and out. No policy can open this way."
        }
        Gate::AppPorts { .. } => {
            "Let a security group allow TCP ports 8192 to 65535 among its members. No policy can open this way."
        }
        Gate::ServiceKeepsGroups { .. } => {
            "Make the domain with `AppSecurityGroupManagement` `Service`. No policy can open this way."
        }
        Gate::AuthModeSso { .. } => {
            "Sign in as an IAM user, or make a domain that authenticates with IAM Identity Center: the mode cannot be changed later."
        }
        Gate::Assigned { user, .. } => {
            return Some(format!(
                "Assign `{user}` to the domain’s application in IAM Identity Center. A profile that was made by API is not enough."
            ));
        }
        Gate::ProfileOf { user, .. } => {
            return Some(format!(
                "Choose the profile of `{user}`, or make one with `SingleSignOnUserValue` `{user}`."
            ));
        }
        Gate::SingleSignOnUser {
            mode: AuthMode::Sso,
            ..
        } => "Give `SingleSignOnUserIdentifier` and `SingleSignOnUserValue`.",
        Gate::SingleSignOnUser { .. } => {
            "Leave out `SingleSignOnUserIdentifier` and `SingleSignOnUserValue`."
        }
        Gate::NothingLeft { .. } => {
            "Delete apps first, then spaces, then user profiles, then the domain. No policy can change that order."
        }
        Gate::NoMountTargets { .. } => {
            "Delete the mount targets and the file system by hand, or delete the domain with `RetentionPolicy` `HomeEfsFileSystem=Delete`, which deletes all home directories too."
        }
        Gate::SpaceOpensFor { .. } => "Choose a space of one’s own, or a shared one.",
        Gate::NotInWorld { .. } => "Add it, or import what the AWS CLI says of it.",
        Gate::CallerIsRole { .. } => "Name the ARN of a role to hand over.",
        Gate::Readable { .. } => "Write it as the message says.",
        Gate::ContextKey { meant, .. } => {
            return Some(format!(
                "Write its whole name in the call’s `context`, most likely `{meant}`."
            ));
        }
        Gate::Authentication { .. } | Gate::PublicInternet | Gate::RoutesAndEndpoints => {
            return None;
        }
    };
    Some(fixed.to_owned())
}

/// How the scenario comes to name something that is there.
fn exists_fix(place: Place, name: &str) -> String {
    let title = place_title(place);
    match place {
        Place::User | Place::Domain | Place::UserProfile | Place::Bucket | Place::Repository => {
            format!(
                "Choose another {title} in the scenario, or add one, which the scenario takes then."
            )
        }
        _ if Arn::is_arn(name) => format!(
            "Choose another {title}, or make one with this ARN: it must fit to the character, path included."
        ),
        _ => format!(
            "Choose another {title}, or make one that is called `{name}`; ARNs must fit to the character, path included."
        ),
    }
}
