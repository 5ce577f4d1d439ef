//! The rule `unknown-service-principal`.

use crate::{
    lint::look::Look,
    lint::{Found, edit, rule},
    policy::service_names::{known, word_of},
    policy::spelling::quoted,
};

rule! {
    /// A service principal that no service has.
    ///
    /// IAM refuses it with `Invalid principal in policy`, because there is nobody of that name.
    ///
    /// ```json trust
    /// { "Effect": "Allow", "Principal": { "Service": "sagemkaer.amazonaws.com" }, "Action": "sts:AssumeRole" }
    /// ```
    ///
    /// Instead, write the name as the service's own pages have it. AWS keeps no list of them, so a name that is unknown
    /// here may exist all the same.
    ///
    /// ```json trust
    /// { "Effect": "Allow", "Principal": { "Service": "sagemaker.amazonaws.com" }, "Action": "sts:AssumeRole",
    ///   "Condition": { "StringEquals": { "aws:SourceAccount": "111122223333" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services>
    Warning "unknown-service-principal"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    let catalogue = look.catalogue();
    for seen in &look.statements {
        for service in seen.service_principals() {
            let Some(word) = word_of(service.value) else {
                continue;
            };
            let is_known = known().any(|it| it.eq_ignore_ascii_case(word))
                || catalogue.service(word).is_some();
            if is_known {
                continue;
            }
            let prefixes = catalogue.services().map(|it| it.prefix.as_str());
            let guess = look
                .slip(word, known())
                .or_else(|| look.slip(word, prefixes));
            let message = format!("no service is known as {}", quoted(service.value));
            if let Some(guess) = guess {
                let new = service.value.replacen(word, guess, 1);
                let fix = edit::rewrite(format!("Write `{new}`"), service.span, &new);
                let help = format!("did you mean `{new}`?");
                found.mendable(service.span, message, help, Some(fix));
            } else if catalogue.is_complete() {
                let help = "look the name up on the service's own pages: IAM refuses one that does not exist";
                found.at(service.span, message, help);
            }
        }
    }
}
