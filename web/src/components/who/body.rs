//! What is asked, and the answer as rows.

use leptos::prelude::*;
use rolewalk_core::{
    access::{self, Access, Question},
    by_name::ByName,
    world::EntityId,
};

use crate::{
    browser::{clipboard, clock, focus},
    components::{
        actions::Actions, choose::Choose, live, state_chip::state_chip, who::WhoDialog,
        words::words,
    },
    state::{
        edit::{ChoiceField, Edit, Target},
        session::Tab,
        signal::{RwSignal, Signal, memo},
    },
    view::who::{self, Row, TYPED},
};

const ABOUT: &str = "who-about";
const ACTION: &str = "who-action";

/// More rows of a group than these are found by typing.
const MAX_ROWS: usize = 100;

/// What is chosen and typed.
#[derive(Clone, Copy)]
struct Asked {
    /// The key of a thing, or [`TYPED`].
    about: RwSignal<String>,
    /// An action, or [`TYPED`].
    action: RwSignal<String>,
    typed_resource: RwSignal<String>,
    typed_action: RwSignal<String>,
    object: RwSignal<String>,
}

/// How far the answer has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Answer {
    rows: Vec<Row>,
    unknown: Vec<String>,
    is_whole: bool,
}

#[derive(Clone, Copy)]
struct Answered {
    question: Signal<Result<Question, String>>,
    answer: RwSignal<Answer>,
    filter: RwSignal<String>,
    /// Which question is the newest: what was begun for one before goes no further.
    n_asked: StoredValue<u32>,
}

impl WhoDialog {
    pub(super) fn body(self, actions: Actions) -> AnyView {
        focus::focus(ABOUT.to_owned());
        let asked = self.first();
        let question = memo(move || self.question(asked));
        let answered = Answered {
            question,
            answer: RwSignal::new(Answer::default()),
            filter: RwSignal::new(String::new()),
            n_asked: StoredValue::new(0),
        };
        Effect::new(move |_: Option<()>| self.ask(answered));
        let says = move || match question.get() {
            Err(why) => why,
            Ok(question) => answered.answer.with(|it| {
                let asks = format!("`{}` on `{}`.", question.action, question.resource);
                if it.is_whole {
                    format!("{asks} {}", who::summary(&it.rows))
                } else {
                    format!("{asks} Everybody is asked …")
                }
            }),
        };
        let groups = move || {
            let group = |access| self.group(answered, access, actions);
            let is_there = question.with(Result::is_ok);
            is_there.then(|| who::GROUPS.map(group).collect_view())
        };
        view! {
            <div class="who">
                {self.fields(asked)}
                <p role="status" class="who-says">{live::part(move || words(&says()))}</p>
                {bar(answered)}
                {live::maybe(groups)}
                {live::maybe(move || unknown(&answered.answer.with(|it| it.unknown.clone())))}
                <p class="field-help">
                    {words(
                        "Each row is the walk of that one call. A condition on a key that nobody told is judged as where the key is not there; second factor, address and time are the scenario’s. Of a bucket one key is asked about: policies may say otherwise of the next.",
                    )}
                </p>
            </div>
        }
        .into_any()
    }

    /// What is asked at first: about what it was opened for, else about the scenario's data.
    fn first(self) -> Asked {
        self.shown.with_untracked(|shown| {
            let (world, choice) = (&shown.scenario.world, &shown.scenario.choice);
            let options = who::resources(world);
            let about = self.about.get_untracked();
            let about = about.unwrap_or_else(|| world.bucket_id(&choice.data.bucket));
            let about = Some(about).filter(|it| it.exists_in(world));
            let first = options.first().map_or(TYPED, |it| it.value.as_str());
            let key = about
                .as_ref()
                .map_or_else(|| first.to_owned(), EntityId::key);
            let about = EntityId::of(&key);
            Asked {
                action: RwSignal::new(first_action(about.as_ref())),
                object: RwSignal::new(who::first_object(about.as_ref(), choice)),
                about: RwSignal::new(key),
                typed_resource: RwSignal::new("*".to_owned()),
                typed_action: RwSignal::new("s3:GetObject".to_owned()),
            }
        })
    }

    /// What is asked, or what is still wrong with it.
    fn question(self, asked: Asked) -> Result<Question, String> {
        let action = match asked.action.get() {
            it if it == TYPED => asked.typed_action.get().trim().to_owned(),
            it => it,
        };
        let question = match EntityId::of(&asked.about.get()) {
            Some(about) => self.shown.with(|shown| {
                let world = &shown.scenario.world;
                asked
                    .object
                    .with(|it| who::question(world, &about, &action, it))
            }),
            None => Question {
                action,
                resource: asked.typed_resource.get().trim().to_owned(),
                context: ByName::new(),
            },
        };
        match question.error() {
            None => Ok(question),
            Some(error) => Err(format!("{}: {}.", error.message(), error.help())),
        }
    }

    /// Asks everybody, a few in each slice of a frame.
    fn ask(self, answered: Answered) {
        let question = answered.question.get();
        let shown = self.shown.get();
        let n = answered.n_asked.get_value() + 1;
        answered.n_asked.set_value(n);
        answered.answer.set(Answer::default());
        let Ok(question) = question else { return };
        let mut answer = Answer::default();
        let mut left = None;
        clock::in_turns(move || {
            if answered.n_asked.try_get_value() != Some(n) {
                return false;
            }
            let scenario = &shown.scenario;
            let (world, around) = (&scenario.world, &scenario.choice);
            let left = left.get_or_insert_with(|| {
                let all = access::principals(world, &shown.documents, around, &question);
                answer.unknown = all.unknown;
                all.who.into_iter()
            });
            let Some(who) = left.next() else {
                answer.is_whole = true;
                answered.answer.set_if_there(std::mem::take(&mut answer));
                return false;
            };
            let row = access::ask(world, &shown.documents, around, &question, &who);
            answer.rows.push(Row::of(row, world));
            true
        });
    }

    fn fields(self, asked: Asked) -> AnyView {
        let resources = memo(move || self.shown.with(|it| who::resources(&it.scenario.world)));
        let about = memo(move || EntityId::of(&asked.about.get()));
        let options = memo(move || about.with(|it| who::actions(it.as_ref())));
        let choose = move |key: String| {
            let entity = EntityId::of(&key);
            let has = |action: &str| {
                let all = who::actions(entity.as_ref());
                all.iter().any(|it| it.value == action)
            };
            if !asked.action.with_untracked(|it| has(it)) {
                asked.action.set(first_action(entity.as_ref()));
            }
            let object = self
                .shown
                .with_untracked(|it| who::first_object(entity.as_ref(), &it.scenario.choice));
            asked.object.set(object);
            asked.about.set(key);
        };
        let is_typed = |it: RwSignal<String>| memo(move || it.with(|it| it == TYPED));
        let (is_resource_typed, is_action_typed) = (is_typed(asked.about), is_typed(asked.action));
        let has_object = memo(move || {
            let action = match asked.action.get() {
                it if it == TYPED => asked.typed_action.get(),
                it => it,
            };
            let about = about.get();
            about.is_some_and(|it| who::is_of_object(&it, &action))
        });
        view! {
            <div class="who-fields">
                <label class="field">
                    <span class="field-label">"Who can do this"</span>
                    <Choose
                        label="Who can do this"
                        id=ACTION
                        options=options
                        value=asked.action
                        on_choose=move |it| asked.action.set(it)
                    />
                </label>
                {live::maybe(move || is_action_typed.get().then(|| typed("Action", "s3:GetObjectTagging", asked.typed_action)))}
                <label class="field">
                    <span class="field-label">"with this"</span>
                    <Choose label="with this" id=ABOUT options=resources value=asked.about on_choose=choose />
                </label>
                {live::maybe(move || is_resource_typed.get().then(|| typed("ARN, or *", "arn:aws:s3:::bucket/key", asked.typed_resource)))}
                {live::maybe(move || has_object.get().then(|| typed("Key of the object", "folder/file.csv", asked.object)))}
            </div>
        }
        .into_any()
    }

    fn group(self, answered: Answered, access: Access, actions: Actions) -> AnyView {
        let found = memo(move || {
            let filter = answered.filter.get();
            answered.answer.with(|it| {
                let rows = it.rows.iter().filter(|it| it.access == access);
                let n = rows.clone().count();
                let found: Vec<Row> = rows.filter(|it| it.has(&filter)).cloned().collect();
                (n, found)
            })
        });
        let is_there = memo(move || {
            let is_whole = answered.answer.with(|it| it.is_whole);
            is_whole && (access != Access::NotJudged || found.with(|it| it.0 > 0))
        });
        let count = move || {
            let (n, n_found) = found.with(|it| (it.0, it.1.len()));
            if n == n_found {
                format!("{n}")
            } else {
                format!("{n_found} of {n}")
            }
        };
        let rows = move || {
            let rows = found.with(|it| it.1.clone());
            let n_more = rows.len().saturating_sub(MAX_ROWS);
            let nobody = rows
                .is_empty()
                .then(|| view! { <p class="field-help">"Nobody."</p> });
            let rows = rows.into_iter().take(MAX_ROWS);
            let rows = rows
                .map(|it| self.row(it, answered, actions))
                .collect_view();
            let title = who::group_title(access);
            view! {
                {nobody}
                <ul class="who-list" aria-label=title>{rows}</ul>
                {(n_more > 0).then(|| view! { <p class="field-help">{format!("… and {n_more} more: type to find them.")}</p> })}
            }
            .into_any()
        };
        live::maybe(move || {
            is_there.get().then(|| {
                view! {
                    <section class="who-group">
                        <h3>
                            {state_chip(who::state_of(access), Some(who::group_title(access)))} " "
                            <span class="who-count">{live::text(count)}</span>
                        </h3>
                        {live::part(rows)}
                    </section>
                }
            })
        })
    }

    fn row(self, row: Row, answered: Answered, actions: Actions) -> AnyView {
        let principal = row.principal.clone();
        let show = move |_| {
            if let Ok(question) = answered.question.get_untracked() {
                self.show(&question, &principal, actions);
            }
        };
        let becoming = (row.is_role && row.access == Access::Can)
            .then(|| self.becoming(row.name.clone(), row.principal.clone()));
        view! {
            <li class="who-row">
                <div class="who-head">
                    <span class="who-name" title=row.principal>{row.name.clone()}</span>
                    <span class="who-detail">{row.detail}</span>
                </div>
                <p class="who-why">{words(&row.why)}</p>
                {row.keys.map(|it| view! { <p class="who-detail">{words(&it)}</p> })}
                <div class="who-buttons">
                    <button type="button" class="button small" on:click=show>
                        "Show the walk"
                        <span class="visually-hidden">{format!(" of {}", row.name)}</span>
                    </button>
                    {becoming}
                </div>
            </li>
        }
        .into_any()
    }

    /// Makes the call the scenario's own, as one edit, and shows its walk.
    fn show(self, question: &Question, principal: &str, actions: Actions) {
        let choice = self.shown.with_untracked(|it| {
            question.choice(&it.scenario.world, &it.scenario.choice, principal)
        });
        self.dialog.close();
        let target = Target::Choice(ChoiceField::Workload);
        actions
            .edit
            .run(Edit::new(target, move |it| it.choice = choice));
        self.tab.set(Tab::Flow);
        focus::focus("flow-title".to_owned());
    }

    /// Who can become a role: asked when somebody wants to know.
    fn becoming(self, name: String, role: String) -> AnyView {
        let is_open = RwSignal::new(false);
        let ways = move || {
            let ways = self.shown.with_untracked(|it| {
                let scenario = &it.scenario;
                let (world, around) = (&scenario.world, &scenario.choice);
                let ways = access::becoming(world, &it.documents, around, &role);
                let ways = ways.iter().map(|it| who::way(it, world));
                ways.collect::<Vec<_>>()
            });
            if ways.is_empty() {
                return view! { <p class="who-ways">"Nobody can become it."</p> }.into_any();
            }
            let ways = ways.iter().map(|it| view! { <li>{words(it)}</li> });
            view! { <ul class="who-ways">{ways.collect_view()}</ul> }.into_any()
        };
        view! {
            <button
                type="button"
                class="button small quiet"
                aria-expanded=live::text(move || is_open.get().to_string())
                on:click=move |_| is_open.set(!is_open.get_untracked())
            >
                "Who can become it"
                <span class="visually-hidden">{format!(": {name}")}</span>
            </button>
            {live::maybe(move || is_open.get().then(|| ways.clone()()))}
        }
        .into_any()
    }
}

fn first_action(about: Option<&EntityId>) -> String {
    let deeds = about.map_or(&[] as &[who::Deed], |it| who::deeds(&it.thing));
    deeds.first().map_or(TYPED, |it| it.0).to_owned()
}

/// A field whose text is taken when it is finished: everybody is asked anew then.
fn typed(label: &'static str, example: &'static str, text: RwSignal<String>) -> AnyView {
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            <input
                type="text"
                class="input"
                autocomplete="off"
                spellcheck="false"
                placeholder=example
                prop:value=text.get_untracked()
                on:change:target=move |event| text.set(event.target().value())
            />
        </label>
    }
    .into_any()
}

/// The field that finds rows, and the table to copy.
fn bar(answered: Answered) -> AnyView {
    let copied = RwSignal::new(String::new());
    let copy = move |what: &'static str, write: fn(&[Row]) -> String| {
        let text = answered.answer.with_untracked(|it| write(&it.rows));
        clipboard::copy_then(&text, move |is_copied| {
            copied.set_if_there(if is_copied {
                format!("Copied as {what}.")
            } else {
                "The browser refuses to copy. Allow this page the clipboard.".to_owned()
            });
        });
    };
    view! {
        <div class="who-bar">
            <label class="field who-filter">
                <span class="field-label">"Find in the rows"</span>
                <input
                    type="search"
                    class="input"
                    autocomplete="off"
                    spellcheck="false"
                    on:input:target=move |event| answered.filter.set(event.target().value())
                />
            </label>
            <div class="who-buttons">
                <button type="button" class="button small" on:click=move |_| copy("CSV", who::csv)>
                    "Copy as CSV"
                </button>
                <button type="button" class="button small" on:click=move |_| copy("Markdown", who::markdown)>
                    "Copy as Markdown"
                </button>
                <span role="status" class="who-detail">{live::text(move || copied.get())}</span>
            </div>
        </div>
    }
    .into_any()
}

/// Whom a policy names and nobody knows.
fn unknown(names: &[String]) -> Option<AnyView> {
    let all: Vec<String> = names.iter().map(|it| format!("`{it}`")).collect();
    let sentence = format!(
        "The resource’s policy names {} too. Who that is is not known here: it is an id that stands for somebody who is gone, or for another account.",
        all.join(", ")
    );
    (!names.is_empty()).then(|| view! { <p class="who-unknown">{words(&sentence)}</p> }.into_any())
}
