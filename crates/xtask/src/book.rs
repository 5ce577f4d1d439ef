//! The documentation as a book: `docs/` built by mdBook into `dist/docs/`, where it lies beside the playground.
//!
//! It is made of a copy, so that what was installed or built among the pages stays out of it, and so that links to what is
//! no page of the book can lead to the repository. Invariant: `docs/` itself is never written to.

use std::env;
use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result};

use crate::project::Project;
use crate::run;
use crate::setup::{Need, Setup};
use crate::site;

/// Where the pages are.
pub(crate) const FOLDER: &str = "docs";

/// The list of chapters, which names files.
const SUMMARY: &str = "SUMMARY.md";

/// What is no part of the documentation, wherever it lies: what tools install and build. `tests/concepts.rs` reads it, too.
const LEFT_OUT: &str = include_str!("left_out.txt");

/// Where the site has the book.
pub(crate) fn built(project: &Project) -> PathBuf {
    project.dist().join(FOLDER)
}

/// By what the page knows that the book lies beside it.
const TOLD: &str = "<meta name=\"rolewalk-book\" content=\"./docs/index.html\" />";

/// Says in the page that the book lies beside it, so that it leads there.
pub(crate) fn tell(dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let html = fs::read_to_string(&index)?;
    fs::write(
        &index,
        html.replacen("</head>", &format!("{TOLD}</head>"), 1),
    )?;
    Ok(())
}

pub(crate) fn build(setup: &mut Setup) -> Result<()> {
    // Before the site, which then knows of the book.
    setup.need(&[Need::Mdbook])?;
    site::build_if_old(setup)?;
    let index = setup.project.dist().join("index.html");
    if !fs::read_to_string(&index)?.contains(TOLD) {
        println!(
            "the page does not lead to the documentation: it was built before mdBook was there"
        );
    }
    make(setup)
}

/// Builds the book into the site as it is.
pub(crate) fn make(setup: &mut Setup) -> Result<()> {
    setup.need(&[Need::Mdbook])?;
    let copy = setup.project.target().join("book");
    if copy.exists() {
        fs::remove_dir_all(&copy)?;
    }
    copy_folder(&setup.project.root.join(FOLDER), &copy)?;
    lead_out(&copy, &copy, repository().as_deref())?;
    let mut mdbook = setup.command("mdbook");
    mdbook.arg("build").arg(&copy);
    mdbook.arg("--dest-dir").arg(built(&setup.project));
    run::stream(&mut mdbook).context("the book was not built")?;
    println!("dist/{FOLDER}/ is the documentation, live beside the playground");
    Ok(())
}

/// Builds unless the book is newer than its pages and the site it lies in.
pub(crate) fn build_if_old(setup: &mut Setup) -> Result<()> {
    site::build_if_old(setup)?;
    let index = built(&setup.project).join("index.html");
    if site::is_up_to_date(setup, &index, &[FOLDER]) {
        return Ok(());
    }
    build(setup)
}

/// Copies a folder of the documentation, without what tools have left in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let path = entry?.path();
        let Some(name) = path.file_name() else {
            continue;
        };
        let target = to.join(name);
        if !path.is_dir() {
            fs::copy(&path, &target)?;
        } else if !LEFT_OUT.lines().any(|it| name == it) {
            copy_folder(&path, &target)?;
        }
    }
    Ok(())
}

/// Where the files of the repository can be read, where that is known: GitHub's workflows say so.
fn repository() -> Option<String> {
    let server = env::var("GITHUB_SERVER_URL").ok()?;
    let name = env::var("GITHUB_REPOSITORY").ok()?;
    Some(format!("{server}/{name}/blob/HEAD"))
}

/// Turns links to files that are not in the book into links to the repository, and those to a folder's page into links to its index.
fn lead_out(book: &Path, folder: &Path, repository: Option<&str>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            lead_out(book, &path, repository)?;
        } else if path.extension().is_some_and(|it| it == "md") && !path.ends_with(SUMMARY) {
            let text = fs::read_to_string(&path)?;
            let inside = folder.strip_prefix(book)?;
            let changed = led_out(&text, inside, repository);
            if changed != text {
                fs::write(&path, changed)?;
            }
        }
    }
    Ok(())
}

/// The text of a page in `folder` of the book. Where no repository is known, what such a link said stays as text.
fn led_out(text: &str, folder: &Path, repository: Option<&str>) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        let Some((target, behind)) = after.split_once(')') else {
            break;
        };
        let (path, fragment) = target.split_at(target.find('#').unwrap_or(target.len()));
        // The playground itself is what the book lies beside, so that an empty path stays.
        let outside = outside(folder, path).filter(|it| !it.is_empty());
        let parts = match (outside, repository, before.rfind('[')) {
            (Some(path), Some(repository), _) => {
                [before, "](", repository, "/", &path, fragment, ")"].concat()
            }
            (Some(_), None, Some(begin)) => {
                let (text, label) = before.split_at(begin);
                [text, label.trim_start_matches('[')].concat()
            }
            _ => [before, "](", &as_chapter(path), fragment, ")"].concat(),
        };
        changed.push_str(&parts);
        rest = behind;
    }
    changed.push_str(rest);
    changed
}

/// A folder's page is its index in the book, which mdBook does not know of links.
fn as_chapter(path: &str) -> String {
    match path.strip_suffix("README.md") {
        Some(folder) => format!("{folder}index.md"),
        None => path.to_owned(),
    }
}

/// The path from the root of the repository, where a link of a page in `folder` leads out of the documentation.
fn outside(folder: &Path, link: &str) -> Option<String> {
    let mut steps: Vec<&str> = folder.iter().filter_map(|it| it.to_str()).collect();
    let mut n_above = 0_usize;
    for step in Path::new(link).components() {
        match step {
            Component::ParentDir if steps.pop().is_none() => n_above += 1,
            Component::ParentDir | Component::CurDir => {}
            Component::Normal(name) => steps.push(name.to_str()?),
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    (n_above == 1).then(|| steps.join("/"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{led_out, outside, tell};

    #[test]
    fn the_page_is_told_where_the_book_lies() {
        let dist = std::env::temp_dir().join(format!("rolewalk-book-{}", std::process::id()));
        std::fs::create_dir_all(&dist).unwrap();
        let index = dist.join("index.html");
        std::fs::write(&index, "<head><title>A</title></head><body></body>").unwrap();
        tell(&dist).unwrap();
        let told = std::fs::read_to_string(&index).unwrap();
        std::fs::remove_dir_all(&dist).unwrap();
        assert_eq!(
            told,
            "<head><title>A</title><meta name=\"rolewalk-book\" content=\"./docs/index.html\" /></head><body></body>"
        );
    }

    #[test]
    fn links_out_of_the_book_are_told_from_others() {
        let from = Path::new("concepts");
        assert_eq!(outside(from, "iam.md"), None);
        assert_eq!(outside(from, "../lints.md"), None);
        assert_eq!(outside(from, "../../"), Some(String::new()));
        assert_eq!(
            outside(from, "../../data/README.md"),
            Some("data/README.md".to_owned())
        );
        assert_eq!(outside(Path::new(""), "https://example.org/a"), None);
    }

    #[test]
    fn they_lead_to_the_repository_or_become_text() {
        let page = "See [its page](../data/README.md#a), [rules](lints.md#b), [that](a/README.md) and [this](../#/learn).";
        assert_eq!(
            led_out(page, Path::new(""), Some("https://host/r/blob/HEAD")),
            "See [its page](https://host/r/blob/HEAD/data/README.md#a), [rules](lints.md#b), [that](a/index.md) and [this](../#/learn)."
        );
        assert_eq!(
            led_out(page, Path::new(""), None),
            "See its page, [rules](lints.md#b), [that](a/index.md) and [this](../#/learn)."
        );
    }
}
