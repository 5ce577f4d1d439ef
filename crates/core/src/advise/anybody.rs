//! A bucket, key, repository or role that opens to anybody.
//!
//! `"Principal": "*"` means everybody: every account there is. A condition on who comes
//! (`aws:PrincipalOrgID`, `aws:SourceVpce`, `kms:CallerAccount`), or Block Public Access, makes it
//! somebody.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous>
//!
//! Asked as a user of an account that this world does not have and whose own policies allow all.

use std::sync::Arc;

use crate::{
    advise::{
        Advice, Finding, Severity, Words,
        inquiry::{ANY_NAME, Grant, Inquiry, STRANGER, grants},
        list,
        steps::rest,
    },
    eval::{self, NamedPolicy},
    explain::{Spot, entity_name},
    names::{Arn, DocumentName},
    policy::{self, PolicyKind},
    world::{EntityId, Thing, World},
};

/// Something that anybody can use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anybody {
    /// The bucket, key, repository or role.
    pub entity: EntityId,
    /// What a stranger may do.
    pub actions: Vec<&'static str>,
}

const ALLOW_ALL: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;

const BUCKET: &[&str] = &["s3:ListBucket", "s3:GetBucketLocation"];
const OBJECT: &[&str] = &["s3:GetObject", "s3:PutObject", "s3:DeleteObject"];
const KEY: &[&str] = &["kms:Decrypt", "kms:GenerateDataKey", "kms:CreateGrant"];
const REPOSITORY: &[&str] = &[
    "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer",
    "ecr:PutImage",
];

pub(super) async fn find(inquiry: &Inquiry<'_>) -> Vec<Advice> {
    let world = inquiry.world;
    let mut all = Vec::new();
    for account in world.accounts() {
        let id = &account.account;
        let regional = |service, resource: String| world.regional_arn_in(id, service, &resource);
        for bucket in account.buckets.iter().filter(|it| it.policy.is_some()) {
            let name = bucket.name.clone();
            let of_bucket = BUCKET.iter().map(|it| (*it, world.bucket_arn(&name, None)));
            let of_objects = OBJECT
                .iter()
                .map(|it| (*it, world.bucket_arn(&name, Some(ANY_NAME))));
            let asked = of_objects.chain(of_bucket).collect();
            all.push((world.entity(id, Thing::Bucket { name }), asked));
        }
        for key in &account.keys {
            let on = regional("kms", format!("key/{}", key.key_id));
            let thing = Thing::Key {
                id: key.key_id.clone(),
            };
            all.push((world.entity(id, thing), each(KEY, &on)));
        }
        for repository in account.repositories.iter().filter(|it| it.policy.is_some()) {
            let name = repository.name.clone();
            let on = regional("ecr", format!("repository/{name}"));
            all.push((
                world.entity(id, Thing::Repository { name }),
                each(REPOSITORY, &on),
            ));
        }
        for role in &account.roles {
            let on = world.role_arn_in(account, role);
            let thing = Thing::Role {
                name: role.name.clone(),
            };
            all.push((world.entity(id, thing), each(&["sts:AssumeRole"], &on)));
        }
    }
    let mut found = Vec::new();
    for (entity, asked) in all {
        found.extend(of_thing(inquiry, entity, asked));
        rest().await;
    }
    found
}

fn each(actions: &[&'static str], on: &Arn) -> Vec<(&'static str, Arn)> {
    actions.iter().map(|it| (*it, on.clone())).collect()
}

fn of_thing(
    inquiry: &Inquiry<'_>,
    entity: EntityId,
    asked: Vec<(&'static str, Arn)>,
) -> Option<Advice> {
    let mut actions = Vec::new();
    let mut place: Option<Spot> = None;
    let identity = NamedPolicy {
        name: DocumentName::new("stranger"),
        policy: Arc::new(policy::parse(ALLOW_ALL, PolicyKind::Identity).0?),
    };
    for (action, on) in asked {
        let request = inquiry.by_stranger(STRANGER, action, on);
        let mut policies = inquiry.policies(&request);
        policies.identity = vec![identity.clone()];
        if eval::decide(&policies, &request) != crate::trace::EvalDecision::Allowed {
            continue;
        }
        actions.push(action);
        if place.is_none() {
            // The stranger's own policy is no document of a world, so it is not among these.
            let grants = grants(&eval::evaluate(&policies, &request));
            place = grants.first().map(Grant::principal);
        }
    }
    Some(Advice {
        severity: Severity::Danger,
        finding: Finding::Anybody(Anybody { entity, actions }),
        place: place?,
    })
}

impl Anybody {
    pub(super) fn words(&self, world: &World) -> Words {
        let kind = match &self.entity.thing {
            Thing::Bucket { .. } => "Bucket",
            Thing::Key { .. } => "Key",
            Thing::Repository { .. } => "Repository",
            _ => "Role",
        };
        Words {
            title: format!("{kind} `{}` is open to anybody", entity_name(&self.entity, world)),
            why: format!("Somebody of any AWS account may {}.", list(&self.actions)),
            fix: "Name in `Principal` the accounts or roles that need it, or add a condition on who comes, such as `aws:PrincipalOrgID`.".to_owned(),
        }
    }
}
