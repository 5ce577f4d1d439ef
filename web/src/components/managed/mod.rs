//! AWS managed policies: browsed, searched by name or by what they grant, read, compared, attached, copied.
//!
//! One dialog with several places in it. Knows nothing of how the policies arrive. Invariant: nothing in here changes the
//! scenario but by a wish.

mod compare;
mod list;
mod policy;
mod services;

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    catalogue::Catalogue, library::managed::PublishedPolicy, scenario::Scenario, world::EntityId,
};

use crate::{
    browser::focus,
    components::{actions::Actions, dialog::Dialog, late::late_view, live},
    late::late,
    state::{
        published::{self, Published},
        reference::{Part, Reference},
        signal::{RwSignal, Signal},
    },
};

const TITLE: &str = "AWS managed policies";

/// What stands at the head of a place other than the list.
const BACK: &str = "managed-back";

/// Where one is in the dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// All policies, or those that were found.
    List,
    /// The policy with this name.
    Policy(String),
    /// What the policy with this name is attached to is chosen.
    Attach(String),
    /// Two policies, by name.
    Compare(String, String),
}

/// The dialog, and how far somebody has come in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ManagedDialog {
    dialog: Dialog,
    scenario: Signal<Arc<Scenario>>,
    reference: Reference,
    published: RwSignal<Published>,
    query: RwSignal<String>,
    place: RwSignal<Place>,
    /// The policy that another one is looked for, to compare the two.
    left: RwSignal<Option<String>>,
    /// The thing that a policy is looked for.
    onto: RwSignal<Option<EntityId>>,
}

impl ManagedDialog {
    /// A dialog that is shut.
    pub(crate) fn new(scenario: Signal<Arc<Scenario>>, reference: Reference) -> Self {
        Self {
            dialog: Dialog::new("managed"),
            scenario,
            reference,
            published: RwSignal::new(Published::Away),
            query: RwSignal::new(String::new()),
            place: RwSignal::new(Place::List),
            left: RwSignal::new(None),
            onto: RwSignal::new(None),
        }
    }

    /// The policies, as far as they are here, for others who need them.
    pub(crate) const fn published(self) -> RwSignal<Published> {
        self.published
    }

    /// Opens it at the list, and fetches the policies the first time. `onto`: the thing that a policy is looked for.
    pub(crate) fn open(self, onto: Option<EntityId>) {
        self.onto.set(onto);
        published::fetch(self.published);
        self.place.set(Place::List);
        self.left.set(None);
        self.dialog.open();
    }

    /// Its part of the page.
    pub(crate) fn view(self, actions: Actions) -> AnyView {
        self.dialog.view(TITLE, move || {
            late_view(managed_arrives, move || managed_body(self, actions))
        })
    }

    fn body(self, actions: Actions) -> AnyView {
        // What they grant is told of every service.
        self.reference.want(Part::All);
        let place = move || match self.place.get() {
            Place::List => self.list(),
            Place::Policy(name) => self.with(&name, |it| self.policy(it, actions)),
            Place::Attach(name) => self.with(&name, |it| self.targets(it, actions)),
            Place::Compare(left, right) => {
                let right = self.named(&right);
                right.map_or_else(
                    || self.list(),
                    |right| self.with(&left, |left| self.comparison(left, &right)),
                )
            }
        };
        view! {
            <div class="managed">
                <p role="status" class="managed-status">
                    {live::part(move || self.published.with(Published::says))}
                </p>
                {live::maybe(move || self.published.with(Published::is_missing).then(|| self.again()))}
                {live::part(place)}
            </div>
        }
        .into_any()
    }

    fn again(self) -> AnyView {
        view! {
            <p>
                <button type="button" class="button" on:click=move |_| published::fetch(self.published)>
                    "Try again"
                </button>
            </p>
        }
        .into_any()
    }

    /// The view of a policy; the list where it is not there.
    fn with(self, name: &str, view: impl FnOnce(&Found) -> AnyView) -> AnyView {
        self.named(name).map_or_else(|| self.list(), |it| view(&it))
    }

    fn named(self, name: &str) -> Option<Found> {
        let all = self.published.with(|it| it.policies().cloned())?;
        let place = all.iter().position(|it| it.name == name)?;
        Some(Found { all, place })
    }

    fn go(self, place: Place) {
        let to = match place {
            Place::List => list::QUERY,
            _ => BACK,
        };
        self.place.set(place);
        focus::focus(to.to_owned());
    }

    /// The way back, and what one sees.
    fn head(self, to: Place, title: String) -> AnyView {
        let label = match &to {
            Place::Policy(name) => format!("Back to {name}"),
            _ => "Back to the list".to_owned(),
        };
        view! {
            <p>
                <button type="button" class="button quiet" id=BACK on:click=move |_| self.go(to.clone())>
                    {format!("← {label}")}
                </button>
            </p>
            <h3 class="managed-name">{title}</h3>
        }
        .into_any()
    }

    /// What is known of AWS's services, and a sentence while that is not all.
    fn catalogue(self) -> (Arc<Catalogue>, Option<String>) {
        let catalogue = self.reference.catalogue().get();
        let missing = self.reference.progress().with(|it| it.says());
        let sentence = match missing {
            Some(sentence) => Some(sentence.to_owned()),
            None if catalogue.is_complete() => None,
            None => Some("The list of all AWS services is on its way …".to_owned()),
        };
        (catalogue, sentence)
    }
}

late! {
    managed, managed_arrives:
    fn managed_body(dialog: ManagedDialog, actions: Actions) -> AnyView {
        dialog.body(actions)
    }
}

/// A policy among all.
#[derive(Clone, Debug)]
struct Found {
    all: Arc<Vec<PublishedPolicy>>,
    place: usize,
}

impl Found {
    fn get(&self) -> Option<&PublishedPolicy> {
        self.all.get(self.place)
    }

    fn name(&self) -> &str {
        self.get().map_or("", |it| &it.name)
    }
}

/// A text that can be scrolled with the keyboard, too.
fn document(name: &str, text: String) -> AnyView {
    let label = format!("Document of {name}");
    view! {
        <pre class="managed-document" role="region" aria-label=label tabindex="0">
            {text}
        </pre>
    }
    .into_any()
}
