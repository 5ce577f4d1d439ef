//! Generated policies and requests: a small world, so that matches and near misses are frequent.

use std::sync::Arc;

use proptest::prelude::*;
use rolewalk_core::{
    eval::{NamedPolicy, PolicySet},
    names::{AccountId, ActionName, Arn, ContextKey, DocumentName},
    policy::{PolicyKind, parse},
    request::{Context, ContextValue, Origin, Principal, Request, Resource},
};
use serde_json::{Value, json};

/// The account that callers and most resources belong to.
pub(crate) const ACCOUNT: &str = "111122223333";

/// An identity provider of that account.
pub(crate) const PROVIDER: &str = "arn:aws:iam::111122223333:oidc-provider/token.example.com";

pub(crate) fn one_of(texts: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(texts)
}

/// A statement from a small world, so that matches are frequent.
pub(crate) fn statement(
    effect: Option<&'static str>,
    has_principal: bool,
) -> impl Strategy<Value = Value> {
    let effect = effect.map_or_else(
        || one_of(&["Allow", "Allow", "Deny"]).boxed(),
        |it| Just(it).boxed(),
    );
    let action = (
        one_of(&["Action", "Action", "NotAction"]),
        one_of(&[
            "*",
            "*",
            "s3:*",
            "s3:Get*",
            "kms:Decrypt",
            "sts:AssumeRole*",
            "iam:*",
        ]),
    );
    let resource = (
        one_of(&["Resource", "Resource", "NotResource"]),
        one_of(&[
            "*",
            "arn:aws:s3:::b/*",
            "arn:aws:s3:::${aws:username}/*",
            "arn:aws:kms:*:*:key/*",
            "arn:aws:iam::*:role/*",
        ]),
    );
    let condition = prop_oneof![
        3 => Just(None),
        1 => (
            one_of(&["StringEquals", "StringNotEquals", "StringLikeIfExists", "ForAllValues:StringEquals", "ForAnyValue:StringNotLike", "Unknown"]),
            one_of(&["aws:username", "aws:TagKeys", "aws:absent"]),
            one_of(&["alice", "a*", "${aws:username}", "${aws:absent}"]),
        )
            .prop_map(|(operator, key, value)| Some(json!({ operator: { key: value } }))),
    ];
    let principal = prop_oneof![
        Just(json!("*")),
        one_of(&[
            ACCOUNT,
            "444455556666",
            "arn:aws:iam::111122223333:user/alice",
            "arn:aws:iam::111122223333:role/p/R",
            "arn:aws:sts::111122223333:assumed-role/R/s",
            "arn:aws:sts::111122223333:federated-user/bob",
            "*"
        ])
        .prop_map(|it| json!({ "AWS": it })),
        Just(json!({ "Service": "sagemaker.amazonaws.com" })),
        Just(json!({ "Federated": PROVIDER })),
    ];
    let principal = (
        one_of(&["Principal", "Principal", "Principal", "NotPrincipal"]),
        principal,
    );
    (effect, action, resource, condition, principal).prop_map(
        move |(effect, action, resource, condition, principal)| {
            let mut statement =
                json!({ "Effect": effect, action.0: action.1, resource.0: resource.1 });
            let members = statement.as_object_mut().unwrap();
            members.extend(condition.map(|it| ("Condition".to_owned(), it)));
            members.extend(has_principal.then(|| (principal.0.to_owned(), principal.1)));
            statement
        },
    )
}

/// A document of such statements.
pub(crate) fn policy_text(has_principal: bool) -> impl Strategy<Value = String> {
    let statements = prop::collection::vec(statement(None, has_principal), 1..4);
    (
        statements,
        one_of(&["2012-10-17", "2012-10-17", "2008-10-17"]),
    )
        .prop_map(|(statements, version)| {
            json!({ "Version": version, "Statement": statements }).to_string()
        })
}

/// A document that allows everything, or one of such statements.
fn guardrail(has_principal: bool) -> impl Strategy<Value = String> {
    let mut all = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
    if has_principal && let Some(members) = all.as_object_mut() {
        members.insert("Principal".to_owned(), json!("*"));
    }
    let full = json!({ "Version": "2012-10-17", "Statement": [all] }).to_string();
    prop_oneof![2 => Just(full), 1 => policy_text(has_principal)]
}

/// The texts of the policies that bear on a request.
#[derive(Clone, Debug)]
pub(crate) struct Texts {
    pub(crate) identity: Vec<String>,
    pub(crate) resource: Option<String>,
    pub(crate) boundary: Option<String>,
    pub(crate) session: Vec<String>,
    pub(crate) scps: Vec<Vec<String>>,
    pub(crate) rcps: Vec<Vec<String>>,
    pub(crate) vpc_endpoint: Option<String>,
}

/// Policies for a request.
pub(crate) fn texts() -> impl Strategy<Value = Texts> {
    let identity = prop::collection::vec(policy_text(false), 0..3);
    let levels = |has_principal| {
        let level = prop::collection::vec(guardrail(has_principal), 0..3);
        prop_oneof![
            2 => Just(Vec::new()),
            1 => prop::collection::vec(level, 1..3),
        ]
    };
    (
        identity,
        prop::option::of(policy_text(true)),
        prop::option::of(guardrail(false)),
        prop::collection::vec(guardrail(false), 0..2),
        levels(false),
        levels(true),
        prop::option::weighted(0.3, guardrail(true)),
    )
        .prop_map(
            |(identity, resource, boundary, session, scps, rcps, vpc_endpoint)| Texts {
                identity,
                resource,
                boundary,
                session,
                scps,
                rcps,
                vpc_endpoint,
            },
        )
}

impl Texts {
    /// The same, read.
    pub(crate) fn read(&self) -> PolicySet {
        let named = |name: String, text: &str, kind| {
            let (policy, _) = parse(text, kind);
            NamedPolicy {
                name: DocumentName::new(name),
                policy: Arc::new(policy.unwrap()),
            }
        };
        let many = |name: &str, texts: &[String], kind| -> Vec<NamedPolicy> {
            let numbered = texts.iter().enumerate();
            numbered
                .map(|(idx, it)| named(format!("{name}{idx}"), it, kind))
                .collect()
        };
        let levels = |name: &str, texts: &[Vec<String>], kind| -> Vec<Vec<NamedPolicy>> {
            let numbered = texts.iter().enumerate();
            numbered
                .map(|(level, it)| many(&format!("{name}{level}-"), it, kind))
                .collect()
        };
        let one = |name: &str, text: &Option<String>, kind| {
            text.as_ref().map(|it| named(name.to_owned(), it, kind))
        };
        PolicySet {
            identity: many("identity", &self.identity, PolicyKind::Identity),
            resource: one("resource", &self.resource, PolicyKind::Resource),
            boundary: one("boundary", &self.boundary, PolicyKind::Boundary)
                .into_iter()
                .collect(),
            session: many("session", &self.session, PolicyKind::Session),
            scps: levels("scp", &self.scps, PolicyKind::Scp),
            rcps: levels("rcp", &self.rcps, PolicyKind::Rcp),
            vpc_endpoint: one("vpc_endpoint", &self.vpc_endpoint, PolicyKind::VpcEndpoint),
            ..PolicySet::default()
        }
    }
}

/// A request from the same world.
pub(crate) fn request() -> impl Strategy<Value = Request> {
    let arn = |text: &str| Arn::parse(text).unwrap();
    let user = Principal::User {
        arn: arn("arn:aws:iam::111122223333:user/alice"),
    };
    let session = Principal::RoleSession {
        session_arn: arn("arn:aws:sts::111122223333:assumed-role/R/s"),
        role_arn: arn("arn:aws:iam::111122223333:role/p/R"),
    };
    let account = AccountId::parse(ACCOUNT).unwrap();
    let service = Principal::Service {
        name: "sagemaker.amazonaws.com".to_owned(),
    };
    let linked = Principal::RoleSession {
        session_arn: arn("arn:aws:sts::111122223333:assumed-role/L/s"),
        role_arn: arn("arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/L"),
    };
    let federated = |user: Option<&str>| Principal::FederatedUser {
        arn: arn("arn:aws:sts::111122223333:federated-user/bob"),
        user_arn: user.map(arn),
    };
    let vouched = Principal::Federated {
        provider: PROVIDER.to_owned(),
    };
    let principals = vec![
        user.clone(),
        session.clone(),
        user,
        session,
        linked,
        federated(None),
        federated(Some("arn:aws:iam::111122223333:user/alice")),
        vouched,
        Principal::Root { account },
        service,
        Principal::Anonymous,
    ];
    let questions = vec![
        ("s3:GetObject", "arn:aws:s3:::b/k"),
        ("s3:GetObject", "arn:aws:s3:::alice/k"),
        ("kms:Decrypt", "arn:aws:kms:eu-west-1:111122223333:key/1"),
        ("kms:Decrypt", "arn:aws:kms:eu-west-1:444455556666:key/1"),
        ("sts:AssumeRole", "arn:aws:iam::111122223333:role/E"),
        (
            "sts:AssumeRoleWithWebIdentity",
            "arn:aws:iam::111122223333:role/E",
        ),
        ("sts:GetCallerIdentity", "*"),
        ("iam:PassRole", "arn:aws:iam::111122223333:role/E"),
        ("iam:DeletePolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess"),
        ("s3:ListAllMyBuckets", "*"),
    ];
    let tags = prop::collection::vec(one_of(&["alice", "team"]).prop_map(str::to_owned), 0..3);
    (
        prop::sample::select(principals),
        prop::sample::select(questions),
        any::<bool>(),
        tags,
    )
        .prop_map(|(principal, (action, resource), has_name, tags)| {
            let mut context = Context::new();
            if has_name {
                context = context.with("aws:username", "alice");
            }
            context.insert(ContextKey::new("aws:TagKeys"), ContextValue::Multi(tags));
            Request {
                principal,
                action: ActionName::parse(action).unwrap(),
                resource: Arn::parse(resource).map_or(Resource::Any, Resource::Arn),
                resource_account: None,
                wildcard_only_action: false,
                context,
                origin: Origin::Outside,
            }
        })
}
