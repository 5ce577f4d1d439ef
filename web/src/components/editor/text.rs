//! The text of a policy: where it has its say, the editor, what its statements come to, and the findings.
//!
//! Brings together what the page knows of one text. Invariant: findings of the lint rules are told only of the text that
//! they were worked out for.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    diagnostic::{Diagnostic, Fix},
    flow::Flow,
    request::Request,
    scenario::Scenario,
    syntax::Span,
    world::{Document, DocumentId, Documents, Text},
};

use crate::{
    browser::editor,
    components::{
        actions::Actions,
        editor::{
            code_area::{Code, CodeArea, Marked},
            decided::tools_view,
            findings::FindingList,
            lint_page::LintPage,
            rich::Knows,
            versions::Versions,
        },
        live,
    },
    late,
    state::{
        document::Shown,
        edit::{Edit, Rewrite, Target},
        reference::{Part, Reference},
        selection::{Mark, Selection},
        signal::{RwSignal, Signal, memo},
        wish::{self, Wish},
    },
    view::{attachments, decisions::Decided},
};

/// What the page knows besides the scenario: what its texts come to, and what AWS has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around {
    /// The walk.
    pub(crate) flow: Signal<Arc<Flow>>,
    /// What it goes through.
    pub(crate) shown: Signal<Shown>,
    /// What AWS has.
    pub(crate) reference: Reference,
}

/// What arrives later works out of a text, as signals that are there when it has arrived.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Worked {
    /// What parsing and the lint rules find, in the order of the text.
    pub(crate) found: Signal<Arc<Vec<Diagnostic>>>,
    /// What the statements come to in the check that is told of.
    pub(crate) decided: Signal<Arc<Vec<Decided>>>,
    /// What is asked in it.
    pub(crate) request: Signal<Option<Arc<Request>>>,
}

/// One text, for what arrives later.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject {
    /// Which text.
    pub(crate) id: StoredValue<DocumentId>,
    /// The text as parsed.
    pub(crate) document: Signal<Option<Arc<Document>>>,
    /// What the page knows besides.
    pub(crate) around: Around,
    /// Where what is worked out goes.
    pub(crate) worked: RwSignal<Option<Worked>>,
    /// Goes to characters of the text.
    pub(crate) go_to: Callback<Span>,
}

/// The editor of one text.
#[component]
pub(crate) fn TextEditor(
    id: DocumentId,
    scenario: Signal<Arc<Scenario>>,
    documents: Signal<Arc<Documents>>,
    around: Around,
    mark: Signal<Option<Mark>>,
    /// Whether it is only read.
    is_locked: bool,
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
    let edit = move |target: Target, change: Box<dyn FnOnce(&str) -> String>| {
        let id = id.get_value();
        actions.edit.run(Edit::new(target, move |scenario| {
            if let Some(text) = scenario.world.document_mut(&id) {
                *text = change(text.as_str()).into();
            }
        }));
    };
    let on_input = Callback::new(move |value: String| {
        edit(Target::Text(id.get_value()), Box::new(|_| value));
    });
    let on_rewrite = Callback::new(move |(what, fix): (Rewrite, Fix)| {
        let target = Target::Rewrite(what, id.get_value());
        // The button of a finding goes with it.
        editor::keep_focus();
        edit(target, Box::new(move |text| fix.apply(text)));
    });
    let worked = RwSignal::new(None::<Worked>);
    let findings = memo(move || match worked.get() {
        Some(worked) => worked.found.get(),
        None => Arc::new(document.with(|it| {
            it.as_ref()
                .map_or_else(Vec::new, |it| it.diagnostics.clone())
        })),
    });
    let has_looked = has_looked(worked, around.reference);
    let marked = memo(move || match worked.get() {
        Some(worked) => Arc::new(worked.decided.with(|it| marked(it))),
        None => Arc::default(),
    });
    let has_tools = RwSignal::new(false);
    let go_to = Callback::new(move |span| on_caret.run((id.get_value(), span)));
    let page = LintPage::new();
    let on_explain = Some(Callback::new(move |code| page.open(code)));
    let code = Code {
        label: "Policy document",
        is_locked,
        document,
        text,
        findings,
        mark: own_mark,
        marked,
        on_input,
        on_rewrite,
        on_explain,
        knows: Some(Knows {
            id,
            scenario,
            reference: around.reference,
            request: memo(move || worked.get().and_then(|it| it.request.get())),
        }),
        has_tools,
    };
    let subject = Subject {
        id,
        document,
        around,
        worked,
        go_to,
    };
    // Its signals are made once, however often somebody tries to fetch the editor.
    let is_here = memo(move || has_tools.get());
    let tools = move || {
        is_here
            .get()
            .then(|| late::now(tools_view(subject)).and_then(Result::ok))
    };
    view! {
        <Attachments id=id.get_value() scenario is_locked actions />
        {own_policy.filter(|_| !is_locked).map(|arn| view! { <Versions arn scenario actions /> })}
        <CodeArea code />
        <div class="decided">{live::maybe(tools)}</div>
        <FindingList
            document
            findings
            has_looked
            on_finding=go_to
            on_explain
            is_locked
            on_fix=Callback::new(move |fix| on_rewrite.run((Rewrite::Fix, fix)))
        />
        {page.view()}
    }
}

/// What looks for findings comes later than the text, and what it looks things up in later still.
fn has_looked(worked: RwSignal<Option<Worked>>, reference: Reference) -> Signal<bool> {
    memo(move || {
        let progress = reference.progress().get();
        worked.get().is_some() && (progress.has(Part::Core) || progress.says().is_some())
    })
}

fn marked(decided: &[Decided]) -> Vec<Marked> {
    let mut marked = Vec::new();
    for it in decided {
        let title = format!("{}: {}", it.say.word(), it.title);
        marked.push((it.span, it.say.kind(), title));
        if let Some((span, sentence)) = &it.failed {
            marked.push((*span, "failed", sentence.clone()));
        }
    }
    marked
}

/// Where the text has its say, and what to know of editing it here.
#[component]
fn Attachments(
    id: DocumentId,
    scenario: Signal<Arc<Scenario>>,
    is_locked: bool,
    actions: Actions,
) -> impl IntoView {
    let entity = id.entity();
    let unattached = attachments::unattached(&id);
    let id = StoredValue::new(id);
    let attachments = memo(move || {
        scenario.with(|it| id.with_value(|id| attachments::attachments(id, &it.world)))
    });
    let is_aws_managed = scenario
        .with_untracked(|it| id.with_value(|id| attachments::is_aws_managed(id, &it.world)));
    let list = move || {
        let attachments = attachments.get();
        if attachments.is_empty() {
            let wish = Wish::AskToAttach(entity.clone());
            let label = wish::attach_label(&entity).filter(|_| !is_locked);
            let attach = label.map(|it| {
                view! {
                    <button type="button" class="link" on:click=move |_| actions.wish.run(wish.clone())>
                        {it}
                    </button>
                }
            });
            return view! { <span>{unattached}" "{attach}</span> }.into_any();
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
