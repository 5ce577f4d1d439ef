//! The rule `generated-sid`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    policy::spelling::quoted,
};

rule! {
    /// A `Sid` that a tool made up.
    ///
    /// `VisualEditor0` and `Stmt1700000000000` say nothing. A `Sid` is shown in denials, in CloudTrail and on this
    /// page, and can say what its statement is for.
    ///
    /// ```json identity
    /// { "Sid": "VisualEditor0", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// Instead, say what the statement is for.
    ///
    /// ```json identity
    /// { "Sid": "ReadTrainingData", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html>
    Suggestion "generated-sid"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for sid in look
        .statements
        .iter()
        .filter_map(|it| it.statement.sid.as_ref())
    {
        let text = sid.value.as_str();
        let is_generated = ["VisualEditor", "Stmt", "Statement"].iter().any(|it| {
            text.strip_prefix(it)
                .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|it| it.is_ascii_digit()))
        });
        if is_generated {
            found.at(
                sid.span,
                format!("the id {} says nothing", quoted(text)),
                "say what the statement is for, such as `ReadTrainingData`",
            );
        }
    }
}
