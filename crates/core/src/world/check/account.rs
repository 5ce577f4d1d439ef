//! What AWS would refuse in one account.

use crate::{
    by_name::Tags,
    eval::KeyGrant,
    names::{AccountId, Arn},
    world::{
        Account, Domain, EntityId, Group, InlinePolicy, ManagedPolicy, Role, Thing, User,
        UserProfile, UserSettings,
        check::{Findings, Form, Limited, Names, Reference, entity},
    },
};

impl Findings<'_> {
    /// `place` is the account as an [`EntityId`] names it.
    pub(super) fn account(&mut self, place: Option<&AccountId>, account: &Account) {
        let mut users = Names::without_case();
        for it in &account.users {
            let id = entity(
                place,
                Thing::User {
                    name: it.name.clone(),
                },
            );
            self.take(&mut users, &id, &it.name);
            self.user(&id, account, it);
        }
        let mut groups = Names::without_case();
        for it in &account.groups {
            let id = entity(
                place,
                Thing::Group {
                    name: it.name.clone(),
                },
            );
            self.take(&mut groups, &id, &it.name);
            self.group(&id, it);
        }
        let mut roles = Names::without_case();
        for it in &account.roles {
            let id = entity(
                place,
                Thing::Role {
                    name: it.name.clone(),
                },
            );
            self.take(&mut roles, &id, &it.name);
            self.role(&id, it);
        }
        let mut policies = Names::without_case();
        for it in &account.policies {
            let id = entity(
                None,
                Thing::ManagedPolicy {
                    arn: it.arn.clone(),
                },
            );
            self.take(&mut policies, &id, it.arn.as_str());
            self.managed(&id, it);
        }
        let mut domains = Names::exact();
        for it in &account.domains {
            let id = entity(
                place,
                Thing::Domain {
                    id: it.domain_id.clone(),
                },
            );
            self.take(&mut domains, &id, &it.domain_id);
            self.domain(&id, account, it);
        }
        self.resources(place, account);
    }

    fn user(&mut self, id: &EntityId, account: &Account, it: &User) {
        self.form(id, Form::IdentityName, &it.name);
        self.form(id, Form::Path, &it.path);
        self.policies(id, &it.attached_policies, &it.inline_policies);
        self.boundary(id, it.permissions_boundary.as_ref());
        self.tags(id, &it.tags);
        self.limit(id, Limited::Groups, it.groups.len());
        for group in &it.groups {
            if account.group(group).is_none() {
                self.missing(id, Reference::Group, group);
            }
        }
        self.limit(id, Limited::AccessKeys, it.access_keys.len());
        for key in &it.access_keys {
            self.form(id, Form::AccessKeyId, &key.access_key_id);
        }
    }

    fn group(&mut self, id: &EntityId, it: &Group) {
        self.form(id, Form::PolicyName, &it.name);
        self.policies(id, &it.attached_policies, &it.inline_policies);
    }

    fn role(&mut self, id: &EntityId, it: &Role) {
        self.form(id, Form::IdentityName, &it.name);
        self.form(id, Form::Path, &it.path);
        self.policies(id, &it.attached_policies, &it.inline_policies);
        self.boundary(id, it.permissions_boundary.as_ref());
        self.tags(id, &it.tags);
        if let Some(seconds) = it.max_session_duration {
            self.form(id, Form::SessionDuration, &seconds.to_string());
        }
    }

    fn policies(&mut self, id: &EntityId, attached: &[Arn], inline: &[InlinePolicy]) {
        self.limit(id, Limited::AttachedPolicies, attached.len());
        for arn in attached {
            self.policy(id, Reference::AttachedPolicy, arn);
        }
        let mut names = Names::exact();
        for policy in inline {
            self.form(id, Form::PolicyName, &policy.name);
            self.take(&mut names, id, &policy.name);
        }
    }

    fn boundary(&mut self, id: &EntityId, arn: Option<&Arn>) {
        if let Some(arn) = arn {
            self.policy(id, Reference::PermissionsBoundary, arn);
        }
    }

    fn tags(&mut self, id: &EntityId, tags: &Tags) {
        self.limit(id, Limited::Tags, tags.len());
    }

    fn managed(&mut self, id: &EntityId, it: &ManagedPolicy) {
        self.form(id, Form::PolicyName, it.name());
        let mut versions = Names::exact();
        let others = it.other_versions.iter().map(|it| &it.version);
        for version in it.version.iter().chain(others) {
            self.form(id, Form::PolicyVersion, version);
            self.take(&mut versions, id, version);
        }
        if !it.is_aws_managed() {
            self.limit(id, Limited::PolicyVersions, 1 + it.other_versions.len());
        }
    }

    fn domain(&mut self, id: &EntityId, account: &Account, it: &Domain) {
        self.form(id, Form::DomainId, &it.domain_id);
        self.form(id, Form::SageMakerName, &it.domain_name);
        self.network(id, Form::VpcId, [&it.vpc_id]);
        self.network(id, Form::SubnetId, &it.subnet_ids);
        self.network(
            id,
            Form::SecurityGroupId,
            it.default_space_settings
                .security_groups
                .iter()
                .chain(&it.domain_settings.security_group_ids),
        );
        self.network(id, Form::FileSystemId, [&it.home_efs_file_system_id]);
        self.limit(id, Limited::Subnets, it.subnet_ids.len());
        if let Some(key) = &it.kms_key_id {
            self.key(id, account, key);
        }
        self.settings(id, account, &it.default_user_settings);
        let mut names = Names::without_case();
        for profile in &it.user_profiles {
            let own = id.beside(Thing::UserProfile {
                domain: it.domain_id.clone(),
                name: profile.user_profile_name.clone(),
            });
            self.take(&mut names, &own, &profile.user_profile_name);
            self.profile(&own, account, profile);
        }
        let mut names = Names::without_case();
        for space in &it.spaces {
            let own = id.beside(Thing::Space {
                domain: it.domain_id.clone(),
                name: space.space_name.clone(),
            });
            self.take(&mut names, &own, &space.space_name);
            self.form(&own, Form::SageMakerName, &space.space_name);
            self.form(&own, Form::PosixUid, &space.home_efs_file_system_uid);
        }
    }

    fn profile(&mut self, id: &EntityId, account: &Account, it: &UserProfile) {
        self.form(id, Form::SageMakerName, &it.user_profile_name);
        self.form(id, Form::PosixUid, &it.home_efs_file_system_uid);
        self.tags(id, &it.tags);
        self.settings(id, account, &it.user_settings);
    }

    /// Ids in a network; an empty one says that there is none.
    fn network<'a>(
        &mut self,
        id: &EntityId,
        form: Form,
        own: impl IntoIterator<Item = &'a String>,
    ) {
        for own in own.into_iter().filter(|it| !it.is_empty()) {
            self.form(id, form, own);
        }
    }

    fn settings(&mut self, id: &EntityId, account: &Account, it: &UserSettings) {
        self.network(id, Form::SecurityGroupId, &it.security_groups);
        self.limit(id, Limited::SecurityGroups, it.security_groups.len());
        let role = it.execution_role.as_deref().filter(|it| !it.is_empty());
        if let Some(arn) = role
            && self.world.role_by_arn_in(account, arn).is_none()
        {
            self.missing(id, Reference::ExecutionRole, arn);
        }
    }

    /// A key by its id or alias in the same account, or by the ARN of either in any.
    fn key(&mut self, id: &EntityId, account: &Account, key: &str) {
        let named = self.world.key_named(&account.account, key);
        let owner = named.account.as_ref();
        // Of an account that is not in this world nothing is known.
        let is_elsewhere = self.world.account_of(owner).is_none()
            && Arn::parse(key).is_some_and(|it| {
                let (kind, _) = it.resource().split_once('/').unwrap_or_default();
                matches!(kind, "key" | "alias")
            });
        if !is_elsewhere && self.world.key_of(&named).is_none() {
            self.missing(id, Reference::Key, key);
        }
    }

    fn resources(&mut self, place: Option<&AccountId>, account: &Account) {
        for it in &account.buckets {
            let id = entity(
                place,
                Thing::Bucket {
                    name: it.name.clone(),
                },
            );
            self.form(&id, Form::BucketName, &it.name);
            if let Some(key) = &it.kms_key_id {
                self.key(&id, account, key);
            }
        }
        let mut names = Names::exact();
        for it in &account.repositories {
            let id = entity(
                place,
                Thing::Repository {
                    name: it.name.clone(),
                },
            );
            self.form(&id, Form::RepositoryName, &it.name);
            self.take(&mut names, &id, &it.name);
        }
        let mut names = Names::exact();
        for it in &account.log_groups {
            let id = entity(
                place,
                Thing::LogGroup {
                    name: it.name.clone(),
                },
            );
            self.form(&id, Form::LogGroupName, &it.name);
            self.take(&mut names, &id, &it.name);
        }
        let mut ids = Names::exact();
        let mut aliases = Names::exact();
        for it in &account.keys {
            let id = entity(
                place,
                Thing::Key {
                    id: it.key_id.clone(),
                },
            );
            self.form(&id, Form::KeyId, &it.key_id);
            self.take(&mut ids, &id, &it.key_id);
            if let Some(alias) = &it.alias {
                self.form(&id, Form::KeyAlias, alias);
                self.take(&mut aliases, &id, alias);
            }
            self.grants(&id, &it.grants);
        }
        for it in &account.vpc_endpoints {
            let own = it.vpc_endpoint_id.clone();
            let id = entity(place, Thing::VpcEndpoint { id: own });
            self.form(&id, Form::VpcEndpointId, &it.vpc_endpoint_id);
        }
    }
    /// A grant may name a user or role of an account that this world does not have: of that nothing
    /// is known.
    fn grants(&mut self, id: &EntityId, grants: &[KeyGrant]) {
        let mut ids = Names::exact();
        for it in grants {
            self.form(id, Form::GrantId, &it.grant_id);
            self.take(&mut ids, id, &it.grant_id);
            if !it.name.is_empty() {
                self.form(id, Form::GrantName, &it.name);
            }
            for principal in std::iter::once(&it.grantee_principal).chain(&it.retiring_principal) {
                self.form(id, Form::GrantPrincipal, principal);
                if !self.knows(principal) {
                    self.missing(id, Reference::GrantPrincipal, principal);
                }
            }
            if it.operations.is_empty() {
                self.form(id, Form::GrantOperation, "");
            }
            for operation in &it.operations {
                self.form(id, Form::GrantOperation, operation);
            }
        }
    }

    fn knows(&self, principal: &str) -> bool {
        let arn = Arn::parse(principal).filter(|it| it.service() == "iam");
        let account = arn.as_ref().and_then(Arn::account);
        let Some(account) = account.and_then(|it| self.world.account(&it)) else {
            return true;
        };
        match arn.as_ref().and_then(|it| it.resource().split_once('/')) {
            Some(("role", _)) => self.world.role_by_arn_in(account, principal).is_some(),
            Some(("user", _)) => self.world.user_by_arn_in(account, principal).is_some(),
            _ => true,
        }
    }
}
