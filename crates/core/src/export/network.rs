//! The networks of an account in forms that build: which ids stand for networks that somebody else
//! has, and which addresses those get that are built.
//!
//! The world knows no addresses, so they are made up, and that is said. What is not in the world as a
//! thing is not built: whoever builds puts in ids of an own network. Invariant: no two subnets of a
//! VPC get the same addresses.

use crate::{
    export::{ids::IdOf, some},
    world::{Account, Domain, SecurityGroup, Vpc},
};

/// Ports that a security group opens among its members, first and last.
pub(super) type Ports = (u16, u16);

/// <https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-and-internet-access.html>
pub(super) fn ports(group: &SecurityGroup) -> Vec<Ports> {
    let nfs = group.allows_nfs.then_some((2049, 2049));
    let apps = group.allows_apps.then_some((8192, 65535));
    nfs.into_iter().chain(apps).collect()
}

/// The addresses of the VPC at that place in the account's list, and of its subnets.
///
/// <https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html>
pub(super) fn addresses(place: usize, vpc: &Vpc) -> (String, Vec<String>) {
    let second = place % 256;
    let n = vpc.subnets.len();
    let subnets = (0..n).map(|idx| match n {
        ..=16 => format!("10.{second}.{}.0/20", idx * 16),
        17..=256 => format!("10.{second}.{idx}.0/24"),
        // More than AWS lets there be.
        _ => format!("10.{second}.{}.{}/28", idx / 16 % 256, idx % 16 * 16),
    });
    (format!("10.{second}.0.0/16"), subnets.collect())
}

/// The ids of the networks that an account has.
pub(super) fn own(account: &Account) -> Vec<(&str, IdOf)> {
    let mut all = Vec::new();
    for vpc in &account.vpcs {
        all.push((vpc.vpc_id.as_str(), IdOf::Vpc));
        let subnets = vpc.subnets.iter();
        all.extend(subnets.map(|it| (it.subnet_id.as_str(), IdOf::Subnet)));
        let groups = vpc.security_groups.iter();
        all.extend(groups.map(|it| (it.group_id.as_str(), IdOf::SecurityGroup)));
    }
    all
}

/// Every id of a network that the account has or names, each once: first what it has.
pub(super) fn named(account: &Account) -> Vec<(&str, IdOf)> {
    let mut all = own(account);
    for domain in &account.domains {
        all.extend(of_domain(domain));
    }
    let endpoints = account.vpc_endpoints.iter();
    all.extend(endpoints.map(|it| (it.vpc_id.as_str(), IdOf::Vpc)));
    let mut unique: Vec<(&str, IdOf)> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for it in all {
        if !it.0.is_empty() && seen.insert(it) {
            unique.push(it);
        }
    }
    unique
}

/// Those that the account only names: somebody else has them.
pub(super) fn foreign(account: &Account) -> Vec<(&str, IdOf)> {
    let mut all = named(account);
    all.retain(|(id, of)| !is_built(account, id, *of));
    all
}

fn is_built(account: &Account, id: &str, of: IdOf) -> bool {
    match of {
        IdOf::Vpc => account.vpc(id).is_some(),
        IdOf::Subnet => account.subnet(id).is_some(),
        _ => account.security_group(id).is_some(),
    }
}

/// Where a domain lies, and what its apps are in.
fn of_domain(domain: &Domain) -> Vec<(&str, IdOf)> {
    let mut all = vec![(domain.vpc_id.as_str(), IdOf::Vpc)];
    all.extend(
        domain
            .subnet_ids
            .iter()
            .map(|it| (it.as_str(), IdOf::Subnet)),
    );
    let profiles = domain.user_profiles.iter();
    let groups = profiles.flat_map(|it| &it.user_settings.security_groups);
    let groups = groups
        .chain(&domain.default_user_settings.security_groups)
        .chain(&domain.default_space_settings.security_groups)
        .chain(&domain.domain_settings.security_group_ids);
    all.extend(groups.map(|it| (it.as_str(), IdOf::SecurityGroup)));
    all
}

/// What it takes before a domain can be built, and what of its network is not built.
pub(super) fn said(account: &Account, place_of_ids: &str, left_out: &mut Vec<String>) {
    for domain in &account.domains {
        let ids = of_domain(domain).into_iter();
        let foreign = ids.filter(|(id, of)| !id.is_empty() && !is_built(account, id, *of));
        let mut ids: Vec<String> = Vec::new();
        for (id, _) in foreign {
            if !ids.iter().any(|it| it == id) {
                ids.push(id.to_owned());
            }
        }
        if !ids.is_empty() {
            left_out.push(format!(
                "the network of domain `{}`: {} are not in the world; put the ids of a network of the account that you build in {place_of_ids}",
                domain.domain_name,
                some(&ids)
            ));
        }
    }
    for (place, vpc) in account.vpcs.iter().enumerate() {
        let mut ways = Vec::new();
        if vpc.nat_gateway {
            ways.push("its NAT gateway".to_owned());
        }
        if vpc.subnets.iter().any(|it| it.is_public) {
            ways.push("the internet gateway of its public subnets".to_owned());
        }
        if !vpc.endpoints.is_empty() {
            ways.push(format!("its endpoints for {}", some(&vpc.endpoints)));
        }
        let mut sentence = format!(
            "the addresses of network `{}`: the world does not have them, so `{}` is made up",
            vpc.vpc_id,
            addresses(place, vpc).0
        );
        if !ways.is_empty() {
            sentence += "; and its ways out, to be made by hand: ";
            sentence += &ways.join(", ");
        }
        left_out.push(sentence);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::world::Subnet;

    #[test]
    fn subnets_do_not_overlap() {
        for n in [1, 16, 17, 256, 257, 4096] {
            let subnet = Subnet {
                subnet_id: String::new(),
                is_public: false,
            };
            let vpc = Vpc {
                vpc_id: String::new(),
                subnets: vec![subnet; n],
                nat_gateway: false,
                endpoints: Vec::new(),
                security_groups: Vec::new(),
            };
            let (whole, subnets) = addresses(3, &vpc);
            assert_eq!(whole, "10.3.0.0/16");
            let first = |it: &String| {
                let (address, bits) = it.split_once('/').unwrap();
                let address: std::net::Ipv4Addr = address.parse().unwrap();
                let step = 1_u32 << (32 - bits.parse::<u32>().unwrap());
                let first = u32::from(address);
                assert_eq!(first % step, 0, "{it}");
                assert!(it.starts_with("10.3."));
                first
            };
            let all: BTreeSet<u32> = subnets.iter().map(first).collect();
            assert_eq!(all.len(), n);
        }
    }
}
