//! What helps: hints one at a time, the solution where the course allows it, and the start again.

use leptos::prelude::*;

use crate::{
    browser::focus,
    components::{icon, lesson::Deeds, live, words::words},
    state::{lesson::Sitting, signal::memo},
    view::icon::Icon,
};

/// The hints and the buttons below them.
const HELP: &str = "lesson-help";

/// The hints that were asked for, and the buttons.
#[component]
pub(crate) fn Help(sitting: Sitting, deeds: Deeds) -> impl IntoView {
    let hints = sitting.read(|given, it| {
        let is_kept_back = given.settings().without_hints;
        if is_kept_back {
            Vec::new()
        } else {
            it.sheet.hints.clone()
        }
    });
    let hints = StoredValue::new(hints.unwrap_or_default());
    let n_hints = hints.with_value(Vec::len);
    let n_seen = memo(move || sitting.n_hints.get().min(n_hints));
    let item = move |idx: usize| {
        let text = hints.with_value(|it| it.get(idx).cloned().unwrap_or_default());
        live::item(idx.to_string(), move || {
            view! { <li>{words(&text)}</li> }.into_any()
        })
    };
    let seen = move || (0..n_seen.get()).map(item).collect();
    let label = move || match n_hints - n_seen.get() {
        n if n == n_hints => "A hint".to_owned(),
        n => format!("Another hint ({n} left)"),
    };
    let hint = move || {
        let is_left =
            n_seen.get() < n_hints && !sitting.is_solved.get() && !sitting.is_covered.get();
        is_left.then(|| {
            view! {
                <button type="button" class="button small" on:click=move |_| {
                    sitting.take_hint();
                    focus::reveal(HELP.to_owned());
                }>
                    {icon::icon(Icon::Question)}
                    {live::text(label)}
                </button>
            }
        })
    };
    let solution = move || {
        let asks = sitting.shows_solution()?;
        // What was solved has its own button beside the score.
        asks.then(|| {
            view! {
                <button type="button" class="button quiet small" on:click=move |_| deeds.show_solution.run(true)>
                    "Solution …"
                </button>
            }
        })
    };
    view! {
        <div id=HELP class="help told-place">
            <ol class="hints" aria-live="polite" aria-label="Hints">{live::list(seen)}</ol>
            <div class="button-row">
                {live::maybe(hint)}
                {live::maybe(solution)}
                <button type="button" class="button quiet small" on:click=move |_| deeds.start_over.run(())>
                    {icon::icon(Icon::Restart)}
                    "Start over …"
                </button>
            </div>
        </div>
    }
}
