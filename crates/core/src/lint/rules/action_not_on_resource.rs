//! The rule `action-not-on-resource`.

use crate::{
    catalogue::Service,
    lint::look::{Look, Named, list},
    lint::{Found, rule},
};

rule! {
    /// An action, and resources of which none is of a type that the action takes.
    ///
    /// The statement then never applies to the action. Often the ARN is of another service, or of another kind of thing
    /// of the same service.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sagemaker:DescribeDomain",
    ///   "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:user-profile/d-1/ana" }
    /// ```
    ///
    /// Instead, name resources of a type that the action takes.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sagemaker:DescribeDomain",
    ///   "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:domain/d-1" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
    Warning "action-not-on-resource"
}

use crate::lint::rules::{bucket_for_object_action, object_for_bucket_action};

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        let Some(resource) = &seen.statement.resource else {
            continue;
        };
        let is_open =
            resource.negated || seen.statement.action.negated || seen.is_about_everything();
        if is_open
            || seen.shapes.iter().any(|it| !it.is_whole())
            || look.faults(seen).iter().any(Option::is_some)
        {
            continue;
        }
        for named in &seen.actions {
            let Some(service) = named.service else {
                continue;
            };
            let mut actions = named.actions.iter().filter(|it| !it.resources.is_empty());
            let takes_some = actions.clone().next().is_some();
            if !takes_some
                || actions.any(|it| seen.has_resource_for(service, it))
                || bucket_for_object_action::place(seen, named).is_some()
                || object_for_bucket_action::place(seen, named).is_some()
            {
                continue;
            }
            let types = types(service, named);
            found.at_both(
                (named.pattern.span, resource.span),
                "none of these",
                format!(
                    "{} takes none of these resources, so this statement never applies to it",
                    named.quoted()
                ),
                format!("name a resource of the type {}", list(&types)),
                None,
            );
        }
    }
}

fn types<'a>(service: &'a Service, named: &Named<'a>) -> Vec<&'a str> {
    let mut types = Vec::new();
    for action in &named.actions {
        for (it, _) in service.resources_of(action) {
            if !types.contains(&it.name.as_str()) {
                types.push(it.name.as_str());
            }
        }
    }
    types
}
