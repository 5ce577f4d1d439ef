//! The words in which IAM itself refuses to save a policy.
//!
//! Data for those who know the message and look for its cause; Rolewalk's own message says more.
//! Invariant: IAM gives one error for a document, the first in the order of [`IamError::rank`].

use std::fmt;

use serde::{Serialize, Serializer};

use crate::diagnostic::Diagnostic;

/// Why IAM refuses a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IamError {
    /// Not the grammar: what it says of most mistakes.
    Syntax,
    /// Characters outside of what a document may have.
    Characters,
    /// Version `2008-10-17`, or none.
    OldVersion,
    /// Short ARNs, dates that are none, effects in the wrong case.
    LegacyParsing,
    /// Two statements with one id.
    DuplicateSid,
    /// An id with other characters than letters and digits.
    InvalidSid,
    /// No `Action` or `NotAction`, or an empty one.
    NoActions,
    /// No `Resource` or `NotResource`, or an empty one.
    NoResources,
    /// A resource without a colon.
    ResourceNotArn {
        /// As written.
        resource: String,
    },
    /// A partition that AWS does not have.
    Partition {
        /// As written.
        partition: String,
        /// The ARN as IAM reads it.
        resource: String,
    },
    /// An ARN whose service is empty or a pattern.
    ResourceVendor,
    /// A bucket with a region.
    BucketRegion {
        /// As written.
        resource: String,
    },
    /// A resource of IAM with a region.
    IamRegion {
        /// As written.
        resource: String,
    },
    /// A resource of IAM of no kind that it has.
    IamPath,
    /// An action without a colon.
    ActionWithoutVendor,
    /// An action whose service is no name.
    InvalidVendor {
        /// As written.
        vendor: String,
    },
    /// An action with more than one colon.
    ActionWithColons,
    /// `Principal` in a policy that is about whoever it is attached to.
    PrincipalNotAllowed,
    /// An element that this kind of policy does not have.
    ProhibitedField {
        /// Its name.
        field: String,
    },
    /// An element that this kind of policy must have.
    MissingField {
        /// Its name.
        field: String,
    },
    /// A principal that is none.
    InvalidPrincipal,
    /// A trust policy with actions of other services.
    TrustActions,
    /// Larger than this kind of policy may be.
    Size {
        /// What IAM calls the quota.
        quota: &'static str,
        /// The most characters.
        max: usize,
    },
}

impl IamError {
    /// The place in the order in which IAM looks.
    pub const fn rank(&self) -> u8 {
        match self {
            Self::Syntax | Self::Characters => 0,
            Self::PrincipalNotAllowed
            | Self::ProhibitedField { .. }
            | Self::MissingField { .. }
            | Self::Size { .. } => 1,
            Self::OldVersion => 2,
            Self::LegacyParsing => 3,
            Self::DuplicateSid | Self::InvalidSid => 4,
            Self::NoActions => 5,
            Self::ResourceNotArn { .. }
            | Self::Partition { .. }
            | Self::ResourceVendor
            | Self::BucketRegion { .. }
            | Self::IamRegion { .. }
            | Self::IamPath => 6,
            Self::ActionWithoutVendor
            | Self::InvalidVendor { .. }
            | Self::ActionWithColons
            | Self::TrustActions => 7,
            Self::NoResources => 8,
            Self::InvalidPrincipal => 9,
        }
    }

    /// What IAM says where an element is missing or empty.
    pub fn of_missing(element: &str) -> Self {
        match element {
            "Action" | "NotAction" => Self::NoActions,
            "Resource" | "NotResource" => Self::NoResources,
            "Principal" | "NotPrincipal" => Self::MissingField {
                field: "Principal".to_owned(),
            },
            _ => Self::Syntax,
        }
    }

    /// What IAM would say of a document with these diagnostics.
    pub fn first(diagnostics: &[Diagnostic]) -> Option<&Self> {
        let errors = diagnostics.iter().filter_map(|it| it.iam_error.as_deref());
        errors.min_by_key(|it| it.rank())
    }
}

/// IAM's own words.
impl fmt::Display for IamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Syntax => "Syntax errors in policy.",
            Self::Characters => "The specified value for policyDocument is invalid. It must contain only printable ASCII characters.",
            Self::OldVersion => "Policy document must be version 2012-10-17 or greater.",
            Self::LegacyParsing => "The policy failed legacy parsing",
            Self::DuplicateSid => "Statement IDs (SID) in a single policy must be unique.",
            Self::InvalidSid => "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
            Self::NoActions => "Policy statement must contain actions.",
            Self::NoResources => "Policy statement must contain resources.",
            Self::ResourceNotArn { resource } => {
                return write!(f, "Resource {resource} must be in ARN format or \"*\".");
            }
            Self::Partition {
                partition,
                resource,
            } => {
                return write!(
                    f,
                    "Partition \"{partition}\" is not valid for resource \"{resource}\"."
                );
            }
            Self::ResourceVendor => {
                "Resource vendor must be fully qualified and cannot contain regexes."
            }
            Self::BucketRegion { resource } => {
                return write!(f, "Resource {resource} can not contain region information.");
            }
            Self::IamRegion { resource } => {
                return write!(f, "IAM resource {resource} cannot contain region information.");
            }
            Self::IamPath => "IAM resource path must either be \"*\" or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.",
            Self::ActionWithoutVendor => {
                "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
            }
            Self::InvalidVendor { vendor } => return write!(f, "Vendor {vendor} is not valid"),
            Self::ActionWithColons => "Actions/Condition can contain only one colon.",
            Self::PrincipalNotAllowed => "Policy document should not specify a principal.",
            Self::ProhibitedField { field } => return write!(f, "Has prohibited field {field}"),
            Self::MissingField { field } => return write!(f, "Missing required field {field}"),
            Self::InvalidPrincipal => "Invalid principal in policy",
            Self::TrustActions => "AssumeRole policy may only specify STS AssumeRole actions.",
            Self::Size { quota, max } => {
                return write!(f, "Cannot exceed quota for {quota}: {max}");
            }
        })
    }
}

impl Serialize for IamError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
