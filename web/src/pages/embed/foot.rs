//! The line below a widget: the way back to the scenario as it was given, and the way out, into Rolewalk.
//!
//! The link out holds the scenario as it stands, and is made when somebody reaches for it. Invariant: no link is followed
//! that is of another scenario than the one that is shown.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::scenario::Scenario;

use crate::{
    browser::{location, root},
    components::{icon, live},
    pages::embed::{share_url, view::Embedded},
    state::signal::{RwSignal, memo},
    view::{icon::Icon, markup},
};

/// The line.
pub(super) fn foot(embedded: Embedded) -> AnyView {
    let Embedded {
        state,
        is_read_only,
        ..
    } = embedded;
    let is_changed = embedded.is_changed();
    let site = root::current().address("");
    // The link is made when somebody reaches for it, which is what its code is fetched for.
    let made = RwSignal::new(None::<(Arc<Scenario>, String)>);
    let url = memo(move || {
        let made = made.get()?;
        state.scenario.with(|now| *now == made.0).then_some(made.1)
    });
    // Of each scenario one at a time: who clicks while it is made follows it then.
    let making = RwSignal::new(None::<Arc<Scenario>>);
    let is_wanted = RwSignal::new(false);
    let refused = RwSignal::new(None::<(Arc<Scenario>, String)>);
    let reach = move || {
        let scenario = state.scenario.get_untracked();
        if making.with_untracked(|it| it.as_ref() == Some(&scenario)) {
            return;
        }
        making.set(Some(Arc::clone(&scenario)));
        root::spawn(async move {
            let answer = share_url(state).await;
            if making.get_if_there().flatten().as_ref() != Some(&scenario) {
                return;
            }
            making.set_if_there(None);
            let is_followed = is_wanted.get_if_there().unwrap_or_default();
            is_wanted.set_if_there(false);
            match answer {
                Ok(url) => {
                    if is_followed {
                        location::open_beside(&url);
                    }
                    made.set_if_there(Some((scenario, url)));
                }
                Err(trouble) if is_followed => {
                    let said = format!("{}: {}.", trouble.message, trouble.help);
                    let said = markup::plain(&markup::capitalised(&said));
                    refused.set_if_there(Some((scenario, said)));
                }
                Err(_) => (),
            }
        });
    };
    let reach_early = move || {
        if url.get_untracked().is_none() {
            reach();
        }
    };
    let go = move |event: leptos::ev::MouseEvent| {
        if url.get_untracked().is_none() {
            event.prevent_default();
            refused.set(None);
            is_wanted.set(true);
            reach();
        }
    };
    let why_not = move || {
        let (of, said) = refused.get()?;
        let is_so = url.get().is_none() && state.scenario.with(|now| *now == of);
        is_so.then(|| view! { <p class="embed-refused" role="alert">{said}</p> })
    };
    view! {
        <div class="embed-foot">
            {live::maybe(move || {
                (!is_read_only.get())
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button quiet small"
                                disabled=live::flag(move || !is_changed.get())
                                on:click=move |_| embedded.reset()
                            >
                                {icon::icon(Icon::Undo)}
                                <span>"Reset"</span>
                            </button>
                        }
                    })
            })}
            <span class="embed-name">"Rolewalk"</span>
            <a class="embed-out" target="_blank" rel="noopener"
                href=live::text(move || url.get().unwrap_or_else(|| site.clone()))
                on:pointerover=move |_| reach_early()
                on:focusin=move |_| reach_early()
                on:click=go
            >
                "Open in Rolewalk"
                <span class="visually-hidden">" (in a new tab)"</span>
                <span aria-hidden="true">" ↗"</span>
            </a>
            {live::maybe(why_not)}
        </div>
    }
    .into_any()
}
