//! The configurations of Terraform, read back by `hcl-rs`; laid out as `terraform fmt` would, and taken
//! by the provider, where there is a `terraform` and `TERRAFORM_PLUGINS` names a folder with the
//! provider.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    process::Command,
};

use hcl::{
    Expression, Structure,
    eval::{Context, Evaluate},
    expr::TraversalOperator,
};
use rolewalk_core::{
    export::{Form, Part},
    world::{Account, World},
};
use serde_json::{Value, json};

use crate::{
    built, exported,
    facts::{self, Facts, public_access},
    folder, program, says, worlds,
};

/// A block's arguments, evaluated but for references, and its blocks.
#[derive(Debug, Default)]
struct Block {
    arguments: BTreeMap<String, Value>,
    blocks: BTreeMap<String, Block>,
}

/// In place of a reference: what nothing that is read can be.
fn reference(address: &str) -> Value {
    json!({ "\u{0}": address })
}

/// Ids of the world by the addresses of what has others now.
type Ids = BTreeMap<String, String>;

/// What stands in place of the ids: `aws_vpc.name.id` and the like, and variables.
fn context(ids: &Ids) -> Context<'static> {
    let mut kinds: BTreeMap<&str, BTreeMap<&str, hcl::Value>> = BTreeMap::new();
    for (address, id) in ids {
        let (kind, label) = address.split_once('.').unwrap();
        let value = match kind {
            "var" => hcl::Value::from(id.as_str()),
            "aws_kms_key" => [("key_id", id.as_str())].into_iter().collect(),
            _ => [("id", id.as_str())].into_iter().collect(),
        };
        kinds.entry(kind).or_default().insert(label, value);
    }
    let mut context = Context::new();
    for (kind, values) in kinds {
        let values: hcl::Value = values.into_iter().collect();
        context.declare_var(hcl::Identifier::new(kind).unwrap(), values);
    }
    context
}

fn value(expression: &Expression, context: &Context<'_>) -> Value {
    match expression {
        Expression::Array(items) => items.iter().map(|it| value(it, context)).collect(),
        Expression::Traversal(it) => {
            let Expression::Variable(first) = &it.expr else {
                panic!("{it:?}");
            };
            let mut address = first.as_str().to_owned();
            for operator in &it.operators {
                let TraversalOperator::GetAttr(name) = operator else {
                    panic!("{it:?}");
                };
                address = format!("{address}.{}", name.as_str());
            }
            reference(&address)
        }
        other => {
            let value = other.evaluate(context).unwrap();
            serde_json::to_value(value).unwrap()
        }
    }
}

fn block(body: &hcl::Body, context: &Context<'_>) -> Block {
    let mut read = Block::default();
    for it in body {
        match it {
            Structure::Attribute(it) => {
                let old = read
                    .arguments
                    .insert(it.key.to_string(), value(&it.expr, context));
                assert_eq!(old, None, "{}", it.key);
            }
            Structure::Block(it) => {
                let old = read
                    .blocks
                    .insert(it.identifier.to_string(), block(&it.body, context));
                assert!(old.is_none(), "{}", it.identifier);
            }
        }
    }
    read
}

/// The blocks of a configuration that have an address, in order.
fn addresses(text: &str) -> Vec<(String, hcl::Block)> {
    let mut all = Vec::new();
    for it in hcl::parse(text).unwrap() {
        let Structure::Block(it) = it else {
            panic!("{it:?}");
        };
        let labels: Vec<&str> = it.labels.iter().map(hcl::BlockLabel::as_str).collect();
        let address = match it.identifier.as_str() {
            "resource" => labels.join("."),
            "variable" => format!("var.{}", labels[0]),
            _ => continue,
        };
        all.push((address, it));
    }
    all
}

/// Resources by their addresses.
fn resources(text: &str, ids: &Ids) -> BTreeMap<String, Block> {
    let context = context(ids);
    let mut all = BTreeMap::new();
    for (address, it) in addresses(text) {
        if it.identifier.as_str() == "resource" {
            let old = all.insert(address.clone(), block(&it.body, &context));
            assert!(old.is_none(), "{address}");
        }
    }
    all
}

/// Whose id stands behind which address: things of a kind come in the order of the world.
fn ids(text: &str, account: &Account) -> Ids {
    let is_document = |text: &str| facts::document(text).is_some();
    let keys = account.keys.iter();
    let keys = keys.filter(|it| is_document(it.policy.as_str()));
    let domains = account.domains.iter().filter(|it| {
        let role = it.default_user_settings.execution_role.as_ref();
        role.is_some_and(|it| !it.is_empty())
    });
    let endpoints = account.vpc_endpoints.iter().filter(|it| {
        let policy = it.policy.as_ref();
        policy.is_none_or(|it| is_document(it.as_str()))
    });
    let subnets = account.vpcs.iter().flat_map(|it| &it.subnets);
    let groups = account.vpcs.iter().flat_map(|it| &it.security_groups);
    let all = addresses(text);
    let mut ids = Ids::new();
    for (kind, own) in [
        (
            "aws_kms_key.",
            keys.map(|it| it.key_id.clone()).collect::<Vec<_>>(),
        ),
        (
            "aws_sagemaker_domain.",
            domains.map(|it| it.domain_id.clone()).collect(),
        ),
        (
            "aws_vpc_endpoint.",
            endpoints.map(|it| it.vpc_endpoint_id.clone()).collect(),
        ),
        (
            "aws_vpc.",
            account.vpcs.iter().map(|it| it.vpc_id.clone()).collect(),
        ),
        (
            "aws_subnet.",
            subnets.map(|it| it.subnet_id.clone()).collect(),
        ),
        (
            "aws_security_group.",
            groups.map(|it| it.group_id.clone()).collect(),
        ),
    ] {
        let addresses = all.iter().map(|it| &it.0).filter(|it| it.starts_with(kind));
        assert_eq!(addresses.clone().count(), own.len(), "{kind}");
        ids.extend(addresses.cloned().zip(own));
    }
    for (address, it) in &all {
        if address.starts_with("var.") {
            let default = it.body.attributes().find(|it| it.key() == "default");
            let default = value(default.unwrap().expr(), &Context::new());
            ids.insert(address.clone(), default.as_str().unwrap().to_owned());
        }
    }
    ids
}

impl Block {
    fn get(&self, name: &str) -> Value {
        self.arguments.get(name).cloned().unwrap_or_default()
    }

    fn text(&self, name: &str) -> Value {
        json!(self.get(name).as_str().unwrap_or_default())
    }

    fn tags(&self) -> Value {
        let tags = self.get("tags");
        if tags.is_null() { json!({}) } else { tags }
    }

    fn policy(&self, name: &str) -> Value {
        self.get(name)
            .as_str()
            .map_or(Value::Null, |it| facts::document(it).unwrap())
    }
}

struct Read<'a> {
    world: &'a World,
    account: &'a Account,
    ids: Ids,
    all: BTreeMap<String, Block>,
}

impl<'a> Read<'a> {
    fn new(world: &'a World, account: &'a Account, text: &str) -> Self {
        let ids = ids(text, account);
        let all = resources(text, &ids);
        Self {
            world,
            account,
            ids,
            all,
        }
    }
    /// What a reference stands for; a text for itself.
    fn resolved(&self, value: &Value) -> Value {
        let Some(address) = value["\u{0}"].as_str() else {
            return value.clone();
        };
        if let Some(id) = self.ids.get(address) {
            return json!(id);
        }
        let (resource, attribute) = address.rsplit_once('.').unwrap();
        let own = &self.all[resource];
        let (kind, _) = resource.split_once('.').unwrap();
        match (kind, attribute) {
            ("aws_iam_role", "arn") => self.arn("role", own),
            ("aws_iam_policy", "arn") => self.arn("policy", own),
            ("aws_iam_role" | "aws_iam_user" | "aws_iam_group" | "aws_ecr_repository", "name")
            | ("aws_sagemaker_user_profile", "user_profile_name")
            | ("aws_sagemaker_space", "space_name") => own.get(attribute),
            ("aws_s3_bucket", "id") => own.get("bucket"),
            ("aws_sagemaker_domain", "id") => own.get("domain_name"),
            ("aws_vpc" | "aws_subnet" | "aws_security_group", "id") => {
                assert_eq!(own.tags(), json!({ "Name": self.ids[resource] }));
                json!(self.ids[resource])
            }
            ("aws_kms_key", "arn" | "key_id") => self.key(resource),
            other => panic!("nothing refers to {other:?}"),
        }
    }

    fn of(&self, block: &Block, name: &str) -> Value {
        self.resolved(&block.get(name))
    }

    fn set(&self, block: &Block, name: &str) -> Value {
        let items = block.get(name);
        let items = items.as_array().into_iter().flatten();
        let items = items.map(|it| self.resolved(it).as_str().unwrap().to_owned());
        json!(items.collect::<BTreeSet<_>>())
    }

    fn arn(&self, kind: &str, own: &Block) -> Value {
        let account = &self.account.account;
        let partition = &self.world.partition;
        let (path, name) = (own.get("path"), own.get("name"));
        let path = path.as_str().unwrap_or("/");
        let name = name.as_str().unwrap();
        json!(format!("arn:{partition}:iam::{account}:{kind}{path}{name}"))
    }

    /// A key by its policy and the alias that refers to it.
    fn key(&self, resource: &str) -> Value {
        let target = reference(&format!("{resource}.key_id"));
        let mut aliases = self.all.iter();
        let alias = aliases.find(|(address, it)| {
            address.starts_with("aws_kms_alias.") && it.get("target_key_id") == target
        });
        let alias = alias.map(|it| it.1.get("name"));
        let alias = alias.as_ref().and_then(Value::as_str);
        let alias = alias.map(|it| it.strip_prefix("alias/").unwrap());
        facts::key(&self.all[resource].policy("policy"), alias)
    }

    /// The one resource of a kind whose argument refers to another.
    fn beside(&self, kind: &str, argument: &str, target: &str) -> Option<&Block> {
        let prefix = format!("{kind}.");
        let target = reference(target);
        let mut all = self.all.iter();
        let found = all.find(|(it, own)| it.starts_with(&prefix) && own.get(argument) == target);
        found.map(|it| it.1)
    }

    fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        for (address, own) in &self.all {
            for it in own.get("depends_on").as_array().into_iter().flatten() {
                assert!(self.all.contains_key(it["\u{0}"].as_str().unwrap()), "{it}");
            }
            let (kind, _) = address.split_once('.').unwrap();
            let words: Vec<&str> = kind.split('_').collect();
            match (kind, words.get(2).copied().unwrap_or_default()) {
                ("aws_iam_policy", _) => {
                    let arn = self.arn("policy", own);
                    facts.add(&json!(["managed", arn, own.policy("policy")]));
                }
                ("aws_iam_group", _) => facts.add(&json!(["group", own.get("name")])),
                ("aws_iam_user", _) => {
                    let boundary = self.of(own, "permissions_boundary");
                    let (name, path) = (own.get("name"), own.get("path"));
                    facts.add(&json!(["user", name, path, boundary, own.tags()]));
                }
                ("aws_iam_user_group_membership", _) => {
                    for it in own.get("groups").as_array().unwrap() {
                        let user = self.of(own, "user");
                        facts.add(&json!(["member", user, self.resolved(it)]));
                    }
                }
                ("aws_iam_role", _) => facts.add(&json!([
                    "role",
                    own.get("name"),
                    own.get("path"),
                    own.text("description"),
                    own.get("max_session_duration"),
                    self.of(own, "permissions_boundary"),
                    own.tags(),
                    own.policy("assume_role_policy")
                ])),
                (it, owner) if it.starts_with("aws_iam") && it.ends_with("_policy_attachment") => {
                    let arn = self.of(own, "policy_arn");
                    facts.add(&json!(["attached", owner, self.of(own, owner), arn]));
                }
                (it, owner) if it.starts_with("aws_iam") && it.ends_with("_policy") => {
                    let name = own.get("name");
                    let policy = own.policy("policy");
                    facts.add(&json!(["inline", owner, self.of(own, owner), name, policy]));
                }
                _ => self.other(&mut facts, address, own),
            }
        }
        facts
    }

    fn other(&self, facts: &mut Facts, address: &str, own: &Block) {
        match address.split_once('.').unwrap().0 {
            "aws_kms_key" => facts.add(&self.key(address)),
            "aws_s3_account_public_access_block" => {
                facts.add(&json!([
                    "account-block",
                    public_access(&json!(own.arguments))
                ]));
            }
            "aws_s3_bucket" => {
                let id = format!("{address}.id");
                let policy = self.beside("aws_s3_bucket_policy", "bucket", &id);
                let policy = policy.map(|it| it.policy("policy"));
                let block = self.beside("aws_s3_bucket_public_access_block", "bucket", &id);
                let block = block.map(|it| {
                    let mut arguments = it.arguments.clone();
                    arguments.remove("bucket");
                    public_access(&json!(arguments))
                });
                let kind = "aws_s3_bucket_server_side_encryption_configuration";
                let key = self.beside(kind, "bucket", &id).map(|it| {
                    let by_default = "apply_server_side_encryption_by_default";
                    let rule = &it.blocks["rule"].blocks[by_default];
                    self.of(rule, "kms_master_key_id")
                });
                facts.add(&json!(["bucket", own.get("bucket"), policy, key, block]));
            }
            "aws_ecr_repository" => {
                let name = format!("{address}.name");
                let policy = self.beside("aws_ecr_repository_policy", "repository", &name);
                let policy = policy.map(|it| it.policy("policy"));
                facts.add(&json!(["repository", own.get("name"), policy]));
            }
            "aws_cloudwatch_log_group" => facts.add(&json!(["log-group", own.get("name")])),
            "aws_vpc_endpoint" => {
                let (vpc, service) = (self.of(own, "vpc_id"), own.get("service_name"));
                facts.add(&json!(["endpoint", vpc, service, own.policy("policy")]));
            }
            "aws_sagemaker_domain" => self.domain(facts, own),
            "aws_sagemaker_user_profile" => facts.add(&json!([
                "profile",
                self.of(own, "domain_id"),
                own.get("user_profile_name"),
                own.get("single_sign_on_user_identifier"),
                own.get("single_sign_on_user_value"),
                own.tags(),
                self.settings(own, "user_settings")
            ])),
            "aws_sagemaker_space" => {
                let owner = own.blocks.get("ownership_settings");
                let owner = owner.map(|it| self.of(it, "owner_user_profile_name"));
                let sharing = own.blocks.get("space_sharing_settings");
                let sharing = sharing.map(|it| it.get("sharing_type"));
                facts.add(&json!([
                    "space",
                    self.of(own, "domain_id"),
                    own.get("space_name"),
                    own.blocks["space_settings"].get("app_type"),
                    owner.map(|it| json!([it, sharing]))
                ]));
            }
            "aws_sagemaker_app" => facts.add(&json!([
                "app",
                self.of(own, "domain_id"),
                own.get("app_name"),
                own.get("app_type"),
                self.of(own, "space_name"),
                self.of(own, "user_profile_name")
            ])),
            "aws_kms_grant" => {
                let pairs = |name: &str| match own.blocks.get("constraints") {
                    Some(it) if it.arguments.contains_key(name) => it.get(name),
                    _ => json!({}),
                };
                facts.add(&json!([
                    "grant",
                    self.of(own, "key_id"),
                    own.text("name"),
                    self.of(own, "grantee_principal"),
                    self.of(own, "retiring_principal"),
                    own.get("operations"),
                    pairs("encryption_context_equals"),
                    pairs("encryption_context_subset")
                ]));
            }
            "aws_vpc" | "aws_subnet" | "aws_security_group" => self.network(facts, address, own),
            "aws_vpc_security_group_egress_rule" => assert_eq!(own.get("ip_protocol"), "-1"),
            "aws_vpc_security_group_ingress_rule"
            | "aws_kms_alias"
            | "aws_s3_bucket_policy"
            | "aws_s3_bucket_public_access_block"
            | "aws_s3_bucket_server_side_encryption_configuration"
            | "aws_ecr_repository_policy" => {}
            _ => panic!("no {address} was asked for"),
        }
    }

    fn network(&self, facts: &mut Facts, address: &str, own: &Block) {
        let id = &self.ids[address];
        match address.split_once('.').unwrap().0 {
            "aws_vpc" => facts.add(&json!(["vpc", id])),
            "aws_subnet" => facts.add(&json!(["subnet", self.of(own, "vpc_id"), id])),
            _ => {
                let itself = reference(&format!("{address}.id"));
                let rules = self.all.iter().filter(|(it, rule)| {
                    it.starts_with("aws_vpc_security_group_ingress_rule.")
                        && rule.get("security_group_id") == itself
                });
                let ports: BTreeSet<[u64; 2]> = rules
                    .map(|(_, it)| {
                        assert_eq!(it.get("referenced_security_group_id"), itself);
                        ["from_port", "to_port"].map(|name| it.get(name).as_u64().unwrap())
                    })
                    .collect();
                facts.add(&json!([
                    "security-group",
                    self.of(own, "vpc_id"),
                    id,
                    ports
                ]));
            }
        }
    }

    /// Role and security groups.
    fn settings(&self, own: &Block, name: &str) -> Option<Value> {
        let it = own.blocks.get(name)?;
        Some(json!([
            self.of(it, "execution_role"),
            self.set(it, "security_groups")
        ]))
    }

    fn domain(&self, facts: &mut Facts, own: &Block) {
        let nothing = Block::default();
        let settings = own.blocks.get("domain_settings").unwrap_or(&nothing);
        let r_studio = settings.blocks.get("r_studio_server_pro_domain_settings");
        let r_studio = r_studio.map(|it| self.of(it, "domain_execution_role_arn"));
        facts.add(&json!(["domain", own.get("domain_name"), {
            "auth": own.get("auth_mode"),
            "network": own.get("app_network_access_type"),
            "customer": own.get("app_security_group_management") == "Customer",
            "vpc": self.of(own, "vpc_id"),
            "subnets": self.set(own, "subnet_ids"),
            "key": self.of(own, "kms_key_id"),
            "propagation": own.get("tag_propagation") == "ENABLED",
            "tags": own.tags(),
            "users": self.settings(own, "default_user_settings"),
            "spaces": self.settings(own, "default_space_settings"),
            "byProfile": settings.get("execution_role_identity_config") == "USER_PROFILE_NAME",
            "groups": self.set(settings, "security_group_ids"),
            "rStudio": r_studio,
        }]));
    }
}

#[test]
fn a_configuration_says_what_the_world_says() {
    for (name, world) in worlds() {
        for account in world.accounts() {
            let (text, left_out) = built(&world, account, Form::Terraform);
            let read = Read::new(&world, account, &text);
            let expected = facts::of_account(&world, account);
            read.facts().assert_same(&expected, &name);
            let n_told = text.matches("\n# Left out: ").count();
            assert_eq!(n_told, left_out.len(), "{name}");
            let is_hostile = name == "hostile" && account.account == world.home.account;
            assert_eq!(
                says(&left_out, "no JSON object"),
                is_hostile,
                "{name}: {left_out:?}"
            );
        }
    }
}

/// The text is the document: what stands in a configuration is what was typed, to the character but
/// for a line end behind it.
#[test]
fn policies_stand_in_a_configuration_as_they_were_typed() {
    for (name, world) in worlds() {
        let (text, _) = built(&world, &world.home, Form::Terraform);
        let typed: BTreeSet<&str> = world.documents().iter().map(|it| it.1.as_str()).collect();
        for (address, own) in resources(&text, &ids(&text, &world.home)) {
            for argument in ["policy", "assume_role_policy"] {
                if let Some(text) = own.get(argument).as_str() {
                    let bare = text.strip_suffix('\n').unwrap_or(text);
                    let is_typed = typed.contains(text) || typed.contains(bare);
                    assert!(is_typed, "{name}: {address}: {text}");
                }
            }
        }
    }
}

#[test]
fn the_organization_has_its_policies_where_they_are_attached() {
    for (name, world) in worlds() {
        if world.organization.is_none() {
            continue;
        }
        let exported = exported(&world, &Part::Organization, Form::Terraform);
        let all = resources(&exported.files[0].text, &Ids::new());
        let mut read = Facts::default();
        for (address, own) in &all {
            if !address.starts_with("aws_organizations_policy.") {
                continue;
            }
            let kind = match own.get("type").as_str().unwrap() {
                "SERVICE_CONTROL_POLICY" => "scp",
                "RESOURCE_CONTROL_POLICY" => "rcp",
                other => panic!("{other}"),
            };
            let id = reference(&format!("{address}.id"));
            let targets: BTreeSet<String> = all
                .values()
                .filter(|it| it.get("policy_id") == id)
                .map(|it| it.get("target_id").as_str().unwrap().to_owned())
                .collect();
            let content = own.policy("content");
            read.add(&json!([
                "organization-policy",
                kind,
                own.get("name"),
                content,
                targets
            ]));
        }
        read.assert_same(&facts::of_organization(&world), &name);
    }
}

/// Every configuration in a file of its own folder.
fn files(name: &str) -> Vec<std::path::PathBuf> {
    let root = folder(name);
    let mut folders = Vec::new();
    for (name, world) in worlds() {
        for part in Part::of(&world) {
            let file = exported(&world, &part, Form::Terraform).files.remove(0);
            let folder = root.join(format!("{name}-{}", file.name.trim_end_matches(".tf")));
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("main.tf"), file.text).unwrap();
            folders.push(folder);
        }
    }
    folders
}

#[test]
fn terraform_would_lay_it_out_just_so() {
    let Some(terraform) = program("TERRAFORM", "terraform", "version") else {
        println!("skipped: there is no terraform");
        return;
    };
    let folders = files("terraform-fmt");
    let output = Command::new(terraform)
        .args(["fmt", "-check", "-diff", "-recursive"])
        .current_dir(folders[0].parent().unwrap())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let problem = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}{problem}");
}

/// The provider is some hundred megabytes, so it is asked only where somebody has it at hand.
#[test]
fn the_provider_takes_it() {
    let plugins = env::var_os("TERRAFORM_PLUGINS");
    let terraform = program("TERRAFORM", "terraform", "version");
    let (Some(plugins), Some(terraform)) = (plugins, terraform) else {
        println!("skipped: `TERRAFORM_PLUGINS` names no folder with the provider");
        return;
    };
    let run = |folder: &std::path::Path, words: &[&str]| {
        let output = Command::new(&terraform)
            .args(words)
            .current_dir(folder)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let problem = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            output.status.success(),
            "{}: {told}{problem}",
            folder.display()
        );
    };
    let wanted = [
        "base-",
        "generated-",
        "imported-",
        "working-",
        "organization-",
    ];
    for folder in files("terraform-validate") {
        let name = folder.file_name().unwrap().to_str().unwrap();
        if wanted.iter().any(|it| name.starts_with(it)) {
            let plugins = format!("-plugin-dir={}", plugins.to_str().unwrap());
            run(&folder, &["init", "-backend=false", "-no-color", &plugins]);
            run(&folder, &["validate", "-no-color"]);
        }
    }
}
