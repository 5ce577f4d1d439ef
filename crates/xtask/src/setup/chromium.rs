//! A Chromium for the browser journeys: the machine's own if there is one.

use std::env;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::project::Project;
use crate::run;
use crate::setup::{apt, npm, step};

const PROGRAMS: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

const PLACES: &[&str] = &[
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/opt/google/chrome/chrome",
    "/snap/bin/chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

pub(crate) fn find_or_install(project: &Project) -> Result<PathBuf> {
    if let Some(path) = env::var_os("CHROMIUM") {
        let path = project.root.join(path);
        if path.is_file() {
            return Ok(path);
        }
        bail!("CHROMIUM names {}, which does not exist", path.display());
    }
    if let Some(path) = of_the_machine() {
        return Ok(path);
    }
    if apt::usable(project) {
        let installed = step(
            "chromium",
            "installing with apt-get (half a minute)",
            || apt::install(project, "chromium", &["chromium"]),
        );
        if let (Ok(()), Some(path)) = (installed, of_the_machine()) {
            return Ok(path);
        }
    }
    if let Some(path) = of_playwright(project) {
        return Ok(path);
    }
    bail!(
        "no Chromium was found: install Chromium or Chrome, or set CHROMIUM to the path of the program"
    )
}

fn of_the_machine() -> Option<PathBuf> {
    let folders = run::path_folders();
    PROGRAMS
        .iter()
        .find_map(|program| run::find(program, &folders))
        .or_else(|| PLACES.iter().map(PathBuf::from).find(|path| path.is_file()))
}

fn of_playwright(project: &Project) -> Option<PathBuf> {
    npm::install(project, &project.e2e()).ok()?;
    let path = || {
        let script =
            "import { chromium } from 'playwright-core'; console.log(chromium.executablePath())";
        let mut node = run::command("node", &project.e2e());
        node.args(["--input-type=module", "--eval", script]);
        let path = PathBuf::from(run::answer(&mut node)?);
        path.is_file().then_some(path)
    };
    path().or_else(|| {
        step("chromium", "downloading with Playwright", || {
            let mut node = run::command("node", &project.e2e());
            node.args(["node_modules/playwright-core/cli.js", "install", "chromium"]);
            let log = project.target().join("xtask/playwright.log");
            run::logged("chromium", &mut node, &log)
        })
        .ok()?;
        path()
    })
}
