//! `aws sagemaker describe-domain | list-user-profiles | describe-user-profile | list-spaces |
//! describe-space | list-apps | describe-app`.
//!
//! <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeDomain.html>

use crate::{
    by_name::Tags,
    import::{
        count::ImportedKind,
        facts::{Fact, Said},
        fields::Fields,
        iam::{at, whole},
        note::ImportNoteKind,
        recognise::Reading,
        unkept::{About, Remark, unkept},
    },
    names::{AccountId, Arn},
    world::{
        App, AppNetworkAccessType, AppSecurityGroupManagement, AppType, AuthMode,
        DefaultSpaceSettings, Domain, DomainSettings, ExecutionRoleIdentityConfig,
        ExecutionRoleSessionNameMode, RStudioServerProDomainSettings, SharingType, Space, Status,
        StudioWebPortalSettings, Switch, TrustedIdentityPropagationSettings, UserProfile,
        UserSettings,
    },
};

const SWITCHES: [(&str, Switch); 4] = [
    ("ENABLED", Switch::Enabled),
    ("DISABLED", Switch::Disabled),
    ("Enabled", Switch::Enabled),
    ("Disabled", Switch::Disabled),
];

impl Reading<'_> {
    /// Whether it was output of SageMaker.
    pub(super) fn sagemaker(&mut self, fields: Fields<'_>) -> bool {
        if fields.has("Domains") {
            for it in fields.objects("Domains") {
                self.domain(it, false);
            }
        } else if fields.has("UserProfiles") {
            for it in fields.objects("UserProfiles") {
                self.profile(it, false);
            }
        } else if fields.has("Spaces") {
            for it in fields.objects("Spaces") {
                self.space(it, false);
            }
        } else if fields.has("Apps") {
            for it in fields.objects("Apps") {
                self.app(it);
            }
        } else if fields.has("UserProfileArn") {
            self.profile(fields, true);
        } else if fields.has("SpaceArn") {
            self.space(fields, true);
        } else if fields.has("AppArn") {
            self.app(fields);
        } else if fields.has("DomainArn") {
            self.domain(fields, true);
        } else {
            return false;
        }
        true
    }

    /// One of AWS's own words; another is said, and the default stands in.
    fn word<T: Copy + Default>(
        &mut self,
        fields: Fields<'_>,
        kind: ImportedKind,
        field: &'static str,
        words: &[(&str, T)],
    ) -> T {
        let Some(text) = fields.text(field) else {
            return T::default();
        };
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            self.notes
                .push(fields.mark, ImportNoteKind::Value { kind, field });
        }
        found.map(|it| it.1).unwrap_or_default()
    }

    fn status(&mut self, fields: Fields<'_>, kind: ImportedKind) -> Status {
        let words = Status::ALL.map(|it| (it.as_str(), it));
        self.word(fields, kind, "Status", &words)
    }

    fn regional(&mut self, fields: Fields<'_>, arn: &str) -> Option<AccountId> {
        let arn = fields.arn(arn)?;
        self.facts.note_arn(fields.mark, &arn);
        arn.account()
    }

    /// What there is to know of a thing besides what the world keeps of it.
    fn told_of(
        &mut self,
        fields: Fields<'_>,
        kind: ImportedKind,
        name: &str,
        status: Status,
        is_whole: bool,
    ) {
        let unkept = unkept(kind, fields).filter(|_| is_whole);
        // No walk asks for the state of a space.
        let is_waited_for = status != Status::InService && kind != ImportedKind::Space;
        let status = is_waited_for.then_some(About::Status(status.as_str()));
        for about in unkept.into_iter().chain(status) {
            let name = name.to_owned();
            let remark = Remark { kind, name, about };
            self.facts.remarks.push(at(fields, None, remark));
        }
    }

    fn domain(&mut self, fields: Fields<'_>, is_whole: bool) {
        let kind = ImportedKind::Domain;
        let account = self.regional(fields, "DomainArn");
        let Some(domain_id) = fields.string("DomainId") else {
            return self.unnamed(fields, kind, "DomainId");
        };
        let kms_key_id = fields
            .text("KmsKeyId")
            .or(fields.text("HomeEfsFileSystemKmsKeyId"));
        let domain = Domain {
            domain_name: fields.text("DomainName").unwrap_or(&domain_id).to_owned(),
            status: self.status(fields, kind),
            auth_mode: self.word(
                fields,
                kind,
                "AuthMode",
                &AuthMode::ALL.map(|it| (it.as_str(), it)),
            ),
            single_sign_on_assignments: Vec::new(),
            app_network_access_type: self.word(
                fields,
                kind,
                "AppNetworkAccessType",
                &AppNetworkAccessType::ALL.map(|it| (it.as_str(), it)),
            ),
            app_security_group_management: self.word(
                fields,
                kind,
                "AppSecurityGroupManagement",
                &[
                    ("Service", AppSecurityGroupManagement::Service),
                    ("Customer", AppSecurityGroupManagement::Customer),
                ],
            ),
            vpc_id: fields.string("VpcId").unwrap_or_default(),
            subnet_ids: fields.texts("SubnetIds"),
            home_efs_file_system_creation: match fields.text("HomeEfsFileSystemCreation") {
                Some("Disabled" | "DISABLED") => Switch::Disabled,
                _ => Switch::Enabled,
            },
            home_efs_file_system_id: fields.string("HomeEfsFileSystemId").unwrap_or_default(),
            kms_key_id: kms_key_id.map(|it| own_key(it, account.as_ref())),
            tag_propagation: self.word(fields, kind, "TagPropagation", &SWITCHES),
            domain_settings: self.domain_settings(fields),
            default_user_settings: self.user_settings(fields, "DefaultUserSettings", kind),
            default_space_settings: fields.object("DefaultSpaceSettings").map_or_else(
                DefaultSpaceSettings::default,
                |it| DefaultSpaceSettings {
                    execution_role: it.string("ExecutionRole"),
                    security_groups: it.texts("SecurityGroups"),
                },
            ),
            user_profiles: Vec::new(),
            spaces: Vec::new(),
            apps: Vec::new(),
            tags: Tags::new(),
            domain_id,
        };
        self.told_of(fields, kind, &domain.domain_name, domain.status, is_whole);
        let said = Said {
            thing: domain,
            is_whole,
        };
        self.facts.domains.push(at(fields, account, said));
    }

    fn domain_settings(&mut self, fields: Fields<'_>) -> DomainSettings {
        let kind = ImportedKind::Domain;
        let Some(fields) = fields.object("DomainSettings") else {
            return DomainSettings::default();
        };
        let r_studio = fields.object("RStudioServerProDomainSettings");
        let propagation = fields.object("TrustedIdentityPropagationSettings");
        DomainSettings {
            execution_role_identity_config: self.word(
                fields,
                kind,
                "ExecutionRoleIdentityConfig",
                &[
                    (
                        "USER_PROFILE_NAME",
                        ExecutionRoleIdentityConfig::UserProfileName,
                    ),
                    ("DISABLED", ExecutionRoleIdentityConfig::Disabled),
                ],
            ),
            security_group_ids: fields.texts("SecurityGroupIds"),
            r_studio_server_pro_domain_settings: RStudioServerProDomainSettings {
                domain_execution_role_arn: r_studio
                    .and_then(|it| it.string("DomainExecutionRoleArn")),
            },
            trusted_identity_propagation_settings: TrustedIdentityPropagationSettings {
                status: propagation
                    .map(|it| self.word(it, kind, "Status", &SWITCHES))
                    .unwrap_or_default(),
            },
        }
    }

    fn user_settings(
        &mut self,
        fields: Fields<'_>,
        field: &str,
        kind: ImportedKind,
    ) -> UserSettings {
        let Some(fields) = fields.object(field) else {
            return UserSettings::default();
        };
        let portal = fields.object("StudioWebPortalSettings");
        let mode = portal.filter(|it| it.has("ExecutionRoleSessionNameMode"));
        UserSettings {
            execution_role: fields.string("ExecutionRole"),
            security_groups: fields.texts("SecurityGroups"),
            studio_web_portal_settings: mode.map(|it| StudioWebPortalSettings {
                execution_role_session_name_mode: Some(self.word(
                    it,
                    kind,
                    "ExecutionRoleSessionNameMode",
                    &[
                        ("STATIC", ExecutionRoleSessionNameMode::Static),
                        ("USER_IDENTITY", ExecutionRoleSessionNameMode::UserIdentity),
                    ],
                )),
            }),
        }
    }

    fn profile(&mut self, fields: Fields<'_>, is_whole: bool) {
        let kind = ImportedKind::UserProfile;
        let account = self.regional(fields, "UserProfileArn");
        let Some(name) = fields.string("UserProfileName") else {
            return self.unnamed(fields, kind, "UserProfileName");
        };
        let Some(domain) = fields.string("DomainId") else {
            return self.unnamed(fields, kind, "DomainId");
        };
        let thing = UserProfile {
            user_profile_name: name,
            status: self.status(fields, kind),
            single_sign_on_user_identifier: fields.string("SingleSignOnUserIdentifier"),
            single_sign_on_user_value: fields.string("SingleSignOnUserValue"),
            home_efs_file_system_uid: fields.string("HomeEfsFileSystemUid").unwrap_or_default(),
            user_settings: self.user_settings(fields, "UserSettings", kind),
            tags: Tags::new(),
        };
        let (name, status) = (&thing.user_profile_name, thing.status);
        self.told_of(fields, kind, name, status, is_whole);
        let said = Said { thing, is_whole };
        self.facts
            .profiles
            .push(at(fields, account, (domain, said)));
    }

    fn space(&mut self, fields: Fields<'_>, is_whole: bool) {
        let kind = ImportedKind::Space;
        let account = self.regional(fields, "SpaceArn");
        let Some(space_name) = fields.string("SpaceName") else {
            return self.unnamed(fields, kind, "SpaceName");
        };
        let Some(domain) = fields.string("DomainId") else {
            return self.unnamed(fields, kind, "DomainId");
        };
        let part = |name: &str, summary: &str| fields.object(name).or(fields.object(summary));
        let settings = part("SpaceSettings", "SpaceSettingsSummary");
        let ownership = part("OwnershipSettings", "OwnershipSettingsSummary");
        let sharing = part("SpaceSharingSettings", "SpaceSharingSettingsSummary");
        let app_types = AppType::ALL.map(|it| (it.as_str(), it));
        let thing = Space {
            space_name,
            owner_user_profile_name: ownership
                .and_then(|it| it.string("OwnerUserProfileName"))
                .unwrap_or_default(),
            sharing_type: sharing.map_or(SharingType::Shared, |it| {
                // A space from before there were private ones says nothing: it is shared.
                let words = [SharingType::Private, SharingType::Shared].map(|it| (it.as_str(), it));
                self.word(it, kind, "SharingType", &words)
            }),
            app_type: settings
                .map(|it| self.word(it, kind, "AppType", &app_types))
                .unwrap_or_default(),
            status: self.status(fields, kind),
            home_efs_file_system_uid: fields.string("HomeEfsFileSystemUid").unwrap_or_default(),
        };
        let (name, status) = (&thing.space_name, thing.status);
        self.told_of(fields, kind, name, status, is_whole);
        let said = Said { thing, is_whole };
        self.facts.spaces.push(at(fields, account, (domain, said)));
    }

    fn app(&mut self, fields: Fields<'_>) {
        let kind = ImportedKind::App;
        // For a day the lists still have what was deleted.
        if fields.text("Status") == Some("Deleted") {
            return;
        }
        let account = self.regional(fields, "AppArn");
        let Some(app_name) = fields.string("AppName") else {
            return self.unnamed(fields, kind, "AppName");
        };
        let Some(domain) = fields.string("DomainId") else {
            return self.unnamed(fields, kind, "DomainId");
        };
        let app_types = AppType::ALL.map(|it| (it.as_str(), it));
        let app = App {
            app_name,
            app_type: self.word(fields, kind, "AppType", &app_types),
            user_profile_name: fields.string("UserProfileName"),
            space_name: fields.string("SpaceName"),
            status: self.status(fields, kind),
        };
        self.facts
            .apps
            .push(at(fields, account, (domain, whole(app))));
    }
}

/// A key of the same account goes by its id.
pub(super) fn own_key(key: &str, account: Option<&AccountId>) -> String {
    let arn = Arn::parse(key).filter(|it| it.account().as_ref() == account);
    let id = arn
        .as_ref()
        .and_then(|it| it.resource().strip_prefix("key/"));
    id.unwrap_or(key).to_owned()
}

impl Fact for Said<Domain> {
    type Thing = Domain;
    const KIND: ImportedKind = ImportedKind::Domain;

    fn key(thing: &Domain) -> String {
        thing.domain_id.clone()
    }

    fn said(&self) -> &Self {
        self
    }

    fn onto(&self, old: &Domain) -> Domain {
        if !self.is_whole {
            return Domain {
                status: self.thing.status,
                ..old.clone()
            };
        }
        Domain {
            single_sign_on_assignments: old.single_sign_on_assignments.clone(),
            user_profiles: old.user_profiles.clone(),
            spaces: old.spaces.clone(),
            apps: old.apps.clone(),
            tags: old.tags.clone(),
            ..self.thing.clone()
        }
    }
}

impl Fact for Said<UserProfile> {
    type Thing = UserProfile;
    const KIND: ImportedKind = ImportedKind::UserProfile;

    fn key(thing: &UserProfile) -> String {
        thing.user_profile_name.clone()
    }

    fn said(&self) -> &Self {
        self
    }

    fn onto(&self, old: &UserProfile) -> UserProfile {
        if self.is_whole {
            UserProfile {
                tags: old.tags.clone(),
                ..self.thing.clone()
            }
        } else {
            UserProfile {
                status: self.thing.status,
                ..old.clone()
            }
        }
    }
}

impl Fact for Said<Space> {
    type Thing = Space;
    const KIND: ImportedKind = ImportedKind::Space;

    fn key(thing: &Space) -> String {
        thing.space_name.clone()
    }

    fn said(&self) -> &Self {
        self
    }

    fn onto(&self, old: &Space) -> Space {
        let uid = if self.is_whole {
            &self.thing.home_efs_file_system_uid
        } else {
            &old.home_efs_file_system_uid
        };
        Space {
            home_efs_file_system_uid: uid.clone(),
            ..self.thing.clone()
        }
    }
}

impl Fact for Said<App> {
    type Thing = App;
    const KIND: ImportedKind = ImportedKind::App;

    fn key(thing: &App) -> String {
        let owner = thing
            .space_name
            .as_ref()
            .or(thing.user_profile_name.as_ref());
        let owner = owner.map_or("", String::as_str);
        format!("{}/{owner}/{}", thing.app_type.as_str(), thing.app_name)
    }

    fn said(&self) -> &Self {
        self
    }

    fn onto(&self, _: &App) -> App {
        self.thing.clone()
    }
}
