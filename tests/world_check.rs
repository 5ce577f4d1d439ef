//! What AWS would refuse of a world: each kind of finding is found where it is, and told in words
//! that end in what to do.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test: a failed read is a failed test"
)]

use rolewalk_core::{
    explain,
    names::AccountId,
    world::{Account, OrganizationPolicyKind, OrganizationalUnit, World, check},
};
use rolewalk_lessons::start_worlds;

#[test]
fn nothing_is_wrong_with_the_start_worlds() {
    for start in start_worlds() {
        let world = start.scenario().unwrap().world;
        assert_eq!(check(&world), [], "{}", start.slug);
    }
}

type Edit = fn(&mut World);

/// What is changed, the things that findings are about, and a part of what is said of each.
const KEY: &str = "key:222233334444:5e6f7081-92a3-4b4c-9d5e-6f7a8b9c0d1e";

const CASES: &[(Edit, &[(&str, &str)])] = &[
    (
        |it| it.home.users[0].name = "al ice".into(),
        &[(
            "user:al ice",
            "`al ice` is not a name for a user or role: write 1 to 64",
        )],
    ),
    (
        |it| it.home.roles[1].path = "service-role".into(),
        &[
            ("role:ChurnExecutionRole", "`service-role` is not a path"),
            ("domain:d-mlplatform7", "No role of the account has the ARN"),
            ("user-profile:d-mlplatform7:alice", "path included"),
        ],
    ),
    (
        |it| {
            let mut user = it.home.users[0].clone();
            user.name = "Alice".into();
            it.home.users.push(user);
        },
        &[("user:Alice", "`alice` is taken already")],
    ),
    (
        |it| {
            let mut role = it.home.roles[1].clone();
            role.name = "churnexecutionrole".into();
            it.home.roles.push(role);
        },
        &[(
            "role:churnexecutionrole",
            "`ChurnExecutionRole` is taken already",
        )],
    ),
    (
        |it| {
            let bucket = it.other_accounts[0].buckets[0].clone();
            it.home.buckets.push(bucket);
        },
        // The home account comes first, and it does not have the key.
        &[
            ("bucket:acme-data-lake", "There is no key `5e6f7081"),
            (
                "bucket:222233334444:acme-data-lake",
                "unique among all accounts",
            ),
        ],
    ),
    (
        |it| {
            let mut profile = it.home.domains[0].user_profiles[0].clone();
            profile.user_profile_name = "ALICE".into();
            it.home.domains[0].user_profiles.push(profile);
        },
        &[(
            "user-profile:d-mlplatform7:ALICE",
            "`alice` is taken already",
        )],
    ),
    (
        |it| {
            it.other_accounts
                .push(Account::new(it.home.account.clone()));
        },
        &[("account:111122223333", "is there more than once")],
    ),
    (
        |it| {
            it.home
                .policies
                .retain(|it| it.name() != "IAMUserChangePassword");
        },
        &[(
            "user:alice",
            "is not in this world, so what hinges on it is not judged",
        )],
    ),
    (
        |it| {
            let arn = it.home.policies[0].arn.clone();
            it.home.roles[0].attached_policies = vec![arn; 11];
        },
        &[(
            "role:DataScientistRole",
            "There are 11 managed policies attached, and AWS lets there be 10",
        )],
    ),
    (
        |it| it.home.users[0].groups.push("Ghosts".into()),
        &[("user:alice", "There is no group `Ghosts`")],
    ),
    (
        |it| it.home.users[0].groups = vec!["DataScience".into(); 11],
        &[("user:alice", "There are 11 groups of this user")],
    ),
    (
        |it| {
            let policy = it.home.policies[0]
                .arn
                .to_string()
                .replace("ChangePassword", "Ghost");
            it.home.roles[0].permissions_boundary =
                serde_json::from_str(&format!("\"{policy}\"")).unwrap();
        },
        &[(
            "role:DataScientistRole",
            "so what hinges on it is not judged: add the policy",
        )],
    ),
    (
        |it| {
            let policy = r#"{"arn": "arn:aws:iam::111122223333:policy/P", "version": "v6", "document": {},
                "otherVersions": [{"version": "v5", "document": {}}, {"version": "v4", "document": {}},
                {"version": "v3", "document": {}}, {"version": "v2", "document": {}}, {"version": "v2", "document": {}}]}"#;
            it.home.policies.push(serde_json::from_str(policy).unwrap());
        },
        &[
            (
                "policy:arn:aws:iam::111122223333:policy/P",
                "Version `v2` is there more than once",
            ),
            (
                "policy:arn:aws:iam::111122223333:policy/P",
                "There are 6 versions, and AWS lets there be 5",
            ),
        ],
    ),
    (
        |it| it.home.roles[0].max_session_duration = Some(60),
        &[("role:DataScientistRole", "write 3600 to 43200 seconds")],
    ),
    (
        |it| {
            let keys = r#"[{"accessKeyId": "short"}, {"accessKeyId": "AKIAIOSFODNN7EXAMPLE"},
                {"accessKeyId": "AKIAIOSFODNN8EXAMPLE", "status": "Inactive"}]"#;
            it.home.users[0].access_keys = serde_json::from_str(keys).unwrap();
        },
        &[
            (
                "user:alice",
                "There are 3 access keys, and AWS lets there be 2",
            ),
            ("user:alice", "`short` is not the id of an access key"),
        ],
    ),
    (
        |it| {
            let domain = &mut it.home.domains[0];
            domain.domain_name = String::new();
            domain.kms_key_id = Some("ghost".into());
            domain.user_profiles[0].home_efs_file_system_uid = "alice".into();
            domain.default_user_settings.security_groups = vec!["sg-1".into(); 6];
        },
        &[
            (
                "domain:d-mlplatform7",
                "An empty text is not a name for a domain, user profile or space",
            ),
            ("domain:d-mlplatform7", "There is no key `ghost`"),
            ("domain:d-mlplatform7", "There are 6 security groups"),
            (
                "user-profile:d-mlplatform7:alice",
                "`alice` is not a POSIX user id",
            ),
        ],
    ),
    (
        |it| {
            let domain = &mut it.home.domains[0];
            domain.vpc_id = "main".into();
            domain.subnet_ids = vec!["subnet-0a1b2c3d".into(), "10.0.1.0/24".into()];
            domain.default_user_settings.security_groups = vec!["default".into()];
            domain.default_space_settings.security_groups = vec!["spaces".into()];
            domain.domain_settings.security_group_ids = vec!["own".into()];
            domain.home_efs_file_system_id = "/home".into();
            domain.user_profiles[0].user_settings.security_groups = vec!["sg_1".into()];
        },
        &[
            (
                "domain:d-mlplatform7",
                "`main` is not the id of a VPC: write `vpc-` and 8 or 17 hexadecimal digits",
            ),
            (
                "domain:d-mlplatform7",
                "`10.0.1.0/24` is not the id of a subnet: write `subnet-`",
            ),
            (
                "domain:d-mlplatform7",
                "`spaces` is not the id of a security group: write `sg-`",
            ),
            (
                "domain:d-mlplatform7",
                "`own` is not the id of a security group",
            ),
            (
                "domain:d-mlplatform7",
                "`/home` is not the id of an EFS file system: write `fs-`",
            ),
            (
                "domain:d-mlplatform7",
                "`default` is not the id of a security group",
            ),
            (
                "user-profile:d-mlplatform7:alice",
                "`sg_1` is not the id of a security group",
            ),
        ],
    ),
    // A domain may be without a network of its own.
    (
        |it| {
            let domain = &mut it.home.domains[0];
            domain.vpc_id.clear();
            domain.home_efs_file_system_id.clear();
        },
        &[],
    ),
    (
        |it| {
            it.other_accounts[0].buckets[0].kms_key_id =
                Some("arn:aws:kms:eu-west-1:222233334444:key/ghost".into());
        },
        &[(
            "bucket:222233334444:acme-data-lake",
            "one of another account by its ARN",
        )],
    ),
    // By its alias a key is found as well.
    (
        |it| {
            it.other_accounts[0].keys[0].alias = Some("lake".into());
            it.other_accounts[0].buckets[0].kms_key_id = Some("alias/lake".into());
        },
        &[],
    ),
    (
        |it| it.other_accounts[0].buckets[0].kms_key_id = Some("alias/ghost".into()),
        &[(
            "bucket:222233334444:acme-data-lake",
            "There is no key `alias/ghost` in this world, so what hinges on its policy is not judged",
        )],
    ),
    // Of accounts that are not here nothing is known.
    (
        |it| {
            it.other_accounts[0].buckets[0].kms_key_id =
                Some("arn:aws:kms:eu-west-1:999988887777:key/other".into());
        },
        &[],
    ),
    (
        |it| it.other_accounts[0].keys[0].alias = Some("aws/s3".into()),
        &[(
            "key:222233334444:5e6f7081-92a3-4b4c-9d5e-6f7a8b9c0d1e",
            "those that begin with `aws/` are AWS’s",
        )],
    ),
    (
        |it| it.home.repositories[0].name = "Churn".into(),
        &[("repository:Churn", "`Churn` is not a name for a repository")],
    ),
    (
        |it| it.home.log_groups[0].name = "a b".into(),
        &[("log-group:a b", "`a b` is not a name for a log group")],
    ),
    (
        |it| workloads(it).scps = vec!["Ghost".into()],
        &[("unit:ou-ab12-11112222", "no service control policy `Ghost`")],
    ),
    (
        |it| workloads(it).accounts[0].scps.clear(),
        &[("account", "attach one, such as `FullAWSAccess`")],
    ),
    (
        |it| workloads(it).rcps = vec!["RCPFullAWSAccess".into(); 6],
        &[(
            "unit:ou-ab12-11112222",
            "There are 6 resource control policies attached here",
        )],
    ),
    (
        |it| {
            let organization = it.organization.as_mut().unwrap();
            organization.enabled_policy_types = vec![OrganizationPolicyKind::Scp];
            organization.root.rcps.clear();
            organization.root.accounts[0].rcps.clear();
            organization.root.units[0].rcps.clear();
            organization.root.units[0].accounts[0].rcps.clear();
            organization.root.units[1].accounts[0].rcps.clear();
        },
        &[(
            "unit:ou-ab12-33334444",
            "put `rcp` into `enabledPolicyTypes`",
        )],
    ),
    (
        |it| {
            it.organization.as_mut().unwrap().management_account =
                AccountId::parse("999988887777").unwrap();
        },
        &[(
            "organization",
            "The management account `999988887777` is nowhere in the organization",
        )],
    ),
    (
        |it| {
            let member = workloads(it).accounts[0].clone();
            it.organization.as_mut().unwrap().root.accounts.push(member);
        },
        // The root lists its own accounts after those of its units.
        &[("account", "Account `111122223333` is there more than once")],
    ),
    (
        |it| {
            let grant = r#"{"grantId": "", "name": "a b", "granteePrincipal": "alice", "operations": ["Decrypt", "kms:Encrypt"],
                "retiringPrincipal": "arn:aws:iam::111122223333:role/Nobody"}"#;
            let grant = serde_json::from_str(grant).unwrap();
            it.other_accounts[0].keys[0].grants = vec![grant];
        },
        &[
            (KEY, "An empty text is not the id of a grant"),
            (KEY, "`a b` is not a name for a grant"),
            (KEY, "`alice` is not somebody that a grant can name"),
            (
                KEY,
                "A grant names `arn:aws:iam::111122223333:role/Nobody`, which is not in its account",
            ),
            (
                KEY,
                "`kms:Encrypt` is not an operation that a grant can allow",
            ),
        ],
    ),
    (
        |it| {
            let mut unit = workloads(it);
            for depth in 2..=6 {
                unit.units = vec![OrganizationalUnit {
                    id: format!("ou-ab12-4444555{depth}"),
                    name: "Deeper".into(),
                    scps: vec!["FullAWSAccess".into()],
                    rcps: Vec::new(),
                    units: Vec::new(),
                    accounts: Vec::new(),
                }];
                unit = &mut unit.units[0];
            }
        },
        &[(
            "unit:ou-ab12-44445556",
            "There are 6 units above each other",
        )],
    ),
];

fn workloads(world: &mut World) -> &mut OrganizationalUnit {
    &mut world.organization.as_mut().unwrap().root.units[0]
}

#[test]
fn what_aws_would_refuse_is_found_and_told() {
    for (edit, expected) in CASES {
        let mut world = world();
        edit(&mut world);
        let found: Vec<_> = check(&world)
            .into_iter()
            .map(|it| (it.entity.key(), explain::world_finding_sentence(&it)))
            .collect();
        assert_eq!(found.len(), expected.len(), "{found:#?}\n{expected:#?}");
        for (found, (entity, part)) in found.iter().zip(*expected) {
            assert_eq!(found.0, *entity, "{found:?}");
            assert!(found.1.contains(part), "{part}\nnot in\n{}", found.1);
            assert!(
                found.1.ends_with('.') && found.1.contains(": "),
                "{}",
                found.1
            );
        }
    }
}

fn world() -> World {
    let mut all = start_worlds().iter();
    let start = all.find(|it| it.slug == "organization-says-no").unwrap();
    start.scenario().unwrap().world
}
