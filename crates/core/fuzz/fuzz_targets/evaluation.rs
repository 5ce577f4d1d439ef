//! Laws: any request can be answered by any policies; `decide` says what `evaluate` says; what is
//! allowed has no blocker, and what is not has one.
//!
//! The input is cut at each NUL: caller, action, resource, one key and its value, then policies.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use rolewalk_core::{
    eval::{NamedPolicy, PolicySet, decide, evaluate},
    names::{ActionName, Arn, DocumentName},
    policy::{PolicyKind, parse},
    request::{Context, Origin, Principal, Request, Resource},
};

fuzz_target!(|text: &str| {
    let mut parts = text.split('\0');
    let mut next = || parts.next().unwrap_or("");
    let (caller, action, resource) = (next(), next(), next());
    let context = Context::new().with(next(), next());
    let Some(action) = ActionName::parse(action) else {
        return;
    };
    let request = Request {
        principal: Principal::parse(caller, &context).unwrap_or(Principal::Anonymous),
        action,
        resource: Arn::parse(resource).map_or(Resource::Any, Resource::Arn),
        resource_account: None,
        wildcard_only_action: false,
        context,
        origin: Origin::Outside,
    };
    let mut document = |name: &str, kind| {
        let (policy, _) = parse(parts.next()?, kind);
        Some(NamedPolicy {
            name: DocumentName::new(name),
            policy: Arc::new(policy?),
        })
    };
    let policies = PolicySet {
        identity: document("identity", PolicyKind::Identity)
            .into_iter()
            .collect(),
        resource: document("resource", PolicyKind::Resource),
        boundary: document("boundary", PolicyKind::Boundary)
            .into_iter()
            .collect(),
        session: document("session", PolicyKind::Session)
            .into_iter()
            .collect(),
        scps: document("scp", PolicyKind::Scp)
            .map(|it| vec![it])
            .into_iter()
            .collect(),
        rcps: document("rcp", PolicyKind::Rcp)
            .map(|it| vec![it])
            .into_iter()
            .collect(),
        vpc_endpoint: document("endpoint", PolicyKind::VpcEndpoint),
        ..PolicySet::default()
    };
    let trace = evaluate(&policies, &request);
    assert_eq!(decide(&policies, &request), trace.decision.kind());
    assert_eq!(trace.decision.is_allowed(), trace.blockers().is_empty());
});
