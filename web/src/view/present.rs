//! A walk as it is presented to a class: one step after the other, each verdict covered until somebody has guessed.
//!
//! Pure. Invariant: of a door that is covered, or that comes later, nothing is told that says how it stands.

use rolewalk_core::{
    flow::{Flow, HopOutcome},
    lesson::{Presenter, Reveal},
};

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The question before a lesson.
    Question,
    /// The door of that place, from 0.
    Door(usize),
    /// What the walk comes to.
    End,
}

/// What the class says of a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vote {
    /// One gets through.
    Open,
    /// One does not.
    Shut,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// What is covered, else the next step.
    Next,
    /// The step before.
    Back,
    /// What is covered, or covers it again.
    Reveal,
    /// What the class says, and what is so.
    Vote(Vote),
    /// Light on one door alone, or on all.
    Spotlight,
    /// The first step.
    First,
    /// The last step.
    Last,
    /// Back to where one came from.
    Leave,
}

impl Deed {
    /// What a key does; those of remote controls are among them.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "ArrowRight" | "ArrowDown" | "PageDown" => Self::Next,
            "ArrowLeft" | "ArrowUp" | "PageUp" => Self::Back,
            " " | "Enter" | "r" | "R" => Self::Reveal,
            "o" | "O" => Self::Vote(Vote::Open),
            "x" | "X" => Self::Vote(Vote::Shut),
            "s" | "S" => Self::Spotlight,
            "Home" => Self::First,
            "End" => Self::Last,
            "Escape" => Self::Leave,
            _ => return None,
        })
    }
}

/// Where the talk is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Talk {
    steps: Vec<Step>,
    /// All doors of the walk, come to or not.
    n_doors: usize,
    at: usize,
    is_covered: bool,
    vote: Option<Vote>,
    has_spotlight: bool,
    settings: Presenter,
}

impl Talk {
    /// At its beginning.
    pub(crate) fn new(flow: &Flow, has_question: bool, settings: Presenter) -> Self {
        let n_doors = match flow.blocked_at() {
            Some(it) if !settings.behind_the_shut_door => it + 1,
            _ => flow.hops.len(),
        };
        let question = has_question.then_some(Step::Question);
        let doors = (0..n_doors).map(Step::Door);
        let steps = question.into_iter().chain(doors).chain([Step::End]);
        let mut talk = Self {
            steps: steps.collect(),
            n_doors: flow.hops.len(),
            at: 0,
            is_covered: false,
            vote: None,
            has_spotlight: true,
            settings,
        };
        talk.arrive(0);
        talk
    }

    /// The step.
    pub(crate) fn step(&self) -> Step {
        self.steps.get(self.at).copied().unwrap_or(Step::End)
    }

    /// Where that is. How many steps there are would tell which door is shut; so it is of all doors of the walk.
    pub(crate) fn place(&self) -> String {
        match self.step() {
            Step::Question => "The question".to_owned(),
            Step::Door(idx) => format!("Door {} of {}", idx + 1, self.n_doors),
            Step::End => "The end".to_owned(),
        }
    }

    /// Whether the answer is still to be guessed.
    pub(crate) const fn is_covered(&self) -> bool {
        self.is_covered
    }

    /// What the class said of this door.
    pub(crate) const fn vote(&self) -> Option<Vote> {
        self.vote
    }

    /// Whether the light is on one door alone.
    pub(crate) const fn has_spotlight(&self) -> bool {
        self.has_spotlight
    }

    /// How many doors have been told of: those before this step, and this one unless it is covered.
    pub(crate) fn n_told(&self) -> usize {
        match self.step() {
            Step::Question => 0,
            Step::Door(idx) => idx + usize::from(!self.is_covered),
            Step::End => self
                .steps
                .iter()
                .filter(|it| matches!(it, Step::Door(_)))
                .count(),
        }
    }

    /// Does what somebody wants; to leave is not done here.
    pub(crate) fn act(&mut self, deed: Deed) {
        let last = self.steps.len().saturating_sub(1);
        match deed {
            Deed::Next if self.is_covered => self.is_covered = false,
            Deed::Next if self.at < last => self.arrive(self.at + 1),
            Deed::Back if 0 < self.at => {
                self.arrive(self.at - 1);
                // It was told already.
                self.is_covered = false;
            }
            Deed::Reveal if self.step() != Step::End => {
                self.is_covered = !self.is_covered;
                if self.is_covered {
                    self.vote = None;
                }
            }
            Deed::Vote(vote) if matches!(self.step(), Step::Door(_)) => {
                self.vote = Some(vote);
                self.is_covered = false;
            }
            Deed::Spotlight => self.has_spotlight = !self.has_spotlight,
            Deed::First => self.arrive(0),
            Deed::Last => self.arrive(last),
            _ => {}
        }
    }

    fn arrive(&mut self, at: usize) {
        self.at = at;
        self.vote = None;
        self.is_covered = match self.step() {
            Step::End => false,
            Step::Question => true,
            Step::Door(_) => self.settings.verdict == Reveal::WhenGuessed,
        };
    }
}

/// Whether the class was right about a door; nothing where neither would be.
pub(crate) const fn is_right(vote: Vote, outcome: HopOutcome) -> Option<bool> {
    match outcome {
        HopOutcome::Passed | HopOutcome::Degraded => Some(matches!(vote, Vote::Open)),
        HopOutcome::Blocked => Some(matches!(vote, Vote::Shut)),
        HopOutcome::NotEvaluated => None,
    }
}

#[cfg(test)]
mod tests {
    use rolewalk_core::{flow, world::Documents};

    use super::*;

    fn walk(slug: &str) -> Flow {
        let mut worlds = rolewalk_lessons::start_worlds().iter();
        let world = worlds.find(|it| it.slug == slug).unwrap();
        let scenario = world.scenario().unwrap();
        let documents = Documents::parse(&scenario.world);
        flow::walk(&scenario.world, &documents, &scenario.choice)
    }

    #[test]
    fn a_door_is_told_only_once_it_was_guessed() {
        let flow = walk("wrong-trust");
        let mut talk = Talk::new(&flow, false, Presenter::default());
        assert_eq!((talk.step(), talk.n_told()), (Step::Door(0), 0));
        assert!(talk.is_covered());
        talk.act(Deed::Next);
        assert_eq!((talk.step(), talk.n_told()), (Step::Door(0), 1));
        talk.act(Deed::Next);
        assert_eq!((talk.step(), talk.n_told()), (Step::Door(1), 1));
        talk.act(Deed::Vote(Vote::Shut));
        assert_eq!((talk.vote(), talk.n_told()), (Some(Vote::Shut), 2));
        talk.act(Deed::Reveal);
        assert_eq!((talk.vote(), talk.n_told()), (None, 1));
        talk.act(Deed::Back);
        assert!(!talk.is_covered());
    }

    #[test]
    fn the_talk_ends_at_the_shut_door_unless_all_are_wanted() {
        let flow = walk("wrong-trust");
        let shut = flow.blocked_at().unwrap();
        let n_steps = |settings| Talk::new(&flow, true, settings).steps.len();
        assert_eq!(n_steps(Presenter::default()), 1 + (shut + 1) + 1);
        let all = Presenter {
            behind_the_shut_door: true,
            ..Presenter::default()
        };
        assert_eq!(n_steps(all), 1 + flow.hops.len() + 1);
        let mut talk = Talk::new(&flow, true, Presenter::default());
        assert_eq!((talk.step(), talk.n_told()), (Step::Question, 0));
        assert_eq!(talk.place(), "The question");
        // Its answer, then the first door.
        talk.act(Deed::Next);
        talk.act(Deed::Next);
        // Of all doors: up to the shut one, the number would be the answer.
        assert_eq!(talk.place(), format!("Door 1 of {}", flow.hops.len()));
        assert!(shut + 1 < flow.hops.len());
        talk.act(Deed::Last);
        assert_eq!((talk.step(), talk.n_told()), (Step::End, shut + 1));
        talk.act(Deed::Next);
        talk.act(Deed::Reveal);
        assert_eq!(talk.step(), Step::End);
        assert!(!talk.is_covered());
    }

    #[test]
    fn verdicts_can_come_with_the_doors() {
        let settings = Presenter {
            verdict: Reveal::AtOnce,
            ..Presenter::default()
        };
        let talk = Talk::new(&walk("working-studio"), false, settings);
        assert!(!talk.is_covered());
    }

    #[test]
    fn what_only_loses_something_lets_one_through() {
        assert_eq!(is_right(Vote::Open, HopOutcome::Degraded), Some(true));
        assert_eq!(is_right(Vote::Shut, HopOutcome::Passed), Some(false));
        assert_eq!(is_right(Vote::Shut, HopOutcome::Blocked), Some(true));
        assert_eq!(is_right(Vote::Shut, HopOutcome::NotEvaluated), None);
        assert_eq!(Deed::of_key("PageDown"), Some(Deed::Next));
        assert_eq!(Deed::of_key("q"), None);
    }
}
