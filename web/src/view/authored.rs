//! The files of somebody who writes lessons, put together to a course.
//!
//! Pure; names are paths with slashes as far as the browser tells them. Invariant: files are taken as they are, and
//! where they make no course a sentence says which is missing.

use std::fmt;

use rolewalk_core::{
    lesson::{self, CourseError, CourseSheet},
    syntax::Position,
};

/// A file: its path, and what is in it.
pub(crate) type File = (String, String);

/// Why files make no course.
#[derive(Debug)]
pub(crate) enum FilesError {
    /// None of them says what the course or the lesson is.
    NoSheet,
    /// The course asks for this one.
    Missing(String),
    /// This one cannot be read.
    Unread(&'static str, CourseError),
}

impl fmt::Display for FilesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSheet => {
                f.write_str("There is no `course.json` and no `lesson.json` among these files.")
            }
            Self::Missing(name) => write!(
                f,
                "There is no `{name}`, which `course.json` asks for. Choose the whole folder."
            ),
            Self::Unread(file, error) => write!(
                f,
                "`{file}`: {}: {}",
                error.message(),
                error.help_for_author()
            ),
        }
    }
}

/// What stands from a place to the end of its line, in UTF-16 units as a text area counts them: there each line break
/// is one.
pub(crate) fn rest_of_line(text: &str, at: Position) -> (u32, u32) {
    let units = |it: &str| -> usize { it.chars().map(char::len_utf16).sum() };
    let n_before = usize::try_from(at.line).map_or(0, |it| it.saturating_sub(1));
    let n_chars = usize::try_from(at.column).map_or(0, |it| it.saturating_sub(1));
    let mut lines = text.split('\n').map(|it| it.trim_end_matches('\r'));
    let before: usize = lines.by_ref().take(n_before).map(|it| units(it) + 1).sum();
    let narrow = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    let Some(line) = lines.next() else {
        // The last line has no break behind it.
        let end = narrow(before.saturating_sub(1));
        return (end, end);
    };
    let in_line: usize = line.chars().take(n_chars).map(char::len_utf16).sum();
    (narrow(before + in_line), narrow(before + units(line)))
}

/// The one text that the files make.
pub(crate) fn gathered(files: &[File]) -> Result<String, FilesError> {
    if let [(_, text)] = files {
        return one(text);
    }
    if let Some((path, json)) = named(files, "course.json") {
        let folder = path.trim_end_matches("course.json");
        let sheet =
            CourseSheet::from_json(json).map_err(|it| FilesError::Unread("course.json", it))?;
        let mut lessons = Vec::new();
        for name in &sheet.lessons {
            lessons.push((
                beside(files, folder, &format!("{name}/lesson.json"))?,
                beside(files, folder, &format!("{name}/text.md"))?,
            ));
        }
        return Ok(lesson::pack(json, &bases(files), &lessons));
    }
    let Some((_, json)) = named(files, "lesson.json") else {
        return Err(FilesError::NoSheet);
    };
    let text = named(files, "text.md").map_or("", |it| it.1);
    lesson::pack_one(&bases(files), json, text).map_err(unread_lesson)
}

/// A packed course as it is; a `lesson.json` as a course of one lesson.
fn one(text: &str) -> Result<String, FilesError> {
    // Which of the two it is can be told where it is neither, too.
    let begins = |key: &str| text.contains(key) && !text.contains("\"rolewalkCourse\"");
    if begins("\"rolewalkLesson\"") {
        lesson::pack_one(&[], text, "").map_err(unread_lesson)
    } else {
        Ok(text.to_owned())
    }
}

const fn unread_lesson(error: CourseError) -> FilesError {
    FilesError::Unread("lesson.json", error)
}

/// The file of that name that lies least deep.
fn named<'a>(files: &'a [File], name: &str) -> Option<(&'a str, &'a str)> {
    let is_it = |it: &&File| it.0 == name || it.0.ends_with(&format!("/{name}"));
    let found = files.iter().filter(is_it).min_by_key(|it| it.0.len())?;
    Some((&found.0, &found.1))
}

fn beside<'a>(files: &'a [File], folder: &str, name: &str) -> Result<&'a str, FilesError> {
    let path = format!("{folder}{name}");
    let found = files.iter().find(|it| it.0 == path);
    found
        .map(|it| it.1.as_str())
        .ok_or_else(|| FilesError::Missing(name.to_owned()))
}

/// The worlds in a folder `bases`, by their names.
fn bases(files: &[File]) -> Vec<(&str, &str)> {
    let base = |it: &'_ File| -> Option<(usize, usize)> {
        let name = it.0.strip_suffix(".json")?;
        let start = name.rfind("bases/")? + "bases/".len();
        (!name.get(start..)?.contains('/')).then_some((start, name.len()))
    };
    files
        .iter()
        .filter_map(|it| {
            let (start, end) = base(it)?;
            Some((it.0.get(start..end)?, it.1.as_str()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(all: &[(&str, &str)]) -> Vec<File> {
        let owned = |it: &(&str, &str)| (it.0.to_owned(), it.1.to_owned());
        all.iter().map(owned).collect()
    }

    const COURSE: &str = r#"{"id":"c","title":"C","about":"","lessons":["01-a"]}"#;

    #[test]
    fn a_folder_becomes_one_text() {
        let all = files(&[
            ("c/course.json", COURSE),
            ("c/01-a/lesson.json", "{\"x\":1}"),
            ("c/01-a/text.md", "Hello"),
            ("c/bases/acme.json", "{\"y\":2}"),
        ]);
        let text = gathered(&all).unwrap();
        for part in [COURSE, "{\"x\":1}", "\"Hello\"", "\"acme\":{\"y\":2}"] {
            assert!(text.contains(part), "{text}");
        }
    }

    #[test]
    fn a_place_is_found_as_a_text_area_counts() {
        let text = "{\r\n  \"a😀\": x1,\r\n}";
        let selected = |line, column| {
            let (start, end) = rest_of_line(text, Position { line, column });
            let shown: Vec<u16> = text.replace("\r\n", "\n").encode_utf16().collect();
            String::from_utf16(&shown[start as usize..end as usize]).unwrap()
        };
        assert_eq!(selected(2, 9), "x1,");
        assert_eq!(selected(3, 1), "}");
        assert_eq!(selected(3, 2), "", "behind the last character");
        assert_eq!(selected(1, 1), "{");
        assert_eq!(rest_of_line("", Position { line: 9, column: 9 }), (0, 0));
    }

    #[test]
    fn what_is_missing_is_told() {
        let refused = |all: &[(&str, &str)]| gathered(&files(all)).unwrap_err().to_string();
        assert!(refused(&[]).contains("no `course.json`"));
        assert!(refused(&[("a.md", ""), ("b.md", "")]).contains("no `course.json`"));
        let without = refused(&[("course.json", COURSE), ("b.md", "")]);
        assert!(without.contains("`01-a/lesson.json`"), "{without}");
        let broken = refused(&[("course.json", "{"), ("b.md", "")]);
        assert!(broken.starts_with("`course.json`: "), "{broken}");
        assert!(
            broken.ends_with(": mend it there"),
            "the author is told: {broken}"
        );
        assert!(
            gathered(&files(&[("x.json", "{")])).is_ok(),
            "reading tells"
        );
    }
}
