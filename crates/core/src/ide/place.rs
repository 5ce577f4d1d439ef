//! Where a caret stands in a half-typed JSON text: inside which objects and lists, in which key or value.
//!
//! Knows nothing of policies. Invariant: a place always exists, since a text is never too broken to type in.

use crate::{
    ide::tree::{Array, Entry, Item, Node, Object, Quotes, Text, Tree},
    syntax::Span,
};

/// The place of a caret.
#[derive(Clone, Debug)]
pub(super) struct Place<'t, 'a> {
    /// The objects and lists around it, the outermost first.
    pub(super) steps: Vec<Step<'t, 'a>>,
    /// What stands or could stand there.
    pub(super) at: At<'t, 'a>,
}

/// An object or list around a place, and which part of it leads there.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'t, 'a> {
    Object(&'t Object<'a>, usize),
    Array(&'t Array<'a>, usize),
}

/// What stands or could stand at a place.
#[derive(Clone, Copy, Debug)]
pub(super) enum At<'t, 'a> {
    /// The value that is the whole text.
    Root(Option<&'t Text<'a>>),
    /// A key; `Some` while it is typed, else the number of entries in front.
    Key(&'t Object<'a>, usize, Option<&'t Text<'a>>),
    /// The value of an entry.
    Value(&'t Object<'a>, usize, Option<&'t Text<'a>>),
    /// One of a list; the number of those in front.
    Item(&'t Array<'a>, usize, Option<&'t Text<'a>>),
    /// Where nothing can be typed that would be of use: in a comment, between `:` and a value that is there.
    Nowhere,
}

impl<'t, 'a> At<'t, 'a> {
    /// The text that is being typed.
    pub(super) const fn text(&self) -> Option<&'t Text<'a>> {
        match self {
            Self::Root(text)
            | Self::Key(_, _, text)
            | Self::Value(_, _, text)
            | Self::Item(_, _, text) => *text,
            Self::Nowhere => None,
        }
    }
}

impl Step<'_, '_> {
    pub(super) const fn span(&self) -> Span {
        match self {
            Self::Object(it, _) => it.span,
            Self::Array(it, _) => it.span,
        }
    }

    pub(super) const fn is_closed(&self) -> bool {
        match self {
            Self::Object(it, _) => it.is_closed,
            Self::Array(it, _) => it.is_closed,
        }
    }

    /// Behind the comma of the part that leads to the place, and whether another part follows.
    pub(super) fn behind(&self) -> (Option<u32>, bool) {
        match self {
            Self::Object(it, at) => (
                it.entries.get(*at).and_then(|it| it.comma),
                at + 1 < it.entries.len(),
            ),
            Self::Array(it, at) => (
                it.items.get(*at).and_then(|it| it.comma),
                at + 1 < it.items.len(),
            ),
        }
    }

    /// Where the part that leads to the place begins.
    pub(super) fn part_start(&self) -> u32 {
        let part = match self {
            Self::Object(it, at) => it.entries.get(*at).map(|it| it.key.span.start),
            Self::Array(it, at) => it.items.get(*at).map(|it| it.node.span().start),
        };
        part.unwrap_or(self.span().start)
    }
}

impl<'t, 'a> Place<'t, 'a> {
    /// The place of `offset`.
    pub(super) fn find(tree: &'t Tree<'a>, offset: u32) -> Self {
        let mut steps = Vec::new();
        let in_comment = |it: &Span| it.start < offset && offset <= it.end;
        let at = match &tree.root {
            _ if tree.comments.iter().any(in_comment) => At::Nowhere,
            None => At::Root(None),
            Some(Node::Text(text)) if text.holds(offset) => At::Root(Some(text)),
            Some(root) => descend(root, offset, &mut steps).unwrap_or(At::Nowhere),
        };
        Self { steps, at }
    }
}

/// The place in an object or list; `None` where it is not in there.
fn descend<'t, 'a>(
    node: &'t Node<'a>,
    offset: u32,
    steps: &mut Vec<Step<'t, 'a>>,
) -> Option<At<'t, 'a>> {
    let is_inside = |span: Span, is_closed: bool| {
        span.start < offset && (offset < span.end || !is_closed && offset == span.end)
    };
    match node {
        Node::Object(it) if is_inside(it.span, it.is_closed) => Some(in_object(it, offset, steps)),
        Node::Array(it) if is_inside(it.span, it.is_closed) => Some(in_array(it, offset, steps)),
        _ => None,
    }
}

/// The parts that a place behind so many others can lie in: the one that ends there, and the next.
fn near(n_before: usize, n: usize) -> std::ops::Range<usize> {
    n_before.saturating_sub(1)..(n_before + 1).min(n)
}

fn in_object<'t, 'a>(
    object: &'t Object<'a>,
    offset: u32,
    steps: &mut Vec<Step<'t, 'a>>,
) -> At<'t, 'a> {
    let n_before = object.entries.partition_point(|it| it.end() <= offset);
    for at in near(n_before, object.entries.len()) {
        let Some(entry) = object.entries.get(at) else {
            continue;
        };
        if entry.key.holds(offset) {
            return At::Key(object, at, Some(&entry.key));
        }
        if let Some(found) = in_entry(object, at, entry, offset, steps) {
            return found;
        }
    }
    At::Key(object, n_before, None)
}

/// The place in an entry, behind its key.
fn in_entry<'t, 'a>(
    object: &'t Object<'a>,
    at: usize,
    entry: &'t Entry<'a>,
    offset: u32,
    steps: &mut Vec<Step<'t, 'a>>,
) -> Option<At<'t, 'a>> {
    let Some(value) = &entry.value else {
        let start = match entry.colon {
            Some(colon) => colon,
            None if entry.key.quotes == Quotes::Closed => entry.key.span.end,
            None => return None,
        };
        let next = object.entries.get(at + 1).map(|it| it.key.span.start);
        let comma = entry.comma.map(|it| it - 1);
        let end = comma.or(next).unwrap_or(object.span.end);
        let is_here = start <= offset && offset <= end;
        return is_here.then_some(At::Value(object, at, None));
    };
    match value {
        Node::Text(text) if text.holds(offset) => return Some(At::Value(object, at, Some(text))),
        Node::Text(_) => {}
        _ => {
            steps.push(Step::Object(object, at));
            if let Some(found) = descend(value, offset, steps) {
                return Some(found);
            }
            steps.pop();
        }
    }
    let is_between = entry.key.span.end <= offset && offset <= value.span().start;
    is_between.then_some(At::Nowhere)
}

fn in_array<'t, 'a>(
    array: &'t Array<'a>,
    offset: u32,
    steps: &mut Vec<Step<'t, 'a>>,
) -> At<'t, 'a> {
    let end = |it: &Item<'a>| it.node.span().end;
    let n_before = array.items.partition_point(|it| end(it) <= offset);
    for at in near(n_before, array.items.len()) {
        match array.items.get(at).map(|it| &it.node) {
            Some(Node::Text(text)) if text.holds(offset) => {
                return At::Item(array, at, Some(text));
            }
            Some(node) => {
                steps.push(Step::Array(array, at));
                if let Some(found) = descend(node, offset, steps) {
                    return found;
                }
                steps.pop();
            }
            None => {}
        }
    }
    At::Item(array, n_before, None)
}
