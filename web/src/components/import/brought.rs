//! What the texts in the import dialog bring: how much of each kind, and what there is to know.
//!
//! Invariant: what is only true one way is said under that way's heading.

use leptos::prelude::*;
use rolewalk_core::{explain, import::ImportNote};

use crate::{
    components::{live, words::words},
    state::{import_preview::Preview, published::Published, signal::RwSignal},
    view::import::{self as shown, REGIONS},
};

/// What it is, where it can go, and what there is to know of it. `is_whole`: whether what it lacks of AWS's policies,
/// `published`, is not still on its way. `region` is that of a new world of which no text says it.
pub(super) fn brought(
    preview: &Preview,
    is_whole: bool,
    (published, region): (RwSignal<Published>, RwSignal<String>),
    on_add: Callback<()>,
    on_open: Callback<()>,
) -> AnyView {
    let counts = shown::counts(&preview.here);
    let is_empty = counts.is_empty();
    let has_news = shown::has_news(&preview.here);
    let is_another = preview.is_of_another_account();
    let told = |mut notes: Vec<ImportNote>| {
        notes.retain(|it| is_whole || !shown::says_of_policies_of_aws(it));
        notes
    };
    let all = told(preview.notes());
    let [of_adding, of_opening] = preview.own_notes().map(told);
    let awaited = preview.lacks_policies().then(|| {
        let says = move || published.with(Published::says);
        view! { <p class="import-help">{live::part(says)}</p> }
    });
    view! {
        <section aria-labelledby="import-preview">
            <h3 id="import-preview">"What it brings"</h3>
            {if is_empty {
                view! { <p>"Nothing that could be imported."</p> }.into_any()
            } else {
                count_table(counts)
            }}
            {(!is_empty && !preview.names_region).then(|| region_field(region))}
            <div class="button-row">
                <button
                    type="button"
                    class="button"
                    class:primary=!is_another
                    disabled=!has_news
                    on:click=move |_| on_add.run(())
                >
                    "Add to this world"
                </button>
                <button
                    type="button"
                    class="button"
                    class:primary=is_another
                    disabled=is_empty
                    on:click=move |_| on_open.run(())
                >
                    "Open as a new world"
                </button>
            </div>
            <p class="import-help">
                {if is_empty || has_news {
                    "Either way Undo brings back the world as it is now. What is there already is brought up to date, and nothing is taken out."
                } else {
                    "This world has all of it already, just so."
                }}
            </p>
            {awaited}
            {notes("To know", &all)}
            {notes("To know where it is added to this world", &of_adding)}
            {(!is_empty).then(|| notes("To know where it is opened as a new world", &of_opening))}
        </section>
    }
    .into_any()
}

/// Where a new world lies: asked before it is opened, since ARNs name it.
fn region_field(region: RwSignal<String>) -> AnyView {
    let chosen = region.get_untracked();
    let options = REGIONS.iter().map(|it| {
        view! { <option value=*it selected=*it == chosen>{*it}</option> }
    });
    view! {
        <div class="field import-region">
            <label class="field-label" for="import-region">
                "Region of a new world"
            </label>
            <select
                id="import-region"
                class="input"
                aria-describedby="import-region-help"
                on:change:target=move |event| region.set(event.target().value())
            >
                {options.collect_view()}
            </select>
            <p id="import-region-help" class="field-help">
                "IAM knows no regions, and nothing else here names one."
            </p>
        </div>
    }
    .into_any()
}

fn count_table(counts: Vec<shown::CountRow>) -> AnyView {
    let rows = counts.into_iter().map(|it| {
        let cells = it
            .counts
            .into_iter()
            .map(|n| view! { <td>{n.to_string()}</td> });
        view! { <tr><th scope="row">{it.label}</th>{cells.collect_view()}</tr> }
    });
    view! {
        <table class="import-counts">
            <thead>
                <tr>
                    <td></td>
                    <th scope="col">"new"</th>
                    <th scope="col">"changed"</th>
                    <th scope="col">"as before"</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn notes(title: &'static str, notes: &[ImportNote]) -> Option<AnyView> {
    let items = notes.iter().map(|it| {
        let place = shown::place(it);
        let sentence = words(&explain::import_note_sentence(&it.kind));
        view! {
            <li>
                {(!place.is_empty()).then(|| view! { <span class="import-place">{place}</span> })}
                <span>{sentence}</span>
            </li>
        }
    });
    let items = items.collect_view();
    (!items.is_empty()).then(|| {
        view! {
            <h3>{title}</h3>
            <ul class="import-notes">{items}</ul>
        }
        .into_any()
    })
}
