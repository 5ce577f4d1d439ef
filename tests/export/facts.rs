//! What an account has, as facts that can be compared, whatever form they were read from.
//!
//! Ids that AWS gives itself are in none; a key goes by its policy and its alias.

use std::collections::{BTreeMap, BTreeSet};

use rolewalk_core::{
    eval::KeyGrant,
    names::Arn,
    world::{
        Account, AppSecurityGroupManagement, Domain, ExecutionRoleIdentityConfig, InlinePolicy,
        Key, PolicyText, Role, Vpc, World,
    },
};
use serde_json::{Value, json};

/// Facts, each as JSON whose first word says of what it is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts(pub(crate) BTreeSet<String>);

impl Facts {
    /// Two keys may have one policy; all else is told apart by its name.
    pub(crate) fn add(&mut self, fact: &Value) {
        let mut is_new = self.0.insert(fact.to_string());
        if fact[0] == "key" {
            let mut n = 2;
            while !is_new {
                is_new = self.0.insert(json!(["key", n, fact]).to_string());
                n += 1;
            }
        }
        assert!(is_new, "twice: {fact}");
    }

    /// Without the facts of some sorts.
    pub(crate) fn without(&self, is_out: impl Fn(&Value) -> bool) -> Self {
        let kept = self.0.iter();
        let kept = kept.filter(|it| !is_out(&serde_json::from_str(it).unwrap()));
        Self(kept.cloned().collect())
    }

    /// Shows the differences only.
    pub(crate) fn assert_same(&self, expected: &Self, what: &str) {
        let missing: Vec<_> = expected.0.difference(&self.0).collect();
        let added: Vec<_> = self.0.difference(&expected.0).collect();
        assert!(
            missing.is_empty() && added.is_empty(),
            "{what}\nmissing: {missing:#?}\nadded: {added:#?}"
        );
    }
}

/// A policy, where it is one that AWS takes.
pub(crate) fn document(text: &str) -> Option<Value> {
    let read: Option<Value> = serde_json::from_str(text).ok();
    read.filter(Value::is_object)
}

fn policy(text: Option<&PolicyText>) -> Value {
    text.and_then(|it| document(it.as_str()))
        .unwrap_or_default()
}

pub(crate) fn key(policy: &Value, alias: Option<&str>) -> Value {
    json!(["key", policy, alias])
}

/// A key of the account by its fact, another by what was typed.
fn key_of(world: &World, account: &Account, id: &str) -> Value {
    let arn = |it: &Key| {
        let resource = format!("key/{}", it.key_id);
        world.regional_arn_in(&account.account, "kms", &resource)
    };
    let own = account.keys.iter();
    let mut own = own.filter(|it| it.key_id == id || arn(it).as_str() == id);
    match own.find_map(|it| Some((document(it.policy.as_str())?, it.alias.as_deref()))) {
        Some((policy, alias)) => key(&policy, alias),
        None => json!(id),
    }
}

/// Everything that a form which builds can say of an account.
pub(crate) fn of_account(world: &World, account: &Account) -> Facts {
    let mut facts = Facts::default();
    identities(&mut facts, account);
    for it in &account.keys {
        if let Some(policy) = document(it.policy.as_str()) {
            let key = key(&policy, it.alias.as_deref());
            facts.add(&key);
            let grants = it.grants.iter();
            for it in grants.filter(|it| is_asked_for(world, account, it)) {
                let constraints = &it.constraints;
                facts.add(&json!([
                    "grant",
                    key,
                    it.name,
                    it.grantee_principal,
                    it.retiring_principal,
                    it.operations,
                    constraints.encryption_context_equals,
                    constraints.encryption_context_subset
                ]));
            }
        }
    }
    for it in &account.vpcs {
        network(&mut facts, it);
    }
    if let Some(it) = account.block_public_access {
        facts.add(&json!([
            "account-block",
            public_access(&serde_json::to_value(it).unwrap())
        ]));
    }
    for it in &account.buckets {
        let id = it.kms_key_id.as_deref();
        let key = id.map(|it| key_of(world, account, it));
        let block = it.block_public_access;
        let block = block.map(|it| public_access(&serde_json::to_value(it).unwrap()));
        facts.add(&json!([
            "bucket",
            it.name,
            policy(it.policy.as_ref()),
            key,
            block
        ]));
    }
    for it in &account.repositories {
        facts.add(&json!(["repository", it.name, policy(it.policy.as_ref())]));
    }
    for it in &account.log_groups {
        facts.add(&json!(["log-group", it.name]));
    }
    for it in &account.vpc_endpoints {
        let own = it.policy.as_ref();
        if own.is_none_or(|it| document(it.as_str()).is_some()) {
            facts.add(&json!([
                "endpoint",
                it.vpc_id,
                it.service_name,
                policy(own)
            ]));
        }
    }
    for it in &account.domains {
        domain(&mut facts, world, account, it);
    }
    facts
}

fn identities(facts: &mut Facts, account: &Account) {
    for it in account.policies.iter().filter(|it| !it.is_aws_managed()) {
        if let Some(document) = document(it.document.as_str()) {
            facts.add(&json!(["managed", it.arn.as_str(), document]));
        }
    }
    for it in &account.groups {
        facts.add(&json!(["group", it.name]));
        policies(
            facts,
            "group",
            &it.name,
            &it.inline_policies,
            &it.attached_policies,
        );
    }
    for it in &account.users {
        let boundary = it.permissions_boundary.as_ref().map(Arn::as_str);
        facts.add(&json!(["user", it.name, it.path, boundary, it.tags]));
        let groups: BTreeSet<&String> = it.groups.iter().collect();
        for group in groups {
            facts.add(&json!(["member", it.name, group]));
        }
        policies(
            facts,
            "user",
            &it.name,
            &it.inline_policies,
            &it.attached_policies,
        );
    }
    for it in account.roles.iter().filter(|it| is_made_by_people(it)) {
        let Some(trust) = document(it.trust_policy.as_str()) else {
            continue;
        };
        let boundary = it.permissions_boundary.as_ref().map(Arn::as_str);
        facts.add(&json!([
            "role",
            it.name,
            it.path,
            it.description,
            it.max_session_duration,
            boundary,
            it.tags,
            trust
        ]));
        policies(
            facts,
            "role",
            &it.name,
            &it.inline_policies,
            &it.attached_policies,
        );
    }
}

/// The four switches in one order.
pub(crate) fn public_access(fields: &Value) -> Value {
    let fields: BTreeMap<String, Value> = serde_json::from_value(fields.clone()).unwrap();
    let plain = |name: &str| name.replace('_', "").to_ascii_lowercase();
    let fields = fields.into_iter().map(|(name, it)| (plain(&name), it));
    json!(fields.collect::<BTreeMap<_, _>>())
}

/// Roles that AWS makes itself are made by nobody else.
pub(crate) fn is_made_by_people(role: &Role) -> bool {
    let of_aws = ["/aws-service-role/", "/aws-reserved/"];
    !of_aws.iter().any(|it| role.path.starts_with(it))
}

/// Grants that people can make, and whose principals are there.
pub(crate) fn is_asked_for(world: &World, account: &Account, grant: &KeyGrant) -> bool {
    let mut roles = account.roles.iter().filter(|it| !is_made_by_people(it));
    let mut named = std::iter::once(&grant.grantee_principal).chain(&grant.retiring_principal);
    let of_aws = |arn: &String| roles.any(|it| world.role_arn_in(account, it).as_str() == arn);
    !named.clone().any(of_aws)
        && named.all(|it| it.starts_with("arn:") && !it.ends_with("/gone"))
        && grant.constraints.source_arn.is_none()
}

fn network(facts: &mut Facts, vpc: &Vpc) {
    let id = &vpc.vpc_id;
    facts.add(&json!(["vpc", id]));
    for it in &vpc.subnets {
        facts.add(&json!(["subnet", id, it.subnet_id]));
    }
    for it in &vpc.security_groups {
        let nfs = it.allows_nfs.then_some([2049, 2049]);
        let apps = it.allows_apps.then_some([8192, 65535]);
        let ports: BTreeSet<[u32; 2]> = nfs.into_iter().chain(apps).collect();
        facts.add(&json!(["security-group", id, it.group_id, ports]));
    }
}

/// Whether a text names an id that AWS gives anew where an ARN or a condition has it.
pub(crate) fn names_old_ids(account: &Account, text: &str) -> bool {
    let keys = account.keys.iter().map(|it| format!(":key/{}", it.key_id));
    let domains = account.domains.iter().flat_map(|it| {
        ["domain", "user-profile", "space", "app"].map(|kind| format!(":{kind}/{}", it.domain_id))
    });
    let networks = account.vpcs.iter().map(|it| format!("\"{}\"", it.vpc_id));
    let endpoints = account.vpc_endpoints.iter();
    let endpoints = endpoints.map(|it| format!("\"{}\"", it.vpc_endpoint_id));
    let mut all = keys.chain(domains).chain(networks).chain(endpoints);
    all.any(|it| text.contains(&it))
}

fn policies(facts: &mut Facts, kind: &str, owner: &str, inline: &[InlinePolicy], attached: &[Arn]) {
    for it in inline {
        if let Some(document) = document(it.document.as_str()) {
            facts.add(&json!(["inline", kind, owner, it.name, document]));
        }
    }
    let attached: BTreeSet<&str> = attached.iter().map(Arn::as_str).collect();
    for arn in attached {
        facts.add(&json!(["attached", kind, owner, arn]));
    }
}

fn domain(facts: &mut Facts, world: &World, account: &Account, domain: &Domain) {
    let role = |it: &Option<String>| it.clone().filter(|it| !it.is_empty());
    let users = &domain.default_user_settings;
    let Some(of_users) = role(&users.execution_role) else {
        return;
    };
    let name = &domain.domain_name;
    let set = |items: &[String]| -> Value { json!(items.iter().collect::<BTreeSet<_>>()) };
    let spaces = &domain.default_space_settings;
    let of_spaces = role(&spaces.execution_role);
    let settings = &domain.domain_settings;
    let r_studio = &settings.r_studio_server_pro_domain_settings;
    let by_profile =
        settings.execution_role_identity_config == ExecutionRoleIdentityConfig::UserProfileName;
    let customer = domain.app_security_group_management == AppSecurityGroupManagement::Customer;
    let id = domain.kms_key_id.as_deref();
    facts.add(&json!(["domain", name, {
        "auth": domain.auth_mode,
        "network": domain.app_network_access_type,
        "customer": customer,
        "vpc": domain.vpc_id,
        "subnets": set(&domain.subnet_ids),
        "key": id.map(|it| key_of(world, account, it)),
        "propagation": domain.tag_propagation.is_enabled(),
        "tags": domain.tags,
        "users": [of_users, set(&users.security_groups)],
        "spaces": of_spaces.map(|it| json!([it, set(&spaces.security_groups)])),
        "byProfile": by_profile,
        "groups": set(&settings.security_group_ids),
        "rStudio": r_studio.domain_execution_role_arn,
    }]));
    for it in &domain.user_profiles {
        let own = &it.user_settings;
        let says_something = role(&own.execution_role).is_some() || !own.security_groups.is_empty();
        let settings = says_something.then(|| {
            let role = role(&own.execution_role);
            json!([
                role.as_ref().unwrap_or(&of_users),
                set(&own.security_groups)
            ])
        });
        facts.add(&json!([
            "profile",
            name,
            it.user_profile_name,
            it.single_sign_on_user_identifier,
            it.single_sign_on_user_value,
            it.tags,
            settings
        ]));
    }
    for it in &domain.spaces {
        let owner = &it.owner_user_profile_name;
        let sharing = (!owner.is_empty()).then(|| json!([owner, it.sharing_type]));
        facts.add(&json!(["space", name, it.space_name, it.app_type, sharing]));
    }
    for it in &domain.apps {
        let (space, profile) = (&it.space_name, &it.user_profile_name);
        let profile = profile.as_ref().filter(|_| space.is_none());
        if space.is_some() || profile.is_some() {
            facts.add(&json!([
                "app",
                name,
                it.app_name,
                it.app_type,
                space,
                profile
            ]));
        }
    }
}

/// What a form which builds can say of the organization: policies, and the places they are at.
pub(crate) fn of_organization(world: &World) -> Facts {
    let mut facts = Facts::default();
    let Some(organization) = &world.organization else {
        return facts;
    };
    let of_aws = ["FullAWSAccess", "RCPFullAWSAccess"];
    for it in &organization.policies {
        let document = document(it.document.as_str());
        if let Some(document) = document.filter(|_| !of_aws.contains(&it.name.as_str())) {
            let mut targets = BTreeSet::new();
            let mut units = vec![&organization.root];
            while let Some(unit) = units.pop() {
                units.extend(&unit.units);
                if unit.attached(it.kind).contains(&it.name) {
                    targets.insert(unit.id.as_str());
                }
                for member in &unit.accounts {
                    if member.attached(it.kind).contains(&it.name) {
                        targets.insert(member.account.as_str());
                    }
                }
            }
            facts.add(&json!([
                "organization-policy",
                it.kind,
                it.name,
                document,
                targets
            ]));
        }
    }
    facts
}
