//! The rule `arn-part`.
//!
//! Knows nothing of other rules. Invariant: what its page shows as bad is found, what it shows instead is not.

use crate::{
    lint::look::Look,
    lint::{Found, edit, rule, shape},
    policy::spelling::quoted,
};

rule! {
    /// An ARN with a region or an account where its service has none, or without one where it has.
    ///
    /// The ARNs of a service have one form. `arn:aws:s3:::bucket` has neither region nor account,
    /// `arn:aws:iam::111122223333:role/x` has no region, `arn:aws:sagemaker:eu-west-1:111122223333:domain/d-1` has
    /// both. An ARN of another form matches nothing.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3::111122223333:data/*" }
    /// ```
    ///
    /// Instead, leave out what the service does not have, and write `*` where everything is meant. To say whose bucket
    /// it is, put a condition on `aws:ResourceAccount`.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "StringEquals": { "aws:ResourceAccount": "111122223333" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
    Warning "arn-part"
}

/// Services that have things of AWS itself, whose ARNs name no account.
const OF_AWS: [&str; 6] = [
    "bedrock",
    "ec2",
    "elasticbeanstalk",
    "imagebuilder",
    "rds",
    "ssm",
];

/// What is wrong with a part of an ARN.
pub(super) struct Fault {
    part: &'static str,
    is_missing: bool,
    mended: String,
}

/// The part that no ARN of this kind has, or that all of them have.
pub(super) fn fault(look: &Look<'_>, text: &str) -> Option<Fault> {
    let parts = shape::split(text)?;
    let [_, _, service, region, account, name] = parts;
    let known = look
        .catalogue()
        .service(service)
        .filter(|_| !service.contains(['*', '$']))?;
    let fixed_end = name.find(['*', '?', '$']).unwrap_or(name.len());
    let fixed = name.get(..fixed_end)?;
    let mut forms = Vec::new();
    for it in &known.resource_types {
        let cut: Vec<&str> = it.arn.splitn(6, ':').collect();
        let [_, _, of, in_region, in_account, named] = cut.as_slice() else {
            return None;
        };
        if *of != service {
            continue;
        }
        let head = named.split("${").next().unwrap_or_default();
        if fixed.starts_with(head) || head.starts_with(fixed) {
            forms.push((in_region.is_empty(), in_account.is_empty()));
        }
    }
    // S3 has buckets in each region and access points in accounts; a bucket's name says nothing of its kind.
    let is_bucket = service == "s3"
        && [
            "accesspoint",
            "job/",
            "storage-lens",
            "access-grants",
            "async-request",
        ]
        .iter()
        .all(|it| !fixed.starts_with(it));
    if is_bucket {
        forms.retain(|it| *it == (true, true));
    }
    let is_fixed = |it: &str| !it.is_empty() && !it.contains(['*', '?', '$']);
    let rebuilt = |region: &str, account: &str| {
        let head = parts.get(..3).unwrap_or_default().join(":");
        format!("{head}:{region}:{account}:{name}")
    };
    if forms.is_empty() {
        return None;
    }
    let all = |it: fn(&(bool, bool)) -> bool| forms.iter().all(it);
    let none = |it: fn(&(bool, bool)) -> bool| !forms.iter().any(it);
    let fault = |part, is_missing, mended| {
        Some(Fault {
            part,
            is_missing,
            mended,
        })
    };
    if region.is_empty() && none(|it| it.0) {
        fault(
            "region",
            true,
            rebuilt(
                "*",
                if account.is_empty() && none(|it| it.1) {
                    "*"
                } else {
                    account
                },
            ),
        )
    } else if account.is_empty() && none(|it| it.1) && !OF_AWS.contains(&service) {
        fault("account", true, rebuilt(region, "*"))
    } else if is_fixed(region) && all(|it| it.0) {
        fault(
            "region",
            false,
            rebuilt(
                "",
                if is_fixed(account) && all(|it| it.1) {
                    ""
                } else {
                    account
                },
            ),
        )
    } else if is_fixed(account) && account != "aws" && all(|it| it.1) {
        fault("account", false, rebuilt(region, ""))
    } else {
        None
    }
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for resource in look.resources() {
        let text = resource.value.text();
        let Some(Fault {
            part,
            is_missing,
            mended,
        }) = fault(look, text)
        else {
            continue;
        };
        let service = text.split(':').nth(2).unwrap_or_default();
        let (message, help) = if is_missing {
            (
                format!(
                    "the ARN {} names no {part}, and such ARNs of `{service}` have one",
                    quoted(text)
                ),
                format!("write the {part}, or `*` for any"),
            )
        } else {
            let an = if part == "account" { "an" } else { "a" };
            (
                format!(
                    "the ARN {} has {an} {part}, and such ARNs of `{service}` have none",
                    quoted(text)
                ),
                format!("leave the {part} out, colons apart"),
            )
        };
        let fix = edit::rewrite(format!("Write `{mended}`"), resource.span, &mended);
        found.mendable(resource.span, message, help, Some(fix));
    }
}
