//! Layers of organizations, sessions and settings in words.

use std::sync::Arc;

use crate::{
    catalogue::{Catalogue, CatalogueFile},
    eval::{BlockPublicAccess, NamedPolicy, PolicySet, evaluate},
    explain::{
        Asked, Verdict, aws_denial, choice_sentence, layer_sentence, layer_trace_title,
        note_sentence,
    },
    names::{ActionName, Arn, DocumentName},
    policy::{PolicyKind, parse},
    request::{Context, Origin, Principal, Request, Resource},
    trace::{Layer, Trace},
};

const ALL: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
const EC2: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}}"#;

fn policy(text: &str, kind: PolicyKind) -> NamedPolicy {
    NamedPolicy {
        name: DocumentName::new("x"),
        policy: Arc::new(parse(text, kind).0.unwrap()),
    }
}

fn request() -> Request {
    let session = "arn:aws:sts::111122223333:assumed-role/R/s";
    Request {
        principal: Principal::parse(session, &Context::new()).unwrap(),
        action: ActionName::new("s3", "GetObject"),
        resource: Resource::Arn(Arn::parse("arn:aws:s3:::b/k").unwrap()),
        resource_account: None,
        wildcard_only_action: false,
        context: Context::new(),
        origin: Origin::Outside,
    }
}

fn because(trace: &Trace) -> String {
    let sentence = aws_denial(&request(), trace).unwrap();
    let start = "User: arn:aws:sts::111122223333:assumed-role/R/s is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/k\" ";
    sentence.strip_prefix(start).unwrap().to_owned()
}

#[test]
fn a_silent_level_is_called_by_its_number() {
    let scp = |text| vec![policy(text, PolicyKind::Scp)];
    let set = PolicySet {
        identity: vec![policy(ALL, PolicyKind::Identity)],
        scps: vec![scp(ALL), scp(EC2)],
        ..PolicySet::default()
    };
    let trace = evaluate(&set, &request());
    assert_eq!(
        because(&trace),
        "because no service control policy allows the s3:GetObject action"
    );
    // Policies may come without a world, or of an account that its organization does not have.
    let world = crate::import::import_alone(&[], &|_| None).world;
    let titles: Vec<String> = trace
        .layers
        .iter()
        .filter(|it| it.layer == Layer::Scp)
        .map(|it| layer_trace_title(it, &request(), &world))
        .collect();
    assert_eq!(
        titles,
        ["SCP level 1 (the organization’s root)", "SCP level 2"]
    );
    let blockers = trace.blockers();
    let [only] = blockers.as_slice() else {
        panic!("one blocker")
    };
    assert_eq!((only.layer, only.level), (Layer::Scp, Some(1)));
}

#[test]
fn a_session_policy_is_named() {
    let set = PolicySet {
        identity: vec![policy(ALL, PolicyKind::Identity)],
        session: vec![policy(EC2, PolicyKind::Session)],
        ..PolicySet::default()
    };
    let trace = evaluate(&set, &request());
    assert_eq!(
        because(&trace),
        "because no session policy allows the s3:GetObject action"
    );
}

#[test]
fn an_operation_is_called_as_policies_call_it() {
    let mut request = request();
    request.action = ActionName::parse("s3:HeadObject").unwrap();
    let sentence = aws_denial(&request, &evaluate(&PolicySet::default(), &request)).unwrap();
    assert!(sentence.contains("perform: s3:GetObject on"), "{sentence}");
    assert!(
        sentence.ends_with("allows the s3:GetObject action"),
        "{sentence}"
    );
}

#[test]
fn where_no_policy_is_to_blame_none_is_named() {
    let mut request = request();
    request.action = ActionName::parse("sts:GetSessionToken").unwrap();
    request.resource = Resource::Any;
    let set = PolicySet {
        identity: vec![policy(ALL, PolicyKind::Identity)],
        ..PolicySet::default()
    };
    assert_eq!(
        aws_denial(&request, &evaluate(&set, &request)).unwrap(),
        "User: arn:aws:sts::111122223333:assumed-role/R/s is not authorized to perform: sts:GetSessionToken on resource: *"
    );
}

#[test]
fn what_is_not_limited_says_so() {
    let mut set = PolicySet {
        identity: vec![policy(ALL, PolicyKind::Identity)],
        rcps: vec![vec![]],
        ..PolicySet::default()
    };
    set.settings.s3.block_public_access = Some(BlockPublicAccess::all(true));
    let trace = evaluate(&set, &request());
    let sentence = |layer| layer_sentence(trace.layer(layer).unwrap(), &request());
    assert_eq!(
        sentence(Layer::Rcp),
        "`RCPFullAWSAccess` is always there and allows it"
    );
    assert_eq!(
        sentence(Layer::BlockPublicAccess),
        "The settings do not stop it"
    );
    assert_eq!(
        sentence(Layer::Session),
        "There is none, so it does not limit"
    );
}

#[test]
fn every_choice_and_note_ends_as_a_sentence() {
    use crate::trace::{Choice, Note};
    for text in [
        note_sentence(Note::GatewayEndpoint),
        note_sentence(Note::AuthorizedAsAnotherAction),
        choice_sentence(Choice::ShortArn),
        choice_sentence(Choice::AwsStarTakesInServices),
    ] {
        assert!(text.ends_with('.'), "{text}");
    }
}

/// A fix that cannot help is worse than none.
#[test]
fn what_does_not_exist_is_not_offered_to_be_allowed() {
    let mut catalogue = Catalogue::default();
    let core = include_str!("../../../../data/catalogue/core.json");
    catalogue.read(CatalogueFile::Core, core).unwrap();
    let fix = |action: (&str, &str), resource: &str| {
        let asked = Asked {
            action: ActionName::new(action.0, action.1),
            resource: Resource::Arn(Arn::parse(resource).unwrap()),
        };
        let verdict = Verdict {
            answer: String::new(),
            is_aws_message: true,
            reason: String::new(),
            fix: Some("Allow it.".to_owned()),
            to_say: None,
            spots: Vec::new(),
            add: None,
            asked: Some(Box::new(asked)),
        };
        verdict.with_catalogue(&catalogue).fix.unwrap()
    };
    let (bucket, object) = ("arn:aws:s3:::b", "arn:aws:s3:::b/k");
    assert_eq!(
        fix(("s3", "GetObjekt"), object),
        "Ask for `s3:GetObject`: Amazon S3 has no action `GetObjekt`, and allowing it would help nobody."
    );
    assert_eq!(
        fix(("s3", "Frobnicate"), object),
        "Ask for an action that Amazon S3 has: Amazon S3 has no action `Frobnicate`, and allowing it would help nobody."
    );
    let about_object = fix(("s3", "GetObject"), bucket);
    assert!(
        about_object.contains(
            "on the type `object`, written `arn:${Partition}:s3:::${BucketName}/${ObjectName}`"
        ) && about_object.ends_with(
            "it is never about `arn:aws:s3:::b`, and allowing it there would help nobody."
        ),
        "{about_object}"
    );
    let about_bucket = fix(("s3", "ListBucket"), object);
    assert!(about_bucket.contains("the type `bucket`"), "{about_bucket}");
    for (action, resource) in [
        (("s3", "GetObject"), object),
        (("s3", "ListBucket"), bucket),
        (
            ("sagemaker", "CreateApp"),
            "arn:aws:sagemaker:eu-west-1:111122223333:app/d-1/a/JupyterLab/default",
        ),
        // Nobody knows.
        (("glue", "GetTabel"), object),
    ] {
        assert_eq!(fix(action, resource), "Allow it.", "{action:?} {resource}");
    }
}
