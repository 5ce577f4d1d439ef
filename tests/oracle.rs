//! A second evaluator, naive on purpose: written from AWS's pages, on the JSON itself, with nothing
//! of the engine in it. Both must decide alike on generated policies.
//!
//! It knows only the forms that `generate` makes, and decides only: reasons are the corpus's.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test: a failed read is a failed test"
)]

mod generate;

use proptest::prelude::*;
use rolewalk_core::{
    eval::evaluate,
    names::ContextKey,
    request::{ContextValue, Principal, Request},
    trace::Decision,
};
use serde_json::Value;

use crate::generate::{ACCOUNT, Texts, request, texts};

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_engine_and_the_oracle_decide_alike(texts in texts(), request in request()) {
        let found = match evaluate(&texts.read(), &request).decision {
            Decision::Allowed { .. } => Answer::Allow,
            Decision::ExplicitDeny { .. } => Answer::Deny,
            Decision::ImplicitDeny { .. } => Answer::Silence,
        };
        prop_assert_eq!(found, decide(&texts, &request), "{:#?} {:#?}", texts, request);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Allow,
    Deny,
    Silence,
}

/// How a resource policy's allow names the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Named {
    Account,
    Role,
    Itself,
    Not,
}

fn decide(texts: &Texts, request: &Request) -> Answer {
    let caller = &request.principal;
    let is_person = matches!(
        caller,
        Principal::User { .. } | Principal::RoleSession { .. }
    );
    let action = request.action.to_string();
    let resource = request.resource.as_str();
    let has_boundary = is_person && texts.boundary.is_some();

    let mut allows = [false, false];
    let mut named = Vec::new();
    let own = texts
        .identity
        .iter()
        .map(|it| (0, it))
        .chain(texts.boundary.iter().map(|it| (1, it)));
    for (layer, text) in own.filter(|_| is_person) {
        for statement in statements(text) {
            if holds(&statement, request) {
                if statement.effect == "Deny" {
                    return Answer::Deny;
                }
                allows[layer] = true;
            }
        }
    }
    for statement in texts
        .resource
        .iter()
        .filter(|_| action != "iam:PassRole")
        .flat_map(|it| statements(it))
    {
        let how = names(&statement, caller, has_boundary);
        if how != Named::Not && holds(&statement, request) {
            if statement.effect == "Deny" {
                return Answer::Deny;
            }
            named.push(how);
        }
    }

    let [identity, boundary] = [allows[0], !has_boundary || allows[1]];
    let owner = resource
        .split(':')
        .nth(4)
        .filter(|it| !it.is_empty())
        .unwrap_or(ACCOUNT);
    let has = |how| named.contains(&how);
    let must_allow =
        action == "sts:AssumeRole" || (action == "kms:Decrypt" && resource.contains(":key/"));
    let is_allowed = match caller {
        Principal::Root { .. } if owner == ACCOUNT && !must_allow => true,
        Principal::Root { .. } | Principal::Service { .. } | Principal::Anonymous => {
            !named.is_empty()
        }
        _ if owner != ACCOUNT => identity && boundary && !named.is_empty(),
        _ if has(Named::Itself) => true,
        _ if has(Named::Role) && boundary => true,
        _ => identity && boundary && (!must_allow || has(Named::Account)),
    };
    if is_allowed {
        Answer::Allow
    } else {
        Answer::Silence
    }
}

struct Statement {
    effect: String,
    members: serde_json::Map<String, Value>,
    has_variables: bool,
}

fn statements(text: &str) -> Vec<Statement> {
    let document: Value = serde_json::from_str(text).unwrap();
    let has_variables = document["Version"] == "2012-10-17";
    let list = document["Statement"].as_array().unwrap().iter();
    list.map(|it| Statement {
        effect: it["Effect"].as_str().unwrap().to_owned(),
        members: it.as_object().unwrap().clone(),
        has_variables,
    })
    .collect()
}

impl Statement {
    fn text(&self, name: &str) -> Option<&str> {
        self.members.get(name).and_then(Value::as_str)
    }

    /// The text with its variable filled in; nothing where that has no value.
    fn filled(&self, text: &str, request: &Request) -> Option<String> {
        let is_variable = self.has_variables && text.contains("${");
        let is_name = text.contains("${aws:username}");
        match single(request, "aws:username") {
            _ if !is_variable => Some(text.to_owned()),
            Some(name) if is_name => Some(text.replace("${aws:username}", &name)),
            _ => None,
        }
    }
}

fn single(request: &Request, key: &str) -> Option<String> {
    match request.context.get(&ContextKey::new(key)) {
        Some(ContextValue::Single(it)) => Some(it.clone()),
        _ => None,
    }
}

fn holds(statement: &Statement, request: &Request) -> bool {
    let action = request.action.to_string();
    let takes_action = |pattern: &str| like(pattern, &action);
    let resource = request.resource.as_str();
    let takes_resource = |pattern: &str| {
        pattern == "*"
            || statement.filled(pattern, request).is_some_and(|it| {
                let (wanted, found): (Vec<_>, Vec<_>) = (
                    it.splitn(6, ':').collect(),
                    resource.splitn(6, ':').collect(),
                );
                wanted.len() == found.len()
                    && wanted
                        .iter()
                        .zip(&found)
                        .all(|(one, other)| like(one, other))
            })
    };
    statement.text("Action").is_none_or(takes_action)
        && !statement.text("NotAction").is_some_and(takes_action)
        && statement.text("Resource").is_none_or(takes_resource)
        && !statement.text("NotResource").is_some_and(takes_resource)
        && is_met(statement, request)
}

/// The pages on condition operators and on single- and multi-valued keys, for the six operators made.
fn is_met(statement: &Statement, request: &Request) -> bool {
    let Some(block) = statement
        .members
        .get("Condition")
        .and_then(Value::as_object)
    else {
        return true;
    };
    let (operator, keys) = block.iter().next().unwrap();
    let (key, value) = keys.as_object().unwrap().iter().next().unwrap();
    let wanted = statement.filled(value.as_str().unwrap(), request);
    let equals = |it: &str| wanted.as_deref() == Some(it);
    let is_like = |it: &str| wanted.as_deref().is_some_and(|wanted| like(wanted, it));
    let present = request.context.get(&ContextKey::new(key.as_str()));
    let one = single(request, key);
    match operator.as_str() {
        "StringEquals" => one.is_some_and(|it| equals(&it)),
        "StringNotEquals" => present.is_none() || one.is_some_and(|it| !equals(&it)),
        "StringLikeIfExists" => present.is_none() || one.is_some_and(|it| is_like(&it)),
        "ForAllValues:StringEquals" => {
            present.is_none_or(|it| it.values().iter().all(|it| equals(it)))
        }
        "ForAnyValue:StringNotLike" => {
            present.is_some_and(|it| it.values().iter().any(|it| !is_like(it)))
        }
        _ => false,
    }
}

fn names(statement: &Statement, caller: &Principal, has_boundary: bool) -> Named {
    if let Some(element) = statement.members.get("NotPrincipal") {
        let is_listed = listed(element, caller) != Named::Not;
        let is_spared = is_listed && !(statement.effect == "Deny" && has_boundary);
        return if is_spared { Named::Not } else { Named::Itself };
    }
    listed(&statement.members["Principal"], caller)
}

fn listed(element: &Value, caller: &Principal) -> Named {
    let (sort, name) = match element.as_object() {
        None => return Named::Itself,
        Some(map) => map.iter().next().unwrap(),
    };
    let name = name.as_str().unwrap();
    let how = match caller {
        Principal::Service { name: service } => {
            (sort == "Service" && service == name).then_some(Named::Itself)
        }
        Principal::Anonymous => None,
        Principal::Root { .. } => (name == ACCOUNT).then_some(Named::Itself),
        Principal::User { .. } | Principal::RoleSession { .. } if name == ACCOUNT => {
            Some(Named::Account)
        }
        Principal::User { arn } => (arn.as_str() == name).then_some(Named::Itself),
        Principal::RoleSession { session_arn, .. } if session_arn.as_str() == name => {
            Some(Named::Itself)
        }
        Principal::RoleSession { role_arn, .. } => {
            (role_arn.as_str() == name).then_some(Named::Role)
        }
    };
    how.unwrap_or(Named::Not)
}

/// A star is the only wildcard made.
fn like(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((before, rest)) => text.strip_prefix(before).is_some_and(|behind| {
            (0..=behind.len()).any(|at| behind.get(at..).is_some_and(|it| like(rest, it)))
        }),
    }
}
