//! What AWS would refuse, and what a form cannot say: told in a sentence, in every form that builds.

use rolewalk_core::export::{Form, Part};
use serde_json::Value;

use crate::{exported, facts::names_old_ids, hostile, says, worlds};

const BUILDING: [Form; 3] = [Form::Commands, Form::CloudFormation, Form::Terraform];

fn left_out(form: Form) -> Vec<String> {
    let world = hostile::world();
    exported(&world, &Part::Account(world.home.account.clone()), form).left_out
}

#[test]
fn what_aws_refuses_to_make_is_told() {
    for form in BUILDING {
        let told = left_out(form);
        for words in [
            "role `AWSServiceRoleForX`: it is linked to a service",
            "role `AWSReservedSSO_X_0123456789abcdef`: IAM Identity Center makes it",
            "grant `g2` on the key `networked`: it names `arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`, which is not built",
            "grant `g3` on the key `networked`: it names `arn:aws:iam::111122223333:role/gone`, which is not built",
            "grant `g4` on the key `networked`: only the service",
        ] {
            assert!(says(&told, words), "{form:?}: {words}: {told:#?}");
        }
        let grants = "grants on the key `networked`: CloudFormation has nothing for them";
        assert_eq!(says(&told, grants), form == Form::CloudFormation);
    }
    // What is printed has them all.
    let told = left_out(Form::Output);
    assert!(!says(&told, "AWSServiceRoleForX") && !says(&told, "grant `"));
}

#[test]
fn policies_that_are_not_in_the_world_are_told_by_what_they_are_for() {
    for form in BUILDING {
        let told = left_out(form);
        let unknown = "`arn:aws:iam::111122223333:policy/unknown`";
        let boundary =
            format!("permissions boundary {unknown} of user `-x`: it is not in the world");
        assert!(says(&told, &boundary), "{form:?}: {told:#?}");
        let attached = format!("attached to role `-x`, but not in the world: {unknown}");
        assert!(says(&told, &attached), "{form:?}: {told:#?}");
    }
}

#[test]
fn networks_of_somebody_else_are_told_beside_the_domain() {
    for (form, place) in BUILDING.into_iter().zip([
        "the variables on top",
        "the parameters",
        "the defaults of the variables",
    ]) {
        let told = left_out(form);
        let sentence = told
            .iter()
            .find(|it| it.starts_with("the network of domain `networked`: "))
            .unwrap();
        assert!(
            sentence.contains("`sg-other1`") && sentence.contains(place),
            "{sentence}"
        );
        assert!(!sentence.contains("subnet-networked1"), "{sentence}");
        let made_up = "the addresses of network `vpc-networked1`: the world does not have them, so `10.0.0.0/16` is made up; and its ways out, to be made by hand: its NAT gateway, the internet gateway of its public subnets, its endpoints for `s3`";
        assert!(says(&told, made_up), "{told:#?}");
    }
}

/// The ids in what comes before the thing that has the id. In commands each comes a second time.
#[test]
fn ids_that_are_gone_are_told() {
    for form in BUILDING {
        let told = left_out(form);
        let old = told.iter().filter_map(|it| it.strip_prefix("new ids in "));
        let mut old: Vec<&str> = old.map(|it| it.split(':').next().unwrap()).collect();
        old.sort_unstable();
        let expected = [
            "key policy of `networked`",
            "managed policy `BoundaryWithIds`",
            "policy of VPC endpoint `vpce-networked1`",
            "trust policy of role `-x`",
        ];
        match form {
            Form::Commands => assert_eq!(old, [""; 0]),
            _ => assert_eq!(old, expected, "{form:?}"),
        }
    }
    let network = left_out(Form::Terraform);
    // Its VPC is there before it, its domain is not.
    let key = network
        .iter()
        .find(|it| it.contains("key policy of `networked`"));
    let key = key.unwrap();
    assert!(
        key.contains("`d-networked1`") && !key.contains("vpc-networked1"),
        "{key}"
    );
}

/// Whoever builds one account cannot refer to what another gets.
#[test]
fn ids_of_other_accounts_are_told() {
    let world = || {
        let mut worlds = worlds().into_iter();
        worlds.find(|it| it.0 == "organization-says-no").unwrap().1
    };
    let mut of_organization = world();
    let key = of_organization.other_accounts[0].keys[0].key_id.clone();
    let arn = format!("arn:aws:kms:eu-west-1:222233334444:key/{key}");
    let organization = of_organization.organization.as_mut().unwrap();
    organization.policies[1].document = format!("{{\"Resource\": \"{arn}\"}}").as_str().into();
    let name = organization.policies[1].name.clone();
    let mut of_account = world();
    let role = &mut of_account.home.roles[0];
    role.inline_policies[0].document = format!("{{\"Resource\": [\"{arn}\"]}}").as_str().into();
    let policy = format!(
        "inline policy `{}` of role `{}`",
        role.inline_policies[0].name, role.name
    );
    let home = Part::Account(of_account.home.account.clone());
    let other = Part::Account(of_account.other_accounts[0].account.clone());
    for form in BUILDING {
        let sentence = |what: &str| format!("ids of another account in {what}: it names `{key}`");
        let told = exported(&of_account, &home, form).left_out;
        assert!(says(&told, &sentence(&policy)), "{form:?}: {told:#?}");
        let told = exported(&of_account, &other, form).left_out;
        assert!(
            !says(&told, "ids of another account"),
            "{form:?}: {told:#?}"
        );
        let told = exported(&of_organization, &Part::Organization, form).left_out;
        let policy = format!("policy `{name}` of the organization");
        assert!(says(&told, &sentence(&policy)), "{form:?}: {told:#?}");
    }
}

/// Terraform puts a letter and its accent together.
#[test]
fn letters_that_come_out_otherwise_are_told() {
    for form in BUILDING {
        let told = left_out(form);
        let words = "some letters as they were typed in ";
        assert_eq!(says(&told, words), form == Form::Terraform, "{form:?}");
    }
}

/// No text names an id that is gone without being told.
#[test]
fn no_id_that_is_gone_is_kept_in_silence() {
    for (name, world) in worlds() {
        for account in world.accounts() {
            let part = Part::Account(account.account.clone());
            let exported = exported(&world, &part, Form::CloudFormation);
            let texts = exported.files.iter().map(|it| {
                let template: Value = serde_json::from_str(&it.text).unwrap();
                policies(&template["Resources"])
            });
            let n_old = texts.filter(|it| names_old_ids(account, it)).count();
            let is_told = says(&exported.left_out, "new ids in ");
            assert_eq!(n_old > 0, is_told, "{name}: {:#?}", exported.left_out);
        }
    }
}

/// The texts of all policies, one behind the other.
fn policies(value: &Value) -> String {
    let is_policy = |name: &str| {
        name.ends_with("PolicyDocument") || ["KeyPolicy", "RepositoryPolicyText"].contains(&name)
    };
    match value {
        Value::Object(map) => map
            .iter()
            .map(|(name, it)| {
                if is_policy(name) {
                    it.to_string()
                } else {
                    policies(it)
                }
            })
            .collect(),
        Value::Array(items) => items.iter().map(policies).collect(),
        _ => String::new(),
    }
}
