//! Two policies side by side: what only one of them grants, what both do, and the texts.

use leptos::prelude::*;
use rolewalk_core::library::{
    grants::{compare, grants},
    managed::PublishedPolicy,
};

use crate::{
    components::{
        live,
        managed::{Found, ManagedDialog, Place, document, services::services},
    },
    view::grants::{Side, side, total},
};

impl ManagedDialog {
    pub(super) fn comparison(self, left: &Found, right: &Found) -> AnyView {
        let names = (left.name().to_owned(), right.name().to_owned());
        let text = |it: &Found| it.get().map(|it| it.document.clone()).unwrap_or_default();
        let texts = view! {
            <div class="managed-texts">
                {document(&names.0, text(left))}
                {document(&names.1, text(right))}
            </div>
        };
        let title = format!("{} and {}", names.0, names.1);
        let back = Place::Policy(names.0.clone());
        let (left, right) = (left.clone(), right.clone());
        let sides = move || {
            let (catalogue, sentence) = self.catalogue();
            let of = |it: &Found| {
                let policy = it.get().and_then(PublishedPolicy::policy);
                policy.map(|it| grants(it, &catalogue)).unwrap_or_default()
            };
            let differences = compare(&of(&left), &of(&right));
            let part = |it: Side| {
                let rows = side(&differences, it, &catalogue);
                let (heading, id) = match it {
                    Side::Left => (format!("Only {}", names.0), "managed-left"),
                    Side::Both => ("Both".to_owned(), "managed-both"),
                    Side::Right => (format!("Only {}", names.1), "managed-right"),
                };
                let total = total(&rows);
                let label = heading.clone();
                view! {
                    <section class="managed-side">
                        <h4>{heading}</h4>
                        <p class="managed-total">{total}</p>
                        {services(rows, &label, id)}
                    </section>
                }
                .into_any()
            };
            view! {
                {sentence.map(|it| view! { <p class="field-help">{it}</p> })}
                <div class="managed-sides">{Side::ALL.map(part).collect_view()}</div>
            }
            .into_any()
        };
        view! {
            {self.head(back, title)}
            {live::part(sides)}
            <h4>"Documents"</h4>
            {texts}
        }
        .into_any()
    }
}
