//! Turns what was found into sentences: the answer in AWS's own words, the reason, what to do.
//!
//! Decides nothing: every sentence is read off a trace or a flow. User text and code stand between
//! backticks, for the screen to set in a fixed-width face. Invariant: no sentence says more than
//! the value it was made from.

mod change;
mod check;
mod condition;
mod document;
mod error_message;
mod field;
mod gate;
mod grant;
mod hop;
mod identity;
mod import;
mod kind;
mod level;
mod note;
mod number;
mod possible;
mod reason;
mod service_words;
mod statement;
#[cfg(test)]
mod tests;
mod unjudged;
mod verdict;
mod whereabouts;
mod world_finding;

use crate::{
    names::DocumentName,
    syntax::Span,
    world::{DocumentId, EntityId},
};

pub(crate) use self::error_message::policy_type_where;
pub use self::{
    change::{dependent_sentence, json_refusal_sentence, refusal_sentence},
    check::{check_timing, check_title, check_why},
    document::{document_title, entity_name},
    error_message::{answer_sentence, aws_denial, aws_error},
    field::field_error_sentence,
    gate::gate_sentence,
    hop::{hop_short_title, hop_title, place_title},
    identity::{identity_details, identity_sentence},
    import::{import_note_sentence, imported_kind_name},
    kind::{KindWords, entity_kind, kind_words, thing_words},
    note::{choice_sentence, note_sentence, unmodelled_sentence},
    number::{counted, one_or_many},
    possible::Asked,
    statement::{
        element_sentence, element_title, layer_sentence, layer_title, layer_trace_title,
        statement_sentence, statement_title,
    },
    verdict::{
        Verdict, check_verdict, first_verdict, flow_verdict, hop_verdict, open_verdict,
        unjudged_check,
    },
    whereabouts::Whereabouts,
    world_finding::world_finding_sentence,
};

/// Where to look or what to edit: a text, some characters of it, or a thing's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Characters of a policy text.
    Text {
        /// Which text.
        document: DocumentId,
        /// Which characters.
        span: Span,
    },
    /// A policy text, from its top.
    Document(DocumentId),
    /// The settings of a thing.
    Entity(EntityId),
}

impl Spot {
    /// The characters a trace speaks of; nothing where the document is not of a world.
    pub fn in_document(name: &DocumentName, span: Span) -> Option<Self> {
        DocumentId::of(name).map(|document| Self::Text { document, span })
    }
}
