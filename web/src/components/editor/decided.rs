//! What the statements of the open text come to in one check, and the findings of the lint rules.
//!
//! All of it arrives later. Invariant: a statement is told of only while the walk goes through the text that is open.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    catalogue::Catalogue,
    diagnostic::Diagnostic,
    lint,
    names::AccountId,
    world::{Document, DocumentId},
};

use crate::{
    components::{
        editor::text::{Subject, Worked},
        live,
        words::words,
    },
    late::late,
    state::signal::{RwSignal, Signal, memo},
    view::{
        decisions::{self, Concern, Decided},
        markup::plain,
    },
};

/// Longer texts are not looked at: that would take longer than a keystroke should.
const MAX_LINT_BYTES: usize = 128_000;

late! {
    ide, tools_view_arrives:
    /// Works out what the editor marks, and says what is marked and for which check.
    pub(crate) fn tools_view(subject: Subject) -> AnyView {
        let found = all_found(subject);
        decided_view(subject, found)
    }
}

fn all_found(subject: Subject) -> Signal<Arc<Vec<Diagnostic>>> {
    let catalogue = subject.around.reference.catalogue();
    memo(move || {
        let catalogue = catalogue.get();
        let Some(document) = subject.document.get() else {
            return Arc::default();
        };
        let home = subject
            .around
            .shown
            .with_untracked(|it| it.scenario.world.home.account.clone());
        Arc::new(subject.id.with_value(|id| {
            let account = id.account.as_ref().unwrap_or(&home);
            found(&document, id, account, &catalogue)
        }))
    })
}

/// What parsing and the lint rules find, in the order of the text.
fn found(
    document: &Document,
    id: &DocumentId,
    account: &AccountId,
    catalogue: &Catalogue,
) -> Vec<Diagnostic> {
    let text = document.text.as_str();
    let mut found = document.diagnostics.clone();
    if let Some(policy) = document
        .policy
        .as_ref()
        .filter(|_| text.len() <= MAX_LINT_BYTES)
    {
        found.extend(lint::lint(&lint::Subject {
            text,
            kind: id.kind(),
            policy,
            catalogue,
            account: Some(account),
        }));
        found.sort_by_key(|it| it.span().start);
    }
    found
}

fn decided_view(subject: Subject, found: Signal<Arc<Vec<Diagnostic>>>) -> AnyView {
    let chosen = RwSignal::new(None::<String>);
    let around = subject.around;
    // While the walk goes through an older text than the one on the screen, its places say nothing about this one.
    let is_current = memo(move || {
        let open = subject
            .document
            .with(|it| it.as_ref().map(|it| it.text.clone()));
        let walked = around.shown.with(|shown| {
            let documents = &shown.documents;
            subject
                .id
                .with_value(|id| documents.get(id).map(|it| it.text.clone()))
        });
        open == walked
    });
    let concerns: Signal<Arc<Vec<Concern>>> = memo(move || {
        let of = |id: &DocumentId| around.flow.with(|flow| decisions::concerns(flow, id));
        Arc::new(if is_current.get() {
            subject.id.with_value(of)
        } else {
            Vec::new()
        })
    });
    let concern = memo(move || {
        let chosen = chosen.get();
        concerns.with(|all| {
            let own = all.iter().find(|it| Some(&it.key) == chosen.as_ref());
            own.or_else(|| decisions::first(all)).cloned()
        })
    });
    let decided: Signal<Arc<Vec<Decided>>> = memo(move || {
        let Some(concern) = concern.get() else {
            return Arc::default();
        };
        let of = |id: &DocumentId| {
            around
                .flow
                .with(|flow| decisions::decided(flow, concern.place, id))
        };
        Arc::new(subject.id.with_value(of))
    });
    let request = memo(move || {
        let place = concern.with(|it| it.as_ref().map(|it| it.place))?;
        let request = around
            .flow
            .with(|flow| decisions::request(flow, place).cloned());
        request.map(Arc::new)
    });
    subject.worked.set(Some(Worked {
        found,
        decided,
        request,
    }));
    let list = move || {
        decided
            .with(|it| it.iter().map(|it| item(it, subject)).collect_view())
            .into_any()
    };
    let body = move || {
        let all = concerns.get();
        if all.is_empty() {
            let sentence = if is_current.get() {
                "No check of this walk asks this policy."
            } else {
                "What its statements come to is told when the text has no errors."
            };
            return view! { <span class="decided-note">{sentence}</span> }.into_any();
        }
        let option = |it: &Concern| {
            let (key, own) = (it.key.clone(), it.key.clone());
            let is_chosen = move || concern.with(|it| it.as_ref().is_some_and(|it| it.key == own));
            view! {
                <option value=key prop:selected=live::flag(is_chosen)>
                    {format!("{} · {}", it.title, it.state.word().to_lowercase())}
                </option>
            }
        };
        let options = all.iter().map(option).collect_view();
        view! {
            <select
                class="decided-check"
                aria-label="Check that the statements are marked for"
                on:change:target=move |event| chosen.set(Some(event.target().value()))
            >
                {options}
            </select>
        }
        .into_any()
    };
    view! {
        <section class="decided-row" aria-label="What the statements come to">
            {live::part(body)}
            <ul class="decided-list">{live::part(list)}</ul>
        </section>
    }
    .into_any()
}

fn item(it: &Decided, subject: Subject) -> AnyView {
    let span = it.failed.as_ref().map_or(it.span, |it| it.0);
    let whole = it.failed.as_ref().map(|(_, sentence)| {
        format!(
            "{}: {} — {}",
            it.say.word(),
            plain(&it.title),
            plain(sentence)
        )
    });
    let why = it
        .failed
        .as_ref()
        .map(|(_, sentence)| view! { <span class="decided-why">" — "{words(sentence)}</span> });
    view! {
        <li>
            <button type="button" class=format!("decided-item is-{}", it.say.kind()) title=whole on:click=move |_| subject.go_to.run(span)>
                <span class="decided-sign" aria-hidden="true">{it.say.sign()}</span>
                " "{it.say.word()}": "{words(&it.title)}
                {why}
            </button>
        </li>
    }
    .into_any()
}
