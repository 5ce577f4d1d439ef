//! The editor around `CodeMirror`: what it is shown, and what it is told when it asks.
//!
//! All of it arrives later. Knows nothing of the browser's side of the editor. Invariant: what the editor shows is the
//! text of the scenario, and what is told of a place was worked out for that text.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    diagnostic::{Diagnostic, Fix},
    ide::{self, About},
    request::Request,
    scenario::Scenario,
    syntax::Span,
    world::{Document, DocumentId},
};

use crate::{
    browser::code::{self, Ask, Host, Shown},
    components::editor::{
        code_area::{Code, Marked, format},
        decided::tools_view_arrives,
    },
    late::{NotThere, late},
    state::{
        edit::Rewrite,
        reference::{Part, Reference},
        signal::Signal,
    },
    view::code::{Card, Offer, finding_marks, mark, offer, told},
};

/// What completion and hover draw on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Knows {
    /// Which text.
    pub(crate) id: StoredValue<DocumentId>,
    /// The world.
    pub(crate) scenario: Signal<Arc<Scenario>>,
    /// What AWS has.
    pub(crate) reference: Reference,
    /// What is asked in the check that is told of.
    pub(crate) request: Signal<Option<Arc<Request>>>,
}

impl Knows {
    fn with<T>(self, answer: impl FnOnce(&About<'_>) -> T) -> T {
        let catalogue = self.reference.catalogue().get_untracked();
        let request = self.request.get_untracked();
        self.scenario.with_untracked(|scenario| {
            self.id.with_value(|id| {
                answer(&About {
                    kind: id.kind(),
                    document: Some(id),
                    catalogue: &catalogue,
                    world: &scenario.world,
                    request: request.as_deref(),
                })
            })
        })
    }
}

/// Fetches the tools of the editor. When it is through, each of them answers at once: the editor itself and what the
/// statements come to. (All lie in one file, but to be there is known for each function by itself.)
pub(crate) async fn tools_arrive() -> Result<(), NotThere> {
    editor_arrives().await?;
    tools_view_arrives().await
}

late! {
    ide, editor_arrives:
    /// Puts the editor in the place of the text area, until the owner is gone; whether that could be done.
    pub(crate) fn open_editor(code: Code) -> bool {
        opened(code).is_some()
    }
}

fn opened(code: Code) -> Option<()> {
    // What the card that was given last can do.
    let card_fixes = StoredValue::new(Vec::<(Rewrite, Fix)>::new());
    // Whether the answer given last would be longer with every service of AWS.
    let wants_more = StoredValue::new(false);
    // What the editor was given as the answer to what was typed.
    let told_already = StoredValue::new(None::<Showing>);
    let text = code.text.get_untracked();
    let host = Host {
        changed: Box::new(move |text| {
            code.on_input.run(text);
            // What follows from the text is worked out here and now, and not once more when the page follows it.
            let now = showing(code);
            told_already.set_value(Some(now.clone()));
            now.shown()
        }),
        complete: Box::new(move |at, _| complete(code, wants_more, at)),
        about: Box::new(move |at| about(code, wants_more, card_fixes, at)),
        run: Box::new(move |number| {
            let fix = card_fixes.with_value(|it| it.get(number as usize).cloned());
            if let Some(fix) = fix {
                code.on_rewrite.run(fix);
            }
        }),
        explain: code.on_explain.map(|on_explain| -> Box<dyn Fn(String)> {
            Box::new(move |name| {
                let found = code
                    .findings
                    .with_untracked(|it| it.iter().map(|it| it.code).find(|it| *it == name));
                if let Some(name) = found {
                    on_explain.run(name);
                }
            })
        }),
        format: Box::new(move || format(code)),
    };
    code::take_over(&text, host)?;
    Effect::new(move |_| {
        code.document.track();
        code.findings.track();
        code.marked.track();
        code.mark.track();
        let now = showing(code);
        let is_told = told_already.with_value(|it| it.as_ref().is_some_and(|it| it.is_same(&now)));
        told_already.set_value(None);
        if !is_told && let Some(shown) = now.shown() {
            code::show(&shown);
        }
    });
    if let Some(knows) = code.knows {
        knows.reference.want(Part::Core);
        Effect::new(move |before: Option<()>| {
            knows.reference.catalogue().track();
            if before.is_some() && wants_more.try_with_value(|it| *it) == Some(true) {
                wants_more.set_value(false);
                code::ask(Ask::Again);
            }
        });
    }
    Some(())
}

/// What the editor's text and marks are made of.
#[derive(Clone, Debug)]
struct Showing {
    document: Option<Arc<Document>>,
    findings: Arc<Vec<Diagnostic>>,
    marked: Arc<Vec<Marked>>,
    pointed_at: Option<Span>,
}

fn showing(code: Code) -> Showing {
    Showing {
        document: code.document.get_untracked(),
        findings: code.findings.get_untracked(),
        marked: code.marked.get_untracked(),
        pointed_at: code.mark.get_untracked(),
    }
}

impl Showing {
    /// Whether nothing at all was worked out anew.
    fn is_same(&self, other: &Self) -> bool {
        let document = |it: &Self| it.document.as_ref().map(Arc::as_ptr);
        document(self) == document(other)
            && Arc::ptr_eq(&self.findings, &other.findings)
            && Arc::ptr_eq(&self.marked, &other.marked)
            && self.pointed_at == other.pointed_at
    }

    fn shown(&self) -> Option<Shown> {
        let document = self.document.as_ref()?;
        let text = document.text.as_str();
        let lines = &document.lines;
        let mut marks = finding_marks(text, lines, &self.findings);
        let others = self.marked.iter();
        marks.extend(
            others.map(|(span, kind, title)| mark(text, lines, *span, kind, title.clone())),
        );
        let pointed_at = self.pointed_at;
        marks.extend(pointed_at.map(|it| mark(text, lines, it, "pointed-at", String::new())));
        Some(Shown {
            text: text.to_owned(),
            marks,
            is_invalid: document.has_errors(),
        })
    }
}

fn complete(code: Code, wants_more: StoredValue<bool>, at: u32) -> Option<Offer> {
    let knows = code.knows?;
    let document = code.document.get_untracked()?;
    let text = document.text.as_str();
    let offset = document.lines.offset(text, at);
    let found = knows.with(|about| ide::complete(text, offset, about));
    let wants = found.as_ref().is_some_and(|it| it.wants_catalogue);
    want(knows, wants_more, wants);
    let found = found?;
    (!found.items.is_empty()).then(|| offer(text, &document.lines, found))
}

fn about(
    code: Code,
    wants_more: StoredValue<bool>,
    card_fixes: StoredValue<Vec<(Rewrite, Fix)>>,
    at: u32,
) -> Option<Card> {
    let document = code.document.get_untracked()?;
    let text = document.text.as_str();
    let offset = document.lines.offset(text, at);
    let findings = code.findings.get_untracked();
    let hover = code
        .knows
        .and_then(|it| it.with(|about| ide::hover(text, offset, about)));
    let expansion = code
        .knows
        .and_then(|it| it.with(|about| ide::expand(text, offset, about)));
    if let Some(knows) = code.knows {
        want(
            knows,
            wants_more,
            hover.as_ref().is_some_and(|it| it.wants_catalogue),
        );
    }
    let n_expansions = usize::from(expansion.is_some());
    let told = told(
        text,
        &document.lines,
        offset,
        &findings,
        hover,
        expansion.into_iter().collect(),
    )?;
    let fixes = told.fixes.into_iter().enumerate();
    let kind = |idx| {
        if idx < n_expansions {
            Rewrite::Expand
        } else {
            Rewrite::Fix
        }
    };
    card_fixes.set_value(fixes.map(|(idx, fix)| (kind(idx), fix)).collect());
    Some(told.card)
}

/// Fetches the complete catalogue; the editor asks again when it is here.
fn want(knows: Knows, wants_more: StoredValue<bool>, wants: bool) {
    wants_more.set_value(wants);
    if wants {
        knows.reference.want(Part::All);
    }
}
