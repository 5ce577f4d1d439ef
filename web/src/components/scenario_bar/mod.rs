//! What is tried: the scenario in one sentence, its suggestion, and the verdict.

mod behind;
mod invitation;
mod sentence;
mod session;
mod verdict;
mod whereabouts;

pub(crate) use self::{
    invitation::InvitationLine,
    sentence::Sentence,
    verdict::{VerdictBanner, body as verdict_body},
};
