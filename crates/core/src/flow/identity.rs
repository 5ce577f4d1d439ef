//! Who one is now, and the hops by which a person becomes an identity of IAM: signing in, or a permission set.

use serde::Serialize;

use crate::{
    by_name::Tags,
    flow::{
        Check, Gate, Hop, HopKind, Place, SignIn, Station, Why,
        caller::{Actor, Caller},
        walk::{Scene, Way},
    },
    names::Arn,
    policy::PrincipalPattern,
    request::{Principal, Resource},
    world::{DocumentId, Text},
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
    pub session_tags: Tags,
    /// The policies that were passed when the session was made; it may do no more than they allow.
    pub session_policies: Vec<String>,
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
    /// The session of a role that was assumed with another role's session: an hour at most.
    ChainedSession,
    /// The presigned URL: it must be opened before.
    PresignedUrl,
    /// The session in Studio that the URL opens.
    StudioSession,
}

/// How programs call themselves, each by what stands first. Everybody may call themselves anything,
/// so a condition on it keeps nobody out.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-useragent>
const BROWSER: &str = "Mozilla/5.0";
const CLI: &str = "aws-cli/2.31.0";

/// Where IAM Identity Center keeps the roles of its permission sets.
///
/// <https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html>
const PERMISSION_SETS: &str = "/aws-reserved/sso.amazonaws.com/";

impl Identity {
    /// Nobody yet.
    pub(crate) const fn nobody() -> Self {
        Self {
            arn: None,
            credentials: Credentials::None,
            session_name: None,
            source_identity: None,
            session_tags: Tags::new(),
            session_policies: Vec::new(),
            ends: Vec::new(),
        }
    }
}

impl Scene<'_> {
    /// The IAM user that the person signs in as: in the home account by its name, elsewhere by its ARN.
    fn user_arn(&self) -> Arn {
        let named = &self.choice.user;
        let written = Arn::parse(named);
        written.unwrap_or_else(|| match self.world.user(named) {
            Some(it) => self.world.user_arn(it),
            None => self.world.iam_arn("user", "/", named),
        })
    }

    /// A role that somebody named: in the home account by its name, elsewhere by its ARN.
    pub(crate) fn role_arn_of(&self, named: &str) -> Arn {
        let written = Arn::parse(named);
        written.unwrap_or_else(|| match self.world.role(named) {
            Some(it) => self.world.role_arn(it),
            None => self.world.iam_arn("role", "/", named),
        })
    }

    /// The keys that say how and from where the person's requests come.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
    pub(crate) fn with_whereabouts(&self, caller: Caller) -> Caller {
        self.with_address(caller.with("aws:UserAgent", self.user_agent()))
    }

    /// The keys that say from where the person's requests come, as far as the scenario says it.
    ///
    /// Through an endpoint the address is one of the network, and has another key. Of an endpoint that the world does not
    /// know nobody knows the service, so it takes every request.
    pub(crate) fn with_address(&self, caller: Caller) -> Caller {
        let address = self.choice.source_ip.as_deref();
        let Some(endpoint) = self.choice.source_vpce.as_deref() else {
            return match address {
                Some(address) => caller.with("aws:SourceIp", address),
                None => caller,
            };
        };
        if let Some(route) = self.route_through(endpoint, address) {
            return caller.out_of(Some(route));
        }
        let caller = caller.with("aws:SourceVpce", endpoint);
        match address {
            Some(address) => caller.with("aws:VpcSourceIp", address),
            None => caller,
        }
    }

    /// The program that the person works with.
    pub(crate) fn user_agent(&self) -> &str {
        let given = self.choice.user_agent.as_deref();
        let usual = if self.choice.workload.is_from_studio() {
            BROWSER
        } else {
            CLI
        };
        given.unwrap_or(usual)
    }

    pub(crate) fn person_station(&self) -> Station {
        Station {
            place: Place::Person,
            name: self.choice.person.clone(),
            entity: None,
        }
    }

    /// Signing in, and assuming roles where some are chosen: who the person is from then on.
    pub(crate) fn become_somebody(&self, way: &mut Way) -> Actor {
        let choice = self.choice;
        let role = choice.first_role();
        let mut actor = match choice.sign_in {
            SignIn::Iam => self.sign_in(way),
            SignIn::IdentityCenter => self.permission_set(way, role.unwrap_or_default()),
        };
        if let (SignIn::Iam, Some(role)) = (choice.sign_in, role) {
            actor = self.take_on_role(way, &actor, role);
        }
        self.take_on_roles(way, actor)
    }

    /// Signing in. No policy is asked: this is authentication.
    fn sign_in(&self, way: &mut Way) -> Actor {
        let arn = self.user_arn();
        let entity = self.world.entity_of(&arn);
        let to = Station {
            place: Place::User,
            name: arn.last_segment().to_owned(),
            entity,
        };
        let from = self.person_station();
        let exists = Self::exists(&to);
        // Without a name there is nobody to ask for, so no door behind this one has a question.
        if self.choice.user.is_empty() {
            way.then(Hop::without(HopKind::SignIn, from, to.clone(), &exists));
            return Actor {
                station: to,
                caller: Err(Box::new(exists)),
                role: None,
                roles: Vec::new(),
                tags: Tags::new(),
                is_async: false,
            };
        }
        let mfa = self.choice.mfa;
        let user = self.caller(Principal::User { arn }, Credentials::LongTerm);
        // The console gives a session, so the key is there, true or false. A role's session says nothing of it:
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
        let mut user = self
            .with_whereabouts(user)
            .with("aws:MultiFactorAuthPresent", &mfa.to_string());
        if mfa {
            user = user.with("aws:MultiFactorAuthAge", "0");
        }
        let mut checks = vec![exists];
        // Nobody proves to be a user that there is not.
        if to.entity.is_some() {
            let gate = Gate::Authentication { mfa };
            checks.push(Check::gate(Why::ProveIdentity, gate, to.entity.clone()));
        }
        let identity = user.identity();
        way.then(Hop::new(
            HopKind::SignIn,
            from,
            to.clone(),
            identity,
            checks,
        ));
        Actor::new(to, Ok(user))
    }

    /// Whether the person comes from IAM Identity Center with the role of a permission set.
    pub(crate) fn has_permission_set(&self) -> bool {
        let role = self.choice.first_role();
        self.choice.sign_in == SignIn::IdentityCenter
            && role.is_some_and(|it| is_permission_set(&self.role_arn_of(it)))
    }

    /// A user of IAM Identity Center has no permissions in an account: a permission set that was
    /// assigned there is a role, into which Identity Center lets them with its own SAML provider.
    ///
    /// <https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html>
    fn permission_set(&self, way: &mut Way, named: &str) -> Actor {
        let from = self.person_station();
        let user = self.choice.user.as_str();
        // Without a name there is nobody to ask for, so no door behind this one has a question.
        if user.is_empty() || named.is_empty() {
            let (to, gate) = if user.is_empty() {
                let place = Place::Person;
                (from.clone(), Gate::Named { place })
            } else {
                let (role, is_one) = (String::new(), false);
                let to = self.role_station(Place::Role, None);
                (to, Gate::PermissionSet { role, is_one })
            };
            let check = Check::gate(Why::Assigned, gate, None);
            way.then(Hop::without(HopKind::AssumeRole, from, to.clone(), &check));
            return Actor {
                station: to,
                caller: Err(Box::new(check)),
                roles: Vec::new(),
                role: None,
                tags: Tags::new(),
                is_async: false,
            };
        }
        let arn = self.role_arn_of(named);
        let to = self.role_station(Place::Role, Some(&arn));
        let gate = Gate::PermissionSet {
            role: named.to_owned(),
            is_one: is_permission_set(&arn),
        };
        let session = self.session(&arn, user);
        let session = self.with_whereabouts(session);
        let seconds = self.choice.session_seconds;
        let session = session.ending(self, Lifetime::RoleSession, seconds);
        let provider = self.identity_provider(&arn);
        let center = self.caller(Principal::Federated { provider }, Credentials::None);
        let context = center
            .context()
            .with("SAML:aud", "https://signin.aws.amazon.com/saml")
            .with("sts:RoleSessionName", user);
        let action = "AssumeRoleWithSAML";
        let request = center.request("sts", action, Resource::Arn(arn.clone()), context);
        let checks = vec![
            Check::gate(Why::Assigned, gate, to.entity.clone()),
            Self::exists(&to),
            self.authorize(Why::AssumeRole, request),
        ];
        let identity = session.identity();
        way.then(Hop::new(
            HopKind::AssumeRole,
            from,
            to.clone(),
            identity,
            checks,
        ));
        Actor {
            roles: vec![arn.clone()],
            role: Some(arn),
            ..Actor::new(to, Ok(session))
        }
    }

    /// Identity Center's own provider in an account. Its name is made up by Identity Center, and the
    /// trust policies that Identity Center writes have it.
    fn identity_provider(&self, role: &Arn) -> String {
        let entity = self.world.entity_of(role);
        let trust = entity.map(|it| DocumentId {
            account: it.account.clone(),
            text: Text::Trust {
                role: it.to_string(),
            },
        });
        let policy = trust.and_then(|it| self.documents.get(&it)?.policy.clone());
        let statements = policy.iter().flat_map(|it| &it.statements);
        let entries = statements.flat_map(|it| &it.principal);
        let mut entries = entries.flat_map(|it| &it.entries);
        let written = entries.find_map(|it| match &it.value {
            PrincipalPattern::Federated(it) if it.contains(":saml-provider/AWSSSO_") => {
                Some(it.clone())
            }
            _ => None,
        });
        let account = role.account();
        let account = account.as_ref().unwrap_or(&self.here.account);
        written.unwrap_or_else(|| {
            let name = "AWSSSO_DO_NOT_DELETE";
            let arn = self.world.iam_arn_in(account, "saml-provider", "/", name);
            arn.to_string()
        })
    }
}

/// Whether a role is one that IAM Identity Center keeps for a permission set.
fn is_permission_set(role: &Arn) -> bool {
    let path = role.resource().strip_prefix("role");
    path.is_some_and(|it| it.starts_with(PERMISSION_SETS))
}
