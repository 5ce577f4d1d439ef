//! Policy variables: keys between `${` and `}`.
//!
//! Offered where `${…}` is read as a variable, nowhere else. Invariant: only keys with one value are offered.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use std::collections::BTreeSet;

use crate::{
    catalogue::KeyType,
    ide::{
        CompletionKind,
        complete::{Ask, Offer, Offers, source},
        place::Place,
        spot::{Element, Spot},
        tree::Quotes,
        words,
        write::{CARET, Slot},
    },
    names::ContextKey,
    policy::Operator,
    request::ContextValue,
};

/// Those that policies are mostly written with.
const USUAL: [&str; 6] = [
    "aws:username",
    "aws:PrincipalAccount",
    "aws:userid",
    "aws:SourceIdentity",
    "sagemaker:DomainId",
    "sagemaker:UserProfileName",
];

/// What could stand in a variable; `None` where the caret is in none.
pub(super) fn offers(
    ask: &Ask<'_>,
    spot: Spot<'_, '_>,
    place: &Place<'_, '_>,
    text: &str,
    offset: u32,
) -> Option<Offers> {
    let typed = place.at.text().filter(|it| it.quotes != Quotes::None)?;
    let start = ask.typed.rfind("${").or_else(|| {
        let is_dollar = ask.typed.ends_with('$');
        is_dollar.then(|| ask.typed.len() - 1)
    })?;
    let name = ask.typed.get(start..)?.trim_start_matches(['$', '{']);
    if name.contains(['}', ',']) || !takes_variables(ask, spot) {
        return None;
    }
    let end = behind(text, offset, typed.inner().end);
    let from = typed.inner().start + u32::try_from(start).ok()?;
    let mut offers = Offers::new(Slot::within(from, end), name);
    for (group, key) in keys(ask) {
        let (shown, caret) = match key.strip_suffix("${TagKey}") {
            Some(head) => (format!("{head}…"), format!("${{{head}{CARET}}}")),
            None => (key.clone(), format!("${{{key}}}")),
        };
        let now = ask
            .about
            .request
            .and_then(|it| it.context.get(&ContextKey::new(key.as_str())));
        let detail = match now {
            Some(ContextValue::Single(now)) => format!("now {now}"),
            _ => String::new(),
        };
        let offer = Offer::text(CompletionKind::Variable, shown, detail)
            .saying(words::presence(&key).unwrap_or_default())
            .writing(caret, false);
        offers.add(group, offer);
    }
    Some(offers)
}

/// The end of the variable that the caret is in: behind its `}`, where one follows its name.
fn behind(text: &str, offset: u32, end: u32) -> u32 {
    let rest = crate::syntax::Span::new(offset, end.max(offset))
        .of(text)
        .unwrap_or_default();
    let is_name =
        |it: char| it.is_ascii_alphanumeric() || matches!(it, ':' | '/' | '-' | '_' | '{');
    let n_name = rest.find(|it| !is_name(it)).unwrap_or(rest.len());
    let is_closed = rest.get(n_name..).is_some_and(|it| it.starts_with('}'));
    if is_closed {
        offset + u32::try_from(n_name + 1).unwrap_or(0)
    } else {
        offset
    }
}

fn takes_variables(ask: &Ask<'_>, spot: Spot<'_, '_>) -> bool {
    ask.has_variables()
        && match spot {
            Spot::Element(Element::Resource) => true,
            Spot::Value(operator, _) => {
                Operator::parse(operator.raw).is_some_and(|it| it.base.takes_variables())
            }
            _ => false,
        }
}

/// Keys with one value, the most usual first, each with its group.
fn keys(ask: &Ask<'_>) -> Vec<(u8, String)> {
    let mut found: Vec<(u8, String)> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut add = |group: u8, key: &str| {
        if seen.insert(key.to_ascii_lowercase()) {
            found.push((group, key.to_owned()));
        }
    };
    for key in USUAL {
        add(0, key);
    }
    for tag in source::tag_keys(ask.about.world) {
        add(1, &format!("aws:PrincipalTag/{tag}"));
    }
    add(1, "aws:PrincipalTag/${TagKey}");
    for (key, value) in ask.about.request.iter().flat_map(|it| it.context.iter()) {
        if matches!(value, ContextValue::Single(_)) {
            add(2, key.as_str());
        }
    }
    for key in ask.about.catalogue.global_keys() {
        if !key.value_type.is_some_and(KeyType::is_multivalued) {
            add(3, &key.name);
        }
    }
    found
}
