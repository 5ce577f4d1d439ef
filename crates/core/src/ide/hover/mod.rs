//! What is to know of the characters under the pointer.
//!
//! One file for each sort of thing. Says what AWS's pages and this world say; judges nothing (that is `lint` and `eval`).
//! Invariant: the span lies inside the text.

mod action;
mod arn;
mod condition;
mod principal;

use crate::{
    ide::{
        About, Hover,
        complete::at_boundary,
        place::Place,
        spot::{self, Element, Spot},
        tree::{Object, Text, Tree},
        words,
    },
    policy::PolicyKind,
    syntax::Span,
};

/// What hovers are made from.
#[derive(Clone, Copy, Debug)]
struct Look<'x> {
    about: &'x About<'x>,
    root: Option<&'x Object<'x>>,
    statement: Option<&'x Object<'x>>,
    text: &'x Text<'x>,
    offset: u32,
}

impl Look<'_> {
    fn says(&self, title: impl Into<String>, subtitle: impl Into<String>) -> Hover {
        Hover {
            span: self.text.span,
            title: title.into(),
            subtitle: subtitle.into(),
            lines: Vec::new(),
            wants_catalogue: false,
        }
    }

    /// Whether `${…}` is a variable in this document.
    fn has_variables(&self) -> bool {
        let versions = self.root.map(|it| it.texts("Version")).unwrap_or_default();
        versions.first().is_some_and(|it| it.raw == "2012-10-17")
    }
}

impl Hover {
    fn line(mut self, line: impl Into<String>) -> Self {
        let line = line.into();
        if !line.is_empty() {
            self.lines.push(line);
        }
        self
    }

    fn wanting(mut self, wants: bool) -> Self {
        self.wants_catalogue = wants;
        self
    }
}

pub(super) fn hover(text: &str, offset: u32, about: &About<'_>) -> Option<Hover> {
    let (tree, offset) = (Tree::read(text), at_boundary(text, offset));
    let place = Place::find(&tree, offset);
    // On the first quote the place is still in front of the string.
    let place = match place.at.text() {
        Some(_) => place,
        None => Place::find(&tree, after(text, offset)),
    };
    let typed = place.at.text().filter(|it| !it.raw.is_empty())?;
    let (spot, statement) = Spot::of(&place.steps, place.at);
    let look = Look {
        about,
        root: spot::root(tree.root.as_ref()),
        statement,
        text: typed,
        offset,
    };
    of_spot(&look, spot)
}

/// The place behind the character at `offset`.
fn after(text: &str, offset: u32) -> u32 {
    let rest = text.get(offset as usize..).unwrap_or_default();
    let len = rest.chars().next().map_or(0, char::len_utf8);
    offset + u32::try_from(len).unwrap_or(0)
}

fn of_spot(look: &Look<'_>, spot: Spot<'_, '_>) -> Option<Hover> {
    match spot {
        Spot::DocumentKey(_) | Spot::StatementKey(_) => element(look),
        Spot::Version => Some(version(look)),
        Spot::Element(Element::Sid) => Some(sid(look)),
        Spot::Element(Element::Effect) => effect(look),
        Spot::Element(Element::Action) => action::hover(look),
        Spot::Element(Element::Resource) => {
            condition::variable(look, true).or_else(|| arn::hover(look))
        }
        Spot::Element(Element::Principal) => principal::hover(look, "AWS"),
        Spot::Principal(of_type) => principal::hover(look, of_type.raw),
        Spot::PrincipalType(_) => principal_type(look),
        Spot::Operator(_) => Some(condition::operator(look)),
        Spot::Key(..) => Some(condition::key(look)),
        Spot::Value(operator, key) => Some(condition::value(look, &operator.value(), &key.value())),
        Spot::Document
        | Spot::Statements
        | Spot::Statement
        | Spot::Conditions
        | Spot::Keys
        | Spot::Unknown => None,
    }
}

fn element(look: &Look<'_>) -> Option<Hover> {
    let (name, says) = words::element(look.text.raw)?;
    let is_principal = name.ends_with("Principal");
    let is_resource = name.ends_with("Resource");
    let kind = look.about.kind;
    let refusal = if is_principal && !kind.has_principal() {
        "It may not stand in this kind of policy, which is about whoever it is attached to."
    } else if is_resource && !kind.has_resource() {
        "It may not stand in a trust policy, which is about its own role."
    } else if name == "NotPrincipal" && matches!(kind, PolicyKind::Trust | PolicyKind::Rcp)
        || name == "NotAction" && kind == PolicyKind::Rcp
    {
        "It may not stand in this kind of policy."
    } else {
        ""
    };
    Some(look.says(name, "element").line(says).line(refusal))
}

fn version(look: &Look<'_>) -> Hover {
    let says = match look.text.raw {
        "2012-10-17" => "The version that has variables such as `${aws:username}`.",
        "2008-10-17" => "The old version: `${…}` is plain text in it.",
        _ => "No version of the policy language: write `2012-10-17`.",
    };
    look.says(look.text.raw, "version of the policy language")
        .line(says)
        .line("It names the language, not the day the policy was written.")
}

fn sid(look: &Look<'_>) -> Hover {
    let effect = look
        .statement
        .map(|it| it.texts("Effect"))
        .unwrap_or_default();
    let says = match effect.first().map(|it| it.raw) {
        Some("Deny") => "Names a statement that denies.",
        Some("Allow") => "Names a statement that allows.",
        _ => "Names a statement.",
    };
    let hover = look
        .says(look.text.value(), "name of a statement")
        .line(says);
    hover.line("It changes nothing; verdicts point to the statement by it.")
}

fn effect(look: &Look<'_>) -> Option<Hover> {
    let says = match look.text.raw {
        "Allow" => "Lets the request through, unless something denies it.",
        "Deny" => "Stops the request, whatever allows it.",
        _ => return None,
    };
    Some(look.says(look.text.raw, "effect").line(says))
}

fn principal_type(look: &Look<'_>) -> Option<Hover> {
    let (name, says) = words::PRINCIPAL_TYPES
        .iter()
        .find(|it| it.0 == look.text.raw)?;
    Some(look.says(*name, "type of principal").line(*says))
}

/// A piece of the text being looked at, by bytes of what is between its quotes.
fn piece(text: &Text<'_>, start: usize, end: usize) -> Span {
    let base = text.inner().start;
    let at = |it: usize| base + u32::try_from(it).unwrap_or(0);
    Span::new(at(start), at(end))
}
