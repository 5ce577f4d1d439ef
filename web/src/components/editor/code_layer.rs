//! What lies behind the text area: line numbers, colours, wavy lines, the characters pointed at.
//!
//! Says nothing to a screen reader: the text area and the findings say it all.

use std::sync::Arc;

use leptos::prelude::*;

use crate::state::signal::{Signal, memo};
use rolewalk_core::{syntax::Span, world::Document};

use crate::components::live;
use crate::view::layers::{self, Brush, Line};

/// Underlines beyond these would only cost time.
const MAX_UNDERLINES: usize = 100;

/// The layer.
#[component]
pub(crate) fn CodeLayer(
    #[prop(into)] document: Signal<Option<Arc<Document>>>,
    #[prop(into)] mark: Signal<Option<Span>>,
) -> impl IntoView {
    let lines = memo(move || {
        document.with(|document| {
            document
                .as_ref()
                .map(|it| layers::lines(it.text.as_str(), &brushes(it, mark.get())))
                .unwrap_or_default()
        })
    });
    let n_lines = memo(move || lines.with(Vec::len));
    let numbers = move || {
        let mut numbers = String::new();
        for number in 1..=n_lines.get() {
            numbers.push_str(&number.to_string());
            numbers.push('\n');
        }
        numbers
    };
    let items = move || {
        let lines = lines.get().into_iter();
        lines
            .map(|it| live::item(it.key(), move || line_view(&it)))
            .collect()
    };
    view! {
        <div class="code-numbers" aria-hidden="true">{live::text(numbers)}</div>
        <div class="code-layer" aria-hidden="true">
            {live::list(items)}
        </div>
    }
}

fn brushes(document: &Document, mark: Option<Span>) -> Vec<(Span, Brush)> {
    let findings = document.diagnostics.iter().take(MAX_UNDERLINES).map(|it| {
        let brush = if it.is_error() {
            Brush::Error
        } else {
            Brush::Warning
        };
        (it.span(), brush)
    });
    findings.chain(mark.map(|it| (it, Brush::Mark))).collect()
}

fn line_view(line: &Line) -> AnyView {
    let piece =
        |it: &layers::Piece| view! { <span class=it.class()>{it.text.clone()}</span> }.into_any();
    let pieces: Vec<AnyView> = line.pieces.iter().map(piece).collect();
    view! { <div class="code-line">{pieces}"\n"</div> }.into_any()
}
