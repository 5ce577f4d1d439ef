//! The rule `allow-not-resource`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
};

rule! {
    /// `Allow` with `NotResource`.
    ///
    /// It allows the actions on everything else, also on what will be made later and in the wrong place.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:*", "NotResource": "arn:aws:s3:::audit/*" }
    /// ```
    ///
    /// Instead, list the resources.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html>
    Warning "allow-not-resource"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in look.granting() {
        if let Some(resource) = seen.statement.resource.as_ref().filter(|it| it.negated) {
            found.at(
                resource.span,
                "`Allow` with `NotResource` allows the actions on everything but these",
                "list in `Resource` what is meant",
            );
        }
    }
}
