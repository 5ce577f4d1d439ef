//! The five ideas as a picture, filled in with this scenario's names.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::flow::Flow;

use crate::{
    components::{actions::Actions, glossary::term_behind, icon, live, save_picture::save_picture},
    state::{
        selection::Selection,
        signal::{Signal, memo},
    },
    view::{icon::Icon, model, svg, term},
};

/// The panel.
#[component]
pub(crate) fn ModelPanel(#[prop(into)] flow: Signal<Arc<Flow>>, actions: Actions) -> impl IntoView {
    let ideas = memo(move || flow.with(|it| model::ideas(it)));
    let n_ideas = ideas.with_untracked(Vec::len);
    let cards = (0..n_ideas)
        .map(|idx| {
            let idea = memo(move || ideas.with(|it| it.get(idx).cloned()));
            live::maybe(move || idea.get().map(|it| card(it, term::of_idea(idx), actions)))
        })
        .collect_view();
    view! {
        <section class="panel panel-model" aria-labelledby="model-title">
            <div class="panel-head">
                <h2 id="model-title" class="panel-title">"Mental model"</h2>
                {save_picture("mental-model", move |is_dark| {
                    ideas.with_untracked(|it| svg::model(it, "Mental model", is_dark))
                })}
            </div>
            <ol class="model">{cards}</ol>
        </section>
    }
}

fn card(idea: model::Idea, about: &str, actions: Actions) -> AnyView {
    let entity = idea.entity.clone();
    let on_click = move |_| {
        if let Some(entity) = entity.clone() {
            actions.select.run(Selection::of_entity(entity));
        }
    };
    view! {
        <li class=format!("idea {}", idea.state.class())>
            <button type="button" class="idea-button" aria-keyshortcuts="?" disabled=idea.entity.is_none() on:click=on_click>
                <span class="idea-icon">{icon::icon(idea.icon)}</span>
                <span class="idea-text">
                    <span class="idea-line">
                        <span class="idea-title">{idea.title}</span>
                        <span class="idea-arrow" aria-hidden="true">"→"</span>
                        <span class="visually-hidden">": "</span>
                        <span class="idea-meaning">{idea.meaning}</span>
                    </span>
                    <span class="idea-name" title=idea.name.clone()>{idea.name.clone()}</span>
                </span>
                <span class="idea-state" title=idea.word>
                    {icon::icon(Icon::of_state(idea.state))}
                    <span class="visually-hidden">{idea.word}</span>
                </span>
            </button>
            {term_behind(about, idea.title)}
        </li>
    }
    .into_any()
}
