//! What a state of a lesson comes to: which goals are met, what to look at first, what to say.
//!
//! Invariant: of all that is red only the first goal's first hop is pointed out, and what is said of a
//! wrong answer follows from the state alone, never from how it came about.

use std::borrow::Cow;

use crate::{
    flow::HopKind,
    lesson::{
        Goal, Lesson, Openness, Refusal, Sheet, Solution, Ticket, WrongAnswer, course, goal::Found,
        place,
    },
    scenario::Scenario,
    world::{DocumentId, Documents, EntityId, World},
};

/// Something to be solved: a lesson, or one of its tickets.
#[derive(Clone, Debug)]
pub struct Exercise<'a> {
    /// Where it begins.
    pub start: Cow<'a, Scenario>,
    /// The lesson.
    pub sheet: &'a Sheet,
    /// Tempting answers that miss.
    pub wrong: &'a [WrongAnswer],
    /// One way to solve it.
    pub solution: &'a Solution,
}

/// Whether a goal is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoalOutcome {
    /// It is.
    Met,
    /// It is not.
    Unmet {
        /// The hop that stops what should not stop, or should stop elsewhere.
        hop: Option<HopKind>,
    },
    /// A policy has errors, so there is no telling.
    Unknown,
}

/// The one thing to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstRed {
    /// The place of the goal among the goals.
    pub goal: usize,
    /// Its first red hop, where a hop is what is wrong.
    pub hop: Option<HopKind>,
}

/// What a state comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Of each goal.
    pub goals: Vec<GoalOutcome>,
    /// Of each probe; to be told only when all goals are met.
    pub probes: Vec<GoalOutcome>,
    /// The policies that have errors.
    pub broken: Vec<DocumentId>,
    /// What was edited and should not have been.
    pub refusal: Option<Refusal>,
    /// The one thing to look at.
    pub first_red: Option<FirstRed>,
    /// The place of the wrong answer that this is, where it is one.
    pub wrong: Option<usize>,
}

impl Outcome {
    /// Whether all goals are met; there may be probes that are not.
    pub fn meets_goals(&self) -> bool {
        self.goals.iter().all(|it| *it == GoalOutcome::Met)
    }

    /// Whether it is solved.
    pub fn is_solved(&self) -> bool {
        let mut probes = self.probes.iter();
        self.refusal.is_none() && self.meets_goals() && probes.all(|it| *it == GoalOutcome::Met)
    }
}

impl Lesson {
    /// What is to be solved; nothing for a lesson of tickets.
    pub fn exercise(&self) -> Option<Exercise<'_>> {
        Some(Exercise {
            start: Cow::Borrowed(&self.start),
            sheet: &self.sheet,
            wrong: &self.sheet.wrong,
            solution: self.sheet.solution.as_ref()?,
        })
    }

    /// What is to be solved with a ticket; nothing where its changes do not fit.
    pub fn ticket<'a>(&'a self, ticket: &'a Ticket) -> Option<Exercise<'a>> {
        Some(Exercise {
            start: Cow::Owned(course::changed(&ticket.changes, &self.start).ok()?),
            sheet: &self.sheet,
            wrong: &ticket.wrong,
            solution: &ticket.solution,
        })
    }

    /// Everything that is to be solved, in order.
    pub fn exercises(&self) -> Vec<Exercise<'_>> {
        let tickets = self.sheet.tickets.iter();
        let tickets = tickets.filter_map(|it| self.ticket(it));
        self.exercise().into_iter().chain(tickets).collect()
    }

    /// Whether a policy may be edited.
    pub fn opens(&self, document: &DocumentId) -> bool {
        place::opens(&self.sheet.editable, document)
    }

    /// How much of a thing's settings may be edited.
    pub fn openness(&self, thing: &EntityId, world: &World) -> Openness {
        place::openness(&self.sheet.editable, thing, world)
    }

    /// The settings of a thing that may be edited where not all of it may, in words.
    pub fn open_parts(&self, thing: &EntityId, world: &World) -> Vec<String> {
        place::open_parts(&self.sheet.editable, thing, world)
    }

    /// What of an edit is not allowed.
    pub fn refusal(&self, before: &Scenario, after: &Scenario) -> Option<Refusal> {
        place::refusal(&self.sheet.editable, before, after)
    }
}

impl Exercise<'_> {
    /// What a state comes to. Goals are about the world: who does what is the lesson's own choice.
    pub fn outcome(&self, state: &Scenario) -> Outcome {
        self.outcome_of_parsed(state, &Documents::parse(&state.world))
    }

    /// The same where the texts of the state are parsed already.
    pub fn outcome_of_parsed(&self, state: &Scenario, documents: &Documents) -> Outcome {
        let tried = Scenario {
            choice: self.start.choice.clone(),
            ..state.clone()
        };
        let found = |it: &Goal| match it.test.run(&tried, documents) {
            Found::Met => GoalOutcome::Met,
            Found::Unmet(hop) => GoalOutcome::Unmet { hop },
            Found::Unknown => GoalOutcome::Unknown,
        };
        let goals: Vec<GoalOutcome> = self.sheet.goals.iter().map(found).collect();
        let probes: Vec<GoalOutcome> = self.sheet.probes.iter().map(found).collect();
        let first_red = goals.iter().enumerate().find_map(|(goal, it)| match it {
            GoalOutcome::Unmet { hop } => Some(FirstRed { goal, hop: *hop }),
            GoalOutcome::Met | GoalOutcome::Unknown => None,
        });
        let broken = documents.with_errors().map(|(id, _)| id.clone()).collect();
        let mut outcome = Outcome {
            goals,
            probes,
            broken,
            refusal: place::refusal(&self.sheet.editable, &self.start, state),
            first_red,
            wrong: None,
        };
        if outcome.refusal.is_none() && state.world != self.start.world {
            outcome.wrong = self.wrong_answer(&outcome, &tried, documents);
        }
        outcome
    }

    /// The wrong answer that fits best: one that tells itself before one that only misses the same, and
    /// of those the one that says most.
    fn wrong_answer(
        &self,
        outcome: &Outcome,
        tried: &Scenario,
        documents: &Documents,
    ) -> Option<usize> {
        let [missed, met] = self.sorted(outcome);
        let mut best: Option<(usize, (usize, usize))> = None;
        for (idx, it) in self.wrong.iter().enumerate() {
            let rank = (it.tells.len(), it.misses.len() + it.meets.len());
            let is_better = best.is_none_or(|(_, so_far)| so_far < rank);
            if is_better && fits(it, &missed, &met, tried, documents) {
                best = Some((idx, rank));
            }
        }
        best.map(|it| it.0)
    }

    /// The ids of what is missed, and of what is met; of what there is no telling in neither.
    fn sorted(&self, outcome: &Outcome) -> [Vec<&str>; 2] {
        let (mut missed, mut met) = (Vec::new(), Vec::new());
        let goals = self.sheet.goals.iter().chain(&self.sheet.probes);
        for (goal, it) in goals.zip(outcome.goals.iter().chain(&outcome.probes)) {
            match it {
                GoalOutcome::Met => met.push(goal.id.as_str()),
                GoalOutcome::Unmet { .. } => missed.push(goal.id.as_str()),
                GoalOutcome::Unknown => {}
            }
        }
        [missed, met]
    }

    /// Whether a wrong answer would be told of where nothing was answered yet.
    pub(super) fn fits_start(&self, it: &WrongAnswer) -> bool {
        let outcome = self.outcome(&self.start);
        let documents = Documents::parse(&self.start.world);
        let [missed, met] = self.sorted(&outcome);
        fits(it, &missed, &met, &self.start, &documents)
    }
}

fn fits(
    it: &WrongAnswer,
    missed: &[&str],
    met: &[&str],
    tried: &Scenario,
    documents: &Documents,
) -> bool {
    let mut tells = it.tells.iter();
    let are_in = |ids: &[String], found: &[&str]| ids.iter().all(|id| found.contains(&id.as_str()));
    !it.misses.is_empty()
        && are_in(&it.misses, missed)
        && are_in(&it.meets, met)
        && tells.all(|tell| tell.run(tried, documents) == Found::Met)
}
