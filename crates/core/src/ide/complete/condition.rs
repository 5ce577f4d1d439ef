//! Condition operators and condition keys: those that fit each other, and what the chosen actions support.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    catalogue::{self, KeyType, Service},
    ide::{
        CompletionKind,
        complete::{Ask, Offer, Offers, has_key, is_only_name, source},
        place::At,
        tree::{Node, Object},
        words,
        write::CARET,
    },
    policy::{BASE_OPERATORS, BaseOperator, Operator, PolicyKind, SetOperator},
};

/// Operators in the order of use.
const USUAL: [BaseOperator; 8] = [
    BaseOperator::StringEquals,
    BaseOperator::StringLike,
    BaseOperator::ArnLike,
    BaseOperator::Bool,
    BaseOperator::IpAddress,
    BaseOperator::Null,
    BaseOperator::StringNotEquals,
    BaseOperator::ArnNotLike,
];

/// Global keys in the order of use; the others follow by name.
const FIRST_KEYS: [&str; 12] = [
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:PrincipalArn",
    "aws:PrincipalAccount",
    "aws:PrincipalOrgID",
    "aws:ResourceAccount",
    "aws:RequestedRegion",
    "aws:SecureTransport",
    "aws:SourceIp",
    "aws:SourceVpce",
    "aws:MultiFactorAuthPresent",
    "aws:username",
];

/// The value of `Condition`.
pub(super) fn whole(offers: &mut Offers) {
    let offer = Offer::text(CompletionKind::Element, "{ }", "operators, keys and values");
    offers.add(0, offer.writing(format!("{{{CARET}}}"), true));
}

/// The value of an operator.
pub(super) fn keys_object(offers: &mut Offers) {
    let offer = Offer::text(CompletionKind::Element, "{ }", "keys and values");
    offers.add(0, offer.writing(format!("{{{CARET}}}"), true));
}

/// Operators: those that fit the keys that are there first; and keys, each with the operator of its type.
pub(super) fn operators(ask: &Ask<'_>, object: &Object<'_>, at: &At<'_, '_>, offers: &mut Offers) {
    let types = types_under(ask, at);
    for operator in every_operator() {
        let name = operator.to_string();
        if has_key(object, at, &name) {
            continue;
        }
        let fits = !types.is_empty()
            && types
                .iter()
                .all(|it| how_well(operator, *it) == Some(Match::Meant));
        let group = match (fits, operator.set.is_some(), operator.if_exists) {
            (true, ..) => 0,
            (false, false, false) => 1,
            (false, false, true) => 3,
            (false, true, _) => 4,
        };
        offers.add(group, operator_offer(operator, at));
    }
    if !is_only_name(at) {
        for (group, supported) in supported(ask) {
            let Some(operator) = supported.value_type.map(meant) else {
                continue;
            };
            let operator = operator.to_string();
            if has_key(object, at, &operator) {
                continue;
            }
            for name in spelled(ask, &supported.name) {
                let key = key_snippet(&name);
                let offer = key_offer(&supported, &name)
                    .writing(format!("\"{operator}\": {{\n\t{key}\n}}"), true);
                let detail = format!("{operator} · {}", offer.detail);
                offers.add(group.saturating_add(5), Offer { detail, ..offer });
            }
        }
    }
}

/// The same without variants and keys: what is offered behind a condition.
pub(super) fn plain_operators(object: &Object<'_>, at: &At<'_, '_>, offers: &mut Offers) {
    for base in USUAL {
        let operator = Operator {
            set: None,
            base,
            if_exists: false,
        };
        if !has_key(object, at, base.name()) {
            offers.add(0, operator_offer(operator, at));
        }
    }
}

fn operator_offer(operator: Operator, at: &At<'_, '_>) -> Offer {
    let says = [
        Some(words::comparison(operator.base)),
        operator.set.map(words::of_set),
        Some(words::when_absent(operator)),
    ];
    let says: Vec<&str> = says.into_iter().flatten().collect();
    let name = operator.to_string();
    let detail = match (operator.set, operator.if_exists) {
        (Some(_), _) => "for keys with several values",
        (None, true) => "met where the key is absent",
        (None, false) => "",
    };
    let snippet = format!("\"{name}\": {{{CARET}}}");
    let offer = Offer::text(CompletionKind::Operator, name, detail).saying(says.join(" "));
    if is_only_name(at) {
        offer
    } else {
        offer.writing(snippet, true)
    }
}

fn every_operator() -> impl Iterator<Item = Operator> {
    let bases = BASE_OPERATORS.iter().map(|it| it.0);
    let rest = bases.filter(|it| !USUAL.contains(it));
    let bases: Vec<BaseOperator> = USUAL.into_iter().chain(rest).collect();
    let forms = [
        (None, false),
        (None, true),
        (Some(SetOperator::ForAnyValue), false),
        (Some(SetOperator::ForAllValues), false),
    ];
    forms.into_iter().flat_map(move |(set, if_exists)| {
        let operators = bases.clone().into_iter().map(move |base| Operator {
            set,
            base,
            if_exists,
        });
        operators.filter(|it| it.base != BaseOperator::Null || it.set.is_none() && !it.if_exists)
    })
}

/// The types of the keys under the operator that is being typed.
fn types_under(ask: &Ask<'_>, at: &At<'_, '_>) -> Vec<KeyType> {
    let At::Key(object, at, Some(_)) = at else {
        return Vec::new();
    };
    let value = object.entries.get(*at).and_then(|it| it.value.as_ref());
    let Some(Node::Object(keys)) = value else {
        return Vec::new();
    };
    let names = keys.entries.iter().map(|it| it.key.value());
    names.filter_map(|it| value_type(ask, &it)).collect()
}

/// The type of a key, where anything says it.
pub(super) fn value_type(ask: &Ask<'_>, name: &str) -> Option<KeyType> {
    ask.about.catalogue.key(name)?.value_type
}

/// How an operator and the type of a key go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    /// They are made for each other.
    Meant,
    /// It works, though another operator is meant for the type.
    Works,
}

fn how_well(operator: Operator, of: KeyType) -> Option<Match> {
    let base = operator.base;
    if base == BaseOperator::Null {
        return Some(Match::Works);
    }
    let name = base.name();
    let is_arn = base.compares_arns();
    let is_string = name.starts_with("String");
    let found = match of {
        KeyType::String | KeyType::ArrayOfString if is_string => Match::Meant,
        KeyType::Arn | KeyType::ArrayOfArn if is_arn => Match::Meant,
        KeyType::Bool | KeyType::ArrayOfBool if base == BaseOperator::Bool => Match::Meant,
        KeyType::Numeric if name.starts_with("Numeric") => Match::Meant,
        KeyType::Date if name.starts_with("Date") => Match::Meant,
        KeyType::IpAddress if name.ends_with("IpAddress") => Match::Meant,
        KeyType::Binary if base == BaseOperator::BinaryEquals => Match::Meant,
        KeyType::Arn | KeyType::ArrayOfArn if is_string => Match::Works,
        _ => return None,
    };
    // Several values without a set operator are compared with nothing.
    let is_set = operator.set.is_some();
    match (of.is_multivalued(), is_set) {
        (true, true) | (false, false) => Some(found),
        (true, false) | (false, true) => Some(Match::Works),
    }
}

/// The operator that a type of key is mostly compared with.
const fn meant(of: KeyType) -> Operator {
    let base = match of {
        KeyType::String | KeyType::ArrayOfString => BaseOperator::StringEquals,
        KeyType::Arn | KeyType::ArrayOfArn => BaseOperator::ArnLike,
        KeyType::Bool | KeyType::ArrayOfBool => BaseOperator::Bool,
        KeyType::Numeric => BaseOperator::NumericLessThanEquals,
        KeyType::Date => BaseOperator::DateLessThan,
        KeyType::IpAddress => BaseOperator::IpAddress,
        KeyType::Binary => BaseOperator::BinaryEquals,
    };
    let set = if of.is_multivalued() {
        Some(SetOperator::ForAnyValue)
    } else {
        None
    };
    Operator {
        set,
        base,
        if_exists: false,
    }
}

/// Condition keys under an operator.
pub(super) fn keys(
    ask: &Ask<'_>,
    operator: &str,
    object: &Object<'_>,
    at: &At<'_, '_>,
    offers: &mut Offers,
) {
    let operator = Operator::parse(operator);
    for (group, supported) in supported(ask) {
        let matched = match (operator, supported.value_type) {
            (Some(operator), Some(of)) => how_well(operator, of),
            _ => Some(Match::Works),
        };
        let Some(matched) = matched else { continue };
        let is_second =
            operator.is_some_and(|it| it.base != BaseOperator::Null) && matched == Match::Works;
        for name in spelled(ask, &supported.name) {
            if has_key(object, at, &name) {
                continue;
            }
            let offer = key_offer(&supported, &name);
            let offer = if is_only_name(at) {
                offer
            } else {
                offer.writing(key_snippet(&name), true)
            };
            offers.add(group + if is_second { 10 } else { 0 }, offer);
        }
    }
}

fn key_snippet(name: &str) -> String {
    if name.ends_with(['/', ':']) {
        // Its name is not whole yet.
        format!("\"{name}{CARET}\": \"\"")
    } else {
        format!("\"{name}\": \"{CARET}\"")
    }
}

fn key_offer(supported: &Supported, name: &str) -> Offer {
    let of = supported
        .value_type
        .map_or("type unknown", words::type_name);
    let from = match (&supported.by, supported.is_by_all) {
        (None, _) => "global key".to_owned(),
        (Some(by), true) => format!("key of {by}"),
        (Some(by), false) => format!("key of {by}, for some of the actions"),
    };
    let says = [
        supported.description.as_deref().map(words::sentence),
        words::presence(name).map(str::to_owned),
    ];
    let detail = format!("{of} · {from}");
    let says: Vec<String> = says.into_iter().flatten().collect();
    Offer::text(CompletionKind::Key, name, detail).saying(says.join(" "))
}

/// A key that can be used in a statement.
#[derive(Clone, Debug)]
struct Supported {
    name: String,
    value_type: Option<KeyType>,
    /// The service whose actions list it; `None`: every service knows it.
    by: Option<String>,
    is_by_all: bool,
    description: Option<String>,
}

/// The keys that the chosen actions and their resource types support, then the global ones, each with its group.
fn supported(ask: &Ask<'_>) -> Vec<(u8, Supported)> {
    let chosen = ask.chosen();
    let mut by_service: BTreeMap<&str, (&Service, Vec<usize>)> = BTreeMap::new();
    for (service, action) in &chosen {
        let of_resources = service.resources_of(action).flat_map(|it| &it.0.keys);
        let mut places: Vec<usize> = action.keys.iter().chain(of_resources).copied().collect();
        places.sort_unstable();
        places.dedup();
        let entry = by_service
            .entry(&service.prefix)
            .or_insert_with(|| (service, vec![0; service.keys.len()]));
        for place in places {
            if let Some(count) = entry.1.get_mut(place) {
                *count += 1;
            }
        }
    }
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for (service, counts) in by_service.values() {
        for (key, count) in service.keys.iter().zip(counts) {
            if *count == 0 || key.replaced_by.is_some() {
                continue;
            }
            let is_by_all = *count == chosen.len();
            let is_global = key.name.starts_with("aws:");
            if seen.insert(key.name.to_ascii_lowercase()) {
                let is_own = key.name.split(':').next() == Some(service.prefix.as_str());
                let group = match (is_own, is_global, is_by_all) {
                    (true, _, true) => 0,
                    (true, _, false) => 1,
                    (_, true, true) => 2,
                    // Those of identity providers, in `sts`.
                    _ => 3,
                };
                found.push((
                    group,
                    Supported {
                        name: key.name.clone(),
                        value_type: key.value_type,
                        by: Some(service.name.clone()),
                        is_by_all,
                        description: key.description.clone(),
                    },
                ));
            }
        }
    }
    let global = ask.about.catalogue.global_keys();
    for key in global {
        let name = key.name.as_str();
        // A resource's tags are known where an action lists them.
        let is_listed = name.starts_with("aws:ResourceTag/") || name.starts_with("aws:RequestTag/");
        if seen.insert(name.to_ascii_lowercase()) {
            let is_first = FIRST_KEYS.contains(&name);
            let is_usual_here = is_first && ask.about.kind != PolicyKind::Identity;
            let group = match (is_usual_here, is_first, is_listed) {
                (true, ..) => 1,
                (_, true, _) => 4,
                (_, _, false) => 5,
                (_, _, true) => 6,
            };
            found.push((
                group,
                Supported {
                    name: name.to_owned(),
                    value_type: key.value_type,
                    by: None,
                    is_by_all: true,
                    description: key.description.clone(),
                },
            ));
        }
    }
    found.sort_by_key(|it| {
        let first = FIRST_KEYS.iter().position(|key| *key == it.1.name);
        (it.0, first.unwrap_or(usize::MAX))
    });
    found
}

/// The names that a key is offered by: for one that varies by a tag, with each tag key of the world, and up to where it
/// varies.
fn spelled(ask: &Ask<'_>, name: &str) -> Vec<String> {
    let Some(fixed) = catalogue::fixed_part(name) else {
        return vec![name.to_owned()];
    };
    let is_tag = fixed.ends_with("Tag/");
    let tags = source::tag_keys(ask.about.world);
    let tags = tags.into_iter().filter(|_| is_tag);
    let with_tags = tags.map(|it| format!("{fixed}{it}"));
    with_tags.chain([fixed.to_owned()]).collect()
}
