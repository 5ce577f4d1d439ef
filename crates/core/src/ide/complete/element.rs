//! Elements of a document and of its statements, and the values that the grammar has for them.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

use crate::{
    ide::{
        CompletionKind,
        complete::{Ask, Offer, Offers, has_key, is_only_name, resource},
        place::At,
        tree::Object,
        words,
        write::CARET,
    },
    policy::PolicyKind,
    syntax::json::quoted,
    world::{DocumentId, Text},
};

/// The elements of a statement in the order in which one writes them, their `Not…` twins last.
const OF_STATEMENT: [&str; 9] = [
    "Effect",
    "Principal",
    "Action",
    "Resource",
    "Condition",
    "Sid",
    "NotAction",
    "NotResource",
    "NotPrincipal",
];

/// A whole policy.
pub(super) fn document(ask: &Ask<'_>, offers: &mut Offers) {
    let kind = ask.about.kind;
    let mut statement = statement_snippet(ask, "Allow");
    // Whoever begins from nothing sees all that a statement has to have: about everything, until they say about what.
    let is_whole = !kind.has_principal() || kind == PolicyKind::Rcp;
    if is_whole && let Some(open) = statement.strip_suffix("\n}") {
        statement = format!("{open},\n\t\"Resource\": \"*\"\n}}");
    }
    let statement = statement.replace('\n', "\n\t\t");
    let offer = Offer::text(CompletionKind::Element, "policy", "a whole document")
        .saying("A policy with one statement to fill in.")
        .writing(
            format!(
                "{{\n\t\"Version\": \"2012-10-17\",\n\t\"Statement\": [\n\t\t{statement}\n\t]\n}}"
            ),
            true,
        );
    offers.add(0, offer);
}

/// The elements of the document that are not there yet.
pub(super) fn of_document(
    ask: &Ask<'_>,
    object: &Object<'_>,
    at: &At<'_, '_>,
    offers: &mut Offers,
) {
    let statement = statement_snippet(ask, "Allow").replace('\n', "\n\t");
    let mut elements = vec![
        ("Version", "\"2012-10-17\"".to_owned(), false),
        ("Statement", format!("[\n\t{statement}\n]"), true),
    ];
    if ask.about.kind == PolicyKind::Resource {
        elements.push(("Id", format!("\"{CARET}\""), false));
    }
    for (name, value, goes_on) in elements {
        if !has_key(object, at, name) {
            offers.add(0, element(name, &value, goes_on, at));
        }
    }
}

/// The elements of a statement that are not there yet and may be.
pub(super) fn of_statement(
    ask: &Ask<'_>,
    object: &Object<'_>,
    at: &At<'_, '_>,
    offers: &mut Offers,
) {
    let kind = ask.about.kind;
    for name in OF_STATEMENT {
        let is_not = name.starts_with("Not");
        let plain = name.strip_prefix("Not").unwrap_or(name);
        let is_allowed = match plain {
            "Principal" => {
                kind.has_principal()
                    && !(is_not && matches!(kind, PolicyKind::Trust | PolicyKind::Rcp))
            }
            "Action" => !(is_not && kind == PolicyKind::Rcp),
            "Resource" => kind.has_resource(),
            _ => true,
        };
        let is_there = has_key(object, at, plain) || has_key(object, at, &format!("Not{plain}"));
        if !is_allowed || is_there {
            continue;
        }
        let list = format!("[\n\t\"{CARET}\"\n]");
        let text = format!("\"{CARET}\"");
        let (value, goes_on) = match plain {
            "Effect" if kind == PolicyKind::Rcp => ("\"Deny\"".to_owned(), false),
            "Principal" if kind == PolicyKind::Rcp => ("\"*\"".to_owned(), false),
            "Action" if kind == PolicyKind::Trust => (text, true),
            "Action" | "Resource" => (list, true),
            "Condition" => (format!("{{{CARET}}}"), true),
            "Sid" => (text, false),
            _ => (text, true),
        };
        offers.add(u8::from(is_not), element(name, &value, goes_on, at));
    }
}

fn element(name: &str, value: &str, goes_on: bool, at: &At<'_, '_>) -> Offer {
    let says = words::element(name).map_or("", |it| it.1);
    let is_optional = matches!(name, "Sid" | "Condition" | "Id");
    let detail = match name {
        _ if name.starts_with("Not") => "all but these",
        _ if is_optional => "optional",
        _ => "required",
    };
    let offer = Offer::text(CompletionKind::Element, name, detail).saying(says);
    if is_only_name(at) {
        offer
    } else {
        offer.writing(format!("\"{name}\": {value}"), goes_on)
    }
}

/// The value of `Statement`.
pub(super) fn statements(ask: &Ask<'_>, offers: &mut Offers) {
    each_statement(ask, offers, |it| {
        format!("[\n\t{}\n]", it.replace('\n', "\n\t"))
    });
}

/// One more statement.
pub(super) fn statement(ask: &Ask<'_>, offers: &mut Offers) {
    each_statement(ask, offers, str::to_owned);
}

fn each_statement(ask: &Ask<'_>, offers: &mut Offers, write: impl Fn(&str) -> String) {
    let kind = ask.about.kind;
    let effects: &[(&str, &str)] = match kind {
        PolicyKind::Rcp => &[("statement that denies", "Deny")],
        PolicyKind::Scp => &[
            ("statement that denies", "Deny"),
            ("statement that allows", "Allow"),
        ],
        _ => &[
            ("statement that allows", "Allow"),
            ("statement that denies", "Deny"),
        ],
    };
    for (label, effect) in effects {
        let snippet = write(&statement_snippet(ask, effect));
        let offer = Offer::text(
            CompletionKind::Element,
            *label,
            format!("\"Effect\": \"{effect}\""),
        );
        offers.add(0, offer.writing(snippet, true));
    }
}

/// A statement, up to the first thing that has to be filled in; the next are offered behind it.
fn statement_snippet(ask: &Ask<'_>, effect: &str) -> String {
    let kind = ask.about.kind;
    let rest = match kind {
        PolicyKind::Rcp => {
            format!(
                "\"Effect\": \"Deny\",\n\t\"Principal\": \"*\",\n\t\"Action\": [\n\t\t\"{CARET}\"\n\t]"
            )
        }
        _ if kind.has_principal() => {
            let resource = own_resource(ask)
                .map(|it| format!(",\n\t\"Resource\": {it}"))
                .unwrap_or_default();
            format!("\"Effect\": \"{effect}\",\n\t\"Principal\": \"{CARET}\"{resource}")
        }
        _ => format!("\"Effect\": \"{effect}\",\n\t\"Action\": [\n\t\t\"{CARET}\"\n\t]"),
    };
    format!("{{\n\t{rest}\n}}")
}

/// The resources that a statement is about where the policy hangs on one: a bucket and what is in it, else all that the
/// policy can be about. Nothing where a statement says none: in a trust policy, and in ECR's, see
/// <https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html>.
fn own_resource(ask: &Ask<'_>) -> Option<String> {
    let is_repository = |it: &DocumentId| matches!(it.text, Text::Repository { .. });
    if !ask.about.kind.has_resource() || ask.about.document.is_some_and(is_repository) {
        return None;
    }
    let arns: Vec<String> = resource::of_document(ask)
        .iter()
        .map(|it| quoted(it))
        .collect();
    Some(match arns.as_slice() {
        [] => "\"*\"".to_owned(),
        [one] => one.clone(),
        several => format!("[\n\t\t{}\n\t]", several.join(",\n\t\t")),
    })
}

/// The versions of the policy language.
pub(super) fn versions(offers: &mut Offers) {
    let new = Offer::text(CompletionKind::Value, "2012-10-17", "the version to write")
        .saying("The version of the policy language that has variables. It is no date of yours.");
    let old = Offer::text(CompletionKind::Value, "2008-10-17", "the old version")
        .saying("The old version of the policy language: `${…}` is plain text in it.");
    offers.add(0, new);
    offers.add(1, old);
}

/// `Allow` and `Deny`.
pub(super) fn effects(ask: &Ask<'_>, offers: &mut Offers) {
    if ask.about.kind != PolicyKind::Rcp {
        let says = "Lets the request through, unless something denies it.";
        offers.add(
            0,
            Offer::text(CompletionKind::Value, "Allow", "").saying(says),
        );
    }
    let says = "Stops the request, whatever allows it.";
    offers.add(
        0,
        Offer::text(CompletionKind::Value, "Deny", "").saying(says),
    );
}
