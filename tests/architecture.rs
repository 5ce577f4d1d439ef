//! Which module of `core` may import which.
//!
//! The table is the architecture: a module may import those in the layers above its own line,
//! and no other. Source is read as tokens, so grouped imports and macro bodies count too.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test: a failed read is a failed test"
)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

const LAYERS: &[&[&str]] = &[
    &["by_name", "syntax"],
    &["diagnostic"],
    &["names"],
    &["pattern"],
    &["policy", "request"],
    &["trace", "catalogue"],
    &["condition"],
    &["eval"],
    &["world", "lint"],
    &["flow", "import"],
    &["scenario", "explain"],
    &["access", "advise", "export", "ide", "library", "share"],
    &["lesson"],
];

#[test]
fn modules_import_only_lower_layers() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/core/src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    let mut n_imports = 0;
    for file in files {
        let from = module_of(&src, &file);
        if from == "lib" {
            continue;
        }
        let mut imports = Vec::new();
        crate_imports(
            fs::read_to_string(&file).unwrap().parse().unwrap(),
            &mut imports,
        );
        for to in imports.into_iter().filter(|it| *it != from) {
            n_imports += 1;
            assert!(
                rank(&to) < rank(&from),
                "{}: `{from}` must not import `{to}`",
                file.display()
            );
        }
    }
    assert!(
        0 < n_imports,
        "found no import at all: the scan no longer reads the tree"
    );
}

fn rank(module: &str) -> usize {
    LAYERS
        .iter()
        .position(|layer| layer.contains(&module))
        .unwrap_or_else(|| panic!("module `{module}` is missing from LAYERS"))
}

fn module_of(src: &Path, file: &Path) -> String {
    let relative = file.strip_prefix(src).unwrap().with_extension("");
    relative.iter().next().unwrap().to_str().unwrap().to_owned()
}

fn rust_files(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, out);
        } else if path.extension().is_some_and(|it| it == "rs") {
            out.push(path);
        }
    }
}

/// Collects `x` of every `crate::x` and of every `crate::{x, ..}`.
fn crate_imports(tokens: TokenStream, out: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (i, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => crate_imports(group.stream(), out),
            // `super::x` would step around the table; only `mod tests` needs it, as a glob.
            // `pub(super)` imports nothing.
            TokenTree::Ident(ident) if ident == "super" && tokens.len() > 1 => {
                let is_glob =
                    matches!(tokens.get(i + 3), Some(TokenTree::Punct(it)) if it.as_char() == '*');
                assert!(is_glob, "write `crate::..`, not `super::..`");
            }
            TokenTree::Ident(ident) if ident == "crate" => match tokens.get(i + 3) {
                Some(TokenTree::Ident(name)) => out.push(name.to_string()),
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    let mut at_start = true;
                    for token in group.stream() {
                        match token {
                            TokenTree::Ident(name) if at_start => {
                                out.push(name.to_string());
                                at_start = false;
                            }
                            TokenTree::Punct(punct) if punct.as_char() == ',' => at_start = true,
                            _ => (),
                        }
                    }
                }
                _ => (),
            },
            _ => (),
        }
    }
}
