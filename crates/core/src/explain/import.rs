//! What an import has to say, in sentences that end in what to do.

use crate::{
    explain::{condition::enumerated, one_or_many},
    import::{
        EncryptionNote, ImportNoteKind as Kind, ImportedKind, MAX_BYTES, OfUser, OtherForm,
        Purpose, Refusal, VersionNote,
    },
    names::Arn,
    policy::spelling::and_more,
};

/// How many characters of a name are shown: names come out of texts that anybody wrote.
const MAX_SHOWN: usize = 80;

/// How many settings are named.
const MAX_SETTINGS: usize = 12;

/// A note of an import in a sentence or two.
#[expect(clippy::too_many_lines, reason = "one sentence for each note")]
pub fn import_note_sentence(kind: &Kind) -> String {
    match kind {
        Kind::TooLarge => format!(
            "Not read: with this text all together are larger than {} MB. Import in parts; `get-account-authorization-details` gives them with `--filter User`, `Group`, `Role` and `LocalManagedPolicy AWSManagedPolicy`.",
            MAX_BYTES / 1_000_000
        ),
        Kind::Empty => {
            "There is nothing in this text: run the command again and look at what it says.".to_owned()
        }
        Kind::NotJson => "This is not JSON and is passed over. If it is an error of the command, run it again; if it is a table, add `--output json`.".to_owned(),
        Kind::Refused(refusal) => refused(refusal),
        Kind::CutOff { within, missing } => cut_off(*within, missing),
        Kind::TooDeep => "From here on the text is nested deeper than any output of AWS and is not read. Take the output as the command printed it.".to_owned(),
        Kind::Mistake => "This is not JSON as AWS prints it; what stands around it is imported. Take the output as the command printed it.".to_owned(),
        Kind::TooManyDocuments => "The text holds more documents than any output of AWS. From here on it is not read: import the rest by itself.".to_owned(),
        Kind::UnknownShape { field } => unknown_shape(field.as_deref()),
        Kind::PolicyDocument => "This is a policy document, and it does not say whose policy it is. Choose a policy of the account and put the text in its place, or import the output of the command that brings it with its name, such as `aws iam get-account-authorization-details` or `aws s3api get-bucket-policy`.".to_owned(),
        Kind::NotWhole { field } => format!(
            "The list goes on: `{field}` says that there are more pages. Run the command without `--max-items` and `--no-paginate`, and import again."
        ),
        Kind::Secret { field } => format!(
            "A secret stands here, in `{field}`. It is not kept. Take it out of the file, and change it if anybody else has seen it."
        ),
        Kind::Unnamed { kind, field } => format!(
            "{} without `{field}` is left out. Take the output as the command printed it.",
            capital(&with_article(*kind))
        ),
        Kind::Value { kind, field } => format!(
            "The `{field}` of {} is not one that this Rolewalk knows; the default stands in its place. Set it by hand.",
            with_article(*kind)
        ),
        Kind::Twice { kind, name } => format!(
            "{} is told in two ways: what comes first counts, by name of file and place in it. Leave out the older one.",
            capital(&format!("{} {}", word(*kind), quoted(name)))
        ),
        Kind::WhichBucket => "The policy does not say of which bucket it is: call the file `bucket-NAME.json`.".to_owned(),
        Kind::WhichKey => {
            "The policy does not say of which key it is: call the file `key-ID.json`, or add the output of `aws kms describe-key` for its key.".to_owned()
        }
        Kind::OnlyKey { key } => format!(
            "`aws kms get-key-policy` does not say of which key this is. It is put to {}, the only one described here that has none: if it is of another, call the file `key-ID.json`.",
            quoted(key)
        ),
        Kind::OtherForm(form) => other_form(*form).to_owned(),
        Kind::NotText => "This file is no text, and nothing in it is read: choose what a command printed. If it is text in another encoding, save it as UTF-8.".to_owned(),
        Kind::WhichTarget => "The list does not say where these policies are attached: call the file `target-ID.json`, with the id of the root, the unit or the account.".to_owned(),
        Kind::PolicyVersion(it) => version(it),
        Kind::Encryption(it) => encryption(it),
        Kind::WhichPolicy => "The list does not say of which policy these are the targets: call the file `policy-ID.json`.".to_owned(),
        Kind::WhichParent => "The list does not say where in the organization these are, so what is new is put below the root: call the file `parent-ID.json`, with the id of the root or the unit.".to_owned(),
        Kind::NoDomain { domain } => format!(
            "There is no domain {0}, so what is in it is left out: add the output of `aws sagemaker describe-domain --domain-id {1}`.",
            quoted(domain),
            argument(domain)
        ),
        Kind::NoRole { role, policy } => format!(
            "There is no role {}, so its inline policy {} is left out: add the output of `aws iam get-role --role-name {}`.",
            quoted(role),
            quoted(policy),
            argument(role)
        ),
        Kind::NoGroup { group, policy } => format!(
            "There is no group {}, so its inline policy {} is left out: add the output of `aws iam get-account-authorization-details`, which has the groups.",
            quoted(group),
            quoted(policy)
        ),
        Kind::NoUser { user, left_out } => no_user(user, left_out),
        Kind::NoKey { key } => format!(
            "There is no key {0}, so its grants are left out: add the output of `aws kms get-key-policy --key-id {1} --policy-name default`.",
            quoted(key),
            argument(key)
        ),
        Kind::NoKeyOfAlias { aliases, n } => format!(
            "{} {} of {} whose policy no text has, and so left out: add the output of `aws kms get-key-policy --key-id ID --policy-name default > key-ID.json` for each that something here is encrypted with.",
            several(aliases.iter().cloned(), *n),
            one_or_many(*n, "is", "are"),
            one_or_many(*n, "a key", "keys")
        ),
        Kind::NoDomainKey { keys, n } => no_keys("storage of domains is", keys, *n),
        Kind::Unkept {
            kind,
            names,
            n,
            settings,
        } => unkept(*kind, names, *n, settings),
        Kind::NotInService {
            kind,
            names,
            n,
            status,
        } => not_in_service(*kind, names, *n, status),
        Kind::OnlyListed { kind, names, n } => only_listed(*kind, names, *n),
        Kind::OtherRegion { region, world } => format!(
            "This lies in {} and the world in {}. It is imported, and its ARN names the world’s region now: import it as a new world to keep the region.",
            quoted(region),
            quoted(world)
        ),
        Kind::NoPolicy {
            is_aws_managed,
            purpose,
            arns,
            n,
        } => not_here(*purpose, *is_aws_managed, arns, *n),
        Kind::WhichAccount => "No ARN says in which account this is, so it is put into the home account. Take the output as the command printed it.".to_owned(),
        Kind::NoRegion => "No text names a region: check the world’s.".to_owned(),
        Kind::NoOrganization => "Which organization this is of cannot be told: add the output of `aws organizations describe-organization` and `aws organizations list-roots`.".to_owned(),
        Kind::OtherOrganization { id } => format!(
            "This is of the organization {}, and the world has another, which stays as it is: import it as a new world.",
            quoted(id)
        ),
        Kind::OtherPolicyType { policy_type } => format!(
            "A policy of type {} says nothing about access and is left out: nothing is to be done.",
            quoted(policy_type)
        ),
        Kind::ConsoleUnknown => "The output does not say which users have a password for the console, so all that are new have one: add the output of `aws iam get-login-profile`, or say so at each user.".to_owned(),
        Kind::More { n } => format!("And {n} more notes: see to these first, and import again."),
    }
}

/// Of `n` managed policies, some of them by name, that nothing says the text of. AWS lets nobody delete a policy that is
/// attached or a boundary, so they are there, and a walk does not take them for silent.
fn not_here(purpose: Purpose, is_aws_managed: bool, arns: &[Arn], n: usize) -> String {
    let names = several(arns.iter().map(|it| it.as_str().to_owned()), n);
    let they = one_or_many(n, "it", "they");
    let so = one_or_many(n, "so what hinges on it", "so what hinges on them");
    let boundary = one_or_many(n, "The permissions boundary", "The permissions boundaries");
    let be = one_or_many(n, "is", "are");
    let (nowhere, filter) = if is_aws_managed {
        ("neither imported nor kept here", "AWSManagedPolicy")
    } else {
        ("not in the world", "LocalManagedPolicy")
    };
    let what = match purpose {
        Purpose::Attached => format!(
            "Attached, but {nowhere}: {names}. What {they} may allow or deny is not known, {so} is not judged."
        ),
        Purpose::Boundary => format!(
            "{boundary} {names} {be} {nowhere}. What {they} may let through is not known, {so} is not judged."
        ),
    };
    format!(
        "{what} Add the output of `aws iam get-account-authorization-details --filter {filter} > policies.json`."
    )
}

fn no_user(user: &str, left_out: &OfUser) -> String {
    let (what, verb) = match left_out {
        OfUser::InlinePolicy { policy } => (format!("the inline policy {}", quoted(policy)), "is"),
        OfUser::AccessKeys => ("the access keys".to_owned(), "are"),
        OfUser::Password => ("the password for the console".to_owned(), "is"),
    };
    format!(
        "There is no user {}, so {what} {verb} left out: add the output of `aws iam get-user --user-name {}`.",
        quoted(user),
        argument(user)
    )
}

fn encryption(note: &EncryptionNote) -> String {
    match note {
        EncryptionNote::WhichBucket => "`aws s3api get-bucket-encryption` does not say of which bucket this is: call the file `bucket-encryption-NAME.json`.".to_owned(),
        EncryptionNote::OnlyBucket { bucket } => format!(
            "`aws s3api get-bucket-encryption` does not say of which bucket this is. It is put into {}, the only one here: if it is of another, call the file `bucket-encryption-NAME.json`.",
            quoted(bucket)
        ),
        EncryptionNote::Untold { buckets, n } => {
            let shown = several(buckets.iter().cloned(), *n);
            let (what, name, each) = match buckets.as_slice() {
                [bucket] => ("it is taken", argument(bucket), ""),
                _ => ("each is taken", "NAME", " for each; the list of commands has a loop for it"),
            };
            format!(
                "Nothing says how {shown} {} encrypted, so {what} as under S3’s own key, which asks for no permission: add the output of `aws s3api get-bucket-encryption --bucket {name} > bucket-encryption-{name}.json`{each}.",
                one_or_many(*n, "is", "are")
            )
        }
        EncryptionNote::KeyOfAws { buckets, n } => format!(
            "{} {} encrypted with AWS’s own key `aws/s3`, which asks for no more in its account than S3’s own, and stands here as that. Nothing is to be done, unless another account is to read there: AWS refuses it that key, so give the bucket one of your own.",
            several(buckets.iter().cloned(), *n),
            one_or_many(*n, "is", "are")
        ),
        EncryptionNote::NoKey { keys, n } => no_keys("buckets are", keys, *n),
        EncryptionNote::NoAlias { alias, bucket } => format!(
            "The bucket {} is encrypted with {}, and no key here has that alias: add the output of `aws kms list-aliases > aliases.json`.",
            quoted(bucket),
            quoted(alias)
        ),
    }
}

/// What to do in place of importing that.
const fn other_form(form: OtherForm) -> &'static str {
    match form {
        OtherForm::CloudTrail => {
            "These are events of CloudTrail: they tell what was asked, and not what the account has. To understand an error, paste its event into the Library, which finds the scenario for it. To import the account, run `aws iam get-account-authorization-details > account.json` and what else of the list of commands there is to run."
        }
        OtherForm::CloudFormation => {
            "This is a template of CloudFormation: what it is to build is not imported, what is deployed is. Run `aws iam get-account-authorization-details > account.json` in the account, `aws sagemaker describe-domain --domain-id ID > domain-ID.json`, and what else of the list of commands the template has."
        }
        OtherForm::Terraform => {
            "This is of Terraform: what it is to build is not imported, what is deployed is. Run `aws iam get-account-authorization-details > account.json` in the account, `aws sagemaker describe-domain --domain-id ID > domain-ID.json`, and what else of the list of commands the configuration has."
        }
    }
}

/// Settings of `n` things, some of them by name, that the world has no place for.
fn unkept(kind: ImportedKind, names: &[String], n: usize, settings: &[String]) -> String {
    let shown: Vec<String> = settings
        .iter()
        .take(MAX_SETTINGS)
        .map(|it| quoted(it))
        .collect();
    let these = one_or_many(settings.len(), "this setting is", "these settings are");
    format!(
        "Of the {} {} {these} not kept: {}. No walk heeds what they say, and an export does not have them: look at them in AWS where it answers otherwise.",
        named(kind, n),
        several(names.iter().cloned(), n),
        and_more(&shown, settings.len().saturating_sub(shown.len()))
    )
}

/// That `n` things, some of them by name, are not in service.
fn not_in_service(kind: ImportedKind, names: &[String], n: usize, status: &str) -> String {
    format!(
        "The {} {} {} `{status}` in AWS, and {} so here: a walk gets no further than there. See why in AWS, or set the status to `InService` to look at the doors behind.",
        named(kind, n),
        several(names.iter().cloned(), n),
        one_or_many(n, "is", "are"),
        one_or_many(n, "is", "are"),
    )
}

/// What things of a kind are called, by how many there are.
fn named(kind: ImportedKind, n: usize) -> &'static str {
    let (one, many) = imported_kind_name(kind);
    one_or_many(n, one, many)
}

/// Of `n` keys, some of them by id, that something is encrypted with and that nothing tells the policy of.
fn no_keys(what: &str, keys: &[String], n: usize) -> String {
    let shown = several(keys.iter().cloned(), n);
    let (id, each) = match keys {
        [key] => (argument(key), ""),
        _ => ("ID", " for each"),
    };
    format!(
        "The {} {shown}, with which {what} encrypted, {} not here, so what hinges on {} is not judged: add the output of `aws kms get-key-policy --key-id {id} --policy-name default > key-{id}.json`{each}.",
        one_or_many(n, "key", "keys"),
        one_or_many(n, "is", "are"),
        one_or_many(n, "its policy", "their policies"),
    )
}

fn version(note: &VersionNote) -> String {
    match note {
        VersionNote::WhichPolicy => "`aws iam get-policy-version` does not say which policy this is a version of: call the file `policy-version-NAME.json`. `aws iam get-account-authorization-details` has it with its name and its versions.".to_owned(),
        VersionNote::OnlyPolicy { policy } => format!(
            "`aws iam get-policy-version` does not say which policy this is a version of. It is put into {}, the only one here that it can be of: if it is of another, call the file `policy-version-NAME.json`.",
            quoted(policy)
        ),
        VersionNote::NewPolicy { arn } => format!(
            "No text has the ARN of the policy {}, so it is made as `{arn}`: add the output of `aws iam get-account-authorization-details`, which has it.",
            quoted(arn.last_segment())
        ),
        VersionNote::NoDefault { policy, version } => format!(
            "Of the policy {} only {} is here, and it is not the default version, so it is left out: add the output of `aws iam get-policy-version` for that.",
            quoted(policy),
            quoted(version)
        ),
    }
}

fn unknown_shape(field: Option<&str>) -> String {
    let Some(field) = field else {
        return "This document is none that can be imported. See the list of commands.".to_owned();
    };
    format!(
        "A document that begins with {} is none that can be imported. {}",
        quoted(field),
        instead_of(field)
    )
}

/// What to run in place of a command whose output has that field.
fn instead_of(field: &str) -> &'static str {
    match field {
        "Policy" => {
            "`aws iam get-policy` has no document: `aws iam get-account-authorization-details` has it, with the policy’s name and its versions."
        }
        "Roles" | "Users" | "Groups" | "Group" | "PolicyNames" | "AttachedPolicies"
        | "Versions" => {
            "`aws iam get-account-authorization-details` has all of these, with their policies."
        }
        _ => "See the list of commands.",
    }
}

/// AWS refused the command: whose permission is missing, and where to look for why.
fn refused(refusal: &Refusal) -> String {
    let Refusal { who, action } = refusal;
    let who = who.as_ref().map(Arn::as_str);
    let whom = who.map_or_else(|| "whoever ran the command".to_owned(), quoted);
    let what = match action {
        Some(action) => format!("AWS does not let {whom} do {}", quoted(action)),
        None => format!("AWS refuses {whom} the command"),
    };
    format!(
        "{what}, so there is no output to import. Give them that permission, or have somebody run the command who has it. If this error is what you want to understand, paste it into the Library, which finds the scenario for it."
    )
}

fn cut_off(within: Option<&'static str>, missing: &[&'static str]) -> String {
    let place = within.map_or_else(
        || "in the middle of a document, or a bracket is missing".to_owned(),
        |it| format!("in the middle of `{it}`"),
    );
    let names: Vec<String> = missing.iter().map(|it| format!("`{it}`")).collect();
    let missing = match names.len() {
        0 => String::new(),
        n => format!(
            " {} {} not in it.",
            enumerated(&names, "and"),
            one_or_many(n, "is", "are")
        ),
    };
    format!(
        "The text stops here {place}.{missing} Of its lists, what stands whole before is imported; copy the whole output to have the rest."
    )
}

fn only_listed(kind: ImportedKind, names: &[String], n: usize) -> String {
    let shown = several(names.iter().cloned(), n);
    let all = "add the output of `aws iam get-account-authorization-details` to have them";
    match kind {
        ImportedKind::Role => {
            return format!(
                "`aws iam get-role` does not say which policies {shown} has, so there are none here: {all}, or that of `aws iam get-role-policy` for each inline policy."
            );
        }
        ImportedKind::User => {
            return format!(
                "`aws iam get-user` does not say which groups and policies {shown} has, so there are none here: {all}, or that of `aws iam get-user-policy` for each inline policy."
            );
        }
        ImportedKind::Key => {
            let (id, each) = match names {
                [key] => (argument(key), ""),
                _ => ("ID", " for each"),
            };
            return format!(
                "`aws kms describe-key` does not say who may use {shown}, so {} not here: add the output of `aws kms get-key-policy --key-id {id} --policy-name default > key-{id}.json`{each}.",
                one_or_many(n, "it is", "they are")
            );
        }
        ImportedKind::Bucket => {
            let (name, each) = match names {
                [bucket] => (argument(bucket), "if it has one"),
                _ => ("NAME", "for each that has one"),
            };
            return format!(
                "No text has a bucket policy of {shown}, so there is none here: add the output of `aws s3api get-bucket-policy --bucket {name} > bucket-{name}.json` {each}."
            );
        }
        _ => {}
    }
    let (command, missing) = match kind {
        ImportedKind::Domain => ("aws sagemaker describe-domain", "settings"),
        ImportedKind::UserProfile => ("aws sagemaker describe-user-profile", "settings"),
        ImportedKind::Space => ("aws sagemaker describe-space", "settings"),
        _ => ("aws organizations describe-policy", "document"),
    };
    format!(
        "Only a list names {shown}, without the {missing}: add the output of `{command}` for each."
    )
}

/// The first names, and how many there are besides.
fn several(names: impl Iterator<Item = String>, n: usize) -> String {
    let shown: Vec<String> = names.map(|it| quoted(&it)).collect();
    and_more(&shown, n.saturating_sub(shown.len()))
}

fn quoted(name: &str) -> String {
    format!("`{}`", plain(name))
}

/// A name as it may stand in a command; `NAME` in place of one that AWS would not give and that a shell may take for
/// something else.
fn argument(name: &str) -> &str {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "+=,.@_-".contains(it);
    if !name.is_empty() && !name.starts_with('-') && name.chars().all(is_plain) {
        name
    } else {
        "NAME"
    }
}

/// A name without what would break the sentence, and not longer than can be read.
fn plain(name: &str) -> String {
    let clean = |it: char| {
        if it.is_control() || it == '`' {
            '·'
        } else {
            it
        }
    };
    let mut shown: String = name.chars().take(MAX_SHOWN).map(clean).collect();
    if name.chars().nth(MAX_SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|it| it.to_uppercase().collect::<String>());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

/// What a kind of thing is called, one of them and many.
pub const fn imported_kind_name(kind: ImportedKind) -> (&'static str, &'static str) {
    match kind {
        ImportedKind::Account => ("account", "accounts"),
        ImportedKind::User => ("user", "users"),
        ImportedKind::AccessKey => ("access key", "access keys"),
        ImportedKind::Group => ("group", "groups"),
        ImportedKind::Role => ("role", "roles"),
        ImportedKind::InlinePolicy => ("inline policy", "inline policies"),
        ImportedKind::ManagedPolicy => ("managed policy", "managed policies"),
        ImportedKind::Domain => ("domain", "domains"),
        ImportedKind::UserProfile => ("user profile", "user profiles"),
        ImportedKind::Space => ("space", "spaces"),
        ImportedKind::App => ("app", "apps"),
        ImportedKind::Bucket => ("bucket", "buckets"),
        ImportedKind::Repository => ("repository policy", "repository policies"),
        ImportedKind::Key => ("key policy", "key policies"),
        ImportedKind::KeyAlias => ("alias of a key", "aliases of keys"),
        ImportedKind::KeyGrant => ("grant on a key", "grants on keys"),
        ImportedKind::OrganizationalUnit => ("organizational unit", "organizational units"),
        ImportedKind::MemberAccount => ("member account", "member accounts"),
        ImportedKind::OrganizationPolicy => {
            ("policy of the organization", "policies of the organization")
        }
    }
}

const fn word(kind: ImportedKind) -> &'static str {
    imported_kind_name(kind).0
}

fn with_article(kind: ImportedKind) -> String {
    let name = word(kind);
    // What begins with `u` is of a user, which does not sound as it is written.
    let article = if name.starts_with(['a', 'e', 'i', 'o']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {name}")
}
