//! The rule `variable-spelling`.
//!
//! Knows nothing of other rules. Invariant: what its page shows as bad is found, what it shows instead is not.

use crate::{
    lint::look::Look,
    lint::{Found, edit, rule},
    policy::LanguageVersion,
    policy::spelling::quoted,
};

rule! {
    /// Something that was meant to be a policy variable and is spelt in another way.
    ///
    /// A variable is `${key}`: dollar, brace, key, brace, without blanks. `{aws:username}`, `$aws:username` and
    /// `$(aws:username)` are ordinary text.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/{aws:username}/*" }
    /// ```
    ///
    /// Instead, write it as AWS does.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/${aws:username}/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
    Warning "variable-spelling"
}

use crate::lint::rules::unknown_variable::templates;

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    if look.policy().version == LanguageVersion::V2008 {
        return;
    }
    for seen in &look.statements {
        for template in templates(seen) {
            let text = template.value.text();
            let Some(at) = text
                .find("{aws:")
                .or_else(|| text.find("$aws:"))
                .or_else(|| text.find("$(aws:"))
            else {
                continue;
            };
            let is_right = text.get(..at).is_some_and(|it| it.ends_with('$'));
            let Some(rest) = text.get(at..).filter(|_| !is_right) else {
                continue;
            };
            let (open, close) = if rest.starts_with('{') {
                ("{", Some('}'))
            } else if rest.starts_with("$(") {
                ("$(", Some(')'))
            } else {
                ("$", None)
            };
            let fix = close.and_then(|close| {
                let end = rest.find(close)?;
                let key = rest.get(open.len()..end)?;
                let new = text.replacen(rest.get(..=end)?, &format!("${{{key}}}"), 1);
                Some(edit::rewrite(
                    format!("Write `${{{key}}}`"),
                    template.span,
                    &new,
                ))
            });
            found.mendable(
                template.span,
                format!(
                    "{} has no policy variable: it is ordinary text",
                    quoted(text)
                ),
                "write a variable as `${aws:username}`",
                fix,
            );
        }
    }
}
