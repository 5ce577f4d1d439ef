//! Condition keys that have a successor, as AWS's lists have it.
//!
//! Requests may come without a deprecated key, and then a condition on it is not met, or is met by its absence.
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html#amazonsagemaker-policy-keys>

use crate::{
    advise::{Advice, Finding, Severity, Words, steps::rest},
    catalogue::Catalogue,
    explain::Spot,
    world::Documents,
};

/// A deprecated condition key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeprecatedKey {
    /// The key as written.
    pub key: String,
    /// The key to use.
    pub successor: String,
}

pub(super) async fn find(documents: &Documents, catalogue: &Catalogue) -> Vec<Advice> {
    let mut all = Vec::new();
    for (id, document) in documents.iter() {
        rest().await;
        let statements = document.policy.iter().flat_map(|it| &it.statements);
        for condition in statements.flat_map(|it| &it.conditions) {
            let key = &condition.key;
            let known = catalogue.key(key.value.as_str());
            let Some(successor) = known.and_then(|it| it.replaced_by.clone()) else {
                continue;
            };
            all.push(Advice {
                severity: Severity::Info,
                finding: Finding::DeprecatedKey(DeprecatedKey {
                    key: key.value.as_str().to_owned(),
                    successor,
                }),
                place: Spot::Text {
                    document: id.clone(),
                    span: key.span,
                },
            });
        }
    }
    all
}

impl DeprecatedKey {
    pub(super) fn words(&self) -> Words {
        let Self { key, successor } = self;
        Words {
            title: format!("Condition key `{key}` is deprecated"),
            why: "Requests may come without it, and then the condition does not say what it was written to say.".to_owned(),
            fix: format!("Write `{successor}` in its place, with a value of its kind."),
        }
    }
}
