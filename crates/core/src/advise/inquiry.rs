//! Questions of access to a world: who there is, and may they do this.
//!
//! The only file here that asks the engine. Invariant: every answer comes from [`eval`] over
//! [`policies_for`], so all layers count.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    advise::{mixed_trust::trust, steps::rest},
    eval::{self, PolicySet},
    explain::Spot,
    flow::{SAGEMAKER, of_caller, of_resource},
    names::{ActionName, Arn},
    policy::{Effect, Policy, PrincipalPattern, Statement},
    request::{Context, Origin, Principal, Request, Resource},
    trace::{ElementTrace, EvalDecision, Layer, StatementTrace, Trace},
    world::{
        DocumentId, Documents, Domain, EntityId, Role, Thing, User, UserProfile, World,
        policies_for,
    },
};

/// A name that nothing has: who may do something to a thing of this name may do it to any.
pub(crate) const ANY_NAME: &str = "zq7-any-name";

/// An account that a world hardly has: somebody else's.
pub(crate) const STRANGER: &str = "999900008888";

/// A user or a role of the home account.
#[derive(Clone, Debug)]
pub(crate) struct Holder {
    pub(crate) thing: Thing,
    principal: Principal,
    context: Context,
    /// Its own policies, for the questions that they answer alone.
    identity: Vec<Arc<Policy>>,
    /// Whether it can give anybody any permission.
    pub(crate) is_administrator: bool,
}

impl Holder {
    /// The user or role.
    pub(crate) fn entity(&self) -> EntityId {
        EntityId::home(self.thing.clone())
    }

    /// Its ARN: a role's own, not that of its sessions.
    pub(crate) fn arn(&self) -> Option<&Arn> {
        match &self.principal {
            Principal::User { arn } => Some(arn),
            Principal::RoleSession { role_arn, .. } => Some(role_arn),
            _ => None,
        }
    }

    /// Whether a statement of its own policies allows the action on anything at all.
    pub(crate) fn is_ever_allowed(&self, action: &str) -> bool {
        let (service, name) = action.split_once(':').unwrap_or((action, ""));
        let action = ActionName::new(service, name);
        let mut statements = self.identity.iter().flat_map(|it| &it.statements);
        statements.any(|it| {
            let mut patterns = it.action.patterns.iter();
            let hit = patterns.any(|it| it.value.matches(&action));
            it.effect.value == Effect::Allow && hit != it.action.negated
        })
    }

    fn thing_name(&self) -> &str {
        match &self.thing {
            Thing::User { name } | Thing::Role { name } => name,
            _ => "",
        }
    }

    /// The same, as somebody that signed in with a second factor.
    #[must_use]
    pub(crate) fn with_second_factor(&self) -> Self {
        let mut own = self.clone();
        own.context = own.context.with("aws:MultiFactorAuthPresent", "true");
        own
    }
}

/// A world, and who is in it.
pub(crate) struct Inquiry<'a> {
    pub(crate) world: &'a World,
    pub(crate) documents: &'a Documents,
    time: &'a str,
    /// The users, as they are with an access key.
    pub(crate) users: Vec<Holder>,
    /// The roles, by their sessions.
    pub(crate) roles: Vec<Holder>,
    /// Where in `roles` each name stands.
    places: BTreeMap<&'a str, usize>,
    /// Whom the roles' trust policies take in by name.
    named: BTreeMap<&'a str, Vec<usize>>,
    /// The roles whose trust policies may take in anybody.
    open: Vec<usize>,
    /// The names of the roles that profiles and shared spaces run as.
    execution_roles: BTreeSet<&'a str>,
}

impl<'a> Inquiry<'a> {
    pub(crate) async fn new(world: &'a World, documents: &'a Documents, time: &'a str) -> Self {
        let mut own = Self {
            world,
            documents,
            time,
            users: Vec::new(),
            roles: Vec::new(),
            places: BTreeMap::new(),
            named: BTreeMap::new(),
            open: Vec::new(),
            execution_roles: BTreeSet::new(),
        };
        for user in &world.home.users {
            let holder = own.user(user);
            own.users.push(holder);
            rest().await;
        }
        for (idx, role) in world.home.roles.iter().enumerate() {
            let holder = own.role(role);
            own.roles.push(holder);
            own.places.entry(&role.name).or_insert(idx);
            own.note_trusted(idx, role);
            rest().await;
        }
        for domain in &world.home.domains {
            let profiles = domain.user_profiles.iter();
            let of_profiles = profiles.filter_map(|it| own.role_of_profile(domain, it));
            let of_spaces = own.role_of_spaces(domain);
            let names = of_profiles.chain(of_spaces).map(|it| it.0.name.as_str());
            let names: Vec<&str> = names.collect();
            own.execution_roles.extend(names);
            rest().await;
        }
        own
    }

    /// Notes whom a role's trust policy may take in by itself: whoever it names, or anybody where it
    /// names more than accounts, services and others.
    fn note_trusted(&mut self, idx: usize, role: &Role) {
        let document = self.documents.get(&trust(role));
        let policy = document.and_then(|it| it.policy.as_ref());
        let statements = policy.into_iter().flat_map(|it| &it.statements);
        for principal in statements.filter_map(|it| it.principal.as_ref()) {
            let mut is_open = principal.negated;
            for entry in &principal.entries {
                match &entry.value {
                    PrincipalPattern::Arn(arn) => {
                        for name in arn.resource().split('/') {
                            let roles = self.named.entry(name).or_default();
                            if roles.last() != Some(&idx) {
                                roles.push(idx);
                            }
                        }
                    }
                    PrincipalPattern::Account(_)
                    | PrincipalPattern::Service(_)
                    | PrincipalPattern::Federated(_)
                    | PrincipalPattern::CanonicalUser(_) => {}
                    PrincipalPattern::Any
                    | PrincipalPattern::AnyAws
                    | PrincipalPattern::UniqueId(_) => is_open = true,
                }
            }
            if is_open && self.open.last() != Some(&idx) {
                self.open.push(idx);
            }
        }
    }

    /// Users and roles.
    pub(crate) fn holders(&self) -> impl Iterator<Item = &Holder> {
        self.users.iter().chain(&self.roles)
    }

    /// The role of that name.
    pub(crate) fn holder_of_role(&self, name: &str) -> Option<&Holder> {
        self.roles.get(*self.places.get(name)?)
    }

    fn user(&self, user: &User) -> Holder {
        let thing = Thing::User {
            name: user.name.clone(),
        };
        let arn = self.world.user_arn(user);
        self.holder(thing, Principal::User { arn })
    }

    fn role(&self, role: &Role) -> Holder {
        let thing = Thing::Role {
            name: role.name.clone(),
        };
        let principal = Principal::RoleSession {
            session_arn: self.world.session_arn(&role.name, "SageMaker"),
            role_arn: self.world.role_arn(role),
        };
        self.holder(thing, principal)
    }

    /// Whoever may attach a policy to anybody can have every permission there is.
    fn holder(&self, thing: Thing, principal: Principal) -> Holder {
        let context = of_caller(self.world, &principal, self.time);
        let mut holder = Holder {
            thing,
            principal,
            context,
            identity: Vec::new(),
            is_administrator: false,
        };
        let any_role = self.world.iam_arn("role", "/", ANY_NAME);
        let own = self.policies(&self.request(&holder, "iam:GetRole", any_role, &[]));
        holder.identity = own.identity.into_iter().map(|it| it.policy).collect();
        let iam = |kind| self.world.iam_arn(kind, "/", ANY_NAME);
        holder.is_administrator = self.may(&holder, "iam:AttachUserPolicy", iam("user"))
            && self.may(&holder, "iam:AttachRolePolicy", iam("role"));
        holder
    }

    /// A request of a holder for an action, such as `s3:GetObject`.
    pub(crate) fn request(
        &self,
        by: &Holder,
        action: &str,
        on: Arn,
        keys: &[(&str, &str)],
    ) -> Request {
        let mut context = by.context.clone();
        for (key, value) in keys {
            context = context.with(key, *value);
        }
        self.asked(by.principal.clone(), action, on, context)
    }

    fn asked(&self, principal: Principal, action: &str, on: Arn, context: Context) -> Request {
        let (service, name) = action.split_once(':').unwrap_or((action, ""));
        let request = Request {
            origin: Origin::of(&principal, &context),
            principal,
            action: ActionName::new(service, name),
            resource: Resource::Arn(on),
            resource_account: None,
            wildcard_only_action: false,
            context,
        };
        of_resource(self.world, request)
    }

    /// The request by which SageMaker takes on a role for `source` in `account`.
    pub(crate) fn by_sagemaker(&self, role: &Role, account: &str, source: &Arn) -> Request {
        let principal = Principal::Service {
            name: SAGEMAKER.to_owned(),
        };
        let context = of_caller(self.world, &principal, self.time)
            .with("aws:SourceAccount", account)
            .with("aws:SourceArn", source.as_str())
            .with("sts:RoleSessionName", "SageMaker");
        self.asked(
            principal,
            "sts:AssumeRole",
            self.world.role_arn(role),
            context,
        )
    }

    /// A request of a stranger: somebody of another account that is in no organization.
    pub(crate) fn by_stranger(&self, account: &str, action: &str, on: Arn) -> Request {
        let arn = Arn::from_parts([&self.world.partition, "iam", "", account, "user/stranger"]);
        let principal = Principal::User { arn: arn.clone() };
        let context = Context::new()
            .with("aws:CurrentTime", self.time)
            .with("aws:RequestedRegion", &self.world.region)
            .with("aws:SecureTransport", "true")
            .with("aws:PrincipalIsAWSService", "false")
            .with("aws:PrincipalArn", arn.as_str())
            .with("aws:PrincipalAccount", account)
            .with("aws:PrincipalType", "User");
        // Said also where it is the home account: to a stranger that is another.
        let owner = self.world.owner_of(&on).cloned();
        Request {
            resource_account: owner,
            ..self.asked(principal, action, on, context)
        }
    }

    /// Which policies bear on a request.
    pub(crate) fn policies(&self, request: &Request) -> PolicySet {
        policies_for(self.world, self.documents, request)
    }

    /// Whether a request goes through.
    pub(crate) fn is_allowed(&self, request: &Request) -> bool {
        eval::decide(&self.policies(request), request) == EvalDecision::Allowed
    }

    /// Whether a holder may do something.
    pub(crate) fn may(&self, by: &Holder, action: &str, on: Arn) -> bool {
        // No other policy can allow these, so most questions end here, and a large account is no
        // trouble.
        let is_own_matter = action.starts_with("iam:") || action.starts_with("sagemaker:");
        if is_own_matter && !by.is_ever_allowed(action) {
            return false;
        }
        self.is_allowed(&self.request(by, action, on, &[]))
    }

    /// Whether a holder may become a role, one of [`Self::roles_to_assume`].
    pub(crate) fn may_assume(&self, by: &Holder, role: &Role) -> bool {
        self.may(by, "sts:AssumeRole", self.world.role_arn(role))
    }

    /// The roles that a holder may become as far as can be seen without asking, by their places among
    /// the home account's: all where its own policies ever allow that, else those that take it in by
    /// themselves.
    pub(crate) fn roles_to_assume(&self, by: &Holder) -> BTreeSet<usize> {
        let mut places = BTreeSet::new();
        if by.is_ever_allowed("sts:AssumeRole") {
            places.extend(0..self.roles.len());
        } else {
            let named = self.named.get(by.thing_name());
            places.extend(named.into_iter().flatten().chain(&self.open));
        }
        places
    }

    /// Whether a holder may hand a role to SageMaker.
    pub(crate) fn may_pass(&self, by: &Holder, role: &Role) -> bool {
        by.is_ever_allowed("iam:PassRole")
            && self.is_allowed(&self.pass_request(by, self.world.role_arn(role), SAGEMAKER))
    }

    /// The request to hand a role to a service.
    pub(crate) fn pass_request(&self, by: &Holder, role: Arn, service: &str) -> Request {
        self.request(
            by,
            "iam:PassRole",
            role,
            &[("iam:PassedToService", service)],
        )
    }

    /// Whether SageMaker may take on a role for something of this account.
    pub(crate) fn is_trusted_by_sagemaker(&self, role: &Role) -> bool {
        let source = self.world.regional_arn("sagemaker", "*");
        self.is_allowed(&self.by_sagemaker(role, self.world.home.account.as_str(), &source))
    }

    /// Whether a holder may open a profile.
    pub(crate) fn may_open(&self, by: &Holder, domain: &Domain, profile: &str) -> bool {
        self.may(
            by,
            "sagemaker:CreatePresignedDomainUrl",
            self.profile_arn(domain, profile),
        )
    }

    /// The ARN of a profile, whether it is there or not.
    pub(crate) fn profile_arn(&self, domain: &Domain, profile: &str) -> Arn {
        let resource = format!("user-profile/{}/{profile}", domain.domain_id);
        self.world.regional_arn("sagemaker", &resource)
    }

    /// Every statement that a request owes its yes to, the caller's own first; none where it is
    /// not allowed.
    pub(crate) fn grants(&self, request: &Request) -> Vec<Grant> {
        grants(&eval::evaluate(&self.policies(request), request))
    }

    /// The role with that ARN, and its holder.
    pub(crate) fn role_with_arn(&self, arn: &str) -> Option<(&'a Role, &Holder)> {
        let role = self.world.role_by_arn(arn)?;
        Some((role, self.holder_of_role(&role.name)?))
    }

    /// The role that a profile's own apps run as.
    pub(crate) fn role_of_profile(
        &self,
        domain: &'a Domain,
        profile: &'a UserProfile,
    ) -> Option<(&'a Role, &Holder)> {
        self.role_with_arn(domain.execution_role(profile)?)
    }

    /// The role that a domain's shared spaces run as.
    pub(crate) fn role_of_spaces(&self, domain: &Domain) -> Option<(&'a Role, &Holder)> {
        let arn = domain.default_space_settings.execution_role.as_deref()?;
        self.role_with_arn(arn)
    }

    /// Whether a profile or a shared space of a domain runs as the role.
    pub(crate) fn is_execution_role(&self, role: &Role) -> bool {
        self.execution_roles.contains(role.name.as_str())
    }

    /// The statement that a trace speaks of, as parsed.
    pub(crate) fn statement(&self, grant: &Grant) -> Option<&'a Statement> {
        let policy = self.documents.get(&grant.document)?.policy.as_ref()?;
        policy.statements.get(grant.index)
    }
}

/// A statement that allows a request, and the entries of it that took the request in.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) document: DocumentId,
    index: usize,
    principal: Option<Spot>,
    action: Option<Spot>,
    resource: Option<Spot>,
}

impl Grant {
    /// The entry of `Resource` that took the resource in, else of `Action`.
    pub(crate) fn resource(&self) -> Spot {
        let spot = self.resource.clone().or_else(|| self.action.clone());
        spot.unwrap_or_else(|| Spot::Document(self.document.clone()))
    }

    /// The entry of `Action` that took the action in.
    pub(crate) fn action(&self) -> Spot {
        let spot = self.action.clone();
        spot.unwrap_or_else(|| Spot::Document(self.document.clone()))
    }

    /// The entry of `Principal` that took the caller in.
    pub(crate) fn principal(&self) -> Spot {
        let spot = self.principal.clone();
        spot.unwrap_or_else(|| Spot::Document(self.document.clone()))
    }

    fn of(statement: &StatementTrace) -> Option<Self> {
        let name = &statement.at.document;
        let evidence = |is_it: fn(&ElementTrace) -> bool| {
            let test = statement.tests.iter().find(|it| is_it(it))?;
            Spot::in_document(name, test.evidence())
        };
        Some(Self {
            document: DocumentId::of(name)?,
            index: statement.at.index,
            principal: evidence(|it| matches!(it, ElementTrace::Principal { .. })),
            action: evidence(|it| matches!(it, ElementTrace::Action { .. })),
            resource: evidence(|it| matches!(it, ElementTrace::Resource { .. })),
        })
    }
}

/// The statements of identity and resource policies that allow, where the answer is yes.
pub(crate) fn grants(trace: &Trace) -> Vec<Grant> {
    if !trace.decision.is_allowed() {
        return Vec::new();
    }
    let layers = trace.layers.iter();
    let layers = layers.filter(|it| matches!(it.layer, Layer::Identity | Layer::Resource));
    let statements = layers.flat_map(|it| &it.statements);
    let allowing = statements.filter(|it| it.effect == Effect::Allow && it.applies());
    allowing.filter_map(Grant::of).collect()
}
