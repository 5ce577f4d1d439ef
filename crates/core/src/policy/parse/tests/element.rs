//! The elements with entries of their own: actions, resources, principals, conditions.

use crate::policy::{
    parse,
    parse::tests::{Expect, IDENTITY, RESOURCE, TRUST, check_element, check_statement},
};

#[test]
fn actions() {
    let check = |value: &str, expect: Expect<'_>| {
        check_element(&format!(r#""Action": {value}"#), &[expect])
    };
    check(
        "[]",
        (
            "empty-list",
            "`Action` is empty",
            "put at least one value into the list, or remove the statement",
            "[]",
        ),
    );
    check(
        "7",
        (
            "wrong-type",
            "`Action` is a string or a list of strings, this is a number",
            "write `\"Action\": \"…\"` or `\"Action\": [ \"…\" ]`",
            "7",
        ),
    );
    check(
        r#""GetObject""#,
        (
            "action-without-prefix",
            "the action `GetObject` has no service prefix",
            "write `service:Name`, such as `s3:GetObject`, or `*` for every action",
            "\"GetObject\"",
        ),
    );
    check(
        r#"["s3:*", "s*:Get*"]"#,
        (
            "wildcard-in-prefix",
            "the service prefix `s*` has a wildcard",
            "name the service; wildcards stand behind the colon only",
            "\"s*:Get*\"",
        ),
    );
    check(
        r#""*:*""#,
        (
            "any-action-with-prefix",
            "`*:*` is an unusual way to say every action",
            "write `*`",
            "\"*:*\"",
        ),
    );
    check(
        r#""a a:Get""#,
        (
            "invalid-prefix",
            "`a a` is not a service prefix",
            "write the service in letters, digits and hyphens, such as `s3` or `sagemaker`",
            "\"a a:Get\"",
        ),
    );
    check(
        r#""s3:Get:Object""#,
        (
            "action-with-colons",
            "the action `s3:Get:Object` has more than one colon",
            "write `service:Name` with one colon; an ARN belongs in `Resource`",
            "\"s3:Get:Object\"",
        ),
    );
    check(
        r#""s3:Get Object""#,
        (
            "action-matches-nothing",
            "the action `s3:Get Object` matches no action",
            "write the name without spaces, in letters and digits; `*` and `?` are wildcards",
            "\"s3:Get Object\"",
        ),
    );
    check_statement(
        r#""Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject""#,
        TRUST,
        &[(
            "not-an-sts-action",
            "the action `s3:GetObject` has no place in a trust policy",
            "a trust policy names `sts:AssumeRole` and its like, and `sts:TagSession`, `sts:SetSourceIdentity` or `sts:SetContext`",
            "\"s3:GetObject\"",
        )],
    );
    // https://github.com/hashicorp/terraform-provider-aws/issues/32872
    check_statement(
        r#""Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": ["sts:AssumeRole", "sts:TagSessions"]"#,
        TRUST,
        &[(
            "not-an-sts-action",
            "the action `sts:TagSessions` has no place in a trust policy",
            "a trust policy names `sts:AssumeRole` and its like, and `sts:TagSession`, `sts:SetSourceIdentity` or `sts:SetContext`",
            "\"sts:TagSessions\"",
        )],
    );
    check_statement(
        r#""Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": ["sts:assumerole", "sts:Tag*", "sts:SetContext"]"#,
        TRUST,
        &[],
    );
}

#[test]
fn resources() {
    let check = |value: &str, expect: Expect<'_>| {
        check_element(&format!(r#""Resource": {value}"#), &[expect])
    };
    let form = "an ARN has the form `arn:partition:service:region:account:resource`";
    let or_star = format!("write an ARN or `*`; {form}");
    check(
        r#""my-bucket""#,
        (
            "resource-not-arn",
            "the resource `my-bucket` is not an ARN",
            &or_star,
            "\"my-bucket\"",
        ),
    );
    check(
        r#""aws:s3:::b""#,
        (
            "resource-not-arn",
            "the resource `aws:s3:::b` does not begin with `arn:`",
            &or_star,
            "\"aws:s3:::b\"",
        ),
    );
    check(
        r#""arn:asw:s3:::b""#,
        (
            "unknown-partition",
            "`asw` is not a partition of AWS",
            "write `aws`, `aws-cn` or `aws-us-gov` behind `arn:`",
            "\"arn:asw:s3:::b\"",
        ),
    );
    check(
        r#""arn:aws:s3::b""#,
        (
            "short-arn",
            "the ARN `arn:aws:s3::b` has 5 parts, not six",
            &format!("count the colons: {form}"),
            "\"arn:aws:s3::b\"",
        ),
    );
    check(
        r#""arn:aws::b""#,
        (
            "short-arn",
            "the ARN `arn:aws::b` names no service",
            form,
            "\"arn:aws::b\"",
        ),
    );
    check(
        r#""arn:aws:s3*""#,
        (
            "short-arn",
            "the ARN `arn:aws:s3*` has 3 parts, not six",
            "write all six parts; IAM takes the missing ones as `*`",
            "\"arn:aws:s3*\"",
        ),
    );
    check(
        r#""arn:aws:s?:::b""#,
        (
            "wildcard-service",
            "the service `s?` of the ARN has a wildcard",
            "name the service, one ARN for each",
            "\"arn:aws:s?:::b\"",
        ),
    );
    check(
        r#""arn:aws:s3:eu-west-1::b""#,
        (
            "bucket-with-region",
            "the ARN of a bucket has no region, this has `eu-west-1`",
            "write `arn:aws:s3:::bucket`",
            "\"arn:aws:s3:eu-west-1::b\"",
        ),
    );
    check(
        r#""arn:aws:iam::111122223333:rolle/x""#,
        (
            "unknown-iam-path",
            "`rolle/x` is no kind of IAM resource",
            "begin the sixth part with `user/`, `role/`, `group/`, `policy/` or another kind of IAM's",
            "\"arn:aws:iam::111122223333:rolle/x\"",
        ),
    );
    check(
        r#"["*", null]"#,
        (
            "null-value",
            "`null` in `Resource` stands for nothing",
            "remove it",
            "null",
        ),
    );
}

#[test]
fn resources_that_are_as_they_should_be() {
    for good in [
        "arn:aws:iam::*:*",
        "arn:aws:iam::*:r*",
        "arn:*:s3:::b",
        "arn:aws-cn:s3:::b",
        "arn:aws:s3:eu-west-1:111122223333:accesspoint/a",
        "arn:aws:iam::*:user/${aws:username}",
    ] {
        check_element(&format!(r#""Resource": "{good}""#), &[]);
    }
}

#[test]
fn principals() {
    let check = |value: &str, expect: &[Expect<'_>]| {
        let members = format!(
            r#""Effect": "Allow", "Principal": {value}, "Action": "s3:*", "Resource": "*""#
        );
        check_statement(&members, RESOURCE, expect);
    };
    let aws = "write an account id, the ARN of a user, role or role session, or `*` for everybody";
    let service = "write the service's principal, such as `sagemaker.amazonaws.com`";
    check(
        r#""arn:aws:iam::111122223333:root""#,
        &[(
            "wrong-type",
            "`Principal` is `*` or an object, this is `arn:aws:iam::111122223333:root`",
            "write `{ \"AWS\": … }`, `{ \"Service\": … }` or `{ \"Federated\": … }`",
            "\"arn:aws:iam::111122223333:root\"",
        )],
    );
    check(
        "{}",
        &[(
            "empty-list",
            "`Principal` is empty",
            "name at least one principal, such as `{ \"AWS\": \"123456789012\" }`",
            "{}",
        )],
    );
    check(
        r#"{"aws": "*"}"#,
        &[(
            "wrong-case",
            "`aws` is not an element, `AWS` is",
            "write `AWS`: element names are case-sensitive",
            "\"aws\"",
        )],
    );
    // An origin access identity of CloudFront, as the console writes it into a bucket's policy.
    check(
        r#"{"AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2EXAMPLE"}"#,
        &[],
    );
    check(
        r#"{"AWS": "arn:aws:iam::111122223333:user/${aws:username}"}"#,
        &[(
            "invalid-principal",
            "the principal `arn:aws:iam::111122223333:user/${aws:username}` has a policy variable",
            "name the principal: variables stand in `Resource` and in values of `Condition` only",
            "\"arn:aws:iam::111122223333:user/${aws:username}\"",
        )],
    );
    check(
        r#"{"AWS": "alice"}"#,
        &[(
            "invalid-principal",
            "`alice` is not a principal",
            aws,
            "\"alice\"",
        )],
    );
    check(
        r#"{"AWS": "arn:aws:iam::111122223333:role/*"}"#,
        &[(
            "wildcard-in-principal",
            "the principal `arn:aws:iam::111122223333:role/*` has a wildcard",
            "name each principal, or write `*` and a condition on `aws:PrincipalArn`, which takes wildcards",
            "\"arn:aws:iam::111122223333:role/*\"",
        )],
    );
    check(
        r#"{"AWS": "arn:aws:iam::111122223333:group/x"}"#,
        &[(
            "invalid-principal",
            "`arn:aws:iam::111122223333:group/x` is a group, and groups are no principals",
            "name the users, or give the group an identity policy",
            "\"arn:aws:iam::111122223333:group/x\"",
        )],
    );
    let meant = |text: &str, help: &str| {
        let (message, quoted) = (
            format!("`{text}` is not a service principal"),
            format!("\"{text}\""),
        );
        let principal = format!("{{\"Service\": {quoted}}}");
        check(
            &principal,
            &[("invalid-principal", message.as_str(), help, quoted.as_str())],
        );
    };
    let sagemaker = "did you mean `sagemaker.amazonaws.com`?";
    for half_typed in [
        "sagemaker",
        "sagemaker.",
        "sagemaker.foo",
        "sagemaker.example.org",
        "sagem",
        "sagemkaer",
    ] {
        meant(half_typed, sagemaker);
    }
    meant("glu", "did you mean `glue.amazonaws.com`?");
    // Of several that begin so the nearest, not the first in the alphabet.
    meant("medi", "did you mean `medialive.amazonaws.com`?");
    meant("cogn", "did you mean `cognito-idp.amazonaws.com`?");
    meant("zzzzzzzz", service);
    meant("x.", service);
    meant(".amazonaws.com", service);
    check(
        r#"{"Service": ["states.us-east-1.amazonaws.com", "logs.eu-west-1.amazonaws.com", "ec2.amazonaws.com.cn", "tasks.apprunner.amazonaws.com"]}"#,
        &[],
    );
    check(
        r#"{"Federated": "x"}"#,
        &[(
            "invalid-principal",
            "`x` is not an identity provider",
            "write the provider's ARN, or its host name",
            "\"x\"",
        )],
    );
    check(
        r#"{"AWS": ["arn:aws:iam::111122223333:user/a", "AIDAEXAMPLEEXAMPLE11", "arn:aws:sts::111122223333:assumed-role/a/b"], "CanonicalUser": "79a5"}"#,
        &[],
    );
    let negated =
        r#""Effect": "Allow", "NotPrincipal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole""#;
    check_statement(
        &format!(r#"{negated}, "Resource": "*""#),
        RESOURCE,
        &[(
            "allow-not-principal",
            "`Allow` with `NotPrincipal` allows everybody else, callers without credentials too",
            "list in `Principal` who is allowed, or use `Deny` with `NotPrincipal`",
            r#""NotPrincipal": {"AWS": "111122223333"}"#,
        )],
    );
    let (_, diagnostics) = parse(
        &format!(r#"{{"Version": "2012-10-17", "Statement": {{{negated}}}}}"#),
        TRUST,
    );
    assert!(
        diagnostics
            .iter()
            .any(|it| it.code == "element-not-allowed" && it.is_error())
    );
}

#[test]
fn conditions() {
    let check = |value: &str, expect: &[Expect<'_>]| {
        check_element(&format!(r#""Condition": {value}"#), expect)
    };
    let form =
        "write `\"Condition\": { \"StringEquals\": { \"aws:SourceAccount\": \"123456789012\" } }`";
    check(
        "[]",
        &[(
            "wrong-type",
            "`Condition` is an object, this is an array",
            form,
            "[]",
        )],
    );
    check(
        r#"{"Bool": "x"}"#,
        &[(
            "wrong-type",
            "a condition operator is an object, this is a string",
            form,
            "\"x\"",
        )],
    );
    check(
        r#"{"Bool": {"a": []}}"#,
        &[(
            "empty-list",
            "the condition key has no value",
            "put at least one value into the list",
            "[]",
        )],
    );
    check(
        r#"{"Bool": {"a": null}}"#,
        &[(
            "wrong-type",
            "a condition value is a string, number or boolean, this is null",
            "write the value as a string; to ask whether a key exists, use the operator `Null`",
            "null",
        )],
    );
    let policy = check(
        r#"{"ForAnyValue:StringLikes": {"a": "b"}}"#,
        &[(
            "unknown-operator",
            "`ForAnyValue:StringLikes` is not a condition operator",
            "did you mean `ForAnyValue:StringLike`?",
            "\"ForAnyValue:StringLikes\"",
        )],
    );
    assert_eq!(policy.unwrap().statements[0].conditions[0].parsed, None);
    check(
        r#"{"NullIfExists": {"a": "true"}}"#,
        &[(
            "unknown-operator",
            "`NullIfExists` is not a condition operator",
            "write `Null`: it asks whether the key exists, so `IfExists` says nothing more",
            "\"NullIfExists\"",
        )],
    );
    check(
        r#"{"Bool": {"a": "true", "A": "false"}, "bool": {"b": true}}"#,
        &[
            (
                "duplicate-key",
                "`A` is there twice",
                "keep one of the two, or put their values into one list",
                "\"A\"",
            ),
            (
                "duplicate-key",
                "`bool` is there twice",
                "keep one of the two, or put their values into one list",
                "\"bool\"",
            ),
        ],
    );
}

#[test]
fn condition_values() {
    let check = |value: &str, expect: &[Expect<'_>]| {
        check_element(&format!(r#""Condition": {value}"#), expect)
    };
    check(
        r#"{"NumericEquals": {"a": "ten"}}"#,
        &[(
            "invalid-condition-value",
            "`ten` is not a number, as `NumericEquals` needs",
            "write an integer or a decimal number",
            "\"ten\"",
        )],
    );
    check(
        r#"{"DateLessThan": {"a": "soon"}}"#,
        &[(
            "invalid-condition-value",
            "`soon` is not a date, as `DateLessThan` needs",
            "write a date such as `2026-01-31T12:00:00Z`, or seconds since 1970",
            "\"soon\"",
        )],
    );
    for (operator, value, what) in [
        ("Bool", "yes", "a truth value"),
        ("BinaryEquals", "a", "base64"),
        ("NotIpAddress", "10.0.0", "a range of addresses"),
        ("ArnLike", "b", "an ARN"),
    ] {
        let text = format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {{"{operator}": {{"k": "{value}"}}}}}}}}"#
        );
        let (_, diagnostics) = parse(&text, IDENTITY);
        assert_eq!(diagnostics[0].code, "value-matches-nothing");
        assert_eq!(
            diagnostics[0].message,
            format!("`{value}` is not {what}, so `{operator}` never matches it")
        );
    }
}
