//! Markdown on the screen, as elements of our own.
//!
//! Draws the tree that `rolewalk_core::lesson::markdown` reads. Invariant: nothing of a text becomes HTML, and its
//! links lead to `https:` alone, both of which that tree sees to.

use leptos::prelude::*;
use rolewalk_core::lesson::markdown::{self, Block, Inline};

/// A text; one that cannot be read is shown as it is.
pub(crate) fn markdown(text: &str) -> AnyView {
    match markdown::read(text) {
        Ok(tree) => blocks(&tree),
        Err(_) => view! { <p>{text.to_owned()}</p> }.into_any(),
    }
}

fn blocks(all: &[Block]) -> AnyView {
    all.iter().map(block).collect_view().into_any()
}

fn block(it: &Block) -> AnyView {
    match it {
        // The lesson's own title is the heading above these.
        Block::Heading { level: 1 | 2, text } => view! { <h3>{inlines(text)}</h3> }.into_any(),
        Block::Heading { text, .. } => view! { <h4>{inlines(text)}</h4> }.into_any(),
        Block::Paragraph(text) => view! { <p>{inlines(text)}</p> }.into_any(),
        Block::List { start: None, items } => view! { <ul>{list(items)}</ul> }.into_any(),
        Block::List {
            start: Some(first),
            items,
        } => view! { <ol start=first.to_string()>{list(items)}</ol> }.into_any(),
        Block::Quote(inner) => view! { <blockquote>{blocks(inner)}</blockquote> }.into_any(),
        Block::Code { text, .. } => {
            view! { <pre class="lesson-code" tabindex="0"><code>{text.clone()}</code></pre> }
                .into_any()
        }
        Block::Rule => view! { <hr /> }.into_any(),
    }
}

fn list(items: &[Vec<Block>]) -> AnyView {
    let item = |it: &Vec<Block>| view! { <li>{blocks(it)}</li> };
    items.iter().map(item).collect_view().into_any()
}

fn inlines(all: &[Inline]) -> AnyView {
    all.iter().map(inline).collect_view().into_any()
}

fn inline(it: &Inline) -> AnyView {
    match it {
        Inline::Text(text) => text.clone().into_any(),
        Inline::Code(text) => view! { <code>{text.clone()}</code> }.into_any(),
        Inline::Emphasis(inner) => view! { <em>{inlines(inner)}</em> }.into_any(),
        Inline::Strong(inner) => view! { <strong>{inlines(inner)}</strong> }.into_any(),
        Inline::Link { to, text } => {
            view! { <a href=to.clone() target="_blank" rel="noopener noreferrer">{inlines(text)}</a> }
                .into_any()
        }
        Inline::Break => view! { <br /> }.into_any(),
    }
}
