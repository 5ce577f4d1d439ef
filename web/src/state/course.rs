//! The course and how far somebody is in it: fetched and read when somebody learns.
//!
//! Signals around plain values; knows nothing of components. Invariant: nobody downloads or reads a course who has
//! not asked for it, and progress that cannot be read is set aside before anything is put in its place.

use std::sync::Arc;

use leptos::prelude::{Callable, Callback, GetValue, SetValue, StoredValue};
use rolewalk_core::{
    lesson::{Course, Presenter, Progress, Variant},
    scenario::Scenario,
    share::{self, ShareError},
};
use rolewalk_lessons::COURSE_ID;

use crate::{
    browser::{after_render, fetch, storage},
    late::{self, late},
    state::{
        app_state::AppState,
        kept_courses::{KeptCourse, KeptCourses},
        learned::Learned,
        session::Notice,
        signal::RwSignal,
    },
};

/// Where the course lies, beside the page.
const PATH: &str = "course.json";
/// Where a course that somebody gave lies in this tab.
const GIVEN_KEY: &str = "rolewalk.course";
/// Where those that are kept lie in the browser.
const KEPT_KEY: &str = "rolewalk.courses";

/// How far the course has come.
#[derive(Clone, Debug)]
pub(crate) enum Arrival {
    /// Nobody has asked for it.
    Away,
    /// It is on its way.
    OnItsWay,
    /// Here it is.
    There(Arc<Course>),
    /// It could not be fetched.
    Unreachable,
    /// What came is no course of this version.
    Unreadable,
}

impl Arrival {
    /// The course, where it is there.
    pub(crate) const fn course(&self) -> Option<&Arc<Course>> {
        match self {
            Self::There(course) => Some(course),
            _ => None,
        }
    }

    /// Why there is no course, and what to do; nothing where there is nothing to say.
    pub(crate) const fn says(&self) -> Option<&'static str> {
        match self {
            Self::There(_) => None,
            Self::Away | Self::OnItsWay => Some("The lessons are on their way …"),
            Self::Unreachable => Some(
                "The lessons’ file, course.json, could not be fetched. Check the connection and try again, or reload the page: there may be a newer version. The playground works without it.",
            ),
            Self::Unreadable => Some(
                "The lessons’ file, course.json, is of another version than this page. Reload the page to get both anew.",
            ),
        }
    }
}

/// Everything of somebody's learning.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Learning {
    /// The course that is open.
    pub(crate) course: RwSignal<Arrival>,
    /// The text of a course that somebody gave, as it came; none: the page's own.
    given: RwSignal<Option<String>>,
    /// Those that the browser keeps, as it had them when somebody last looked.
    pub(crate) kept: RwSignal<KeptCourses>,
    /// Whether the one that is being read is to be kept.
    is_to_keep: StoredValue<bool>,
    /// What the browser keeps.
    pub(crate) learned: RwSignal<Learned>,
    /// What it kept when this tab last read or saved it.
    saved: StoredValue<Learned>,
    /// The progress of it, once it was read.
    progress: RwSignal<Option<Arc<Progress>>>,
    /// Whether anything was changed here, and is to be saved.
    pub(crate) is_changed: RwSignal<bool>,
    /// Something to say of it.
    pub(crate) notice: RwSignal<Option<Notice>>,
    /// The state of the lesson that is open: what undo goes to.
    pub(crate) open: StoredValue<Option<AppState>>,
    /// What is to be done before the page goes: to keep what was written last.
    pub(crate) before_leaving: StoredValue<Option<Callback<()>>>,
    /// How somebody has chosen to present in this tab, and the course that it is of.
    pub(crate) presenter: StoredValue<Option<(String, Presenter)>>,
    /// Whether somebody wants the challenges before the lessons that open them, as long as the page is open.
    pub(crate) wants_challenges: RwSignal<bool>,
    /// Whether progress is there that could neither be read nor set aside: nothing is saved over it.
    is_locked: StoredValue<bool>,
}

impl Learning {
    /// Of somebody who has opened the page: nothing is fetched or read yet.
    pub(crate) fn new(learned: Learned) -> Self {
        Self {
            course: RwSignal::new(Arrival::Away),
            given: RwSignal::new(storage::of_tab(GIVEN_KEY)),
            kept: RwSignal::new(KeptCourses::default()),
            is_to_keep: StoredValue::new(false),
            saved: StoredValue::new(learned.clone()),
            learned: RwSignal::new(learned),
            progress: RwSignal::new(None),
            is_changed: RwSignal::new(false),
            notice: RwSignal::new(None),
            open: StoredValue::new(None),
            before_leaving: StoredValue::new(None),
            presenter: StoredValue::new(None),
            wants_challenges: RwSignal::new(false),
            is_locked: StoredValue::new(false),
        }
    }

    /// Begins to fetch the course for [`Self::begin`], while the code that reads it is still on its way.
    pub(crate) fn fetch_ahead(self) {
        let is_away = self.course.with_untracked(|it| matches!(it, Arrival::Away));
        let is_ours = self.given.with_untracked(Option::is_none);
        if is_away && is_ours {
            fetch::ahead(PATH);
        }
    }

    /// Fetches the course unless it is there or on its way, and reads how far somebody is.
    pub(crate) fn begin(self) {
        self.read_progress();
        self.kept.set(kept_courses().unwrap_or_default());
        // So that what another tab does is taken in at once from now on.
        late::then(take_in(self, self.saved.get_value()), |_| ());
        let is_needed = self
            .course
            .with_untracked(|it| !matches!(it, Arrival::There(_) | Arrival::OnItsWay));
        if !is_needed {
            return;
        }
        self.course.set(Arrival::OnItsWay);
        match self.given.get_untracked() {
            Some(text) if !Variant::is_one(&text) => self.read(text, From::Stranger),
            given => fetch::text(PATH, move |text| match text {
                Some(text) => self.read(text, given.map_or(From::Us, From::Variant)),
                None => self.course.set(Arrival::Unreachable),
            }),
        }
    }

    /// Reads the course, and goes back to the page's own where the given one cannot be read.
    fn read(self, text: String, from: From) {
        late::then(read_course(text, from), move |found| match found {
            Ok(Some(course)) => {
                self.keep_given(&course);
                self.course.set(Arrival::There(course));
            }
            Ok(None) if self.given.with_untracked(Option::is_some) => self.take_back(),
            Ok(None) => self.course.set(Arrival::Unreadable),
            Err(_) => self.course.set(Arrival::Unreachable),
        });
    }

    /// The text of the course that somebody gave; nothing where the page's own is open.
    pub(crate) fn given_text(self) -> Option<String> {
        self.given.get_untracked()
    }

    /// Opens a course that somebody gave in place of the one that is open, in this tab, and keeps it: a packed one, or
    /// `cv1.` and how the page's own is given.
    pub(crate) fn give(self, text: String) {
        self.is_to_keep.set_value(true);
        self.look_at(text);
    }

    /// Opens a course in this tab without keeping it.
    pub(crate) fn look_at(self, text: String) {
        storage::keep_in_tab(GIVEN_KEY, Some(&text));
        self.given.set(Some(text));
        self.course.set(Arrival::Away);
        // What is shown of the course before goes first.
        after_render(move || self.begin());
    }

    /// Opens the page's own course again.
    pub(crate) fn take_back(self) {
        storage::keep_in_tab(GIVEN_KEY, None);
        self.given.set(None);
        self.course.set(Arrival::Away);
        self.begin();
    }

    /// Keeps the course that somebody has opened, or says that there is no room for it.
    fn keep_given(self, course: &Course) {
        let text = self.given.get_untracked();
        let Some(text) = text.filter(|_| self.is_to_keep.get_value()) else {
            return;
        };
        self.is_to_keep.set_value(false);
        let course = KeptCourse {
            id: course.sheet.id.clone(),
            title: if Variant::is_one(&text) {
                format!("{} (as it was given)", course.sheet.title)
            } else {
                course.sheet.title.clone()
            },
            text,
        };
        let kept = kept_courses().and_then(|it| it.with(course));
        let kept = kept.filter(|it| storage::keep_beside(KEPT_KEY, &it.to_json()));
        match kept {
            Some(kept) => self.kept.set(kept),
            None => self.notice.set(Some(Notice::CourseNotKept)),
        }
    }

    /// Throws away a course that is kept; the progress in it stays. The page's own comes in its place where it is open.
    pub(crate) fn throw_away(self, course: &KeptCourse) {
        if let Some(kept) = kept_courses().map(|it| it.without_id(&course.id))
            && storage::keep_beside(KEPT_KEY, &kept.to_json())
        {
            self.kept.set(kept);
        }
        if self
            .given
            .with_untracked(|it| it.as_ref() == Some(&course.text))
        {
            self.take_back();
        }
    }

    /// The text of the course that is open and that somebody gave, which is followed.
    pub(crate) fn given(self) -> Option<String> {
        self.given.get()
    }

    /// How far somebody is, which is followed.
    pub(crate) fn progress(self) -> Arc<Progress> {
        self.progress.get().unwrap_or_default()
    }

    /// The same as it is now.
    pub(crate) fn progress_untracked(self) -> Arc<Progress> {
        self.progress.get_untracked().unwrap_or_default()
    }

    /// Changes how far somebody is; where that changes nothing, nothing is saved.
    pub(crate) fn advance(self, change: impl FnOnce(&mut Progress)) {
        let before = self.progress_untracked();
        let mut progress = Progress::clone(&before);
        change(&mut progress);
        if progress != *before {
            let json = progress.to_json();
            self.progress.set(Some(Arc::new(progress)));
            self.keep(move |it| it.progress = json);
        }
    }

    /// Changes what the browser keeps.
    pub(crate) fn keep(self, change: impl FnOnce(&mut Learned)) {
        let before = self.learned.get_untracked();
        let mut learned = before.clone();
        change(&mut learned);
        if learned != before && !self.is_locked.get_value() {
            self.is_changed.set(true);
            self.learned.set(learned);
        }
    }

    /// The unfinished work that is kept under a key, where there is some; it may be that it cannot be read any more.
    pub(crate) fn work(self, key: &str) -> Option<Result<Scenario, ShareError>> {
        let text = self.learned.with_untracked(|it| it.works.get(key).cloned());
        Some(share::decode(&text?))
    }

    /// Keeps unfinished work under a key, or nothing where it is what was given. Of what lies under other keys only
    /// that stays of which `stays` says so.
    pub(crate) fn keep_work(
        self,
        key: String,
        given: &Scenario,
        work: &Scenario,
        stays: impl Fn(&str) -> bool,
    ) {
        let text = (given != work).then(|| share::encode(work).ok()).flatten();
        self.keep(|it| {
            it.works.retain(|other, _| *other != key && stays(other));
            if let Some(text) = text {
                it.works.insert(key, text);
            }
        });
    }

    /// What to save; nothing where nothing was changed here.
    pub(crate) fn to_save(self) -> Option<Learned> {
        let learned = self.learned.get();
        self.is_changed.get().then_some(learned)
    }

    /// What was to be saved is.
    pub(crate) fn is_saved(self, learned: Learned) {
        self.saved.set_value(learned);
    }

    /// Another tab has saved this: what both have solved is put together. Calls `then` when it is.
    pub(crate) fn heard(self, theirs: Learned, then: impl FnOnce() + 'static) {
        let is_untouched =
            !self.is_changed.get_untracked() && self.progress.with_untracked(Option::is_none);
        if is_untouched {
            self.saved.set_value(theirs.clone());
            self.put(theirs);
            then();
        } else if self.is_locked.get_value() {
            then();
        } else {
            late::then(take_in(self, theirs), move |_| then());
        }
    }

    fn put(self, learned: Learned) {
        if self.learned.with_untracked(|it| *it != learned) {
            self.learned.set(learned);
        }
    }

    fn read_progress(self) {
        if self.progress.with_untracked(Option::is_some) {
            return;
        }
        let text = self.learned.with_untracked(|it| it.progress.clone());
        let progress = if text.is_empty() {
            Progress::default()
        } else if let Ok(progress) = Progress::from_json(&text) {
            progress
        } else {
            // A newer Rolewalk may have written it: it is kept under another key, and where there is no room for
            // that, nothing is saved in its place.
            let notice = if storage::set_aside(&text) {
                self.keep(|it| it.progress = String::new());
                Notice::ProgressSetAside
            } else {
                self.is_locked.set_value(true);
                Notice::ProgressLocked
            };
            self.notice.set(Some(notice));
            Progress::default()
        };
        self.progress.set(Some(Arc::new(progress)));
    }
}

late! {
    learn:
    fn take_in(learning: Learning, theirs: Learned) -> () {
        let base = learning.saved.get_value();
        let mine = learning.learned.get_untracked();
        let works = mine.works_with(&base, &theirs);
        let both = Learned { progress: progress_of_both(&base, &mine, &theirs), works };
        if both != theirs {
            learning.is_changed.set(true);
        }
        let is_further = both.progress != mine.progress;
        learning.saved.set_value(theirs);
        learning.put(both);
        if is_further {
            learning.progress.set(None);
            learning.read_progress();
        }
    }
}

/// What two tabs have solved, where both began with `base`: one that only one of them changed is as that one has it,
/// thrown away or not.
fn progress_of_both(base: &Learned, mine: &Learned, theirs: &Learned) -> String {
    if mine.progress == base.progress {
        return theirs.progress.clone();
    }
    let read = |text: &str| match text {
        "" => Some(Progress::default()),
        text => Progress::from_json(text).ok(),
    };
    match (read(&mine.progress), read(&theirs.progress)) {
        (Some(own), Some(other)) if theirs.progress != base.progress => {
            // What would be too much to be read again is not taken in.
            own.with(&other).unwrap_or(own).to_json()
        }
        _ => mine.progress.clone(),
    }
}

late! {
    learn:
    fn read_course(text: String, from: From) -> Option<Arc<Course>> {
        read(&text, &from).map(Arc::new)
    }
}

/// The courses that the browser keeps; nothing where something is there that this code did not write, which stays.
fn kept_courses() -> Option<KeptCourses> {
    match storage::beside(KEPT_KEY) {
        Some(text) => KeptCourses::from_json(&text),
        None => Some(KeptCourses::default()),
    }
}

/// Whose a course's text is.
enum From {
    /// The page's own.
    Us,
    /// The page's own, given in another way.
    Variant(String),
    /// Anybody's.
    Stranger,
}

fn read(text: &str, from: &From) -> Option<Course> {
    let mut course = rolewalk_lessons::read_course(text).ok()?;
    match from {
        From::Us => Some(course),
        From::Variant(variant) => course.given_as(&Variant::decode(variant).ok()?),
        From::Stranger => {
            // It may call itself as ours does, and is to have a progress of its own.
            if course.sheet.id == COURSE_ID {
                course.set_apart(text);
            }
            Some(course)
        }
    }
}

/// The page is about to go, or another one comes: what was written last is kept.
pub(crate) fn flush(learning: Learning) {
    if let Some(then) = learning.before_leaving.get_value() {
        then.run(());
    }
}

/// Leaves the lesson that was open: another page comes.
pub(crate) fn leave(learning: Learning) {
    flush(learning);
    learning.before_leaving.set_value(None);
    learning.open.set_value(None);
}

#[cfg(test)]
mod tests {
    use rolewalk_core::lesson::Progress;

    use super::{Learned, progress_of_both};

    fn solved(challenges: &[&str]) -> Learned {
        let mut progress = Progress::default();
        for slug in challenges {
            progress.solve_challenge("a", slug);
        }
        Learned {
            progress: progress.to_json(),
            ..Learned::default()
        }
    }

    #[test]
    fn what_two_tabs_have_solved_is_put_together() {
        let of = |base: &Learned, mine: &Learned, theirs: &Learned| {
            let progress = progress_of_both(base, mine, theirs);
            Learned {
                progress,
                ..Learned::default()
            }
        };
        let (none, one, two) = (Learned::default(), solved(&["1"]), solved(&["2"]));
        let both = solved(&["1", "2"]);
        assert_eq!(of(&none, &one, &two), both);
        assert_eq!(of(&none, &two, &one), both);
        assert_eq!(of(&one, &both, &one), both, "only this tab went on");
        assert_eq!(of(&one, &one, &both), both, "only the other did");
        assert_eq!(of(&both, &both, &none), none, "the other began anew");
        let newer = Learned {
            progress: "{\"rolewalkProgress\": 9}".to_owned(),
            ..Learned::default()
        };
        assert_eq!(
            of(&none, &one, &newer),
            one,
            "what cannot be read is not put together"
        );
    }
}
