//! The goals of a lesson as rows, and what there is to say of them.
//!
//! Pure. Invariant: of all that is red only the first goal's first hop is pointed out; a probe is told only where all
//! goals are met.

use rolewalk_core::{
    explain,
    flow::{Choice, HopKind, Workload},
    lesson::{Goal, GoalOutcome, Outcome, Score, Test},
    scenario::{Ask, Scenario},
};

/// How a goal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is met.
    Met,
    /// It is not, and is the one to look at.
    First,
    /// It is not.
    Open,
    /// Nobody knows yet.
    Unknown,
}

impl Standing {
    /// For a screen reader, and beside the sign.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::First => "look here first",
            Self::Open => "not yet",
            Self::Unknown => "not judged",
        }
    }

    /// The class of its row.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Met => "is-met",
            Self::First => "is-first",
            Self::Open => "is-open-goal",
            Self::Unknown => "is-unknown",
        }
    }
}

/// A goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GoalRow {
    /// What should be so.
    pub(crate) text: String,
    /// How it stands.
    pub(crate) standing: Standing,
    /// What is to say of the one to look at.
    pub(crate) because: Option<String>,
}

/// The goals of a lesson that starts so; without an outcome nothing is known of them.
pub(crate) fn rows(goals: &[Goal], start: &Scenario, outcome: Option<&Outcome>) -> Vec<GoalRow> {
    let first = outcome.and_then(|it| it.first_red);
    let row = |(idx, goal): (usize, &Goal)| {
        let found = outcome.and_then(|it| it.goals.get(idx));
        let standing = match found {
            Some(GoalOutcome::Met) => Standing::Met,
            Some(GoalOutcome::Unmet { .. }) if first.is_some_and(|it| it.goal == idx) => {
                Standing::First
            }
            Some(GoalOutcome::Unmet { .. }) => Standing::Open,
            Some(GoalOutcome::Unknown) | None => Standing::Unknown,
        };
        GoalRow {
            text: goal.text.clone(),
            standing,
            because: (standing == Standing::First)
                .then(|| because(goal, start, first.and_then(|it| it.hop))),
        }
    };
    goals.iter().enumerate().map(row).collect()
}

/// What is wrong with a goal that is not met; `stopped_at` is the hop that is.
fn because(goal: &Goal, start: &Scenario, stopped_at: Option<HopKind>) -> String {
    let door = |hop| format!("the door “{}”", explain::hop_short_title(hop));
    let Test::Check(check) = &goal.test else {
        return "Not so in this world yet.".to_owned();
    };
    let is_at_call = stopped_at.is_none_or(|it| it == HopKind::ApiCall);
    if let Some(action) = call_beside(&check.ask, start).filter(|_| is_at_call) {
        return match check.expect.stops_at {
            None => format!("The call `{action}` is refused."),
            Some(_) => format!("The call `{action}` should be refused."),
        };
    }
    match (check.expect.stops_at, stopped_at) {
        (None, Some(found)) => format!("Stops at {}.", door(found)),
        (Some(expected), Some(found)) if expected != found => {
            format!("Stops at {} already.", door(found))
        }
        (Some(expected), _) => format!("At {} it should be refused.", door(expected)),
        (None, None) => "It does not come to what it should.".to_owned(),
    }
}

/// The action of a goal that asks for one call where the lesson shows another walk: that one has another door of this
/// name, or none.
fn call_beside<'a>(ask: &'a Ask, start: &Scenario) -> Option<&'a str> {
    match ask {
        Ask::Workload(it) => match (it.as_ref(), &start.choice.workload) {
            (Workload::ApiCall(call), Workload::ApiCall(shown)) if call.action == shown.action => {
                None
            }
            (Workload::ApiCall(call), _) => Some(&call.action),
            _ => None,
        },
        _ => None,
    }
}

/// The walk that a goal is about; nothing where it looks at the world itself.
pub(crate) fn walk(goal: &Goal, start: &Scenario) -> Option<Choice> {
    let Test::Check(check) = &goal.test else {
        return None;
    };
    Some(match &check.ask {
        Ask::ChosenWalk => start.choice.clone(),
        Ask::Walk(choice) => choice.as_ref().clone(),
        Ask::Workload(workload) => Choice {
            workload: workload.as_ref().clone(),
            ..start.choice.clone()
        },
    })
}

/// The texts of the probes that fail, where all goals are met.
pub(crate) fn failed_probes(probes: &[Goal], outcome: &Outcome) -> Vec<String> {
    if !outcome.meets_goals() {
        return Vec::new();
    }
    let pairs = probes.iter().zip(&outcome.probes);
    pairs
        .filter(|(_, it)| matches!(it, GoalOutcome::Unmet { .. }))
        .map(|(probe, _)| probe.text.clone())
        .collect()
}

/// How many goals are met, in words.
pub(crate) fn count(rows: &[GoalRow]) -> String {
    let n_met = rows
        .iter()
        .filter(|it| it.standing == Standing::Met)
        .count();
    format!("{n_met} of {}", rows.len())
}

/// What a solution came to beside the lesson's own: what is compared, and both. What is nothing in both, as statements
/// where no policy is to be written, says nothing and is left out.
pub(crate) fn score_rows(own: Score, reference: Score) -> Vec<(&'static str, String, String)> {
    let actions = |it: Score| {
        it.actions
            .map_or_else(|| "–".to_owned(), |it| it.to_string())
    };
    let all = [
        (
            "Statements",
            own.statements.to_string(),
            reference.statements.to_string(),
        ),
        (
            "Characters",
            own.characters.to_string(),
            reference.characters.to_string(),
        ),
        ("AWS actions allowed", actions(own), actions(reference)),
    ];
    let says_something = |it: &(&str, String, String)| it.1 != "0" || it.2 != "0";
    all.into_iter().filter(says_something).collect()
}

#[cfg(test)]
mod tests {
    use rolewalk_core::{
        lesson::{Course, Exercise},
        scenario::Alteration,
    };

    use super::*;

    fn course() -> Course {
        rolewalk_lessons::course().unwrap()
    }

    fn at_start(exercise: &Exercise<'_>) -> Vec<GoalRow> {
        let outcome = exercise.outcome(&exercise.start);
        rows(&exercise.sheet.goals, &exercise.start, Some(&outcome))
    }

    #[test]
    fn only_one_goal_is_pointed_out_in_every_lesson() {
        for lesson in &course().lessons {
            for exercise in lesson.exercises() {
                let rows = at_start(&exercise);
                let pointed: Vec<_> = rows.iter().filter(|it| it.because.is_some()).collect();
                assert_eq!(pointed.len(), 1, "{}", lesson.sheet.id);
                assert_eq!(pointed[0].standing, Standing::First);
            }
        }
    }

    #[test]
    fn a_goal_says_where_its_walk_stops() {
        let course = course();
        let first = course.lesson("default-deny").unwrap();
        let rows = at_start(&first.exercise().unwrap());
        assert_eq!(
            rows[0].because.as_deref(),
            Some("Stops at the door “API call”.")
        );
        assert_eq!(count(&rows), "2 of 3");
        let wrong = Alteration::apply_all(&first.sheet.wrong[0].changes, &first.start).unwrap();
        let exercise = first.exercise().unwrap();
        let told = super::rows(
            &exercise.sheet.goals,
            &exercise.start,
            Some(&exercise.outcome(&wrong)),
        );
        assert_eq!(
            told[1].because.as_deref(),
            Some("The call `s3:PutObject` should be refused.")
        );
    }

    #[test]
    fn a_goal_of_one_call_beside_another_walk_names_the_call() {
        let course = course();
        let lesson = course.lesson("assume-role").unwrap();
        let rows = at_start(&lesson.exercise().unwrap());
        let because: Vec<_> = rows.iter().filter_map(|it| it.because.as_deref()).collect();
        assert_eq!(because, ["The call `sts:AssumeRole` is refused."]);
    }

    #[test]
    fn probes_are_told_only_where_the_goals_are_met() {
        let course = course();
        let lesson = course.lesson("default-deny").unwrap();
        let exercise = lesson.exercise().unwrap();
        let probes = &exercise.sheet.probes;
        let mut outcome = exercise.outcome(&exercise.start);
        outcome.probes = vec![GoalOutcome::Unmet { hop: None }; probes.len()];
        assert!(failed_probes(probes, &outcome).is_empty());
        outcome.goals = vec![GoalOutcome::Met; outcome.goals.len()];
        assert_eq!(failed_probes(probes, &outcome).len(), probes.len());
    }

    #[test]
    fn only_figures_that_say_something_are_compared() {
        let score = |statements, characters, actions| Score {
            statements,
            characters,
            actions,
        };
        let names = |own, reference| -> Vec<&str> {
            score_rows(own, reference).iter().map(|it| it.0).collect()
        };
        let nothing = score(0, 0, Some(0));
        assert!(names(nothing, nothing).is_empty());
        let denies = score(1, 90, Some(0));
        assert_eq!(names(denies, denies), ["Statements", "Characters"]);
        let allows = score(1, 90, Some(2));
        assert_eq!(names(denies, allows).len(), 3);
        assert_eq!(names(score(1, 90, None), allows).len(), 3);
    }

    #[test]
    fn what_a_goal_is_about_can_be_walked() {
        for lesson in &course().lessons {
            for goal in &lesson.sheet.goals {
                let is_check = matches!(goal.test, Test::Check(_));
                assert_eq!(walk(goal, &lesson.start).is_some(), is_check);
            }
        }
    }
}
