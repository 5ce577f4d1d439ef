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
    /// The role, or the user behind a federated one.
    Behind,
    Itself,
    Not,
}

/// What a layer says, besides deny.
#[derive(Default)]
struct Said {
    denies: bool,
    allows: Vec<Named>,
}

/// `whom`: for policies with a principal, whether the caller has a boundary, and whether an account
/// means its root user only.
fn ask(texts: &[String], whom: Option<(bool, bool)>, request: &Request) -> Said {
    let mut said = Said::default();
    for statement in texts.iter().flat_map(|it| statements(it)) {
        let how = whom.map_or(Named::Itself, |(has_boundary, is_gateway)| {
            names(&statement, &request.principal, has_boundary, is_gateway)
        });
        if how != Named::Not && holds(&statement, request) {
            if statement.effect == "Deny" {
                said.denies = true;
            } else {
                said.allows.push(how);
            }
        }
    }
    said
}

fn decide(texts: &Texts, request: &Request) -> Answer {
    let caller = &request.principal;
    let is_federated_user = matches!(caller, Principal::FederatedUser { .. });
    let is_session = is_federated_user || matches!(caller, Principal::RoleSession { .. });
    let is_person = is_session || matches!(caller, Principal::User { .. });
    let is_root = matches!(caller, Principal::Root { .. });
    let is_vouched = matches!(caller, Principal::Federated { .. });
    let is_linked = matches!(caller, Principal::RoleSession { role_arn, .. } if role_arn.as_str().contains("/aws-service-role/"));
    let action = request.action.to_string();
    let service = action.split(':').next().unwrap();
    let resource = request.resource.as_str();
    if action == "sts:GetCallerIdentity" && (is_person || is_root) {
        return Answer::Allow;
    }
    let has_boundary = is_person && texts.boundary.is_some();
    let ask = |texts: &[String], has_principal: bool, is_gateway: bool| {
        let whom = has_principal.then_some((has_boundary, is_gateway));
        ask(texts, whom, request)
    };
    let of = |applies: bool, text: &Option<String>| -> Vec<String> {
        text.iter().filter(|_| applies).cloned().collect()
    };
    let own = if is_person {
        texts.identity.clone()
    } else {
        Vec::new()
    };
    let session_texts = if is_session {
        texts.session.clone()
    } else {
        Vec::new()
    };
    let boundary_texts = of(is_person, &texts.boundary);
    let resource_texts = of(action != "iam:PassRole", &texts.resource);
    let is_from_network = !is_vouched && !matches!(caller, Principal::Service { .. });
    let endpoint_texts = of(is_from_network, &texts.vpc_endpoint);

    let identity = ask(&own, false, false);
    let boundary = ask(&boundary_texts, false, false);
    let session = ask(&session_texts, false, false);
    let of_resource = ask(&resource_texts, true, false);
    let endpoint = ask(&endpoint_texts, true, service == "s3");
    let mut all = vec![&identity, &boundary, &session, &of_resource, &endpoint];
    let scps: Vec<Said> = texts
        .scps
        .iter()
        .filter(|_| (is_person || is_root) && !is_linked)
        .map(|it| ask(it, false, false))
        .collect();
    let is_rcp_service = ["s3", "kms", "sts"].contains(&service);
    // A resource control policy can only take away.
    let rcps: Vec<Said> = texts
        .rcps
        .iter()
        .filter(|_| is_rcp_service && !is_linked)
        .map(|it| ask(it, true, false))
        .collect();
    all.extend(&scps);
    all.extend(&rcps);
    if all.iter().any(|it| it.denies) {
        return Answer::Deny;
    }

    let limits = |texts: &[String], said: &Said| texts.is_empty() || !said.allows.is_empty();
    let is_within = limits(&boundary_texts, &boundary) && limits(&session_texts, &session);
    let is_empty_federation = is_federated_user && session_texts.is_empty();
    let identity = !identity.allows.is_empty() && !is_empty_federation;
    let named = &of_resource.allows;
    let owner = resource
        .split(':')
        .nth(4)
        .filter(|it| it.len() == ACCOUNT.len())
        .unwrap_or(ACCOUNT);
    let has = |how| named.contains(&how);
    let must_allow = action.starts_with("sts:AssumeRole")
        || (action == "kms:Decrypt" && resource.contains(":key/"));
    let is_granted = match caller {
        Principal::Root { .. } if owner == ACCOUNT && !must_allow => true,
        _ if !is_person => !named.is_empty(),
        _ if owner != ACCOUNT => identity && is_within && !named.is_empty(),
        _ if has(Named::Itself) => true,
        _ if has(Named::Behind) && is_within => true,
        _ => identity && is_within && (!must_allow || has(Named::Account)),
    };
    let is_open = scps.iter().all(|it| !it.allows.is_empty()) && limits(&endpoint_texts, &endpoint);
    let is_for_vouched = action.starts_with("sts:AssumeRoleWith");
    let is_refused = action == "iam:DeletePolicy"
        && resource.contains("::aws:policy/")
        && !matches!(caller, Principal::Service { .. })
        || is_vouched != is_for_vouched
        || matches!(caller, Principal::Anonymous) && service == "sts"
        || is_root && action == "sts:AssumeRole"
        || is_federated_user && (service == "sts" || service == "iam" && action != "iam:PassRole");
    if is_granted && is_open && !is_refused {
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

fn names(statement: &Statement, caller: &Principal, has_boundary: bool, is_gateway: bool) -> Named {
    if let Some(element) = statement.members.get("NotPrincipal") {
        let is_listed = listed(element, caller, is_gateway) != Named::Not;
        let is_spared = is_listed && !(statement.effect == "Deny" && has_boundary);
        return if is_spared { Named::Not } else { Named::Itself };
    }
    listed(&statement.members["Principal"], caller, is_gateway)
}

fn listed(element: &Value, caller: &Principal, is_gateway: bool) -> Named {
    let (sort, name) = match element.as_object() {
        None => return Named::Itself,
        Some(map) => map.iter().next().unwrap(),
    };
    let name = name.as_str().unwrap();
    if name == "*" {
        return Named::Itself;
    }
    let how = match caller {
        Principal::Service { name: service } => {
            (sort == "Service" && service == name).then_some(Named::Itself)
        }
        Principal::Federated { provider } => {
            (sort == "Federated" && provider == name).then_some(Named::Itself)
        }
        Principal::Anonymous => None,
        Principal::Root { .. } => (name == ACCOUNT).then_some(Named::Itself),
        _ if name == ACCOUNT => (!is_gateway).then_some(Named::Account),
        Principal::User { arn } => (arn.as_str() == name).then_some(Named::Itself),
        Principal::FederatedUser { arn, .. } if arn.as_str() == name => Some(Named::Itself),
        Principal::FederatedUser { user_arn, .. } => {
            let user = user_arn.as_ref().map(ToString::to_string);
            (user.as_deref() == Some(name)).then_some(Named::Behind)
        }
        Principal::RoleSession { session_arn, .. } if session_arn.as_str() == name => {
            Some(Named::Itself)
        }
        Principal::RoleSession { role_arn, .. } => {
            (role_arn.as_str() == name).then_some(Named::Behind)
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
