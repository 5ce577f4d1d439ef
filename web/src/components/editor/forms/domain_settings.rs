//! What holds for a domain's sessions and for what is made in it.

use leptos::prelude::*;
use rolewalk_core::world::{
    AuthMode, Domain, ExecutionRoleIdentityConfig, ExecutionRoleSessionNameMode,
    StudioWebPortalSettings, Switch,
};

use crate::{
    components::{
        editor::forms::{
            Form,
            domain::{choose, list},
            field::{ListField, SelectField},
        },
        live,
    },
    state::{edit::Field, signal::Signal, things::domain},
    view::options,
};

/// The fields.
#[component]
pub(crate) fn DomainSettingsFields(form: Form) -> impl IntoView {
    let is_sso = form.read(|world, it| Some(domain(world, it)?.auth_mode == AuthMode::Sso));
    view! {
        <fieldset class="group">
            <legend>"Sessions and tags"</legend>
            <SelectField
                label="Source identity"
                id="domain-source-identity"
                help="With the profile’s name, each execution role’s trust policy must allow `sts:SetSourceIdentity` as well."
                options=Signal::stored(options::source_identities())
                value=form.read(|world, it| {
                    let config = domain(world, it)?.domain_settings.execution_role_identity_config;
                    Some(options::switch_value(config == ExecutionRoleIdentityConfig::UserProfileName))
                })
                on_choose=choose(form, Field::SourceIdentity, options::switch, set_source_identity)
            />
            <SelectField
                label="Session name"
                id="domain-session-name"
                help="What sessions of execution roles are called in ARNs and logs."
                options=Signal::stored(options::session_names())
                value=form.read(|world, it| {
                    let settings = &domain(world, it)?.default_user_settings.studio_web_portal_settings;
                    let mode = settings.as_ref().and_then(|it| it.execution_role_session_name_mode);
                    Some(options::switch_value(mode == Some(ExecutionRoleSessionNameMode::UserIdentity)))
                })
                on_choose=choose(form, Field::SessionName, options::switch, set_session_name)
            />
            <SelectField
                label="Tags of domain and profile"
                id="domain-tags"
                help="Whether they go to what is made in Studio, besides the tags that Studio always sends."
                options=Signal::stored(options::tag_propagations())
                value=form.read(|world, it| {
                    Some(options::switch_value(domain(world, it)?.tag_propagation.is_enabled()))
                })
                on_choose=choose(form, Field::TagPropagation, options::switch, |it, is_on| {
                    it.tag_propagation = Switch::of(is_on);
                })
            />
            {live::maybe(move || is_sso.get().then(|| identity_center(form)))}
        </fieldset>
    }
}

fn identity_center(form: Form) -> AnyView {
    view! {
        <ListField
            label="Assigned users"
            id="domain-assignments"
            help="Names of IAM Identity Center users, between commas. Who is not assigned does not get in."
            value=form.read(|world, it| Some(domain(world, it)?.single_sign_on_assignments.clone()))
            on_list=list(form, Field::Assignments, |it| &mut it.single_sign_on_assignments)
        />
        <SelectField
            label="Trusted identity propagation"
            id="domain-propagation"
            help="With it, each execution role’s trust policy must allow `sts:SetContext` as well."
            options=Signal::stored(options::switches())
            value=form.read(|world, it| {
                let settings = &domain(world, it)?.domain_settings.trusted_identity_propagation_settings;
                Some(options::switch_value(settings.status.is_enabled()))
            })
            on_choose=choose(form, Field::IdentityPropagation, options::switch, |it, is_on| {
                it.domain_settings.trusted_identity_propagation_settings.status = Switch::of(is_on);
            })
        />
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

fn set_session_name(domain: &mut Domain, is_on: bool) {
    let mode = is_on.then_some(ExecutionRoleSessionNameMode::UserIdentity);
    domain.default_user_settings.studio_web_portal_settings =
        mode.map(|mode| StudioWebPortalSettings {
            execution_role_session_name_mode: Some(mode),
        });
}
