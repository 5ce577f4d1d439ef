//! The rule `unknown-variable`.

use crate::{
    lint::look::{Look, Seen},
    lint::{Found, edit, rule},
    pattern::{Template, VariableDefault},
    policy::spelling::quoted,
    syntax::Spanned,
};

rule! {
    /// A policy variable whose key does not exist.
    ///
    /// A variable without a value stands for nothing: a resource with it matches nothing, a condition with it is not
    /// met.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/${aws:user}/*" }
    /// ```
    ///
    /// Instead, name a key that requests have.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/${aws:username}/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
    Warning "unknown-variable"
}

use crate::lint::rules::unknown_key::{is_unknown, part_missing};

/// The texts of a statement that may hold variables.
pub(super) fn templates<'a>(seen: &Seen<'a>) -> Vec<Spanned<&'a Template>> {
    let resources = seen
        .resources()
        .iter()
        .map(|it| Spanned::new(it.span, it.value.template()));
    let values = seen.conditions().iter().flat_map(|it| &it.values);
    resources
        .chain(values.map(|it| Spanned::new(it.span, it.value.template())))
        .collect()
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        for template in templates(seen) {
            let text = template.value.text();
            for variable in template.value.variables() {
                let name = variable.key.as_str();
                // One in single quotes makes a value of it; one in double quotes is told by the rule about spelling.
                let has_default = variable.default != VariableDefault::None;
                if has_default || !is_unknown(look, seen, name) {
                    continue;
                }
                let globals = look.catalogue().global_keys().map(|it| it.name.as_str());
                let guess = look.slip(name, globals.filter(|it| !it.contains("${")));
                let message = format!(
                    "there is no condition key {}, so the variable has no value",
                    quoted(name)
                );
                if let Some(guess) = guess {
                    let new = text.replace(&format!("${{{name}}}"), &format!("${{{guess}}}"));
                    let fix = (new != text).then(|| {
                        edit::rewrite(format!("Write `${{{guess}}}`"), template.span, &new)
                    });
                    found.mendable(
                        template.span,
                        message,
                        format!("did you mean `${{{guess}}}`?"),
                        fix,
                    );
                } else {
                    let help = part_missing(look, name).unwrap_or_else(|| {
                        "write a key that requests have, such as `${aws:username}`".to_owned()
                    });
                    found.at(template.span, message, help);
                }
            }
        }
    }
}
