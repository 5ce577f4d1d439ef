//! Commands of the AWS CLI, for a POSIX shell.
//!
//! INVARIANT: every word that comes from a world stands between single quotes, in which a shell takes
//! nothing for anything but itself; comments have no line ends in them.

mod iam;
mod organization;
mod resource;
mod sagemaker;

use std::{collections::BTreeMap, fmt::Write};

use crate::{
    export::{builder::by_hand, networks, without_line_ends},
    world::{Account, World},
};

/// Everything that an account has, as commands in an order in which they work.
pub(super) fn account(world: &World, account: &Account, left_out: &mut Vec<String>) -> String {
    left_out.extend(networks(account));
    for it in account.policies.iter().filter(|it| !it.is_aws_managed()) {
        left_out.extend(crate::export::other_versions(it));
    }
    for domain in &account.domains {
        by_hand(domain, left_out);
    }
    let mut script = Script::default();
    iam::iam(&mut script, world, account);
    resource::resources(&mut script, world, account);
    resource::grants(&mut script, account, left_out);
    for (idx, domain) in account.domains.iter().enumerate() {
        sagemaker::domain(&mut script, account, idx + 1, domain, left_out);
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

#[derive(Default)]
struct Script {
    out: String,
}

impl Script {
    /// The script behind what it is and what is left out.
    fn finish(self, title: &str, world: &World, left_out: &[String]) -> String {
        let mut head = Self::default();
        let _ = writeln!(head.out, "# {}", without_line_ends(title));
        for it in left_out {
            let _ = writeln!(head.out, "# Left out: {}", without_line_ends(it));
        }
        let region = quoted(&world.region);
        let _ = writeln!(head.out, "set -eu\nexport AWS_REGION={region}");
        head.out + &self.out
    }

    fn note(&mut self, text: &str) {
        let text = without_line_ends(text);
        let _ = writeln!(self.out, "\n# {text}");
    }

    /// A command, and its options; those without a value are left out.
    fn aws(&mut self, command: &str, options: &[(&str, Option<String>)]) {
        let _ = write!(self.out, "aws {command}");
        self.options(options);
        self.out.push('\n');
    }

    fn options(&mut self, options: &[(&str, Option<String>)]) {
        for (name, value) in options {
            if let Some(value) = value {
                let _ = write!(self.out, " \\\n  --{name} {}", quoted(value));
            }
        }
    }

    /// A command whose answer, or a part of it, goes into a variable.
    fn keep(
        &mut self,
        variable: &str,
        command: &str,
        query: &str,
        options: &[(&str, Option<String>)],
    ) {
        let _ = write!(self.out, "{variable}=$(aws {command}");
        self.options(options);
        let _ = writeln!(self.out, " \\\n  --query {query} --output text)");
    }
}

/// A word for a POSIX shell: nothing in single quotes means anything but itself.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Tags as JSON: the short form of the CLI has characters of its own.
fn tags(tags: &BTreeMap<String, String>) -> Option<String> {
    (!tags.is_empty()).then(|| crate::export::sagemaker::tags(tags).to_string())
}

/// JSON in which an empty text of that field is what a variable holds. INVARIANT: no text in JSON has
/// a quote without a backslash in front, so nothing but the field itself is found.
fn with_variable(json: &str, field: &str, variable: &str) -> String {
    let empty = format!("\"{field}\":\"\"");
    match json.split_once(&empty) {
        Some((head, tail)) => {
            let head = quoted(&format!("{head}\"{field}\":\""));
            let tail = quoted(&format!("\"{tail}"));
            format!("{head}\"${variable}\"{tail}")
        }
        None => quoted(json),
    }
}
