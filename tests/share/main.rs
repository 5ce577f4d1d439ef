//! Share links: every scenario that there is comes back as it was, links of earlier times still open, and a
//! stranger's text is answered with a sentence.
//!
//! `UPDATE_EXPECT=1` writes what is missing: the JSON of a start world that links can be made from now
//! (`crates/lessons/worlds/published`), and fixtures of forms that have none (`links`). It never writes over one
//! that is there: those are what somebody was sent.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test: a failed read is a failed test"
)]

mod hostile;
mod kept;
mod laws;
#[path = "../scenarios.rs"]
mod scenarios;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use miniz_oxide::deflate::compress_to_vec;
use rolewalk_core::{
    scenario::Scenario,
    share::{self, Base, MAX_TEXT},
    world::PolicyText,
};
use rolewalk_lessons::{bases, library_base};

use crate::scenarios::{all, library, opening};

/// The most that the link of a misconfiguration may take half of the time, in characters: a camera reads such a code.
const USUAL_MISCONFIGURATION: usize = 700;

/// The most that a link may take in which the world that opens was changed in one policy, in characters.
const MOST_OF_A_CHANGE: usize = 1500;

/// A text of that version around any JSON, as a stranger could make it.
fn packed(version: &str, json: &[u8]) -> String {
    let payload = URL_SAFE_NO_PAD.encode(compress_to_vec(json, 9));
    format!("{version}.{payload}.{:08x}", adler2::adler32_slice(json))
}

/// Both ways there and back, to the byte of every policy.
#[track_caller]
fn comes_back(name: &str, scenario: &Scenario, bases: &[Base]) -> String {
    let whole = share::encode(scenario).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(share::decode(&whole).unwrap(), *scenario, "{name}");
    let text = share::encode_beside(scenario, bases).unwrap();
    assert!(text.len() <= whole.len().min(MAX_TEXT), "{name}");
    let back = share::decode_beside(&text, bases).unwrap();
    assert_eq!(back.scenario, *scenario, "{name}");
    for ((id, before), (_, after)) in scenario
        .world
        .documents()
        .iter()
        .zip(back.scenario.world.documents())
    {
        assert_eq!(before.as_str(), after.as_str(), "{name}: {id:?}");
    }
    assert_eq!(share::encode_beside(&back.scenario, bases).unwrap(), text);
    text
}

/// A scenario with each of its policies changed, one at a time and as people change them: some characters in the
/// middle, a statement more, a text of their own.
fn changed(scenario: &Scenario) -> Vec<(String, Scenario)> {
    let statement = r#",
    { "Sid": "More", "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::somebody-elses-bucket", "arn:aws:s3:::somebody-elses-bucket/*"] }
  ]"#;
    let own = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "TrainOnOurData",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:ListBucket"],
      "Resource": ["arn:aws:s3:::acme-fraud-data", "arn:aws:s3:::acme-fraud-data/*"],
      "Condition": { "StringEquals": { "aws:PrincipalTag/team": "fraud", "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] } }
    },
    {
      "Sid": "WriteModels",
      "Effect": "Allow",
      "Action": "s3:PutObject",
      "Resource": "arn:aws:s3:::acme-fraud-models/*"
    }
  ]
}"#;
    let mut all = Vec::new();
    for (id, text) in scenario.world.documents() {
        let text = text.as_str();
        let more = text.rfind(']').map(|at| {
            let (head, tail) = text.split_at(at);
            [head, statement, tail.trim_start_matches(']')].concat()
        });
        let versions = [
            Some(text.replacen("Allow", "Deny", 1)),
            more,
            Some(own.to_owned()),
        ];
        for (idx, text) in versions.into_iter().flatten().enumerate() {
            let mut after = scenario.clone();
            *after.world.document_mut(&id).unwrap() = PolicyText::from(text.as_str());
            all.push((format!("{id:?} {idx}"), after));
        }
    }
    all
}

#[test]
fn every_scenario_comes_back() {
    let bases = bases();
    let all = all();
    assert!(all.len() > 100, "{} scenarios", all.len());
    let mut longest = 0;
    for (name, scenario) in &all {
        let text = comes_back(name, scenario, &bases);
        longest = longest.max(text.len());
    }
    assert!(longest < 8 * 1024, "{longest}");
}

#[test]
fn a_misconfiguration_is_short_beside_the_world_of_the_library() {
    let library = library();
    let mut bases = bases();
    bases.push(library_base(&library));
    let all = all();
    let of_library = |it: &&(String, Scenario)| {
        let slug = it.0.trim_end_matches(" mended");
        library.get(slug).is_some()
    };
    let of_library = all.iter().filter(of_library);
    let mut lengths: Vec<usize> = of_library
        .map(|(name, it)| comes_back(name, it, &bases).len())
        .collect();
    lengths.sort_unstable();
    assert_eq!(lengths.len(), 2 * library.misconfigurations.len());
    assert!(
        lengths[lengths.len() / 2] <= USUAL_MISCONFIGURATION,
        "{lengths:?}"
    );
}

#[test]
fn the_world_that_opens_changed_in_one_policy_is_short() {
    let bases = bases();
    let opening = opening();
    let as_it_is = comes_back("as it is", &opening, &bases);
    assert!(as_it_is.len() < 100, "{as_it_is}");
    for (name, scenario) in changed(&opening) {
        let text = comes_back(&name, &scenario, &bases);
        assert!(
            text.len() <= MOST_OF_A_CHANGE,
            "{name}: {} characters",
            text.len()
        );
    }
}

#[test]
fn a_link_says_which_world_it_is_made_from() {
    let bases = bases();
    let mut scenario = opening();
    scenario.choice.mfa = !scenario.choice.mfa;
    let text = share::encode_beside(&scenario, &bases).unwrap();
    assert!(text.starts_with("v2."), "{text}");
    let back = share::decode_beside(&text, &bases).unwrap();
    assert_eq!(back.base.as_deref(), Some("working-studio"));
    let whole = share::encode(&scenario).unwrap();
    assert_eq!(share::decode_beside(&whole, &bases).unwrap().base, None);
    // What has nothing in common with any world goes whole.
    let mut other = opening();
    other.world =
        serde_json::from_str(r#"{"region": "eu-west-1", "home": {"account": "999988887777"}}"#)
            .unwrap();
    other.name = "Another".to_owned();
    let text = share::encode_beside(&other, &[]).unwrap();
    assert!(text.starts_with("v1."), "{text}");
}
