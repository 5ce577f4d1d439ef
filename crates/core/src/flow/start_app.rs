//! The hop by which Studio makes a space and an app in it, with all that is asked of the execution role.
//!
//! Invariant: whoever asks is the execution role's session; the person has no part in it.

use crate::{
    by_name::Tags,
    flow::{
        Check, Gate, Hop, HopKind, Place, Why,
        caller::{Caller, Held},
        context::{with_list, with_sent_tags},
        studio::Setting,
        walk::Scene,
    },
    names::Arn,
    request::Resource,
    world::{AppType, SharingType},
};

/// The one instance type of the app that only serves the notebooks of Studio Classic.
///
/// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceSpec.html>
const SYSTEM: &str = "system";

impl Scene<'_> {
    /// The execution role makes a space where there is none, and starts the app.
    ///
    /// <https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html>
    pub(crate) fn start_app(&self, setting: &Setting, role: &Held) -> Hop {
        let arn = role.as_ref().ok().map(|it| &it.arn);
        let from = self.role_station(Place::ExecutionRole, arn);
        let to = Self::app_station(setting);
        let role = match role {
            Ok(role) => role,
            Err(check) => return Hop::without(HopKind::StartApp, from, to, check),
        };
        let caller = &role.session;
        let domain = &self.choice.domain;
        let resource = |text: &str| self.regional_arn("sagemaker", text);
        let holder = setting.space.as_deref();
        let holder = holder.unwrap_or_else(|| self.profile_name());
        let app_type = setting.app.app_type.as_str();
        let app = resource(&format!("app/{domain}/{holder}/{app_type}/default"));

        let mut keys = caller.context();
        if setting.space.is_some() {
            let profile_arn = resource(&format!("user-profile/{domain}/{}", setting.owner));
            keys = keys
                .with("sagemaker:OwnerUserProfileArn", profile_arn.as_str())
                .with("sagemaker:SpaceSharingType", setting.sharing.as_str());
        }
        let instance = match setting.app.app_type {
            AppType::JupyterServer => SYSTEM,
            _ => setting.app.instance_type.as_str(),
        };
        let keys = with_list(keys, "sagemaker:InstanceTypes", &[instance]);
        let tags = self.studio_tags(setting);
        let tagging = |action: &str| {
            with_sent_tags(caller.context(), &tags).with("sagemaker:TaggingAction", action)
        };
        let ask = |why, action, arn: &Arn, context| {
            let resource = Resource::Arn(arn.clone());
            self.authorize(why, caller.request("sagemaker", action, resource, context))
        };
        let tagged = || with_sent_tags(keys.clone(), &tags);
        let mut checks = Vec::new();
        if setting.sharing == SharingType::Shared {
            let of_space = self.execution_role(setting);
            checks.push(self.execution_role_named(setting, of_space.as_ref().ok()));
        }
        if let Some(name) = &setting.space {
            if self.space(name).is_none() {
                let space = resource(&format!("space/{domain}/{name}"));
                checks.push(ask(Why::CreateSpace, "CreateSpace", &space, tagged()));
                let tag = ask(Why::TagSpace, "AddTags", &space, tagging("CreateSpace"));
                checks.push(tag.during("CreateSpace"));
            } else if setting.sharing == SharingType::Private {
                let gate = Gate::SpaceOpensFor {
                    space: name.clone(),
                    owner: setting.owner.clone(),
                    profile: self.choice.user_profile.clone(),
                };
                checks.push(Check::gate(Why::Ready, gate, self.domain_station().entity));
            }
        }
        checks.push(ask(Why::CreateApp, "CreateApp", &app, tagged()));
        let tag = ask(Why::TagApp, "AddTags", &app, tagging("CreateApp"));
        checks.push(tag.during("CreateApp"));
        checks.extend(self.domain_key_checks(caller));
        if let Some(profile) = self.profile_arn().filter(|_| self.opens_by_url()) {
            let action = "CreatePresignedDomainUrl";
            let again = ask(Why::AskForUrlAgain, action, &profile, caller.context());
            checks.push(again.wanted());
        }
        Hop::new(HopKind::StartApp, from, to, caller.identity(), checks)
    }

    fn domain_key_checks(&self, caller: &Caller) -> Vec<Check> {
        let Some(key) = self.domain().and_then(|it| it.kms_key_id.as_deref()) else {
            return Vec::new();
        };
        let caller = caller.forwarded();
        ["DescribeKey", "CreateGrant"]
            .map(|action| {
                self.key_check(Why::DomainKey, &caller, action, key)
                    .during("CreateApp")
            })
            .into()
    }

    /// The tags that Studio puts on what it makes: domain, profile or space, and where the domain
    /// passes them on, its own tags and the profile's.
    pub(crate) fn studio_tags(&self, setting: &Setting) -> Tags {
        let mut tags = Tags::new();
        let domain = self.domain();
        if let Some(domain) = domain.filter(|it| it.tag_propagation.is_enabled()) {
            let of_profile = self.profile().into_iter().flat_map(|it| &it.tags);
            let all = domain.tags.iter().chain(of_profile);
            tags.extend(all.map(|(key, value)| (key.clone(), value.clone())));
        }
        let mut put = |key: &str, arn: Option<Arn>| {
            tags.extend(arn.map(|arn| (key.to_owned(), arn.to_string())));
        };
        put("sagemaker:domain-arn", self.domain_arn());
        match &setting.space {
            Some(space) if setting.sharing == SharingType::Shared => {
                let resource = format!("space/{}/{space}", self.choice.domain);
                let arn = self.regional_arn("sagemaker", &resource);
                put("sagemaker:space-arn", Some(arn));
            }
            _ => {
                put("sagemaker:user-profile-arn", self.profile_arn());
            }
        }
        tags
    }
}
