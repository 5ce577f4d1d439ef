//! The rule `unknown-service`.

use crate::{
    lint::look::Look,
    lint::rules::retired_service::RETIRED,
    lint::{Found, edit, rule},
    policy::spelling::quoted,
};

rule! {
    /// An action whose service does not exist in AWS.
    ///
    /// IAM saves it, because it does not check the names of services; the entry then stands for nothing. Most often it
    /// is a slip of the fingers, or the name of a product in the place of its prefix: SageMaker is `sagemaker`,
    /// CloudWatch Logs is `logs`.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sagmaker:CreateApp", "Resource": "*" }
    /// ```
    ///
    /// Instead, write the prefix that stands at the top of the service's page in AWS's Service Authorization Reference.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sagemaker:CreateApp", "Resource": "*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
    Warning "unknown-service"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    let catalogue = look.catalogue();
    if !catalogue.is_complete() {
        return;
    }
    for named in look.statements.iter().flat_map(|it| &it.actions) {
        // What AWS has closed is told as that.
        let is_retired = RETIRED
            .iter()
            .any(|it| it.0.eq_ignore_ascii_case(named.prefix));
        if is_retired
            || named.service.is_some()
            || named.is_left_out
            || named.pattern.value.is_any()
            || named.prefix.is_empty()
        {
            continue;
        }
        let guess = look.slip(
            named.prefix,
            catalogue.services().map(|it| it.prefix.as_str()),
        );
        let span = named.pattern.span;
        let message = format!("AWS has no service {}", quoted(named.prefix));
        match guess {
            Some(guess) => {
                let new = format!("{guess}:{}", named.name);
                let fix = edit::rewrite(format!("Write `{new}`"), span, &new);
                let help = format!("did you mean `{guess}`?");
                found.mendable(span, message, help, Some(fix));
            }
            None => found.at(
                span,
                message,
                "write the prefix of the service, such as `s3`, or remove the action",
            ),
        }
    }
}
