//! The solution beside one's own.

use leptos::prelude::*;
use rolewalk_core::{
    explain,
    lesson::{Compared, Part},
    world::World,
};

use crate::{components::words::words, view::markup};

/// Both, part by part; `because` says why the solution is as it is.
pub(crate) fn comparison(parts: Vec<Compared>, because: &str, world: &World) -> AnyView {
    let part = |it: Compared| {
        let title = match &it.part {
            Part::Document(id) => markup::capitalised(&explain::document_title(id, world)),
            Part::Value(at) => format!("`{at}`"),
        };
        view! {
            <section class="compared">
                <h3>{words(&title)}</h3>
                <div class="compared-sides">
                    {side("Yours", it.own)}
                    {side("Ours", it.solution)}
                </div>
                {it.is_as_typed
                    .then(|| {
                        view! { <p class="field-help">"Yours is no JSON yet, so it stands as you typed it."</p> }
                    })}
            </section>
        }
    };
    let is_same = parts.is_empty();
    let is_laid_out = parts.iter().any(|it| it.own.is_some() && !it.is_as_typed);
    view! {
        <div class="comparison">
            <p>{words(because)}</p>
            {is_same.then(|| view! { <p>"Yours says the same."</p> })}
            {parts.into_iter().map(part).collect_view()}
            {is_laid_out
                .then(|| {
                    view! { <p class="field-help">"Both are laid out alike here, in the same order; in the editor yours stays as you typed it."</p> }
                })}
            <p class="field-help">"Another answer that meets the goals is as good."</p>
        </div>
    }
    .into_any()
}

fn side(title: &'static str, text: Option<String>) -> AnyView {
    let text = text.map_or_else(
        || view! { <p class="field-help">"Nothing is there."</p> }.into_any(),
        |it| view! { <pre class="lesson-code" tabindex="0" role="group" aria-label=title><code>{it}</code></pre> }.into_any(),
    );
    view! { <div><h4>{title}</h4>{text}</div> }.into_any()
}
