//! The rule `resource-without-action`.

use crate::{
    catalogue::{Action, ResourceType, Service},
    lint::look::Look,
    lint::shape::Known,
    lint::{Found, edit, rule},
    policy::spelling::quoted,
};

rule! {
    /// A resource that none of the statement's actions takes.
    ///
    /// The entry does nothing. It is often the rest of an earlier version, or the sign of an action that was forgotten.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject",
    ///   "Resource": ["arn:aws:s3:::data/*", "arn:aws:sqs:eu-west-1:111122223333:jobs"] }
    /// ```
    ///
    /// Instead, remove it, or add the action that was meant.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": ["s3:GetObject", "sqs:SendMessage"],
    ///   "Resource": ["arn:aws:s3:::data/*", "arn:aws:sqs:eu-west-1:111122223333:jobs"] }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
    Warning "resource-without-action"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        let is_negated = seen.statement.resource.as_ref().is_none_or(|it| it.negated);
        let Some(actions) = seen.known_actions().filter(|_| !is_negated) else {
            continue;
        };
        let mut types: Vec<&ResourceType> = Vec::new();
        for (service, action) in actions {
            for (it, _) in service.resources_of(action) {
                if !types.iter().any(|known| std::ptr::eq(*known, it)) {
                    types.push(it);
                }
            }
        }
        let types: Vec<Known<'_>> = types.into_iter().map(Known::of).collect();
        let fits: Vec<bool> = seen
            .shapes
            .iter()
            .zip(seen.resources())
            .map(|(shape, it)| {
                it.value.is_any() || !shape.is_whole() || types.iter().any(|it| shape.meets(it))
            })
            .collect();
        // Where none fits, the actions are told.
        if !fits.iter().any(|it| *it) {
            continue;
        }
        let resources = seen.resources().iter().zip(look.faults(seen));
        for ((resource, fault), _) in resources.zip(&fits).filter(|it| !it.1) {
            let text = resource.value.text();
            if fault.is_some() || bucket_half(text, actions) {
                continue;
            }
            found.mendable(
                resource.span,
                format!("no action of this statement is about {}", quoted(text)),
                "remove it, or add the action that was meant",
                edit::take_out(look.text(), resource.span, format!("Remove `{text}`")),
            );
        }
    }
}

/// Many write a bucket beside its objects as a habit; that does no harm and is no mistake about the service.
fn bucket_half(text: &str, actions: &[(&Service, &Action)]) -> bool {
    text.split(':').nth(2) == Some("s3") && actions.iter().any(|it| it.0.prefix == "s3")
}
