//! One sitting at a lesson: what it comes to, and how much help was asked for.
//!
//! Signals around what `rolewalk-core` says of the state; knows nothing of components. Invariant: what is told of goals
//! was worked out for one state as a whole, and while a policy has errors stays what it was.

use std::sync::Arc;

use leptos::prelude::{StoredValue, WithValue};
use rolewalk_core::{
    lesson::{Course, Exercise, Idea, Lesson, Outcome, Score, Settings, Solutions, Ticket},
    scenario::{Alteration, Scenario},
    world::Documents,
};

use crate::{
    browser::clock::Pause,
    state::{
        course::Learning,
        learned::work_key,
        reference::{Part, Reference},
        signal::{RwSignal, Signal, memo},
    },
};

/// Advice on an answer waits until somebody has paused that long, in milliseconds: half an answer is none.
const ADVISE_AFTER_MS: u32 = 900;
/// What is written is kept after a pause that long, in milliseconds.
pub(crate) const KEEP_AFTER_MS: u32 = 300;

/// A lesson of a course, or one of its tickets.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    /// The course.
    pub(crate) course: Arc<Course>,
    lesson: usize,
    ticket: Option<usize>,
    /// Where it begins.
    pub(crate) start: Arc<Scenario>,
}

impl Given {
    /// The lesson with that id, or its ticket; nothing where the course has none.
    pub(crate) fn of(course: Arc<Course>, id: &str, ticket: Option<&str>) -> Option<Self> {
        let idx = course.lessons.iter().position(|it| it.sheet.id == id)?;
        let lesson = course.lessons.get(idx)?;
        let tickets = &lesson.sheet.tickets;
        let place = match ticket {
            Some(ticket) => Some(tickets.iter().position(|it| it.id == ticket)?),
            None => None,
        };
        let start = match place.and_then(|it| tickets.get(it)) {
            Some(ticket) => Alteration::apply_all(&ticket.changes, &lesson.start)?,
            None => lesson.start.clone(),
        };
        Some(Self {
            lesson: idx,
            ticket: place,
            start: Arc::new(start),
            course,
        })
    }

    /// Its number in the course, from 1.
    pub(crate) const fn number(&self) -> usize {
        self.lesson + 1
    }

    /// The lesson.
    pub(crate) fn lesson(&self) -> Option<&Lesson> {
        self.course.lessons.get(self.lesson)
    }

    /// The lesson behind it.
    pub(crate) fn next(&self) -> Option<&Lesson> {
        self.course.lessons.get(self.lesson + 1)
    }

    /// The ticket, where it is one.
    pub(crate) fn ticket(&self) -> Option<&Ticket> {
        self.lesson()?.sheet.tickets.get(self.ticket?)
    }

    /// What is to be solved.
    pub(crate) fn exercise(&self) -> Option<Exercise<'_>> {
        let sheet = &self.lesson()?.sheet;
        let (wrong, solution) = match self.ticket() {
            Some(ticket) => (&ticket.wrong, &ticket.solution),
            None => (&sheet.wrong, sheet.solution.as_ref()?),
        };
        Some(Exercise {
            start: std::borrow::Cow::Borrowed(&self.start),
            sheet,
            wrong,
            solution,
        })
    }

    /// How the course is given.
    pub(crate) fn settings(&self) -> &Settings {
        &self.course.sheet.settings
    }

    fn key(&self) -> Option<String> {
        let lesson = &self.lesson()?.sheet.id;
        let ticket = self.ticket().map(|it| it.id.as_str());
        Some(work_key(&self.course.sheet.id, lesson, ticket))
    }

    /// The scenario to begin with: what was kept of an earlier sitting, where it still fits the lesson, else the start.
    /// Says besides whether something was kept that does not fit any more.
    pub(crate) fn opening(&self, learning: Learning) -> (Scenario, bool) {
        let start = || Scenario::clone(&self.start);
        let Some(kept) = self.key().and_then(|key| learning.work(&key)) else {
            return (start(), false);
        };
        let fits = |it: &Scenario| {
            let lesson = self.lesson();
            lesson.is_some_and(|lesson| lesson.refusal(&self.start, it).is_none())
        };
        match kept {
            Ok(scenario) if fits(&scenario) => (scenario, false),
            _ => (start(), true),
        }
    }
}

/// One sitting at a lesson.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sitting {
    /// The lesson.
    pub(crate) given: StoredValue<Given>,
    /// Where progress goes.
    learning: Learning,
    /// What the last state without errors comes to.
    pub(crate) outcome: RwSignal<Option<Arc<Outcome>>>,
    /// Whether a policy has errors now.
    pub(crate) is_broken: RwSignal<bool>,
    /// Whether it is solved as it stands.
    pub(crate) is_solved: Signal<bool>,
    /// Whether it was solved before, now or in an earlier sitting.
    pub(crate) was_solved: RwSignal<bool>,
    /// The wrong answer that this is.
    pub(crate) wrong: RwSignal<Option<usize>>,
    /// How many hints are seen.
    pub(crate) n_hints: RwSignal<usize>,
    /// What was predicted.
    pub(crate) predicted: RwSignal<Option<usize>>,
    /// Whether it was left open.
    pub(crate) is_skipped: RwSignal<bool>,
    /// Which idea somebody takes a ticket to be about.
    pub(crate) answer: RwSignal<Option<Idea>>,
    /// Whether what the walk comes to is still to be guessed.
    pub(crate) is_covered: Signal<bool>,
    /// What the solution came to, and what the lesson's own does.
    pub(crate) score: RwSignal<Option<(Score, Score)>>,
    /// Before it is said which wrong answer this is.
    advising: Pause,
    /// Before what was written is kept.
    keeping: Pause,
}

impl Sitting {
    /// A sitting at a lesson, whose earlier sittings are known.
    pub(crate) fn new(given: Given, learning: Learning, is_begun: bool) -> Self {
        let progress = learning.progress_untracked();
        let sheet = given.lesson().map(|it| &it.sheet);
        let ids = sheet.map(|it| (given.course.sheet.id.clone(), it.id.clone()));
        let before = ids.and_then(|(course, lesson)| progress.lesson(&course, &lesson).cloned());
        let before = before.unwrap_or_default();
        let asks =
            sheet.is_some_and(|it| it.predict.is_some()) && !given.settings().without_predictions;
        let ticket = given.ticket().map(|it| (it.id.clone(), it.answer));
        let knows = ticket
            .as_ref()
            .is_some_and(|it| before.tickets.contains(&it.0));
        let was_solved = if ticket.is_some() {
            knows
        } else {
            before.solved
        };
        let answer = RwSignal::new(ticket.as_ref().map(|it| it.1).filter(|_| knows || is_begun));
        let predicted = RwSignal::new(before.predicted.filter(|_| asks));
        let is_skipped = RwSignal::new(!asks || before.solved || is_begun);
        let outcome = RwSignal::new(None::<Arc<Outcome>>);
        let right = ticket.map(|it| it.1);
        Self {
            outcome,
            is_broken: RwSignal::new(false),
            is_solved: memo(move || {
                outcome.with(|it| it.as_ref().is_some_and(|it| it.is_solved()))
            }),
            was_solved: RwSignal::new(was_solved),
            wrong: RwSignal::new(None),
            n_hints: RwSignal::new(before.n_hints),
            predicted,
            is_skipped,
            answer,
            is_covered: memo(move || {
                let is_asked = predicted.get().is_none() && !is_skipped.get();
                is_asked || right.is_some_and(|it| answer.get() != Some(it))
            }),
            score: RwSignal::new(None),
            advising: Pause::here(),
            keeping: Pause::here(),
            given: StoredValue::new(given),
            learning,
        }
    }

    /// Reads something of the lesson; nothing where there is none.
    pub(crate) fn read<T>(self, read: impl FnOnce(&Given, &Lesson) -> T) -> Option<T> {
        self.given
            .with_value(|given| given.lesson().map(|lesson| read(given, lesson)))
    }

    /// Reads something of what is to be solved.
    pub(crate) fn exercise<T>(self, read: impl FnOnce(&Exercise<'_>) -> T) -> Option<T> {
        self.given
            .with_value(|given| given.exercise().map(|it| read(&it)))
    }

    /// Notes something of the lesson's progress.
    fn note(self, note: impl FnOnce(&mut rolewalk_core::lesson::LessonProgress)) {
        let ids =
            self.read(|given, lesson| (given.course.sheet.id.clone(), lesson.sheet.id.clone()));
        if let Some((course, lesson)) = ids {
            self.learning
                .advance(|it| note(it.lesson_mut(&course, &lesson)));
        }
    }

    /// This lesson is the one that somebody is at.
    pub(crate) fn begin(self) {
        self.note(|_| ());
    }

    /// The next hint is seen.
    pub(crate) fn take_hint(self) {
        let n_hints = self.n_hints.get_untracked() + 1;
        self.n_hints.set(n_hints);
        self.note(|it| it.n_hints = it.n_hints.max(n_hints));
    }

    /// Somebody predicts.
    pub(crate) fn predict(self, choice: usize) {
        self.predicted.set(Some(choice));
        self.note(|it| it.predicted = Some(choice));
    }

    /// Says what a state comes to, and a moment later what to say of it.
    pub(crate) fn judge(self, scenario: &Scenario, documents: &Documents, reference: Reference) {
        let Some(outcome) = self.exercise(|it| it.outcome_of_parsed(scenario, documents)) else {
            return;
        };
        let is_broken = !outcome.broken.is_empty();
        self.is_broken.set_if_there(is_broken);
        if is_broken && self.outcome.with_untracked(Option::is_some) {
            return;
        }
        let wrong = outcome.wrong;
        if outcome.is_solved() {
            self.solve(scenario, reference);
        }
        self.outcome.set_if_there(Some(Arc::new(outcome)));
        // What is still to be said is of an answer that may be another one by now.
        self.advising.forget();
        if self.wrong.get_untracked() != wrong {
            self.wrong.set_if_there(None);
            if wrong.is_some() {
                self.advising.wait(ADVISE_AFTER_MS, move || {
                    self.wrong.set_if_there(wrong);
                });
            }
        }
    }

    fn solve(self, scenario: &Scenario, reference: Reference) {
        let is_known = reference.progress().with_untracked(|it| it.has(Part::Core));
        let catalogue = reference.catalogue().get_untracked();
        let catalogue = is_known.then_some(&*catalogue);
        let scores = self.exercise(|it| {
            let own = rolewalk_core::lesson::score(it, scenario, catalogue);
            it.reference(catalogue).map(|reference| (own, reference))
        });
        let Some((own, reference)) = scores.flatten() else {
            return;
        };
        self.score.set_if_there(Some((own, reference)));
        self.was_solved.set_if_there(true);
        let ticket = self
            .given
            .with_value(|it| it.ticket().map(|it| it.id.clone()));
        let all = self.read(|_, lesson| {
            let tickets = lesson.sheet.tickets.iter();
            tickets.map(|it| it.id.clone()).collect::<Vec<_>>()
        });
        self.note(|it| match ticket {
            // A lesson of tickets is solved with the last of them.
            Some(ticket) => {
                it.tickets.insert(ticket);
                it.solved |= all.is_some_and(|all| all.iter().all(|id| it.tickets.contains(id)));
            }
            None => it.solve(own),
        });
    }

    /// What was written is kept a moment later.
    pub(crate) fn keep_later(self, scenario: Arc<Scenario>) {
        self.keeping
            .wait(KEEP_AFTER_MS, move || self.keep(&scenario));
    }

    /// What was written is kept at once, where it is not what was given.
    pub(crate) fn keep(self, scenario: &Scenario) {
        self.keeping.forget();
        self.given.try_with_value(|it| {
            if let Some(key) = it.key() {
                self.learning.keep_work(key, &it.start, scenario, |_| true);
            }
        });
    }

    /// Whether the solution may be looked at: whether somebody is asked first, or nothing where it may not.
    pub(crate) fn shows_solution(self) -> Option<bool> {
        let was_solved = self.is_solved.get() || self.was_solved.get();
        let solutions = self.given.with_value(|it| it.settings().solutions);
        match solutions {
            Solutions::Never => None,
            Solutions::WhenSolved => was_solved.then_some(false),
            Solutions::Always => Some(!was_solved),
        }
    }
}

#[cfg(test)]
mod tests {
    use rolewalk_core::{
        lesson::Openness,
        scenario::change,
        world::{EntityId, Thing},
    };

    use super::*;

    fn course() -> Arc<Course> {
        Arc::new(rolewalk_lessons::course().unwrap())
    }

    fn openness(lesson: &Lesson, thing: Thing) -> Openness {
        lesson.openness(&EntityId::home(thing), &lesson.start.world)
    }

    #[test]
    fn a_domain_is_open_where_the_lesson_is_about_it() {
        let course = course();
        let lesson = course.lesson("build-a-domain").unwrap();
        let id = |it: &str| it.to_owned();
        for (thing, expected) in [
            (
                Thing::Domain {
                    id: id("d-acme00000001"),
                },
                Openness::Open,
            ),
            (
                Thing::UserProfile {
                    domain: id("d-acme00000001"),
                    name: id("alice"),
                },
                Openness::Open,
            ),
            (Thing::Vpc { id: id("vpc-acme") }, Openness::Partly),
            (
                Thing::Role {
                    name: id("PlatformAdminRole"),
                },
                Openness::Partly,
            ),
            (
                Thing::Role {
                    name: id("ExecutionRole"),
                },
                Openness::Locked,
            ),
            (Thing::User { name: id("alice") }, Openness::Locked),
            (Thing::Organization, Openness::Locked),
        ] {
            assert_eq!(openness(lesson, thing.clone()), expected, "{thing:?}");
        }
        let vpc = lesson.start.world.home.vpcs.first().unwrap();
        let subnet = vpc.subnets.first().unwrap().subnet_id.clone();
        assert_eq!(
            openness(lesson, Thing::Subnet { id: subnet.clone() }),
            Openness::Locked
        );
        let tickets = course.lesson("mental-model").unwrap();
        assert_eq!(
            openness(tickets, Thing::Subnet { id: subnet }),
            Openness::Open
        );
    }

    #[test]
    fn what_is_shown_as_locked_is_refused() {
        let mut n_refused = 0;
        for lesson in &course().lessons {
            let home = &lesson.start.world.home;
            let users = home.users.iter().map(|it| Thing::User {
                name: it.name.clone(),
            });
            let roles = home.roles.iter().map(|it| Thing::Role {
                name: it.name.clone(),
            });
            let buckets = home.buckets.iter().map(|it| Thing::Bucket {
                name: it.name.clone(),
            });
            for thing in users.chain(roles).chain(buckets) {
                if openness(lesson, thing.clone()) == Openness::Open {
                    continue;
                }
                let mut after = lesson.start.clone();
                let id = EntityId::home(thing);
                if change::rename(&mut after, &id, "another-name").is_ok() {
                    let refusal = lesson.refusal(&lesson.start, &after);
                    assert!(refusal.is_some(), "{}: {}", lesson.sheet.id, id.key());
                    n_refused += 1;
                }
            }
        }
        assert!(n_refused > 60, "{n_refused}");
    }

    #[test]
    fn a_ticket_begins_with_its_fault() {
        let course = course();
        let whole = Given::of(Arc::clone(&course), "mental-model", None).unwrap();
        assert!(whole.exercise().is_none(), "tickets are what is solved");
        let ticket = Given::of(Arc::clone(&course), "mental-model", Some("t5")).unwrap();
        assert_ne!(ticket.start, whole.start);
        assert!(
            !ticket
                .exercise()
                .unwrap()
                .outcome(&ticket.start)
                .is_solved()
        );
        assert!(Given::of(Arc::clone(&course), "mental-model", Some("t9")).is_none());
        assert!(Given::of(course, "no-such-lesson", None).is_none());
    }
}
