//! Whether a `Principal` element takes in the caller, and as what: a grant to the caller itself is
//! worth more than one to its role, and that more than one to its account.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use crate::{
    names::Arn,
    policy::{Effect, PrincipalElement, PrincipalPattern},
    request::Principal,
    syntax::Span,
    trace::{ElementOutcome, ElementTrace, PrincipalMatch},
};

/// Tests the element; the match is there where the element holds.
pub(super) fn test(
    element: &PrincipalElement,
    effect: Effect,
    caller: &Principal,
    has_boundary: bool,
) -> (ElementTrace, Option<PrincipalMatch>) {
    let best = element
        .entries
        .iter()
        .filter_map(|it| Some((matches(&it.value, caller)?, it.span)))
        .max_by_key(|it| worth(it.0));
    let (hit, found) = if element.negated {
        let is_listed = best.is_some() && !hits_in_spite_of_listing(effect, has_boundary);
        (
            best.map(|it| it.1),
            (!is_listed).then_some(PrincipalMatch::AllBut),
        )
    } else {
        (best.map(|it| it.1), best.map(|it| it.0))
    };
    let outcome = if found.is_some() {
        ElementOutcome::Matched
    } else {
        ElementOutcome::Missed
    };
    let trace = ElementTrace::Principal {
        span: element.span,
        negated: element.negated,
        hit,
        outcome,
    };
    (trace, found)
}

/// A statement of a resource policy that names nobody is about nobody.
pub(super) const fn test_missing(statement: Span) -> ElementTrace {
    ElementTrace::Principal {
        span: statement,
        negated: false,
        hit: None,
        outcome: ElementOutcome::Missed,
    }
}

/// `Deny` with `NotPrincipal` denies every caller that has a permissions boundary, listed or not.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>
fn hits_in_spite_of_listing(effect: Effect, has_boundary: bool) -> bool {
    effect == Effect::Deny && has_boundary
}

/// The order of what a match is worth.
const fn worth(found: PrincipalMatch) -> u8 {
    match found {
        PrincipalMatch::Account => 0,
        PrincipalMatch::Role => 1,
        PrincipalMatch::Any | PrincipalMatch::AllBut => 2,
        PrincipalMatch::User | PrincipalMatch::Session | PrincipalMatch::Service => 3,
    }
}

fn matches(pattern: &PrincipalPattern, caller: &Principal) -> Option<PrincipalMatch> {
    match (pattern, caller) {
        (PrincipalPattern::Any, _) => Some(PrincipalMatch::Any),
        (PrincipalPattern::Account(account), _) => {
            (caller.account().as_ref() == Some(account)).then_some(PrincipalMatch::Account)
        }
        (PrincipalPattern::Arn(wanted), Principal::User { arn }) => {
            (wanted == arn).then_some(PrincipalMatch::User)
        }
        (PrincipalPattern::Arn(wanted), Principal::RoleSession { session_arn, .. }) => {
            if wanted == session_arn {
                Some(PrincipalMatch::Session)
            } else {
                is_session_of(session_arn, wanted).then_some(PrincipalMatch::Role)
            }
        }
        (PrincipalPattern::Service(wanted), Principal::Service { name }) => {
            (wanted == name).then_some(PrincipalMatch::Service)
        }
        // A unique id stands for an owner that is gone; the others are for callers of other kinds.
        _ => None,
    }
}

/// A session's ARN has its role's name without the path, and names are unique in an account.
fn is_session_of(session: &Arn, role: &Arn) -> bool {
    let is_role = role.service() == "iam" && role.resource().starts_with("role/");
    let name = session.resource().split('/').nth(1);
    is_role
        && session.partition() == role.partition()
        && session.account() == role.account()
        && name == Some(role.last_segment())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::AccountId;

    fn arn(text: &str) -> Arn {
        Arn::parse(text).unwrap()
    }

    #[test]
    fn a_caller_is_matched_by_kind() {
        let user = Principal::User {
            arn: arn("arn:aws:iam::111122223333:user/team/alice"),
        };
        let session = Principal::RoleSession {
            session_arn: arn("arn:aws:sts::111122223333:assumed-role/Data/alice"),
            role_arn: arn("arn:aws:iam::111122223333:role/team/Data"),
        };
        let service = Principal::Service {
            name: "sagemaker.amazonaws.com".into(),
        };
        let account = PrincipalPattern::Account(AccountId::parse("111122223333").unwrap());
        let of = |text: &str| PrincipalPattern::Arn(arn(text));
        let cases = [
            (PrincipalPattern::Any, &user, Some(PrincipalMatch::Any)),
            (PrincipalPattern::Any, &service, Some(PrincipalMatch::Any)),
            (
                PrincipalPattern::Any,
                &Principal::Anonymous,
                Some(PrincipalMatch::Any),
            ),
            (account.clone(), &user, Some(PrincipalMatch::Account)),
            (account.clone(), &session, Some(PrincipalMatch::Account)),
            (account, &service, None),
            (
                of("arn:aws:iam::111122223333:user/team/alice"),
                &user,
                Some(PrincipalMatch::User),
            ),
            (of("arn:aws:iam::111122223333:user/alice"), &user, None),
            (
                of("arn:aws:iam::111122223333:role/team/Data"),
                &session,
                Some(PrincipalMatch::Role),
            ),
            (of("arn:aws:iam::111122223333:role/Dat"), &session, None),
            (
                of("arn:aws:iam::444455556666:role/team/Data"),
                &session,
                None,
            ),
            (
                of("arn:aws:sts::111122223333:assumed-role/Data/alice"),
                &session,
                Some(PrincipalMatch::Session),
            ),
            (
                of("arn:aws:sts::111122223333:assumed-role/Data/bob"),
                &session,
                None,
            ),
            (
                PrincipalPattern::Service("sagemaker.amazonaws.com".into()),
                &service,
                Some(PrincipalMatch::Service),
            ),
            (
                PrincipalPattern::Service("sagemaker.eu-west-1.amazonaws.com".into()),
                &service,
                None,
            ),
            (
                PrincipalPattern::UniqueId("AROAEXAMPLEEXAMPLE".into()),
                &session,
                None,
            ),
        ];
        for (pattern, caller, expect) in cases {
            assert_eq!(matches(&pattern, caller), expect, "{pattern:?} {caller}");
        }
    }
}
