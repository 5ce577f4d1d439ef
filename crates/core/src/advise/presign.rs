//! `sagemaker:CreatePresignedDomainUrl` on any profile.
//!
//! The URL opens a profile as its owner: the files, and the profile's execution role. There is no
//! condition key for whose profile it is, only the profile's ARN and its tags.
//! <https://docs.aws.amazon.com/sagemaker/latest/dg/security_iam_id-based-policy-examples.html>
//!
//! Asked for a profile of a name that nothing has, without tags. A domain of IAM Identity Center
//! takes no presigned URLs from people, so there is nothing to find; nor with administrators.

use std::collections::BTreeMap;

use crate::{
    advise::{
        Advice, Finding, Severity, Words,
        inquiry::{ANY_NAME, Inquiry},
        list,
        steps::rest,
    },
    explain::{Spot, entity_name},
    syntax::Span,
    world::{AuthMode, DocumentId, EntityId, Thing, World},
};

/// A statement that opens anybody's profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresignAny {
    /// The domains in which it does.
    pub domains: Vec<EntityId>,
    /// The users and roles that have it.
    pub holders: Vec<EntityId>,
}

pub(super) async fn find(inquiry: &Inquiry<'_>) -> Vec<Advice> {
    let mut found: BTreeMap<(DocumentId, Span), PresignAny> = BTreeMap::new();
    let domains = inquiry.world.home.domains.iter();
    for domain in domains.filter(|it| it.auth_mode == AuthMode::Iam && !it.user_profiles.is_empty())
    {
        let entity = EntityId::home(Thing::Domain {
            id: domain.domain_id.clone(),
        });
        for holder in inquiry.holders().filter(|it| !it.is_administrator) {
            rest().await;
            let mut profiles = domain.user_profiles.iter();
            let opens_all = inquiry.may_open(holder, domain, ANY_NAME)
                && profiles.all(|it| inquiry.may_open(holder, domain, &it.user_profile_name));
            if !opens_all {
                continue;
            }
            let on = inquiry.profile_arn(domain, ANY_NAME);
            let action = "sagemaker:CreatePresignedDomainUrl";
            for grant in inquiry.grants(&inquiry.request(holder, action, on, &[])) {
                let Spot::Text { document, span } = grant.action() else {
                    continue;
                };
                let finding = found.entry((document, span)).or_insert_with(|| PresignAny {
                    domains: Vec::new(),
                    holders: Vec::new(),
                });
                for (list, it) in [
                    (&mut finding.domains, &entity),
                    (&mut finding.holders, &holder.entity()),
                ] {
                    if !list.contains(it) {
                        list.push(it.clone());
                    }
                }
            }
        }
    }
    let advice = |((document, span), finding)| Advice {
        severity: Severity::Warning,
        finding: Finding::PresignAny(finding),
        place: Spot::Text { document, span },
    };
    found.into_iter().map(advice).collect()
}

impl PresignAny {
    pub(super) fn words(&self, world: &World) -> Words {
        let names = |ids: &[EntityId]| {
            let names: Vec<String> = ids.iter().map(|it| entity_name(it, world)).collect();
            list(&names)
        };
        Words {
            title: format!(
                "{} may open anybody’s profile in {}",
                names(&self.holders),
                names(&self.domains)
            ),
            why: "The URL opens a profile with its owner’s files and execution role, and the logs show the owner’s name.".to_owned(),
            fix: "Name the own profile’s ARN in `Resource`, or ask for its tag with `sagemaker:ResourceTag/…`; where the policy is AWS’s own, deny `sagemaker:CreatePresignedDomainUrl` on the others in a policy beside it.".to_owned(),
        }
    }
}
