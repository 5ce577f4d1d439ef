//! Studio and the training job: one thing is changed in a start world, and the walk stops at the
//! right door for the right reason.
//!
//! Many of the changes are misconfigurations that people report; what they saw is in the verdict.

use rolewalk_core::{
    flow::{self, Credentials, HopKind, HopOutcome},
    scenario::Scenario,
    world::{AppNetworkAccessType, AuthMode, InlinePolicy, Owner, Status, Text},
};

use crate::start::{
    EXECUTION_ROLE, assert_says, bucket, hop, replace, role, stops, training, trust, verdict,
    walked,
};

#[test]
fn a_second_factor_is_asked_for_by_the_trust_policy() {
    let verdict = stops(|it| it.choice.mfa = false, HopKind::AssumeRole);
    assert_says(
        &verdict.answer,
        "because no role trust policy allows the sts:AssumeRole action",
    );
    assert_says(
        &verdict.reason,
        "`aws:MultiFactorAuthPresent` is `false`, and the statement wants `true`",
    );
    assert_says(
        verdict.fix.as_deref().unwrap(),
        "Sign in with a second factor",
    );
}

#[test]
fn what_not_action_leaves_out_is_named() {
    let power_user = |it: &mut Scenario| {
        training(it, None);
        let arn = it.world.role(EXECUTION_ROLE).unwrap().attached_policies[0].clone();
        let text = include_str!("../../data/managed-policies/PowerUserAccess.json");
        *it.world
            .document_mut(&Text::Managed { arn }.into())
            .unwrap() = text.into();
    };
    let verdict = stops(power_user, HopKind::PassRole);
    assert_says(&verdict.reason, "`iam:*` there leaves `iam:PassRole` out");
}

#[test]
fn a_user_without_the_group_may_not_assume_the_role() {
    let verdict = stops(
        |it| it.world.home.users[0].groups.clear(),
        HopKind::AssumeRole,
    );
    assert_says(
        &verdict.answer,
        "User: arn:aws:iam::111122223333:user/alice is not authorized to perform: sts:AssumeRole on resource: \
         arn:aws:iam::111122223333:role/DataScientistRole because no identity-based policy allows",
    );
    assert_says(
        &verdict.reason,
        "No policy of user `alice` says anything about `sts:AssumeRole`",
    );
}

#[test]
fn somebody_elses_profile_stays_shut() {
    let verdict = stops(
        |it| it.choice.user_profile = "bob".into(),
        HopKind::OpenProfile,
    );
    assert_says(
        &verdict.reason,
        "only on `arn:aws:sagemaker:eu-west-1:111122223333:user-profile/d-mlplatform7/alice`",
    );
}

#[test]
fn an_identity_center_domain_gives_no_presigned_url() {
    let verdict = stops(
        |it| it.world.home.domains[0].auth_mode = AuthMode::Sso,
        HopKind::OpenProfile,
    );
    assert_says(&verdict.answer, "IAM Identity Center");
    assert!(!verdict.is_aws_message);
}

#[test]
fn a_failed_domain_opens_nothing() {
    let verdict = stops(
        |it| it.world.home.domains[0].status = Status::Failed,
        HopKind::OpenProfile,
    );
    assert_says(&verdict.answer, "The domain is `Failed`");
}

#[test]
fn a_domain_in_the_own_network_needs_security_groups() {
    let only_vpc = |it: &mut Scenario| {
        let domain = &mut it.world.home.domains[0];
        domain.app_network_access_type = AppNetworkAccessType::VpcOnly;
        domain.default_user_settings.security_groups.clear();
    };
    let verdict = stops(only_vpc, HopKind::Network);
    assert_says(
        &verdict.answer,
        "profile and domain together have no security groups",
    );
}

#[test]
fn what_the_network_lets_through_is_not_judged_and_says_so() {
    let (_, flow) = walked(0, |it| {
        it.world.home.domains[0].app_network_access_type = AppNetworkAccessType::VpcOnly;
    });
    assert_eq!(flow.blocked_at(), None);
    assert_eq!(
        hop(&flow, HopKind::Network).outcome(),
        HopOutcome::NotEvaluated
    );
}

#[test]
fn without_an_execution_role_nothing_behind_the_profile_works() {
    let none = |it: &mut Scenario| {
        let domain = &mut it.world.home.domains[0];
        domain.default_user_settings.execution_role = None;
        domain.user_profiles[0].user_settings.execution_role = None;
    };
    let verdict = stops(none, HopKind::AssumeExecutionRole);
    assert_says(
        &verdict.answer,
        "Neither the profile nor the domain names an execution role",
    );
    let (_, flow) = walked(0, none);
    assert_eq!(hop(&flow, HopKind::S3).outcome(), HopOutcome::Blocked);
    assert!(!flow.reaches(hop(&flow, HopKind::S3)));
}

#[test]
fn a_profile_without_a_role_of_its_own_gets_the_domains() {
    let (_, flow) = walked(0, |it| {
        it.world.home.domains[0].user_profiles[0]
            .user_settings
            .execution_role = None;
    });
    assert_eq!(flow.blocked_at(), None);
    assert_eq!(
        hop(&flow, HopKind::AssumeExecutionRole).to.name,
        EXECUTION_ROLE
    );
}

#[test]
fn an_empty_role_of_the_profile_is_no_role() {
    let (_, flow) = walked(0, |it| {
        it.world.home.domains[0].user_profiles[0]
            .user_settings
            .execution_role = Some(String::new());
    });
    assert_eq!(flow.blocked_at(), None);
}

#[test]
fn a_role_that_is_typed_but_no_arn_is_named_as_typed() {
    let typed = |it: &mut Scenario| {
        let profile = &mut it.world.home.domains[0].user_profiles[0];
        profile.user_settings.execution_role = Some("ChurnExecutionRole".into());
    };
    let verdict = stops(typed, HopKind::AssumeExecutionRole);
    assert_says(
        &verdict.answer,
        "There is no execution role `ChurnExecutionRole`",
    );
}

#[test]
fn a_job_carries_the_same_keys_whether_its_role_is_named_or_not() {
    let context = |role: Option<&str>| {
        let (_, flow) = walked(0, |it| training(it, role));
        let check = hop(&flow, HopKind::S3).checks.last().unwrap();
        match &check.subject {
            flow::Subject::Authorization { request, .. } => request.context.clone(),
            flow::Subject::Gate { .. } => panic!("a gate"),
        }
    };
    let named = context(Some("arn:aws:iam::111122223333:role/ChurnExecutionRole"));
    assert_eq!(context(None), named);
}

#[test]
fn a_newer_format_is_told_apart_from_a_broken_one() {
    let newer = r#"{"rolewalk": 99, "somethingNew": true}"#;
    let error = Scenario::from_json(newer).unwrap_err().to_string();
    assert_says(&error, "open it with a newer Rolewalk");
}

/// <https://github.com/aws/sagemaker-python-sdk/issues/43>
#[test]
fn an_arn_without_its_path_is_another_role() {
    let moved = |it: &mut Scenario| role(&mut it.world).path = "/service-role/".into();
    let verdict = stops(moved, HopKind::AssumeExecutionRole);
    assert_says(
        &verdict.answer,
        "There is no execution role `arn:aws:iam::111122223333:role/ChurnExecutionRole`",
    );
    assert_says(&verdict.reason, "could not assume the role");
    assert!(!verdict.reason.contains("pattern"), "{}", verdict.reason);
    assert_says(verdict.fix.as_deref().unwrap(), "path included");
}

#[test]
fn the_confused_deputy_condition_may_not_be_narrowed_for_studio() {
    let narrowed = |it: &mut Scenario| {
        replace(it, &trust(), "\"StringEquals\"", "\"ArnLike\"");
        replace(it, &trust(), "aws:SourceAccount", "aws:SourceArn");
        replace(
            it,
            &trust(),
            "\"aws:SourceArn\": \"111122223333\"",
            "\"aws:SourceArn\": \"arn:aws:sagemaker:eu-west-1:111122223333:app/*\"",
        );
    };
    let verdict = stops(narrowed, HopKind::AssumeExecutionRole);
    assert_says(
        &verdict.reason,
        "`aws:SourceArn` is `arn:aws:sagemaker:eu-west-1:111122223333:*`",
    );
}

#[test]
fn the_execution_role_starts_its_own_app() {
    let verdict = stops(
        |it| role(&mut it.world).attached_policies.clear(),
        HopKind::StartApp,
    );
    assert_says(&verdict.answer, "sagemaker:CreateSpace");
    assert_says(&verdict.reason, "`sagemaker:CreateApp`");
    assert_says(&verdict.reason, "More doors are shut: ECR, S3.");
}

#[test]
fn a_bucket_policy_that_denies_outweighs_every_allow() {
    let denied = |it: &mut Scenario| {
        replace(
            it,
            &bucket(),
            "\"aws:SecureTransport\": \"false\"",
            "\"aws:SecureTransport\": \"true\"",
        );
    };
    let verdict = stops(denied, HopKind::S3);
    assert_says(
        &verdict.answer,
        "with an explicit deny in a resource-based policy",
    );
    assert_says(
        &verdict.reason,
        "`OnlyOverTls` in the bucket policy of `acme-sagemaker-churn` says `Deny`",
    );
}

/// <https://github.com/aws/aws-cdk/issues/12810>
#[test]
fn data_that_may_be_read_but_not_decrypted_stays_shut() {
    let verdict = stops(
        |it| role(&mut it.world).inline_policies.clear(),
        HopKind::Kms,
    );
    assert_says(&verdict.answer, "when calling the GetObject operation");
    assert_says(&verdict.answer, "kms:Decrypt");
}

#[test]
fn a_key_policy_that_names_nobody_of_the_account_makes_identity_policies_useless() {
    let foreign = |it: &mut Scenario| {
        let key = it.world.home.keys[0].key_id.clone();
        replace(
            it,
            &Text::Key { key }.into(),
            "111122223333",
            "444455556666",
        );
    };
    let verdict = stops(foreign, HopKind::Kms);
    assert_says(
        &verdict.answer,
        "because no resource-based policy allows the kms:Decrypt action",
    );
    assert_says(
        &verdict.reason,
        "lets in only `arn:aws:iam::444455556666:root`",
    );
}

/// <https://github.com/aws/amazon-sagemaker-feedback/issues/88>
#[test]
fn a_boundary_limits_what_the_policies_allow() {
    let bounded = |it: &mut Scenario| {
        let read_only = it
            .world
            .home
            .policies
            .iter()
            .find(|it| it.name() == "AmazonSageMakerReadOnly")
            .unwrap();
        let arn = read_only.arn.clone();
        role(&mut it.world).permissions_boundary = Some(arn);
    };
    let verdict = stops(bounded, HopKind::StartApp);
    assert_says(
        &verdict.answer,
        "because no permissions boundary allows the sagemaker:CreateSpace action",
    );
}

#[test]
fn a_job_without_a_log_runs_all_the_same() {
    let mute = |it: &mut Scenario| {
        let owner = Owner::Role(EXECUTION_ROLE.into());
        role(&mut it.world).inline_policies.push(InlinePolicy {
            name: "NoLogs".into(),
            document: r#"{"Version":"2012-10-17","Statement":{"Sid":"Mute","Effect":"Deny","Action":"logs:*","Resource":"*"}}"#.into(),
        });
        assert!(
            it.world
                .document(
                    &Text::Inline {
                        owner,
                        name: "NoLogs".into()
                    }
                    .into()
                )
                .is_some()
        );
    };
    let (scenario, flow) = walked(0, mute);
    assert_eq!(flow.blocked_at(), None);
    assert_eq!(hop(&flow, HopKind::Logs).outcome(), HopOutcome::Degraded);
    let verdict = verdict(&scenario, &flow);
    assert_says(&verdict.reason, "something is lost at Logs");
    assert_says(
        &verdict.answer,
        "with an explicit deny in an identity-based policy",
    );
}

/// <https://github.com/aws/amazon-sagemaker-feedback/issues/61>
#[test]
fn handing_a_role_over_is_a_door_of_its_own() {
    let other_service = |it: &mut Scenario| {
        training(it, None);
        let arn = it.world.role(EXECUTION_ROLE).unwrap().attached_policies[0].clone();
        replace(
            it,
            &Text::Managed { arn }.into(),
            "\"iam:PassedToService\": \"sagemaker.amazonaws.com\"",
            "\"iam:PassedToService\": \"glue.amazonaws.com\"",
        );
    };
    let verdict = stops(other_service, HopKind::PassRole);
    assert_says(
        &verdict.answer,
        "when calling the CreateTrainingJob operation: User: arn:aws:sts::111122223333:assumed-role/ChurnExecutionRole/SageMaker is not authorized to perform: iam:PassRole",
    );
    assert_says(
        &verdict.reason,
        "`iam:PassedToService` is `sagemaker.amazonaws.com`, and the statement wants `glue.amazonaws.com`",
    );
}

/// <https://github.com/awslabs/predictive-maintenance-using-machine-learning/issues/3>
#[test]
fn a_role_that_may_be_handed_over_must_also_let_itself_be_taken() {
    let human =
        |it: &mut Scenario| training(it, Some("arn:aws:iam::111122223333:role/DataScientistRole"));
    let verdict = stops(human, HopKind::AssumeJobRole);
    assert_says(
        &verdict.answer,
        "allows principal 'sagemaker.amazonaws.com' to assume the role",
    );
    let (_, flow) = walked(0, human);
    assert_eq!(hop(&flow, HopKind::PassRole).outcome(), HopOutcome::Passed);
}

#[test]
fn a_role_that_is_no_arn_is_said_to_be_missing() {
    let name_only = |it: &mut Scenario| training(it, Some("ChurnExecutionRole"));
    let verdict = stops(name_only, HopKind::PassRole);
    assert_says(&verdict.answer, "There is no job role `ChurnExecutionRole`");
}

#[test]
fn a_user_may_go_without_a_role() {
    let (_, flow) = walked(0, |it| it.choice.role = None);
    assert!(flow.hops.iter().all(|it| it.kind != HopKind::AssumeRole));
    assert_eq!(
        flow.hops[flow.blocked_at().unwrap()].kind,
        HopKind::FindDomain
    );
}

#[test]
fn credentials_change_twice_on_the_way() {
    let (_, flow) = walked(0, |_| ());
    let of = |kind| hop(&flow, kind).identity.clone();
    assert_eq!(of(HopKind::SignIn).credentials, Credentials::LongTerm);
    assert_eq!(
        of(HopKind::SignIn).arn.unwrap(),
        "arn:aws:iam::111122223333:user/alice"
    );
    assert_eq!(
        of(HopKind::OpenProfile).arn.unwrap(),
        "arn:aws:sts::111122223333:assumed-role/DataScientistRole/alice"
    );
    assert_eq!(of(HopKind::S3).credentials, Credentials::Temporary);
    assert_eq!(
        of(HopKind::S3).arn.unwrap(),
        "arn:aws:sts::111122223333:assumed-role/ChurnExecutionRole/SageMaker"
    );
}

#[test]
fn names_that_the_world_does_not_have_are_said_to_be_missing() {
    type Edit = fn(&mut Scenario);
    let cases: [(Edit, HopKind, &str); 5] = [
        (
            |it| it.choice.user = "mallory".into(),
            HopKind::SignIn,
            "There is no IAM user `mallory`",
        ),
        (
            |it| it.choice.role = Some("Ghost".into()),
            HopKind::AssumeRole,
            "There is no role `Ghost`",
        ),
        (
            |it| it.choice.domain = "d-ghost".into(),
            HopKind::FindDomain,
            "There is no domain `d-ghost`",
        ),
        (
            |it| it.choice.data.bucket = "ghost-sagemaker".into(),
            HopKind::S3,
            "There is no S3 bucket `ghost-sagemaker`",
        ),
        (
            |it| it.choice.repository = "ghost".into(),
            HopKind::Ecr,
            "There is no ECR repository `ghost`",
        ),
    ];
    for (edit, kind, answer) in cases {
        assert_says(&stops(edit, kind).answer, answer);
    }
}
