//! What the import dialog shows: which commands to run, what they brought, and what there is to know.

use rolewalk_core::{
    explain,
    import::{ImportNote, Imported, Input},
};

/// A command and what its output brings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Command {
    /// The command, its output in a file of the right name.
    pub(crate) line: &'static str,
    /// What it brings.
    pub(crate) brings: &'static str,
}

/// The commands whose output can be imported.
pub(crate) const COMMANDS: &[Command] = &[
    Command {
        line: "aws iam get-account-authorization-details > account.json",
        brings: "users, groups, roles, policies",
    },
    Command {
        line: "aws iam list-access-keys --user-name NAME > access-keys-NAME.json",
        brings: "a user’s access keys, without secrets",
    },
    Command {
        line: "aws sagemaker describe-domain --domain-id ID > domain.json",
        brings: "a domain with its default settings",
    },
    Command {
        line: "aws sagemaker list-user-profiles > profiles.json",
        brings: "which user profiles there are",
    },
    Command {
        line: "aws sagemaker describe-user-profile --domain-id ID --user-profile-name NAME > profile-NAME.json",
        brings: "a user profile with its execution role",
    },
    Command {
        line: "aws sagemaker describe-space --domain-id ID --space-name NAME > space-NAME.json",
        brings: "a space and who may open it",
    },
    Command {
        line: "aws sagemaker list-apps > apps.json",
        brings: "the apps that run",
    },
    Command {
        line: "aws s3api get-bucket-policy --bucket NAME > bucket-NAME.json",
        brings: "a bucket policy",
    },
    Command {
        line: "aws kms get-key-policy --key-id ID --policy-name default > key-ID.json",
        brings: "a key policy",
    },
    Command {
        line: "aws kms list-grants --key-id ID > grants-ID.json",
        brings: "the grants on a key",
    },
    Command {
        line: "aws ecr get-repository-policy --repository-name NAME > repository-NAME.json",
        brings: "a repository policy",
    },
    Command {
        line: "aws organizations describe-organization > organization.json",
        brings: "the organization and its management account",
    },
    Command {
        line: "aws organizations list-roots > roots.json",
        brings: "its root, and which kinds of policies are on",
    },
    Command {
        line: "aws organizations list-organizational-units-for-parent --parent-id ID > parent-ID.json",
        brings: "the units below the root or a unit",
    },
    Command {
        line: "aws organizations list-accounts-for-parent --parent-id ID > parent-ID_accounts.json",
        brings: "the accounts below the root or a unit",
    },
    Command {
        line: "aws organizations describe-policy --policy-id ID > policy-ID.json",
        brings: "an SCP or an RCP",
    },
    Command {
        line: "aws organizations list-policies-for-target --target-id ID --filter SERVICE_CONTROL_POLICY > target-ID.json",
        brings: "which SCPs are attached to a root, unit or account",
    },
];

/// One line for each command.
pub(crate) fn all_commands() -> String {
    let lines = COMMANDS.iter().map(|it| format!("{}\n", it.line));
    lines.collect()
}

/// A text, as the list of texts shows it.
pub(crate) fn source(input: &Input) -> String {
    let size = input.text.len();
    let size = match size {
        0..1_000 => format!("{size} bytes"),
        1_000..1_000_000 => format!("{} kB", size / 1_000),
        _ => format!("{} MB", size / 1_000_000),
    };
    format!("{} ({size})", input.name)
}

/// How many of a kind there are, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CountRow {
    /// What they are.
    pub(crate) label: &'static str,
    /// How many are new, changed and as before.
    pub(crate) counts: [usize; 3],
}

/// How much of what was read.
pub(crate) fn counts(imported: &Imported) -> Vec<CountRow> {
    let row = |(kind, count): (&rolewalk_core::import::ImportedKind, &_)| {
        let rolewalk_core::import::Count { new, changed, same } = *count;
        let (one, many) = explain::imported_kind_name(*kind);
        let label = if new + changed + same == 1 { one } else { many };
        CountRow {
            label,
            counts: [new, changed, same],
        }
    };
    imported.counts.iter().map(row).collect()
}

/// Whether there is anything to take over.
pub(crate) fn has_news(imported: &Imported) -> bool {
    let mut counts = imported.counts.values();
    counts.any(|it| it.new + it.changed > 0)
}

/// Where a note is, in words; empty where it is about the whole.
pub(crate) fn place(note: &ImportNote) -> String {
    note.place.as_ref().map_or_else(String::new, |it| {
        format!("{}, line {}, column {}", it.input, it.line, it.column)
    })
}
