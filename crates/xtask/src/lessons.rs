//! What is wrong with somebody's lessons: the check that our own go through, for any folder.
//!
//! Reads files and asks `rolewalk-core`; decides nothing itself. A path is a course (`course.json`), one
//! lesson (`lesson.json`, its bases in `bases` beside it or in it), or a packed course.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use rolewalk_core::lesson::{self, Course, CourseSheet, Sheet};
use rolewalk_lessons::read_course;

/// What lies at a path.
struct Found {
    course: Course,
    /// Its one text.
    packed: String,
    /// A lesson by itself: it may wait for lessons that are elsewhere.
    is_single: bool,
}

/// Says what is wrong; succeeds where nothing is.
pub(crate) fn check(path: &Path) -> Result<ExitCode> {
    Ok(report(&read(path)?))
}

/// Checks, writes one file and prints the link's text.
pub(crate) fn pack(path: &Path, file: &Path) -> Result<ExitCode> {
    let found = read(path)?;
    let code = report(&found);
    if code != ExitCode::SUCCESS {
        return Ok(code);
    }
    let packed = &found.packed;
    fs::write(file, packed).with_context(|| format!("{} cannot be written", file.display()))?;
    println!("lessons  {} has {} bytes", file.display(), packed.len());
    match lesson::encode(packed) {
        Ok(packed) => {
            let link = format!("#/course/{packed}");
            println!(
                "lessons  its link is the address of your Rolewalk and, behind it, these {} characters:",
                link.len()
            );
            println!("{link}");
        }
        Err(error) => println!("lessons  {error}"),
    }
    Ok(ExitCode::SUCCESS)
}

fn report(found: &Found) -> ExitCode {
    let lessons = &found.course.lessons;
    let findings = if found.is_single {
        lessons.iter().flat_map(lesson::check_lesson).collect()
    } else {
        lesson::check_course(&found.course)
    };
    for it in &findings {
        println!("{it}");
    }
    let n_exercises: usize = lessons.iter().map(|it| it.exercises().len()).sum();
    println!(
        "lessons  {}, {}, {}",
        counted(lessons.len(), "lesson"),
        counted(n_exercises, "exercise"),
        counted(findings.len(), "finding")
    );
    if findings.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn counted(n: usize, word: &str) -> String {
    match n {
        1 => format!("1 {word}"),
        n => format!("{n} {word}s"),
    }
}

fn read(path: &Path) -> Result<Found> {
    let is_single = path.join("lesson.json").is_file();
    let packed = if path.join("course.json").is_file() {
        course(path)?
    } else if is_single {
        single(path)?
    } else if path.is_file() {
        text(path)?
    } else {
        bail!(
            "{} has no `course.json` and no `lesson.json`, and is no file",
            path.display()
        );
    };
    Ok(Found {
        course: read_course(&packed)?,
        packed,
        is_single,
    })
}

fn course(folder: &Path) -> Result<String> {
    let file = folder.join("course.json");
    let json = text(&file)?;
    let sheet = CourseSheet::from_json(&json).with_context(|| file.display().to_string())?;
    let lessons = sheet.lessons.iter();
    let lessons = lessons.map(|it| lesson(&folder.join(it)));
    let lessons = lessons.collect::<Result<Vec<_>>>()?;
    let bases = bases(&folder.join("bases"))?;
    Ok(lesson::pack(&json, &borrowed(&bases), &borrowed(&lessons)))
}

fn single(folder: &Path) -> Result<String> {
    let (json, text) = lesson(folder)?;
    let mut all = bases(&folder.join("bases"))?;
    if let Some(parent) = folder.canonicalize()?.parent() {
        all.extend(bases(&parent.join("bases"))?);
    }
    Ok(lesson::pack_one(&borrowed(&all), &json, &text)?)
}

fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|it| (&*it.0, &*it.1)).collect()
}

/// A lesson's two files.
fn lesson(folder: &Path) -> Result<(String, String)> {
    let file = folder.join("lesson.json");
    let json = text(&file)?;
    Sheet::from_json(&json).with_context(|| file.display().to_string())?;
    Ok((json, text(&folder.join("text.md"))?))
}

/// The worlds of a folder by their names; none where there is no such folder.
fn bases(folder: &Path) -> Result<Vec<(String, String)>> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(Vec::new());
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|it| it.path()).collect();
    paths.retain(|it| it.extension() == Some(OsStr::new("json")));
    paths.sort();
    let read = |it: &PathBuf| {
        let name = it.file_stem().unwrap_or_default();
        Ok((name.to_string_lossy().into_owned(), text(it)?))
    };
    paths.iter().map(read).collect()
}

fn text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}
