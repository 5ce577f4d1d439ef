//! The rule `decrypt-any-key`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
};

rule! {
    /// `kms:Decrypt` on every key.
    ///
    /// It opens whatever any key of the account protects, and keys of other accounts that let it.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*" }
    /// ```
    ///
    /// Instead, name the keys, or the service that they are used through.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:eu-west-1:111122223333:key/1234" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html>
    Warning "decrypt-any-key"
}

const OPENING: [&str; 3] = ["Decrypt", "ReEncryptFrom", "CreateGrant"];

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in look.granting_to_identities() {
        let is_narrowed = seen.is_narrowed_by(&[
            "kms:ViaService",
            "kms:EncryptionContext:",
            "kms:ResourceAliases",
            "kms:RequestAlias",
            "aws:ResourceTag/",
            "kms:GrantIsForAWSResource",
            "kms:EncryptionContextKeys",
            "aws:ResourceAccount",
        ]);
        if is_narrowed
            || seen.statement.action.negated
            || seen.wide_resource("kms", "key/").is_none()
        {
            continue;
        }
        for named in seen.actions.iter().filter(|it| !it.pattern.value.is_any()) {
            let opening = OPENING
                .iter()
                .find(|it| named.pattern.value.matches_parts("kms", it));
            if let Some(name) = opening {
                found.at(
                    named.pattern.span,
                    format!("`kms:{name}` on every key"),
                    "name the keys, or ask for `kms:ViaService` or `kms:ResourceAliases`",
                );
            }
        }
    }
}
