//! Files that the page asks for later, with their hashes in their names, so that a browser may keep them for good.
//!
//! Trunk copies them under one name each, which the page's head lists; here they get the other, there, too. The page and
//! the widget find it there (`Root::file`). Invariant: the name is the same for the same content, whichever compiler built the site.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::reference_data::short_hash;

/// Before the hash of the editor's.
pub(crate) const EDITOR_PREFIX: &str = "editor-";
/// Where the page's head lists the files, with blanks between.
const LIST: &str = "<meta name=\"rolewalk-files\" content=\"";

/// Names each listed file after what is in it, also where the page lists it.
pub(crate) fn follow_content(dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let html = fs::read_to_string(&index)?;
    let (before, list, after) = around_list(&html)?;
    let names = list
        .split_ascii_whitespace()
        .map(|it| renamed(dist, it))
        .collect::<Result<Vec<_>>>()?;
    fs::write(&index, [before, &names.join(" "), after].concat())?;
    Ok(())
}

/// The page's head without what is only listed there, and asked for later.
pub(crate) fn without_list(html: &str) -> Result<String> {
    let (before, _, after) = around_list(html)?;
    Ok([before, after].concat())
}

fn around_list(html: &str) -> Result<(&str, &str, &str)> {
    let start = html.find(LIST).map(|it| it + LIST.len());
    let parts = start.and_then(|start| {
        let (before, rest) = html.split_at_checked(start)?;
        let (list, _) = rest.split_once('"')?;
        let after = rest.strip_prefix(list)?;
        (!list.is_empty()).then_some((before, list, after))
    });
    let Some(parts) = parts else {
        bail!("index.html lists no files: {LIST}…");
    };
    Ok(parts)
}

fn renamed(dist: &Path, name: &str) -> Result<String> {
    let from = dist.join(name);
    let content = fs::read(&from)
        .with_context(|| format!("{} is missing: see index.html", from.display()))?;
    let hash = short_hash(&content);
    let Some((stem, end)) = name.rsplit_once('.') else {
        bail!("`{name}`, which index.html lists, has no ending");
    };
    let name = format!("{stem}-{hash}.{end}");
    fs::rename(&from, dist.join(&name))?;
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_lists_each_file_by_its_content() {
        let dist = std::env::temp_dir().join(format!("rolewalk-names-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        fs::write(dist.join("editor.js"), "1").unwrap();
        fs::write(dist.join("course.json"), "2").unwrap();
        let page = format!("<head>{LIST}editor.js course.json\" /></head>");
        fs::write(dist.join("index.html"), page).unwrap();
        follow_content(&dist).unwrap();
        let html = fs::read_to_string(dist.join("index.html")).unwrap();
        let names = "editor-6b86b273ff34fce1.js course-d4735e3a265e16ee.json";
        assert_eq!(html, format!("<head>{LIST}{names}\" /></head>"));
        assert_eq!(
            without_list(&html).unwrap(),
            format!("<head>{LIST}\" /></head>")
        );
        let (editor, course) = names.split_once(' ').unwrap();
        assert_eq!(fs::read(dist.join(editor)).unwrap(), b"1");
        assert_eq!(fs::read(dist.join(course)).unwrap(), b"2");
        fs::write(dist.join("index.html"), format!("{LIST}gone.json\"")).unwrap();
        let gone = follow_content(&dist).unwrap_err();
        assert!(gone.to_string().contains("gone.json"), "{gone}");
        assert!(without_list("<head></head>").is_err());
        fs::remove_dir_all(&dist).unwrap();
    }
}
