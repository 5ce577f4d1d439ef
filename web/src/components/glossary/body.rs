//! What the glossary's dialog shows: all its words, or one card, question or comparison.

use leptos::prelude::*;
use rolewalk_core::{
    explain::counted,
    lesson::{Answered, Card, Comparison, Glossary},
};

use crate::{
    browser::{focus, terms},
    components::{
        glossary::{GlossaryDialog, Words},
        live,
        words::words,
    },
    state::signal::{RwSignal, memo},
    view::markup::capitalised,
};

const QUERY: &str = "glossary-query";
const TITLE: &str = "glossary-card-title";

/// What there is to see.
pub(super) fn body(dialog: GlossaryDialog) -> AnyView {
    let query = RwSignal::new(String::new());
    let shown = memo(move || dialog.shown.get());
    live::part(move || {
        dialog.words.with(|it| match it {
            Words::Coming => view! { <p class="empty" role="status">"On its way …"</p> }.into_any(),
            Words::Missing => missing(dialog),
            Words::Here(glossary) => {
                let id = shown.get();
                let found = one(dialog, glossary, &id);
                focus::focus(if found.is_some() { TITLE } else { QUERY }.to_owned());
                found.unwrap_or_else(|| all(glossary.as_ref().clone(), &id, query))
            }
        })
    })
}

fn missing(dialog: GlossaryDialog) -> AnyView {
    view! {
        <div class="empty" role="alert">
            <p>
                "The glossary’s file, glossary.json, could not be fetched. Check the connection and try again, or reload the page: there may be a newer version. The page itself works without it."
            </p>
            <button type="button" class="button" on:click=move |_| dialog.fetch()>
                "Try again"
            </button>
        </div>
    }
    .into_any()
}

fn link(id: &str, name: &str) -> AnyView {
    view! { <a href=format!("{}/{id}", terms::START)>{words(name)}</a> }.into_any()
}

/// Everything that has the words of the field. `unknown` is an id that nothing has, or empty.
fn all(glossary: Glossary, unknown: &str, query: RwSignal<String>) -> AnyView {
    let unknown = (!unknown.is_empty()).then(|| {
        view! { <p role="alert">{words(&format!("There is no card `{unknown}`. These are all:"))}</p> }
    });
    let found = memo(move || query.with(|it| Found::of(&glossary, it)));
    let n_found = memo(move || match found.with(|it| it.cards.len()) {
        0 => "No card has these words.".to_owned(),
        n => counted(n, "card", "cards"),
    });
    view! {
        <div class="glossary">
            {unknown}
            <label class="field">
                <span class="field-label">"Look for"</span>
                <input
                    type="search"
                    id=QUERY
                    class="input"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=query.get_untracked()
                    on:input:target=move |event| query.set(event.target().value())
                />
            </label>
            <p role="status" class="field-help">{live::text(move || n_found.get())}</p>
            <section aria-label="Words">
                {live::part(move || found.with(|it| links(&it.cards)))}
            </section>
            {live::part(move || found.with(|it| under("Questions and answers", &it.questions)))}
            {live::part(move || found.with(|it| under("Side by side", &it.comparisons)))}
        </div>
    }
    .into_any()
}

/// What has the words of the field: ids and names.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    cards: Vec<(String, String)>,
    questions: Vec<(String, String)>,
    comparisons: Vec<(String, String)>,
}

impl Found {
    fn of(glossary: &Glossary, words: &str) -> Self {
        let pair = |id: &String, name: &String| (id.clone(), name.clone());
        let cards = glossary.search(words).into_iter();
        let questions = glossary.search_questions(words).into_iter();
        let comparisons = glossary.search_comparisons(words).into_iter();
        Self {
            cards: cards.map(|it| pair(&it.id, &it.term)).collect(),
            questions: questions.map(|it| pair(&it.id, &it.question)).collect(),
            comparisons: comparisons.map(|it| pair(&it.id, &it.title)).collect(),
        }
    }
}

/// Links below a heading; nothing where there are none.
fn under(heading: &'static str, all: &[(String, String)]) -> Option<AnyView> {
    (!all.is_empty()).then(|| view! { <h3>{heading}</h3> {links(all)} }.into_any())
}

fn links(all: &[(String, String)]) -> AnyView {
    let items = all
        .iter()
        .map(|(id, name)| view! { <li>{link(id, name)}</li> });
    view! { <ul class="glossary-links">{items.collect_view()}</ul> }.into_any()
}

/// The card, question or comparison of that id.
fn one(dialog: GlossaryDialog, glossary: &Glossary, id: &str) -> Option<AnyView> {
    let shown = if let Some(card) = glossary.card(id) {
        card_view(dialog, glossary, card)
    } else if let Some(it) = glossary.questions.iter().find(|it| it.id == id) {
        question_view(dialog, glossary, it)
    } else {
        let it = glossary.comparisons.iter().find(|it| it.id == id)?;
        let lessons = lessons(dialog, glossary, &it.lessons);
        view! {
            <h3 id=TITLE tabindex="-1">{it.title.clone()}</h3>
            {comparison(glossary, it)}
            {lessons}
        }
        .into_any()
    };
    Some(
        view! {
            <div class="glossary">
                <p><a href=terms::START>"← All words"</a></p>
                {shown}
            </div>
        }
        .into_any(),
    )
}

fn card_view(dialog: GlossaryDialog, glossary: &Glossary, card: &Card) -> AnyView {
    let also = (!card.also.is_empty()).then(|| {
        let also = format!("also: {}", card.also.join(", "));
        view! { <p class="field-help">{also}</p> }
    });
    let related = card
        .related
        .iter()
        .filter_map(|it| glossary.card(it))
        .map(|it| (it.id.clone(), it.term.clone()));
    let related = links(&related.collect::<Vec<_>>());
    let asked = glossary.questions_about(card);
    let asked = (!asked.is_empty()).then(|| {
        let asked = asked.into_iter().map(|it| {
            view! {
                <dt>{words(&it.question)}</dt>
                <dd>{words(&it.answer)}</dd>
            }
        });
        view! {
            <h4>"People ask"</h4>
            <dl class="glossary-asked">{asked.collect_view()}</dl>
        }
    });
    let compared = glossary.comparisons_of(&card.id);
    let compared = compared.into_iter().map(|it| {
        view! {
            <h4>{it.title.clone()}</h4>
            {comparison(glossary, it)}
        }
    });
    let compared = compared.collect_view();
    view! {
        <h3 id=TITLE tabindex="-1">{card.term.clone()}</h3>
        {also}
        <p>{words(&card.text)}</p>
        <h4>"Where in the page"</h4>
        <p>{words(&card.place)}</p>
        {asked}
        {compared}
        <h4>"Beside it"</h4>
        {related}
        {lessons(dialog, glossary, &card.lessons)}
        <p>
            <a href=card.docs.clone() target="_blank" rel="noreferrer">
                {format!("{} in AWS’s documentation", card.term)}
            </a>
        </p>
    }
    .into_any()
}

fn question_view(dialog: GlossaryDialog, glossary: &Glossary, it: &Answered) -> AnyView {
    view! {
        <h3 id=TITLE tabindex="-1">{words(&it.question)}</h3>
        <p>{words(&it.answer)}</p>
        {lessons(dialog, glossary, &it.lessons)}
    }
    .into_any()
}

/// The two things, column by column.
fn comparison(glossary: &Glossary, it: &Comparison) -> AnyView {
    let heads = it.cards.iter().map(|id| {
        let name = glossary.card(id).map_or(id, |it| &it.term);
        view! { <th scope="col">{link(id, name)}</th> }
    });
    let heads = heads.collect_view();
    let rows = it.rows.iter().map(|[what, one, other]| {
        view! {
            <tr>
                <th scope="row">{words(what)}</th>
                <td>{words(one)}</td>
                <td>{words(other)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="glossary-table" role="region" aria-label=it.title.clone() tabindex="0">
            <table>
                <thead>
                    <tr>
                        <td></td>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The lessons that show it, by the titles of the course that is open, else of our own.
fn lessons(dialog: GlossaryDialog, glossary: &Glossary, ids: &[String]) -> AnyView {
    let items = ids.iter().map(|id| {
        let title = dialog.course.with_untracked(|it| {
            let lesson = it.course()?.lesson(id)?;
            Some(lesson.sheet.title.clone())
        });
        let title = title.or_else(|| glossary.lesson_titles.get(id).cloned());
        let name = title.unwrap_or_else(|| capitalised(&id.replace('-', " ")));
        view! {
            <li>
                <a href=format!("#/learn/{id}") on:click=move |_| dialog.dialog.close()>
                    {name}
                </a>
            </li>
        }
    });
    let items = items.collect_view();
    (!ids.is_empty())
        .then(|| {
            view! {
                <h4>"Lessons about it"</h4>
                <ul class="glossary-links">{items}</ul>
            }
        })
        .into_any()
}
