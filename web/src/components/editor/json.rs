//! A thing as JSON: edits count as soon as the text reads; until then the last good one does.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    diagnostic::{Diagnostic, Fix},
    explain,
    scenario::Scenario,
    syntax::{LineIndex, Span},
    world::{
        Document, EntityId, PolicyText,
        change::{JsonRefusal, json_of},
    },
};

use crate::{
    browser::editor::{self, Then},
    components::{
        actions::Actions,
        editor::{
            code_area::{Code, CodeArea},
            findings::FindingList,
        },
    },
    state::{
        signal::{RwSignal, Signal, memo},
        wish,
    },
};

/// What somebody typed, and what stood there as JSON when it was taken on or refused.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Typed {
    text: String,
    json: String,
    refusal: Option<JsonRefusal>,
}

/// Where a refusal points at, in bytes: the character that the reader stopped at.
fn span(text: &str, refusal: &JsonRefusal) -> Span {
    let JsonRefusal::Shape { line, column, .. } = refusal else {
        return Span::new(0, 0);
    };
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let start = (before + column.saturating_sub(1)).min(text.len());
    let start = (0..=start)
        .rev()
        .find(|it| text.is_char_boundary(*it))
        .unwrap_or(0);
    let next = text.get(start..).and_then(|it| it.chars().next());
    let end = start + next.map_or(0, char::len_utf8);
    let offset = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    Span::new(offset(start), offset(end))
}

fn document(text: &str, refusal: Option<&JsonRefusal>) -> Document {
    let diagnostic = |it: &JsonRefusal| {
        let help = "The last text that read counts until this one does.";
        let message = explain::json_refusal_sentence(it);
        Diagnostic::error("not-this-thing", span(text, it), message, help)
    };
    Document {
        text: PolicyText::from(text),
        lines: LineIndex::new(text),
        policy: None,
        diagnostics: refusal.map(diagnostic).into_iter().collect(),
    }
}

/// The editor of one thing's JSON.
#[component]
pub(crate) fn JsonEditor(
    entity: Signal<EntityId>,
    scenario: Signal<Arc<Scenario>>,
    /// Whether it is only read.
    is_locked: bool,
    actions: Actions,
) -> impl IntoView {
    let typed = RwSignal::new(None::<Typed>);
    let json = memo(move || {
        let json = scenario.with(|it| entity.with(|entity| json_of(&it.world, entity)));
        json.unwrap_or_default()
    });
    // What is typed stays as typed while it means what is there, or was refused there.
    let shown = memo(move || {
        let typed = typed.get();
        json.with(|json| match typed {
            Some(it) if it.json == *json => it,
            _ => Typed {
                text: json.clone(),
                json: json.clone(),
                refusal: None,
            },
        })
    });
    let text = memo(move || shown.with(|it| it.text.clone()));
    let document =
        memo(move || shown.with(|it| Some(Arc::new(document(&it.text, it.refusal.as_ref())))));
    let on_input = move |text: String| {
        let entity = entity.get_untracked();
        let edit = scenario.with_untracked(|it| wish::from_json(it, &entity, &text));
        let refusal = match edit {
            Ok(edit) => {
                actions.edit.run(edit);
                None
            }
            Err(refusal) => Some(refusal),
        };
        typed.set(Some(Typed {
            text,
            json: json.get_untracked(),
            refusal,
        }));
    };
    let go_to = move |span: Span| {
        document.with_untracked(|it| {
            if let Some(it) = it {
                let units = it.lines.utf16(it.text.as_str(), span);
                let position = it.lines.position(it.text.as_str(), span.start);
                let place = (position.line, position.column);
                editor::go_to(it.text.as_str(), units, place, Then::Select);
            }
        });
    };
    let findings = memo(move || {
        Arc::new(document.with(|it| {
            it.as_ref()
                .map_or_else(Vec::new, |it| it.diagnostics.clone())
        }))
    });
    let on_input = Callback::new(on_input);
    let rewritten = move |fix: Fix| text.with_untracked(|it| fix.apply(it));
    let code = Code {
        label: "JSON",
        is_locked,
        document,
        text,
        findings,
        mark: Signal::stored(None),
        marked: Signal::stored(Arc::default()),
        on_input,
        on_rewrite: Callback::new(move |(_, fix)| on_input.run(rewritten(fix))),
        on_explain: None,
        knows: None,
        has_tools: RwSignal::new(false),
    };
    view! {
        <CodeArea code />
        <FindingList
            document
            findings
            has_looked=Signal::stored(true)
            on_finding=Callback::new(go_to)
            on_explain=None
            is_locked
            on_fix=Callback::new(move |fix| on_input.run(rewritten(fix)))
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_points_at_the_character() {
        let shape = |line, column| JsonRefusal::Shape {
            line,
            column,
            message: String::new(),
        };
        let text = "{\n  \"ä\": x\n}";
        assert_eq!(span(text, &shape(2, 9)), Span::new(10, 11));
        assert_eq!(span(text, &shape(1, 0)), Span::new(0, 1));
        assert_eq!(span(text, &shape(99, 99)), Span::new(13, 13));
        assert_eq!(span("", &shape(1, 1)), Span::new(0, 0));
    }
}
