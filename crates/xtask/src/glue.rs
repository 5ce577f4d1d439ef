//! The package's JavaScript, which wasm-bindgen writes, with our own words where somebody calls too early or too late.
//!
//! wasm-bindgen lets both go wrong inside: “Cannot read properties of undefined”, “null pointer passed to rust”. Invariant:
//! what does not look as expected is an error and not left as it is, so that a newer wasm-bindgen is noticed.

use anyhow::{Result, ensure};

/// The classes, and what the names of their functions in the wasm begin with.
const CLASSES: &[(&str, &str)] = &[("Catalogue", "catalogue"), ("PolicySet", "policyset")];

/// In front of the rest.
const HEAD: &str = r"const NOT_STARTED = new Proxy({}, {
    get() {
        throw new Error('Rolewalk is not started yet: `await init()` first, or `initSync({ module })` in Node');
    }
});

function alive(it, name) {
    if (!it.__wbg_ptr) {
        throw new Error(`this \`${name}\` was freed: make another one with \`new ${name}(…)\`, and free it when nobody asks it any more`);
    }
    return it.__wbg_ptr;
}

";

/// The JavaScript with our words in it.
pub(crate) fn with_words(glue: &str) -> Result<String> {
    let mut glue = replaced(
        glue,
        "let wasmModule, wasmInstance, wasm;",
        "let wasmModule, wasmInstance, wasm = NOT_STARTED;",
        1,
    )?;
    glue = replaced(
        &glue,
        "if (wasm !== undefined) return wasm;",
        "if (wasm !== NOT_STARTED) return wasm;",
        2,
    )?;
    for (class, prefix) in CLASSES {
        // Freeing again is no fault: `using` and `free()` may both do it.
        let free = format!("wasm.__wbg_{prefix}_free(ptr, 0);");
        glue = replaced(&glue, &free, &format!("if (ptr) {free}"), 1)?;
        glue = asked_alive(&glue, class, prefix);
    }
    let left = glue.lines().find(|it| it.contains("(this.__wbg_ptr"));
    ensure!(
        left.is_none(),
        "wasm-bindgen has a class that crates/xtask/src/glue.rs does not know: {left:?}"
    );
    Ok(format!("{HEAD}{glue}"))
}

/// With each method of a class asking first whether there is still something behind it.
fn asked_alive(glue: &str, class: &str, prefix: &str) -> String {
    let call = format!("wasm.{prefix}_");
    let lines = glue.split_inclusive('\n').map(|line| {
        if line.contains(&call) {
            line.replace("(this.__wbg_ptr", &format!("(alive(this, '{class}')"))
        } else {
            line.to_owned()
        }
    });
    lines.collect()
}

fn replaced(text: &str, from: &str, to: &str, n: usize) -> Result<String> {
    let n_found = text.matches(from).count();
    ensure!(
        n_found == n,
        "wasm-bindgen writes `{from}` {n_found} times, not {n}: see crates/xtask/src/glue.rs"
    );
    Ok(text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "\
export class Catalogue {
    free() {
        const ptr = this.__destroy_into_raw();
        wasm.__wbg_catalogue_free(ptr, 0);
    }
    read(name) {
        const ret = wasm.catalogue_read(this.__wbg_ptr, name);
    }
}
wasm.__wbg_policyset_free(ptr, 0);
wasm.policyset_decide(this.__wbg_ptr);
let wasmModule, wasmInstance, wasm;
if (wasm !== undefined) return wasm;
if (wasm !== undefined) return wasm;
";

    #[test]
    fn whoever_calls_too_early_or_too_late_hears_our_words() {
        let with_words = with_words(GLUE).unwrap();
        for expected in [
            "wasm = NOT_STARTED;",
            "wasm.catalogue_read(alive(this, 'Catalogue'), name)",
            "wasm.policyset_decide(alive(this, 'PolicySet'))",
            "if (ptr) wasm.__wbg_catalogue_free(ptr, 0);",
        ] {
            assert!(with_words.contains(expected), "{with_words}");
        }
        assert!(!with_words.contains("wasm !== undefined"));
    }

    #[test]
    fn what_another_wasm_bindgen_writes_is_noticed() {
        for (from, to) in [
            ("let wasmModule, wasmInstance, wasm;", "let wasm;"),
            ("wasm !== undefined", "wasm != null"),
            ("wasm.policyset_decide", "wasm.fresh_decide"),
        ] {
            assert!(with_words(&GLUE.replace(from, to)).is_err(), "{from}");
        }
    }
}
