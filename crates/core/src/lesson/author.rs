//! What is wrong with a lesson as a lesson: the check that authors run, and our own tests.
//!
//! Asks the same outcome as the page. Invariant: a lesson without findings starts unsolved, is solved by its
//! solution, tells each wrong answer by its own feedback, and has a goal that something stays denied.

use std::{collections::BTreeSet, fmt};

use crate::{
    flow,
    lesson::{Course, Exercise, Idea, Lesson, WrongAnswer, course::changed, plain},
    scenario::{self, Ask, Check, CheckOutcome, Expectation, Mismatch, Scenario},
    share,
    world::{DocumentId, Documents},
};

/// Something that is wrong with a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The lesson's id, with the ticket's behind a slash where it is about one.
    pub lesson: String,
    /// What.
    pub kind: FindingKind,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindingKind {
    /// The start meets every goal and probe already.
    StartIsSolved,
    /// A ticket's changes do not fit the start.
    TicketDoesNotFit,
    /// There is neither a solution nor a ticket.
    NothingToSolve,
    /// A policy has errors, at the start or after the changes of the named answer.
    Broken {
        /// Which answer.
        answer: String,
        /// Which policies.
        documents: Vec<DocumentId>,
    },
    /// The changes of the named answer do not fit.
    DoesNotFit {
        /// Which answer.
        answer: String,
        /// The change, from 1.
        change: usize,
    },
    /// The named answer edits what is locked.
    Locked {
        /// Which answer.
        answer: String,
        /// What it edits.
        at: String,
    },
    /// The solution misses goals or probes.
    SolutionMisses(Vec<String>),
    /// A wrong answer solves the lesson.
    WrongIsRight(String),
    /// A wrong answer gets what is said of another, or nothing.
    OtherFeedback {
        /// Which answer.
        answer: String,
        /// Whose words it gets.
        gets: Option<String>,
        /// What it misses.
        misses: Vec<String>,
    },
    /// A wrong answer would be told of at the start, where nothing was answered yet.
    FitsTheStart(String),
    /// Two answers say the same.
    SameFeedback(String),
    /// Something names a goal that the lesson does not have.
    UnknownGoal(String),
    /// No goal says that something is still denied.
    NothingDenied,
    /// There is no hint.
    NoHint,
    /// The right choice of the question is not among its choices, or there is only one choice.
    Prediction,
    /// The start or the solution cannot be shared.
    Share(String),
    /// A ticket stops at another hop.
    StopsElsewhere(String),
    /// The hop that a ticket stops at belongs to another idea.
    OtherIdea {
        /// To which.
        found: Idea,
    },
    /// A ticket does not say what is wrong with an answer.
    NoWordOn(Idea),
    /// A lesson that is to be solved first, or a lesson of the agenda, is not in the course.
    UnknownLesson(String),
    /// A lesson has to wait for one that comes behind it.
    WaitsForLater(String),
    /// The agenda leaves a lesson out.
    NotOnAgenda,
    /// A plain text has Markdown in it, which is shown as it is typed.
    Markdown {
        /// Which text.
        at: String,
        /// What of Markdown.
        found: &'static str,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.lesson)?;
        match &self.kind {
            FindingKind::StartIsSolved => {
                f.write_str("the start is solved already: let it miss a goal")
            }
            FindingKind::TicketDoesNotFit => {
                f.write_str("the changes of the ticket do not fit the start: mend `changes`")
            }
            FindingKind::NothingToSolve => {
                f.write_str("there is nothing to solve: add `solution` or `tickets`")
            }
            FindingKind::Broken { answer, documents } => {
                let names: Vec<String> = documents.iter().map(|it| it.name().to_string()).collect();
                write!(f, "{answer} leaves errors in `{}`", names.join("`, `"))
            }
            FindingKind::DoesNotFit { answer, change } => {
                write!(f, "change {change} of {answer} does not fit")
            }
            FindingKind::Locked { answer, at } => write!(
                f,
                "{answer} edits `{at}`, which is locked: add it to `editable` or leave it alone"
            ),
            FindingKind::SolutionMisses(goals) => {
                write!(f, "the solution misses `{}`", goals.join("`, `"))
            }
            FindingKind::WrongIsRight(answer) => {
                write!(
                    f,
                    "{answer} solves the lesson: add a goal or a probe that it misses"
                )
            }
            FindingKind::OtherFeedback {
                answer,
                gets,
                misses,
            } => {
                let gets = gets.as_deref().unwrap_or("nothing");
                write!(
                    f,
                    "{answer} gets the feedback of {gets}; it misses `{}`: name these in `misses`, or add `meets` or `tells`",
                    misses.join("`, `")
                )
            }
            FindingKind::FitsTheStart(answer) => write!(
                f,
                "{answer} fits the start as well, so any edit would draw its feedback: add `meets` or `tells`"
            ),
            FindingKind::SameFeedback(answer) => {
                write!(
                    f,
                    "{answer} says the same as another: say what is wrong with it"
                )
            }
            FindingKind::UnknownGoal(id) => write!(f, "there is no goal or probe `{id}`"),
            FindingKind::NothingDenied => {
                f.write_str("no goal says that something is still denied: add one")
            }
            FindingKind::NoHint => f.write_str("there is no hint: add one to `hints`"),
            FindingKind::Prediction => {
                f.write_str("the answer of `predict` is not one of two choices or more")
            }
            FindingKind::Share(problem) => write!(f, "it cannot be shared: {problem}"),
            FindingKind::StopsElsewhere(found) => {
                write!(f, "the ticket stops elsewhere: {found}")
            }
            FindingKind::OtherIdea { found } => {
                write!(f, "the ticket’s hop belongs to `{}`", found.title())
            }
            FindingKind::NoWordOn(idea) => write!(
                f,
                "the ticket says nothing to who answers `{}`: add it to `feedback`",
                idea.title()
            ),
            FindingKind::UnknownLesson(id) => write!(f, "there is no lesson `{id}`"),
            FindingKind::WaitsForLater(id) => {
                write!(f, "it waits for `{id}`, which comes behind it")
            }
            FindingKind::NotOnAgenda => f.write_str("the agenda leaves it out"),
            FindingKind::Markdown { at, found } => write!(
                f,
                "`{at}` has {found}, and only `text.md` is Markdown: write words, with code between backticks"
            ),
        }
    }
}

/// What is wrong with a course, lesson by lesson.
pub fn check_course(course: &Course) -> Vec<Finding> {
    let mut findings: Vec<Finding> = course.lessons.iter().flat_map(check_lesson).collect();
    findings.extend(check_plan(course));
    findings
}

/// What is wrong with how the lessons of a course hang together: their order, the agenda, the challenges.
pub fn check_plan(course: &Course) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut find = |lesson: &str, kind| {
        findings.push(Finding {
            lesson: lesson.to_owned(),
            kind,
        });
    };
    let sheet = &course.sheet;
    let mut before = BTreeSet::new();
    for lesson in &course.lessons {
        let own = lesson.sheet.id.as_str();
        for id in &lesson.sheet.after {
            if course.lesson(id).is_none() {
                find(own, FindingKind::UnknownLesson(id.clone()));
            } else if !before.contains(id.as_str()) {
                find(own, FindingKind::WaitsForLater(id.clone()));
            }
        }
        before.insert(own);
        let is_planned = |it: &crate::lesson::Agenda| it.lessons.iter().any(|it| it == own);
        if !sheet.agenda.is_empty() && !sheet.agenda.iter().any(is_planned) {
            find(own, FindingKind::NotOnAgenda);
        }
    }
    for kind in written_as_markdown(plain::of_course(sheet)) {
        find(&sheet.id, kind);
    }
    let planned = sheet.agenda.iter().flat_map(|it| &it.lessons);
    for id in planned.chain(sheet.challenges.iter().map(|it| &it.after)) {
        if course.lesson(id).is_none() {
            find(&sheet.id, FindingKind::UnknownLesson(id.clone()));
        }
    }
    findings
}

fn written_as_markdown(texts: Vec<(String, &str)>) -> impl Iterator<Item = FindingKind> {
    texts.into_iter().filter_map(|(at, text)| {
        let found = plain::markdown_in(text)?;
        Some(FindingKind::Markdown { at, found })
    })
}

/// What is wrong with a lesson.
pub fn check_lesson(lesson: &Lesson) -> Vec<Finding> {
    let sheet = &lesson.sheet;
    let mut kinds = Vec::new();
    if !sheet.goals.iter().any(|it| it.test.wants_denial()) {
        kinds.push(FindingKind::NothingDenied);
    }
    if sheet.hints.is_empty() {
        kinds.push(FindingKind::NoHint);
    }
    if let Some(it) = &sheet.predict
        && (it.choices.len() < 2 || it.choices.len() <= it.answer)
    {
        kinds.push(FindingKind::Prediction);
    }
    let known = |id: &String| {
        sheet
            .goals
            .iter()
            .chain(&sheet.probes)
            .any(|it| it.id == *id)
    };
    let of_tickets = sheet.tickets.iter().flat_map(|it| &it.wrong);
    for id in sheet
        .wrong
        .iter()
        .chain(of_tickets)
        .flat_map(|it| it.misses.iter().chain(&it.meets))
    {
        if !known(id) {
            kinds.push(FindingKind::UnknownGoal(id.clone()));
        }
    }
    kinds.extend(written_as_markdown(plain::of_lesson(sheet)));
    check_shared(&lesson.start, &mut kinds);
    match lesson.exercise() {
        Some(it) => check_exercise(&it, &mut kinds),
        None if sheet.tickets.is_empty() => kinds.push(FindingKind::NothingToSolve),
        None => {}
    }
    let mut findings: Vec<Finding> = kinds
        .into_iter()
        .map(|kind| Finding {
            lesson: sheet.id.clone(),
            kind,
        })
        .collect();
    for ticket in &sheet.tickets {
        let mut kinds = Vec::new();
        match lesson.ticket(ticket) {
            None => kinds.push(FindingKind::TicketDoesNotFit),
            Some(exercise) => {
                let check = Check {
                    name: ticket.id.clone(),
                    ask: Ask::default(),
                    expect: Expectation {
                        stops_at: Some(ticket.stops_at),
                        hops: Vec::new(),
                    },
                };
                if let CheckOutcome::Failed { mismatches, .. } =
                    scenario::run(&exercise.start, &check)
                {
                    let found = mismatches.iter().find_map(|it| match it {
                        Mismatch::StopsAt { found, .. } => *found,
                        _ => None,
                    });
                    let found = found.map_or_else(|| "nowhere".to_owned(), |it| format!("{it:?}"));
                    kinds.push(FindingKind::StopsElsewhere(found));
                }
                let found = idea_that_refuses(&exercise.start).unwrap_or(ticket.answer);
                if found != ticket.answer {
                    kinds.push(FindingKind::OtherIdea { found });
                }
                for idea in Idea::ALL {
                    if idea != ticket.answer && !ticket.feedback.contains_key(&idea) {
                        kinds.push(FindingKind::NoWordOn(idea));
                    }
                }
                check_exercise(&exercise, &mut kinds);
            }
        }
        findings.extend(kinds.into_iter().map(|kind| Finding {
            lesson: format!("{}/{}", sheet.id, ticket.id),
            kind,
        }));
    }
    findings
}

/// The idea whose door stops the walk.
fn idea_that_refuses(scenario: &Scenario) -> Option<Idea> {
    let documents = Documents::parse(&scenario.world);
    let flow = flow::walk(&scenario.world, &documents, &scenario.choice);
    let hop = flow.blocked_at().and_then(|it| flow.hops.get(it));
    hop.map(|it| Idea::of_hop(it))
}

fn check_exercise(exercise: &Exercise<'_>, kinds: &mut Vec<FindingKind>) {
    let start = exercise.outcome(&exercise.start);
    if !start.broken.is_empty() {
        kinds.push(FindingKind::Broken {
            answer: "the start".to_owned(),
            documents: start.broken,
        });
    } else if start.is_solved() {
        kinds.push(FindingKind::StartIsSolved);
    }
    match changed(&exercise.solution.changes, &exercise.start) {
        Err(change) => kinds.push(FindingKind::DoesNotFit {
            answer: "the solution".to_owned(),
            change,
        }),
        Ok(solved) => {
            let outcome = exercise.outcome(&solved);
            let missed = missed(exercise, &outcome);
            if let Some(it) = &outcome.refusal {
                kinds.push(FindingKind::Locked {
                    answer: "the solution".to_owned(),
                    at: it.at.clone(),
                });
            }
            if !outcome.broken.is_empty() {
                kinds.push(FindingKind::Broken {
                    answer: "the solution".to_owned(),
                    documents: outcome.broken,
                });
            } else if !missed.is_empty() {
                kinds.push(FindingKind::SolutionMisses(missed));
            }
            check_shared(&solved, kinds);
        }
    }
    let mut said = BTreeSet::new();
    for (idx, it) in exercise.wrong.iter().enumerate() {
        check_wrong(exercise, idx, it, kinds);
        if exercise.fits_start(it) {
            kinds.push(FindingKind::FitsTheStart(named(it)));
        }
        if !said.insert(it.feedback.as_str()) || it.feedback.trim().is_empty() {
            kinds.push(FindingKind::SameFeedback(named(it)));
        }
    }
}

fn named(it: &WrongAnswer) -> String {
    format!("the wrong answer `{}`", it.name)
}

fn check_wrong(
    exercise: &Exercise<'_>,
    idx: usize,
    it: &WrongAnswer,
    kinds: &mut Vec<FindingKind>,
) {
    let answer = named(it);
    let state = match changed(&it.changes, &exercise.start) {
        Ok(state) => state,
        Err(change) => {
            kinds.push(FindingKind::DoesNotFit { answer, change });
            return;
        }
    };
    let outcome = exercise.outcome(&state);
    if let Some(it) = &outcome.refusal {
        let at = it.at.clone();
        kinds.push(FindingKind::Locked { answer, at });
    } else if !outcome.broken.is_empty() {
        let documents = outcome.broken;
        kinds.push(FindingKind::Broken { answer, documents });
    } else if outcome.is_solved() {
        kinds.push(FindingKind::WrongIsRight(answer));
    } else if outcome.wrong != Some(idx) {
        let gets = outcome.wrong.and_then(|it| exercise.wrong.get(it));
        kinds.push(FindingKind::OtherFeedback {
            answer,
            gets: gets.map(named),
            misses: missed(exercise, &outcome),
        });
    }
}

fn missed(exercise: &Exercise<'_>, outcome: &crate::lesson::Outcome) -> Vec<String> {
    let ids = exercise.sheet.goals.iter().chain(&exercise.sheet.probes);
    let outcomes = outcome.goals.iter().chain(&outcome.probes);
    ids.zip(outcomes)
        .filter(|(_, it)| **it != crate::lesson::GoalOutcome::Met)
        .map(|(it, _)| it.id.clone())
        .collect()
}

fn check_shared(scenario: &Scenario, kinds: &mut Vec<FindingKind>) {
    let back = share::encode(scenario).and_then(|it| share::decode(&it));
    match back {
        Ok(back) if back == *scenario => {}
        Ok(_) => kinds.push(FindingKind::Share(
            "what comes back is not what was shared".to_owned(),
        )),
        Err(error) => kinds.push(FindingKind::Share(error.to_string())),
    }
}
