//! Rules that mattered, choices made, and what is not known, in words.

use crate::trace::{Choice, Note, Unmodelled};

/// A rule of combination that mattered.
pub fn note_sentence(note: Note) -> &'static str {
    match note {
        Note::ResourceGrantSuffices => {
            "The resource’s own policy names the caller, and in the same account that is enough."
        }
        Note::ResourceDelegatesToIdentity => {
            "The resource’s policy names the account: it leaves the answer to the caller’s identity-based policies."
        }
        Note::BoundaryDoesNotLimit => {
            "The resource’s policy names the caller itself, so the boundary’s silence does not limit it."
        }
        Note::CrossAccount => {
            "Caller and resource lie in different accounts: both sides must allow."
        }
        Note::TrustPolicyMustAllow => {
            "A role can be assumed only if its trust policy allows it, whatever else allows."
        }
        Note::KeyPolicyMustAllow => {
            "A key’s own policy comes first: identity-based policies count only where it hands over to the account."
        }
        Note::GrantAllows => {
            "A grant on the key allows it: a grant counts beside key policy and identity-based policies, and any `Deny` outweighs it."
        }
        Note::ServicePrincipal => {
            "A service has no identity-based policies: the resource’s policy alone decides."
        }
        Note::RootUser => "The account’s root user needs no identity-based policy.",
        Note::SessionPolicyDoesNotLimit => {
            "The resource’s policy names the caller itself, so the session policy’s silence does not limit it."
        }
        Note::FederatedUserWithoutSessionPolicy => {
            "A federated user has what its session policy and its user’s policies both allow: without a session policy, nothing."
        }
        Note::ServiceLinkedRole => {
            "The role belongs to a service: policies of the organization do not limit it."
        }
        Note::RcpNotSupported => "Resource control policies have no effect on this call.",
        Note::GatewayEndpoint => {
            "In the policy of a gateway endpoint an account stands for its root user only; write `*` and a condition on `aws:PrincipalArn`."
        }
        Note::FederatedCaller => {
            "An identity provider vouches for the caller: the role’s trust policy alone decides."
        }
        Note::FederatedCallerMayOnlyAssumeRole => {
            "An identity provider’s word is good for assuming a role, and for nothing else."
        }
        Note::AuthorizedAsAnotherAction => {
            "Policies know this call under the name of another action."
        }
        Note::AlwaysAllowed => "This action always succeeds, whatever policies say.",
        Note::NeedsNoPermission => {
            "This action needs no permission, and no policy takes it away from a user."
        }
        Note::RootKeepsBucketPolicy => {
            "A bucket’s policy cannot keep its owner’s root user from that policy."
        }
        Note::PublicBucketRestricted => {
            "The bucket’s policy is public, and Block Public Access keeps everybody outside the account out."
        }
        Note::PublicAclBlocked => {
            "The request would make something public, and Block Public Access forbids it."
        }
        Note::BucketTagsDoNotCount => {
            "Tags of this bucket do not count in policies: that is off unless somebody turns it on."
        }
        Note::AwsManagedPolicy => "A policy of AWS cannot be changed.",
        Note::ProtectedRole => "The role belongs to a service, and only the service changes it.",
        Note::AwsManagedAlias => "Aliases that begin with `aws/` belong to AWS.",
        Note::RootAssumesNoRole => {
            "The root user cannot assume a role, nor another account’s root user: sign in as a user, or with another role."
        }
        Note::FederatedUserCallsNeitherIamNorSts => {
            "A federated user of `sts:GetFederationToken` calls nothing of IAM, and of STS only `GetCallerIdentity`."
        }
        Note::SessionGetsNoToken => {
            "A role’s session cannot ask for `GetSessionToken` or `GetFederationToken`: they are for users."
        }
        Note::KeyOperationWithinAccount => {
            "This operation works on keys of the caller’s own account only, whatever the key’s policy says."
        }
        Note::NeedsIdentityProvider => {
            "`AssumeRoleWithSAML` and `AssumeRoleWithWebIdentity` are asked for with the word of an identity provider: with credentials of AWS ask for `AssumeRole`."
        }
        Note::ProviderOfOtherKind => {
            "Whom a SAML provider vouches for asks for `AssumeRoleWithSAML`, whom an OIDC provider does for `AssumeRoleWithWebIdentity`."
        }
        Note::StsNeedsCredentials => {
            "STS gives nothing to callers without credentials: sign the request, or bring the word of an identity provider."
        }
    }
}

/// Where AWS’s pages leave a choice: what the engine took them to mean.
pub fn choice_sentence(choice: Choice) -> &'static str {
    match choice {
        Choice::PlainOperatorOnMultiValuedKey => {
            "A key with several values needs `ForAllValues` or `ForAnyValue`: without one nothing matches."
        }
        Choice::NotPrincipalInAnyForm => {
            "`NotPrincipal` leaves the caller out because it is listed in one form, where AWS asks for all: the account of a user too, and of a session account, role and session. Rolewalk takes any of them as enough (choice 2 of its semantics)."
        }
        Choice::SessionGrantIsNotLimited => {
            "A grant to the session itself counts although the session policy is silent."
        }
        Choice::NegatedOperatorWithoutValue => {
            "A negated operator is met where there is no value that could be compared."
        }
        Choice::ForAnyValueIfExistsOnAbsentKey => {
            "`ForAnyValue` with `IfExists` is met where the key is absent."
        }
        Choice::WildcardInResourceType => "A wildcard in the type of the resource matches.",
        Choice::AwsStarTakesInServices => "`{ \"AWS\": \"*\" }` takes in services too.",
        Choice::OldVersionHasNoVariables => {
            "In a document without `\"Version\": \"2012-10-17\"` a policy variable is plain text."
        }
        Choice::ShortArn => {
            "The ARN has fewer than six parts. AWS’s pages do not settle what such an ARN takes in (choice 9 of Rolewalk’s semantics)."
        }
        Choice::NotResourceWithoutValue => {
            "A variable without a value takes nothing out of `NotResource`."
        }
    }
}

/// What the engine does not know and that bears on the answer.
pub fn unmodelled_sentence(rule: Unmodelled) -> &'static str {
    match rule {
        Unmodelled::AccessPointAndBucket => {
            "The access point’s policy and the bucket’s must both allow; Rolewalk asks one."
        }
        Unmodelled::AliasStandsForKey => {
            "Which key the alias stands for is not known, and policies are asked about the key: ask with the key’s ARN."
        }
        Unmodelled::ContentOfRequest => {
            "What the request’s body says is not known, and S3 looks at it."
        }
    }
}
