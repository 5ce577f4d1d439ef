//! Cuts what is too much for one template into several, for stacks that are made one after the other.
//!
//! A resource of an earlier stack is there when a later one is made, and IAM's names and ARNs are
//! known beforehand: they stand in place of references. Only IAM is cut; what else there is has ids
//! that nobody knows before, and stays together in the last stack, with the policies that refer to it.
//!
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// How many resources a template may have.
const MAX_RESOURCES: usize = 500;
/// How many bytes they may take: a template has a million, and something stands around them.
const MAX_BYTES: usize = 900_000;

/// What is behind a logical id: its resource.
pub(super) type Resources = BTreeMap<String, Value>;

/// The resources, stack by stack. `literals` has what `Ref` or `Fn::GetAtt` gives of those that can
/// be named from another stack.
pub(super) fn stacks(
    order: &[String],
    mut resources: Resources,
    literals: &BTreeMap<String, Value>,
) -> Vec<Resources> {
    if fits(resources.len(), resources.values().map(size).sum()) {
        return vec![resources];
    }
    let mut stacks: Vec<Resources> = Vec::new();
    let mut stack = Resources::new();
    let mut n_bytes = 0;
    let is_iam = |id: &String| {
        resources
            .get(id)
            .is_some_and(|it| is_of_iam_alone(it, &resources))
    };
    let (iam, rest): (Vec<String>, Vec<String>) =
        in_order(order, &resources).into_iter().partition(is_iam);
    for id in iam {
        let Some(resource) = resources.remove(&id) else {
            continue;
        };
        let own = size(&resource);
        if !fits(stack.len() + 1, n_bytes + own) {
            stacks.push(std::mem::take(&mut stack));
            n_bytes = 0;
        }
        n_bytes += own;
        stack.insert(id, resource);
    }
    if !rest.is_empty() && !stack.is_empty() {
        stacks.push(std::mem::take(&mut stack));
    }
    for id in rest {
        if let Some(resource) = resources.remove(&id) {
            stack.insert(id, resource);
        }
    }
    stacks.push(stack);
    for stack in &mut stacks {
        let own: BTreeSet<String> = stack.keys().cloned().collect();
        for resource in stack.values_mut() {
            cut_off(resource, &own, literals);
        }
    }
    stacks
}

/// Whether it is too much for `CloudFormation` even so.
pub(super) fn is_too_much(stack: &Resources) -> bool {
    !fits(stack.len(), stack.values().map(size).sum())
}

const fn fits(n_resources: usize, n_bytes: usize) -> bool {
    n_resources <= MAX_RESOURCES && n_bytes <= MAX_BYTES
}

/// As it stands in the template, indented.
fn size(resource: &Value) -> usize {
    let text = serde_json::to_string_pretty(resource).unwrap_or_default();
    let n_lines = text.bytes().filter(|it| *it == b'\n').count() + 1;
    // The indent, and the logical id.
    text.len() + 4 * n_lines + 256
}

fn type_of(resource: &Value) -> &str {
    resource
        .get("Type")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// Whether it is of IAM and refers to nothing else.
fn is_of_iam_alone(resource: &Value, resources: &Resources) -> bool {
    let is_of_iam = |it: &Value| type_of(it).starts_with("AWS::IAM::");
    let mut open: Vec<&Value> = resource.get("Properties").into_iter().collect();
    while let Some(value) = open.pop() {
        if let Some(other) = target(value).and_then(|it| resources.get(it))
            && !is_of_iam(other)
        {
            return false;
        }
        match value {
            Value::Object(map) => open.extend(map.values()),
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    is_of_iam(resource)
}

/// What a reference refers to.
fn target(value: &Value) -> Option<&str> {
    let map = value.as_object().filter(|it| it.len() == 1)?;
    let target = map.get("Ref").or_else(|| map.get("Fn::GetAtt")?.get(0));
    target.and_then(Value::as_str)
}

fn needs(resource: &Value) -> impl Iterator<Item = &str> {
    let needs = resource.get("DependsOn").and_then(Value::as_array);
    needs.into_iter().flatten().filter_map(Value::as_str)
}

/// Behind what they depend on; no resource depends on itself, by whatever way.
fn in_order(order: &[String], resources: &Resources) -> Vec<String> {
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut all = Vec::new();
    for id in order {
        let mut way = vec![id.as_str()];
        while let Some(id) = way.last().copied() {
            let resource = resources.get(id);
            let open = resource.and_then(|it| needs(it).find(|it| !done.contains(it)));
            match open {
                Some(first) if !done.contains(id) => way.push(first),
                _ => {
                    way.pop();
                    if done.insert(id) {
                        all.push(id.to_owned());
                    }
                }
            }
        }
    }
    all
}

/// Takes what leads to another stack out of a resource.
fn cut_off(resource: &mut Value, own: &BTreeSet<String>, literals: &BTreeMap<String, Value>) {
    if let Some(map) = resource.as_object_mut()
        && let Some(Value::Array(needs)) = map.get_mut("DependsOn")
    {
        needs.retain(|it| it.as_str().is_some_and(|it| own.contains(it)));
        if needs.is_empty() {
            map.remove("DependsOn");
        }
    }
    if let Some(properties) = resource.get_mut("Properties") {
        name(properties, own, literals);
    }
}

/// Puts the name or ARN in place of a reference to another stack.
fn name(value: &mut Value, own: &BTreeSet<String>, literals: &BTreeMap<String, Value>) {
    let id = target(value).filter(|it| !own.contains(*it));
    if let Some(literal) = id.and_then(|it| literals.get(it)) {
        *value = literal.clone();
        return;
    }
    match value {
        Value::Object(map) => map.values_mut().for_each(|it| name(it, own, literals)),
        Value::Array(items) => items.iter_mut().for_each(|it| name(it, own, literals)),
        _ => {}
    }
}
