//! Domains, user profiles, spaces and apps.
//!
//! <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_domain>

use std::collections::BTreeMap;

use crate::{
    export::{
        builder::{can_be_built, not_carried, role_of_profile},
        ids::IdOf,
        terraform::{
            Config,
            hcl::{Body, quoted},
        },
    },
    world::{
        App, AppSecurityGroupManagement, Domain, ExecutionRoleIdentityConfig, Space, UserProfile,
    },
};

impl Config<'_> {
    pub(super) fn domain(&mut self, idx: usize, domain: &Domain) {
        let can_be_built = can_be_built(domain, self.left_out);
        let address = self.references.domain(idx).map(str::to_owned);
        let Some(address) = address.filter(|_| can_be_built) else {
            return;
        };
        not_carried(domain, self.left_out);
        let body = self.domain_body(domain);
        self.resource(&address, &body);
        let domain_id = format!("{address}.id");
        let mut profiles = BTreeMap::new();
        for profile in &domain.user_profiles {
            let name = &profile.user_profile_name;
            let address = self.address("aws_sagemaker_user_profile", name);
            let body = self.profile_body(&domain_id, domain, profile);
            self.resource(&address, &body);
            // SageMaker compares their names without case.
            profiles
                .entry(name.to_ascii_lowercase())
                .or_insert(format!("{address}.user_profile_name"));
        }
        let owner = |name: &str| {
            let own = profiles.get(&name.to_ascii_lowercase());
            own.map_or_else(|| quoted(name), String::clone)
        };
        let mut spaces = BTreeMap::new();
        for space in &domain.spaces {
            let address = self.address("aws_sagemaker_space", &space.space_name);
            self.resource(&address, &space_body(&domain_id, space, owner));
            spaces
                .entry(space.space_name.as_str())
                .or_insert(format!("{address}.space_name"));
        }
        for app in &domain.apps {
            let body = Body::default()
                .bare("domain_id", &domain_id)
                .text("app_name", &app.app_name)
                .text("app_type", app.app_type.as_str());
            let body = match app {
                App {
                    space_name: Some(space),
                    ..
                } => {
                    let own = spaces.get(space.as_str());
                    body.bare(
                        "space_name",
                        own.map_or_else(|| quoted(space), String::clone),
                    )
                }
                App {
                    user_profile_name: Some(profile),
                    ..
                } => body.bare("user_profile_name", owner(profile)),
                _ => {
                    self.left_out
                        .push(crate::export::builder::app_of_nobody(app));
                    continue;
                }
            };
            self.add("aws_sagemaker_app", &app.app_name, &body);
        }
    }

    fn domain_body(&self, domain: &Domain) -> Body {
        let subnets = domain.subnet_ids.iter();
        let subnets = subnets.map(|it| self.network(IdOf::Subnet, it));
        let subnets: Vec<String> = subnets.collect();
        let mut body = Body::default()
            .text("domain_name", &domain.domain_name)
            .text("auth_mode", domain.auth_mode.as_str())
            .text(
                "app_network_access_type",
                domain.app_network_access_type.as_str(),
            );
        if domain.app_security_group_management == AppSecurityGroupManagement::Customer {
            body = body.text("app_security_group_management", "Customer");
        }
        body = body
            .bare("vpc_id", self.network(IdOf::Vpc, &domain.vpc_id))
            .bare("subnet_ids", format!("[{}]", subnets.join(", ")));
        if let Some(key) = &domain.kms_key_id {
            body = body.bare("kms_key_id", self.key(key));
        }
        if domain.tag_propagation.is_enabled() {
            body = body.text("tag_propagation", "ENABLED");
        }
        body = body.map("tags", &domain.tags);
        let users = &domain.default_user_settings;
        let role = users.execution_role.as_deref().unwrap_or_default();
        let settings = Body::default()
            .bare("execution_role", self.role(role))
            .list("security_groups", &self.groups(&users.security_groups));
        body = body.block("default_user_settings", settings);
        let spaces = &domain.default_space_settings;
        if let Some(role) = &spaces.execution_role {
            let settings = Body::default()
                .bare("execution_role", self.role(role))
                .list("security_groups", &self.groups(&spaces.security_groups));
            body = body.block("default_space_settings", settings);
        }
        let whole = &domain.domain_settings;
        let mut settings = Body::default();
        let mut says_something = !whole.security_group_ids.is_empty();
        if whole.execution_role_identity_config == ExecutionRoleIdentityConfig::UserProfileName {
            settings = settings.text("execution_role_identity_config", "USER_PROFILE_NAME");
            says_something = true;
        }
        settings = settings.list(
            "security_group_ids",
            &self.groups(&whole.security_group_ids),
        );
        let r_studio = &whole.r_studio_server_pro_domain_settings;
        if let Some(role) = &r_studio.domain_execution_role_arn {
            let role = Body::default().bare("domain_execution_role_arn", self.role(role));
            settings = settings.block("r_studio_server_pro_domain_settings", role);
            says_something = true;
        }
        if says_something {
            body = body.block("domain_settings", settings);
        }
        body
    }

    fn groups(&self, ids: &[String]) -> Vec<String> {
        let ids = ids.iter();
        ids.map(|it| self.network(IdOf::SecurityGroup, it))
            .collect()
    }

    fn profile_body(&self, domain_id: &str, domain: &Domain, profile: &UserProfile) -> Body {
        let mut body = Body::default()
            .bare("domain_id", domain_id)
            .text("user_profile_name", &profile.user_profile_name);
        if let Some(it) = &profile.single_sign_on_user_identifier {
            body = body.text("single_sign_on_user_identifier", it);
        }
        if let Some(it) = &profile.single_sign_on_user_value {
            body = body.text("single_sign_on_user_value", it);
        }
        body = body.map("tags", &profile.tags);
        if let Some(role) = role_of_profile(domain, profile) {
            let groups = self.groups(&profile.user_settings.security_groups);
            let settings = Body::default()
                .bare("execution_role", self.role(role))
                .list("security_groups", &groups);
            body = body.block("user_settings", settings);
        }
        body
    }
}

fn space_body(domain_id: &str, space: &Space, owner: impl Fn(&str) -> String) -> Body {
    let mut body = Body::default()
        .bare("domain_id", domain_id)
        .text("space_name", &space.space_name);
    if !space.owner_user_profile_name.is_empty() {
        let ownership = Body::default().bare(
            "owner_user_profile_name",
            owner(&space.owner_user_profile_name),
        );
        let sharing = Body::default().text("sharing_type", space.sharing_type.as_str());
        body = body
            .block("ownership_settings", ownership)
            .block("space_sharing_settings", sharing);
    }
    let settings = Body::default().text("app_type", space.app_type.as_str());
    body.block("space_settings", settings)
}
