//! `aws sagemaker describe-domain | list-user-profiles | describe-user-profile | describe-space |
//! list-apps`.

use serde_json::{Map, Value, json};

use crate::{
    export::{
        output::{Json, Output},
        sagemaker,
    },
    world::{Account, Domain, World},
};

impl Output {
    pub(super) fn domain(&mut self, world: &World, account: &Account, domain: &Domain) {
        let id = domain.domain_id.as_str();
        let arn = |resource: String| {
            let arn = world.regional_arn_in(&account.account, "sagemaker", &resource);
            json!(arn.as_str())
        };
        let mut printed = sagemaker::domain(domain);
        put(&mut printed, "DomainArn", arn(format!("domain/{id}")));
        put(&mut printed, "DomainId", json!(id));
        put(&mut printed, "Status", json!(domain.status.as_str()));
        if domain.home_efs_file_system_creation.is_disabled() {
            put(&mut printed, "HomeEfsFileSystemCreation", json!("Disabled"));
        }
        if !domain.home_efs_file_system_id.is_empty() {
            let file_system = json!(domain.home_efs_file_system_id);
            put(&mut printed, "HomeEfsFileSystemId", file_system);
        }
        self.file(&format!("domain-{id}"), &[Value::Object(printed).into()]);

        let listed = domain.user_profiles.iter().map(|it| {
            json!({
                "DomainId": id,
                "UserProfileName": it.user_profile_name,
                "Status": it.status.as_str(),
            })
        });
        let listed = json!({ "UserProfiles": listed.collect::<Vec<_>>() });
        self.file(&format!("user-profiles-{id}"), &[listed.into()]);
        for it in &domain.user_profiles {
            let name = &it.user_profile_name;
            let mut printed = sagemaker::profile(it);
            let own = arn(format!("user-profile/{id}/{name}"));
            put(&mut printed, "UserProfileArn", own);
            put(&mut printed, "DomainId", json!(id));
            put(&mut printed, "Status", json!(it.status.as_str()));
            if !it.home_efs_file_system_uid.is_empty() {
                let uid = json!(it.home_efs_file_system_uid);
                put(&mut printed, "HomeEfsFileSystemUid", uid);
            }
            let printed = [Value::Object(printed).into()];
            self.file(&format!("user-profile-{id}-{name}"), &printed);
        }
        for it in &domain.spaces {
            let name = &it.space_name;
            let mut printed = sagemaker::space(it);
            put(&mut printed, "SpaceArn", arn(format!("space/{id}/{name}")));
            put(&mut printed, "DomainId", json!(id));
            put(&mut printed, "Status", json!(it.status.as_str()));
            let sharing = json!({ "SharingType": it.sharing_type.as_str() });
            put(&mut printed, "SpaceSharingSettings", sharing);
            if !it.home_efs_file_system_uid.is_empty() {
                let uid = json!(it.home_efs_file_system_uid);
                put(&mut printed, "HomeEfsFileSystemUid", uid);
            }
            let printed = [Value::Object(printed).into()];
            self.file(&format!("space-{id}-{name}"), &printed);
        }
        let apps = domain.apps.iter().map(|it| {
            let mut printed = Map::new();
            put(&mut printed, "DomainId", json!(id));
            put(&mut printed, "AppName", json!(it.app_name));
            put(&mut printed, "AppType", json!(it.app_type.as_str()));
            put(&mut printed, "Status", json!(it.status.as_str()));
            if let Some(name) = &it.user_profile_name {
                put(&mut printed, "UserProfileName", json!(name));
            }
            if let Some(name) = &it.space_name {
                put(&mut printed, "SpaceName", json!(name));
            }
            Value::Object(printed).into()
        });
        let apps = Json::Fields(vec![("Apps", apps.collect())]);
        self.file(&format!("apps-{id}"), &[apps]);
        self.domain_left_out(domain);
    }

    fn domain_left_out(&mut self, domain: &Domain) {
        let name = &domain.domain_name;
        if !domain.tags.is_empty() {
            self.say(format!("tags of domain `{name}`"));
        }
        if !domain.single_sign_on_assignments.is_empty() {
            self.say(format!("who is assigned to domain `{name}`"));
        }
        let tagged = domain.user_profiles.iter().filter(|it| !it.tags.is_empty());
        let tagged = tagged.map(|it| it.user_profile_name.clone());
        self.say_of(tagged, |names| {
            format!("tags of user profiles of domain `{name}`: {names}")
        });
    }
}

fn put(fields: &mut Map<String, Value>, name: &str, value: Value) {
    fields.insert(name.to_owned(), value);
}
