//! Every lesson does what it says: it starts unsolved, its solution solves it, each wrong answer is told by
//! its own feedback, each ticket stops where it should, and all of it can be shared. The same for challenges,
//! the glossary, the agenda and the table of what teaches what.
//!
//! One trial for each lesson and each of its answers, asked of the same functions as the page.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test: a failed read is a failed test"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use libtest_mimic::{Arguments, Failed, Trial};
use rolewalk_core::{
    catalogue::Catalogue,
    lesson::{
        self, Course, Exercise, Glossary, GoalOutcome, Idea, Lesson, Progress, Seed, markdown,
    },
    library::Library,
    policy::PolicyKind,
    scenario::{Alteration, Ask, Check, CheckOutcome, Expectation, Scenario, run},
    share,
};
use rolewalk_lessons::{
    add_aws_managed_policies, course, course_json, glossary, lesson_folders, read_course,
};

/// The headings of the outline that the course teaches: chapter and part.
const SECTIONS: [&str; 20] = [
    "1.1",
    "2.1",
    "2.2",
    "2.3",
    "3.1",
    "3.2",
    "3.3",
    "4.1",
    "4.2",
    "5.1",
    "5.2",
    "6.1",
    "7.1",
    "8.1",
    "8.2",
    "8.3",
    "8.4",
    "9.1",
    "qa",
    "comparison",
];

/// Goals and probes that no answer here misses: they say what should stay as it is, and are met at the start.
const KEPT: [&str; 17] = [
    "default-deny/create-user",
    "groups-and-deny/dave",
    "assume-role/dave",
    "pass-role/assume",
    "second-lock/delete",
    "build-a-domain/public",
    "build-a-domain/scientist",
    "profiles/roles",
    "own-studio/make",
    "end-to-end/assume-admin",
    "end-to-end/bob",
    "end-to-end/foreign",
    "least-privilege/job",
    "temporary-credentials/mfa",
    "people-and-services/alice-ds",
    "people-and-services/exec-admin",
    "mental-model/admin",
];

type Checked = Result<(), Failed>;

fn main() -> ExitCode {
    let course = Arc::new(course().unwrap());
    let mut trials = vec![
        on_course("the list of folders is the course’s", &course, folders),
        on_course("nothing is wrong with the course", &course, nothing_wrong),
        on_course("every section of the outline is taught", &course, sections),
        on_course("the table of sections is complete", &course, table),
        on_course(
            "there are fifty wrong answers and five tickets",
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
        on_course("the authors’ check finds what is wrong", &course, found),
    ];
    for idx in 0..course.lessons.len() {
        let lesson = &course.lessons[idx];
        let id = &lesson.sheet.id;
        for (number, exercise) in lesson.exercises().iter().enumerate() {
            let name = match lesson.sheet.tickets.get(number) {
                Some(ticket) => format!("{id}/{}", ticket.id),
                None => id.clone(),
            };
            let mut of = |what: &str, check: fn(&Exercise<'_>, usize) -> Checked, wrong| {
                let course = Arc::clone(&course);
                trials.push(Trial::test(format!("{name}: {what}"), move || {
                    check(&course.lessons[idx].exercises()[number], wrong)
                }));
            };
            of("starts unsolved", starts_unsolved, 0);
            of("is solved by its solution", solved, 0);
            of("can be shared", shared, 0);
            of("is not solved by allowing everything", not_by_star, 0);
            for (place, it) in exercise.wrong.iter().enumerate() {
                of(&format!("catches “{}”", it.name), caught, place);
            }
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

/// `*` in every policy that may be edited.
fn not_by_star(exercise: &Exercise<'_>, _: usize) -> Checked {
    let lesson = Lesson {
        sheet: exercise.sheet.clone(),
        text: String::new(),
        start: exercise.start.as_ref().clone(),
    };
    let mut state = lesson.start.clone();
    let documents = state.world.documents();
    let open: Vec<_> = documents
        .into_iter()
        .map(|it| it.0)
        .filter(|it| lesson.opens(it))
        .collect();
    for id in open {
        let text = match id.kind() {
            PolicyKind::Identity => {
                r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#
            }
            PolicyKind::Trust => {
                r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sts:*"}}"#
            }
            _ => {
                r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}"#
            }
        };
        *state.world.document_mut(&id).unwrap() = text.into();
    }
    let outcome = exercise.outcome(&state);
    same(&outcome.refusal, &None)?;
    check(outcome.broken.is_empty(), format!("{:?}", outcome.broken))?;
    check(!outcome.is_solved(), "`*` solves it")
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
    same(&Idea::of(ticket.stops_at), &ticket.answer)
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

fn folders(course: &Course) -> Checked {
    let listed: Vec<String> = lesson_folders().map(str::to_owned).collect();
    same(&listed, &course.sheet.lessons)?;
    for (idx, (folder, lesson)) in listed.iter().zip(&course.lessons).enumerate() {
        same(folder, &format!("{:02}-{}", idx + 1, lesson.sheet.id))?;
    }
    let found = fs::read_dir(root().join("crates/lessons/lessons")).unwrap();
    let found = found.filter(|it| {
        it.as_ref()
            .unwrap()
            .file_name()
            .to_str()
            .unwrap()
            .starts_with(char::is_numeric)
    });
    same(&found.count(), &listed.len())
}

fn nothing_wrong(course: &Course) -> Checked {
    let findings: Vec<String> = lesson::check_course(course)
        .iter()
        .map(ToString::to_string)
        .collect();
    check(findings.is_empty(), findings.join("\n"))
}

fn sections(course: &Course) -> Checked {
    let mut taught: BTreeSet<&str> = course
        .lessons
        .iter()
        .flat_map(|it| it.sheet.sections.iter().map(String::as_str))
        .collect();
    let glossary = glossary()?;
    if !glossary.questions.is_empty() {
        taught.insert("qa");
    }
    if !glossary.comparisons.is_empty() {
        taught.insert("comparison");
    }
    same(&taught, &SECTIONS.into_iter().collect())
}

/// `docs/lessons.md` names each section once, with lessons that teach it.
fn table(course: &Course) -> Checked {
    let text = fs::read_to_string(root().join("docs/lessons.md")).unwrap();
    for section in SECTIONS {
        let row = text
            .lines()
            .find(|it| it.starts_with(&format!("| {section} |")));
        let row = row.ok_or_else(|| format!("no row for {section}"))?;
        check(
            4 <= row.matches('|').count(),
            format!("{section}: no place in the page"),
        )?;
        for lesson in &course.lessons {
            if lesson.sheet.sections.iter().any(|it| it == section) {
                let id = &lesson.sheet.id;
                check(
                    row.contains(&format!("`{id}`")),
                    format!("{section}: `{id}` is missing"),
                )?;
            }
        }
    }
    Ok(())
}

fn counts(course: &Course) -> Checked {
    let wrong: usize = course.lessons.iter().map(|it| it.sheet.wrong.len()).sum();
    let tickets: usize = course.lessons.iter().map(|it| it.sheet.tickets.len()).sum();
    same(&(course.lessons.len(), wrong, tickets), &(16, 50, 5))
}

fn agenda(course: &Course) -> Checked {
    let minutes: u32 = course.sheet.agenda.iter().map(|it| it.minutes).sum();
    check((60..=90).contains(&minutes), format!("{minutes} minutes"))?;
    let mut planned = course.sheet.agenda.iter().flat_map(|it| &it.lessons);
    for lesson in &course.lessons {
        same(&planned.next(), &Some(&lesson.sheet.id))?;
    }
    let has_points = course
        .sheet
        .agenda
        .iter()
        .all(|it| 2 <= it.talking_points.len());
    check(has_points, "a part without talking points")
}

fn order(course: &Course) -> Checked {
    let id = &course.sheet.id;
    let mut progress = Progress::default();
    for lesson in &course.lessons {
        let n_open = course
            .lessons
            .iter()
            .filter(|it| course.is_open(it, &progress))
            .count();
        let n_solved = course
            .lessons
            .iter()
            .filter(|it| progress.is_solved(id, &it.sheet.id))
            .count();
        same(&n_open, &(n_solved + 1))?;
        same(
            &course.current(&progress).map(|it| &it.sheet.id),
            &Some(&lesson.sheet.id),
        )?;
        let are_open = n_solved >= 11;
        same(&course.are_challenges_open(&progress), &are_open)?;
        progress.lesson_mut(id, &lesson.sheet.id).solved = true;
    }
    same(&course.current(&progress), &None)
}

fn link(_: &Course) -> Checked {
    let json = course_json();
    let text = lesson::encode(&json)?;
    check(
        text.len() <= share::MAX_TEXT,
        format!("{} bytes", text.len()),
    )?;
    same(&lesson::decode(&text)?, &json)?;
    same(&read_course(&lesson::decode(&text)?)?, &course()?)
}

fn glossary_is_whole(course: &Course) -> Checked {
    let Glossary {
        cards,
        questions,
        comparisons,
    } = glossary()?;
    let ids: BTreeSet<&str> = cards.iter().map(|it| it.id.as_str()).collect();
    same(&ids.len(), &cards.len())?;
    for it in &cards {
        check(it.docs.starts_with("https://docs.aws.amazon.com/"), &it.id)?;
        check(it.text.ends_with('.') && it.place.ends_with('.'), &it.id)?;
        check(!it.lessons.is_empty(), format!("{}: no lesson", it.id))?;
        for other in &it.related {
            check(ids.contains(other.as_str()), format!("{}: {other}", it.id))?;
        }
    }
    let mut lessons = cards.iter().flat_map(|it| &it.lessons).collect::<Vec<_>>();
    lessons.extend(questions.iter().flat_map(|it| &it.lessons));
    lessons.extend(comparisons.iter().flat_map(|it| &it.lessons));
    for id in lessons {
        check(course.lesson(id).is_some(), format!("no lesson {id}"))?;
    }
    for id in comparisons.iter().flat_map(|it| &it.cards) {
        check(ids.contains(id.as_str()), format!("no card {id}"))?;
    }
    for lesson in &course.lessons {
        for term in &lesson.sheet.terms {
            check(ids.contains(term.as_str()), format!("no card {term}"))?;
        }
    }
    Ok(())
}

fn library() -> Library {
    let folder = root().join("tests/corpus/misconfigurations");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.sort();
    let read = |it: &PathBuf| fs::read_to_string(it).unwrap();
    let parts: Vec<String> = files
        .iter()
        .filter(|it| !it.ends_with("base.json"))
        .map(read)
        .collect();
    let base = read(&folder.join("base.json"));
    let json = format!(
        "{{\"base\":{base},\"misconfigurations\":[{}]}}",
        parts.join(",")
    );
    Library::from_json(&json).unwrap()
}

fn challenges(course: &Course) -> Checked {
    let library = library();
    let challenges = course.sheet.challenges.as_ref().unwrap();
    check(12 <= challenges.slugs.len(), "fewer than twelve")?;
    let complete = |it: &mut Scenario| add_aws_managed_policies(&mut it.world);
    let mut texts: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut problems = Vec::new();
    for slug in &challenges.slugs {
        for seed in 0..4 {
            let Some(it) = lesson::challenge(&library, slug, Seed(seed), &complete) else {
                problems.push(format!("{slug} {seed}: does not stop at its door"));
                continue;
            };
            if !it.doors.contains(&it.answer) || it.message.is_empty() {
                problems.push(format!("{slug} {seed}: no door, or no message"));
            }
            if matches!(run(&it.scenario, &it.goal), CheckOutcome::Passed { .. }) {
                problems.push(format!("{slug} {seed}: is mended already"));
            }
            let mended = applied(&it.solution, &it.scenario)?;
            if let CheckOutcome::Failed { mismatches, .. } = run(&mended, &it.goal) {
                problems.push(format!("{slug} {seed}: {mismatches:?}"));
            }
            texts.entry(slug).or_default().insert(it.scenario.to_json());
        }
    }
    check(problems.is_empty(), problems.join("\n"))?;
    check(
        texts.values().all(|it| 2 <= it.len()),
        "always the same names",
    )?;
    let order = |seed| lesson::challenge_order(challenges, Seed(seed));
    same(&order(1), &order(1))?;
    check(order(1) != order(2), "always the same order")?;
    let sorted = |mut it: Vec<String>| {
        it.sort();
        it
    };
    same(&sorted(order(1)), &sorted(challenges.slugs.clone()))
}

fn locks(course: &Course) -> Checked {
    let lesson = course.lesson("trust-policy").unwrap();
    let exercise = lesson.exercise().unwrap();
    let refused = |change: &str| {
        let change: Alteration = serde_json::from_str(change).unwrap();
        let state = change.apply(&exercise.start).unwrap();
        exercise.outcome(&state).refusal.map(|it| it.at)
    };
    for (change, at) in [
        (
            r#"{"document":"inline:user:alice:Become","text":"{}"}"#,
            "users/alice/inlinePolicies/Become/document",
        ),
        (
            r#"{"document":"inline:user:alice:More","text":"{}"}"#,
            "users/alice/inlinePolicies/More",
        ),
        (
            r#"{"at":"/world/home/roles","value":[]}"#,
            "roles/DataScientistRole",
        ),
        (
            r#"{"at":"/world/home/roles/ExecutionRole/path","value":"/x/"}"#,
            "roles/ExecutionRole/path",
        ),
        (
            r#"{"at":"/world/region","value":"eu-west-1"}"#,
            "/world/region",
        ),
        (
            r#"{"at":"/world/home/domains/0/tags","value":{"a":"b"}}"#,
            "domains/d-acme00000001/tags",
        ),
    ] {
        same(&refused(change), &Some(at.to_owned()))?;
    }
    same(&refused(r#"{"at":"/choice/person","value":"Zoe"}"#), &None)?;
    same(
        &refused(r#"{"document":"trust:ExecutionRole","text":"{}"}"#),
        &None,
    )?;
    let sentence = exercise
        .outcome(
            &Alteration::apply_all(
                &[serde_json::from_str(r#"{"at":"/world/region","value":"eu-west-1"}"#).unwrap()],
                &exercise.start,
            )
            .unwrap(),
        )
        .refusal
        .unwrap();
    same(
        &sentence.message(),
        &"`/world/region` stays as it is in this lesson".to_owned(),
    )?;
    same(
        &sentence.help(),
        &"undo the change, and edit `roles/ExecutionRole/trustPolicy`".to_owned(),
    )?;
    let open = |id: &str| lesson.opens(&serde_json::from_str(&format!("\"{id}\"")).unwrap());
    same(
        &(open("trust:ExecutionRole"), open("trust:AdminRole")),
        &(true, false),
    )
}

/// One thing is spoiled in a lesson that is right, and that is what is told.
fn found(course: &Course) -> Checked {
    type Spoil = fn(&mut Lesson);
    let cases: [(&str, Spoil); 11] = [
        ("the solution misses `read`", |it| {
            it.sheet.solution.as_mut().unwrap().changes.clear();
        }),
        ("the start is solved already", |it| {
            let changes = it.sheet.solution.clone().unwrap().changes;
            it.start = Alteration::apply_all(&changes, &it.start).unwrap();
        }),
        (
            "the wrong answer `the bucket, not its objects` solves",
            |it| {
                it.sheet.wrong[1].changes = it.sheet.solution.clone().unwrap().changes;
            },
        ),
        ("gets the feedback of nothing; it misses `payroll`", |it| {
            it.sheet.wrong[2].misses = vec!["write".to_owned()];
        }),
        ("fits the start as well", |it| {
            it.sheet.wrong[1].tells.clear();
        }),
        ("says the same as another", |it| {
            it.sheet.wrong[1].feedback = it.sheet.wrong[0].feedback.clone();
        }),
        ("there is no goal or probe `nothing`", |it| {
            it.sheet.wrong[0].misses.push("nothing".to_owned());
        }),
        (
            "edits `users/alice/inlinePolicies/Own/document`, which is locked",
            |it| {
                it.sheet.editable.clear();
            },
        ),
        ("no goal says that something is still denied", |it| {
            it.sheet.goals.truncate(1);
        }),
        ("there is no hint", |it| it.sheet.hints.clear()),
        ("there is nothing to solve", |it| it.sheet.solution = None),
    ];
    for (says, spoil) in cases {
        let mut lesson = course.lesson("default-deny").unwrap().clone();
        spoil(&mut lesson);
        let findings = lesson::check_lesson(&lesson);
        let told: Vec<String> = findings.iter().map(ToString::to_string).collect();
        check(
            told.iter().any(|it| it.contains(says)),
            format!("`{says}` is not in {told:#?}"),
        )?;
    }
    let mut lesson = course.lesson("mental-model").unwrap().clone();
    lesson.sheet.tickets.swap(0, 1);
    lesson.sheet.tickets[0].answer = Idea::Domain;
    lesson.sheet.tickets[0].feedback.remove(&Idea::IamUser);
    let of_another = lesson.sheet.tickets[2].changes.clone();
    lesson.sheet.tickets[1].changes = of_another;
    let told: Vec<String> = lesson::check_lesson(&lesson)
        .iter()
        .map(ToString::to_string)
        .collect();
    for says in [
        "mental-model/t2: the ticket’s hop belongs to `Role`",
        "mental-model/t2: the ticket says nothing to who answers `IAM user`",
        "mental-model/t1: the ticket stops elsewhere",
    ] {
        check(
            told.iter().any(|it| it.starts_with(says)),
            format!("`{says}` is not in {told:#?}"),
        )?;
    }
    Ok(())
}

/// A goal that neither the start nor any wrong answer misses may be met by everything.
fn goals_can_be_missed(course: &Course) -> Checked {
    let mut idle = Vec::new();
    for lesson in &course.lessons {
        let mut missed_once = BTreeSet::new();
        for exercise in lesson.exercises() {
            let wrong = exercise.wrong.iter();
            let mut states = vec![exercise.start.as_ref().clone()];
            for it in wrong {
                states.push(applied(&it.changes, &exercise.start)?);
            }
            for state in &states {
                let missed = missed(&exercise, state).into_iter();
                missed_once.extend(missed.filter_map(|it| Some(it.split(' ').next()?.to_owned())));
            }
        }
        for it in lesson.sheet.goals.iter().chain(&lesson.sheet.probes) {
            if !missed_once.contains(&it.id) {
                idle.push(format!("{}/{}", lesson.sheet.id, it.id));
            }
        }
    }
    let expected: Vec<String> = KEPT.iter().map(|it| (*it).to_owned()).collect();
    same(&idle, &expected)
}

fn scores(course: &Course) -> Checked {
    let exercise = course.lesson("default-deny").unwrap().exercise().unwrap();
    let reference = exercise.reference(None).unwrap();
    same(&reference.statements, &1)?;
    same(&reference.actions, &None)?;
    let solved = applied(&exercise.solution.changes, &exercise.start)?;
    same(&lesson::score(&exercise, &solved, None), &reference)?;
    // Layout does not count.
    let spread: Alteration = serde_json::from_str(
        r#"{"document":"inline:user:alice:Own","find":"\n","replace":"\n\n\n      "}"#,
    )
    .unwrap();
    same(
        &lesson::score(&exercise, &spread.apply(&solved).unwrap(), None),
        &reference,
    )?;
    // Three actions are all there are here; each answer allows some of them.
    let mut catalogue = Catalogue::default();
    let services =
        r#"{"s3":{"n":"S3","a":[["GetObject","R"],["GetObjectTagging","R"],["PutObject","W"]]}}"#;
    catalogue.read_services(services)?;
    let actions = |state: &Scenario| lesson::score(&exercise, state, Some(&catalogue)).actions;
    same(&actions(&solved), &Some(1))?;
    same(
        &exercise.reference(Some(&catalogue)),
        &Some(lesson::Score {
            actions: Some(1),
            ..reference
        }),
    )?;
    for (policy, n) in [
        (
            r#"{"Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}"#,
            2,
        ),
        (
            r#"{"Statement":{"Effect":"Allow","NotAction":"s3:GetObject","Resource":"*"}}"#,
            2,
        ),
        (
            r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#,
            3,
        ),
        (
            r#"{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"#,
            0,
        ),
    ] {
        let change = format!(r#"{{"document":"inline:user:alice:Own","text":{policy}}}"#);
        let change: Alteration = serde_json::from_str(&change)?;
        same(&actions(&change.apply(&exercise.start).unwrap()), &Some(n))?;
    }
    // A managed policy counts where one may attach some.
    let exercise = course
        .lesson("least-privilege")
        .unwrap()
        .exercise()
        .unwrap();
    let (start, reference) = (
        lesson::score(&exercise, &exercise.start, None),
        exercise.reference(None).unwrap(),
    );
    check(
        reference.statements + 20 < start.statements,
        format!("{start:?} {reference:?}"),
    )
}
