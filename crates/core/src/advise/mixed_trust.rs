//! A role that people and services both take on.
//!
//! What a person needs and what a job needs are different things, and a role for both has the sum.
//! Logs cannot tell them apart either.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege>
//!
//! People are accounts, users, identity providers and roles that people take on; a role that trusts
//! itself, as notebooks sometimes need, is no person. Somebody who is named and denied does not count.

use crate::{
    advise::{
        Advice, Finding, Severity, Words,
        inquiry::{Holder, Inquiry},
        list,
        steps::rest,
    },
    explain::Spot,
    names::{ActionName, Arn},
    policy::{Effect, PrincipalPattern, Statement},
    world::{DocumentId, Role, Text},
};

/// A role that people and services both take on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MixedTrust {
    /// The role.
    pub role: String,
    /// Who of the people, as the trust policy names them.
    pub people: Vec<String>,
    /// Which services.
    pub services: Vec<String>,
}

pub(super) async fn find(inquiry: &Inquiry<'_>) -> Vec<Advice> {
    let mut all = Vec::new();
    // Of what AWS keeps nobody could follow the advice.
    let roles = inquiry.world.home.roles.iter();
    for role in roles.filter(|it| !it.is_kept_by_aws()) {
        all.extend(of_role(inquiry, role));
        rest().await;
    }
    all
}

fn of_role(inquiry: &Inquiry<'_>, role: &Role) -> Option<Advice> {
    let id = trust(role);
    let mut finding = MixedTrust {
        role: role.name.clone(),
        people: Vec::new(),
        services: Vec::new(),
    };
    let mut place = None;
    for statement in assume_statements(inquiry, &id) {
        let Some(principal) = statement.principal.as_ref().filter(|it| !it.negated) else {
            continue;
        };
        for entry in &principal.entries {
            match &entry.value {
                PrincipalPattern::Service(name) => finding.services.push(name.clone()),
                it if is_person(inquiry, role, it) => {
                    finding.people.push(name(it));
                    place.get_or_insert(entry.span);
                }
                _ => (),
            }
        }
    }
    if finding.services.is_empty() {
        return None;
    }
    Some(Advice {
        severity: Severity::Warning,
        finding: Finding::MixedTrust(finding),
        place: Spot::Text {
            document: id,
            span: place?,
        },
    })
}

/// The trust policy of a role of the home account.
pub(super) fn trust(role: &Role) -> DocumentId {
    DocumentId::home(Text::Trust {
        role: role.name.clone(),
    })
}

/// The statements by which a trust policy lets somebody take the role on.
fn assume_statements<'a>(
    inquiry: &Inquiry<'a>,
    id: &DocumentId,
) -> impl Iterator<Item = &'a Statement> {
    let policy = inquiry.documents.get(id).and_then(|it| it.policy.as_ref());
    let statements = policy.into_iter().flat_map(|it| &it.statements);
    let assume = ActionName::new("sts", "AssumeRole");
    let web = ActionName::new("sts", "AssumeRoleWithWebIdentity");
    let saml = ActionName::new("sts", "AssumeRoleWithSAML");
    statements.filter(move |it| {
        let actions = &it.action;
        let mut patterns = actions.patterns.iter();
        let hit = patterns.any(|it| [&assume, &web, &saml].iter().any(|x| it.value.matches(x)));
        it.effect.value == Effect::Allow && hit != actions.negated
    })
}

fn is_person(inquiry: &Inquiry<'_>, role: &Role, entry: &PrincipalPattern) -> bool {
    match entry {
        PrincipalPattern::Service(_) | PrincipalPattern::CanonicalUser(_) => false,
        PrincipalPattern::Arn(arn) => match role_name(arn) {
            Some(name) if name == role.name => false,
            Some(name) => inquiry.world.role(name).is_none_or(|other| {
                is_for_people(inquiry, other) && {
                    let holder = inquiry.holder_of_role(name);
                    let holder = holder.map(Holder::with_second_factor);
                    holder.is_some_and(|it| inquiry.may_assume(&it, role))
                }
            }),
            None => {
                let user = inquiry.users.iter().find(|it| it.arn() == Some(arn));
                let user = user.map(Holder::with_second_factor);
                user.is_none_or(|it| inquiry.may_assume(&it, role))
            }
        },
        PrincipalPattern::Any
        | PrincipalPattern::AnyAws
        | PrincipalPattern::Account(_)
        | PrincipalPattern::Federated(_)
        | PrincipalPattern::UniqueId(_) => true,
    }
}

/// Whether a role's trust policy names anybody but services.
fn is_for_people(inquiry: &Inquiry<'_>, role: &Role) -> bool {
    let id = trust(role);
    assume_statements(inquiry, &id).any(|it| {
        let principal = it.principal.as_ref();
        principal.is_none_or(|it| {
            let mut entries = it.entries.iter();
            entries.any(|it| !matches!(it.value, PrincipalPattern::Service(_)))
        })
    })
}

/// The name of the role that an ARN of a role or of a session of one names.
fn role_name(arn: &Arn) -> Option<&str> {
    let (kind, rest) = arn.resource().split_once('/')?;
    match kind {
        "role" => Some(arn.last_segment()),
        "assumed-role" => rest.split('/').next(),
        _ => None,
    }
}

fn name(entry: &PrincipalPattern) -> String {
    match entry {
        PrincipalPattern::Any | PrincipalPattern::AnyAws => "*".to_owned(),
        PrincipalPattern::Account(id) => id.to_string(),
        PrincipalPattern::Arn(arn) => arn.last_segment().to_owned(),
        PrincipalPattern::Service(name)
        | PrincipalPattern::Federated(name)
        | PrincipalPattern::CanonicalUser(name)
        | PrincipalPattern::UniqueId(name) => name.clone(),
    }
}

impl MixedTrust {
    pub(super) fn words(&self) -> Words {
        let (people, services) = (list(&self.people), list(&self.services));
        Words {
            title: format!("Role `{}` is for people and for services", self.role),
            why: format!(
                "It trusts {people} and {services}, so each has what the other needs, and logs cannot tell a person from a job."
            ),
            fix: format!(
                "Make a role of its own for people, and take {people} out of this trust policy."
            ),
        }
    }
}
