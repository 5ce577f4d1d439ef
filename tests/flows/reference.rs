//! What SageMaker's requests carry, beside the table of AWS's own reference.
//!
//! `sagemaker_keys.json` is the Service Authorization Reference of 2026-10-27 for the actions that
//! walks ask for: the types of resources and the condition keys of each.
//!
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html>

use std::collections::BTreeMap;

use rolewalk_core::{flow::Subject, request::Resource};
use serde::Deserialize;
use serde_json::json;

use crate::{
    cases::{base, scenario, walk},
    rules::workloads,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    /// Types of resources; `*` where the action knows none, `…` where it knows nearly all.
    resources: Vec<String>,
    keys: Vec<String>,
}

/// What many policies still have: the reference lists these no more.
const OLD: [&str; 3] = [
    "sagemaker:VolumeKmsKey",
    "sagemaker:OutputKmsKey",
    "sagemaker:HomeEfsFileSystemKmsKey",
];

/// What every request of a session in Studio has.
const OF_STUDIO: [&str; 2] = ["sagemaker:DomainId", "sagemaker:UserProfileName"];

#[test]
fn every_request_has_a_resource_and_keys_that_the_reference_knows() {
    let listed: BTreeMap<String, Listed> =
        serde_json::from_str(include_str!("sagemaker_keys.json")).unwrap();
    let mut workloads: Vec<_> = workloads().into_iter().map(|it| it.0).collect();
    let network = json!({"subnets": ["subnet-1"], "securityGroupIds": ["sg-1"]});
    let job = json!({"job": "j", "volumeKmsKeyId": "3d9b6f20-5c14-4a7e-9b38-6e0a12c47f51", "outputKmsKeyId": "8a41c7e5-02d6-4f93-b1ca-57d3e9806b24", "vpcConfig": network,
        "enableNetworkIsolation": true, "tags": {"team": "churn"}});
    let transform = json!({"job": "j", "model": "m", "volumeKmsKeyId": "3d9b6f20-5c14-4a7e-9b38-6e0a12c47f51", "outputKmsKeyId": "8a41c7e5-02d6-4f93-b1ca-57d3e9806b24", "tags": {"team": "churn"}});
    workloads.extend([
        json!({"trainingJob": job}),
        json!({"processingJob": job}),
        json!({"tuningJob": job}),
        json!({"transformJob": transform}),
        json!({"deployment": {"endpoint": "e", "model": "m", "volumeKmsKeyId": "3d9b6f20-5c14-4a7e-9b38-6e0a12c47f51", "vpcConfig": network, "tags": {"team": "churn"}}}),
        json!({"notebookInstance": {"notebookInstance": "n", "volumeKmsKeyId": "3d9b6f20-5c14-4a7e-9b38-6e0a12c47f51", "vpcConfig": network, "tags": {"team": "churn"}}}),
        json!({"newDomain": {"domainName": "d", "kmsKeyId": "3d9b6f20-5c14-4a7e-9b38-6e0a12c47f51", "vpcConfig": network, "tags": {"team": "churn"}}}),
        json!({"newProfile": {"userProfileName": "p", "tags": {"team": "churn"}}}),
        json!({"pipeline": {"pipeline": "p", "tags": {"team": "churn"}}}),
        json!({"invocation": {"endpoint": "e", "targetModel": "m"}}),
        json!("deleteProfile"),
        json!({"deleteDomain": {}}),
        json!({"startApp": {"appType": "JupyterServer"}}),
    ]);
    let mut n_checked = 0;
    for workload in &workloads {
        let flow = walk(&scenario(base(), workload, &BTreeMap::new()));
        for check in flow.hops.iter().flat_map(|it| &it.checks) {
            let Subject::Authorization { request, .. } = &check.subject else {
                continue;
            };
            if request.action.service() != "sagemaker" {
                continue;
            }
            let action = request.action.name();
            let listed = listed
                .get(action)
                .unwrap_or_else(|| panic!("no such action: {action}"));
            let found = match &request.resource {
                Resource::Any => "*",
                Resource::Arn(arn) => arn.resource().split('/').next().unwrap(),
            };
            let is_known = |it: &String| it == found || it == "…";
            assert!(listed.resources.iter().any(is_known), "{action} on {found}");
            for (key, _) in request.context.iter() {
                let key = key.as_str().split('/').next().unwrap();
                let is_own = key.starts_with("sagemaker:") && key != "sagemaker:ResourceTag";
                let is_sent = matches!(key, "aws:RequestTag" | "aws:TagKeys");
                if (!is_own && !is_sent) || OLD.contains(&key) || OF_STUDIO.contains(&key) {
                    continue;
                }
                n_checked += 1;
                assert!(listed.keys.iter().any(|it| it == key), "{action}: {key}");
            }
        }
    }
    assert!(n_checked > 100, "{n_checked}");
}
