//! The settings of a space.

use leptos::prelude::*;
use rolewalk_core::world::{AppType, Form as NameForm, SharingType, WorldFindingKind};

use crate::{
    components::editor::forms::{
        Form,
        field::{SelectField, TextField},
    },
    state::{
        edit::Field,
        signal::{Signal, memo},
        things::{domain, space, space_mut},
    },
    view::options::{self, option, with_chosen},
};

const SHARING: [SharingType; 2] = [SharingType::Private, SharingType::Shared];

/// The form.
#[component]
pub(crate) fn SpaceForm(form: Form) -> impl IntoView {
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
    let sharing = SHARING.map(|it| option(it.as_str(), it.as_str())).to_vec();
    let apps = AppType::ALL.into_iter().filter(|it| it.has_space());
    let apps: Vec<_> = apps.map(|it| option(it.as_str(), it.as_str())).collect();
    view! {
        <form class="form" on:submit=|event| event.prevent_default()>
            <p class="form-note">
                "A space is storage and the app that works on it. Apps in a private space run as its owner’s execution role, those in a shared space as the domain’s role for shared spaces."
            </p>
            <fieldset class="group">
                <legend>"Space"</legend>
                <SelectField
                    label="Owner"
                    id="space-owner"
                    help="The user profile that made it."
                    options=owners
                    value=owner
                    on_choose=Callback::new(move |value: String| {
                        form.edit(Field::Owner, move |it, entity| {
                            if let Some(space) = space_mut(&mut it.world, entity) {
                                space.owner_user_profile_name = value;
                            }
                        });
                    })
                />
                <SelectField
                    label="Sharing type"
                    id="space-sharing"
                    options=Signal::stored(sharing)
                    value=form.read(|world, it| Some(space(world, it)?.sharing_type.as_str().to_owned()))
                    on_choose=Callback::new(move |value: String| {
                        let Some(sharing) = SHARING.into_iter().find(|it| it.as_str() == value) else {
                            return;
                        };
                        form.edit(Field::Sharing, move |it, entity| {
                            if let Some(space) = space_mut(&mut it.world, entity) {
                                space.sharing_type = sharing;
                            }
                        });
                    })
                />
                <SelectField
                    label="App"
                    id="space-app"
                    options=Signal::stored(apps)
                    value=form.read(|world, it| Some(space(world, it)?.app_type.as_str().to_owned()))
                    on_choose=Callback::new(move |value: String| {
                        let Some(app) = AppType::ALL.into_iter().find(|it| it.as_str() == value) else {
                            return;
                        };
                        form.edit(Field::App, move |it, entity| {
                            if let Some(space) = space_mut(&mut it.world, entity) {
                                space.app_type = app;
                            }
                        });
                    })
                />
                <SelectField
                    label="Status"
                    id="space-status"
                    options=Signal::stored(options::statuses())
                    value=form.read(|world, it| Some(space(world, it)?.status.as_str().to_owned()))
                    on_choose=Callback::new(move |value: String| {
                        let Some(status) = options::status(&value) else {
                            return;
                        };
                        form.edit(Field::Status, move |it, entity| {
                            if let Some(space) = space_mut(&mut it.world, entity) {
                                space.status = status;
                            }
                        });
                    })
                />
                {uid(form)}
            </fieldset>
        </form>
    }
}

/// The POSIX user id.
fn uid(form: Form) -> AnyView {
    view! {
                <TextField
                    label="EFS user id"
                    id="space-uid"
                    help="Given by SageMaker; a private space keeps its files under it."
                    value=form.read(|world, it| Some(space(world, it)?.home_efs_file_system_uid.clone()))
                    message=form.message(|it| matches!(it, WorldFindingKind::Form { form: NameForm::PosixUid, .. }))
                    on_text=Callback::new(move |value: String| {
                        form.edit(Field::Uid, move |it, entity| {
                            if let Some(space) = space_mut(&mut it.world, entity) {
                                space.home_efs_file_system_uid = value;
                            }
                        });
                    })
                />
    }
    .into_any()
}
