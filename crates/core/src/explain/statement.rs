//! Layers, statements and their elements in words.

use crate::{
    eval::{asks_trust_policy, authorized_as},
    explain::{condition::Tested, grant::grants_sentence, level::level_title, whereabouts::unsaid},
    policy::Effect,
    request::{Principal, Request},
    trace::{
        ElementOutcome, ElementTrace, Layer, LayerOutcome, LayerTrace, StatementTrace,
        UnresolvedVariable,
    },
    world::World,
};

/// What a layer is called.
pub fn layer_title(layer: Layer, request: &Request) -> &'static str {
    match layer {
        Layer::Identity => "Identity-based policies",
        Layer::Resource if asks_trust_policy(request) => "Trust policy of the role",
        Layer::Resource => match request.action.service() {
            "s3" => "Bucket policy",
            "kms" => "Key policy",
            "ecr" => "Repository policy",
            _ => "Resource-based policy",
        },
        Layer::Grant => "Grants on the key",
        Layer::Boundary => "Permissions boundary",
        Layer::Session => "Session policies",
        Layer::Scp => "Service control policies",
        Layer::Rcp => "Resource control policies",
        Layer::VpcEndpoint => "VPC endpoint policy",
        Layer::BlockPublicAccess => "S3 Block Public Access",
        Layer::AwsManaged => "AWS itself",
    }
}

/// What one layer of a trace is called: where it has levels with its level, and where in the organization that is.
pub fn layer_trace_title(layer: &LayerTrace, request: &Request, world: &World) -> String {
    let level = level_title(layer, request, world);
    level.unwrap_or_else(|| layer_title(layer.layer, request).to_owned())
}

/// What a layer says to the request.
pub fn layer_sentence(layer: &LayerTrace, request: &Request) -> String {
    let count = |effect| {
        let applying = layer
            .statements
            .iter()
            .filter(|it| it.applies() && it.effect == effect);
        applying.count()
    };
    match (layer.layer, layer.outcome) {
        (Layer::BlockPublicAccess, LayerOutcome::Denies) => {
            return "The settings stop it, whatever policies allow".to_owned();
        }
        (Layer::BlockPublicAccess, _) => return "The settings do not stop it".to_owned(),
        (Layer::Grant, _) => return grants_sentence(&layer.grants),
        (Layer::AwsManaged, _) => return "No policy can allow this".to_owned(),
        _ => {}
    }
    if !layer.unread.is_empty() && layer.outcome != LayerOutcome::Denies {
        return match layer.layer {
            Layer::Identity | Layer::Session | Layer::Scp | Layer::Rcp => {
                "A policy of this kind cannot be read or is not here, so what it says is not known"
            }
            _ => "It cannot be read or is not here, so what it says is not known",
        }
        .to_owned();
    }
    match layer.outcome {
        LayerOutcome::Denies => match count(Effect::Deny) {
            1 => "A statement says `Deny`, and nothing outweighs that".to_owned(),
            n => format!("{n} statements say `Deny`, and nothing outweighs that"),
        },
        LayerOutcome::Allows => match count(Effect::Allow) {
            0 => "`RCPFullAWSAccess` is always there and allows it".to_owned(),
            1 => "A statement allows it".to_owned(),
            n => format!("{n} statements allow it"),
        },
        LayerOutcome::Silent if layer.statements.is_empty() => {
            "There is no statement at all".to_owned()
        }
        LayerOutcome::Silent => match layer.statements.len() {
            1 => "Its one statement does not apply: silence is not a yes".to_owned(),
            n => format!("None of its {n} statements applies: silence is not a yes"),
        },
        LayerOutcome::Absent => match layer.layer {
            Layer::Identity => "Nothing is attached",
            Layer::Resource => "There is none",
            Layer::Session if matches!(request.principal, Principal::FederatedUser { .. }) => {
                "There is none, so the session has no permissions"
            }
            _ => "There is none, so it does not limit",
        }
        .to_owned(),
        LayerOutcome::NotApplicable => format!("Has no say for `{}`", request.principal),
    }
}

/// What a statement is called: its `Sid`, else its place.
pub fn statement_title(statement: &StatementTrace) -> String {
    match &statement.at.sid {
        Some(sid) if !sid.as_str().is_empty() => format!("`{sid}`"),
        _ => format!("Statement {}", statement.at.index + 1),
    }
}

/// Whether a statement applies, and if not, which elements miss.
pub fn statement_sentence(statement: &StatementTrace, request: &Request) -> String {
    match statement.outcome() {
        ElementOutcome::Matched => match statement.effect {
            Effect::Allow => "Applies: it allows the request".to_owned(),
            Effect::Deny => "Applies: it denies the request".to_owned(),
        },
        ElementOutcome::NotEvaluated => "Cannot be judged, so it does not count".to_owned(),
        ElementOutcome::Missed => {
            let missed: Vec<&ElementTrace> = statement
                .tests
                .iter()
                .filter(|it| it.outcome() == ElementOutcome::Missed)
                .collect();
            match missed.as_slice() {
                [only] => format!("Does not apply: {}", element_sentence(only, request)),
                several => {
                    let names: Vec<String> = several.iter().map(|it| element_title(it)).collect();
                    format!("Does not apply: {} do not match", names.join(", "))
                }
            }
        }
    }
}

/// What an element is called.
pub fn element_title(element: &ElementTrace) -> String {
    let negated = |name: &str, negated: &bool| {
        if *negated {
            format!("Not{name}")
        } else {
            name.to_owned()
        }
    };
    match element {
        ElementTrace::Principal { negated: not, .. } => negated("Principal", not),
        ElementTrace::Action { negated: not, .. } => negated("Action", not),
        ElementTrace::Resource { negated: not, .. } => negated("Resource", not),
        ElementTrace::Condition { operator, .. } => format!("Condition `{operator}`"),
    }
}

/// How the test of an element came out, and why.
pub fn element_sentence(element: &ElementTrace, request: &Request) -> String {
    match element {
        ElementTrace::Principal {
            negated: true,
            hit: Some(_),
            outcome: ElementOutcome::Matched,
            ..
        } => format!(
            "`NotPrincipal` lists `{}`, but with `Deny` it leaves in whoever has a permissions boundary",
            request.principal
        ),
        ElementTrace::Principal {
            negated, outcome, ..
        } => listed(
            "Principal",
            *negated,
            *outcome,
            &request.principal.to_string(),
        ),
        ElementTrace::Action {
            negated, outcome, ..
        } => listed(
            "Action",
            *negated,
            *outcome,
            &authorized_as(&request.action).to_string(),
        ),
        ElementTrace::Resource {
            negated,
            outcome,
            unresolved,
            ..
        } => {
            let sentence = listed("Resource", *negated, *outcome, request.resource.as_str());
            with_unresolved(sentence, unresolved)
        }
        ElementTrace::Condition {
            key,
            requested,
            wanted,
            unresolved,
            result,
            operator,
            ..
        } => {
            let tested = Tested {
                operator,
                key,
                requested: requested.as_deref(),
                wanted,
                result: *result,
                unsaid: unsaid(key, request),
            };
            with_unresolved(tested.sentence(), unresolved)
        }
    }
}

fn with_unresolved(sentence: String, unresolved: &[UnresolvedVariable]) -> String {
    match unresolved.first() {
        Some(UnresolvedVariable {
            key,
            misquoted_default,
            ..
        }) => {
            let default = misquoted_default.as_ref().map(|it| format!(", \"{it}\""));
            let default = default.unwrap_or_default();
            format!("{sentence} (`${{{key}{default}}}` has no value in this request)")
        }
        None => sentence,
    }
}

fn listed(element: &str, negated: bool, outcome: ElementOutcome, value: &str) -> String {
    let name = if negated {
        format!("Not{element}")
    } else {
        element.to_owned()
    };
    match (negated, outcome) {
        (_, ElementOutcome::NotEvaluated) => format!("`{name}` cannot be judged for `{value}`"),
        (false, ElementOutcome::Matched) => format!("`{name}` covers `{value}`"),
        (false, ElementOutcome::Missed) => format!("`{name}` does not cover `{value}`"),
        (true, ElementOutcome::Matched) => format!("`{name}` leaves `{value}` in"),
        (true, ElementOutcome::Missed) => format!("`{name}` takes `{value}` out"),
    }
}
