//! Trust policies that let SageMaker take on a role for the wrong account, or for nothing at all.
//!
//! The confused deputy: a service acts for whoever asks it, so a role should say on whose behalf it
//! may be taken on, with `aws:SourceAccount` or `aws:SourceArn`. The opposite fault is to narrow
//! `aws:SourceArn` to an app or a profile: for Studio, SageMaker sends no such ARN, and nothing starts.
//! <https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html>
//!
//! The first is asked of the engine as SageMaker would ask for somebody else's account, the second as
//! it asks for Studio.

use crate::{
    advise::{
        Advice, Finding, Severity, Words,
        inquiry::{ANY_NAME, Grant, Inquiry, STRANGER, grants},
        mixed_trust::trust,
        steps::rest,
    },
    eval,
    explain::Spot,
    names::Arn,
    policy::{Effect, PrincipalPattern},
    trace::{ElementOutcome, ElementTrace, Layer},
    world::{Role, World},
};

/// A role that SageMaker takes on for anybody's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfusedDeputy {
    /// The role.
    pub role: String,
}

/// A role whose trust policy asks for a source that SageMaker does not send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NarrowSource {
    /// The role.
    pub role: String,
    /// What the policy asks for.
    pub wanted: Vec<String>,
}

/// Kinds of things for which SageMaker never takes on a role by their own ARN.
const NEVER_SENT: [&str; 4] = ["app/", "user-profile/", "space/", "domain/"];

pub(super) async fn find(inquiry: &Inquiry<'_>) -> Vec<Advice> {
    let (mut all, mut deputies) = (Vec::new(), Vec::new());
    // Of what AWS keeps nobody could follow the advice.
    let roles = inquiry.world.home.roles.iter();
    for role in roles.filter(|it| !it.is_kept_by_aws()) {
        all.extend(narrow(inquiry, role));
        deputies.extend(deputy(inquiry, role));
        rest().await;
    }
    all.extend(deputies);
    all
}

fn deputy(inquiry: &Inquiry<'_>, role: &Role) -> Option<Advice> {
    let world = inquiry.world;
    let job = format!("training-job/{ANY_NAME}");
    let source = Arn::from_parts([&world.partition, "sagemaker", &world.region, STRANGER, &job]);
    let request = inquiry.by_sagemaker(role, STRANGER, &source);
    if !inquiry.is_allowed(&request) {
        return None;
    }
    // `*` takes in services too, and is a matter of its own.
    let names_a_service = |it: &Grant| {
        let principal = inquiry.statement(it).and_then(|it| it.principal.as_ref());
        let mut entries = principal.into_iter().flat_map(|it| &it.entries);
        entries.any(|it| matches!(it.value, PrincipalPattern::Service(_)))
    };
    let grant = inquiry.grants(&request).into_iter().find(names_a_service)?;
    Some(Advice {
        severity: Severity::Warning,
        finding: Finding::ConfusedDeputy(ConfusedDeputy {
            role: role.name.clone(),
        }),
        place: grant.principal(),
    })
}

fn narrow(inquiry: &Inquiry<'_>, role: &Role) -> Option<Advice> {
    let world = inquiry.world;
    let source = world.regional_arn("sagemaker", "*");
    let request = inquiry.by_sagemaker(role, world.home.account.as_str(), &source);
    let trace = eval::evaluate(&inquiry.policies(&request), &request);
    if !grants(&trace).is_empty() {
        return None;
    }
    let layer = trace.layer(Layer::Resource)?;
    let allows = layer
        .statements
        .iter()
        .filter(|it| it.effect == Effect::Allow);
    for statement in allows {
        let missed = statement.tests.iter();
        let mut missed = missed.filter(|it| it.outcome() != ElementOutcome::Matched);
        let Some(ElementTrace::Condition {
            span, key, wanted, ..
        }) = missed.next()
        else {
            continue;
        };
        let is_never_sent = |text: &String| {
            Arn::parse(text)
                .is_some_and(|it| NEVER_SENT.iter().any(|x| it.resource().starts_with(x)))
        };
        let concerns = inquiry.is_execution_role(role) || wanted.iter().all(is_never_sent);
        if missed.next().is_none() && key.folded() == "aws:sourcearn" && concerns {
            return Some(Advice {
                severity: Severity::Warning,
                finding: Finding::NarrowSource(NarrowSource {
                    role: role.name.clone(),
                    wanted: wanted.clone(),
                }),
                place: Spot::Text {
                    document: trust(role),
                    span: *span,
                },
            });
        }
    }
    None
}

impl ConfusedDeputy {
    pub(super) fn words(&self, world: &World) -> Words {
        Words {
            title: format!("SageMaker may take on `{}` for any account", self.role),
            why: "A service acts for whoever asks it: without a condition on the source, a request of somebody else’s account can lead it to your role.".to_owned(),
            fix: format!(
                "Add to the trust policy the condition `\"StringEquals\": {{ \"aws:SourceAccount\": \"{}\" }}`.",
                world.home.account
            ),
        }
    }
}

impl NarrowSource {
    pub(super) fn words(&self, world: &World) -> Words {
        Words {
            title: format!("`{}` asks for a source that SageMaker does not send", self.role),
            why: "For Studio, SageMaker takes a role on for the account and the region, not for an app or a profile, so it cannot take on this one.".to_owned(),
            fix: format!(
                "Write `{}` as the value of `aws:SourceArn`, with `ArnLike`.",
                world.regional_arn("sagemaker", "*")
            ),
        }
    }
}
