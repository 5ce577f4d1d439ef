//! What an editor of policies asks for: completion, hover, formatting, what a wildcard stands for.
//!
//! Answers about half-typed texts too, and never changes one by itself. Knows nothing of the screen. Invariant: places
//! are bytes of the text that was asked about.

mod complete;
mod expand;
mod format;
mod fuzzy;
mod hover;
mod place;
mod spot;
mod things;
mod tree;
mod words;
mod write;

use crate::{
    catalogue::Catalogue,
    diagnostic::{Fix, TextEdit},
    policy::PolicyKind,
    request::Request,
    syntax::Span,
    world::{DocumentId, World},
};

/// What the answers may draw on.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// What the text is meant to be.
    pub kind: PolicyKind,
    /// Which text of the world it is, where it is one: a bucket's policy is about that bucket.
    pub document: Option<&'a DocumentId>,
    /// What AWS has.
    pub catalogue: &'a Catalogue,
    /// What this world has.
    pub world: &'a World,
    /// The request of the check that is selected: variables have its values.
    pub request: Option<&'a Request>,
}

/// What could stand at the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// What is being typed: an accepted one takes its place. Empty where nothing is typed yet.
    pub span: Span,
    /// Where a forgotten `,` or `:` is put in besides, in front of `span`.
    pub before: Option<TextEdit>,
    /// The best first.
    pub items: Vec<Completion>,
    /// How many more fit, and are left out until more is typed.
    pub n_more: usize,
    /// Whether more would be offered with the complete catalogue.
    pub wants_catalogue: bool,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What it is.
    pub kind: CompletionKind,
    /// What is shown.
    pub label: String,
    /// A few words beside it, such as an access level.
    pub detail: String,
    /// What it is, in a sentence or two; may be empty.
    pub description: String,
    /// What is written in the place of [`Completions::span`], quotes and all.
    pub insert: String,
    /// Where the caret goes, in bytes from the start of `insert`.
    pub caret: usize,
    /// Where what it takes the place of ends: mostly where [`Completions::span`] does. Further on for what is offered
    /// inside of a list and belongs behind it: the brackets in between are written again.
    pub end: u32,
    /// Whether one would at once want the next completion there, such as behind `s3:`.
    pub goes_on: bool,
}

impl Completions {
    /// What is written where when one of them is accepted, in order of place.
    pub fn edits(&self, accepted: &Completion) -> Vec<TextEdit> {
        let main = TextEdit {
            span: Span::new(self.span.start, accepted.end),
            text: accepted.insert.clone(),
        };
        self.before.iter().cloned().chain([main]).collect()
    }

    /// Where the caret goes then, in bytes of the new text.
    pub fn caret(&self, accepted: &Completion) -> usize {
        let before = self.before.as_ref().map_or(0, |it| it.text.len());
        self.span.start as usize + before + accepted.caret
    }
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CompletionKind {
    /// An element of the grammar, such as `Statement`.
    Element,
    /// A service, such as `s3:`.
    Service,
    /// An action.
    Action,
    /// An ARN, or the pattern of one.
    Arn,
    /// A principal.
    Principal,
    /// A condition operator.
    Operator,
    /// A condition key.
    Key,
    /// A value.
    Value,
    /// A policy variable.
    Variable,
}

/// What is to know of the characters under the pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is about.
    pub span: Span,
    /// Its name, such as `s3:GetObject`.
    pub title: String,
    /// What it is, such as `action of Amazon S3 · Read`.
    pub subtitle: String,
    /// Sentences, names in backticks.
    pub lines: Vec<String>,
    /// Whether more could be said with the complete catalogue.
    pub wants_catalogue: bool,
}

/// What could stand at `offset`. `None` where nothing can, as in the middle of a number.
pub fn complete(text: &str, offset: u32, about: &About<'_>) -> Option<Completions> {
    complete::complete(text, offset, about)
}

/// What is to know of what stands at `offset`.
pub fn hover(text: &str, offset: u32, about: &About<'_>) -> Option<Hover> {
    hover::hover(text, offset, about)
}

/// Writes the text in AWS's layout, with as few changes as possible. `None` where it is not JSON.
pub fn format(text: &str) -> Option<Fix> {
    format::format(text)
}

/// Writes the actions that the wildcard at `offset` takes in, in its place. `None` where there is none.
pub fn expand(text: &str, offset: u32, about: &About<'_>) -> Option<Fix> {
    expand::expand(text, offset, about)
}
