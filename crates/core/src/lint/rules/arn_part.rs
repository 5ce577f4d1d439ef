//! The rule `arn-part`.

use crate::{
    lint::arn::Fault,
    lint::look::Look,
    lint::{Found, edit, rule},
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

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    let seen = look.statements.iter();
    let resources = seen.flat_map(|it| it.resources().iter().zip(look.faults(it)));
    for (resource, fault) in resources {
        let text = resource.value.text();
        let Some(Fault {
            part,
            is_missing,
            mended,
        }) = fault
        else {
            continue;
        };
        let service = text.split(':').nth(2).unwrap_or_default();
        let (message, help) = if *is_missing {
            (
                format!(
                    "the ARN {} names no {part}, and such ARNs of `{service}` have one",
                    quoted(text)
                ),
                format!("write the {part}, or `*` for any"),
            )
        } else {
            let an = if *part == "account" { "an" } else { "a" };
            (
                format!(
                    "the ARN {} has {an} {part}, and such ARNs of `{service}` have none",
                    quoted(text)
                ),
                format!("leave the {part} out, colons apart"),
            )
        };
        let fix = edit::rewrite(format!("Write `{mended}`"), resource.span, mended);
        found.mendable(resource.span, message, help, Some(fix));
    }
}
