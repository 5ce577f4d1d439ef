//! One call of any API, by anybody: the person, or whoever is named.

use std::collections::BTreeMap;

use crate::{
    flow::{
        ApiCall, Check, ContextText, Credentials, Gate, Hop, HopKind, Place, Station, Why,
        caller::{Actor, Asked, Caller},
        context::merged,
        walk::{Scene, Way},
        workload::call::place,
    },
    names::{ActionName, Arn, ContextKey},
    request::{Context, ContextValue, Principal, Resource},
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
        way.then(match asked(&actor, call, &given) {
            Ok((caller, asked)) => {
                let checks = vec![self.authorize(Why::Asked, asked)];
                Hop::new(kind, from, to, caller.identity(), checks)
            }
            Err(check) => Hop::without(kind, from, to, &check),
        });
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
            let mut caller = self.caller(it, credentials);
            if caller.context().single("aws:UserAgent").is_none() {
                caller = caller.with("aws:UserAgent", self.user_agent());
            }
            if is_person {
                let mfa = self.choice.mfa.to_string();
                caller = caller.with("aws:MultiFactorAuthPresent", &mfa);
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

fn asked(actor: &Actor, call: &ApiCall, given: &Context) -> Result<(Caller, Asked), Box<Check>> {
    let caller = actor.caller.clone()?;
    let action = ActionName::parse(&call.action)
        .ok_or_else(|| Box::new(unreadable(Place::Resource, &call.action)))?;
    let resource = match call.resource.as_str() {
        "*" => Resource::Any,
        text => Resource::Arn(
            Arn::parse(text).ok_or_else(|| Box::new(unreadable(Place::Resource, text)))?,
        ),
    };
    let context = merged(of_keys(caller.context(), &caller.principal, &action), given);
    let context = context.without(|key| {
        call.context
            .iter()
            .any(|(name, it)| *it == ContextText::Absent && ContextKey::new(name.as_str()) == *key)
    });
    let mut asked = caller.request(action.service(), action.name(), resource, context);
    asked.request.action = action;
    Ok((caller, asked))
}

/// What KMS says of a call that no service makes.
///
/// <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html>
fn of_keys(context: Context, caller: &Principal, action: &ActionName) -> Context {
    let (service, name) = action.folded();
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

fn given(context: &BTreeMap<String, ContextText>) -> Context {
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
