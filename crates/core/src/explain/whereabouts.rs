//! Where a request comes from, where nobody has said so.
//!
//! AWS knows the address of every request, a scenario only where somebody says it. Invariant: of an address that the
//! scenario could have said no sentence claims that the request has none.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip>

use crate::{
    flow::endpoint_service,
    names::ContextKey,
    request::{Origin, Request},
    trace::{ConditionOutcome, ElementTrace},
};

/// What a key is about that says where a request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// The source IP address.
    Address,
    /// The VPC endpoint.
    Endpoint,
    /// The source IP address, which an endpoint to another service stands in the way of.
    AddressBesideEndpoint,
    /// The VPC endpoint, where the one that is said leads to another service.
    OtherEndpoint,
}

impl Whereabouts {
    fn of(key: &ContextKey, request: &Request) -> Option<Self> {
        let is = |name: &str| *key == ContextKey::new(name);
        let (about, beside_endpoint) = if is("aws:SourceIp") {
            (Self::Address, Self::AddressBesideEndpoint)
        } else if is("aws:VpcSourceIp") {
            (Self::Address, Self::OtherEndpoint)
        } else if is("aws:SourceVpce") || is("aws:SourceVpc") {
            (Self::Endpoint, Self::OtherEndpoint)
        } else {
            return None;
        };
        let is_beside = request.origin == Origin::BesideEndpoint;
        Some(if is_beside { beside_endpoint } else { about })
    }

    /// What to do about it, as a sentence begins.
    pub(crate) fn say_it(self, request: &Request) -> String {
        let service = endpoint_service(&request.action);
        match self {
            Self::Address => "Say from which source IP address the request comes".to_owned(),
            Self::Endpoint => "Say which VPC endpoint the request goes through".to_owned(),
            Self::AddressBesideEndpoint => {
                "Name no VPC endpoint and say from which source IP address the request comes"
                    .to_owned()
            }
            Self::OtherEndpoint => format!("Add to that VPC an endpoint that leads to `{service}`"),
        }
    }
}

/// That the scenario does not say what the key is about; nothing where it does, in whatever way.
pub(crate) fn unsaid(key: &ContextKey, request: &Request) -> Option<String> {
    let about = Whereabouts::of(key, request)?;
    let has = |name: &str| request.context.get(&ContextKey::new(name)).is_some();
    let has_endpoint = has("aws:SourceVpce") || has("aws:SourceVpc");
    if has(key.as_str()) || has("aws:SourceIp") || has("aws:VpcSourceIp") {
        return None;
    }
    if request.origin == Origin::Service {
        let is_known = has_endpoint || matches!(about, Whereabouts::Endpoint);
        return (!is_known).then(|| {
            format!("Rolewalk does not know from which address the requests of AWS’s services come (`{key}`)")
        });
    }
    match about {
        Whereabouts::Address if *key == ContextKey::new("aws:SourceIp") && has_endpoint => None,
        Whereabouts::Address => Some(format!(
            "this scenario does not say the address that the request comes from (`{key}`)"
        )),
        Whereabouts::Endpoint if has_endpoint => None,
        Whereabouts::Endpoint => Some(format!(
            "this scenario names no VPC endpoint that the request goes through (`{key}`)"
        )),
        Whereabouts::AddressBesideEndpoint => Some(format!(
            "the VPC endpoint that this scenario names does not lead to `{}`, so the address that the request comes from is not known (`{key}`)",
            endpoint_service(&request.action)
        )),
        Whereabouts::OtherEndpoint => Some(format!(
            "the VPC endpoint that this scenario names does not lead to `{}`, and its VPC has none that does (`{key}`)",
            endpoint_service(&request.action)
        )),
    }
}

/// What the scenario should say, where a condition came out as it did because it does not.
pub(crate) fn to_say(element: &ElementTrace, request: &Request) -> Option<Whereabouts> {
    let ElementTrace::Condition { key, result, .. } = element else {
        return None;
    };
    let is_absent = matches!(
        result,
        ConditionOutcome::KeyAbsent | ConditionOutcome::MetByAbsence
    );
    if !is_absent || request.origin == Origin::Service {
        return None;
    }
    unsaid(key, request)?;
    Whereabouts::of(key, request)
}
