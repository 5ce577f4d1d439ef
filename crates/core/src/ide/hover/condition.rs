//! Condition operators, condition keys, their values, and policy variables.

use crate::{
    catalogue::KeyType,
    ide::{
        Hover,
        hover::{Look, arn, piece},
        spot, words,
    },
    names::{ActionName, Arn, ContextKey},
    policy::{Operator, spelling::listed},
    request::ContextValue,
};

pub(super) fn operator(look: &Look<'_>) -> Hover {
    let text = look.text.value();
    let Some(operator) = Operator::parse(&text) else {
        return look
            .says(text.as_ref(), "no condition operator")
            .line("A statement with an unknown operator cannot be judged.");
    };
    look.says(operator.to_string(), "condition operator")
        .line(words::comparison(operator.base))
        .line(operator.set.map_or("", words::of_set))
        .line(words::when_absent(operator))
}

pub(super) fn key(look: &Look<'_>) -> Hover {
    let text = look.text.value();
    about_key(look, &text)
}

fn about_key(look: &Look<'_>, name: &str) -> Hover {
    let catalogue = look.about.catalogue;
    let known = catalogue.key(name);
    let value_type = known.and_then(|it| it.value_type);
    let prefix = name.split(':').next().unwrap_or_default();
    let is_global = prefix.eq_ignore_ascii_case("aws");
    let from = match catalogue.service(prefix) {
        _ if is_global => "global".to_owned(),
        Some(service) => format!("of {}", service.name),
        None => String::new(),
    };
    let of = value_type.map_or("", words::type_name);
    let parts = ["condition key", of, &from];
    let parts: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    let mut hover = look.says(name, parts.join(" · "));
    if known.is_none() && words::presence(name).is_none() {
        hover = hover.line("AWS's lists do not have this key.");
    }
    let says = known
        .and_then(|it| it.description.as_deref())
        .map(words::sentence);
    hover = hover.line(says.unwrap_or_default());
    if let Some(other) = known.and_then(|it| it.replaced_by.as_deref()) {
        hover = hover.line(format!("Deprecated: write `{other}`."));
    }
    hover = hover.line(words::presence(name).unwrap_or_default());
    if value_type.is_some_and(KeyType::is_multivalued) {
        let says =
            "A request may have several values: compare them by `ForAnyValue:` or `ForAllValues:`.";
        hover = hover.line(says);
    }
    if catalogue.is_of_credentials(name) && !is_global {
        hover = hover.line("It comes with the caller's credentials, to every service.");
    } else if !is_global {
        hover = hover.line(supporting(look, name));
    }
    let is_unknown = known.is_none() && !is_global && catalogue.service(prefix).is_none();
    hover
        .line(now(look, name))
        .wanting(is_unknown && !catalogue.is_complete())
}

/// Which of the statement's actions list a key of a service.
fn supporting(look: &Look<'_>, name: &str) -> String {
    let catalogue = look.about.catalogue;
    let actions = look.statement.map(spot::actions).unwrap_or_default();
    let parsed = actions.iter().filter_map(|it| ActionName::parse(it));
    let known: Vec<_> = parsed.filter_map(|it| catalogue.action(&it)).collect();
    if known.is_empty() || known.len() < actions.len() {
        return String::new();
    }
    let lists =
        |it: &&(&crate::catalogue::Service, &crate::catalogue::Action)| it.0.has_key(it.1, name);
    let supporting: Vec<String> = known
        .iter()
        .filter(lists)
        .map(|it| format!("{}:{}", it.0.prefix, it.1.name))
        .collect();
    match supporting.len() {
        0 => "None of the statement's actions lists it, so no request for them has it.".to_owned(),
        n if n == known.len() => String::new(),
        _ => {
            let names = listed(supporting.iter().map(String::as_str), 6);
            format!("Of the statement's actions only {names} list it.")
        }
    }
}

/// What the selected request has.
fn now(look: &Look<'_>, name: &str) -> String {
    let Some(request) = look.about.request else {
        return String::new();
    };
    match request.context.get(&ContextKey::new(name)) {
        None => "The selected request does not have it.".to_owned(),
        Some(value) if value.values().is_empty() => {
            "The selected request has it, with no value.".to_owned()
        }
        Some(value) => {
            let values = value.values().iter().map(String::as_str);
            format!("The selected request has {}.", listed(values, 6))
        }
    }
}

/// A value: a variable in it, an ARN, or what it is compared with.
pub(super) fn value(look: &Look<'_>, operator: &str, key: &str) -> Hover {
    let parsed = Operator::parse(operator);
    let takes_variables = parsed.is_some_and(|it| it.base.takes_variables());
    if let Some(hover) = variable(look, takes_variables) {
        return hover;
    }
    let text = look.text.value();
    let compared = format!("compared with `{key}` by `{operator}`");
    let hover = look.says(text.as_ref(), compared);
    let found = Arn::parse(&text);
    let line = match &found {
        Some(arn) => arn::in_world(look.about, arn, look.has_variables() && takes_variables),
        None => String::new(),
    };
    let account = crate::names::AccountId::parse(&text);
    let line = match account.map(|it| look.about.world.account(&it)) {
        Some(Some(account)) if !account.name.is_empty() => {
            format!("The account `{}` of this world.", account.name)
        }
        Some(Some(_)) => "An account of this world.".to_owned(),
        Some(None) => "No account of this world.".to_owned(),
        None => line,
    };
    hover.line(line).line(now(look, key))
}

/// The policy variable under the pointer.
pub(super) fn variable(look: &Look<'_>, is_taken: bool) -> Option<Hover> {
    let raw = look.text.raw;
    let at = look.offset.saturating_sub(look.text.inner().start) as usize;
    let (start, end) = around(raw, at)?;
    let written = raw.get(start..end)?;
    let inner = written.strip_prefix("${")?.strip_suffix('}')?;
    let mut hover = look.says(written, "policy variable");
    hover.span = piece(look.text, start, end);
    if matches!(inner, "*" | "?" | "$") {
        "a character".clone_into(&mut hover.subtitle);
        return Some(hover.line(format!("The character `{inner}` itself, no wildcard.")));
    }
    if !look.has_variables() {
        let says = "Plain text here: variables need `\"Version\": \"2012-10-17\"`.";
        return Some(hover.line(says));
    }
    if !is_taken {
        return Some(hover.line("Plain text here: this operator takes no variables."));
    }
    let (key, default) = match inner.split_once(',') {
        Some((key, default)) => (key.trim(), Some(default.trim())),
        None => (inner.trim(), None),
    };
    hover = hover.line(words::presence(key).unwrap_or_default());
    let otherwise = match default {
        Some(default) => format!("it stands for {default} then"),
        None => "what holds it then matches nothing".to_owned(),
    };
    let key_type = look.about.catalogue.key(key).and_then(|it| it.value_type);
    if key_type.is_some_and(KeyType::is_multivalued) {
        return Some(hover.line("The key has several values, so it cannot be a variable."));
    }
    let line = match look.about.request {
        None => format!("Where the request lacks it, {otherwise}."),
        Some(request) => match request.context.get(&ContextKey::new(key)) {
            Some(ContextValue::Single(value)) => format!("In the selected request: `{value}`."),
            Some(ContextValue::Multi(_)) => {
                format!("The selected request has several values for it: {otherwise}.")
            }
            None => format!("The selected request does not have it: {otherwise}."),
        },
    };
    Some(hover.line(line))
}

/// Where the `${…}` around a place begins and ends.
fn around(raw: &str, at: usize) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(found) = raw.get(from..)?.find("${") {
        let start = from + found;
        let end = start + raw.get(start..)?.find('}')? + 1;
        if start <= at && at < end {
            return Some((start, end));
        }
        from = end;
    }
    None
}
