//! The rule `key-never-present`.

use crate::{
    catalogue::{Action, Service},
    lint::look::{Look, Seen, is_met_by_absence, is_null, list},
    lint::{Found, rule},
    policy::Condition,
    policy::spelling::quoted,
};

rule! {
    /// A condition key that no request for the statement's actions has.
    ///
    /// Each action has its own keys beside the global ones. Where the key is not in the request, a plain condition is
    /// not met: the `Allow` allows nothing, the `Deny` denies nothing. Under a negated operator it is met always.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sagemaker:DescribeTrainingJob", "Resource": "*",
    ///   "Condition": { "StringEquals": { "sagemaker:RootAccess": "Disabled" } } }
    /// ```
    ///
    /// Instead, put the condition where the key is sent: with the action that makes the thing.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sagemaker:CreateNotebookInstance", "Resource": "*",
    ///   "Condition": { "StringEquals": { "sagemaker:RootAccess": "Disabled" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
    Warning "key-never-present"
}

/// An action, and the service that it is of.
type Of<'a> = (&'a Service, &'a Action);

/// The statement's actions whose requests have the key, and those whose requests have not; `None` where the key is global
/// or something in the statement is unknown.
pub(super) fn split<'a>(
    look: &Look<'a>,
    seen: &Seen<'a>,
    condition: &Condition,
) -> Option<(Vec<Of<'a>>, Vec<Of<'a>>)> {
    let key = condition.key.value.as_str();
    let (prefix, _) = key.split_once(':')?;
    if look.catalogue().is_of_credentials(key) {
        return None;
    }
    let is_global = prefix.eq_ignore_ascii_case("aws")
        || prefix.contains('.')
        || prefix.eq_ignore_ascii_case("saml");
    if is_global || is_null(condition) {
        return None;
    }
    // Requests go on carrying a key that was replaced, beside the one that took its place.
    let successor = look.key(seen, key)?.replaced_by.as_deref();
    let all = seen.known_actions()?.iter().copied();
    Some(all.partition(|(service, action)| {
        service.has_key(action, key) || successor.is_some_and(|it| service.has_key(action, it))
    }))
}

/// The names of these actions.
pub(super) fn names(actions: &[Of<'_>]) -> Vec<String> {
    let each = actions.iter();
    each.map(|it| format!("{}:{}", it.0.prefix, it.1.name))
        .collect()
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        for condition in seen.conditions() {
            let Some((with, without)) = split(look, seen, condition) else {
                continue;
            };
            if !with.is_empty() || without.is_empty() {
                continue;
            }
            let key = quoted(condition.key.value.as_str());
            let what = match (is_met_by_absence(condition), seen.is_allow()) {
                (true, _) => "the condition is always met",
                (false, true) => "this statement allows nothing",
                (false, false) => "this statement denies nothing",
            };
            found.at(
                condition.key.span,
                format!(
                    "no request for {} has {key}: {what}",
                    list(&names(&without))
                ),
                "take the condition away, or name actions that have the key",
            );
        }
    }
}
