//! Layers of organizations, sessions and settings in words.

use std::sync::Arc;

use crate::{
    eval::{BlockPublicAccess, NamedPolicy, PolicySet, evaluate},
    explain::{aws_denial, choice_sentence, layer_sentence, layer_trace_title, note_sentence},
    names::{ActionName, Arn, DocumentName},
    policy::{PolicyKind, parse},
    request::{Context, Principal, Request, Resource},
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
    }
}

fn because(trace: &Trace) -> String {
    let sentence = aws_denial(&request(), trace).unwrap();
    let start = "User: arn:aws:sts::111122223333:assumed-role/R/s is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::b/k ";
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
    let titles: Vec<String> = trace
        .layers
        .iter()
        .filter(|it| it.layer == Layer::Scp)
        .map(|it| layer_trace_title(it, &request()))
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
