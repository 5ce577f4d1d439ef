//! What a visitor downloads, file by file, against a ratchet and against the goal.
//!
//! The ratchet is what the page came to when it was last set: a change may add two percent to that,
//! and more only with a new figure here, for everybody to see. The goal is where it is to come down to.
//!
//! The first load is `index.html` and every file that it names: what it takes until the verdict and the doors are drawn.
//! The whole screen is that and the one file that the app asks for at once, so that nothing counts as saved by coming
//! a moment later. What arrives when somebody wants it is listed, but not counted.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::book;
use crate::compress;
use crate::file_names;
use crate::parts;
use crate::run;
use crate::setup::Setup;
use crate::styles;
use crate::widget;

/// Bytes after brotli, as any static host sends them.
const WASM: Limits = Limits {
    ratchet: 343_400,
    goal: 250_000,
};
const FIRST_LOAD: Limits = Limits {
    ratchet: 371_200,
    goal: 300_000,
};
const WHOLE_SCREEN: Limits = Limits {
    ratchet: 582_700,
    goal: 450_000,
};
const EDITOR: Limits = Limits {
    ratchet: 118_000,
    goal: 125_000,
};
/// What a page of somebody else loads before its reader is near a widget.
const WIDGET: Limits = Limits {
    ratchet: 4_200,
    goal: 10_000,
};
/// The widget's own part of what follows: its styles, and what stands between them and the app.
const WIDGET_NEAR: Limits = Limits {
    ratchet: 14_300,
    goal: 20_000,
};
/// How much a change may add to the ratchet, in percent.
const SLACK: u64 = 2;

#[derive(Debug, Clone, Copy)]
struct Limits {
    ratchet: u64,
    goal: u64,
}

/// Node has both compressors built in.
const MEASURE: &str = "crates/xtask/src/size.mjs";

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Size {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct File {
    path: String,
    size: Size,
}

pub(crate) fn report(setup: &Setup) -> Result<()> {
    let dist = setup.project.dist();
    let index = fs::read_to_string(dist.join("index.html"))
        .context("dist/index.html is missing: run `cargo xtask build`")?;
    let index = file_names::without_list(&index)?;
    let mut node = setup.command("node");
    node.arg(MEASURE).arg(&dist);
    let measured = run::output(&mut node)?;
    let mut files: Vec<File> = measured.lines().filter_map(parse).collect();
    // The documentation lies beside the site and is no part of it.
    files.retain(|file| !file.path.starts_with(&format!("{}/", book::FOLDER)));
    files.retain(|it| !compress::is_copy(&it.path));
    files.sort_by(|a, b| b.size.brotli.cmp(&a.size.brotli).then(a.path.cmp(&b.path)));

    let is_editor = |file: &File| file.path.starts_with(file_names::EDITOR_PREFIX);
    // Pictures that the page names are for other programs: previews of links, the home screen of a phone.
    let is_picture = |file: &File| has_extension(&file.path, "png");
    // Asked for only where a host refuses the same rules in the page, which count there.
    let is_spare = |file: &File| file.path.starts_with(styles::REFUSED_PREFIX);
    let is_named = |file: &File| index.contains(&file.path) && !is_picture(file) && !is_spare(file);
    let is_first = |file: &File| file.path == "index.html" || is_named(file);
    let editor = sum(files.iter().filter(|file| is_editor(file)));
    let wasm = sum(files
        .iter()
        .filter(|file| is_wasm(&file.path) && is_first(file)));
    let first = sum(files.iter().filter(|file| is_first(file)));

    let at_once = format!("_{}.wasm", parts::AT_ONCE);
    let follows = |file: &File| file.path.ends_with(&at_once);
    let follow = sum(files.iter().filter(|file| follows(file)));
    if follow == Size::default() {
        bail!("no file ends in {at_once}: the build left it out");
    }
    let of_widget = |file: &&File| file.path == widget::SCRIPT;
    let widget = sum(files.iter().filter(of_widget));
    let is_near = |file: &&File| file.path.starts_with(widget::NEAR_PREFIX);
    let widget_near = sum(files.iter().filter(is_near));
    println!("{:>11}{:>11}{:>11}", "raw", "gzip", "brotli");
    for file in &files {
        let later = match (is_first(file), follows(file)) {
            (true, _) => "",
            (_, true) => "  (at once)",
            _ => "  (later)",
        };
        print_row(&file.size, &format!("{}{later}", file.path));
    }
    print_row(&first, "the first load, all together");
    judge(&[
        ("the app's wasm", wasm.brotli, WASM),
        ("the first load", first.brotli, FIRST_LOAD),
        (
            "the whole first screen",
            first.brotli + follow.brotli,
            WHOLE_SCREEN,
        ),
        ("the editor", editor.brotli, EDITOR),
        ("the widget's script", widget.brotli, WIDGET),
        (
            "the widget's own part of what follows",
            widget_near.brotli,
            WIDGET_NEAR,
        ),
    ])
}

fn judge(parts: &[(&str, u64, Limits)]) -> Result<()> {
    let mut over = Vec::new();
    for &(what, size, Limits { ratchet, goal }) in parts {
        if size == 0 {
            bail!("{what} has no bytes: the build left something out");
        }
        let goal = if size > goal {
            format!("{} above the goal of {}", kb(size - goal), kb(goal))
        } else {
            format!("within the goal of {}", kb(goal))
        };
        println!("{what}: {} after brotli, {goal}", kb(size));
        if size * 100 > ratchet * (100 + SLACK) {
            over.push(format!(
                "{what} has grown from {} to {}",
                kb(ratchet),
                kb(size)
            ));
        }
    }
    if over.is_empty() {
        return Ok(());
    }
    bail!(
        "{}: make it smaller, or write the new figure into crates/xtask/src/size.rs with the reason in the commit",
        over.join("; ")
    )
}

fn parse(line: &str) -> Option<File> {
    let mut words = line.splitn(4, ' ');
    let mut number = || words.next()?.parse().ok();
    let size = Size {
        raw: number()?,
        gzip: number()?,
        brotli: number()?,
    };
    let path = words.next()?.to_owned();
    Some(File { path, size })
}

fn sum<'a>(files: impl Iterator<Item = &'a File>) -> Size {
    files.fold(Size::default(), |total, file| Size {
        raw: total.raw + file.size.raw,
        gzip: total.gzip + file.size.gzip,
        brotli: total.brotli + file.size.brotli,
    })
}

fn is_wasm(path: &str) -> bool {
    has_extension(path, "wasm")
}

fn has_extension(path: &str, wanted: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|extension| extension == wanted)
}

fn print_row(size: &Size, what: &str) {
    println!(
        "{:>11}{:>11}{:>11}  {what}",
        kb(size.raw),
        kb(size.gzip),
        kb(size.brotli)
    );
}

fn kb(bytes: u64) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::{Limits, judge, kb, parse};

    #[test]
    fn reads_a_measured_line() {
        let file = parse("3000 200 100 snippets/a b.js").unwrap();
        assert_eq!(file.path, "snippets/a b.js");
        assert_eq!(
            (file.size.raw, file.size.gzip, file.size.brotli),
            (3000, 200, 100)
        );
        assert_eq!(parse("no numbers"), None);
    }

    #[test]
    fn a_change_may_add_two_percent() {
        let limits = Limits {
            ratchet: 1000,
            goal: 250,
        };
        assert!(judge(&[("a", 1020, limits)]).is_ok());
        let over = judge(&[("a", 1, limits), ("b", 1021, limits)]).unwrap_err();
        assert!(over.to_string().starts_with("b has grown"), "{over}");
        assert!(judge(&[("a", 0, limits)]).is_err(), "nothing is not small");
    }

    #[test]
    fn sizes_are_printed_in_thousands() {
        assert_eq!(kb(65_432), "65.4 kB");
        assert_eq!(kb(99), "0.0 kB");
    }
}
