//! What a visitor downloads, file by file, against the budgets.
//!
//! The first load is `index.html` and every file that it names. What arrives later (an editor, a
//! picture further down) is named elsewhere and listed, but not counted.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::run;
use crate::setup::Setup;

/// Bytes after brotli, as any static host sends them.
const WASM_BUDGET: u64 = 250_000;
const FIRST_LOAD_BUDGET: u64 = 300_000;

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
    let mut node = setup.command("node");
    node.arg(MEASURE).arg(&dist);
    let measured = run::output(&mut node)?;
    let mut files: Vec<File> = measured.lines().filter_map(parse).collect();
    files.sort_by(|a, b| b.size.brotli.cmp(&a.size.brotli).then(a.path.cmp(&b.path)));

    let is_first = |file: &File| file.path == "index.html" || index.contains(&file.path);
    let wasm = sum(files
        .iter()
        .filter(|file| is_wasm(&file.path) && is_first(file)));
    let first = sum(files.iter().filter(|file| is_first(file)));

    println!("{:>11}{:>11}{:>11}", "raw", "gzip", "brotli");
    for file in &files {
        let later = if is_first(file) { "" } else { "  (later)" };
        print_row(&file.size, &format!("{}{later}", file.path));
    }
    print_row(&first, "the first load, all together");
    judge(&[
        ("the app's wasm", wasm.brotli, WASM_BUDGET),
        ("the first load", first.brotli, FIRST_LOAD_BUDGET),
    ])
}

fn judge(budgets: &[(&str, u64, u64)]) -> Result<()> {
    let mut over = Vec::new();
    for &(what, size, budget) in budgets {
        let line = format!("{what}: {} of {} after brotli", kb(size), kb(budget));
        println!("{line}");
        if size > budget {
            over.push(line);
        }
        if size == 0 {
            bail!("{what} has no bytes: the build left something out");
        }
    }
    if over.is_empty() {
        return Ok(());
    }
    bail!("over budget: {}", over.join("; "))
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
    Path::new(path)
        .extension()
        .is_some_and(|extension| extension == "wasm")
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
    use super::{judge, kb, parse};

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
    fn a_budget_is_met_up_to_its_last_byte() {
        assert!(judge(&[("a", 250, 250)]).is_ok());
        let over = judge(&[("a", 1, 250), ("b", 251, 250)]).unwrap_err();
        assert!(over.to_string().starts_with("over budget: b"), "{over}");
        assert!(judge(&[("a", 0, 250)]).is_err(), "nothing is not small");
    }

    #[test]
    fn sizes_are_printed_in_thousands() {
        assert_eq!(kb(65_432), "65.4 kB");
        assert_eq!(kb(99), "0.0 kB");
    }
}
