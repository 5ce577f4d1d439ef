//! What best practice advises against in this world. Its place is there from the first, so that nothing moves when it
//! arrives.

use leptos::prelude::*;
use rolewalk_core::advise::Severity;

use crate::{
    components::{actions::Actions, icon, live, words::words},
    state::signal::{RwSignal, Signal, memo},
    view::{
        advice::{self, Row},
        icon::Icon,
        markup,
    },
};

/// The panel: a heading with a count, and the list that it unfolds.
#[component]
pub(crate) fn AdvicePanel(
    /// Nothing until it is worked out for the first time.
    #[prop(into)]
    rows: Signal<Option<Vec<Row>>>,
    actions: Actions,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let worst = memo(move || rows.with(|it| it.as_ref()?.first().map(|it| it.severity)));
    let items = move || {
        let item = |it: Row| live::item(it.key(), move || row(&it, actions));
        rows.get().into_iter().flatten().map(item).collect()
    };
    let count = move || {
        let n = rows.with(|it| it.as_ref().map(Vec::len));
        n.map_or_else(|| "…".to_owned(), |it| it.to_string())
    };
    let summary = memo(move || rows.with(|it| advice::summary(it.as_deref())));
    let nothing = move || {
        let is_empty = rows.with(|it| it.as_ref().is_none_or(Vec::is_empty));
        is_empty.then(|| {
            let text = live::text(move || format!("{}.", markup::capitalised(&summary.get())));
            view! { <p class="advice-none">{text}</p> }
        })
    };
    view! {
        <section
            class="panel panel-advice"
            class:is-unfolded=live::flag(move || is_open.get())
            aria-labelledby="advice-title"
        >
            <h2 id="advice-title" class="panel-title">
                <button
                    type="button"
                    class="advice-head"
                    aria-expanded=live::text(move || is_open.get().to_string())
                    aria-controls="advice-list"
                    on:click=move |_| is_open.set(!is_open.get_untracked())
                >
                    {icon::icon(Icon::Chevron)}
                    "Advice "
                    <span class=live::text(move || {
                        format!("advice-count {}", worst.get().map_or("is-unreached", class))
                    })>
                        <span aria-hidden="true">{live::text(count)}</span>
                        <span class="visually-hidden">{live::text(move || summary.get())}</span>
                    </span>
                </button>
            </h2>
            <div class="advice-list" id="advice-list">
                {live::maybe(nothing)}
                <ul>{live::list(items)}</ul>
            </div>
        </section>
    }
}

const fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Danger => "is-shut",
        Severity::Warning => "is-losing",
        Severity::Info => "is-unreached",
    }
}

const fn icon_of(severity: Severity) -> Icon {
    match severity {
        Severity::Danger => Icon::Cross,
        Severity::Warning => Icon::Warning,
        Severity::Info => Icon::Point,
    }
}

fn row(row: &Row, actions: Actions) -> AnyView {
    let spot = row.spot.clone();
    view! {
        <li class=format!("advice {}", class(row.severity))>
            <span class="advice-sign">{icon::icon(icon_of(row.severity))}</span>
            <div class="advice-text">
                <p class="advice-title">
                    <span class="advice-word">{row.severity.word()}": "</span>
                    {words(&row.title)}
                </p>
                <p class="advice-why">{words(&row.why)}</p>
                <p class="advice-fix">{words(&row.fix)}</p>
                <button type="button" class="link advice-place" on:click=move |_| actions.open.run(spot.clone())>
                    {words(&format!("Open {}", row.place))}
                </button>
            </div>
        </li>
    }
    .into_any()
}
