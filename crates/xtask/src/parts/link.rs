//! The JavaScript through which the app asks for its parts.
//!
//! In place of the splitter's own, which fetches each of its files by itself. Knows bundles, not what is in them.
//! Invariant: each file is fetched once, and anew where it could not be fetched before.

use std::fmt::Write as _;

use anyhow::Result;

use super::bundles::Bundles;
use super::join::{APP, ROOT, Taken};

/// What comes after the names: the app calls `__wasm_split_load_PART` with a function of its table and what that is given.
const READER: &str = r"
let imports;
function given() {
    if (!imports) {
        const exports = initSync(undefined, undefined);
        const app = Object.fromEntries(TAKEN.map((name) => [name, exports[name]]));
        imports = { [APP]: app, [ROOT]: app };
    }
    return imports;
}

async function instantiated(url) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${answer.url} could not be fetched: ${answer.status}`);
    // Hosts that do not know the type are no reason to do without.
    const isNamed = answer.headers.get('content-type')?.startsWith('application/wasm');
    const module = isNamed && WebAssembly.instantiateStreaming ? answer : await answer.arrayBuffer();
    await WebAssembly[module === answer ? 'instantiateStreaming' : 'instantiate'](module, given());
}

function once(url) {
    let asked;
    return () => {
        if (!asked) {
            const now = instantiated(url);
            now.catch(() => {
                if (asked === now) asked = undefined;
            });
            asked = now;
        }
        return asked;
    };
}

function part(...files) {
    return async (callback, data) => {
        let isHere = true;
        try {
            await Promise.all(files.map((file) => file()));
        } catch (error) {
            console.error(error);
            isHere = false;
        }
        given()[APP].__indirect_function_table.get(callback)(data, isHere);
    };
}
";

/// `app`: the name that the files of the app begin with.
pub(super) fn script(app: &str, bundles: &Bundles, taken: &Taken) -> Result<String> {
    let mut script = format!("import {{ initSync }} from \"./{app}.js\";\n\n");
    writeln!(script, "const APP = \"{APP}\";")?;
    writeln!(script, "const ROOT = \"{ROOT}\";")?;
    writeln!(
        script,
        "const TAKEN = {:?};",
        taken.names().collect::<Vec<_>>()
    )?;
    script.push_str(READER);
    script.push('\n');
    for name in bundles.files.keys() {
        writeln!(
            script,
            "const {} = once(new URL(\"./{}\", import.meta.url));",
            constant(name),
            file_name(app, name)
        )?;
    }
    for (part, of_part) in &bundles.of_part {
        let files: Vec<_> = of_part.iter().map(|it| constant(it)).collect();
        writeln!(
            script,
            "export const __wasm_split_load_{part} = part({});",
            files.join(", ")
        )?;
    }
    Ok(script)
}

fn constant(bundle: &str) -> String {
    format!("of_{bundle}")
}

/// The file of a bundle, beside the app's.
pub(super) fn file_name(app: &str, bundle: &str) -> String {
    format!("{app}_{bundle}.wasm")
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::super::bundles::bundles;
    use super::*;

    #[test]
    fn each_part_is_a_function_of_its_files() {
        let files = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let needs = HashMap::from([
            ("panels".to_owned(), files(&["chunk_0", "split_panels"])),
            ("forms".to_owned(), files(&["chunk_0", "split_forms"])),
            ("link".to_owned(), files(&[])),
        ]);
        let script = script("app-1", &bundles(&needs, |_| 0), &Taken::default()).unwrap();
        assert!(script.starts_with("import { initSync } from \"./app-1.js\";"));
        for line in [
            "const of_panels = once(new URL(\"./app-1_panels.wasm\", import.meta.url));",
            "export const __wasm_split_load_forms = part(of_forms, of_panels);",
            "export const __wasm_split_load_link = part();",
        ] {
            assert!(script.contains(line), "{script}");
        }
    }
}
