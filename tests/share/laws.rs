//! Laws of links, tried on generated scenarios and generated noise.

use proptest::{collection::vec, prelude::*, sample::Index};
use rolewalk_core::{
    scenario::{Alteration, Invitation, Scenario},
    share::{self, Base},
    world::{Bucket, PolicyText},
};
use rolewalk_lessons::{known_bases, start_worlds};
use serde_json::{Map, Value, json};

use crate::packed;

/// What somebody does to a scenario.
#[derive(Clone, Debug)]
enum Deed {
    Write(Index, Index, String),
    Remove(Index),
    Rename(Index, String),
    Move(Index, Index),
    Twice(Index),
    AddBucket(Index, String),
    Choose(bool, String),
    Tell(String),
    Suggest(Value),
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,40}",
        "\\PC{0,20}",
        Just("\u{0}\u{7f}\u{2028}𝕒\\\"</script>".to_owned()),
        Just("x".repeat(3000)),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        "[a-c]{0,3}".prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        let named = ("[a-c]", inner.clone());
        let named = named.prop_map(|(name, it)| json!({"name": name, "policy": it}));
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            vec(named, 0..6).prop_map(Value::from),
            vec(("[a-d]", inner), 0..5)
                .prop_map(|it| Value::Object(it.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn deed() -> impl Strategy<Value = Deed> {
    let at = any::<Index>;
    prop_oneof![
        3 => (at(), at(), text()).prop_map(|(it, place, text)| Deed::Write(it, place, text)),
        1 => at().prop_map(Deed::Remove),
        1 => (at(), text()).prop_map(|(it, name)| Deed::Rename(it, name)),
        1 => (at(), at()).prop_map(|(from, to)| Deed::Move(from, to)),
        1 => at().prop_map(Deed::Twice),
        1 => (at(), text()).prop_map(|(place, name)| Deed::AddBucket(place, name)),
        1 => (any::<bool>(), text()).prop_map(|(mfa, name)| Deed::Choose(mfa, name)),
        1 => text().prop_map(Deed::Tell),
        1 => value().prop_map(Deed::Suggest),
    ]
}

fn done(mut scenario: Scenario, deeds: &[Deed]) -> Scenario {
    for deed in deeds {
        let roles = &mut scenario.world.home.roles;
        let n_roles = roles.len();
        match deed {
            Deed::Write(it, place, text) => {
                let all = scenario.world.documents();
                let Some((id, before)) = all.get(it.index(all.len().max(1))) else {
                    continue;
                };
                let before = before.as_str();
                let mut at = place.index(before.len() + 1);
                while !before.is_char_boundary(at) {
                    at -= 1;
                }
                let (head, tail) = before.split_at(at);
                let after = format!("{head}{text}{}", tail.chars().skip(3).collect::<String>());
                let id = id.clone();
                // Of two roles with one name only the first is reached by it.
                if let Some(text) = scenario.world.document_mut(&id) {
                    *text = PolicyText::from(after.as_str());
                }
            }
            Deed::Remove(it) if n_roles > 0 => {
                let _ = roles.remove(it.index(n_roles));
            }
            Deed::Rename(it, name) if n_roles > 0 => {
                roles
                    .get_mut(it.index(n_roles))
                    .unwrap()
                    .name
                    .clone_from(name);
            }
            Deed::Move(from, to) if n_roles > 0 => {
                let role = roles.remove(from.index(n_roles)).unwrap();
                roles.insert(to.index(n_roles), role);
            }
            Deed::Twice(it) if n_roles > 0 => {
                let role = roles[it.index(n_roles)].clone();
                roles.push(role);
            }
            Deed::AddBucket(place, name) => {
                let buckets = &mut scenario.world.home.buckets;
                let bucket: Bucket = serde_json::from_value(json!({ "name": name })).unwrap();
                buckets.insert(place.index(buckets.len() + 1), bucket);
            }
            Deed::Choose(mfa, name) => {
                scenario.choice.mfa = *mfa;
                scenario.choice.person.clone_from(name);
            }
            Deed::Tell(text) => scenario.about.clone_from(text),
            Deed::Suggest(value) => {
                let (at, value) = ("/choice/mfa".to_owned(), value.clone());
                scenario.invitation = Some(Invitation {
                    text: String::new(),
                    changes: vec![Alteration::Value { at, value }].into(),
                });
            }
            _ => {}
        }
    }
    scenario
}

fn world(it: Index) -> Scenario {
    let worlds = start_worlds();
    let mut scenario = worlds[it.index(worlds.len())].scenario().unwrap();
    // So much that nobody would send it whole: the difference is what is tried.
    let digits =
        (0..9000_u32).map(|it| char::from_u32(0x4e00 + it.wrapping_mul(2_654_435_761) % 20_000));
    scenario.name = digits.flatten().collect();
    scenario
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_difference_makes_the_scenario_again(it in any::<Index>(), before in vec(deed(), 0..4), after in vec(deed(), 0..6)) {
        let before = done(world(it), &before);
        let after = done(before.clone(), &after);
        let bases = [Base::new("w", &before)];
        let text = share::encode_beside(&after, &bases).unwrap();
        prop_assert!(text.starts_with("v2."), "{} bytes", text.len());
        let found = share::decode_beside(&text, &bases).unwrap();
        prop_assert_eq!(&found.scenario, &after);
        prop_assert_eq!(share::encode_beside(&found.scenario, &bases).unwrap(), text);
        prop_assert_eq!(share::decode(&share::encode(&after).unwrap()).unwrap(), after);
    }

    #[test]
    fn a_damaged_link_means_nothing_else(it in any::<Index>(), deeds in vec(deed(), 0..3), at in any::<Index>(), byte in "[ -~]", is_whole in any::<bool>()) {
        let worlds = start_worlds();
        let scenario = done(worlds[it.index(worlds.len())].scenario().unwrap(), &deeds);
        let bases = known_bases();
        let text = if is_whole { share::encode(&scenario).unwrap() } else { share::encode_beside(&scenario, &bases).unwrap() };
        let at = at.index(text.len());
        let changed = format!("{}{byte}{}", &text[..at], &text[at + 1..]);
        if let Ok(found) = share::decode_beside(&changed, &bases) {
            prop_assert_eq!(found.scenario, scenario);
        }
    }

    #[test]
    fn any_difference_is_read_or_refused(it in any::<Index>(), path in vec(prop_oneof![Just("world"), Just("home"), Just("roles"), Just("choice"), Just("name")], 0..4), value in value(), is_list in any::<bool>()) {
        let bases = known_bases();
        let base = &bases[it.index(bases.len())];
        let inside = if is_list { json!([0, [1, value]]) } else { value };
        let difference = path.iter().rev().fold(inside, |it, key| json!({ *key: it }));
        let text = packed("v2", json!([base.name(), base.sum(), difference]).to_string().as_bytes());
        match share::decode_beside(&text, &bases) {
            Ok(found) => {
                let again = share::encode_beside(&found.scenario, &bases).unwrap();
                prop_assert_eq!(share::decode_beside(&again, &bases).unwrap().scenario, found.scenario);
            }
            Err(error) => prop_assert!(["damaged-link", "not-a-scenario", "unpacks-too-large"].contains(&error.code()), "{}", error),
        }
    }

    #[test]
    fn noise_is_refused(noise in "\\PC{0,200}", version in "v[0-9]{1,3}") {
        let bases = known_bases();
        prop_assert!(share::decode_beside(&noise, &bases).is_err());
        let text = format!("{version}.{noise}");
        prop_assert!(share::decode_beside(&text, &bases).is_err());
        prop_assert!(share::decode_beside(&packed("v1", noise.as_bytes()), &bases).is_err());
        prop_assert!(share::decode_beside(&packed("v2", noise.as_bytes()), &bases).is_err());
    }
}
