//! What of a course is plain text, and whether somebody has written Markdown there.
//!
//! All but `text.md` is plain: shown as it is typed, with code between backticks. Knows nothing of the screen. Invariant:
//! a text that is called plain looks the same as it was typed.

use crate::lesson::{
    CourseSheet, Sheet, WrongAnswer,
    markdown::{self, Block, Inline},
};

/// What of Markdown is in a plain text; `None` where there is nothing of it.
pub(super) fn markdown_in(text: &str) -> Option<&'static str> {
    let blocks = markdown::read(text).ok()?;
    if let [Block::Paragraph(line)] = blocks.as_slice() {
        return line.iter().find_map(|it| in_line(it, text));
    }
    let found = blocks.iter().find_map(|it| match it {
        Block::Heading { .. } => Some("a heading"),
        Block::List { items, .. } => (items.len() > 1).then_some("a list"),
        Block::Quote(_) => Some("a quotation"),
        Block::Code { .. } => Some("a block of code"),
        Block::Rule => Some("a line across"),
        Block::Paragraph(line) => line.iter().find_map(|it| in_line(it, text)),
    });
    found.or_else(|| (blocks.len() > 1).then_some("several paragraphs"))
}

fn in_line(it: &Inline, text: &str) -> Option<&'static str> {
    match it {
        Inline::Strong(_) => Some("strong emphasis"),
        Inline::Emphasis(_) => Some("emphasis"),
        Inline::Link { .. } => Some("a link"),
        // The reader has taken off links that lead elsewhere, and pictures.
        Inline::Text(words) => {
            (text.contains("](") && !words.contains("](") && !is_in_code(text)).then_some("a link")
        }
        Inline::Code(_) | Inline::Break => None,
    }
}

/// Whether the middle of a link is between backticks.
fn is_in_code(text: &str) -> bool {
    let before = text.split("](").next().unwrap_or_default();
    before.matches('`').count() % 2 == 1
}

/// The plain texts of a course: where each is, in steps, and what it says.
pub(super) fn of_course(sheet: &CourseSheet) -> Vec<(String, &str)> {
    let mut texts = vec![
        ("title".to_owned(), sheet.title.as_str()),
        ("about".to_owned(), sheet.about.as_str()),
    ];
    for (idx, it) in sheet.agenda.iter().enumerate() {
        texts.push((format!("agenda/{idx}/title"), &it.title));
        for (point, it) in it.talking_points.iter().enumerate() {
            texts.push((format!("agenda/{idx}/talkingPoints/{point}"), it));
        }
    }
    texts
}

/// The same of a lesson.
pub(super) fn of_lesson(sheet: &Sheet) -> Vec<(String, &str)> {
    let mut texts = vec![
        ("title".to_owned(), sheet.title.as_str()),
        ("idea".to_owned(), sheet.idea.as_str()),
        ("takeaway".to_owned(), sheet.takeaway.as_str()),
    ];
    for (name, all) in [("goals", &sheet.goals), ("probes", &sheet.probes)] {
        for (idx, it) in all.iter().enumerate() {
            texts.push((format!("{name}/{idx}/text"), &it.text));
        }
    }
    if let Some(it) = &sheet.predict {
        texts.push(("predict/question".to_owned(), &it.question));
        for (idx, it) in it.choices.iter().enumerate() {
            texts.push((format!("predict/choices/{idx}"), it));
        }
        texts.push(("predict/because".to_owned(), &it.because));
    }
    for (idx, it) in sheet.hints.iter().enumerate() {
        texts.push((format!("hints/{idx}"), it));
    }
    wrong("", &sheet.wrong, &mut texts);
    if let Some(it) = &sheet.solution {
        texts.push(("solution/because".to_owned(), &it.because));
    }
    for (idx, it) in sheet.tickets.iter().enumerate() {
        let at = format!("tickets/{idx}/");
        texts.push((format!("{at}symptom"), &it.symptom));
        for (idea, words) in &it.feedback {
            texts.push((format!("{at}feedback ({})", idea.title()), words));
        }
        wrong(&at, &it.wrong, &mut texts);
        texts.push((format!("{at}solution/because"), &it.solution.because));
    }
    texts
}

fn wrong<'a>(at: &str, all: &'a [WrongAnswer], texts: &mut Vec<(String, &'a str)>) {
    for (idx, it) in all.iter().enumerate() {
        texts.push((format!("{at}wrong/{idx}/feedback"), &it.feedback));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_found() {
        for (text, found) in [
            ("Read **one** plan.", "strong emphasis"),
            ("Read *one* plan.", "emphasis"),
            ("See [AWS](https://aws.amazon.com/).", "a link"),
            ("See [AWS](http://aws.amazon.com/).", "a link"),
            ("![A picture](x.png)", "a link"),
            ("# A course\n\nof ours", "a heading"),
            ("Two things:\n- one\n- another", "a list"),
            ("> said somebody", "a quotation"),
            ("```\n{}\n```", "a block of code"),
            ("One.\n\nTwo.", "several paragraphs"),
        ] {
            assert_eq!(markdown_in(text), Some(found), "{text}");
        }
    }

    #[test]
    fn what_looks_as_typed_is_plain() {
        for text in [
            "",
            "`s3:*` on `*` is too wide, and so is s3:Get* on *.",
            "A name_with_lines, 2 * 3 and `[a](b)` of code.",
            "1. is the first.",
            "<b>HTML</b> is text, & so is this.",
        ] {
            assert_eq!(markdown_in(text), None, "{text}");
        }
    }
}
