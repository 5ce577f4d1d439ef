//! What a repair opens besides: a few calls that nobody needs for it, and that whoever allows everything allows.
//!
//! Compares with how the challenge was given and how its own solution leaves it. Invariant: what either of these
//! allows is never told, so a repair that is right in another way is not blamed for it.

use crate::{
    by_name::ByName,
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
    context: ByName<ContextText>,
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
        is_allowed(call, scenario, documents)
    }

    fn sentence(&self) -> String {
        format!(
            "`{}` may do `{}` on `{}` now, which was not asked for.",
            self.name, self.action, self.resource
        )
    }
}

/// Whether a call gets through.
pub(super) fn is_allowed(call: ApiCall, scenario: &Scenario, documents: &Documents) -> bool {
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

/// For everybody of the account something in IAM and SageMaker, each role to be handed to SageMaker, each bucket to be
/// deleted; for each role a service that has no business there.
fn deeds(world: &World) -> Vec<Deed> {
    let home = &world.home;
    let users = home.users.iter();
    let users = users.map(|it| (world.user_arn(it), it.name.clone()));
    let roles: Vec<(Arn, String)> = home
        .roles
        .iter()
        .map(|it| (world.role_arn(it), it.name.clone()))
        .collect();
    let in_account = |resource: &str| {
        resource
            .replace("PARTITION", &world.partition)
            .replace("ACCOUNT", home.account.as_str())
            .replace("REGION", world.region.as_str())
    };
    let key = |name: &str, value: &str| {
        ByName::from([(name.to_owned(), ContextText::One(value.to_owned()))])
    };
    let mut all = Vec::new();
    for (arn, name) in users.chain(roles.iter().cloned()) {
        let mut may = |action, resource, context| {
            all.push(Deed {
                who: arn.to_string(),
                name: name.clone(),
                action,
                resource,
                context,
            });
        };
        for (action, resource) in CALLS {
            may(action, in_account(resource), ByName::new());
        }
        for (role, _) in &roles {
            let to = key("iam:PassedToService", "sagemaker.amazonaws.com");
            may("iam:PassRole", role.to_string(), to);
        }
        for bucket in &home.buckets {
            let arn = world.bucket_arn(&bucket.name, None).to_string();
            may("s3:DeleteBucket", arn, ByName::new());
        }
    }
    for (arn, _) in &roles {
        all.push(Deed {
            who: OTHER_SERVICE.to_owned(),
            name: OTHER_SERVICE.to_owned(),
            action: "sts:AssumeRole",
            resource: arn.to_string(),
            context: key("aws:SourceAccount", home.account.as_str()),
        });
    }
    all
}

const OTHER_SERVICE: &str = "lambda.amazonaws.com";
const CALLS: [(&str, &str); 3] = [
    ("iam:CreateUser", "arn:PARTITION:iam::ACCOUNT:user/somebody"),
    (
        "sagemaker:DeleteEndpoint",
        "arn:PARTITION:sagemaker:REGION:ACCOUNT:endpoint/somebody-elses",
    ),
    (
        "sagemaker:DeleteDomain",
        "arn:PARTITION:sagemaker:REGION:ACCOUNT:domain/d-somebodyelses",
    ),
];
