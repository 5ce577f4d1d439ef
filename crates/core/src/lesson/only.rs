//! Which services get a role: those that a world's own policies name are tried, and a few that every account knows.
//!
//! Knows nothing of lessons. Invariant: a service is found by asking for it, never by how a policy is written; the names in
//! the texts only say what to ask for, so that no name is too odd to be tried.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    flow::{ApiCall, ContextText},
    lesson::beside::is_allowed,
    scenario::Scenario,
    world::{Documents, World},
};

/// What the names of services end in.
const SUFFIX: &str = ".amazonaws.com";
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
            .filter(|it| !services.contains(it))
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
        let is_meant = |it: &&String| services.contains(it);
        let others = named(&scenario.world);
        // Without `sts:AssumeRole` a service is not in, whatever else it might do.
        let mut others = others.iter().filter(|it| !is_meant(it));
        let mut besides = TRUST_ACTIONS
            .iter()
            .filter(|action| !actions.iter().any(|it| it.eq_ignore_ascii_case(action)));
        !others.any(|it| may(it, ASSUME))
            && !besides.any(|action| services.iter().any(|it| may(it, action)))
    })
}

fn context(key: &str, value: String) -> BTreeMap<String, ContextText> {
    BTreeMap::from([(key.to_owned(), ContextText::One(value))])
}

/// The usual services, and every one that a policy of the world names.
fn named(world: &World) -> BTreeSet<String> {
    let mut all: BTreeSet<String> = USUAL.iter().map(|it| (*it).to_owned()).collect();
    let is_of_name = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '*' | '?');
    for (_, document) in world.documents() {
        let words = document.as_str().split(|it| !is_of_name(it));
        let services = words.filter(|it| it.ends_with(SUFFIX) && !it.contains(['*', '?']));
        all.extend(services.map(str::to_owned));
    }
    all
}
