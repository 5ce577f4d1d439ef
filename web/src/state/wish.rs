//! What somebody wants done to a thing as a whole, and the edit that does it.
//!
//! Core decides whether it can be done. Invariant: each is one undo step, and what it brings forth is
//! open afterwards.

use std::sync::Arc;

use rolewalk_core::{
    explain,
    names::Arn,
    scenario::{Scenario, change},
    world::{
        self, EntityId, ManagedPolicy, Owner, Thing, World,
        change::{JsonRefusal, Kind, Refusal},
    },
};

use crate::{
    late::{self, NotThere, late},
    state::{
        edit::{Deed, Edit, Target},
        selection::Selection,
        signal::Signal,
    },
};

/// What somebody wants done to a thing as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Another thing, at this place.
    Add(Kind, EntityId),
    /// Another name: to type it comes next.
    Rename(EntityId),
    /// This name.
    RenameTo(EntityId, String),
    /// A second one like it.
    Duplicate(EntityId),
    /// Gone: what depends on it is told first.
    AskToDelete(EntityId),
    /// Gone.
    Delete(EntityId),
    /// Put onto another thing: which is asked next.
    AskToAttach(EntityId),
    /// Put onto that thing.
    Attach(EntityId, EntityId),
    /// Taken off that thing.
    Detach(EntityId, EntityId),
    /// One more version of a managed policy.
    AddVersion(EntityId),
    /// That version of a managed policy in force.
    MakeDefault(EntityId, String),
    /// One version of a managed policy less.
    DeleteVersion(EntityId, String),
    /// One more access key of a user.
    AddAccessKey(EntityId),
    /// An AWS managed policy, which the world may not have yet: looked for next, to be put onto that thing where one is
    /// said.
    BrowsePublished(Option<EntityId>),
    /// That AWS managed policy put onto a thing.
    AttachPublished(Box<ManagedPolicy>, EntityId),
    /// Told who may make a call about it: which call is chosen next.
    WhoCan(EntityId),
    /// Told about, by the card of that id in the glossary.
    Explain(&'static str),
    /// A customer managed policy like that AWS managed one.
    Fork(Box<ManagedPolicy>),
}

/// Why there is no edit for a wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WishError {
    /// AWS, or the world as it is, refuses it.
    Refused(Refusal),
    /// It has not said yet which policy.
    WhichPolicy,
    /// It has not said yet what to do with the thing of that name.
    WhatToDo(String),
}

impl WishError {
    /// Why, and what to do next.
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::Refused(refusal) => explain::refusal_sentence(refusal),
            Self::WhichPolicy => "Choose a policy first.".to_owned(),
            Self::WhatToDo(name) => format!("Choose what to do with {name}."),
        }
    }
}

impl From<Refusal> for WishError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

fn edit(
    scenario: &Scenario,
    deed: Deed,
    name: String,
    change: impl FnOnce(&mut Scenario) -> Result<Selection, Refusal>,
) -> Result<Edit, WishError> {
    let mut next = scenario.clone();
    let then = change(&mut next)?;
    let target = Target::Thing(deed, name);
    Ok(Edit::new(target, move |it| *it = next).then(then))
}

late! {
    forms, wish_arrives:
    fn fulfilled(scenario: Arc<Scenario>, wish: Wish) -> Result<Edit, WishError> {
        edit_for(&scenario, &wish)
    }
}

/// Calls `then` with the edit that fulfils a wish, or with why there is none.
///
/// An edit is a whole scenario, so it is made of the scenario as it stands when the part that makes it has arrived:
/// made of an older one, it would take back what was changed meanwhile.
pub(crate) fn fulfil(
    scenario: Signal<Arc<Scenario>>,
    wish: Wish,
    then: impl FnOnce(Result<Result<Edit, WishError>, NotThere>) + 'static,
) {
    late::when_here(
        wish_arrives(),
        move || fulfilled(scenario.get_untracked(), wish),
        then,
    );
}

fn edit_for(scenario: &Scenario, wish: &Wish) -> Result<Edit, WishError> {
    match wish {
        Wish::Add(kind, at) => edit(scenario, Deed::Add, kind_name(*kind).to_owned(), |it| {
            change::add(it, *kind, at).map(Selection::of_entity)
        }),
        Wish::RenameTo(entity, new) => {
            let name = explain::entity_name(entity, &scenario.world);
            let mut to = None;
            let edit = edit(scenario, Deed::Rename, name, |it| {
                let id = change::rename(it, entity, new)?;
                to = Some(id.clone());
                Ok(Selection::of_entity(id))
            })?;
            let renames = to.map(|to| (entity.clone(), to));
            Ok(Edit { renames, ..edit })
        }
        Wish::Duplicate(entity) => {
            let name = explain::entity_name(entity, &scenario.world);
            edit(scenario, Deed::Duplicate, name, |it| {
                change::duplicate(it, entity).map(Selection::of_entity)
            })
        }
        Wish::Delete(entity) => {
            let name = explain::entity_name(entity, &scenario.world);
            edit(scenario, Deed::Delete, name, |it| {
                change::remove(it, entity)?;
                Ok(around(entity, &it.world))
            })
        }
        Wish::Attach(what, to) => stays(scenario, Deed::Attach, what, |it| {
            world::change::attach(&mut it.world, what, to)
        }),
        Wish::Detach(what, from) => stays(scenario, Deed::Detach, what, |it| {
            world::change::detach(&mut it.world, what, from)
        }),
        Wish::AddVersion(entity) => stays(scenario, Deed::Version, entity, |it| {
            world::change::add_version(&mut it.world, arn(entity)?).map(|_| ())
        }),
        Wish::MakeDefault(entity, version) => stays(scenario, Deed::Version, entity, |it| {
            world::change::make_default(&mut it.world, arn(entity)?, version)
        }),
        Wish::DeleteVersion(entity, version) => stays(scenario, Deed::Version, entity, |it| {
            world::change::delete_version(&mut it.world, arn(entity)?, version)
        }),
        Wish::AddAccessKey(entity) => stays(scenario, Deed::AccessKey, entity, |it| {
            world::change::add_access_key(&mut it.world, entity).map(|_| ())
        }),
        Wish::AttachPublished(policy, to) => {
            let what = Thing::ManagedPolicy {
                arn: policy.arn.clone(),
            };
            stays(scenario, Deed::Attach, &what.into(), |it| {
                world::change::attach_published(&mut it.world, (**policy).clone(), to)
            })
        }
        Wish::Fork(policy) => edit(scenario, Deed::Duplicate, policy.name().to_owned(), |it| {
            let copy = world::change::fork(&mut it.world, (**policy).clone())?;
            Ok(Selection::of_entity(copy))
        }),
        // These ask for something first, or tell something.
        Wish::BrowsePublished(_) | Wish::Explain(_) => Err(WishError::WhichPolicy),
        Wish::Rename(entity)
        | Wish::AskToDelete(entity)
        | Wish::AskToAttach(entity)
        | Wish::WhoCan(entity) => {
            let name = explain::entity_name(entity, &scenario.world);
            Err(WishError::WhatToDo(name))
        }
    }
}

/// An edit that leaves open what is open.
fn stays(
    scenario: &Scenario,
    deed: Deed,
    of: &EntityId,
    change: impl FnOnce(&mut Scenario) -> Result<(), Refusal>,
) -> Result<Edit, WishError> {
    let mut next = scenario.clone();
    let name = explain::entity_name(of, &scenario.world);
    change(&mut next)?;
    Ok(Edit::new(Target::Thing(deed, name), move |it| *it = next))
}

fn arn(policy: &EntityId) -> Result<&Arn, Refusal> {
    match &policy.thing {
        Thing::ManagedPolicy { arn } => Ok(arn),
        _ => Err(Refusal::Gone(policy.clone())),
    }
}

/// What it is called to put a thing onto another; nothing for what goes nowhere.
pub(crate) const fn attach_label(what: &EntityId) -> Option<&'static str> {
    match what.thing {
        Thing::ManagedPolicy { .. } | Thing::OrganizationPolicy { .. } => Some("Attach to…"),
        Thing::User { .. } => Some("Put into a group…"),
        Thing::Role { .. } => Some("Use as execution role of…"),
        Thing::Account => Some("Move to…"),
        _ => None,
    }
}

/// What is said when a thing was put onto another or taken off.
pub(crate) fn said(wish: &Wish, world: &World) -> Option<String> {
    let name = |it: &EntityId| {
        let name = explain::entity_name(it, world);
        format!("{} `{name}`", explain::entity_kind(it))
    };
    match wish {
        Wish::Attach(what, to) => Some(match what.thing {
            Thing::User { .. } => format!("The {} is in the {} now.", name(what), name(to)),
            Thing::Role { .. } => {
                format!(
                    "The {} is the execution role of the {} now.",
                    name(what),
                    name(to)
                )
            }
            Thing::Account => format!("The {} is below the {} now.", name(what), name(to)),
            _ => format!("The {} is attached to the {} now.", name(what), name(to)),
        }),
        Wish::AttachPublished(policy, to) => Some(format!(
            "The AWS managed policy `{}` is attached to the {} now.",
            policy.name(),
            name(to)
        )),
        Wish::Detach(what, from) => Some(format!(
            "The {} is detached from the {}.",
            name(what),
            name(from)
        )),
        _ => None,
    }
}

/// What to look at when a thing is gone.
fn around(entity: &EntityId, world: &World) -> Selection {
    let around = match &entity.thing {
        Thing::InlinePolicy { owner, .. } => entity.beside(owner.thing()),
        Thing::UserProfile { domain, .. }
        | Thing::Space { domain, .. }
        | Thing::App { domain, .. } => entity.beside(Thing::Domain { id: domain.clone() }),
        Thing::OrganizationalUnit { .. } | Thing::OrganizationPolicy { .. } => {
            Thing::Organization.into()
        }
        _ => entity.beside(Thing::Account),
    };
    let is_there = around.exists_in(world);
    Selection::Entity(if is_there {
        around
    } else {
        Thing::Account.into()
    })
}

/// The edit that puts a text in the place of a thing.
///
/// # Errors
///
/// Where the text is no such thing, with the place in it.
pub(crate) fn from_json(
    scenario: &Scenario,
    entity: &EntityId,
    text: &str,
) -> Result<Edit, JsonRefusal> {
    let mut next = scenario.clone();
    let to = change::set_json(&mut next, entity, text)?;
    let then = Selection::of_entity(to.clone());
    let edit = Edit::new(Target::Json(entity.clone()), move |it| *it = next);
    Ok(Edit {
        renames: (to != *entity).then(|| (entity.clone(), to)),
        ..edit.then(then)
    })
}

/// What is added, in AWS's words.
pub(crate) const fn kind_name(kind: Kind) -> &'static str {
    explain::kind_words(kind).word
}

/// What can be added where somebody is, and the place of each: what goes into the thing itself first,
/// then what goes into its account or the organization.
pub(crate) fn offers(world: &World, at: &EntityId) -> Vec<(Kind, EntityId)> {
    let account = world.account_of(at.account.as_ref());
    let first_domain = || {
        let id = account?.domains.first()?.domain_id.clone();
        Some(at.beside(Thing::Domain { id }))
    };
    let place = |kind: Kind| match kind {
        Kind::InlinePolicy => {
            let is_owner = Owner::of(&at.thing).is_some();
            let is_beside = matches!(at.thing, Thing::InlinePolicy { .. });
            (is_owner || is_beside).then(|| at.clone())
        }
        Kind::UserProfile | Kind::Space | Kind::App => match &at.thing {
            Thing::Domain { .. }
            | Thing::UserProfile { .. }
            | Thing::Space { .. }
            | Thing::App { .. } => Some(at.clone()),
            _ => first_domain(),
        },
        Kind::Subnet | Kind::SecurityGroup => account
            .is_some_and(|it| !it.vpcs.is_empty())
            .then(|| at.clone()),
        Kind::Organization => world.organization.is_none().then(|| at.clone()),
        Kind::OrganizationalUnit | Kind::OrganizationPolicy(_) => {
            world.organization.is_some().then(|| at.clone())
        }
        Kind::Account => Some(at.clone()),
        _ => account.is_some().then(|| at.clone()),
    };
    let offer = |kind: Kind| Some((kind, place(kind)?));
    let own = own_kinds(&at.thing);
    let rest = Kind::ALL.iter().filter(|it| !own.contains(it));
    own.iter().chain(rest).copied().filter_map(offer).collect()
}

/// Whether a kind goes into a thing itself, or stands beside it.
pub(crate) fn is_own(kind: Kind, at: &EntityId) -> bool {
    own_kinds(&at.thing).contains(&kind)
}

/// What goes into a thing itself, or stands beside it.
const fn own_kinds(thing: &Thing) -> &'static [Kind] {
    match thing {
        Thing::User { .. }
        | Thing::Group { .. }
        | Thing::Role { .. }
        | Thing::InlinePolicy { .. } => &[Kind::InlinePolicy],
        Thing::Domain { .. } => &[Kind::UserProfile, Kind::Space, Kind::App],
        Thing::UserProfile { .. } | Thing::Space { .. } | Thing::App { .. } => {
            &[Kind::App, Kind::UserProfile, Kind::Space]
        }
        Thing::Vpc { .. } | Thing::Subnet { .. } | Thing::SecurityGroup { .. } => {
            &[Kind::Subnet, Kind::SecurityGroup]
        }
        Thing::Organization | Thing::OrganizationalUnit { .. } => &[
            Kind::OrganizationalUnit,
            Kind::Account,
            Kind::OrganizationPolicy(world::OrganizationPolicyKind::Scp),
            Kind::OrganizationPolicy(world::OrganizationPolicyKind::Rcp),
        ],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{document::Document, sample};

    fn role(name: &str) -> EntityId {
        let name = name.to_owned();
        Thing::Role { name }.into()
    }

    fn done(document: &mut Document, wish: &Wish) -> Selection {
        let edit = edit_for(document.scenario(), wish).unwrap();
        let then = edit.then.clone().unwrap();
        document.edit(edit, &Selection::Entity(Thing::Account.into()), 0.0);
        then
    }

    #[test]
    fn each_wish_is_one_step_with_its_name() {
        let mut document = Document::new(sample::scenario(), "one");
        let before = document.scenario().clone();
        let added = done(&mut document, &Wish::Add(Kind::Role, Thing::Account.into()));
        assert_eq!(added, Selection::Entity(role("new-role")));
        done(
            &mut document,
            &Wish::RenameTo(role("Exec"), "Badge".to_owned()),
        );
        done(&mut document, &Wish::Duplicate(role("Badge")));
        let left = done(&mut document, &Wish::Delete(role("Badge-copy")));
        assert_eq!(left, Selection::Entity(Thing::Account.into()));
        let mut labels = Vec::new();
        while let Some(target) = document.undo_target() {
            labels.push(target.describe(&before.world));
            document.undo();
        }
        assert_eq!(
            labels,
            [
                "deleting Badge-copy",
                "duplicating Badge",
                "renaming Exec",
                "adding role"
            ]
        );
        assert_eq!(document.scenario(), &before);
    }

    #[test]
    fn a_wish_that_is_refused_says_why() {
        let scenario = sample::scenario();
        let why = |wish| edit_for(&scenario, &wish).unwrap_err();
        let refused = why(Wish::RenameTo(role("Exec"), "a b".to_owned()));
        assert!(matches!(refused, WishError::Refused(_)), "{refused:?}");
        assert!(refused.sentence().contains("`a b` is not a name"));
        let whole = why(Wish::Rename(role("Exec")));
        assert_eq!(whole, WishError::WhatToDo("Exec".to_owned()));
        assert_eq!(why(Wish::BrowsePublished(None)), WishError::WhichPolicy);
    }

    #[test]
    fn a_broken_text_keeps_its_last_good_one_under_the_new_name() {
        let mut document = Document::new(sample::scenario(), "one");
        let id = role("Exec");
        let text = |name: &str| {
            let role = name.to_owned();
            world::DocumentId::home(world::Text::Trust { role })
        };
        let broken = text("Exec");
        let target = Target::Text(broken.clone());
        let edit = Edit::new(target, move |it| {
            *it.world.document_mut(&broken).unwrap() = "{ broken".into();
        });
        document.edit(edit, &Selection::Entity(id.clone()), 0.0);
        assert!(document.last_good().contains_key(&text("Exec")));
        done(&mut document, &Wish::RenameTo(id, "Badge".to_owned()));
        assert!(document.last_good().contains_key(&text("Badge")));
    }

    #[test]
    fn what_fits_the_place_is_offered_first() {
        let world = sample::scenario().world;
        let kinds: Vec<Kind> = offers(&world, &role("Exec"))
            .into_iter()
            .map(|it| it.0)
            .collect();
        assert_eq!(kinds.first(), Some(&Kind::InlinePolicy));
        assert!(kinds.contains(&Kind::UserProfile), "in the first domain");
        assert!(
            !kinds.contains(&Kind::OrganizationalUnit),
            "there is no organization"
        );
    }
}
