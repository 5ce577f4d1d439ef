//! What was handed out once still opens: links of every form, and every world that links were made from.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use rolewalk_core::{
    scenario::Scenario,
    share::{self, Base},
};
use rolewalk_lessons::{bases, known_bases, library_base};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    packed,
    scenarios::{library, opening},
};

/// A link that somebody has.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    /// What it is.
    about: String,
    /// The text in the link.
    text: String,
    /// What was in it.
    scenario: Value,
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Writes a file that is missing, where that is wanted; says else what to do.
fn wanted(path: &Path, text: &str, says: &str) {
    if path.exists() {
        return;
    }
    assert!(
        env::var_os("UPDATE_EXPECT").is_some(),
        "{} is missing: {says}",
        path.display()
    );
    fs::write(path, text).unwrap();
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let all = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let mut all: Vec<_> = all
        .map(|it| {
            let name = it.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(it).unwrap())
        })
        .collect();
    all.sort();
    all
}

/// The world that opens, with its first role's trust policy broken and one more bucket of a name beyond ASCII.
fn sample() -> Scenario {
    let mut scenario = opening();
    let role = scenario.world.home.roles.get_mut(0).unwrap();
    let text = role.trust_policy.as_str().replacen("Allow", "Deny", 1);
    role.trust_policy = format!("{text}\n// größer 𝕒 {{").as_str().into();
    let mut bucket = scenario.world.home.buckets.first().unwrap().clone();
    "späte-daten".clone_into(&mut bucket.name);
    scenario.world.home.buckets.push(bucket);
    scenario
}

#[test]
fn links_of_every_form_still_open() {
    let folder = here("share/links");
    let format_1: Value = serde_json::from_str(include_str!("../formats/format-1.json")).unwrap();
    let as_it_is = share::encode_beside(&opening(), &bases()).unwrap();
    let forms = [
        ("v1-whole", "v1, a whole scenario", share::encode(&sample())),
        (
            "v1-format-1",
            "v1 around a scenario of format 1",
            Ok(packed("v1", format_1.to_string().as_bytes())),
        ),
        ("v2-as-it-is", "v2, a start world as it is", Ok(as_it_is)),
        (
            "v2-changed",
            "v2, a start world changed",
            share::encode_beside(&sample(), &bases()),
        ),
    ];
    for (name, about, text) in forms {
        let text = text.unwrap();
        let scenario = share::decode_beside(&text, &known_bases())
            .unwrap()
            .scenario;
        let kept = Kept {
            about: about.to_owned(),
            text,
            scenario: serde_json::from_str(&scenario.to_json()).unwrap(),
        };
        let mut json = serde_json::to_string_pretty(&kept).unwrap();
        json.push('\n');
        let path = folder.join(format!("{name}.json"));
        wanted(&path, &json, "it was there, and people have such links");
    }
    let all = files(&folder);
    assert!(all.len() >= forms_at_least(&all), "{}", all.len());
    for (name, json) in all {
        let kept: Kept = serde_json::from_str(&json).unwrap();
        assert!(kept.text.starts_with(&format!("{}.", &name[..2])), "{name}");
        let found = share::decode_beside(&kept.text, &known_bases())
            .unwrap_or_else(|error| panic!("{name} ({}): {error}", kept.about));
        let scenario = Scenario::from_json(&kept.scenario.to_string()).unwrap();
        assert_eq!(found.scenario, scenario, "{name}");
    }
}

/// One of each version at least.
fn forms_at_least(all: &[(String, String)]) -> usize {
    for version in ["v1", "v2"] {
        assert!(all.iter().any(|it| it.0.starts_with(version)), "{version}");
    }
    4
}

/// All worlds that links are made from now.
fn current() -> Vec<Base> {
    let mut all = bases();
    all.push(library_base(&library()));
    all
}

#[test]
fn every_world_that_links_were_made_from_is_known() {
    let folder = here("../crates/lessons/worlds/published");
    for base in current() {
        let path = folder.join(format!("{}.{}.json", base.name(), base.sum()));
        wanted(
            &path,
            base.json(),
            "a world changed (or how worlds are written), and links made from it need what it was. Put the file \
             of that world that is there into `EARLIER_BASES` of crates/lessons/src/lib.rs, then run this test with \
             UPDATE_EXPECT=1",
        );
    }
    let mut known = known_bases();
    known.push(library_base(&library()));
    let published = files(&folder);
    assert!(published.len() >= current().len());
    for (name, json) in published {
        let (slug, sum) = name.split_once('.').unwrap();
        let base = Base::earlier(slug, json.as_str());
        assert_eq!(base.sum(), sum, "{name} is not what it was");
        assert!(
            known.contains(&base),
            "links were made from {name}, and it is not among `EARLIER_BASES` of crates/lessons/src/lib.rs"
        );
    }
}

/// A world that was changed since, in a later format even: its links open as what was sent.
#[test]
fn a_link_from_a_world_of_before_opens_as_it_was_sent() {
    let before = Base::new("w", &opening());
    let text = share::encode_beside(&sample(), std::slice::from_ref(&before)).unwrap();
    let mut today = opening();
    today.name = "Renamed since".to_owned();
    today.world.home.roles.clear();
    let today = Base::new("w", &today);
    let old = Base::earlier("w", before.json());
    let found = share::decode_beside(&text, &[today.clone(), old]).unwrap();
    assert_eq!(found.scenario, sample());
    let error = share::decode_beside(&text, &[today]).unwrap_err();
    assert_eq!(error.code(), "unknown-base");
    // A base of format 1, which was read and written as it stands.
    let format_1 = Base::earlier("one", include_str!("../formats/format-1.json"));
    let text = packed(
        "v2",
        format!(r#"["one","{}",{{"name":["New"]}}]"#, format_1.sum()).as_bytes(),
    );
    let found = share::decode_beside(&text, &[format_1]).unwrap();
    assert_eq!(found.scenario.name, "New");
    assert_eq!(found.scenario.world.home.users[0].name, "alice");
}
