//! Who makes requests: a caller, the role a service runs something as, and who starts something.

use std::sync::Arc;

use crate::{
    by_name::Tags,
    eval::NamedPolicy,
    flow::{
        Check, Credentials, Ending, Identity, Lifetime, Station,
        context::{at_time, of_caller, with_tags},
        route::Route,
        studio::SAGEMAKER,
        time::later,
        walk::Scene,
    },
    names::{ActionName, Arn, ContextKey},
    request::{Context, Origin, Principal, Request, Resource},
};

/// Somebody who makes requests.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) principal: Principal,
    identity: Identity,
    context: Context,
    origin: Origin,
    /// The way that its requests take, where they come out of a VPC.
    route: Option<Arc<Route>>,
    /// What was passed when its session was made.
    session_policies: Arc<[NamedPolicy]>,
}

/// A request, and what else is asked of whoever makes it.
pub(crate) struct Asked {
    pub(crate) request: Request,
    /// The policies that were passed when the session was made; empty where none were.
    pub(crate) session_policies: Arc<[NamedPolicy]>,
}

impl From<Request> for Asked {
    fn from(request: Request) -> Self {
        Self {
            request,
            session_policies: Arc::default(),
        }
    }
}

impl Caller {
    pub(crate) fn identity(&self) -> Identity {
        self.identity.clone()
    }

    /// The keys that each of the caller's requests carries.
    pub(crate) fn context(&self) -> Context {
        self.context.clone()
    }

    pub(crate) fn with(mut self, key: &str, value: &str) -> Self {
        self.context = self.context.with(key, value);
        self
    }

    /// The same as `program` of a service, or in one.
    pub(crate) fn in_service(mut self, program: &str) -> Self {
        self.origin = Origin::Service;
        self.with("aws:UserAgent", program)
    }

    /// Tags that were passed along when the session was made; they outweigh the role's own.
    pub(crate) fn with_session_tags(mut self, tags: &Tags) -> Self {
        self.context = with_tags(self.context, "aws:PrincipalTag", Some(tags));
        self.identity.session_tags.clone_from(tags);
        self
    }

    pub(crate) fn with_source_identity(mut self, name: &str) -> Self {
        self.identity.source_identity = Some(name.to_owned());
        self.with("aws:SourceIdentity", name)
    }

    /// That the credentials, or what goes with them, end so many seconds after the walk's time.
    pub(crate) fn ending(mut self, scene: &Scene<'_>, what: Lifetime, seconds: u32) -> Self {
        self.identity.ends.push(Ending {
            what,
            seconds,
            at: later(&scene.choice.time, seconds),
        });
        self
    }

    /// The policies that were passed when the session was made.
    pub(crate) fn with_session_policies(mut self, policies: Vec<NamedPolicy>) -> Self {
        let names = policies.iter().map(|it| it.name.to_string());
        self.identity.session_policies = names.collect();
        self.session_policies = policies.into();
        self
    }

    /// The same, coming out of a VPC.
    pub(crate) fn out_of(mut self, route: Option<Route>) -> Self {
        self.route = route.map(Arc::new);
        self
    }

    /// The same for what a service asks IAM about it in the course of one of its calls, which has come its own way.
    pub(crate) fn in_call(&self, service: &str, action: &str) -> Self {
        Self {
            context: self.on_its_way(self.context.clone(), &ActionName::new(service, action)),
            ..self.through_service()
        }
    }

    /// With the keys that say which way a call takes.
    fn on_its_way(&self, context: Context, action: &ActionName) -> Context {
        match &self.route {
            Some(route) => route.keys(context, action),
            None => context,
        }
    }

    /// Whether a call does not take the way that its caller comes by, nor any that it says itself.
    fn is_beside_route(&self, context: &Context) -> bool {
        let ways = [
            "aws:SourceVpc",
            "aws:SourceVpce",
            "aws:SourceIp",
            "aws:VpcSourceIp",
        ];
        let says = |key: &str| context.get(&ContextKey::new(key)).is_some();
        self.route.is_some() && !ways.into_iter().any(says)
    }

    /// The same where a service asks on its behalf: that way is the service's own.
    pub(crate) fn through_service(&self) -> Self {
        Self {
            route: None,
            ..self.clone()
        }
    }

    /// The same where a service goes on with its credentials, to ask another service: from where is no longer the caller's
    /// own.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html>
    pub(crate) fn forwarded(&self) -> Self {
        let own = [
            "aws:SourceIp",
            "aws:SourceVpc",
            "aws:SourceVpce",
            "aws:VpcSourceIp",
        ]
        .map(ContextKey::new);
        let context = self.context.without(|it| own.contains(it));
        Self {
            context: context.with("aws:ViaAWSService", "true"),
            ..self.through_service()
        }
    }

    /// The same some seconds after the walk's time.
    pub(crate) fn later(mut self, scene: &Scene<'_>, seconds: u32) -> Self {
        if let Some(time) = later(&scene.choice.time, seconds) {
            self.context = at_time(self.context, &time).with("aws:TokenIssueTime", time);
        }
        self
    }

    /// IAM has one endpoint in each partition, and calls to it are made there. Handing a role over is no call to it.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion>
    fn in_region_of_iam(&self, context: Context) -> Context {
        match self.principal.partition() {
            Some("aws") => context.with("aws:RequestedRegion", "us-east-1"),
            _ => context,
        }
    }

    pub(crate) fn request(
        &self,
        service: &str,
        action: &str,
        resource: Resource,
        context: Context,
    ) -> Asked {
        let action = ActionName::new(service, action);
        let context = self.on_its_way(context, &action);
        let context = match action.folded() {
            ("iam", name) if name != "passrole" => self.in_region_of_iam(context),
            _ => context,
        };
        let origin = match self.origin {
            Origin::Service => Origin::Service,
            // A call may be told with the keys that a service adds.
            Origin::Outside | Origin::BesideEndpoint => {
                let origin = Origin::of(&self.principal, &context);
                let is_beside = origin == Origin::Outside && self.is_beside_route(&context);
                if is_beside {
                    Origin::BesideEndpoint
                } else {
                    origin
                }
            }
        };
        let request = Request {
            principal: self.principal.clone(),
            action,
            resource,
            resource_account: None,
            wildcard_only_action: false,
            context,
            origin,
        };
        Asked {
            request,
            session_policies: Arc::clone(&self.session_policies),
        }
    }
}

/// A role that a service runs something as: its ARN as the world gives it, and its sessions.
#[derive(Clone)]
pub(crate) struct ServiceRole {
    pub(crate) arn: Arn,
    pub(crate) session: Caller,
}

/// A role, or the check that says why there is none.
pub(crate) type Held = Result<ServiceRole, Box<Check>>;

/// Who starts something: a person, a notebook, a pipeline.
#[derive(Clone)]
pub(crate) struct Actor {
    /// Where the requests come from.
    pub(crate) station: Station,
    /// Who asks; an error where a notebook has no role.
    pub(crate) caller: Result<Caller, Box<Check>>,
    /// The role that the caller is a session of, as `get_execution_role()` would give it.
    pub(crate) role: Option<Arn>,
    /// Every role that was assumed on the way, in order.
    pub(crate) roles: Vec<Arn>,
    /// The tags that go along with all that it makes.
    pub(crate) tags: Tags,
    /// Whether it acts in the course of something that was started before.
    pub(crate) is_async: bool,
}

impl Actor {
    /// Somebody who asks by themselves, with no role behind them and no tags to put on what they make.
    pub(crate) const fn new(station: Station, caller: Result<Caller, Box<Check>>) -> Self {
        Self {
            station,
            caller,
            role: None,
            roles: Vec::new(),
            tags: Tags::new(),
            is_async: false,
        }
    }
}

impl Scene<'_> {
    pub(crate) fn caller(&self, principal: Principal, credentials: Credentials) -> Caller {
        let context = of_caller(self.world, &principal, &self.choice.time);
        let session_name = match &principal {
            Principal::RoleSession { session_arn, .. } => Some(session_arn.last_segment()),
            _ => None,
        };
        let identity = Identity {
            arn: Some(principal.to_string()),
            credentials,
            session_name: session_name.map(str::to_owned),
            ..Identity::nobody()
        };
        Caller {
            origin: Origin::of(&principal, &context),
            principal,
            identity,
            context,
            route: None,
            session_policies: Arc::default(),
        }
    }

    /// A session of the role with that ARN.
    pub(crate) fn session(&self, role_arn: &Arn, session: &str) -> Caller {
        let role = self.world.role_by_arn(role_arn.as_str());
        let name = role.map_or_else(|| role_arn.last_segment(), |it| it.name.as_str());
        let account = role_arn.account();
        let account = account.as_ref().unwrap_or(&self.here.account);
        let session_arn = self.world.session_arn_in(account, name, session);
        let principal = Principal::RoleSession {
            session_arn,
            role_arn: role_arn.clone(),
        };
        self.caller(principal, Credentials::Temporary)
    }

    /// A role and its sessions, by what somebody typed as its ARN. SageMaker calls them the same
    /// always.
    pub(crate) fn role_named(&self, arn: &str) -> Option<ServiceRole> {
        let arn = Arn::parse(arn)?;
        let session = self
            .session(&arn, crate::flow::studio::SESSION_NAME)
            .in_service(SAGEMAKER);
        Some(ServiceRole { arn, session })
    }
}
