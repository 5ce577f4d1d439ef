//! Condition keys of SageMaker that have a successor.
//!
//! The keys without `Arn` at their end are deprecated; requests may come without them, and then a
//! condition on one of them is not met, or is met by its absence.
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html#amazonsagemaker-policy-keys>

use crate::{
    advise::{Advice, Finding, Severity, Words, inquiry::Inquiry, steps::rest},
    explain::Spot,
};

/// A deprecated condition key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeprecatedKey {
    /// The key as written.
    pub key: String,
    /// The key to use.
    pub successor: &'static str,
}

const KEYS: [(&str, &str); 4] = [
    ("sagemaker:outputkmskey", "sagemaker:OutputKmsKeyArn"),
    ("sagemaker:volumekmskey", "sagemaker:VolumeKmsKeyArn"),
    (
        "sagemaker:domainsharingoutputkmskey",
        "sagemaker:DomainSharingOutputKmsKeyArn",
    ),
    (
        "sagemaker:homeefsfilesystemkmskey",
        "sagemaker:VolumeKmsKeyArn",
    ),
];

pub(super) async fn find(inquiry: &Inquiry<'_>) -> Vec<Advice> {
    let mut all = Vec::new();
    for (id, document) in inquiry.documents.iter() {
        rest().await;
        let statements = document.policy.iter().flat_map(|it| &it.statements);
        for condition in statements.flat_map(|it| &it.conditions) {
            let key = &condition.key;
            let successor = KEYS.iter().find(|it| it.0 == key.value.folded());
            all.extend(successor.map(|(_, successor)| Advice {
                severity: Severity::Info,
                finding: Finding::DeprecatedKey(DeprecatedKey {
                    key: key.value.as_str().to_owned(),
                    successor,
                }),
                place: Spot::Text {
                    document: id.clone(),
                    span: key.span,
                },
            }));
        }
    }
    all
}

impl DeprecatedKey {
    pub(super) fn words(&self) -> Words {
        let (key, successor) = (&self.key, self.successor);
        Words {
            title: format!("Condition key `{key}` is deprecated"),
            why: "Requests may come without it, and then the condition does not say what it was written to say.".to_owned(),
            fix: format!("Write `{successor}`, with the key’s ARN as the value."),
        }
    }
}
