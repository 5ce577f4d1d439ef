//! The edge between two columns: drag it, or move it with the arrow keys.

use leptos::prelude::*;

use crate::browser::panes;
use crate::components::live;
use crate::state::signal::RwSignal;

/// Which way a column grows when its edge moves right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The column lies to the left of the edge.
    Left,
    /// The column lies to the right of the edge.
    Right,
}

const STEP: i32 = 16;

/// The edge of a column of `width` pixels, `standard` where nobody moved it.
#[component]
pub(crate) fn Splitter(
    #[prop(into)] label: String,
    side: Side,
    width: RwSignal<Option<u32>>,
    standard: u32,
    min: u32,
    max: u32,
) -> impl IntoView {
    let now = live::text(move || width.get().unwrap_or(standard).to_string());
    let grow = move |from: u32, pixels: i32| {
        let pixels = match side {
            Side::Left => pixels,
            Side::Right => -pixels,
        };
        width.set(Some(from.saturating_add_signed(pixels).clamp(min, max)));
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let from = width.get_untracked().unwrap_or(standard);
        match event.key().as_str() {
            "ArrowLeft" => grow(from, -STEP),
            "ArrowRight" => grow(from, STEP),
            "Home" => width.set(None),
            _ => return,
        }
        event.prevent_default();
    };
    let on_pointer = move |event: leptos::ev::PointerEvent| {
        event.prevent_default();
        let from = width.get_untracked().unwrap_or(standard);
        panes::drag(event.client_x(), move |pixels| grow(from, pixels));
    };
    view! {
        <div
            class="splitter"
            role="separator"
            tabindex="0"
            aria-orientation="vertical"
            aria-label=label
            aria-valuenow=now
            aria-valuemin=min
            aria-valuemax=max
            title="Drag, or use the arrow keys; double click for the usual width"
            on:keydown=on_key
            on:pointerdown=on_pointer
            on:dblclick=move |_| width.set(None)
        ></div>
    }
}
