//! What forms that build a domain share: what they cannot carry, and which role a profile gets where
//! they want one.

use crate::world::{App, Domain, UserProfile};

/// Whether `CloudFormation` and Terraform take the domain: both want a role for its users.
pub(super) fn can_be_built(domain: &Domain, left_out: &mut Vec<String>) -> bool {
    let role = domain.default_user_settings.execution_role.as_ref();
    let has_role = role.is_some_and(|it| !it.is_empty());
    if !has_role {
        left_out.push(format!(
            "domain `{}` with all that is in it: it names no execution role for its users, and this form wants one; give it one",
            domain.domain_name
        ));
    }
    has_role
}

/// The role to write at a profile that has settings of its own; nothing where it has none. With
/// security groups and no role of its own, it is the domain's, which it would work with anyway.
pub(super) fn role_of_profile<'a>(domain: &'a Domain, profile: &'a UserProfile) -> Option<&'a str> {
    let settings = &profile.user_settings;
    let own = settings.execution_role.as_deref();
    let own = own.filter(|it| !it.is_empty());
    if own.is_none() && settings.security_groups.is_empty() {
        return None;
    }
    own.or(domain.default_user_settings.execution_role.as_deref())
}

/// Settings that neither `CloudFormation` nor the provider of Terraform has.
pub(super) fn not_carried(domain: &Domain, left_out: &mut Vec<String>) {
    let name = &domain.domain_name;
    let mode = |it: &crate::world::UserSettings| {
        let portal = it.studio_web_portal_settings.as_ref();
        portal.is_some_and(|it| it.execution_role_session_name_mode.is_some())
    };
    if mode(&domain.default_user_settings)
        || domain
            .user_profiles
            .iter()
            .any(|it| mode(&it.user_settings))
    {
        left_out.push(format!(
            "`ExecutionRoleSessionNameMode` of domain `{name}` and its profiles: set it by `aws sagemaker update-domain` and `update-user-profile`"
        ));
    }
    let settings = &domain.domain_settings;
    if settings
        .trusted_identity_propagation_settings
        .status
        .is_enabled()
    {
        left_out.push(format!(
            "trusted identity propagation of domain `{name}`: switch it on by `aws sagemaker update-domain`"
        ));
    }
    let spaces = &domain.default_space_settings;
    if spaces.execution_role.is_none() && !spaces.security_groups.is_empty() {
        left_out.push(format!(
            "the security groups of shared spaces of domain `{name}`: this form wants a role beside them"
        ));
    }
    by_hand(domain, left_out);
}

/// What no call makes.
pub(super) fn by_hand(domain: &Domain, left_out: &mut Vec<String>) {
    let name = &domain.domain_name;
    if domain.home_efs_file_system_creation.is_disabled() {
        left_out.push(format!(
            "that domain `{name}` has no file system for home directories: it will have one"
        ));
    }
    if !domain.single_sign_on_assignments.is_empty() {
        left_out.push(format!(
            "who is assigned to domain `{name}`: assign {} in IAM Identity Center",
            crate::export::some(&domain.single_sign_on_assignments)
        ));
    }
}

/// An app without an owner.
pub(super) fn app_of_nobody(app: &App) -> String {
    format!(
        "app `{}`: it belongs neither to a profile nor to a space, and only SageMaker starts such",
        app.app_name
    )
}
