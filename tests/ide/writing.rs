//! A policy written by completions alone.

use rolewalk_core::{ide::complete, policy};

use crate::{Setting, completion::accepted};

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
        "s3:",
        "s3:GetObject",
        "s3:",
        "s3:PutObject",
        "Resource",
        "arn:aws:s3:::acme-sagemaker-churn/*",
        "statement that allows",
        "s3:",
        "s3:ListBucket",
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
    ];
    let text = write(&Setting::default(), &labels);
    println!("{text}");
    let (_, found) = policy::parse(&text, rolewalk_core::policy::PolicyKind::Identity);
    assert_eq!(found, []);
}
