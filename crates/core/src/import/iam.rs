//! `aws iam get-account-authorization-details`, and what else of IAM belongs to it.
//!
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>

use crate::{
    import::{
        count::ImportedKind,
        facts::{At, Fact, Said},
        fields::Fields,
        note::ImportNoteKind,
        recognise::Reading,
    },
    names::{AccountId, Arn},
    world::{
        AccessKey, AccessKeyStatus, Group, InlinePolicy, ManagedPolicy, Owner, PolicyVersion, Role,
        User,
    },
};

impl Reading<'_> {
    /// Whether it was output of IAM.
    pub(super) fn iam(&mut self, fields: Fields<'_>) -> bool {
        let mut is_iam = false;
        for field in ["UserDetailList", "GroupDetailList", "RoleDetailList"] {
            is_iam |= fields.has(field);
        }
        for it in fields.objects("UserDetailList") {
            self.user(it);
        }
        for it in fields.objects("GroupDetailList") {
            self.group(it);
        }
        for it in fields.objects("RoleDetailList") {
            self.role(it);
        }
        if let Some(it) = fields.object("Role") {
            is_iam = true;
            self.one_role(it);
        }
        if let Some(it) = fields.object("User") {
            is_iam = true;
            self.one_user(it);
        }
        if fields.has("PolicyDocument") {
            is_iam = true;
            self.one_inline(fields);
        }
        if let Some(it) = fields.object("PolicyVersion") {
            is_iam = true;
            self.policy_version(it);
        }
        // `aws organizations list-policies-for-target` has a list of that name too.
        for it in fields.objects("Policies") {
            if it.has("PolicyVersionList") || it.has("AttachmentCount") {
                is_iam = true;
                self.managed_policy(it);
            }
        }
        for it in fields
            .objects("AccessKeyMetadata")
            .chain(fields.object("AccessKey"))
        {
            is_iam = true;
            self.access_key(it);
        }
        is_iam |= fields.has("AccessKeyMetadata");
        if let Some(it) = fields.object("LoginProfile") {
            is_iam = true;
            if let Some(name) = it.string("UserName") {
                self.facts.passwords.push(at(it, None, name));
            }
        }
        is_iam
    }

    pub(super) fn unnamed(&mut self, fields: Fields<'_>, kind: ImportedKind, field: &'static str) {
        self.notes
            .push(fields.mark, ImportNoteKind::Unnamed { kind, field });
    }

    /// The account that an ARN names.
    fn account(&mut self, fields: Fields<'_>, arn: Option<&Arn>) -> Option<AccountId> {
        let arn = arn?;
        self.facts.note_arn(fields.mark, arn);
        arn.account()
    }

    fn inline(&mut self, fields: Fields<'_>, list: &str) -> Vec<InlinePolicy> {
        let mut policies = Vec::new();
        for it in fields.objects(list) {
            let (name, document) = (it.string("PolicyName"), it.policy("PolicyDocument"));
            match (name, document) {
                (Some(name), Some(document)) => policies.push(InlinePolicy { name, document }),
                (None, _) => self.unnamed(it, ImportedKind::InlinePolicy, "PolicyName"),
                (_, None) => self.unnamed(it, ImportedKind::InlinePolicy, "PolicyDocument"),
            }
        }
        policies
    }

    fn user(&mut self, fields: Fields<'_>) {
        let arn = fields.arn("Arn");
        let Some(name) = fields.string("UserName") else {
            return self.unnamed(fields, ImportedKind::User, "UserName");
        };
        let account = self.account(fields, arn.as_ref());
        let user = User {
            name,
            path: path(fields),
            groups: fields.texts("GroupList"),
            attached_policies: attached(fields),
            inline_policies: self.inline(fields, "UserPolicyList"),
            permissions_boundary: boundary(fields),
            console_access: true,
            access_keys: Vec::new(),
            tags: fields.tags(),
        };
        self.facts.users.push(at(fields, account, whole(user)));
    }

    fn group(&mut self, fields: Fields<'_>) {
        let arn = fields.arn("Arn");
        let Some(name) = fields.string("GroupName") else {
            return self.unnamed(fields, ImportedKind::Group, "GroupName");
        };
        let account = self.account(fields, arn.as_ref());
        let group = Group {
            name,
            attached_policies: attached(fields),
            inline_policies: self.inline(fields, "GroupPolicyList"),
        };
        self.facts.groups.push(at(fields, account, whole(group)));
    }

    fn role(&mut self, fields: Fields<'_>) {
        let arn = fields.arn("Arn");
        let Some(name) = fields.string("RoleName") else {
            return self.unnamed(fields, ImportedKind::Role, "RoleName");
        };
        let Some(trust_policy) = fields.policy("AssumeRolePolicyDocument") else {
            return self.unnamed(fields, ImportedKind::Role, "AssumeRolePolicyDocument");
        };
        let account = self.account(fields, arn.as_ref());
        let role = Role {
            name,
            path: path(fields),
            description: String::new(),
            max_session_duration: None,
            trust_policy,
            attached_policies: attached(fields),
            inline_policies: self.inline(fields, "RolePolicyList"),
            permissions_boundary: boundary(fields),
            tags: fields.tags(),
        };
        self.facts.roles.push(at(fields, account, whole(role)));
    }

    /// `aws iam get-role`: all of it but its policies.
    fn one_role(&mut self, fields: Fields<'_>) {
        let n_before = self.facts.roles.len();
        self.role(fields);
        for it in self.facts.roles.iter_mut().skip(n_before) {
            let role = &mut it.what.thing;
            role.description = fields.string("Description").unwrap_or_default();
            role.max_session_duration = fields.number("MaxSessionDuration");
            it.what.is_whole = false;
        }
    }

    /// `aws iam get-user`: all of it but its groups and policies.
    fn one_user(&mut self, fields: Fields<'_>) {
        let n_before = self.facts.users.len();
        self.user(fields);
        for it in self.facts.users.iter_mut().skip(n_before) {
            it.what.is_whole = false;
        }
    }

    /// `aws iam get-role-policy`, and the same for users and groups.
    fn one_inline(&mut self, fields: Fields<'_>) {
        let owner = |field| fields.string(field);
        let owner = owner("RoleName")
            .map(Owner::Role)
            .or_else(|| owner("UserName").map(Owner::User))
            .or_else(|| owner("GroupName").map(Owner::Group));
        let kind = ImportedKind::InlinePolicy;
        let Some(owner) = owner else {
            return self.unnamed(fields, kind, "RoleName");
        };
        let Some(name) = fields.string("PolicyName") else {
            return self.unnamed(fields, kind, "PolicyName");
        };
        let Some(document) = fields.policy("PolicyDocument") else {
            return self.unnamed(fields, kind, "PolicyDocument");
        };
        let policy = InlinePolicy { name, document };
        self.facts.inline.push(at(fields, None, (owner, policy)));
    }

    fn managed_policy(&mut self, fields: Fields<'_>) {
        let Some(arn) = fields.arn("Arn") else {
            return self.unnamed(fields, ImportedKind::ManagedPolicy, "Arn");
        };
        let default = fields.text("DefaultVersionId");
        let mut in_force = None;
        let mut other_versions = Vec::new();
        for it in fields.objects("PolicyVersionList") {
            let Some(document) = it.policy("Document") else {
                continue;
            };
            let version = it.string("VersionId");
            let is_default = match (it.flag("IsDefaultVersion"), default) {
                (Some(flag), _) => flag,
                (None, default) => version.as_deref() == default,
            };
            if is_default && in_force.is_none() {
                in_force = Some((version, document));
            } else if let Some(version) = version {
                other_versions.push(PolicyVersion { version, document });
            }
        }
        let Some((version, document)) = in_force else {
            return self.unnamed(fields, ImportedKind::ManagedPolicy, "PolicyVersionList");
        };
        let account = arn.account();
        let policy = ManagedPolicy {
            arn,
            version: version.or_else(|| default.map(str::to_owned)),
            document,
            other_versions,
        };
        self.facts.policies.push(at(fields, account, whole(policy)));
    }

    fn access_key(&mut self, fields: Fields<'_>) {
        let (Some(user), Some(access_key_id)) =
            (fields.string("UserName"), fields.string("AccessKeyId"))
        else {
            return self.unnamed(fields, ImportedKind::AccessKey, "AccessKeyId");
        };
        let status = match fields.text("Status") {
            Some("Inactive") => AccessKeyStatus::Inactive,
            _ => AccessKeyStatus::Active,
        };
        let key = AccessKey {
            create_date: fields.string("CreateDate"),
            last_used_date: None,
            access_key_id,
            status,
        };
        self.facts.access_keys.push(at(fields, None, (user, key)));
    }
}

pub(super) fn at<T>(fields: Fields<'_>, account: Option<AccountId>, what: T) -> At<T> {
    At {
        mark: fields.mark,
        account,
        what,
    }
}

pub(super) const fn whole<T>(thing: T) -> Said<T> {
    Said {
        thing,
        is_whole: true,
    }
}

fn path(fields: Fields<'_>) -> String {
    fields.text("Path").unwrap_or("/").to_owned()
}

fn attached(fields: Fields<'_>) -> Vec<Arn> {
    let mut arns = Vec::new();
    for it in fields.objects("AttachedManagedPolicies") {
        arns.extend(it.arn("PolicyArn"));
    }
    arns
}

fn boundary(fields: Fields<'_>) -> Option<Arn> {
    fields
        .object("PermissionsBoundary")?
        .arn("PermissionsBoundaryArn")
}

impl Fact for Said<User> {
    type Thing = User;
    const KIND: ImportedKind = ImportedKind::User;

    fn key(thing: &User) -> String {
        thing.name.clone()
    }

    fn said(&self) -> &Self {
        self
    }

    fn onto(&self, old: &User) -> User {
        let user = User {
            console_access: old.console_access,
            access_keys: old.access_keys.clone(),
            ..self.thing.clone()
        };
        if self.is_whole {
            return user;
        }
        User {
            groups: old.groups.clone(),
            attached_policies: old.attached_policies.clone(),
            inline_policies: old.inline_policies.clone(),
            ..user
        }
    }
}

impl Fact for Said<Group> {
    type Thing = Group;
    const KIND: ImportedKind = ImportedKind::Group;

    fn key(thing: &Group) -> String {
        thing.name.clone()
    }

    fn said(&self) -> &Self {
        self
    }

    fn onto(&self, _: &Group) -> Group {
        self.thing.clone()
    }
}

impl Fact for Said<Role> {
    type Thing = Role;
    const KIND: ImportedKind = ImportedKind::Role;

    fn key(thing: &Role) -> String {
        thing.name.clone()
    }

    fn said(&self) -> &Self {
        self
    }

    fn onto(&self, old: &Role) -> Role {
        if !self.is_whole {
            return Role {
                attached_policies: old.attached_policies.clone(),
                inline_policies: old.inline_policies.clone(),
                ..self.thing.clone()
            };
        }
        Role {
            description: old.description.clone(),
            max_session_duration: old.max_session_duration,
            ..self.thing.clone()
        }
    }
}

impl Fact for Said<ManagedPolicy> {
    type Thing = ManagedPolicy;
    const KIND: ImportedKind = ImportedKind::ManagedPolicy;

    fn key(thing: &ManagedPolicy) -> String {
        thing.arn.as_str().to_owned()
    }

    fn said(&self) -> &Self {
        self
    }

    fn onto(&self, _: &ManagedPolicy) -> ManagedPolicy {
        self.thing.clone()
    }
}
