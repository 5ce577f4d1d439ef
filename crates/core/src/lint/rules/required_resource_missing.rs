//! The rule `required-resource-missing`.

use crate::{
    lint::look::{Look, list},
    lint::shape::Known,
    lint::{Found, rule},
    names::ActionName,
};

rule! {
    /// An action that is allowed on one of the resources it needs, and not on another that every request for it names.
    ///
    /// `ec2:RunInstances` is checked against the instance, its image, its subnet, its security groups and more, and all
    /// of them must be allowed. The document does not allow it on the named types; another policy may.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sagemaker:CreateEndpoint",
    ///   "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:endpoint/chat" }
    /// ```
    ///
    /// Instead, add the resources of the other types.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sagemaker:CreateEndpoint",
    ///   "Resource": ["arn:aws:sagemaker:eu-west-1:111122223333:endpoint/chat",
    ///                "arn:aws:sagemaker:eu-west-1:111122223333:endpoint-config/chat"] }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
    Suggestion "required-resource-missing"
}

/// Services whose requests name a resource of every type that is marked as required.
const NAMING_ALL: [&str; 3] = ["ec2", "kms", "sagemaker"];

/// An action with more is about one of several things, as `sagemaker:AddAssociation` is.
const MAX_REQUIRED: usize = 3;

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in look.granting_to_identities() {
        let is_negated = seen.statement.resource.as_ref().is_none_or(|it| it.negated);
        if is_negated || seen.is_about_everything() || seen.statement.action.negated {
            continue;
        }
        for named in seen.actions.iter().filter(|it| !it.is_pattern()) {
            let (Some(service), [action]) = (named.service, named.actions.as_slice()) else {
                continue;
            };
            // Elsewhere AWS's list marks types as required of which a request names one or the other.
            let n_required = service.resources_of(action).filter(|it| it.1).count();
            let needs_all =
                NAMING_ALL.contains(&service.prefix.as_str()) && n_required <= MAX_REQUIRED;
            // What fits nothing at all is another rule's.
            if !needs_all || !seen.has_resource_for(service, action) {
                continue;
            }
            let name = ActionName::new(&service.prefix, &action.name);
            let required = service.resources_of(action).filter(|it| it.1);
            let missing: Vec<&str> = required
                .filter(|(it, _)| {
                    let known = Known::of(it);
                    let mut others = look
                        .statements
                        .iter()
                        .filter(|it| it.is_allow() && it.covers(&name));
                    !others.any(|other| {
                        let is_open = other
                            .statement
                            .resource
                            .as_ref()
                            .is_none_or(|it| it.negated);
                        is_open
                            || other.is_about_everything()
                            || other.shapes.iter().any(|shape| shape.meets(&known))
                    })
                })
                .map(|it| it.0.name.as_str())
                .collect();
            if !missing.is_empty() {
                found.at(
                    named.pattern.span,
                    format!(
                        "every request for {} also names a resource of the type {}",
                        named.quoted(),
                        list(&missing)
                    ),
                    "allow the action on such a resource too, unless another policy does",
                );
            }
        }
    }
}
