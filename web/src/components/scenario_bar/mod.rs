//! What is tried: the scenario in one sentence, its suggestion, and the verdict.

mod invitation;
mod sentence;
mod verdict;

pub(crate) use self::{
    invitation::{Invitation, about},
    sentence::Sentence,
    verdict::{VerdictBanner, body as verdict_body},
};
