//! What the app takes from its JavaScript, under names of a letter or two.
//!
//! wasm-bindgen's names say what each function does and end in a hash, of which a compressor can make nothing; they stand
//! in the wasm and once more in the JavaScript. Invariant: only names change, and in both files alike.

use anyhow::{Context as _, Result, bail};
use wasm_encoder::reencode::{Reencode as _, RoundtripReencoder};
use wasm_encoder::{EntityType, ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

/// How the names begin that wasm-bindgen gives.
const GIVEN: &str = "__wb";

/// The app and its JavaScript with short names for what the one takes from the other.
pub(super) fn shortened(module: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut script = script.to_owned();
    let mut imports = ImportSection::new();
    let mut out = Module::new();
    let mut n_short = 0;
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        if let Payload::ImportSection(section) = &payload {
            for import in section.clone().into_imports() {
                let import = import?;
                let of_type: EntityType = RoundtripReencoder.entity_type(import.ty)?;
                if import.name.starts_with(GIVEN) {
                    let short = short(n_short);
                    n_short += 1;
                    script = renamed(&script, import.name, &short)?;
                    imports.import(import.module, &short, of_type);
                } else {
                    imports.import(import.module, import.name, of_type);
                }
            }
            out.section(&imports);
        } else if let Some((id, range)) = payload.as_section() {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            let data = module.get(range).context("a section is cut off")?;
            out.section(&RawSection { id, data });
        }
    }
    Ok((out.finish(), script))
}

/// The script with another name for one function that it gives.
fn renamed(script: &str, name: &str, short: &str) -> Result<String> {
    // As a key of the object of all that the wasm takes.
    let key = format!(" {name}: ");
    if script.matches(&key).count() != 1 {
        bail!(
            "`{name}` does not stand once in the JavaScript: does wasm-bindgen write it in another way?"
        );
    }
    Ok(script.replacen(&key, &format!(" {short}: "), 1))
}

/// `a` to `z`, then `aa` and so on.
fn short(n: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(n % 26).unwrap_or_default());
    if n < 26 {
        letter.to_string()
    } else {
        format!("{}{letter}", short(n / 26 - 1))
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{MemorySection, MemoryType, TypeSection};
    use wasmparser::TypeRef;

    use super::*;

    /// A file that takes functions of these names, and has a memory.
    fn module(names: &[&str]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        for name in names {
            imports.import("./app_bg.js", name, EntityType::Function(0));
        }
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&memories);
        module.finish()
    }

    fn taken(module: &[u8]) -> Vec<String> {
        let mut names = Vec::new();
        for payload in Parser::new(0).parse_all(module) {
            if let Payload::ImportSection(section) = payload.unwrap() {
                for import in section.into_imports() {
                    let import = import.unwrap();
                    assert!(matches!(import.ty, TypeRef::Func(0)));
                    names.push(import.name.to_owned());
                }
            }
        }
        names
    }

    #[test]
    fn both_files_have_the_same_short_names() {
        let whole = module(&[
            "__wbg_get_955bde2b",
            "__wasm_split_load_panels",
            "__wbg_set_17c0ffee",
        ]);
        let script =
            "return {\n    __wbg_set_17c0ffee: set,\n    __wbg_get_955bde2b: function(at) {},\n};";
        let (short, script) = shortened(&whole, script).unwrap();
        assert_eq!(taken(&short), ["a", "__wasm_split_load_panels", "b"]);
        assert_eq!(script, "return {\n    b: set,\n    a: function(at) {},\n};");
        assert_eq!(
            short,
            module(&["a", "__wasm_split_load_panels", "b"]),
            "and nothing else changes"
        );
    }

    #[test]
    fn a_name_that_the_script_does_not_give_is_told() {
        let error = shortened(&module(&["__wbg_get_955bde2b"]), "return {};").unwrap_err();
        assert!(error.to_string().contains("`__wbg_get_955bde2b`"));
    }

    #[test]
    fn names_go_on_after_the_alphabet() {
        let names: Vec<_> = [0, 25, 26, 27, 701, 702].map(short).into();
        assert_eq!(names, ["a", "z", "aa", "ab", "zz", "aaa"]);
    }
}
