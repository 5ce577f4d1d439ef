//! How a door stands: a shape, a word and a colour.

use leptos::prelude::*;

use crate::{
    components::icon,
    view::{door::DoorState, icon::Icon},
};

/// The chip; `word` where it says something else than the state's own word.
pub(crate) fn state_chip(state: DoorState, word: Option<&'static str>) -> AnyView {
    view! {
        <span class=format!("chip {}", state.class())>
            {icon::icon(Icon::of_state(state))}
            {word.unwrap_or_else(|| state.word())}
        </span>
    }
    .into_any()
}
