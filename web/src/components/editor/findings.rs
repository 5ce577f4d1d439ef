//! What is wrong with the text, in words; a click goes there.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    diagnostic::{Diagnostic, Fix, Severity},
    syntax::Span,
    world::Document,
};

use crate::{
    components::{icon, live, words::words},
    state::signal::{Signal, memo},
    view::{
        code,
        finding::{self, Finding},
        icon::Icon,
    },
};

/// The list, of a fixed height so that nothing jumps while one types.
#[component]
pub(crate) fn FindingList(
    #[prop(into)] document: Signal<Option<Arc<Document>>>,
    findings: Signal<Arc<Vec<Diagnostic>>>,
    #[prop(into)] on_finding: Callback<Span>,
    on_explain: Option<Callback<&'static str>>,
    #[prop(into)] on_fix: Callback<Fix>,
) -> impl IntoView {
    let rows = memo(move || {
        document.with(|it| {
            it.as_ref()
                .map(|it| findings.with(|all| finding::rows(it, all)))
                .unwrap_or_default()
        })
    });
    let n_all = memo(move || findings.with(|it| it.len()));
    let title = move || match n_all.get() {
        0 => "No findings".to_owned(),
        1 => "1 finding".to_owned(),
        n if n > finding::MAX_ROWS => {
            format!("{n} findings, the first {} of them", finding::MAX_ROWS)
        }
        n => format!("{n} findings"),
    };
    let items = move || {
        let item = |it: Finding| {
            let key = format!(
                "{} {} {} {}",
                it.start,
                it.end,
                it.message,
                it.fix.is_some()
            );
            live::item(key, move || row(it.clone(), on_finding, on_explain, on_fix))
        };
        rows.get().into_iter().map(item).collect()
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

fn row(
    it: Finding,
    on_finding: Callback<Span>,
    on_explain: Option<Callback<&'static str>>,
    on_fix: Callback<Fix>,
) -> AnyView {
    let span = it.span();
    let icon = match it.severity {
        Severity::Error => Icon::Cross,
        Severity::Warning => Icon::Warning,
        Severity::Suggestion => Icon::Question,
    };
    let fix = it.fix.clone().map(|fix| {
        let title = fix.title.clone();
        view! {
            <button type="button" class="button small finding-fix" on:click=move |_| on_fix.run(fix.clone())>
                {words(&title)}
            </button>
        }
    });
    let name = it.code;
    let code = on_explain.map(|on_explain| {
        view! {
            <button
                type="button"
                class="link finding-code"
                aria-label=format!("What {name} means")
                on:click=move |_| on_explain.run(name)
            >
                {name}
            </button>
        }
    });
    view! {
        <li class="finding-row">
            <button
                type="button"
                class=format!("finding is-{}", code::kind(it.severity))
                on:click=move |_| on_finding.run(span)
            >
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
            <span class="finding-more">
                {fix}
                {code}
            </span>
        </li>
    }
    .into_any()
}
