//! The commands, as a shell and the AWS CLI read them: what they build is compared with the world.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    process::{Command, Output},
};

use rolewalk_core::{
    export::{Form, Part},
    world::{Account, World},
};
use rolewalk_lessons::start_worlds;
use serde_json::{Value, json};

use crate::{
    built, exported,
    facts::{self, Facts, names_old_ids, public_access},
    folder, says, worlds,
};

/// A call of the CLI: its command, and what it makes of the options.
struct Call {
    command: String,
    options: BTreeMap<String, String>,
}

impl Call {
    /// As the CLI reads words: `--name value`, where a value is no option, and where the address of a
    /// file stands for what is in it.
    fn read(words: &[String]) -> Self {
        let mut options = BTreeMap::new();
        let mut rest = words[2..].iter();
        while let Some(option) = rest.next() {
            let name = option.strip_prefix("--");
            let name = name.unwrap_or_else(|| panic!("no option: {option:?} of {words:?}"));
            if name == "set-as-default" {
                continue;
            }
            let value = rest.next().unwrap_or_else(|| panic!("no value: {words:?}"));
            assert!(!value.starts_with('-'), "{value:?} is taken for an option");
            let elsewhere = ["file://", "fileb://", "http://", "https://"];
            let value = if elsewhere.iter().any(|it| value.starts_with(it)) {
                format!("what is found at {value}")
            } else {
                value.clone()
            };
            if name == "cli-input-json" {
                let input: BTreeMap<String, Value> = serde_json::from_str(&value).unwrap();
                for (member, value) in input {
                    let value = match value {
                        Value::String(text) => text,
                        other => other.to_string(),
                    };
                    let old = options.insert(member.to_ascii_lowercase(), value);
                    assert_eq!(old, None, "{words:?}");
                }
            } else {
                let old = options.insert(name.replace('-', ""), value);
                assert_eq!(old, None, "{words:?}");
            }
        }
        Self {
            command: words[..2].join(" "),
            options,
        }
    }

    /// The value of an option, by its name or by that of its member in JSON.
    fn get(&self, name: &str) -> Option<&str> {
        let name = name.replace('-', "").to_ascii_lowercase();
        self.options.get(&name).map(String::as_str)
    }

    fn text(&self, name: &str) -> &str {
        let value = self.get(name);
        value.unwrap_or_else(|| panic!("{} has no {name}", self.command))
    }

    fn json(&self, name: &str) -> Value {
        self.get(name)
            .map_or(Value::Null, |it| serde_json::from_str(it).unwrap())
    }
}

/// Runs the commands in a shell, with a recorder in place of `aws`. It answers a question about a
/// status with the next of those given, the last for good, and anything else with an id of its own:
/// `made-` and the number of the call.
fn run(name: &str, script: &str, statuses: &[&str]) -> (Output, Vec<Call>) {
    let folder = folder(&format!("commands-{name}"));
    // Words end in a byte that no word has.
    let recorder = format!(
        r#": > calls
printf '%s\n' {} > statuses
sleep() {{ :; }}
aws() {{
  printf '%s\0' "$@" >> calls
  printf '\1\0' >> calls
  case "$*" in
  *describe-*Status*)
    head -n 1 statuses
    [ "$(wc -l < statuses)" = 1 ] || {{ tail -n +2 statuses > rest; mv rest statuses; }}
    ;;
  *describe-*) echo 'why it failed' ;;
  *create-domain*) printf 'arn/made-%05d\n' "$(tr -cd '\1' < calls | wc -c)" ;;
  *) printf 'made-%05d\n' "$(tr -cd '\1' < calls | wc -c)" ;;
  esac
}}
"#,
        statuses.join(" ")
    );
    let file = folder.join("script.sh");
    fs::write(&file, format!("{recorder}{script}")).unwrap();
    let output = Command::new("sh")
        .arg(&file)
        .current_dir(&folder)
        .output()
        .unwrap();
    let mut names: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .collect();
    names.sort();
    let expected = ["calls", "script.sh", "statuses"];
    assert_eq!(names, expected, "{name}: something else ran");
    let words = fs::read_to_string(folder.join("calls")).unwrap();
    let mut calls = vec![Vec::new()];
    for word in words.split_terminator('\0') {
        if word == "\u{1}" {
            calls.push(Vec::new());
        } else {
            calls.last_mut().unwrap().push(word.to_owned());
        }
    }
    calls.pop();
    (output, calls.iter().map(|it| Call::read(it)).collect())
}

/// The calls of commands that run to their end.
fn calls(name: &str, script: &str) -> Vec<Call> {
    let (output, calls) = run(name, script, &["InService"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{name}: {told}");
    calls
}

/// What the calls come to, one after the other.
struct Read<'a> {
    world: &'a World,
    account: &'a Account,
    calls: Vec<Call>,
    /// The ids of the world by those that were answered.
    old: BTreeMap<String, String>,
}

impl<'a> Read<'a> {
    fn new(world: &'a World, account: &'a Account, calls: Vec<Call>) -> Self {
        let mut old = BTreeMap::new();
        let vpcs = account.vpcs.iter();
        let subnets = vpcs.clone().flat_map(|it| &it.subnets);
        let groups = vpcs.clone().flat_map(|it| &it.security_groups);
        let ids = |all: Vec<&String>| -> Vec<String> { all.into_iter().cloned().collect() };
        for (command, ids) in [
            ("ec2 create-vpc", ids(vpcs.map(|it| &it.vpc_id).collect())),
            (
                "ec2 create-subnet",
                ids(subnets.map(|it| &it.subnet_id).collect()),
            ),
            (
                "ec2 create-security-group",
                ids(groups.map(|it| &it.group_id).collect()),
            ),
            (
                "kms create-key",
                ids(account.keys.iter().map(|it| &it.key_id).collect()),
            ),
            (
                "ec2 create-vpc-endpoint",
                ids(account
                    .vpc_endpoints
                    .iter()
                    .map(|it| &it.vpc_endpoint_id)
                    .collect()),
            ),
            (
                "sagemaker create-domain",
                ids(account.domains.iter().map(|it| &it.domain_id).collect()),
            ),
        ] {
            let numbers = calls.iter().enumerate();
            let made = numbers.filter(|it| it.1.command == command);
            let made: Vec<String> = made.map(|it| format!("made-{:05}", it.0 + 1)).collect();
            assert_eq!(made.len(), ids.len(), "{command}");
            old.extend(made.into_iter().zip(ids));
        }
        Self {
            world,
            account,
            calls,
            old,
        }
    }

    /// A text with the ids of the world.
    fn old(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (made, id) in &self.old {
            text = text.replace(made, id);
        }
        text
    }

    /// What is behind the last of several calls about one thing.
    fn last(&self, command: &str, is_it: impl Fn(&Call) -> bool) -> Option<&Call> {
        let mut calls = self.calls.iter().rev();
        calls.find(|it| it.command == command && is_it(it))
    }

    /// A policy as AWS has it in the end, to the character: it names no id that is gone.
    fn policy(&self, text: &str) -> Value {
        assert!(!names_old_ids(self.account, text), "{text}");
        let text = self.old(text);
        let typed = self.world.documents();
        assert!(typed.iter().any(|it| it.1.as_str() == text), "{text}");
        facts::document(&text).unwrap_or_default()
    }

    fn of(&self, command: &str) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(move |it| it.command == command)
    }

    fn key(&self, id: &str) -> Value {
        let id = self.old(id);
        let Some(own) = self.account.keys.iter().find(|it| it.key_id == id) else {
            return json!(id);
        };
        let made = self.old.iter().find(|it| *it.1 == id).unwrap().0;
        let created: usize = made.trim_start_matches("made-").parse().unwrap();
        let put = self.last("kms put-key-policy", |it| it.get("key-id") == Some(made));
        let policy = put.unwrap_or(&self.calls[created - 1]).text("policy");
        let alias = self.last("kms create-alias", |it| {
            it.get("target-key-id") == Some(made)
        });
        let alias = alias.map(|it| it.text("alias-name").strip_prefix("alias/").unwrap());
        assert_eq!(alias, own.alias.as_deref());
        match self.policy(policy) {
            Value::Null => json!(id),
            policy => facts::key(&policy, alias),
        }
    }

    fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        self.iam(&mut facts);
        self.resources(&mut facts);
        self.networks(&mut facts);
        for it in self.of("sagemaker create-domain") {
            self.domain(&mut facts, it);
        }
        facts
    }

    fn iam(&self, facts: &mut Facts) {
        for it in self.of("iam create-policy") {
            let path = it.get("path").unwrap_or("/");
            let arn = self.arn("policy", path, it.text("policy-name"));
            let version = self.last("iam create-policy-version", |it| {
                it.get("policy-arn") == Some(arn.as_str())
            });
            let document = self.policy(version.unwrap_or(it).text("policy-document"));
            if document.is_object() {
                facts.add(&json!(["managed", arn, document]));
            }
        }
        for it in self.of("iam create-group") {
            facts.add(&json!(["group", it.text("group-name")]));
        }
        for it in self.of("iam create-user") {
            facts.add(&json!([
                "user",
                it.text("user-name"),
                it.text("path"),
                it.get("permissions-boundary"),
                tags(&it.json("tags"))
            ]));
        }
        let mut members = BTreeSet::new();
        for it in self.of("iam add-user-to-group") {
            members.insert((it.text("user-name"), it.text("group-name")));
        }
        for (user, group) in members {
            facts.add(&json!(["member", user, group]));
        }
        let mut without_trust = BTreeSet::new();
        for it in self.of("iam create-role") {
            let name = it.text("role-name");
            let update = self.last("iam update-assume-role-policy", |it| {
                it.get("role-name") == Some(name)
            });
            let trust = match update {
                Some(it) => it.text("policy-document"),
                None => it.text("assume-role-policy-document"),
            };
            let trust = self.policy(trust);
            if !trust.is_object() {
                without_trust.insert(name);
                continue;
            }
            let seconds: Option<u32> = it.get("max-session-duration").map(|it| it.parse().unwrap());
            facts.add(&json!([
                "role",
                name,
                it.text("path"),
                it.get("description").unwrap_or_default(),
                seconds,
                it.get("permissions-boundary"),
                tags(&it.json("tags")),
                trust
            ]));
        }
        for kind in ["group", "user", "role"] {
            let owner = format!("{kind}-name");
            for it in self.of(&format!("iam put-{kind}-policy")) {
                let document = self.policy(it.text("policy-document"));
                if document.is_object() && !without_trust.contains(it.text(&owner)) {
                    let (owner, name) = (it.text(&owner), it.text("policy-name"));
                    facts.add(&json!(["inline", kind, owner, name, document]));
                }
            }
            let mut attached = BTreeSet::new();
            for it in self.of(&format!("iam attach-{kind}-policy")) {
                attached.insert((it.text(&owner), it.text("policy-arn")));
            }
            for (owner, arn) in attached {
                if !without_trust.contains(owner) {
                    facts.add(&json!(["attached", kind, owner, arn]));
                }
            }
        }
    }

    fn arn(&self, kind: &str, path: &str, name: &str) -> String {
        let account = &self.account.account;
        let partition = &self.world.partition;
        format!("arn:{partition}:iam::{account}:{kind}{path}{name}")
    }

    fn resources(&self, facts: &mut Facts) {
        for it in &self.account.keys {
            let key = self.key(&it.key_id);
            if !key.is_string() {
                facts.add(&key);
            }
        }
        for it in self.of("kms create-grant") {
            let key = self.key(it.text("key-id"));
            let constraints = it.json("constraints");
            let pairs = |name: &str| match &constraints[name] {
                Value::Null => json!({}),
                pairs => pairs.clone(),
            };
            facts.add(&json!([
                "grant",
                key,
                it.get("name").unwrap_or_default(),
                it.text("grantee-principal"),
                it.get("retiring-principal"),
                it.json("operations"),
                pairs("EncryptionContextEquals"),
                pairs("EncryptionContextSubset")
            ]));
        }
        for it in self.of("s3control put-public-access-block") {
            assert_eq!(it.text("account-id"), self.account.account.as_str());
            let block = public_access(&it.json("public-access-block-configuration"));
            facts.add(&json!(["account-block", block]));
        }
        for it in self.of("s3api create-bucket") {
            let name = it.text("bucket");
            let region = &it.json("create-bucket-configuration")["LocationConstraint"];
            let is_default = region.is_null() && self.world.region == "us-east-1";
            assert!(is_default || *region == self.world.region, "{region}");
            let beside = |command: &str| {
                self.last(&format!("s3api {command}"), |it| {
                    it.get("bucket") == Some(name)
                })
            };
            let policy = beside("put-bucket-policy");
            let policy = policy.map_or(Value::Null, |it| self.policy(it.text("policy")));
            let encryption = beside("put-bucket-encryption");
            let key = encryption.map(|it| {
                let encryption = it.json("server-side-encryption-configuration");
                let rule = &encryption["Rules"][0]["ApplyServerSideEncryptionByDefault"];
                assert_eq!(rule["SSEAlgorithm"], "aws:kms");
                self.key(rule["KMSMasterKeyID"].as_str().unwrap())
            });
            let block = beside("put-public-access-block");
            let block =
                block.map(|it| public_access(&it.json("public-access-block-configuration")));
            facts.add(&json!(["bucket", name, policy, key, block]));
        }
        for it in self.of("ecr create-repository") {
            let name = it.text("repository-name");
            let policy = self.last("ecr set-repository-policy", |it| {
                it.get("repository-name") == Some(name)
            });
            let policy = policy.map_or(Value::Null, |it| self.policy(it.text("policy-text")));
            facts.add(&json!(["repository", name, policy]));
        }
        for it in self.of("logs create-log-group") {
            facts.add(&json!(["log-group", it.text("log-group-name")]));
        }
        for (idx, it) in self.calls.iter().enumerate() {
            if it.command == "ec2 create-vpc-endpoint" {
                let made = format!("made-{:05}", idx + 1);
                let modified = self.last("ec2 modify-vpc-endpoint", |it| {
                    it.get("vpc-endpoint-id") == Some(made.as_str())
                });
                let policy = modified.unwrap_or(it).get("policy-document");
                let policy = policy.map_or(Value::Null, |it| self.policy(it));
                let vpc = self.old(it.text("vpc-id"));
                facts.add(&json!(["endpoint", vpc, it.text("service-name"), policy]));
            }
        }
    }

    fn networks(&self, facts: &mut Facts) {
        let name = |it: &Call| it.json("tag-specifications")[0]["Tags"][0]["Value"].clone();
        for it in self.of("ec2 create-vpc") {
            facts.add(&json!(["vpc", name(it)]));
        }
        for it in self.of("ec2 create-subnet") {
            facts.add(&json!(["subnet", self.old(it.text("vpc-id")), name(it)]));
        }
        for it in self.of("ec2 create-security-group") {
            let ports: BTreeSet<Vec<u32>> = self
                .of("ec2 authorize-security-group-ingress")
                .filter(|rule| self.old(rule.text("group-id")) == name(it))
                .map(|rule| {
                    assert_eq!(rule.get("group-id"), rule.get("source-group"));
                    let ports = rule.text("port").split('-');
                    ports.map(|it| it.parse().unwrap()).collect()
                })
                .collect();
            let vpc = self.old(it.text("vpc-id"));
            facts.add(&json!(["security-group", vpc, name(it), ports]));
        }
    }

    fn domain(&self, facts: &mut Facts, call: &Call) {
        let input = Value::Object(
            call.options
                .iter()
                .map(|(name, it)| {
                    (
                        name.clone(),
                        serde_json::from_str(it)
                            .ok()
                            .filter(|it: &Value| !it.is_number())
                            .unwrap_or_else(|| json!(it)),
                    )
                })
                .collect(),
        );
        let name = input["domainname"].as_str().unwrap();
        let users = &input["defaultusersettings"];
        if users["ExecutionRole"].as_str().is_none_or(str::is_empty) {
            return;
        }
        let set = |ids: &Value| -> BTreeSet<String> {
            let ids = ids.as_array().into_iter().flatten();
            ids.map(|it| self.old(it.as_str().unwrap())).collect()
        };
        let settings = |it: &Value| {
            let role = it["ExecutionRole"].as_str()?;
            Some(json!([role, set(&it["SecurityGroups"])]))
        };
        let whole = &input["domainsettings"];
        facts.add(&json!(["domain", name, {
            "auth": input["authmode"],
            "network": input["appnetworkaccesstype"],
            "customer": input["appsecuritygroupmanagement"] == "Customer",
            "vpc": self.old(input["vpcid"].as_str().unwrap_or_default()),
            "subnets": set(&input["subnetids"]),
            "key": input["kmskeyid"].as_str().map(|it| self.key(it)),
            "propagation": input["tagpropagation"] == "ENABLED",
            "tags": tags(&input["tags"]),
            "users": settings(users),
            "spaces": settings(&input["defaultspacesettings"]),
            "byProfile": whole["ExecutionRoleIdentityConfig"] == "USER_PROFILE_NAME",
            "groups": set(&whole["SecurityGroupIds"]),
            "rStudio": whole["RStudioServerProDomainSettings"]["DomainExecutionRoleArn"],
        }]));
        let at = self
            .calls
            .iter()
            .position(|it| std::ptr::eq(it, call))
            .unwrap();
        let id = format!("made-{:05}", at + 1);
        let of_domain = |it: &&Call| it.get("domain-id") == Some(id.as_str());
        for it in self.of("sagemaker create-user-profile").filter(of_domain) {
            let own = it.json("user-settings");
            let own = if own.is_null() { json!({}) } else { own };
            let groups = set(&own["SecurityGroups"]);
            let role = own["ExecutionRole"].as_str().filter(|it| !it.is_empty());
            let says_something = role.is_some() || !groups.is_empty();
            let role = role.or(users["ExecutionRole"].as_str());
            facts.add(&json!([
                "profile",
                name,
                it.text("user-profile-name"),
                it.get("single-sign-on-user-identifier"),
                it.get("single-sign-on-user-value"),
                tags(&it.json("tags")),
                says_something.then(|| json!([role, groups]))
            ]));
        }
        for it in self.of("sagemaker create-space").filter(of_domain) {
            let owner = it.json("ownership-settings")["OwnerUserProfileName"].clone();
            let sharing = it.json("space-sharing-settings")["SharingType"].clone();
            let sharing = owner.is_string().then(|| json!([owner, sharing]));
            let kind = it.json("space-settings")["AppType"].clone();
            facts.add(&json!([
                "space",
                name,
                it.text("space-name"),
                kind,
                sharing
            ]));
        }
        for it in self.of("sagemaker create-app").filter(of_domain) {
            facts.add(&json!([
                "app",
                name,
                it.text("app-name"),
                it.text("app-type"),
                it.get("space-name"),
                it.get("user-profile-name")
            ]));
        }
    }
}

fn tags(tags: &Value) -> Value {
    let tags = tags.as_array().into_iter().flatten();
    let tag = |it: &Value| (it["Key"].as_str().unwrap().to_owned(), it["Value"].clone());
    json!(tags.map(tag).collect::<BTreeMap<_, _>>())
}

#[test]
fn a_shell_and_the_cli_make_what_the_world_has() {
    for (name, world) in worlds() {
        for account in world.accounts() {
            let (script, left_out) = built(&world, account, Form::Commands);
            let calls = calls(&format!("{name}-{}", account.account), &script);
            let read = Read::new(&world, account, calls);
            let without_roles = |fact: &Value| fact[0] == "domain" && fact[2]["users"].is_null();
            let expected = facts::of_account(&world, account).without(without_roles);
            read.facts().assert_same(&expected, &name);
            let n_told = script.matches("\n# Left out: ").count();
            assert_eq!(n_told, left_out.len(), "{name}");
        }
    }
}

#[test]
fn a_role_that_names_a_later_one_gets_its_trust_policy_afterwards() {
    let mut world = start_worlds()[0].scenario().unwrap().world;
    let arn = world.role_arn(&world.home.roles[1]);
    let trust = world.home.roles[1].trust_policy.as_str().to_owned();
    let principal = format!("{{\"AWS\": \"{arn}\"}}");
    let trust = trust.replace(
        "\"Service\": \"sagemaker.amazonaws.com\"",
        principal.trim_matches(['{', '}']),
    );
    world.home.roles[0].trust_policy = trust.as_str().into();
    let calls = calls("later", &built(&world, &world.home, Form::Commands).0);
    let at = |command: &str| calls.iter().rposition(|it| it.command == command).unwrap();
    assert!(at("iam create-role") < at("iam update-assume-role-policy"));
    let update = &calls[at("iam update-assume-role-policy")];
    assert_eq!(update.get("policy-document"), Some(trust.as_str()));
}

/// What takes its time is waited for, and what failed is told and ends the commands.
#[test]
fn nobody_waits_for_what_failed() {
    let world = start_worlds()[0].scenario().unwrap().world;
    let (script, _) = built(&world, &world.home, Form::Commands);
    let (output, calls) = run("pending", &script, &["Pending", "Pending", "InService"]);
    assert!(output.status.success());
    let asked = calls.iter();
    let asked = asked.filter(|it| it.command == "sagemaker describe-domain");
    assert_eq!(asked.count(), 3);
    for status in ["Failed", "Update_Failed", "Delete_Failed", "Deleting"] {
        let (output, calls) = run("failed", &script, &["Pending", status]);
        assert_eq!(output.status.code(), Some(1), "{status}");
        let told = String::from_utf8_lossy(&output.stderr);
        let words = format!("describe-domain --domain-id {}", "made-");
        assert!(told.contains(&words), "{told}");
        assert!(told.contains(&format!("{status}: why it failed")), "{told}");
        let last = &calls.last().unwrap().command;
        assert_eq!(last, "sagemaker describe-domain", "{status}");
    }
}

/// Policies of the organization are made, attached, and where AWS's own is not wanted, it goes.
#[test]
fn the_organization_gets_its_policies() {
    for (name, world) in worlds() {
        let Some(organization) = &world.organization else {
            continue;
        };
        let exported = exported(&world, &Part::Organization, Form::Commands);
        let calls = calls(&format!("organization-{name}"), &exported.files[0].text);
        let of = |command: &str| {
            let calls = calls.iter();
            let calls = calls.filter(|it| it.command == format!("organizations {command}"));
            calls.collect::<Vec<_>>()
        };
        let made = of("create-policy");
        let own = organization.policies.iter();
        let own = own.filter(|it| !it.name.ends_with("FullAWSAccess"));
        assert_eq!(made.len(), own.clone().count());
        for (call, policy) in made.into_iter().zip(own) {
            assert_eq!(call.text("name"), policy.name.as_str());
            assert_eq!(call.text("content"), policy.document.as_str());
        }
        let facts = facts::of_organization(&world);
        let targets = facts.0.iter().map(|it| {
            let fact: Value = serde_json::from_str(it).unwrap();
            fact[4].as_array().unwrap().len()
        });
        assert_eq!(of("attach-policy").len(), targets.sum::<usize>(), "{name}");
        assert!(says(&exported.left_out, "the tree of organization"));
    }
}
