//! What the calls of all workloads share: the create call and its tags, handing a role over, and
//! the service that takes it on.

use crate::{
    by_name::Tags,
    flow::{
        Check, Gate, Hop, HopKind, Place, Station, Timing, VpcConfig, Why,
        caller::{Actor, Caller, Held, ServiceRole},
        context::{merged, with_list, with_sent_tags, with_strings},
        studio::SAGEMAKER,
        walk::Scene,
    },
    names::Arn,
    request::{Context, Resource},
    world::EntityId,
};

/// Something that a call of SageMaker's makes.
pub(crate) struct Made<'a> {
    /// The call, such as `CreateTrainingJob`.
    pub(crate) operation: &'static str,
    /// The call that looks how far it has come.
    pub(crate) describe: Option<&'static str>,
    /// What is made.
    pub(crate) station: Station,
    /// Its ARN.
    pub(crate) arn: Arn,
    /// The condition keys that the call brings.
    pub(crate) keys: Context,
    /// The tags that are sent along, besides the actor's.
    pub(crate) tags: &'a Tags,
}

/// A role that a call hands over: the role or why there is none, and its station.
pub(crate) struct Handed {
    pub(crate) role: Held,
    pub(crate) station: Station,
}

impl Scene<'_> {
    /// The ARN of something of SageMaker's.
    pub(crate) fn sagemaker_arn(&self, kind: &str, name: &str) -> Arn {
        self.regional_arn("sagemaker", &format!("{kind}/{name}"))
    }

    /// The call itself, the tags that it sends along, and a look at how far it has come.
    pub(crate) fn create(&self, kind: HopKind, actor: &Actor, made: &Made<'_>) -> Hop {
        let (from, to) = (actor.station.clone(), made.station.clone());
        let caller = match &actor.caller {
            Ok(caller) => caller,
            Err(check) => return Hop::without(kind, from, to, check),
        };
        let tags = actor.sends(made.tags);
        let ask = |why, action: &str, context| {
            let resource = Resource::Arn(made.arn.clone());
            let request = caller.request("sagemaker", action, resource, context);
            self.authorize(why, request).during(made.operation)
        };
        let context = with_sent_tags(merged(caller.context(), &made.keys), &tags);
        let mut checks = vec![ask(Why::CreateJob, made.operation, context)];
        if !tags.is_empty() {
            let context = with_sent_tags(caller.context(), &tags)
                .with("sagemaker:TaggingAction", made.operation);
            let why = if actor.tags.is_empty() {
                Why::SendTags
            } else {
                Why::TagJob
            };
            checks.push(ask(why, "AddTags", context));
        }
        if let Some(describe) = made.describe {
            // Tags take a moment to arrive, and until then no condition on them is met.
            let check = ask(Why::Describe, describe, caller.context());
            checks.push(check.during(describe).wanted());
        }
        let checks = actor.timed(checks);
        Hop::new(kind, from, to, caller.identity(), checks)
    }

    /// The role that a call names, or else the caller's own.
    pub(crate) fn handed(&self, place: Place, actor: &Actor, typed: Option<&str>) -> Handed {
        let typed = typed.filter(|it| !it.is_empty());
        let own = actor.role.as_ref().map(Arn::as_str);
        // The sessions do not carry the keys of Studio's own, so they are made anew.
        let role = typed.or(own).and_then(|it| self.role_named(it));
        let station = self.role_station(place, role.as_ref().map(|it| &it.arn));
        let role = role.ok_or_else(|| Box::new(Self::not_handed(place, actor, typed)));
        Handed { role, station }
    }

    /// The same, where the job ingests the source identity of the session that asks for it. Session
    /// tags it does not.
    ///
    /// <https://docs.aws.amazon.com/sagemaker/latest/dg/monitor-user-access.html>
    pub(crate) fn handed_to_job(&self, place: Place, actor: &Actor, typed: Option<&str>) -> Handed {
        let mut handed = self.handed(place, actor, typed);
        let caller = actor.caller.as_ref().ok();
        if let (Some(name), Ok(role)) = (
            caller.and_then(|it| it.identity().source_identity),
            &mut handed.role,
        ) {
            role.session = role.session.clone().with_source_identity(&name);
        }
        handed
    }

    /// Why there is no role to hand over.
    fn not_handed(place: Place, actor: &Actor, typed: Option<&str>) -> Check {
        if let Some(typed) = typed {
            let gate = Gate::exists(place, typed, false);
            return Check::gate(Why::Named, gate, None);
        }
        match &actor.caller {
            Err(check) => Check::clone(check),
            Ok(caller) => {
                let arn = caller.principal.to_string();
                let entity = actor.station.entity.clone();
                Check::gate(Why::HandOverRole, Gate::CallerIsRole { arn }, entity)
            }
        }
    }

    /// The permission to hand the role over, asked of the caller during the call. The role's own
    /// trust policy has no say here.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>
    pub(crate) fn pass_role(
        &self,
        kind: HopKind,
        actor: &Actor,
        handed: &Handed,
        (operation, resource): (&str, &Arn),
    ) -> Hop {
        let from = match &actor.role {
            Some(arn) if kind == HopKind::PassRole && actor.station.place == Place::Role => {
                self.role_station(Place::Role, Some(arn))
            }
            Some(arn) => {
                let place = if kind == HopKind::PassStepRole {
                    Place::PipelineRole
                } else {
                    Place::ExecutionRole
                };
                self.role_station(place, Some(arn))
            }
            None if actor.caller.is_err() => self.role_station(Place::ExecutionRole, None),
            None => actor.station.clone(),
        };
        let to = handed.station.clone();
        match (&actor.caller, &handed.role) {
            (Err(check), _) | (_, Err(check)) => Hop::without(kind, from, to, check),
            (Ok(caller), Ok(role)) => {
                let check = self.pass_check(caller, role, operation, resource);
                let checks = actor.timed(vec![check]);
                Hop::new(kind, from, to, caller.identity(), checks)
            }
        }
    }

    pub(crate) fn pass_check(
        &self,
        caller: &Caller,
        role: &ServiceRole,
        operation: &str,
        resource: &Arn,
    ) -> Check {
        let caller = caller.in_call("sagemaker", operation);
        let context = caller
            .context()
            .with("iam:PassedToService", SAGEMAKER)
            .with("iam:AssociatedResourceArn", resource.as_str());
        let resource = Resource::Arn(role.arn.clone());
        let request = caller.request("iam", "PassRole", resource, context);
        self.authorize(Why::HandOverRole, request).during(operation)
    }

    /// SageMaker takes on the role that was handed over, on behalf of `source`.
    pub(crate) fn take_on(
        &self,
        kind: HopKind,
        from: &Station,
        handed: &Handed,
        (operation, source): (&str, &Arn),
        timing: Timing,
    ) -> Hop {
        let (from, to) = (from.clone(), handed.station.clone());
        let role = match &handed.role {
            Ok(role) => role,
            Err(check) => return Hop::without(kind, from, to, check),
        };
        let ask = |why, action| {
            let request = self.by_service(action, role, source);
            self.authorize(why, request).during(operation).at(timing)
        };
        let mut checks = vec![
            Self::role_exists(&to, &role.arn),
            ask(Why::ServiceAssumesRole, "AssumeRole"),
        ];
        if role.session.identity().source_identity.is_some() {
            checks.push(ask(Why::SetSourceIdentity, "SetSourceIdentity"));
        }
        Hop::new(kind, from, to, role.session.identity(), checks)
    }

    /// The keys for a key: the one that counts, and the older one that many policies still name.
    ///
    /// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html>
    pub(crate) fn with_key(&self, context: Context, name: &str, key: Option<&str>) -> Context {
        let Some(key) = key else {
            return context;
        };
        let arn = self.key_arn(key);
        context
            .with(&format!("sagemaker:{name}Arn"), arn.as_str())
            .with(&format!("sagemaker:{name}"), arn.as_str())
    }
}

impl Actor {
    /// The tags that go along with a call: its own, and those that the actor always sends.
    pub(crate) fn sends(&self, tags: &Tags) -> Tags {
        let mut all = self.tags.clone();
        all.extend(tags.clone());
        all
    }

    /// What a pipeline does nobody waits for.
    pub(crate) fn timed(&self, checks: Vec<Check>) -> Vec<Check> {
        let place = self.station.place;
        let timed = |it: Check| if self.is_async { it.later(place) } else { it };
        checks.into_iter().map(timed).collect()
    }
}

/// The keys for the instances that a call asks for.
pub(crate) fn with_instance(context: Context, instance: &str) -> Context {
    with_list(context, "sagemaker:InstanceTypes", &[instance])
}

/// The keys for a network, where one is named.
pub(crate) fn with_vpc(context: Context, vpc: Option<&VpcConfig>) -> Context {
    let Some(vpc) = vpc else {
        return context;
    };
    let context = with_strings(context, "sagemaker:VpcSubnets", &vpc.subnets);
    let groups = &vpc.security_group_ids;
    with_strings(context, "sagemaker:VpcSecurityGroupIds", groups)
}

/// A place that the world does not keep.
pub(crate) fn place(place: Place, name: &str) -> Station {
    Station {
        place,
        name: name.to_owned(),
        entity: None::<EntityId>,
    }
}
