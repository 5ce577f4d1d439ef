//! Domains, user profiles, spaces and apps.

use std::{fmt::Write, slice};

use serde_json::{Map, Value};

use crate::{
    by_name::Tags,
    export::{
        builder::app_of_nobody,
        commands::{Options, Script, line, resource::own_key, word::Word},
        sagemaker,
    },
    world::{Account, Domain},
};

pub(super) fn domain(
    script: &mut Script,
    account: &Account,
    domain: &Domain,
    left_out: &mut Vec<String>,
) {
    let id = &domain.domain_id;
    script.note(&format!(
        "Domain {}: AWS gives it an id of its own",
        domain.domain_name
    ));
    let mut input = sagemaker::domain(domain);
    let key = domain.kms_key_id.as_deref();
    if let Some(key) = key.and_then(|it| own_key(account, it)) {
        input.insert("KmsKeyId".to_owned(), Value::from(key.key_id.as_str()));
    }
    let input = input_json(script, with_tags(input, &domain.tags));
    script.keep_id(id, "sagemaker create-domain", "DomainArn", &[input]);
    if let Some(variable) = script.variables.get(id) {
        let _ = writeln!(script.out, "{variable}=${{{variable}##*/}}");
    }
    let domain_id = ("domain-id", Some(script.id(id)));
    script.until_in_service("describe-domain", slice::from_ref(&domain_id));
    let create = |script: &mut Script, what: &str, input: Map<String, Value>| {
        let input = input_json(script, input);
        script.aws(&format!("sagemaker {what}"), &[domain_id.clone(), input]);
    };
    for profile in &domain.user_profiles {
        let input = with_tags(sagemaker::profile(profile), &profile.tags);
        create(script, "create-user-profile", input);
    }
    let names_profiles = !domain.spaces.is_empty() || !domain.apps.is_empty();
    for profile in domain.user_profiles.iter().filter(|_| names_profiles) {
        let name = (
            "user-profile-name",
            Some(Word::from(&profile.user_profile_name)),
        );
        script.until_in_service("describe-user-profile", &[domain_id.clone(), name]);
    }
    for space in &domain.spaces {
        create(script, "create-space", sagemaker::space(space));
    }
    for app in &domain.apps {
        if let Some(space) = &app.space_name {
            let name = ("space-name", Some(Word::from(space)));
            script.until_in_service("describe-space", &[domain_id.clone(), name]);
        } else if app.user_profile_name.is_none() {
            left_out.push(app_of_nobody(app));
            continue;
        }
        create(script, "create-app", sagemaker::app(app));
    }
}

/// Input as JSON, with the variables in place of the ids that AWS gave.
fn input_json(script: &Script, input: Map<String, Value>) -> (&'static str, Option<Word>) {
    const IDS: [&str; 5] = [
        "VpcId",
        "SubnetIds",
        "SecurityGroups",
        "SecurityGroupIds",
        "KmsKeyId",
    ];
    let word = |member: &str, text: &str| {
        if IDS.contains(&member) {
            script.id(text)
        } else {
            text.into()
        }
    };
    let input = Word::json(&Value::Object(input), &word);
    ("cli-input-json", Some(input))
}

fn with_tags(mut input: Map<String, Value>, tags: &Tags) -> Map<String, Value> {
    if !tags.is_empty() {
        input.insert("Tags".to_owned(), sagemaker::tags(tags));
    }
    input
}

impl Script {
    /// Waits for what a command of SageMaker's describes.
    fn until_in_service(&mut self, command: &str, options: &Options<'_>) {
        let line = line(&format!("sagemaker {command}"), options);
        let _ = writeln!(self.out, "in_service {line}");
        self.waits = true;
    }
}
