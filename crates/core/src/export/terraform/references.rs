//! How what AWS gives an id is referred to: in arguments, and in the midst of a policy's text.

use crate::{
    export::{
        ids::{IdOf, Piece, Rank},
        network, old_ids,
        references::{self, Kind},
        terraform::{
            Config,
            hcl::{self, Body, quoted},
        },
    },
    world::{Account, PolicyText},
};

impl Config<'_> {
    /// Gives addresses to whatever gets an id of AWS, before anything is written.
    pub(super) fn refer_to(&mut self, account: &Account) {
        self.references.begin(account);
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
            self.references.refer(id, rank, expression.clone());
            self.networks.insert((of, id.to_owned()), expression);
        }
        for it in references::with_ids(account) {
            let (kind, attribute) = match it.kind {
                Kind::Key => ("aws_kms_key", "key_id"),
                Kind::Domain => ("aws_sagemaker_domain", "id"),
                Kind::Endpoint => ("aws_vpc_endpoint", "id"),
            };
            let built = it.is_built.then(|| {
                let address = self.address(kind, it.name);
                let expression = format!("{address}.{attribute}");
                (address, expression)
            });
            self.references.add(it, built);
        }
    }

    /// A network's id by what has it, or as it was typed.
    pub(super) fn network(&self, of: IdOf, id: &str) -> String {
        let own = self.networks.get(&(of, id.to_owned()));
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
        let pieces = self.references.pieces(text.as_str()).into_iter();
        let pieces = pieces.map(|it| match it {
            Piece::Text(text) => hcl::Piece::Text(text),
            Piece::Id(id) => match self.references.instead(id, rank, &mut old) {
                Some(expression) => hcl::Piece::Expression(expression.clone()),
                None => hcl::Piece::Text(id),
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
