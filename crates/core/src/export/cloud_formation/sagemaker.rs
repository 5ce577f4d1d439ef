//! Domains, user profiles, spaces and apps.
//!
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-domain.html>

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::{
    export::{
        builder::{app_of_nobody, can_be_built, not_carried, role_of_profile},
        cloud_formation::Template,
        ids::IdOf,
        sagemaker,
    },
    world::{App, AppType, Domain},
};

/// Kinds of apps that `CloudFormation` knows: each of a profile, none of a space.
const APPS: [AppType; 5] = [
    AppType::JupyterServer,
    AppType::KernelGateway,
    AppType::RStudioServerPro,
    AppType::RSessionGateway,
    AppType::Canvas,
];

impl Template<'_> {
    pub(super) fn domain(&mut self, idx: usize, domain: &Domain) {
        let can_be_built = can_be_built(domain, self.left_out);
        let id = self.references.domain(idx).map(str::to_owned);
        let Some(id) = id.filter(|_| can_be_built) else {
            return;
        };
        not_carried(domain, self.left_out);
        let mut own = self.with_references(sagemaker::domain(domain));
        strip(own.get_mut("DefaultUserSettings"));
        let settings = own.get_mut("DomainSettings").and_then(Value::as_object_mut);
        if let Some(settings) = settings {
            settings.remove("TrustedIdentityPropagationSettings");
            if settings.is_empty() {
                own.remove("DomainSettings");
            }
        }
        if domain.default_space_settings.execution_role.is_none() {
            own.remove("DefaultSpaceSettings");
        }
        if let Some(key) = &domain.kms_key_id {
            own.insert("KmsKeyId".to_owned(), self.key(key));
        }
        if !domain.tags.is_empty() {
            own.insert("Tags".to_owned(), sagemaker::tags(&domain.tags));
        }
        self.put(&id, "AWS::SageMaker::Domain", own);
        let domain_id = || ("DomainId".to_owned(), json!({ "Ref": id }));
        let mut profiles = Vec::new();
        let mut by_name = BTreeMap::new();
        for profile in &domain.user_profiles {
            let mut own = sagemaker::profile(profile);
            own.remove("UserSettings");
            if let Some(role) = role_of_profile(domain, profile) {
                let mut settings = Map::new();
                settings.insert("ExecutionRole".to_owned(), json!(role));
                let groups = &profile.user_settings.security_groups;
                if !groups.is_empty() {
                    settings.insert("SecurityGroups".to_owned(), json!(groups));
                }
                own.insert("UserSettings".to_owned(), Value::Object(settings));
            }
            let mut own = self.with_references(own);
            own.extend([domain_id()]);
            if !profile.tags.is_empty() {
                own.insert("Tags".to_owned(), sagemaker::tags(&profile.tags));
            }
            let name = &profile.user_profile_name;
            let id = self.add("Profile", name, "AWS::SageMaker::UserProfile", own);
            by_name
                .entry(name.to_ascii_lowercase())
                .or_insert(id.clone());
            profiles.push(id);
        }
        for space in &domain.spaces {
            let mut own = sagemaker::space(space);
            own.extend([domain_id()]);
            let id = self.add("Space", &space.space_name, "AWS::SageMaker::Space", own);
            // Its owner is named, not referred to.
            self.after(&id, &profiles);
        }
        for app in &domain.apps {
            let Some(name) = self.owner_of(app) else {
                continue;
            };
            let mut own = sagemaker::app(app);
            own.extend([domain_id()]);
            let id = self.add("App", &app.app_name, "AWS::SageMaker::App", own);
            let needs: Vec<String> = by_name.get(&name).cloned().into_iter().collect();
            self.after(&id, &needs);
        }
    }

    /// The name of the profile that an app belongs to; of another app, why it is left out.
    fn owner_of(&mut self, app: &App) -> Option<String> {
        let name = &app.app_name;
        let kind = app.app_type.as_str();
        let why = match (&app.space_name, &app.user_profile_name) {
            (None, Some(profile)) if APPS.contains(&app.app_type) => {
                return Some(profile.to_ascii_lowercase());
            }
            (None, None) => app_of_nobody(app),
            (Some(space), _) => format!(
                "app `{name}` in space `{space}`: CloudFormation starts none in a space; use `aws sagemaker create-app`"
            ),
            _ => format!(
                "app `{name}`: CloudFormation has none of type `{kind}`; use `aws sagemaker create-app`"
            ),
        };
        self.left_out.push(why);
        None
    }

    fn with_references(&self, input: Map<String, Value>) -> Map<String, Value> {
        let refer = |(member, mut it): (String, Value)| {
            self.refer(&member, &mut it);
            (member, it)
        };
        input.into_iter().map(refer).collect()
    }

    /// Puts a reference in place of each role's ARN, and of each id of a network.
    fn refer(&self, member: &str, value: &mut Value) {
        match value {
            Value::String(text) => {
                let of = match member {
                    "VpcId" => Some(IdOf::Vpc),
                    "SubnetIds" => Some(IdOf::Subnet),
                    "SecurityGroups" | "SecurityGroupIds" => Some(IdOf::SecurityGroup),
                    _ => None,
                };
                if let Some(of) = of {
                    *value = self.network(of, text);
                } else if let Some(id) = self.written.role_arns.get(text) {
                    *value = json!({ "Fn::GetAtt": [id, "Arn"] });
                }
            }
            Value::Object(map) => {
                for (member, it) in map.iter_mut() {
                    self.refer(member, it);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|it| self.refer(member, it)),
            _ => (),
        }
    }
}

/// Takes out what `CloudFormation` does not know.
fn strip(settings: Option<&mut Value>) {
    if let Some(settings) = settings.and_then(Value::as_object_mut) {
        settings.remove("StudioWebPortalSettings");
    }
}
