//! How a new key or value is written at a place, so that the text around it stays JSON: commas, quotes, indentation.
//!
//! Knows nothing of policies. Invariant: what is written at a place never makes a text worse JSON than it was.

use crate::{
    diagnostic::TextEdit,
    ide::{
        place::{At, Place, Step},
        tree::{Array, Object, Quotes, Text},
    },
    syntax::Span,
};

/// Where the caret goes in a snippet.
pub(super) const CARET: char = '\u{1}';

/// What is indented by where nobody has indented yet: as the documents of our worlds are, and as the editor indents.
const UNIT: &str = "  ";

/// A place where something can be written.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    /// What is replaced.
    pub(super) span: Span,
    /// Where that ends, brackets that are written again in [`Slot::lead`] included.
    pub(super) end: u32,
    /// A missing `,` or `:` in front.
    pub(super) before: Option<TextEdit>,
    lead: String,
    tail: String,
    /// How the line begins that the new thing stands on.
    indent: String,
    unit: String,
    newline: &'static str,
    is_inline: bool,
}

impl Slot {
    /// A snippet as it is written here, and where the caret goes. In a snippet, line breaks are those of its own layout,
    /// tabs stand for one step of indentation, [`CARET`] for the caret, which else goes behind it.
    pub(super) fn write(&self, snippet: &str) -> (String, usize) {
        let mut written = self.lead.clone();
        let mut caret = None;
        let mut in_layout = false;
        for found in snippet.chars() {
            match found {
                '\n' if self.is_inline => {
                    if written.ends_with(',') {
                        written.push(' ');
                    }
                    in_layout = true;
                }
                '\n' => {
                    written.push_str(self.newline);
                    written.push_str(&self.indent);
                    in_layout = true;
                }
                '\t' if in_layout => {
                    if !self.is_inline {
                        written.push_str(&self.unit);
                    }
                }
                CARET => caret = Some(written.len()),
                _ => {
                    in_layout = false;
                    written.push(found);
                }
            }
        }
        let caret = caret.unwrap_or(written.len());
        written.push_str(&self.tail);
        (written, caret)
    }

    /// The place itself; `None` where nothing can be written.
    pub(super) fn of(text: &str, place: &Place<'_, '_>, offset: u32) -> Option<Self> {
        let span = match place.at.text() {
            Some(typed) => replaced(text, typed, offset),
            None => Span::new(offset, offset),
        };
        let plain = |is_inline| Self {
            span,
            end: span.end,
            before: None,
            lead: String::new(),
            tail: String::new(),
            indent: indent_of(text, span.start).to_owned(),
            unit: unit_of(text).to_owned(),
            newline: newline_of(text),
            is_inline,
        };
        match place.at {
            At::Nowhere => None,
            At::Root(_) => Some(plain(false)),
            At::Value(object, at, typed) => {
                let mut slot = plain(is_inline(text, &Around::object(object)));
                let entry = object.entries.get(at)?;
                let key_end = entry.key.span.end;
                if entry.colon.is_none() {
                    slot.before = Some(put_in(key_end, ":"));
                }
                let is_close = offset == entry.colon.unwrap_or(key_end);
                if typed.is_none() && is_close {
                    slot.lead.push(' ');
                }
                let is_last = at + 1 == object.entries.len();
                if entry.comma.is_none() && !is_last && !has_comma(text, span.end) {
                    slot.tail.push(',');
                }
                indent_of(text, entry.key.span.start).clone_into(&mut slot.indent);
                Some(slot)
            }
            At::Key(object, at, typed) => {
                let mut around = Around::object(object);
                let entry = object.entries.get(at);
                around.find(at, typed.is_some());
                around.is_whole = typed.is_some()
                    && entry.is_some_and(|it| it.colon.is_some() || it.value.is_some());
                Some(slot_among(text, plain(false), &around, typed.is_none()))
            }
            At::Item(array, at, typed) => {
                let mut around = Around::array(array);
                around.find(at, typed.is_some());
                Some(slot_among(text, plain(false), &around, typed.is_none()))
            }
        }
    }

    /// Writes the missing comma right in front of the new thing, where the caret stands right behind the last: others that
    /// are offered at the same place go further on and need none here.
    pub(super) fn take_comma(&mut self) {
        if let Some(before) = self.before.take_if(|it| it.span.end == self.span.start) {
            self.lead.insert_str(0, &before.text);
        }
    }

    /// A place in the middle of a string.
    pub(super) const fn within(start: u32, end: u32) -> Self {
        Self {
            span: Span::new(start, end),
            end,
            before: None,
            lead: String::new(),
            tail: String::new(),
            indent: String::new(),
            unit: String::new(),
            newline: "\n",
            is_inline: true,
        }
    }

    /// The places behind the objects and lists around a finished part that the caret stands right behind, the innermost first, each with the number of its
    /// step: where one would go on after it.
    pub(super) fn outward(text: &str, place: &Place<'_, '_>, offset: u32) -> Vec<(usize, Self)> {
        let (mut span, is_closed, around, at) = match place.at {
            At::Key(it, at, None) => (it.span, it.is_closed, Around::object(it), at),
            At::Item(it, at, None) => (it.span, it.is_closed, Around::array(it), at),
            _ => return Vec::new(),
        };
        let last = at.checked_sub(1).and_then(|it| around.parts.get(it));
        let is_right_behind = last.is_some_and(|it| it.comma.is_none() && it.end == offset);
        let is_finished = is_right_behind && at == around.parts.len();
        if !is_finished || !is_closed || !is_blank(text, offset, span.end - 1) {
            return Vec::new();
        }
        let mut slots = Vec::new();
        let newline = newline_of(text);
        for (idx, step) in place.steps.iter().enumerate().rev() {
            let (comma, has_next) = step.behind();
            let part = step.part_start();
            let is_inline = line_start(text, step.span().start) == line_start(text, part);
            let closing = Span::new(offset, span.end).of(text).unwrap_or_default();
            let indent = indent_of(text, part).to_owned();
            let lead = if is_inline {
                format!("{closing}, ")
            } else {
                format!("{closing},{newline}{indent}")
            };
            let needs_comma = comma.is_none() && has_next;
            slots.push((
                idx,
                Self {
                    span: Span::new(offset, offset),
                    end: span.end,
                    before: None,
                    lead,
                    tail: if needs_comma { "," } else { "" }.to_owned(),
                    indent,
                    unit: unit_of(text).to_owned(),
                    newline,
                    is_inline,
                },
            ));
            let next = step.span();
            let goes_on = step.is_closed() && !has_next && comma.is_none();
            if !goes_on || !is_blank(text, span.end, next.end - 1) {
                break;
            }
            span = next;
        }
        slots
    }
}

/// The step as a place behind the part that led through it.
pub(super) fn behind<'t, 'a>(step: &Step<'t, 'a>) -> At<'t, 'a> {
    match *step {
        Step::Object(it, at) => At::Key(it, at + 1, None),
        Step::Array(it, at) => At::Item(it, at + 1, None),
    }
}

/// A part of an object or list.
#[derive(Clone, Copy, Debug)]
struct Part {
    start: u32,
    end: u32,
    comma: Option<u32>,
}

/// The parts around a place in an object or list.
#[derive(Clone, Debug)]
struct Around {
    /// Whether it is an object, and not a list.
    is_object: bool,
    span: Span,
    is_closed: bool,
    parts: Vec<Part>,
    prev: Option<Part>,
    this: Option<Part>,
    next: Option<Part>,
    /// Whether what is typed is only a piece of a part that goes on: a key with its value.
    is_whole: bool,
}

impl Around {
    fn object(object: &Object<'_>) -> Self {
        let parts = object.entries.iter().map(|it| Part {
            start: it.key.span.start,
            end: it.end(),
            comma: it.comma,
        });
        Self {
            is_object: true,
            ..Self::new(object.span, object.is_closed, parts.collect())
        }
    }

    fn array(array: &Array<'_>) -> Self {
        let parts = array.items.iter().map(|it| Part {
            start: it.node.span().start,
            end: it.node.span().end,
            comma: it.comma,
        });
        Self::new(array.span, array.is_closed, parts.collect())
    }

    const fn new(span: Span, is_closed: bool, parts: Vec<Part>) -> Self {
        Self {
            is_object: false,
            span,
            is_closed,
            parts,
            prev: None,
            this: None,
            next: None,
            is_whole: false,
        }
    }

    fn find(&mut self, at: usize, is_typed: bool) {
        let part = |at: usize| self.parts.get(at).copied();
        let (this, next) = if is_typed {
            (part(at), part(at + 1))
        } else {
            (None, part(at))
        };
        self.prev = at.checked_sub(1).and_then(part);
        self.this = this;
        self.next = next;
    }
}

fn slot_among(text: &str, mut slot: Slot, around: &Around, is_new: bool) -> Slot {
    let start = slot.span.start;
    let comma = around.prev.and_then(|it| it.comma);
    let is_behind_comma = comma.is_some_and(|it| it <= start);
    if let Some(prev) = around.prev.filter(|_| !is_behind_comma) {
        slot.before = Some(put_in(prev.end, ","));
    }
    let follows_comma = comma.is_some_and(|it| it > start);
    let own_comma = around.this.is_some_and(|it| it.comma.is_some());
    let is_parted = follows_comma || own_comma || has_comma(text, slot.span.end);
    let needs_comma = around.next.is_some() && !is_parted && !around.is_whole;
    slot.is_inline = is_inline(text, around);
    let is_same_line = |it: Part| line_start(text, it.start) == line_start(text, start);
    if is_new && around.parts.is_empty() {
        lay_out_first(text, &mut slot, around);
    } else if is_new && !begins_line(text, start) {
        if slot.is_inline {
            let is_apart = is_blank(text, start.saturating_sub(1), start);
            let is_behind_bracket = start == around.span.start + 1;
            if !is_apart && !is_behind_bracket {
                slot.lead.push(' ');
            }
        } else if let Some(first) = around.parts.first() {
            indent_of(text, first.start).clone_into(&mut slot.indent);
            slot.lead = format!("{}{}", slot.newline, slot.indent);
        }
    }
    if needs_comma {
        slot.tail.insert(0, ',');
        if is_new && around.next.is_some_and(is_same_line) {
            if slot.is_inline {
                slot.tail.push(' ');
            } else {
                slot.tail.push_str(slot.newline);
                slot.tail.push_str(&slot.indent);
            }
        }
    }
    slot
}

/// The first part of an object or list: on a line of its own, but a single text of a list.
fn lay_out_first(text: &str, slot: &mut Slot, around: &Around) {
    let outer = indent_of(text, around.span.start).to_owned();
    let is_here = is_blank(text, around.span.start + 1, slot.span.start);
    if begins_line(text, slot.span.start) && is_here {
        if slot.indent.len() <= outer.len() {
            let missing = format!("{outer}{}", slot.unit);
            let there = slot.indent.len();
            missing
                .get(there..)
                .unwrap_or_default()
                .clone_into(&mut slot.lead);
            slot.indent = missing;
        }
    } else if around.is_object {
        slot.indent = format!("{outer}{}", slot.unit);
        slot.lead = format!("{}{}", slot.newline, slot.indent);
        let close = around.span.end - 1;
        if around.is_closed
            && is_blank(text, slot.span.start, close)
            && line_start(text, close) == line_start(text, slot.span.start)
        {
            slot.end = close;
            slot.tail = format!("{}{outer}", slot.newline);
        }
    }
}

/// What typing goes on with is replaced whole; of a string that nobody closed, what lies in front of the caret.
fn replaced(text: &str, typed: &Text<'_>, offset: u32) -> Span {
    let Span { start, end } = typed.span;
    let is_rest_blank = is_blank(text, offset, end);
    match typed.quotes {
        Quotes::Open if !is_rest_blank => Span::new(start, offset),
        _ => Span::new(start, end),
    }
}

/// Whether a comma is the next thing: also one that an open string has swallowed.
fn has_comma(text: &str, offset: u32) -> bool {
    let rest = text.get(offset as usize..).unwrap_or_default();
    rest.trim_start().starts_with(',')
}

fn put_in(offset: u32, text: &str) -> TextEdit {
    TextEdit {
        span: Span::new(offset, offset),
        text: text.to_owned(),
    }
}

/// Whether an object or list with something in it stands on one line.
fn is_inline(text: &str, around: &Around) -> bool {
    let first = around.parts.first();
    first.is_some_and(|it| line_start(text, it.start) == line_start(text, around.span.start))
        && around.span.start > 0
        || first.is_some() && !text.contains('\n')
}

fn is_blank(text: &str, start: u32, end: u32) -> bool {
    let between = Span::new(start, end).of(text);
    between.is_some_and(|it| it.trim().is_empty())
}

fn line_start(text: &str, offset: u32) -> u32 {
    let before = Span::new(0, offset).of(text).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |it| it + 1);
    u32::try_from(start).unwrap_or(u32::MAX)
}

/// Whether nothing stands in front of it on its line.
fn begins_line(text: &str, offset: u32) -> bool {
    is_blank(text, line_start(text, offset), offset)
}

/// The white space that the line of `offset` begins with, up to `offset`.
pub(super) fn indent_of(text: &str, offset: u32) -> &str {
    let line = Span::new(line_start(text, offset), offset);
    let line = line.of(text).unwrap_or_default();
    let len = line.len() - line.trim_start_matches([' ', '\t']).len();
    line.get(..len).unwrap_or_default()
}

/// Whether there is a line break between two places.
pub(super) fn has_break(text: &str, start: u32, end: u32) -> bool {
    let between = Span::new(start, end).of(text);
    between.is_some_and(|it| it.contains('\n'))
}

/// What the author ends lines with.
pub(super) fn newline_of(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// What the author indents by: the white space of the first line that has some.
pub(super) fn unit_of(text: &str) -> &str {
    let mut lines = text.lines().filter(|it| !it.trim().is_empty());
    let indent = lines.find_map(|it| {
        let len = it.len() - it.trim_start_matches([' ', '\t']).len();
        it.get(..len).filter(|it| !it.is_empty() && it.len() <= 8)
    });
    indent.unwrap_or(UNIT)
}
