//! What is not IAM and must be so, and what it comes to.

use serde::Serialize;

use crate::{
    flow::{Outcome, Place},
    world::{AppSecurityGroupManagement, AuthMode, RoleSource, Status},
};

/// Something that is not IAM and must be so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Gate {
    /// The person proves who they are: password, and a second factor or not.
    Authentication {
        /// Whether a second factor was used.
        mfa: bool,
    },
    /// The scenario must name something, and names none.
    Named {
        /// What kind of thing.
        place: Place,
    },
    /// Something the scenario names must be in the world.
    Exists {
        /// What kind of thing.
        place: Place,
        /// The name that was looked for.
        name: String,
        /// Whether it is there.
        found: bool,
    },
    /// What a call is about is not in the world, so that nothing is known of its own policy and its tags.
    NotInWorld {
        /// What kind of thing.
        place: Place,
        /// Its name.
        name: String,
    },
    /// A domain or profile must be in service.
    InService {
        /// Its kind.
        place: Place,
        /// Its state.
        status: Status,
    },
    /// A presigned URL opens Studio only in domains that authenticate with IAM.
    AuthModeIam {
        /// The domain's mode.
        mode: AuthMode,
    },
    /// The profile, or else the domain, must name an execution role.
    ExecutionRoleNamed {
        /// Where it is written.
        source: RoleSource,
        /// The ARN; `None` where neither names one.
        arn: Option<String>,
    },
    /// Studio's traffic outside the file system goes through a network that SageMaker keeps.
    PublicInternet,
    /// A domain in the account's own network needs a VPC and subnets.
    HasSubnets {
        /// How many subnets there are.
        n_subnets: usize,
    },
    /// A domain in the account's own network needs security groups, at the domain or the profile.
    HasSecurityGroups {
        /// How many there are together.
        n_groups: usize,
    },
    /// Whether routes, endpoints and security group rules carry the traffic: not known, since the
    /// world says nothing of the network.
    RoutesAndEndpoints,
    /// Apps get no public address, so only private subnets lead anywhere.
    PrivateSubnets {
        /// The domain's subnets that are public.
        public: Vec<String>,
    },
    /// Without a NAT gateway each service needs an endpoint.
    WayOut {
        /// Whether there is a NAT gateway.
        nat_gateway: bool,
        /// The services without an endpoint.
        missing: Vec<String>,
    },
    /// Some security group lets NFS through, TCP port 2049.
    NfsPort {
        /// The security groups.
        groups: Vec<String>,
        /// Whether one does.
        is_open: bool,
    },
    /// Some security group lets apps talk to each other, TCP ports 8192 to 65535.
    AppPorts {
        /// The security groups.
        groups: Vec<String>,
        /// Whether one does.
        is_open: bool,
    },
    /// `RStudio` in the account's own network wants SageMaker to keep its security groups.
    ServiceKeepsGroups {
        /// Who keeps them.
        management: AppSecurityGroupManagement,
    },
    /// People get in through IAM Identity Center only where the domain was made for it.
    AuthModeSso {
        /// The domain's mode.
        mode: AuthMode,
    },
    /// The user of IAM Identity Center must be assigned to the domain's application.
    Assigned {
        /// The user.
        user: String,
        /// The domain's id.
        domain: String,
        /// Whether they are.
        is_assigned: bool,
    },
    /// The profile must belong to the user of IAM Identity Center.
    ProfileOf {
        /// The user.
        user: String,
        /// Whose the profile is; `None`: nobody's.
        owner: Option<String>,
    },
    /// Profiles of domains with IAM Identity Center name a user of it, others must not.
    SingleSignOnUser {
        /// The domain's mode.
        mode: AuthMode,
        /// Whether the profile names one.
        is_given: bool,
    },
    /// A private space opens for its owner alone.
    SpaceOpensFor {
        /// The space.
        space: String,
        /// Its owner.
        owner: String,
        /// The profile that wants in.
        profile: String,
    },
    /// A user of IAM Identity Center comes into an account by a permission set's role.
    PermissionSet {
        /// The role's name or ARN; empty where none is chosen.
        role: String,
        /// Whether Identity Center keeps it.
        is_one: bool,
    },
    /// A chain has no more roles than are walked.
    LongChain {
        /// How many more there are.
        n: usize,
    },
    /// A session may be asked to last as long as the role's setting says.
    SessionLength {
        /// What is asked for.
        seconds: u32,
        /// The longest.
        most: u32,
    },
    /// A policy that is passed with a session must be one that AWS takes.
    SessionPolicy {
        /// Its ARN; empty for one that is passed as text.
        arn: String,
        /// What is wrong with it; `None`: nothing.
        problem: Option<SessionPolicyProblem>,
    },
    /// What a caller hands over by itself must be a role.
    CallerIsRole {
        /// The caller.
        arn: String,
    },
    /// What somebody typed must be readable.
    Readable {
        /// What it should be.
        place: Place,
        /// What was typed.
        text: String,
    },
    /// A condition key has a prefix.
    ContextKey {
        /// What was given.
        name: String,
        /// What it most likely stands for.
        meant: String,
    },
    /// What is deleted must hold nothing any more.
    NothingLeft {
        /// What kind of thing is deleted.
        place: Place,
        /// Its ARN.
        arn: String,
        /// Its apps, then spaces, then profiles, as `app default`.
        left: Vec<String>,
    },
    /// A file system's mount targets keep their subnets.
    NoMountTargets {
        /// The file system; empty where there is none.
        file_system: String,
        /// Whether it outlived the domain.
        is_retained: bool,
        /// The subnets.
        subnets: Vec<String>,
    },
    /// The home directories lie on a file system.
    HomeFileSystem {
        /// Its id; empty where there is none.
        id: String,
    },
}

/// What is wrong with a policy that is passed with a session.
///
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SessionPolicyProblem {
    /// What is named is no managed policy.
    NoPolicy,
    /// Nothing is known of it but its ARN: it may be there or not.
    NotHeld,
    /// It is not in the role's account, and none of AWS's.
    OtherAccount,
    /// More managed policies are passed than the ten that may be.
    TooMany,
    /// The text is refused, with the message of its first error.
    Refused(String),
}

/// The shortest session that may be asked for, in seconds.
///
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
pub(crate) const SHORTEST_SESSION: u32 = 900;

impl Gate {
    /// That what is called so is in the world; without a name there is nothing to look for.
    pub(crate) fn exists(place: Place, name: &str, found: bool) -> Self {
        if name.is_empty() {
            return Self::Named { place };
        }
        Self::Exists {
            place,
            name: name.to_owned(),
            found,
        }
    }

    /// What kind of thing is not there, or not named.
    pub const fn lacks(&self) -> Option<Place> {
        match self {
            Self::Named { place }
            | Self::Exists {
                place,
                found: false,
                ..
            } => Some(*place),
            _ => None,
        }
    }

    /// Open, shut, or not modelled.
    pub fn outcome(&self) -> Outcome {
        let is_open = match self {
            Self::Authentication { .. } | Self::PublicInternet => true,
            Self::RoutesAndEndpoints
            | Self::NotInWorld { .. }
            | Self::SessionPolicy {
                problem: Some(SessionPolicyProblem::NotHeld),
                ..
            } => return Outcome::NotEvaluated,
            Self::Exists { found, .. } => *found,
            Self::InService { status, .. } => *status == Status::InService,
            Self::AuthModeIam { mode } => *mode == AuthMode::Iam,
            Self::ExecutionRoleNamed { arn, .. } => arn.is_some(),
            Self::HasSubnets { n_subnets } => *n_subnets > 0,
            Self::HasSecurityGroups { n_groups } => *n_groups > 0,
            Self::HomeFileSystem { id } => !id.is_empty(),
            Self::NothingLeft { left, .. } => left.is_empty(),
            Self::NoMountTargets {
                file_system,
                is_retained,
                ..
            } => file_system.is_empty() || !*is_retained,
            Self::PrivateSubnets { public } => public.is_empty(),
            Self::WayOut {
                nat_gateway,
                missing,
            } => *nat_gateway || missing.is_empty(),
            Self::NfsPort { is_open, .. } | Self::AppPorts { is_open, .. } => *is_open,
            Self::ServiceKeepsGroups { management } => {
                *management == AppSecurityGroupManagement::Service
            }
            Self::AuthModeSso { mode } => *mode == AuthMode::Sso,
            Self::Assigned { is_assigned, .. } => *is_assigned,
            Self::ProfileOf { user, owner } => owner.as_deref() == Some(user),
            Self::SingleSignOnUser { mode, is_given } => (*mode == AuthMode::Sso) == *is_given,
            Self::SpaceOpensFor { owner, profile, .. } => owner.eq_ignore_ascii_case(profile),
            Self::PermissionSet { is_one, .. } => *is_one,
            Self::SessionLength { seconds, most } => (SHORTEST_SESSION..=*most).contains(seconds),
            Self::SessionPolicy { problem, .. } => problem.is_none(),
            Self::Named { .. }
            | Self::LongChain { .. }
            | Self::CallerIsRole { .. }
            | Self::Readable { .. }
            | Self::ContextKey { .. } => false,
        };
        if is_open {
            Outcome::Passes
        } else {
            Outcome::Fails
        }
    }
}
