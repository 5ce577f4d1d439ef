//! The rule `unknown-key`.

use crate::{
    lint::look::{Look, Seen},
    lint::{Found, rule},
    policy::spelling::quoted,
};

rule! {
    /// A condition key that does not exist.
    ///
    /// No request ever has it. A condition on it is never met (or, under a negated operator, always), so the statement
    /// does not do what it says.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "StringEquals": { "aws:SourceVPCEndpoint": "vpce-0a1b2c3d4e5f60718" } } }
    /// ```
    ///
    /// Instead, write a key of AWS's list of global keys, or one of the action's service.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "StringEquals": { "aws:SourceVpce": "vpce-0a1b2c3d4e5f60718" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
    Warning "unknown-key"
}

/// Keys that a page of AWS's documents and no list has.
///
/// <https://docs.aws.amazon.com/sagemaker/latest/dg/multi-container-direct.html>
const UNLISTED: [&str; 1] = ["sagemaker:TargetContainerHostname"];

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    let catalogue = look.catalogue();
    for seen in &look.statements {
        for condition in seen.conditions() {
            let key = condition.key.value.as_str();
            if !is_unknown(look, seen, key) {
                continue;
            }
            let prefix = key.split(':').next().unwrap_or_default();
            let of_service = catalogue
                .service(prefix)
                .into_iter()
                .flat_map(|it| &it.keys);
            let globals = catalogue.global_keys();
            let guess = look.slip(
                key,
                globals
                    .chain(of_service)
                    .map(|it| it.name.as_str())
                    .filter(|it| !it.contains("${")),
            );
            let message = format!("there is no condition key {}", quoted(key));
            if let Some(guess) = guess {
                found.mendable(
                    condition.key.span,
                    message,
                    format!("did you mean `{guess}`?"),
                    look.rename_key(seen, condition, guess),
                );
            } else {
                let help = part_missing(look, key).unwrap_or_else(|| {
                    "look the key up in AWS's list of global keys or on the service's page"
                        .to_owned()
                });
                found.at(condition.key.span, message, help);
            }
        }
    }
}

/// What to do about a key that goes on behind what is written: `aws:PrincipalTag` without the key of a tag.
pub(super) fn part_missing(look: &Look<'_>, key: &str) -> Option<String> {
    let catalogue = look.catalogue();
    let prefix = key.split(':').next().unwrap_or_default();
    let service = catalogue.service(prefix);
    let of_service = service.into_iter().flat_map(|it| &it.keys);
    let mut fixed = catalogue
        .global_keys()
        .chain(of_service)
        .filter(|it| {
            let head = it.name.get(..key.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(key))
        })
        .filter_map(|it| it.fixed_part());
    let whole = fixed.find(|it| it.len() == key.len() + 1)?;
    let what = if whole.ends_with("Tag/") {
        "the key of the tag"
    } else {
        "the part that the key has behind it"
    };
    Some(format!("write `{whole}KEY`, with {what} for `KEY`"))
}

/// Whether a key is certainly none: identity providers have keys of their own, and so have services that the catalogue
/// does not know.
pub(super) fn is_unknown<'a>(look: &Look<'a>, seen: &Seen<'a>, key: &str) -> bool {
    let Some((prefix, _)) = key.split_once(':') else {
        return true;
    };
    let catalogue = look.catalogue();
    let folded = prefix.to_ascii_lowercase();
    let is_elsewhere = prefix.contains(['.', '/']) || folded == "saml";
    let is_unlisted = UNLISTED.iter().any(|it| it.eq_ignore_ascii_case(key));
    // Some of those that come with credentials are in no service's list.
    if is_elsewhere
        || is_unlisted
        || look.key(seen, key).is_some()
        || catalogue.is_of_credentials(key)
    {
        return false;
    }
    if folded == "aws" {
        return catalogue.global_keys().next().is_some();
    }
    match catalogue.service(prefix) {
        Some(_) => true,
        None => catalogue.is_complete(),
    }
}
