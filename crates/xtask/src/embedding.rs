//! The samples in `docs/embedding/`: other people's documentation with a live example in it, built by the tools it is for.
//!
//! Each is built from a copy, as a reader would have it who took it over, with the site beside it in the folder `rolewalk`.
//! Knows nothing of what the pages show. Invariant: `docs/` itself is never written to.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::book;
use crate::project::Project;
use crate::run;
use crate::setup::{Need, Setup};
use crate::site;

/// A sample, and where in it the site goes, so that its pages find it.
const SAMPLES: [(&str, &str); 2] = [
    ("mdbook", "src/rolewalk"),
    ("vitepress", "docs/public/rolewalk"),
];
/// The sample that no tool has to build.
const PLAIN: &str = "html";

/// Below which address of their host the tests serve the samples: `VitePress` has to be told.
const ADDRESS: &str = "/some/folder/vitepress/";

/// What a widget does without: the book, and what hosts send in place of another file.
const NOT_TAKEN: [&str; 3] = [book::FOLDER, "br", "gz"];

/// Where the copies are.
fn folder(project: &Project) -> PathBuf {
    project.target().join("embedding")
}

/// What is built of them, to be served as one site: a folder for each.
pub(crate) fn site(project: &Project) -> PathBuf {
    folder(project).join("site")
}

fn samples(project: &Project) -> PathBuf {
    project.root.join(book::FOLDER).join("embedding")
}

/// Takes a sample over as it is now; what was installed in the copy stays.
pub(crate) fn copy(project: &Project, sample: &str) -> Result<PathBuf> {
    let copy = folder(project).join(sample);
    if let Ok(entries) = fs::read_dir(&copy) {
        for entry in entries.flatten() {
            let path = entry.path();
            if !path.ends_with("node_modules") {
                if path.is_dir() {
                    fs::remove_dir_all(&path)?;
                } else {
                    fs::remove_file(&path)?;
                }
            }
        }
    }
    book::copy_folder(&samples(project).join(sample), &copy)?;
    Ok(copy)
}

pub(crate) fn build(setup: &mut Setup) -> Result<()> {
    site::build_if_old(setup)?;
    setup.need(Need::BOOK)?;
    for (sample, place) in SAMPLES {
        let copy = copy(&setup.project, sample)?;
        take_site(&setup.project.dist(), &copy.join(place))?;
    }
    let folder = folder(&setup.project);
    let site = site(&setup.project);
    if site.exists() {
        fs::remove_dir_all(&site)?;
    }

    let mut mdbook = setup.command("mdbook");
    mdbook.arg("build").arg(folder.join("mdbook"));
    mdbook.arg("--dest-dir").arg(site.join("mdbook"));
    run::stream(&mut mdbook).context("the sample of mdBook was not built")?;

    let mut vitepress = setup.command("node");
    vitepress
        .current_dir(folder.join("vitepress"))
        .args(["node_modules/vitepress/bin/vitepress.js", "build", "docs"])
        .arg("--outDir")
        .arg(site.join("vitepress"))
        .env("DOCS_BASE", ADDRESS);
    let log = setup.project.target().join("xtask/vitepress.log");
    run::logged("VitePress", &mut vitepress, &log)
        .context("the sample of VitePress was not built")?;

    book::copy_folder(&samples(&setup.project).join(PLAIN), &site.join(PLAIN))?;
    take_site(&setup.project.dist(), &site.join(PLAIN).join("rolewalk"))?;

    // Last, since it says that all of it is there.
    fs::write(site.join("index.html"), INDEX)?;
    println!("{} has the samples, built", site.display());
    Ok(())
}

/// Leads to the samples.
const INDEX: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Samples</title>\n\
    <p><a href=\"mdbook/\">mdBook</a> <a href=\"vitepress/\">VitePress</a> <a href=\"html/roles.html\">HTML</a>\n";

pub(crate) fn build_if_old(setup: &mut Setup) -> Result<()> {
    site::build_if_old(setup)?;
    let sources = ["docs/embedding", "dist/index.html"];
    let index = site(&setup.project).join("index.html");
    if site::is_up_to_date(setup, &index, &sources) {
        return Ok(());
    }
    build(setup)
}

/// Copies the site as a reader would: the folder, whole.
fn take_site(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let Some(name) = path.file_name() else {
            continue;
        };
        let ending = path.extension().unwrap_or(name);
        if NOT_TAKEN.iter().any(|it| ending == *it) {
            continue;
        }
        if path.is_dir() {
            take_site(&path, &to.join(name))?;
        } else {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}
