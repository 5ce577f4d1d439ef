//! Several accounts and an organization: whose policies bear on a request, and what comes of it.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test: a failed read is a failed test"
)]

use rolewalk_core::{
    eval::{self, BlockPublicAccess, PolicySet},
    explain,
    flow::{self, Flow, HopKind},
    names::{AccountId, ActionName, Arn, DocumentName},
    request::{Context, Origin, Principal, Request, Resource},
    scenario::Scenario,
    trace::{Decision, Layer},
    world::{
        Account, DocumentId, Documents, OrganizationPolicyKind, Text, User, VpcEndpoint, World,
        policies_for,
    },
};
use rolewalk_lessons::start_worlds;

const HOME: &str = "111122223333";
const DATA: &str = "222233334444";
const MANAGEMENT: &str = "333344445555";
const EXECUTION_ROLE: &str = "arn:aws:iam::111122223333:role/ChurnExecutionRole";
const OBJECT: &str = "arn:aws:s3:::acme-data-lake/churn/train.csv";

#[test]
fn what_the_organization_denies_is_said_to_be_its_doing() {
    let scenario = scenario();
    let (flow, documents) = walked(&scenario);
    let verdict = explain::flow_verdict(&flow, &scenario.world, &documents);
    assert_eq!(
        verdict.answer,
        "An error occurred (AccessDeniedException) when calling the ListDomains operation: \
         User: arn:aws:sts::111122223333:assumed-role/DataScientistRole/alice is not authorized to perform: \
         sagemaker:ListDomains on resource: arn:aws:sagemaker:eu-west-1:111122223333:domain/* with an explicit deny in a service control policy"
    );
    let reason = "`DenyOutsideTheApprovedRegions` in the service control policy `ApprovedRegions` says `Deny`";
    assert!(verdict.reason.contains(reason), "{}", verdict.reason);
    let values =
        "`aws:RequestedRegion` is `eu-west-1`, and the statement is about all but `eu-central-1`";
    assert!(verdict.reason.contains(values), "{}", verdict.reason);
    assert_eq!(
        verdict.spots[0].0,
        "Show in the service control policy `ApprovedRegions`"
    );
}

#[test]
fn levels_go_from_the_root_down_to_the_account_that_asks() {
    let mut world = scenario().world;
    world.organization.as_mut().unwrap().root.units[0].accounts[0]
        .scps
        .clear();
    let cases = [
        (
            HOME,
            vec![
                vec!["scp:FullAWSAccess"],
                vec!["scp:FullAWSAccess", "scp:ApprovedRegions"],
                vec![],
            ],
        ),
        (DATA, vec![vec!["scp:FullAWSAccess"]; 3]),
        (MANAGEMENT, vec![]),
        ("999988887777", vec![]),
    ];
    for (account, expected) in cases {
        let root = Principal::Root {
            account: id(account),
        };
        let policies = policies(&world, &request(root, "s3:GetObject", OBJECT));
        assert_eq!(names(&policies.scps), expected, "{account}");
    }
}

#[test]
fn a_level_with_nothing_attached_lets_nothing_pass() {
    let mut scenario = approved();
    let organization = scenario.world.organization.as_mut().unwrap();
    organization.root.units[0].accounts[0].scps.clear();
    let (flow, _) = walked(&scenario);
    assert_eq!(stops_at(&flow), Some(HopKind::AssumeRole));
    assert_eq!(missing(&flow, HopKind::AssumeRole), [Layer::Scp]);
}

#[test]
fn a_kind_that_is_switched_off_has_no_say() {
    let mut scenario = scenario();
    let organization = scenario.world.organization.as_mut().unwrap();
    organization.enabled_policy_types = vec![OrganizationPolicyKind::Rcp];
    assert_eq!(stops_at(&walked(&scenario).0), None);
}

#[test]
fn the_management_account_is_not_limited() {
    let mut scenario = scenario();
    scenario
        .world
        .organization
        .as_mut()
        .unwrap()
        .management_account = id(HOME);
    assert_eq!(stops_at(&walked(&scenario).0), None);
}

#[test]
fn without_an_organization_there_is_none_to_say_no() {
    let mut scenario = scenario();
    scenario.world.organization = None;
    // The bucket asks for nobody's organization.
    assert_eq!(stops_at(&walked(&scenario).0), None);
}

#[test]
fn across_accounts_both_sides_must_allow() {
    let everything = approved();
    assert_eq!(stops_at(&walked(&everything).0), None);

    let mut no_identity = everything.clone();
    let role = no_identity
        .world
        .home
        .role_mut("ChurnExecutionRole")
        .unwrap();
    role.inline_policies.clear();
    let (flow, _) = walked(&no_identity);
    assert_eq!(stops_at(&flow), Some(HopKind::S3));
    assert_eq!(missing(&flow, HopKind::S3), [Layer::Identity]);
    assert_eq!(missing(&flow, HopKind::Kms), [Layer::Identity]);

    let mut no_resource = everything;
    for text in [
        "bucket:222233334444:acme-data-lake",
        "key:222233334444:5e6f7081-92a3-4b4c-9d5e-6f7a8b9c0d1e",
    ] {
        replace(&mut no_resource, text, "ChurnExecutionRole", "OtherRole");
    }
    let (flow, documents) = walked(&no_resource);
    assert_eq!(stops_at(&flow), Some(HopKind::S3));
    assert_eq!(missing(&flow, HopKind::S3), [Layer::Resource]);
    assert_eq!(missing(&flow, HopKind::Kms), [Layer::Resource]);
    let verdict = explain::flow_verdict(&flow, &no_resource.world, &documents);
    let spot = "Show in the bucket policy of `acme-data-lake` in account `222233334444`";
    assert!(verdict.spots.iter().any(|it| it.0 == spot), "{verdict:#?}");
}

#[test]
fn a_walk_says_whose_the_bucket_and_its_key_are() {
    let (flow, _) = walked(&approved());
    for kind in [HopKind::S3, HopKind::Kms] {
        let hop = flow.hops.iter().find(|it| it.kind == kind).unwrap();
        let entity = hop.to.entity.as_ref().unwrap();
        assert_eq!(entity.account, Some(id(DATA)), "{kind:?}");
        for check in &hop.checks {
            let flow::Subject::Authorization { request, .. } = &check.subject else {
                continue;
            };
            assert_eq!(request.resource_account, Some(id(DATA)));
            let key = |it| request.context.single(it);
            assert_eq!(key("aws:ResourceAccount"), Some(DATA));
            assert_eq!(key("aws:PrincipalAccount"), Some(HOME));
            assert_eq!(key("aws:ResourceOrgID"), Some("o-a1b2c3d4e5"));
            assert_eq!(key("aws:PrincipalOrgID"), Some("o-a1b2c3d4e5"));
        }
    }
    let world = approved().world;
    let organization = world.organization.unwrap();
    assert_eq!(
        organization.path(&id(DATA)).unwrap(),
        "o-a1b2c3d4e5/r-ab12/ou-ab12-33334444/"
    );
}

#[test]
fn resource_control_policies_are_those_of_the_resources_account() {
    let mut scenario = approved();
    let asked = |world: &World| {
        let request = request(execution_role(), "s3:GetObject", OBJECT);
        names(&policies(world, &request).rcps)
    };
    assert_eq!(
        asked(&scenario.world),
        [
            vec!["rcp:RCPFullAWSAccess"],
            vec!["rcp:RCPFullAWSAccess", "rcp:OnlyOurOrganization"],
            vec!["rcp:RCPFullAWSAccess"],
        ]
    );
    // Outside the organization the same role is a stranger to the bucket.
    let workloads = &mut scenario.world.organization.as_mut().unwrap().root.units[0];
    workloads.accounts.clear();
    let (flow, _) = walked(&scenario);
    assert_eq!(stops_at(&flow), Some(HopKind::S3));
    for kind in [HopKind::S3, HopKind::Kms] {
        let sids: Vec<_> = sids(&flow, kind).into_iter().collect();
        assert_eq!(sids, ["NobodyFromOutside"]);
    }
}

#[test]
fn the_policy_of_an_endpoint_counts_for_what_goes_through_it() {
    let mut world = approved().world;
    let endpoint = |policy: Option<&str>| VpcEndpoint {
        vpc_endpoint_id: "vpce-0a1b2c3d".into(),
        service_name: "com.amazonaws.eu-west-1.s3".into(),
        vpc_id: "vpc-0a1b2c3d".into(),
        policy: policy.map(Into::into),
    };
    let only_other = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*",
        "Resource":"arn:aws:s3:::other/*"}}"#;
    let through = |id: Option<&str>| {
        let mut request = request(execution_role(), "s3:GetObject", OBJECT);
        if let Some(id) = id {
            request.context = request.context.with("aws:SourceVpce", id);
        }
        request
    };
    world.home.vpc_endpoints = vec![endpoint(Some(only_other))];
    let id = Some("vpce-0a1b2c3d");
    let decision =
        |world: &World, request| eval::evaluate(&policies(world, &request), &request).decision;
    let by_endpoint = Decision::ImplicitDeny {
        missing: vec![Layer::VpcEndpoint],
    };
    assert_eq!(decision(&world, through(id)), by_endpoint);
    assert!(decision(&world, through(None)).is_allowed());
    assert!(decision(&world, through(Some("vpce-other"))).is_allowed());
    world.home.vpc_endpoints = vec![endpoint(None)];
    assert!(decision(&world, through(id)).is_allowed());
}

#[test]
fn a_caller_is_looked_up_in_its_own_account() {
    let mut world = scenario().world;
    let boundary = Arn::parse("arn:aws:iam::222233334444:policy/Bounds").unwrap();
    let ours = world.account_mut(&id(DATA)).unwrap();
    let alice: User = serde_json::from_str(
        r#"{"name": "alice", "groups": ["Readers"], "permissionsBoundary": "arn:aws:iam::222233334444:policy/Bounds"}"#,
    )
    .unwrap();
    ours.users.push(alice);
    let readers = r#"{"name": "Readers", "inlinePolicies": [{"name": "Read", "document": {}}]}"#;
    ours.groups.push(serde_json::from_str(readers).unwrap());
    let arn = |account: &str| Arn::parse(&format!("arn:aws:iam::{account}:user/alice")).unwrap();
    let of = |arn: Arn| {
        policies(
            &world,
            &request(Principal::User { arn }, "s3:GetObject", OBJECT),
        )
    };

    let theirs = of(arn(DATA));
    let names: Vec<_> = theirs.identity.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["inline:222233334444:group:Readers:Read"]);
    let read = &theirs.identity[0].policy;
    assert!(
        read.statements.is_empty() && !read.is_whole,
        "`{{}}` cannot be read"
    );
    let names: Vec<_> = theirs.boundary.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, [format!("managed:{boundary}")]);
    assert!(
        !theirs.boundary[0].policy.is_whole,
        "what a boundary says that is not there is not known"
    );
    let home = of(arn(HOME));
    assert!(home.boundary.is_empty());
    let names: Vec<_> = home.identity.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "managed:arn:aws:iam::aws:policy/IAMUserChangePassword",
            "inline:group:DataScience:AssumeDataScientistRole"
        ]
    );
    assert!(of(arn("999988887777")).identity.is_empty());
}

#[test]
fn a_session_of_a_user_has_the_users_policies() {
    let world = scenario().world;
    let user_arn = Arn::parse("arn:aws:iam::111122223333:user/alice");
    let arn = Arn::parse("arn:aws:sts::111122223333:federated-user/bob").unwrap();
    let federated = Principal::FederatedUser { arn, user_arn };
    let policies = policies(&world, &request(federated, "s3:GetObject", OBJECT));
    assert_eq!(policies.identity.len(), 2);
}

#[test]
fn block_public_access_of_account_and_bucket_add_up() {
    let mut world = scenario().world;
    let one = BlockPublicAccess {
        restrict_public_buckets: true,
        ..BlockPublicAccess::default()
    };
    let other = BlockPublicAccess {
        ignore_public_acls: true,
        ..BlockPublicAccess::default()
    };
    let cases = [
        (None, None, None),
        (Some(one), None, Some(one)),
        (None, Some(other), Some(other)),
        (Some(one), Some(other), Some(one.and(other))),
    ];
    for (of_account, of_bucket, expected) in cases {
        let account = world.account_mut(&id(DATA)).unwrap();
        account.block_public_access = of_account;
        account.buckets[0].block_public_access = of_bucket;
        let request = request(execution_role(), "s3:GetObject", OBJECT);
        let found = policies(&world, &request).settings.s3.block_public_access;
        assert_eq!(found, expected);
    }
}

#[test]
fn a_key_is_that_of_the_buckets_account_or_the_one_its_arn_names() {
    let mut world = scenario().world;
    let key = |world: &World| world.bucket_key("acme-data-lake").map(|it| it.key());
    let set = |world: &mut World, id: Option<&str>| {
        let bucket = &mut world.other_accounts[0].buckets[0];
        bucket.kms_key_id = id.map(str::to_owned);
    };
    set(&mut world, Some("k-1"));
    assert_eq!(key(&world).unwrap(), "key:222233334444:k-1");
    set(
        &mut world,
        Some("arn:aws:kms:eu-west-1:111122223333:key/k-1"),
    );
    assert_eq!(key(&world).unwrap(), "key:k-1");
    set(&mut world, None);
    assert_eq!(key(&world), None);
}

#[test]
fn every_text_of_a_world_is_found_under_its_name_and_belongs_to_a_thing() {
    let mut world = scenario().world;
    let mut third = Account::new(id(MANAGEMENT));
    third.clone_from(&world.home);
    third.account = id(MANAGEMENT);
    world.other_accounts.push(third);
    let documents = world.documents();
    for (id, text) in &documents {
        assert_eq!(world.document(id), Some(*text), "{id:?}");
        assert_eq!(DocumentId::of(&id.name()).as_ref(), Some(id));
        assert!(id.entity().exists_in(&world), "{id:?}");
    }
    let names: std::collections::BTreeSet<_> = documents.iter().map(|it| it.0.name()).collect();
    assert_eq!(
        names.len(),
        documents.len(),
        "each name stands for one text"
    );
    let trust = DocumentId {
        account: Some(id(MANAGEMENT)),
        text: Text::Trust {
            role: "ChurnExecutionRole".into(),
        },
    };
    *world.document_mut(&trust).unwrap() = "other".into();
    let home = DocumentId::home(trust.text.clone());
    assert_ne!(world.document(&home), world.document(&trust));
}

fn scenario() -> Scenario {
    let world = start_worlds()
        .iter()
        .find(|it| it.slug == "organization-says-no");
    world.unwrap().scenario().unwrap()
}

/// The same with its region on the list.
fn approved() -> Scenario {
    let mut scenario = scenario();
    replace(
        &mut scenario,
        "scp:ApprovedRegions",
        "eu-central-1",
        "eu-west-1",
    );
    scenario
}

fn replace(scenario: &mut Scenario, document: &str, find: &str, by: &str) {
    let id = DocumentId::of(&DocumentName::new(document)).unwrap();
    let text = scenario.world.document_mut(&id).unwrap();
    assert!(text.as_str().contains(find), "{find}");
    *text = text.as_str().replace(find, by).into();
}

fn id(text: &str) -> AccountId {
    AccountId::parse(text).unwrap()
}

fn execution_role() -> Principal {
    Principal::parse(EXECUTION_ROLE, &Context::new()).unwrap()
}

fn request(principal: Principal, action: &str, resource: &str) -> Request {
    let organization = |context: Context| context.with("aws:PrincipalOrgID", "o-a1b2c3d4e5");
    Request {
        principal,
        action: ActionName::parse(action).unwrap(),
        resource: Resource::Arn(Arn::parse(resource).unwrap()),
        resource_account: None,
        wildcard_only_action: false,
        context: organization(Context::new().with("aws:RequestedRegion", "eu-west-1")),
        origin: Origin::Outside,
    }
}

fn policies(world: &World, request: &Request) -> PolicySet {
    policies_for(world, &Documents::parse(world), request)
}

fn names(levels: &[Vec<eval::NamedPolicy>]) -> Vec<Vec<String>> {
    let name = |it: &eval::NamedPolicy| it.name.to_string();
    let level = |it: &Vec<eval::NamedPolicy>| it.iter().map(name).collect();
    levels.iter().map(level).collect()
}

fn walked(scenario: &Scenario) -> (Flow, Documents) {
    let documents = Documents::parse(&scenario.world);
    let flow = flow::walk(&scenario.world, &documents, &scenario.choice);
    (flow, documents)
}

fn stops_at(flow: &Flow) -> Option<HopKind> {
    flow.blocked_at().map(|it| flow.hops[it].kind)
}

fn decisions(flow: &Flow, kind: HopKind) -> impl Iterator<Item = &Decision> {
    let hop = flow.hops.iter().find(|it| it.kind == kind).unwrap();
    hop.checks.iter().filter_map(|it| match &it.subject {
        flow::Subject::Authorization { trace, .. } => Some(&trace.decision),
        flow::Subject::Gate { .. } => None,
    })
}

fn missing(flow: &Flow, kind: HopKind) -> Vec<Layer> {
    let mut all = decisions(flow, kind);
    let found = all.find_map(|it| match it {
        Decision::ImplicitDeny { missing } => Some(missing.clone()),
        _ => None,
    });
    found.unwrap_or_default()
}

fn sids(flow: &Flow, kind: HopKind) -> std::collections::BTreeSet<String> {
    let denied = decisions(flow, kind).flat_map(|it| match it {
        Decision::ExplicitDeny { by, .. } => by.as_slice(),
        _ => &[],
    });
    let sids = denied.filter_map(|it| it.sid.as_ref());
    sids.map(|it| it.as_str().to_owned()).collect()
}
