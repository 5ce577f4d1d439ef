//! The rule `tag-key-not-supported`.

use crate::{
    catalogue::{Action, Service},
    lint::look::{Look, is_met_by_absence, is_null, list},
    lint::{Found, rule},
    policy::spelling::quoted,
};

rule! {
    /// A condition on tags of the request that no request for the statement's actions carries.
    ///
    /// `aws:RequestTag/…` and `aws:TagKeys` are there only where a request sets tags, and only for actions that the
    /// service lists with these keys.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sagemaker:DescribeEndpoint", "Resource": "*",
    ///   "Condition": { "StringEquals": { "aws:RequestTag/team": "nlp" } } }
    /// ```
    ///
    /// Instead, ask for the tag of the resource.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sagemaker:DescribeEndpoint", "Resource": "*",
    ///   "Condition": { "StringEquals": { "aws:ResourceTag/team": "nlp" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html>
    Suggestion "tag-key-not-supported"
}

use crate::lint::rules::key_never_present::names;

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        for condition in seen.conditions() {
            let key = condition.key.value.as_str();
            let is_of_request = condition.key.value.folded().starts_with("aws:requesttag/")
                || condition.key.value.folded() == "aws:tagkeys";
            if !is_of_request || is_null(condition) || is_met_by_absence(condition) {
                continue;
            }
            let Some(actions) = seen.known_actions() else {
                continue;
            };
            let has_key = |it: &(&Service, &Action)| it.0.has_key(it.1, key);
            if actions.is_empty() || actions.iter().any(has_key) {
                continue;
            }
            let names = names(actions);
            found.at(
                condition.key.span,
                format!("no request for {} carries tags, so {} is not there", list(&names), quoted(key)),
                "ask for `aws:ResourceTag/…`, the tag of the resource, or name actions that set tags",
            );
        }
    }
}
