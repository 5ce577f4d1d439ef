//! Answers that people give: those that must lose, those that must win though they are not the lesson's own
//! solution, and what is said of them.
//!
//! Knows what `answers/LESSON.json` says and asks the same functions as the page. A list of answers, each
//! with `name`, `changes` (to the start, or with `from: "solution"` to the solved lesson), `ticket` in a lesson of
//! tickets, `misses` (goals and probes among those that it misses; none: it must win), and `told`: whose
//! feedback it gets, `""` where nothing that the lesson could say is true of it.

use std::fs;

use rolewalk_core::{
    lesson::{Course, Exercise},
    scenario::{Alteration, Scenario},
};
use serde::Deserialize;

use crate::{Checked, applied, check, missed, root};

/// From which state the changes of an answer go on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum From {
    #[default]
    Start,
    Solution,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answer {
    pub(crate) name: String,
    ticket: Option<String>,
    #[serde(default)]
    from: From,
    changes: Vec<Alteration>,
    #[serde(default)]
    misses: Vec<String>,
    told: Option<String>,
}

/// The answers to a lesson; none where nobody has written any.
pub(crate) fn answers(lesson: &str) -> Vec<Answer> {
    let path = root().join(format!("tests/lessons/answers/{lesson}.json"));
    let Ok(text) = fs::read_to_string(path) else {
        return Vec::new();
    };
    serde_json::from_str(&text).unwrap()
}

/// The place among a lesson's exercises of the one that an answer is for.
pub(crate) fn exercise_of(answer: &Answer, course: &Course, lesson: usize) -> usize {
    let tickets = &course.lessons[lesson].sheet.tickets;
    answer.ticket.as_ref().map_or(0, |id| {
        let place = tickets.iter().position(|it| it.id == *id);
        place.unwrap()
    })
}

impl Answer {
    /// The world as it is with this answer.
    pub(crate) fn state(&self, exercise: &Exercise<'_>) -> Result<Scenario, libtest_mimic::Failed> {
        match self.from {
            From::Start => applied(&self.changes, &exercise.start),
            From::Solution => {
                let solved = applied(&exercise.solution.changes, &exercise.start)?;
                applied(&self.changes, &solved)
            }
        }
    }

    /// Whether it comes to what is said of it.
    pub(crate) fn holds(&self, exercise: &Exercise<'_>) -> Checked {
        let state = self.state(exercise)?;
        let outcome = exercise.outcome(&state);
        let missed = missed(exercise, &state);
        check(
            outcome.refusal.is_none() && outcome.broken.is_empty(),
            format!("{:?} {:?}", outcome.refusal, outcome.broken),
        )?;
        if self.misses.is_empty() {
            check(outcome.is_solved(), format!("does not win: {missed:?}"))?;
        } else {
            check(!outcome.is_solved(), "wins")?;
        }
        for id in &self.misses {
            let is_missed = missed.iter().any(|it| it.split(' ').next() == Some(id));
            check(is_missed, format!("misses {missed:?}, not `{id}`"))?;
        }
        let told = outcome.wrong.map(|it| exercise.wrong[it].name.as_str());
        if let Some(expected) = &self.told {
            check(
                told.unwrap_or_default() == expected,
                format!("is told as {told:?}; misses {missed:?}"),
            )?;
        }
        Ok(())
    }
}

/// Every file of answers is of a lesson.
pub(crate) fn files(course: &Course) -> Checked {
    for it in fs::read_dir(root().join("tests/lessons/answers")).unwrap() {
        let path = it.unwrap().path();
        let id = path.file_stem().unwrap().to_str().unwrap();
        check(course.lesson(id).is_some(), format!("no lesson {id}"))?;
    }
    Ok(())
}
