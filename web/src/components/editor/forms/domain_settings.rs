//! What holds for a domain's sessions and for what is made in it.

use leptos::prelude::*;
use rolewalk_core::world::{
    AuthMode, Domain, ExecutionRoleIdentityConfig, ExecutionRoleSessionNameMode,
    StudioWebPortalSettings, Switch,
};

use crate::{
    components::{
        editor::forms::{Form, setting::Setting},
        live,
    },
    state::{edit::Field, signal::Signal, things::domain},
    view::settings,
};

/// The fields.
#[component]
pub(crate) fn DomainSettingsFields(form: Form) -> impl IntoView {
    let is_sso = form.read(|world, it| Some(domain(world, it)?.auth_mode == AuthMode::Sso));
    let source_identity = Setting::new(
        Field::SourceIdentity,
        ("Source identity", "domain-source-identity"),
        |it: &Domain| {
            let config = it.domain_settings.execution_role_identity_config;
            config == ExecutionRoleIdentityConfig::UserProfileName
        },
        set_source_identity,
    );
    let session_name = Setting::new(
        Field::SessionName,
        ("Session name", "domain-session-name"),
        is_session_named_after_person,
        set_session_name,
    );
    let tags = Setting::new(
        Field::TagPropagation,
        ("Tags of domain and profile", "domain-tags"),
        |it: &Domain| it.tag_propagation.is_enabled(),
        |it, is_on| it.tag_propagation = Switch::of(is_on),
    );
    view! {
        <fieldset class="group">
            <legend>"Sessions and tags"</legend>
            {source_identity
                .help("With the profile’s name, each execution role’s trust policy must allow `sts:SetSourceIdentity` as well.")
                .choice(form, Signal::stored(settings::source_identities()), settings::SWITCH)}
            {session_name
                .help("What sessions of execution roles are called in ARNs and logs.")
                .choice(form, Signal::stored(settings::session_names()), settings::SWITCH)}
            {tags
                .help("Whether they go to what is made in Studio, besides the tags that Studio always sends.")
                .choice(form, Signal::stored(settings::tag_propagations()), settings::SWITCH)}
            {live::maybe(move || is_sso.get().then(|| identity_center(form)))}
        </fieldset>
    }
}

fn identity_center(form: Form) -> AnyView {
    let users = Setting::new(
        Field::Assignments,
        ("Assigned users", "domain-assignments"),
        |it: &Domain| it.single_sign_on_assignments.clone(),
        |it, value| it.single_sign_on_assignments = value,
    );
    let propagation = Setting::new(
        Field::IdentityPropagation,
        ("Trusted identity propagation", "domain-propagation"),
        |it: &Domain| {
            let settings = &it.domain_settings.trusted_identity_propagation_settings;
            settings.status.is_enabled()
        },
        |it, is_on| {
            it.domain_settings
                .trusted_identity_propagation_settings
                .status = Switch::of(is_on);
        },
    );
    view! {
        {users
            .help("Names of IAM Identity Center users, between commas. Who is not assigned does not get in.")
            .list(form)}
        {propagation
            .help("With it, each execution role’s trust policy must allow `sts:SetContext` as well.")
            .choice(form, Signal::stored(settings::switches()), settings::SWITCH)}
    }
    .into_any()
}

fn set_source_identity(domain: &mut Domain, is_on: bool) {
    domain.domain_settings.execution_role_identity_config = if is_on {
        ExecutionRoleIdentityConfig::UserProfileName
    } else {
        ExecutionRoleIdentityConfig::Disabled
    };
}

fn is_session_named_after_person(domain: &Domain) -> bool {
    let settings = &domain.default_user_settings.studio_web_portal_settings;
    let mode = settings
        .as_ref()
        .and_then(|it| it.execution_role_session_name_mode);
    mode == Some(ExecutionRoleSessionNameMode::UserIdentity)
}

fn set_session_name(domain: &mut Domain, is_on: bool) {
    let mode = is_on.then_some(ExecutionRoleSessionNameMode::UserIdentity);
    domain.default_user_settings.studio_web_portal_settings =
        mode.map(|mode| StudioWebPortalSettings {
            execution_role_session_name_mode: Some(mode),
        });
}
