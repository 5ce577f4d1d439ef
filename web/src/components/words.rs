//! A sentence with code in it.

use leptos::prelude::*;

use crate::view::markup::{self, Piece};

/// The pieces of a sentence, code in a fixed-width face.
pub(crate) fn words(sentence: &str) -> AnyView {
    markup::pieces(sentence)
        .into_iter()
        .map(|it| match it {
            Piece::Words(text) => text.into_any(),
            Piece::Code(text) => view! { <code>{text}</code> }.into_any(),
        })
        .collect_view()
        .into_any()
}
