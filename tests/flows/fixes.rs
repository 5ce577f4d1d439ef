//! A law: whoever does all that a fix says, and no more than its words say, has that check pass.
//!
//! Holds of every fix that allows something; one that asks to meet a condition or to narrow a `Deny` leaves open how.
//! The fixes are read as a person reads them, so the law is about the words.

use std::{fmt::Write, fs};

use rolewalk_core::{
    by_name::ByName,
    explain,
    flow::{self, Check, Flow, Gate, HopKind, Outcome, Subject},
    library::Library,
    request::{Principal, Request},
    scenario::Scenario,
    trace::{Decision, Layer, LayerOutcome, Trace},
    world::{self, DocumentId, Documents, InlinePolicy},
};
use rolewalk_lessons::{add_aws_managed_policies, start_worlds};
use serde_json::{Value, json};

use crate::cases::{Case, changed};

#[test]
fn of_every_case() {
    let (mut n_applied, mut failures) = (0, String::new());
    let folder = format!("{}/flows/cases", env!("CARGO_MANIFEST_DIR"));
    for file in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let cases: Vec<Case> = serde_json::from_str(&text).unwrap();
        for case in &cases {
            n_applied += hold(&case.name, &changed(case), &mut failures);
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
    assert!(n_applied > 100, "only {n_applied} fixes were read");
}

#[test]
fn of_every_misconfiguration_and_start_world() {
    let folder = format!("{}/corpus/misconfigurations", env!("CARGO_MANIFEST_DIR"));
    let (mut base, mut parts) = (String::new(), Vec::new());
    for file in fs::read_dir(folder).unwrap() {
        let file = file.unwrap();
        let text = fs::read_to_string(file.path()).unwrap();
        if file.file_name() == "base.json" {
            base = text;
        } else {
            parts.push(text);
        }
    }
    let parts = parts.join(",");
    let library = format!("{{\"base\":{base},\"misconfigurations\":[{parts}]}}");
    let library = Library::from_json(&library).unwrap();
    let (mut n_applied, mut failures) = (0, String::new());
    for it in &library.misconfigurations {
        let mut scenario = library.scenario(it).unwrap();
        add_aws_managed_policies(&mut scenario.world);
        n_applied += hold(&it.slug, &scenario, &mut failures);
    }
    for it in start_worlds() {
        let mut scenario = it.scenario().unwrap();
        add_aws_managed_policies(&mut scenario.world);
        n_applied += hold(it.slug, &scenario, &mut failures);
    }
    assert!(failures.is_empty(), "\n{failures}");
    assert!(n_applied > 10, "only {n_applied} fixes were read");
}

/// The law for every check that fails in the scenario: how many fixes there were to apply.
fn hold(name: &str, scenario: &Scenario, failures: &mut String) -> usize {
    let mut n_applied = 0;
    let (documents, flow) = walk(scenario);
    // Nobody writes a statement into a text that cannot be read, or passes a policy that is not there.
    let is_refused = |it: &Check| {
        let Subject::Gate { gate, .. } = &it.subject else {
            return false;
        };
        matches!(
            gate,
            Gate::SessionPolicy {
                problem: Some(_),
                ..
            }
        )
    };
    let mut checks = flow.hops.iter().flat_map(|it| &it.checks);
    if documents.with_errors().next().is_some() || checks.any(is_refused) {
        return 0;
    }
    for (idx, hop) in flow.hops.iter().enumerate() {
        for check in &hop.checks {
            let Subject::Authorization { request, trace, .. } = &check.subject else {
                continue;
            };
            let is_silent = matches!(trace.decision, Decision::ImplicitDeny { .. });
            // What a federated user may do stands with a session that no walk makes.
            let is_federated = matches!(request.principal, Principal::FederatedUser { .. });
            // Nor does anybody write a statement into a text that is not there.
            let mut unread = trace.layers.iter().flat_map(|it| &it.unread);
            let is_not_held = unread.next().is_some();
            if check.outcome() != Outcome::Fails || !is_silent || is_federated || is_not_held {
                continue;
            }
            let verdict = explain::check_verdict(check, &scenario.world, &documents);
            let text = verdict.fix.unwrap();
            let Some(fix) = read(&text) else {
                continue;
            };
            // The text may belong to somebody who is not in this world.
            let is_elsewhere = fix.principal.is_some()
                && world::policy_of_resource(&scenario.world, request).is_none();
            if is_elsewhere {
                continue;
            }
            let mut mended = scenario.clone();
            for home in &fix.homes {
                let done = write(&mut mended, home, &fix, request, trace);
                if done.is_none() {
                    writeln!(failures, "{name}: no place for `{home}` of\n  {text}").unwrap();
                }
            }
            let (_, after) = walk(&mended);
            let answers = same(&after, (idx, hop.kind), check);
            n_applied += 1;
            if !answers.iter().any(|it| *it != Outcome::Fails) {
                writeln!(
                    failures,
                    "{name}: still shut after\n  {text}\n  {}",
                    verdict.reason
                )
                .unwrap();
            }
        }
    }
    n_applied
}

fn walk(scenario: &Scenario) -> (Documents, Flow) {
    let documents = Documents::parse(&scenario.world);
    let flow = flow::walk(&scenario.world, &documents, &scenario.choice);
    (documents, flow)
}

/// What became of the check.
fn same(flow: &Flow, (idx, kind): (usize, HopKind), check: &Check) -> Vec<Outcome> {
    let hop = &flow.hops[idx];
    assert_eq!(hop.kind, kind);
    let asked = |it: &Check| match &it.subject {
        Subject::Authorization {
            operation, request, ..
        } => Some((
            operation.clone(),
            request.action.clone(),
            request.resource.clone(),
            it.why,
        )),
        Subject::Gate { .. } => None,
    };
    let of_it = hop.checks.iter().filter(|it| asked(it) == asked(check));
    of_it.map(Check::outcome).collect()
}

/// What a fix says: what to allow, and where.
struct Fix {
    action: String,
    /// Empty where a policy of the resource is to allow it.
    resource: Option<String>,
    service: Option<String>,
    principal: Option<Value>,
    homes: Vec<String>,
}

/// `Allow … in a policy of …` or `Let … allow …`, and `Let … allow it too`; nothing where it asks for something else.
fn read(text: &str) -> Option<Fix> {
    let ticked: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    let first = text.split(". ").next()?.trim_end_matches('.');
    let mut fix = Fix {
        action: String::new(),
        resource: None,
        service: None,
        principal: None,
        homes: Vec::new(),
    };
    if first.starts_with("Allow `") {
        ticked[0].clone_into(&mut fix.action);
        fix.resource = Some(ticked[1].to_owned());
        let (_, home) = first.split_once(" in ")?;
        let (home, only) = home.split_once(", for ").unwrap_or((home, ""));
        fix.homes.push(home.to_owned());
        fix.service = only.split('`').nth(1).map(str::to_owned);
    } else {
        let (home, what) = first.strip_prefix("Let ")?.split_once(" allow `")?;
        fix.homes.push(home.to_owned());
        let (action, rest) = what.split_once('`')?;
        action.clone_into(&mut fix.action);
        let rest = rest.trim_end_matches('`');
        if let Some(resource) = rest.strip_prefix(" on `") {
            fix.resource = Some(resource.to_owned());
        } else {
            let principal = rest.strip_prefix(" to `")?;
            fix.principal = Some(serde_json::from_str(&format!("{{{principal}}}")).unwrap());
        }
    }
    if let Some((_, others)) = text.split_once(". Let ") {
        let others = others.strip_suffix(" allow it too.")?;
        let others = others.split(" and ").flat_map(|it| it.split(", "));
        for other in others {
            let (home, principal) = other.split_once(" (to `").unwrap_or((other, ""));
            if let Some(principal) = principal.strip_suffix("`)") {
                fix.principal = Some(serde_json::from_str(&format!("{{{principal}}}")).unwrap());
            }
            fix.homes.push(home.to_owned());
        }
    }
    Some(fix)
}

/// Writes the statement where the fix says; nothing where there is no such place.
fn write(
    scenario: &mut Scenario,
    home: &str,
    fix: &Fix,
    request: &Request,
    trace: &Trace,
) -> Option<()> {
    let resource = fix.resource.clone();
    let resource = resource.unwrap_or_else(|| request.resource.to_string());
    let mut statement: ByName<Value> = ByName::from(
        [
            ("Effect", json!("Allow")),
            ("Action", json!(fix.action)),
            ("Resource", json!(resource)),
        ]
        .map(|(key, value)| (key.to_owned(), value)),
    );
    let of_layer = |layer: Layer| {
        let silent = trace.layers.iter();
        let silent = silent.filter(|it| it.layer == layer && it.outcome == LayerOutcome::Silent);
        let firsts = silent.map(|it| DocumentId::of(&it.statements.first()?.at.document));
        firsts.collect::<Option<Vec<_>>>()
    };
    if let Some(owner) = home.strip_prefix("a policy of ") {
        if let Some(service) = &fix.service {
            let condition = json!({"StringEquals": {"iam:PassedToService": service}});
            statement.insert("Condition".to_owned(), condition);
        }
        let name = owner.split('`').nth(1)?;
        let account = request.principal.account()?;
        let account = scenario.world.account_mut(&account)?;
        let document = json!({"Version": "2012-10-17", "Statement": [statement]});
        let policy = InlinePolicy {
            name: "Law".to_owned(),
            document: document.to_string().into(),
        };
        if owner.starts_with("user ") {
            account.user_mut(name)?.inline_policies.push(policy);
        } else {
            account.role_mut(name)?.inline_policies.push(policy);
        }
        return Some(());
    }
    let documents = match home {
        it if it.starts_with("the permissions boundary") => {
            let arn = match &request.principal {
                Principal::User { arn } => arn,
                Principal::RoleSession { role_arn, .. } => role_arn,
                _ => return None,
            };
            let account = scenario.world.account(&arn.account()?)?;
            let name = arn.last_segment();
            let boundary = match &request.principal {
                Principal::User { .. } => account.user(name)?.permissions_boundary.clone(),
                _ => account.role(name)?.permissions_boundary.clone(),
            };
            let text = world::Text::Managed { arn: boundary? };
            vec![DocumentId {
                account: None,
                text,
            }]
        }
        "the session policy" => {
            let arns = &scenario.choice.session_policy_arns;
            if let Some(text) = &mut scenario.choice.session_policy {
                *text = text.with_statement("Law", Some(&statement))?;
                return Some(());
            }
            let arn = rolewalk_core::names::Arn::parse(arns.first()?)?;
            let text = world::Text::Managed { arn };
            vec![DocumentId {
                account: None,
                text,
            }]
        }
        it if it.starts_with("a service control policy of ") => {
            let documents = of_layer(Layer::Scp)?;
            assert_eq!(documents.len(), 1);
            documents
        }
        "the service control policies of every level" => of_layer(Layer::Scp)?,
        it if it.starts_with("the policy of the VPC endpoint `") => {
            statement.insert("Principal".to_owned(), json!("*"));
            of_layer(Layer::VpcEndpoint)?
        }
        _ => {
            statement.insert("Principal".to_owned(), fix.principal.clone()?);
            let id = world::policy_of_resource(&scenario.world, request)?;
            if matches!(id.text, world::Text::Trust { .. }) {
                statement.remove("Resource");
            }
            vec![id]
        }
    };
    for id in documents {
        let text = scenario.world.document_mut(&id)?;
        *text = text.with_statement("Law", Some(&statement))?;
    }
    Some(())
}
