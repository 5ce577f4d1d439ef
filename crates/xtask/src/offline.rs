//! Offline use: the service worker, told what lies in the site, and the page's half, named by its content.
//!
//! Comes last of all that makes the site, since every file's hash goes into it. Invariant: the version is another one
//! whenever any file is, and the same for the same files.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::book;
use crate::project::Project;
use crate::reference_data::short_hash;

/// Where both halves are written.
const SOURCES: &str = "web/offline";
/// The worker keeps its name, since browsers ask for it by that.
const WORKER: &str = "worker.js";

/// What is never kept: the worker itself, and what hosts send in place of another file.
const LEFT_OUT: [&str; 4] = [WORKER, ".br", ".gz", ".map"];

/// Writes the worker and names the page's half in the page.
pub(crate) fn write(project: &Project, dist: &Path) -> Result<()> {
    let sources = project.root.join(SOURCES);
    let page = read(&sources.join("page.js"))?;
    let page_name = format!("offline-{}.js", short_hash(page.as_bytes()));
    fs::write(dist.join(&page_name), &page)?;

    let mut files = listed(dist)?;
    files.retain(|it| it.0 != "index.html");
    let index = read(&dist.join("index.html"))?;
    // The page names its version, so the version is that of everything else, and of the page without that name.
    let all: Vec<String> = files
        .iter()
        .map(|it| format!("{} {}", it.0, it.1))
        .collect();
    let version = short_hash(format!("{}\n{index}", all.join("\n")).as_bytes());
    let tags = format!(
        "<meta name=\"rolewalk-offline\" content=\"./{WORKER}#{version}\" /><script type=\"module\" src=\"./{page_name}\"></script></head>"
    );
    let told = index.replacen("</head>", &tags, 1);
    if told == index {
        bail!("index.html has no </head>, where offline use is told");
    }
    fs::write(dist.join("index.html"), &told)?;
    files.push(("index.html".to_owned(), short_hash(told.as_bytes())));

    let site = serde_json::json!({ "version": version, "files": files });
    let worker = read(&sources.join(WORKER))?;
    fs::write(dist.join(WORKER), format!("const SITE = {site};\n{worker}"))?;
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Every file of the site that is kept, by its path with slashes, with its hash.
fn listed(dist: &Path) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    let mut folders = vec![dist.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inside = path.strip_prefix(dist)?;
            // The documentation is no part of the site, and may lie there from an earlier build.
            if inside.starts_with(book::FOLDER) {
                continue;
            }
            let names: Vec<_> = inside
                .iter()
                .map(|it| it.to_string_lossy().into_owned())
                .collect();
            let name = names.join("/");
            if !LEFT_OUT.iter().any(|it| name.ends_with(it)) {
                files.push((name, short_hash(&fs::read(&path)?)));
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_another_one_when_a_file_is() {
        let root = std::env::temp_dir().join(format!("rolewalk-offline-{}", std::process::id()));
        let dist = root.join("dist");
        fs::create_dir_all(dist.join("data")).unwrap();
        fs::create_dir_all(root.join(SOURCES)).unwrap();
        fs::write(root.join(SOURCES).join("page.js"), "1").unwrap();
        fs::write(root.join(SOURCES).join(WORKER), "use(SITE);").unwrap();
        let project = Project {
            root: root.clone(),
            tools: root.clone(),
        };
        let version = |content: &str| {
            fs::write(dist.join("index.html"), "<head></head>").unwrap();
            fs::write(dist.join("data/a.json"), content).unwrap();
            write(&project, &dist).unwrap();
            fs::read_to_string(dist.join("worker.js")).unwrap()
        };
        let one = version("1");
        assert_eq!(one, version("1"));
        assert_ne!(one, version("2"));
        assert!(one.contains("[\"data/a.json\","), "{one}");
        assert!(one.contains("[\"index.html\","), "{one}");
        assert!(one.ends_with("use(SITE);"));
        let html = fs::read_to_string(dist.join("index.html")).unwrap();
        assert!(
            html.contains("src=\"./offline-6b86b273ff34fce1.js\""),
            "{html}"
        );
        fs::remove_dir_all(&root).unwrap();
    }
}
