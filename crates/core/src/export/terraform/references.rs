//! How what AWS gives an id is referred to: in arguments, and in the midst of a policy's text.
//!
//! INVARIANT: a text refers only to what ranks lower than what it belongs to, and so does all that its
//! resource names or depends on: no resource waits for itself, by whatever way.

use std::collections::BTreeMap;

use crate::{
    export::{
        ids::{IdOf, Ids, Piece, Rank},
        is_document, network, old_ids,
        terraform::{
            Config,
            hcl::{self, Body, quoted},
        },
    },
    world::{Account, Domain, PolicyText, VpcEndpoint},
};

/// Addresses of what is built, in the order of the world; nothing for what is left out.
#[derive(Debug, Default)]
pub(super) struct References {
    ids: Ids,
    by_id: BTreeMap<String, (Rank, String)>,
    networks: BTreeMap<(IdOf, String), String>,
    keys: Vec<Option<String>>,
    domains: Vec<Option<String>>,
    endpoints: Vec<Option<String>>,
}

impl References {
    pub(super) fn key(&self, idx: usize) -> Option<&str> {
        self.keys.get(idx)?.as_deref()
    }

    pub(super) fn domain(&self, idx: usize) -> Option<&str> {
        self.domains.get(idx)?.as_deref()
    }

    pub(super) fn endpoint(&self, idx: usize) -> Option<&str> {
        self.endpoints.get(idx)?.as_deref()
    }
}

impl Config<'_> {
    /// Gives addresses to whatever gets an id of AWS, before anything is written.
    pub(super) fn refer_to(&mut self, account: &Account) {
        self.references.ids = Ids::of(account);
        let foreign = network::foreign(account);
        for (id, of) in network::named(account) {
            let is_given = foreign.contains(&(id, of));
            let kind = match of {
                _ if is_given => "var",
                IdOf::Vpc => "aws_vpc",
                IdOf::Subnet => "aws_subnet",
                _ => "aws_security_group",
            };
            let mut expression = self.address(kind, id);
            if !is_given {
                expression += ".id";
            }
            let rank = if is_given { Rank::Given } else { Rank::Network };
            self.refer(id, rank, &expression);
            let networks = &mut self.references.networks;
            networks.insert((of, id.to_owned()), expression);
        }
        for key in &account.keys {
            let is_built = is_document(key.policy.as_str());
            let address = is_built.then(|| self.address("aws_kms_key", key.name()));
            if let Some(address) = &address {
                self.refer(&key.key_id, Rank::Key, &format!("{address}.key_id"));
            }
            self.references.keys.push(address);
        }
        for domain in &account.domains {
            let address =
                has_role(domain).then(|| self.address("aws_sagemaker_domain", &domain.domain_name));
            if let Some(address) = &address {
                self.refer(&domain.domain_id, Rank::Domain, &format!("{address}.id"));
            }
            self.references.domains.push(address);
        }
        for endpoint in &account.vpc_endpoints {
            let id = &endpoint.vpc_endpoint_id;
            let address = is_taken(endpoint).then(|| self.address("aws_vpc_endpoint", id));
            if let Some(address) = &address {
                self.refer(id, Rank::Endpoint, &format!("{address}.id"));
            }
            self.references.endpoints.push(address);
        }
    }

    fn refer(&mut self, id: &str, rank: Rank, expression: &str) {
        let by_id = &mut self.references.by_id;
        by_id
            .entry(id.to_owned())
            .or_insert((rank, expression.to_owned()));
    }

    /// A network's id by what has it, or as it was typed.
    pub(super) fn network(&self, of: IdOf, id: &str) -> String {
        let own = self.references.networks.get(&(of, id.to_owned()));
        own.map_or_else(|| quoted(id), String::clone)
    }

    /// A policy's text in an argument; ids that it cannot refer to stay, and that is said.
    pub(super) fn document(
        &mut self,
        body: Body,
        name: &'static str,
        (text, rank): (&PolicyText, Rank),
        what: &str,
    ) -> Body {
        let mut old = Vec::new();
        let pieces = self.references.ids.pieces(text.as_str()).into_iter();
        let pieces = pieces.map(|it| match it {
            Piece::Text(text) => hcl::Piece::Text(text),
            Piece::Id(id) => match self.references.by_id.get(id) {
                Some((own, expression)) if *own < rank => {
                    hcl::Piece::Expression(expression.clone())
                }
                _ => {
                    if !old.iter().any(|it| it == id) {
                        old.push(id.to_owned());
                    }
                    hcl::Piece::Text(id)
                }
            },
        });
        let pieces: Vec<hcl::Piece<'_>> = pieces.collect();
        let body = body.document(name, &pieces);
        if !old.is_empty() {
            self.left_out.push(old_ids(what, &old));
        }
        body
    }
}

fn has_role(domain: &Domain) -> bool {
    let role = domain.default_user_settings.execution_role.as_ref();
    role.is_some_and(|it| !it.is_empty())
}

fn is_taken(endpoint: &VpcEndpoint) -> bool {
    let policy = endpoint.policy.as_ref();
    policy.is_none_or(|it| is_document(it.as_str()))
}
