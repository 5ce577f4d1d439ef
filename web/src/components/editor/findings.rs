//! What is wrong with the text, in words; a click goes there.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{syntax::Span, world::Document};

use crate::{
    components::{icon, live, words::words},
    state::signal::{Signal, memo},
    view::{
        finding::{self, Finding},
        icon::Icon,
    },
};

/// The list, of a fixed height so that nothing jumps while one types.
#[component]
pub(crate) fn FindingList(
    #[prop(into)] document: Signal<Option<Arc<Document>>>,
    #[prop(into)] on_finding: Callback<Span>,
) -> impl IntoView {
    let findings = memo(move || {
        document.with(|it| {
            it.as_ref()
                .map(|it| finding::findings(it))
                .unwrap_or_default()
        })
    });
    let n_all = memo(move || document.with(|it| it.as_ref().map_or(0, |it| it.diagnostics.len())));
    let title = move || match n_all.get() {
        0 => "No findings".to_owned(),
        1 => "1 finding".to_owned(),
        n if n > finding::MAX_ROWS => {
            format!("{n} findings, the first {} of them", finding::MAX_ROWS)
        }
        n => format!("{n} findings"),
    };
    let items = move || {
        let findings = findings.get().into_iter();
        let item = |it: Finding| {
            let key = format!("{} {} {}", it.start, it.end, it.message);
            live::item(key, move || row(it.clone(), on_finding))
        };
        findings.map(item).collect()
    };
    view! {
        <section class="findings" id="policy-findings" aria-label="Findings">
            <h3 class="findings-title" aria-live="polite">
                <span class:is-fine=live::flag(move || n_all.get() == 0)>{live::text(title)}</span>
            </h3>
            <ul class="findings-list">
                {live::list(items)}
            </ul>
        </section>
    }
}

fn row(it: Finding, on_finding: Callback<Span>) -> AnyView {
    let span = it.span();
    let class = if it.is_error {
        "finding is-error"
    } else {
        "finding is-warning"
    };
    let icon = if it.is_error {
        Icon::Cross
    } else {
        Icon::Warning
    };
    view! {
        <li>
            <button type="button" class=class on:click=move |_| on_finding.run(span)>
                <span class="finding-sign">{icon::icon(icon)}</span>
                <span class="finding-text">
                    <span class="finding-message">
                        <span class="finding-word">{it.word()}</span>
                        " "
                        <span class="finding-place">{it.place}</span>
                        ": "
                        {words(&it.message)}
                    </span>
                    <span class="visually-hidden">". "</span>
                    <span class="finding-help">{words(&it.help)}</span>
                </span>
            </button>
        </li>
    }
    .into_any()
}
