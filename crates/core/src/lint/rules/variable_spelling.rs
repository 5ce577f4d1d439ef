//! The rule `variable-spelling`.

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
    /// A default stands in single quotes, `${key, 'default'}`; in double quotes it is none, and the variable has no value.
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
            for variable in template.value.variables() {
                let Some(default) = variable.misquoted() else {
                    continue;
                };
                let key = variable.key.as_str();
                let right = format!("${{{key}, '{default}'}}");
                let new = requoted(text, key, default, &right);
                found.mendable(
                    template.span,
                    format!(
                        "the default of `{key}` stands in double quotes, so it is none, and the variable has no value"
                    ),
                    format!("write it in single quotes: `{right}`"),
                    new.map(|it| edit::rewrite(format!("Write `{right}`"), template.span, &it)),
                );
            }
            let Some(rest) = misspelt(text) else {
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
                let before = text.strip_suffix(rest)?;
                let new = format!("{before}${{{key}}}{}", rest.get(end + 1..)?);
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

/// The text with the variable written right, whatever blanks it has.
fn requoted(text: &str, key: &str, default: &str, right: &str) -> Option<String> {
    let quoted = format!("\"{default}\"");
    let (start, rest) = text.match_indices("${").find_map(|(start, _)| {
        let rest = text.get(start + 2..)?;
        let behind = rest.trim_start().strip_prefix(key)?.trim_start();
        let behind = behind
            .strip_prefix(',')?
            .trim_start()
            .strip_prefix(&quoted)?;
        Some((start, behind.trim_start().strip_prefix('}')?))
    })?;
    Some(format!("{}{right}{rest}", text.get(..start)?))
}

/// The text from the first place on where a variable is spelt in another way. Right ones may stand before it.
fn misspelt(text: &str) -> Option<&str> {
    let starts = ["{aws:", "$aws:", "$(aws:"];
    let places = text.char_indices().filter(|it| matches!(it.1, '{' | '$'));
    let mut rests = places.filter_map(|it| text.split_at_checked(it.0));
    let found = rests.find(|(before, rest)| {
        !before.ends_with('$') && starts.iter().any(|it| rest.starts_with(it))
    });
    found.map(|it| it.1)
}
