//! How what AWS gives an id is referred to: in properties, and in the midst of a policy's text.
//!
//! Invariant: what belongs to users and roles themselves refers to parameters alone, for their stack may be an earlier one.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::{
    export::{
        cloud_formation::{Template, iam::LatePolicy},
        ids::{IdOf, Piece, Rank},
        network, old_ids,
        references::{self, Kind},
    },
    names::Arn,
    world::Account,
};

/// What templates refer to besides what has an id of its own.
#[derive(Debug, Default)]
pub(super) struct Others {
    networks: BTreeMap<(IdOf, String), (String, Value)>,
    parameters: BTreeMap<String, Value>,
    /// Managed policies that are attached once all else is there.
    pub(super) late: BTreeMap<Arn, LatePolicy>,
}

impl Others {
    /// The logical id of a network.
    pub(super) fn network(&self, of: IdOf, id: &str) -> Option<&str> {
        let own = self.networks.get(&(of, id.to_owned()))?;
        Some(&own.0)
    }
}

impl Template<'_> {
    /// Gives logical ids to whatever gets an id of AWS, before anything is written.
    pub(super) fn refer_to(&mut self, account: &Account) {
        self.references.begin(account);
        let foreign = network::foreign(account);
        for (id, of) in network::named(account) {
            let is_given = foreign.contains(&(id, of));
            let (kind, what, sort) = match of {
                IdOf::Vpc => ("Vpc", "VPC", "AWS::EC2::VPC::Id"),
                IdOf::Subnet => ("Subnet", "subnet", "AWS::EC2::Subnet::Id"),
                _ => (
                    "SecurityGroup",
                    "security group",
                    "AWS::EC2::SecurityGroup::Id",
                ),
            };
            let logical = self.logical_id(kind, id);
            let mut value = json!({ "Ref": logical });
            let mut rank = Rank::Network;
            if is_given {
                rank = Rank::Given;
                let description = format!("The {what} of the account in place of {id}");
                let parameter = json!({ "Type": sort, "Default": id, "Description": description });
                let parameters = &mut self.others.parameters;
                parameters.insert(logical.clone(), parameter);
            } else if of == IdOf::SecurityGroup {
                value = json!({ "Fn::GetAtt": [logical, "GroupId"] });
            }
            self.references.refer(id, rank, value.clone());
            let networks = &mut self.others.networks;
            networks.insert((of, id.to_owned()), (logical, value));
        }
        for it in references::with_ids(account) {
            let kind = match it.kind {
                Kind::Key => "Key",
                Kind::Domain => "Domain",
                Kind::Endpoint => "Endpoint",
            };
            let built = it.is_built.then(|| {
                let logical = self.logical_id(kind, it.name);
                let value = json!({ "Ref": logical });
                (logical, value)
            });
            self.references.add(it, built);
        }
    }

    /// A network's id by what has it, or as it was typed.
    pub(super) fn network(&self, of: IdOf, id: &str) -> Value {
        let own = self.others.networks.get(&(of, id.to_owned()));
        own.map_or_else(|| json!(id), |it| it.1.clone())
    }

    /// Whether a policy names ids of what is built.
    pub(super) fn names_ids(&self, policy: &Value) -> bool {
        match policy {
            Value::String(text) => self.references.has_id_of_built(text),
            Value::Array(items) => items.iter().any(|it| self.names_ids(it)),
            Value::Object(map) => map.values().any(|it| self.names_ids(it)),
            _ => false,
        }
    }

    /// A policy with references in place of ids; ids that it cannot refer to stay, and that is said.
    pub(super) fn with_ids(&mut self, mut policy: Value, rank: Rank, what: &str) -> Value {
        let mut old = Vec::new();
        self.put_ids(&mut policy, rank, &mut old);
        if !old.is_empty() {
            self.left_out.push(old_ids(what, &old));
        }
        policy
    }

    /// `Fn::Join` and not `Fn::Sub`: policies have variables of their own, which look the same.
    fn put_ids(&self, value: &mut Value, rank: Rank, old: &mut Vec<String>) {
        match value {
            Value::String(text) => {
                let mut parts: Vec<Value> = Vec::new();
                let mut refers = false;
                for piece in self.references.pieces(text) {
                    let reference = match piece {
                        Piece::Text(_) => None,
                        Piece::Id(id) => self.references.instead(id, rank, old),
                    };
                    refers |= reference.is_some();
                    let (Piece::Text(text) | Piece::Id(text)) = piece;
                    parts.push(reference.map_or_else(|| json!(text), Value::clone));
                }
                match &parts[..] {
                    [whole] if refers => *value = whole.clone(),
                    _ if refers => *value = json!({ "Fn::Join": ["", parts] }),
                    _ => {}
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|it| self.put_ids(it, rank, old)),
            Value::Object(map) => map.values_mut().for_each(|it| self.put_ids(it, rank, old)),
            _ => {}
        }
    }
}

/// The parameters that a template refers to.
pub(super) fn parameters_in(template: &Value, others: &Others) -> Map<String, Value> {
    let mut found = Map::new();
    let mut open = vec![template];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => {
                let id = map.get("Ref").and_then(Value::as_str);
                if let Some((id, parameter)) = id.and_then(|it| others.parameters.get_key_value(it))
                {
                    found.insert(id.clone(), parameter.clone());
                }
                open.extend(map.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found
}
