//! ARNs: of this world's things, and of the types of resources that the chosen actions take.

use crate::{
    catalogue::{ResourceType, Service},
    ide::{
        CompletionKind,
        complete::{Ask, Offer, Offers},
        things::{self, Known},
    },
    names::Arn,
    world::Text,
};

pub(super) fn offer(ask: &Ask<'_>, beside: &[String], offers: &mut Offers) {
    let world = ask.about.world;
    let chosen = ask.chosen();
    let types = types(&chosen);
    let account = &things::account_of(world, ask.about.document).account;
    let is_new = |arn: &str| !beside.iter().any(|it| it == arn);
    let things = things::all(world);
    for arn in of_document(ask).into_iter().filter(|it| is_new(it)) {
        let offer = Offer::text(CompletionKind::Arn, arn, "what this policy belongs to");
        offers.add(0, offer);
    }
    let fitting = |it: &&Known| it.is_one_of(&types) && is_new(&it.arn);
    for it in things.iter().filter(fitting) {
        offers.add(1, thing(it));
    }
    let without: Vec<String> = chosen
        .iter()
        .filter(|it| it.1.resources.is_empty())
        .map(|it| format!("`{}:{}`", it.0.prefix, it.1.name))
        .collect();
    if is_new("*") {
        let (group, says) = match without.first() {
            Some(first) if without.len() == chosen.len() => (
                1,
                format!("{first} takes no other: it is not about one resource."),
            ),
            Some(first) => (3, format!("{first} takes no other; the other actions do.")),
            None => (5, "Every resource. Least privilege names them.".to_owned()),
        };
        let offer = Offer::text(CompletionKind::Arn, "*", "every resource").saying(says);
        offers.add(group, offer);
    }
    for (service, of_type) in &types {
        let arn = things::filled(&of_type.arn, world, account);
        if is_new(&arn) {
            offers.add(2, pattern(service, of_type, arn));
        }
    }
    let named = ask.typed.split(':').nth(2).unwrap_or_default();
    let of_service = ask.about.catalogue.service(named);
    for (service, of_type) in of_service.into_iter().flat_map(|service| {
        let types = service.resource_types.iter();
        types.map(move |it| (service, it))
    }) {
        let arn = things::filled(&of_type.arn, world, account);
        if is_new(&arn) {
            offers.add(4, pattern(service, of_type, arn));
        }
    }
    for it in things.iter().filter(|it| is_new(&it.arn)) {
        offers.add(4, thing(it));
    }
    if let Some(arn) = Arn::parse(ask.typed).filter(|it| !it.as_str().ends_with('*'))
        && !arn.resource().is_empty()
    {
        let all = format!("{arn}*");
        if is_new(&all) {
            let offer = Offer::text(CompletionKind::Arn, all, "all that begin so");
            offers.add(6, offer);
        }
    }
    let is_unknown = chosen.is_empty() && !ask.services_in_use().is_empty();
    offers.wants_catalogue |= is_unknown && !ask.about.catalogue.is_complete();
}

fn thing(known: &Known) -> Offer {
    Offer::text(CompletionKind::Arn, known.arn.as_str(), known.what)
}

fn pattern(service: &Service, of_type: &ResourceType, arn: String) -> Offer {
    let says = format!("`{}` of {}.", of_type.name, service.name);
    Offer::text(CompletionKind::Arn, arn, format!("every {}", of_type.name)).saying(says)
}

/// The types of resources that the actions take, those that are required first.
fn types<'x>(
    chosen: &[(&'x Service, &'x crate::catalogue::Action)],
) -> Vec<(&'x Service, &'x ResourceType)> {
    let mut found: Vec<(bool, &Service, &ResourceType)> = Vec::new();
    for (service, action) in chosen {
        for (of_type, is_required) in service.resources_of(action) {
            if !found.iter().any(|it| std::ptr::eq(it.2, of_type)) {
                found.push((is_required, *service, of_type));
            }
        }
    }
    found.sort_by_key(|it| !it.0);
    found.into_iter().map(|it| (it.1, it.2)).collect()
}

/// What the policy belongs to, and what is in it.
pub(super) fn of_document(ask: &Ask<'_>) -> Vec<String> {
    let Some(document) = ask.about.document else {
        return Vec::new();
    };
    let arn = ask.about.world.arn_of(&document.entity());
    match (&document.text, arn) {
        (Text::Bucket { .. }, Some(arn)) => vec![arn.to_string(), format!("{arn}/*")],
        // The key that a key policy is about is always its own.
        (Text::Key { .. }, _) => vec!["*".to_owned()],
        _ => Vec::new(),
    }
}
