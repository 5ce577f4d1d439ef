//! The rule `key-case`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    policy::spelling::quoted,
};

rule! {
    /// A condition key in other letters than AWS writes it.
    ///
    /// IAM does not mind, but people and tools that search for `aws:SourceIp` do.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "IpAddress": { "aws:sourceip": "203.0.113.0/24" } } }
    /// ```
    ///
    /// Instead, write the key as AWS does.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
    Suggestion "key-case"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        for condition in seen.conditions() {
            let text = condition.key.value.as_str();
            let Some(key) = look.key(seen, text) else {
                continue;
            };
            let new = match key.fixed_part() {
                None => key.name.clone(),
                Some(fixed) => format!("{fixed}{}", text.get(fixed.len()..).unwrap_or_default()),
            };
            // AWS itself writes this one in two ways.
            let is_referer = new.eq_ignore_ascii_case("aws:referer");
            if new != text && !is_referer && new.eq_ignore_ascii_case(text) {
                found.mendable(
                    condition.key.span,
                    format!("AWS writes {} as `{new}`", quoted(text)),
                    "write the key as AWS does",
                    look.rename_key(seen, condition, &new),
                );
            }
        }
    }
}
