//! The rule `sid-says-the-opposite`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    policy::spelling::quoted,
};

rule! {
    /// A `Sid` that begins with the other effect.
    ///
    /// A statement called `DenyDelete` that allows is read as what its name says, by everybody but AWS.
    ///
    /// ```json identity
    /// { "Sid": "DenyDelete", "Effect": "Allow", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// Instead, correct the one that is wrong.
    ///
    /// ```json identity
    /// { "Sid": "DenyDelete", "Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html>
    Warning "sid-says-the-opposite"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        let Some(sid) = &seen.statement.sid else {
            continue;
        };
        let (opposite, own) = if seen.is_allow() {
            ("Deny", "Allow")
        } else {
            ("Allow", "Deny")
        };
        let rest = sid.value.as_str().strip_prefix(opposite);
        let is_word = rest.is_some_and(|it| !it.starts_with(|it: char| it.is_ascii_lowercase()));
        // `AllowOnly…` and `AllowFrom…Only` are common names of a `Deny` on everything else.
        let is_limit = sid.value.as_str().contains("Only") || sid.value.as_str().contains("Unless");
        if is_word && !is_limit {
            found.at_both(
                (sid.span, seen.statement.effect.span),
                "its effect",
                format!("the statement {} is an `{own}`", quoted(sid.value.as_str()))
                    .replace("an `Deny`", "a `Deny`"),
                "correct the effect or the name",
                None,
            );
        }
    }
}
