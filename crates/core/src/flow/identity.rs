//! The hops by which a person becomes an IAM identity: signing in, assuming a role.

use crate::{
    flow::{
        Check, Credentials, Gate, Hop, HopKind, Identity, Place, Station, Why,
        context::with_tags,
        walk::{Caller, Scene},
    },
    names::Arn,
    request::{Principal, Resource},
    world::Thing,
};

impl Scene<'_> {
    /// The IAM user, as a caller.
    pub(crate) fn user(&self) -> Caller {
        let user = self.world.user(&self.choice.user);
        let arn = user.map_or_else(
            || self.world.iam_arn("user", "/", &self.choice.user),
            |it| self.world.user_arn(it),
        );
        // Signing in to the console gives a session, so the key is there, true or false.
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
        let caller = self.caller(Principal::User { arn }, Credentials::LongTerm);
        caller.with("aws:MultiFactorAuthPresent", &self.choice.mfa.to_string())
    }

    /// A session of the role with that ARN.
    pub(crate) fn session(&self, role_arn: &Arn, session: &str) -> Caller {
        let role = self.world.role_by_arn(role_arn.as_str());
        let name = role.map_or_else(|| role_arn.last_segment(), |it| it.name.as_str());
        let session_arn = self.world.session_arn(name, session);
        let principal = Principal::RoleSession {
            session_arn,
            role_arn: role_arn.clone(),
        };
        self.caller(principal, Credentials::Temporary)
    }

    pub(crate) fn person_station(&self) -> Station {
        Station {
            place: Place::Person,
            name: self.choice.person.clone(),
            entity: None,
        }
    }

    pub(crate) fn user_station(&self) -> Station {
        self.station(
            Place::User,
            &self.choice.user,
            Thing::User {
                name: self.choice.user.clone(),
            },
        )
    }

    /// Signing in. No policy is asked: this is authentication.
    pub(crate) fn sign_in(&self, user: &Caller) -> Hop {
        let to = self.user_station();
        let checks = vec![
            Self::exists(&to),
            Check::gate(
                Why::ProveIdentity,
                Gate::Authentication {
                    mfa: self.choice.mfa,
                },
                to.entity.clone(),
            ),
        ];
        Hop::new(
            HopKind::SignIn,
            self.person_station(),
            to,
            user.identity(),
            checks,
        )
    }

    /// Trading the user's credentials for the role's.
    pub(crate) fn assume_role(&self, user: &Caller, role_name: &str) -> (Hop, Caller) {
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
        let context = with_tags(
            user.context()
                .with("sts:RoleSessionName", &self.choice.user),
            "aws:ResourceTag",
            role.map(|it| &it.tags),
        );
        let request = user.request("sts", "AssumeRole", Resource::Arn(arn.clone()), context);
        let checks = vec![Self::exists(&to), self.authorize(Why::AssumeRole, request)];
        let session = self.session(&arn, &self.choice.user);
        let hop = Hop::new(
            HopKind::AssumeRole,
            self.user_station(),
            to,
            session.identity(),
            checks,
        );
        (hop, session)
    }
}

impl Identity {
    /// Nobody yet.
    pub(crate) const fn nobody() -> Self {
        Self {
            arn: None,
            credentials: Credentials::None,
        }
    }
}
