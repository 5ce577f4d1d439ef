//! The text of a policy: a plain text area, with a painted layer behind it and findings below.
//!
//! Invariant: the text area is made once for each text and never remade while one types.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    scenario::Scenario,
    syntax::Span,
    world::{Document, DocumentId, Documents, Text},
};

use crate::{
    browser::editor,
    components::{
        actions::Actions,
        editor::{code_layer::CodeLayer, findings::FindingList, versions::Versions},
        live,
    },
    state::{
        edit::{Edit, Target},
        selection::{Mark, Selection},
        signal::{Signal, memo},
    },
    view::{attachments, layers},
};

/// The editor of one text.
#[component]
pub(crate) fn TextEditor(
    id: DocumentId,
    scenario: Signal<Arc<Scenario>>,
    documents: Signal<Arc<Documents>>,
    mark: Signal<Option<Mark>>,
    on_caret: Callback<(DocumentId, Span)>,
    actions: Actions,
) -> impl IntoView {
    let id = StoredValue::new(id);
    let document: Signal<Option<Arc<Document>>> =
        memo(move || documents.with(|it| id.with_value(|id| it.get(id).cloned())));
    let text = memo(move || {
        document.with(|it| {
            it.as_ref()
                .map(|it| it.text.as_str().to_owned())
                .unwrap_or_default()
        })
    });
    let own_policy = id.with_value(|it| match &it.text {
        Text::Managed { arn } if !arn.is_aws_owned() => Some(arn.clone()),
        _ => None,
    });
    let own_mark = memo(move || {
        mark.get()
            .filter(|it| id.with_value(|id| it.document == *id))
            .map(|it| it.span)
    });
    let on_input = move |value: String| {
        let id = id.get_value();
        actions
            .edit
            .run(Edit::new(Target::Text(id.clone()), move |scenario| {
                if let Some(text) = scenario.world.document_mut(&id) {
                    *text = value.into();
                }
            }));
    };
    view! {
        <Attachments id=id.get_value() scenario actions />
        {own_policy.map(|arn| view! { <Versions arn scenario actions /> })}
        <CodeArea label="Policy document" document mark=own_mark text on_input=Callback::new(on_input) />
        <FindingList
            document
            on_finding=Callback::new(move |span| on_caret.run((id.get_value(), span)))
        />
    }
}

/// A text area with numbers and a painted layer.
#[component]
pub(crate) fn CodeArea(
    label: &'static str,
    document: Signal<Option<Arc<Document>>>,
    mark: Signal<Option<Span>>,
    text: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
) -> impl IntoView {
    let is_short = memo(move || text.with(|it| it.len() <= layers::MAX_BYTES));
    let has_errors =
        memo(move || document.with(|it| it.as_ref().is_some_and(|it| it.has_errors())));
    view! {
        <label class="visually-hidden" for=editor::TEXT_ID>{label}</label>
        <div class="code" class:is-long=live::flag(move || !is_short.get()) id=editor::SCROLLER_ID>
            {live::maybe(move || is_short.get().then(|| view! { <CodeLayer document mark /> }.into_any()))}
            <textarea
                id=editor::TEXT_ID
                class="code-text"
                spellcheck="false"
                autocomplete="off"
                autocapitalize="off"
                wrap="off"
                aria-describedby="policy-findings"
                aria-invalid=live::text(move || has_errors.get().to_string())
                prop:value=live::text(move || text.get())
                on:input:target=move |event| on_input.run(event.target().value())
            ></textarea>
        </div>
    }
}

/// Where the text has its say, and what to know of editing it here.
#[component]
fn Attachments(id: DocumentId, scenario: Signal<Arc<Scenario>>, actions: Actions) -> impl IntoView {
    let id = StoredValue::new(id);
    let attachments = memo(move || {
        scenario.with(|it| id.with_value(|id| attachments::attachments(id, &it.world)))
    });
    let is_aws_managed = scenario
        .with_untracked(|it| id.with_value(|id| attachments::is_aws_managed(id, &it.world)));
    let list = move || {
        let attachments = attachments.get();
        if attachments.is_empty() {
            return view! { <span>"not attached to anybody"</span> }.into_any();
        }
        attachments
            .into_iter()
            .map(|it| {
                let selection = Selection::of_entity(it.entity.clone());
                view! {
                    <span class="attachment">
                        {it.how}" "
                        <button type="button" class="link" on:click=move |_| actions.select.run(selection.clone())>
                            {it.name}
                        </button>
                    </span>
                }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <p class="attachments">
            {live::part(list)}
            {is_aws_managed.then_some(
                view! { <span class="note">"AWS keeps this policy: in an account you would attach a changed copy. Here you can edit it as it is."</span> },
            )}
        </p>
    }
}
