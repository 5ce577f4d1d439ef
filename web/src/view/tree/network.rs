//! The rows of apps, and of VPCs with their subnets and security groups.

use rolewalk_core::world::{AppOwner, Domain, Thing, Vpc, change::Kind};

use crate::view::{
    icon::Icon,
    tree::build::{Home, MANY, Tree},
};

impl Tree<'_> {
    /// The apps of a domain that run for one owner.
    pub(super) fn apps(
        &mut self,
        parent: &str,
        home: &Home<'_>,
        domain: &Domain,
        is_its: impl Fn(&AppOwner) -> bool,
    ) {
        for it in &domain.apps {
            let owner = it.owner();
            if !is_its(&owner) {
                continue;
            }
            let (kind, of) = owner.parts();
            let key = format!("app-{kind}-{of}-{}-{}", it.app_type.as_str(), it.app_name);
            let entity = home.entity(Thing::App {
                domain: domain.domain_id.clone(),
                owner: owner.clone(),
                app_type: it.app_type,
                name: it.app_name.clone(),
            });
            self.add(Some(parent), &key, Icon::App, it.app_name.clone(), entity);
            self.detail(&format!("{} app", it.app_type.as_str()));
        }
    }

    /// The account's VPCs.
    pub(super) fn networks(&mut self, parent: &str, home: &Home<'_>) {
        let vpcs = &home.account.vpcs;
        if vpcs.is_empty() {
            return;
        }
        let key = self.folder(parent, "networks", "VPC");
        self.adds(
            &[Kind::Vpc, Kind::Subnet, Kind::SecurityGroup],
            home.entity(Thing::Account),
        );
        self.inside(&key, vpcs.len() <= MANY, Some(true), |tree| {
            for vpc in vpcs {
                tree.vpc(&key, home, vpc);
            }
        });
    }

    fn vpc(&mut self, parent: &str, home: &Home<'_>, vpc: &Vpc) {
        let id = vpc.vpc_id.clone();
        let entity = home.entity(Thing::Vpc { id });
        let label = vpc.vpc_id.clone();
        let key = self.add(Some(parent), &vpc.vpc_id, Icon::Network, label, entity);
        let has_children = !(vpc.subnets.is_empty() && vpc.security_groups.is_empty());
        self.inside(&key, false, Some(has_children), |tree| {
            for it in &vpc.subnets {
                let (id, label) = (it.subnet_id.clone(), it.subnet_id.clone());
                let entity = home.entity(Thing::Subnet { id });
                tree.add(Some(&key), &it.subnet_id, Icon::Network, label, entity);
                tree.detail(if it.is_public {
                    "public subnet"
                } else {
                    "private subnet"
                });
            }
            for it in &vpc.security_groups {
                let (id, label) = (it.group_id.clone(), it.group_id.clone());
                let entity = home.entity(Thing::SecurityGroup { id });
                tree.add(Some(&key), &it.group_id, Icon::Group, label, entity);
                tree.detail("security group");
            }
        });
    }
}
