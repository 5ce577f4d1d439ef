//! The settings of a user profile, and what it really gets.

use leptos::prelude::*;
use rolewalk_core::world::{
    AppType, AuthMode, Domain, EntityId, Form as NameForm, Limited, SharingType, Thing,
    UserProfile, World, WorldFindingKind,
};

use crate::{
    components::{
        editor::forms::{
            Form,
            field::{ListField, SelectField, TextField},
            role_field::RoleField,
            tags::TagFields,
        },
        live,
        words::words,
    },
    state::{
        edit::Field,
        signal::Signal,
        things::{domain, profile_mut},
    },
    view::options,
};

fn place<'a>(world: &'a World, entity: &EntityId) -> Option<(&'a Domain, &'a UserProfile)> {
    let Thing::UserProfile { name, .. } = &entity.thing else {
        return None;
    };
    let domain = domain(world, entity)?;
    Some((domain, domain.user_profile(name)?))
}

fn profile<'a>(world: &'a World, entity: &EntityId) -> Option<&'a UserProfile> {
    place(world, entity).map(|it| it.1)
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
    view! {
        <TextField
            label="Identity Center user"
            id="profile-sso"
            help="The profile opens for this user of IAM Identity Center alone."
            value=form.read(|world, it| profile(world, it)?.single_sign_on_user_value.clone())
            on_text=Callback::new(move |value: String| {
                form.edit(Field::SsoUser, move |it, entity| {
                    if let Some(profile) = profile_mut(&mut it.world, entity) {
                        let user = Some(value).filter(|it| !it.is_empty());
                        profile.single_sign_on_user_identifier =
                            user.as_ref().map(|_| "UserName".to_owned());
                        profile.single_sign_on_user_value = user;
                    }
                });
            })
        />
    }
    .into_any()
}

/// The form.
#[component]
pub(crate) fn ProfileForm(form: Form) -> impl IntoView {
    let role = form.read(effective_role);
    let groups = form.read(effective_groups);
    let is_sso = form.read(|world, it| Some(place(world, it)?.0.auth_mode == AuthMode::Sso));
    view! {
        <form class="form" on:submit=|event| event.prevent_default()>
            <p class="form-note">
                "A user profile is not an IAM user: it is one person’s place in the domain, and maps to an execution role."
            </p>
            <fieldset class="group">
                <legend>"Profile"</legend>
                <SelectField
                    label="Status"
                    id="profile-status"
                    help="Studio opens only while it is `InService`."
                    options=Signal::stored(options::statuses())
                    value=form.read(|world, it| Some(profile(world, it)?.status.as_str().to_owned()))
                    on_choose=Callback::new(move |value: String| {
                        let Some(status) = options::status(&value) else {
                            return;
                        };
                        form.edit(Field::Status, move |it, entity| {
                            if let Some(profile) = profile_mut(&mut it.world, entity) {
                                profile.status = status;
                            }
                        });
                    })
                />
                <RoleField
                    label="Execution role"
                    id="profile-role"
                    none="the domain’s default"
                    form
                    value=form.read(|world, it| Some(profile(world, it)?.user_settings.execution_role.clone()))
                    on_role=Callback::new(move |role: Option<String>| {
                        form.edit(Field::ExecutionRole, move |it, entity| {
                            if let Some(profile) = profile_mut(&mut it.world, entity) {
                                profile.user_settings.execution_role = role;
                            }
                        });
                    })
                />
                <p class="effective">{live::part(move || words(&role.get()))}</p>
                <ListField
                    label="Own security groups"
                    id="profile-groups"
                    help="Ids between commas; they are added to the domain’s."
                    message=form.message(|it| matches!(it, WorldFindingKind::TooMany { what: Limited::SecurityGroups, .. }))
                    value=form.read(|world, it| Some(profile(world, it)?.user_settings.security_groups.clone()))
                    on_list=Callback::new(move |value: Vec<String>| {
                        form.edit(Field::SecurityGroups, move |it, entity| {
                            if let Some(profile) = profile_mut(&mut it.world, entity) {
                                profile.user_settings.security_groups = value;
                            }
                        });
                    })
                />
                <p class="effective">{live::part(move || words(&groups.get()))}</p>
                {live::maybe(move || is_sso.get().then(|| sso_user(form)))}
                <TextField
                    label="EFS user id"
                    id="profile-uid"
                    help="Given by SageMaker; other profiles cannot read this one’s home directory."
                    message=form.message(|it| matches!(it, WorldFindingKind::Form { form: NameForm::PosixUid, .. }))
                    on_text=Callback::new(move |value: String| {
                        form.edit(Field::Uid, move |it, entity| {
                            if let Some(profile) = profile_mut(&mut it.world, entity) {
                                profile.home_efs_file_system_uid = value;
                            }
                        });
                    })
                    value=form.read(|world, it| Some(profile(world, it)?.home_efs_file_system_uid.clone()))
                />
            </fieldset>
            <TagFields form help="Where the domain propagates tags, these go to what is made in Studio, too." />
        </form>
    }
}
