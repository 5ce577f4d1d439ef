//! The rule `action-needs-any-resource`.

use crate::{
    lint::look::{Look, Seen},
    lint::{Found, rule},
    policy::PolicyKind,
};

rule! {
    /// An action that cannot be limited to resources, in a statement that names some.
    ///
    /// Such an action is authorized against `*`, and only `"Resource": "*"` takes that in. With an ARN in its place the
    /// statement never applies to it. `s3:ListAllMyBuckets` is the exception: `arn:aws:s3:::*` does for it, too.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "arn:aws:s3:::data" }
    /// ```
    ///
    /// Instead, give it a statement of its own.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
    Warning "action-needs-any-resource"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    // A resource's policy is about that resource, whatever its actions take elsewhere.
    if look.kind() == PolicyKind::Resource {
        return;
    }
    for seen in &look.statements {
        let names_some = seen
            .statement
            .resource
            .as_ref()
            .is_some_and(|it| !it.negated);
        if !names_some || seen.is_about_everything() || seen.statement.action.negated {
            continue;
        }
        for named in &seen.actions {
            let takes_none =
                !named.actions.is_empty() && named.actions.iter().all(|it| it.resources.is_empty());
            if takes_none && !(named.is("s3:ListAllMyBuckets") && names_every_bucket(seen)) {
                let which = if named.is_pattern() {
                    format!(
                        "no action of {} can be limited to resources",
                        named.quoted()
                    )
                } else {
                    format!("{} cannot be limited to resources", named.quoted())
                };
                found.at(
                    named.pattern.span,
                    format!("{which}, so this statement never applies to it"),
                    "move it to a statement with `\"Resource\": \"*\"`",
                );
            }
        }
    }
}

fn names_every_bucket(seen: &Seen<'_>) -> bool {
    let patterns = seen.statement.resource.iter().flat_map(|it| &it.patterns);
    patterns.into_iter().any(|it| {
        let text = it.value.text();
        text.starts_with("arn:") && text.ends_with(":s3:::*")
    })
}
