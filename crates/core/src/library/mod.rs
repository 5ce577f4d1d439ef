//! The library of misconfigurations: known mistakes as small changes to one working world, and the
//! search by the error message that somebody has in hand. Beside it AWS managed policies, and what a policy grants.
//!
//! Holds no content: that comes as JSON. Invariant: a misconfiguration is never a scenario of its
//! own, only the base with its changes, so that the whole library stays small.

pub mod grants;
pub mod managed;
mod message;
mod search;

use serde::Deserialize;

pub use self::{
    message::{Facts, Reason},
    search::{Because, Fit, Match},
};
use crate::{
    flow::{HopKind, HopOutcome, Workload},
    scenario::{Alteration, Ask, Check, Expectation, ExpectedHop, Invitation, Scenario},
};

/// The base world and everything that can be wrong with it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Library {
    base: Scenario,
    /// In the order of their numbers.
    pub misconfigurations: Vec<Misconfiguration>,
}

/// A mistake that people make: what they see, what is wrong, and what mends it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Misconfiguration {
    /// Its number, from 1.
    pub number: u32,
    /// Its name in addresses.
    pub slug: String,
    /// What it is about.
    pub theme: Theme,
    /// Its name for people.
    pub title: String,
    /// What people see, with `…` for what differs; the first is shown, all are searched.
    pub messages: Vec<String>,
    /// Addresses where people report it, or where AWS documents it.
    pub sources: Vec<String>,
    /// What is wrong, in a sentence.
    pub wrong: String,
    /// What the walk does not show of it, in a sentence.
    #[serde(default)]
    pub not_shown: Option<String>,
    /// What is done in the base world.
    pub workload: Workload,
    /// What is changed there.
    pub broken: Vec<Alteration>,
    /// The door, and why it is shut or something is lost there.
    pub door: ExpectedHop,
    /// Parts of what the page says of that door: of the answers of its checks that fail.
    #[serde(default)]
    pub says: Vec<String>,
    /// What mends it.
    pub fix: Invitation,
    /// What the walk comes to then; `None`: it gets to its end, and nothing is lost at the door.
    #[serde(default)]
    pub mended: Option<Expectation>,
}

/// What a misconfiguration is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// Handing a role over.
    PassRole,
    /// Taking a role on.
    Trust,
    /// Buckets and objects.
    S3,
    /// Images.
    Ecr,
    /// Keys.
    Kms,
    /// Domains, profiles, apps.
    Studio,
    /// Tags and limits on them.
    Tags,
    /// VPCs and the way through them.
    Network,
    /// Asking who may do what.
    Tools,
}

impl Theme {
    /// All, in the order of the list.
    pub const ALL: [Self; 9] = [
        Self::PassRole,
        Self::Trust,
        Self::S3,
        Self::Ecr,
        Self::Kms,
        Self::Studio,
        Self::Tags,
        Self::Network,
        Self::Tools,
    ];

    /// As the list calls it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::PassRole => "Handing over a role",
            Self::Trust => "Trust and sessions",
            Self::S3 => "Data in S3",
            Self::Ecr => "Images in ECR",
            Self::Kms => "KMS keys",
            Self::Studio => "Domains, profiles and apps",
            Self::Tags => "Tags",
            Self::Network => "Networks",
            Self::Tools => "SDK and simulation",
        }
    }
}

impl Library {
    /// Reads a library; `serde_json` says what is wrong with one that is none.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The world that every misconfiguration is a change of, without the documents of AWS managed policies.
    pub const fn base(&self) -> &Scenario {
        &self.base
    }

    /// The misconfiguration of that name.
    pub fn get(&self, slug: &str) -> Option<&Misconfiguration> {
        self.misconfigurations.iter().find(|it| it.slug == slug)
    }

    /// The scenario that shows a misconfiguration; nothing where its changes do not fit the base.
    /// The documents of AWS managed policies are not in it.
    pub fn scenario(&self, it: &Misconfiguration) -> Option<Scenario> {
        let mut base = self.base.clone();
        base.choice.workload = it.workload.clone();
        let mut scenario = Alteration::apply_all(&it.broken, &base)?;
        scenario.name.clone_from(&it.title);
        scenario.about = match &it.not_shown {
            Some(not_shown) => format!("{} {not_shown}", it.wrong),
            None => it.wrong.clone(),
        };
        scenario.invitation = Some(it.fix.clone());
        scenario.checks = vec![Check {
            name: it.title.clone(),
            ask: Ask::default(),
            expect: it.expectation(),
        }];
        Some(scenario)
    }

    /// The misconfigurations that a message fits, best first; none where nothing fits.
    pub fn search(&self, text: &str) -> Vec<Match> {
        search::search(&self.misconfigurations, text)
    }
}

impl Misconfiguration {
    /// What the walk should come to before it is mended. A door that is merely short of something
    /// stops nothing.
    pub fn expectation(&self) -> Expectation {
        Expectation {
            stops_at: match self.door.outcome {
                None | Some(HopOutcome::Blocked) => Some(self.door.hop),
                Some(_) => None,
            },
            hops: vec![self.door.clone()],
        }
    }

    /// What the walk should come to when it is mended.
    pub fn mended_expectation(&self) -> Expectation {
        self.mended.clone().unwrap_or_else(|| Expectation {
            stops_at: None,
            hops: vec![ExpectedHop {
                outcome: Some(HopOutcome::Passed),
                denied: Some(Vec::new()),
                missing: None,
                allowing: None,
                statements: None,
                ..self.door.clone()
            }],
        })
    }

    /// The door to look at.
    pub const fn hop(&self) -> HopKind {
        self.door.hop
    }
}
