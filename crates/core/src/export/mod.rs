//! A world in the forms that others read: commands of the AWS CLI, a template of `CloudFormation`, a
//! configuration of Terraform, what the AWS CLI prints about it, and each policy for itself.
//!
//! Data in, texts out; runs nothing. Policies go out as they were typed wherever the form has texts.
//! Invariants: the same world gives the same bytes; no name of a world, whatever is in it, can end a
//! quoted string; what a form cannot carry is said, thing by thing.
//!
//! What AWS gives itself (ids of domains, keys and networks, file systems) cannot be asked for, so what
//! is built has ids of its own, and texts that name an id name the new one. The world has no addresses
//! of networks, so those are made up; access keys and passwords never leave it.

mod builder;
mod cloud_formation;
mod commands;
mod elsewhere;
mod file_name;
mod ids;
mod network;
mod order;
mod organization;
mod output;
mod policies;
mod references;
mod refused;
mod sagemaker;
mod terraform;
mod zip;

use std::fmt::Write;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

pub use self::zip::zip;
use crate::{
    eval::{GrantConstraints, KeyGrant},
    names::{AccountId, Arn},
    policy::spelling::listed,
    world::{Account, ManagedPolicy, World},
};

/// A form to export in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Form {
    /// Commands of the AWS CLI that build it, for a POSIX shell.
    #[default]
    Commands,
    /// A template of `CloudFormation`, as JSON.
    CloudFormation,
    /// A configuration of Terraform.
    Terraform,
    /// What the AWS CLI prints about it: a file for each command, as [`import`](crate::import) reads them.
    Output,
    /// Every policy for itself: a file for each text.
    Policies,
}

impl Form {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Commands,
        Self::CloudFormation,
        Self::Terraform,
        Self::Output,
        Self::Policies,
    ];
}

/// What is exported at a time: whoever builds has the credentials of one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Part {
    /// What one account has.
    Account(AccountId),
    /// The organization's policies and where they are attached, which its management account keeps.
    Organization,
}

impl Part {
    /// The parts of a world: its accounts, the home account first, and the organization.
    pub fn of(world: &World) -> Vec<Self> {
        let accounts = world.accounts().map(|it| Self::Account(it.account.clone()));
        let organization = world.organization.as_ref().map(|_| Self::Organization);
        accounts.chain(organization).collect()
    }

    /// A word for it in names of files.
    fn word(&self) -> &str {
        match self {
            Self::Account(id) => id.as_str(),
            Self::Organization => "organization",
        }
    }
}

/// A file to save.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct File {
    /// Its name, of characters that every system takes; unique among those it comes with.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// What an export comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// The files. Forms that build have one, or for `CloudFormation` as many as it takes; the others as
    /// many as there are things.
    pub files: Vec<File>,
    /// What of the part the form cannot carry, a sentence for each.
    pub left_out: Vec<String>,
}

/// A part of a world in a form. Of an account that the world does not have, nothing.
pub fn export(world: &World, part: &Part, form: Form) -> Exported {
    let account = match part {
        Part::Account(id) => match world.account(id) {
            Some(it) => Some(it),
            None => return Exported::default(),
        },
        Part::Organization => None,
    };
    match (form, account) {
        (Form::Output, Some(account)) => output::account(world, account),
        (Form::Output, None) => output::organization(world),
        (Form::Policies, _) => policies::policies(world, account),
        _ => built(world, part, account, form),
    }
}

/// What builds the part: one file, or several to be used one after the other.
fn built(world: &World, part: &Part, account: Option<&Account>, form: Form) -> Exported {
    let mut left_out = Vec::new();
    let said = &mut left_out;
    let makeable = account.map(|it| refused::makeable(world, it, said));
    let account = makeable.as_ref();
    elsewhere::said(world, account, said);
    let (texts, ending) = match form {
        Form::CloudFormation => {
            let texts = match account {
                Some(it) => cloud_formation::account(world, it, said),
                None => cloud_formation::organization(world, said),
            };
            (texts, "template.json")
        }
        Form::Terraform => {
            let text = match account {
                Some(it) => terraform::account(world, it, said),
                None => terraform::organization(world, said),
            };
            (vec![text], "tf")
        }
        _ => {
            let text = match account {
                Some(it) => commands::account(world, it, said),
                None => commands::organization(world, said),
            };
            (vec![text], "sh")
        }
    };
    let n_texts = texts.len();
    let named = texts.into_iter().enumerate().map(|(idx, text)| {
        let number = if n_texts > 1 {
            format!("-{}", idx + 1)
        } else {
            String::new()
        };
        let name = format!("rolewalk-{}{number}.{ending}", part.word());
        File { name, text }
    });
    Exported {
        files: named.collect(),
        left_out,
    }
}

/// Whether a text is a JSON object, as forms want that read it.
fn is_document(text: &str) -> bool {
    document(text).is_some()
}

/// The text as a JSON object.
fn document(text: &str) -> Option<Value> {
    let read: Option<Value> = serde_json::from_str(text).ok();
    read.filter(Value::is_object)
}

fn no_document(what: &str) -> String {
    format!("{what}: the text is no JSON object, which AWS would refuse; mend it first")
}

/// The path in a managed policy's ARN.
fn policy_path(arn: &Arn) -> &str {
    let resource = arn.resource().strip_prefix("policy").unwrap_or_default();
    let path = resource.strip_suffix(arn.last_segment());
    path.unwrap_or_default()
}

/// Versions of a managed policy that are not in force.
fn other_versions(policy: &ManagedPolicy) -> Option<String> {
    let n = policy.other_versions.len();
    let versions = policy.other_versions.iter();
    let versions: Vec<String> = versions.map(|it| it.version.clone()).collect();
    (n > 0).then(|| {
        format!(
            "of managed policy `{}` the versions not in force: {}",
            policy.name(),
            some(&versions)
        )
    })
}

/// How a service is reached: S3 and `DynamoDB` through the route tables, the others through network
/// interfaces.
///
/// <https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>
fn endpoint_type(service: &str) -> &'static str {
    match service.rsplit('.').next() {
        Some("s3" | "dynamodb") => "Gateway",
        _ => "Interface",
    }
}

/// The first names of a list, in backticks.
fn some(names: &[String]) -> String {
    listed(names.iter().map(String::as_str), 3)
}

/// Text for a comment, which ends where its line does.
fn without_line_ends(text: &str) -> String {
    let is_plain = |it: &char| !it.is_control() && !is_hidden(*it);
    text.chars().filter(is_plain).collect()
}

/// The constraints of a grant as KMS takes and prints them.
fn constraints(grant: &KeyGrant) -> Map<String, Value> {
    let GrantConstraints {
        encryption_context_subset: subset,
        encryption_context_equals: equals,
        source_arn,
    } = &grant.constraints;
    let mut constraints = Map::new();
    if !subset.is_empty() {
        constraints.insert("EncryptionContextSubset".to_owned(), json!(subset));
    }
    if !equals.is_empty() {
        constraints.insert("EncryptionContextEquals".to_owned(), json!(equals));
    }
    if let Some(arn) = source_arn {
        constraints.insert("SourceArn".to_owned(), json!(arn));
    }
    constraints
}

/// A text that a policy names by ids which nothing that is built has.
fn old_ids(what: &str, ids: &[String]) -> String {
    format!(
        "new ids in {what}: it still names {}, and AWS gives another; put it in once that is there",
        some(ids)
    )
}

/// Whether nobody sees it, or it changes how what follows is seen.
const fn is_hidden(it: char) -> bool {
    let changes_order = matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_of_no_width = matches!(it, '\u{200b}'..='\u{200f}' | '\u{feff}');
    let is_no_sign = matches!(it, '\u{fffe}' | '\u{ffff}');
    let ends_line = matches!(it, '\u{2028}' | '\u{2029}');
    changes_order || is_of_no_width || is_no_sign || ends_line
}

/// JSON in which whatever cannot be seen is written as an escape. INVARIANT: outside of strings JSON
/// has nothing of the kind but ends of lines.
fn printable(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for it in json.chars() {
        if it == '\n' || !(it.is_control() || is_hidden(it)) {
            out.push(it);
        } else {
            let mut units = [0; 2];
            for unit in it.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}
