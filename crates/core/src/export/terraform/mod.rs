//! A configuration of Terraform for the provider `hashicorp/aws`: one for each account.
//!
//! What one resource needs of another it names by reference, so that Terraform makes them in an order
//! that works. A policy stands in a heredoc, as it was typed but for ids that AWS gives anew, which it
//! names by reference; it names ARNs by their text, and what must be there first is said by
//! `depends_on`. A text that is no JSON object is refused by the provider and left out.
//!
//! <https://registry.terraform.io/providers/hashicorp/aws/latest/docs>

mod hcl;
mod iam;
mod network;
mod normal_form;
mod organization;
mod references;
mod resource;
mod sagemaker;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use self::hcl::{Body, quoted, write_block};
use crate::{
    export::{
        ids::IdOf,
        is_document,
        order::{Principals, Written},
        references::References,
        without_line_ends,
    },
    names::Arn,
    world::{Account, PolicyText, World},
};

/// What one account has.
pub(super) fn account(world: &World, account: &Account, left_out: &mut Vec<String>) -> String {
    let mut config = Config::new(world, left_out);
    config.written.principals = Some(Principals::of(world, account));
    config.refer_to(account);
    crate::export::network::said(account, "the defaults of the variables", config.left_out);
    config.left_out.extend(normal_form::changed(account));
    config.networks(account);
    config.managed_policies(account);
    config.groups_and_users(account);
    config.roles(account);
    config.keys(account);
    config.grants(account);
    config.buckets(account);
    config.others(account);
    for (idx, domain) in account.domains.iter().enumerate() {
        config.domain(idx, domain);
    }
    let title = format!("Account {}", account.account);
    config.finish(&title, account.account.as_str())
}

/// The organization's policies.
pub(super) fn organization(world: &World, left_out: &mut Vec<String>) -> String {
    let mut config = Config::new(world, left_out);
    let Some(organization) = &world.organization else {
        return String::new();
    };
    config.organization(organization);
    let title = format!("Organization {}", organization.id);
    config.finish(&title, organization.management_account.as_str())
}

/// A configuration on its way.
struct Config<'a> {
    world: &'a World,
    left_out: &'a mut Vec<String>,
    out: String,
    addresses: BTreeSet<String>,
    written: Written,
    references: References<String>,
    /// What stands for the id of each network.
    networks: BTreeMap<(IdOf, String), String>,
}

impl<'a> Config<'a> {
    fn new(world: &'a World, left_out: &'a mut Vec<String>) -> Self {
        Self {
            world,
            left_out,
            out: String::new(),
            addresses: BTreeSet::new(),
            written: Written::default(),
            references: References::default(),
            networks: BTreeMap::new(),
        }
    }

    /// The provider in front, and what is left out.
    fn finish(self, title: &str, account: &str) -> String {
        let mut out = format!("# {}\n", without_line_ends(title));
        for it in self.left_out.iter() {
            let _ = writeln!(out, "# Left out: {}", without_line_ends(it));
        }
        let aws = "{\n      source  = \"hashicorp/aws\"\n      version = \">= 5.100\"\n    }";
        let _ = writeln!(
            out,
            "\nterraform {{\n  required_providers {{\n    aws = {aws}\n  }}\n}}\n"
        );
        let provider = Body::default()
            .text("region", &self.world.region)
            .list("allowed_account_ids", &[quoted(account)]);
        write_block(&mut out, "provider \"aws\"", &provider, 0);
        out + &self.out
    }

    /// An address that nothing else has, such as `aws_iam_role.studio`.
    fn address(&mut self, kind: &str, name: &str) -> String {
        let plain = |it: char| match it {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' => it,
            _ => '_',
        };
        let mut label: String = name.chars().map(plain).take(120).collect();
        if !label.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_') {
            label.insert(0, '_');
        }
        let mut address = format!("{kind}.{label}");
        let mut n = 2;
        while !self.addresses.insert(address.clone()) {
            address = format!("{kind}.{label}_{n}");
            n += 1;
        }
        address
    }

    fn resource(&mut self, address: &str, body: &Body) {
        let (kind, label) = address.split_once('.').unwrap_or((address, "_"));
        self.out.push('\n');
        let header = format!("resource \"{kind}\" \"{label}\"");
        write_block(&mut self.out, &header, body, 0);
    }

    /// A resource that nothing names.
    fn add(&mut self, kind: &str, name: &str, body: &Body) {
        let address = self.address(kind, name);
        self.resource(&address, body);
    }

    /// Whether the provider takes the text; what it would refuse is said.
    fn takes(&mut self, text: &PolicyText, what: &str) -> bool {
        let takes = is_document(text.as_str());
        if !takes {
            self.left_out.push(crate::export::no_document(what));
        }
        takes
    }

    /// A managed policy by the resource that makes it, else by its ARN.
    fn policy(&self, arn: &Arn) -> String {
        let own = self.written.policies.get(arn);
        own.map_or_else(|| quoted(arn.as_str()), |it| format!("{it}.arn"))
    }

    /// A role by the resource that makes it, else as it was typed.
    fn role(&self, arn: &str) -> String {
        let own = self.written.role_arns.get(arn);
        own.map_or_else(|| quoted(arn), |it| format!("{it}.arn"))
    }

    /// A key by the resource that makes it, else as it was typed.
    fn key(&self, id: &str) -> String {
        let own = self.written.keys.get(id);
        own.map_or_else(|| quoted(id), |it| format!("{it}.arn"))
    }
}
