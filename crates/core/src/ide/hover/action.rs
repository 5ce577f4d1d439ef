//! Actions, and what wildcards of actions take in.

use crate::{
    catalogue::{Action, Service},
    ide::{Hover, complete::levels, hover::Look, words},
    names::ActionName,
    pattern::ActionPattern,
    policy::spelling::listed,
};

/// How many names are listed.
const MAX_NAMES: usize = 8;

pub(super) fn hover(look: &Look<'_>) -> Option<Hover> {
    let text = look.text.value();
    let catalogue = look.about.catalogue;
    let is_unknown = !catalogue.is_complete();
    let pattern = ActionPattern::new(text.as_ref());
    if pattern.is_any() {
        let all = || catalogue.services().flat_map(|it| &it.actions);
        let n = all().count();
        let hover = look.says(text, "every action of every service");
        let known = format!("{n} are known here: {}.", levels(all().map(|it| it.level)));
        return Some(hover.line(known).wanting(is_unknown));
    }
    let (prefix, name) = text.split_once(':')?;
    let Some(service) = catalogue.service(prefix) else {
        let says = if is_unknown {
            "The list of all services is not here yet."
        } else {
            "AWS has no service with this prefix."
        };
        let hover = look.says(text.as_ref(), "action of an unknown service");
        return Some(hover.line(says).wanting(is_unknown));
    };
    if name.contains(['*', '?']) {
        return Some(wildcard(look, &text, service, &pattern));
    }
    let known = ActionName::parse(&text).and_then(|it| catalogue.action(&it));
    Some(match known {
        Some((service, action)) => of_action(look, service, action, is_unknown),
        None => look
            .says(text.as_ref(), format!("no action of {}", service.name))
            .line("AWS's list of the service's actions does not have it, so it matches nothing."),
    })
}

fn of_action(look: &Look<'_>, service: &Service, action: &Action, is_partial: bool) -> Hover {
    let title = format!("{}:{}", service.prefix, action.name);
    let subtitle = format!("action of {} · {}", service.name, action.level);
    let mut hover = look.says(title, subtitle);
    let says = action.description.as_deref().map(words::sentence);
    hover = hover.line(says.unwrap_or_default());
    if !action.dependent_actions.is_empty() {
        let names = action.dependent_actions.iter().map(String::as_str);
        let names = listed(names, usize::MAX);
        hover = hover.line(format!("Whoever asks for it needs {names} as well."));
    }
    let types: Vec<_> = service.resources_of(action).collect();
    let required = types.iter().filter(|it| it.1).map(|it| it.0.name.as_str());
    let optional = types.iter().filter(|it| !it.1).map(|it| it.0.name.as_str());
    let required = listed(required, MAX_NAMES);
    let optional = listed(optional, MAX_NAMES);
    hover = hover.line(match (required.is_empty(), optional.is_empty()) {
        (true, true) => "It is not about one resource: `Resource` has to be `*`.".to_owned(),
        (false, true) => format!("Each request names a resource of type {required}."),
        (true, false) => format!("It can be limited to resources of type {optional}."),
        (false, false) => {
            format!("Each request names a resource of type {required}, and may name {optional}.")
        }
    });
    let keys = service.keys_of(action);
    let own = keys.iter().filter(|it| it.replaced_by.is_none());
    let names = listed(own.map(|it| it.name.as_str()), MAX_NAMES);
    if !names.is_empty() {
        hover = hover.line(format!("Condition keys: {names}; the global ones besides."));
    }
    let lacks_words = action.description.is_none();
    hover.wanting(is_partial && lacks_words)
}

fn wildcard(look: &Look<'_>, text: &str, service: &Service, pattern: &ActionPattern) -> Hover {
    let is_in = |it: &&Action| pattern.matches_parts(&service.prefix, &it.name);
    let taken: Vec<&Action> = service.actions.iter().filter(is_in).collect();
    let n_all = service.actions.len();
    let subtitle = match taken.len() {
        0 => format!("no action of {}", service.name),
        1 => format!("1 action of {}", service.name),
        n if n == n_all => format!("all {n} actions of {}", service.name),
        n => format!("{n} of {n_all} actions of {}", service.name),
    };
    let hover = look.says(text, subtitle);
    if taken.is_empty() {
        return hover.line("It matches nothing.");
    }
    let counted = levels(taken.iter().map(|it| it.level));
    let names = taken.iter().map(|it| it.name.as_str());
    hover
        .line(format!("By access level: {counted}."))
        .line(format!("{}.", listed(names, MAX_NAMES)))
}
