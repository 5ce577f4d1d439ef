//! AWS's layout of a policy: one thing a line, indented by four spaces, or by what the author indents by.
//!
//! Changes white space between the parts of the text and nothing else, so the text says what it said. Invariant: what is
//! laid out once is not changed by doing it again.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Fix, TextEdit},
    ide::{
        tree::{Kind, Token, tokens},
        write::newline_of,
    },
    syntax::{Span, json},
};

/// AWS's own.
const UNIT: &str = "    ";

pub(super) fn format(text: &str) -> Option<Fix> {
    if !json::read(text).errors.is_empty() {
        return None;
    }
    let (tokens, _) = tokens(text);
    let gaps = gaps(text, &tokens);
    let newline = newline_of(text);
    let unit = unit(text, &gaps);
    let edits = gaps.iter().filter_map(|gap| {
        let wanted = match gap.wants {
            Wants::Nothing => String::new(),
            Wants::Space => " ".to_owned(),
            Wants::Line(depth) => format!("{newline}{}", unit.repeat(depth)),
            Wants::LastLine => newline.to_owned(),
            Wants::AsItIs => return None,
        };
        let is_so = gap.span.of(text) == Some(wanted.as_str());
        (!is_so).then_some(TextEdit {
            span: gap.span,
            text: wanted,
        })
    });
    Some(Fix {
        title: "Lay out the policy".to_owned(),
        edits: edits.collect(),
    })
}

/// The white space between two tokens, and what it should be.
#[derive(Clone, Copy, Debug)]
struct Gap {
    span: Span,
    wants: Wants,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wants {
    Nothing,
    Space,
    /// A new line, indented that far.
    Line(usize),
    /// A line break at the end of the text.
    LastLine,
    /// Whatever is there, on one line.
    AsItIs,
}

/// An object or list that is open.
#[derive(Clone, Copy, Debug)]
struct Open {
    is_inline: bool,
    /// How far its line is indented.
    depth: usize,
}

fn gaps(text: &str, tokens: &[Token<'_>]) -> Vec<Gap> {
    let inline = inline_lists(text, tokens);
    let mut gaps = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut before: Option<Token<'_>> = None;
    for (idx, token) in tokens.iter().enumerate() {
        let span = Span::new(
            before.map_or(0, |it| it.text.span.end),
            token.text.span.start,
        );
        let depth = open.last().map_or(0, |it| it.depth);
        let is_inline = open.last().is_some_and(|it| it.is_inline);
        let inner = if is_inline { depth } else { depth + 1 };
        let wants = match (before.map(|it| it.kind), token.kind) {
            (None, _) | (_, Kind::Comma | Kind::Colon) | (Some(Kind::Open(_)), Kind::Close(_)) => {
                Wants::Nothing
            }
            (Some(Kind::Colon), _) => Wants::Space,
            (Some(Kind::Open(_)), _) | (_, Kind::Close(_)) if is_inline => Wants::AsItIs,
            (_, Kind::Close(_)) => Wants::Line(depth),
            _ => Wants::Line(inner),
        };
        gaps.push(Gap { span, wants });
        match token.kind {
            Kind::Open(_) => open.push(Open {
                is_inline: inline.get(idx).copied().unwrap_or_default(),
                depth: if open.is_empty() { 0 } else { inner },
            }),
            Kind::Close(_) => {
                open.pop();
            }
            _ => {}
        }
        before = Some(*token);
    }
    let end = before.map_or(0, |it| it.text.span.end);
    let rest = Span::new(end, u32::try_from(text.len()).unwrap_or(end));
    let has_line = rest.of(text).is_some_and(|it| it.contains('\n'));
    let wants = if has_line {
        Wants::LastLine
    } else {
        Wants::Nothing
    };
    gaps.push(Gap { span: rest, wants });
    gaps
}

/// For each token, whether it opens a list of one that the author began and ended on the line of what is in it.
fn inline_lists(text: &str, tokens: &[Token<'_>]) -> Vec<bool> {
    let is_one_line = |from: usize| {
        let (one, other) = (tokens.get(from), tokens.get(from + 1));
        let span = one
            .zip(other)
            .map(|it| Span::new(it.0.text.span.end, it.1.text.span.start));
        span.and_then(|it| it.of(text))
            .is_some_and(|it| !it.contains(['\n', '\r']))
    };
    let mut inline = vec![false; tokens.len()];
    let mut open: Vec<(usize, bool)> = Vec::new();
    for (idx, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Open(_) => open.push((idx, false)),
            Kind::Comma => {
                if let Some(last) = open.last_mut() {
                    last.1 = true;
                }
            }
            Kind::Close(close) => {
                let Some((start, is_several)) = open.pop() else {
                    continue;
                };
                let is_one = close == b']' && !is_several && idx > start + 1;
                if is_one
                    && is_one_line(start)
                    && is_one_line(idx - 1)
                    && let Some(it) = inline.get_mut(start)
                {
                    *it = true;
                }
            }
            _ => {}
        }
    }
    inline
}

/// What most of the author's lines are indented by, for each step in.
fn unit(text: &str, gaps: &[Gap]) -> String {
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut n_lines = 0;
    for gap in gaps {
        let Wants::Line(depth @ 1..) = gap.wants else {
            continue;
        };
        let written = gap.span.of(text).unwrap_or_default();
        let Some((_, indent)) = written.rsplit_once('\n') else {
            continue;
        };
        n_lines += 1;
        let step = indent.get(..indent.len() / depth).unwrap_or_default();
        let is_regular = !step.is_empty() && step.len() <= 8 && step.repeat(depth) == indent;
        if is_regular && step.bytes().all(|it| step.as_bytes().first() == Some(&it)) {
            *votes.entry(step).or_default() += 1;
        }
    }
    let best = votes.into_iter().max_by_key(|it| it.1);
    let found = best.filter(|it| it.1 * 2 > n_lines);
    found.map_or(UNIT, |it| it.0).to_owned()
}
