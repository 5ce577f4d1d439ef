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
    world::{DocumentId, Documents, EntityId, Thing, World},
};

use self::{
    forms::{
        AccountForm, BucketForm, DomainForm, Form, IdentityForm, KeyForm, LogGroupForm,
        OrganizationForm, ProfileForm, RepositoryForm, UnitForm, VpcEndpointForm,
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
    view::{attachments, finding, markup},
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
    VpcEndpoint,
    Organization,
    Unit,
    Gone,
}

fn kind(selection: &Selection, world: &World) -> Kind {
    if !selection.exists_in(world) {
        return Kind::Gone;
    }
    let Selection::Entity(entity) = selection else {
        return Kind::Text;
    };
    match entity.thing {
        Thing::ManagedPolicy { .. } | Thing::OrganizationPolicy { .. } => Kind::Text,
        Thing::Account => Kind::Account,
        Thing::User { .. } | Thing::Group { .. } | Thing::Role { .. } => Kind::Identity,
        Thing::Domain { .. } => Kind::Domain,
        Thing::UserProfile { .. } => Kind::Profile,
        Thing::Bucket { .. } => Kind::Bucket,
        Thing::Repository { .. } => Kind::Repository,
        Thing::LogGroup { .. } => Kind::LogGroup,
        Thing::Key { .. } => Kind::Key,
        Thing::VpcEndpoint { .. } => Kind::VpcEndpoint,
        Thing::Organization => Kind::Organization,
        Thing::OrganizationalUnit { .. } => Kind::Unit,
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
            let kind = match entity.thing {
                Thing::Account => "AWS account",
                Thing::User { .. } => "IAM user",
                Thing::Group { .. } => "IAM group",
                Thing::Role { .. } => "IAM role",
                Thing::ManagedPolicy { .. } => "Managed policy",
                Thing::Domain { .. } => "SageMaker domain",
                Thing::UserProfile { .. } => "SageMaker user profile",
                Thing::Bucket { .. } => "S3 bucket",
                Thing::Repository { .. } => "ECR repository",
                Thing::LogGroup { .. } => "CloudWatch log group",
                Thing::Key { .. } => "KMS key",
                Thing::VpcEndpoint { .. } => "VPC endpoint",
                Thing::Organization => "Organization",
                Thing::OrganizationalUnit { .. } => "Organizational unit",
                Thing::OrganizationPolicy { .. } => "Policy of the organization",
            };
            let kind = match &entity.account {
                Some(account) if entity.thing != Thing::Account => {
                    format!("{kind} in account {account}")
                }
                _ => kind.to_owned(),
            };
            let name = match &entity.thing {
                Thing::Account => {
                    let id = entity.account.as_ref().unwrap_or(&world.home.account);
                    id.to_string()
                }
                Thing::Organization => {
                    let organization = world.organization.as_ref();
                    organization.map_or_else(String::new, |it| it.id.clone())
                }
                _ => explain::entity_name(entity, world),
            };
            (kind, format!("`{name}`"))
        }
    }
}

/// What AWS would refuse of the thing.
fn refusals(sentences: &[String]) -> AnyView {
    let item = |it: &String| view! { <li>{words(it)}</li> };
    view! {
        <ul class="refusals" aria-label="What AWS would refuse">
            {sentences.iter().map(item).collect_view()}
        </ul>
    }
    .into_any()
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
    let refused = memo(move || {
        let entity = entity.get();
        scenario.with(|it| finding::refused(&it.world, &entity))
    });
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
    let unit_of = move |entity: EntityId| {
        live::item(entity.key(), move || {
            let form = Form {
                entity: Signal::stored(entity.clone()),
                ..form
            };
            view! { <UnitForm form /> }.into_any()
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
        Kind::VpcEndpoint => view! { <VpcEndpointForm form /> }.into_any(),
        Kind::Organization => view! { <OrganizationForm form /> }.into_any(),
        // What is attached is made anew for each: another unit has other policies.
        Kind::Unit => live::list(move || vec![unit_of(entity.get())]),
        Kind::Gone => view! { <p class="empty">"This is no longer in the account. Choose something in the account tree."</p> }.into_any(),
    }
    };
    view! {
        <section class="panel panel-editor" aria-labelledby=editor::PANEL_ID>
            <div class="editor-head">
                <p class="editor-kind">{live::text(move || title.get().0)}</p>
                <h2 id=editor::PANEL_ID class="editor-title" tabindex="-1">{live::part(move || words(&title.get().1))}</h2>
            </div>
            <div aria-live="polite">{live::maybe(move || refused.with(|it| (!it.is_empty()).then(|| refusals(it))))}</div>
            {live::part(body)}
        </section>
    }
}
