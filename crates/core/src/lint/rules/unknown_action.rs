//! The rule `unknown-action`.

use crate::{
    lint::look::Look,
    lint::{Found, edit, rule},
    policy::spelling::{nearest, quoted},
};

rule! {
    /// An action that the service does not have.
    ///
    /// IAM saves it, because it does not check the names of actions; the entry then stands for nothing, and whoever
    /// relies on it is refused. In a `Deny` it is worse: nothing is denied.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObjcet", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// Instead, write the name as the service's page in AWS's Service Authorization Reference has it. A policy may also
    /// name an action that AWS has since taken away; such an entry can go.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
    Warning "unknown-action"
}

use crate::lint::rules::api_name;

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for named in look.statements.iter().flat_map(|it| &it.actions) {
        let Some(service) = named.service else {
            continue;
        };
        let is_known = !named.actions.is_empty() || named.is_pattern() || named.name.is_empty();
        if is_known || api_name::action_of(service, named.name).is_some() {
            continue;
        }
        let span = named.pattern.span;
        let message = format!("{} has no action {}", service.name, quoted(named.name));
        let guess = look.nearest(
            named.name,
            service.actions.iter().map(|it| it.name.as_str()),
        );
        let close = guess.filter(|it| is_close(it, named.name));
        match close {
            Some(guess) => {
                let new = format!("{}:{guess}", named.prefix);
                let fix = edit::rewrite(format!("Write `{new}`"), span, &new);
                found.mendable(span, message, format!("did you mean `{new}`?"), Some(fix));
            }
            None => found.at(
                span,
                message,
                "look the name up in AWS's Service Authorization Reference, or remove the action",
            ),
        }
    }
}

/// Whether the one can be a slip of the fingers for the other: `DeleteApp` is none for `DescribeApp`.
fn is_close(guess: &str, name: &str) -> bool {
    let first_word = |it: &str| {
        let end = it
            .char_indices()
            .skip(1)
            .find(|it| it.1.is_ascii_uppercase());
        it.get(..end.map_or(it.len(), |it| it.0))
            .unwrap_or(it)
            .to_ascii_lowercase()
    };
    let n_different = guess.len().abs_diff(name.len());
    n_different <= 2
        && (first_word(guess) == first_word(name)
            || nearest(&first_word(name), [first_word(guess).as_str()]).is_some())
}
