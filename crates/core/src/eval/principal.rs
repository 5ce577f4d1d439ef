//! Whether a `Principal` element takes in the caller, and as what: a grant to the caller itself is
//! worth more than one to its role, and that more than one to its account.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use crate::{
    names::ContextKey,
    policy::{Effect, PrincipalElement, PrincipalPattern},
    request::{Context, ContextValue, Principal, is_session_of},
    syntax::Span,
    trace::{Choice, ElementOutcome, ElementTrace, PrincipalMatch},
};

/// What the test of a `Principal` element depends on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Who<'a> {
    pub(super) caller: &'a Principal,
    pub(super) context: &'a Context,
    /// Whether the caller has a permissions boundary.
    pub(super) has_boundary: bool,
    /// Whether an account stands for its root user only.
    pub(super) is_gateway: bool,
}

/// How a test came out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// The entry that took the caller in.
    hit: Option<Span>,
    pub(super) outcome: ElementOutcome,
    /// There where the element holds.
    pub(super) how: Option<PrincipalMatch>,
    pub(super) choice: Option<Choice>,
}

/// Tests the element.
pub(super) fn find(element: &PrincipalElement, effect: Effect, who: Who<'_>) -> Found {
    let mut best: Option<(PrincipalMatch, Span)> = None;
    let mut is_unknown = false;
    let mut forms = Forms::default();
    for entry in &element.entries {
        match matches(&entry.value, who) {
            Match::As(found) => {
                forms.add(found);
                if best.is_none_or(|it| worth(it.0, who.caller) < worth(found, who.caller)) {
                    best = Some((found, entry.span));
                }
            }
            Match::Unknown => is_unknown = true,
            Match::Not => {}
        }
    }
    let hit = best.map(|it| it.1);
    let is_star = |it: &PrincipalPattern| *it == PrincipalPattern::AnyAws;
    let is_open_star = matches!(who.caller, Principal::Service { .. })
        && best.is_some_and(|it| it.0 == PrincipalMatch::Any)
        && !element
            .entries
            .iter()
            .any(|it| it.value == PrincipalPattern::Any)
        && element.entries.iter().any(|it| is_star(&it.value));
    let star = is_open_star.then_some(Choice::AwsStarTakesInServices);
    if element.negated {
        let is_spared = best.is_some() && !hits_in_spite_of_listing(effect, who.has_boundary);
        let outcome = match best {
            Some(_) if is_spared => ElementOutcome::Missed,
            None if is_unknown => ElementOutcome::NotEvaluated,
            _ => ElementOutcome::Matched,
        };
        let in_part = is_spared && forms.are_in_part(who.caller);
        return Found {
            hit,
            outcome,
            how: (outcome == ElementOutcome::Matched).then_some(PrincipalMatch::AllBut),
            choice: in_part.then_some(Choice::NotPrincipalInAnyForm).or(star),
        };
    }
    let outcome = match best {
        Some(_) => ElementOutcome::Matched,
        None if is_unknown => ElementOutcome::NotEvaluated,
        None => ElementOutcome::Missed,
    };
    Found {
        hit,
        outcome,
        how: best.map(|it| it.0),
        choice: star,
    }
}

impl Found {
    pub(super) const fn trace(self, element: &PrincipalElement) -> ElementTrace {
        ElementTrace::Principal {
            span: element.span,
            negated: element.negated,
            hit: self.hit,
            outcome: self.outcome,
        }
    }
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

/// In which forms a caller is listed. The page on `NotPrincipal` asks for the account of a user, too, and of
/// a session for account and role.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each form may be listed besides the others"
)]
struct Forms {
    account: bool,
    role: bool,
    session: bool,
    user: bool,
    any: bool,
}

impl Forms {
    const fn add(&mut self, found: PrincipalMatch) {
        match found {
            PrincipalMatch::Account => self.account = true,
            PrincipalMatch::Role => self.role = true,
            PrincipalMatch::Session => self.session = true,
            PrincipalMatch::User => self.user = true,
            _ => self.any = true,
        }
    }

    const fn are_in_part(self, caller: &Principal) -> bool {
        let are_all = match caller {
            Principal::RoleSession { .. } => self.account && self.role && self.session,
            Principal::User { .. } => self.account && self.user,
            _ => true,
        };
        !(self.any || are_all)
    }
}

/// The order of what a match is worth.
const fn worth(found: PrincipalMatch, caller: &Principal) -> u8 {
    match found {
        PrincipalMatch::Account => 0,
        PrincipalMatch::Role => 1,
        PrincipalMatch::User if matches!(caller, Principal::FederatedUser { .. }) => 1,
        PrincipalMatch::Any | PrincipalMatch::AllBut => 2,
        PrincipalMatch::User
        | PrincipalMatch::Session
        | PrincipalMatch::FederatedUser
        | PrincipalMatch::Service
        | PrincipalMatch::Federated => 3,
    }
}

/// How one name, outside any policy, takes in the caller; nothing where it does not.
pub(super) fn entry_match(
    pattern: &PrincipalPattern,
    caller: &Principal,
    context: &Context,
) -> Option<PrincipalMatch> {
    let who = Who {
        caller,
        context,
        has_boundary: false,
        is_gateway: false,
    };
    match matches(pattern, who) {
        Match::As(found) => Some(found),
        Match::Not | Match::Unknown => None,
    }
}

/// How one entry and the caller came together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Match {
    As(PrincipalMatch),
    Not,
    /// The engine cannot say.
    Unknown,
}

fn matches(pattern: &PrincipalPattern, who: Who<'_>) -> Match {
    let as_if = |holds: bool, found| if holds { Match::As(found) } else { Match::Not };
    match (pattern, who.caller) {
        (PrincipalPattern::Any | PrincipalPattern::AnyAws, _) => Match::As(PrincipalMatch::Any),
        (PrincipalPattern::Account(account), caller) => {
            let is_root = matches!(caller, Principal::Root { .. });
            let is_meant = is_root || !who.is_gateway;
            as_if(
                is_meant && caller.account_str() == Some(account.as_str()),
                PrincipalMatch::Account,
            )
        }
        (PrincipalPattern::Arn(wanted), Principal::User { arn }) => {
            as_if(wanted == arn, PrincipalMatch::User)
        }
        (
            PrincipalPattern::Arn(wanted),
            Principal::RoleSession {
                session_arn,
                role_arn,
            },
        ) => {
            if wanted == session_arn {
                Match::As(PrincipalMatch::Session)
            } else {
                // Where the role's path is not known, its name has to do.
                let may_have_path = role_arn.resource().matches('/').count() == 1;
                as_if(
                    wanted == role_arn || may_have_path && is_session_of(session_arn, wanted),
                    PrincipalMatch::Role,
                )
            }
        }
        (PrincipalPattern::Arn(wanted), Principal::FederatedUser { arn, user_arn }) => {
            if wanted == arn {
                Match::As(PrincipalMatch::FederatedUser)
            } else {
                as_if(user_arn.as_ref() == Some(wanted), PrincipalMatch::User)
            }
        }
        (PrincipalPattern::Service(wanted), Principal::Service { name }) => as_if(
            wanted == name || is_called(who.context, wanted),
            PrincipalMatch::Service,
        ),
        (PrincipalPattern::Federated(wanted), Principal::Federated { provider }) => {
            as_if(wanted == provider, PrincipalMatch::Federated)
        }
        (PrincipalPattern::UniqueId(wanted), Principal::User { .. }) => {
            as_if(is_id(who.context, wanted), PrincipalMatch::User)
        }
        (PrincipalPattern::UniqueId(wanted), Principal::RoleSession { .. }) => {
            as_if(is_id(who.context, wanted), PrincipalMatch::Role)
        }
        // Which account a canonical id stands for is not in the request.
        (PrincipalPattern::CanonicalUser(_), caller) if caller.account_str().is_some() => {
            Match::Unknown
        }
        _ => Match::Not,
    }
}

/// Whether this is the caller's unique id, where the request carries one: a user's alone, a role's
/// before the name of the session. An id that is not carried stands for an owner that is gone.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>
fn is_id(context: &Context, wanted: &str) -> bool {
    let carried = context.single("aws:userid");
    carried.is_some_and(|it| it.split(':').next() == Some(wanted))
}

/// Whether the service is also called so.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalservicenameslist>
fn is_called(context: &Context, wanted: &str) -> bool {
    let names = context.get(&ContextKey::new("aws:PrincipalServiceNamesList"));
    names
        .map_or(&[][..], ContextValue::values)
        .iter()
        .any(|it| it == wanted)
}

#[cfg(test)]
mod tests;
