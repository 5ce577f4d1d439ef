//! A world with something of everything, whose names end strings and start something in every form.

use rolewalk_core::{
    by_name::Tags,
    eval::{BlockPublicAccess, GrantConstraints, KeyGrant},
    names::Arn,
    world::{
        AccessKey, AccessKeyStatus, App, AppType, Bucket, ExecutionRoleIdentityConfig,
        ExecutionRoleSessionNameMode, InlinePolicy, Key, LogGroup, ManagedPolicy, PolicyVersion,
        Repository, SecurityGroup, SharingType, Space, Status, StudioWebPortalSettings, Subnet,
        Switch, Vpc, VpcEndpoint, World,
    },
};
use rolewalk_lessons::start_worlds;

/// Ends single-quoted, double-quoted and backquoted strings, templates and heredocs, comments and
/// lines.
pub(crate) const HOSTILE: &str = "a'b\"c`touch pwned`$(touch pwned)${HOME}%{ if true }$${x}\\'; touch pwned #\n touch pwned\nEOT\n*/ \u{2028}\u{feff}\u{1}\té😀";

fn name(n: usize) -> String {
    format!("{HOSTILE}{n}")
}

/// The same with signs that nobody sees and that readers take for other things.
fn policy_unseen() -> String {
    "{\n  \"Statement\": {\n    \"Sid\": \"\u{feff}\u{2028}\u{202e}\u{7f}\u{85}e\u{301}\",\n    \"Effect\": \"Deny\"\n  }\n}".to_owned()
}

/// Names that the AWS CLI takes for options, or for addresses of something to read.
const ELSEWHERE: [&str; 4] = ["--query", "-x", "file://script.sh", "https://a.example"];

/// The ids that AWS gives anew, in a policy, where ARNs and conditions have them; and where they are
/// something else.
fn policy_with_ids() -> String {
    format!(
        r#"{{
  "Statement": [{{
    "Effect": "Allow",
    "Action": "kms:*",
    "Resource": ["arn:aws:kms:eu-west-1:111122223333:key/{KEY}", "arn:aws:s3:::{DOMAIN}/{KEY}"]
  }}, {{
    "Effect": "Allow",
    "Action": "sagemaker:*",
    "Resource": "arn:aws:sagemaker:eu-west-1:111122223333:user-profile/{DOMAIN}/${{aws:username}}",
    "Condition": {{
      "ArnLike": {{ "aws:SourceArn": "arn:aws:sagemaker:*:*:domain/{DOMAIN}" }},
      "StringEquals": {{ "aws:SourceVpc": "{VPC}", "aws:SourceVpce": ["{ENDPOINT}"] }}
    }}
  }}]
}}"#
    )
}

/// The same, as a policy of a resource.
fn resource_policy_with_ids() -> String {
    policy_with_ids().replace("\"Effect\"", "\"Principal\": \"*\", \"Effect\"")
}

const KEY: &str = "99999999-2222-3333-4444-555555555555";
const DOMAIN: &str = "d-networked1";
const VPC: &str = "vpc-networked1";
const ENDPOINT: &str = "vpce-networked1";

fn tags() -> Tags {
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
            policy_unseen(),
            policy_with_ids(),
            ELSEWHERE[2].to_owned(),
            ELSEWHERE[1].to_owned(),
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
    elsewhere(&mut world);
    roles_of_aws(&mut world);
    resources(&mut world);
    domain(&mut world);
    with_ids(&mut world);
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

/// Of everything one that the CLI would take for something else.
fn elsewhere(world: &mut World) {
    let home = &mut world.home;
    for (idx, name) in ELSEWHERE.into_iter().enumerate() {
        let mut role = home.roles[1].clone();
        name.clone_into(&mut role.name);
        name.clone_into(&mut role.description);
        role.inline_policies.clear();
        role.trust_policy = if idx == 0 {
            policy_unseen().into()
        } else {
            policy().into()
        };
        home.roles.push(role);
        let mut user = home.users[0].clone();
        name.clone_into(&mut user.name);
        user.inline_policies.truncate(1);
        name.clone_into(&mut user.inline_policies[0].name);
        user.groups = vec![name.to_owned()];
        home.users.push(user);
        let mut group = home.groups[0].clone();
        name.clone_into(&mut group.name);
        home.groups.push(group);
        let name = || name.to_owned();
        home.log_groups.push(LogGroup { name: name() });
        let policy = (idx > 1).then(|| policy_unseen().into());
        home.repositories.push(Repository {
            name: name(),
            policy,
        });
        home.buckets.push(Bucket {
            name: name(),
            policy: (idx > 1).then(|| policy_unseen().into()),
            kms_key_id: None,
            is_key_assumed: false,
            block_public_access: None,
        });
    }
}

/// Roles that only AWS makes.
fn roles_of_aws(world: &mut World) {
    for (name, path) in [
        ("AWSServiceRoleForX", "/aws-service-role/x.amazonaws.com/"),
        (
            "AWSReservedSSO_X_0123456789abcdef",
            "/aws-reserved/sso.amazonaws.com/eu-west-1/",
        ),
    ] {
        let mut role = world.home.roles[1].clone();
        name.clone_into(&mut role.name);
        path.clone_into(&mut role.path);
        world.home.roles.push(role);
    }
}

/// Ids that AWS gives anew, in policies of every kind.
fn with_ids(world: &mut World) {
    let arn = |world: &World, name: &str| {
        let role = world.home.role(name).unwrap();
        world.role_arn(role).to_string()
    };
    let grant = |id: &str, grantee: String| KeyGrant {
        grant_id: id.to_owned(),
        name: ELSEWHERE[0].to_owned(),
        grantee_principal: grantee,
        retiring_principal: None,
        operations: vec!["Decrypt".to_owned()],
        constraints: GrantConstraints::default(),
    };
    let mut constrained = grant("g1", arn(world, ELSEWHERE[2]));
    constrained.retiring_principal = Some(arn(world, &name(1)));
    let pairs = [(name(1), name(2))];
    constrained.constraints.encryption_context_subset = pairs.into();
    let grants = vec![
        constrained,
        grant("g2", arn(world, "AWSServiceRoleForX")),
        grant("g3", "arn:aws:iam::111122223333:role/gone".to_owned()),
        grant("g4", "sagemaker.amazonaws.com".to_owned()),
        grant("g5", "arn:aws:iam::111122223333:root".to_owned()),
    ];
    world.home.keys.push(Key {
        grants,
        key_id: KEY.to_owned(),
        alias: Some("networked".to_owned()),
        policy: resource_policy_with_ids().into(),
    });
    networks(world);
    networked_domain(world);
    networked_resources(world);
    networked_policies(world);
}

fn networks(world: &mut World) {
    let home = &mut world.home;
    let group = |id: &str, allows_nfs, allows_apps| SecurityGroup {
        group_id: id.to_owned(),
        allows_nfs,
        allows_apps,
    };
    let subnet = |id: &str, is_public| Subnet {
        subnet_id: id.to_owned(),
        is_public,
    };
    home.vpcs.push(Vpc {
        vpc_id: VPC.to_owned(),
        subnets: vec![
            subnet("subnet-networked1", true),
            subnet("subnet-networked2", false),
        ],
        nat_gateway: true,
        endpoints: vec!["s3".to_owned()],
        security_groups: vec![
            group("sg-networked1", true, true),
            group("sg-networked2", false, false),
        ],
    });
    home.vpcs.push(Vpc {
        vpc_id: name(7),
        subnets: vec![subnet(&name(8), false)],
        nat_gateway: false,
        endpoints: Vec::new(),
        security_groups: vec![group(&name(9), false, true)],
    });
}

fn networked_domain(world: &mut World) {
    let mut domain = world.home.domains[0].clone();
    DOMAIN.clone_into(&mut domain.domain_id);
    "networked".clone_into(&mut domain.domain_name);
    VPC.clone_into(&mut domain.vpc_id);
    domain.subnet_ids = vec!["subnet-networked1".to_owned(), name(8)];
    domain.default_user_settings.security_groups =
        vec!["sg-networked1".to_owned(), "sg-other1".to_owned()];
    domain.kms_key_id = Some(KEY.to_owned());
    domain.apps.clear();
    domain.spaces.clear();
    ELSEWHERE[1].clone_into(&mut domain.user_profiles[0].user_profile_name);
    domain.spaces.push(Space {
        space_name: ELSEWHERE[3].to_owned(),
        owner_user_profile_name: ELSEWHERE[1].to_owned(),
        sharing_type: SharingType::Private,
        app_type: AppType::CodeEditor,
        status: Status::InService,
        home_efs_file_system_uid: "200001".to_owned(),
    });
    domain.apps.push(App {
        app_name: ELSEWHERE[0].to_owned(),
        app_type: AppType::CodeEditor,
        user_profile_name: None,
        space_name: Some(ELSEWHERE[3].to_owned()),
        status: Status::InService,
    });
    world.home.domains.push(domain);
}

fn networked_resources(world: &mut World) {
    let home = &mut world.home;
    home.buckets.push(Bucket {
        name: DOMAIN.to_owned(),
        policy: Some(resource_policy_with_ids().into()),
        kms_key_id: Some(format!("arn:aws:kms:eu-west-1:111122223333:key/{KEY}")),
        is_key_assumed: false,
        block_public_access: None,
    });
    home.repositories.push(Repository {
        name: "networked".to_owned(),
        policy: Some(resource_policy_with_ids().into()),
    });
    home.vpc_endpoints.push(VpcEndpoint {
        vpc_endpoint_id: ENDPOINT.to_owned(),
        service_name: ELSEWHERE[2].to_owned(),
        vpc_id: VPC.to_owned(),
        policy: Some(resource_policy_with_ids().into()),
    });
}

fn networked_policies(world: &mut World) {
    let home = &mut world.home;
    let managed = |name: &str| ManagedPolicy {
        arn: Arn::parse(&format!("arn:aws:iam::{}:policy/{name}", home.account)).unwrap(),
        version: Some("v1".to_owned()),
        document: policy_with_ids().into(),
        other_versions: Vec::new(),
    };
    let (attached, boundary) = (managed("WithIds"), managed("BoundaryWithIds"));
    let arns = [attached.arn.clone(), boundary.arn.clone()];
    home.policies.extend([attached, boundary]);
    let [attached, boundary] = arns;
    let unknown = Arn::parse("arn:aws:iam::111122223333:policy/unknown").unwrap();
    let role = home.role_mut(ELSEWHERE[1]).unwrap();
    role.attached_policies = vec![attached.clone(), unknown.clone()];
    role.permissions_boundary = Some(boundary);
    role.trust_policy = resource_policy_with_ids().into();
    let user = home.user_mut(ELSEWHERE[1]).unwrap();
    user.attached_policies = vec![attached.clone()];
    user.permissions_boundary = Some(unknown);
    home.group_mut(ELSEWHERE[1]).unwrap().attached_policies = vec![attached];
}

fn resources(world: &mut World) {
    let home = &mut world.home;
    home.block_public_access = Some(BlockPublicAccess::all(true));
    home.buckets.push(Bucket {
        name: name(1),
        policy: Some(policy_in_lines().into()),
        kms_key_id: Some(name(2)),
        is_key_assumed: false,
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
