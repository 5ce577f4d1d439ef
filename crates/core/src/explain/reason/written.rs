//! What somebody wrote where, as an answer points to it.
//!
//! Knows the texts and nothing of why they decide. Invariant: what is repeated of a text stands in it, character by
//! character.

use crate::{
    explain::{Spot, document::document_title, reason::Answer},
    names::DocumentName,
    syntax::Span,
    trace::{ElementTrace, StatementTrace},
    world::DocumentId,
};

impl Answer<'_> {
    /// Where to look, at most three places.
    pub(crate) fn spots_of<'t>(
        &self,
        places: impl Iterator<Item = (&'t DocumentName, Span)>,
    ) -> Vec<(String, Spot)> {
        let spot = |(name, span)| {
            let spot = Spot::in_document(name, span)?;
            Some((format!("Show in the {}", self.title(name)), spot))
        };
        places.filter_map(spot).take(3).collect()
    }

    /// The patterns of an element as somebody wrote them.
    pub(super) fn patterns(
        &self,
        statement: &StatementTrace,
        element: &ElementTrace,
    ) -> Vec<String> {
        let document =
            DocumentId::of(&statement.at.document).and_then(|it| self.documents.get(&it));
        let Some(document) = document else {
            return Vec::new();
        };
        let parsed = document
            .policy
            .as_ref()
            .and_then(|it| it.statements.get(statement.at.index));
        let spans: Vec<Span> = match (element, parsed) {
            (ElementTrace::Resource { .. }, Some(parsed)) => {
                let patterns = parsed.resource.iter().flat_map(|it| &it.patterns);
                patterns.map(|it| it.span).collect()
            }
            (ElementTrace::Principal { .. }, Some(parsed)) => {
                let entries = parsed.principal.iter().flat_map(|it| &it.entries);
                entries.map(|it| it.span).collect()
            }
            _ => Vec::new(),
        };
        let written = |span: Span| self.written(statement, span);
        spans.into_iter().filter_map(written).collect()
    }

    /// What somebody wrote at a place of a statement's document, without its quotes.
    pub(super) fn written(&self, statement: &StatementTrace, span: Span) -> Option<String> {
        let document = self
            .documents
            .get(&DocumentId::of(&statement.at.document)?)?;
        let text = span.of(document.text.as_str())?;
        Some(text.trim_matches('"').to_owned())
    }

    /// What the document is called.
    pub(crate) fn title(&self, name: &DocumentName) -> String {
        DocumentId::of(name).map_or_else(
            || format!("policy `{name}`"),
            |it| document_title(&it, self.world),
        )
    }
}
