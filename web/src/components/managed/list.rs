//! The list: a field to search with, and what was found.

use leptos::prelude::*;
use rolewalk_core::library::{
    grants::Extent,
    managed::{FoundPolicies, PublishedPolicy, action_of, find},
};

use crate::{
    browser::focus,
    components::{
        live,
        managed::{ManagedDialog, Place},
        words::words,
    },
    state::signal::memo,
};

/// The field.
pub(super) const QUERY: &str = "managed-query";

/// More than these are found by typing.
const MAX_ROWS: usize = 50;

/// A policy, and what is to say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    name: String,
    detail: String,
    grants: Option<String>,
}

impl Row {
    fn of(it: &PublishedPolicy, extent: Option<Extent>, action: Option<&str>) -> Self {
        let grants = extent.zip(action).map(|(extent, action)| match extent {
            Extent::Everywhere => format!("Grants `{action}` on every resource."),
            Extent::Limited => {
                format!("Grants `{action}` on some resources, or under conditions.")
            }
        });
        Self {
            name: it.name.clone(),
            detail: format!("{} of {}, {}", it.version, it.updated, it.purpose().words()),
            grants,
        }
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Answer {
    sentence: String,
    rows: Vec<Row>,
    n_more: usize,
}

/// What a search comes to; `is_read`: whether it may ask all documents.
fn answer(all: &[PublishedPolicy], query: &str, is_read: bool) -> Answer {
    if !is_read && action_of(query).is_some() {
        return Answer {
            sentence: "The policies are being read …".to_owned(),
            ..Answer::default()
        };
    }
    let FoundPolicies { action, policies } = find(all, query);
    let action = action.map(|it| it.to_string());
    let n = policies.len();
    let what = match &action {
        Some(action) => format!(" grant `{action}`"),
        None if query.trim().is_empty() => String::new(),
        None => " have this in their names".to_owned(),
    };
    let sentence = match n {
        0 => format!(
            "None of {} policies{}.",
            all.len(),
            match &action {
                Some(action) => format!(" grants `{action}`"),
                None => " has this in its name".to_owned(),
            }
        ),
        n => format!("{n} of {} policies{what}.", all.len()),
    };
    let rows = policies.into_iter().take(MAX_ROWS);
    Answer {
        sentence,
        rows: rows
            .map(|(it, extent)| Row::of(it, extent, action.as_deref()))
            .collect(),
        n_more: n.saturating_sub(MAX_ROWS),
    }
}

impl ManagedDialog {
    pub(super) fn list(self) -> AnyView {
        focus::focus(QUERY.to_owned());
        let query = self.query;
        let found = memo(move || {
            let query = query.get();
            self.published.with(|it| {
                it.policies()
                    .map(|all| answer(all, &query, it.is_read()))
                    .unwrap_or_default()
            })
        });
        let left = self.left.get_untracked();
        let comparing = left.map(|it| {
            view! {
                <p class="managed-comparing">
                    {words(&format!("`{it}` is compared with the policy that you choose."))} " "
                    <button
                        type="button"
                        class="button small"
                        on:click=move |_| {
                            self.left.set(None);
                            self.go(Place::Policy(it.clone()));
                        }
                    >
                        "Do not compare"
                    </button>
                </p>
            }
        });
        let rows = move || {
            let Answer { rows, n_more, .. } = found.get();
            let rows = rows.into_iter().map(|it| self.row(it)).collect_view();
            view! {
                <ul class="managed-list" aria-label="Policies">{rows}</ul>
                {(n_more > 0).then(|| view! { <p class="field-help">{format!("… and {n_more} more: type to find them.")}</p> })}
            }
            .into_any()
        };
        view! {
            {comparing}
            <label class="field">
                <span class="field-label">"Find a policy"</span>
                <input
                    type="text"
                    class="input"
                    id=QUERY
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="managed-hint"
                    prop:value=query.get_untracked()
                    on:input:target=move |event| query.set(event.target().value())
                />
            </label>
            <p id="managed-hint" class="field-help">
                {words("Words of its name, such as `athena` or `job-function`, or an action, such as `sagemaker:CreateTrainingJob`, to see who grants it.")}
            </p>
            <p role="status" class="managed-found">{live::part(move || words(&found.with(|it| it.sentence.clone())))}</p>
            {live::part(rows)}
        }
        .into_any()
    }

    fn row(self, row: Row) -> AnyView {
        let Row {
            name,
            detail,
            grants,
        } = row;
        let shown = name.clone();
        let choose = move |_| {
            let place = match self.left.get_untracked() {
                Some(left) => Place::Compare(left, name.clone()),
                None => Place::Policy(name.clone()),
            };
            self.left.set(None);
            self.go(place);
        };
        view! {
            <li class="managed-row">
                <button type="button" class="link managed-title" on:click=choose>
                    {shown}
                </button>
                <span class="managed-detail">{detail}</span>
                {grants.map(|it| view! { <p class="managed-grants">{words(&it)}</p> })}
            </li>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policies() -> Vec<PublishedPolicy> {
        let one = |name: &str, resource: &str| {
            let document = format!(
                r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "s3:Get*", "Resource": "{resource}"}}}}"#
            );
            let document = serde_json::to_string(&document).unwrap();
            format!(
                r#"{{"name": "{name}", "path": "/", "version": "v1", "updated": "2026-01-01", "created": "2020-01-01", "document": {document}}}"#
            )
        };
        let list = format!("[{},{}]", one("One", "*"), one("Two", "arn:aws:s3:::b/*"));
        PublishedPolicy::list_from_json(&list).unwrap()
    }

    #[test]
    fn the_answer_says_what_was_looked_for() {
        let all = policies();
        let says = |query: &str| answer(&all, query, true).sentence;
        assert_eq!(says(""), "2 of 2 policies.");
        assert_eq!(says("tw"), "1 of 2 policies have this in their names.");
        assert_eq!(says("x"), "None of 2 policies has this in its name.");
        assert_eq!(
            says("s3:GetObject"),
            "2 of 2 policies grant `s3:GetObject`."
        );
        assert_eq!(
            says("s3:PutObject"),
            "None of 2 policies grants `s3:PutObject`."
        );
        let says = |query: &str| answer(&all, query, false).sentence;
        assert_eq!(says("s3:GetObject"), "The policies are being read …");
        assert_eq!(says("tw"), "1 of 2 policies have this in their names.");
        let rows = answer(&all, "s3:GetObject", true).rows;
        let grants: Vec<_> = rows.into_iter().filter_map(|it| it.grants).collect();
        assert_eq!(
            grants,
            [
                "Grants `s3:GetObject` on every resource.",
                "Grants `s3:GetObject` on some resources, or under conditions."
            ]
        );
    }
}
