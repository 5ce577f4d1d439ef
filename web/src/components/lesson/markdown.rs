//! Markdown on the screen, as elements of our own.
//!
//! Draws the tree that `rolewalk_core::lesson::markdown` reads; words of the glossary lead there where they are first
//! mentioned. Invariant: nothing of a text becomes HTML, and its
//! links lead to `https:` alone, both of which that tree sees to.

use leptos::prelude::*;
use rolewalk_core::lesson::markdown::{self, Block, Inline};

use crate::{
    browser::terms::START,
    view::term::{Mention, mentions},
};

/// A text; one that cannot be read is shown as it is. `terms` are ids of cards of the glossary.
pub(crate) fn markdown(text: &str, terms: &[String]) -> AnyView {
    match markdown::read(text) {
        Ok(tree) => Terms(terms.to_vec()).blocks(&tree),
        Err(_) => view! { <p>{text.to_owned()}</p> }.into_any(),
    }
}

/// The cards of the glossary that the text has not led to yet.
struct Terms(Vec<String>);

impl Terms {
    fn blocks(&mut self, all: &[Block]) -> AnyView {
        let all: Vec<_> = all.iter().map(|it| self.block(it)).collect();
        all.into_any()
    }

    fn block(&mut self, it: &Block) -> AnyView {
        match it {
            // The lesson's own title is the heading above these.
            Block::Heading { level: 1 | 2, text } => view! { <h3>{plain(text)}</h3> }.into_any(),
            Block::Heading { text, .. } => view! { <h4>{plain(text)}</h4> }.into_any(),
            Block::Paragraph(text) => view! { <p>{self.inlines(text)}</p> }.into_any(),
            Block::List { start: None, items } => view! { <ul>{self.list(items)}</ul> }.into_any(),
            Block::List {
                start: Some(first),
                items,
            } => view! { <ol start=first.to_string()>{self.list(items)}</ol> }.into_any(),
            Block::Quote(inner) => {
                view! { <blockquote>{self.blocks(inner)}</blockquote> }.into_any()
            }
            Block::Code { text, .. } => {
                view! { <pre class="lesson-code" tabindex="0"><code>{text.clone()}</code></pre> }
                    .into_any()
            }
            Block::Rule => view! { <hr /> }.into_any(),
        }
    }

    fn list(&mut self, items: &[Vec<Block>]) -> AnyView {
        let item = |it: &Vec<Block>| view! { <li>{self.blocks(it)}</li> };
        items.iter().map(item).collect_view().into_any()
    }

    fn inlines(&mut self, all: &[Inline]) -> AnyView {
        let all: Vec<_> = all.iter().map(|it| self.inline(it)).collect();
        all.into_any()
    }

    fn inline(&mut self, it: &Inline) -> AnyView {
        match it {
            Inline::Text(text) => self.words(text),
            Inline::Code(text) => view! { <code>{text.clone()}</code> }.into_any(),
            Inline::Emphasis(inner) => view! { <em>{self.inlines(inner)}</em> }.into_any(),
            Inline::Strong(inner) => view! { <strong>{self.inlines(inner)}</strong> }.into_any(),
            Inline::Link { to, text } => {
                // One link does not lie in another.
                view! { <a href=to.clone() target="_blank" rel="noopener noreferrer">{plain(text)}</a> }
                    .into_any()
            }
            Inline::Break => view! { <br /> }.into_any(),
        }
    }

    fn words(&mut self, text: &str) -> AnyView {
        let piece = |it| match it {
            Mention::Words(text) => text.into_any(),
            Mention::Term(text, id) => {
                view! { <a class="term-word" href=format!("{START}/{id}")>{text}</a> }.into_any()
            }
        };
        let pieces = mentions(text, &mut self.0).into_iter().map(piece);
        pieces.collect_view().into_any()
    }
}

/// Without links to the glossary.
fn plain(all: &[Inline]) -> AnyView {
    Terms(Vec::new()).inlines(all)
}
