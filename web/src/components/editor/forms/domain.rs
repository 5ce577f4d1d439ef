//! The settings of a SageMaker domain.

use leptos::prelude::*;
use rolewalk_core::world::{Domain, Form as IdForm, Limited, Reference, Switch, WorldFindingKind};

use crate::{
    components::editor::forms::{
        Form,
        domain_settings::DomainSettingsFields,
        field::TextField,
        setting::{Setting, are_groups, is_group},
        tags::TagFields,
        vpc::VpcFields,
    },
    state::{
        edit::Field,
        signal::{Signal, memo},
        things::domain,
    },
    view::{options, settings},
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

#[component]
fn Basics(form: Form) -> impl IntoView {
    let status = Setting::new(
        Field::Status,
        ("Status", "domain-status"),
        |it: &Domain| it.status,
        |it, value| it.status = value,
    );
    view! {
        <fieldset class="group">
            <legend>"Domain"</legend>
            <TextField
                label="Id"
                id="domain-id"
                read_only=true
                value=form.read(|world, it| Some(domain(world, it)?.domain_id.clone()))
            />
            {status
                .help("Studio opens only while it is `InService`.")
                .choice(form, Signal::stored(settings::statuses()), settings::STATUS)}
        </fieldset>
    }
}

#[component]
fn Authentication(form: Form) -> impl IntoView {
    let mode = Setting::new(
        Field::AuthMode,
        ("Authentication mode", "domain-auth"),
        |it: &Domain| it.auth_mode,
        |it, value| it.auth_mode = value,
    );
    let role = Setting::new(
        Field::ExecutionRole,
        ("Default execution role", "domain-role"),
        |it: &Domain| it.default_user_settings.execution_role.clone(),
        |it, role| it.default_user_settings.execution_role = role,
    );
    let space_role = Setting::new(
        Field::SpaceRole,
        ("Role of shared spaces", "domain-space-role"),
        |it: &Domain| it.default_space_settings.execution_role.clone(),
        |it, role| it.default_space_settings.execution_role = role,
    );
    let server_role = Setting::new(
        Field::RStudioRole,
        ("Role of the RStudio server", "domain-rstudio-role"),
        |it: &Domain| {
            let settings = &it.domain_settings.r_studio_server_pro_domain_settings;
            settings.domain_execution_role_arn.clone()
        },
        |it, role| {
            let settings = &mut it.domain_settings.r_studio_server_pro_domain_settings;
            settings.domain_execution_role_arn = role;
        },
    );
    view! {
        <fieldset class="group">
            <legend>"Authentication"</legend>
            {mode
                .help("Presigned URLs open Studio only in mode `IAM`. A real domain cannot change its mode.")
                .choice(
                    form,
                    Signal::stored(settings::auth_modes()),
                    (|it| it.as_str().to_owned(), settings::auth_mode),
                )}
            {role
                .help("What a profile’s apps run as where the profile names no role of its own.")
                .role(form, "none")}
            {space_role
                .help("What apps in every shared space run as. The profile’s own role never counts there.")
                .role(form, "none: there are no shared spaces")}
            {server_role
                .help("What the app of type `RStudioServerPro` runs as.")
                .role(form, "none: the domain has no RStudio")}
        </fieldset>
    }
}

#[component]
fn Network(form: Form) -> impl IntoView {
    let access = Setting::new(
        Field::NetworkAccess,
        ("Network access", "domain-network"),
        |it: &Domain| it.app_network_access_type,
        |it, value| it.app_network_access_type = value,
    );
    let vpc = Setting::new(
        Field::Vpc,
        ("VPC", "domain-vpc"),
        |it: &Domain| it.vpc_id.clone(),
        |it, value| it.vpc_id = value,
    );
    let subnets = Setting::new(
        Field::Subnets,
        ("Subnets", "domain-subnets"),
        |it: &Domain| it.subnet_ids.clone(),
        |it, value| it.subnet_ids = value,
    );
    let groups = Setting::new(
        Field::SecurityGroups,
        ("Default security groups", "domain-groups"),
        |it: &Domain| it.default_user_settings.security_groups.clone(),
        |it, value| it.default_user_settings.security_groups = value,
    );
    let space_groups = Setting::new(
        Field::SecurityGroups,
        ("Security groups of shared spaces", "domain-space-groups"),
        |it: &Domain| it.default_space_settings.security_groups.clone(),
        |it, value| it.default_space_settings.security_groups = value,
    );
    let own_groups = Setting::new(
        Field::SecurityGroups,
        ("Security groups of the domain", "domain-own-groups"),
        |it: &Domain| it.domain_settings.security_group_ids.clone(),
        |it, value| it.domain_settings.security_group_ids = value,
    );
    view! {
        <fieldset class="group">
            <legend>"Network"</legend>
            {access
                .help("`VpcOnly`: all traffic goes through your VPC, which needs subnets and security groups.")
                .choice(
                    form,
                    Signal::stored(settings::network_accesses()),
                    (|it| it.as_str().to_owned(), settings::network_access),
                )}
            {vpc.refused(|it| matches!(it, WorldFindingKind::Form { form: IdForm::VpcId, .. })).line(form)}
            {subnets
                .help("Ids between commas, 1 to 16.")
                .refused(|it| {
                    matches!(
                        it,
                        WorldFindingKind::Form { form: IdForm::SubnetId, .. }
                            | WorldFindingKind::TooMany { what: Limited::Subnets, .. }
                    )
                })
                .list(form)}
            {groups
                .help("Ids between commas, at most 5. The profile’s own are added to these.")
                .refused(are_groups)
                .list(form)}
            {space_groups
                .help("Ids between commas, at most 5.")
                .refused(is_group)
                .list(form)}
            {own_groups
                .help("`SecurityGroupIds` of the domain settings: ids between commas, at most 3. They let the domain’s RStudio and its apps reach each other.")
                .refused(is_group)
                .list(form)}
        </fieldset>
    }
}

#[component]
fn Storage(form: Form) -> impl IntoView {
    let creation = Setting::new(
        Field::FileSystem,
        ("Home file system", "domain-efs-creation"),
        |it: &Domain| it.home_efs_file_system_creation.is_enabled(),
        |it, is_on| it.home_efs_file_system_creation = Switch::of(is_on),
    );
    let file_system = Setting::new(
        Field::FileSystem,
        ("EFS file system", "domain-efs"),
        |it: &Domain| it.home_efs_file_system_id.clone(),
        |it, value| it.home_efs_file_system_id = value,
    );
    let key = Setting::new(
        Field::Key,
        ("KMS key", "domain-key"),
        |it: &Domain| it.kms_key_id.clone(),
        |it, value| it.kms_key_id = value,
    );
    let chosen =
        form.read(|world, it| Some(domain(world, it)?.kms_key_id.clone().unwrap_or_default()));
    let keys = memo(move || {
        let chosen = chosen.get();
        form.offered(|_, it| options::keys(it, Some(&chosen), "AWS’s own key"))
    });
    view! {
        <fieldset class="group">
            <legend>"Storage"</legend>
            {creation
                .help("`HomeEfsFileSystemCreation`: whether SageMaker makes one for home directories.")
                .choice(form, Signal::stored(settings::switches()), settings::SWITCH)}
            {file_system
                .help("Holds the profiles’ home directories.")
                .refused(|it| matches!(it, WorldFindingKind::Form { form: IdForm::FileSystemId, .. }))
                .line(form)}
            {key
                .help("With a key of your own the execution role needs `kms:CreateGrant` to start apps.")
                .refused(|it| matches!(it, WorldFindingKind::Missing { what: Reference::Key, .. }))
                .choice(
                    form,
                    keys,
                    (Option::unwrap_or_default, |it| Some(Some(it.to_owned()).filter(|it| !it.is_empty()))),
                )}
        </fieldset>
    }
}
