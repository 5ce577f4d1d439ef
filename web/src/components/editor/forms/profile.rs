//! The settings of a user profile, and what it really gets.

use leptos::prelude::*;
use rolewalk_core::world::{
    AppType, AuthMode, Domain, EntityId, Form as NameForm, SharingType, Thing, UserProfile, World,
    WorldFindingKind,
};

use crate::{
    components::{
        editor::forms::{
            Form,
            setting::{Setting, are_groups},
            tags::TagFields,
        },
        live,
        words::words,
    },
    state::{edit::Field, signal::Signal, things::domain},
    view::settings,
};

fn place<'a>(world: &'a World, entity: &EntityId) -> Option<(&'a Domain, &'a UserProfile)> {
    let Thing::UserProfile { name, .. } = &entity.thing else {
        return None;
    };
    let domain = domain(world, entity)?;
    Some((domain, domain.user_profile(name)?))
}

/// The role its apps run as, and where that is said.
fn effective_role(world: &World, entity: &EntityId) -> Option<String> {
    let (domain, profile) = place(world, entity)?;
    let from = if profile.user_settings.execution_role.is_some() {
        "from the profile"
    } else {
        "the domain’s default"
    };
    let role = domain.role_of_app(profile, AppType::JupyterLab, SharingType::Private);
    Some(role.map_or_else(
        || "Apps run as nobody: neither the profile nor the domain names a role.".to_owned(),
        |arn| format!("Apps run as `{arn}` ({from})."),
    ))
}

/// The security groups it gets, and where they are said.
fn effective_groups(world: &World, entity: &EntityId) -> Option<String> {
    let (domain, profile) = place(world, entity)?;
    let own = profile
        .user_settings
        .security_groups
        .iter()
        .map(|it| format!("`{it}` (profile)"));
    let default = domain
        .default_user_settings
        .security_groups
        .iter()
        .map(|it| format!("`{it}` (domain)"));
    let all: Vec<String> = default.chain(own).collect();
    Some(if all.is_empty() {
        "No security groups.".to_owned()
    } else {
        format!("In effect: {}.", all.join(", "))
    })
}

/// Whose it is, in a domain with IAM Identity Center.
fn sso_user(form: Form) -> AnyView {
    let user = Setting::new(
        Field::SsoUser,
        ("Identity Center user", "profile-sso"),
        |it: &UserProfile| it.single_sign_on_user_value.clone().unwrap_or_default(),
        |it, value| {
            let user = Some(value).filter(|it| !it.is_empty());
            it.single_sign_on_user_identifier = user.as_ref().map(|_| "UserName".to_owned());
            it.single_sign_on_user_value = user;
        },
    );
    user.help("The profile opens for this user of IAM Identity Center alone.")
        .line(form)
}

/// The form.
#[component]
pub(crate) fn ProfileForm(form: Form) -> impl IntoView {
    let role = form.read(effective_role);
    let groups = form.read(effective_groups);
    let is_sso = form.read(|world, it| Some(place(world, it)?.0.auth_mode == AuthMode::Sso));
    let status = Setting::new(
        Field::Status,
        ("Status", "profile-status"),
        |it: &UserProfile| it.status,
        |it, value| it.status = value,
    );
    let own_role = Setting::new(
        Field::ExecutionRole,
        ("Execution role", "profile-role"),
        |it: &UserProfile| it.user_settings.execution_role.clone(),
        |it, role| it.user_settings.execution_role = role,
    );
    let own_groups = Setting::new(
        Field::SecurityGroups,
        ("Own security groups", "profile-groups"),
        |it: &UserProfile| it.user_settings.security_groups.clone(),
        |it, value| it.user_settings.security_groups = value,
    );
    let uid = Setting::new(
        Field::Uid,
        ("EFS user id", "profile-uid"),
        |it: &UserProfile| it.home_efs_file_system_uid.clone(),
        |it, value| it.home_efs_file_system_uid = value,
    );
    view! {
        <form class="form" on:submit=|event| event.prevent_default()>
            <p class="form-note">
                "A user profile is not an IAM user: it is one person’s place in the domain, and maps to an execution role."
            </p>
            <fieldset class="group">
                <legend>"Profile"</legend>
                {status
                    .help("Studio opens only while it is `InService`.")
                    .choice(form, Signal::stored(settings::statuses()), settings::STATUS)}
                {own_role.role(form, "the domain’s default")}
                <p class="effective">{live::part(move || words(&role.get()))}</p>
                {own_groups
                    .help("Ids between commas; they are added to the domain’s.")
                    .refused(are_groups)
                    .list(form)}
                <p class="effective">{live::part(move || words(&groups.get()))}</p>
                {live::maybe(move || is_sso.get().then(|| sso_user(form)))}
                {uid
                    .help("Given by SageMaker; other profiles cannot read this one’s home directory.")
                    .refused(|it| matches!(it, WorldFindingKind::Form { form: NameForm::PosixUid, .. }))
                    .line(form)}
            </fieldset>
            <TagFields form help="Where the domain propagates tags, these go to what is made in Studio, too." />
        </form>
    }
}
