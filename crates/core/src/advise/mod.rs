//! Best practices as findings over a world: what is allowed here and had better not be.
//!
//! One file for each finding: what it is, why, AWS's page, the check, the words; its cases are data, in
//! `tests/advice/`. Whether
//! somebody may do something is asked of the engine with the world's own policies, so a `Deny`, a
//! boundary or a policy of the organization takes a finding away; the parsed statements only say
//! where. Knows nothing of the screen. Invariant: advice never changes a decision.
//!
//! The people and roles that are looked at are those of the home account.

mod access_keys;
mod anybody;
mod deprecated_key;
mod escalation;
mod inquiry;
mod mixed_trust;
mod pass_role;
mod presign;
mod service_trust;
mod shared_role;
mod shared_space;
mod steps;
mod wildcard;

pub use self::{
    access_keys::LongTermKeys,
    anybody::Anybody,
    deprecated_key::DeprecatedKey,
    escalation::{Escalation, Means, Step},
    mixed_trust::MixedTrust,
    pass_role::{PassRole, PassRoleWidth},
    presign::PresignAny,
    service_trust::{ConfusedDeputy, NarrowSource},
    shared_role::OneRoleForAll,
    shared_space::{NoSpaceRole, SpaceRole},
    steps::Steps,
    wildcard::Everything,
};
use crate::{
    advise::{inquiry::Inquiry, steps::rest},
    catalogue::Catalogue,
    explain::Spot,
    policy::spelling::series,
    world::{Documents, World},
};

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Somebody can become more than they are meant to be, or anybody gets in.
    Danger,
    /// More is allowed than the work needs.
    Warning,
    /// Good to know.
    Info,
}

impl Severity {
    /// As a word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Danger => "Danger",
            Self::Warning => "Warning",
            Self::Info => "Info",
        }
    }
}

/// One piece of advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// How much it matters.
    pub severity: Severity,
    /// What was found, with everybody it is about.
    pub finding: Finding,
    /// Where to change it.
    pub place: Spot,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is what the type in it says")]
pub enum Finding {
    LongTermKeys(LongTermKeys),
    MixedTrust(MixedTrust),
    PassRole(PassRole),
    PresignAny(PresignAny),
    ConfusedDeputy(ConfusedDeputy),
    NarrowSource(NarrowSource),
    SpaceRole(SpaceRole),
    NoSpaceRole(NoSpaceRole),
    OneRoleForAll(OneRoleForAll),
    Escalation(Escalation),
    Anybody(Anybody),
    Everything(Everything),
    DeprecatedKey(DeprecatedKey),
}

/// A finding in words: user text and code stand between backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What is so, in one line without a final stop.
    pub title: String,
    /// Why it matters, in a sentence or two.
    pub why: String,
    /// What to do, in a sentence.
    pub fix: String,
}

impl Finding {
    /// What it is called in tests and in addresses.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::LongTermKeys(_) => "long-term-keys",
            Self::MixedTrust(_) => "people-and-services",
            Self::PassRole(_) => "pass-role",
            Self::PresignAny(_) => "presign-any-profile",
            Self::ConfusedDeputy(_) => "confused-deputy",
            Self::NarrowSource(_) => "narrow-source-arn",
            Self::SpaceRole(_) => "space-role",
            Self::NoSpaceRole(_) => "no-space-role",
            Self::OneRoleForAll(_) => "one-role-for-all",
            Self::Escalation(_) => "admin-reachable",
            Self::Anybody(_) => "anybody",
            Self::Everything(_) => "everything",
            Self::DeprecatedKey(_) => "deprecated-key",
        }
    }

    /// The finding in words.
    pub fn words(&self, world: &World) -> Words {
        match self {
            Self::LongTermKeys(it) => it.words(),
            Self::MixedTrust(it) => it.words(),
            Self::PassRole(it) => it.words(world),
            Self::PresignAny(it) => it.words(world),
            Self::ConfusedDeputy(it) => it.words(world),
            Self::NarrowSource(it) => it.words(world),
            Self::SpaceRole(it) => it.words(world),
            Self::NoSpaceRole(it) => it.words(world),
            Self::OneRoleForAll(it) => it.words(world),
            Self::Escalation(it) => it.words(world),
            Self::Anybody(it) => it.words(world),
            Self::Everything(it) => it.words(),
            Self::DeprecatedKey(it) => it.words(),
        }
    }
}

/// All advice on a world at a time (as `aws:CurrentTime` has it), what matters most first. What needs AWS's lists speaks of
/// the services that are in `catalogue`.
pub fn advise(
    world: &World,
    documents: &Documents,
    catalogue: &Catalogue,
    time: &str,
) -> Vec<Advice> {
    Steps::of(advise_in_steps(world, documents, catalogue, time)).finish()
}

/// The same in short steps, see [`Steps`]: an account of thousands of roles takes its time.
pub async fn advise_in_steps(
    world: &World,
    documents: &Documents,
    catalogue: &Catalogue,
    time: &str,
) -> Vec<Advice> {
    let inquiry = Inquiry::new(world, documents, time).await;
    let mut all = escalation::find(&inquiry).await;
    all.extend(anybody::find(&inquiry).await);
    all.extend(wildcard::find(&inquiry).await);
    all.extend(pass_role::find(&inquiry).await);
    all.extend(presign::find(&inquiry).await);
    all.extend(shared_space::find(&inquiry));
    rest().await;
    all.extend(access_keys::find(&inquiry).await);
    all.extend(mixed_trust::find(&inquiry).await);
    all.extend(service_trust::find(&inquiry).await);
    all.extend(shared_role::find(&inquiry));
    rest().await;
    all.extend(deprecated_key::find(documents, catalogue).await);
    // Stable: within a severity, the order above.
    all.sort_by_key(|it| it.severity);
    all
}

/// A list for a sentence.
fn list<S: AsRef<str>>(names: &[S]) -> String {
    series(names, |it| format!("`{it}`"))
}
