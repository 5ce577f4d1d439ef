//! In which order the functions of a wasm file stand: those that look alike beside each other, where a compressor of
//! pages finds best what they have in common.
//!
//! Knows the bytes of functions, nothing of what they do. Each time a function stands next that shares the most with those
//! just before it. Invariant: every function is there once, and the same file always gets the same order.

use std::collections::HashMap;

use anyhow::Result;
use wasm_encoder::{Encode as _, NameMap, NameSection, Section as _};
use wasmparser::{Parser, Payload, TypeRef};

/// What is compared: this many bytes in a row. Measured, as are the figures below, at the app's first file.
const N_BYTES: usize = 5;
/// What stands in more functions than this tells nothing.
const MOST: usize = 200;
/// How much what a function shares counts with the one before it, the one before that, and so on.
const BEFORE: [f64; 4] = [1.0, 1.0 / 2.0, 1.0 / 3.0, 1.0 / 4.0];
/// Long functions share more, so what is shared is divided by this power of their length.
const LENGTH_POWER: f64 = 0.6;
/// Added to the length, so that the shortest are not drawn by a single match.
const SHORT: f64 = 20.0;

/// The same file with a name for each function that says where it should stand, for wasm-opt to sort them by.
pub(super) fn named_by_place(module: &[u8]) -> Result<Vec<u8>> {
    let mut n_imported = 0;
    let mut bodies: Vec<&[u8]> = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    n_imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    let order = alike_together(&bodies)?;
    let mut places: Vec<(usize, usize)> = order.into_iter().zip(0..).collect();
    places.sort_unstable();
    let mut map = NameMap::new();
    for (idx, (_, place)) in (n_imported..).zip(places) {
        map.append(idx, &format!("{place:06}"));
    }
    let mut section = NameSection::new();
    section.functions(&map);
    let mut named = module.to_vec();
    named.push(section.id());
    section.encode(&mut named);
    Ok(named)
}

/// Each run of [`N_BYTES`] bytes of a function, once.
type Runs<'a> = Vec<&'a [u8]>;

/// A function, while its place is sought.
struct Function {
    /// What `shared` is divided by.
    length: f64,
    /// What it shares with those just placed.
    shared: f64,
    is_placed: bool,
}

impl Function {
    fn new(runs: &Runs<'_>) -> Result<Self> {
        let length = f64::from(u32::try_from(runs.len())?);
        Ok(Self {
            length: (length + SHORT).powf(LENGTH_POWER),
            shared: 0.0,
            is_placed: false,
        })
    }
}

fn runs(body: &[u8]) -> Runs<'_> {
    let mut runs: Runs<'_> = body.windows(N_BYTES).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// The functions' places in the file, in the order in which they should stand.
fn alike_together(bodies: &[&[u8]]) -> Result<Vec<usize>> {
    let runs: Vec<Runs<'_>> = bodies.iter().map(|it| runs(it)).collect();
    let mut functions: Vec<Function> = runs.iter().map(Function::new).collect::<Result<_>>()?;
    let mut holders: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (idx, runs) in runs.iter().enumerate() {
        for run in runs {
            holders.entry(run).or_default().push(idx);
        }
    }
    holders.retain(|_, it| (2..=MOST).contains(&it.len()));

    let mut order: Vec<usize> = Vec::with_capacity(bodies.len());
    for first_left in 0..bodies.len() {
        // Where nothing is like what was placed last, the first that is left begins anew.
        let mut next = Some(first_left);
        while let Some(idx) = next.filter(|it| functions.get(*it).is_some_and(|it| !it.is_placed)) {
            if let Some(function) = functions.get_mut(idx) {
                function.is_placed = true;
            }
            order.push(idx);
            let placed = order.iter().rev().filter_map(|it| runs.get(*it));
            next = most_alike(&mut functions, &holders, placed);
        }
    }
    Ok(order)
}

/// Of the functions without a place the one that shares the most with those placed, the last of them first.
fn most_alike<'a>(
    functions: &mut [Function],
    holders: &HashMap<&[u8], Vec<usize>>,
    placed: impl Iterator<Item = &'a Runs<'a>>,
) -> Option<usize> {
    let mut alike: Vec<usize> = Vec::new();
    for (weight, runs) in BEFORE.iter().zip(placed) {
        let sharing = runs.iter().filter_map(|it| holders.get(it));
        for idx in sharing.flatten() {
            let Some(function) = functions.get_mut(*idx).filter(|it| !it.is_placed) else {
                continue;
            };
            if function.shared == 0.0 {
                alike.push(*idx);
            }
            function.shared += weight;
        }
    }
    let mut best: Option<(f64, usize)> = None;
    for idx in alike {
        let Some(function) = functions.get_mut(idx) else {
            continue;
        };
        let worth = function.shared / function.length;
        function.shared = 0.0;
        if best.is_none_or(|(most, at)| worth > most || (worth >= most && idx < at)) {
            best = Some((worth, idx));
        }
    }
    best.map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        CodeSection, EntityType, FunctionSection, ImportSection, Module, TypeSection, ValType,
    };

    use super::*;

    #[test]
    fn what_looks_alike_stands_together() {
        let (one, other) = ("reads a bucket of S3", "walks through seven doors");
        let bodies = [
            one,
            other,
            "reads a bucket of ECR",
            "walks through two doors",
        ];
        let bodies = bodies.map(str::as_bytes);
        assert_eq!(alike_together(&bodies).unwrap(), [0, 2, 1, 3]);
    }

    /// One function that is imported, and three of its own, of which the first and the last are alike.
    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], [ValType::I64]);
        let mut imports = ImportSection::new();
        imports.import("host", "clock", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for number in [0x0123_4567_89ab_cdef, -1, 0x0123_4567_89ab_cdef] {
            functions.function(0);
            let mut function = wasm_encoder::Function::new([]);
            function.instructions().i64_const(number).end();
            code.function(&function);
        }
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&code);
        module.finish()
    }

    #[test]
    fn every_function_has_one_place_in_the_names() {
        let module = module();
        let named = named_by_place(&module).unwrap();
        assert_eq!(named[..module.len()], module);
        let mut places = Vec::new();
        for payload in Parser::new(0).parse_all(&named) {
            if let Payload::CustomSection(section) = payload.unwrap()
                && let wasmparser::KnownCustom::Name(subsections) = section.as_known()
            {
                for subsection in subsections {
                    if let wasmparser::Name::Function(map) = subsection.unwrap() {
                        places.extend(
                            map.into_iter()
                                .map(|it| it.unwrap())
                                .map(|it| (it.index, it.name)),
                        );
                    }
                }
            }
        }
        // Behind the one that is imported.
        assert_eq!(places, [(1, "000000"), (2, "000002"), (3, "000001")]);
    }
}
