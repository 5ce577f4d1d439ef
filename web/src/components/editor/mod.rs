//! The editor of what is selected: a policy's text, or a thing's settings.

mod code_area;
mod code_layer;
mod decided;
mod findings;
mod forms;
mod head;
mod json;
mod lint_page;
mod rich;
mod text;
mod versions;

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    explain,
    lesson::Openness,
    scenario::Scenario,
    syntax::Span,
    world::{
        Checked, DocumentId, Documents, EntityId, Thing, World,
        change::{self, Whole},
    },
};

use self::{
    forms::{
        AccountForm, AppForm, BucketForm, DomainForm, Form, IdentityForm, KeyForm, LogGroupForm,
        OrganizationForm, ProfileForm, RepositoryForm, SecurityGroupForm, SpaceForm, SubnetForm,
        UnitForm, VpcEndpointForm, VpcForm,
    },
    head::{ItemActions, NameField},
    json::JsonEditor,
    text::TextEditor,
};
use crate::{
    browser::editor,
    components::{actions::Actions, glossary::term, icon, late::late_view, live, words::words},
    late::late,
    state::{
        lock::{Locks, Why},
        selection::{Mark, Selection},
        signal::{RwSignal, Signal, memo},
    },
    view::{attachments, finding, icon::Icon, markup, term},
};

pub(crate) use self::text::Around;

/// What kind of editor is shown. While it stays the same, so do the fields and the caret in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Json,
    Account,
    Identity,
    Domain,
    Profile,
    Space,
    App,
    Bucket,
    Repository,
    LogGroup,
    Key,
    Vpc,
    Subnet,
    SecurityGroup,
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
        Thing::ManagedPolicy { .. }
        | Thing::InlinePolicy { .. }
        | Thing::OrganizationPolicy { .. } => Kind::Text,
        Thing::Account => Kind::Account,
        Thing::User { .. } | Thing::Group { .. } | Thing::Role { .. } => Kind::Identity,
        Thing::Domain { .. } => Kind::Domain,
        Thing::UserProfile { .. } => Kind::Profile,
        Thing::Space { .. } => Kind::Space,
        Thing::App { .. } => Kind::App,
        Thing::Bucket { .. } => Kind::Bucket,
        Thing::Repository { .. } => Kind::Repository,
        Thing::LogGroup { .. } => Kind::LogGroup,
        Thing::Key { .. } => Kind::Key,
        Thing::Vpc { .. } => Kind::Vpc,
        Thing::Subnet { .. } => Kind::Subnet,
        Thing::SecurityGroup { .. } => Kind::SecurityGroup,
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
            let kind = explain::thing_words(&entity.thing).title();
            let kind = match &entity.account {
                Some(account) if entity.thing != Thing::Account => {
                    format!("{kind} in account {account}")
                }
                _ => kind,
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

/// Whether a thing is there and has a name that can be changed.
fn has_name(entity: &EntityId, world: &World) -> bool {
    entity.exists_in(world) && change::never(world, entity, Whole::Rename).is_none()
}

/// What a lesson says of what is open in the editor.
fn lock_line(openness: Openness, parts: &[String], why: Why) -> Option<AnyView> {
    const PEN: &str = "What is to be edited has a pen in the account tree.";
    let (icon, word, sentence) = match openness {
        Openness::Open => return None,
        _ if why == Why::ReadOnly => (
            Icon::Lock,
            "Read only",
            "Open it in Rolewalk to change it.".to_owned(),
        ),
        Openness::Partly if parts.is_empty() => (
            Icon::Lock,
            "Locked",
            format!("In this lesson its settings stay as they are. {PEN}"),
        ),
        Openness::Partly => (
            Icon::Pen,
            "Partly locked",
            format!(
                "In this lesson you may edit {}. The rest stays as it is.",
                parts.join(" and ")
            ),
        ),
        Openness::Locked => (
            Icon::Lock,
            "Locked",
            format!("In this lesson it stays as it is. {PEN}"),
        ),
    };
    let line = view! {
        <p class="lock-line">
            {icon::icon(icon)}
            <strong>{word}</strong>
            <span>{words(&sentence)}</span>
        </p>
    };
    Some(line.into_any())
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

late! {
    forms, form_arrives:
    /// The settings of a thing that is no text, or its JSON; `item` is what has a name of its own.
    pub(crate) fn form_view(kind: Kind, form: Form, item: Signal<Option<EntityId>>) -> AnyView {
        form_of(kind, form, item)
    }
}

fn form_of(kind: Kind, form: Form, item: Signal<Option<EntityId>>) -> AnyView {
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
    // The name in the JSON changes the id of what is open, but not where it is.
    let json_of = move |_: EntityId| {
        let is_locked = form.is_locked.get();
        live::item(format!("json {is_locked}"), move || {
            let entity = memo(move || item.get().unwrap_or_else(|| Thing::Account.into()));
            view! { <JsonEditor entity scenario=form.scenario is_locked actions=form.actions /> }
                .into_any()
        })
    };
    match kind {
        Kind::Json => live::list(move || item.get().into_iter().map(json_of).collect()),
        Kind::Account => view! { <AccountForm form /> }.into_any(),
        // Users, groups and roles have different fields: each gets a form of its own.
        Kind::Identity => live::list(move || vec![identity_of(form.entity.get())]),
        Kind::Domain => view! { <DomainForm form /> }.into_any(),
        Kind::Profile => view! { <ProfileForm form /> }.into_any(),
        Kind::Space => view! { <SpaceForm form /> }.into_any(),
        Kind::App => view! { <AppForm form /> }.into_any(),
        Kind::Bucket => view! { <BucketForm form /> }.into_any(),
        Kind::Repository => view! { <RepositoryForm form /> }.into_any(),
        Kind::LogGroup => view! { <LogGroupForm form /> }.into_any(),
        Kind::Key => view! { <KeyForm form /> }.into_any(),
        Kind::Vpc => view! { <VpcForm form /> }.into_any(),
        Kind::Subnet => view! { <SubnetForm form /> }.into_any(),
        Kind::SecurityGroup => view! { <SecurityGroupForm form /> }.into_any(),
        Kind::VpcEndpoint => view! { <VpcEndpointForm form /> }.into_any(),
        Kind::Organization => view! { <OrganizationForm form /> }.into_any(),
        // What is attached is made anew for each: another unit has other policies.
        Kind::Unit => live::list(move || vec![unit_of(form.entity.get())]),
        Kind::Text | Kind::Gone => ().into_any(),
    }
}

/// The panel.
#[component]
pub(crate) fn EditorPanel(
    #[prop(into)] selection: Signal<Selection>,
    #[prop(into)] scenario: Signal<Arc<Scenario>>,
    #[prop(into)] documents: Signal<Arc<Documents>>,
    checked: Signal<Checked>,
    around: Around,
    #[prop(into)] mark: Signal<Option<Mark>>,
    #[prop(into)] on_caret: Callback<(DocumentId, Span)>,
    is_json: RwSignal<bool>,
    /// What a lesson keeps as it is.
    locks: Option<Locks>,
    /// How often it refused an edit: fields show then what is there.
    n_refused: RwSignal<u32>,
    actions: Actions,
) -> impl IntoView {
    let openness =
        memo(move || locks.map_or(Openness::Open, |locks| selection.with(|it| locks.of(it))));
    let parts = memo(move || {
        let parts = locks.map(|locks| selection.with(|it| locks.parts(it)));
        parts.unwrap_or_default()
    });
    let is_fixed = memo(move || openness.get() != Openness::Open);
    // Where only what lies below it may be edited, none of its own fields may.
    let is_shut = memo(move || match openness.get() {
        Openness::Open => false,
        Openness::Partly => parts.with(Vec::is_empty),
        Openness::Locked => true,
    });
    let kind = memo(move || {
        let kind = selection.with(|it| scenario.with(|scenario| kind(it, &scenario.world)));
        let is_item = selection.with(|it| it.item().is_some());
        if is_json.get() && is_item && kind != Kind::Gone {
            Kind::Json
        } else {
            kind
        }
    });
    let item = memo(move || selection.with(Selection::item));
    let title =
        memo(move || selection.with(|it| scenario.with(|scenario| title(it, &scenario.world))));
    let entity = memo(move || selection.with(Selection::entity));
    let document = memo(move || selection.with(|it| it.document().cloned()));
    let refused = memo(move || {
        let entity = entity.get();
        checked.with(|it| finding::refused(it, &entity))
    });
    let form = Form {
        scenario,
        checked,
        entity,
        is_locked: is_fixed,
        actions,
    };
    let text_of = move |id: DocumentId| {
        live::item(id.name().to_string(), move || {
            let id = id.clone();
            let is_locked = openness.get_untracked() == Openness::Locked;
            view! { <TextEditor id scenario documents around mark is_locked on_caret actions /> }
                .into_any()
        })
    };
    let name_of = move |entity: EntityId| {
        let labels = head::labels(&entity);
        live::item(format!("{labels:?}"), move || {
            let entity = memo(move || item.get().unwrap_or_else(|| Thing::Account.into()));
            view! { <NameField entity labels scenario actions /> }.into_any()
        })
    };
    let named = memo(move || {
        let has_none = kind.get() == Kind::Json || is_fixed.get();
        let item = item.get().filter(|_| !has_none);
        item.filter(|it| scenario.with(|scenario| has_name(it, &scenario.world)))
    });
    let body = move || {
        n_refused.track();
        match kind.get() {
            Kind::Text => live::list(move || document.get().into_iter().map(text_of).collect()),
            Kind::Gone => view! { <p class="empty">"This is no longer in the account. Choose something in the account tree."</p> }.into_any(),
            kind => {
                let fields = late_view(form_arrives, move || form_view(kind, form, item));
                // A locked thing can be read, and nothing in it pressed.
                view! {
                    <fieldset class="lockable" disabled=live::flag(move || is_shut.get())>
                        {fields}
                    </fieldset>
                }
                .into_any()
            }
        }
    };
    view! {
        <section class="panel panel-editor" aria-labelledby=editor::PANEL_ID>
            <div class="editor-head">
                <p class="editor-kind">
                    {live::text(move || title.get().0)}
                    {live::part(move || term(selection.with(term::of_selection), &title.with(|it| it.0.clone())))}
                </p>
                <h2 id=editor::PANEL_ID class="editor-title" tabindex="-1">{live::part(move || words(&title.get().1))}</h2>
                <ItemActions item scenario is_json is_locked=is_fixed actions />
            </div>
            {live::maybe(move || lock_line(openness.get(), &parts.get(), locks.map_or(Why::Lesson, Locks::why)))}
            {live::list(move || named.get().into_iter().map(name_of).collect())}
            <div aria-live="polite">{live::maybe(move || refused.with(|it| (!it.is_empty()).then(|| refusals(it))))}</div>
            {live::part(body)}
        </section>
    }
}
