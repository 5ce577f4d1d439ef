//! The rule `presigned-url-any-profile`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    names::ActionName,
};

rule! {
    /// `sagemaker:CreatePresignedDomainUrl` for every user profile.
    ///
    /// Whoever may make the link is that profile: they work with its execution role and its files.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sagemaker:CreatePresignedDomainUrl", "Resource": "*" }
    /// ```
    ///
    /// Instead, name the profile, or ask for a tag that has the person's name.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sagemaker:CreatePresignedDomainUrl",
    ///   "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:user-profile/d-1/${aws:username}" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/sagemaker/latest/dg/security_iam_id-based-policy-examples.html>
    Warning "presigned-url-any-profile"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    let presign = ActionName::new("sagemaker", "CreatePresignedDomainUrl");
    for seen in look.granting_to_identities() {
        let is_named = seen
            .actions
            .iter()
            .any(|it| it.prefix.eq_ignore_ascii_case("sagemaker"));
        let is_narrowed = seen.is_narrowed_by(&["aws:ResourceTag/", "sagemaker:ResourceTag/"]);
        if !is_named || is_narrowed || seen.statement.action.negated || !seen.covers(&presign) {
            continue;
        }
        let all_of_domain = || {
            seen.resources().iter().find(|it| {
                let name = it.value.text().splitn(6, ':').nth(5).unwrap_or_default();
                name.starts_with("user-profile/") && name.ends_with("/*")
            })
        };
        let wide = seen
            .wide_resource("sagemaker", "user-profile/")
            .or_else(all_of_domain);
        if let Some(resource) = wide {
            found.at(
                resource.span,
                "every user profile may be opened, with its execution role",
                "name the profile, or ask for a tag: `\"StringEquals\": { \"sagemaker:ResourceTag/owner\": \"${aws:username}\" }`",
            );
        }
    }
}
