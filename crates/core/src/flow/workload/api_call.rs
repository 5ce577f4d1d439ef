//! One call of any API, by anybody: the person, or whoever is named.

use crate::{
    by_name::ByName,
    eval,
    flow::{
        ApiCall, Check, ContextText, Credentials, Gate, Hop, HopKind, Outcome, Place, Station,
        Subject, Why,
        caller::{Actor, Asked, Caller},
        context::{merged, of_source, signed_for_s3},
        walk::{Scene, Way},
        workload::call::place,
    },
    names::{ActionName, Arn, ContextKey, with_prefix},
    request::{Context, ContextValue, Principal, Request, Resource},
    trace::{Decision, Layer},
};

/// What stands for a caller without credentials.
const ANONYMOUS: &str = "anonymous";

impl Scene<'_> {
    pub(crate) fn api_call(&self, way: &mut Way, call: &ApiCall) {
        let given = given(&call.context);
        let named = call.principal.as_deref().filter(|it| !it.is_empty());
        let actor = match named {
            None => self.become_somebody(way),
            Some(text) => {
                let caller = self.somebody(text, &given);
                self.take_on_roles(way, caller)
            }
        };
        let to = self.resource_station(&call.resource);
        let kind = HopKind::ApiCall;
        let from = actor.station.clone();
        match self.asked(&actor, call, &given) {
            Ok((caller, asked)) => {
                let asked = self.behind_alias(asked);
                let request = &asked.request;
                let on_object = self.object_call(request);
                let on_object = on_object.as_ref();
                let behind = on_object.map(|it| self.behind_object(it, &caller, request, &from));
                let of_source = on_object.map(|it| self.source_checks(it, &caller, request));
                let unknown = self.not_in_world(request);
                let stranger = self.caller_not_in_world(&request.principal);
                let check = self.authorize(Why::Asked, asked);
                let mut checks = match unknown {
                    // What would have to allow is the word of a thing that nobody knows.
                    Some(unknown) if lacks_own_word(&check) => vec![unknown],
                    Some(unknown) if self.is_ours(&check) => vec![check, unknown],
                    _ => vec![check],
                };
                checks = match stranger {
                    Some(stranger) if checks.iter().any(lacks_callers_word) => vec![stranger],
                    Some(stranger) if checks.iter().all(|it| it.outcome() != Outcome::Fails) => {
                        checks.push(stranger);
                        checks
                    }
                    _ => checks,
                };
                checks.extend(of_source.into_iter().flatten());
                way.then(Hop::new(kind, from, to, caller.identity(), checks));
                for hop in behind.into_iter().flatten() {
                    way.then(hop);
                }
            }
            Err(check) => way.then(Hop::without(kind, from, to, &check)),
        }
    }

    fn asked(
        &self,
        actor: &Actor,
        call: &ApiCall,
        given: &Context,
    ) -> Result<(Caller, Asked), Box<Check>> {
        let caller = actor.caller.clone()?;
        let action = ActionName::parse(&call.action)
            .ok_or_else(|| Box::new(unreadable(Place::Resource, &call.action)))?;
        let mut names = call.context.iter().map(|it| it.0.as_str());
        let bare = names.find_map(|it| Some((it, with_prefix(it, action.service())?)));
        if let Some((name, meant)) = bare {
            let name = name.to_owned();
            let gate = Gate::ContextKey { name, meant };
            return Err(Box::new(Check::gate(Why::Asked, gate, None)));
        }
        let resource = match call.resource.as_str() {
            "*" => Resource::Any,
            text => Resource::Arn(
                Arn::parse(text).ok_or_else(|| Box::new(unreadable(Place::Resource, text)))?,
            ),
        };
        let own = of_keys(caller.context(), &caller.principal, &action);
        let own = of_source(self.world, &caller.principal, merged(own, given));
        let mut asked = caller.request(action.service(), action.name(), resource, own);
        // What somebody gives outweighs what the request would bring by itself, the way that it takes among it.
        let context = merged(asked.request.context, given);
        asked.request.context = context.without(|key| {
            call.context.iter().any(|(name, it)| {
                *it == ContextText::Absent && ContextKey::new(name.as_str()) == *key
            })
        });
        asked.request.action = action;
        Ok((caller, asked))
    }

    /// Asked of the key, where a call names it by an alias that the world knows: policies are asked about the key.
    ///
    /// <https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html>
    fn behind_alias(&self, mut asked: Asked) -> Asked {
        let request = &mut asked.request;
        if let Resource::Arn(named) = &request.resource
            && eval::names_key_by_alias(request)
            && let Some(account) = named.account()
            && let Some(arn) = self.world.arn_behind_alias(&account, named.as_str())
        {
            let context = std::mem::take(&mut request.context);
            request.context = context.with("kms:RequestAlias", named.resource());
            request.resource = Resource::Arn(arn);
        }
        asked
    }

    /// Whoever a text names.
    fn somebody(&self, text: &str, given: &Context) -> Actor {
        let principal = if text == ANONYMOUS || text == "*" {
            Some(Principal::Anonymous)
        } else {
            Principal::parse(text, given).map(|it| self.with_path(it))
        };
        let caller = principal.map(|it| {
            let credentials = match &it {
                Principal::Root { .. } | Principal::User { .. } => Credentials::LongTerm,
                Principal::Anonymous | Principal::Federated { .. } => Credentials::None,
                _ => Credentials::Temporary,
            };
            let is_person = !matches!(it, Principal::Service { .. } | Principal::Anonymous);
            let shows_factors = matches!(it, Principal::Root { .. } | Principal::User { .. });
            let mut caller = self.caller(it, credentials);
            if caller.context().single("aws:UserAgent").is_none() {
                caller = caller.with("aws:UserAgent", self.user_agent());
            }
            if shows_factors {
                let mfa = self.choice.mfa.to_string();
                caller = caller.with("aws:MultiFactorAuthPresent", &mfa);
            }
            if is_person {
                caller = self.with_address(caller);
            }
            caller
        });
        Actor::new(
            place(Place::Caller, text),
            caller.ok_or_else(|| Box::new(unreadable(Place::Caller, text))),
        )
    }

    /// A session's ARN does not show its role's path, but the account knows the role.
    fn with_path(&self, principal: Principal) -> Principal {
        let Principal::RoleSession {
            session_arn,
            role_arn,
        } = principal
        else {
            return principal;
        };
        let account = role_arn.account().and_then(|it| self.world.account(&it));
        let known = account.and_then(|it| Some((it, it.role(role_arn.last_segment())?)));
        let role_arn = known.map_or(role_arn, |(account, it)| {
            self.world.role_arn_in(account, it)
        });
        Principal::RoleSession {
            session_arn,
            role_arn,
        }
    }

    /// What a call is about and is not there: whatever IAM says, the thing may say otherwise. What is made by the call is
    /// not there yet, and what is none of the world's kinds never is.
    pub(crate) fn not_in_world(&self, request: &Request) -> Option<Check> {
        let Resource::Arn(arn) = &request.resource else {
            return None;
        };
        let (_, action) = request.action.folded();
        let (place, name) = thing_of(arn)?;
        let is_known = self.world.entity_of(arn).is_some();
        // A grant is made on a key that is there.
        let is_made = action.starts_with("create") && place != Place::Key;
        if is_known || is_made || name.contains(['*', '?']) {
            return None;
        }
        let name = name.to_owned();
        let gate = Gate::NotInWorld { place, name };
        Some(Check::gate(Why::Asked, gate, None))
    }

    /// A caller who is not there, in whichever account: whatever the resource's policy says, its own may say otherwise.
    fn caller_not_in_world(&self, caller: &Principal) -> Option<Check> {
        let (place, arn, is_known) = match caller {
            Principal::User { arn } => {
                let user = self.world.user_by_arn(arn.as_str());
                (Place::User, arn, user.is_some())
            }
            Principal::RoleSession { role_arn, .. } => {
                let role = self.world.role_by_arn(role_arn.as_str());
                (Place::Role, role_arn, role.is_some())
            }
            _ => return None,
        };
        let name = arn.to_string();
        let gate = Gate::NotInWorld { place, name };
        (!is_known).then(|| Check::gate(Why::Asked, gate, None))
    }

    /// Whether a check is about something of this world's accounts.
    fn is_ours(&self, check: &Check) -> bool {
        let Subject::Authorization { request, .. } = &check.subject else {
            return false;
        };
        let Resource::Arn(arn) = &request.resource else {
            return false;
        };
        let account = arn.account();
        arn.service() == "s3" || account.is_some_and(|it| self.world.account(&it).is_some())
    }

    fn resource_station(&self, text: &str) -> Station {
        let arn = Arn::parse(text);
        let entity = arn.as_ref().and_then(|it| self.world.entity_of(it));
        Station {
            place: Place::Resource,
            name: arn.as_ref().map_or(text, Arn::resource).to_owned(),
            entity: entity.filter(|it| it.exists_in(self.world)),
        }
    }
}

/// Whether all that keeps a request from going through is that the thing's own policy is not there. A role has none but the
/// one that says who assumes it.
pub(crate) fn lacks_own_word(check: &Check) -> bool {
    let Subject::Authorization { request, trace, .. } = &check.subject else {
        return false;
    };
    let has_policy = matches!(request.action.folded().0, "s3" | "ecr" | "kms" | "sts");
    has_policy
        && matches!(&trace.decision, Decision::ImplicitDeny { missing } if *missing == [Layer::Resource])
}

/// Whether all that keeps a request from going through is that the caller's own policies are not there.
fn lacks_callers_word(check: &Check) -> bool {
    let Subject::Authorization { trace, .. } = &check.subject else {
        return false;
    };
    matches!(&trace.decision, Decision::ImplicitDeny { missing } if *missing == [Layer::Identity])
}

/// The kind and name of what an ARN is about, where it is of a kind that has a policy of its own or that Studio needs.
fn thing_of(arn: &Arn) -> Option<(Place, &str)> {
    let resource = arn.resource();
    if arn.service() == "s3" {
        // Access points and jobs are parts of no world.
        let is_bucket = arn.account_str().is_none();
        return is_bucket.then(|| {
            (
                Place::Bucket,
                resource.split('/').next().unwrap_or(resource),
            )
        });
    }
    let (kind, name) = resource.split_once('/')?;
    let place = match (arn.service(), kind) {
        ("ecr", "repository") => Place::Repository,
        ("kms", "key") => Place::Key,
        ("iam", "role") => Place::Role,
        ("iam", "user") => Place::User,
        ("sagemaker", "domain") => Place::Domain,
        ("sagemaker", "user-profile") => Place::UserProfile,
        ("sagemaker", "space") => Place::Space,
        _ => return None,
    };
    Some((place, name))
}

/// What S3 says of a signed call, and KMS of one that no service makes.
///
/// <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html>
fn of_keys(context: Context, caller: &Principal, action: &ActionName) -> Context {
    let (service, name) = action.folded();
    if service == "s3" && caller.account_str().is_some() {
        return signed_for_s3(context);
    }
    if service != "kms" || matches!(caller, Principal::Service { .. }) {
        return context;
    }
    let is_grants = matches!(name, "creategrant" | "listgrants" | "revokegrant");
    let context = match caller.account_str() {
        Some(account) => context.with("kms:CallerAccount", account),
        None => context,
    };
    if is_grants {
        context.with("kms:GrantIsForAWSResource", "false")
    } else {
        context
    }
}

fn unreadable(place: Place, text: &str) -> Check {
    let text = text.to_owned();
    Check::gate(Why::Asked, Gate::Readable { place, text }, None)
}

fn given(context: &ByName<ContextText>) -> Context {
    let mut given = Context::new();
    for (key, value) in context {
        let value = match value {
            ContextText::One(it) => ContextValue::Single(it.clone()),
            ContextText::Many(it) => ContextValue::Multi(it.clone()),
            ContextText::Absent => continue,
        };
        given.insert(ContextKey::new(key.as_str()), value);
    }
    given
}
