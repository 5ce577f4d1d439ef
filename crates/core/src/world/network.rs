//! The account's own networks, as far as Studio asks of them.
//!
//! Facts, not rules of routing: whether there is a way out, which interface endpoints there are,
//! which ports the security groups let through. Nothing here is IAM. What is not in the world
//! cannot be judged.
//!
//! <https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-and-internet-access.html>

use serde::{Deserialize, Serialize};

use crate::world::{Account, World};

/// A VPC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Vpc {
    /// Its id.
    pub vpc_id: String,
    /// Its subnets.
    #[serde(default)]
    pub subnets: Vec<Subnet>,
    /// Whether its private subnets reach the internet through a NAT gateway.
    #[serde(default)]
    pub nat_gateway: bool,
    /// The services with a VPC endpoint in it, without region: `sagemaker.api`, `s3`, …
    #[serde(default)]
    pub endpoints: Vec<String>,
    /// Its security groups.
    #[serde(default)]
    pub security_groups: Vec<SecurityGroup>,
}

/// A subnet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Subnet {
    /// Its id.
    pub subnet_id: String,
    /// Whether its route table leads to an internet gateway. Studio's apps get no public address,
    /// so that way is of no use to them.
    #[serde(default)]
    pub is_public: bool,
}

/// A security group, by the two things that Studio needs of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SecurityGroup {
    /// Its id.
    pub group_id: String,
    /// Whether NFS, TCP port 2049, gets in and out: the way to the home directories.
    #[serde(default)]
    pub allows_nfs: bool,
    /// Whether TCP ports 8192 to 65535 are open among its members: the way from `JupyterServer` to
    /// the kernels.
    #[serde(default)]
    pub allows_apps: bool,
}

impl World {
    /// The home account's VPC with that id.
    pub fn vpc(&self, id: &str) -> Option<&Vpc> {
        self.home.vpcs.iter().find(|it| it.vpc_id == id)
    }
}

impl Account {
    /// The VPC with that id.
    pub fn vpc(&self, id: &str) -> Option<&Vpc> {
        self.vpcs.iter().find(|it| it.vpc_id == id)
    }

    /// The same, to be changed.
    pub fn vpc_mut(&mut self, id: &str) -> Option<&mut Vpc> {
        self.vpcs.iter_mut().find(|it| it.vpc_id == id)
    }

    /// The subnet with that id, and its VPC.
    pub fn subnet(&self, id: &str) -> Option<(&Vpc, &Subnet)> {
        self.vpcs.iter().find_map(|vpc| {
            let mut subnets = vpc.subnets.iter();
            Some((vpc, subnets.find(|it| it.subnet_id == id)?))
        })
    }

    /// The subnet with that id, to be changed.
    pub fn subnet_mut(&mut self, id: &str) -> Option<&mut Subnet> {
        let mut subnets = self.vpcs.iter_mut().flat_map(|it| &mut it.subnets);
        subnets.find(|it| it.subnet_id == id)
    }

    /// The security group with that id, and its VPC.
    pub fn security_group(&self, id: &str) -> Option<(&Vpc, &SecurityGroup)> {
        self.vpcs.iter().find_map(|vpc| {
            let mut groups = vpc.security_groups.iter();
            Some((vpc, groups.find(|it| it.group_id == id)?))
        })
    }

    /// The security group with that id, to be changed.
    pub fn security_group_mut(&mut self, id: &str) -> Option<&mut SecurityGroup> {
        let mut groups = self.vpcs.iter_mut().flat_map(|it| &mut it.security_groups);
        groups.find(|it| it.group_id == id)
    }
}
