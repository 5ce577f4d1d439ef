//! Which card of the glossary tells what a thing or a door is.
//!
//! Ids only: the words come later. Invariant: every id is one of the glossary's.

use rolewalk_core::{
    flow::HopKind,
    world::{Text, Thing},
};

use crate::{
    state::selection::Selection,
    view::{icon::Icon, markup::capitalised, tree::Row},
};

/// The card about a door.
pub(crate) const fn of_hop(kind: HopKind) -> &'static str {
    match kind {
        HopKind::SignIn => "user",
        HopKind::IdentityCenter | HopKind::OpenProfile => "presigned-url",
        HopKind::AssumeRole => "assume-role",
        HopKind::AssumeSecondRole
        | HopKind::AssumeThirdRole
        | HopKind::AssumeFourthRole
        | HopKind::AssumeFifthRole => "chain",
        HopKind::FindDomain | HopKind::CreateDomain | HopKind::DeleteDomain => "domain",
        HopKind::CreateProfile | HopKind::DeleteProfile => "user-profile",
        HopKind::Network | HopKind::DeleteVpc | HopKind::Ec2 => "vpc",
        HopKind::AssumeExecutionRole
        | HopKind::AssumePipelineRole
        | HopKind::AssumeJobRole
        | HopKind::AssumeModelRole => "execution-role",
        HopKind::StartApp => "app",
        HopKind::CreateJob => "training-job",
        HopKind::PassRole | HopKind::PassSpaceRole | HopKind::PassStepRole => "pass-role",
        HopKind::ValidateModel | HopKind::S3 => "s3",
        HopKind::Ecr => "ecr",
        HopKind::Kms | HopKind::OutputKey | HopKind::VolumeKey => "kms",
        HopKind::Logs | HopKind::CloudWatch => "cloudwatch",
        HopKind::Simulate => "policy",
        HopKind::CreatePipeline
        | HopKind::CreateModel
        | HopKind::CreateNotebook
        | HopKind::StartPipeline
        | HopKind::CreateEndpointConfig
        | HopKind::CreateEndpoint
        | HopKind::InvokeEndpoint
        | HopKind::OpenNotebook
        | HopKind::ApiCall
        | HopKind::Follow => "action",
    }
}

/// The card about a thing.
const fn of_thing(thing: &Thing) -> &'static str {
    match thing {
        Thing::Account => "account",
        Thing::User { .. } => "user",
        Thing::Group { .. } => "group",
        Thing::Role { .. } => "role",
        Thing::ManagedPolicy { .. } => "managed-policy",
        Thing::InlinePolicy { .. } => "policy",
        Thing::OrganizationPolicy { .. }
        | Thing::Organization
        | Thing::OrganizationalUnit { .. } => "scp",
        Thing::Domain { .. } => "domain",
        Thing::UserProfile { .. } => "user-profile",
        Thing::Space { .. } => "space",
        Thing::App { .. } => "app",
        Thing::Bucket { .. } => "s3",
        Thing::Repository { .. } => "ecr",
        Thing::LogGroup { .. } => "cloudwatch",
        Thing::Key { .. } => "kms",
        Thing::Vpc { .. } | Thing::Subnet { .. } | Thing::VpcEndpoint { .. } => "vpc",
        Thing::SecurityGroup { .. } => "security-group",
    }
}

/// The card about what is open in the editor.
pub(crate) const fn of_selection(selection: &Selection) -> &'static str {
    match selection {
        Selection::Entity(entity) => of_thing(&entity.thing),
        Selection::Document(id) => match &id.text {
            Text::Trust { .. } => "trust-policy",
            Text::Managed { .. } => "managed-policy",
            Text::Key { .. } => "key-policy",
            Text::Organization { .. } => "scp",
            Text::Inline { .. }
            | Text::Bucket { .. }
            | Text::Repository { .. }
            | Text::VpcEndpoint { .. } => "policy",
        },
    }
}

/// The card about a row of the account tree, where there is one.
pub(crate) fn of_row(row: &Row) -> Option<&'static str> {
    match (row.icon, &row.opens) {
        (Icon::Badge, _) => Some("execution-role"),
        (Icon::Files, _) => Some("efs"),
        (_, Some(selection)) => Some(of_selection(selection)),
        (_, None) => Some(match row.key.rsplit('/').next()? {
            "users" => "user",
            "groups" => "group",
            "roles" => "role",
            "policies" => "policy",
            "sagemaker" => "domain",
            "networks" | "vpc" => "vpc",
            "s3" => "s3",
            "ecr" => "ecr",
            "logs" => "cloudwatch",
            "kms" => "kms",
            _ => return None,
        }),
    }
}

/// The card about a field of a form, where there is one.
pub(crate) fn of_label(label: &str) -> Option<&'static str> {
    Some(match label {
        "Default execution role" => "default-execution-role",
        "Execution role" | "Role of shared spaces" => "execution-role",
        "EFS file system" | "Home file system" => "efs",
        "EFS user id" => "home-directory",
        "Subnets" | "Network access" | "VPC" => "vpc",
        "Default security groups"
        | "Own security groups"
        | "Security groups of shared spaces"
        | "Security groups of the domain" => "security-group",
        "Tags of domain and profile" => "tag",
        "Source identity" => "source-identity",
        "Session name" | "Maximum session duration" => "session",
        "Permissions boundary" => "permissions-boundary",
        "KMS key" | "Encryption key" => "kms",
        "Owner" | "Sharing type" => "space",
        _ => return None,
    })
}

/// What the card of that id is called, as far as its id says: the glossary itself may not be there.
pub(crate) fn name_of(id: &str) -> String {
    match id {
        "arn" | "sts" | "efs" | "ecr" | "kms" | "vpc" | "mfa" | "s3" => id.to_ascii_uppercase(),
        "user" => "IAM user".to_owned(),
        "role" => "IAM role".to_owned(),
        "group" => "IAM group".to_owned(),
        "pass-role" => "iam:PassRole".to_owned(),
        "assume-role" => "AssumeRole".to_owned(),
        "cloudwatch" => "CloudWatch".to_owned(),
        "default-deny" => "Implicit deny".to_owned(),
        "scp" => "Service control policy".to_owned(),
        "presigned-url" => "Presigned URL".to_owned(),
        id => capitalised(&id.replace('-', " ")),
    }
}

/// A piece of a text in which words have cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mention {
    /// Words without one.
    Words(String),
    /// A word with one, as it stands in the text, and the card's id.
    Term(String, String),
}

/// Finds where a text first mentions each of the cards whose ids are `left`, takes those from `left`, and gives the
/// text in pieces. A mention is the card's whole name in any case, in the plural too; of two at one place the longer.
pub(crate) fn mentions(text: &str, left: &mut Vec<String>) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((at, end, idx)) = next_mention(rest, left) {
        let (Some(before), Some(word), Some(behind)) =
            (rest.get(..at), rest.get(at..end), rest.get(end..))
        else {
            break;
        };
        if !before.is_empty() {
            found.push(Mention::Words(before.to_owned()));
        }
        found.push(Mention::Term(word.to_owned(), left.remove(idx)));
        rest = behind;
    }
    if !rest.is_empty() {
        found.push(Mention::Words(rest.to_owned()));
    }
    found
}

/// Where the next mention begins and ends, in bytes, and whose it is.
fn next_mention(text: &str, left: &[String]) -> Option<(usize, usize, usize)> {
    // Of the same length, byte by byte, as the text itself.
    let small = text.to_ascii_lowercase();
    let places = left.iter().enumerate().flat_map(|(idx, id)| {
        let name = name_of(id).to_ascii_lowercase();
        let small = small.as_str();
        let ends = small
            .match_indices(&name)
            .filter_map(|(at, name)| Some((at, end_of_word(small, at, at + name.len())?, idx)));
        ends.collect::<Vec<_>>()
    });
    places.min_by_key(|(at, end, _)| (*at, std::cmp::Reverse(*end)))
}

/// The end of the word or words from `at` to `end`, a plural's `s` included; nothing where they are part of others.
fn end_of_word(text: &str, at: usize, end: usize) -> Option<usize> {
    let is_part = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || it == '-');
    let before = text.get(..at)?.chars().next_back();
    let behind = text.get(end..)?;
    let end = end + usize::from(behind.starts_with('s'));
    let next = text.get(end..)?.chars().next();
    (!is_part(before) && !is_part(next)).then_some(end)
}

/// The card about one of the five ideas, in their order.
pub(crate) fn of_idea(idx: usize) -> &'static str {
    ["user", "role", "domain", "user-profile", "execution-role"]
        .get(idx)
        .copied()
        .unwrap_or("user")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every id that stands in this file between quotes, up to where names stand there.
    fn ids() -> impl Iterator<Item = &'static str> {
        let code = include_str!("term.rs")
            .split("/// What the card of that id is called")
            .next();
        let lines = code.unwrap().lines();
        let behind = lines.filter_map(|it| it.split_once("=> ").map(|it| it.1));
        behind.filter_map(|it| it.split('"').nth(1))
    }

    #[test]
    fn the_first_mention_of_a_word_leads_to_its_card() {
        let mut left = ["trust-policy", "policy", "role", "s3"]
            .map(str::to_owned)
            .to_vec();
        let words = |it: &str| Mention::Words(it.to_owned());
        let term = |it: &str, id: &str| Mention::Term(it.to_owned(), id.to_owned());
        assert_eq!(
            mentions(
                "An IAM roleplay: Trust policies, IAM roles’ trust policy, any policy.",
                &mut left
            ),
            [
                words("An IAM roleplay: Trust policies, "),
                term("IAM roles", "role"),
                words("’ "),
                term("trust policy", "trust-policy"),
                words(", any "),
                term("policy", "policy"),
                words("."),
            ]
        );
        assert_eq!(left, ["s3"]);
        assert_eq!(
            mentions("Another policy, S3", &mut left),
            [words("Another policy, "), term("S3", "s3")]
        );
        assert_eq!(mentions("", &mut left), []);
    }

    #[test]
    fn every_id_is_one_of_the_glossary() {
        let glossary = rolewalk_lessons::glossary().unwrap();
        let unknown: Vec<_> = ids().filter(|it| glossary.card(it).is_none()).collect();
        assert_eq!(unknown, [""; 0]);
        assert!(ids().count() > 40);
        let own_name = |it: &&str| {
            let term = &glossary.card(it).unwrap().term;
            let name = name_of(it).to_lowercase();
            !term.to_lowercase().contains(&name)
                && !it.split('-').all(|word| term.to_lowercase().contains(word))
        };
        let unlike: Vec<_> = ids().filter(own_name).collect();
        assert_eq!(unlike, [""; 0], "a name that the card does not have");
        for idx in 0..5 {
            assert!(glossary.card(of_idea(idx)).is_some());
        }
    }
}
