//! Scenarios of earlier formats are still read, and mean the same.

use rolewalk_core::{
    names::Arn,
    scenario::{FORMAT, Scenario},
    world::{DocumentId, EntityId},
};

/// The world *Wrong trust* as format 1 had it, and as it is now.
const FORMAT_1: &str = include_str!("formats/format-1.json");
const NOW: &str = include_str!("../crates/lessons/worlds/wrong-trust.json");

#[test]
fn a_world_of_one_account_becomes_the_home_account() {
    let old = Scenario::from_json(FORMAT_1).unwrap();
    assert_eq!(old.rolewalk, FORMAT);
    assert_eq!(old, Scenario::from_json(NOW).unwrap());
    assert!(old.to_json().contains("\"home\": {"));
}

/// A draft in the browser holds a scenario without asking for its format first.
#[test]
fn a_scenario_inside_another_document_is_read_alike() {
    let old: Scenario = serde_json::from_str(FORMAT_1).unwrap();
    assert_eq!(old, Scenario::from_json(NOW).unwrap());
    let newer = NOW.replace("\"rolewalk\": 2", "\"rolewalk\": 99");
    let error = serde_json::from_str::<Scenario>(&newer).unwrap_err();
    assert!(error.to_string().contains("open it with a newer Rolewalk"));
}

#[test]
fn what_is_neither_format_is_refused_and_says_why() {
    let cases = [
        (
            NOW.replace("\"home\": {", "\"haus\": {"),
            "unknown field `haus`",
        ),
        (
            NOW.replace("\"home\": {", "\"name\": \"ours\", \"home\": {"),
            "move them all into `home`",
        ),
        (
            NOW.replace(
                "\"home\": {",
                "\"otherAccounts\": [], \"home\": null, \"organization\": {",
            ),
            "unknown field `account`",
        ),
        (
            FORMAT_1.replace("\"account\": \"111122223333\",", ""),
            "missing field `home`",
        ),
        (
            NOW.replace("\"home\": {", "\"home\": {\"region\": \"eu-west-1\","),
            "an account has no partition, region",
        ),
        (
            NOW.replacen("\"region\": \"eu-west-1\",", "", 1),
            "missing field `region`",
        ),
        (
            NOW.replacen("\"account\": \"111122223333\",", "", 1),
            "missing field `account`",
        ),
        (
            FORMAT_1.replace("\"account\": \"111122223333\",", "\"account\": \"1111\","),
            "it has twelve digits",
        ),
    ];
    for (text, part) in cases {
        let error = Scenario::from_json(&text).unwrap_err().to_string();
        assert!(error.contains(part), "{part}\nnot in\n{error}");
    }
}

#[test]
fn names_of_things_and_texts_read_as_they_are_written() {
    for key in [
        "account",
        "account:222233334444",
        "organization",
        "unit:ou-ab12-11111111",
        "scp:OnlyEurope",
        "rcp:OnlyUs",
        "policy:arn:aws:iam::aws:policy/ReadOnlyAccess",
        "role:Name",
        "role:222233334444:Name",
        "user-profile:222233334444:d-1:alice",
        "log-group:222233334444:/aws/sagemaker/studio",
        "vpc-endpoint:vpce-0a1b2c3d",
    ] {
        assert_eq!(EntityId::of(key).unwrap().key(), key);
    }
    for name in [
        "trust:Name",
        "trust:222233334444:Name",
        "inline:role:Name:Policy",
        "inline:222233334444:role:Name:Policy",
        "bucket:222233334444:acme-data",
        "key:222233334444:1a2b3c4d",
        "repository:222233334444:images",
        "vpc-endpoint:vpce-0a1b2c3d",
        "scp:OnlyEurope",
        "rcp:OnlyUs",
    ] {
        let id: DocumentId = serde_json::from_str(&format!("\"{name}\"")).unwrap();
        assert_eq!(id.name().as_str(), name);
        assert!(EntityId::of(&id.entity().key()).is_some());
    }
    let arn = Arn::parse("arn:aws:iam::222233334444:policy/P").unwrap();
    assert!(
        EntityId::of(&format!("policy:{arn}"))
            .unwrap()
            .account
            .is_none()
    );
}
