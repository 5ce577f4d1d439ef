//! Principals: accounts, users and roles of this world, services, identity providers.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use crate::{
    ide::{
        CompletionKind,
        complete::{Ask, Offer, Offers, has_key, is_only_name, quoted},
        place::At,
        tree::Object,
        words,
        write::CARET,
    },
    policy::PolicyKind,
};

/// Services that take on roles or write into buckets and keys.
pub(in crate::ide) const SERVICES: [&str; 32] = [
    "sagemaker.amazonaws.com",
    "lambda.amazonaws.com",
    "ec2.amazonaws.com",
    "ecs-tasks.amazonaws.com",
    "states.amazonaws.com",
    "events.amazonaws.com",
    "scheduler.amazonaws.com",
    "glue.amazonaws.com",
    "bedrock.amazonaws.com",
    "codebuild.amazonaws.com",
    "codepipeline.amazonaws.com",
    "cloudformation.amazonaws.com",
    "servicecatalog.amazonaws.com",
    "elasticmapreduce.amazonaws.com",
    "emr-serverless.amazonaws.com",
    "redshift.amazonaws.com",
    "athena.amazonaws.com",
    "s3.amazonaws.com",
    "logging.s3.amazonaws.com",
    "batchoperations.s3.amazonaws.com",
    "logs.amazonaws.com",
    "delivery.logs.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "config.amazonaws.com",
    "cloudfront.amazonaws.com",
    "apigateway.amazonaws.com",
    "firehose.amazonaws.com",
    "sns.amazonaws.com",
    "ssm.amazonaws.com",
    "forecast.amazonaws.com",
    "personalize.amazonaws.com",
    "eks.amazonaws.com",
];

const PROVIDERS: [(&str, &str); 4] = [
    ("cognito-identity.amazonaws.com", "Amazon Cognito"),
    ("accounts.google.com", "Google"),
    ("www.amazon.com", "Login with Amazon"),
    ("graph.facebook.com", "Facebook"),
];

/// The value of `Principal` itself.
pub(super) fn whole(ask: &Ask<'_>, offers: &mut Offers) {
    if ask.about.kind != PolicyKind::Rcp {
        let first = match ask.about.kind {
            PolicyKind::Trust => ["Service", "AWS", "Federated"],
            _ => ["AWS", "Service", "Federated"],
        };
        for (group, name) in (0_u8..).zip(first) {
            let says = words::PRINCIPAL_TYPES.iter().find(|it| it.0 == name);
            let offer = Offer::text(CompletionKind::Principal, name, "type of principal")
                .saying(says.map_or("", |it| it.1))
                .writing(format!("{{\n\t\"{name}\": \"{CARET}\"\n}}"), true);
            offers.add(group, offer);
        }
        for name in ["AWS", "Service"] {
            for (text, what) in of(ask, name) {
                let snippet = format!("{{\n\t\"{name}\": {}\n}}", quoted(&text));
                let offer = Offer::text(CompletionKind::Principal, text, what);
                offers.add(4, offer.writing(snippet, false));
            }
        }
    }
    let says = "Everybody, callers without credentials included. Say in `Condition` who is meant.";
    let anybody = Offer::text(CompletionKind::Principal, "*", "everybody").saying(says);
    offers.add(3, anybody);
}

/// The types of principals that are not there yet.
pub(super) fn types(object: &Object<'_>, at: &At<'_, '_>, offers: &mut Offers) {
    for (name, says) in words::PRINCIPAL_TYPES {
        if has_key(object, at, name) {
            continue;
        }
        let offer = Offer::text(CompletionKind::Principal, name, "type of principal").saying(says);
        let offer = if is_only_name(at) {
            offer
        } else {
            offer.writing(format!("\"{name}\": \"{CARET}\""), true)
        };
        offers.add(0, offer);
    }
}

/// The principals of a type.
pub(super) fn of_type(ask: &Ask<'_>, name: &str, beside: &[String], offers: &mut Offers) {
    for (text, what) in of(ask, name) {
        if !beside.contains(&text) {
            offers.add(0, Offer::text(CompletionKind::Principal, text, what));
        }
    }
    if name == "AWS" && beside.is_empty() {
        offers.add(1, Offer::text(CompletionKind::Principal, "*", "everybody"));
    }
}

fn of(ask: &Ask<'_>, name: &str) -> Vec<(String, String)> {
    let world = ask.about.world;
    match name {
        "AWS" => aws(ask),
        "Service" => {
            let services = SERVICES.iter();
            services
                .map(|it| ((*it).to_owned(), "service".to_owned()))
                .collect()
        }
        "Federated" => {
            let providers = PROVIDERS
                .iter()
                .map(|it| (it.0.to_owned(), it.1.to_owned()));
            let own = ["saml-provider/", "oidc-provider/"].map(|it| {
                let arn = world.iam_arn(it.trim_end_matches('/'), "/", "");
                (
                    arn.to_string(),
                    "of this account, its name behind it".to_owned(),
                )
            });
            own.into_iter().chain(providers).collect()
        }
        _ => Vec::new(),
    }
}

fn aws(ask: &Ask<'_>) -> Vec<(String, String)> {
    let world = ask.about.world;
    let mut found = Vec::new();
    for account in world.accounts() {
        for role in &account.roles {
            let arn = world.role_arn_in(account, role);
            found.push((arn.to_string(), "role: all its sessions".to_owned()));
        }
        for user in &account.users {
            let arn = world.user_arn_in(account, user);
            found.push((arn.to_string(), "user".to_owned()));
        }
    }
    let accounts = world.accounts().map(|it| {
        let id = &it.account;
        let root = world.iam_arn_in(id, "root", "", "").to_string();
        let name = if it.name.is_empty() { "" } else { &it.name };
        (root, format!("account {name}").trim().to_owned())
    });
    let at = if ask.about.kind == PolicyKind::Trust || ask.about.document.is_none() {
        0
    } else {
        found.len()
    };
    let accounts: Vec<_> = accounts.collect();
    found.splice(at..at, accounts);
    found
}
