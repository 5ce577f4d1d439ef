//! The rule `multivalued-variable`.

use crate::{
    catalogue::KeyType,
    lint::look::Look,
    lint::{Found, rule},
    pattern::Variable,
    policy::spelling::quoted,
};

rule! {
    /// A policy variable whose key holds several values.
    ///
    /// Only keys with one value can stand in a text. With `aws:TagKeys` or `aws:PrincipalOrgPaths` in it, the text
    /// stands for nothing.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/${aws:TagKeys}/*" }
    /// ```
    ///
    /// Instead, use a key with one value.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/${aws:PrincipalTag/team}/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
    Warning "multivalued-variable"
}

use crate::lint::rules::unknown_variable::templates;

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        for template in templates(seen) {
            for Variable { key, .. } in template.value.variables() {
                let known = look.key(seen, key.as_str());
                if known.is_some_and(|it| it.value_type.is_some_and(KeyType::is_multivalued)) {
                    found.at(
                        template.span,
                        format!(
                            "{} holds several values, and a variable needs one",
                            quoted(key.as_str())
                        ),
                        "use a key with one value, such as `aws:PrincipalTag/…`",
                    );
                }
            }
        }
    }
}
