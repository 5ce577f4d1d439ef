//! The rule `session-in-principal-arn`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    policy::spelling::quoted,
};

rule! {
    /// The ARN of a role's session in a condition on `aws:PrincipalArn`.
    ///
    /// For a session the key holds the ARN of the role, `arn:aws:iam::…:role/name`, not that of the session. The
    /// condition is never met.
    ///
    /// ```json resource
    /// { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "ArnLike": { "aws:PrincipalArn": "arn:aws:sts::111122223333:assumed-role/train/*" } } }
    /// ```
    ///
    /// Instead, write the role; for single sessions there is `aws:userid`.
    ///
    /// ```json resource
    /// { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/train" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn>
    Warning "session-in-principal-arn"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for condition in look.conditions() {
        if condition.key.value.folded() != "aws:principalarn" {
            continue;
        }
        for value in &condition.values {
            let text = value.value.text();
            let Some((head, tail)) = text.split_once(":assumed-role/") else {
                continue;
            };
            let name = tail.split('/').next().unwrap_or_default();
            let role = format!("{}:role/{name}", head.replacen(":sts:", ":iam:", 1));
            // The role of the ARN may have a path, which a session's ARN does not tell.
            found.at(
                value.span,
                format!(
                    "`aws:PrincipalArn` never is {}: for a session it is the role's ARN",
                    quoted(text)
                ),
                format!("write the role, such as `{role}`"),
            );
        }
    }
}
