//! A question that the SDK asks before it asks for a job: whether the role might do what the job
//! will need.
//!
//! The simulation is no request of the role's: it knows the policies of the role and the SCPs of its
//! account, and neither the conditions of a real request nor any policy of a resource. Invariant: what
//! it answers decides nothing about the job itself.
//!
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>

use crate::{
    eval::{self, PolicySet},
    flow::{
        Check, Gate, Hop, HopKind, Place, Simulation, Subject, Why,
        caller::{Actor, Caller, ServiceRole},
        walk::Scene,
        workload::call::Handed,
    },
    names::{ActionName, Arn},
    request::{Context, Origin, Request, Resource},
    world,
};

/// The call, whose answer the SDK takes for the role's.
///
/// <https://github.com/aws/sagemaker-python-sdk/issues/6019>
const SIMULATE: &str = "SimulatePrincipalPolicy";

impl Scene<'_> {
    pub(crate) fn simulate(&self, actor: &Actor, handed: &Handed, it: &Simulation) -> Hop {
        let kind = HopKind::Simulate;
        let (from, to) = (actor.station.clone(), handed.station.clone());
        match (&actor.caller, &handed.role) {
            (Err(check), _) | (_, Err(check)) => Hop::without(kind, from, to, check),
            (Ok(caller), Ok(role)) => {
                let checks = self.questions(caller, role, it);
                Hop::new(kind, from, to, caller.identity(), checks)
            }
        }
    }

    fn questions(&self, caller: &Caller, role: &ServiceRole, it: &Simulation) -> Vec<Check> {
        let resource = Resource::Arn(role.arn.clone());
        let request = caller.request("iam", SIMULATE, resource, caller.context());
        let mut checks = vec![self.authorize(Why::MaySimulate, request)];
        let anything = ["*".to_owned()];
        let resources = if it.resource_arns.is_empty() {
            &anything[..]
        } else {
            &it.resource_arns
        };
        for action in &it.action_names {
            for resource in resources {
                checks.push(self.simulated(role, action, resource));
            }
        }
        checks
    }

    /// Only what is the role's own is asked.
    fn simulated(&self, role: &ServiceRole, action: &str, resource: &str) -> Check {
        let readable = (ActionName::parse(action), asked_about(resource));
        let (Some(action), Some(resource)) = readable else {
            let text = format!("{action} {resource}");
            let place = Place::Resource;
            return Check::gate(Why::Simulated, Gate::Readable { place, text }, None);
        };
        let request = Request {
            principal: role.session.principal.clone(),
            action,
            resource,
            resource_account: role.arn.account(),
            wildcard_only_action: false,
            context: Context::new(),
            origin: Origin::Outside,
        };
        let own = world::policies_for(self.world, self.documents, &request);
        let policies = PolicySet {
            identity: own.identity,
            boundary: own.boundary,
            scps: own.scps,
            ..PolicySet::default()
        };
        let trace = eval::evaluate(&policies, &request);
        let subject = Subject::Authorization {
            operation: SIMULATE.to_owned(),
            request: Box::new(request),
            trace: Box::new(trace),
        };
        Check::of(Why::Simulated, subject)
    }
}

fn asked_about(text: &str) -> Option<Resource> {
    match text {
        "*" => Some(Resource::Any),
        text => Arn::parse(text).map(Resource::Arn),
    }
}
