//! What a place in the text is in a policy: which element, of which statement, with what beside it.
//!
//! Offers nothing itself. Invariant: what cannot stand in a policy at all is [`Spot::Unknown`].

use crate::ide::{
    place::{At, Step},
    tree::{Entry, Node, Object, Text},
};

/// What a place is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Spot<'t, 'a> {
    /// The whole document.
    Document,
    /// An element of the document.
    DocumentKey(&'t Object<'a>),
    /// The value of `Version`.
    Version,
    /// The value of `Statement`.
    Statements,
    /// One of the statements.
    Statement,
    /// An element of a statement.
    StatementKey(&'t Object<'a>),
    /// The value of an element, or one of the list that is its value.
    Element(Element),
    /// A type of principals.
    PrincipalType(&'t Object<'a>),
    /// A principal of a type.
    Principal(&'t Text<'a>),
    /// The object that `Condition` is.
    Conditions,
    /// A condition operator.
    Operator(&'t Object<'a>),
    /// The object that belongs to an operator.
    Keys,
    /// A condition key.
    Key(&'t Text<'a>, &'t Object<'a>),
    /// A value: operator and key.
    Value(&'t Text<'a>, &'t Text<'a>),
    /// Nothing of a policy.
    Unknown,
}

/// An element of a statement whose values are texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    Sid,
    Effect,
    Principal,
    Action,
    Resource,
}

impl<'t, 'a> Spot<'t, 'a> {
    /// What a place is, and the statement around it.
    pub(super) fn of(steps: &[Step<'t, 'a>], at: At<'t, 'a>) -> (Self, Option<&'t Object<'a>>) {
        match steps {
            [] => (in_document(at), None),
            [Step::Object(root, idx), rest @ ..] if is_named(root, *idx, "Statement") => {
                let is_list = matches!(rest.first(), Some(Step::Array(..)));
                let rest = rest.get(usize::from(is_list)..).unwrap_or_default();
                in_statements(rest, at)
            }
            _ => (Self::Unknown, None),
        }
    }
}

fn in_document<'t, 'a>(at: At<'t, 'a>) -> Spot<'t, 'a> {
    match at {
        At::Root(_) => Spot::Document,
        At::Key(object, ..) => Spot::DocumentKey(object),
        At::Value(object, idx, _) if is_named(object, idx, "Version") => Spot::Version,
        At::Value(object, idx, _) if is_named(object, idx, "Statement") => Spot::Statements,
        _ => Spot::Unknown,
    }
}

fn in_statements<'t, 'a>(
    steps: &[Step<'t, 'a>],
    at: At<'t, 'a>,
) -> (Spot<'t, 'a>, Option<&'t Object<'a>>) {
    match (steps, at) {
        ([], At::Item(..)) => (Spot::Statement, None),
        ([], At::Key(statement, ..)) => (Spot::StatementKey(statement), Some(statement)),
        ([], At::Value(statement, idx, _)) => {
            let entry = statement.entries.get(idx);
            (entry.map_or(Spot::Unknown, of_element), Some(statement))
        }
        ([Step::Object(statement, idx), rest @ ..], _) => {
            let entry = statement.entries.get(*idx);
            let spot = entry.map_or(Spot::Unknown, |it| in_element(it, rest, at));
            (spot, Some(*statement))
        }
        _ => (Spot::Unknown, None),
    }
}

/// The value of an element.
fn of_element<'t, 'a>(entry: &'t Entry<'a>) -> Spot<'t, 'a> {
    if entry.key.raw.eq_ignore_ascii_case("Condition") {
        return Spot::Conditions;
    }
    element(entry).map_or(Spot::Unknown, Spot::Element)
}

fn in_element<'t, 'a>(
    entry: &'t Entry<'a>,
    steps: &[Step<'t, 'a>],
    at: At<'t, 'a>,
) -> Spot<'t, 'a> {
    if entry.key.raw.eq_ignore_ascii_case("Condition") {
        return in_condition(steps, at);
    }
    match (element(entry), steps, at) {
        (Some(it @ (Element::Action | Element::Resource)), [], At::Item(..)) => Spot::Element(it),
        (Some(Element::Principal), [], At::Key(types, ..)) => Spot::PrincipalType(types),
        (Some(Element::Principal), [], At::Value(types, idx, _)) => of_type(types, idx),
        (Some(Element::Principal), [Step::Object(types, idx)], At::Item(..)) => {
            of_type(types, *idx)
        }
        _ => Spot::Unknown,
    }
}

fn of_type<'t, 'a>(types: &'t Object<'a>, idx: usize) -> Spot<'t, 'a> {
    let entry = types.entries.get(idx);
    entry.map_or(Spot::Unknown, |it| Spot::Principal(&it.key))
}

fn in_condition<'t, 'a>(steps: &[Step<'t, 'a>], at: At<'t, 'a>) -> Spot<'t, 'a> {
    let key = |object: &'t Object<'a>, idx: usize| object.entries.get(idx).map(|it| &it.key);
    let value = |it: (&'t Text<'a>, &'t Text<'a>)| Spot::Value(it.0, it.1);
    let found = match (steps, at) {
        ([], At::Key(operators, ..)) => Some(Spot::Operator(operators)),
        ([], At::Value(..)) => Some(Spot::Keys),
        ([Step::Object(operators, idx)], At::Key(keys, ..)) => {
            key(operators, *idx).map(|it| Spot::Key(it, keys))
        }
        ([Step::Object(operators, idx)], At::Value(keys, at, _)) => {
            key(operators, *idx).zip(key(keys, at)).map(value)
        }
        ([Step::Object(operators, idx), Step::Object(keys, at)], At::Item(..)) => {
            key(operators, *idx).zip(key(keys, *at)).map(value)
        }
        _ => None,
    };
    found.unwrap_or(Spot::Unknown)
}

fn element(entry: &Entry<'_>) -> Option<Element> {
    let name = entry.key.raw.to_ascii_lowercase();
    Some(match name.strip_prefix("not").unwrap_or(&name) {
        "sid" => Element::Sid,
        "effect" => Element::Effect,
        "principal" => Element::Principal,
        "action" => Element::Action,
        "resource" => Element::Resource,
        _ => return None,
    })
}

fn is_named(object: &Object<'_>, idx: usize, name: &str) -> bool {
    let entry = object.entries.get(idx);
    entry.is_some_and(|it| it.key.raw.eq_ignore_ascii_case(name))
}

/// The texts of `Action`, never of `NotAction`.
pub(super) fn actions<'t>(statement: &'t Object<'_>) -> Vec<std::borrow::Cow<'t, str>> {
    let texts = statement.texts("Action").into_iter();
    texts.map(Text::value).collect()
}

/// The object that the whole text is.
pub(super) const fn root<'t, 'a>(node: Option<&'t Node<'a>>) -> Option<&'t Object<'a>> {
    match node {
        Some(Node::Object(it)) => Some(it),
        _ => None,
    }
}
