//! What would have to be written where, so that a request is allowed.
//!
//! Knows which layers have to allow, and nothing of why they do not. Invariant: whoever does all that a fix to allow
//! says has the request allowed, so every layer that has to allow and does not is named at once.

use crate::{
    eval::{asks_trust_policy, authorized_as},
    explain::{
        condition::enumerated,
        error_message::{first_named, policy_type},
        level::level_place,
        reason::{Answer, lower_first},
        statement::layer_title,
        whereabouts::Whereabouts,
    },
    request::{Principal, Resource},
    trace::{ElementOutcome, ElementTrace, Layer, LayerOutcome, LayerTrace, Note, StatementTrace},
    world::Role,
};

impl Answer<'_> {
    /// What would change it: in the layer that AWS names, of the nearest statement in the first element that it misses
    /// by; and in the others that have to allow.
    pub(super) fn fix(
        &self,
        missing: &[Layer],
        nearest: Option<&StatementTrace>,
        missed: Option<&ElementTrace>,
        to_say: Option<Whereabouts>,
    ) -> String {
        let layer = first_named(missing).unwrap_or(Layer::Identity);
        let mut fix = self.fix_of(layer, nearest, missed, to_say);
        let others = self.in_words(missing, Some(layer));
        if !others.is_empty() {
            fix = format!("{fix} Let {others} allow it too.");
        }
        if missing.contains(&Layer::BlockPublicAccess) && layer != Layer::BlockPublicAccess {
            fix = format!("{fix} Change the settings of Block Public Access.");
        }
        fix
    }

    fn fix_of(
        &self,
        layer: Layer,
        nearest: Option<&StatementTrace>,
        missed: Option<&ElementTrace>,
        to_say: Option<Whereabouts>,
    ) -> String {
        let request = self.request;
        let action = authorized_as(&request.action);
        if layer == Layer::Scp
            && let Some(place) = self.bare_level()
        {
            return format!(
                "Attach to {place} a service control policy that allows `{action}` on `{}`.",
                wider(&request.resource)
            );
        }
        let is_condition = matches!(missed, Some(ElementTrace::Condition { .. }));
        let is_unknown_operator =
            is_condition && missed.is_some_and(|it| it.outcome() == ElementOutcome::NotEvaluated);
        let asks_for_mfa = matches!(
            missed,
            Some(ElementTrace::Condition { key, .. }) if key.as_str() == "aws:MultiFactorAuthPresent"
        );
        match layer {
            _ if asks_for_mfa && matches!(request.principal, Principal::RoleSession { .. }) => {
                "Take the condition out: a role’s session never shows a second factor. Ask for one in the role’s trust policy."
                    .to_owned()
            }
            _ if asks_for_mfa => "Sign in with a second factor: the policy asks for one.".to_owned(),
            _ if is_unknown_operator => format!(
                "Write an operator that AWS has in the {}.",
                nearest.map_or_else(|| "policy".to_owned(), |it| self.title(&it.at.document))
            ),
            _ if is_condition => format!(
                "{}, or change the condition in the {}.",
                to_say.map_or_else(
                    || "Make the request meet the condition".to_owned(),
                    |it| it.say_it(request)
                ),
                nearest.map_or_else(|| "policy".to_owned(), |it| self.title(&it.at.document))
            ),
            Layer::Identity if self.is_nobody() => {
                format!("Name one that is there: this world has no {}.", self.caller())
            }
            Layer::Identity => format!(
                "Allow `{}` on `{}` in a policy of {}{}.",
                action,
                wider(&request.resource),
                self.holder(),
                self.one_service().map_or_else(String::new, |it| {
                    format!(", for `{it}` only (`iam:PassedToService`)")
                })
            ),
            Layer::Resource if self.is_kept_by_aws() => {
                "Choose another role: AWS keeps this one, and nobody else changes whom it trusts."
                    .to_owned()
            }
            Layer::Resource if request.action.is("iam:PassRole") => {
                "Hand over a role of the caller’s own account: no policy allows it across accounts.".to_owned()
            }
            Layer::Resource => format!(
                "Let the {} allow `{}` to `{}`.",
                self.policy_there(),
                action,
                self.whom()
            ),
            Layer::Boundary => format!(
                "Let the permissions boundary of {} allow `{}` on `{}`.",
                self.caller(),
                action,
                wider(&request.resource)
            ),
            Layer::BlockPublicAccess if self.trace.notes.contains(&Note::PublicAclBlocked) => {
                "Ask without the public ACL, or change the settings of Block Public Access.".to_owned()
            }
            Layer::BlockPublicAccess => {
                "Name in the bucket policy who may come, or change the settings of Block Public Access."
                    .to_owned()
            }
            Layer::Grant => "Make a grant on the key.".to_owned(),
            Layer::Session | Layer::Scp | Layer::Rcp | Layer::VpcEndpoint | Layer::AwsManaged => format!(
                "Let {} allow `{}` on `{}`.",
                self.limit(layer),
                action,
                wider(&request.resource)
            ),
        }
    }

    /// The layers that have to allow and do not, but for the one that is told of already.
    pub(super) fn in_words(&self, missing: &[Layer], told: Option<Layer>) -> String {
        let lacks = |it: &Layer| missing.contains(it) || self.limits_resource(missing, *it);
        // Within an account one of caller and resource does.
        let is_across = self.trace.notes.contains(&Note::CrossAccount);
        let is_asked = |it: &Layer| {
            let is_either = *it == Layer::Resource && missing.contains(&Layer::Identity);
            lacks(it) && Some(*it) != told && (is_across || !is_either)
        };
        let others = [
            Layer::Identity,
            Layer::Resource,
            Layer::Boundary,
            Layer::Session,
            Layer::Scp,
            Layer::VpcEndpoint,
        ];
        let others = others.into_iter().filter(is_asked).map(|it| match it {
            Layer::Identity => match self.one_service() {
                Some(it) => format!("a policy of {} (for `{it}` only)", self.holder()),
                None => format!("a policy of {}", self.holder()),
            },
            Layer::Resource => format!("the {} (to `{}`)", self.policy_there(), self.whom()),
            it => self.limit(it),
        });
        enumerated(&others.collect::<Vec<_>>(), "and")
    }

    /// Whether the layer limits what the resource’s policy allows to a role: its sessions, unless it names them.
    fn limits_resource(&self, missing: &[Layer], layer: Layer) -> bool {
        missing.contains(&Layer::Resource)
            && !missing.contains(&Layer::Identity)
            && matches!(layer, Layer::Boundary | Layer::Session)
            && matches!(self.request.principal, Principal::RoleSession { .. })
            && self
                .trace
                .layer(layer)
                .is_some_and(|it| it.outcome == LayerOutcome::Silent)
    }

    fn limit(&self, layer: Layer) -> String {
        if layer == Layer::VpcEndpoint
            && let Some(id) = self.request.context.single("aws:SourceVpce")
        {
            return format!("the policy of the VPC endpoint `{id}`");
        }
        let is_silent = |it: &&LayerTrace| it.layer == layer && it.outcome == LayerOutcome::Silent;
        let mut silent = self.trace.layers.iter().filter(is_silent);
        let (first, second) = (silent.next(), silent.next());
        if second.is_some() {
            return "the service control policies of every level".to_owned();
        }
        if let Some(place) = first.and_then(|it| level_place(it, self.request, self.world)) {
            return format!("a {} of {place}", policy_type(layer, self.request));
        }
        let is_there = |it: &LayerTrace| it.outcome != LayerOutcome::Absent;
        let article = if self.trace.layer(layer).is_none_or(is_there) {
            "the"
        } else {
            "a"
        };
        format!("{article} {}", policy_type(layer, self.request))
    }

    /// The one level that is silent, where no policy is attached there into which something could be written.
    fn bare_level(&self) -> Option<String> {
        let layers = self.trace.layers.iter();
        let mut silent =
            layers.filter(|it| it.layer == Layer::Scp && it.outcome == LayerOutcome::Silent);
        let only = silent.next().filter(|it| it.statements.is_empty())?;
        let is_only = silent.next().is_none();
        level_place(only, self.request, self.world).filter(|_| is_only)
    }

    /// The service that a role is handed to: who may hand it to any hands it to one that runs whatever they like.
    fn one_service(&self) -> Option<&str> {
        self.request.context.single("iam:PassedToService")
    }

    /// Whose policies count as the caller’s own.
    fn holder(&self) -> String {
        match &self.request.principal {
            Principal::FederatedUser { .. } => "the user that asked for the session".to_owned(),
            _ => self.caller(),
        }
    }

    /// Whether the caller would be of an account of this world and is not there, so that it has no policies to change.
    fn is_nobody(&self) -> bool {
        let arn = match &self.request.principal {
            Principal::User { arn } => arn,
            Principal::RoleSession { role_arn, .. } => role_arn,
            _ => return false,
        };
        let account = arn.account().and_then(|it| self.world.account(&it));
        account.is_some() && self.world.entity_of(arn).is_none()
    }

    fn policy_there(&self) -> String {
        if asks_trust_policy(self.request) {
            format!("trust policy of `{}`", self.resource_name())
        } else {
            lower_first(layer_title(Layer::Resource, self.request))
        }
    }

    /// Whether the resource is a role that AWS keeps for a service or for IAM Identity Center.
    fn is_kept_by_aws(&self) -> bool {
        let role = self.world.role_by_arn(self.request.resource.as_str());
        role.is_some_and(Role::is_kept_by_aws)
    }

    fn whom(&self) -> String {
        match &self.request.principal {
            Principal::Service { name } => format!("\"Service\": \"{name}\""),
            Principal::Federated { provider } => format!("\"Federated\": \"{provider}\""),
            Principal::Anonymous => "\"AWS\": \"*\"".to_owned(),
            Principal::RoleSession { role_arn, .. } => format!("\"AWS\": \"{role_arn}\""),
            other => format!("\"AWS\": \"{other}\""),
        }
    }
}

/// What one would write to cover a resource: all of a bucket’s data rather than one object.
fn wider(resource: &Resource) -> String {
    match resource {
        Resource::Any => "*".to_owned(),
        Resource::Arn(arn) if arn.service() == "s3" => match arn.as_str().split_once('/') {
            Some((bucket, key)) => format!("{bucket}/{}*", data_prefix(key)),
            None => arn.to_string(),
        },
        Resource::Arn(arn) => arn.to_string(),
    }
}

/// What the keys of the data begin with: the object’s folder. What is written lies in one more, `output/`.
fn data_prefix(key: &str) -> &str {
    let folder = key
        .rfind('/')
        .and_then(|it| key.get(..=it))
        .unwrap_or_default();
    folder.strip_suffix("output/").unwrap_or(folder)
}
