//! Builds the rows of the account tree: what hangs where, and what the walk does there.
//!
//! Knows nothing of folding. Invariant: parents come before their children.

use std::collections::{BTreeMap, BTreeSet};

use rolewalk_core::{
    explain::{self, Spot},
    flow::Flow,
    names::Arn,
    world::{
        Bucket, DocumentId, Documents, Domain, EntityId, InlinePolicy, Key, Owner, UserProfile,
        World,
    },
};

use crate::{
    state::{document::Shown, selection::Selection},
    view::{
        finding,
        icon::Icon,
        tree::{Passage, Row},
    },
};

/// What the walk says about the things of an account.
#[derive(Clone, Debug, Default)]
struct Marks {
    path: Vec<EntityId>,
    blocking: Vec<Selection>,
}

impl Marks {
    fn of(flow: &Flow, shown: &Shown) -> Self {
        let path = flow
            .hops
            .iter()
            .filter(|it| flow.reaches(it))
            .flat_map(|it| [&it.from, &it.to])
            .filter_map(|it| it.entity.clone())
            .collect();
        let blocking = flow
            .blocked_at()
            .and_then(|it| flow.hops.get(it))
            .map(|hop| {
                let spots =
                    explain::hop_verdict(hop, &shown.scenario.world, &shown.documents).spots;
                spots
                    .iter()
                    .map(|(_, spot): &(String, Spot)| Selection::of(spot))
                    .collect()
            });
        Self {
            path,
            blocking: blocking.unwrap_or_default(),
        }
    }

    fn passage(&self, opens: &Selection, entity: Option<&EntityId>) -> Passage {
        if self.blocking.contains(opens) {
            Passage::Stopped
        } else if entity.is_some_and(|it| self.path.contains(it)) {
            Passage::OnPath
        } else {
            Passage::Off
        }
    }
}

/// The whole tree, parents before children. `flow` is the walk through `shown`; errors are those
/// of `documents`, the texts as they stand.
pub(crate) fn rows(world: &World, documents: &Documents, flow: &Flow, shown: &Shown) -> Vec<Row> {
    let mut tree = Tree {
        documents,
        marks: Marks::of(flow, shown),
        rows: Vec::new(),
    };
    let account = tree.add(
        None,
        "account",
        Icon::Account,
        "Account".to_owned(),
        EntityId::Account,
    );
    tree.detail(&format!("{} · {}", world.account, world.region));
    let iam = tree.folder(&account, "iam", "IAM", true);
    tree.iam(&iam, world);
    let sagemaker = tree.folder(&account, "sagemaker", "SageMaker", true);
    for domain in &world.domains {
        tree.domain(&sagemaker, world, domain);
    }
    let services = tree.folder(&account, "services", "AWS services", true);
    tree.services(&services, world);
    tree.finish()
}

struct Tree<'a> {
    documents: &'a Documents,
    marks: Marks,
    rows: Vec<Row>,
}

impl Tree<'_> {
    fn iam(&mut self, iam: &str, world: &World) {
        let users = self.folder(iam, "users", "Users", true);
        for user in &world.users {
            let entity = EntityId::User {
                name: user.name.clone(),
            };
            let key = self.add(
                Some(&users),
                &user.name,
                Icon::User,
                user.name.clone(),
                entity,
            );
            self.fold();
            self.policies(
                &key,
                world,
                &Owner::User(user.name.clone()),
                &user.inline_policies,
                &user.attached_policies,
            );
        }
        let groups = self.folder(iam, "groups", "Groups", false);
        for group in &world.groups {
            let entity = EntityId::Group {
                name: group.name.clone(),
            };
            let key = self.add(
                Some(&groups),
                &group.name,
                Icon::Group,
                group.name.clone(),
                entity,
            );
            let owner = Owner::Group(group.name.clone());
            self.policies(
                &key,
                world,
                &owner,
                &group.inline_policies,
                &group.attached_policies,
            );
        }
        let roles = self.folder(iam, "roles", "Roles", true);
        for role in &world.roles {
            let entity = EntityId::Role {
                name: role.name.clone(),
            };
            let key = self.add(
                Some(&roles),
                &role.name,
                Icon::Role,
                role.name.clone(),
                entity,
            );
            self.document(
                &key,
                "trust",
                Icon::Trust,
                "Trust policy",
                DocumentId::Trust {
                    role: role.name.clone(),
                },
            );
            self.policies(
                &key,
                world,
                &Owner::Role(role.name.clone()),
                &role.inline_policies,
                &role.attached_policies,
            );
        }
        let policies = self.folder(iam, "policies", "Policies", false);
        for policy in &world.policies {
            self.managed(&policies, world, &policy.arn, "");
        }
    }

    fn policies(
        &mut self,
        parent: &str,
        world: &World,
        owner: &Owner,
        inline: &[InlinePolicy],
        attached: &[Arn],
    ) {
        for policy in inline {
            let id = DocumentId::Inline {
                owner: owner.clone(),
                name: policy.name.clone(),
            };
            self.document(
                parent,
                &format!("inline-{}", policy.name),
                Icon::Policy,
                &policy.name,
                id,
            );
            self.detail("inline");
        }
        for arn in attached {
            self.managed(parent, world, arn, "attached");
        }
    }

    fn managed(&mut self, parent: &str, world: &World, arn: &Arn, detail: &str) {
        let id = DocumentId::Managed { arn: arn.clone() };
        self.document(parent, arn.as_str(), Icon::Policy, arn.last_segment(), id);
        let policy = world.policy(arn);
        let detail = match policy {
            None => "not in this account",
            Some(it) if it.is_aws_managed() && detail.is_empty() => "AWS managed",
            Some(_) => detail,
        };
        match policy.and_then(|it| it.version.as_deref()) {
            Some(version) => self.detail(&format!("{detail} · {version}")),
            None => self.detail(detail),
        }
    }

    fn domain(&mut self, parent: &str, world: &World, domain: &Domain) {
        let entity = EntityId::domain(domain);
        let key = self.add(
            Some(parent),
            &domain.domain_id,
            Icon::Domain,
            domain.domain_name.clone(),
            entity.clone(),
        );
        self.detail(&domain.domain_id);
        if !domain.home_efs_file_system_id.is_empty() {
            self.add(
                Some(&key),
                "efs",
                Icon::Files,
                domain.home_efs_file_system_id.clone(),
                entity,
            );
            self.detail("EFS home directories");
            self.off_path();
        }
        for profile in &domain.user_profiles {
            self.profile(&key, world, domain, profile);
        }
    }

    fn profile(&mut self, parent: &str, world: &World, domain: &Domain, profile: &UserProfile) {
        let name = &profile.user_profile_name;
        let entity = EntityId::user_profile(domain, profile);
        let key = self.add(Some(parent), name, Icon::Profile, name.clone(), entity);
        self.detail("user profile");
        let Some(arn) = World::execution_role_arn(domain, profile) else {
            return;
        };
        if let Some(role) = world.role_by_arn(arn) {
            let entity = EntityId::Role {
                name: role.name.clone(),
            };
            self.add(
                Some(&key),
                "execution-role",
                Icon::Badge,
                role.name.clone(),
                entity,
            );
            self.detail("execution role");
        }
    }

    fn services(&mut self, parent: &str, world: &World) {
        if !world.buckets.is_empty() {
            let buckets = self.folder(parent, "s3", "S3", true);
            for bucket in &world.buckets {
                self.bucket(&buckets, bucket);
            }
        }
        if !world.repositories.is_empty() {
            let repositories = self.folder(parent, "ecr", "ECR", true);
            for it in &world.repositories {
                let entity = EntityId::Repository {
                    name: it.name.clone(),
                };
                let key = self.add(
                    Some(&repositories),
                    &it.name,
                    Icon::Repository,
                    it.name.clone(),
                    entity,
                );
                if it.policy.is_some() {
                    let id = DocumentId::Repository {
                        repository: it.name.clone(),
                    };
                    self.document(&key, "policy", Icon::Policy, "Repository policy", id);
                }
            }
        }
        if !world.log_groups.is_empty() {
            let groups = self.folder(parent, "logs", "CloudWatch Logs", true);
            for it in &world.log_groups {
                let entity = EntityId::LogGroup {
                    name: it.name.clone(),
                };
                self.add(Some(&groups), &it.name, Icon::Logs, it.name.clone(), entity);
            }
        }
        if !world.keys.is_empty() {
            let keys = self.folder(parent, "kms", "KMS", true);
            for key in &world.keys {
                self.key(&keys, key);
            }
        }
    }

    fn bucket(&mut self, parent: &str, bucket: &Bucket) {
        let entity = EntityId::Bucket {
            name: bucket.name.clone(),
        };
        let key = self.add(
            Some(parent),
            &bucket.name,
            Icon::Bucket,
            bucket.name.clone(),
            entity,
        );
        if bucket.policy.is_some() {
            let id = DocumentId::Bucket {
                bucket: bucket.name.clone(),
            };
            self.document(&key, "policy", Icon::Policy, "Bucket policy", id);
        }
    }

    fn key(&mut self, parent: &str, it: &Key) {
        let entity = EntityId::Key {
            id: it.key_id.clone(),
        };
        let key = self.add(
            Some(parent),
            &it.key_id,
            Icon::Key,
            it.name().to_owned(),
            entity,
        );
        let id = DocumentId::Key {
            key: it.key_id.clone(),
        };
        self.document(&key, "policy", Icon::Policy, "Key policy", id);
    }

    fn add(
        &mut self,
        parent: Option<&str>,
        name: &str,
        icon: Icon,
        label: String,
        entity: EntityId,
    ) -> String {
        let opens = Selection::of_entity(entity.clone());
        let row = Row {
            passage: self.marks.passage(&opens, Some(&entity)),
            opens: Some(opens),
            ..row(parent.unwrap_or(""), name, icon, label)
        };
        self.push(row)
    }

    fn document(
        &mut self,
        parent: &str,
        name: &str,
        icon: Icon,
        label: &str,
        id: DocumentId,
    ) -> String {
        let n_errors = self
            .documents
            .get(&id)
            .map_or(0, |it| finding::n_errors(it));
        let opens = Selection::Document(id);
        let row = Row {
            passage: self.marks.passage(&opens, None),
            opens: Some(opens),
            n_errors,
            ..row(parent, name, icon, label.to_owned())
        };
        self.push(row)
    }

    fn folder(&mut self, parent: &str, name: &str, label: &str, is_open: bool) -> String {
        self.push(Row {
            is_open_at_first: is_open,
            ..row(parent, name, Icon::Folder, label.to_owned())
        })
    }

    fn push(&mut self, row: Row) -> String {
        let key = row.key.clone();
        self.rows.push(row);
        key
    }

    /// A few words behind the newest row's name.
    fn detail(&mut self, detail: &str) {
        if let Some(row) = self.rows.last_mut() {
            detail.clone_into(&mut row.detail);
        }
    }

    fn fold(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.is_open_at_first = false;
        }
    }

    fn off_path(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.passage = Passage::Off;
        }
    }

    fn finish(mut self) -> Vec<Row> {
        let mut parents = BTreeSet::new();
        let mut blocked = BTreeSet::new();
        let mut levels: BTreeMap<String, usize> = BTreeMap::new();
        for row in &self.rows {
            let level = levels.get(&row.parent).copied().unwrap_or(0) + 1;
            levels.insert(row.key.clone(), level);
            parents.insert(row.parent.clone());
            if row.passage == Passage::Stopped {
                blocked.insert(row.parent.clone());
            }
        }
        for row in &mut self.rows {
            row.has_children = parents.contains(&row.key);
            row.level = levels.get(&row.key).copied().unwrap_or(1);
            // What stops the request is in sight.
            row.is_open_at_first |=
                blocked.contains(&row.key) && row.level > 2 && row.parent != "account/iam";
        }
        self.rows
    }
}

fn row(parent: &str, name: &str, icon: Icon, label: String) -> Row {
    let key = if parent.is_empty() {
        name.to_owned()
    } else {
        format!("{parent}/{name}")
    };
    Row {
        is_open_at_first: matches!(icon, Icon::Account | Icon::Domain | Icon::Profile),
        key,
        parent: parent.to_owned(),
        level: 1,
        icon,
        label,
        detail: String::new(),
        opens: None,
        has_children: false,
        passage: Passage::Off,
        n_errors: 0,
    }
}
