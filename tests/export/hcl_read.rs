//! Reads a configuration of Terraform: its blocks evaluated but for references, and the ids of the world
//! where a text has references in its midst.

use std::collections::BTreeMap;

use hcl::{
    Expression, Structure,
    eval::{Context, Evaluate},
    expr::TraversalOperator,
};
use rolewalk_core::world::Account;
use serde_json::{Value, json};

use crate::facts;

/// A block's arguments, evaluated but for references, and its blocks.
#[derive(Debug, Default)]
pub(crate) struct Block {
    pub(crate) arguments: BTreeMap<String, Value>,
    pub(crate) blocks: BTreeMap<String, Block>,
}

/// In place of a reference: what nothing that is read can be.
pub(crate) fn reference(address: &str) -> Value {
    json!({ "\u{0}": address })
}

/// Ids of the world by the addresses of what has others now.
pub(crate) type Ids = BTreeMap<String, String>;

/// What stands in place of the ids: `aws_vpc.name.id` and the like, and variables.
fn context(ids: &Ids) -> Context<'static> {
    let mut kinds: BTreeMap<&str, BTreeMap<&str, hcl::Value>> = BTreeMap::new();
    for (address, id) in ids {
        let (kind, label) = address.split_once('.').unwrap();
        let value = match kind {
            "var" => hcl::Value::from(id.as_str()),
            "aws_kms_key" => [("key_id", id.as_str())].into_iter().collect(),
            _ => [("id", id.as_str())].into_iter().collect(),
        };
        kinds.entry(kind).or_default().insert(label, value);
    }
    let mut context = Context::new();
    for (kind, values) in kinds {
        let values: hcl::Value = values.into_iter().collect();
        context.declare_var(hcl::Identifier::new(kind).unwrap(), values);
    }
    context
}

fn value(expression: &Expression, context: &Context<'_>) -> Value {
    match expression {
        Expression::Array(items) => items.iter().map(|it| value(it, context)).collect(),
        Expression::Traversal(it) => {
            let Expression::Variable(first) = &it.expr else {
                panic!("{it:?}");
            };
            let mut address = first.as_str().to_owned();
            for operator in &it.operators {
                let TraversalOperator::GetAttr(name) = operator else {
                    panic!("{it:?}");
                };
                address = format!("{address}.{}", name.as_str());
            }
            reference(&address)
        }
        other => {
            let value = other.evaluate(context).unwrap();
            serde_json::to_value(value).unwrap()
        }
    }
}

fn block(body: &hcl::Body, context: &Context<'_>) -> Block {
    let mut read = Block::default();
    for it in body {
        match it {
            Structure::Attribute(it) => {
                let old = read
                    .arguments
                    .insert(it.key.to_string(), value(&it.expr, context));
                assert_eq!(old, None, "{}", it.key);
            }
            Structure::Block(it) => {
                let old = read
                    .blocks
                    .insert(it.identifier.to_string(), block(&it.body, context));
                assert!(old.is_none(), "{}", it.identifier);
            }
        }
    }
    read
}

/// The blocks of a configuration that have an address, in order.
pub(crate) fn addresses(text: &str) -> Vec<(String, hcl::Block)> {
    let mut all = Vec::new();
    for it in hcl::parse(text).unwrap() {
        let Structure::Block(it) = it else {
            panic!("{it:?}");
        };
        let labels: Vec<&str> = it.labels.iter().map(hcl::BlockLabel::as_str).collect();
        let address = match it.identifier.as_str() {
            "resource" => labels.join("."),
            "variable" => format!("var.{}", labels[0]),
            _ => continue,
        };
        all.push((address, it));
    }
    all
}

/// Resources by their addresses.
pub(crate) fn resources(text: &str, ids: &Ids) -> BTreeMap<String, Block> {
    let context = context(ids);
    let mut all = BTreeMap::new();
    for (address, it) in addresses(text) {
        if it.identifier.as_str() == "resource" {
            let old = all.insert(address.clone(), block(&it.body, &context));
            assert!(old.is_none(), "{address}");
        }
    }
    all
}

/// Whose id stands behind which address: things of a kind come in the order of the world.
pub(crate) fn ids(text: &str, account: &Account) -> Ids {
    let is_document = |text: &str| facts::document(text).is_some();
    let keys = account.keys.iter();
    let keys = keys.filter(|it| is_document(it.policy.as_str()));
    let domains = account.domains.iter().filter(|it| {
        let role = it.default_user_settings.execution_role.as_ref();
        role.is_some_and(|it| !it.is_empty())
    });
    let endpoints = account.vpc_endpoints.iter().filter(|it| {
        let policy = it.policy.as_ref();
        policy.is_none_or(|it| is_document(it.as_str()))
    });
    let subnets = account.vpcs.iter().flat_map(|it| &it.subnets);
    let groups = account.vpcs.iter().flat_map(|it| &it.security_groups);
    let all = addresses(text);
    let mut ids = Ids::new();
    for (kind, own) in [
        (
            "aws_kms_key.",
            keys.map(|it| it.key_id.clone()).collect::<Vec<_>>(),
        ),
        (
            "aws_sagemaker_domain.",
            domains.map(|it| it.domain_id.clone()).collect(),
        ),
        (
            "aws_vpc_endpoint.",
            endpoints.map(|it| it.vpc_endpoint_id.clone()).collect(),
        ),
        (
            "aws_vpc.",
            account.vpcs.iter().map(|it| it.vpc_id.clone()).collect(),
        ),
        (
            "aws_subnet.",
            subnets.map(|it| it.subnet_id.clone()).collect(),
        ),
        (
            "aws_security_group.",
            groups.map(|it| it.group_id.clone()).collect(),
        ),
    ] {
        let addresses = all.iter().map(|it| &it.0).filter(|it| it.starts_with(kind));
        assert_eq!(addresses.clone().count(), own.len(), "{kind}");
        ids.extend(addresses.cloned().zip(own));
    }
    for (address, it) in &all {
        if address.starts_with("var.") {
            let default = it.body.attributes().find(|it| it.key() == "default");
            let default = value(default.unwrap().expr(), &Context::new());
            ids.insert(address.clone(), default.as_str().unwrap().to_owned());
        }
    }
    ids
}

impl Block {
    pub(crate) fn get(&self, name: &str) -> Value {
        self.arguments.get(name).cloned().unwrap_or_default()
    }

    pub(crate) fn text(&self, name: &str) -> Value {
        json!(self.get(name).as_str().unwrap_or_default())
    }

    pub(crate) fn tags(&self) -> Value {
        let tags = self.get("tags");
        if tags.is_null() { json!({}) } else { tags }
    }

    pub(crate) fn policy(&self, name: &str) -> Value {
        self.get(name)
            .as_str()
            .map_or(Value::Null, |it| facts::document(it).unwrap())
    }
}
