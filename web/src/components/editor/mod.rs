//! The editor of what is selected: a policy's text, or a thing's settings.

mod code_layer;
mod findings;
mod forms;
mod text;

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    explain,
    scenario::Scenario,
    syntax::Span,
    world::{DocumentId, Documents, EntityId, World},
};

use self::{
    forms::{
        AccountForm, BucketForm, DomainForm, Form, IdentityForm, KeyForm, LogGroupForm,
        ProfileForm, RepositoryForm,
    },
    text::TextEditor,
};
use crate::{
    browser::editor,
    components::{actions::Actions, live, words::words},
    state::{
        selection::{Mark, Selection},
        signal::{Signal, memo},
    },
    view::{attachments, markup},
};

/// What kind of editor is shown. While it stays the same, so do the fields and the caret in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Account,
    Identity,
    Domain,
    Profile,
    Bucket,
    Repository,
    LogGroup,
    Key,
    Gone,
}

fn kind(selection: &Selection, world: &World) -> Kind {
    if !selection.exists_in(world) {
        return Kind::Gone;
    }
    match selection {
        Selection::Document(_) | Selection::Entity(EntityId::ManagedPolicy { .. }) => Kind::Text,
        Selection::Entity(EntityId::Account) => Kind::Account,
        Selection::Entity(
            EntityId::User { .. } | EntityId::Group { .. } | EntityId::Role { .. },
        ) => Kind::Identity,
        Selection::Entity(EntityId::Domain { .. }) => Kind::Domain,
        Selection::Entity(EntityId::UserProfile { .. }) => Kind::Profile,
        Selection::Entity(EntityId::Bucket { .. }) => Kind::Bucket,
        Selection::Entity(EntityId::Repository { .. }) => Kind::Repository,
        Selection::Entity(EntityId::LogGroup { .. }) => Kind::LogGroup,
        Selection::Entity(EntityId::Key { .. }) => Kind::Key,
    }
}

/// What it is, and its name between backticks.
fn title(selection: &Selection, world: &World) -> (String, String) {
    match selection {
        Selection::Document(id) => {
            let kind = attachments::kind(id, world);
            let kind = match attachments::version(id, world) {
                Some(version) => format!("{kind} · {version}"),
                None => kind.to_owned(),
            };
            (
                kind,
                markup::capitalised(&explain::document_title(id, world)),
            )
        }
        Selection::Entity(entity) => {
            let kind = match entity {
                EntityId::Account => "AWS account",
                EntityId::User { .. } => "IAM user",
                EntityId::Group { .. } => "IAM group",
                EntityId::Role { .. } => "IAM role",
                EntityId::ManagedPolicy { .. } => "Managed policy",
                EntityId::Domain { .. } => "SageMaker domain",
                EntityId::UserProfile { .. } => "SageMaker user profile",
                EntityId::Bucket { .. } => "S3 bucket",
                EntityId::Repository { .. } => "ECR repository",
                EntityId::LogGroup { .. } => "CloudWatch log group",
                EntityId::Key { .. } => "KMS key",
            };
            let name = match entity {
                EntityId::Account => world.account.to_string(),
                EntityId::Domain { id } => world
                    .domain(id)
                    .map_or_else(|| id.clone(), |it| it.domain_name.clone()),
                EntityId::Key { id } => world
                    .key(id)
                    .map_or_else(|| id.clone(), |it| it.name().to_owned()),
                entity => entity.to_string(),
            };
            (kind.to_owned(), format!("`{name}`"))
        }
    }
}

/// The panel.
#[component]
pub(crate) fn EditorPanel(
    #[prop(into)] selection: Signal<Selection>,
    #[prop(into)] scenario: Signal<Arc<Scenario>>,
    #[prop(into)] documents: Signal<Arc<Documents>>,
    #[prop(into)] mark: Signal<Option<Mark>>,
    #[prop(into)] on_caret: Callback<(DocumentId, Span)>,
    actions: Actions,
) -> impl IntoView {
    let kind =
        memo(move || selection.with(|it| scenario.with(|scenario| kind(it, &scenario.world))));
    let title =
        memo(move || selection.with(|it| scenario.with(|scenario| title(it, &scenario.world))));
    let entity = memo(move || selection.with(Selection::entity));
    let document = memo(move || selection.with(|it| it.document().cloned()));
    let form = Form {
        scenario,
        entity,
        actions,
    };
    let text_of = move |id: DocumentId| {
        live::item(id.name().to_string(), move || {
            let id = id.clone();
            view! { <TextEditor id scenario documents mark on_caret actions /> }.into_any()
        })
    };
    let identity_of = move |entity: EntityId| {
        live::item(entity.key(), move || {
            let form = Form {
                entity: Signal::stored(entity.clone()),
                ..form
            };
            view! { <IdentityForm form /> }.into_any()
        })
    };
    let body = move || {
        match kind.get() {
        Kind::Text => live::list(move || document.get().into_iter().map(text_of).collect()),
        Kind::Account => view! { <AccountForm form /> }.into_any(),
        // Users, groups and roles have different fields: each gets a form of its own.
        Kind::Identity => live::list(move || vec![identity_of(entity.get())]),
        Kind::Domain => view! { <DomainForm form /> }.into_any(),
        Kind::Profile => view! { <ProfileForm form /> }.into_any(),
        Kind::Bucket => view! { <BucketForm form /> }.into_any(),
        Kind::Repository => view! { <RepositoryForm form /> }.into_any(),
        Kind::LogGroup => view! { <LogGroupForm form /> }.into_any(),
        Kind::Key => view! { <KeyForm form /> }.into_any(),
        Kind::Gone => view! { <p class="empty">"This is no longer in the account. Choose something in the account tree."</p> }.into_any(),
    }
    };
    view! {
        <section class="panel panel-editor" aria-labelledby=editor::PANEL_ID>
            <div class="editor-head">
                <p class="editor-kind">{live::text(move || title.get().0)}</p>
                <h2 id=editor::PANEL_ID class="editor-title" tabindex="-1">{live::part(move || words(&title.get().1))}</h2>
            </div>
            {live::part(body)}
        </section>
    }
}
