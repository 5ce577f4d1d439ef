//! A user with an access key that reaches data by itself.
//!
//! An access key works until somebody takes it away, from anywhere, without a second factor. Who
//! works with a role has credentials that end by themselves.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles>
//!
//! Asked without `aws:MultiFactorAuthPresent`, as requests with a key come: a policy that wants the
//! second factor takes the finding away. A user that may only assume roles is as it should be.

use crate::{
    advise::{
        Advice, Finding, Severity, Words,
        inquiry::{ANY_NAME, Grant, Holder, Inquiry},
        list,
        steps::rest,
    },
    names::Arn,
    world::{AccessKeyStatus, Thing, User},
};

/// A user whose active access key reaches data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LongTermKeys {
    /// The user.
    pub user: String,
    /// The ids of the active keys.
    pub keys: Vec<String>,
    /// What a key is good for, action by action.
    pub actions: Vec<&'static str>,
    /// Whether it can give itself all the rest.
    pub is_administrator: bool,
}

const OBJECTS: [&str; 3] = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"];

const SAGEMAKER: [(&str, &str); 6] = [
    ("sagemaker:CreateTrainingJob", "training-job"),
    ("sagemaker:CreateProcessingJob", "processing-job"),
    ("sagemaker:CreateModel", "model"),
    ("sagemaker:CreateEndpoint", "endpoint"),
    ("sagemaker:InvokeEndpoint", "endpoint"),
    ("sagemaker:CreateNotebookInstance", "notebook-instance"),
];

pub(super) async fn find(inquiry: &Inquiry<'_>) -> Vec<Advice> {
    let users = inquiry.world.home.users.iter().zip(&inquiry.users);
    let mut all = Vec::new();
    for (user, holder) in users {
        all.extend(of_user(inquiry, user, holder));
        rest().await;
    }
    all
}

fn of_user(inquiry: &Inquiry<'_>, user: &User, holder: &Holder) -> Option<Advice> {
    let active = user
        .access_keys
        .iter()
        .filter(|it| it.status == AccessKeyStatus::Active);
    let keys: Vec<String> = active.map(|it| it.access_key_id.clone()).collect();
    if keys.is_empty() {
        return None;
    }
    let mut actions = Vec::new();
    let mut place = None;
    for (action, on) in probes(inquiry) {
        if actions.contains(&action) || !inquiry.may(holder, action, on.clone()) {
            continue;
        }
        actions.push(action);
        if place.is_none() {
            let grants = inquiry.grants(&inquiry.request(holder, action, on, &[]));
            place = grants.first().map(Grant::action);
        }
    }
    let finding = LongTermKeys {
        user: user.name.clone(),
        keys,
        actions,
        is_administrator: holder.is_administrator,
    };
    let severity = if holder.is_administrator {
        Severity::Danger
    } else {
        Severity::Warning
    };
    Some(Advice {
        severity,
        finding: Finding::LongTermKeys(finding),
        place: place?,
    })
}

fn probes(inquiry: &Inquiry<'_>) -> Vec<(&'static str, Arn)> {
    let world = inquiry.world;
    let buckets = world.accounts().flat_map(|it| &it.buckets);
    let names = buckets.map(|it| it.name.as_str()).chain([ANY_NAME]);
    let objects = names.map(|it| world.bucket_arn(it, Some(ANY_NAME)));
    let mut all: Vec<(&str, Arn)> = objects
        .flat_map(|on| OBJECTS.map(|action| (action, on.clone())))
        .collect();
    all.extend(SAGEMAKER.map(|(action, kind)| {
        let on = world.regional_arn("sagemaker", &format!("{kind}/{ANY_NAME}"));
        (action, on)
    }));
    all
}

impl LongTermKeys {
    /// The user as a thing.
    pub fn thing(&self) -> Thing {
        Thing::User {
            name: self.user.clone(),
        }
    }

    pub(super) fn words(&self) -> Words {
        let user = &self.user;
        let reach = if self.is_administrator {
            "administers the account"
        } else {
            "reaches data directly"
        };
        Words {
            title: format!("User `{user}` has a long-term access key that {reach}"),
            why: format!(
                "Whoever finds the key {} has {} until somebody takes it away: no second factor, no end.",
                list(&self.keys),
                list(&self.actions)
            ),
            fix: format!(
                "Give the permission to a role that `{user}` may assume, and delete the access key or leave it only `sts:AssumeRole`."
            ),
        }
    }
}
