//! Whole scenarios: walking them, checking them, sharing them.

use std::collections::BTreeSet;

use rolewalk_core::{
    explain::aws_error,
    flow::{self, Flow, HopKind, HopOutcome, Outcome, Subject},
    names::DocumentName,
    scenario::{self, Check, CheckOutcome, FORMAT, Scenario, ScenarioError},
    share::{self, ShareError},
    world::{DocumentId, Documents, Text},
};
use serde::Serialize;

use crate::{finding::Finding, input, utf16};

/// What `runScenario` gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Walked {
    /// The walk, with the trace of every check.
    pub flow: Flow,
    /// What each hop comes to, in the order of the walk's hops.
    pub results: Vec<HopResult>,
    /// The hop that stops the walk; `null`: none does.
    pub stops_at: Option<HopKind>,
    /// What is wrong with policies that cannot be read whole, or whose text is not here: checks that hinge on one are not
    /// judged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Finding>,
}

/// What a hop comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HopResult {
    /// All checks together.
    pub outcome: HopOutcome,
    /// Each check, in order.
    pub checks: Vec<CheckResult>,
}

/// What a check comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckResult {
    /// Open, shut, or not judged.
    pub outcome: Outcome,
    /// What AWS would say; none where the check passes, and for what is not IAM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws_error: Option<String>,
}

/// What `runCheck` gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Checked {
    /// Whether all is as expected, and what is not.
    pub outcome: CheckOutcome,
}

/// What `encodeShare` gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shared {
    /// The text for a link.
    pub text: String,
}

/// What `decodeShare` gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unshared {
    /// The scenario.
    pub scenario: Scenario,
}

/// Walks the way that a scenario has chosen, as the page does: also where a policy cannot be read.
pub fn run_scenario(json: &str) -> Result<Walked, Vec<Finding>> {
    let scenario = read(json)?;
    let documents = Documents::parse(&scenario.world);
    let mut flow = flow::walk(&scenario.world, &documents, &scenario.choice);
    let results = flow.hops.iter().map(|it| HopResult::of(it)).collect();
    let stops_at = flow
        .blocked_at()
        .and_then(|it| flow.hops.get(it))
        .map(|it| it.kind);
    let mut diagnostics = unreadable(&documents);
    diagnostics.extend(not_held(&flow, &documents));
    in_utf16(&mut flow, &documents);
    Ok(Walked {
        flow,
        results,
        stops_at,
        diagnostics,
    })
}

/// Runs one check, one of the scenario's own or another.
pub fn run_check(scenario_json: &str, check: &str) -> Result<Checked, Vec<Finding>> {
    let scenario = read(scenario_json)?;
    let check: Check = input::read_core(check, "check")?;
    let documents = Documents::parse(&scenario.world);
    let broken = unreadable(&documents);
    if !broken.is_empty() {
        return Err(broken);
    }
    let mut outcome = scenario::run(&scenario, &check);
    match &mut outcome {
        CheckOutcome::Passed { flow } | CheckOutcome::Failed { flow, .. } => {
            in_utf16(flow, &documents);
        }
        CheckOutcome::Invalid { documents: broken } => {
            let broken = documents.iter().filter(|(id, _)| broken.contains(id));
            return Err(broken.flat_map(|(id, it)| findings(id, it)).collect());
        }
    }
    Ok(Checked { outcome })
}

/// Packs a scenario into a text for a link.
pub fn encode_share(json: &str) -> Result<Shared, Vec<Finding>> {
    let scenario = read(json)?;
    match share::encode(&scenario) {
        Ok(text) => Ok(Shared { text }),
        Err(error) => Err(refusal("scenario", &error)),
    }
}

/// Unpacks a text of [`encode_share`].
pub fn decode_share(text: &str) -> Result<Unshared, Vec<Finding>> {
    match share::decode(text) {
        Ok(scenario) => Ok(Unshared { scenario }),
        Err(error) => Err(refusal("text", &error)),
    }
}

fn refusal(path: &str, error: &ShareError) -> Vec<Finding> {
    vec![Finding::of_input(
        error.code(),
        path,
        error.message(),
        error.help(),
    )]
}

/// A scenario is given as a value, or as the text of its file.
pub(crate) fn read(json: &str) -> Result<Scenario, Vec<Finding>> {
    let text: String;
    let is_text = json.starts_with('"');
    let json = if is_text {
        text = input::read(json, "scenario")?;
        &text
    } else {
        json
    };
    Scenario::from_json(json).map_err(|error| {
        vec![match error {
            // Only in a text does a line lead anywhere.
            ScenarioError::Shape(error) if is_text => {
                input::unexpected(&error.path, "scenario", error.to_string())
            }
            ScenarioError::Shape(error) => {
                input::unexpected(&error.path, "scenario", error.message)
            }
            ScenarioError::Version(version) => Finding::of_input(
                "unknown-format",
                "scenario.rolewalk",
                format!("this scenario has format {version}, and this package knows {FORMAT}"),
                "open it with a newer Rolewalk",
            ),
        }]
    })
}

/// The policies that an answer hinges on and whose text the scenario does not hold: managed ones, and those of keys.
fn not_held(flow: &Flow, documents: &Documents) -> Vec<Finding> {
    let checks = flow.hops.iter().flat_map(|it| &it.checks);
    let mut names = BTreeSet::new();
    for check in checks {
        if let Subject::Authorization { trace, .. } = &check.subject {
            let missing = trace.unread().map(|it| it.1);
            let missing = missing.filter_map(|it| Some((it, DocumentId::of(it)?)));
            names.extend(missing.filter(|(_, id)| documents.get(id).is_none()));
        }
    }
    let finding = |(name, id): (&DocumentName, DocumentId)| {
        let (path, what, help) = match (&id.text, &id.account) {
            (Text::Key { .. }, None) => (
                "world.home.keys",
                "is of a key that is not in the scenario",
                "add the key to `keys`, with its id and the policy that AWS shows",
            ),
            (Text::Key { .. }, Some(_)) => (
                "world.otherAccounts",
                "is of a key that is not in the scenario",
                "add the key to the `keys` of its account, with its id and the policy that AWS shows",
            ),
            _ => (
                "world.home.policies",
                "is attached, and its text is not in the scenario",
                "add it to `policies`, with the ARN and the document that AWS shows",
            ),
        };
        Finding::of_input("policy-not-held", path, format!("`{name}` {what}"), help)
    };
    names.into_iter().map(finding).collect()
}

/// What is wrong with the policies that AWS would refuse to save.
pub(crate) fn unreadable(documents: &Documents) -> Vec<Finding> {
    let broken = documents.with_errors();
    broken.flat_map(|(id, it)| findings(id, it)).collect()
}

fn findings(id: &DocumentId, document: &rolewalk_core::world::Document) -> Vec<Finding> {
    let name = id.name();
    let text = document.text.as_str();
    let finding =
        |it: &_| Finding::of_document(Some(name.as_str()), Clone::clone(it), text, &document.lines);
    document.diagnostics.iter().map(finding).collect()
}

fn in_utf16(flow: &mut Flow, documents: &Documents) {
    utf16::flow(flow, &|name: &DocumentName| {
        let document = documents.get(&DocumentId::of(name)?)?;
        Some((document.text.as_str(), &document.lines))
    });
}

impl HopResult {
    fn of(hop: &flow::Hop) -> Self {
        let check = |it: &flow::Check| CheckResult {
            outcome: it.outcome(),
            aws_error: aws_error(it),
        };
        Self {
            outcome: hop.outcome(),
            checks: hop.checks.iter().map(check).collect(),
        }
    }
}
