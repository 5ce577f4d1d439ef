//! Sentences about changes to a world: what depends on a thing, and why a change is not made.

use crate::{
    explain::{document_title, entity_kind, entity_name, world_finding_sentence},
    world::{
        EntityId, Thing, World,
        change::{Dependence, Dependent, JsonRefusal, Refusal},
    },
};

/// What becomes of something that depends on a thing, when the thing is deleted.
pub fn dependent_sentence(dependent: &Dependent, world: &World) -> String {
    let entity = &dependent.entity;
    let name = format!("{} `{}`", entity_kind(entity), entity_name(entity, world));
    let name = match &entity.account {
        Some(account) if entity.thing != Thing::Account => format!("{name} in account `{account}`"),
        _ => name,
    };
    match &dependent.how {
        Dependence::Inside => format!("The {name} is deleted with it."),
        Dependence::Attached => format!("It is detached from the {name}."),
        Dependence::Member => format!("The {name} is no longer a member."),
        Dependence::Boundary => {
            format!("The {name} keeps it as its permissions boundary, and may do nothing then.")
        }
        Dependence::ExecutionRole => {
            format!("The {name} keeps it as an execution role that is not there.")
        }
        Dependence::Network => format!("The {name} goes on naming it as part of its network."),
        Dependence::Key => format!("The {name} stays encrypted with it, and cannot be read."),
        Dependence::Grant => {
            format!("A grant on the {name} goes on naming it, and gives nobody anything then.")
        }
        Dependence::Owner => format!("The {name} is left without it."),
        Dependence::Text(document) => {
            format!("The {} goes on naming it.", document_title(document, world))
        }
    }
}

/// Why a change is not made, and what to do.
pub fn refusal_sentence(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Gone(entity) => format!(
            "The {} `{entity}` is no longer there: choose something in the account tree.",
            entity_kind(entity)
        ),
        Refusal::Finding(finding) => world_finding_sentence(finding),
        Refusal::AwsManaged => {
            "AWS keeps this policy, and nobody can rename or delete it: duplicate it, and change the copy."
                .to_owned()
        }
        Refusal::HomeAccount => {
            "People work in this account, so it stays: delete what is in it instead.".to_owned()
        }
        Refusal::ManagementAccount => {
            "This account manages the organization: delete the organization first.".to_owned()
        }
        Refusal::Root => {
            "The root belongs to the organization, which has one: add units below it, or delete the organization."
                .to_owned()
        }
        Refusal::NoVpc => {
            "Subnets and security groups lie in a VPC: add a VPC first.".to_owned()
        }
        Refusal::NeedsSpace(app) => format!(
            "An app of type `{}` runs in a space: choose a space, or another type.",
            app.as_str()
        ),
        Refusal::KnowsNoSpace(app) => format!(
            "An app of type `{}` belongs to a user profile and runs in no space: choose a profile, or another type.",
            app.as_str()
        ),
        Refusal::LastVersion => {
            "A managed policy has at most 5 versions: delete one that nobody goes back to.".to_owned()
        }
        Refusal::DefaultVersion => {
            "This version is the default, and AWS does not delete that: make another the default first."
                .to_owned()
        }
        Refusal::NotEmpty => {
            "There are units or accounts in this unit, and AWS deletes only empty ones: delete those first."
                .to_owned()
        }
        Refusal::NoTarget { what, to } => format!(
            "{}: choose one of those in place of the {}.",
            goes_to(what),
            entity_kind(to)
        ),
        Refusal::GoesNowhere(what) => format!("{}.", goes_to(what)),
        Refusal::OtherAccount => {
            "The two are in different accounts, and this works within one account only: use one of the same account."
                .to_owned()
        }
        Refusal::AlreadyThere => "It is so already: nothing is left to do.".to_owned(),
        Refusal::Fixed => "There is only one of this, under this name: choose another thing.".to_owned(),
        Refusal::NoOrganization => {
            "There is no organization to put it into: add the organization first.".to_owned()
        }
        Refusal::SecondOrganization => {
            "An account is in one organization at most: change the one that is there.".to_owned()
        }
        Refusal::FixedId => {
            "This changes an id that other things go by: write it as it was.".to_owned()
        }
    }
}

/// What a thing can be put onto.
fn goes_to(what: &EntityId) -> String {
    match what.thing {
        Thing::ManagedPolicy { .. } => {
            "A managed policy is attached to users, groups and roles".to_owned()
        }
        Thing::InlinePolicy { .. } => {
            "An inline policy belongs to its one owner: make a managed policy of it to attach it elsewhere"
                .to_owned()
        }
        Thing::User { .. } => "A user is put into groups".to_owned(),
        Thing::Role { .. } => {
            "A role becomes the execution role of user profiles and domains".to_owned()
        }
        Thing::OrganizationPolicy { .. } => {
            "A policy of the organization is attached to its root, units and accounts".to_owned()
        }
        Thing::Account => "An account is moved into the root or a unit of the organization".to_owned(),
        _ => format!(
            "A {} is not attached to anything: change what names it",
            entity_kind(what)
        ),
    }
}

/// Why a text does not become a thing, and what to do; where in the text is not said.
pub fn json_refusal_sentence(refusal: &JsonRefusal) -> String {
    match refusal {
        JsonRefusal::Shape { message, .. } => message.clone(),
        JsonRefusal::Refused(refusal) => refusal_sentence(refusal),
    }
}
