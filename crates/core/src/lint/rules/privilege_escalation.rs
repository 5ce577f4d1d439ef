//! The rule `privilege-escalation`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    names::ActionName,
    policy::spelling::quoted,
};

rule! {
    /// Actions with which somebody can give themselves more than they have.
    ///
    /// Whoever may write a policy, attach one, change who may take on a role, or make credentials for another user, on
    /// any of them, can become administrator. The same goes for handing a stronger role to something that runs one's
    /// own code; a condition on tags is no limit there, because whoever makes the thing gives it its tags.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "iam:PutRolePolicy", "Resource": "*" }
    /// ```
    ///
    /// Instead, limit the action to the users, roles and policies that are meant, and set a permissions boundary for
    /// what is made.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "iam:PutRolePolicy", "Resource": "arn:aws:iam::111122223333:role/team/*",
    ///   "Condition": { "StringEquals": { "iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/team-limit" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html>
    Warning "privilege-escalation"
}

/// Actions of IAM that are enough by themselves, and the kind of thing that they are about.
const ALONE: [(&str, &str, &str); 14] = [
    ("AddUserToGroup", "group/", "puts users into any group"),
    (
        "AttachGroupPolicy",
        "group/",
        "attaches any policy to any group",
    ),
    (
        "AttachRolePolicy",
        "role/",
        "attaches any policy to any role",
    ),
    (
        "AttachUserPolicy",
        "user/",
        "attaches any policy to any user",
    ),
    ("CreateAccessKey", "user/", "makes access keys for any user"),
    (
        "CreateLoginProfile",
        "user/",
        "sets a password for any user",
    ),
    (
        "CreatePolicyVersion",
        "policy/",
        "rewrites any managed policy",
    ),
    (
        "DeleteRolePermissionsBoundary",
        "role/",
        "takes the boundary from any role",
    ),
    (
        "DeleteUserPermissionsBoundary",
        "user/",
        "takes the boundary from any user",
    ),
    ("PutGroupPolicy", "group/", "writes policies into any group"),
    ("PutRolePolicy", "role/", "writes policies into any role"),
    ("PutUserPolicy", "user/", "writes policies into any user"),
    (
        "SetDefaultPolicyVersion",
        "policy/",
        "brings back any version of any policy",
    ),
    (
        "UpdateAssumeRolePolicy",
        "role/",
        "changes who may take on any role",
    ),
];

/// The last of them, apart: its password is another user's.
const LOGIN: (&str, &str, &str) = (
    "UpdateLoginProfile",
    "user/",
    "changes the password of any user",
);

/// Actions that run one's own code as a role that is passed, or as one that is there already.
const WITH_A_ROLE: [(&str, &str); 13] = [
    ("cloudformation", "CreateStack"),
    ("codebuild", "CreateProject"),
    ("datapipeline", "CreatePipeline"),
    ("ec2", "RunInstances"),
    ("ecs", "RunTask"),
    ("glue", "CreateDevEndpoint"),
    ("glue", "CreateJob"),
    ("lambda", "CreateFunction"),
    ("sagemaker", "CreateNotebookInstance"),
    ("sagemaker", "CreateProcessingJob"),
    ("sagemaker", "CreateTrainingJob"),
    ("sagemaker", "CreateUserProfile"),
    ("states", "CreateStateMachine"),
];

/// Actions that put one's own code into something that has a role already, and the kind of thing.
const CODE: [(&str, &str, &str, &str); 2] = [
    (
        "glue",
        "UpdateDevEndpoint",
        "devEndpoint/",
        "opens any development endpoint, with its role",
    ),
    (
        "lambda",
        "UpdateFunctionCode",
        "function:",
        "puts code into any function, with its role",
    ),
];

const HELP: &str =
    "limit it to what is meant by a path or a tag, and ask for a permissions boundary";

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    let pass_role = ActionName::new("iam", "PassRole");
    let passes_any = look.granting_to_identities().any(|it| {
        it.covers(&pass_role)
            && it.wide_resource("iam", "role/").is_some()
            && !it.is_narrowed_by(&["iam:PassedToService"])
    });
    for seen in look.granting_to_identities() {
        // `*` and `NotAction` have rules of their own.
        let is_all = seen.statement.action.negated
            || seen.actions.iter().any(|it| it.pattern.value.is_any());
        if is_all || seen.is_narrowed_by(&["iam:PermissionsBoundary", "iam:PolicyARN"]) {
            continue;
        }
        // What is made gets its tags from whoever makes it, and those of a role do not limit who may pass it: a tag is a
        // limit for things that are there already, and for nothing else.
        let has_tag = seen.is_narrowed_by(&["aws:ResourceTag/", "iam:ResourceTag/"]);
        let of_iam = ALONE
            .iter()
            .chain([&LOGIN])
            .map(|it| ("iam", it.0, it.1, it.2));
        let of_code = CODE.iter().copied();
        for named in &seen.actions {
            let mut ways = of_iam
                .clone()
                .chain(of_code.clone())
                .filter(|_| !has_tag)
                .filter(|(service, name, kind, _)| {
                    named.pattern.value.matches_parts(service, name)
                        && seen.wide_resource(service, kind).is_some()
                });
            if let Some((service, name, _, what)) = ways.next() {
                let n_more = ways.count();
                let more = if n_more == 0 {
                    String::new()
                } else {
                    format!(", and {n_more} more ways up")
                };
                found.at(
                    named.pattern.span,
                    format!("{} {what}{more}", quoted(&format!("{service}:{name}"))),
                    HELP,
                );
                continue;
            }
            let mut runs = WITH_A_ROLE.iter().filter(|_| passes_any);
            let runs = runs.find(|it| named.pattern.value.matches_parts(it.0, it.1));
            if let Some((service, name)) = runs {
                found.at(
                    named.pattern.span,
                    format!("`{service}:{name}` with `iam:PassRole` on every role runs code as any role"),
                    "limit `iam:PassRole` to the roles that are meant, and to the service by `iam:PassedToService`",
                );
            }
        }
    }
}
