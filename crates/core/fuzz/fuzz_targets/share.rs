//! Laws: no text of a link makes `decode` fail aloud, and what it reads is written and read again as the same; a
//! scenario comes back from `encode` as it was, whole and as a difference, and is then written as the same text.
//!
//! The first byte says how the rest is meant, so that noise comes behind checksum and packing, too, and beside which worlds
//! is written: each of them is packed, so all are tried only now and then. Time and memory are capped by libFuzzer's own
//! limits, which `cargo xtask fuzz` sets.
#![no_main]

use std::sync::LazyLock;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use libfuzzer_sys::{
    arbitrary::{self, Unstructured},
    fuzz_target,
};
use miniz_oxide::deflate::compress_to_vec;
use rolewalk_core::{
    scenario::Scenario,
    share::{self, Base, MAX_JSON, MAX_TEXT, ShareError},
};
use rolewalk_lessons::{known_bases, start_worlds};

static BASES: LazyLock<Vec<Base>> = LazyLock::new(known_bases);
static WORLDS: LazyLock<Vec<Scenario>> = LazyLock::new(|| {
    start_worlds()
        .iter()
        .filter_map(|it| it.scenario().ok())
        .collect()
});

fuzz_target!(|bytes: &[u8]| {
    let Some((how, rest)) = bytes.split_first() else {
        return;
    };
    let bases = beside(usize::from(how / 5));
    match how % 5 {
        0 => text(&String::from_utf8_lossy(rest), bases),
        1 => text(&packed("v1", rest), bases),
        2 => difference(rest, bases),
        3 => drop(edited(&mut Unstructured::new(rest), bases)),
        _ => damaged(rest, bases),
    }
});

/// Two of the worlds, or, one time in so many, all.
fn beside(which: usize) -> &'static [Base] {
    let at = which % (BASES.len() / 2 + 1) * 2;
    BASES.get(at..at + 2).unwrap_or(&BASES)
}

/// Whatever is read is shared again as the same.
fn text(text: &str, bases: &[Base]) {
    let Ok(found) = share::decode_beside(text, &BASES) else {
        return;
    };
    assert!(text.len() <= MAX_TEXT + text.len() - text.trim().len());
    comes_back(&found.scenario, bases);
}

fn packed(version: &str, json: &[u8]) -> String {
    let payload = URL_SAFE_NO_PAD.encode(compress_to_vec(json, 1));
    format!("{version}.{payload}.{:08x}", adler2::adler32_slice(json))
}

/// A stranger's difference from a world that is there.
fn difference(rest: &[u8], bases: &[Base]) {
    let Some((which, rest)) = rest.split_first() else {
        return;
    };
    let base = &BASES[usize::from(*which) % BASES.len()];
    let json = format!(
        r#"["{}","{}",{}]"#,
        base.name(),
        base.sum(),
        String::from_utf8_lossy(rest)
    );
    text(&packed("v2", json.as_bytes()), bases);
}

fn comes_back(scenario: &Scenario, bases: &[Base]) {
    let whole = match share::encode(scenario) {
        Ok(whole) => {
            assert_eq!(share::decode(&whole).as_ref().ok(), Some(scenario));
            Some(whole)
        }
        Err(ShareError::TooLarge { n_bytes }) => {
            assert!(n_bytes > MAX_JSON);
            return;
        }
        Err(ShareError::LinkTooLong { .. }) => None,
        Err(error) => panic!("{error}"),
    };
    let shortest = match share::encode_beside(scenario, bases) {
        Ok(text) => text,
        Err(_) => return assert!(whole.is_none()),
    };
    assert!(whole.is_none_or(|it| shortest.len() <= it.len()));
    let again = share::decode_beside(&shortest, bases);
    let again = again.unwrap_or_else(|error| panic!("{error}: {shortest}"));
    assert_eq!(again.scenario, *scenario);
    assert_eq!(
        share::encode_beside(&again.scenario, bases).ok(),
        Some(shortest)
    );
}

/// A start world, and the same after some edits: shared beside those worlds, and beside the one before.
fn edited(input: &mut Unstructured<'_>, bases: &[Base]) -> arbitrary::Result<()> {
    let mut scenario = input.choose(&WORLDS)?.clone();
    let mut before = scenario.clone();
    while !input.is_empty() {
        if input.ratio(1, 8)? {
            before = scenario.clone();
        }
        edit(&mut scenario, input)?;
    }
    comes_back(&scenario, bases);
    comes_back(&scenario, &[Base::new("before", &before)]);
    Ok(())
}

fn edit(scenario: &mut Scenario, input: &mut Unstructured<'_>) -> arbitrary::Result<()> {
    let roles = &mut scenario.world.home.roles;
    let idx = input.choose_index(roles.len().max(1))?;
    match input.int_in_range(0..=7)? {
        0 => {
            let documents = scenario.world.documents();
            let ids: Vec<_> = documents.iter().map(|it| it.0.clone()).collect();
            let Ok(id) = input.choose(&ids) else {
                return Ok(());
            };
            if let Some(text) = scenario.world.document_mut(id) {
                let old: Vec<char> = text.as_str().chars().collect();
                let start = input.choose_index(old.len() + 1)?;
                let n_gone = input.choose_index(old.len() - start + 1)?;
                let head = old.iter().take(start);
                let tail = old.iter().skip(start + n_gone);
                let middle: &str = input.arbitrary()?;
                let new: String = head
                    .copied()
                    .chain(middle.chars())
                    .chain(tail.copied())
                    .collect();
                *text = new.as_str().into();
            }
        }
        1 => drop(roles.remove(idx)),
        2 => {
            if let Some(role) = roles.get_mut(idx) {
                role.name = input.arbitrary()?;
            }
        }
        3 => {
            if let Some(role) = roles.remove(idx) {
                roles.insert(input.choose_index(roles.len() + 1)?, role);
            }
        }
        4 => {
            if let Some(role) = roles.get(idx).cloned() {
                roles.push(role);
            }
        }
        5 => scenario.choice.mfa = !scenario.choice.mfa,
        6 => scenario.about = input.arbitrary()?,
        _ => {
            let tags = &mut scenario.choice.session_tags;
            tags.insert(input.arbitrary()?, input.arbitrary()?);
        }
    }
    Ok(())
}

/// A link in which characters were changed means the same or nothing.
fn damaged(rest: &[u8], bases: &[Base]) {
    let Some(([which, byte, high, low], _)) = rest.split_first_chunk() else {
        return;
    };
    let scenario = &WORLDS[usize::from(*which) % WORLDS.len()];
    let shared = if which % 2 == 0 {
        share::encode(scenario)
    } else {
        share::encode_beside(scenario, bases)
    };
    let Ok(shared) = shared else {
        return;
    };
    let mut bytes = shared.into_bytes();
    let at = usize::from(u16::from_be_bytes([*high, *low])) % bytes.len();
    bytes[at] = byte % 128;
    let text = String::from_utf8_lossy(&bytes);
    if let Ok(found) = share::decode_beside(&text, &BASES) {
        assert_eq!(found.scenario, *scenario);
    }
}
