//! Whether a bucket policy is public, as S3 understands the word.
//!
//! Public is a policy that allows something to everybody without pinning down who: by a fixed value
//! of one of a few keys. Says nothing of any one request.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status>

use std::net::IpAddr;

use crate::policy::{
    BaseOperator, Condition, Effect, Policy, PrincipalElement, PrincipalPattern, SetOperator,
    Statement,
};

/// The keys that pin down who comes, in lower case.
const PINS: [&str; 14] = [
    "aws:sourceip",
    "aws:sourcearn",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:sourceowner",
    "aws:sourceaccount",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:principalarn",
    "aws:principalaccount",
    "aws:userid",
    "s3:dataaccesspointarn",
    "s3:dataaccesspointaccount",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
];

/// Ranges of addresses wider than these are everybody.
const WIDEST: (u32, u32) = (8, 32);

pub(super) fn is_public(policy: &Policy) -> bool {
    policy.statements.iter().any(is_open)
}

fn is_open(statement: &Statement) -> bool {
    let names_everybody = |it: &PrincipalElement| {
        let mut entries = it.entries.iter();
        // Whoever has an account at a web identity provider is as good as everybody.
        it.negated
            || entries.any(|it| match &it.value {
                PrincipalPattern::Any | PrincipalPattern::AnyAws => true,
                PrincipalPattern::Federated(provider) => !provider.starts_with("arn:"),
                _ => false,
            })
    };
    statement.effect.value == Effect::Allow
        && statement.principal.as_ref().is_some_and(names_everybody)
        && !statement.conditions.iter().any(pins)
}

fn pins(condition: &Condition) -> bool {
    use BaseOperator as Base;
    let Some(operator) = condition.parsed else {
        return false;
    };
    let compares = matches!(
        operator.base,
        Base::StringEquals
            | Base::StringEqualsIgnoreCase
            | Base::StringLike
            | Base::ArnEquals
            | Base::ArnLike
            | Base::IpAddress
    );
    let is_met_by_absence = operator.if_exists || operator.set == Some(SetOperator::ForAllValues);
    let key = condition.key.value.folded();
    compares
        && !is_met_by_absence
        && PINS.contains(&key)
        && !condition.values.is_empty()
        && condition
            .values
            .iter()
            .all(|it| is_fixed(key, it.value.text()))
}

/// Whether a value of this key stands for somebody in particular.
fn is_fixed(key: &str, value: &str) -> bool {
    let has_wildcard = |it: &str| it.contains(['*', '?']) || it.contains("${");
    match key {
        "aws:sourceip" => is_narrow(value),
        // The name of an access point may have wildcards, its account may not.
        "s3:dataaccesspointarn" => {
            let account = value.split(':').nth(4);
            account.is_some_and(|it| !it.is_empty() && !has_wildcard(it))
        }
        _ => !has_wildcard(value),
    }
}

fn is_narrow(value: &str) -> bool {
    let (address, prefix) = value
        .split_once('/')
        .map_or((value, None), |(address, prefix)| (address, Some(prefix)));
    let prefix: Option<u32> = match prefix {
        None => Some(u32::MAX),
        Some(it) => it.parse().ok(),
    };
    let widest = match address.parse() {
        Ok(IpAddr::V4(_)) => WIDEST.0,
        Ok(IpAddr::V6(_)) => WIDEST.1,
        Err(_) => return false,
    };
    prefix.is_some_and(|it| widest <= it)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{PolicyKind, parse};

    #[track_caller]
    fn check(principal: &str, condition: &str, expect: bool) {
        let text = format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Principal": {principal},
            "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {condition}}}}}"#
        );
        let (policy, _) = parse(&text, PolicyKind::Resource);
        assert_eq!(
            is_public(&policy.unwrap()),
            expect,
            "{principal} {condition}"
        );
    }

    #[test]
    fn a_policy_is_public_unless_it_pins_down_who_comes() {
        check(r#""*""#, "{}", true);
        check(r#"{"AWS": "*"}"#, "{}", true);
        check(r#"{"AWS": "111122223333"}"#, "{}", false);
        check(r#"{"Federated": "graph.facebook.com"}"#, "{}", true);
        let star = |condition, expect| check(r#""*""#, condition, expect);
        star(r#"{"StringEquals": {"aws:PrincipalOrgID": "o-1"}}"#, false);
        star(r#"{"StringLike": {"aws:PrincipalOrgID": "o-*"}}"#, true);
        star(
            r#"{"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}"#,
            true,
        );
        star(
            r#"{"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}"#,
            true,
        );
        star(
            r#"{"StringEquals": {"aws:SourceVpc": "${aws:PrincipalTag/v}"}}"#,
            true,
        );
        star(
            r#"{"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}"#,
            false,
        );
        star(
            r#"{"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/1"]}}"#,
            true,
        );
        star(r#"{"IpAddress": {"aws:SourceIp": "2001:db8::/32"}}"#, false);
        star(r#"{"StringLike": {"aws:userid": "AROAEXAMPLE:*"}}"#, true);
        star(
            r#"{"StringEquals": {"aws:userid": "AROAEXAMPLE:alice"}}"#,
            false,
        );
        star(r#"{"StringLike": {"aws:userid": "*:alice"}}"#, true);
        star(r#"{"StringEquals": {"aws:UserAgent": "x"}}"#, true);
        star(
            r#"{"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/R"}}"#,
            false,
        );
        star(
            r#"{"StringLike": {"s3:DataAccessPointArn": "arn:aws:s3:*:111122223333:accesspoint/*"}}"#,
            false,
        );
    }
}
