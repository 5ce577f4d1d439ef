//! Who asks, where, and which kinds of policy have a say: what the rules depend on besides the
//! statements.
//!
//! Tests no statement. Invariant: everything here follows from the request and from which policies
//! and settings there are, not from what they say.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

use std::borrow::Cow;

use crate::{
    eval::{
        NamedPolicy, PolicySet,
        service::{self, ResourceRule},
    },
    names::ActionName,
    pattern::Target,
    request::{Context, Principal, Request},
    trace::{Layer, Note},
};

/// What a statement is tested against.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    pub(super) caller: &'a Principal,
    /// The action that the request is authorized as.
    pub(super) action: Cow<'a, ActionName>,
    pub(super) resource: Target<'a>,
    /// The keys in force.
    pub(super) context: Cow<'a, Context>,
}

/// One layer, or one level of one, and its policies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot<'a> {
    pub(super) layer: Layer,
    pub(super) level: Option<usize>,
    pub(super) say: Say<'a>,
}

/// Whether a layer has a say.
#[derive(Clone, Copy, Debug)]
pub(super) enum Say<'a> {
    /// These documents, together.
    Documents(&'a [NamedPolicy]),
    /// There is no policy of this kind.
    Absent,
    /// This kind has no say for this caller or this resource.
    NotApplicable,
}

#[derive(Debug)]
pub(super) struct Scope<'a> {
    pub(super) policies: &'a PolicySet,
    pub(super) request: &'a Request,
    pub(super) asked: Asked<'a>,
    pub(super) rule: ResourceRule,
    pub(super) is_cross_account: bool,
    /// Whether the caller has identity policies, and what limits them.
    pub(super) has_identity: bool,
    /// What AWS itself lets through, whatever policies say.
    pub(super) let_through: Option<Note>,
    /// What S3 Block Public Access stops.
    pub(super) restriction: Option<Note>,
    /// What AWS itself stops.
    pub(super) refusal: Option<Note>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(policies: &'a PolicySet, request: &'a Request) -> Self {
        let rule = service::resource_rule(request, policies.resource.is_some());
        let is_cross_account = request.is_cross_account() && rule != ResourceRule::CallerAlone;
        Self {
            policies,
            request,
            asked: Asked {
                caller: &request.principal,
                action: service::authorized_as(&request.action),
                resource: Target::new(service::asked_of(request)),
                context: service::context_in_force(policies.settings, request),
            },
            rule,
            is_cross_account,
            has_identity: matches!(
                request.principal,
                Principal::User { .. }
                    | Principal::RoleSession { .. }
                    | Principal::FederatedUser { .. }
            ),
            let_through: service::let_through(request),
            restriction: service::restriction(policies, request, is_cross_account),
            refusal: service::refusal(request),
        }
    }

    /// Whether the caller is subject to the policies of an organization. Services and callers
    /// without an identity are not, nor is a role that belongs to a service.
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html>
    fn is_organized(&self) -> bool {
        self.asked.caller.account_str().is_some() && !self.asked.caller.is_service_linked()
    }

    /// Resource control policies bind everybody who comes, services and strangers too.
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>
    fn is_rcp_asked(&self) -> bool {
        service::asks_rcp(self.request) && !self.asked.caller.is_service_linked()
    }

    /// Whether the request can come through a VPC endpoint at all.
    const fn may_use_endpoint(&self) -> bool {
        !matches!(
            self.asked.caller,
            Principal::Service { .. } | Principal::Federated { .. }
        )
    }

    /// Whether the caller has a permissions boundary.
    pub(super) fn has_boundary(&self) -> bool {
        self.has_identity && !self.policies.boundary.is_empty()
    }

    /// Whether the endpoint is one of a kind that reads an account as its root user.
    ///
    /// <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>
    pub(super) fn is_gateway(&self) -> bool {
        let service = self.asked.action.folded().0;
        matches!(service, "s3" | "dynamodb") && self.policies.vpc_endpoint.is_some()
    }

    /// Whether the caller is the resource's own root user, at a bucket's policy: a deny there does
    /// not bind it.
    pub(super) fn is_above_bucket_policy(&self) -> bool {
        service::is_above_bucket_policy(self.request, self.is_cross_account)
    }

    /// Hands over every layer in order, level by level.
    pub(super) fn slots(&self) -> impl Iterator<Item = Slot<'a>> + use<'a> {
        let policies = self.policies;
        let has_session = self.has_identity && !matches!(self.asked.caller, Principal::User { .. });
        let one = |layer, applies: bool, documents: &'a [NamedPolicy]| {
            let say = match documents {
                _ if !applies => Say::NotApplicable,
                [] => Say::Absent,
                _ => Say::Documents(documents),
            };
            Slot {
                layer,
                level: None,
                say,
            }
        };
        // Without any policy the layer is silent, not absent: it is there to grant.
        let identity = Slot {
            layer: Layer::Identity,
            level: None,
            say: if self.has_identity {
                Say::Documents(&policies.identity)
            } else {
                Say::NotApplicable
            },
        };
        let has_resource_policy = !matches!(
            self.rule,
            ResourceRule::NoPolicy | ResourceRule::CallerAlone
        );
        let own = [
            identity,
            one(
                Layer::Resource,
                has_resource_policy,
                policies.resource.as_slice(),
            ),
            one(Layer::Boundary, self.has_identity, &policies.boundary),
            one(Layer::Session, has_session, &policies.session),
        ];
        let endpoint = one(
            Layer::VpcEndpoint,
            self.may_use_endpoint(),
            policies.vpc_endpoint.as_slice(),
        );
        own.into_iter()
            .chain(levels(Layer::Scp, self.is_organized(), &policies.scps))
            .chain(levels(Layer::Rcp, self.is_rcp_asked(), &policies.rcps))
            .chain([endpoint])
    }
}

/// A level without a document is there and silent; no level at all is no such layer.
fn levels(
    layer: Layer,
    applies: bool,
    levels: &[Vec<NamedPolicy>],
) -> impl Iterator<Item = Slot<'_>> {
    let none = if applies {
        Say::Absent
    } else {
        Say::NotApplicable
    };
    let is_asked = applies && !levels.is_empty();
    let single = (!is_asked).then_some(Slot {
        layer,
        level: None,
        say: none,
    });
    let each = levels.iter().enumerate().filter(move |_| is_asked);
    single.into_iter().chain(each.map(move |(level, it)| Slot {
        layer,
        level: Some(level),
        say: Say::Documents(it),
    }))
}
