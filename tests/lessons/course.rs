//! The course as a whole: its folders, sections, table, agenda, order and glossary.

use std::{collections::BTreeSet, fs};

use rolewalk_core::{
    lesson::{self, Course, Glossary, Order, Progress},
    share,
};
use rolewalk_lessons::{course, course_json, glossary, lesson_folders, read_course};

use crate::{Checked, check, root, same};

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

pub(crate) fn folders(course: &Course) -> Checked {
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

pub(crate) fn nothing_wrong(course: &Course) -> Checked {
    let findings: Vec<String> = lesson::check_course(course)
        .iter()
        .map(ToString::to_string)
        .collect();
    check(findings.is_empty(), findings.join("\n"))
}

pub(crate) fn sections(course: &Course) -> Checked {
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
pub(crate) fn table(course: &Course) -> Checked {
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

pub(crate) fn counts(course: &Course) -> Checked {
    let wrong: usize = course.lessons.iter().map(|it| it.sheet.wrong.len()).sum();
    let tickets: usize = course.lessons.iter().map(|it| it.sheet.tickets.len()).sum();
    same(&(course.lessons.len(), tickets), &(16, 5))?;
    check(50 <= wrong, format!("{wrong} wrong answers"))
}

pub(crate) fn agenda(course: &Course) -> Checked {
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

pub(crate) fn order(course: &Course) -> Checked {
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
    same(&course.current(&progress), &None)?;

    // Whoever came to a challenge in another way goes on with them.
    let mut progress = Progress::default();
    let slugs = course.sheet.challenges.iter().flat_map(|it| &it.slugs);
    progress.solve_challenge(id, slugs.clone().next().ok_or("no challenge")?);
    same(&course.are_challenges_open(&progress), &true)?;

    // Where all lessons are open from the first, so are the challenges.
    let mut free = course.clone();
    free.sheet.settings.order = Order::Free;
    let progress = Progress::default();
    let mut lessons = free.lessons.iter();
    check(
        lessons.all(|it| free.is_open(it, &progress)),
        "a lesson is shut",
    )?;
    same(&free.are_challenges_open(&progress), &true)?;
    free.sheet.challenges = None;
    same(&free.are_challenges_open(&progress), &false)
}

pub(crate) fn link(_: &Course) -> Checked {
    let json = course_json();
    let text = lesson::encode(&json)?;
    check(
        text.len() <= share::MAX_TEXT,
        format!("{} bytes", text.len()),
    )?;
    same(&lesson::decode(&text)?, &json)?;
    same(&read_course(&lesson::decode(&text)?)?, &course()?)
}

pub(crate) fn glossary_is_whole(course: &Course) -> Checked {
    let Glossary {
        lesson_titles,
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
        let lesson = course.lesson(id);
        let title = lesson
            .ok_or_else(|| format!("no lesson {id}"))?
            .sheet
            .title
            .as_str();
        same(&lesson_titles.get(id).map(String::as_str), &Some(title))?;
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
