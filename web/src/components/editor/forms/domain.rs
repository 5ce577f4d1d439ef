//! The settings of a SageMaker domain.

use leptos::prelude::*;
use rolewalk_core::world::{Domain, Limited, Reference, Switch, WorldFindingKind};

use crate::{
    components::editor::forms::{
        Form,
        domain_settings::DomainSettingsFields,
        field::{ListField, SelectField, TextField},
        role_field::RoleField,
        tags::TagFields,
        vpc::VpcFields,
    },
    state::{
        edit::Field,
        signal::{Signal, memo},
        things::{domain, domain_mut},
    },
    view::options,
};

/// The form.
#[component]
pub(crate) fn DomainForm(form: Form) -> impl IntoView {
    view! {
        <form class="form" on:submit=|event| event.prevent_default()>
            <Basics form />
            <Authentication form />
            <DomainSettingsFields form />
            <Network form />
            <VpcFields form />
            <Storage form />
            <TagFields form help="The domain’s own; whether they go on to what is made in Studio is set above." />
        </form>
    }
}

fn text(form: Form, field: Field, set: fn(&mut Domain) -> &mut String) -> Callback<String> {
    change(form, field, move |domain, value| *set(domain) = value)
}

pub(crate) fn list(
    form: Form,
    field: Field,
    set: fn(&mut Domain) -> &mut Vec<String>,
) -> Callback<Vec<String>> {
    change(form, field, move |domain, value| *set(domain) = value)
}

/// A choice; a value that `read` does not know changes nothing.
pub(crate) fn choose<T: 'static>(
    form: Form,
    field: Field,
    read: fn(&str) -> Option<T>,
    set: fn(&mut Domain, T),
) -> Callback<String> {
    let change = change(form, field, set);
    Callback::new(move |value: String| {
        if let Some(value) = read(&value) {
            change.run(value);
        }
    })
}

pub(crate) fn change<T: 'static>(
    form: Form,
    field: Field,
    set: impl Fn(&mut Domain, T) + Copy + Send + Sync + 'static,
) -> Callback<T> {
    Callback::new(move |value: T| {
        form.edit(field, move |it, entity| {
            if let Some(domain) = domain_mut(&mut it.world, entity) {
                set(domain, value);
            }
        });
    })
}

#[component]
fn Basics(form: Form) -> impl IntoView {
    view! {
        <fieldset class="group">
            <legend>"Domain"</legend>
            <TextField
                label="Id"
                id="domain-id"
                read_only=true
                value=form.read(|world, it| Some(domain(world, it)?.domain_id.clone()))
            />
            <SelectField
                label="Status"
                id="domain-status"
                help="Studio opens only while it is `InService`."
                options=Signal::stored(options::statuses())
                value=form.read(|world, it| Some(domain(world, it)?.status.as_str().to_owned()))
                on_choose=choose(form, Field::Status, options::status, |it, value| it.status = value)
            />
        </fieldset>
    }
}

#[component]
fn Authentication(form: Form) -> impl IntoView {
    view! {
        <fieldset class="group">
            <legend>"Authentication"</legend>
            <SelectField
                label="Authentication mode"
                id="domain-auth"
                help="Presigned URLs open Studio only in mode `IAM`. A real domain cannot change its mode."
                options=Signal::stored(options::auth_modes())
                value=form.read(|world, it| Some(options::auth_mode_value(domain(world, it)?.auth_mode).to_owned()))
                on_choose=choose(form, Field::AuthMode, options::auth_mode, |it, value| it.auth_mode = value)
            />
            <RoleField
                label="Default execution role"
                id="domain-role"
                none="none"
                help="What a profile’s apps run as where the profile names no role of its own."
                form
                value=form.read(|world, it| Some(domain(world, it)?.default_user_settings.execution_role.clone()))
                on_role=Callback::new(move |role: Option<String>| {
                    form.edit(Field::ExecutionRole, move |it, entity| {
                        if let Some(domain) = domain_mut(&mut it.world, entity) {
                            domain.default_user_settings.execution_role = role;
                        }
                    });
                })
            />
            <RoleField
                label="Role of shared spaces"
                id="domain-space-role"
                none="none: there are no shared spaces"
                help="What apps in every shared space run as. The profile’s own role never counts there."
                form
                value=form.read(|world, it| Some(domain(world, it)?.default_space_settings.execution_role.clone()))
                on_role=Callback::new(move |role: Option<String>| {
                    form.edit(Field::SpaceRole, move |it, entity| {
                        if let Some(domain) = domain_mut(&mut it.world, entity) {
                            domain.default_space_settings.execution_role = role;
                        }
                    });
                })
            />
            <RoleField
                label="Role of the RStudio server"
                id="domain-rstudio-role"
                none="none: the domain has no RStudio"
                help="What the app of type `RStudioServerPro` runs as."
                form
                value=form.read(|world, it| {
                    let settings = &domain(world, it)?.domain_settings.r_studio_server_pro_domain_settings;
                    Some(settings.domain_execution_role_arn.clone())
                })
                on_role=Callback::new(move |role: Option<String>| {
                    form.edit(Field::RStudioRole, move |it, entity| {
                        if let Some(domain) = domain_mut(&mut it.world, entity) {
                            domain.domain_settings.r_studio_server_pro_domain_settings.domain_execution_role_arn = role;
                        }
                    });
                })
            />
        </fieldset>
    }
}

#[component]
fn Network(form: Form) -> impl IntoView {
    view! {
        <fieldset class="group">
            <legend>"Network"</legend>
            <SelectField
                label="Network access"
                id="domain-network"
                help="`VpcOnly`: all traffic goes through your VPC, which needs subnets and security groups."
                options=Signal::stored(options::network_accesses())
                value=form.read(|world, it| {
                    Some(options::network_access_value(domain(world, it)?.app_network_access_type).to_owned())
                })
                on_choose=choose(form, Field::NetworkAccess, options::network_access, |it, value| {
                    it.app_network_access_type = value;
                })
            />
            <TextField
                label="VPC"
                id="domain-vpc"
                value=form.read(|world, it| Some(domain(world, it)?.vpc_id.clone()))
                on_text=text(form, Field::Vpc, |it| &mut it.vpc_id)
            />
            <ListField
                label="Subnets"
                id="domain-subnets"
                help="Ids between commas, 1 to 16."
                message=form.message(|it| matches!(it, WorldFindingKind::TooMany { what: Limited::Subnets, .. }))
                value=form.read(|world, it| Some(domain(world, it)?.subnet_ids.clone()))
                on_list=list(form, Field::Subnets, |it| &mut it.subnet_ids)
            />
            <ListField
                label="Default security groups"
                id="domain-groups"
                help="Ids between commas, at most 5. The profile’s own are added to these."
                message=form.message(|it| matches!(it, WorldFindingKind::TooMany { what: Limited::SecurityGroups, .. }))
                value=form.read(|world, it| Some(domain(world, it)?.default_user_settings.security_groups.clone()))
                on_list=list(form, Field::SecurityGroups, |it| &mut it.default_user_settings.security_groups)
            />
            <ListField
                label="Security groups of shared spaces"
                id="domain-space-groups"
                help="Ids between commas, at most 5."
                value=form.read(|world, it| Some(domain(world, it)?.default_space_settings.security_groups.clone()))
                on_list=list(form, Field::SecurityGroups, |it| &mut it.default_space_settings.security_groups)
            />
            <ListField
                label="Security groups of the domain"
                id="domain-own-groups"
                help="`SecurityGroupIds` of the domain settings: ids between commas, at most 3. They let the domain’s RStudio and its apps reach each other."
                value=form.read(|world, it| Some(domain(world, it)?.domain_settings.security_group_ids.clone()))
                on_list=list(form, Field::SecurityGroups, |it| &mut it.domain_settings.security_group_ids)
            />
        </fieldset>
    }
}

#[component]
fn Storage(form: Form) -> impl IntoView {
    let key =
        form.read(|world, it| Some(domain(world, it)?.kms_key_id.clone().unwrap_or_default()));
    let keys = memo(move || {
        let key = key.get();
        form.offered(|_, it| options::keys(it, Some(&key), "AWS’s own key"))
    });
    view! {
        <fieldset class="group">
            <legend>"Storage"</legend>
            <SelectField
                label="Home file system"
                id="domain-efs-creation"
                help="`HomeEfsFileSystemCreation`: whether SageMaker makes one for home directories."
                options=Signal::stored(options::switches())
                value=form.read(|world, it| {
                    Some(options::switch_value(domain(world, it)?.home_efs_file_system_creation.is_enabled()))
                })
                on_choose=choose(form, Field::FileSystem, options::switch, |it, is_on| {
                    it.home_efs_file_system_creation = Switch::of(is_on);
                })
            />
            <TextField
                label="EFS file system"
                id="domain-efs"
                help="Holds the profiles’ home directories."
                value=form.read(|world, it| Some(domain(world, it)?.home_efs_file_system_id.clone()))
                on_text=text(form, Field::FileSystem, |it| &mut it.home_efs_file_system_id)
            />
            <SelectField
                label="KMS key"
                id="domain-key"
                help="With a key of your own the execution role needs `kms:CreateGrant` to start apps."
                options=keys
                value=key
                message=form.message(|it| matches!(it, WorldFindingKind::Missing { what: Reference::Key, .. }))
                on_choose=change(form, Field::Key, |it, value: String| it.kms_key_id = Some(value).filter(|it| !it.is_empty()))
            />
        </fieldset>
    }
}
