//! The page's `course.json` and `glossary.json`: the lessons and the cards, each in one file without its indentation.
//!
//! The page fetches them when somebody learns, so nobody else downloads them. Invariant: they are what the tests
//! of `rolewalk-lessons` read, so a page that is built has a course that was checked.

use std::fs;

use anyhow::{Context, Result};
use rolewalk_lessons::{course_json, glossary_json};

use crate::project::Project;

/// Writes the files to where `index.html` has Trunk copy them from.
pub(crate) fn write(project: &Project) -> Result<()> {
    fs::create_dir_all(project.root.join("target"))?;
    write_one(project, "course.json", &course_json())?;
    write_one(project, "glossary.json", &glossary_json())
}

fn write_one(project: &Project, name: &str, json: &str) -> Result<()> {
    // Line breaks and indentation stand in no string of JSON.
    let mut text: String = json.lines().map(str::trim).collect();
    text.push('\n');
    let path = project.root.join("target").join(name);
    // Trunk watches its sources, and a file that is written anew has changed for it.
    if fs::read_to_string(&path).ok().as_deref() != Some(&text) {
        fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}
