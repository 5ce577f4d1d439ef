//! A text that is edited: a text area first, the editor when it has arrived, and buttons above both.
//!
//! Knows findings and marks, and not where they come from. Invariant: the text area is made once for each text and never
//! remade while one types; where the editor does not arrive, or the text is too long for it, the text area stays.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use leptos::prelude::*;
use rolewalk_core::{
    diagnostic::{Diagnostic, Fix},
    ide,
    syntax::Span,
    world::Document,
};

use crate::{
    browser::{
        code::{self, Ask},
        editor,
    },
    components::{
        editor::{
            code_layer::CodeLayer,
            rich::{Knows, open_editor, tools_arrive},
        },
        live,
    },
    late::{self, late},
    state::{
        edit::Rewrite,
        signal::{RwSignal, Signal, memo},
    },
    view::{layers, plain},
};

/// Texts longer than this stay in the text area.
const MAX_BYTES: usize = 1_000_000;

/// Characters that are marked: where, how, and what is said of them.
pub(crate) type Marked = (Span, &'static str, String);

/// Everything about one text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Code {
    /// What the field is called.
    pub(crate) label: &'static str,
    /// Whether it is only read.
    pub(crate) is_locked: bool,
    /// The text as parsed.
    pub(crate) document: Signal<Option<Arc<Document>>>,
    /// The text.
    pub(crate) text: Signal<String>,
    /// What is wrong with it.
    pub(crate) findings: Signal<Arc<Vec<Diagnostic>>>,
    /// The characters that the page points at.
    pub(crate) mark: Signal<Option<Span>>,
    /// What else is marked.
    pub(crate) marked: Signal<Arc<Vec<Marked>>>,
    /// Hears of each change.
    pub(crate) on_input: Callback<String>,
    /// Hears of what the page writes itself.
    pub(crate) on_rewrite: Callback<(Rewrite, Fix)>,
    /// Explains a kind of finding.
    pub(crate) on_explain: Option<Callback<&'static str>>,
    /// What completion and hover draw on, where the text is a policy.
    pub(crate) knows: Option<Knows>,
    /// Whether the tools of the editor are here.
    pub(crate) has_tools: RwSignal<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arrival {
    OnItsWay,
    Here,
    Missing,
}

/// The text with its buttons.
#[component]
pub(crate) fn CodeArea(code: Code) -> impl IntoView {
    let is_short = memo(move || code.text.with(|it| it.len() <= layers::MAX_BYTES));
    let is_long = memo(move || code.text.with(|it| it.len() > MAX_BYTES));
    let has_errors = memo(move || {
        code.document
            .with(|it| it.as_ref().is_some_and(|it| it.has_errors()))
    });
    let arrival = RwSignal::new(Arrival::OnItsWay);
    let is_composing = RwSignal::new(false);
    let is_rich = RwSignal::new(false);
    let fetch = fetching(arrival, code.has_tools);
    fetch();
    take_turns(code, arrival, is_long, is_composing, is_rich);
    let layer = move || {
        let is_painted = is_short.get() && !is_rich.get();
        is_painted.then(|| view! { <CodeLayer document=code.document mark=code.mark /> }.into_any())
    };
    let area = move || {
        (!is_rich.get()).then(|| {
            view! {
                <textarea
                    id=editor::TEXT_ID
                    class="code-text"
                    spellcheck="false"
                    autocomplete="off"
                    autocapitalize="off"
                    wrap="off"
                    readonly=code.is_locked
                    aria-label=code.label
                    aria-describedby="policy-findings"
                    aria-invalid=live::text(move || has_errors.get().to_string())
                    prop:value=live::text(move || code.text.get())
                    on:compositionstart=move |_| is_composing.set(true)
                    on:compositionend=move |_| is_composing.set(false)
                    on:input:target=move |event| {
                        let value = event.target().value();
                        code.on_input.run(code.text.with_untracked(|it| plain::typed(it, value)));
                    }
                ></textarea>
            }
            .into_any()
        })
    };
    view! {
        <Bar code arrival is_long is_rich fetch=Callback::new(move |()| {
            arrival.set(Arrival::OnItsWay);
            fetch();
        }) />
        <div
            class="code"
            class:is-long=live::flag(move || !is_short.get() && !is_rich.get())
            class:is-rich=live::flag(move || is_rich.get())
            id=editor::SCROLLER_ID
        >
            {live::maybe(layer)}
            {live::maybe(area)}
            <div class="code-editor" id=code::PLACE_ID></div>
        </div>
    }
}

/// Fetches the editor and its tools: at once where both are here, else when the page has nothing else to do.
fn fetching(
    arrival: RwSignal<Arrival>,
    has_tools: RwSignal<bool>,
) -> impl Fn() + Copy + Send + Sync + 'static {
    move || {
        if code::is_here() && matches!(late::now(tools_arrive()), Some(Ok(()))) {
            has_tools.set(true);
            return arrival.set(Arrival::Here);
        }
        code::when_idle(move || {
            late::then(tools_arrive(), move |tools| {
                has_tools.set_if_there(tools.is_ok());
                let has_tools = tools.is_ok();
                code::fetch(move |is_here| {
                    arrival.set_if_there(if is_here && has_tools {
                        Arrival::Here
                    } else {
                        Arrival::Missing
                    });
                });
            });
        });
    }
}

/// Puts the editor in the text area's place when it is here, and the text area in the editor's when the text gets too
/// long.
fn take_turns(
    code: Code,
    arrival: RwSignal<Arrival>,
    is_long: Signal<bool>,
    is_composing: RwSignal<bool>,
    is_rich: RwSignal<bool>,
) {
    let Some(owner) = Owner::current() else {
        return;
    };
    let is_gone = Arc::new(AtomicBool::new(false));
    let gone = Arc::clone(&is_gone);
    let rich_owner = owner.child();
    Effect::new(move |_| {
        // What is being composed would be lost with the text area.
        let wants = arrival.get() == Arrival::Here && !is_long.get() && !is_composing.get();
        if wants == is_rich.get_untracked() || is_gone.load(Ordering::Relaxed) {
            return;
        }
        if wants {
            let is_open =
                rich_owner.with(|| matches!(late::now(open_editor(code)), Some(Ok(true))));
            is_rich.set(is_open);
        } else {
            let left = code::destroy();
            rich_owner.cleanup();
            is_rich.set(false);
            if let Some((start, end, has_focus)) = left {
                code.text
                    .with_untracked(|it| editor::hand_back(it, start, end, has_focus));
            }
        }
    });
    on_cleanup(move || {
        gone.store(true, Ordering::Relaxed);
        let _ = code::destroy();
    });
}

/// The buttons above the text, and what to know of the editor.
#[component]
fn Bar(
    code: Code,
    arrival: RwSignal<Arrival>,
    is_long: Signal<bool>,
    is_rich: RwSignal<bool>,
    fetch: Callback<()>,
) -> impl IntoView {
    let asking = move |label: &'static str, title: &'static str, ask: Ask| {
        view! {
            <button
                type="button"
                class="button quiet small"
                title=title
                disabled=live::flag(move || !is_rich.get())
                on:click=move |_| code::ask(ask)
            >
                {label}
            </button>
        }
    };
    let knows = code.knows.is_some();
    let is_open = !code.is_locked;
    let note = move || {
        if is_long.get() {
            return Some(view! { <span>"This text is too long for the editor: here it can be edited as it is."</span> }.into_any());
        }
        (arrival.get() == Arrival::Missing).then(|| {
            view! {
                <span>"The editor could not be fetched; this plain field works without it. "</span>
                <button type="button" class="button small" on:click=move |_| fetch.run(())>
                    "Try again"
                </button>
            }
            .into_any()
        })
    };
    view! {
        <div class="code-bar" role="group" aria-label="Text">
            {is_open
                .then(|| {
                    view! {
                        <button type="button" class="button quiet small" title="Lays the text out as AWS does (Shift+Alt+F)" on:click=move |_| format(code)>
                            "Format"
                        </button>
                    }
                })}
            {asking("Find", "Search and replace (Ctrl+F)", Ask::Search)}
            {(knows && is_open).then(|| asking("Suggest", "What could stand at the caret (Ctrl+Space)", Ask::Complete))}
            {knows.then(|| asking("What is this?", "What stands at the caret, what is wrong with it and what can be done (F1)", Ask::Explain))}
        </div>
        <div class="code-note" role="status">{live::maybe(note)}</div>
    }
}

/// Lays the text out, as it is when what does that is here. Nothing happens where the text is only read, or no longer
/// open by then.
pub(crate) fn format(code: Code) {
    if code.is_locked {
        return;
    }
    let text = move || code.text.get_if_there();
    late::when_here(
        format_arrives(),
        move || formatted(text().unwrap_or_default()),
        move |found| {
            if let Ok((of, Some(fix))) = found
                && text().as_ref() == Some(&of)
            {
                let _ = code.on_rewrite.try_run((Rewrite::Format, fix));
            }
        },
    );
}

late! {
    ide, format_arrives:
    /// What lays the text out, where it is JSON and not laid out already.
    fn formatted(text: String) -> (String, Option<Fix>) {
        let fix = ide::format(&text).filter(|it| !it.edits.is_empty());
        (text, fix)
    }
}
