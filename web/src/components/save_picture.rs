//! Two small buttons that save a picture: as SVG, and as PNG.

use leptos::prelude::*;

use crate::{
    browser::{download, look},
    view::svg::Svg,
};

/// The buttons for the picture that `draw` makes, in the dark colours or the light; `name` is the
/// file's, without its ending.
pub(crate) fn save_picture(
    name: &'static str,
    draw: impl Fn(bool) -> Svg + Clone + Send + 'static,
) -> AnyView {
    let draw_dots = draw.clone();
    let as_svg = move |_| {
        let svg = draw(look::is_dark());
        download::text(&format!("{name}.svg"), "image/svg+xml", &svg.text);
    };
    let as_png = move |_| {
        let svg = draw_dots(look::is_dark());
        download::png(format!("{name}.png"), &svg.text, svg.width, svg.height);
    };
    view! {
        <span class="save-picture" role="group" aria-label="Save the picture">
            <button type="button" class="button quiet small" title="Save this picture as SVG" on:click=as_svg>
                "SVG"
            </button>
            <button type="button" class="button quiet small" title="Save this picture as PNG" on:click=as_png>
                "PNG"
            </button>
        </span>
    }
    .into_any()
}
