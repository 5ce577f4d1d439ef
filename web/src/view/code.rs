//! What the editor of a text shows, as plain values: marks, what could stand at the caret, what is to know of a place.
//!
//! Places are UTF-16 units, made here from core's bytes. Knows nothing of the browser. Invariant: what is made here of a
//! text lies within it.

use rolewalk_core::{
    diagnostic::{Diagnostic, Fix, Severity, TextEdit},
    ide::{Completion, CompletionKind, Completions, Hover},
    syntax::{LineIndex, Span},
};

/// More findings than these are not marked.
const MAX_MARKS: usize = 100;

/// Characters that are marked, and what is said where the pointer rests on their sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// First character.
    pub(crate) from: u32,
    /// One past the last.
    pub(crate) to: u32,
    /// The name that the editor's style sheet knows.
    pub(crate) kind: &'static str,
    /// What is said.
    pub(crate) title: String,
    /// Whether one click mends it.
    pub(crate) is_mendable: bool,
}

/// What could stand at the caret.
#[derive(Debug)]
pub(crate) struct Offer {
    /// What an accepted one takes the place of.
    pub(crate) from: u32,
    /// Where that ends.
    pub(crate) to: u32,
    /// What is put in besides: from, to, text.
    pub(crate) before: Option<(u32, u32, String)>,
    /// The best first.
    pub(crate) items: Vec<Item>,
}

/// One of them.
#[derive(Debug)]
pub(crate) struct Item {
    /// What it is, in a word.
    pub(crate) kind: &'static str,
    /// What is shown.
    pub(crate) label: String,
    /// A few words beside it.
    pub(crate) detail: String,
    /// A sentence or two.
    pub(crate) description: String,
    /// What is written.
    pub(crate) insert: String,
    /// Where the caret goes, from the start of `insert`.
    pub(crate) caret: u32,
    /// Where what it takes the place of ends.
    pub(crate) end: u32,
    /// Whether the next completion follows at once.
    pub(crate) goes_on: bool,
}

/// What is to know of a place.
#[derive(Debug, Default)]
pub(crate) struct Card {
    /// First character it is about.
    pub(crate) from: u32,
    /// One past the last.
    pub(crate) to: u32,
    /// A name; empty where there are only findings.
    pub(crate) title: String,
    /// What that is.
    pub(crate) subtitle: String,
    /// Sentences.
    pub(crate) lines: Vec<String>,
    /// What is wrong there.
    pub(crate) findings: Vec<CardFinding>,
    /// What can be done besides, by title.
    pub(crate) actions: Vec<String>,
}

/// Something that is wrong.
#[derive(Debug)]
pub(crate) struct CardFinding {
    /// The name that the editor's style sheet knows.
    pub(crate) kind: &'static str,
    /// How bad it is, in a word.
    pub(crate) word: &'static str,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: String,
    /// Its name.
    pub(crate) code: &'static str,
    /// What mends it.
    pub(crate) fix: Option<String>,
}

/// A card, and what its actions write: first the actions beside the findings, then those that mend one, in order.
#[derive(Debug)]
pub(crate) struct Told {
    /// What is shown.
    pub(crate) card: Card,
    /// What is written.
    pub(crate) fixes: Vec<Fix>,
}

/// How bad, in a word.
pub(crate) const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Suggestion => "Suggestion",
    }
}

/// How bad, as style sheets know it.
pub(crate) const fn kind(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Suggestion => "suggestion",
    }
}

/// A part of a page about a kind of finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// A paragraph, names in backticks.
    Words(String),
    /// A part of a policy.
    Code(String),
}

/// The paragraphs and examples of a text in Markdown that has nothing else.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (idx, part) in text.split("```").enumerate() {
        if idx % 2 == 1 {
            let code = part.split_once('\n').map_or(part, |it| it.1);
            blocks.push(Block::Code(code.trim_end().to_owned()));
            continue;
        }
        let paragraphs = part
            .split("\n\n")
            .map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
        let words = paragraphs
            .map(|it| it.replace("**", ""))
            .filter(|it| !it.is_empty());
        blocks.extend(words.map(Block::Words));
    }
    blocks
}

/// A mark of characters counted in bytes.
pub(crate) fn mark(
    text: &str,
    lines: &LineIndex,
    span: Span,
    kind: &'static str,
    title: String,
) -> Mark {
    let Span { start, end } = lines.utf16(text, span);
    Mark {
        from: start,
        to: end,
        kind,
        title,
        is_mendable: false,
    }
}

/// The findings as marks, the first of them.
pub(crate) fn finding_marks(text: &str, lines: &LineIndex, findings: &[Diagnostic]) -> Vec<Mark> {
    let first = findings.iter().take(MAX_MARKS);
    let of = |it: &Diagnostic| {
        let is_mendable = it.fix.is_some();
        let how = if is_mendable {
            ". Quick fix: Ctrl+."
        } else {
            ""
        };
        let title = format!("{}: {}. {}{how}", word(it.severity), it.message, it.help);
        Mark {
            is_mendable,
            ..mark(text, lines, it.span(), kind(it.severity), title)
        }
    };
    first.map(of).collect()
}

/// What core offers, as the editor takes it.
pub(crate) fn offer(text: &str, lines: &LineIndex, found: Completions) -> Offer {
    let Completions {
        span,
        before,
        items,
        n_more,
        ..
    } = found;
    let units = |span: Span| lines.utf16(text, span);
    let Span { start, end } = units(span);
    let before = before.map(|TextEdit { span, text }| {
        let Span { start, end } = units(span);
        (start, end, text)
    });
    let item = |it: Completion| {
        let head = it.insert.get(..it.caret).unwrap_or(&it.insert);
        Item {
            kind: kind_word(it.kind),
            caret: u32::try_from(head.encode_utf16().count()).unwrap_or(u32::MAX),
            label: it.label,
            detail: it.detail,
            description: it.description,
            end: units(Span::new(it.end, it.end)).start,
            insert: it.insert,
            goes_on: it.goes_on,
        }
    };
    let mut items: Vec<Item> = items.into_iter().map(item).collect();
    if let Some(last) = items.last_mut().filter(|_| n_more > 0) {
        let more = format!("{n_more} more fit: type on to see them.");
        if !last.description.is_empty() {
            last.description.push(' ');
        }
        last.description.push_str(&more);
    }
    Offer {
        from: start,
        to: end,
        before,
        items,
    }
}

const fn kind_word(kind: CompletionKind) -> &'static str {
    match kind {
        CompletionKind::Element => "element",
        CompletionKind::Service => "service",
        CompletionKind::Action => "action",
        CompletionKind::Arn => "ARN",
        CompletionKind::Principal => "principal",
        CompletionKind::Operator => "operator",
        CompletionKind::Key => "key",
        CompletionKind::Value => "value",
        CompletionKind::Variable => "variable",
    }
}

/// What is to know of the place at `offset`: what is wrong there, what it is, and what can be done. `None` where there is
/// nothing of the three.
pub(crate) fn told(
    text: &str,
    lines: &LineIndex,
    offset: u32,
    findings: &[Diagnostic],
    hover: Option<Hover>,
    actions: Vec<Fix>,
) -> Option<Told> {
    let here: Vec<&Diagnostic> = findings
        .iter()
        .filter(|it| it.span().touches(offset))
        .take(4)
        .collect();
    if here.is_empty() && hover.is_none() && actions.is_empty() {
        return None;
    }
    let span = match (&hover, here.first()) {
        (Some(hover), _) => hover.span,
        (None, Some(first)) => first.span(),
        (None, None) => Span::new(offset, offset),
    };
    let Span { start, end } = lines.utf16(text, span);
    let finding = |it: &&Diagnostic| CardFinding {
        kind: kind(it.severity),
        word: word(it.severity),
        message: it.message.clone(),
        help: it.help.clone(),
        code: it.code,
        fix: it.fix.as_ref().map(|it| it.title.clone()),
    };
    let mending = here.iter().filter_map(|it| it.fix.as_deref().cloned());
    let (title, subtitle, lines) =
        hover.map_or_else(Default::default, |it| (it.title, it.subtitle, it.lines));
    let card = Card {
        from: start,
        to: end,
        title,
        subtitle,
        lines,
        findings: here.iter().map(finding).collect(),
        actions: actions.iter().map(|it| it.title.clone()).collect(),
    };
    Some(Told {
        card,
        fixes: actions.iter().cloned().chain(mending).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completion(insert: &str, caret: usize, end: u32) -> Completion {
        Completion {
            kind: CompletionKind::Action,
            label: insert.to_owned(),
            detail: String::new(),
            description: String::new(),
            insert: insert.to_owned(),
            caret,
            end,
            goes_on: false,
        }
    }

    #[test]
    fn an_offer_counts_as_the_browser_does() {
        let text = "{\"é😀\": \"s\"}";
        let lines = LineIndex::new(text);
        let at = u32::try_from(text.rfind("\"s").unwrap()).unwrap();
        let found = Completions {
            span: Span::new(at, at + 3),
            before: None,
            items: vec![completion("\"ü😀x\"", 7, at + 3)],
            n_more: 2,
            wants_catalogue: false,
        };
        let offer = offer(text, &lines, found);
        assert_eq!((offer.from, offer.to), (8, 11));
        assert_eq!((offer.items[0].caret, offer.items[0].end), (4, 11));
        assert!(offer.items[0].description.starts_with("2 more fit"));
    }

    #[test]
    fn a_page_is_paragraphs_and_examples() {
        let text = "One\nline.\n\nTwo:\n\n```json\n{\n  1\n}\n```\n\n**Three** `x`.";
        let words = |it: &str| Block::Words(it.to_owned());
        let code = Block::Code("{\n  1\n}".to_owned());
        assert_eq!(
            blocks(text),
            [words("One line."), words("Two:"), code, words("Three `x`.")]
        );
    }

    #[test]
    fn a_card_has_its_actions_in_the_order_of_their_numbers() {
        let fix = |title: &str| Fix {
            title: title.to_owned(),
            edits: Vec::new(),
        };
        let text = "{}";
        let lines = LineIndex::new(text);
        let finding = |start, title| {
            Diagnostic::warning("a", Span::new(start, start + 1), "m", "h").with_fix(fix(title))
        };
        let findings = [finding(0, "mend"), finding(5, "elsewhere")];
        let told = told(text, &lines, 1, &findings, None, vec![fix("expand")]).unwrap();
        let titles: Vec<_> = told.fixes.iter().map(|it| it.title.as_str()).collect();
        assert_eq!(titles, ["expand", "mend"]);
        assert_eq!(told.card.findings.len(), 1);
        assert!(super::told(text, &lines, 3, &findings, None, Vec::new()).is_none());
    }
}
