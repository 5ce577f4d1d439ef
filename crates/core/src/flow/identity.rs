//! Who one is now, and the hops by which a person becomes an identity of IAM: signing in,
//! assuming a role.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    flow::{
        Check, Gate, Hop, HopKind, Place, Station, Why,
        caller::{Actor, Caller},
        context::{with_sent_tags, with_tags},
        walk::{Scene, Way},
    },
    names::Arn,
    request::{Principal, Resource},
    world::Thing,
};

/// Who one is, as AWS sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    /// The ARN that AWS's messages and logs name; a person before signing in has none.
    pub arn: Option<String>,
    /// How long the credentials last.
    pub credentials: Credentials,
    /// What the session is called, which is the last part of its ARN.
    pub session_name: Option<String>,
    /// The source identity that was set when the session was made.
    pub source_identity: Option<String>,
    /// The tags that were passed along when the session was made.
    pub session_tags: BTreeMap<String, String>,
    /// What ends when; empty where nothing does, or where the service renews it.
    pub ends: Vec<Ending>,
}

/// How long credentials last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Credentials {
    /// None yet.
    None,
    /// A password or an access key: until somebody takes it away.
    LongTerm,
    /// A session from STS: it ends by itself.
    Temporary,
}

/// Something that ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ending {
    /// What.
    pub what: Lifetime,
    /// Seconds after the walk's time.
    pub seconds: u32,
    /// The instant, in ISO 8601; `None` where the walk's time cannot be read.
    pub at: Option<String>,
}

/// What ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Lifetime {
    /// The role's session.
    RoleSession,
    /// The presigned URL: it must be opened before.
    PresignedUrl,
    /// The session in Studio that the URL opens.
    StudioSession,
}

/// What a role’s session lasts at most. (One made with a session’s credentials ends after an hour.)
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use.html>
const LONGEST_SESSION: u32 = 43_200;

impl Identity {
    /// Nobody yet.
    pub(crate) const fn nobody() -> Self {
        Self {
            arn: None,
            credentials: Credentials::None,
            session_name: None,
            source_identity: None,
            session_tags: BTreeMap::new(),
            ends: Vec::new(),
        }
    }
}

impl Scene<'_> {
    /// The IAM user, as a caller.
    fn user(&self) -> Caller {
        let user = self.world.user(&self.choice.user);
        let arn = user.map_or_else(
            || self.world.iam_arn("user", "/", &self.choice.user),
            |it| self.world.user_arn(it),
        );
        self.with_whereabouts(self.caller(Principal::User { arn }, Credentials::LongTerm))
    }

    /// The keys that say how and from where the person's requests come.
    ///
    /// Signing in to the console gives a session, so the key of the second factor is there, true
    /// or false.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
    fn with_whereabouts(&self, caller: Caller) -> Caller {
        let choice = self.choice;
        let mut caller = caller.with("aws:MultiFactorAuthPresent", &choice.mfa.to_string());
        // Through an endpoint the address is one of the network, and has another key.
        match (&choice.source_vpce, &choice.source_ip) {
            (Some(endpoint), address) => {
                caller = caller.with("aws:SourceVpce", endpoint);
                if let Some(address) = address {
                    caller = caller.with("aws:VpcSourceIp", address);
                }
            }
            (None, Some(address)) => caller = caller.with("aws:SourceIp", address),
            (None, None) => (),
        }
        caller
    }

    pub(crate) fn person_station(&self) -> Station {
        Station {
            place: Place::Person,
            name: self.choice.person.clone(),
            entity: None,
        }
    }

    fn user_station(&self) -> Station {
        self.station(
            Place::User,
            &self.choice.user,
            Thing::User {
                name: self.choice.user.clone(),
            },
        )
    }

    /// Signing in, and assuming a role where one is chosen: who the person is from then on.
    pub(crate) fn become_somebody(&self, way: &mut Way) -> Actor {
        let user = self.user();
        way.then(self.sign_in(&user));
        let mut actor = Actor {
            station: self.user_station(),
            caller: Ok(user.clone()),
            role: None,
            tags: BTreeMap::new(),
            is_async: false,
        };
        if let Some(role) = &self.choice.role {
            let (hop, session, arn) = self.assume_role(&user, role);
            actor.station = hop.to.clone();
            actor.caller = Ok(session);
            actor.role = Some(arn);
            way.then(hop);
        }
        actor
    }

    /// Signing in. No policy is asked: this is authentication.
    fn sign_in(&self, user: &Caller) -> Hop {
        let to = self.user_station();
        let mfa = self.choice.mfa;
        let gate = Gate::Authentication { mfa };
        let checks = vec![
            Self::exists(&to),
            Check::gate(Why::ProveIdentity, gate, to.entity.clone()),
        ];
        let from = self.person_station();
        Hop::new(HopKind::SignIn, from, to, user.identity(), checks)
    }

    /// Trading the user's credentials for the role's. Tags and a source identity that go along
    /// are asked for by themselves, each of the same role.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html>
    fn assume_role(&self, user: &Caller, role_name: &str) -> (Hop, Caller, Arn) {
        let choice = self.choice;
        let role = self.world.role(role_name);
        let arn = role.map_or_else(
            || self.world.iam_arn("role", "/", role_name),
            |it| self.world.role_arn(it),
        );
        let to = self.station(
            Place::Role,
            role_name,
            Thing::Role {
                name: role_name.to_owned(),
            },
        );
        let mut context = with_tags(
            user.context().with("sts:RoleSessionName", &choice.user),
            "aws:ResourceTag",
            role.map(|it| &it.tags),
        );
        context = with_sent_tags(context, &choice.session_tags);
        if let Some(name) = &choice.source_identity {
            context = context.with("sts:SourceIdentity", name);
        }
        let ask = |why, action| {
            let resource = Resource::Arn(arn.clone());
            let request = user.request("sts", action, resource, context.clone());
            self.authorize(why, request).during("AssumeRole")
        };
        let mut checks = vec![Self::exists(&to), ask(Why::AssumeRole, "AssumeRole")];
        let mut session = self.with_whereabouts(self.session(&arn, &choice.user));
        if !choice.session_tags.is_empty() {
            checks.push(ask(Why::PassSessionTags, "TagSession"));
            session = session.with_session_tags(&choice.session_tags);
        }
        if let Some(name) = &choice.source_identity {
            checks.push(ask(Why::SetSourceIdentity, "SetSourceIdentity"));
            session = session.with_source_identity(name);
        }
        let seconds = choice.session_seconds.min(LONGEST_SESSION);
        session = session.ending(self, Lifetime::RoleSession, seconds);
        let hop = Hop::new(
            HopKind::AssumeRole,
            self.user_station(),
            to,
            session.identity(),
            checks,
        );
        (hop, session, arn)
    }
}
