//! The end of a user profile, and of a domain with its network.
//!
//! Order is no matter of IAM: whoever may delete everything still has to delete apps before spaces,
//! spaces before profiles, profiles before the domain. Invariant: what is left over is a gate.
//!
//! <https://docs.aws.amazon.com/sagemaker/latest/dg/gs-studio-delete-domain.html>

use crate::{
    flow::{
        Check, DomainDeletion, Gate, Hop, HopKind, Place, RetentionType, Station, Why,
        caller::{Actor, Caller},
        walk::{Scene, Way},
        workload::call::place,
    },
    names::Arn,
    request::Resource,
    world::Domain,
};

impl Scene<'_> {
    pub(crate) fn delete_profile(&self, way: &mut Way, actor: &Actor) {
        let station = self.profile_station();
        let arn = self.profile_arn();
        let left = self.domain().map_or_else(Vec::new, |it| {
            left_of_profile(it, &self.choice.user_profile)
        });
        let deleted = (Place::UserProfile, "DeleteUserProfile", arn);
        way.then(self.delete(HopKind::DeleteProfile, actor, station, deleted, left));
    }

    /// The file system is deleted with the domain only where somebody asks for that.
    pub(crate) fn delete_domain(&self, way: &mut Way, actor: &Actor, it: DomainDeletion) {
        let station = self.domain_station();
        let arn = self.domain_arn();
        let left = self.domain().map_or_else(Vec::new, left_of_domain);
        let deleted = (Place::Domain, "DeleteDomain", arn);
        way.then(self.delete(HopKind::DeleteDomain, actor, station, deleted, left));
        if let (Some(domain), Ok(caller)) = (self.domain(), &actor.caller) {
            way.then(self.delete_vpc(actor, caller, domain, it));
        }
    }

    fn delete(
        &self,
        kind: HopKind,
        actor: &Actor,
        to: Station,
        (place, action, arn): (Place, &str, Option<Arn>),
        left: Vec<String>,
    ) -> Hop {
        let from = actor.station.clone();
        let caller = match &actor.caller {
            Ok(caller) => caller,
            Err(check) => return Hop::without(kind, from, to, check),
        };
        let mut checks = vec![Self::exists(&to)];
        if let Some(arn) = arn {
            let gate = Gate::NothingLeft {
                place,
                arn: arn.to_string(),
                left,
            };
            let resource = Resource::Arn(arn);
            let request = caller.request("sagemaker", action, resource, caller.context());
            checks.push(self.authorize(Why::Delete, request));
            checks.push(Check::gate(Why::DeletedBefore, gate, to.entity.clone()));
        }
        Hop::new(kind, from, to, caller.identity(), checks)
    }

    fn delete_vpc(
        &self,
        actor: &Actor,
        caller: &Caller,
        domain: &Domain,
        it: DomainDeletion,
    ) -> Hop {
        let ask = |action, kind: &str, id: &str| {
            let arn = self.regional_arn("ec2", &format!("{kind}/{id}"));
            let resource = Resource::Arn(arn);
            let request = caller.request("ec2", action, resource, caller.context());
            self.authorize(Why::Delete, request)
        };
        let subnets = domain.subnet_ids.iter();
        let mut checks: Vec<Check> = subnets
            .map(|it| ask("DeleteSubnet", "subnet", it))
            .collect();
        let gate = Gate::NoMountTargets {
            file_system: domain.home_efs_file_system_id.clone(),
            is_retained: it.home_efs_file_system == RetentionType::Retain,
            subnets: domain.subnet_ids.clone(),
        };
        let entity = self.domain_station().entity;
        checks.push(Check::gate(Why::DeletedBefore, gate, entity));
        checks.push(ask("DeleteVpc", "vpc", &domain.vpc_id));
        let to = place(Place::Network, &domain.vpc_id);
        let from = actor.station.clone();
        Hop::new(HopKind::DeleteVpc, from, to, caller.identity(), checks)
    }
}

/// A profile's own apps, those in its spaces, and its spaces.
fn left_of_profile(domain: &Domain, profile: &str) -> Vec<String> {
    let is_own = |name: &str| name.eq_ignore_ascii_case(profile);
    let spaces = || {
        let spaces = domain.spaces.iter();
        spaces.filter(|it| is_own(&it.owner_user_profile_name))
    };
    let in_own_space = |name: &str| spaces().any(|it| it.space_name == name);
    let apps = domain.apps.iter().filter(|it| {
        it.user_profile_name.as_deref().is_some_and(is_own)
            || it.space_name.as_deref().is_some_and(in_own_space)
    });
    let apps = apps.map(|it| format!("app {}", it.app_name));
    apps.chain(spaces().map(|it| format!("space {}", it.space_name)))
        .collect()
}

fn left_of_domain(domain: &Domain) -> Vec<String> {
    let apps = domain.apps.iter().map(|it| format!("app {}", it.app_name));
    let spaces = domain.spaces.iter();
    let spaces = spaces.map(|it| format!("space {}", it.space_name));
    let profiles = domain.user_profiles.iter();
    let profiles = profiles.map(|it| format!("user profile {}", it.user_profile_name));
    apps.chain(spaces).chain(profiles).collect()
}
