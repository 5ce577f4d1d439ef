//! The hops by which credentials are traded for a role's: what goes along with the session, and what limits it.
//!
//! Knows nothing of how the person signed in. Invariant: tags, external id and policies are passed with the first role
//! only, and behind it what is transitive goes along.

use std::sync::Arc;

use crate::{
    by_name::Tags,
    diagnostic::Diagnostic,
    eval::NamedPolicy,
    flow::{
        Check, Gate, Hop, HopKind, Lifetime, Place, SessionPolicyProblem, Why,
        caller::{Actor, Caller},
        context::{with_sent_tags, with_strings},
        walk::{Scene, Way},
    },
    names::{Arn, DocumentName},
    policy::{self, Policy, PolicyKind},
    request::{Principal, Resource},
    world::{DocumentId, Text},
};

/// What a role’s session lasts at most, where nobody has set another length at the role.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use.html>
const DEFAULT_SESSION: u32 = 3600;

/// What a session lasts at most that was made with the credentials of another session.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining>
const CHAINED_SESSION: u32 = 3600;

/// So many managed policies may be passed with a session.
///
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
const MAX_SESSION_POLICIES: usize = 10;

/// What goes along when a role is assumed.
struct PassedAlong {
    /// Whether it is assumed with a session's credentials.
    is_chained: bool,
    /// The tags that are sent with the call.
    sent: Tags,
    /// The tags that the new session has of it.
    inherited: Tags,
    source_identity: Option<String>,
    session_name: String,
}

impl Scene<'_> {
    /// Assuming the roles of the chain, each with the credentials of the one before.
    pub(crate) fn take_on_roles(&self, way: &mut Way, actor: Actor) -> Actor {
        let chain = &self.choice.role_chain;
        let n_doors = HopKind::CHAIN.len().saturating_sub(actor.roles.len());
        let walked = chain.iter().take(n_doors);
        let last = walked.fold(actor, |actor, role| self.take_on_role(way, &actor, role));
        if n_doors < chain.len()
            && let Some(idx) = way.len().checked_sub(1)
        {
            let gate = Gate::LongChain {
                n: chain.len() - n_doors,
            };
            way.add(idx, Check::gate(Why::AssumeRole, gate, None));
        }
        last
    }

    /// What goes along when a caller assumes a role.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining>
    fn passed_along(&self, caller: &Caller) -> PassedAlong {
        let choice = self.choice;
        let before = caller.identity();
        let name = match &caller.principal {
            Principal::RoleSession { session_arn, .. } => session_arn.last_segment(),
            Principal::User { arn } | Principal::FederatedUser { arn, .. } => arn.last_segment(),
            _ => choice.user.rsplit('/').next().unwrap_or_default(),
        };
        let session_name = name.to_owned();
        let is_chained = matches!(
            caller.principal,
            Principal::RoleSession { .. } | Principal::FederatedUser { .. }
        );
        if !is_chained {
            return PassedAlong {
                is_chained,
                sent: choice.session_tags.clone(),
                inherited: choice.session_tags.clone(),
                source_identity: choice.source_identity.clone(),
                session_name,
            };
        }
        let mut inherited = before.session_tags;
        // Keys of tags keep their case and are compared without.
        let transitive = choice.transitive_tag_keys.iter();
        inherited.retain(|key, _| transitive.clone().any(|it| it.eq_ignore_ascii_case(key)));
        PassedAlong {
            is_chained,
            sent: Tags::new(),
            inherited,
            source_identity: before.source_identity,
            session_name,
        }
    }

    /// The policies that are passed when the role is assumed, and what is to be said of each. One that
    /// cannot be passed allows nothing, and of one that is not held nobody knows what it allows.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session>
    fn session_policies(&self, role: &Arn) -> (Vec<NamedPolicy>, Vec<Gate>) {
        let choice = self.choice;
        let (mut policies, mut gates) = (Vec::new(), Vec::new());
        let mut pass = |arn: &str, name: DocumentName, policy: Option<Arc<Policy>>, problem| {
            policies.push(match policy {
                Some(policy) => NamedPolicy { name, policy },
                None if problem == Some(SessionPolicyProblem::NotHeld) => NamedPolicy::unread(name),
                None => NamedPolicy::empty(name),
            });
            let arn = arn.to_owned();
            gates.push(Gate::SessionPolicy { arn, problem });
        };
        for (idx, text) in choice.session_policy_arns.iter().enumerate() {
            let arn = Arn::parse(text);
            let arn =
                arn.filter(|it| it.service() == "iam" && it.resource().starts_with("policy/"));
            let is_own = |it: &Arn| it.is_aws_owned() || it.account() == role.account();
            let id = arn
                .clone()
                .map(|arn| DocumentId::home(Text::Managed { arn }));
            let document = id.as_ref().and_then(|it| self.documents.get(it));
            let problem = match &arn {
                _ if idx >= MAX_SESSION_POLICIES => Some(SessionPolicyProblem::TooMany),
                None => Some(SessionPolicyProblem::NoPolicy),
                Some(arn) if !is_own(arn) => Some(SessionPolicyProblem::OtherAccount),
                Some(_) if document.is_none() => Some(SessionPolicyProblem::NotHeld),
                Some(_) => None,
            };
            let name = id.map_or_else(|| DocumentName::new(text), |it| it.name());
            let policy = document.and_then(|it| it.policy.clone());
            pass(text, name, policy, problem);
        }
        if let Some(text) = &choice.session_policy {
            let (policy, diagnostics) = policy::parse(text.as_str(), PolicyKind::Session);
            let error = diagnostics.into_iter().find(Diagnostic::is_error);
            let problem = error.map(|it| SessionPolicyProblem::Refused(it.message));
            let name = DocumentName::new("inline session policy");
            pass("", name, policy.map(Arc::new), problem);
        }
        (policies, gates)
    }

    /// Trading credentials for a role's. Tags and a source identity that go along are asked for by
    /// themselves, each of the same role. Behind the first role only transitive tags go along, and the
    /// source identity always.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html>
    pub(crate) fn take_on_role(&self, way: &mut Way, actor: &Actor, named: &str) -> Actor {
        let choice = self.choice;
        let arn = self.role_arn_of(named);
        let to = self.role_station(Place::Role, Some(&arn));
        let kind = HopKind::CHAIN.get(actor.roles.len()).copied();
        let kind = kind.unwrap_or(HopKind::AssumeRole);
        let from = actor.station.clone();
        let mut roles = actor.roles.clone();
        let caller = match &actor.caller {
            Ok(caller) => caller,
            Err(check) => {
                way.then(Hop::without(kind, from, to.clone(), check));
                return Actor {
                    station: to,
                    roles: roles.into_iter().chain([arn.clone()]).collect(),
                    role: Some(arn),
                    ..actor.clone()
                };
            }
        };
        let PassedAlong {
            is_chained,
            sent,
            inherited,
            source_identity,
            session_name,
        } = self.passed_along(caller);
        let role = self.world.role_by_arn(arn.as_str());
        let mut context = caller.context().with("sts:RoleSessionName", &session_name);
        context = with_sent_tags(context, &sent);
        if !is_chained {
            context = with_strings(
                context,
                "sts:TransitiveTagKeys",
                &choice.transitive_tag_keys,
            );
        }
        if let Some(name) = &source_identity {
            context = context.with("sts:SourceIdentity", name);
        }
        if let Some(id) = choice.external_id.as_ref().filter(|_| !is_chained) {
            context = context.with("sts:ExternalId", id);
        }
        let ask = |why, action| {
            let resource = Resource::Arn(arn.clone());
            let request = caller.request("sts", action, resource, context.clone());
            self.authorize(why, request).during("AssumeRole")
        };
        let mut checks = vec![Self::exists(&to)];
        checks.push(ask(Why::AssumeRole, "AssumeRole"));
        let mut session = self.with_whereabouts(self.session(&arn, &session_name));
        if !inherited.is_empty() {
            checks.push(ask(Why::PassSessionTags, "TagSession"));
            session = session.with_session_tags(&inherited);
        }
        if let Some(name) = &source_identity {
            checks.push(ask(Why::SetSourceIdentity, "SetSourceIdentity"));
            session = session.with_source_identity(name);
        }
        if !is_chained {
            let (policies, gates) = self.session_policies(&arn);
            let gates = gates.into_iter();
            checks.extend(gates.map(|it| Check::gate(Why::LimitSession, it, to.entity.clone())));
            session = session.with_session_policies(policies);
        }
        let most = role.and_then(|it| it.max_session_duration);
        let most = most.unwrap_or(DEFAULT_SESSION);
        let seconds = choice.session_seconds;
        session = if is_chained {
            let seconds = seconds.min(CHAINED_SESSION);
            session.ending(self, Lifetime::ChainedSession, seconds)
        } else {
            // Where nobody asks for a length, it is one that every role allows.
            if seconds != DEFAULT_SESSION {
                let gate = Gate::SessionLength { seconds, most };
                checks.push(Check::gate(Why::AssumeRole, gate, to.entity.clone()));
            }
            session.ending(self, Lifetime::RoleSession, seconds.min(most))
        };
        way.then(Hop::new(kind, from, to.clone(), session.identity(), checks));
        roles.push(arn.clone());
        Actor {
            role: Some(arn),
            roles,
            ..Actor::new(to, Ok(session))
        }
    }
}
