//! What the export dialog offers: the parts and forms of a world, and as much of a file as a page can
//! show.

use rolewalk_core::{
    export::{Form, Part},
    world::World,
};

use crate::view::options::Choosable;

/// How many lines are shown: a browser lays out tens of thousands only slowly.
const MAX_LINES: usize = 1500;

/// As the switch calls a form.
pub(crate) const fn label(form: Form) -> &'static str {
    match form {
        Form::Commands => "AWS CLI",
        Form::CloudFormation => "CloudFormation",
        Form::Terraform => "Terraform",
        Form::Output => "CLI output",
        Form::Policies => "Policies",
    }
}

/// What to do with a form, and what is never in it.
pub(crate) const fn note(form: Form, part: &Part) -> &'static str {
    match (form, part) {
        (Form::Commands, Part::Account(_)) => {
            "Commands for a POSIX shell that build the account. AWS gives domains, keys and networks ids of their own, and policies name these. Access keys and passwords are not built."
        }
        (Form::Commands, Part::Organization) => {
            "Commands for a POSIX shell, for the management account: they make the organization's policies and attach them."
        }
        (Form::CloudFormation, Part::Account(_)) => {
            "A template that builds the account; deploy it with `--capabilities CAPABILITY_NAMED_IAM`, and of several each as a stack of its own, in order. AWS gives domains, keys and networks ids of their own, and policies name these. Access keys and passwords are not in it."
        }
        (Form::CloudFormation, Part::Organization) => {
            "A template for a stack in the management account: the organization's policies, with what they are attached to."
        }
        (Form::Terraform, Part::Account(_)) => {
            "A configuration for the provider `hashicorp/aws` that builds the account; run `terraform plan` first. AWS gives domains, keys and networks ids of their own, and policies name these. Access keys and passwords are not in it."
        }
        (Form::Terraform, Part::Organization) => {
            "A configuration for the provider `hashicorp/aws` in the management account: the organization's policies, and what they are attached to."
        }
        (Form::Output, _) => {
            "What the AWS CLI prints about it, a file for each command: the import reads them, and so do other tools. Unique ids and dates are made up; policies of IAM stand as objects, so their layout is not kept. Access keys never leave this page."
        }
        (Form::Policies, _) => "Each policy as it was typed, in a file of its own.",
    }
}

/// The type of a file, by its name.
pub(crate) fn mime(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("json") => "application/json",
        Some("sh") => "text/x-shellscript",
        _ => "text/plain",
    }
}

/// The parts of a world to choose from.
pub(crate) fn parts(world: &World) -> Vec<Choosable> {
    let choosable = |part: Part| {
        let label = match &part {
            Part::Account(id) => {
                let name = world.account(id).map_or("", |it| it.name.as_str());
                let is_named = !name.is_empty();
                let name = is_named.then(|| format!("{name}, {id}"));
                name.unwrap_or_else(|| id.to_string())
            }
            Part::Organization => "Organization".to_owned(),
        };
        Choosable {
            value: key(&part),
            label,
        }
    };
    Part::of(world).into_iter().map(choosable).collect()
}

/// A part as an option has it.
pub(crate) fn key(part: &Part) -> String {
    match part {
        Part::Account(id) => id.to_string(),
        Part::Organization => "organization".to_owned(),
    }
}

/// The part that was chosen, or the home account where the world has it no more.
pub(crate) fn part(world: &World, chosen: &str) -> Part {
    let mut parts = Part::of(world).into_iter();
    let home = Part::Account(world.home.account.clone());
    parts.find(|it| key(it) == chosen).unwrap_or(home)
}

/// As much of a text as is shown, and how many lines are not.
pub(crate) fn shown(text: &str) -> (&str, usize) {
    let mut ends = text.match_indices('\n').map(|it| it.0 + 1);
    let Some(end) = ends.nth(MAX_LINES - 1) else {
        return (text, 0);
    };
    let (head, tail) = text.split_at_checked(end).unwrap_or((text, ""));
    (head, tail.lines().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_at_the_end_of_a_line() {
        assert_eq!(shown("a\nb"), ("a\nb", 0));
        let text = "é\n".repeat(MAX_LINES) + "x\ny";
        let (head, n) = shown(&text);
        assert_eq!((head.lines().count(), n), (MAX_LINES, 2));
        assert_eq!(shown(head), (head, 0));
    }
}
