//! Who may make a call, as rows of a list; what to ask about, and what one asks of it in plain words.

use rolewalk_core::{
    access::{Access, Question, Row as CoreRow, Way, Who, WhoKind},
    by_name::ByName,
    explain::{self, counted},
    flow::{Choice, ContextText},
    names::Arn,
    world::{Account, EntityId, Thing, World},
};

use crate::view::{door::DoorState, options::Choosable};

/// What is chosen where the resource or the action is typed.
pub(crate) const TYPED: &str = "typed";

/// What one asks of a kind of thing: the action, and what it is in plain words.
pub(crate) type Deed = (&'static str, &'static str);

const BUCKET: &[Deed] = &[
    ("s3:GetObject", "Read objects"),
    ("s3:ListBucket", "List objects"),
    ("s3:PutObject", "Write objects"),
    ("s3:DeleteObject", "Delete objects"),
    ("s3:PutBucketPolicy", "Change the bucket policy"),
];
const KEY: &[Deed] = &[
    ("kms:Decrypt", "Decrypt"),
    ("kms:GenerateDataKey", "Encrypt new data"),
    ("kms:CreateGrant", "Grant its use"),
    ("kms:PutKeyPolicy", "Change the key policy"),
    ("kms:ScheduleKeyDeletion", "Delete it"),
];
const REPOSITORY: &[Deed] = &[
    ("ecr:BatchGetImage", "Pull images"),
    ("ecr:PutImage", "Push images"),
    ("ecr:BatchDeleteImage", "Delete images"),
    ("ecr:SetRepositoryPolicy", "Change the repository policy"),
];
const LOG_GROUP: &[Deed] = &[
    ("logs:FilterLogEvents", "Read events"),
    ("logs:DescribeLogStreams", "List streams"),
    ("logs:PutLogEvents", "Write events"),
    ("logs:DeleteLogGroup", "Delete it"),
];
const ROLE: &[Deed] = &[
    ("sts:AssumeRole", "Assume it"),
    ("iam:PassRole", "Hand it to SageMaker"),
    ("iam:PutRolePolicy", "Change its policies"),
    ("iam:UpdateAssumeRolePolicy", "Change its trust policy"),
    ("iam:DeleteRole", "Delete it"),
];

/// What one asks of a thing; of what is none of these nothing.
pub(crate) const fn deeds(thing: &Thing) -> &'static [Deed] {
    match thing {
        Thing::Bucket { .. } => BUCKET,
        Thing::Key { .. } => KEY,
        Thing::Repository { .. } => REPOSITORY,
        Thing::LogGroup { .. } => LOG_GROUP,
        Thing::Role { .. } => ROLE,
        _ => &[],
    }
}

/// The actions as options, and another.
pub(crate) fn actions(about: Option<&EntityId>) -> Vec<Choosable> {
    let deeds = about.map_or(&[] as &[Deed], |it| deeds(&it.thing));
    let option = |(action, words): &Deed| Choosable {
        value: (*action).to_owned(),
        label: format!("{words} ({action})"),
    };
    let another = Choosable {
        value: TYPED.to_owned(),
        label: "Another action …".to_owned(),
    };
    deeds.iter().map(option).chain([another]).collect()
}

/// What there is to ask about, and what is typed.
pub(crate) fn resources(world: &World) -> Vec<Choosable> {
    let option = |entity: EntityId| {
        let (name, kind) = (
            explain::entity_name(&entity, world),
            explain::entity_kind(&entity),
        );
        let label = match &entity.account {
            Some(account) => format!("{name} ({kind} in {account})"),
            None => format!("{name} ({kind})"),
        };
        Choosable {
            value: entity.key(),
            label,
        }
    };
    let typed = Choosable {
        value: TYPED.to_owned(),
        label: "Another resource …".to_owned(),
    };
    let all = world
        .accounts()
        .flat_map(|it| things(it).map(|thing| world.entity(&it.account, thing)));
    all.map(option).chain([typed]).collect()
}

fn things(account: &Account) -> impl Iterator<Item = Thing> {
    let buckets = account.buckets.iter().map(|it| Thing::Bucket {
        name: it.name.clone(),
    });
    let keys = account.keys.iter().map(|it| Thing::Key {
        id: it.key_id.clone(),
    });
    let repositories = account.repositories.iter().map(|it| Thing::Repository {
        name: it.name.clone(),
    });
    let groups = account.log_groups.iter().map(|it| Thing::LogGroup {
        name: it.name.clone(),
    });
    let roles = account.roles.iter().map(|it| Thing::Role {
        name: it.name.clone(),
    });
    let all = buckets.chain(keys).chain(repositories);
    all.chain(groups).chain(roles)
}

/// Whether an action of a bucket is asked about one of its objects.
pub(crate) fn is_of_object(about: &EntityId, action: &str) -> bool {
    let name = action.trim().to_ascii_lowercase();
    matches!(about.thing, Thing::Bucket { .. })
        && name.starts_with("s3:")
        && (name.contains("object") || name.contains("upload"))
        && !name.contains("objectlockconfiguration")
        && !name.contains("bucketmultipart")
}

/// The key that is asked about at first: one where the scenario's data lies.
pub(crate) fn first_object(about: Option<&EntityId>, choice: &Choice) -> String {
    let is_data =
        |it: &EntityId| matches!(&it.thing, Thing::Bucket { name } if *name == choice.data.bucket);
    let prefix = if about.is_some_and(is_data) {
        choice.data.prefix.as_str()
    } else {
        ""
    };
    format!("{prefix}train.csv")
}

/// The call that is asked about a thing.
pub(crate) fn question(world: &World, about: &EntityId, action: &str, object: &str) -> Question {
    let arn = world.arn_of(about).map(|it: Arn| it.to_string());
    let arn = arn.unwrap_or_default();
    let resource = match action {
        _ if is_of_object(about, action) => format!("{arn}/{object}"),
        "logs:PutLogEvents" => format!("{arn}:log-stream:any"),
        _ => arn,
    };
    let mut context = ByName::new();
    if action == "iam:PassRole" {
        let to = ContextText::One("sagemaker.amazonaws.com".to_owned());
        context.insert("iam:PassedToService".to_owned(), to);
    }
    Question {
        action: action.trim().to_owned(),
        resource,
        context,
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) principal: String,
    pub(crate) name: String,
    /// What it is, and in which account.
    pub(crate) detail: String,
    pub(crate) access: Access,
    pub(crate) why: String,
    /// Keys that could change the answer, in words.
    pub(crate) keys: Option<String>,
    /// Whether somebody can become it.
    pub(crate) is_role: bool,
}

impl Row {
    pub(crate) fn of(row: CoreRow, world: &World) -> Self {
        let keys: Vec<String> = row
            .missing_keys
            .iter()
            .map(|it| format!("`{it}`"))
            .collect();
        let keys = (!keys.is_empty())
            .then(|| format!("Not told, and could change this: {}.", keys.join(", ")));
        Self {
            detail: detail(&row.who, world),
            is_role: row.who.kind == WhoKind::Role && row.who.is_in_world,
            principal: row.who.principal,
            name: row.who.name,
            access: row.access,
            why: row.reason,
            keys,
        }
    }

    /// Whether the typed words are in what it says.
    pub(crate) fn has(&self, typed: &str) -> bool {
        let typed = typed.trim().to_lowercase();
        let all = [&self.name, &self.detail, &self.principal, &self.why];
        typed.is_empty() || all.iter().any(|it| it.to_lowercase().contains(&typed))
    }
}

fn detail(who: &Who, world: &World) -> String {
    let kind = match who.kind {
        WhoKind::Root => "root user",
        WhoKind::User => "IAM user",
        WhoKind::Role => "role",
        WhoKind::Session => "session",
        WhoKind::Service => "AWS service",
        WhoKind::Federated => "identity provider",
        WhoKind::Account => "by its root user",
        WhoKind::AnyAccount => "by the root user of one that is not in this world",
        WhoKind::Anonymous => "a call that nobody signed",
    };
    let account = who
        .account
        .as_ref()
        .filter(|_| who.kind != WhoKind::AnyAccount);
    let own = account.and_then(|it| world.account(it));
    let account = account.map(|it| match own {
        Some(own) if !own.name.is_empty() => format!("account {} ({it})", own.name),
        _ => format!("account {it}"),
    });
    match account {
        Some(account) if !who.is_in_world => format!("{kind}, {account}, not in this world"),
        Some(account) => format!("{kind}, {account}"),
        None => kind.to_owned(),
    }
}

/// The groups, in the order in which they are shown.
pub(crate) const GROUPS: [Access; 3] = [Access::Can, Access::Cannot, Access::NotJudged];

pub(crate) const fn group_title(access: Access) -> &'static str {
    match access {
        Access::Can => "Can",
        Access::Cannot => "Cannot",
        Access::NotJudged => "Not judged",
    }
}

/// As a door is painted.
pub(crate) const fn state_of(access: Access) -> DoorState {
    match access {
        Access::Can => DoorState::Open,
        Access::Cannot => DoorState::Shut,
        Access::NotJudged => DoorState::NotJudged,
    }
}

/// How many of each there are.
pub(crate) fn summary(rows: &[Row]) -> String {
    let n = |access| rows.iter().filter(|it| it.access == access).count();
    format!(
        "Of {}, {} can, {} cannot, and {} not judged.",
        counted(rows.len(), "caller", "callers"),
        n(Access::Can),
        n(Access::Cannot),
        match n(Access::NotJudged) {
            1 => "1 is".to_owned(),
            n => format!("{n} are"),
        }
    )
}

/// A way to become a role, in words.
pub(crate) fn way(way: &Way, world: &World) -> String {
    let between = way.roles.iter().rev().skip(1).rev();
    let between: Vec<String> = between
        .map(|it| {
            let name = Arn::parse(it).map(|it| it.last_segment().to_owned());
            format!("`{}`", name.as_deref().unwrap_or(it))
        })
        .collect();
    let who = format!("`{}` ({})", way.who.name, detail(&way.who, world));
    if between.is_empty() {
        who
    } else {
        format!("{who}, by way of {}", between.join(", then "))
    }
}

const HEAD: [&str; 5] = ["Access", "Principal", "Name", "What", "Why"];

/// The rows as a table of Markdown.
pub(crate) fn markdown(rows: &[Row]) -> String {
    let cell = |it: &str| it.replace('|', "\\|").replace('\n', " ");
    let line = |it: [&str; 5]| format!("| {} |\n", it.map(cell).join(" | "));
    let all = rows.iter().map(|it| line(cells(it)));
    let rule = "|---|---|---|---|---|\n".to_owned();
    std::iter::once(line(HEAD))
        .chain([rule])
        .chain(all)
        .collect()
}

/// The rows as comma-separated values. What a spreadsheet would take for a formula begins with an apostrophe.
///
/// <https://www.rfc-editor.org/rfc/rfc4180>
pub(crate) fn csv(rows: &[Row]) -> String {
    let cell = |it: &str| {
        let guard = if it.starts_with(['=', '+', '-', '@']) {
            "'"
        } else {
            ""
        };
        format!("\"{guard}{}\"", it.replace('"', "\"\""))
    };
    let line = |it: [&str; 5]| format!("{}\r\n", it.map(cell).join(","));
    let all = rows.iter().map(|it| line(cells(it)));
    std::iter::once(line(HEAD)).chain(all).collect()
}

fn cells(row: &Row) -> [&str; 5] {
    [
        group_title(row.access),
        &row.principal,
        &row.name,
        &row.detail,
        &row.why,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, access: Access, why: &str) -> Row {
        Row {
            principal: format!("arn:aws:iam::111122223333:user/{name}"),
            name: name.to_owned(),
            detail: "IAM user".to_owned(),
            access,
            why: why.to_owned(),
            keys: None,
            is_role: false,
        }
    }

    #[test]
    fn counts_are_told_in_words() {
        let rows = [
            row("a", Access::Can, ""),
            row("b", Access::Cannot, ""),
            row("c", Access::NotJudged, ""),
        ];
        assert_eq!(
            summary(&rows),
            "Of 3 callers, 1 can, 1 cannot, and 1 is not judged."
        );
        assert_eq!(
            summary(&rows[..1]),
            "Of 1 caller, 1 can, 0 cannot, and 0 are not judged."
        );
    }

    #[test]
    fn tables_keep_what_stands_in_a_cell() {
        let rows = [row("=a", Access::Can, "by `x|y`, \"so\"")];
        assert_eq!(
            csv(&rows),
            "\"Access\",\"Principal\",\"Name\",\"What\",\"Why\"\r\n\"Can\",\"arn:aws:iam::111122223333:user/=a\",\"'=a\",\"IAM user\",\"by `x|y`, \"\"so\"\"\"\r\n"
        );
        let table = markdown(&rows);
        assert!(
            table.ends_with("| =a | IAM user | by `x\\|y`, \"so\" |\n"),
            "{table}"
        );
    }

    #[test]
    fn what_is_about_objects_names_one() {
        let bucket = EntityId::home(Thing::Bucket {
            name: "b".to_owned(),
        });
        for (action, is_one) in [
            ("s3:GetObject", true),
            ("s3:AbortMultipartUpload", true),
            ("s3:ListBucket", false),
            ("s3:ListBucketMultipartUploads", false),
            ("s3:GetBucketObjectLockConfiguration", false),
            ("kms:Decrypt", false),
        ] {
            assert_eq!(is_of_object(&bucket, action), is_one, "{action}");
        }
        assert_eq!(EntityId::of(TYPED), None);
        let key = EntityId::home(Thing::Key { id: "k".to_owned() });
        assert!(!is_of_object(&key, "s3:GetObject"));
    }
}
