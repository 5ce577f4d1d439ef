//! The rule `value-form`.

use crate::{
    lint::look::Look,
    lint::{Found, edit, rule},
    names::AccountId,
    policy::{BaseOperator, spelling::quoted},
};

rule! {
    /// A value that its key can never have.
    ///
    /// An account has twelve digits, an organization's id begins with `o-`, a VPC's with `vpc-`, a service is called
    /// `name.amazonaws.com`, a region `eu-west-1`. With a value of another form the condition is not met.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/train",
    ///   "Condition": { "StringEquals": { "iam:PassedToService": "sagemaker" } } }
    /// ```
    ///
    /// Instead, write the value as AWS does.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/train",
    ///   "Condition": { "StringEquals": { "iam:PassedToService": "sagemaker.amazonaws.com" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
    Warning "value-form"
}

use crate::lint::rules::arn_form::is_region;

/// A key, what its values are, and how to know one.
type Form = (&'static str, &'static str, fn(&str) -> bool);

/// Keys in lower case.
const FORMS: [Form; 18] = [
    (
        "aws:sourceaccount",
        "an account of twelve digits",
        is_account,
    ),
    ("aws:sourceowner", "an account of twelve digits", is_account),
    (
        "aws:principalaccount",
        "an account of twelve digits",
        is_account,
    ),
    (
        "aws:resourceaccount",
        "an account of twelve digits",
        is_account_or_own,
    ),
    ("aws:vpceaccount", "an account of twelve digits", is_account),
    (
        "s3:resourceaccount",
        "an account of twelve digits",
        is_account_or_own,
    ),
    (
        "kms:calleraccount",
        "an account of twelve digits",
        is_account,
    ),
    (
        "aws:principalorgid",
        "an organization's id, such as `o-a1b2c3d4e5`",
        is_organization,
    ),
    (
        "aws:resourceorgid",
        "an organization's id, such as `o-a1b2c3d4e5`",
        is_organization,
    ),
    (
        "aws:sourceorgid",
        "an organization's id, such as `o-a1b2c3d4e5`",
        is_organization,
    ),
    (
        "aws:principalorgpaths",
        "a path in an organization, such as `o-a1b2c3d4e5/*`",
        |it| it.starts_with("o-"),
    ),
    (
        "aws:sourcevpc",
        "a VPC's id, such as `vpc-0a1b2c3d`",
        |it| it.starts_with("vpc-"),
    ),
    (
        "aws:sourcevpce",
        "a VPC endpoint's id, such as `vpce-0a1b2c3d`",
        |it| it.starts_with("vpce-"),
    ),
    (
        "aws:requestedregion",
        "a region, such as `eu-west-1`",
        is_region_or_global,
    ),
    (
        "iam:passedtoservice",
        "a service's principal, such as `sagemaker.amazonaws.com`",
        is_service,
    ),
    (
        "iam:awsservicename",
        "a service's principal, such as `sagemaker.amazonaws.com`",
        is_service,
    ),
    (
        "kms:viaservice",
        "a service in a region, such as `s3.eu-west-1.amazonaws.com`",
        is_service_in_region,
    ),
    (
        "aws:principaltype",
        "`Account`, `User`, `FederatedUser`, `AssumedRole` or `Anonymous`",
        is_principal_type,
    ),
];

fn is_account(text: &str) -> bool {
    AccountId::parse(text).is_some()
}

fn is_account_or_own(text: &str) -> bool {
    is_account(text) || text.bytes().all(|it| it.is_ascii_lowercase() || it == b'-')
}

fn is_organization(text: &str) -> bool {
    text.starts_with("o-") && !text.contains('/')
}

fn is_region_or_global(text: &str) -> bool {
    is_region(text) || text == "aws-global"
}

fn is_service(text: &str) -> bool {
    text.contains('.') && !text.contains([':', '/', ' '])
}

fn is_service_in_region(text: &str) -> bool {
    let mut parts = text.split('.').skip(1);
    parts.any(is_region) || !text.ends_with("amazonaws.com")
}

fn is_principal_type(text: &str) -> bool {
    [
        "Account",
        "User",
        "FederatedUser",
        "AssumedRole",
        "Anonymous",
    ]
    .contains(&text)
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for condition in look.conditions() {
        let key = condition.key.value.folded();
        let form = FORMS.iter().find(|it| it.0 == key);
        let is_text = condition
            .parsed
            .is_some_and(|it| it.base.name().starts_with("String"));
        let Some((_, what, is_one)) = form.filter(|_| is_text) else {
            continue;
        };
        for value in &condition.values {
            let text = value.value.text();
            let lower = text.to_ascii_lowercase();
            let is_folded = condition.parsed.is_some_and(|it| {
                matches!(
                    it.base,
                    BaseOperator::StringEqualsIgnoreCase | BaseOperator::StringNotEqualsIgnoreCase
                )
            });
            if is_one(text) || (is_folded && is_one(&lower)) || text.contains(['*', '?', '$']) {
                continue;
            }
            let fix = is_one(&lower)
                .then(|| edit::rewrite(format!("Write `{lower}`"), value.span, &lower));
            let as_service = format!("{text}.amazonaws.com");
            let is_name = key == "iam:passedtoservice"
                && !text.is_empty()
                && text.bytes().all(|it| it.is_ascii_lowercase() || it == b'-');
            let fix = fix.or_else(|| {
                is_name.then(|| {
                    edit::rewrite(format!("Write `{as_service}`"), value.span, &as_service)
                })
            });
            found.mendable(
                value.span,
                format!(
                    "{} is no value of {}",
                    quoted(text),
                    quoted(condition.key.value.as_str())
                ),
                format!("write {what}"),
                fix,
            );
        }
    }
}
