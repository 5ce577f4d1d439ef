//! Where a request comes from, where nobody has said so.
//!
//! AWS knows the address of every request, a scenario only where somebody says it. Invariant: of an address that the
//! scenario could have said no sentence claims that the request has none.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip>

use crate::{
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
}

impl Whereabouts {
    fn of(key: &ContextKey) -> Option<Self> {
        let is = |name: &str| *key == ContextKey::new(name);
        if is("aws:SourceIp") || is("aws:VpcSourceIp") {
            return Some(Self::Address);
        }
        let of_endpoint = is("aws:SourceVpce") || is("aws:SourceVpc");
        of_endpoint.then_some(Self::Endpoint)
    }

    /// What to do about it, as a sentence begins.
    pub(crate) const fn say_it(self) -> &'static str {
        match self {
            Self::Address => "Say from which source IP address the request comes",
            Self::Endpoint => "Say which VPC endpoint the request goes through",
        }
    }
}

/// That the scenario does not say what the key is about; nothing where it does, in whatever way.
pub(crate) fn unsaid(key: &ContextKey, request: &Request) -> Option<String> {
    let about = Whereabouts::of(key)?;
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
    Whereabouts::of(key)
}
