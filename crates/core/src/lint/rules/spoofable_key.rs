//! The rule `spoofable-key`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    policy::spelling::quoted,
};

rule! {
    /// A condition on something that the caller can write as they like.
    ///
    /// `aws:Referer` and `aws:UserAgent` are headers of the request. They keep nobody out who wants in.
    ///
    /// ```json resource
    /// { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "StringLike": { "aws:Referer": "https://example.com/*" } } }
    /// ```
    ///
    /// Instead, put the condition on who asks or from where.
    ///
    /// ```json resource
    /// { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "StringEquals": { "aws:SourceVpce": "vpce-0a1b2c3d4e5f60718" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-referer>
    Suggestion "spoofable-key"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for condition in look.conditions() {
        if ["aws:referer", "aws:useragent"].contains(&condition.key.value.folded()) {
            found.at(
                condition.key.span,
                format!(
                    "callers write {} themselves",
                    quoted(condition.key.value.as_str())
                ),
                "put the condition on who asks or from where, such as `aws:SourceVpce`",
            );
        }
    }
}
