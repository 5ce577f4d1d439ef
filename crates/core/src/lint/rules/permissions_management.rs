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

/// Actions that give others access, and that AWS counts to the level «Write».
const ALSO: [(&str, &str); 9] = [
    ("cognito-identity", "SetIdentityPoolRoles"),
    ("iam", "AddRoleToInstanceProfile"),
    ("iotsitewise", "CreateAccessPolicy"),
    ("iotsitewise", "UpdateAccessPolicy"),
    ("ram", "AssociateResourceShare"),
    ("ram", "CreateResourceShare"),
    ("ram", "UpdateResourceShare"),
    ("sso", "AssociateProfile"),
    ("sso", "UpdateProfile"),
];

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in look.granting_to_identities() {
        let is_wide = seen.is_about_everything() && !seen.statement.action.negated;
        for named in seen.actions.iter().filter(|_| is_wide) {
            let Some(service) = named.service else {
                continue;
            };
            let manages = |it: &&&Action| {
                it.level == AccessLevel::PermissionsManagement
                    || ALSO.contains(&(service.prefix.as_str(), it.name.as_str()))
            };
            let names: Vec<String> = named
                .actions
                .iter()
                .filter(manages)
                .map(|it| format!("{}:{}", service.prefix, it.name))
                .collect();
            if !names.is_empty() {
                found.at(
                    named.pattern.span,
                    format!(
                        "who may do what is changed by {}, on every resource",
                        list(&names)
                    ),
                    "leave it to administrators, or name the resources",
                );
            }
        }
    }
}
