//! The rule `redundant-resource`.
//!
//! Knows nothing of other rules. Invariant: what its page shows as bad is found, what it shows instead is not.

use crate::{
    lint::look::Look,
    lint::{Found, edit, rule},
    policy::spelling::quoted,
};

rule! {
    /// A resource that another entry of the same list has already.
    ///
    /// It changes nothing. Beside `*` or a wider pattern a careful ARN is no limit.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::data/*", "arn:aws:s3:::data/ana/*"] }
    /// ```
    ///
    /// Instead, keep the one that is meant.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/ana/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
    Suggestion "redundant-resource"
}

use crate::lint::shape::Shape;

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        let resources = seen.resources();
        for (idx, resource) in resources.iter().enumerate() {
            let own = resource.value.text();
            let cover = resources.iter().enumerate().find(|(other, it)| {
                let text = it.value.text();
                *other != idx
                    && Shape::takes_in(text, own)
                    && !(Shape::takes_in(own, text) && idx < *other)
            });
            let Some((_, cover)) = cover else {
                continue;
            };
            found.at_both(
                (resource.span, cover.span),
                "has it already",
                format!(
                    "{} is in {} already",
                    quoted(own),
                    quoted(cover.value.text())
                ),
                "remove it, or remove the wider entry where only this is meant",
                edit::take_out(look.text(), resource.span, format!("Remove `{own}`")),
            );
        }
    }
}
