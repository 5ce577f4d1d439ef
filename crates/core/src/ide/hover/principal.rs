//! Principals: who they are, and whether they are in this world.

use crate::{
    ide::{About, Hover, hover::Look},
    names::{AccountId, Arn},
};

pub(super) fn hover(look: &Look<'_>, of_type: &str) -> Option<Hover> {
    let text = look.text.value();
    let about = look.about;
    match of_type {
        "Service" => Some(look.says(text, "service of AWS").line(
            "When the service acts itself; `aws:SourceAccount` and `aws:SourceArn` say for whom.",
        )),
        "Federated" => Some(
            look.says(text, "identity provider")
                .line("Its users ask by `AssumeRoleWithSAML` or `AssumeRoleWithWebIdentity`."),
        ),
        "AWS" if text == "*" => Some(
            look.says("*", "everybody")
                .line("Every account, user and role, callers without credentials included."),
        ),
        "AWS" => {
            let (subtitle, line) = aws(about, &text)?;
            Some(look.says(text, subtitle).line(line))
        }
        _ => None,
    }
}

fn aws(about: &About<'_>, text: &str) -> Option<(&'static str, String)> {
    let world = about.world;
    let arn = Arn::parse(text);
    let is_root = arn
        .as_ref()
        .is_some_and(|it| it.service() == "iam" && it.resource() == "root");
    let root = arn.as_ref().filter(|_| is_root).and_then(Arn::account);
    if let Some(id) = AccountId::parse(text).or(root) {
        let known = match world.account(&id) {
            Some(it) if it.name.is_empty() => "It is in this world.".to_owned(),
            Some(it) => format!("It is in this world: `{}`.", it.name),
            None => "It is not in this world.".to_owned(),
        };
        let says = "Whoever in the account its own policies allow, not only the root user.";
        return Some(("account", format!("{says} {known}")));
    }
    let arn = arn?;
    let kind = arn.resource().split('/').next().unwrap_or_default();
    let exists = |it: bool, what: &str| {
        if it {
            "It is in this world.".to_owned()
        } else {
            format!("This world has no such {what}; AWS would refuse to save the policy.")
        }
    };
    let is_here = arn.account().is_some_and(|it| world.account(&it).is_some());
    let elsewhere = "Its account is not in this world.".to_owned();
    Some(match (arn.service(), kind) {
        ("iam", "role") if !is_here => ("role, all its sessions", elsewhere),
        ("iam", "role") => {
            let known = world.role_by_arn(text).is_some();
            ("role, all its sessions", exists(known, "role"))
        }
        ("iam", "user") if !is_here => ("user", elsewhere),
        ("iam", "user") => ("user", exists(world.user_by_arn(text).is_some(), "user")),
        ("sts", "assumed-role") => (
            "session of a role",
            "This one session; the ARN of the role stands for all of them.".to_owned(),
        ),
        ("sts", "federated-user") => ("federated user", String::new()),
        ("iam", "group") => ("group", "Groups are no principals.".to_owned()),
        _ => return None,
    })
}
