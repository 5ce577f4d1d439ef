//! Which services get a role: those that a world's own policies name are tried, and a few that every account knows.
//!
//! Knows no goals. Invariant: a service is found by asking for it, never by how a policy is written; the names and patterns in
//! the texts only say what to ask for. Of a pattern the services that AWS has are tried, and no others that it takes in.

use std::collections::BTreeSet;

use crate::{
    by_name::ByName,
    flow::{ApiCall, ContextText},
    lesson::beside::is_allowed,
    pattern::Glob,
    policy::service_names::{self, PRINCIPAL_DOMAINS},
    scenario::Scenario,
    world::{Documents, World},
};

/// Services that roles are given to in many accounts: patterns such as `*` are met by these.
const USUAL: [&str; 7] = [
    "batch.amazonaws.com",
    "bedrock.amazonaws.com",
    "ec2.amazonaws.com",
    "ecs-tasks.amazonaws.com",
    "glue.amazonaws.com",
    "lambda.amazonaws.com",
    "states.amazonaws.com",
];
/// What a service does to put a role on.
const ASSUME: &str = "sts:AssumeRole";
/// Everything that a trust policy can allow.
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html>
const TRUST_ACTIONS: [&str; 6] = [
    ASSUME,
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
    "sts:SetContext",
    "sts:SetSourceIdentity",
    "sts:TagSession",
];

/// Whether somebody, by ARN, hands a role of the home account to none but these services.
pub(super) fn is_passed_only_to(
    (by, role): (&str, &str),
    services: &[String],
    scenario: &Scenario,
    documents: &Documents,
) -> bool {
    let home = &scenario.world.home;
    home.role(role).is_some_and(|role| {
        let resource = scenario.world.role_arn(role).to_string();
        named(&scenario.world)
            .into_iter()
            .filter(|it| !is_one_of(services, it))
            .all(|it| {
                let call = ApiCall {
                    principal: Some(by.to_owned()),
                    action: "iam:PassRole".to_owned(),
                    resource: resource.clone(),
                    context: context("iam:PassedToService", it),
                };
                !is_allowed(call, scenario, documents)
            })
    })
}

/// Whether a role of the home account lets none but these services put it on, and these do only such actions of its
/// trust policy.
pub(super) fn is_trusted_only_to(
    role: &str,
    (services, actions): (&[String], &[String]),
    scenario: &Scenario,
    documents: &Documents,
) -> bool {
    let home = &scenario.world.home;
    home.role(role).is_some_and(|role| {
        let resource = scenario.world.role_arn(role).to_string();
        let may = |service: &str, action: &str| {
            let call = ApiCall {
                principal: Some(service.to_owned()),
                action: action.to_owned(),
                resource: resource.clone(),
                context: context("aws:SourceAccount", home.account.to_string()),
            };
            is_allowed(call, scenario, documents)
        };
        let others = named(&scenario.world);
        // Without `sts:AssumeRole` a service is not in, whatever else it might do.
        let mut others = others.iter().filter(|it| !is_one_of(services, it));
        let mut besides = TRUST_ACTIONS
            .iter()
            .filter(|action| !actions.iter().any(|it| it.eq_ignore_ascii_case(action)));
        !others.any(|it| may(it, ASSUME))
            && !besides.any(|action| services.iter().any(|it| may(it, action)))
    })
}

/// Whether a service is one of these, or a part of one: `sagemaker-geospatial` is SageMaker, too.
fn is_one_of(services: &[String], service: &str) -> bool {
    services.iter().any(|it| {
        let name = it.split('.').next().unwrap_or_default();
        let rest = service.strip_prefix(name).unwrap_or_default();
        it == service || rest.starts_with('-')
    })
}

fn context(key: &str, value: String) -> ByName<ContextText> {
    ByName::from([(key.to_owned(), ContextText::One(value))])
}

/// The usual services, every one that a policy of the world names, and those of AWS that a pattern in one takes in.
fn named(world: &World) -> BTreeSet<String> {
    let mut all: BTreeSet<String> = USUAL.iter().map(|it| (*it).to_owned()).collect();
    let known: Vec<String> = service_names::known()
        .map(|it| format!("{it}.amazonaws.com"))
        .collect();
    let is_of_name = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '*' | '?');
    for (_, document) in world.documents() {
        for word in document.as_str().split(|it| !is_of_name(it)) {
            let is_pattern = word.contains(['*', '?']);
            let is_name = PRINCIPAL_DOMAINS.iter().any(|it| word.ends_with(it));
            if is_pattern && word.len() > 1 {
                let glob = Glob::new(word);
                all.extend(known.iter().filter(|it| glob.matches(it)).cloned());
            } else if is_name {
                all.insert(word.to_owned());
            }
        }
    }
    all
}
