//! VPCs, subnets and security groups; variables for those that the world does not have.
//!
//! <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc>

use crate::{
    by_name::Tags,
    export::{
        ids::IdOf,
        network::{addresses, foreign, ports},
        terraform::{
            Config,
            hcl::{Body, quoted, write_block},
        },
    },
    world::{Account, SecurityGroup, Vpc},
};

impl Config<'_> {
    pub(super) fn networks(&mut self, account: &Account) {
        for (id, of) in foreign(account) {
            let what = match of {
                IdOf::Vpc => "VPC",
                IdOf::Subnet => "subnet",
                _ => "security group",
            };
            let name = self.network(of, id);
            let name = name.strip_prefix("var.").unwrap_or(&name);
            let description = format!("The {what} of the account in place of {id}");
            let body = Body::default()
                .text("description", &description)
                .bare("type", "string")
                .bare("default", quoted(id));
            self.out.push('\n');
            write_block(&mut self.out, &format!("variable \"{name}\""), &body, 0);
        }
        for (place, vpc) in account.vpcs.iter().enumerate() {
            self.vpc(place, vpc);
        }
    }

    fn vpc(&mut self, place: usize, vpc: &Vpc) {
        let (whole, parts) = addresses(place, vpc);
        let named = |id: &str| Tags::from([("Name".to_owned(), id.to_owned())]);
        let vpc_id = self.network(IdOf::Vpc, &vpc.vpc_id);
        // Names of file systems and of endpoints are found only so.
        let body = Body::default()
            .text("cidr_block", &whole)
            .bare("enable_dns_hostnames", "true")
            .map("tags", &named(&vpc.vpc_id));
        self.resource(of_id(&vpc_id), &body);
        for (subnet, part) in vpc.subnets.iter().zip(parts) {
            let own = self.network(IdOf::Subnet, &subnet.subnet_id);
            let body = Body::default()
                .bare("vpc_id", &vpc_id)
                .text("cidr_block", &part)
                .map("tags", &named(&subnet.subnet_id));
            self.resource(of_id(&own), &body);
        }
        for group in &vpc.security_groups {
            let own = self.network(IdOf::SecurityGroup, &group.group_id);
            let body = Body::default()
                .text("description", "For SageMaker Studio")
                .bare("vpc_id", &vpc_id)
                .map("tags", &named(&group.group_id));
            self.resource(of_id(&own), &body);
            self.rules(&own, group);
        }
    }

    /// What comes from its members, and what goes out: everything, as AWS has it where nobody says
    /// otherwise.
    fn rules(&mut self, group_id: &str, group: &SecurityGroup) {
        for (from, to) in ports(group) {
            let body = Body::default()
                .bare("security_group_id", group_id)
                .bare("referenced_security_group_id", group_id)
                .text("ip_protocol", "tcp")
                .bare("from_port", from.to_string())
                .bare("to_port", to.to_string());
            let label = format!("{}_{from}", group.group_id);
            self.add("aws_vpc_security_group_ingress_rule", &label, &body);
        }
        let body = Body::default()
            .bare("security_group_id", group_id)
            .text("ip_protocol", "-1")
            .text("cidr_ipv4", "0.0.0.0/0");
        let kind = "aws_vpc_security_group_egress_rule";
        self.add(kind, &group.group_id, &body);
    }
}

/// The address of what has the id.
fn of_id(expression: &str) -> &str {
    expression.strip_suffix(".id").unwrap_or(expression)
}
