//! The way that Studio's traffic takes. Gates, not IAM: no policy is asked here.
//!
//! Invariant: where the world says nothing of a network, its gates are not judged.
//!
//! <https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-and-internet-access.html>

use crate::{
    flow::{
        Check, Gate, Hop, HopKind, Identity, Place, Why, route::Route, studio::Setting, walk::Scene,
    },
    world::{AppNetworkAccessType, AppType, Domain, SharingType},
};

/// The services that Studio itself talks to.
const NEEDED: [&str; 3] = ["sagemaker.api", "sagemaker.runtime", "s3"];

/// The services that are wanted by what people do there.
const WANTED: [&str; 5] = ["sts", "logs", "ecr.api", "ecr.dkr", "kms"];

impl Scene<'_> {
    /// The hop through the domain's network.
    pub(crate) fn network(&self, setting: &Setting) -> Hop {
        let from = self.profile_station();
        let mut to = self.domain_station();
        to.place = Place::Network;
        let entity = to.entity.clone();
        let mut checks = Vec::new();
        match self.domain() {
            None => {
                let domain = self.domain_station();
                to.name.clear();
                checks.push(Self::exists(&domain));
            }
            Some(domain) => {
                let path = |gate| Check::gate(Why::NetworkPath, gate, entity.clone());
                match domain.app_network_access_type {
                    AppNetworkAccessType::PublicInternetOnly => {
                        "public internet".clone_into(&mut to.name);
                        checks.push(path(Gate::PublicInternet));
                    }
                    AppNetworkAccessType::VpcOnly => {
                        to.name.clone_from(&domain.vpc_id);
                        checks.extend(self.own_network(domain, setting));
                    }
                }
                if domain.home_efs_file_system_creation.is_enabled() {
                    let id = domain.home_efs_file_system_id.clone();
                    let gate = Gate::HomeFileSystem { id };
                    checks.push(Check::gate(Why::HomeDirectory, gate, entity).wanted());
                }
            }
        }
        Hop::new(HopKind::Network, from, to, Identity::nobody(), checks)
    }

    /// The way that an app's requests take; nothing where they do not come out of a VPC that the
    /// world knows.
    pub(crate) fn route_of_apps(&self) -> Option<Route> {
        let domain = self.domain()?;
        let is_own = domain.app_network_access_type == AppNetworkAccessType::VpcOnly;
        let vpc = self.here.vpc(&domain.vpc_id).filter(|_| is_own)?;
        Some(self.route(vpc))
    }

    fn own_network(&self, domain: &Domain, setting: &Setting) -> Vec<Check> {
        let entity = self.domain_station().entity;
        let path = |gate| Check::gate(Why::NetworkPath, gate, entity.clone());
        let mut groups: Vec<String> = match setting.sharing {
            SharingType::Shared => domain.default_space_settings.security_groups.clone(),
            SharingType::Private => Vec::new(),
        };
        if groups.is_empty() {
            let all = domain.security_groups(self.profile());
            groups = all.into_iter().map(str::to_owned).collect();
        }
        let mut checks = vec![
            path(Gate::HasSubnets {
                n_subnets: domain.subnet_ids.len(),
            }),
            path(Gate::HasSecurityGroups {
                n_groups: groups.len(),
            }),
        ];
        let Some(vpc) = self.here.vpc(&domain.vpc_id) else {
            checks.push(path(Gate::RoutesAndEndpoints));
            return checks;
        };
        let public = |it: &&String| {
            let mut subnets = vpc.subnets.iter();
            subnets.any(|subnet| subnet.subnet_id == **it && subnet.is_public)
        };
        checks.push(path(Gate::PrivateSubnets {
            public: domain.subnet_ids.iter().filter(public).cloned().collect(),
        }));
        let route = self.route(vpc);
        let way_out = |services: &[&str]| {
            path(Gate::WayOut {
                nat_gateway: vpc.nat_gateway,
                missing: route.missing(services),
            })
        };
        checks.push(way_out(&NEEDED));
        checks.push(way_out(&WANTED).wanted());
        let has = |fact: fn(&crate::world::SecurityGroup) -> bool| {
            let mut known = vpc.security_groups.iter();
            known.any(|it| groups.contains(&it.group_id) && fact(it))
        };
        let (nfs, apps) = (has(|it| it.allows_nfs), has(|it| it.allows_apps));
        checks.push(path(Gate::NfsPort {
            groups: groups.clone(),
            is_open: nfs,
        }));
        // The newer apps run in one container and talk to nobody next door.
        let talks = matches!(
            setting.app.app_type,
            AppType::JupyterServer | AppType::KernelGateway
        );
        let ports = path(Gate::AppPorts {
            groups,
            is_open: apps,
        });
        checks.push(if talks { ports } else { ports.wanted() });
        checks
    }
}
