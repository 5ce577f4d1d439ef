//! Where a detail stands in a workload, read and written as the text of a control.
//!
//! Invariant: a text that cannot be read changes nothing.

use rolewalk_core::{
    flow::{CalledFrom, RetentionType, Simulation, Step, VpcConfig},
    world::{AppNetworkAccessType, AppType, AuthMode, SharingType, World},
};

use crate::view::{
    options::{Choosable, option},
    settings,
};

/// Where a detail stands in a workload.
pub(super) enum Slot<'a> {
    Text(&'a mut String),
    Maybe(&'a mut Option<String>),
    Flag(&'a mut bool),
    From(&'a mut CalledFrom),
    App(&'a mut AppType),
    Sharing(&'a mut SharingType),
    Step(&'a mut Step),
    Vpc(&'a mut Option<VpcConfig>),
    Seconds(&'a mut u32),
    Simulation(&'a mut Option<Simulation>),
    AuthMode(&'a mut AuthMode),
    NetworkAccess(&'a mut AppNetworkAccessType),
    Retention(&'a mut RetentionType),
}

impl Slot<'_> {
    pub(super) fn read(&self) -> String {
        let flag = |is_on: bool| if is_on { "yes" } else { "no" }.to_owned();
        match self {
            Self::Text(it) => (*it).clone(),
            Self::Maybe(it) => it.as_deref().unwrap_or_default().to_owned(),
            Self::Flag(it) => flag(**it),
            Self::Vpc(it) => it.as_ref().map_or_else(|| "no".to_owned(), network_value),
            Self::Seconds(it) => it.to_string(),
            Self::Simulation(it) => flag(it.is_some()),
            Self::From(CalledFrom::Studio) => "studio".to_owned(),
            Self::From(CalledFrom::Api) => "api".to_owned(),
            Self::App(it) => it.as_str().to_owned(),
            Self::Sharing(it) => it.as_str().to_owned(),
            Self::Step(Step::Training) => "training".to_owned(),
            Self::Step(Step::Processing) => "processing".to_owned(),
            Self::Retention(it) => flag(**it == RetentionType::Delete),
            Self::AuthMode(it) => it.as_str().to_owned(),
            Self::NetworkAccess(it) => it.as_str().to_owned(),
        }
    }

    pub(super) fn write(self, value: &str) {
        match self {
            Self::Text(it) => value.clone_into(it),
            Self::Maybe(it) => *it = Some(value.to_owned()).filter(|it| !it.is_empty()),
            Self::Flag(it) => *it = value == "yes",
            Self::Vpc(it) => *it = network(value),
            Self::Seconds(it) => *it = value.parse().unwrap_or(*it),
            Self::Simulation(it) => *it = (value == "yes").then(image_simulation),
            Self::From(it) => {
                *it = if value == "api" {
                    CalledFrom::Api
                } else {
                    CalledFrom::Studio
                }
            }
            Self::App(it) => {
                let found = AppType::ALL.into_iter().find(|it| it.as_str() == value);
                *it = found.unwrap_or(*it);
            }
            Self::Sharing(it) => {
                *it = if value == SharingType::Shared.as_str() {
                    SharingType::Shared
                } else {
                    SharingType::Private
                }
            }
            Self::Step(it) => {
                *it = if value == "processing" {
                    Step::Processing
                } else {
                    Step::Training
                }
            }
            Self::Retention(it) => {
                *it = if value == "yes" {
                    RetentionType::Delete
                } else {
                    RetentionType::Retain
                }
            }
            Self::AuthMode(it) => *it = settings::auth_mode(value).unwrap_or(*it),
            Self::NetworkAccess(it) => *it = settings::network_access(value).unwrap_or(*it),
        }
    }
}

/// What the SDK once asked of every role, whatever its policies name.
///
/// <https://github.com/aws/sagemaker-python-sdk/pull/6024>
fn image_simulation() -> Simulation {
    let pulls = [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
    ];
    Simulation {
        action_names: pulls.map(str::to_owned).to_vec(),
        resource_arns: Vec::new(),
    }
}

/// Some network where the world has none: of that nothing is judged.
const SOME_NETWORK: &str = "subnet-0aa11bb2;sg-0123abcd";

/// A network among [`networks`]: its subnets and its security groups.
fn network_value(it: &VpcConfig) -> String {
    format!(
        "{};{}",
        it.subnets.join(","),
        it.security_group_ids.join(",")
    )
}

/// The network that a value means; other values mean none.
fn network(value: &str) -> Option<VpcConfig> {
    let (subnets, groups) = value.split_once(';')?;
    let ids = |text: &str| {
        let ids = text.split(',').filter(|it| !it.is_empty());
        ids.map(str::to_owned).collect()
    };
    Some(VpcConfig {
        subnets: ids(subnets),
        security_group_ids: ids(groups),
    })
}

/// SageMaker’s network and the account’s VPCs, each with its private subnets, or else those of a
/// domain in it, and all its groups.
pub(super) fn networks(world: &World, chosen: &str) -> Vec<Choosable> {
    let mut all = vec![option("no", "SageMaker’s network")];
    for vpc in &world.home.vpcs {
        let private = vpc.subnets.iter().filter(|it| !it.is_public);
        let mut subnets: Vec<String> = private.map(|it| it.subnet_id.clone()).collect();
        if subnets.is_empty() {
            let mut domains = world.home.domains.iter();
            let domain = domains.find(|it| it.vpc_id == vpc.vpc_id);
            subnets.extend(domain.into_iter().flat_map(|it| it.subnet_ids.clone()));
        }
        if subnets.is_empty() {
            continue;
        }
        let groups = vpc.security_groups.iter();
        let it = VpcConfig {
            subnets,
            security_group_ids: groups.map(|it| it.group_id.clone()).collect(),
        };
        let label = format!("the VPC {}", vpc.vpc_id);
        all.push(option(network_value(&it), label));
    }
    if all.len() == 1 {
        all.push(option(SOME_NETWORK, "the account’s own VPC"));
    }
    if !all.iter().any(|it| it.value == chosen) && chosen.contains(';') {
        all.push(option(chosen, "a VPC of the account’s own"));
    }
    all
}
