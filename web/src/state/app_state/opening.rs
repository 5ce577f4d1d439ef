//! What comes in place of the whole scenario: a world, an import, a draft, what somebody shared, the start again.
//!
//! Each is one edit that can be taken back, but for [`AppState::reset`]. Invariant: nothing of the world before stays
//! open, unfolded or marked, and the page begins at its top.

use std::sync::Arc;

use leptos::prelude::{GetValue, SetValue};
use litemap::LiteMap;
use rolewalk_core::{
    flow::HopKind,
    library::{Library, Misconfiguration},
    scenario::{Alteration, Scenario},
    world::{Text, Thing},
};
use rolewalk_lessons::start_worlds;

use crate::{
    browser::{clock, focus, rescue, scenario_file},
    state::{
        app_state::{AppState, Room},
        document::{Document, Slug},
        draft::Draft,
        edit::Target,
        imported,
        selection::Selection,
        session::Notice,
        shared, shelf,
        signal::{Signal, memo},
    },
};

impl AppState {
    /// Has the visitor's own work kept by `room` from now on, when something else takes its place.
    pub(crate) fn keep_by(self, room: Room) {
        self.room.set_value(Some(room));
    }

    /// Keeps the visitor's own work, since something else is about to take its place, and says whether it is kept. Where
    /// somebody has asked for the other, it comes all the same: then undo alone brings this back.
    fn makes_room(self) -> bool {
        let room = self.room.get_value();
        !self.is_own.get_untracked() || room.is_none_or(|it| it())
    }

    /// The scenario as it was given again, as one edit.
    pub(crate) fn put_back(self, scenario: Scenario) {
        let open = self.session.selection.get_untracked();
        let is_there = open.exists_in(&scenario.world);
        let selection = if is_there {
            open.clone()
        } else {
            first_selection(&scenario)
        };
        let origin = self.origin.get_untracked();
        self.change(|document| {
            document.replace(Target::StartOver, scenario, origin, &open, clock::now_ms());
        });
        self.look_anew(selection);
        focus::to_top();
    }

    /// Opens the world of that name as one edit, with what it suggests to look at.
    /// `then` is called when it is open, which takes a moment where it has to be fetched.
    pub(crate) fn open_world(self, slug: &str, then: impl FnOnce() + 'static) {
        self.with_world(slug, move |world| {
            let Some(world) = world else {
                return;
            };
            let target = Target::World(world.scenario.name.clone());
            let is_kept = self.makes_room();
            self.replace(target, world);
            then();
            if !is_kept {
                self.session.notice.set(Some(Notice::NotKeptBeside));
            }
        });
    }

    /// Puts an imported world in place of this scenario, as one edit.
    pub(crate) fn open_imported(self, scenario: Scenario) {
        let origin = imported::origin(clock::epoch_ms());
        self.take_over(Target::Import, scenario, origin, Notice::Imported);
    }

    /// Puts a scenario from elsewhere in place of this one, as one edit. `origin` is the world that it began as, or
    /// where it came from; `told` is what there is to say of it, unless what made room could not be kept.
    pub(crate) fn take_over(self, target: Target, scenario: Scenario, origin: Slug, told: Notice) {
        let is_kept = self.makes_room();
        let open = self.session.selection.get_untracked();
        let selection = first_selection(&scenario);
        self.change(|document| {
            document.replace(target, scenario, origin, &open, clock::now_ms());
        });
        self.look_anew(selection);
        let notice = if is_kept { told } else { Notice::NotKeptBeside };
        self.session.notice.set(Some(notice));
        focus::to_top();
    }

    /// Puts another draft of the visitor's own in place of this scenario, as one edit.
    pub(crate) fn open_draft(self, draft: Draft) {
        let open = self.session.selection.get_untracked();
        let Draft {
            origin,
            scenario,
            last_good,
            selection,
            ..
        } = draft;
        let selection = selection
            .filter(|it| it.exists_in(&scenario.world))
            .unwrap_or_else(|| first_selection(&scenario));
        let scenario = (scenario, last_good.into_iter().collect());
        self.change(|document| {
            let target = Target::OtherDraft;
            document.replace_with_last_good(target, scenario, origin, &open, clock::now_ms());
        });
        self.look_anew(selection);
        focus::to_top();
    }

    /// The world as given again, as one edit.
    pub(crate) fn start_over(self) {
        let slug = self.origin.get_untracked();
        self.with_world(&slug, move |world| {
            if let Some(world) = world {
                self.replace(Target::StartOver, world);
            }
        });
    }

    /// Whether it is a world as it is given, so that nothing is lost with it.
    pub(crate) fn is_as_given(self) -> bool {
        let origin = self.origin.get_untracked();
        let library = self.shelf.with_untracked(|it| it.library().cloned());
        let given = World::given(&origin, library.as_deref());
        given.is_some_and(|it| it.scenario == *self.scenario.get_untracked())
    }

    /// What a shared scenario is filed under once it is the visitor's own. The world that its link is a difference from may
    /// be any: it is that one only where it is as that one is given.
    pub(crate) fn kept_origin(self) -> Slug {
        if self.is_as_given() {
            self.origin.get_untracked()
        } else {
            shared::ORIGIN.to_owned()
        }
    }

    /// Whether what its line says is of a world that this is not any more: the one that it began as, else `shared`,
    /// as it came.
    pub(crate) fn is_changed(self, shared: Option<Arc<Scenario>>) -> Signal<bool> {
        let name = memo(move || self.scenario.with(|it| it.name.clone()));
        let given = memo(move || {
            let library = self.shelf.with(|it| it.library().cloned());
            let world = self.origin.with(|it| World::given(it, library.as_deref()));
            // What came in a link or a file is told of as the start world that it is called after.
            let world = world.or_else(|| name.with(|it| World::called(it)));
            world.map(|it| Arc::new(it.scenario))
        });
        memo(move || {
            let is_as_given = !self.is_shared && !self.is_own.get();
            let given = if is_as_given {
                None
            } else {
                given.get().or_else(|| shared.clone())
            };
            given.is_some_and(|given| {
                self.scenario.with(|now| {
                    given.about == now.about
                        && (given.world != now.world || given.choice != now.choice)
                })
            })
        })
    }

    /// Opens the world that an address names. The visitor's own work has to make room, and stays within reach of undo,
    /// too; a world that is not edited yet just goes. `then` hears whether there is such a world.
    pub(crate) fn follow(self, slug: &str, then: impl FnOnce(bool) + 'static) {
        self.with_world(slug, move |world| {
            let is_there = world.is_some();
            if let Some(world) = world {
                if self.is_own.get_untracked() {
                    if self.makes_room() {
                        let target = Target::World(world.scenario.name.clone());
                        self.replace(target, world);
                    } else {
                        self.session.notice.set(Some(Notice::NoRoomBeside));
                    }
                } else {
                    let World {
                        slug,
                        scenario,
                        door,
                    } = world;
                    self.reset(Document::new(scenario, slug), false);
                    focus::to_top();
                    self.unfold(door);
                }
            }
            then(is_there);
        });
    }

    /// Calls `then` with the world of that name, at once or when the library is there; with nothing where
    /// there is none, which is told.
    fn with_world(self, slug: &str, then: impl FnOnce(Option<World>) + 'static) {
        let slug = slug.to_owned();
        if let Some(world) = World::start(&slug) {
            return then(Some(world));
        }
        shelf::fetch(self.shelf, move || {
            let library = self.shelf.with_untracked(|it| it.library().cloned());
            let world = library.as_ref().and_then(|it| World::of_library(it, &slug));
            if world.is_none() {
                self.session.notice.set(Some(match library {
                    Some(_) => Notice::UnknownWorld,
                    None => Notice::NoLibrary,
                }));
            }
            then(world);
        });
    }

    fn replace(self, target: Target, world: World) {
        let open = self.session.selection.get_untracked();
        let World {
            slug,
            scenario,
            door,
        } = world;
        let selection = first_selection(&scenario);
        self.change(|document| {
            document.replace(target, scenario, slug, &open, clock::now_ms());
        });
        self.look_anew(selection);
        focus::to_top();
        self.unfold(door);
    }

    /// Unfolds a door that is worth a look though it may stop nothing.
    fn unfold(self, door: Option<HopKind>) {
        if let Some(door) = door {
            self.session.doors.update(|it| {
                it.insert(door, true);
            });
        }
    }

    /// Another document in place of this one, with a history of its own.
    pub(crate) fn reset(self, document: Document, is_own: bool) {
        self.is_own.set(is_own);
        rescue::remember(&document, self.whose());
        let selection = first_selection(document.scenario());
        self.document.set(document);
        self.look_anew(selection);
    }

    /// Nothing of the world before stays open, shut or marked.
    fn look_anew(self, selection: Selection) {
        // A file is saved into again only for the scenario that came from it.
        scenario_file::forget();
        self.session.doors.set(LiteMap::new_vec());
        self.session.folds.set(LiteMap::new_vec());
        self.session.mark.set(None);
        self.session.selection.set(selection);
        self.forget_notice();
    }

    /// What was said of how another scenario came is not said over this one.
    pub(super) fn forget_notice(self) {
        let notice = self.session.notice.get_untracked();
        if notice.is_some_and(Notice::is_of_scenario) {
            self.session.notice.set(None);
        }
    }
}

/// A world to open.
struct World {
    slug: String,
    scenario: Scenario,
    /// The door that it is about, where it is about one.
    door: Option<HopKind>,
}

impl World {
    fn start(slug: &str) -> Option<Self> {
        let world = start_worlds().iter().find(|it| it.slug == slug)?;
        Some(Self {
            slug: slug.to_owned(),
            scenario: world.scenario().ok()?,
            door: None,
        })
    }

    /// The start world of that name.
    fn called(name: &str) -> Option<Self> {
        let world = start_worlds().iter().find(|it| it.title == name)?;
        Self::start(world.slug)
    }

    fn given(slug: &str, library: Option<&Library>) -> Option<Self> {
        Self::start(slug).or_else(|| Self::of_library(library?, slug))
    }

    fn of_library(library: &Library, slug: &str) -> Option<Self> {
        Some(Self {
            slug: slug.to_owned(),
            scenario: shelf::scenario(library, slug)?,
            door: library.get(slug).map(Misconfiguration::hop),
        })
    }
}

/// What a world opens with: the text that its suggestion is about, else its first role.
pub(crate) fn first_selection(scenario: &Scenario) -> Selection {
    let world = &scenario.world;
    let invitation = scenario.invitation.as_ref();
    let document = invitation.and_then(|it| it.changes.iter().find_map(Alteration::document));
    if let Some(document) = document.filter(|it| world.document(it).is_some()) {
        return Selection::Document(document.clone());
    }
    let choice = &scenario.choice;
    let role = world
        .domain(&choice.domain)
        .and_then(|domain| Some((domain, domain.user_profile(&choice.user_profile)?)))
        .and_then(|(domain, profile)| domain.execution_role(profile))
        .and_then(|arn| world.role_by_arn(arn));
    role.map_or(Selection::Entity(Thing::Account.into()), |role| {
        let role = role.name.clone();
        Selection::Document(Text::Trust { role }.into())
    })
}

#[cfg(test)]
mod tests {
    use leptos::prelude::Owner;

    use super::*;
    use crate::state::sample;

    #[test]
    fn another_document_opens_with_nothing_unfolded() {
        Owner::new().with(|| {
            let state = AppState::new(Document::new(sample::scenario(), "one"), true);
            let doors = LiteMap::from_iter([(HopKind::SignIn, true)]);
            state.session.doors.set(doors);
            let folds = LiteMap::from_iter([("a check".to_owned(), true)]);
            state.session.folds.set(folds);
            state.reset(Document::new(sample::scenario(), "two"), false);
            assert!(state.session.doors.get_untracked().is_empty());
            assert!(state.session.folds.get_untracked().is_empty());
            assert!(!state.is_own.get_untracked());
        });
    }

    #[test]
    fn a_kept_scenario_is_filed_under_no_world_that_it_is_not() {
        Owner::new().with(|| {
            let world = start_worlds().first().unwrap();
            let given = world.scenario().unwrap();
            let state = AppState::new(Document::new(given.clone(), world.slug), false);
            assert_eq!(state.kept_origin(), world.slug, "it is that world");
            let own = Scenario {
                name: "My own".to_owned(),
                ..given
            };
            let state = AppState::new(Document::new(own, world.slug), false);
            assert_eq!(state.kept_origin(), shared::ORIGIN);
            assert!(!shared::is_as_given(&state.kept_origin()));
        });
    }

    #[test]
    fn a_world_that_came_from_elsewhere_is_compared_with_the_one_it_is_called_after() {
        Owner::new().with(|| {
            let given = start_worlds().first().unwrap().scenario().unwrap();
            let mut changed = given.clone();
            changed.choice.mfa = !changed.choice.mfa;
            for (scenario, is_changed) in [(given, false), (changed, true)] {
                let state = AppState::new(Document::new(scenario, shared::ORIGIN), true);
                assert_eq!(state.is_changed(None).get_untracked(), is_changed);
            }
        });
    }

    #[test]
    fn what_was_said_of_another_scenario_goes_with_it() {
        Owner::new().with(|| {
            let state = AppState::new(Document::new(sample::scenario(), "one"), true);
            for (notice, is_gone) in [
                (Notice::SharedKept, true),
                (Notice::Imported, true),
                (Notice::NothingAsGiven, true),
                (Notice::DraftSetAside, false),
                (Notice::NotKeptBeside, false),
            ] {
                state.session.notice.set(Some(notice));
                state.reset(Document::new(sample::scenario(), "two"), false);
                let left = state.session.notice.get_untracked();
                assert_eq!(left.is_none(), is_gone, "{notice:?}");
            }
        });
    }
}
