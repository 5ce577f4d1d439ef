//! The rule `key-not-for-action`.

use crate::{
    lint::look::{Look, Named, is_met_by_absence, list},
    lint::{Found, rule},
    policy::spelling::quoted,
};

rule! {
    /// A condition key that only some of the statement's actions have.
    ///
    /// For the others a plain condition is never met, so the `Allow` does not allow them and the `Deny` does not deny
    /// them.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetBucketLocation"], "Resource": "arn:aws:s3:::data",
    ///   "Condition": { "StringLike": { "s3:prefix": "ana/*" } } }
    /// ```
    ///
    /// Instead, give the actions without the key a statement of their own.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::data",
    ///   "Condition": { "StringLike": { "s3:prefix": "ana/*" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>
    Suggestion "key-not-for-action"
}

use crate::lint::rules::key_never_present::{names, split};

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        // What a wildcard takes in besides is often not meant one by one.
        let named: Vec<&Named<'_>> = seen.actions.iter().filter(|it| !it.is_pattern()).collect();
        for condition in seen.conditions() {
            let Some((with, without)) = split(look, seen, condition) else {
                continue;
            };
            if with.is_empty() || is_met_by_absence(condition) {
                continue;
            }
            let mut without = names(&without);
            without.retain(|it| named.iter().any(|named| named.is(it)));
            if without.is_empty() {
                continue;
            }
            let effect = if seen.is_allow() { "allow" } else { "deny" };
            found.at(
                condition.key.span,
                format!(
                    "requests for {} have no {}, so this statement does not {effect} them",
                    list(&without),
                    quoted(condition.key.value.as_str())
                ),
                "give these actions a statement of their own",
            );
        }
    }
}
