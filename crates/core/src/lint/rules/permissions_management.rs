//! The rule `permissions-management`.

use crate::{
    catalogue::{AccessLevel, Action},
    lint::look::{Look, list},
    lint::{Found, rule},
};

rule! {
    /// Actions that change who may do what.
    ///
    /// AWS counts them to the access level «Permissions management». They belong to few people, and to few resources.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:PutBucketPolicy", "Resource": "*" }
    /// ```
    ///
    /// Instead, leave them to administrators, or name the resources.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:PutBucketPolicy", "Resource": "arn:aws:s3:::data" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html>
    Suggestion "permissions-management"
}

/// Actions that give others access, and that AWS counts to the level «Write»: they share, assign, or say whose users may
/// come in. <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers.html>
const ALSO: [(&str, &str); 15] = [
    ("cognito-identity", "SetIdentityPoolRoles"),
    ("iam", "AddClientIDToOpenIDConnectProvider"),
    ("iam", "AddRoleToInstanceProfile"),
    ("iam", "CreateOpenIDConnectProvider"),
    ("iam", "CreateSAMLProvider"),
    ("iam", "UpdateOpenIDConnectProviderThumbprint"),
    ("iam", "UpdateSAMLProvider"),
    ("iotsitewise", "CreateAccessPolicy"),
    ("iotsitewise", "UpdateAccessPolicy"),
    ("ram", "AssociateResourceShare"),
    ("ram", "CreateResourceShare"),
    ("ram", "UpdateResourceShare"),
    ("sso", "AssociateProfile"),
    ("sso", "UpdateProfile"),
    ("sso-directory", "AddMemberToGroup"),
];

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in look.granting_to_identities() {
        if seen.statement.action.negated {
            continue;
        }
        let is_about_everything = seen.is_about_everything();
        for named in &seen.actions {
            let Some(service) = named.service else {
                continue;
            };
            let manages = |it: &&&Action| {
                it.level == AccessLevel::PermissionsManagement
                    || ALSO.contains(&(service.prefix.as_str(), it.name.as_str()))
            };
            let is_of_all = |it: &&&Action| {
                is_about_everything || seen.all_of_a_type(service, it, &look.steps).is_some()
            };
            let managing = named.actions.iter().filter(manages).filter(is_of_all);
            let names: Vec<String> = managing
                .map(|it| format!("{}:{}", service.prefix, it.name))
                .collect();
            if names.is_empty() {
                continue;
            }
            let on = if is_about_everything {
                "every resource"
            } else {
                "every resource of its type"
            };
            found.at(
                named.pattern.span,
                format!("who may do what is changed by {}, on {on}", list(&names)),
                "leave it to administrators, or name the resources",
            );
        }
    }
}
