use rolewalk_core::world::{DocumentId, EntityId, Text, Thing};

use super::*;
use crate::state::{edit::ChoiceField, sample};

fn trust() -> DocumentId {
    DocumentId::home(Text::Trust {
        role: "Exec".to_owned(),
    })
}

fn open() -> Selection {
    Selection::Document(trust())
}

fn type_text(document: &mut Document, text: &str, at_ms: f64) {
    let text = text.to_owned();
    let edit = Edit::new(Target::Text(trust()), move |scenario| {
        *scenario.world.document_mut(&trust()).unwrap() = text.into();
    });
    document.edit(edit, &open(), at_ms);
}

fn text(document: &Document) -> String {
    document
        .scenario()
        .world
        .document(&trust())
        .unwrap()
        .as_str()
        .to_owned()
}

fn choose_mfa(document: &mut Document, mfa: bool) {
    let edit = Edit::new(Target::Choice(ChoiceField::Mfa), move |it| {
        it.choice.mfa = mfa;
    });
    document.edit(edit, &open(), 0.0);
}

#[test]
fn typing_elsewhere_is_a_step_of_its_own() {
    let mut document = Document::new(sample::scenario(), "one");
    let first = text(&document);
    type_text(&mut document, &format!("{first}a"), 0.0);
    type_text(&mut document, &format!("{first}ab"), 100.0);
    type_text(&mut document, &format!("c{first}ab"), 200.0);
    type_text(&mut document, &format!("cd{first}ab"), 300.0);
    document.undo();
    assert_eq!(text(&document), format!("{first}ab"));
    document.undo();
    assert_eq!(text(&document), first);
}

#[test]
fn each_name_of_the_scenario_is_a_step() {
    let mut document = Document::new(sample::scenario(), "one");
    for name in ["A", "B"] {
        let edit = Edit::new(Target::Name, move |it| name.clone_into(&mut it.name));
        document.edit(edit, &open(), 0.0);
    }
    document.undo();
    assert_eq!(document.scenario().name, "A");
}

#[test]
fn what_comes_to_nothing_is_no_step() {
    let mut document = Document::new(sample::scenario(), "one");
    let first = text(&document);
    let mfa = document.scenario().choice.mfa;
    choose_mfa(&mut document, !mfa);
    type_text(&mut document, &format!("{first}a"), 0.0);
    type_text(&mut document, &first, 100.0);
    assert_eq!(
        document.undo_target(),
        Some(&Target::Choice(ChoiceField::Mfa))
    );
    type_text(&mut document, &format!("{first}a"), 200.0);
    document.undo();
    assert_eq!(text(&document), first);
}

#[test]
fn typing_without_a_pause_is_one_step() {
    let mut document = Document::new(sample::scenario(), "one");
    let first = text(&document);
    type_text(&mut document, "{}", 0.0);
    type_text(&mut document, "{ }", 500.0);
    type_text(&mut document, "{  }", 1000.0);
    type_text(&mut document, "{   }", 9000.0);
    assert!(document.undo().is_some());
    assert_eq!(text(&document), "{  }");
    assert_eq!(document.undo().unwrap().selection, Some(open()));
    assert_eq!(text(&document), first);
    assert!(document.undo().is_none());
    document.redo();
    document.redo();
    assert_eq!(text(&document), "{   }");
    assert!(document.redo().is_none());
}

#[test]
fn what_several_carets_type_at_once_is_one_step() {
    let mut document = Document::new(sample::scenario(), "one");
    let lines = |name: &str| {
        let line = format!("\"{name}\": \"{}\"\n", "value ".repeat(12));
        line.repeat(3)
    };
    type_text(&mut document, &lines("s3"), 0.0);
    for (name, at_ms) in [("s", 100.0), ("sn", 200.0), ("sns", 300.0), ("sns:", 400.0)] {
        type_text(&mut document, &lines(name), at_ms);
    }
    document.undo();
    assert_eq!(text(&document), lines("s3"));
}

#[test]
fn a_paste_is_a_step_of_its_own() {
    let mut document = Document::new(sample::scenario(), "one");
    let first = text(&document);
    let pasted = |name: &str| format!("{{ \"{}\": 1 }}", name.repeat(40));
    type_text(&mut document, &pasted("a"), 0.0);
    type_text(&mut document, &pasted("b"), 100.0);
    let typed = format!("{} ", pasted("b"));
    type_text(&mut document, &typed, 200.0);
    type_text(&mut document, "{}", 300.0);
    type_text(&mut document, "{ }", 400.0);
    for expected in [typed, pasted("b"), pasted("a"), first] {
        assert!(document.undo().is_some());
        assert_eq!(text(&document), expected);
    }
    assert!(document.undo().is_none());
}

#[test]
fn a_broken_text_keeps_the_last_good_one_of_its_own_world() {
    let mut document = Document::new(sample::scenario(), "one");
    let good = document.shown().clone();
    type_text(&mut document, "{ broken", 0.0);
    let mut other = sample::scenario();
    let others = text(&document_of(&other)).replace("sagemaker", "lambda");
    *other.world.document_mut(&trust()).unwrap() = others.into();
    document.replace(
        Target::World("Two".to_owned()),
        other,
        "two".to_owned(),
        &open(),
        0.0,
    );
    assert!(document.last_good().is_empty());
    document.undo();
    assert_eq!(text(&document), "{ broken");
    assert_eq!(document.shown(), &good);
    document.redo();
    assert!(document.last_good().is_empty());
}

fn document_of(scenario: &Scenario) -> Document {
    Document::new(scenario.clone(), "one")
}

#[test]
fn a_new_edit_ends_what_could_be_redone() {
    let mut document = Document::new(sample::scenario(), "one");
    type_text(&mut document, "{}", 0.0);
    document.undo();
    choose_mfa(&mut document, false);
    assert!(document.redo_target().is_none());
}

#[test]
fn choices_are_steps_of_their_own_and_leave_open_what_is_open() {
    let mut document = Document::new(sample::scenario(), "one");
    choose_mfa(&mut document, false);
    choose_mfa(&mut document, true);
    choose_mfa(&mut document, true);
    assert_eq!(document.undo().unwrap().selection, None);
    assert!(!document.scenario().choice.mfa);
    assert!(document.undo().is_some());
    assert!(document.undo().is_none());
}

#[test]
fn the_flow_keeps_the_last_good_text_while_the_new_one_is_broken() {
    let mut document = Document::new(sample::scenario(), "one");
    let good = text(&document);
    type_text(&mut document, "{ broken", 0.0);
    type_text(&mut document, "{ more broken", 0.0);
    assert_eq!(text(&document), "{ more broken");
    let shown = |document: &Document| {
        document
            .shown()
            .scenario
            .world
            .document(&trust())
            .unwrap()
            .as_str()
            .to_owned()
    };
    assert_eq!(shown(&document), good);
    choose_mfa(&mut document, false);
    assert!(!document.shown().scenario.choice.mfa, "the rest stays live");
    let fixed = good.replace("sagemaker", "lambda");
    type_text(&mut document, &fixed, 0.0);
    assert_eq!(shown(&document), fixed);
    assert!(document.last_good().is_empty());
    document.undo();
    assert_eq!(
        shown(&document),
        good,
        "broken again: the flow walks as it did then"
    );
}

#[test]
fn renaming_by_typing_is_one_step_and_leads_back_to_the_old_name() {
    let bucket = |name: &str| {
        EntityId::home(Thing::Bucket {
            name: name.to_owned(),
        })
    };
    let mut document = Document::new(sample::scenario(), "one");
    let mut open = Selection::Entity(bucket("data"));
    for (old, new) in [("data", "data-"), ("data-", "data-2")] {
        let edit = Edit::new(Target::Json(bucket(old)), move |it| {
            it.world.home.buckets[0].name = new.to_owned();
        });
        let then = Selection::Entity(bucket(new));
        document.edit(edit.then(then.clone()), &open, 0.0);
        open = then;
    }
    assert_eq!(
        document.undo().unwrap().selection,
        Some(Selection::Entity(bucket("data")))
    );
    assert_eq!(document.scenario().world.home.buckets[0].name, "data");
    assert_eq!(
        document.redo().unwrap().selection,
        Some(Selection::Entity(bucket("data-2")))
    );
}

#[test]
fn another_world_is_one_step_and_undo_brings_its_origin_back() {
    let mut document = Document::new(sample::scenario(), "one");
    let mut other = sample::scenario();
    other.name = "Other".to_owned();
    document.replace(
        Target::World("Other".to_owned()),
        other,
        "two".to_owned(),
        &open(),
        0.0,
    );
    assert_eq!(document.origin(), "two");
    document.undo();
    assert_eq!(document.origin(), "one");
}
