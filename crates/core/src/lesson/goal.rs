//! What should be so in the end: a check of the scenario, or a fact about the world.
//!
//! Decides nothing of access: that is asked of `scenario::run_parsed`. Invariant: exactly one of a check
//! and a fact.

use serde::{Deserialize, Serialize};

use crate::{
    flow::HopKind,
    lesson::Fact,
    scenario::{self, Ask, Check, CheckOutcome, Expectation, Mismatch, Scenario},
    world::Documents,
};

/// A goal or a hidden probe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Goal {
    /// Its name, unique in its lesson; wrong answers name the goals they miss by it.
    pub id: String,
    /// What should be so, in words.
    pub text: String,
    /// How that is found out.
    pub test: Test,
}

/// How it is found out whether something is so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WrittenTest", into = "WrittenTest")]
pub enum Test {
    /// Something is tried.
    Check(Box<Check>),
    /// The world is looked at.
    Fact(Fact),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ask: Option<Ask>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expect: Option<Expectation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fact: Option<Fact>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTest {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ask: Option<Ask>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expect: Option<Expectation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fact: Option<Fact>,
}

fn test(
    name: &str,
    (ask, expect, fact): (Option<Ask>, Option<Expectation>, Option<Fact>),
) -> Result<Test, &'static str> {
    match (ask, expect, fact) {
        (ask, Some(expect), None) => Ok(Test::Check(Box::new(Check {
            name: name.to_owned(),
            ask: ask.unwrap_or_default(),
            expect,
        }))),
        (None, None, Some(fact)) => Ok(Test::Fact(fact)),
        _ => Err("a goal needs `expect`, with or without `ask`, or `fact`"),
    }
}

impl TryFrom<Written> for Goal {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        Ok(Self {
            test: test(&written.text, (written.ask, written.expect, written.fact))?,
            id: written.id,
            text: written.text,
        })
    }
}

impl From<Goal> for Written {
    fn from(goal: Goal) -> Self {
        let WrittenTest { ask, expect, fact } = goal.test.into();
        let (id, text) = (goal.id, goal.text);
        Self {
            id,
            text,
            ask,
            expect,
            fact,
        }
    }
}

impl TryFrom<WrittenTest> for Test {
    type Error = &'static str;

    fn try_from(written: WrittenTest) -> Result<Self, Self::Error> {
        test("", (written.ask, written.expect, written.fact))
    }
}

impl From<Test> for WrittenTest {
    fn from(test: Test) -> Self {
        match test {
            Test::Check(check) => Self {
                ask: Some(check.ask),
                expect: Some(check.expect),
                fact: None,
            },
            Test::Fact(fact) => Self {
                ask: None,
                expect: None,
                fact: Some(fact),
            },
        }
    }
}

/// What a test comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// It is so.
    Met,
    /// It is not; where something stops that should not, or stops elsewhere, the hop.
    Unmet(Option<HopKind>),
    /// A policy has errors, so there is no telling.
    Unknown,
}

impl Test {
    /// Whether something must still be denied for it to be met.
    pub fn wants_denial(&self) -> bool {
        match self {
            Self::Check(check) => check.expect.stops_at.is_some(),
            Self::Fact(_) => false,
        }
    }

    pub(super) fn run(&self, scenario: &Scenario, documents: &Documents) -> Found {
        match self {
            Self::Fact(fact) if fact.holds(scenario, documents) => Found::Met,
            Self::Fact(_) => Found::Unmet(None),
            Self::Check(check) => match scenario::run_parsed(scenario, documents, check) {
                CheckOutcome::Passed { .. } => Found::Met,
                CheckOutcome::Invalid { .. } => Found::Unknown,
                CheckOutcome::Failed { mismatches, .. } => {
                    Found::Unmet(mismatches.iter().find_map(|it| match it {
                        Mismatch::StopsAt { found, .. } => *found,
                        Mismatch::NoSuchHop { hop }
                        | Mismatch::HopOutcome { hop, .. }
                        | Mismatch::Denied { hop, .. }
                        | Mismatch::Missing { hop, .. }
                        | Mismatch::Allowing { hop, .. }
                        | Mismatch::Statements { hop, .. } => Some(*hop),
                    }))
                }
            },
        }
    }
}
