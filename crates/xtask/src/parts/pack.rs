//! One file for all that follows the page at once: a part that is asked for first, and what it shares with others.
//!
//! The splitter gives a file of its own to whatever two parts share, some forty for a large part. Together they
//! are one request instead of forty, and smaller: what is alike in them is sent once. Knows nothing of what the
//! modules are. Invariant: the pack is itself valid wasm, so that hosts serve and compress it like the rest.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};

/// Wasm modules, each in a custom section of one that is empty otherwise.
#[derive(Debug)]
pub(super) struct Pack {
    bytes: Vec<u8>,
}

impl Pack {
    pub(super) fn new() -> Self {
        Self {
            bytes: b"\0asm\x01\0\0\0".to_vec(),
        }
    }

    /// Puts a module in, and says where it begins and ends.
    pub(super) fn push(&mut self, module: &[u8]) -> (usize, usize) {
        // The section has an empty name.
        self.bytes.push(0);
        let mut rest = module.len() + 1;
        loop {
            let low = u8::try_from(rest & 0x7f).unwrap_or_default();
            rest >>= 7;
            if rest == 0 {
                self.bytes.push(low);
                break;
            }
            self.bytes.push(low | 0x80);
        }
        self.bytes.push(0);
        let start = self.bytes.len();
        self.bytes.extend_from_slice(module);
        (start, self.bytes.len())
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Lets the splitter's JavaScript take a module out of the pack instead of fetching its file.
pub(super) fn take_from_pack(links: &mut String, file: &str, place: (usize, usize)) -> Result<()> {
    let fetched = format!("fetch(new URL(\"./{file}\", import.meta.url))");
    if links.matches(&fetched).count() != 1 {
        bail!("the splitter's JavaScript does not fetch {file} in the one way that is known here");
    }
    let (start, end) = place;
    *links = links.replace(&fetched, &format!("packed({start}, {end})"));
    Ok(())
}

/// What the splitter's JavaScript needs to do so. Where the pack could not be fetched, it is asked for anew the next time.
pub(super) fn add_reader(links: &mut String, pack: &str) -> Result<()> {
    let imports_end = links
        .find(";\n")
        .context("the splitter's JavaScript imports nothing")?;
    let mut reader = String::new();
    write!(
        reader,
        r#"
let pack;
function packed(start, end) {{
    pack ??= fetch(new URL("./{pack}", import.meta.url)).then((answer) => {{
        if (!answer.ok) throw new Error(`${{answer.url}} could not be fetched: ${{answer.status}}`);
        return answer.arrayBuffer();
    }});
    const asked = pack;
    asked.catch(() => {{
        if (pack === asked) pack = undefined;
    }});
    const headers = {{ "Content-Type": "application/wasm" }};
    return asked.then((bytes) => new Response(bytes.slice(start, end), {{ headers }}));
}}
"#
    )?;
    links.insert_str(imports_end + 2, &reader);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_come_out_as_they_went_in() {
        let mut pack = Pack::new();
        let large = vec![7; 300];
        let (start, end) = pack.push(&large);
        assert_eq!(pack.push(b"x"), (end + 3, end + 4));
        let bytes = pack.into_bytes();
        assert_eq!(bytes[start..end], large);
        // A custom section: 0, 301 as two bytes, and a name without letters.
        assert_eq!(bytes[8..start], [0, 0xad, 0x02, 0]);
        assert_eq!(bytes[end..], [0, 2, 0, b'x']);
    }

    #[test]
    fn the_javascript_takes_from_the_pack_what_is_in_it() {
        let mut links = "import { a } from \"./app.js\";\n\
             fetch(new URL(\"./chunk_1.wasm\", import.meta.url));\n\
             fetch(new URL(\"./chunk_2.wasm\", import.meta.url));\n"
            .to_owned();
        take_from_pack(&mut links, "chunk_2.wasm", (8, 9)).unwrap();
        add_reader(&mut links, "app_first.wasm").unwrap();
        assert!(links.starts_with("import { a } from \"./app.js\";\n\nlet pack;"));
        assert!(links.contains("fetch(new URL(\"./chunk_1.wasm\""));
        assert!(links.ends_with("packed(8, 9);\n"));
        assert!(take_from_pack(&mut links, "chunk_2.wasm", (8, 9)).is_err());
    }
}
