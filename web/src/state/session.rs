//! What belongs to this visit and is not part of the scenario: what is open, marked, unfolded.
//!
//! Signals only; knows nothing of the DOM. Invariant: nothing here can change what the flow says.

use std::sync::Arc;

use litemap::LiteMap;
use rolewalk_core::{flow::HopKind, scenario::Scenario, world::Thing};
use serde::{Deserialize, Serialize};

use crate::state::selection::{Mark, Selection};
use crate::state::signal::RwSignal;

/// Light, dark, or as the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All, in the order of the switch.
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// As the switch calls it.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }
}

/// The panel that a narrow screen shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tab {
    /// A lesson's text and goals.
    Lesson,
    /// The access flow.
    #[default]
    Flow,
    /// The account tree.
    Account,
    /// The editor.
    Editor,
    /// The mental model.
    Model,
}

impl Tab {
    /// All, in the order of the tab bar.
    pub(crate) const ALL: [Self; 5] = [
        Self::Lesson,
        Self::Flow,
        Self::Account,
        Self::Editor,
        Self::Model,
    ];

    /// As the tab bar calls it.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Lesson => "Lesson",
            Self::Flow => "Flow",
            Self::Account => "Account",
            Self::Editor => "Editor",
            Self::Model => "Model",
        }
    }
}

/// Something to say once, above everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    /// The browser keeps nothing.
    DraftsNotKept,
    /// The scenario is larger than what a browser keeps.
    DraftTooLarge,
    /// What was saved could not be read and lies under another key.
    DraftSetAside,
    /// What was read is in the world.
    Imported,
    /// A scenario from a file is open.
    FileOpened,
    /// Files were dropped onto a page that takes none.
    NoFilesHere,
    /// The scenario went into the file that it came from.
    SavedAgain,
    /// The scenario is a file now.
    SavedAsFile,
    /// The browser would not write into the file.
    NotSaved,
    /// A shared scenario is the visitor's own now.
    SharedKept,
    /// The scenario came from elsewhere, so there is none as given.
    NothingAsGiven,
    /// The address names a start world that there is not.
    UnknownWorld,
    /// The address names a world, and there is no room to keep the visitor's own scenario beside it.
    NoRoomBeside,
    /// There was no room to keep the visitor's own scenario beside what somebody opened in its place.
    NotKeptBeside,
    /// The address names a world that is not a start world, and there is no library.
    NoLibrary,
    /// What was written in a lesson before does not fit it any more.
    OlderWork,
    /// There is no room to keep the course that was opened.
    CourseNotKept,
    /// The saved progress could not be read and lies under another key.
    ProgressSetAside,
    /// The saved progress could not be read, and there is no room for a copy.
    ProgressLocked,
}

impl Notice {
    /// Whether it is about the scenario that is open, so that it goes when another one is. What nobody has kept
    /// ([`Self::NotKeptBeside`]) is still within reach of undo only, whatever comes next.
    pub(crate) const fn is_of_scenario(self) -> bool {
        matches!(
            self,
            Self::Imported
                | Self::FileOpened
                | Self::SavedAgain
                | Self::SavedAsFile
                | Self::NotSaved
                | Self::SharedKept
                | Self::NothingAsGiven
                | Self::UnknownWorld
                | Self::NoRoomBeside
                | Self::NoLibrary
        )
    }

    /// What to say.
    pub(crate) const fn sentence(self) -> &'static str {
        match self {
            Self::DraftsNotKept => {
                "This browser does not let the page keep drafts or progress. Everything works, but is gone when you close the page."
            }
            Self::DraftTooLarge => {
                "This account is larger than what a browser keeps for a page, so your edits are not saved and are gone when you close it. Export what you need, and import the account again next time."
            }
            Self::DraftSetAside => {
                "The saved draft could not be opened, nor your progress in the lessons. The text of both is kept in local storage under rolewalk.kept (of several, the one with the highest number); this is a fresh start."
            }
            Self::NoLibrary => {
                "The address names a world of the library, and the library could not be fetched. This is your own draft: reload the page to try again."
            }
            Self::NoRoomBeside => {
                "The address names a world, and this browser has no room to keep your scenario beside it, so yours stayed open. Save yours with File, then choose the world under World or in the Library."
            }
            Self::NotKeptBeside => {
                "This browser has no room to keep what you had beside it. Undo brings it back until the page is left: save it with File."
            }
            Self::OlderWork => {
                "What you wrote here before belongs to an older version of this lesson, so it begins anew."
            }
            Self::CourseNotKept => {
                "This browser has no room to keep the course: it is open until you close this tab, and then its link or file opens it again. Remove a course that you are done with, and open this one anew."
            }
            Self::ProgressSetAside => {
                "Your saved progress could not be read, perhaps because a newer Rolewalk wrote it. It is kept in local storage under rolewalk.kept (of several, the one with the highest number); the lessons begin anew."
            }
            Self::ProgressLocked => {
                "Your saved progress could not be read, and there is no room to keep a copy of it. It stays as it is: what you solve now is gone when you close the page."
            }
            Self::Imported => "The import is in the world. Undo takes it out again.",
            Self::FileOpened => {
                "The file’s scenario is open. Undo brings back what you had, until you close or reload this page."
            }
            Self::SharedKept => {
                "The shared scenario is your own now. Undo brings back what you had, until you close or reload this page."
            }
            Self::NoFilesHere => {
                "This page opens no files. Drop a scenario, or output of the AWS CLI, onto your own scenario in the playground; a course onto the page for authors."
            }
            Self::SavedAgain => "Saved in the file that this scenario came from.",
            Self::SavedAsFile => "Saved as a file. The button File opens it again.",
            Self::NotSaved => {
                "The browser would not write into the file: save the scenario as another one, with the button File."
            }
            Self::NothingAsGiven => {
                "This scenario came from an import, a link or a file, so there is none as given: take your edits back with Undo, or open it again."
            }
            Self::UnknownWorld => {
                "The address names a world that this Rolewalk does not have. This is your own draft."
            }
        }
    }
}

/// What keeps the visitor's work from being saved, and whether somebody has read it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unsaved {
    reason: Option<Notice>,
    is_dismissed: bool,
}

impl Unsaved {
    /// What came of trying to save: nothing where it is saved. The same again is not told again, but is
    /// once it was saved in between.
    pub(crate) fn tried(&mut self, reason: Option<Notice>) {
        if self.reason != reason {
            *self = Self {
                reason,
                is_dismissed: false,
            };
        }
    }

    /// Whether the browser keeps nothing at all.
    pub(crate) fn is_all(self) -> bool {
        self.reason == Some(Notice::DraftsNotKept)
    }

    /// Somebody has read it.
    pub(crate) const fn dismiss(&mut self) {
        self.is_dismissed = true;
    }

    /// What to say.
    pub(crate) fn notice(self) -> Option<Notice> {
        self.reason.filter(|_| !self.is_dismissed)
    }
}

/// A sentence about one scenario.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    /// The sentence.
    pub(crate) sentence: String,
    /// The scenario.
    pub(crate) scenario: Arc<Scenario>,
}

/// What belongs to this visit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Session {
    /// What is open in the editor.
    pub(crate) selection: RwSignal<Selection>,
    /// The characters that the page points at.
    pub(crate) mark: RwSignal<Option<Mark>>,
    /// Doors that somebody opened or shut by hand.
    pub(crate) doors: RwSignal<LiteMap<HopKind, bool>>,
    /// Checks, layers and statements that somebody folded or unfolded, by their place.
    pub(crate) folds: RwSignal<LiteMap<String, bool>>,
    /// Whether the editor shows things as JSON.
    pub(crate) is_json: RwSignal<bool>,
    /// Light or dark.
    pub(crate) theme: RwSignal<Theme>,
    /// Whether the scenario's sentence shows its rarer details, too.
    pub(crate) has_details: RwSignal<bool>,
    /// How often a lesson refused an edit.
    pub(crate) n_refused: RwSignal<u32>,
    /// The panel that a narrow screen shows.
    pub(crate) tab: RwSignal<Tab>,
    /// What came of putting one thing onto another, and the scenario in which it did: said as long as
    /// that one stays.
    pub(crate) said: RwSignal<Option<Said>>,
    /// What was taken back or brought back last, to be spoken: on the screen it is seen.
    pub(crate) spoken: RwSignal<String>,
    /// Something to say.
    pub(crate) notice: RwSignal<Option<Notice>>,
    /// Width of the left column, where somebody moved its edge.
    pub(crate) left: RwSignal<Option<u32>>,
    /// Width of the right column, where somebody moved its edge.
    pub(crate) right: RwSignal<Option<u32>>,
}

impl Session {
    /// A part of the same visit with a scenario of its own: it looks the same, and nothing of it is open.
    pub(crate) fn beside(other: Self) -> Self {
        Self {
            theme: other.theme,
            has_details: other.has_details,
            left: other.left,
            right: other.right,
            ..Self::new()
        }
    }

    /// A visit that begins with nothing open but the account.
    pub(crate) fn new() -> Self {
        Self {
            selection: RwSignal::new(Selection::Entity(Thing::Account.into())),
            mark: RwSignal::new(None),
            doors: RwSignal::new(LiteMap::new_vec()),
            folds: RwSignal::new(LiteMap::new_vec()),
            is_json: RwSignal::new(false),
            theme: RwSignal::new(Theme::System),
            has_details: RwSignal::new(false),
            n_refused: RwSignal::new(0),
            tab: RwSignal::new(Tab::Flow),
            said: RwSignal::new(None),
            spoken: RwSignal::new(String::new()),
            notice: RwSignal::new(None),
            left: RwSignal::new(None),
            right: RwSignal::new(None),
        }
    }
}

/// A sentence to be spoken after another. A screen reader says only what has changed, so of two that are the same the
/// second has a blank at its end that nobody hears.
pub(crate) fn spoken_after(before: &str, sentence: String) -> String {
    if before == sentence {
        sentence + "\u{a0}"
    } else {
        sentence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spoken_twice_is_heard_twice() {
        let mut before = String::new();
        for _ in 0..3 {
            let after = spoken_after(&before, "Undone: path of alice".to_owned());
            assert_ne!(before, after);
            assert_eq!(after.trim_end(), "Undone: path of alice");
            before = after;
        }
        let other = spoken_after(&before, "Redone: path of alice".to_owned());
        assert_eq!(other, "Redone: path of alice");
    }

    #[test]
    fn what_is_not_saved_is_told_until_it_is_read_or_saved() {
        let mut unsaved = Unsaved::default();
        assert_eq!(unsaved.notice(), None);
        let (refused, large) = (Notice::DraftsNotKept, Notice::DraftTooLarge);
        unsaved.tried(Some(refused));
        unsaved.tried(Some(refused));
        assert_eq!(unsaved.notice(), Some(refused));
        unsaved.dismiss();
        unsaved.tried(Some(refused));
        assert_eq!(unsaved.notice(), None, "it was read");
        unsaved.tried(Some(large));
        assert_eq!(unsaved.notice(), Some(large), "that is another reason");
        unsaved.dismiss();
        unsaved.tried(None);
        unsaved.tried(Some(large));
        assert_eq!(unsaved.notice(), Some(large), "it was saved in between");
        unsaved.tried(None);
        assert_eq!(unsaved.notice(), None, "it is saved");
    }
}
