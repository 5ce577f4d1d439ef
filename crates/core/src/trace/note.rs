//! Rules that mattered for an answer, choices behind it, and what it does not know.
//!
//! Data without prose: the sentences are in `explain`.

use serde::Serialize;

/// A rule of combination that mattered for this request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Note {
    /// The resource's policy names the caller itself: identity policies need not allow as well.
    ResourceGrantSuffices,
    /// The resource's policy names the caller's account: identity policies decide.
    ResourceDelegatesToIdentity,
    /// The resource's policy names the caller itself, so the boundary's silence does not limit.
    BoundaryDoesNotLimit,
    /// Caller and resource lie in different accounts: both sides must allow.
    CrossAccount,
    /// A role's trust policy must always allow.
    TrustPolicyMustAllow,
    /// A key policy must allow, or delegate to the account, before identity policies count.
    KeyPolicyMustAllow,
    /// A grant on the key allows the operation to the caller.
    GrantAllows,
    /// A service has no identity policies: the resource's policy alone decides.
    ServicePrincipal,
    /// The account's root user needs no identity policy.
    RootUser,
    /// The resource's policy names the session itself, so the session policy's silence does not
    /// limit.
    SessionPolicyDoesNotLimit,
    /// A federated user without a session policy has nothing of its user's permissions.
    FederatedUserWithoutSessionPolicy,
    /// A role that belongs to a service is not limited by policies of the organization.
    ServiceLinkedRole,
    /// The call asks no resource control policies.
    RcpNotSupported,
    /// In the policy of a gateway endpoint an account means its root user only.
    GatewayEndpoint,
    /// An identity provider vouches for the caller: the trust policy alone decides.
    FederatedCaller,
    /// An identity provider's word is good for `sts:AssumeRoleWith…` only.
    FederatedCallerMayOnlyAssumeRole,
    /// Policies know the call under the name of another action.
    AuthorizedAsAnotherAction,
    /// The action always succeeds.
    AlwaysAllowed,
    /// The action needs no permission, and no policy takes it away.
    NeedsNoPermission,
    /// The bucket's root user may always get and put and delete the bucket's policy.
    RootKeepsBucketPolicy,
    /// The bucket's policy is public, and its settings let in nobody from outside.
    PublicBucketRestricted,
    /// The request would make something public, and the settings forbid it.
    PublicAclBlocked,
    /// Tags of a bucket count only where the bucket is set so.
    BucketTagsDoNotCount,
    /// A policy of AWS cannot be changed.
    AwsManagedPolicy,
    /// A role that belongs to a service can be changed by the service only.
    ProtectedRole,
    /// An alias of AWS cannot be made, moved or deleted.
    AwsManagedAlias,
    /// The root user assumes no role.
    RootAssumesNoRole,
    /// A federated user calls neither IAM nor STS, but for `sts:GetCallerIdentity`.
    FederatedUserCallsNeitherIamNorSts,
    /// A role's session is given no other token by `sts:GetSessionToken` and `sts:GetFederationToken`.
    SessionGetsNoToken,
    /// The operation works within the key's own account only.
    KeyOperationWithinAccount,
    /// `sts:AssumeRoleWith…` is asked for with the word of an identity provider, not as the caller.
    NeedsIdentityProvider,
    /// A SAML provider's word is good for one of `sts:AssumeRoleWith…`, an OIDC provider's for the other.
    ProviderOfOtherKind,
    /// STS answers nobody without credentials.
    StsNeedsCredentials,
}

impl Note {
    /// Whether AWS itself stops the request by this rule, whatever any policy says: of such a request there is one.
    pub const fn is_refusal(self) -> bool {
        match self {
            Self::FederatedCallerMayOnlyAssumeRole
            | Self::AwsManagedPolicy
            | Self::ProtectedRole
            | Self::AwsManagedAlias
            | Self::RootAssumesNoRole
            | Self::FederatedUserCallsNeitherIamNorSts
            | Self::SessionGetsNoToken
            | Self::KeyOperationWithinAccount
            | Self::NeedsIdentityProvider
            | Self::ProviderOfOtherKind
            | Self::StsNeedsCredentials => true,
            Self::ResourceGrantSuffices
            | Self::ResourceDelegatesToIdentity
            | Self::BoundaryDoesNotLimit
            | Self::CrossAccount
            | Self::TrustPolicyMustAllow
            | Self::KeyPolicyMustAllow
            | Self::GrantAllows
            | Self::ServicePrincipal
            | Self::RootUser
            | Self::SessionPolicyDoesNotLimit
            | Self::FederatedUserWithoutSessionPolicy
            | Self::ServiceLinkedRole
            | Self::RcpNotSupported
            | Self::GatewayEndpoint
            | Self::FederatedCaller
            | Self::AuthorizedAsAnotherAction
            | Self::AlwaysAllowed
            | Self::NeedsNoPermission
            | Self::RootKeepsBucketPolicy
            | Self::PublicBucketRestricted
            | Self::PublicAclBlocked
            | Self::BucketTagsDoNotCount => false,
        }
    }

    /// Whether the settings of S3 Block Public Access stop the request by this rule.
    pub const fn is_of_public_access(self) -> bool {
        matches!(self, Self::PublicBucketRestricted | Self::PublicAclBlocked)
    }

    /// The choice behind the rule, where AWS's pages leave one.
    pub const fn choice(self) -> Option<Choice> {
        match self {
            Self::SessionPolicyDoesNotLimit => Some(Choice::SessionGrantIsNotLimited),
            _ => None,
        }
    }
}

/// Where AWS's pages are silent or say two things: what the engine takes them to mean. Reported
/// for a statement only where the other reading could change whether it applies.
///
/// The reasons are in `docs/semantics.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Choice {
    /// A plain operator does not compare a multi-valued key.
    PlainOperatorOnMultiValuedKey,
    /// `NotPrincipal` leaves out a session or a user that is listed in any form.
    NotPrincipalInAnyForm,
    /// A grant to the session itself is not limited by the silence of its session policy.
    SessionGrantIsNotLimited,
    /// A negated operator is met where a variable has no value or a value cannot be read.
    NegatedOperatorWithoutValue,
    /// `ForAnyValue:…IfExists` is met by an absent key.
    ForAnyValueIfExistsOnAbsentKey,
    /// A wildcard in the type of a resource matches.
    WildcardInResourceType,
    /// `{"AWS": "*"}` takes in services.
    AwsStarTakesInServices,
    /// In a document of the old version `${…}` is text.
    OldVersionHasNoVariables,
    /// What the missing parts of a short ARN are.
    ShortArn,
    /// A variable without a value excludes nothing from `NotResource`.
    NotResourceWithoutValue,
}

/// A rule that bears on the request and that the engine does not know: what it answers holds only
/// as far as this rule does not change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Unmodelled {
    /// An access point's policy and its bucket's must both allow; one was given.
    AccessPointAndBucket,
    /// Which key an alias stands for: policies and grants are asked about the key.
    AliasStandsForKey,
    /// Whether the policy or ACL in the request's body is public.
    ContentOfRequest,
}
