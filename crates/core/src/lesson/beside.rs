//! What a repair opens besides: a few calls that nobody needs for it, and that whoever allows everything allows.
//!
//! Compares with how the challenge was given and how its own solution leaves it. Invariant: what either of these
//! allows is never told, so a repair that is right in another way is not blamed for it.

use std::collections::BTreeMap;

use crate::{
    flow::{ApiCall, ContextText, Workload},
    lesson::{Challenge, course},
    names::Arn,
    scenario::{self, Ask, Check, CheckOutcome, Expectation, Scenario},
    world::{Documents, World},
};

/// Something that somebody could do.
struct Deed {
    /// As in an ARN, or a service’s principal.
    who: String,
    /// Their name for people.
    name: String,
    action: &'static str,
    resource: String,
    context: BTreeMap<String, ContextText>,
}

impl Challenge {
    /// The first thing that a state allows beside what the repair needs, in a sentence.
    pub fn opens(&self, state: &Scenario, documents: &Documents) -> Option<String> {
        let mut seen = deeds(&state.world)
            .into_iter()
            .filter(|it| it.is_allowed(state, documents))
            .peekable();
        seen.peek()?;
        let solved = course::changed(&self.solution, &self.scenario).ok()?;
        let others = [&self.scenario, &solved].map(|it| (it, Documents::parse(&it.world)));
        let mut added = seen.filter(|it| {
            let mut others = others.iter();
            !others.any(|(scenario, documents)| it.is_allowed(scenario, documents))
        });
        added.next().map(|it| it.sentence())
    }
}

impl Deed {
    fn is_allowed(&self, scenario: &Scenario, documents: &Documents) -> bool {
        let call = ApiCall {
            principal: Some(self.who.clone()),
            action: self.action.to_owned(),
            resource: self.resource.clone(),
            context: self.context.clone(),
        };
        let check = Check {
            name: String::new(),
            ask: Ask::Workload(Box::new(Workload::ApiCall(call))),
            expect: Expectation {
                stops_at: None,
                hops: Vec::new(),
            },
        };
        matches!(
            scenario::run_parsed(scenario, documents, &check),
            CheckOutcome::Passed { .. }
        )
    }

    fn sentence(&self) -> String {
        format!(
            "`{}` may do `{}` on `{}` now, which was not asked for.",
            self.name, self.action, self.resource
        )
    }
}

/// For everybody of the account something in IAM, SageMaker, KMS and S3; for each role a service that has no business there.
fn deeds(world: &World) -> Vec<Deed> {
    let home = &world.home;
    let users = home.users.iter();
    let users = users.map(|it| (world.user_arn(it), it.name.clone()));
    let roles = home.roles.iter();
    let roles: Vec<(Arn, String)> = roles
        .map(|it| (world.role_arn(it), it.name.clone()))
        .collect();
    let everybody: Vec<(Arn, String)> = users.chain(roles.iter().cloned()).collect();
    let mut all = Vec::new();
    for (arn, name) in &everybody {
        for (action, resource) in CALLS {
            all.push(Deed {
                who: arn.to_string(),
                name: name.clone(),
                action,
                resource: resource
                    .replace("ACCOUNT", home.account.as_str())
                    .replace("REGION", world.region.as_str()),
                context: BTreeMap::new(),
            });
        }
    }
    for (arn, _) in &roles {
        all.push(Deed {
            who: "lambda.amazonaws.com".to_owned(),
            name: "lambda.amazonaws.com".to_owned(),
            action: "sts:AssumeRole",
            resource: arn.to_string(),
            context: BTreeMap::from([(
                "aws:SourceAccount".to_owned(),
                ContextText::One(home.account.to_string()),
            )]),
        });
    }
    all
}

const CALLS: [(&str, &str); 4] = [
    ("iam:CreateUser", "arn:aws:iam::ACCOUNT:user/somebody"),
    (
        "sagemaker:DeleteEndpoint",
        "arn:aws:sagemaker:REGION:ACCOUNT:endpoint/somebody-elses",
    ),
    (
        "sagemaker:DeleteDomain",
        "arn:aws:sagemaker:REGION:ACCOUNT:domain/d-somebodyelses",
    ),
    ("s3:DeleteBucket", "arn:aws:s3:::somebody-elses"),
];
