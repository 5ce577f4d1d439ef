//! Each form of `Principal` against callers of each kind.

use super::*;
use crate::names::{AccountId, Arn};

const USER: &str = "arn:aws:iam::111122223333:user/team/alice";
const ROLE: &str = "arn:aws:iam::111122223333:role/team/Data";
const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/Data/alice";
const FEDERATED: &str = "arn:aws:sts::111122223333:federated-user/bob";
const PROVIDER: &str = "arn:aws:iam::111122223333:oidc-provider/token.example.com";

fn arn(text: &str) -> Arn {
    Arn::parse(text).unwrap()
}

fn user() -> Principal {
    Principal::User { arn: arn(USER) }
}

fn session() -> Principal {
    Principal::RoleSession {
        session_arn: arn(SESSION),
        role_arn: arn(ROLE),
    }
}

fn federated_user() -> Principal {
    Principal::FederatedUser {
        arn: arn(FEDERATED),
        user_arn: Some(arn(USER)),
    }
}

fn service() -> Principal {
    Principal::Service {
        name: "sagemaker.amazonaws.com".into(),
    }
}

fn federated() -> Principal {
    Principal::Federated {
        provider: PROVIDER.into(),
    }
}

fn root() -> Principal {
    Principal::Root {
        account: AccountId::parse("111122223333").unwrap(),
    }
}

fn account() -> PrincipalPattern {
    PrincipalPattern::Account(AccountId::parse("111122223333").unwrap())
}

fn of(text: &str) -> PrincipalPattern {
    PrincipalPattern::Arn(arn(text))
}

#[track_caller]
fn check(pattern: &PrincipalPattern, caller: &Principal, expect: Match) {
    let mut context = Context::new().with("aws:userid", "AROAEXAMPLEEXAMPLE:alice");
    context.insert(
        ContextKey::new("aws:PrincipalServiceNamesList"),
        ContextValue::Multi(vec!["sagemaker.us-east-1.amazonaws.com".to_owned()]),
    );
    let who = Who {
        caller,
        context: &context,
        has_boundary: false,
        is_gateway: false,
    };
    assert_eq!(matches(pattern, who), expect, "{pattern:?} {caller}");
}

#[test]
fn a_star_takes_in_everybody() {
    let callers = [
        user(),
        session(),
        federated_user(),
        service(),
        federated(),
        root(),
        Principal::Anonymous,
    ];
    for caller in callers {
        for pattern in [PrincipalPattern::Any, PrincipalPattern::AnyAws] {
            check(&pattern, &caller, Match::As(PrincipalMatch::Any));
        }
    }
}

#[test]
fn an_account_is_whoever_belongs_to_it() {
    for caller in [user(), session(), federated_user(), root()] {
        check(&account(), &caller, Match::As(PrincipalMatch::Account));
    }
    for caller in [service(), federated(), Principal::Anonymous] {
        check(&account(), &caller, Match::Not);
    }
}

#[test]
fn an_arn_is_one_user_one_role_or_one_session() {
    check(&of(USER), &user(), Match::As(PrincipalMatch::User));
    check(
        &of(USER),
        &federated_user(),
        Match::As(PrincipalMatch::User),
    );
    check(&of(ROLE), &session(), Match::As(PrincipalMatch::Role));
    check(&of(SESSION), &session(), Match::As(PrincipalMatch::Session));
    check(
        &of(FEDERATED),
        &federated_user(),
        Match::As(PrincipalMatch::FederatedUser),
    );
    let others = [
        ("arn:aws:iam::111122223333:user/alice", user()),
        ("arn:aws:iam::111122223333:role/Dat", session()),
        ("arn:aws:iam::444455556666:role/team/Data", session()),
        ("arn:aws:sts::111122223333:assumed-role/Data/bob", session()),
        ("arn:aws:iam::111122223333:user/bob", federated_user()),
        (SESSION, federated_user()),
        (USER, root()),
    ];
    for (text, caller) in others {
        check(&of(text), &caller, Match::Not);
    }
}

#[test]
fn services_and_providers_are_called_by_name() {
    let named = |text: &str| PrincipalPattern::Service(text.into());
    let is_it = Match::As(PrincipalMatch::Service);
    check(&named("sagemaker.amazonaws.com"), &service(), is_it);
    // One of the names that the context lists.
    check(
        &named("sagemaker.us-east-1.amazonaws.com"),
        &service(),
        is_it,
    );
    check(
        &named("sagemaker.eu-west-1.amazonaws.com"),
        &service(),
        Match::Not,
    );
    check(&named("sagemaker.amazonaws.com"), &user(), Match::Not);
    let provider = |text: &str| PrincipalPattern::Federated(text.into());
    let is_it = Match::As(PrincipalMatch::Federated);
    check(&provider(PROVIDER), &federated(), is_it);
    check(&provider("token.example.com"), &federated(), Match::Not);
}

#[test]
fn a_unique_id_is_matched_where_the_request_carries_it() {
    let id = |text: &str| PrincipalPattern::UniqueId(text.into());
    check(
        &id("AROAEXAMPLEEXAMPLE"),
        &session(),
        Match::As(PrincipalMatch::Role),
    );
    check(&id("AROAOTHEROTHEROTHER"), &session(), Match::Not);
    check(&id("AROAEXAMPLEEXAMPLE"), &service(), Match::Not);
}

#[test]
fn what_a_canonical_id_stands_for_is_not_known() {
    let canonical = PrincipalPattern::CanonicalUser("79a5".into());
    check(&canonical, &root(), Match::Unknown);
    check(&canonical, &Principal::Anonymous, Match::Not);
}
