//! The rule `any-resource`.

use std::collections::BTreeSet;

use crate::{
    lint::look::{Look, list},
    lint::{Found, rule},
};

rule! {
    /// Actions that could be limited to resources, on every resource.
    ///
    /// What is allowed on `*`, or on a pattern that stands for every resource of its type, is allowed on all that there
    /// will ever be.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*" }
    /// ```
    ///
    /// Instead, name the resources.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege>
    Suggestion "any-resource"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in look.granting_to_identities() {
        let resource = seen.statement.resource.as_ref().filter(|it| !it.negated);
        let Some(resource) = resource.filter(|_| !seen.statement.action.negated) else {
            continue;
        };
        let star = resource.patterns.iter().find(|it| it.value.is_any());
        let all_of_type = || {
            resource
                .patterns
                .iter()
                .find(|it| is_all_of_its_type(it.value.text()))
        };
        let Some(wide) = star.or_else(all_of_type) else {
            continue;
        };
        let mut names = BTreeSet::new();
        for named in &seen.actions {
            let limited = named.actions.iter().filter(|it| !it.resources.is_empty());
            // A pattern is told as written, so that a statement with `s3:*` has one entry here.
            if named.is_pattern() {
                names.extend(limited.take(1).map(|_| named.pattern.value.text()));
            } else {
                names.extend(limited.map(|_| named.pattern.value.text()));
            }
        }
        if names.is_empty() {
            continue;
        }
        let names: Vec<&str> = names.into_iter().collect();
        found.at(
            wide.span,
            format!("{} could be limited to resources", list(&names)),
            "name the resources that are meant; what cannot be limited goes into a statement of its own",
        );
    }
}

/// Whether the pattern stands for everything of its service or type, in all regions and accounts.
fn is_all_of_its_type(text: &str) -> bool {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let [_, _, service, region, account, name] = parts.as_slice() else {
        return false;
    };
    let is_open = |it: &str| it.is_empty() || it == "*";
    let rest = name.rsplit(['/', ':']).next().unwrap_or_default();
    let is_name_open = match *service {
        "s3" => *name == "*" || *name == "*/*",
        _ => rest == "*" && name.matches('*').count() >= name.matches(['/', ':']).count(),
    };
    is_open(region) && is_open(account) && is_name_open
}
