//! The hops from an IAM identity into Studio: domain, profile, network, execution role, app.
//!
//! Invariant: nothing here is asked of the user profile, which is no IAM identity; the caller is
//! the person's session up to the profile, and the execution role's session behind it.

use crate::{
    flow::{
        Check, Gate, Hop, HopKind, Identity, Place, Station, Why,
        context::{of_caller, with_list, with_tags},
        walk::{Caller, Scene, ServiceRole},
    },
    names::{ActionName, Arn},
    request::{Context, Principal, Request, Resource},
    world::{AppNetworkAccessType, Thing, World},
};

/// The service's principal.
pub(crate) const SAGEMAKER: &str = "sagemaker.amazonaws.com";

/// What a session of an execution role is called, unless the domain says otherwise.
const SESSION_NAME: &str = "SageMaker";

impl Scene<'_> {
    pub(crate) fn domain_station(&self) -> Station {
        let name = self
            .domain()
            .map_or(self.choice.domain.as_str(), |it| it.domain_name.as_str());
        let id = self.choice.domain.clone();
        self.station(Place::Domain, name, Thing::Domain { id })
    }

    fn profile_station(&self) -> Station {
        let entity = Thing::UserProfile {
            domain: self.choice.domain.clone(),
            name: self.profile().map_or_else(
                || self.choice.user_profile.clone(),
                |it| it.user_profile_name.clone(),
            ),
        };
        self.station(Place::UserProfile, &self.choice.user_profile, entity)
    }

    pub(crate) fn app_station() -> Station {
        Station {
            place: Place::App,
            name: "JupyterLab".to_owned(),
            entity: None,
        }
    }

    /// A station for a role that is known by its ARN.
    pub(crate) fn role_station(&self, place: Place, arn: Option<&Arn>) -> Station {
        let name = arn.map_or("", Arn::last_segment);
        let in_world = arn.and_then(|it| self.world.role_by_arn(it.as_str()));
        Station {
            place,
            name: name.to_owned(),
            entity: in_world.map(|it| {
                Thing::Role {
                    name: it.name.clone(),
                }
                .into()
            }),
        }
    }

    pub(crate) fn domain_arn(&self) -> Arn {
        self.world
            .regional_arn("sagemaker", &format!("domain/{}", self.choice.domain))
    }

    pub(crate) fn profile_arn(&self) -> Arn {
        let resource = format!(
            "user-profile/{}/{}",
            self.choice.domain, self.choice.user_profile
        );
        self.world.regional_arn("sagemaker", &resource)
    }

    /// Finding the domain and the profile in the console.
    pub(crate) fn find_domain(&self, caller: &Caller, from: Station) -> Hop {
        let to = self.domain_station();
        let ask = |why, action, resource| {
            self.authorize(
                why,
                caller.request("sagemaker", action, resource, caller.context()),
            )
        };
        let checks = vec![
            Self::exists(&to),
            ask(Why::ListInConsole, "ListDomains", Resource::Any),
            ask(
                Why::ShowInConsole,
                "DescribeDomain",
                Resource::Arn(self.domain_arn()),
            ),
            ask(Why::ListInConsole, "ListUserProfiles", Resource::Any),
            ask(
                Why::ShowInConsole,
                "DescribeUserProfile",
                Resource::Arn(self.profile_arn()),
            ),
        ];
        Hop::new(HopKind::FindDomain, from, to, caller.identity(), checks)
    }

    /// Asking for the URL that opens the profile.
    ///
    /// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePresignedDomainUrl.html>
    pub(crate) fn open_profile(&self, caller: &Caller) -> Hop {
        let from = self.domain_station();
        let to = self.profile_station();
        let tags = self.profile().map(|it| &it.tags);
        let context = with_tags(caller.context(), "aws:ResourceTag", tags);
        let context = with_tags(context, "sagemaker:ResourceTag", tags);
        let resource = Resource::Arn(self.profile_arn());
        let request = caller.request("sagemaker", "CreatePresignedDomainUrl", resource, context);

        let mut checks = vec![Self::exists(&to)];
        if let Some(domain) = self.domain() {
            let in_service = |place, status, entity| {
                Check::gate(Why::Ready, Gate::InService { place, status }, entity)
            };
            checks.push(in_service(
                Place::Domain,
                domain.status,
                from.entity.clone(),
            ));
            if let Some(profile) = self.profile() {
                checks.push(in_service(
                    Place::UserProfile,
                    profile.status,
                    to.entity.clone(),
                ));
            }
            let mode = Gate::AuthModeIam {
                mode: domain.auth_mode,
            };
            checks.push(Check::gate(Why::Ready, mode, from.entity.clone()));
        }
        checks.push(self.authorize(Why::PresignedUrl, request));
        Hop::new(HopKind::OpenProfile, from, to, caller.identity(), checks)
    }

    /// The way that Studio's traffic takes. Not IAM.
    ///
    /// <https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-and-internet-access.html>
    pub(crate) fn network(&self) -> Hop {
        let from = self.profile_station();
        let mut to = self.domain_station();
        to.place = Place::Network;
        let entity = to.entity.clone();
        let mut checks = Vec::new();
        match self.domain() {
            None => {
                let domain = self.domain_station();
                to.name.clear();
                checks.push(Self::exists(&domain));
            }
            Some(domain) => {
                let path = |gate| Check::gate(Why::NetworkPath, gate, entity.clone());
                match domain.app_network_access_type {
                    AppNetworkAccessType::PublicInternetOnly => {
                        "public internet".clone_into(&mut to.name);
                        checks.push(path(Gate::PublicInternet));
                    }
                    AppNetworkAccessType::VpcOnly => {
                        to.name.clone_from(&domain.vpc_id);
                        let of_profile = self
                            .profile()
                            .map_or(0, |it| it.user_settings.security_groups.len());
                        let n_groups =
                            of_profile + domain.default_user_settings.security_groups.len();
                        let n_subnets = domain.subnet_ids.len();
                        checks.push(path(Gate::HasSubnets { n_subnets }));
                        checks.push(path(Gate::HasSecurityGroups { n_groups }));
                        checks.push(path(Gate::RoutesAndEndpoints));
                    }
                }
                let id = domain.home_efs_file_system_id.clone();
                checks.push(
                    Check::gate(Why::HomeDirectory, Gate::HomeFileSystem { id }, entity).wanted(),
                );
            }
        }
        Hop::new(HopKind::Network, from, to, Identity::nobody(), checks)
    }

    /// The role that the profile's apps run as, where one is named.
    pub(crate) fn execution_role(&self) -> Option<ServiceRole> {
        let arn = World::execution_role_arn(self.domain()?, self.profile()?)?;
        let role = self.role_named(arn)?;
        // Keys that Studio's own sessions carry, to be used as policy variables.
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
        let session = role
            .session
            .with("sagemaker:DomainId", &self.choice.domain)
            .with("sagemaker:UserProfileName", &self.choice.user_profile);
        Some(ServiceRole { session, ..role })
    }

    /// A role and its sessions, by what somebody typed as its ARN.
    pub(crate) fn role_named(&self, arn: &str) -> Option<ServiceRole> {
        let arn = Arn::parse(arn)?;
        let session = self.session(&arn, SESSION_NAME);
        Some(ServiceRole { arn, session })
    }

    /// SageMaker takes on the execution role.
    pub(crate) fn assume_execution_role(&self, role: Option<&ServiceRole>) -> Hop {
        let to = self.role_station(Place::ExecutionRole, role.map(|it| &it.arn));
        let mut checks = vec![self.execution_role_named(role)];
        if let Some(role) = role {
            let source_arn = self.world.regional_arn("sagemaker", "*");
            checks.push(Self::exists(&to));
            checks.push(self.service_assumes(role, &source_arn).during("CreateApp"));
        }
        let identity = role.map_or_else(Identity::nobody, |it| it.session.identity());
        Hop::new(
            HopKind::AssumeExecutionRole,
            self.profile_station(),
            to,
            identity,
            checks,
        )
    }

    /// That the profile or the domain names a role, and that what it names is an ARN.
    pub(crate) fn execution_role_named(&self, role: Option<&ServiceRole>) -> Check {
        let own = self
            .profile()
            .and_then(|it| it.user_settings.execution_role.as_deref());
        let from_domain = own.is_none_or(str::is_empty);
        let entity = if from_domain {
            self.domain_station().entity
        } else {
            self.profile_station().entity
        };
        let typed = self.domain().zip(self.profile());
        let typed = typed.and_then(|(domain, profile)| World::execution_role_arn(domain, profile));
        let gate = match (role, typed) {
            (None, Some(typed)) => Gate::Exists {
                place: Place::ExecutionRole,
                name: typed.to_owned(),
                found: false,
            },
            _ => Gate::ExecutionRoleNamed {
                from_domain,
                arn: role.map(|it| it.arn.to_string()),
            },
        };
        Check::gate(Why::WhichRole, gate, entity)
    }

    /// `sts:AssumeRole` by the service: the role's trust policy alone decides.
    ///
    /// <https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html>
    pub(crate) fn service_assumes(&self, role: &ServiceRole, source_arn: &Arn) -> Check {
        let principal = Principal::Service {
            name: SAGEMAKER.to_owned(),
        };
        let tags = self.world.role_by_arn(role.arn.as_str()).map(|it| &it.tags);
        let context = of_caller(self.world, &principal, &self.choice.time)
            .with("aws:SourceAccount", self.world.home.account.as_str())
            .with("aws:SourceArn", source_arn.as_str())
            .with("sts:RoleSessionName", SESSION_NAME);
        let request = Request {
            principal,
            action: ActionName::new("sts", "AssumeRole"),
            resource: Resource::Arn(role.arn.clone()),
            resource_account: Some(self.world.home.account.clone()),
            wildcard_only_action: false,
            context: with_tags(context, "aws:ResourceTag", tags),
        };
        self.authorize(Why::ServiceAssumesRole, request)
    }

    /// Studio makes a private space and starts `JupyterLab` in it, as the execution role.
    ///
    /// <https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html>
    pub(crate) fn start_app(&self, role: Option<&ServiceRole>) -> Hop {
        let from = self.role_station(Place::ExecutionRole, role.map(|it| &it.arn));
        let Some(role) = role else {
            return self.without_role(HopKind::StartApp, from, Self::app_station());
        };
        let caller = &role.session;
        let space_name = format!("{}-lab", self.choice.user_profile);
        let domain = &self.choice.domain;
        let space = self
            .world
            .regional_arn("sagemaker", &format!("space/{domain}/{space_name}"));
        let app = self.world.regional_arn(
            "sagemaker",
            &format!("app/{domain}/{space_name}/JupyterLab/default"),
        );

        let owned = caller
            .context()
            .with("sagemaker:OwnerUserProfileArn", self.profile_arn().as_str())
            .with("sagemaker:SpaceSharingType", "Private");
        let owned = with_list(owned, "sagemaker:InstanceTypes", &["ml.t3.medium"]);
        let tagging = |action: &str| {
            self.studio_tags(caller.context())
                .with("sagemaker:TaggingAction", action)
        };
        let ask = |why, action, arn: &Arn, context| {
            let resource = Resource::Arn(arn.clone());
            self.authorize(why, caller.request("sagemaker", action, resource, context))
        };
        let mut checks = vec![
            ask(
                Why::CreateSpace,
                "CreateSpace",
                &space,
                self.studio_tags(owned.clone()),
            ),
            ask(Why::TagSpace, "AddTags", &space, tagging("CreateSpace")).during("CreateSpace"),
            ask(Why::CreateApp, "CreateApp", &app, self.studio_tags(owned)),
            ask(Why::TagApp, "AddTags", &app, tagging("CreateApp")).during("CreateApp"),
        ];
        checks.extend(self.domain_key_checks(caller));
        let again = ask(
            Why::AskForUrlAgain,
            "CreatePresignedDomainUrl",
            &self.profile_arn(),
            caller.context(),
        );
        checks.push(again.wanted());
        Hop::new(
            HopKind::StartApp,
            from,
            Self::app_station(),
            caller.identity(),
            checks,
        )
    }

    fn domain_key_checks(&self, caller: &Caller) -> Vec<Check> {
        let Some(key) = self.domain().and_then(|it| it.kms_key_id.as_deref()) else {
            return Vec::new();
        };
        let arn = self.world.regional_arn("kms", &format!("key/{key}"));
        let context = caller
            .context()
            .with("kms:CallerAccount", self.world.home.account.as_str())
            .with(
                "kms:ViaService",
                format!("sagemaker.{}.amazonaws.com", self.world.region),
            );
        let ask = |action, context| {
            let request = caller.request("kms", action, Resource::Arn(arn.clone()), context);
            self.authorize(Why::DomainKey, request).during("CreateApp")
        };
        vec![
            ask("DescribeKey", context.clone()),
            ask(
                "CreateGrant",
                context.with("kms:GrantIsForAWSResource", "true"),
            ),
        ]
    }

    /// The tags that Studio puts on what it makes.
    pub(crate) fn studio_tags(&self, context: Context) -> Context {
        let context = context
            .with(
                "aws:RequestTag/sagemaker:domain-arn",
                self.domain_arn().as_str(),
            )
            .with(
                "aws:RequestTag/sagemaker:user-profile-arn",
                self.profile_arn().as_str(),
            );
        with_list(
            context,
            "aws:TagKeys",
            &["sagemaker:domain-arn", "sagemaker:user-profile-arn"],
        )
    }

    /// A hop that needs an execution role where none is named.
    pub(crate) fn without_role(&self, kind: HopKind, from: Station, to: Station) -> Hop {
        let checks = vec![self.execution_role_named(None)];
        Hop::new(kind, from, to, Identity::nobody(), checks)
    }
}
