//! What a gate that is not IAM comes to.

use crate::{
    flow::{Gate, Outcome},
    world::{AuthMode, Status},
};

impl Gate {
    /// Open, shut, or not modelled.
    pub fn outcome(&self) -> Outcome {
        let is_open = match self {
            Self::Authentication { .. } | Self::PublicInternet => true,
            Self::RoutesAndEndpoints => return Outcome::NotEvaluated,
            Self::Exists { found, .. } => *found,
            Self::InService { status, .. } => *status == Status::InService,
            Self::AuthModeIam { mode } => *mode == AuthMode::Iam,
            Self::ExecutionRoleNamed { arn, .. } => arn.is_some(),
            Self::HasSubnets { n_subnets } => *n_subnets > 0,
            Self::HasSecurityGroups { n_groups } => *n_groups > 0,
            Self::HomeFileSystem { id } => !id.is_empty(),
        };
        if is_open {
            Outcome::Passes
        } else {
            Outcome::Fails
        }
    }
}
