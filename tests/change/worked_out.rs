//! What is worked out from what was known before an edit is what is worked out anew.

use rolewalk_core::{
    names::Arn,
    scenario::{Scenario, change as edit},
    world::{Checked, Documents},
};

use crate::{fresh, full, things};

/// Scenarios one edit away from `scenario`: each text written anew, broken and taken back, each thing
/// renamed, duplicated and removed, and some fields changed.
fn edited(scenario: &Scenario) -> Vec<(String, Scenario)> {
    let mut all = Vec::new();
    let mut edit = |name: String, change: &dyn Fn(&mut Scenario)| {
        let mut changed = scenario.clone();
        change(&mut changed);
        all.push((name, changed));
    };
    for (id, text) in scenario.world.documents() {
        for text in ["{ broken".to_owned(), format!(" {}", text.as_str())] {
            edit(format!("{id:?}: {text}"), &|it| {
                *it.world.document_mut(&id).unwrap() = text.as_str().into();
            });
        }
    }
    for id in things(&scenario.world) {
        edit(format!("rename {}", id.key()), &|it| {
            let _ = edit::rename(it, &id, fresh(&id));
        });
        edit(format!("duplicate {}", id.key()), &|it| {
            let _ = edit::duplicate(it, &id);
        });
        edit(format!("remove {}", id.key()), &|it| {
            let _ = edit::remove(it, &id);
        });
    }
    edit("no bucket policy".to_owned(), &|it| {
        it.world.home.buckets.first_mut().unwrap().policy = None;
    });
    edit("a policy attached that is not there".to_owned(), &|it| {
        let arn = Arn::parse("arn:aws:iam::aws:policy/Nowhere").unwrap();
        let role = it.world.home.roles.last_mut().unwrap();
        role.attached_policies.push(arn);
    });
    edit(
        "two users of one name, with other texts".to_owned(),
        &|it| {
            let mut twin = it.world.home.users.last().unwrap().clone();
            for it in &mut twin.inline_policies {
                it.document = "{}".into();
            }
            it.world.home.users.push(twin);
        },
    );
    edit("another region".to_owned(), &|it| {
        "eu-west-3".clone_into(&mut it.world.region);
    });
    all
}

#[test]
fn what_is_worked_out_from_what_was_known_is_what_is_worked_out_anew() {
    let scenario = full();
    let before = (
        Documents::parse(&scenario.world),
        Checked::of(&scenario.world),
    );
    let edited = edited(&scenario);
    assert!(edited.len() > 100, "{}", edited.len());
    let mut last = before.clone();
    for (name, changed) in &edited {
        let anew = (
            Documents::parse(&changed.world),
            Checked::of(&changed.world),
        );
        // From one world before it, and then on from whatever the last edit left.
        for known in [&before, &last] {
            let refreshed = (
                known.0.refresh(&changed.world),
                known.1.refresh(&changed.world),
            );
            assert_eq!(refreshed, anew, "{name}");
            let broken =
                |it: &Documents| it.with_errors().map(|it| it.0.clone()).collect::<Vec<_>>();
            assert_eq!(broken(&refreshed.0), broken(&anew.0), "{name}");
        }
        last = (last.0.refresh(&changed.world), anew.1);
    }
}

#[test]
fn many_edits_one_after_the_other_are_read_as_one() {
    let mut scenario = full();
    let mut documents = Documents::parse(&scenario.world);
    let ids: Vec<_> = scenario
        .world
        .documents()
        .into_iter()
        .map(|it| it.0)
        .collect();
    for n in 0..200 {
        let id = &ids[n % ids.len()];
        let text = if n % 3 == 0 { "{" } else { "{}" };
        *scenario.world.document_mut(id).unwrap() = text.into();
        documents = documents.refresh(&scenario.world);
        assert!(
            documents == Documents::parse(&scenario.world),
            "{n}: {id:?}"
        );
    }
}
