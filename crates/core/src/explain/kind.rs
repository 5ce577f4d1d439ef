//! What each kind of thing is called, in AWS's words.
//!
//! The one list of them: whoever names a kind asks here. Invariant: a word has no article and, but for
//! names, no capital.

use crate::world::{EntityId, OrganizationPolicyKind, Thing, change::Kind};

/// A kind in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindWords {
    /// The service that has it, as one says it before the word; empty where nobody says any.
    pub service: &'static str,
    /// What it is.
    pub word: &'static str,
}

impl KindWords {
    const fn new(service: &'static str, word: &'static str) -> Self {
        Self { service, word }
    }

    /// The word behind its service, as a title: `IAM user`, `Subnet`.
    pub fn title(self) -> String {
        let Self { service, word } = self;
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if service.is_empty() => {
                format!("{}{}", first.to_ascii_uppercase(), letters.as_str())
            }
            _ => format!("{service} {word}"),
        }
    }
}

/// What a kind is called.
pub const fn kind_words(kind: Kind) -> KindWords {
    match kind {
        Kind::Account => KindWords::new("AWS", "account"),
        Kind::User => KindWords::new("IAM", "user"),
        Kind::Group => KindWords::new("IAM", "group"),
        Kind::Role => KindWords::new("IAM", "role"),
        Kind::ManagedPolicy => KindWords::new("", "managed policy"),
        Kind::InlinePolicy => KindWords::new("", "inline policy"),
        Kind::Domain => KindWords::new("SageMaker", "domain"),
        Kind::UserProfile => KindWords::new("SageMaker", "user profile"),
        Kind::Space => KindWords::new("SageMaker", "space"),
        Kind::App => KindWords::new("SageMaker", "app"),
        Kind::Bucket => KindWords::new("S3", "bucket"),
        Kind::Repository => KindWords::new("ECR", "repository"),
        Kind::LogGroup => KindWords::new("CloudWatch", "log group"),
        Kind::Key => KindWords::new("KMS", "key"),
        Kind::Vpc => KindWords::new("", "VPC"),
        Kind::Subnet => KindWords::new("", "subnet"),
        Kind::SecurityGroup => KindWords::new("", "security group"),
        Kind::VpcEndpoint => KindWords::new("", "VPC endpoint"),
        Kind::Organization => KindWords::new("", "organization"),
        Kind::OrganizationalUnit => KindWords::new("", "organizational unit"),
        Kind::OrganizationPolicy(OrganizationPolicyKind::Scp) => {
            KindWords::new("", "service control policy")
        }
        Kind::OrganizationPolicy(OrganizationPolicyKind::Rcp) => {
            KindWords::new("", "resource control policy")
        }
    }
}

/// What a thing is called. Which kind a policy of an organization is of, its id does not say.
pub const fn thing_words(thing: &Thing) -> KindWords {
    kind_words(match thing {
        Thing::OrganizationPolicy { .. } => {
            return KindWords::new("", "policy of the organization");
        }
        Thing::Account => Kind::Account,
        Thing::User { .. } => Kind::User,
        Thing::Group { .. } => Kind::Group,
        Thing::Role { .. } => Kind::Role,
        Thing::ManagedPolicy { .. } => Kind::ManagedPolicy,
        Thing::InlinePolicy { .. } => Kind::InlinePolicy,
        Thing::Domain { .. } => Kind::Domain,
        Thing::UserProfile { .. } => Kind::UserProfile,
        Thing::Space { .. } => Kind::Space,
        Thing::App { .. } => Kind::App,
        Thing::Bucket { .. } => Kind::Bucket,
        Thing::Repository { .. } => Kind::Repository,
        Thing::LogGroup { .. } => Kind::LogGroup,
        Thing::Key { .. } => Kind::Key,
        Thing::Vpc { .. } => Kind::Vpc,
        Thing::Subnet { .. } => Kind::Subnet,
        Thing::SecurityGroup { .. } => Kind::SecurityGroup,
        Thing::VpcEndpoint { .. } => Kind::VpcEndpoint,
        Thing::Organization => Kind::Organization,
        Thing::OrganizationalUnit { .. } => Kind::OrganizationalUnit,
    })
}

/// What a thing is, without an article.
pub const fn entity_kind(entity: &EntityId) -> &'static str {
    thing_words(&entity.thing).word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_begins_with_the_service_or_a_capital() {
        let title = |kind| kind_words(kind).title();
        assert_eq!(title(Kind::User), "IAM user");
        assert_eq!(title(Kind::Subnet), "Subnet");
        assert_eq!(title(Kind::VpcEndpoint), "VPC endpoint");
        assert_eq!(entity_kind(&Thing::Account.into()), "account");
    }
}
