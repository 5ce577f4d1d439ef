//! The templates, read back, and read by `cfn-lint` where there is one: `cargo xtask setup` installs it
//! and names it in `CFN_LINT`.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    process::Command,
};

use rolewalk_core::{
    export::{Form, Part},
    world::{Account, World},
};
use serde_json::{Value, json};

use crate::{
    exported,
    facts::{self, Facts, public_access},
    folder, program, says, worlds,
};

type Resources = BTreeMap<String, Value>;

fn resources(template: &str) -> Resources {
    let template: Value = serde_json::from_str(template).unwrap();
    serde_json::from_value(template["Resources"].clone()).unwrap()
}

/// A template and who it is of.
struct Read<'a> {
    world: &'a World,
    account: &'a Account,
    resources: Resources,
    /// The ids of the world that parameters stand for.
    parameters: BTreeMap<String, Value>,
}

impl Read<'_> {
    /// A policy with the ids of the world in place of references.
    fn policy(&self, value: &Value) -> Value {
        if value["Ref"].is_string() || value["Fn::GetAtt"].is_array() {
            return json!(self.id(value));
        }
        if let Some(parts) = value["Fn::Join"].as_array() {
            assert_eq!(parts[0], "");
            let parts = parts[1].as_array().unwrap().iter();
            let parts = parts.map(|it| match it {
                Value::String(text) => text.clone(),
                other => self.id(other),
            });
            return json!(parts.collect::<String>());
        }
        match value {
            Value::Object(map) => {
                let members = map.iter().map(|(name, it)| (name.clone(), self.policy(it)));
                Value::Object(members.collect())
            }
            Value::Array(items) => items.iter().map(|it| self.policy(it)).collect(),
            other => other.clone(),
        }
    }

    /// The id in the world of what a reference is to.
    fn id(&self, value: &Value) -> String {
        let id = value["Ref"].as_str();
        let id = id.or_else(|| value["Fn::GetAtt"][0].as_str()).unwrap();
        if let Some(default) = self.parameters.get(id) {
            return default.as_str().unwrap().to_owned();
        }
        let own = &self.resources[id]["Properties"];
        let account = self.account;
        match self.resources[id]["Type"].as_str().unwrap() {
            "AWS::KMS::Key" => {
                let alias = self.alias(id);
                let mut keys = account.keys.iter();
                let key = keys.find(|it| it.alias == alias && id.starts_with("Key"));
                key.unwrap().key_id.clone()
            }
            "AWS::SageMaker::Domain" => {
                let mut domains = account.domains.iter();
                let domain = domains.find(|it| own["DomainName"] == it.domain_name.as_str());
                domain.unwrap().domain_id.clone()
            }
            "AWS::EC2::VPCEndpoint" => {
                let mut endpoints = account.vpc_endpoints.iter();
                let endpoint = endpoints
                    .find(|it| own["ServiceName"] == it.service_name.as_str())
                    .unwrap();
                endpoint.vpc_endpoint_id.clone()
            }
            kind => {
                assert!(kind.starts_with("AWS::EC2::"), "{kind}");
                let is_group = kind == "AWS::EC2::SecurityGroup";
                assert_eq!(value["Fn::GetAtt"][1] == "GroupId", is_group);
                assert_eq!(own["Tags"][0]["Key"], "Name");
                own["Tags"][0]["Value"].as_str().unwrap().to_owned()
            }
        }
    }

    fn ids(&self, value: &Value) -> Value {
        let ids = list(value).iter().map(|it| match it {
            Value::String(id) => id.clone(),
            other => self.id(other),
        });
        json!(ids.collect::<BTreeSet<_>>())
    }

    /// The name or ARN that a reference stands for; a text for itself.
    fn value(&self, value: &Value) -> Value {
        let (id, is_arn) = if let Some(id) = value["Ref"].as_str() {
            (id, false)
        } else if let Some(id) = value["Fn::GetAtt"][0].as_str() {
            assert_eq!(value["Fn::GetAtt"][1], "Arn");
            (id, true)
        } else {
            return value.clone();
        };
        let resource = &self.resources[id];
        let own = &resource["Properties"];
        match (resource["Type"].as_str().unwrap(), is_arn) {
            ("AWS::IAM::Role", true) => {
                self.arn("role", own["Path"].as_str().unwrap(), &own["RoleName"])
            }
            ("AWS::IAM::ManagedPolicy", false) => {
                let path = own["Path"].as_str().unwrap_or("/");
                self.arn("policy", path, &own["ManagedPolicyName"])
            }
            ("AWS::IAM::Group", false) => own["GroupName"].clone(),
            ("AWS::S3::Bucket", false) => own["BucketName"].clone(),
            ("AWS::SageMaker::Domain", false) => own["DomainName"].clone(),
            ("AWS::KMS::Key", _) => {
                facts::key(&self.policy(&own["KeyPolicy"]), self.alias(id).as_deref())
            }
            (other, _) => panic!("nothing refers to a {other}"),
        }
    }

    fn arn(&self, kind: &str, path: &str, name: &Value) -> Value {
        let account = &self.account.account;
        let partition = &self.world.partition;
        let name = name.as_str().unwrap();
        json!(format!("arn:{partition}:iam::{account}:{kind}{path}{name}"))
    }

    fn alias(&self, key: &str) -> Option<String> {
        let of_type = |it: &&Value| it["Type"] == "AWS::KMS::Alias";
        let mut aliases = self.resources.values().filter(of_type);
        let alias = aliases.find(|it| it["Properties"]["TargetKeyId"]["Ref"] == key)?;
        let name = alias["Properties"]["AliasName"].as_str().unwrap();
        Some(name.strip_prefix("alias/").unwrap().to_owned())
    }

    fn policies(&self, facts: &mut Facts, kind: &str, owner: &Value, own: &Value) {
        for it in list(&own["Policies"]) {
            facts.add(&json!([
                "inline",
                kind,
                owner,
                it["PolicyName"],
                self.policy(&it["PolicyDocument"])
            ]));
        }
        for it in list(&own["ManagedPolicyArns"]) {
            facts.add(&json!(["attached", kind, owner, self.value(it)]));
        }
    }

    fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        for (id, resource) in &self.resources {
            assert!(id.bytes().all(|it| it.is_ascii_alphanumeric()), "{id}");
            for it in list(&resource["DependsOn"]) {
                assert!(self.resources.contains_key(it.as_str().unwrap()));
            }
            let own = &resource["Properties"];
            let boundary = self.value(&own["PermissionsBoundary"]);
            let tags = tags(&own["Tags"]);
            match resource["Type"].as_str().unwrap() {
                "AWS::IAM::ManagedPolicy" => self.managed(&mut facts, id, own),
                "AWS::IAM::RolePolicy" => self.late(&mut facts, "role", &own["RoleName"], own),
                "AWS::IAM::UserPolicy" => self.late(&mut facts, "user", &own["UserName"], own),
                "AWS::IAM::GroupPolicy" => self.late(&mut facts, "group", &own["GroupName"], own),
                "AWS::EC2::VPC" | "AWS::EC2::Subnet" | "AWS::EC2::SecurityGroup" => {
                    self.network(&mut facts, id, resource);
                }
                "AWS::IAM::Group" => {
                    facts.add(&json!(["group", own["GroupName"]]));
                    self.policies(&mut facts, "group", &own["GroupName"], own);
                }
                "AWS::IAM::User" => {
                    let name = &own["UserName"];
                    facts.add(&json!(["user", name, own["Path"], boundary, tags]));
                    for it in list(&own["Groups"]) {
                        facts.add(&json!(["member", name, self.value(it)]));
                    }
                    self.policies(&mut facts, "user", name, own);
                }
                "AWS::IAM::Role" => {
                    let text = |it: &Value| json!(it.as_str().unwrap_or_default());
                    facts.add(&json!([
                        "role",
                        own["RoleName"],
                        own["Path"],
                        text(&own["Description"]),
                        own["MaxSessionDuration"],
                        boundary,
                        tags,
                        self.policy(&own["AssumeRolePolicyDocument"])
                    ]));
                    self.policies(&mut facts, "role", &own["RoleName"], own);
                }
                "AWS::KMS::Key" => facts.add(&self.value(&json!({ "Ref": id }))),
                "AWS::KMS::Alias" | "AWS::S3::BucketPolicy" | "AWS::EC2::SecurityGroupIngress" => {}
                "AWS::S3::Bucket" => self.bucket(&mut facts, id, own),
                "AWS::ECR::Repository" => {
                    let policy = self.policy(&own["RepositoryPolicyText"]);
                    facts.add(&json!(["repository", own["RepositoryName"], policy]));
                }
                "AWS::Logs::LogGroup" => facts.add(&json!(["log-group", own["LogGroupName"]])),
                "AWS::EC2::VPCEndpoint" => facts.add(&json!([
                    "endpoint",
                    self.ids(&json!([own["VpcId"]]))[0],
                    own["ServiceName"],
                    self.policy(&own["PolicyDocument"])
                ])),
                "AWS::SageMaker::Domain" => self.domain(&mut facts, own),
                "AWS::SageMaker::UserProfile" => {
                    let settings = self.settings(&own["UserSettings"]);
                    facts.add(&json!([
                        "profile",
                        self.value(&own["DomainId"]),
                        own["UserProfileName"],
                        own["SingleSignOnUserIdentifier"],
                        own["SingleSignOnUserValue"],
                        tags,
                        settings
                    ]));
                }
                "AWS::SageMaker::Space" => {
                    let owner = &own["OwnershipSettings"]["OwnerUserProfileName"];
                    let sharing = &own["SpaceSharingSettings"]["SharingType"];
                    let sharing = owner.is_string().then(|| json!([owner, sharing]));
                    facts.add(&json!([
                        "space",
                        self.value(&own["DomainId"]),
                        own["SpaceName"],
                        own["SpaceSettings"]["AppType"],
                        sharing
                    ]));
                }
                "AWS::SageMaker::App" => facts.add(&json!([
                    "app",
                    self.value(&own["DomainId"]),
                    own["AppName"],
                    own["AppType"],
                    null_value(),
                    own["UserProfileName"]
                ])),
                other => panic!("no {other} was asked for"),
            }
        }
        facts
    }

    fn network(&self, facts: &mut Facts, id: &str, resource: &Value) {
        let itself = json!({ "Ref": id });
        let vpc = &resource["Properties"]["VpcId"];
        match resource["Type"].as_str().unwrap() {
            "AWS::EC2::VPC" => facts.add(&json!(["vpc", self.id(&itself)])),
            "AWS::EC2::Subnet" => {
                facts.add(&json!(["subnet", self.id(vpc), self.id(&itself)]));
            }
            _ => {
                let itself = json!({ "Fn::GetAtt": [id, "GroupId"] });
                let rules = self.resources.values().filter(|it| {
                    it["Type"] == "AWS::EC2::SecurityGroupIngress"
                        && it["Properties"]["GroupId"] == itself
                });
                let ports: BTreeSet<[u64; 2]> = rules
                    .map(|it| {
                        let it = &it["Properties"];
                        assert_eq!(it["SourceSecurityGroupId"], itself);
                        ["FromPort", "ToPort"].map(|name| it[name].as_u64().unwrap())
                    })
                    .collect();
                let id = self.id(&itself);
                facts.add(&json!(["security-group", self.id(vpc), id, ports]));
            }
        }
    }

    /// A managed policy; one that comes late names whom it is attached to.
    fn managed(&self, facts: &mut Facts, id: &str, own: &Value) {
        let arn = self.value(&json!({ "Ref": id }));
        facts.add(&json!([
            "managed",
            arn,
            self.policy(&own["PolicyDocument"])
        ]));
        for (kind, names) in [("group", "Groups"), ("user", "Users"), ("role", "Roles")] {
            for it in list(&own[names]) {
                facts.add(&json!(["attached", kind, it, arn]));
            }
        }
    }

    /// A policy that stands for itself.
    fn late(&self, facts: &mut Facts, kind: &str, owner: &Value, own: &Value) {
        let policy = self.policy(&own["PolicyDocument"]);
        facts.add(&json!(["inline", kind, owner, own["PolicyName"], policy]));
    }

    fn bucket(&self, facts: &mut Facts, id: &str, own: &Value) {
        let is_it = |it: &&Value| {
            it["Type"] == "AWS::S3::BucketPolicy" && it["Properties"]["Bucket"]["Ref"] == id
        };
        let policy = self.resources.values().find(is_it);
        let policy = policy.map(|it| self.policy(&it["Properties"]["PolicyDocument"]));
        let rule = &own["BucketEncryption"]["ServerSideEncryptionConfiguration"][0];
        let key = self.value(&rule["ServerSideEncryptionByDefault"]["KMSMasterKeyID"]);
        let block = &own["PublicAccessBlockConfiguration"];
        let block = block.is_object().then(|| public_access(block));
        facts.add(&json!(["bucket", own["BucketName"], policy, key, block]));
    }

    /// Role and security groups.
    fn settings(&self, settings: &Value) -> Option<Value> {
        let role = self.value(&settings["ExecutionRole"]);
        let groups = self.ids(&settings["SecurityGroups"]);
        settings.is_object().then(|| json!([role, groups]))
    }

    fn domain(&self, facts: &mut Facts, own: &Value) {
        let settings = &own["DomainSettings"];
        let r_studio = &settings["RStudioServerProDomainSettings"]["DomainExecutionRoleArn"];
        let text = |it: &Value| json!(it.as_str().unwrap_or_default());
        facts.add(&json!(["domain", own["DomainName"], {
            "auth": own["AuthMode"],
            "network": own["AppNetworkAccessType"],
            "customer": own["AppSecurityGroupManagement"] == "Customer",
            "vpc": match &own["VpcId"] {
                Value::Null => text(&own["VpcId"]),
                id => self.ids(&json!([id]))[0].clone(),
            },
            "subnets": self.ids(&own["SubnetIds"]),
            "key": self.value(&own["KmsKeyId"]),
            "propagation": own["TagPropagation"] == "ENABLED",
            "tags": tags(&own["Tags"]),
            "users": self.settings(&own["DefaultUserSettings"]),
            "spaces": self.settings(&own["DefaultSpaceSettings"]),
            "byProfile": settings["ExecutionRoleIdentityConfig"] == "USER_PROFILE_NAME",
            "groups": self.ids(&settings["SecurityGroupIds"]),
            "rStudio": self.value(r_studio),
        }]));
    }
}

fn null_value() -> Value {
    Value::Null
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn set(value: &Value) -> Value {
    let texts: BTreeSet<&str> = list(value).iter().map(|it| it.as_str().unwrap()).collect();
    json!(texts)
}

fn tags(value: &Value) -> Value {
    let tag = |it: &Value| (it["Key"].as_str().unwrap().to_owned(), it["Value"].clone());
    json!(list(value).iter().map(tag).collect::<BTreeMap<_, _>>())
}

/// What there is no resource for: said in the template, and nowhere else a difference.
fn is_left_out(fact: &Value) -> bool {
    let apps = [
        "JupyterServer",
        "KernelGateway",
        "RStudioServerPro",
        "RSessionGateway",
        "Canvas",
    ];
    match fact[0].as_str().unwrap() {
        "account-block" | "grant" => true,
        "app" => fact[4].is_string() || !apps.contains(&fact[3].as_str().unwrap()),
        _ => false,
    }
}

#[test]
fn a_template_says_what_the_world_says() {
    for (name, world) in worlds() {
        for account in world.accounts() {
            let part = Part::Account(account.account.clone());
            let exported = exported(&world, &part, Form::CloudFormation);
            let left_out = exported.left_out;
            let mut read = Facts::default();
            let mut n_read_apps = 0;
            for file in &exported.files {
                let template: Value = serde_json::from_str(&file.text).unwrap();
                let told = template["Metadata"]["LeftOut"].clone();
                let told: Vec<String> = serde_json::from_value(told).unwrap_or_default();
                assert_eq!(told, left_out, "{name}");
                let parameters: BTreeMap<String, Value> =
                    serde_json::from_value(template["Parameters"].clone()).unwrap_or_default();
                let defaults = parameters.into_iter();
                let stack = Read {
                    world: &world,
                    account,
                    resources: resources(&file.text),
                    parameters: defaults
                        .map(|(id, it)| (id, it["Default"].clone()))
                        .collect(),
                };
                // What is in another stack is written out, so each reads alone.
                read.0.extend(stack.facts().0);
                let apps = stack.resources.values();
                let apps = apps.filter(|it| it["Type"] == "AWS::SageMaker::App");
                n_read_apps += apps.count();
            }
            let whole = facts::of_account(&world, account);
            let expected = whole.without(is_left_out);
            read.assert_same(&expected, &name);
            let n_apps = account
                .domains
                .iter()
                .map(|it| it.apps.len())
                .sum::<usize>();
            assert_eq!(says(&left_out, "app `"), n_read_apps < n_apps, "{name}");
            assert_eq!(exported.files.len() > 1, name == "generated", "{name}");
            assert_eq!(
                says(&left_out, "Block Public Access of the account"),
                account.block_public_access.is_some()
            );
        }
    }
}

#[test]
fn the_organization_has_its_policies_where_they_are_attached() {
    for (name, world) in worlds() {
        if world.organization.is_none() {
            continue;
        }
        let exported = exported(&world, &Part::Organization, Form::CloudFormation);
        let mut read = Facts::default();
        for it in resources(&exported.files[0].text).values() {
            assert_eq!(it["Type"], "AWS::Organizations::Policy");
            let own = &it["Properties"];
            let kind = match own["Type"].as_str().unwrap() {
                "SERVICE_CONTROL_POLICY" => "scp",
                "RESOURCE_CONTROL_POLICY" => "rcp",
                other => panic!("{other}"),
            };
            let targets = set(&own["TargetIds"]);
            read.add(&json!([
                "organization-policy",
                kind,
                own["Name"],
                own["Content"],
                targets
            ]));
        }
        read.assert_same(&facts::of_organization(&world), &name);
    }
}

/// Who names a role comes behind it, in its stack or in a later one; and no stack is too much.
#[test]
fn what_a_policy_names_is_there_first() {
    let worlds = worlds();
    let (_, world) = worlds.iter().find(|it| it.0 == "generated").unwrap();
    let part = Part::Account(world.home.account.clone());
    let mut earlier: Vec<String> = Vec::new();
    let mut n_named = 0;
    for file in exported(world, &part, Form::CloudFormation).files {
        assert!(file.text.len() < 1_000_000, "{}", file.name);
        let all = resources(&file.text);
        assert!(all.len() <= 500, "{}", file.name);
        for (id, it) in all.iter().filter(|it| it.1["Type"] == "AWS::IAM::Role") {
            let trust = it["Properties"]["AssumeRolePolicyDocument"].to_string();
            // Every third role trusts the one before it.
            let Some((_, rest)) = trust.split_once(":role/team/") else {
                continue;
            };
            n_named += 1;
            let name = rest.split('"').next().unwrap();
            let first = format!("Role{}", name.replace('-', ""));
            let is_before = it["DependsOn"] == json!([first]) && all.contains_key(&first);
            assert!(is_before || earlier.contains(&first), "{id} before {first}");
        }
        earlier.extend(all.into_keys());
    }
    assert_eq!(n_named, 66);
}

/// Worlds that cfn-lint reads: it is slow, and the library's worlds are like their base.
const LINTED: [&str; 8] = [
    "working-studio",
    "full-access-is-not-full",
    "wrong-trust",
    "organization-says-no",
    "empty-account",
    "base",
    "generated",
    "imported",
];

#[test]
fn cfn_lint_finds_nothing_wrong_with_the_templates() {
    let Some(lint) = program("CFN_LINT", "cfn-lint", "--version") else {
        let is_ci = env::var_os("CI").is_some();
        let has_python = program("PYTHON", "python3", "--version").is_some();
        assert!(
            !(is_ci && has_python),
            "cfn-lint is missing: run `cargo xtask setup`, which installs it, and `cargo xtask test native`"
        );
        println!("skipped: there is no cfn-lint");
        return;
    };
    let folder = folder("templates");
    let mut files = Vec::new();
    for (name, world) in worlds() {
        if !LINTED.contains(&name.as_str()) {
            continue;
        }
        let parts = Part::of(&world);
        let parts = parts.iter();
        let templates = parts.flat_map(|it| exported(&world, it, Form::CloudFormation).files);
        for template in templates {
            // A stack without a resource is none: `CloudFormation` refuses it, and so does this.
            if resources(&template.text).is_empty() {
                continue;
            }
            let file = folder.join(format!("{name}-{}", template.name));
            fs::write(&file, &template.text).unwrap();
            files.push(file);
        }
    }
    assert!(files.len() > LINTED.len());
    let mut command = Command::new(&lint);
    // Ids of networks are made up, and shorter than AWS's: in properties, and as defaults of parameters.
    for check in ["E1150", "E1151", "E1154", "W1030"] {
        command.args(["--ignore-checks", check]);
    }
    let output = command.arg("--").args(&files).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let problem = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}{problem}");
}
