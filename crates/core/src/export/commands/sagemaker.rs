//! Domains, user profiles, spaces and apps.

use std::{collections::BTreeMap, fmt::Write};

use serde_json::{Map, Value};

use crate::{
    export::{
        builder::app_of_nobody,
        commands::{Script, quoted, resource::key_variable, with_variable},
        sagemaker,
    },
    world::{Account, Domain},
};

pub(super) fn domain(
    script: &mut Script,
    account: &Account,
    number: usize,
    domain: &Domain,
    left_out: &mut Vec<String>,
) {
    let variable = format!("DOMAIN_{number}");
    script.note(&format!(
        "Domain {}: AWS gives it an id of its own",
        domain.domain_name
    ));
    let mut input = sagemaker::domain(domain);
    let key = domain.kms_key_id.as_deref();
    let key = key.and_then(|it| key_variable(account, it));
    if key.is_some() {
        input.insert("KmsKeyId".to_owned(), Value::String(String::new()));
    }
    let input = with_tags(input, &domain.tags);
    let input = match key {
        Some(key) => with_variable(&input, "KmsKeyId", &key),
        None => quoted(&input),
    };
    let _ = writeln!(
        script.out,
        "{variable}=$(aws sagemaker create-domain \\\n  --cli-input-json {input} \\\n  --query DomainArn --output text)"
    );
    let _ = writeln!(script.out, "{variable}=${{{variable}##*/}}");
    let domain_id = format!("--domain-id \"${variable}\"");
    until_in_service(script, &format!("describe-domain {domain_id}"));
    let create = |script: &mut Script, what: &str, input: String| {
        let input = quoted(&input);
        let _ = writeln!(
            script.out,
            "aws sagemaker {what} \\\n  {domain_id} \\\n  --cli-input-json {input}"
        );
    };
    for profile in &domain.user_profiles {
        let input = with_tags(sagemaker::profile(profile), &profile.tags);
        create(script, "create-user-profile", input);
    }
    let names_profiles = !domain.spaces.is_empty() || !domain.apps.is_empty();
    for profile in domain.user_profiles.iter().filter(|_| names_profiles) {
        let name = quoted(&profile.user_profile_name);
        let what = format!("describe-user-profile {domain_id} --user-profile-name {name}");
        until_in_service(script, &what);
    }
    for space in &domain.spaces {
        create(
            script,
            "create-space",
            Value::Object(sagemaker::space(space)).to_string(),
        );
    }
    for app in &domain.apps {
        if let Some(space) = &app.space_name {
            let name = quoted(space);
            until_in_service(
                script,
                &format!("describe-space {domain_id} --space-name {name}"),
            );
        } else if app.user_profile_name.is_none() {
            left_out.push(app_of_nobody(app));
            continue;
        }
        let input = Value::Object(sagemaker::app(app)).to_string();
        create(script, "create-app", input);
    }
}

fn with_tags(mut input: Map<String, Value>, tags: &BTreeMap<String, String>) -> String {
    if !tags.is_empty() {
        input.insert("Tags".to_owned(), sagemaker::tags(tags));
    }
    Value::Object(input).to_string()
}

/// Waits for what the words describe.
fn until_in_service(script: &mut Script, words: &str) {
    let _ = writeln!(
        script.out,
        "until [ \"$(aws sagemaker {words} --query Status --output text)\" = InService ]; do\n  sleep 10\ndone"
    );
}
