//! The rule `returns-credentials`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
};

rule! {
    /// Actions that hand out credentials, on every resource.
    ///
    /// Access keys, passwords, tokens and sessions let somebody act as another.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "iam:CreateServiceSpecificCredential", "Resource": "*" }
    /// ```
    ///
    /// Instead, name whose credentials they may be.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "iam:CreateServiceSpecificCredential",
    ///   "Resource": "arn:aws:iam::111122223333:user/${aws:username}" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/security-creds.html>
    Suggestion "returns-credentials"
}

const ACTIONS: [(&str, &str); 27] = [
    ("codepipeline", "PollForJobs"),
    ("cognito-identity", "GetCredentialsForIdentity"),
    ("cognito-identity", "GetOpenIdToken"),
    ("cognito-identity", "GetOpenIdTokenForDeveloperIdentity"),
    ("cognito-idp", "AssociateSoftwareToken"),
    ("cognito-idp", "DescribeUserPoolClient"),
    ("connect", "GetFederationToken"),
    ("ecr", "GetAuthorizationToken"),
    ("gamelift", "RequestUploadCredentials"),
    ("iam", "CreateAccessKey"),
    ("iam", "CreateLoginProfile"),
    ("iam", "CreateServiceSpecificCredential"),
    ("iam", "ResetServiceSpecificCredential"),
    ("iam", "UpdateAccessKey"),
    ("iot", "AssumeRoleWithCertificate"),
    ("lightsail", "GetInstanceAccessDetails"),
    ("lightsail", "GetRelationalDatabaseMasterUserPassword"),
    ("mediapackage", "RotateIngestEndpointCredentials"),
    ("rds-db", "connect"),
    ("redshift", "GetClusterCredentials"),
    ("sagemaker", "CreatePresignedDomainUrl"),
    ("sagemaker", "CreatePresignedNotebookInstanceUrl"),
    ("sts", "AssumeRole"),
    ("sts", "AssumeRoleWithSAML"),
    ("sts", "AssumeRoleWithWebIdentity"),
    ("sts", "GetFederationToken"),
    ("sts", "GetSessionToken"),
];

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in look.granting_to_identities() {
        if seen.statement.action.negated {
            continue;
        }
        for named in seen.actions.iter().filter(|it| !it.pattern.value.is_any()) {
            let is_all_of_a_type = |name: &str| {
                let service = named.service?;
                seen.all_of_a_type(service, service.action(name)?, &look.steps)
            };
            let mut handed = ACTIONS.iter().filter(|it| {
                named.pattern.value.matches_parts(it.0, it.1)
                    && (seen.wide_resource(it.0, "").is_some() || is_all_of_a_type(it.1).is_some())
            });
            if let Some((service, name)) = handed.next() {
                let n_more = handed.count();
                let more = if n_more == 0 {
                    String::new()
                } else {
                    format!(", as {n_more} more of its actions do")
                };
                found.at(
                    named.pattern.span,
                    format!("`{service}:{name}` hands out credentials{more}"),
                    "leave it to whoever needs it, on the resources whose credentials are meant",
                );
            }
        }
    }
}
