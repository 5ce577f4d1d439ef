//! The settings of a space.

use leptos::prelude::*;
use rolewalk_core::world::{AppType, Form as NameForm, SharingType, Space, WorldFindingKind};

use crate::{
    components::editor::forms::{Form, setting::Setting},
    state::{
        edit::Field,
        signal::{Signal, memo},
        things::{domain, space},
    },
    view::{
        options::{option, with_chosen},
        settings,
    },
};

const SHARING: [SharingType; 2] = [SharingType::Private, SharingType::Shared];

/// The form.
#[component]
pub(crate) fn SpaceForm(form: Form) -> impl IntoView {
    view! {
        <form class="form" on:submit=|event| event.prevent_default()>
            <p class="form-note">
                "A space is storage and the app that works on it. Apps in a private space run as its owner’s execution role, those in a shared space as the domain’s role for shared spaces."
            </p>
            <fieldset class="group">
                <legend>"Space"</legend>
                {owner(form)}
                {sharing(form)}
                {app(form)}
                {Setting::new(
                    Field::Status,
                    ("Status", "space-status"),
                    |it: &Space| it.status,
                    |it, value| it.status = value,
                )
                    .choice(form, Signal::stored(settings::statuses()), settings::STATUS)}
                {Setting::new(
                    Field::Uid,
                    ("EFS user id", "space-uid"),
                    |it: &Space| it.home_efs_file_system_uid.clone(),
                    |it, value| it.home_efs_file_system_uid = value,
                )
                    .help("Given by SageMaker; a private space keeps its files under it.")
                    .refused(|it| matches!(it, WorldFindingKind::Form { form: NameForm::PosixUid, .. }))
                    .line(form)}
            </fieldset>
        </form>
    }
}

fn owner(form: Form) -> AnyView {
    let owner = form.read(|world, it| Some(space(world, it)?.owner_user_profile_name.clone()));
    let owners = memo(move || {
        let names = form.scenario.with(|scenario| {
            form.entity.with(|it| {
                let domain = domain(&scenario.world, it);
                let profiles = domain.map_or(&[][..], |it| &it.user_profiles).iter();
                let names = profiles.map(|it| it.user_profile_name.clone());
                names.map(|it| option(it.clone(), it)).collect()
            })
        });
        with_chosen(names, &owner.get())
    });
    let setting = Setting::new(
        Field::Owner,
        ("Owner", "space-owner"),
        |it: &Space| it.owner_user_profile_name.clone(),
        |it, value| it.owner_user_profile_name = value,
    );
    setting.help("The user profile that made it.").choice(
        form,
        owners,
        (|it| it, |it| Some(it.to_owned())),
    )
}

fn sharing(form: Form) -> AnyView {
    let options = SHARING.map(|it| option(it.as_str(), it.as_str())).to_vec();
    let setting = Setting::new(
        Field::Sharing,
        ("Sharing type", "space-sharing"),
        |it: &Space| it.sharing_type,
        |it, value| it.sharing_type = value,
    );
    let find = |text: &str| SHARING.into_iter().find(|it| it.as_str() == text);
    setting.choice(
        form,
        Signal::stored(options),
        (|it| it.as_str().to_owned(), find),
    )
}

fn app(form: Form) -> AnyView {
    let apps = AppType::ALL.into_iter().filter(|it| it.has_space());
    let options: Vec<_> = apps.map(|it| option(it.as_str(), it.as_str())).collect();
    let setting = Setting::new(
        Field::App,
        ("App", "space-app"),
        |it: &Space| it.app_type,
        |it, value| it.app_type = value,
    );
    let find = |text: &str| AppType::ALL.into_iter().find(|it| it.as_str() == text);
    setting.choice(
        form,
        Signal::stored(options),
        (|it| it.as_str().to_owned(), find),
    )
}
