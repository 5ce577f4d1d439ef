//! The rule `trust-confused-deputy`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    names::AccountId,
    policy::PolicyKind,
    policy::spelling::quoted,
};

rule! {
    /// A service that may take on the role for anybody who asks the service to.
    ///
    /// Only who may pass the role can hand it to the service, so there is one door before this one. SageMaker and other
    /// services send `aws:SourceAccount` and `aws:SourceArn`, and AWS advises to ask for them.
    ///
    /// ```json trust
    /// { "Effect": "Allow", "Principal": { "Service": "sagemaker.amazonaws.com" }, "Action": "sts:AssumeRole" }
    /// ```
    ///
    /// Instead, ask for the account.
    ///
    /// ```json trust
    /// { "Effect": "Allow", "Principal": { "Service": "sagemaker.amazonaws.com" }, "Action": "sts:AssumeRole",
    ///   "Condition": { "StringEquals": { "aws:SourceAccount": "111122223333" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html>
    Suggestion "trust-confused-deputy"
}

use crate::lint::rules::confused_deputy::is_told_for_whom;

/// Services whose pages say that they send the keys when they take on a role.
const SENDING: [&str; 10] = [
    "bedrock.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "firehose.amazonaws.com",
    "glue.amazonaws.com",
    "logs.amazonaws.com",
    "sagemaker.amazonaws.com",
    "scheduler.amazonaws.com",
    "ssm.amazonaws.com",
    "states.amazonaws.com",
    "vpc-flow-logs.amazonaws.com",
];

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    if look.kind() != PolicyKind::Trust {
        return;
    }
    for seen in look.granting().filter(|it| !is_told_for_whom(it)) {
        let mut services = seen.service_principals();
        let Some(service) = services.find(|it| SENDING.contains(&it.value)) else {
            continue;
        };
        let account = look.account().map_or("111122223333", AccountId::as_str);
        found.at(
            service.span,
            format!("{} may take on this role for anybody's account", quoted(service.value)),
            format!("add `\"Condition\": {{ \"StringEquals\": {{ \"aws:SourceAccount\": \"{account}\" }} }}`"),
        );
    }
}
