//! The settings of an app: its type, and the profile or space that it runs for.

use leptos::prelude::*;
use rolewalk_core::{
    explain,
    scenario::change::move_app,
    world::{App, AppOwner, AppType, EntityId, Status, Thing, World},
};

use crate::{
    components::editor::forms::{Form, field::SelectField},
    state::{
        edit::{Edit, Field, Target},
        selection::Selection,
        signal::{RwSignal, Signal, memo},
        things::domain,
    },
    view::{
        options::{Choosable, option, with_chosen},
        settings,
    },
};

fn app<'a>(world: &'a World, entity: &EntityId) -> Option<&'a App> {
    let Thing::App {
        owner,
        app_type,
        name,
        ..
    } = &entity.thing
    else {
        return None;
    };
    domain(world, entity)?.app(owner, *app_type, name)
}

fn owner_value(owner: &AppOwner) -> String {
    let (kind, name) = owner.parts();
    format!("{kind}:{name}")
}

fn owners(world: &World, entity: &EntityId) -> Option<Vec<Choosable>> {
    let domain = domain(world, entity)?;
    let choice = |owner: AppOwner, label: String| option(owner_value(&owner), label);
    let profiles = domain.user_profiles.iter().map(|it| {
        let name = it.user_profile_name.clone();
        choice(
            AppOwner::Profile(name.clone()),
            format!("{name} (user profile)"),
        )
    });
    let spaces = domain.spaces.iter().map(|it| {
        let name = it.space_name.clone();
        choice(AppOwner::Space(name.clone()), format!("{name} (space)"))
    });
    let all = profiles.chain(spaces);
    Some(
        all.chain([choice(AppOwner::Domain, "the whole domain".to_owned())])
            .collect(),
    )
}

/// The form.
#[component]
pub(crate) fn AppForm(form: Form) -> impl IntoView {
    let owner = form.read(|world, it| Some(owner_value(&app(world, it)?.owner())));
    let owners = form.read(owners);
    let offered = memo(move || with_chosen(owners.get(), &owner.get()));
    let kinds = AppType::ALL
        .map(|it| option(it.as_str(), it.as_str()))
        .to_vec();
    // Why it could not be moved, and where it was then.
    let refused = RwSignal::new(None::<(EntityId, String)>);
    let message = memo(move || {
        let (entity, sentence) = refused.get()?;
        form.entity.with(|it| *it == entity).then_some(sentence)
    });
    let place = move |new_owner: Option<AppOwner>, new_type: Option<AppType>| {
        let entity = form.entity.get_untracked();
        let Thing::App {
            owner, app_type, ..
        } = &entity.thing
        else {
            return;
        };
        let owner = new_owner.unwrap_or_else(|| owner.clone());
        let app_type = new_type.unwrap_or(*app_type);
        let mut next = form.scenario.get_untracked().as_ref().clone();
        match move_app(&mut next, &entity, &owner, app_type) {
            Ok(to) => {
                refused.set(None);
                let target = Target::Field(entity.clone(), Field::App);
                let edit = Edit::new(target, move |it| *it = next);
                let edit = Edit {
                    renames: Some((entity, to.clone())),
                    ..edit.then(Selection::of_entity(to))
                };
                form.actions.edit.run(edit);
            }
            Err(refusal) => {
                let sentence = explain::refusal_sentence(&refusal).replace('`', "");
                refused.set(Some((entity, sentence)));
            }
        }
    };
    let set_status = move |status: Status| {
        form.edit(Field::Status, move |it, entity| {
            let Thing::App {
                domain,
                owner,
                app_type,
                name,
            } = &entity.thing
            else {
                return;
            };
            let account = it.world.account_of_mut(entity.account.as_ref());
            let domain = account.and_then(|it| it.domain_mut(domain));
            if let Some(app) = domain.and_then(|it| it.app_mut(owner, *app_type, name)) {
                app.status = status;
            }
        });
    };
    view! {
        <form class="form" on:submit=|event| event.prevent_default()>
            <p class="form-note">
                "An app is what runs: a JupyterLab in a space, a Canvas of a user profile. As long as a profile has apps, AWS deletes neither the profile nor the domain."
            </p>
            <fieldset class="group">
                <legend>"App"</legend>
                <SelectField
                    label="AppType"
                    id="app-type"
                    help="`JupyterLab` and `CodeEditor` run in a space; `Canvas`, `RSessionGateway` and `TensorBoard` belong to a user profile."
                    options=Signal::stored(kinds)
                    value=form.read(|world, it| Some(app(world, it)?.app_type.as_str().to_owned()))
                    message
                    on_choose=Callback::new(move |value: String| place(None, AppType::parse(&value)))
                />
                <SelectField
                    label="Runs for"
                    id="app-owner"
                    options=offered
                    value=owner
                    on_choose=Callback::new(move |value: String| {
                        let owner = value.split_once(':').and_then(|(kind, name)| AppOwner::of_parts(kind, name));
                        place(owner, None);
                    })
                />
                <SelectField
                    label="Status"
                    id="app-status"
                    options=Signal::stored(settings::statuses())
                    value=form.read(|world, it| Some(app(world, it)?.status.as_str().to_owned()))
                    on_choose=Callback::new(move |value: String| {
                        if let Some(status) = settings::status(&value) {
                            set_status(status);
                        }
                    })
                />
            </fieldset>
        </form>
    }
}
