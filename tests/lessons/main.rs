//! Every lesson does what it says: it starts unsolved, its solution solves it, each wrong answer is told by
//! its own feedback, each ticket stops where it should, and all of it can be shared; what people answer besides loses or
//! wins as it should. The same for challenges, the glossary, the agenda and the table of what teaches what.
//!
//! One trial for each lesson and each of its answers, asked of the same functions as the page.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test: a failed read is a failed test"
)]

mod answers;
mod authors;
mod challenges;
mod course;
mod star;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use libtest_mimic::{Arguments, Failed, Trial};
use rolewalk_core::{
    flow,
    lesson::{Course, Exercise, GoalOutcome, Idea, Lesson, markdown},
    scenario::{Alteration, Ask, Check, CheckOutcome, Expectation, Scenario, run},
    share,
    world::Documents,
};
use rolewalk_lessons::course;

use crate::{
    authors::{found, goals_can_be_missed, scores},
    challenges::{challenges, locks},
    course::{
        agenda, counts, folders, glossary_is_whole, link, nothing_wrong, order, sections, table,
    },
};

type Checked = Result<(), Failed>;

fn main() -> ExitCode {
    let course = Arc::new(course().unwrap());
    let mut trials = vec![
        on_course("the list of folders is the course’s", &course, folders),
        on_course("nothing is wrong with the course", &course, nothing_wrong),
        on_course("every section of the outline is taught", &course, sections),
        on_course("the table of sections is complete", &course, table),
        on_course(
            "there are fifty wrong answers or more, and five tickets",
            &course,
            counts,
        ),
        on_course("the agenda takes sixty to ninety minutes", &course, agenda),
        on_course("lessons open one after the other", &course, order),
        on_course("a course goes through a link", &course, link),
        on_course("the glossary is whole", &course, glossary_is_whole),
        on_course("challenges come with every seed", &course, challenges),
        on_course("an edit elsewhere is refused", &course, locks),
        on_course("scores compare", &course, scores),
        on_course("every goal can be missed", &course, goals_can_be_missed),
        on_course("answers are of lessons", &course, answers::files),
        on_course("the authors’ check finds what is wrong", &course, found),
        on_course("what may say `*` is there", &course, star::exempt_something),
    ];
    for idx in 0..course.lessons.len() {
        let lesson = &course.lessons[idx];
        let id = &lesson.sheet.id;
        for (number, exercise) in lesson.exercises().iter().enumerate() {
            let name = exercise_name(lesson, number);
            let mut of = |what: &str, check: fn(&Exercise<'_>, usize) -> Checked, wrong| {
                let course = Arc::clone(&course);
                trials.push(Trial::test(format!("{name}: {what}"), move || {
                    check(&course.lessons[idx].exercises()[number], wrong)
                }));
            };
            of("starts unsolved", starts_unsolved, 0);
            of("is solved by its solution", solved, 0);
            if !LOSSY.iter().any(|(it, _)| *it == name) {
                of("is whole when it is solved", whole, 0);
            }
            of("can be shared", shared, 0);
            of("is not solved by allowing everything", star::all_at_once, 0);
            for (place, it) in exercise.wrong.iter().enumerate() {
                of(&format!("catches “{}”", it.name), caught, place);
            }
            let (of_star, star_name) = (Arc::clone(&course), name.clone());
            let what = format!("{name}: is not solved by allowing everything in one policy");
            trials.push(Trial::test(what, move || {
                star::each_alone(&star_name, &of_star.lessons[idx].exercises()[number])
            }));
            let (of_star, star_name) = (Arc::clone(&course), name.clone());
            let what = format!("{name}: is not solved by allowing everything in one statement");
            trials.push(Trial::test(what, move || {
                star::each_statement(&star_name, &of_star.lessons[idx].exercises()[number])
            }));
        }
        for answer in answers::answers(id) {
            let course = Arc::clone(&course);
            let number = answers::exercise_of(&answer, &course, idx);
            let name = format!("{id}: people answer “{}”", answer.name);
            trials.push(Trial::test(name, move || {
                answer.holds(&course.lessons[idx].exercises()[number])
            }));
        }
        for ticket in 0..lesson.sheet.tickets.len() {
            let course = Arc::clone(&course);
            let name = format!(
                "{id}/{}: stops where it should",
                lesson.sheet.tickets[ticket].id
            );
            trials.push(Trial::test(name, move || {
                stops(&course.lessons[idx], ticket)
            }));
        }
        let course = Arc::clone(&course);
        trials.push(Trial::test(format!("{id}: reads well"), move || {
            reads_well(&course.lessons[idx])
        }));
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// The lesson's id, and the ticket's where it has tickets.
fn exercise_name(lesson: &Lesson, number: usize) -> String {
    let id = &lesson.sheet.id;
    match lesson.sheet.tickets.get(number) {
        Some(ticket) => format!("{id}/{}", ticket.id),
        None => id.clone(),
    }
}

fn on_course(name: &str, course: &Arc<Course>, check: fn(&Course) -> Checked) -> Trial {
    let course = Arc::clone(course);
    Trial::test(name, move || check(&course))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn check(is_so: bool, message: impl Into<String>) -> Checked {
    if is_so {
        Ok(())
    } else {
        Err(message.into().into())
    }
}

fn same<T: PartialEq + std::fmt::Debug>(found: &T, expected: &T) -> Checked {
    check(
        found == expected,
        format!("{found:#?}\nexpected {expected:#?}"),
    )
}

fn applied(changes: &[Alteration], scenario: &Scenario) -> Result<Scenario, Failed> {
    for n in 1..=changes.len() {
        if Alteration::apply_all(&changes[..n], scenario).is_none() {
            return Err(format!("change {n} does not fit").into());
        }
    }
    Ok(Alteration::apply_all(changes, scenario).unwrap())
}

/// The goals and probes that are not met.
fn missed(exercise: &Exercise<'_>, state: &Scenario) -> Vec<String> {
    let outcome = exercise.outcome(state);
    let goals = exercise.sheet.goals.iter().chain(&exercise.sheet.probes);
    let outcomes = outcome.goals.iter().chain(&outcome.probes);
    let missed = goals.zip(outcomes).filter(|it| *it.1 != GoalOutcome::Met);
    missed
        .map(|(it, outcome)| format!("{} {outcome:?}", it.id))
        .collect()
}

fn starts_unsolved(exercise: &Exercise<'_>, _: usize) -> Checked {
    let outcome = exercise.outcome(&exercise.start);
    same(&outcome.broken, &Vec::new())?;
    same(&outcome.wrong, &None)?;
    check(!outcome.is_solved(), "the start is solved")?;
    check(
        outcome.meets_goals() || outcome.first_red.is_some(),
        "nothing is pointed out",
    )
}

fn solved(exercise: &Exercise<'_>, _: usize) -> Checked {
    let state = applied(&exercise.solution.changes, &exercise.start)?;
    let outcome = exercise.outcome(&state);
    same(&outcome.refusal, &None)?;
    same(&missed(exercise, &state), &Vec::new())?;
    check(outcome.is_solved(), "not solved")
}

/// Where something is lost all the same, and why.
const LOSSY: [(&str, &str); 2] = [
    (
        "build-a-domain",
        "the new domain’s network has no endpoints, and the lesson is about roles",
    ),
    ("mental-model/t3", "the same domain"),
];

/// Whoever has solved it has nothing left to look for.
fn whole(exercise: &Exercise<'_>, _: usize) -> Checked {
    let state = applied(&exercise.solution.changes, &exercise.start)?;
    let documents = Documents::parse(&state.world);
    let flow = flow::walk(&state.world, &documents, &state.choice);
    let hops = flow.hops.iter().map(AsRef::as_ref);
    let lost = hops.filter(|it: &&flow::Hop| it.outcome() == flow::HopOutcome::Degraded);
    let lost: Vec<flow::HopKind> = lost.map(|it| it.kind).collect();
    check(lost.is_empty(), format!("something is lost at {lost:?}"))
}

fn caught(exercise: &Exercise<'_>, place: usize) -> Checked {
    let wrong = &exercise.wrong[place];
    let state = applied(&wrong.changes, &exercise.start)?;
    let outcome = exercise.outcome(&state);
    same(&outcome.refusal, &None)?;
    same(&outcome.broken, &Vec::new())?;
    check(!outcome.is_solved(), "a wrong answer solves it")?;
    let told = outcome.wrong.map(|it| exercise.wrong[it].name.as_str());
    check(
        told == Some(&wrong.name),
        format!("is told as {told:?}; misses {:?}", missed(exercise, &state)),
    )
}

fn shared(exercise: &Exercise<'_>, _: usize) -> Checked {
    let solved = applied(&exercise.solution.changes, &exercise.start)?;
    for it in [exercise.start.as_ref(), &solved] {
        same(&share::decode(&share::encode(it).unwrap()).unwrap(), it)?;
        same(&Scenario::from_json(&it.to_json()).unwrap(), it)?;
    }
    Ok(())
}

fn stops(lesson: &Lesson, ticket: usize) -> Checked {
    let ticket = &lesson.sheet.tickets[ticket];
    let exercise = lesson.ticket(ticket).ok_or("the ticket does not fit")?;
    let check = Check {
        name: ticket.id.clone(),
        ask: Ask::default(),
        expect: Expectation {
            stops_at: Some(ticket.stops_at),
            hops: Vec::new(),
        },
    };
    if let CheckOutcome::Failed { mismatches, .. } = run(&exercise.start, &check) {
        return Err(format!("{mismatches:?}").into());
    }
    let documents = Documents::parse(&exercise.start.world);
    let flow = flow::walk(&exercise.start.world, &documents, &exercise.start.choice);
    let stopped_by = flow.blocked_at().and_then(|it| flow.hops.get(it));
    same(&stopped_by.map(|it| Idea::of_hop(it)), &Some(ticket.answer))
}

fn reads_well(lesson: &Lesson) -> Checked {
    let sheet = &lesson.sheet;
    let blocks = markdown::read(&lesson.text)?;
    check(2 <= blocks.len(), "the text is a line")?;
    check((2..=4).contains(&sheet.hints.len()), "two to four hints")?;
    let wrong = sheet.wrong.iter();
    let wrong = wrong.chain(sheet.tickets.iter().flat_map(|it| &it.wrong));
    for it in wrong {
        check(
            it.feedback.ends_with(['.', '?']),
            format!("`{}`: no sentence", it.name),
        )?;
    }
    for it in sheet.goals.iter().chain(&sheet.probes) {
        check(
            !it.text.ends_with('.'),
            format!("`{}` ends in a stop", it.id),
        )?;
    }
    for it in sheet.hints.iter().chain([&sheet.idea, &sheet.takeaway]) {
        check(it.ends_with(['.', '?']), format!("`{it}`: no sentence"))?;
    }
    Ok(())
}
