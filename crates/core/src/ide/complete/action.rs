//! Services and actions, and wildcards with what they take in.
//!
//! Invariant: an action is offered as AWS writes it, whatever letter case is typed.

use std::{cmp::Reverse, collections::BTreeMap};

use crate::{
    catalogue::{AccessLevel, Action, Service},
    eval::authorized_as,
    ide::{
        CompletionKind,
        complete::{Ask, MAX_ITEMS, Offer, Offers, quoted},
        fuzzy::{Fit, Query},
        words,
        write::CARET,
    },
    policy::{PolicyKind, spelling::listed},
};

/// The services that SageMaker's roles are about; they come before the others.
const FIRST: [&str; 10] = [
    "sagemaker",
    "s3",
    "ecr",
    "logs",
    "cloudwatch",
    "kms",
    "iam",
    "sts",
    "ec2",
    "elasticfilesystem",
];

/// What roles of SageMaker mostly need: offered before others that fit alike.
const USUAL: [&str; 34] = [
    "sagemaker:CreateTrainingJob",
    "sagemaker:DescribeTrainingJob",
    "sagemaker:CreateProcessingJob",
    "sagemaker:DescribeProcessingJob",
    "sagemaker:CreateTransformJob",
    "sagemaker:CreateModel",
    "sagemaker:CreateEndpointConfig",
    "sagemaker:CreateEndpoint",
    "sagemaker:InvokeEndpoint",
    "sagemaker:CreatePresignedDomainUrl",
    "sagemaker:CreateApp",
    "sagemaker:CreateSpace",
    "sagemaker:AddTags",
    "s3:GetObject",
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:ListBucket",
    "s3:GetBucketLocation",
    "ecr:GetAuthorizationToken",
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer",
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:DescribeLogStreams",
    "logs:PutLogEvents",
    "cloudwatch:PutMetricData",
    "kms:Decrypt",
    "kms:GenerateDataKey",
    "kms:DescribeKey",
    "kms:CreateGrant",
    "iam:PassRole",
    "iam:GetRole",
    "sts:AssumeRole",
];

/// Whether an action is one of those.
fn is_usual(service: &Service, action: &Action) -> bool {
    let mut usual = USUAL.iter().filter_map(|it| it.split_once(':'));
    usual.any(|it| it.0 == service.prefix && it.1 == action.name)
}

/// How many are offered that are found in all services at once.
const MAX_FOUND: usize = 100;

/// From how many actions on a common beginning is offered as a wildcard.
const MIN_WILDCARD: usize = 2;

pub(super) fn offer(ask: &Ask<'_>, beside: &[String], offers: &mut Offers) {
    let catalogue = ask.about.catalogue;
    if ask.about.kind == PolicyKind::Trust {
        of_trust(ask, beside, offers);
        return;
    }
    if let Some((prefix, name)) = ask.typed.split_once(':') {
        if let Some(service) = catalogue.service(prefix) {
            actions(&[service], name, ask, beside, offers);
            wildcards(service, name, beside, offers);
        } else {
            offers.wants_catalogue |= !catalogue.is_complete();
        }
        return;
    }
    asked_now(ask, beside, offers);
    services(ask, offers);
    if ask.typed.len() > 1 {
        let all: Vec<&Service> = catalogue.services().collect();
        actions(&all, ask.typed, ask, beside, offers);
    }
    let may_be_any = ask.about.kind != PolicyKind::Rcp;
    if may_be_any && matches!(ask.typed, "" | "*") {
        let says = "Every action of every service. Least privilege names them.";
        let any = Offer::text(CompletionKind::Action, "*", "every action").saying(says);
        offers.add(u8::MAX, any);
    }
    offers.wants_catalogue |= !catalogue.is_complete();
}

/// What the check asks that the policy is looked at for, where nothing is typed yet.
fn asked_now(ask: &Ask<'_>, beside: &[String], offers: &mut Offers) {
    let Some(request) = ask.about.request.filter(|_| ask.typed.is_empty()) else {
        return;
    };
    let action = authorized_as(&request.action);
    let (prefix, name) = (action.service(), action.name());
    let service = ask.about.catalogue.service(prefix);
    let found = service.and_then(|it| Some((it, it.actions.iter().find(|it| it.name == name)?)));
    if let Some((service, action)) = found {
        let offer = of_action(service, action);
        if !is_beside(beside, &offer.label) {
            offers.add(0, offer);
        }
    }
}

/// What a trust policy can allow.
fn of_trust(ask: &Ask<'_>, beside: &[String], offers: &mut Offers) {
    const NAMES: [&str; 6] = [
        "AssumeRole",
        "TagSession",
        "SetSourceIdentity",
        "AssumeRoleWithWebIdentity",
        "AssumeRoleWithSAML",
        "SetContext",
    ];
    let service = ask.about.catalogue.service("sts");
    let query = Query::new(ask.typed);
    for name in NAMES {
        let full = format!("sts:{name}");
        let known = service.and_then(|it| it.action(name));
        let offer = match (service, known) {
            (Some(service), Some(action)) => of_action(service, action),
            _ => Offer::text(CompletionKind::Action, full.as_str(), ""),
        };
        let fit = query.fit(&full).into_iter().chain(query.fit(name)).min();
        if let Some(fit) = fit.filter(|_| !is_beside(beside, &full)) {
            offers.put(fit, 0, offer);
        }
    }
}

fn is_beside(beside: &[String], action: &str) -> bool {
    beside.iter().any(|it| it.eq_ignore_ascii_case(action))
}

fn services(ask: &Ask<'_>, offers: &mut Offers) {
    let in_use = ask.services_in_use();
    for service in ask.about.catalogue.services() {
        let place = FIRST.iter().position(|it| *it == service.prefix);
        let group = if in_use.contains(&service.prefix) {
            0
        } else {
            place.map_or(u8::MAX, |it| u8::try_from(it + 1).unwrap_or(u8::MAX))
        };
        let by_prefix = offers.query.fit(&service.prefix);
        let by_name = || Some(offers.query.fit(&service.name)?.max(Fit::Words));
        let Some(fit) = by_prefix.or_else(by_name) else {
            continue;
        };
        let label = format!("{}:", service.prefix);
        let n = service.actions.len();
        let offer = Offer::text(
            CompletionKind::Service,
            label.as_str(),
            service.name.as_str(),
        )
        .saying(format!("{n} actions."))
        .writing(format!("\"{label}{CARET}\""), true);
        // A service that is typed to the end comes before actions of that name.
        offers.put(fit, group, offer);
    }
}

fn actions(
    services: &[&Service],
    typed: &str,
    ask: &Ask<'_>,
    beside: &[String],
    offers: &mut Offers,
) {
    let query = Query::new(typed);
    let in_use = if services.len() > 1 {
        ask.services_in_use()
    } else {
        Vec::new()
    };
    let is_near = |it: &&Service| {
        services.len() == 1 || in_use.contains(&it.prefix) || FIRST.contains(&it.prefix.as_str())
    };
    let (near, far): (Vec<&Service>, Vec<&Service>) = services.iter().copied().partition(is_near);
    let mut found = fitting(&near, &in_use, |name| query.fit(name));
    found.extend(fitting(&far, &in_use, |name| query.begins(name)));
    // There are twenty thousand actions in far services: only where nothing nearer fits, pieces of their names count.
    if found.is_empty() {
        found = fitting(&far, &in_use, |name| query.fit(name));
    }
    found.sort_by_cached_key(|it| (it.0, it.1, services.len() == 1 && !is_usual(it.2, it.3)));
    let max = if services.len() > 1 {
        MAX_FOUND
    } else {
        MAX_ITEMS
    };
    offers.n_more += found.len().saturating_sub(max);
    found.truncate(max);
    for (fit, rank, service, action) in found {
        let offer = of_action(service, action);
        if !is_beside(beside, &offer.label) {
            let rank = u8::try_from(rank).unwrap_or(u8::MAX - 1);
            offers.put(fit, rank.saturating_add(1), offer);
        }
    }
}

/// The actions that fit, each with how well and with the rank of its service.
fn fitting<'c>(
    services: &[&'c Service],
    in_use: &[String],
    fit: impl Fn(&str) -> Option<Fit>,
) -> Vec<(Fit, usize, &'c Service, &'c Action)> {
    let mut found = Vec::new();
    for service in services {
        let place = FIRST.iter().position(|it| *it == service.prefix);
        let rank = if in_use.contains(&service.prefix) {
            0
        } else {
            place.map_or(FIRST.len() + 1, |it| it + 1)
        };
        let actions = service.actions.iter();
        let fitting =
            actions.filter_map(|action| Some((fit(&action.name)?, rank, *service, action)));
        found.extend(fitting);
    }
    found
}

fn of_action(service: &Service, action: &Action) -> Offer {
    let says = action.description.as_deref().map(words::sentence);
    let needs = (!action.dependent_actions.is_empty()).then(|| {
        let names = action.dependent_actions.iter().map(String::as_str);
        format!("Needs {} as well.", listed(names, usize::MAX))
    });
    let says: Vec<String> = says.into_iter().chain(needs).collect();
    let says = says.join(" ");
    let label = format!("{}:{}", service.prefix, action.name);
    Offer::text(CompletionKind::Action, label, action.level.name()).saying(says)
}

/// Wildcards that take in several actions: what is typed with a `*` behind it, and common beginnings.
fn wildcards(service: &Service, typed: &str, beside: &[String], offers: &mut Offers) {
    let stem = typed.split(['*', '?']).next().unwrap_or_default();
    if stem.len() < typed.len() && !typed.ends_with('*') {
        return;
    }
    let folded = stem.to_ascii_lowercase();
    let begins = |it: &&Action| {
        let head = it.name.get(..stem.len());
        head.is_some_and(|it| it.eq_ignore_ascii_case(&folded))
    };
    let fitting: Vec<&Action> = service.actions.iter().filter(begins).collect();
    let mut stems: BTreeMap<&str, usize> = BTreeMap::new();
    for action in &fitting {
        let word = first_word(&action.name, stem.len());
        *stems.entry(word).or_default() += 1;
    }
    let own = fitting.first().and_then(|it| it.name.get(..stem.len()));
    let mut stems: Vec<(&str, usize)> = stems.into_iter().filter(|it| it.1 > 2).collect();
    stems.sort_by_key(|it| Reverse(it.1));
    stems.truncate(8);
    stems.retain(|it| Some(it.0) != own);
    let own = own.map(|it| (it, fitting.len()));
    for (stem, _) in own
        .into_iter()
        .chain(stems)
        .filter(|it| it.1 >= MIN_WILDCARD)
    {
        let label = format!("{}:{stem}*", service.prefix);
        if is_beside(beside, &label) {
            continue;
        }
        let taken: Vec<&Action> = service
            .actions
            .iter()
            .filter(|it| it.name.starts_with(stem))
            .collect();
        let offer = Offer {
            kind: CompletionKind::Action,
            snippet: quoted(&label),
            label,
            detail: format!("{} actions", taken.len()),
            description: levels(taken.iter().map(|it| it.level)),
            goes_on: false,
        };
        offers.put(Fit::Prefix, u8::MAX, offer);
    }
}

/// The beginning of a name up to the end of the word that `from` lies in or before.
fn first_word(name: &str, from: usize) -> &str {
    let is_end = |it: &(usize, char)| it.0 > from.max(1) && it.1.is_ascii_uppercase();
    let end = name
        .char_indices()
        .find(is_end)
        .map_or(name.len(), |it| it.0);
    name.get(..end).unwrap_or(name)
}

/// How many of each access level: `Read 10, List 2`.
pub(in crate::ide) fn levels(all: impl Iterator<Item = AccessLevel>) -> String {
    let mut counts: BTreeMap<AccessLevel, usize> = BTreeMap::new();
    for level in all {
        *counts.entry(level).or_default() += 1;
    }
    let counted = AccessLevel::ALL.iter().filter_map(|level| {
        let n = counts.get(level)?;
        Some(format!("{level} {n}"))
    });
    counted.collect::<Vec<_>>().join(", ")
}
