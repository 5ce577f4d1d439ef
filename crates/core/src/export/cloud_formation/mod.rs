//! Templates of `CloudFormation`: a stack for one account, or several where it is too much for one, and
//! one for the organization's policies.
//!
//! What one resource needs of another it names by `Ref` or `Fn::GetAtt`, so that `CloudFormation` makes
//! them in an order that works; a policy that names an ARN in its text does so as it was typed, but for
//! ids that AWS gives anew, and `DependsOn` says what must be there first. A text that is no JSON object
//! cannot stand in a template and is listed under `Metadata`, with all else that is left out.

mod iam;
mod network;
mod references;
mod resource;
mod sagemaker;
mod stacks;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use self::{
    references::{Others, parameters_in},
    stacks::{Resources, is_too_much, stacks},
};
use crate::{
    export::{
        document, no_document,
        order::{Principals, Written},
        organization::{attachments, is_of_aws, policy_type, tree},
        printable,
        references::References,
    },
    world::{Account, PolicyText, World},
};

/// What one account has, as JSON.
pub(super) fn account(world: &World, account: &Account, left_out: &mut Vec<String>) -> Vec<String> {
    let mut template = Template::new(world, left_out);
    template.written.principals = Some(Principals::of(world, account));
    template.refer_to(account);
    crate::export::network::said(account, "the parameters", template.left_out);
    template.networks(account);
    template.managed_policies(account);
    template.groups_and_users(account);
    template.roles(account);
    template.attach_late_policies();
    template.services(account);
    template.endpoints(account);
    for (idx, domain) in account.domains.iter().enumerate() {
        template.domain(idx, domain);
    }
    template.finish(&format!("Account {}", account.account))
}

/// The organization's policies, as JSON.
pub(super) fn organization(world: &World, left_out: &mut Vec<String>) -> Vec<String> {
    let mut template = Template::new(world, left_out);
    let Some(organization) = &world.organization else {
        return Vec::new();
    };
    template.left_out.extend(tree(organization));
    for policy in &organization.policies {
        let what = format!("policy `{}` of the organization", policy.name);
        if is_of_aws(policy.kind, &policy.name) {
            continue;
        }
        let Some(content) = template.document(&policy.document, &what) else {
            continue;
        };
        let attached = attachments(organization).into_iter();
        let attached = attached.filter(|it| it.kind == policy.kind && it.name == policy.name);
        let targets: Vec<&str> = attached.map(|it| it.target).collect();
        let properties = properties([
            ("Name", json!(policy.name)),
            ("Type", json!(policy_type(policy.kind))),
            ("Content", content),
            ("TargetIds", json!(targets)),
        ]);
        let sort = "AWS::Organizations::Policy";
        template.add("OrganizationPolicy", &policy.name, sort, properties);
    }
    template.finish(&format!("Organization {}", organization.id))
}

struct Template<'a> {
    world: &'a World,
    left_out: &'a mut Vec<String>,
    resources: Resources,
    /// Logical ids in the order in which they came.
    order: Vec<String>,
    /// Names and ARNs that are known beforehand, by logical id.
    literals: BTreeMap<String, Value>,
    /// Logical ids that are taken, by resources on their way too.
    taken: BTreeSet<String>,
    written: Written,
    references: References<Value>,
    others: Others,
}

impl<'a> Template<'a> {
    fn new(world: &'a World, left_out: &'a mut Vec<String>) -> Self {
        Self {
            world,
            left_out,
            resources: BTreeMap::new(),
            order: Vec::new(),
            literals: BTreeMap::new(),
            taken: BTreeSet::new(),
            written: Written::default(),
            references: References::default(),
            others: Others::default(),
        }
    }

    /// The templates, in the order in which their stacks are to be made.
    fn finish(self, description: &str) -> Vec<String> {
        let stacks = stacks(&self.order, self.resources, &self.literals);
        let n_stacks = stacks.len();
        if stacks.iter().any(is_too_much) {
            self.left_out.push(
                "room in the last stack: it has more than CloudFormation takes; take some of its resources out and make them in another"
                    .to_owned(),
            );
        }
        let mut texts = Vec::new();
        for (idx, resources) in stacks.into_iter().enumerate() {
            let mut description = description.to_owned();
            if n_stacks > 1 {
                description = format!("{description}, stack {} of {n_stacks}", idx + 1);
            }
            let mut whole = json!({
                "AWSTemplateFormatVersion": "2010-09-09",
                "Description": description,
                "Resources": resources,
            });
            let parameters = parameters_in(&whole, &self.others);
            if let Some(map) = whole.as_object_mut() {
                if !self.left_out.is_empty() {
                    let left_out = json!({ "LeftOut": self.left_out });
                    map.insert("Metadata".to_owned(), left_out);
                }
                if !parameters.is_empty() {
                    map.insert("Parameters".to_owned(), Value::Object(parameters));
                }
            }
            let mut text = serde_json::to_string_pretty(&whole).unwrap_or_default();
            text.push('\n');
            texts.push(printable(&text));
        }
        texts
    }

    /// A logical id that nothing else has: letters and digits only.
    fn logical_id(&mut self, kind: &str, name: &str) -> String {
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let plain: String = plain.chars().take(200).collect();
        let mut id = format!("{kind}{plain}");
        let mut n = 2;
        while !self.taken.insert(id.clone()) {
            id = format!("{kind}{plain}x{n}");
            n += 1;
        }
        id
    }

    /// Adds a resource under a logical id of its own.
    fn add(
        &mut self,
        kind: &str,
        name: &str,
        resource: &str,
        properties: Map<String, Value>,
    ) -> String {
        let id = self.logical_id(kind, name);
        self.put(&id, resource, properties);
        id
    }

    fn put(&mut self, id: &str, resource: &str, properties: Map<String, Value>) {
        let mut whole = json!({ "Type": resource });
        if let Some(map) = whole.as_object_mut()
            && !properties.is_empty()
        {
            map.insert("Properties".to_owned(), Value::Object(properties));
        }
        self.resources.insert(id.to_owned(), whole);
        self.order.push(id.to_owned());
    }

    /// A policy as JSON; what is no JSON object is said and left out.
    fn document(&mut self, text: &PolicyText, what: &str) -> Option<Value> {
        let read = document(text.as_str());
        if read.is_none() {
            self.left_out.push(no_document(what));
        }
        read
    }

    /// Puts the users and roles that a text names in front of a resource.
    fn after_named(&mut self, id: &str, text: &PolicyText) {
        let needs = self.written.named(text);
        self.after(id, &needs);
    }

    fn after(&mut self, id: &str, needs: &[String]) {
        if let Some(map) = self.resources.get_mut(id).and_then(Value::as_object_mut)
            && !needs.is_empty()
        {
            map.insert("DependsOn".to_owned(), json!(needs));
        }
    }
}

/// Properties without those that say nothing.
fn properties(all: impl IntoIterator<Item = (&'static str, Value)>) -> Map<String, Value> {
    let says_something = |it: &Value| match it {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    };
    let kept = all.into_iter().filter(|(_, it)| says_something(it));
    kept.map(|(key, it)| (key.to_owned(), it)).collect()
}
