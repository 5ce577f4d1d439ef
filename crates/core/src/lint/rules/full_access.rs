//! The rule `full-access`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
};

rule! {
    /// Every action on every resource.
    ///
    /// Whoever has this policy is an administrator of the account.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "*", "Resource": "*" }
    /// ```
    ///
    /// Instead, list what is needed.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sagemaker:CreateTrainingJob",
    ///   "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege>
    Warning "full-access"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in look.granting_to_identities() {
        let any = seen.actions.iter().find(|it| it.pattern.value.is_any());
        if let Some(any) =
            any.filter(|_| !seen.statement.action.negated && seen.is_about_everything())
        {
            found.at(
                any.pattern.span,
                "every action on every resource: this makes an administrator",
                "list the actions and resources that are needed",
            );
        }
    }
}
