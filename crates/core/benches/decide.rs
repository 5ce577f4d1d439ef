//! How many decisions a second, on one core: `cargo bench -p rolewalk-core`.
//!
//! Prints figures and judges none: they depend on the machine. The typical case is a role session
//! with conditions and variables, a boundary, and two levels of SCPs; the series show that time
//! grows with the statements and with the text, and no faster.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench reads the clock, prints figures and may fail"
)]

use std::{
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};

use rolewalk_core::{
    eval::{NamedPolicy, PolicySet, decide, evaluate},
    names::{AccountId, ActionName, Arn, ContextKey, DocumentName},
    pattern::Glob,
    policy::{PolicyKind, parse},
    request::{Context, ContextValue, Origin, Principal, Request, Resource},
};

const IDENTITY: &str = r#"{"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": ["sagemaker:Create*", "sagemaker:Describe*", "sagemaker:List*"],
     "Resource": "arn:aws:sagemaker:*:*:training-job/team-a-*",
     "Condition": {
         "StringEquals": {"aws:RequestTag/team": "${aws:PrincipalTag/team}"},
         "ForAllValues:StringLike": {"sagemaker:InstanceTypes": ["ml.m5.*", "ml.g4dn.xlarge"]}}},
    {"Effect": "Deny", "Action": "sagemaker:*", "Resource": "*",
     "Condition": {"Null": {"sagemaker:VpcSubnets": "true"}}},
    {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"],
     "Resource": "arn:aws:s3:::team-${aws:PrincipalTag/team}/*"}]}"#;

const ALL: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;

const REGIONS: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny",
    "NotAction": ["iam:*", "sts:*"], "Resource": "*",
    "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-central-1"]}}}}"#;

fn main() {
    let (set, request) = typical();
    assert!(decide(&set, &request) == evaluate(&set, &request).decision.kind());
    assert!(evaluate(&set, &request).decision.is_allowed());
    report("typical case, decide", || {
        black_box(decide(black_box(&set), black_box(&request)));
    });
    report("typical case, evaluate", || {
        black_box(evaluate(black_box(&set), black_box(&request)));
    });
    report("typical case, compile the policies", || {
        black_box(typical_set());
    });
    for n_statements in [10, 100, 1_000, 10_000] {
        let set = many_statements(n_statements);
        report(&format!("{n_statements} statements, decide"), || {
            black_box(decide(black_box(&set), black_box(&request)));
        });
        report(&format!("{n_statements} statements, evaluate"), || {
            black_box(evaluate(black_box(&set), black_box(&request)));
        });
    }
    for n in [1_000, 10_000, 100_000, 1_000_000] {
        let pattern = Glob::new(&format!("{}b", "*a".repeat(n / 2)));
        let text = "a".repeat(n);
        report(&format!("*a*a*…b on {n} characters"), || {
            black_box(pattern.matches(black_box(&text)));
        });
    }
}

/// Runs for about half a second, after as long a run that does not count.
fn report(name: &str, mut run: impl FnMut()) {
    let mut rate = 0.0;
    for _ in 0..2 {
        let start = Instant::now();
        let mut n_runs = 0_u32;
        while start.elapsed() < Duration::from_millis(500) {
            for _ in 0..16 {
                run();
            }
            n_runs += 16;
        }
        rate = f64::from(n_runs) / start.elapsed().as_secs_f64();
    }
    println!("{name:<44} {:>14.0}/s {:>12.3} µs", rate, 1e6 / rate);
}

fn policy(name: &str, text: &str, kind: PolicyKind) -> NamedPolicy {
    let (policy, diagnostics) = parse(text, kind);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    NamedPolicy {
        name: DocumentName::new(name),
        policy: Arc::new(policy.unwrap()),
    }
}

fn typical_set() -> PolicySet {
    PolicySet {
        identity: vec![policy("identity", IDENTITY, PolicyKind::Identity)],
        boundary: vec![policy("boundary", ALL, PolicyKind::Boundary)],
        scps: vec![
            vec![policy("root", ALL, PolicyKind::Scp)],
            vec![
                policy("account", ALL, PolicyKind::Scp),
                policy("regions", REGIONS, PolicyKind::Scp),
            ],
        ],
        ..PolicySet::default()
    }
}

fn typical() -> (PolicySet, Request) {
    let arn = |text: &str| Arn::parse(text).unwrap();
    let mut context = Context::new()
        .with("aws:PrincipalTag/team", "a")
        .with("aws:RequestTag/team", "a")
        .with("aws:RequestedRegion", "eu-west-1")
        .with(
            "aws:PrincipalArn",
            "arn:aws:iam::123456789012:role/DataScientist",
        );
    for (key, values) in [
        ("aws:TagKeys", vec!["team"]),
        ("sagemaker:InstanceTypes", vec!["ml.m5.xlarge"]),
        ("sagemaker:VpcSubnets", vec!["subnet-1", "subnet-2"]),
    ] {
        let values = values.into_iter().map(str::to_owned).collect();
        context.insert(ContextKey::new(key), ContextValue::Multi(values));
    }
    let request = Request {
        principal: Principal::RoleSession {
            session_arn: arn("arn:aws:sts::123456789012:assumed-role/DataScientist/alice"),
            role_arn: arn("arn:aws:iam::123456789012:role/DataScientist"),
        },
        action: ActionName::parse("sagemaker:CreateTrainingJob").unwrap(),
        resource: Resource::Arn(arn(
            "arn:aws:sagemaker:eu-west-1:123456789012:training-job/team-a-job",
        )),
        resource_account: AccountId::parse("123456789012"),
        wildcard_only_action: false,
        context,
        origin: Origin::Outside,
    };
    (typical_set(), request)
}

/// Statements of the typical kind that nearly apply; the last one does.
fn many_statements(n: usize) -> PolicySet {
    let statement = |idx: usize| {
        let value = if idx + 1 == n { "a" } else { "other" };
        format!(
            r#"{{"Effect": "Allow", "Action": "sagemaker:Create*", "Resource": "arn:aws:sagemaker:*:*:training-job/*",
            "Condition": {{"StringEquals": {{"aws:RequestTag/team": "{value}"}}}}}}"#
        )
    };
    let statements: Vec<String> = (0..n).map(statement).collect();
    let text = format!(
        r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#,
        statements.join(",")
    );
    let (policy, _) = parse(&text, PolicyKind::Identity);
    PolicySet {
        identity: vec![NamedPolicy {
            name: DocumentName::new("identity"),
            policy: Arc::new(policy.unwrap()),
        }],
        ..PolicySet::default()
    }
}
