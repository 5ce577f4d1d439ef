//! Every policy text in a world: where it stands, and the text as parsed.

use std::sync::Arc;

use litemap::{Entry, LiteMap};

use crate::{
    diagnostic::Diagnostic,
    policy::{self, Policy},
    syntax::LineIndex,
    world::{Account, DocumentId, InlinePolicy, Owner, PolicyText, Text, World, changed},
};

impl World {
    /// Every policy text: account by account, the home account's first, then the organization's.
    pub fn documents(&self) -> Vec<(DocumentId, &PolicyText)> {
        let mut all = Vec::new();
        let mut managed = LiteMap::new_vec();
        for (idx, account) in self.accounts().enumerate() {
            let id = (idx > 0).then_some(&account.account);
            for (text, document) in account.texts() {
                let account = match &text {
                    // Of those with one ARN the first counts, as it does for `World::policy`.
                    Text::Managed { arn } => {
                        if managed.insert(arn.clone(), ()).is_some() {
                            continue;
                        }
                        None
                    }
                    _ => id.cloned(),
                };
                all.push((DocumentId { account, text }, document));
            }
        }
        for policy in self.organization.iter().flat_map(|it| &it.policies) {
            let text = Text::Organization {
                kind: policy.kind,
                name: policy.name.clone(),
            };
            all.push((DocumentId::home(text), &policy.document));
        }
        all
    }

    /// One policy's text.
    pub fn document(&self, id: &DocumentId) -> Option<&PolicyText> {
        match &id.text {
            Text::Managed { arn } => self.policy(arn).map(|it| &it.document),
            Text::Organization { kind, name } => {
                let policy = self.organization.as_ref()?.policy(*kind, name)?;
                Some(&policy.document)
            }
            text => self.account_of(id.account.as_ref())?.text(text),
        }
    }

    /// One policy's text, to be replaced.
    pub fn document_mut(&mut self, id: &DocumentId) -> Option<&mut PolicyText> {
        match &id.text {
            Text::Managed { arn } => {
                let mut accounts = self.accounts_mut();
                let policy = accounts.find_map(|it| it.policies.named_mut(arn.as_str()))?;
                Some(&mut policy.document)
            }
            Text::Organization { kind, name } => {
                let policy = self.organization.as_mut()?.policy_mut(*kind, name)?;
                Some(&mut policy.document)
            }
            text => self.account_of_mut(id.account.as_ref())?.text_mut(text),
        }
    }
}

impl World {
    /// How long all policies are together, in UTF-16 code units as browsers count what they store:
    /// those of AWS, of resources, of the organization and those not in force among them.
    pub fn n_policy_characters(&self) -> usize {
        let policies = self.organization.iter().flat_map(|it| &it.policies);
        let of_organization: usize = policies.map(|it| it.document.n_characters()).sum();
        let of_accounts: usize = self.accounts().map(Account::n_policy_characters).sum();
        of_accounts + of_organization
    }
}

impl Account {
    fn n_policy_characters(&self) -> usize {
        let inline = |policies: &[InlinePolicy]| -> usize {
            policies.iter().map(|it| it.document.n_characters()).sum()
        };
        let one = |policy: &Option<PolicyText>| policy.as_ref().map_or(0, PolicyText::n_characters);
        let mut n = 0;
        for it in &self.users {
            n += inline(&it.inline_policies);
        }
        for it in &self.groups {
            n += inline(&it.inline_policies);
        }
        for it in &self.roles {
            n += inline(&it.inline_policies) + it.trust_policy.n_characters();
        }
        for it in &self.policies {
            let others = it.other_versions.iter();
            let others: usize = others.map(|it| it.document.n_characters()).sum();
            n += others + it.document.n_characters();
        }
        n += self.buckets.iter().map(|it| one(&it.policy)).sum::<usize>();
        n += self
            .repositories
            .iter()
            .map(|it| one(&it.policy))
            .sum::<usize>();
        n += self
            .keys
            .iter()
            .map(|it| it.policy.n_characters())
            .sum::<usize>();
        n + self
            .vpc_endpoints
            .iter()
            .map(|it| one(&it.policy))
            .sum::<usize>()
    }

    /// Every policy text, those not in force among them, to be changed.
    pub(super) fn texts_mut(&mut self) -> impl Iterator<Item = &mut PolicyText> {
        let users = self.users.iter_mut().flat_map(|it| &mut it.inline_policies);
        let groups = self
            .groups
            .iter_mut()
            .flat_map(|it| &mut it.inline_policies);
        let (trusts, of_roles): (Vec<_>, Vec<_>) = self
            .roles
            .iter_mut()
            .map(|it| (&mut it.trust_policy, &mut it.inline_policies))
            .unzip();
        let inline = users.chain(groups).chain(of_roles.into_iter().flatten());
        // What AWS keeps is AWS's.
        let own = self.policies.iter_mut().filter(|it| !it.is_aws_managed());
        let managed = own.flat_map(|it| {
            let others = it.other_versions.iter_mut().map(|it| &mut it.document);
            others.chain([&mut it.document])
        });
        let buckets = self.buckets.iter_mut().filter_map(|it| it.policy.as_mut());
        let repositories = self.repositories.iter_mut();
        let repositories = repositories.filter_map(|it| it.policy.as_mut());
        let keys = self.keys.iter_mut().map(|it| &mut it.policy);
        let endpoints = self.vpc_endpoints.iter_mut();
        let endpoints = endpoints.filter_map(|it| it.policy.as_mut());
        inline
            .map(|it| &mut it.document)
            .chain(trusts)
            .chain(managed)
            .chain(buckets)
            .chain(repositories)
            .chain(keys)
            .chain(endpoints)
    }

    /// Every policy text in force, and which it is.
    pub(crate) fn texts(&self) -> Vec<(Text, &PolicyText)> {
        let mut all = Vec::new();
        for user in &self.users {
            all.extend(inline(
                Owner::User(user.name.clone()),
                &user.inline_policies,
            ));
        }
        for group in &self.groups {
            all.extend(inline(
                Owner::Group(group.name.clone()),
                &group.inline_policies,
            ));
        }
        for role in &self.roles {
            let trust = Text::Trust {
                role: role.name.clone(),
            };
            all.push((trust, &role.trust_policy));
            all.extend(inline(
                Owner::Role(role.name.clone()),
                &role.inline_policies,
            ));
        }
        for policy in &self.policies {
            let arn = policy.arn.clone();
            all.push((Text::Managed { arn }, &policy.document));
        }
        for bucket in &self.buckets {
            let text = || Text::Bucket {
                bucket: bucket.name.clone(),
            };
            all.extend(bucket.policy.as_ref().map(|it| (text(), it)));
        }
        for repository in &self.repositories {
            let text = || Text::Repository {
                repository: repository.name.clone(),
            };
            all.extend(repository.policy.as_ref().map(|it| (text(), it)));
        }
        for key in &self.keys {
            let text = Text::Key {
                key: key.key_id.clone(),
            };
            all.push((text, &key.policy));
        }
        for endpoint in &self.vpc_endpoints {
            let text = || Text::VpcEndpoint {
                id: endpoint.vpc_endpoint_id.clone(),
            };
            all.extend(endpoint.policy.as_ref().map(|it| (text(), it)));
        }
        all
    }

    /// The policies of one user, group or role; nothing where there is no such owner.
    pub(super) fn inline_policies(&self, owner: &Owner) -> Option<&[InlinePolicy]> {
        Some(match owner {
            Owner::User(it) => &self.user(it)?.inline_policies,
            Owner::Group(it) => &self.group(it)?.inline_policies,
            Owner::Role(it) => &self.role(it)?.inline_policies,
        })
    }

    /// The same, to be changed.
    pub(crate) fn inline_policies_mut(&mut self, owner: &Owner) -> Option<&mut Vec<InlinePolicy>> {
        Some(match owner {
            Owner::User(it) => &mut self.user_mut(it)?.inline_policies,
            Owner::Group(it) => &mut self.group_mut(it)?.inline_policies,
            Owner::Role(it) => &mut self.role_mut(it)?.inline_policies,
        })
    }

    fn text(&self, text: &Text) -> Option<&PolicyText> {
        match text {
            Text::Inline { owner, name } => {
                let mut policies = self.inline_policies(owner)?.iter();
                policies.find(|it| it.name == *name).map(|it| &it.document)
            }
            Text::Trust { role } => Some(&self.role(role)?.trust_policy),
            Text::Bucket { bucket } => self.bucket(bucket)?.policy.as_ref(),
            Text::Key { key } => Some(&self.key(key)?.policy),
            Text::Repository { repository } => self.repository(repository)?.policy.as_ref(),
            Text::VpcEndpoint { id } => self.vpc_endpoint(id)?.policy.as_ref(),
            Text::Managed { .. } | Text::Organization { .. } => None,
        }
    }

    fn text_mut(&mut self, text: &Text) -> Option<&mut PolicyText> {
        match text {
            Text::Inline { owner, name } => {
                let mut policies = self.inline_policies_mut(owner)?.iter_mut();
                policies
                    .find(|it| it.name == *name)
                    .map(|it| &mut it.document)
            }
            Text::Trust { role } => Some(&mut self.role_mut(role)?.trust_policy),
            Text::Bucket { bucket } => self.bucket_mut(bucket)?.policy.as_mut(),
            Text::Key { key } => Some(&mut self.key_mut(key)?.policy),
            Text::Repository { repository } => self.repository_mut(repository)?.policy.as_mut(),
            Text::VpcEndpoint { id } => self.vpc_endpoint_mut(id)?.policy.as_mut(),
            Text::Managed { .. } | Text::Organization { .. } => None,
        }
    }
}

fn inline(owner: Owner, policies: &[InlinePolicy]) -> impl Iterator<Item = (Text, &PolicyText)> {
    policies.iter().map(move |it| {
        let text = Text::Inline {
            owner: owner.clone(),
            name: it.name.clone(),
        };
        (text, &it.document)
    })
}

/// One policy text, parsed.
#[derive(Debug, PartialEq, Eq)]
pub struct Document {
    /// The text it was parsed from.
    pub text: PolicyText,
    /// Where its lines begin.
    pub lines: LineIndex,
    /// What could be understood.
    pub policy: Option<Arc<Policy>>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Document {
    fn parse(text: &PolicyText, id: &DocumentId) -> Self {
        let (policy, mut diagnostics) = policy::parse(text.as_str(), id.kind());
        if matches!(&id.text, Text::Managed { arn } if arn.is_aws_owned()) {
            // AWS's own policies may be larger than a customer's.
            diagnostics.retain(|it| it.is_error() || it.code != "document-too-large");
        }
        Self {
            text: text.clone(),
            lines: LineIndex::new(text.as_str()),
            policy: policy.map(Arc::new),
            diagnostics,
        }
    }

    /// Whether AWS would refuse to save it.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Every policy text of a world, parsed.
///
/// INVARIANT: `newer` and `broken` have no ids that `base` does not have.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// The texts, but for those that changed since.
    base: Arc<LiteMap<DocumentId, Arc<Document>>>,
    /// What stands in place of those of `base`: few, so that an edit copies few.
    newer: LiteMap<DocumentId, Arc<Document>>,
    /// Those that AWS would refuse to save.
    broken: Arc<LiteMap<DocumentId, ()>>,
    /// The world whose texts they are.
    world: Option<World>,
}

/// So many texts may stand beside the others before all are put together.
const MAX_NEWER: usize = 64;

impl PartialEq for Documents {
    fn eq(&self, other: &Self) -> bool {
        if Arc::ptr_eq(&self.base, &other.base) {
            let mut ids = self.newer.keys().chain(other.newer.keys());
            return ids.all(|id| self.get(id) == other.get(id));
        }
        self.base.len() == other.base.len() && self.iter().eq(other.iter())
    }
}

impl Eq for Documents {}

impl Documents {
    /// Parses every text of `world`.
    pub fn parse(world: &World) -> Self {
        Self::default().refresh(world)
    }

    /// Parses the texts that changed since `self` was made and takes over the rest: a keystroke
    /// costs the parsing of one policy, in a world of whatever size.
    #[must_use]
    pub fn refresh(&self, world: &World) -> Self {
        let changed = self
            .world
            .as_ref()
            .and_then(|it| changed::changed_texts(it, world));
        match changed {
            Some(changed) if changed.len() <= MAX_NEWER => self.with(world, changed),
            _ => self.anew(world),
        }
    }

    /// With these texts as they are in `world`, which has the same texts otherwise.
    fn with(&self, world: &World, changed: Vec<DocumentId>) -> Self {
        let mut documents = Self {
            world: Some(world.clone()),
            ..self.clone()
        };
        for id in changed {
            // Of those with one name the first counts, and that one may not have changed.
            let Some(text) = world.document(&id) else {
                continue;
            };
            let document = self.parsed(&id, text);
            if document.has_errors() != documents.broken.contains_key(&id) {
                let broken = Arc::make_mut(&mut documents.broken);
                if document.has_errors() {
                    broken.insert(id.clone(), ());
                } else {
                    broken.remove(&id);
                }
            }
            documents.newer.insert(id, document);
        }
        if documents.newer.len() > MAX_NEWER {
            let newer = std::mem::take(&mut documents.newer);
            Arc::make_mut(&mut documents.base).extend(newer);
        }
        documents
    }

    fn anew(&self, world: &World) -> Self {
        let mut base = LiteMap::new_vec();
        let mut broken = LiteMap::new_vec();
        // One by one: `collect` would bring a sort of its own along.
        for (id, text) in world.documents() {
            // Of those with one name the first counts, as it does for `World::document`.
            let Entry::Vacant(place) = base.entry(id) else {
                continue;
            };
            let document = self.parsed(place.key(), text);
            if document.has_errors() {
                broken.insert(place.key().clone(), ());
            }
            place.insert(document);
        }
        Self {
            base: Arc::new(base),
            newer: LiteMap::new_vec(),
            broken: Arc::new(broken),
            world: Some(world.clone()),
        }
    }

    /// The text as it was read before, where it is the same.
    fn parsed(&self, id: &DocumentId, text: &PolicyText) -> Arc<Document> {
        let kept = self.get(id).filter(|it| it.text == *text);
        kept.map_or_else(|| Arc::new(Document::parse(text, id)), Arc::clone)
    }

    /// One of them.
    pub fn get(&self, id: &DocumentId) -> Option<&Arc<Document>> {
        self.newer.get(id).or_else(|| self.base.get(id))
    }

    /// All of them, in order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (&DocumentId, &Arc<Document>)> {
        let newest = |(id, old)| (id, self.newer.get(id).unwrap_or(old));
        self.base.iter().map(newest)
    }

    /// Those that AWS would refuse to save.
    pub fn with_errors(&self) -> impl Iterator<Item = (&DocumentId, &Arc<Document>)> {
        let document = |id| self.get(id).map(|it| (id, it));
        self.broken.keys().filter_map(document)
    }
}
