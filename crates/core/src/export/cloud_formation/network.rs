//! VPCs, subnets and security groups.
//!
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpc.html>

use serde_json::{Value, json};

use crate::{
    export::{
        cloud_formation::{Template, properties},
        ids::IdOf,
        network::{addresses, ports},
    },
    world::Account,
};

impl Template<'_> {
    pub(super) fn networks(&mut self, account: &Account) {
        let named = |id: &str| ("Tags", json!([{ "Key": "Name", "Value": id }]));
        for (place, vpc) in account.vpcs.iter().enumerate() {
            let (whole, parts) = addresses(place, vpc);
            let vpc_id = ("VpcId", self.network(IdOf::Vpc, &vpc.vpc_id));
            // Names of file systems and of endpoints are found only so.
            let own = [
                ("CidrBlock", json!(whole)),
                ("EnableDnsHostnames", json!(true)),
                ("EnableDnsSupport", json!(true)),
                named(&vpc.vpc_id),
            ];
            self.put_network(IdOf::Vpc, &vpc.vpc_id, "AWS::EC2::VPC", own);
            for (subnet, part) in vpc.subnets.iter().zip(parts) {
                let id = &subnet.subnet_id;
                let own = [vpc_id.clone(), ("CidrBlock", json!(part)), named(id)];
                self.put_network(IdOf::Subnet, id, "AWS::EC2::Subnet", own);
            }
            for group in &vpc.security_groups {
                let id = &group.group_id;
                let own = [
                    vpc_id.clone(),
                    ("GroupDescription", json!("For SageMaker Studio")),
                    named(id),
                ];
                let sort = "AWS::EC2::SecurityGroup";
                self.put_network(IdOf::SecurityGroup, id, sort, own);
                let itself = self.network(IdOf::SecurityGroup, id);
                for (from, to) in ports(group) {
                    let own = properties([
                        ("GroupId", itself.clone()),
                        ("SourceSecurityGroupId", itself.clone()),
                        ("IpProtocol", json!("tcp")),
                        ("FromPort", json!(from)),
                        ("ToPort", json!(to)),
                    ]);
                    let sort = "AWS::EC2::SecurityGroupIngress";
                    self.add("Ingress", &format!("{id}{from}"), sort, own);
                }
            }
        }
    }

    fn put_network<const N: usize>(
        &mut self,
        of: IdOf,
        id: &str,
        resource: &str,
        own: [(&'static str, Value); N],
    ) {
        let logical = self.others.network(of, id).map(str::to_owned);
        if let Some(logical) = logical {
            self.put(&logical, resource, properties(own));
        }
    }
}
