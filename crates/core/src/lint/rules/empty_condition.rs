//! The rule `empty-condition`.

use crate::{
    lint::look::Look,
    lint::{Found, edit, rule},
    policy::spelling::quoted,
    syntax::json::{Member, Value},
};

rule! {
    /// A `Condition` without conditions, or an operator without keys.
    ///
    /// It limits nothing, and looks as if it did.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*", "Condition": {} }
    /// ```
    ///
    /// Instead, leave it out, or write the condition that was meant.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>
    Suggestion "empty-condition"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    // Most documents have no empty object at all, and need not be read again for it.
    let mut behind_braces = look.text().split('{').skip(1);
    if !behind_braces.any(|it| it.trim_start().starts_with('}')) {
        return;
    }
    for seen in &look.statements {
        let Some(condition) = look.member_node(seen.statement.span, "Condition") else {
            continue;
        };
        let Value::Object(operators) = &condition.value.value else {
            continue;
        };
        let empty: Vec<&Member> = if operators.is_empty() {
            vec![condition]
        } else {
            let is_empty =
                |it: &&Member| matches!(&it.value.value, Value::Object(keys) if keys.is_empty());
            operators.iter().filter(is_empty).collect()
        };
        for member in empty {
            found.mendable(
                member.span,
                format!("{} is empty and limits nothing", quoted(&member.key.value)),
                "leave it out, or write the condition that was meant",
                edit::take_out(
                    look.text(),
                    member.span,
                    format!("Remove the empty `{}`", member.key.value),
                ),
            );
        }
    }
}
