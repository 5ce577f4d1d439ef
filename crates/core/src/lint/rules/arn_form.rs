//! The rule `arn-form`.

use crate::{
    lint::look::Look,
    lint::{Found, edit, rule, shape},
    names::AccountId,
    policy::spelling::quoted,
};

rule! {
    /// An ARN whose region or account is none.
    ///
    /// A region looks like `eu-west-1`, an account has twelve digits. Anything else, such as a placeholder that nobody
    /// filled in, or a name in capitals, matches no resource.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:EU-WEST-1:111122223333:jobs" }
    /// ```
    ///
    /// Instead, write the region in small letters and the account's twelve digits, or `*`.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:111122223333:jobs" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
    Warning "arn-form"
}

/// Words that AWS writes in the place of an account.
const WORDS: [&str; 4] = ["aws", "cloudfront", "aws-marketplace", "third-party"];

/// Whether the text looks like a region: `eu-west-1`, `us-gov-east-1`.
pub(super) fn is_region(text: &str) -> bool {
    let mut parts = text.split('-').rev();
    let number = parts.next().unwrap_or_default();
    let words: Vec<&str> = parts.collect();
    let is_word = |it: &&str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_lowercase());
    !number.is_empty()
        && number.bytes().all(|it| it.is_ascii_digit())
        && (2..=3).contains(&words.len())
        && words.iter().all(is_word)
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for resource in look.resources() {
        let text = resource.value.text();
        let Some(parts) = shape::split(text) else {
            continue;
        };
        let [_, _, service, region, account, _] = parts;
        let is_open = |it: &str| it.is_empty() || it.contains(['*', '?', '$']);
        let lower = |part: usize| {
            let mended: Vec<String> = parts
                .iter()
                .enumerate()
                .map(|(idx, it)| {
                    if idx == part {
                        it.to_ascii_lowercase()
                    } else {
                        (*it).to_owned()
                    }
                })
                .collect();
            let mended = mended.join(":");
            Some(edit::rewrite(
                format!("Write `{mended}`"),
                resource.span,
                &mended,
            ))
        };
        if !is_open(service) && service.bytes().any(|it| it.is_ascii_uppercase()) {
            found.mendable(
                resource.span,
                format!(
                    "the service {} of the ARN is in capitals, so it matches nothing",
                    quoted(service)
                ),
                "write the service in small letters",
                lower(2),
            );
        } else if !is_open(region) && !is_region(region) {
            let is_case = is_region(&region.to_ascii_lowercase());
            found.mendable(
                resource.span,
                format!(
                    "{} is not a region, so the ARN matches nothing",
                    quoted(region)
                ),
                if is_case {
                    "write the region in small letters"
                } else {
                    "write a region such as `eu-west-1`, or `*`"
                },
                if is_case { lower(3) } else { None },
            );
        } else if !is_open(account)
            && AccountId::parse(account).is_none()
            && !WORDS.contains(&account)
        {
            found.at(
                resource.span,
                format!(
                    "{} is not an account, so the ARN matches nothing",
                    quoted(account)
                ),
                "write the twelve digits of the account, or `*`",
            );
        }
    }
}
