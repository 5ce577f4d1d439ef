//! Texts of strangers: each is answered with a sentence and what to do, at once, whatever is in it.

use rolewalk_core::share::{self, MAX_JSON, MAX_TEXT};
use rolewalk_lessons::{bases, known_bases};
use serde_json::{Value, json};

use crate::{packed, scenarios::opening};

const MILLION: usize = 1_000_000;

#[track_caller]
fn refused(text: &str, code: &str) -> String {
    let error = share::decode_beside(text, &known_bases()).unwrap_err();
    let start: String = text.chars().take(60).collect();
    assert_eq!(error.code(), code, "{start}: {error}");
    assert!(error.message().len() < 300, "{error}");
    assert!(!error.help().is_empty());
    error.message()
}

/// A difference from the world that opens.
fn changed(difference: &Value) -> String {
    let bases = bases();
    let base = bases.first().unwrap();
    let json = json!([base.name(), base.sum(), difference]).to_string();
    packed("v2", json.as_bytes())
}

#[test]
fn no_link_at_all() {
    for text in [
        "",
        " ",
        ".",
        "hello",
        "https://example.com/",
        "v.a.b",
        "vv1.a.b",
        "c1.a.b",
        "v1x.a.b",
        "é.é.é",
    ] {
        refused(text, "not-a-shared-scenario");
    }
    for version in [3, 10, 999] {
        let text = format!("v{version}.abc.def");
        let says = refused(&text, "unknown-share-version");
        assert!(says.contains("`v2`"), "{says}");
    }
}

#[test]
fn cut_off_or_changed() {
    for text in [
        share::encode(&opening()).unwrap(),
        changed(&json!({"name": ["Other"]})),
    ] {
        for end in (0..text.len()).filter(|it| it % 7 == 0 || *it < 20 || text.len() - it < 20) {
            let (cut, _) = text.split_at(end);
            let error = share::decode_beside(cut, &known_bases()).unwrap_err();
            let code = error.code();
            assert!(
                ["damaged-link", "not-a-shared-scenario"].contains(&code),
                "{end}: {code}"
            );
        }
        let sum = text.rsplit_once('.').unwrap().1;
        refused(&text.replace(sum, "00000000"), "damaged-link");
        refused(&text.replacen('.', ".!", 1), "damaged-link");
        refused(&format!("{text}0"), "damaged-link");
        refused(&text.replace(&format!(".{sum}"), ""), "damaged-link");
    }
    refused("v1..", "damaged-link");
    refused("v2..00000001", "damaged-link");
    refused(&packed("v1", &[0xff, 0xfe]), "damaged-link");
}

#[test]
fn bombs_and_megabytes() {
    refused(&"v1.".repeat(MILLION / 3), "text-too-long");
    refused(&format!("v2.{}", "A".repeat(MAX_TEXT)), "text-too-long");
    for version in ["v1", "v2"] {
        refused(
            &packed(version, &vec![b' '; MAX_JSON + 1]),
            "unpacks-too-large",
        );
        refused(
            &packed(version, &vec![b'['; 30 * MILLION]),
            "unpacks-too-large",
        );
    }
    // What a difference makes is capped, too: here the base's length comes to that of the difference.
    let long = changed(&json!({"about": ["x".repeat(MAX_JSON - 1000)]}));
    refused(&long, "unpacks-too-large");
}

#[test]
fn no_scenario_in_it() {
    for json in [
        "",
        "null",
        "[]",
        "{}",
        "{\"rolewalk\": 2}",
        "{\"rolewalk\": 99}",
        "not json",
    ] {
        refused(&packed("v1", json.as_bytes()), "not-a-scenario");
    }
    let deep = "[".repeat(10_000);
    refused(&packed("v1", deep.as_bytes()), "not-a-scenario");
    refused(&packed("v2", deep.as_bytes()), "damaged-link");
    let deep = "{\"world\":".repeat(20_000);
    refused(&packed("v1", deep.as_bytes()), "not-a-scenario");
    for json in [
        "",
        "{}",
        "[]",
        "[1,2]",
        "[\"working-studio\"]",
        "[\"a\",\"b\",{},1]",
        "[null,\"b\"]",
    ] {
        refused(&packed("v2", json.as_bytes()), "damaged-link");
    }
}

#[test]
fn a_difference_that_does_not_fit() {
    for wrong in [
        json!(null),
        json!([]),
        json!(1),
        json!("x"),
        json!({"nothing": []}),
        json!({"name": [9999, 1, "x"]}),
        json!({"world": {"home": {"roles": [0, [99]]}}}),
    ] {
        refused(&changed(&wrong), "damaged-link");
    }
    for odd in [
        json!([null]),
        json!({"name": []}),
        json!({"more": [1]}),
        json!({"rolewalk": [99]}),
        json!({"world": {"home": {"roles": [0, [[1]]]}}}),
    ] {
        refused(&changed(&odd), "not-a-scenario");
    }
    let mut deep = json!([1]);
    for _ in 0..100 {
        deep = json!({ "world": deep });
    }
    refused(&changed(&deep), "damaged-link");
}

#[test]
fn a_world_that_is_not_here() {
    let script = format!("<img src=x onerror=alert(1)>{}", "x".repeat(10_000));
    for name in ["nowhere", &script] {
        let text = packed("v2", json!([name, "00000000"]).to_string().as_bytes());
        let says = refused(&text, "unknown-base");
        assert!(says.contains(&format!("`{}", &name[..7])), "{says}");
    }
    let text = packed(
        "v2",
        json!(["working-studio", "00000000"]).to_string().as_bytes(),
    );
    refused(&text, "unknown-base");
    // Where no world is known, as in the npm package.
    let error = share::decode(&changed(&json!({"name": ["x"]}))).unwrap_err();
    assert_eq!(error.code(), "unknown-base");
    assert!(error.message().contains("`working-studio`"), "{error}");
}
