//! Commands of the AWS CLI, for a POSIX shell.
//!
//! What AWS gives an id is kept in a variable, and what names that id names the variable; what names one
//! that is not there yet comes, or comes once more, at the end. INVARIANT: every word that comes from a
//! world is a [`Word`], which means nothing but itself to the shell and to the CLI; comments have no
//! line ends in them.

mod iam;
mod network;
mod organization;
mod resource;
mod sagemaker;
mod word;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use self::word::Word;
use crate::{
    by_name::Tags,
    export::{
        builder::by_hand,
        ids::{Ids, Piece},
        network::said,
        without_line_ends,
    },
    names::Arn,
    world::{Account, World},
};

/// Everything that an account has, as commands in an order in which they work.
pub(super) fn account(world: &World, account: &Account, left_out: &mut Vec<String>) -> String {
    said(account, "the variables on top", left_out);
    for it in account.policies.iter().filter(|it| !it.is_aws_managed()) {
        left_out.extend(crate::export::other_versions(it));
    }
    for domain in &account.domains {
        by_hand(domain, left_out);
    }
    let mut script = Script {
        ids: Ids::of(account),
        ..Script::default()
    };
    script.name_ids(account);
    network::networks(&mut script, account);
    iam::iam(&mut script, world, account);
    resource::resources(&mut script, world, account);
    resource::grants(&mut script, account);
    for domain in &account.domains {
        sagemaker::domain(&mut script, account, domain, left_out);
    }
    let title = format!("Account {}, region {}", account.account, world.region);
    script.finish(&title, world, left_out)
}

/// The organization's policies, and where they are attached.
pub(super) fn organization(world: &World, left_out: &mut Vec<String>) -> String {
    let Some(organization) = &world.organization else {
        return String::new();
    };
    let mut script = Script::default();
    organization::organization(&mut script, organization, left_out);
    let title = format!(
        "Organization {}: run it in its management account {}",
        organization.id, organization.management_account
    );
    script.finish(&title, world, left_out)
}

/// Options of a command; those without a value are left out.
type Options<'a> = [(&'a str, Option<Word>)];

#[derive(Default)]
struct Script {
    /// What is asked of whoever runs it.
    asked: String,
    out: String,
    /// Commands that wait for ids.
    later: String,
    waits: bool,
    ids: Ids,
    /// The variables by the ids of the world that they stand for.
    variables: BTreeMap<String, String>,
    /// The ids whose variables are set by now.
    set: BTreeSet<String>,
    /// Managed policies that are made later.
    late_policies: BTreeSet<Arn>,
}

/// A policy's text.
struct Document {
    /// With the ids that are there by now.
    now: Word,
    /// With all of them, where some are still to come.
    later: Option<Word>,
}

impl Script {
    /// The script behind what it is and what is left out.
    fn finish(self, title: &str, world: &World, left_out: &[String]) -> String {
        let mut head = String::new();
        let _ = writeln!(head, "# {}", without_line_ends(title));
        for it in left_out {
            let _ = writeln!(head, "# Left out: {}", without_line_ends(it));
        }
        let region = Word::from(&world.region).quoted();
        // The first version of the CLI knows only the second name.
        let _ = writeln!(
            head,
            "set -eu\nexport AWS_REGION={region} AWS_DEFAULT_REGION={region}"
        );
        if !self.asked.is_empty() {
            let note =
                "# Networks that the account must have: put the ids of its own in place of these";
            let _ = write!(head, "\n{note}\n{}", self.asked);
        }
        if self.waits {
            head += IN_SERVICE;
        }
        let mut out = head + &self.out;
        if !self.later.is_empty() {
            out += "\n# Policies that name ids which AWS gave in between\n";
            out += &self.later;
        }
        out
    }

    /// Says which variable will hold what AWS gives in place of an id.
    fn name_ids(&mut self, account: &Account) {
        let numbered = |kind: &'static str| (1..).map(move |n: usize| format!("{kind}_{n}"));
        let keys = account.keys.iter().map(|it| &it.key_id);
        let domains = account.domains.iter().map(|it| &it.domain_id);
        let endpoints = account.vpc_endpoints.iter();
        let endpoints = endpoints.map(|it| &it.vpc_endpoint_id);
        let keys = keys.zip(numbered("KEY"));
        let domains = domains.zip(numbered("DOMAIN"));
        for (id, variable) in keys
            .chain(domains)
            .chain(endpoints.zip(numbered("ENDPOINT")))
        {
            self.variables.entry(id.clone()).or_insert(variable);
        }
    }

    /// The variable in place of an id of the world, where there is one.
    fn variable(&self, id: &str) -> Option<&String> {
        self.variables.get(id).filter(|_| self.set.contains(id))
    }

    /// An id as it is known by now.
    fn id(&self, id: &str) -> Word {
        let variable = self.variable(id);
        variable.map_or_else(|| Word::from(id), |it| Word::variable(it))
    }

    fn document(&self, text: &str) -> Document {
        let mut now = Word::default();
        let mut later = Word::default();
        let mut waits = false;
        for piece in self.ids.pieces(text) {
            match piece {
                Piece::Text(text) => {
                    now.push_text(text);
                    later.push_text(text);
                }
                Piece::Id(id) => {
                    match self.variables.get(id) {
                        Some(variable) => later.push_variable(variable),
                        None => later.push_text(id),
                    }
                    if let Some(variable) = self.variable(id) {
                        now.push_variable(variable);
                    } else {
                        now.push_text(id);
                        waits |= self.variables.contains_key(id);
                    }
                }
            }
        }
        Document {
            now,
            later: waits.then_some(later),
        }
    }

    fn note(&mut self, text: &str) {
        let text = without_line_ends(text);
        let _ = writeln!(self.out, "\n# {text}");
    }

    fn aws(&mut self, command: &str, options: &Options<'_>) {
        self.out += &line(command, options);
        self.out.push('\n');
    }

    /// A command that comes once all ids are there.
    fn aws_later(&mut self, command: &str, options: &Options<'_>) {
        self.later += &line(command, options);
        self.later.push('\n');
    }

    /// A command that takes a policy's text, now or once the ids that it names are there.
    fn aws_with(&mut self, command: &str, options: &Options<'_>, name: &str, text: &str) {
        let document = self.document(text);
        let waits = document.later.is_some();
        let text = document.later.unwrap_or(document.now);
        let mut options = options.to_vec();
        options.push((name, Some(text)));
        if waits {
            self.aws_later(command, &options);
        } else {
            self.aws(command, &options);
        }
    }

    /// A command whose answer, or a part of it, goes into a variable.
    fn keep(&mut self, variable: &str, command: &str, query: &str, options: &Options<'_>) {
        let _ = writeln!(
            self.out,
            "{variable}=$({} \\\n  --query {query} --output text)",
            line(command, options)
        );
    }

    /// The same, where the answer is what AWS gives in place of an id.
    fn keep_id(&mut self, id: &str, command: &str, query: &str, options: &Options<'_>) {
        let Some(variable) = self.variables.get(id).cloned() else {
            return;
        };
        self.keep(&variable, command, query, options);
        self.set.insert(id.to_owned());
    }
}

/// A command. What the CLI would take for something else than a value goes to it as JSON.
///
/// <https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-skeleton.html>
fn line(command: &str, options: &Options<'_>) -> String {
    let mut line = format!("aws {command}");
    let mut members = Vec::new();
    for (name, value) in options {
        match value {
            None => {}
            Some(value) if value.is_plain() => {
                let _ = write!(line, " \\\n  --{name} {}", value.quoted());
            }
            Some(value) => members.push((member(command, name), value.clone())),
        }
    }
    if !members.is_empty() {
        let input = Word::object(&members);
        let _ = write!(line, " \\\n  --cli-input-json {}", input.quoted());
    }
    line
}

/// What the API calls an option of a command.
fn member(command: &str, option: &str) -> String {
    let is_camel = ["ecr ", "logs "].iter().any(|it| command.starts_with(it));
    let mut member = String::new();
    for (idx, word) in option.split('-').enumerate() {
        let mut chars = word.chars();
        let first = chars.next();
        let first = match idx {
            0 if is_camel => first,
            _ => first.map(|it| it.to_ascii_uppercase()),
        };
        member.extend(first);
        member.extend(chars);
    }
    member
}

/// Waits for what a command describes, and ends where that is to no purpose.
///
/// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeDomain.html>
const IN_SERVICE: &str = r#"
# Waits until what a command describes is in service; ends where it failed
in_service() {
  while :; do
    state=$("$@" --query Status --output text)
    case $state in
    InService) return 0 ;;
    *Failed | Delet*)
      reason=$("$@" --query FailureReason --output text)
      echo "$*: $state: $reason" >&2
      exit 1
      ;;
    esac
    sleep 10
  done
}
"#;

fn given(text: &str) -> Option<Word> {
    (!text.is_empty()).then(|| text.into())
}

/// JSON of which nothing is an id.
fn json(value: &serde_json::Value) -> Word {
    Word::json(value, &|_, text| text.into())
}

/// Tags as JSON: the short form of the CLI has characters of its own.
fn tags(tags: &Tags) -> Option<Word> {
    (!tags.is_empty()).then(|| json(&crate::export::sagemaker::tags(tags)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_go_by_the_names_of_the_api() {
        assert_eq!(member("iam create-policy", "policy-name"), "PolicyName");
        assert_eq!(
            member("ecr create-repository", "repository-name"),
            "repositoryName"
        );
        assert_eq!(
            member("logs create-log-group", "log-group-name"),
            "logGroupName"
        );
    }
}
