//! What is wrong with the text, in words; a click goes there.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    diagnostic::{Diagnostic, Fix, Severity},
    explain::counted,
    syntax::Span,
    world::Document,
};

use crate::{
    browser::clock::Pause,
    components::{icon, live, words::words},
    state::signal::{RwSignal, Signal, memo},
    view::{
        code,
        finding::{self, Finding},
        icon::Icon,
    },
};

/// So many findings have room enough.
const FEW: usize = 2;

/// How long somebody rests who has stopped typing: a screen reader is not to talk into each word.
const SPEAK_AFTER_MS: u32 = 800;

/// The list, of a fixed height so that nothing jumps while one types.
#[component]
pub(crate) fn FindingList(
    #[prop(into)] document: Signal<Option<Arc<Document>>>,
    findings: Signal<Arc<Vec<Diagnostic>>>,
    /// Whether all that looks for them has looked: before that, none is no answer.
    has_looked: Signal<bool>,
    #[prop(into)] on_finding: Callback<Span>,
    on_explain: Option<Callback<&'static str>>,
    /// Whether nothing can be mended, since the text is only read.
    is_locked: bool,
    #[prop(into)] on_fix: Callback<Fix>,
) -> impl IntoView {
    let is_whole = RwSignal::new(false);
    let rows = memo(move || {
        let is_whole = is_whole.get();
        document.with(|it| {
            it.as_ref()
                .map(|it| findings.with(|all| finding::rows(it, all, is_whole)))
                .unwrap_or_default()
        })
    });
    let n_all = memo(move || findings.with(|it| it.len()));
    let title = move || match n_all.get() {
        0 if !has_looked.get() => "Not looked at yet".to_owned(),
        0 => "No findings".to_owned(),
        n if n > finding::MAX_ROWS => {
            format!("{n} findings, the first {} of them", finding::MAX_ROWS)
        }
        n => counted(n, "finding", "findings"),
    };
    let spoken = spoken(document, n_all, has_looked);
    // A key before it moves a finding's bytes, and its row stays: what is pressed is looked up as it is then.
    let press = Press {
        rows,
        on_finding,
        on_explain,
        is_locked,
        on_fix,
    };
    let items = move || {
        let item = |it: Finding| live::item(it.key(), move || row(&it, press));
        rows.get().into_iter().map(item).collect()
    };
    let n_more = memo(move || findings.with(|it| finding::n_more(it)));
    let rest = move || {
        let n = n_more.get();
        (n > 0).then(|| {
            let (name, is_open) = if is_whole.get() {
                ("Show fewer".to_owned(), "true")
            } else {
                (format!("Show {n} more"), "false")
            };
            view! {
                <li class="finding-rest">
                    <button type="button" class="button small" aria-expanded=is_open on:click=move |_| is_whole.update(|it| *it = !*it)>
                        {name}
                    </button>
                </li>
            }
        })
    };
    // Of its own accord nothing here grows: the text above would jump while somebody types.
    let is_tall = RwSignal::new(false);
    let has_many = memo(move || n_all.get() > FEW);
    let height = move || {
        has_many.get().then(|| {
            view! {
                <button
                    type="button"
                    class="button small quiet"
                    aria-expanded=live::text(move || is_tall.get().to_string())
                    aria-controls="policy-findings"
                    on:click=move |_| is_tall.update(|it| *it = !*it)
                >
                    {live::text(move || if is_tall.get() { "Less room" } else { "More room" }.to_owned())}
                </button>
            }
        })
    };
    view! {
        <section
            class="findings"
            class:is-tall=live::flag(move || is_tall.get() && has_many.get())
            id="policy-findings"
            aria-label="Findings"
        >
            <div class="findings-head">
                <h3 class="findings-title">
                    <span class:is-fine=live::flag(move || n_all.get() == 0)>{live::text(title)}</span>
                </h3>
                <p class="visually-hidden" role="status">{live::text(move || spoken.get())}</p>
                {live::maybe(height)}
            </div>
            <ul class="findings-list">
                {live::list(items)} {live::maybe(rest)}
            </ul>
        </section>
    }
}

/// What is read out of the findings of a text that somebody changes: once, when they rest, and only where it is something new.
fn spoken(
    document: Signal<Option<Arc<Document>>>,
    n_all: Signal<usize>,
    has_looked: Signal<bool>,
) -> RwSignal<String> {
    let spoken = RwSignal::new(String::new());
    let first = document.get_untracked();
    let known = StoredValue::new(None::<usize>);
    let pause = Pause::here();
    let n_now = move || has_looked.get_untracked().then(|| n_all.get_untracked());
    Effect::new(move |was_changed: Option<bool>| {
        let is_first = match (&first, &document.get()) {
            (Some(first), Some(now)) => Arc::ptr_eq(first, now),
            (first, now) => first.is_none() && now.is_none(),
        };
        n_all.track();
        has_looked.track();
        let is_changed = was_changed.unwrap_or_default() || !is_first;
        if is_changed {
            let speak = move || {
                let n = n_now();
                if n.is_some() && n != known.get_value() {
                    known.set_value(n);
                    // Not in the words of the title, which is read by whoever goes there.
                    spoken.set_if_there(match n {
                        Some(0) => "Findings in the text: none.".to_owned(),
                        Some(n) => format!("Findings in the text: {n}."),
                        None => String::new(),
                    });
                }
            };
            pause.wait(SPEAK_AFTER_MS, speak);
        } else {
            known.set_value(n_now());
        }
        is_changed
    });
    spoken
}

/// What the buttons of a row do.
#[derive(Clone, Copy)]
struct Press {
    rows: Signal<Vec<Finding>>,
    on_finding: Callback<Span>,
    on_explain: Option<Callback<&'static str>>,
    is_locked: bool,
    on_fix: Callback<Fix>,
}

impl Press {
    /// The finding of a row as it is now.
    fn now<T>(self, key: &str, read: impl FnOnce(&Finding) -> Option<T>) -> Option<T> {
        self.rows
            .with_untracked(|rows| rows.iter().find(|it| it.key() == key).and_then(read))
    }
}

fn row(it: &Finding, press: Press) -> AnyView {
    let key = StoredValue::new(it.key());
    let icon = match it.severity {
        Severity::Error => Icon::Cross,
        Severity::Warning => Icon::Warning,
        Severity::Suggestion => Icon::Question,
    };
    let fix = it.fix.as_ref().filter(|_| !press.is_locked);
    let fix = fix.map(|fix| {
        let mend = move |_| {
            if let Some(fix) = key.with_value(|key| press.now(key, |it| it.fix.clone())) {
                press.on_fix.run(fix);
            }
        };
        view! {
            <button type="button" class="button small finding-fix" on:click=mend>
                {words(&fix.title)}
            </button>
        }
    });
    let name = it.code;
    let code = press.on_explain.map(|on_explain| {
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
    let go = move |_| {
        if let Some(span) = key.with_value(|key| press.now(key, |it| Some(it.span()))) {
            press.on_finding.run(span);
        }
    };
    view! {
        <li class="finding-row">
            <button
                type="button"
                class=format!("finding is-{}", code::kind(it.severity))
                on:click=go
            >
                <span class="finding-sign">{icon::icon(icon)}</span>
                <span class="finding-text">
                    <span class="finding-message">
                        <span class="finding-word">{it.word()}</span>
                        " "
                        <span class="finding-place">{it.place.clone()}</span>
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
