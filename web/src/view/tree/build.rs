//! Builds the rows of the account tree: what hangs where, and what the walk does there.
//!
//! Knows nothing of folding. Invariant: parents come before their children.

use std::collections::{BTreeMap, BTreeSet};

use rolewalk_core::{
    explain::{self, Spot},
    flow::Flow,
    names::{AccountId, Arn},
    world::{
        self, Account, AppOwner, DocumentId, Documents, Domain, EntityId, InlinePolicy,
        ManagedPolicy, Owner, SharingType, Space, Text, Thing, UserProfile, World, change::Kind,
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

/// A folder with more than this is folded at first.
const MANY: usize = 40;

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
    let mut refused = BTreeMap::new();
    for it in world::check(world) {
        *refused.entry(it.entity).or_default() += 1;
    }
    let policies = world.accounts().flat_map(|it| &it.policies);
    let mut managed = BTreeMap::new();
    for it in policies {
        managed.entry(&it.arn).or_insert(it);
    }
    let mut tree = Tree {
        documents,
        managed,
        refused,
        marks: Marks::of(flow, shown),
        rows: Vec::new(),
    };
    tree.account("account", &Home::of(world, &world.home), "Account");
    if let Some(organization) = &world.organization {
        tree.organization(world, organization);
    }
    for account in &world.other_accounts {
        let key = format!("account-{}", account.account);
        let name = account_name(world, &account.account);
        tree.account(&key, &Home::of(world, account), &name);
    }
    tree.finish()
}

/// What people call an account: its name, else its id.
pub(super) fn account_name(world: &World, id: &AccountId) -> String {
    let account = world.account(id).filter(|it| !it.name.is_empty());
    account.map_or_else(|| id.to_string(), |it| it.name.clone())
}

/// An account and its world: where things are at home.
pub(super) struct Home<'a> {
    world: &'a World,
    pub(super) account: &'a Account,
    id: Option<AccountId>,
}

impl<'a> Home<'a> {
    fn of(world: &'a World, account: &'a Account) -> Self {
        let id = world.place_of(&account.account);
        Self { world, account, id }
    }

    fn is_home(&self) -> bool {
        self.id.is_none()
    }

    pub(super) fn entity(&self, thing: Thing) -> EntityId {
        let account = self.id.clone();
        EntityId { account, thing }
    }

    fn text(&self, text: Text) -> DocumentId {
        let account = self.id.clone();
        DocumentId { account, text }
    }
}

pub(super) struct Tree<'a> {
    documents: &'a Documents,
    /// The managed policies: each is looked up for everybody that it is attached to.
    managed: BTreeMap<&'a Arn, &'a ManagedPolicy>,
    /// The things of which AWS would refuse something, and how often it would.
    refused: BTreeMap<EntityId, usize>,
    marks: Marks,
    rows: Vec<Row>,
}

impl Tree<'_> {
    fn account(&mut self, key: &str, home: &Home<'_>, label: &str) {
        let (world, account) = (home.world, home.account);
        let key = self.add(
            None,
            key,
            Icon::Account,
            label.to_owned(),
            home.entity(Thing::Account),
        );
        self.detail(&format!("{} · {}", account.account, world.region));
        let has_iam = !(account.users.is_empty()
            && account.groups.is_empty()
            && account.roles.is_empty()
            && account.policies.is_empty());
        if home.is_home() || has_iam {
            let iam = self.folder(&key, "iam", "IAM", home.is_home());
            self.adds(
                &[Kind::User, Kind::Group, Kind::Role, Kind::ManagedPolicy],
                home.entity(Thing::Account),
            );
            self.iam(&iam, home);
        }
        if home.is_home() || !account.domains.is_empty() {
            let sagemaker = self.folder(&key, "sagemaker", "SageMaker", true);
            self.adds(&[Kind::Domain], home.entity(Thing::Account));
            for domain in &account.domains {
                self.domain(&sagemaker, home, domain);
            }
        }
        let services = self.folder(&key, "services", "AWS services", true);
        self.adds(
            &[
                Kind::Bucket,
                Kind::Repository,
                Kind::LogGroup,
                Kind::Key,
                Kind::Vpc,
                Kind::VpcEndpoint,
            ],
            home.entity(Thing::Account),
        );
        self.services(&services, home);
    }

    fn iam(&mut self, iam: &str, home: &Home<'_>) {
        let account = home.account;
        let users = self.folder(iam, "users", "Users", account.users.len() <= MANY);
        self.adds(&[Kind::User], home.entity(Thing::Account));
        for user in &account.users {
            let owner = Owner::User(user.name.clone());
            let key = self.identity(&users, home, Icon::User, &user.name, &owner);
            self.fold();
            let attached = &user.attached_policies;
            self.policies(&key, home, &owner, &user.inline_policies, attached);
        }
        let groups = self.folder(iam, "groups", "Groups", false);
        self.adds(&[Kind::Group], home.entity(Thing::Account));
        for group in &account.groups {
            let owner = Owner::Group(group.name.clone());
            let key = self.identity(&groups, home, Icon::Group, &group.name, &owner);
            let attached = &group.attached_policies;
            self.policies(&key, home, &owner, &group.inline_policies, attached);
        }
        let roles = self.folder(iam, "roles", "Roles", account.roles.len() <= MANY);
        self.adds(&[Kind::Role], home.entity(Thing::Account));
        for role in &account.roles {
            let owner = Owner::Role(role.name.clone());
            let key = self.identity(&roles, home, Icon::Role, &role.name, &owner);
            let trust = home.text(Text::Trust {
                role: role.name.clone(),
            });
            self.document(&key, "trust", Icon::Trust, "Trust policy", trust);
            let attached = &role.attached_policies;
            self.policies(&key, home, &owner, &role.inline_policies, attached);
        }
        let policies = self.folder(iam, "policies", "Policies", false);
        self.adds(&[Kind::ManagedPolicy], home.entity(Thing::Account));
        for policy in &account.policies {
            self.managed(&policies, &policy.arn, "");
        }
    }

    fn identity(
        &mut self,
        parent: &str,
        home: &Home<'_>,
        icon: Icon,
        name: &str,
        owner: &Owner,
    ) -> String {
        let entity = home.entity(owner.thing());
        self.add(Some(parent), name, icon, name.to_owned(), entity)
    }

    fn policies(
        &mut self,
        parent: &str,
        home: &Home<'_>,
        owner: &Owner,
        inline: &[InlinePolicy],
        attached: &[Arn],
    ) {
        for policy in inline {
            let id = home.text(Text::Inline {
                owner: owner.clone(),
                name: policy.name.clone(),
            });
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
            self.managed(parent, arn, "attached");
        }
    }

    fn managed(&mut self, parent: &str, arn: &Arn, detail: &str) {
        let id = Text::Managed { arn: arn.clone() }.into();
        self.document(parent, arn.as_str(), Icon::Policy, arn.last_segment(), id);
        let policy = self.managed.get(arn).copied();
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

    fn domain(&mut self, parent: &str, home: &Home<'_>, domain: &Domain) {
        let entity = home.entity(Thing::Domain {
            id: domain.domain_id.clone(),
        });
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
            self.unmark();
        }
        for profile in &domain.user_profiles {
            self.profile(&key, home, domain, profile);
        }
        for space in &domain.spaces {
            self.space(&key, home, domain, space);
        }
        self.apps(&key, home, domain, |it| {
            // Of nobody, or of somebody who is not there.
            match it {
                AppOwner::Profile(name) => domain.user_profile(name).is_none(),
                AppOwner::Space(name) => domain.space(name).is_none(),
                AppOwner::Domain => true,
            }
        });
    }

    fn space(&mut self, parent: &str, home: &Home<'_>, domain: &Domain, space: &Space) {
        let name = &space.space_name;
        let entity = home.entity(Thing::Space {
            domain: domain.domain_id.clone(),
            name: name.clone(),
        });
        let key = format!("space-{name}");
        let key = self.add(Some(parent), &key, Icon::App, name.clone(), entity);
        self.detail(match space.sharing_type {
            SharingType::Private => "private space",
            SharingType::Shared => "shared space",
        });
        self.apps(
            &key,
            home,
            domain,
            |it| matches!(it, AppOwner::Space(own) if own == name),
        );
    }

    fn profile(&mut self, parent: &str, home: &Home<'_>, domain: &Domain, profile: &UserProfile) {
        let name = &profile.user_profile_name;
        let entity = home.entity(Thing::UserProfile {
            domain: domain.domain_id.clone(),
            name: name.clone(),
        });
        let key = self.add(Some(parent), name, Icon::Profile, name.clone(), entity);
        self.detail("user profile");
        self.apps(
            &key,
            home,
            domain,
            |it| matches!(it, AppOwner::Profile(own) if own.eq_ignore_ascii_case(name)),
        );
        let Some(arn) = domain.execution_role(profile) else {
            return;
        };
        if let Some(role) = home.world.role_by_arn_in(home.account, arn) {
            let entity = home.entity(Thing::Role {
                name: role.name.clone(),
            });
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

    fn services(&mut self, parent: &str, home: &Home<'_>) {
        let account = home.account;
        if !account.buckets.is_empty() {
            let buckets = self.folder(parent, "s3", "S3", true);
            self.adds(&[Kind::Bucket], home.entity(Thing::Account));
            for it in &account.buckets {
                let name = || it.name.clone();
                let text = it
                    .policy
                    .as_ref()
                    .map(|_| ("Bucket policy", Text::Bucket { bucket: name() }));
                let thing = Thing::Bucket { name: name() };
                self.resource(&buckets, home, Icon::Bucket, &it.name, thing, text);
            }
        }
        if !account.repositories.is_empty() {
            let repositories = self.folder(parent, "ecr", "ECR", true);
            self.adds(&[Kind::Repository], home.entity(Thing::Account));
            for it in &account.repositories {
                let name = || it.name.clone();
                let text = it
                    .policy
                    .as_ref()
                    .map(|_| ("Repository policy", Text::Repository { repository: name() }));
                let thing = Thing::Repository { name: name() };
                self.resource(&repositories, home, Icon::Repository, &it.name, thing, text);
            }
        }
        if !account.log_groups.is_empty() {
            let groups = self.folder(parent, "logs", "CloudWatch Logs", true);
            self.adds(&[Kind::LogGroup], home.entity(Thing::Account));
            for it in &account.log_groups {
                let name = it.name.clone();
                self.resource(
                    &groups,
                    home,
                    Icon::Logs,
                    &it.name,
                    Thing::LogGroup { name },
                    None,
                );
            }
        }
        if !account.keys.is_empty() {
            let keys = self.folder(parent, "kms", "KMS", true);
            self.adds(&[Kind::Key], home.entity(Thing::Account));
            for it in &account.keys {
                let id = || it.key_id.clone();
                let text = Some(("Key policy", Text::Key { key: id() }));
                self.resource(
                    &keys,
                    home,
                    Icon::Key,
                    &it.key_id,
                    Thing::Key { id: id() },
                    text,
                );
            }
        }
        self.networks(parent, home);
        if !account.vpc_endpoints.is_empty() {
            let endpoints = self.folder(parent, "vpc", "VPC endpoints", true);
            self.adds(&[Kind::VpcEndpoint], home.entity(Thing::Account));
            for it in &account.vpc_endpoints {
                let id = || it.vpc_endpoint_id.clone();
                let text = it
                    .policy
                    .as_ref()
                    .map(|_| ("Endpoint policy", Text::VpcEndpoint { id: id() }));
                let thing = Thing::VpcEndpoint { id: id() };
                self.resource(
                    &endpoints,
                    home,
                    Icon::Network,
                    &it.vpc_endpoint_id,
                    thing,
                    text,
                );
            }
        }
    }

    /// A thing and its policy.
    fn resource(
        &mut self,
        parent: &str,
        home: &Home<'_>,
        icon: Icon,
        name: &str,
        thing: Thing,
        text: Option<(&str, Text)>,
    ) {
        let entity = home.entity(thing);
        let label = explain::entity_name(&entity, home.world);
        let key = self.add(Some(parent), name, icon, label, entity);
        if let Some((label, text)) = text {
            self.document(&key, "policy", Icon::Policy, label, home.text(text));
        }
    }

    pub(super) fn add(
        &mut self,
        parent: Option<&str>,
        name: &str,
        icon: Icon,
        label: String,
        entity: EntityId,
    ) -> String {
        let opens = Selection::of_entity(entity.clone());
        let n_errors = self.refused.get(&entity).copied().unwrap_or_default();
        let row = Row {
            passage: self.marks.passage(&opens, Some(&entity)),
            opens: Some(opens),
            n_errors,
            ..row(parent.unwrap_or(""), name, icon, label)
        };
        self.push(row)
    }

    pub(super) fn document(
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

    pub(super) fn folder(
        &mut self,
        parent: &str,
        name: &str,
        label: &str,
        is_open: bool,
    ) -> String {
        self.push(Row {
            is_open_at_first: is_open,
            ..row(parent, name, Icon::Folder, label.to_owned())
        })
    }

    /// What can be added in the newest row, a folder.
    pub(super) fn adds(&mut self, kinds: &'static [Kind], at: EntityId) {
        if let Some(row) = self.rows.last_mut() {
            row.adds = Some((kinds, at));
        }
    }

    fn push(&mut self, row: Row) -> String {
        let key = row.key.clone();
        self.rows.push(row);
        key
    }

    /// A few words behind the newest row's name.
    pub(super) fn detail(&mut self, detail: &str) {
        if let Some(row) = self.rows.last_mut() {
            detail.clone_into(&mut row.detail);
        }
    }

    pub(super) fn fold(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.is_open_at_first = false;
        }
    }

    pub(super) fn unfold(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.is_open_at_first = true;
        }
    }

    /// The newest row stands for a thing that has a row of its own, with the marks.
    pub(super) fn unmark(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.passage = Passage::Off;
            row.n_errors = 0;
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
        adds: None,
        has_children: false,
        passage: Passage::Off,
        n_errors: 0,
    }
}
