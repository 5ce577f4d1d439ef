//! An execution role that may do everything, or everything of a service.
//!
//! Whoever works in a profile, and every notebook and library that they run, has what its execution
//! role has.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege>
//!
//! Asked for things of names that nothing has; a boundary, a `Deny` or a policy of the organization
//! takes the finding away. Looked at are the roles that profiles and shared spaces run as, and for
//! single services those that hold the keys to others: S3, EC2, IAM, Secrets Manager. (Keys of KMS have
//! a say of their own, so there is no asking for one that is not there.)

use std::collections::BTreeMap;

use crate::{
    advise::{
        Advice, Finding, Severity, Words,
        inquiry::{ANY_NAME, Inquiry},
        list,
        steps::rest,
    },
    explain::Spot,
    names::Arn,
    syntax::Span,
    world::{DocumentId, World},
};

/// A statement that allows an execution role everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Everything {
    /// The roles that have it.
    pub roles: Vec<String>,
    /// The services whose every action it allows on everything; empty where it is all services.
    pub services: Vec<&'static str>,
}

/// Services, and what of them to ask for: each an action that nobody needs day by day.
const SERVICES: [(&str, &str, &str); 4] = [
    ("s3", "s3:DeleteBucket", ""),
    ("ec2", "ec2:TerminateInstances", "instance/"),
    ("iam", "iam:CreatePolicyVersion", "policy/"),
    ("secretsmanager", "secretsmanager:DeleteSecret", "secret:"),
];

pub(super) async fn find(inquiry: &Inquiry<'_>) -> Vec<Advice> {
    let world = inquiry.world;
    let mut found: BTreeMap<(DocumentId, Span), Everything> = BTreeMap::new();
    let roles = world.home.roles.iter();
    for role in roles.filter(|it| inquiry.is_execution_role(it)) {
        rest().await;
        let Some(holder) = inquiry.holder_of_role(&role.name) else {
            continue;
        };
        for (service, action, _) in SERVICES {
            let on = probe(world, service);
            let request = inquiry.request(holder, action, on, &[]);
            if !inquiry.is_allowed(&request) {
                continue;
            }
            for grant in inquiry.grants(&request) {
                let takes_in_all = inquiry.statement(&grant).is_some_and(|it| {
                    let mut resources = it.resource.iter().flat_map(|it| &it.patterns);
                    let mut actions = it.action.patterns.iter();
                    let whole = format!("{service}:*");
                    let resource_negated = it.resource.as_ref().is_some_and(|it| it.negated);
                    let is_all = it.action.negated
                        || actions.any(|it| {
                            it.value.is_any() || it.value.text().eq_ignore_ascii_case(&whole)
                        });
                    is_all && (resource_negated || resources.any(|it| it.value.is_any()))
                });
                let Spot::Text { document, span } = grant.action() else {
                    continue;
                };
                if !takes_in_all {
                    continue;
                }
                let finding = found.entry((document, span)).or_insert_with(|| Everything {
                    roles: Vec::new(),
                    services: Vec::new(),
                });
                if !finding.roles.contains(&role.name) {
                    finding.roles.push(role.name.clone());
                }
                if !finding.services.contains(&service) {
                    finding.services.push(service);
                }
            }
        }
    }
    let advice = |((document, span), mut finding): ((DocumentId, Span), Everything)| {
        let is_all = finding.services.len() == SERVICES.len();
        if is_all {
            finding.services.clear();
        }
        Advice {
            severity: if is_all {
                Severity::Danger
            } else {
                Severity::Warning
            },
            finding: Finding::Everything(finding),
            place: Spot::Text { document, span },
        }
    };
    found.into_iter().map(advice).collect()
}

fn probe(world: &World, service: &str) -> Arn {
    let kind = SERVICES.iter().find(|it| it.0 == service);
    let resource = format!("{}{ANY_NAME}", kind.map_or("", |it| it.2));
    match service {
        "s3" => world.bucket_arn(ANY_NAME, None),
        "iam" => world.iam_arn("policy", "/", ANY_NAME),
        _ => world.regional_arn(service, &resource),
    }
}

impl Everything {
    pub(super) fn words(&self) -> Words {
        let what = if self.services.is_empty() {
            "everything".to_owned()
        } else {
            let services: Vec<String> = self.services.iter().map(|it| format!("{it}:*")).collect();
            format!("{} on everything", list(&services))
        };
        Words {
            title: format!("Execution role {} may do {what}", list(&self.roles)),
            why: "Every notebook, and every library in it, has what its execution role has."
                .to_owned(),
            fix: "List the actions that the work needs, and in `Resource` the buckets, keys and roles that it works with.".to_owned(),
        }
    }
}
