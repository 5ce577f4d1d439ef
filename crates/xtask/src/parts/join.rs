//! Several files of the splitter's, joined to one wasm module by `wasm-merge`.
//!
//! Each takes the memory, the table and some globals from the app, under one module name, and gives nothing: what others
//! call stands in the table. Joined as they are, they would ask for as many memories; so a root takes these once and hands
//! them on. Invariant: what comes out asks the app, under the name [`ROOT`], for what is in [`Taken`] and nothing else.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wasmparser::{Parser, Payload, RefType, TypeRef, ValType};

use crate::run;
use crate::setup::Setup;
use crate::wasm;

/// Under this name the splitter's files ask for what they take.
pub(super) const APP: &str = "__wasm_split";
/// Under this one what was joined does.
pub(super) const ROOT: &str = "__wasm_split_root";

/// What is taken from the app: names, and what it is in WebAssembly's text format.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Taken(BTreeMap<String, String>);

impl Taken {
    /// Adds what a module takes.
    pub(super) fn add(&mut self, module: &[u8]) -> Result<()> {
        for payload in Parser::new(0).parse_all(module) {
            let Payload::ImportSection(imports) = payload? else {
                continue;
            };
            for import in imports.into_imports() {
                let import = import?;
                if import.module != APP {
                    bail!("a part asks for `{}` of `{}`", import.name, import.module);
                }
                let kind = text(import.ty)
                    .with_context(|| format!("a part asks for `{}`", import.name))?;
                let before = self.0.insert(import.name.to_owned(), kind.clone());
                if before.as_ref().is_some_and(|it| *it != kind) {
                    bail!("parts ask for `{}` as {kind} and otherwise", import.name);
                }
            }
        }
        Ok(())
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The root: what it takes it gives.
    fn root(&self) -> Result<String> {
        let mut root = "(module\n".to_owned();
        for (name, kind) in &self.0 {
            writeln!(
                root,
                "(import \"{ROOT}\" \"{name}\" {})",
                kind.replacen(' ', &format!(" ${name} "), 1)
            )?;
        }
        for (name, kind) in &self.0 {
            let sort = kind.trim_start_matches('(').split(' ').next();
            writeln!(
                root,
                "(export \"{name}\" ({} ${name}))",
                sort.unwrap_or_default()
            )?;
        }
        root.push(')');
        Ok(root)
    }
}

/// As the splitter makes it; anything else has not been thought of.
fn text(kind: TypeRef) -> Result<String> {
    Ok(match kind {
        TypeRef::Memory(it) if it.maximum.is_none() && !it.shared && !it.memory64 => {
            format!("(memory {})", it.initial)
        }
        TypeRef::Table(it) if it.maximum.is_none() && it.element_type == RefType::FUNCREF => {
            format!("(table {} funcref)", it.initial)
        }
        TypeRef::Global(it) if it.content_type == ValType::I32 && it.mutable => {
            "(global (mut i32))".to_owned()
        }
        TypeRef::Global(it) if it.content_type == ValType::I32 => "(global i32)".to_owned(),
        other => bail!("{other:?} cannot be handed on"),
    })
}

/// Writes the root into a folder, once for all that is joined.
pub(super) fn root(setup: &Setup, taken: &Taken, folder: &Path) -> Result<PathBuf> {
    let source = folder.join("root.wat");
    let root = folder.join("root.wasm");
    fs::write(&source, taken.root()?)?;
    let mut assemble = setup.command("wasm-as");
    assemble
        .args(wasm::FEATURES)
        .arg(&source)
        .arg("-o")
        .arg(&root);
    run::stream(&mut assemble)?;
    Ok(root)
}

/// Joins files and the root to one, which is not yet made small.
pub(super) fn join(setup: &Setup, root: &Path, files: &[PathBuf], to: &Path) -> Result<()> {
    let mut merge = setup.command("wasm-merge");
    merge.args(wasm::FEATURES).arg(root).arg(APP);
    for file in files {
        let name = file.file_stem().context("a part has no name")?;
        merge.arg(file).arg(name);
    }
    merge.arg("-o").arg(to);
    run::stream(&mut merge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_hands_on_what_it_takes() {
        let mut taken = Taken::default();
        for (name, kind) in [
            ("memory", "(memory 24)"),
            ("__table", "(table 75 funcref)"),
            ("__shared0", "(global (mut i32))"),
        ] {
            taken.0.insert(name.to_owned(), kind.to_owned());
        }
        let root = taken.root().unwrap();
        for line in [
            "(import \"__wasm_split_root\" \"memory\" (memory $memory 24))",
            "(import \"__wasm_split_root\" \"__table\" (table $__table 75 funcref))",
            "(import \"__wasm_split_root\" \"__shared0\" (global $__shared0 (mut i32)))",
            "(export \"__shared0\" (global $__shared0))",
            "(export \"memory\" (memory $memory))",
        ] {
            assert!(root.contains(line), "{root}");
        }
    }

    #[test]
    fn what_a_module_takes_is_read() {
        // (module (import "__wasm_split" "memory" (memory 3)))
        let module = |pages: u8| {
            let mut bytes = b"\0asm\x01\0\0\0\x02\x18\x01\x0c__wasm_split\x06memory\x02\0".to_vec();
            bytes.push(pages);
            bytes
        };
        let mut taken = Taken::default();
        taken.add(&module(3)).unwrap();
        taken.add(&module(3)).unwrap();
        assert_eq!(taken.names().collect::<Vec<_>>(), ["memory"]);
        assert_eq!(taken.0["memory"], "(memory 3)");
        assert!(taken.add(&module(4)).is_err());
    }
}
