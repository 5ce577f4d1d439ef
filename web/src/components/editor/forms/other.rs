//! The account, keys, repositories and log groups.

use leptos::prelude::*;
use rolewalk_core::world::{DocumentId, EntityId, Key, Repository, World};

use crate::{
    components::editor::forms::{Form, field::TextField},
    components::live,
    state::{
        edit::Field,
        selection::Selection,
        things::{key_mut, repository_mut},
    },
};

/// The account: nothing to change, something to read.
#[component]
pub(crate) fn AccountForm(form: Form) -> impl IntoView {
    let count = move |label: &'static str, count: fn(&World) -> usize| {
        view! { <div><dt>{label}</dt><dd>{live::text(move || form.scenario.with(|it| count(&it.world).to_string()))}</dd></div> }
    };
    view! {
        <div class="form">
            <p class="form-note">
                "Everything happens in this one account and region. Choose a thing in the account tree, a station in the picture or a line of the mental model to see and change it here."
            </p>
            <dl class="facts">
                <div><dt>"Region"</dt><dd>{live::text(move || form.scenario.with(|it| it.world.region.clone()))}</dd></div>
                {count("Users", |it| it.users.len())}
                {count("Groups", |it| it.groups.len())}
                {count("Roles", |it| it.roles.len())}
                {count("Managed policies", |it| it.policies.len())}
                {count("Domains", |it| it.domains.len())}
                {count("Buckets", |it| it.buckets.len())}
            </dl>
        </div>
    }
}

fn key<'a>(world: &'a World, entity: &EntityId) -> Option<&'a Key> {
    match entity {
        EntityId::Key { id } => world.key(id),
        _ => None,
    }
}

/// A key.
#[component]
pub(crate) fn KeyForm(form: Form) -> impl IntoView {
    view! {
        <form class="form" on:submit=|event| event.prevent_default()>
            <p class="form-note">
                "The key policy decides first: without its yes, or its handing over to IAM, no identity policy can allow anything."
            </p>
            <fieldset class="group">
                <legend>"Key"</legend>
                <TextField
                    label="Id"
                    id="key-id"
                    read_only=true
                    value=form.read(|world, it| Some(key(world, it)?.key_id.clone()))
                />
                <TextField
                    label="Alias"
                    id="key-alias"
                    help="Policies name keys by id: an alias in `Resource` matches nothing."
                    value=form.read(|world, it| Some(key(world, it)?.alias.clone().unwrap_or_default()))
                    on_text=Callback::new(move |value: String| {
                        form.edit(Field::Alias, move |it, entity| {
                            if let Some(key) = key_mut(&mut it.world, entity) {
                                key.alias = Some(value).filter(|it| !it.is_empty());
                            }
                        });
                    })
                />
                <button
                    type="button"
                    class="button"
                    on:click=move |_| {
                        if let EntityId::Key { id } = form.entity.get_untracked() {
                            form.actions.select.run(Selection::Document(DocumentId::Key { key: id }));
                        }
                    }
                >
                    "Open the key policy"
                </button>
            </fieldset>
        </form>
    }
}

fn repository<'a>(world: &'a World, entity: &EntityId) -> Option<&'a Repository> {
    match entity {
        EntityId::Repository { name } => world.repository(name),
        _ => None,
    }
}

/// A repository policy to begin with: everybody in this account may pull whom IAM allows it.
fn first_policy(world: &World) -> String {
    let account = world.iam_arn("root", "", "");
    format!(
        r#"{{
  "Version": "2012-10-17",
  "Statement": [
    {{
      "Sid": "Pull",
      "Effect": "Allow",
      "Principal": {{ "AWS": "{account}" }},
      "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    }}
  ]
}}
"#
    )
}

/// A repository.
#[component]
pub(crate) fn RepositoryForm(form: Form) -> impl IntoView {
    let has_policy = form.read(|world, it| Some(repository(world, it)?.policy.is_some()));
    let set_policy = move |text: Option<String>| {
        form.edit(Field::Policy, move |it, entity| {
            if let Some(repository) = repository_mut(&mut it.world, entity) {
                repository.policy = text.map(Into::into);
            }
        });
    };
    view! {
        <div class="form">
            <p class="form-note">"Training jobs pull their image from here, with the job’s role."</p>
            <fieldset class="group">
                <legend>"Repository policy"</legend>
                {live::part(move || {
                    if has_policy.get() {
                        view! {
                            <div class="button-row">
                                <button
                                    type="button"
                                    class="button"
                                    on:click=move |_| {
                                        if let EntityId::Repository { name } = form.entity.get_untracked() {
                                            let id = DocumentId::Repository { repository: name };
                                            form.actions.select.run(Selection::Document(id));
                                        }
                                    }
                                >
                                    "Open the repository policy"
                                </button>
                                <button type="button" class="button quiet" on:click=move |_| set_policy(None)>
                                    "Remove it"
                                </button>
                            </div>
                        }
                            .into_any()
                    } else {
                        view! {
                            <p class="field-help">"The repository has no policy: identity policies of this account decide."</p>
                            <button type="button" class="button" on:click=move |_| set_policy(Some(form.scenario.with_untracked(|it| first_policy(&it.world))))>
                                "Add a repository policy"
                            </button>
                        }
                            .into_any()
                    }
                })}
            </fieldset>
        </div>
    }
}

/// A log group.
#[component]
pub(crate) fn LogGroupForm(form: Form) -> impl IntoView {
    let arn = form.read(|world, it| match it {
        EntityId::LogGroup { name } => Some(
            world
                .regional_arn("logs", &format!("log-group:{name}"))
                .to_string(),
        ),
        _ => None,
    });
    view! {
        <div class="form">
            <p class="form-note">"Without permission to write here a job goes on, but its log is lost."</p>
            <p class="arn-line"><code>{live::text(move || arn.get())}</code></p>
        </div>
    }
}
