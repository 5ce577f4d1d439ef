//! What best practice advises against in this world; not there while there is nothing.

use leptos::prelude::*;
use rolewalk_core::advise::Severity;

use crate::{
    components::{actions::Actions, icon, live, words::words},
    state::signal::{RwSignal, Signal, memo},
    view::{
        advice::{self, Row},
        icon::Icon,
    },
};

/// The panel: a heading with a count, and the list that it unfolds.
#[component]
pub(crate) fn AdvicePanel(#[prop(into)] rows: Signal<Vec<Row>>, actions: Actions) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let worst = memo(move || rows.with(|it| it.first().map(|it| it.severity)));
    let items = move || {
        let item = |it: Row| live::item(it.key(), move || row(&it, actions));
        rows.get().into_iter().map(item).collect()
    };
    view! {
        <section
            class="panel panel-advice"
            class:is-empty=live::flag(move || rows.with(Vec::is_empty))
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
                        format!("advice-count {}", worst.get().map_or("", class))
                    })>
                        <span aria-hidden="true">{live::text(move || rows.with(Vec::len).to_string())}</span>
                        <span class="visually-hidden">
                            {live::text(move || rows.with(|it| advice::summary(it)))}
                        </span>
                    </span>
                </button>
            </h2>
            <ul class="advice-list" id="advice-list">
                {live::list(items)}
            </ul>
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
