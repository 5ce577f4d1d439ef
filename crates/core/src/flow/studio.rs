//! The hops from an identity of IAM, or of IAM Identity Center, into Studio: domain, profile,
//! network, execution role, app.
//!
//! Invariant: nothing here is asked of the user profile, which is no IAM identity; the caller is
//! the person's session up to the profile, and the execution role's session behind it.

use crate::{
    flow::{
        Check, Gate, Hop, HopKind, Identity, Lifetime, Place, SignIn, Station, StudioApp, Why,
        caller::{Actor, Caller, Held, ServiceRole},
        context::{of_caller, of_source},
        walk::{Scene, Way},
    },
    names::{ActionName, Arn},
    request::{Origin, Principal, Request, Resource},
    world::{
        AuthMode, ExecutionRoleIdentityConfig, ExecutionRoleSessionNameMode, RoleSource,
        SharingType, Space, Thing,
    },
};

/// The service's principal.
pub(crate) const SAGEMAKER: &str = "sagemaker.amazonaws.com";

/// What a session of an execution role is called, unless the domain says otherwise.
pub(crate) const SESSION_NAME: &str = "SageMaker";

/// What a presigned URL lives, and a session in Studio, where nobody asks for less.
///
/// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePresignedDomainUrl.html>
const URL_SECONDS: u32 = 300;
const STUDIO_SECONDS: u32 = 43_200;

/// What a notebook's requests say of the program that makes them.
///
/// <https://docs.aws.amazon.com/boto3/latest/guide/configuration.html>
pub(crate) const SDK: &str = "Boto3/1.40.0";

/// An app and its surroundings.
pub(crate) struct Setting {
    pub(crate) app: StudioApp,
    /// The space it runs in; none for apps of a profile or of the domain.
    pub(crate) space: Option<String>,
    /// Who may open the space.
    pub(crate) sharing: SharingType,
    /// The profile that owns the space.
    pub(crate) owner: String,
}

impl Scene<'_> {
    /// The way into Studio, to a running app. Who acts from then on is the app.
    pub(crate) fn enter_studio(&self, way: &mut Way, app: &StudioApp) -> Actor {
        if self.opens_by_url() {
            let person = self.become_somebody(way);
            let from = person.station.clone();
            match &person.caller {
                Ok(caller) => {
                    way.then(self.find_domain(caller, from));
                    way.then(self.open_profile(caller));
                }
                Err(check) => {
                    let (domain, profile) = (self.domain_station(), self.profile_station());
                    let find = Hop::without(HopKind::FindDomain, from, domain.clone(), check);
                    let open = Hop::without(HopKind::OpenProfile, domain, profile, check);
                    way.then(find);
                    way.then(open);
                }
            }
        } else {
            way.then(self.identity_center());
        }
        let setting = self.setting(app);
        way.then(self.network(&setting));
        // Studio itself works as the profile's role, whatever it starts.
        let studio = Setting {
            sharing: SharingType::Private,
            ..self.setting(&StudioApp::default())
        };
        let is_shared = setting.sharing == SharingType::Shared;
        let of_studio = self.execution_role(if is_shared { &studio } else { &setting });
        let in_studio = if is_shared { &studio } else { &setting };
        way.then(self.assume_execution_role(in_studio, &of_studio));
        way.then(self.start_app(&setting, &of_studio));
        let role = if is_shared {
            let role = self.execution_role(&setting);
            way.then(self.assume_space_role(&setting, &role));
            role
        } else {
            of_studio
        };
        Actor {
            role: role.as_ref().ok().map(|it| it.arn.clone()),
            tags: self.studio_tags(&setting),
            ..Actor::new(Self::app_station(&setting), role.map(|it| it.session))
        }
    }

    /// Whether the person asks for a presigned URL; else Identity Center opens the domain for them.
    pub(crate) fn opens_by_url(&self) -> bool {
        self.choice.sign_in == SignIn::Iam || self.has_permission_set()
    }

    fn setting(&self, app: &StudioApp) -> Setting {
        let profile = self.profile_name();
        let known = app.space.as_deref().and_then(|it| self.space(it));
        let wants_space = app.app_type.needs_space()
            || app.space.is_some()
            || app.sharing_type == SharingType::Shared;
        let space = (app.app_type.has_space() && wants_space).then(|| {
            let made = || format!("{profile}-lab");
            app.space.clone().unwrap_or_else(made)
        });
        let sharing = known.map_or(app.sharing_type, |it| it.sharing_type);
        Setting {
            sharing: if space.is_some() {
                sharing
            } else {
                SharingType::Private
            },
            owner: known
                .map_or(profile, |it| it.owner_user_profile_name.as_str())
                .to_owned(),
            app: app.clone(),
            space,
        }
    }

    pub(crate) fn space(&self, name: &str) -> Option<&Space> {
        self.domain()?.space(name)
    }

    pub(crate) fn domain_station(&self) -> Station {
        let name = self
            .domain()
            .map_or(self.choice.domain.as_str(), |it| it.domain_name.as_str());
        let id = self.choice.domain.clone();
        self.station(Place::Domain, name, self.thing(Thing::Domain { id }))
    }

    pub(crate) fn profile_station(&self) -> Station {
        let entity = Thing::UserProfile {
            domain: self.choice.domain.clone(),
            name: self.profile_name().to_owned(),
        };
        let entity = self.thing(entity);
        self.station(Place::UserProfile, &self.choice.user_profile, entity)
    }

    /// The app, or the space where one was asked for by name.
    pub(crate) fn app_station(setting: &Setting) -> Station {
        let (place, name) = match (&setting.space, setting.sharing, &setting.app.space) {
            (Some(space), SharingType::Shared, _) | (Some(space), _, Some(_)) => {
                (Place::Space, space.as_str())
            }
            _ => (Place::App, setting.app.app_type.as_str()),
        };
        Station {
            place,
            name: name.to_owned(),
            entity: None,
        }
    }

    /// A station for a role that is known by its ARN.
    pub(crate) fn role_station(&self, place: Place, arn: Option<&Arn>) -> Station {
        let name = arn.map_or("", Arn::last_segment);
        Station {
            place,
            name: name.to_owned(),
            entity: arn.and_then(|it| self.world.entity_of(it)),
        }
    }

    /// The domain's ARN; nothing where no domain is chosen: what has no name has no ARN.
    pub(crate) fn domain_arn(&self) -> Option<Arn> {
        let domain = &self.choice.domain;
        let resource = (!domain.is_empty()).then(|| format!("domain/{domain}"))?;
        Some(self.regional_arn("sagemaker", &resource))
    }

    /// The profile's ARN; nothing where no domain or no profile is chosen. Names of profiles are compared without case,
    /// ARNs with: the ARN has the profile's own spelling.
    pub(crate) fn profile_arn(&self) -> Option<Arn> {
        let (domain, profile) = (&self.choice.domain, self.profile_name());
        let is_named = !domain.is_empty() && !profile.is_empty();
        let resource = is_named.then(|| format!("user-profile/{domain}/{profile}"))?;
        Some(self.regional_arn("sagemaker", &resource))
    }

    pub(crate) fn profile_name(&self) -> &str {
        let known = self.profile().map(|it| it.user_profile_name.as_str());
        known.unwrap_or(&self.choice.user_profile)
    }

    /// Finding the domain and the profile in the console.
    fn find_domain(&self, caller: &Caller, from: Station) -> Hop {
        let to = self.domain_station();
        let list = |action| {
            let request = caller.request("sagemaker", action, Resource::Any, caller.context());
            self.authorize(Why::ListInConsole, request)
        };
        let show = |action, arn: Option<Arn>| {
            let resource = Resource::Arn(arn?);
            let request = caller.request("sagemaker", action, resource, caller.context());
            Some(self.authorize(Why::ShowInConsole, request))
        };
        let mut checks = vec![Self::exists(&to), list("ListDomains")];
        checks.extend(show("DescribeDomain", self.domain_arn()));
        checks.extend([
            list("ListUserProfiles"),
            list("ListSpaces").wanted(),
            list("ListApps").wanted(),
        ]);
        checks.extend(show("DescribeUserProfile", self.profile_arn()));
        Hop::new(HopKind::FindDomain, from, to, caller.identity(), checks)
    }

    /// Asking for the URL that opens the profile.
    ///
    /// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePresignedDomainUrl.html>
    fn open_profile(&self, caller: &Caller) -> Hop {
        let from = self.domain_station();
        let to = self.profile_station();
        let mut checks = vec![Self::exists(&to)];
        checks.extend(self.in_service(&from, &to));
        if let Some(domain) = self.domain() {
            let mode = Gate::AuthModeIam {
                mode: domain.auth_mode,
            };
            checks.push(Check::gate(Why::Ready, mode, from.entity.clone()));
        }
        checks.extend(self.profile_arn().map(|arn| {
            let action = "CreatePresignedDomainUrl";
            let resource = Resource::Arn(arn);
            let request = caller.request("sagemaker", action, resource, caller.context());
            self.authorize(Why::PresignedUrl, request)
        }));
        let caller = caller
            .clone()
            .ending(self, Lifetime::PresignedUrl, URL_SECONDS);
        Hop::new(HopKind::OpenProfile, from, to, caller.identity(), checks)
    }

    /// Studio opens only domains and profiles that are ready.
    fn in_service(&self, domain_station: &Station, profile_station: &Station) -> Vec<Check> {
        let ready = |station: &Station, status| {
            let place = station.place;
            let gate = Gate::InService { place, status };
            Check::gate(Why::Ready, gate, station.entity.clone())
        };
        let domain = self.domain().map(|it| ready(domain_station, it.status));
        let profile = self.profile().map(|it| ready(profile_station, it.status));
        domain.into_iter().chain(profile).collect()
    }

    /// Getting in through IAM Identity Center: no policy of the account is asked, but somebody must
    /// have assigned the user to the domain.
    ///
    /// <https://docs.aws.amazon.com/sagemaker/latest/dg/onboard-sso-users.html>
    fn identity_center(&self) -> Hop {
        let domain_station = self.domain_station();
        let to = self.profile_station();
        let user = self.choice.user.clone();
        let mut checks = vec![Self::exists(&domain_station)];
        if let Some(domain) = self.domain() {
            let gate = |why, gate| Check::gate(why, gate, domain_station.entity.clone());
            let mode = domain.auth_mode;
            checks.push(gate(Why::Ready, Gate::AuthModeSso { mode }));
            checks.push(gate(
                Why::Assigned,
                Gate::Assigned {
                    is_assigned: domain.single_sign_on_assignments.contains(&user),
                    user: user.clone(),
                    domain: domain.domain_id.clone(),
                },
            ));
        }
        checks.push(Self::exists(&to));
        if let Some(profile) = self.profile() {
            let gate = Gate::ProfileOf {
                user,
                owner: profile.single_sign_on_user_value.clone(),
            };
            checks.push(Check::gate(Why::Assigned, gate, to.entity.clone()));
        }
        checks.extend(self.in_service(&domain_station, &to));
        let from = self.person_station();
        Hop::new(
            HopKind::IdentityCenter,
            from,
            to,
            Identity::nobody(),
            checks,
        )
    }

    /// The role that the app runs as, where one is named.
    pub(crate) fn execution_role(&self, setting: &Setting) -> Held {
        let choice = self.choice;
        let profile = self.domain().zip(self.profile());
        let found = profile.and_then(|(domain, profile)| {
            let typed = domain.role_of_app(profile, setting.app.app_type, setting.sharing)?;
            let arn = Arn::parse(typed)?;
            let name = match domain.session_name_mode(profile) {
                ExecutionRoleSessionNameMode::Static => SESSION_NAME,
                ExecutionRoleSessionNameMode::UserIdentity => {
                    choice.user.rsplit('/').next().unwrap_or_default()
                }
            };
            // Keys that Studio's own sessions carry, to be used as policy variables.
            // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
            let mut session = self
                .session(&arn, name)
                .with("sagemaker:DomainId", &choice.domain);
            if setting.sharing == SharingType::Private {
                session = session.with("sagemaker:UserProfileName", self.profile_name());
            }
            if self.names_profile_as_source() {
                session = session.with_source_identity(self.profile_name());
            }
            session = session.ending(self, Lifetime::StudioSession, STUDIO_SECONDS);
            let session = session.in_service(SDK).out_of(self.route_of_apps());
            Some(ServiceRole { arn, session })
        });
        found.ok_or_else(|| Box::new(self.execution_role_named(setting, None)))
    }

    /// Whether sessions of execution roles carry the profile's name.
    fn names_profile_as_source(&self) -> bool {
        let config = self
            .domain()
            .map(|it| it.domain_settings.execution_role_identity_config);
        config == Some(ExecutionRoleIdentityConfig::UserProfileName)
    }

    /// Whether the identity of the user of IAM Identity Center goes along.
    fn propagates_identity(&self) -> bool {
        self.domain().is_some_and(|it| {
            let settings = &it.domain_settings.trusted_identity_propagation_settings;
            it.auth_mode == AuthMode::Sso && settings.status.is_enabled()
        })
    }

    /// SageMaker takes on the execution role.
    fn assume_execution_role(&self, setting: &Setting, role: &Held) -> Hop {
        let kind = HopKind::AssumeExecutionRole;
        let place = Place::ExecutionRole;
        self.assume_role_of_app((kind, place), self.profile_station(), setting, role)
    }

    /// What runs in a shared space runs as the role of shared spaces.
    fn assume_space_role(&self, setting: &Setting, role: &Held) -> Hop {
        let kind = HopKind::AssumeJobRole;
        let from = Self::app_station(setting);
        self.assume_role_of_app((kind, Place::SpaceRole), from, setting, role)
    }

    fn assume_role_of_app(
        &self,
        (kind, place): (HopKind, Place),
        from: Station,
        setting: &Setting,
        role: &Held,
    ) -> Hop {
        let role = role.as_ref().ok();
        let to = self.role_station(place, role.map(|it| &it.arn));
        let mut checks = vec![self.execution_role_named(setting, role)];
        if let Some(role) = role {
            let source_arn = self.regional_arn("sagemaker", "*");
            checks.push(Self::role_exists(&to, &role.arn));
            let ask = |why, action| {
                let request = self.by_service(action, role, &source_arn);
                self.authorize(why, request).during("CreateApp")
            };
            checks.push(ask(Why::ServiceAssumesRole, "AssumeRole"));
            if self.names_profile_as_source() {
                checks.push(ask(Why::SetSourceIdentity, "SetSourceIdentity"));
            }
            if self.propagates_identity() {
                checks.push(ask(Why::SetContext, "SetContext"));
            }
        }
        let identity = role.map_or_else(Identity::nobody, |it| it.session.identity());
        Hop::new(kind, from, to, identity, checks)
    }

    /// That some setting names a role, and that what it names is an ARN.
    pub(crate) fn execution_role_named(
        &self,
        setting: &Setting,
        role: Option<&ServiceRole>,
    ) -> Check {
        let app = setting.app.app_type;
        let both = self.domain().zip(self.profile());
        let source = both.map_or(RoleSource::DefaultUserSettings, |(domain, profile)| {
            domain.role_source(profile, app, setting.sharing)
        });
        let entity = match source {
            RoleSource::Profile => self.profile_station().entity,
            _ => self.domain_station().entity,
        };
        let typed =
            both.and_then(|(domain, profile)| domain.role_of_app(profile, app, setting.sharing));
        let gate = match (role, typed) {
            (None, Some(typed)) => Gate::exists(Place::ExecutionRole, typed, false),
            _ => Gate::ExecutionRoleNamed {
                source,
                arn: role.map(|it| it.arn.to_string()),
            },
        };
        Check::gate(Why::WhichRole, gate, entity)
    }

    /// What the service asks of a role: the role's trust policy alone decides. The source ARN says
    /// on whose behalf; for Studio it cannot be narrowed.
    ///
    /// <https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html>
    pub(crate) fn by_service(&self, action: &str, role: &ServiceRole, source_arn: &Arn) -> Request {
        let principal = Principal::Service {
            name: SAGEMAKER.to_owned(),
        };
        let identity = role.session.identity();
        let mut context = of_caller(self.world, &principal, &self.choice.time)
            .with("aws:SourceAccount", self.here.account.as_str())
            .with("aws:SourceArn", source_arn.as_str())
            .with(
                "sts:RoleSessionName",
                identity.session_name.as_deref().unwrap_or(SESSION_NAME),
            );
        if let Some(name) = &identity.source_identity {
            context = context.with("sts:SourceIdentity", name);
        }
        let context = of_source(self.world, &principal, context);
        Request {
            principal,
            action: ActionName::new("sts", action),
            resource: Resource::Arn(role.arn.clone()),
            resource_account: role
                .arn
                .account()
                .or_else(|| Some(self.here.account.clone())),
            wildcard_only_action: false,
            context,
            origin: Origin::Service,
        }
    }
}
