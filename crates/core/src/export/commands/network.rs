//! VPCs, subnets and security groups.

use std::fmt::Write;

use serde_json::json;

use crate::{
    export::{
        commands::{Options, Script, json, word::Word},
        ids::{IdOf, is_plain},
        network::{addresses, foreign, ports},
    },
    world::{Account, Vpc},
};

/// Those that the account has are made; for others their ids are asked for.
pub(super) fn networks(script: &mut Script, account: &Account) {
    let mut numbers = [0, 0, 0];
    let mut variable = |script: &mut Script, id: &str, of: IdOf| {
        let [vpcs, subnets, groups] = &mut numbers;
        let (word, n) = match of {
            IdOf::Vpc => ("VPC", vpcs),
            IdOf::Subnet => ("SUBNET", subnets),
            _ => ("SECURITY_GROUP", groups),
        };
        *n += 1;
        let variable = format!("{word}_{n}");
        script.variables.entry(id.to_owned()).or_insert(variable);
    };
    for vpc in &account.vpcs {
        variable(script, &vpc.vpc_id, IdOf::Vpc);
        for it in &vpc.subnets {
            variable(script, &it.subnet_id, IdOf::Subnet);
        }
        for it in &vpc.security_groups {
            variable(script, &it.group_id, IdOf::SecurityGroup);
        }
    }
    for (id, of) in foreign(account) {
        // What cannot be an id stays where it is: AWS refuses it, whatever stands in its place.
        if is_plain(id) {
            variable(script, id, of);
            if let Some(variable) = script.variables.get(id) {
                let id = Word::from(id).quoted();
                let _ = writeln!(script.asked, "{variable}={id}");
            }
            if script.variables.contains_key(id) {
                script.set.insert(id.to_owned());
            }
        }
    }
    for (place, vpc) in account.vpcs.iter().enumerate() {
        network(script, place, vpc);
    }
}

/// <https://docs.aws.amazon.com/cli/latest/reference/ec2/create-vpc.html>
fn network(script: &mut Script, place: usize, vpc: &Vpc) {
    let (whole, parts) = addresses(place, vpc);
    script.note(&format!("Network {}", vpc.vpc_id));
    let named = |kind: &str, id: &str| {
        let tags = json!([{ "ResourceType": kind, "Tags": [{ "Key": "Name", "Value": id }] }]);
        ("tag-specifications", Some(json(&tags)))
    };
    script.keep_id(
        &vpc.vpc_id,
        "ec2 create-vpc",
        "Vpc.VpcId",
        &[
            ("cidr-block", Some(whole.into())),
            named("vpc", &vpc.vpc_id),
        ],
    );
    let of_vpc = ("vpc-id", Some(script.id(&vpc.vpc_id)));
    // Names of file systems and of endpoints are found only so.
    let attribute = json!({ "Value": true });
    let options = [
        of_vpc.clone(),
        ("enable-dns-hostnames", Some(json(&attribute))),
    ];
    script.aws("ec2 modify-vpc-attribute", &options);
    for (subnet, part) in vpc.subnets.iter().zip(parts) {
        let options = [
            of_vpc.clone(),
            ("cidr-block", Some(part.into())),
            named("subnet", &subnet.subnet_id),
        ];
        let command = "ec2 create-subnet";
        script.keep_id(&subnet.subnet_id, command, "Subnet.SubnetId", &options);
    }
    for group in &vpc.security_groups {
        let id = &group.group_id;
        let options = [
            of_vpc.clone(),
            // AWS keeps names that begin with `sg-` for itself.
            ("group-name", Some(format!("rolewalk-{id}").into())),
            ("description", Some("For SageMaker Studio".into())),
            named("security-group", id),
        ];
        script.keep_id(id, "ec2 create-security-group", "GroupId", &options);
        for (from, to) in ports(group) {
            let itself = script.id(id);
            let options: &Options<'_> = &[
                ("group-id", Some(itself.clone())),
                ("protocol", Some("tcp".into())),
                ("port", Some(format!("{from}-{to}").into())),
                ("source-group", Some(itself)),
            ];
            script.aws("ec2 authorize-security-group-ingress", options);
        }
    }
}
