//! A policy written by completions alone.

use rolewalk_core::{
    flow::{HopKind, Outcome, Subject, walk},
    ide::complete,
    policy::{self, PolicyKind},
    world::{Documents, InlinePolicy, PolicyText},
};

use crate::{Setting, completion::accepted, scenario};

/// Accepts the completions with these labels, one after the other, and gives the text.
fn write(setting: &Setting, labels: &[&str]) -> String {
    let asking = setting.asking();
    let (mut text, mut caret) = (String::new(), 0);
    for label in labels {
        let offset = u32::try_from(caret).unwrap();
        let found = complete(&text, offset, &asking.about());
        let found = found.unwrap_or_else(|| panic!("nothing is offered for `{label}` in\n{text}"));
        let item = found.items.iter().find(|it| it.label == *label);
        let item = item.unwrap_or_else(|| {
            let shown: Vec<_> = found.items.iter().map(|it| &it.label).take(20).collect();
            panic!(
                "`{label}` is not offered but {shown:?} in\n{}|{}",
                &text[..caret],
                &text[caret..]
            )
        });
        (text, caret) = accepted(&text, &found, item);
    }
    text
}

#[test]
fn the_least_privilege_policy_of_a_training_job() {
    let labels = [
        "policy",
        "sagemaker:",
        "sagemaker:CreateTrainingJob",
        "sagemaker:",
        "sagemaker:AddTags",
        "sagemaker:",
        "sagemaker:DescribeTrainingJob",
        "Resource",
        "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*",
        "statement that allows",
        "iam:",
        "iam:PassRole",
        "Resource",
        "arn:aws:iam::111122223333:role/ChurnExecutionRole",
        "Condition",
        "StringEquals",
        "iam:PassedToService",
        "sagemaker.amazonaws.com",
        "statement that allows",
        "s3:",
        "s3:GetObject",
        "s3:",
        "s3:PutObject",
        "Resource",
        "arn:aws:s3:::acme-sagemaker-churn/*",
        "statement that allows",
        "s3:",
        "s3:ListBucket",
        "s3:",
        "s3:GetBucketLocation",
        "Resource",
        "arn:aws:s3:::acme-sagemaker-churn",
        "statement that allows",
        "kms:",
        "kms:Decrypt",
        "kms:",
        "kms:GenerateDataKey",
        "Resource",
        "arn:aws:kms:eu-west-1:111122223333:key/1a2b3c4d-5e6f-7081-92a3-b4c5d6e7f809",
        "Condition",
        "StringEquals",
        "kms:ViaService",
        "s3.eu-west-1.amazonaws.com",
        "statement that allows",
        "ecr:",
        "ecr:GetAuthorizationToken",
        "Resource",
        "*",
        "statement that allows",
        "ecr:",
        "ecr:BatchCheckLayerAvailability",
        "ecr:",
        "ecr:BatchGetImage",
        "ecr:",
        "ecr:GetDownloadUrlForLayer",
        "Resource",
        "arn:aws:ecr:eu-west-1:111122223333:repository/churn-training",
        "statement that allows",
        "logs:",
        "logs:CreateLogStream",
        "logs:",
        "logs:DescribeLogStreams",
        "logs:",
        "logs:GetLogEvents",
        "logs:",
        "logs:PutLogEvents",
        "Resource",
        "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/sagemaker/TrainingJobs",
        "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/sagemaker/TrainingJobs:*",
        "statement that allows",
        "cloudwatch:",
        "cloudwatch:PutMetricData",
        "Resource",
        "*",
        "Condition",
        "StringEquals",
        "cloudwatch:namespace",
        "/aws/sagemaker/TrainingJobs",
    ];
    let text = write(&Setting::default(), &labels);
    let (_, found) = policy::parse(&text, PolicyKind::Identity);
    assert_eq!(found, []);
    assert_eq!(failing(&text), Vec::<String>::new());
}

/// What still fails when the execution role has this policy and no other, and trains a model. Studio's app is none of the
/// job's business.
fn failing(text: &str) -> Vec<String> {
    let mut scenario = scenario("working-studio");
    let role = scenario.world.home.role_mut("ChurnExecutionRole").unwrap();
    role.attached_policies.clear();
    role.inline_policies = vec![InlinePolicy {
        name: "Train".to_owned(),
        document: PolicyText::from(text.to_owned()),
    }];
    scenario.choice.workload =
        serde_json::from_str(r#"{"trainingJob": {"job": "churn-1"}}"#).unwrap();
    let documents = Documents::parse(&scenario.world);
    let flow = walk(&scenario.world, &documents, &scenario.choice);
    let hops = flow.hops.iter().filter(|it| it.kind != HopKind::StartApp);
    let hops = hops.flat_map(|hop| {
        let checks = hop.checks.iter().map(move |check| (hop.kind, check));
        checks.filter(|it| it.1.outcome() != Outcome::Passes)
    });
    hops.map(|(kind, check)| match &check.subject {
        Subject::Authorization { request, .. } => {
            format!("{kind:?}: {} on {}", request.action, request.resource)
        }
        Subject::Gate { gate, .. } => format!("{kind:?}: {gate:?}"),
    })
    .collect()
}
