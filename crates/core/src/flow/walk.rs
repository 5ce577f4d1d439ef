//! Puts the hops of a walk in order, and makes single checks for them.

use crate::{
    eval,
    flow::{
        Check, Choice, Flow, Gate, Hop, HopKind, Identity, Need, Place, Station, Subject, Timing,
        Why, Workload,
        caller::{Asked, Caller},
        context::of_resource,
    },
    names::{ALIAS, Arn},
    request::Resource,
    world::{self, Account, Documents, Domain, EntityId, Thing, UserProfile, World},
};

/// Walks the chosen way through the world and makes every check on it.
pub fn walk(world: &World, documents: &Documents, choice: &Choice) -> Flow {
    let scene = Scene {
        world,
        documents,
        choice,
        here: here(world, choice),
    };
    let mut way = Way::default();
    scene.work(&mut way);
    Flow::new(way.hops)
}

/// The account in which the work is done: of what is about a domain the domain's, of one API call
/// and of what a person asks SageMaker for by themselves that of whoever asks last.
fn here<'a>(world: &'a World, choice: &Choice) -> &'a Account {
    let named = if choice.workload.is_about_domain() {
        world.domain_owner(&choice.domain)
    } else {
        let caller = match &choice.workload {
            Workload::ApiCall(it) => it.principal.as_ref().filter(|it| !it.is_empty()),
            _ => None,
        };
        let person = choice.first_role().unwrap_or(&choice.user);
        let caller = caller.map_or(person, String::as_str);
        let last = choice.role_chain.last().map_or(caller, String::as_str);
        let account = Arn::parse(last).and_then(|it| it.account());
        account.and_then(|it| world.account(&it))
    };
    named.unwrap_or(&world.home)
}

/// The hops so far, numbered by stage.
#[derive(Default)]
pub(crate) struct Way {
    hops: Vec<Hop>,
    stage: u8,
}

impl Way {
    pub(crate) fn then(&mut self, hop: Hop) {
        self.then_all(vec![hop]);
    }

    pub(crate) const fn len(&self) -> usize {
        self.hops.len()
    }

    /// One more check at a hop that is there already.
    pub(crate) fn add(&mut self, hop_idx: usize, check: Check) {
        if let Some(hop) = self.hops.get_mut(hop_idx) {
            hop.checks.push(check);
        }
    }

    pub(crate) fn then_all(&mut self, hops: Vec<Hop>) {
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
    /// The account in which the work is done.
    pub(crate) here: &'a Account,
}

impl Scene<'_> {
    pub(crate) fn domain(&self) -> Option<&Domain> {
        self.here.domain(&self.choice.domain)
    }

    /// The id of a thing in the account in which the work is done.
    pub(crate) fn thing(&self, thing: Thing) -> EntityId {
        self.world.entity(&self.here.account, thing)
    }

    /// The ARN of something in the account in which the work is done.
    pub(crate) fn regional_arn(&self, service: &str, resource: &str) -> Arn {
        self.world
            .regional_arn_in(&self.here.account, service, resource)
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
        Self::exists_as(station, &station.name)
    }

    /// That the role at a station is in the world; one that is not is told with its whole ARN, which is what AWS looks for.
    pub(crate) fn role_exists(station: &Station, arn: &Arn) -> Check {
        match station.entity {
            Some(_) => Self::exists(station),
            None => Self::exists_as(station, arn.as_str()),
        }
    }

    fn exists_as(station: &Station, name: &str) -> Check {
        let gate = Gate::exists(station.place, name, station.entity.is_some());
        Check::gate(Why::Named, gate, station.entity.clone())
    }

    /// Asks IAM. The walk ends here unless the answer is yes.
    pub(crate) fn authorize(&self, why: Why, asked: impl Into<Asked>) -> Check {
        let asked = asked.into();
        let mut request = of_resource(self.world, asked.request);
        if let Some(resource) = eval::resource_asked(&request) {
            request.resource = resource;
        }
        let mut policies = world::policies_for(self.world, self.documents, &request);
        policies.session = asked.session_policies.to_vec();
        let trace = eval::evaluate(&policies, &request);
        let subject = Subject::Authorization {
            operation: request.action.name().to_owned(),
            request: Box::new(request),
            trace: Box::new(trace),
        };
        Check::of(why, subject)
    }
}

impl Scene<'_> {
    /// The ARN of a key that somebody named by its id, its alias, or the ARN of either. An alias of which nobody says here
    /// which key it is stands for a key that is not in the world: what AWS asks is the key’s policy.
    pub(crate) fn key_arn(&self, key: &str) -> Arn {
        let arn = Arn::parse(key);
        let resource = arn.as_ref().map_or(key, Arn::resource);
        if !resource.starts_with(ALIAS) {
            return arn.unwrap_or_else(|| self.regional_arn("kms", &format!("key/{key}")));
        }
        if let Some(arn) = self.world.arn_behind_alias(&self.here.account, key) {
            return arn;
        }
        let resource = format!("key/{resource}");
        match &arn {
            Some(arn) => {
                let [_, partition, service, region, account, _] = arn.parts();
                Arn::from_parts([partition, service, region, account, &resource])
            }
            None => self.regional_arn("kms", &resource),
        }
    }

    /// The account that a caller belongs to; for a service the one it works in.
    pub(crate) fn account_of<'c>(&'c self, caller: &'c Caller) -> &'c str {
        let own = caller.principal.account_str();
        own.unwrap_or_else(|| self.here.account.as_str())
    }

    /// Asks whether a caller may use a key through SageMaker.
    ///
    /// <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html>
    pub(crate) fn key_check(&self, why: Why, caller: &Caller, action: &str, key: &str) -> Check {
        let mut context = caller
            .context()
            .with("kms:CallerAccount", self.account_of(caller))
            .with(
                "kms:ViaService",
                format!("sagemaker.{}.amazonaws.com", self.world.region),
            );
        if action == "CreateGrant" {
            context = context.with("kms:GrantIsForAWSResource", "true");
        }
        let resource = Resource::Arn(self.key_arn(key));
        let caller = caller.through_service();
        self.authorize(why, caller.request("kms", action, resource, context))
    }
}

impl Hop {
    /// A hop that needs a role where there is none.
    pub(crate) fn without(kind: HopKind, from: Station, to: Station, check: &Check) -> Self {
        Self::new(kind, from, to, Identity::nobody(), vec![check.clone()])
    }
}

impl Check {
    /// A check that the walk needs, made at once.
    pub(crate) const fn of(why: Why, subject: Subject) -> Self {
        Self {
            why,
            need: Need::Required,
            timing: Timing::Sync,
            subject,
        }
    }

    /// A gate that the walk needs open.
    pub(crate) const fn gate(why: Why, gate: Gate, entity: Option<EntityId>) -> Self {
        Self::of(why, Subject::Gate { gate, entity })
    }

    /// The walk goes on without it.
    pub(crate) fn wanted(mut self) -> Self {
        self.need = Need::Wanted;
        self
    }

    /// It is made later, while `place` runs: where it fails, that ends as failed.
    pub(crate) fn later(mut self, place: Place) -> Self {
        self.timing = Timing::Async { place };
        self
    }

    /// It is made then.
    pub(crate) const fn at(mut self, timing: Timing) -> Self {
        self.timing = timing;
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
