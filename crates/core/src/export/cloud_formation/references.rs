//! How what AWS gives an id is referred to: in properties, and in the midst of a policy's text.
//!
//! INVARIANT: a text refers only to what ranks lower than what it belongs to, and so does all that its
//! resource names or depends on: no resource waits for itself, by whatever way. What belongs to users
//! and roles themselves refers to parameters alone, for their stack may be an earlier one.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::{
    export::{
        cloud_formation::{Template, iam::LatePolicy},
        document,
        ids::{IdOf, Ids, Piece, Rank},
        network, old_ids,
    },
    names::Arn,
    world::Account,
};

/// Logical ids of what is built, in the order of the world; nothing for what is left out.
#[derive(Debug, Default)]
pub(super) struct References {
    ids: Ids,
    by_id: BTreeMap<String, (Rank, Value)>,
    networks: BTreeMap<(IdOf, String), (String, Value)>,
    parameters: BTreeMap<String, Value>,
    keys: Vec<Option<String>>,
    domains: Vec<Option<String>>,
    endpoints: Vec<Option<String>>,
    /// Managed policies that are attached once all else is there.
    pub(super) late: BTreeMap<Arn, LatePolicy>,
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

    /// The logical id of a network.
    pub(super) fn network(&self, of: IdOf, id: &str) -> Option<&str> {
        let own = self.networks.get(&(of, id.to_owned()))?;
        Some(&own.0)
    }

    fn refer(&mut self, id: &str, rank: Rank, value: Value) {
        self.by_id.entry(id.to_owned()).or_insert((rank, value));
    }
}

impl Template<'_> {
    /// Gives logical ids to whatever gets an id of AWS, before anything is written.
    pub(super) fn refer_to(&mut self, account: &Account) {
        self.references.ids = Ids::of(account);
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
                let parameters = &mut self.references.parameters;
                parameters.insert(logical.clone(), parameter);
            } else if of == IdOf::SecurityGroup {
                value = json!({ "Fn::GetAtt": [logical, "GroupId"] });
            }
            self.references.refer(id, rank, value.clone());
            let networks = &mut self.references.networks;
            networks.insert((of, id.to_owned()), (logical, value));
        }
        for key in &account.keys {
            let is_built = document(key.policy.as_str()).is_some();
            let id = is_built.then(|| self.logical_id("Key", key.name()));
            if let Some(id) = &id {
                let value = json!({ "Ref": id });
                self.references.refer(&key.key_id, Rank::Key, value);
            }
            self.references.keys.push(id);
        }
        for domain in &account.domains {
            let role = domain.default_user_settings.execution_role.as_ref();
            let is_built = role.is_some_and(|it| !it.is_empty());
            let id = is_built.then(|| self.logical_id("Domain", &domain.domain_name));
            if let Some(id) = &id {
                let value = json!({ "Ref": id });
                self.references
                    .refer(&domain.domain_id, Rank::Domain, value);
            }
            self.references.domains.push(id);
        }
        for endpoint in &account.vpc_endpoints {
            let policy = endpoint.policy.as_ref();
            let is_built = policy.is_none_or(|it| document(it.as_str()).is_some());
            let name = &endpoint.vpc_endpoint_id;
            let id = is_built.then(|| self.logical_id("Endpoint", name));
            if let Some(id) = &id {
                let value = json!({ "Ref": id });
                self.references.refer(name, Rank::Endpoint, value);
            }
            self.references.endpoints.push(id);
        }
    }

    /// A network's id by what has it, or as it was typed.
    pub(super) fn network(&self, of: IdOf, id: &str) -> Value {
        let own = self.references.networks.get(&(of, id.to_owned()));
        own.map_or_else(|| json!(id), |it| it.1.clone())
    }

    /// Whether a policy names ids of what is built.
    pub(super) fn names_ids(&self, policy: &Value) -> bool {
        match policy {
            Value::String(text) => self.references.ids.pieces(text).iter().any(|it| match it {
                Piece::Text(_) => false,
                Piece::Id(id) => {
                    let own = self.references.by_id.get(*id);
                    own.is_some_and(|it| it.0 > Rank::Given)
                }
            }),
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
                for piece in self.references.ids.pieces(text) {
                    match piece {
                        Piece::Text(text) => parts.push(json!(text)),
                        Piece::Id(id) => match self.references.by_id.get(id) {
                            Some((own, reference)) if *own < rank => {
                                refers = true;
                                parts.push(reference.clone());
                            }
                            _ => {
                                if !old.iter().any(|it| it == id) {
                                    old.push(id.to_owned());
                                }
                                parts.push(json!(id));
                            }
                        },
                    }
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
pub(super) fn parameters_in(template: &Value, references: &References) -> Map<String, Value> {
    let mut found = Map::new();
    let mut open = vec![template];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => {
                let id = map.get("Ref").and_then(Value::as_str);
                if let Some((id, parameter)) =
                    id.and_then(|it| references.parameters.get_key_value(it))
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
