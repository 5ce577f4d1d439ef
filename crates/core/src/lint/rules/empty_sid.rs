//! The rule `empty-sid`.

use crate::{
    lint::look::Look,
    lint::{Found, edit, rule},
};

rule! {
    /// A statement with an empty `Sid`.
    ///
    /// It says nothing, and AWS's console writes it into many documents.
    ///
    /// ```json identity
    /// { "Sid": "", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// Instead, leave it out, or say in it what the statement is for.
    ///
    /// ```json identity
    /// { "Sid": "ReadData", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html>
    Suggestion "empty-sid"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        let Some(sid) = seen
            .statement
            .sid
            .as_ref()
            .filter(|it| it.value.as_str().is_empty())
        else {
            continue;
        };
        let fix = look
            .member(seen.statement.span, "Sid")
            .and_then(|it| edit::take_out(look.text(), it, "Remove the empty `Sid`"));
        found.mendable(
            sid.span,
            "the `Sid` is empty",
            "leave it out, or say what the statement is for",
            fix,
        );
    }
}
