//! Laws of what an editor is told, over the start worlds' policies as they are typed, and over noise.

use std::sync::OnceLock;

use proptest::prelude::*;
use rolewalk_core::{
    ide::{About, Completions, complete, expand, format, hover},
    syntax::{Span, json},
};
use rolewalk_lessons::start_worlds;

use crate::{Asking, Setting, completion::accepted, core, format::shape};

/// Longer texts say nothing new and take long.
const MAX_TEXT: usize = 2_500;

/// Every policy of every start world that is not too long, with what it is.
fn policies() -> &'static [(Asking, String)] {
    static POLICIES: OnceLock<Vec<(Asking, String)>> = OnceLock::new();
    POLICIES.get_or_init(read_policies)
}

fn read_policies() -> Vec<(Asking, String)> {
    let mut found = Vec::new();
    for start in start_worlds() {
        let world = start.scenario().unwrap().world;
        for (id, text) in world.documents() {
            if text.as_str().len() <= MAX_TEXT {
                let kind = id.kind();
                let asking = Asking {
                    world: world.clone(),
                    catalogue: core(),
                    kind,
                    document: Some(id),
                    request: None,
                };
                found.push((asking, text.as_str().to_owned()));
            }
        }
    }
    assert!(found.len() > 10);
    found.sort_by(|one, other| one.1.cmp(&other.1));
    found.dedup_by(|one, other| one.1 == other.1);
    found
}

fn n_errors(text: &str) -> usize {
    json::read(text).errors.len()
}

fn is_inside(span: Span, text: &str) -> bool {
    span.start <= span.end && span.of(text).is_some()
}

/// What holds at one place.
#[track_caller]
fn check(text: &str, offset: u32, about: &About<'_>) {
    let shown = || format!("{}|{}", &text[..offset as usize], &text[offset as usize..]);
    if let Some(found) = hover(text, offset, about) {
        assert!(is_inside(found.span, text), "{}", shown());
        assert!(
            !found.title.is_empty() || found.span.of(text) == Some("\"\""),
            "{}",
            shown()
        );
    }
    if let Some(fix) = expand(text, offset, about) {
        assert!(n_errors(&fix.apply(text)) <= n_errors(text), "{}", shown());
    }
    let Some(found) = complete(text, offset, about) else {
        return;
    };
    assert!(is_inside(found.span, text), "{}", shown());
    assert!(found.span.touches(offset), "{}", shown());
    let before = n_errors(text);
    let n = found.items.len();
    for (idx, item) in found.items.iter().enumerate() {
        // The first of each sort differ; then they are alike but for the name.
        if idx > 7 && idx + 2 < n && idx % 60 != 0 {
            continue;
        }
        let (after, caret) = accepted(text, &found, item);
        assert!(after.is_char_boundary(caret), "{}", shown());
        let n_after = n_errors(&after);
        assert!(
            n_after <= before,
            "`{}` makes {before} errors {n_after} in\n{}\n-- which becomes\n{after}",
            item.label,
            shown()
        );
    }
}

fn places(text: &str) -> impl Iterator<Item = u32> {
    let all = (0..=text.len()).filter(|it| text.is_char_boundary(*it));
    all.map(|it| u32::try_from(it).unwrap())
}

#[test]
fn wherever_the_caret_stands_in_a_policy() {
    for (asking, text) in policies() {
        for offset in places(text) {
            check(text, offset, &asking.about());
        }
    }
}

#[test]
fn as_a_policy_is_typed_from_its_beginning() {
    for (asking, text) in policies() {
        for offset in places(text) {
            check(&text[..offset as usize], offset, &asking.about());
        }
    }
}

#[test]
fn where_the_rest_of_a_line_is_missing() {
    for (asking, text) in policies() {
        for offset in places(text) {
            let (head, tail) = text.split_at(offset as usize);
            let rest = tail.find('\n').map_or("", |it| &tail[it..]);
            check(&format!("{head}{rest}"), offset, &asking.about());
        }
    }
}

/// What is written into a text whose lines end in CR LF, and into the same with LF, is the same but for that.
#[track_caller]
fn check_line_ends(text: &str, offset: u32, about: &About<'_>) {
    let windows = |text: &str| text.replace('\n', "\r\n");
    let head = windows(&text[..offset as usize]);
    let (other, other_offset) = (windows(text), u32::try_from(head.len()).unwrap());
    let expanded = expand(text, offset, about).map(|it| windows(&it.apply(text)));
    let other_expanded = expand(&other, other_offset, about).map(|it| it.apply(&other));
    assert_eq!(other_expanded, expanded);
    let items = |found: &Option<Completions>, text: &str| {
        let all = found.iter().flat_map(|found| {
            let items = found.items.iter().take(12);
            items.map(|it| (it.label.clone(), accepted(text, found, it)))
        });
        all.collect::<Vec<_>>()
    };
    let found = items(&complete(text, offset, about), text).into_iter();
    let other_found = items(&complete(&other, other_offset, about), &other);
    let expected = found.map(|(label, (after, caret))| {
        let caret = windows(&after[..caret]).len();
        (label, (windows(&after), caret))
    });
    assert_eq!(other_found, expected.collect::<Vec<_>>());
}

#[test]
fn what_is_written_has_the_line_ends_of_the_text() {
    let mut n_expanded = 0;
    for (asking, text) in policies() {
        for offset in places(text).step_by(3) {
            check_line_ends(text, offset, &asking.about());
            let head = &text[..offset as usize];
            if head.contains('\n') {
                check_line_ends(head, offset, &asking.about());
            }
            n_expanded += usize::from(expand(text, offset, &asking.about()).is_some());
        }
    }
    assert!(n_expanded > 0);
}

#[test]
fn formatting_changes_no_more_than_white_space_and_only_once() {
    for (_, text) in policies() {
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        let minified = serde_json::to_string(&value).unwrap();
        let pretty = serde_json::to_string_pretty(&value).unwrap();
        for text in [text, &minified, &pretty] {
            check_format(text);
        }
    }
}

#[track_caller]
fn check_format(text: &str) {
    let once = format(text).unwrap().apply(text);
    assert_eq!(shape(&once), shape(text));
    let without = |text: &str| text.replace([' ', '\n', '\t', '\r'], "");
    assert_eq!(without(&once), without(text));
    let again = format(&once).unwrap();
    assert_eq!(again.edits, [], "{once}");
}

/// Pieces that policies are made of, and some that they are not.
fn noise() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\n",
        " ",
        "\t",
        "'",
        "//",
        "/*",
        "*/",
        "#",
        "\"Version\"",
        "\"2012-10-17\"",
        "\"Statement\"",
        "\"Effect\"",
        "\"Allow\"",
        "\"Action\"",
        "\"Resource\"",
        "\"Principal\"",
        "\"Condition\"",
        "\"AWS\"",
        "\"StringLike\"",
        "\"aws:username\"",
        "s3:",
        "s3:Get",
        "arn:aws:s3:::",
        "${",
        "${aws:",
        "}",
        "é",
        "😀",
        "\u{feff}",
        "\"Action\": [\"s3:Get*\"",
        "\"Statement\": [{",
        "true",
        "1",
        "Eff",
        "*",
    ]);
    prop::collection::vec(pieces, 0..30).prop_map(|it| it.concat())
}

/// JSON as people write it by hand.
fn loose_json() -> impl Strategy<Value = String> {
    let blank = || prop::sample::select(vec!["", " ", "\n", "\n  ", "\t", "\n\t\t", "\r\n    "]);
    let leaf = prop::sample::select(vec!["\"a\"", "\"\"", "1.50", "true", "null", "\"é\\n\""]);
    let leaf = leaf.prop_map(str::to_owned);
    leaf.prop_recursive(5, 40, 4, move |inner| {
        let item = (blank(), inner, blank()).prop_map(|it| format!("{}{}{}", it.0, it.1, it.2));
        let entry = (blank(), blank(), item.clone())
            .prop_map(|it| format!("{}\"k\"{}:{}", it.0, it.1, it.2));
        let list = prop::collection::vec(item, 0..4).prop_map(|it| format!("[{}]", it.join(",")));
        let object =
            prop::collection::vec(entry, 0..4).prop_map(|it| format!("{{{}}}", it.join(",")));
        prop_oneof![list, object]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn noise_is_answered(text in noise(), at in any::<prop::sample::Index>()) {
        let asking = Setting::default().asking();
        let about = asking.about();
        let offset = u32::try_from(at.index(text.len() + 1)).unwrap();
        if text.is_char_boundary(offset as usize) {
            check(&text, offset, &about);
        } else {
            let _ = (complete(&text, offset, &about), hover(&text, offset, &about));
        }
        let _ = format(&text);
    }

    #[test]
    fn a_policy_with_a_hole_is_answered(which in any::<prop::sample::Index>(), from in any::<prop::sample::Index>(), n in 0_usize..60) {
        let policies = policies();
        let (asking, text) = &policies[which.index(policies.len())];
        let from = from.index(text.len() + 1);
        let to = (from + n).min(text.len());
        prop_assume!(text.is_char_boundary(from) && text.is_char_boundary(to));
        let holed = format!("{}{}", &text[..from], &text[to..]);
        check(&holed, u32::try_from(from).unwrap(), &asking.about());
    }

    #[test]
    fn a_prefix_is_answered_anywhere(which in any::<prop::sample::Index>(), end in any::<prop::sample::Index>(), at in any::<prop::sample::Index>()) {
        let policies = policies();
        let (asking, text) = &policies[which.index(policies.len())];
        let end = end.index(text.len() + 1);
        prop_assume!(text.is_char_boundary(end));
        let at = at.index(end + 1);
        prop_assume!(text.is_char_boundary(at));
        check(&text[..end], u32::try_from(at).unwrap(), &asking.about());
    }

    #[test]
    fn loose_json_is_laid_out_once(text in loose_json()) {
        check_format(&text);
    }
}
