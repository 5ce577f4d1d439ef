//! A world with something of everything, whose names end strings and start something in every form.

use std::collections::BTreeMap;

use rolewalk_core::{
    eval::BlockPublicAccess,
    names::Arn,
    world::{
        AccessKey, AccessKeyStatus, App, AppType, Bucket, ExecutionRoleIdentityConfig,
        ExecutionRoleSessionNameMode, InlinePolicy, Key, LogGroup, ManagedPolicy, PolicyVersion,
        Repository, SharingType, Space, Status, StudioWebPortalSettings, Switch, VpcEndpoint,
        World,
    },
};
use rolewalk_lessons::start_worlds;

/// Ends single-quoted, double-quoted and backquoted strings, templates and heredocs, comments and
/// lines.
pub(crate) const HOSTILE: &str = "a'b\"c`touch pwned`$(touch pwned)${HOME}%{ if true }$${x}\\'; touch pwned #\n touch pwned\nEOT\n*/ \u{2028}\u{feff}\u{1}\té😀";

fn name(n: usize) -> String {
    format!("{HOSTILE}{n}")
}

fn tags() -> BTreeMap<String, String> {
    [(name(1), name(2)), ("plain".to_owned(), String::new())].into()
}

/// A policy whose strings are hostile, and which is JSON all the same.
fn policy() -> String {
    let sid = serde_json::to_string(HOSTILE).unwrap();
    format!(
        "{{\r\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n{{\"Sid\": {sid}, \"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"arn:aws:s3:::${{aws:username}}/*\"}}\n  ]\n}}"
    )
}

/// The same in lines that end heredocs, but for its control characters.
fn policy_in_lines() -> String {
    "{\n  \"Statement\": [{\n    \"Effect\": \"Deny\",\n    \"Action\": \"${aws:username}%{ if }$${x}\\\\\",\n    \"Resource\": [\n\"EOT\"\n]}]\n}\n\n".to_owned()
}

pub(crate) fn world() -> World {
    let mut scenarios = start_worlds().iter().map(|it| it.scenario().unwrap());
    let mut world = scenarios.next().unwrap().world;
    let organized = scenarios
        .find(|it| it.world.organization.is_some())
        .unwrap();
    world.organization = organized.world.organization;
    world.other_accounts = organized.world.other_accounts;
    let organization = world.organization.as_mut().unwrap();
    organization.root.name = name(1);
    let policy_name = organization.policies[1].name.clone();
    let kind = organization.policies[1].kind;
    organization.policies[1].name = name(2);
    organization.policies[1].document = policy_in_lines().into();
    rename(&mut organization.root, kind, &policy_name);

    let home = &mut world.home;
    home.name = name(1);
    let managed = |n: usize, document: String| ManagedPolicy {
        arn: Arn::parse(&format!(
            "arn:aws:iam::{}:policy/p/{HOSTILE}{n}",
            home.account
        ))
        .unwrap(),
        version: None,
        document: document.into(),
        other_versions: Vec::new(),
    };
    let mut own = managed(1, policy());
    own.version = Some("v3".to_owned());
    own.other_versions.push(PolicyVersion {
        version: "v2".to_owned(),
        document: policy().into(),
    });
    let own_arn = own.arn.clone();
    let broken = managed(2, HOSTILE.to_owned());
    let broken_arn = broken.arn.clone();
    home.policies.extend([own, broken]);
    let inline = || -> Vec<InlinePolicy> {
        let texts = [
            policy(),
            policy_in_lines(),
            HOSTILE.to_owned(),
            "[1]".to_owned(),
        ];
        let numbered = texts.into_iter().enumerate();
        let inline = numbered.map(|(n, document)| InlinePolicy {
            name: name(n),
            document: document.into(),
        });
        inline.collect()
    };
    let role = &mut home.roles[0];
    role.name = name(1);
    "/p/".clone_into(&mut role.path);
    role.description = name(2);
    role.max_session_duration = Some(7200);
    role.tags = tags();
    role.inline_policies = inline();
    role.attached_policies.push(own_arn.clone());
    role.attached_policies.push(broken_arn);
    role.permissions_boundary = Some(own_arn.clone());
    let group = &mut home.groups[0];
    group.name = name(1);
    group.inline_policies = inline();
    group.attached_policies.push(own_arn.clone());
    let user = &mut home.users[0];
    user.name = name(1);
    "/p/".clone_into(&mut user.path);
    user.groups = vec![name(1), name(2)];
    user.tags = tags();
    user.inline_policies = inline();
    user.attached_policies.push(own_arn.clone());
    user.permissions_boundary = Some(own_arn);
    user.console_access = false;
    user.access_keys.push(AccessKey {
        create_date: None,
        last_used_date: None,
        access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        status: AccessKeyStatus::Active,
    });
    resources(&mut world);
    domain(&mut world);
    "eu-west-1".clone_into(&mut world.region);
    world
}

fn rename(
    unit: &mut rolewalk_core::world::OrganizationalUnit,
    kind: rolewalk_core::world::OrganizationPolicyKind,
    from: &str,
) {
    let renamed = |list: &mut Vec<String>| {
        for it in list.iter_mut().filter(|it| *it == from) {
            *it = name(2);
        }
    };
    renamed(unit.attached_mut(kind));
    for it in &mut unit.accounts {
        renamed(it.attached_mut(kind));
    }
    for it in &mut unit.units {
        rename(it, kind, from);
    }
}

fn resources(world: &mut World) {
    let home = &mut world.home;
    home.block_public_access = Some(BlockPublicAccess::all(true));
    home.buckets.push(Bucket {
        name: name(1),
        policy: Some(policy_in_lines().into()),
        kms_key_id: Some(name(2)),
        block_public_access: Some(BlockPublicAccess {
            block_public_acls: true,
            ..BlockPublicAccess::all(false)
        }),
    });
    home.repositories.push(Repository {
        name: name(1),
        policy: Some(policy().into()),
    });
    home.log_groups.push(LogGroup { name: name(1) });
    home.keys.push(Key {
        grants: Vec::new(),
        key_id: "11111111-2222-3333-4444-555555555555".to_owned(),
        alias: Some(name(1)),
        policy: policy_in_lines().into(),
    });
    home.vpc_endpoints.push(VpcEndpoint {
        vpc_endpoint_id: name(1),
        service_name: name(2),
        vpc_id: name(3),
        policy: Some(policy().into()),
    });
}

fn domain(world: &mut World) {
    let role = world.role_arn(&world.home.roles[0]).to_string();
    let domain = &mut world.home.domains[0];
    domain.domain_name = name(1);
    domain.subnet_ids = vec![name(1), name(2)];
    domain.tags = tags();
    domain.tag_propagation = Switch::Enabled;
    domain.kms_key_id = Some("11111111-2222-3333-4444-555555555555".to_owned());
    let settings = &mut domain.domain_settings;
    settings.execution_role_identity_config = ExecutionRoleIdentityConfig::UserProfileName;
    settings.security_group_ids = vec![name(1)];
    settings.trusted_identity_propagation_settings.status = Switch::Enabled;
    let r_studio = &mut settings.r_studio_server_pro_domain_settings;
    r_studio.domain_execution_role_arn = Some(role.clone());
    let users = &mut domain.default_user_settings;
    users.execution_role = Some(role.clone());
    users.security_groups = vec![name(1)];
    users.studio_web_portal_settings = Some(StudioWebPortalSettings {
        execution_role_session_name_mode: Some(ExecutionRoleSessionNameMode::UserIdentity),
    });
    domain.default_space_settings.execution_role = Some(role);
    domain.single_sign_on_assignments = vec![name(1)];
    let mut other = domain.user_profiles[0].clone();
    let profile = &mut domain.user_profiles[0];
    profile.user_profile_name = name(1);
    profile.tags = tags();
    profile.single_sign_on_user_identifier = Some("UserName".to_owned());
    profile.single_sign_on_user_value = Some(name(3));
    other.user_profile_name = name(2);
    other.user_settings.execution_role = None;
    other.user_settings.security_groups = vec![name(1)];
    domain.user_profiles.push(other);
    domain.spaces = vec![Space {
        space_name: name(1),
        owner_user_profile_name: name(2),
        sharing_type: SharingType::Private,
        app_type: AppType::CodeEditor,
        status: Status::InService,
        home_efs_file_system_uid: "200001".to_owned(),
    }];
    let app = |app_type, n| App {
        app_name: name(n),
        app_type,
        user_profile_name: None,
        space_name: None,
        status: Status::InService,
    };
    domain.apps = vec![
        App {
            user_profile_name: Some(name(1)),
            ..app(AppType::Canvas, 1)
        },
        App {
            space_name: Some(name(1)),
            ..app(AppType::CodeEditor, 2)
        },
        app(AppType::RStudioServerPro, 3),
    ];
}
