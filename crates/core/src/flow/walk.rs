//! Puts the hops of a walk in order, and makes single checks for them.

use crate::{
    eval,
    flow::{
        Check, Choice, Credentials, Flow, Gate, Hop, Identity, Need, Place, Station, Subject, Why,
        Workload,
        context::{of_caller, of_resource},
    },
    names::{ActionName, Arn},
    request::{Context, Principal, Request, Resource},
    world::{self, Documents, Domain, EntityId, UserProfile, World},
};

/// Walks the chosen way through the world and makes every check on it.
pub fn walk(world: &World, documents: &Documents, choice: &Choice) -> Flow {
    let scene = Scene {
        world,
        documents,
        choice,
    };
    let mut way = Way::default();

    let user = scene.user();
    way.then(scene.sign_in(&user));
    let mut human = user;
    let mut here = scene.user_station();
    if let Some(role) = &choice.role {
        let (hop, session) = scene.assume_role(&human, role);
        here = hop.to.clone();
        human = session;
        way.then(hop);
    }

    way.then(scene.find_domain(&human, here));
    way.then(scene.open_profile(&human));
    way.then(scene.network());
    let app = scene.execution_role();
    way.then(scene.assume_execution_role(app.as_ref()));
    way.then(scene.start_app(app.as_ref()));
    match &choice.workload {
        Workload::OpenStudio => way.then_all(scene.services(app.as_ref(), &Scene::app_station())),
        Workload::TrainingJob { job, role } => {
            // The job's sessions do not carry the keys of Studio's own, so they are made anew.
            let arn = role.as_deref().or(app.as_ref().map(|it| it.arn.as_str()));
            let passed = arn.and_then(|it| scene.role_named(it));
            way.then(scene.create_training_job(app.as_ref(), job));
            way.then(scene.pass_role(app.as_ref(), passed.as_ref(), job));
            way.then(scene.assume_job_role(passed.as_ref(), job));
            way.then_all(scene.services(passed.as_ref(), &Scene::job_station(job)));
        }
    }
    Flow { hops: way.hops }
}

/// The hops so far, numbered by stage.
#[derive(Default)]
struct Way {
    hops: Vec<Hop>,
    stage: u8,
}

impl Way {
    fn then(&mut self, hop: Hop) {
        self.then_all(vec![hop]);
    }

    fn then_all(&mut self, hops: Vec<Hop>) {
        let stage = self.stage;
        self.hops
            .extend(hops.into_iter().map(|it| Hop { stage, ..it }));
        self.stage = self.stage.saturating_add(1);
    }
}

/// A walk's surroundings: everything that its checks read.
pub(crate) struct Scene<'a> {
    pub(crate) world: &'a World,
    pub(crate) documents: &'a Documents,
    pub(crate) choice: &'a Choice,
}

/// Somebody who makes requests.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) principal: Principal,
    credentials: Credentials,
    context: Context,
}

impl Caller {
    pub(crate) fn identity(&self) -> Identity {
        Identity {
            arn: Some(self.principal.to_string()),
            credentials: self.credentials,
        }
    }

    /// The keys that each of the caller's requests carries.
    pub(crate) fn context(&self) -> Context {
        self.context.clone()
    }

    pub(crate) fn with(mut self, key: &str, value: &str) -> Self {
        self.context = self.context.with(key, value);
        self
    }

    pub(crate) fn request(
        &self,
        service: &str,
        action: &str,
        resource: Resource,
        context: Context,
    ) -> Request {
        Request {
            principal: self.principal.clone(),
            action: ActionName::new(service, action),
            resource,
            resource_account: None,
            wildcard_only_action: false,
            context,
        }
    }
}

/// A role that a service runs something as: its ARN as the world gives it, and its sessions.
#[derive(Clone)]
pub(crate) struct ServiceRole {
    pub(crate) arn: Arn,
    pub(crate) session: Caller,
}

impl Scene<'_> {
    pub(crate) fn caller(&self, principal: Principal, credentials: Credentials) -> Caller {
        let context = of_caller(self.world, &principal, &self.choice.time);
        Caller {
            principal,
            credentials,
            context,
        }
    }

    pub(crate) fn domain(&self) -> Option<&Domain> {
        self.world.domain(&self.choice.domain)
    }

    pub(crate) fn profile(&self) -> Option<&UserProfile> {
        self.domain()?.user_profile(&self.choice.user_profile)
    }

    pub(crate) fn station(&self, place: Place, name: &str, entity: impl Into<EntityId>) -> Station {
        let entity = entity.into();
        Station {
            place,
            name: name.to_owned(),
            entity: entity.exists_in(self.world).then_some(entity),
        }
    }

    /// That the thing at a station is in the world.
    pub(crate) fn exists(station: &Station) -> Check {
        let gate = Gate::Exists {
            place: station.place,
            name: station.name.clone(),
            found: station.entity.is_some(),
        };
        Check::gate(Why::Named, gate, station.entity.clone())
    }

    /// Asks IAM. The walk ends here unless the answer is yes.
    pub(crate) fn authorize(&self, why: Why, request: Request) -> Check {
        let request = of_resource(self.world, request);
        let policies = world::policies_for(self.world, self.documents, &request);
        let trace = eval::evaluate(&policies, &request);
        Check {
            why,
            need: Need::Required,
            subject: Subject::Authorization {
                operation: request.action.name().to_owned(),
                request: Box::new(request),
                trace: Box::new(trace),
            },
        }
    }
}

impl Check {
    /// A gate that the walk needs open.
    pub(crate) const fn gate(why: Why, gate: Gate, entity: Option<EntityId>) -> Self {
        Self {
            why,
            need: Need::Required,
            subject: Subject::Gate { gate, entity },
        }
    }

    /// The walk goes on without it.
    pub(crate) fn wanted(mut self) -> Self {
        self.need = Need::Wanted;
        self
    }

    /// The API call that asks for it, where that is not the action's own.
    pub(crate) fn during(mut self, call: &str) -> Self {
        if let Subject::Authorization { operation, .. } = &mut self.subject {
            call.clone_into(operation);
        }
        self
    }
}
