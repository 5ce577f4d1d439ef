//! What differs by kind of policy: rules of organizations, sizes, and IAM's own words.

use crate::{
    diagnostic::{Diagnostic, IamError, Severity},
    policy::{
        PolicyKind, parse,
        parse::tests::{IDENTITY, RESOURCE, TRUST, check, check_element},
    },
};

fn codes(text: &str, kind: PolicyKind) -> Vec<&'static str> {
    parse(text, kind).1.iter().map(|it| it.code).collect()
}

#[test]
fn a_principal_is_for_policies_of_resources() {
    let with = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}}"#;
    let without = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}"#;
    for kind in PolicyKind::ALL {
        if kind == TRUST {
            continue;
        }
        let (wrong, right) = if kind.has_principal() {
            (without, with)
        } else {
            (with, without)
        };
        assert_eq!(codes(right, kind), [""; 0], "{kind:?}");
        assert_eq!(codes(wrong, kind).len(), 1, "{kind:?}");
        assert_eq!(parse(wrong, kind).0, None, "{kind:?}");
    }
}

/// As S3's page on interface endpoints writes them.
#[test]
fn other_services_than_iam_take_any_sid() {
    let text = |principal: &str| {
        format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Sid": "Access-to-specific-bucket-only", "Effect": "Allow",
            {principal} "Action": "s3:GetObject", "Resource": "*"}}}}"#
        )
    };
    for kind in [RESOURCE, PolicyKind::VpcEndpoint] {
        assert_eq!(codes(&text(r#""Principal": "*","#), kind), [""; 0]);
    }
    assert_eq!(codes(&text(""), IDENTITY), ["invalid-sid"]);
}

#[test]
fn a_repository_policy_is_about_its_own_repository() {
    let text = |actions: &str| {
        format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Principal": "*", "Action": {actions}}}}}"#
        )
    };
    for actions in [
        r#""ecr:*""#,
        r#""ECR:BatchGetImage""#,
        r#"["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]"#,
        r#"["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]"#,
    ] {
        let policy = check(&text(actions), RESOURCE, &[]).unwrap();
        assert_eq!(policy.statements[0].resource, None);
        assert_eq!(
            codes(&text(actions), IDENTITY).len(),
            2,
            "principal, resource"
        );
    }
    for actions in [
        r#""s3:*""#,
        r#"["ecr:*", "s3:*"]"#,
        r#"["ecr:*", "elasticfilesystem:*"]"#,
        "[]",
    ] {
        assert!(codes(&text(actions), RESOURCE).contains(&"missing-element"));
    }
}

#[test]
fn a_resource_control_policy_only_takes_away() {
    let statement = |members: &str| {
        format!(r#"{{"Version": "2012-10-17", "Statement": [{{{members}, "Resource": "*"}}]}}"#)
    };
    let full = statement(r#""Effect": "Allow", "Principal": "*", "Action": "*""#);
    let policy = check(&full, PolicyKind::Rcp, &[]).unwrap();
    assert!(policy.is_whole);
    let text = statement(r#""Effect": "Allow", "Principal": "*", "Action": "s3:*""#);
    let policy = check(
        &text,
        PolicyKind::Rcp,
        &[(
            "rcp-allow",
            "a resource control policy allows nothing",
            "write `Deny`; what is allowed stands in the policies of identities and resources",
            "\"Allow\"",
        )],
    );
    assert!(policy.unwrap().is_whole, "understood, though not saved");
    check(
        &statement(r#""Effect": "Deny", "Principal": "*", "Action": "*""#),
        PolicyKind::Rcp,
        &[(
            "rcp-any-action",
            "a resource control policy names the service of each action",
            "write `service:*`, one entry for each service",
            "\"*\"",
        )],
    );
    check(
        &statement(r#""Effect": "Deny", "Principal": "*", "NotAction": "s3:*""#),
        PolicyKind::Rcp,
        &[(
            "rcp-not-action",
            "`NotAction` may not stand in a resource control policy",
            "list in `Action` what is denied",
            r#""NotAction": "s3:*""#,
        )],
    );
    for element in [
        r#""Principal": {"AWS": "111122223333"}"#,
        r#""NotPrincipal": {"AWS": "111122223333"}"#,
    ] {
        let text = statement(&format!(r#""Effect": "Deny", {element}, "Action": "s3:*""#));
        check(
            &text,
            PolicyKind::Rcp,
            &[(
                "rcp-principal",
                "the principal of a resource control policy is `*`",
                "write `\"Principal\": \"*\"` and a condition on who is meant",
                element,
            )],
        );
    }
}

#[test]
fn short_arns_differ_by_kind() {
    use crate::{
        names::ContextKey,
        pattern::{ArnMatch, Variables},
    };
    struct NoValues;
    impl Variables for NoValues {
        fn value(&self, _: &ContextKey) -> Option<&str> {
            None
        }
    }
    let hits = |arn: &str, kind| {
        let principal = if kind == RESOURCE || kind == PolicyKind::Rcp {
            r#""Principal": "*","#
        } else {
            ""
        };
        let text = format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Deny", {principal} "Action": "s3:*", "Resource": "{arn}"}}}}"#
        );
        let policy = parse(&text, kind).0.unwrap();
        let resource = policy.statements[0].resource.as_ref().unwrap();
        let found = resource.patterns[0]
            .value
            .matches("arn:aws:s3:::b", &NoValues);
        found == ArnMatch::Hit
    };
    assert!(hits("arn:aws:s3", IDENTITY) && hits("arn:aws:s3", PolicyKind::Session));
    assert!(!hits("arn:aws:s3", RESOURCE) && hits("arn:aws:s3*", RESOURCE));
    assert!(hits("arn:*:s3", RESOURCE) && !hits("arn:*:s3", PolicyKind::Scp));
    assert!(hits("arn:aws:s3*", PolicyKind::Scp));
    assert!(!hits("arn:aws:s3*", PolicyKind::Rcp));
    let refused = |arn: &str, kind| {
        let principal = if kind == PolicyKind::Rcp {
            r#""Principal": "*","#
        } else {
            ""
        };
        let text = format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Deny", {principal} "Action": "s3:*", "Resource": "{arn}"}}}}"#
        );
        let (policy, diagnostics) = parse(&text, kind);
        assert!(policy.unwrap().is_whole);
        diagnostics.iter().any(Diagnostic::is_error)
    };
    assert!(refused("arn:aws:s3", PolicyKind::Scp) && !refused("arn:aws:s3*", PolicyKind::Scp));
    assert!(refused("arn:aws:s3*", PolicyKind::Rcp) && !refused("arn:aws:s3", IDENTITY));
}

const FITS: (bool, Severity) = (true, Severity::Warning);
const WARNS: (bool, Severity) = (false, Severity::Warning);
const FAILS: (bool, Severity) = (false, Severity::Error);

#[test]
fn sizes() {
    let text = |n: usize, blank: usize| {
        format!(
            r#"{{"Version": "2012-10-17", {}"Statement": {{"Sid": "{}", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}}}}"#,
            " ".repeat(blank),
            "a".repeat(n)
        )
    };
    let size = |n, blank, kind: PolicyKind| {
        let (policy, diagnostics) = parse(&text(n, blank), kind);
        assert!(policy.is_some_and(|it| it.is_whole), "{kind:?}");
        let [only] = diagnostics.as_slice() else {
            return (diagnostics.is_empty(), Severity::Warning);
        };
        assert_eq!(only.code, "document-too-large");
        (false, only.severity)
    };
    assert_eq!(size(6_000, 10_000, IDENTITY), FITS);
    assert_eq!(size(6_200, 0, IDENTITY), WARNS);
    assert_eq!(size(6_200, 0, PolicyKind::Boundary), WARNS);
    assert_eq!(size(2_100, 0, PolicyKind::Session), FAILS);
    assert_eq!(size(1_000, 1_100, PolicyKind::Session), FAILS);
    assert_eq!(size(5_000, 5_300, PolicyKind::Scp), FAILS);
    assert_eq!(size(5_000, 5_000, PolicyKind::Scp), FITS);
    let trust = |n: usize| {
        let text = format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Sid": "{}", "Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}}}}"#,
            "a".repeat(n)
        );
        let (_, diagnostics) = parse(&text, TRUST);
        let words = IamError::first(&diagnostics).map(ToString::to_string);
        (diagnostics.len(), words)
    };
    assert_eq!(trust(100), (0, None));
    assert_eq!(trust(2_100), (1, None));
    let words = "Cannot exceed quota for ACLSizePerRole: 4096".to_owned();
    assert_eq!(trust(4_100), (1, Some(words)));
    let huge = text(300_000, 0);
    let (_, diagnostics) = parse(&huge, IDENTITY);
    let message = "the document has 300094 characters, more than any policy may have";
    assert_eq!(diagnostics[0].message, message);
    let long = format!("\"s3:{}\"", "a".repeat(40_000));
    let text = format!(
        r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Deny", "Action": {long}, "Resource": "*"}}}}"#
    );
    let (policy, diagnostics) = parse(&text, IDENTITY);
    let long = diagnostics
        .iter()
        .find(|it| it.code == "text-too-long")
        .unwrap();
    assert_eq!(policy, None);
    assert_eq!(
        long.message,
        "a text of 40003 bytes is longer than any policy"
    );
    assert_eq!(long.help, "shorten it; a wildcard stands for many names");
}

#[test]
fn an_arn_of_iam_has_no_region() {
    check_element(
        r#""Resource": "arn:aws:iam:eu-west-1:111122223333:user/a""#,
        &[(
            "iam-with-region",
            "an ARN of IAM has no region, this has `eu-west-1`",
            "write two colons behind `iam`: IAM is not regional",
            r#""arn:aws:iam:eu-west-1:111122223333:user/a""#,
        )],
    );
    check_element(r#""Resource": "arn:aws:iam::*:root""#, &[]);
}

#[test]
fn iam_says_it_in_its_own_words() {
    let statement =
        |members: &str| format!(r#"{{"Version": "2012-10-17", "Statement": [{{{members}}}]}}"#);
    let cases = [
        ("{", IDENTITY, "Syntax errors in policy."),
        (
            r#"{"Statement": {"Effect": "Allow"}}"#,
            IDENTITY,
            "Policy document must be version 2012-10-17 or greater.",
        ),
        (
            &statement(r#""Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*""#),
            IDENTITY,
            "Policy document should not specify a principal.",
        ),
        (
            &statement(
                r#""Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole", "Resource": "*""#,
            ),
            TRUST,
            "Has prohibited field Resource",
        ),
        (
            &statement(r#""Effect": "Allow", "Action": "sts:AssumeRole""#),
            TRUST,
            "Missing required field Principal",
        ),
        (
            &statement(r#""Effect": "Allow", "Principal": "*", "Action": "s3:GetObject""#),
            TRUST,
            "AssumeRole policy may only specify STS AssumeRole actions.",
        ),
        (
            &statement(
                r#""Effect": "Allow", "Principal": {"AWS": "alice"}, "Action": "sts:AssumeRole""#,
            ),
            TRUST,
            "Invalid principal in policy",
        ),
        (
            &statement(r#""Effect": "allow", "Action": "s3:*", "Resource": "*""#),
            IDENTITY,
            "The policy failed legacy parsing",
        ),
        (
            &statement(r#""Sid": "a b", "Effect": "Allow", "Action": "s3:*", "Resource": "*""#),
            IDENTITY,
            "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
        ),
        (
            &statement(r#""Effect": "Allow", "Action": [], "Resource": "*""#),
            IDENTITY,
            "Policy statement must contain actions.",
        ),
        (
            &statement(r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws""#),
            IDENTITY,
            "Resource vendor must be fully qualified and cannot contain regexes.",
        ),
        (
            &statement(r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:error:s3::b""#),
            IDENTITY,
            "Partition \"error\" is not valid for resource \"arn:error:s3::b:*\".",
        ),
        (
            &statement(
                r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:iam:eu-west-1::user/a""#,
            ),
            IDENTITY,
            "IAM resource arn:aws:iam:eu-west-1::user/a cannot contain region information.",
        ),
    ];
    for (text, kind, expect) in cases {
        let (_, diagnostics) = parse(text, kind);
        let words = IamError::first(&diagnostics).map(ToString::to_string);
        assert_eq!(words.as_deref(), Some(expect), "{text}");
    }
}
