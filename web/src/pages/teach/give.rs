//! How a course is given: its settings, and the link that carries them.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::lesson::{
    self, Course, CourseError, Order, Presenter, Reveal, Settings, Solutions, Variant,
};

use crate::{
    browser::{
        download,
        location::{self, Route},
    },
    components::{
        choose::Choose,
        handed_out::{Copied, handed_out},
        live,
    },
    pages::{learn::Desk, teach::presenting},
    state::signal::{RwSignal, Signal, memo},
    view::options::option,
};

/// The form and the link.
#[component]
pub(super) fn Give(course: Arc<Course>, desk: Desk) -> impl IntoView {
    let settings = RwSignal::new(Settings {
        presenter: presenting::presenter(&course, desk.learning),
        ..course.sheet.settings.clone()
    });
    let is_kept = RwSignal::new(true);
    let of_presenting = course.sheet.id.clone();
    Effect::new(move |before: Option<Presenter>| {
        let chosen = settings.with(|it| it.presenter);
        if before.is_some_and(|it| it != chosen) {
            is_kept.set(presenting::choose(&of_presenting, chosen, desk.learning));
        }
        chosen
    });
    let given = desk.learning.given_text();
    let id = course.sheet.id.clone();
    let all_lessons: Vec<String> = course
        .lessons
        .iter()
        .map(|it| it.sheet.id.clone())
        .collect();
    let text = given.clone();
    let link = memo(move || {
        let link = settings.with(|it| packed(text.as_deref(), &id, &all_lessons, it));
        link.map_or_else(
            |error| Err(error.to_string()),
            |it| Ok(location::link(&Route::Course(it).address())),
        )
    });
    let address = memo(move || link.get().unwrap_or_default());
    let file = given.filter(|it| !Variant::is_one(it));
    let name = format!("{}.json", course.sheet.id);
    let has_file = file.is_some();
    let save = move |_| {
        if let Some(text) = &file {
            let text = settings.with_untracked(|it| lesson::with_settings(text, it));
            download::text(&name, "application/json", &text.unwrap_or_default());
        }
    };
    view! {
        <section class="give" aria-labelledby="give-title">
            <h2 id="give-title">"Hand it out"</h2>
            <p>"One link opens the course with these settings, beside what people have already. There is no server: each works in their own browser, after the first load without a network, too."</p>
            <div class="give-settings">
                {order(settings)}
                {solutions(settings)}
                {verdict(settings)}
                {check(settings, "Leave out the hints", |it| it.without_hints, |it, is_on| it.without_hints = is_on)}
                {check(settings, "Leave out the question before a lesson", |it| it.without_predictions, |it, is_on| it.without_predictions = is_on)}
                {check(settings, "Present the doors behind a shut one, too", |it| it.presenter.behind_the_shut_door, |it, is_on| it.presenter.behind_the_shut_door = is_on)}
            </div>
            <p class="field-help">"How it is presented counts in this tab at once. For everybody else all of this counts by the link: your own lessons stay as they are."</p>
            <div role="status">
                {live::maybe(move || {
                    (!is_kept.get())
                        .then(|| {
                            view! { <p class="notice">"This browser lets the tab keep nothing: how it is presented counts until the page is loaded anew."</p> }
                        })
                })}
            </div>
            {live::part(move || match link.get() {
                Ok(_) => handed_out(address, "give-link", "the course", RwSignal::new(Copied::NotYet), has_file),
                Err(sentence) => view! { <p role="alert">{sentence}</p> }.into_any(),
            })}
            {has_file
                .then(|| {
                    view! {
                        <button type="button" class="button" on:click=save>
                            "Save as file"
                        </button>
                    }
                })}
        </section>
    }
}

/// The text for the link. Of the page's own course only what is different goes along.
fn packed(
    given: Option<&str>,
    id: &str,
    lessons: &[String],
    settings: &Settings,
) -> Result<String, CourseError> {
    match given {
        Some(text) if !Variant::is_one(text) => {
            let text = lesson::with_settings(text, settings);
            lesson::encode(&text.unwrap_or_default())
        }
        given => {
            let mut variant = Variant::new(id, settings.clone());
            if given.is_some() {
                variant.lessons = lessons.to_vec();
            }
            variant.encode()
        }
    }
}

fn order(settings: RwSignal<Settings>) -> AnyView {
    let options = Signal::stored(vec![
        option("free", "All lessons are open"),
        option("inOrder", "One after the other"),
    ]);
    let value = memo(move || {
        settings
            .with(|it| match it.order {
                Order::Free => "free",
                Order::InOrder => "inOrder",
            })
            .to_owned()
    });
    let on_choose = Callback::new(move |value: String| {
        settings.update(|it| {
            it.order = match value.as_str() {
                "inOrder" => Order::InOrder,
                _ => Order::Free,
            };
        });
    });
    choice("Lessons", options, value, on_choose)
}

fn solutions(settings: RwSignal<Settings>) -> AnyView {
    let options = Signal::stored(vec![
        option("whenSolved", "Once one’s own is found"),
        option("always", "At any time"),
        option("never", "Only on this page"),
    ]);
    let value = memo(move || {
        settings
            .with(|it| match it.solutions {
                Solutions::WhenSolved => "whenSolved",
                Solutions::Always => "always",
                Solutions::Never => "never",
            })
            .to_owned()
    });
    let on_choose = Callback::new(move |value: String| {
        settings.update(|it| {
            it.solutions = match value.as_str() {
                "always" => Solutions::Always,
                "never" => Solutions::Never,
                _ => Solutions::WhenSolved,
            };
        });
    });
    choice("Solutions", options, value, on_choose)
}

fn verdict(settings: RwSignal<Settings>) -> AnyView {
    let options = Signal::stored(vec![
        option("whenGuessed", "Once the class has guessed"),
        option("atOnce", "With the door"),
    ]);
    let value = memo(move || {
        settings
            .with(|it| match it.presenter.verdict {
                Reveal::WhenGuessed => "whenGuessed",
                Reveal::AtOnce => "atOnce",
            })
            .to_owned()
    });
    let on_choose = Callback::new(move |value: String| {
        settings.update(|it| {
            it.presenter = Presenter {
                verdict: match value.as_str() {
                    "atOnce" => Reveal::AtOnce,
                    _ => Reveal::WhenGuessed,
                },
                ..it.presenter
            };
        });
    });
    choice("Presenting shows a verdict", options, value, on_choose)
}

fn choice(
    label: &'static str,
    options: Signal<Vec<crate::view::options::Choosable>>,
    value: Signal<String>,
    on_choose: Callback<String>,
) -> AnyView {
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            <Choose label=label options=options value=value on_choose=on_choose />
        </label>
    }
    .into_any()
}

fn check(
    settings: RwSignal<Settings>,
    label: &'static str,
    read: fn(&Settings) -> bool,
    write: fn(&mut Settings, bool),
) -> AnyView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=settings.with_untracked(read)
                on:change:target=move |event| {
                    let is_on = event.target().checked();
                    settings.update(|it| write(it, is_on));
                }
            />
            {label}
        </label>
    }
    .into_any()
}
