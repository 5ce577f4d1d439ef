//! The tags of a thing: a row for each, its key and its value.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html>

use leptos::prelude::*;
use rolewalk_core::{
    by_name::Tags,
    world::{EntityId, Limited, Thing, World, WorldFindingKind},
};

use crate::{
    components::{editor::forms::Form, icon, live, words::words},
    state::{
        edit::Field,
        signal::{RwSignal, Signal, memo},
    },
    view::{form, icon::Icon},
};

fn tags_mut<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut Tags> {
    let account = world.account_of_mut(entity.account.as_ref())?;
    Some(match &entity.thing {
        Thing::User { name } => &mut account.user_mut(name)?.tags,
        Thing::Role { name } => &mut account.role_mut(name)?.tags,
        Thing::Domain { id } => &mut account.domain_mut(id)?.tags,
        Thing::UserProfile { domain, name } => {
            &mut account.domain_mut(domain)?.user_profile_mut(name)?.tags
        }
        _ => return None,
    })
}

fn tags(world: &World, entity: &EntityId) -> Option<Tags> {
    let account = world.account_of(entity.account.as_ref())?;
    Some(match &entity.thing {
        Thing::User { name } => account.user(name)?.tags.clone(),
        Thing::Role { name } => account.role(name)?.tags.clone(),
        Thing::Domain { id } => account.domain(id)?.tags.clone(),
        Thing::UserProfile { domain, name } => {
            account.domain(domain)?.user_profile(name)?.tags.clone()
        }
        _ => return None,
    })
}

/// The fields.
#[component]
pub(crate) fn TagFields(form: Form, help: &'static str) -> impl IntoView {
    let tags = form.read(tags);
    let message = form.message(|it| {
        matches!(
            it,
            WorldFindingKind::TooMany {
                what: Limited::Tags,
                ..
            }
        )
    });
    let change = move |change: Box<dyn FnOnce(&mut Tags)>| {
        form.edit(Field::Tags, move |it, entity| {
            if let Some(tags) = tags_mut(&mut it.world, entity) {
                change(tags);
            }
        });
    };
    let row = move |own: String| {
        live::item(own.clone(), move || {
            let (shown, typed, gone) = (own.clone(), own.clone(), own.clone());
            let text = move || tags.with(|it| it.get(&shown).cloned().unwrap_or_default());
            let on_text = move |value: String| {
                let key = typed.clone();
                change(Box::new(move |it| {
                    it.insert(key, value);
                }));
            };
            let remove = move |_| {
                let key = gone.clone();
                change(Box::new(move |it| {
                    it.remove(&key);
                }));
            };
            view! {
                <div class="tag-row">
                    <code class="tag-key">{own.clone()}</code>
                    <input
                        type="text"
                        class="input mono"
                        spellcheck="false"
                        autocomplete="off"
                        aria-label=format!("Value of tag {own}")
                        prop:value=live::text(text)
                        on:input:target=move |event| on_text(event.target().value())
                    />
                    <button type="button" class="button quiet small" aria-label=format!("Remove tag {own}") on:click=remove>
                        {icon::icon(Icon::Cross)}
                    </button>
                </div>
            }
            .into_any()
        })
    };
    view! {
        <fieldset class="group">
            <legend>"Tags"</legend>
            <p class="field-help">{words(help)}</p>
            <div aria-live="polite">{live::maybe(move || message.get().map(|it| view! { <p class="field-message">{it}</p> }.into_any()))}</div>
            <div class="tag-rows">{live::list(move || tags.with(|it| it.keys().cloned().map(row).collect()))}</div>
            <NewTag tags on_add=Callback::new(move |(key, value): (String, String)| {
                change(Box::new(move |it| {
                    it.insert(key, value);
                }));
            }) />
        </fieldset>
    }
}

/// The row of a tag that is not there yet.
#[component]
fn NewTag(tags: Signal<Tags>, #[prop(into)] on_add: Callback<(String, String)>) -> impl IntoView {
    // The new tag, while it is typed.
    let key = RwSignal::new(String::new());
    let value = RwSignal::new(String::new());
    let refusal = memo(move || {
        let key = key.get();
        let is_taken = tags.with(|it| it.keys().any(|it| it.eq_ignore_ascii_case(&key)));
        form::tag_message(&key, is_taken)
    });
    let add = move |_| {
        let (new, text) = (key.get_untracked(), value.get_untracked());
        if new.is_empty() || refusal.get_untracked().is_some() {
            return;
        }
        on_add.run((new, text));
        key.set(String::new());
        value.set(String::new());
    };
    view! {
            <div class="tag-row">
                <input
                    type="text"
                    class="input mono"
                    spellcheck="false"
                    autocomplete="off"
                    placeholder="Key"
                    aria-label="Key of a new tag"
                    aria-describedby="tag-message"
                    prop:value=live::text(move || key.get())
                    on:input:target=move |event| key.set(event.target().value())
                />
                <input
                    type="text"
                    class="input mono"
                    spellcheck="false"
                    autocomplete="off"
                    placeholder="Value"
                    aria-label="Value of a new tag"
                    prop:value=live::text(move || value.get())
                    on:input:target=move |event| value.set(event.target().value())
                />
                <button type="button" class="button small" on:click=add>"Add tag"</button>
            </div>
            <div id="tag-message" aria-live="polite">
                {live::maybe(move || refusal.get().map(|it| view! { <p class="field-message">{it}</p> }.into_any()))}
            </div>
    }
}
