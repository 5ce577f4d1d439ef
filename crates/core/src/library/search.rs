//! Ranks misconfigurations by how well their messages fit one that somebody has.
//!
//! What AWS's grammar says counts first: action, call, exception, policy type, kind of resource.
//! Words come after that, rare ones before common ones. Invariant: what ranks is also told, so that
//! people see why; one that is about another action, or was refused for another kind of reason, is never told to fit.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    explain,
    library::{
        Misconfiguration,
        message::{Facts, POLICY_TYPES, Reason, service_of},
    },
    trace::Layer,
};

/// What a shared fact is worth, and two that exclude each other. Words give at most [`WORDS`].
const ACTION: f64 = 6.0;
const OTHER_ACTION: f64 = -6.0;
const OPERATION: f64 = 3.0;
const OTHER_OPERATION: f64 = -2.0;
const EXCEPTION: f64 = 0.5;
const POLICY_TYPE: f64 = 2.0;
const OTHER_POLICY_TYPE: f64 = -2.0;
const RESOURCE: f64 = 1.0;
const WORDS: f64 = 10.0;

/// Below this nothing is shown.
const ENOUGH: f64 = 4.0;
/// Words alone have to cover this much of a message.
const COVERED: f64 = 0.45;
/// A piece of a message has at least so many of its words, and at least so much of it is of that message.
const PIECE_WORDS: usize = 4;
const PIECE: f64 = 0.75;
/// What a word weighs that no misconfiguration has: as much as one that a single one has.
const UNKNOWN: f64 = 3.6;
/// How far behind the best one may be.
const NEAR: f64 = 0.45;
/// How many words are told.
const N_WORDS: usize = 4;

/// A misconfiguration that a message fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Its name in addresses.
    pub slug: String,
    /// How well: more is better, within the same fit.
    pub score: f64,
    /// In which way.
    pub fit: Fit,
    /// Why, the weightiest first.
    pub because: Vec<Because>,
}

/// In which way a misconfiguration fits a message, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is about the action that the message names.
    Action,
    /// It is about the call that failed.
    Call,
    /// It has the same sentence.
    Words,
    /// It is about the same service only: told where nothing is about the action, or where the message
    /// names none.
    Service,
}

impl Fit {
    /// In two words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Action => "Same action",
            Self::Call => "Same call",
            Self::Words => "Same words",
            Self::Service => "Same service",
        }
    }

    fn of(because: &[Because]) -> Self {
        let has = |is: fn(&Because) -> bool| because.iter().any(is);
        if has(|it| matches!(it, Because::Action(_))) {
            Self::Action
        } else if has(|it| matches!(it, Because::Operation(_))) {
            Self::Call
        } else {
            Self::Words
        }
    }
}

/// What a message and a misconfiguration share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// An action.
    Action(String),
    /// The call that failed.
    Operation(String),
    /// The policy type that AWS names.
    PolicyType(&'static str),
    /// The exception.
    Exception(String),
    /// The kind of resource, such as `iam:role`.
    Resource(String),
    /// Words that few misconfigurations have.
    Words(Vec<String>),
    /// The service, such as `s3`.
    Service(String),
}

impl Because {
    /// In a few words, code between backticks.
    pub fn words(&self) -> String {
        match self {
            Self::Action(it) => format!("action `{it}`"),
            Self::Operation(it) => format!("call `{it}`"),
            Self::PolicyType(it) => (*it).to_owned(),
            Self::Exception(it) => format!("exception `{it}`"),
            Self::Resource(it) => format!("resource `{it}`"),
            Self::Words(it) => format!("words “{}”", it.join("”, “")),
            Self::Service(it) => format!("service `{it}`"),
        }
    }
}

/// The misconfigurations that a message fits, best first; where none is about the denied action, those about
/// the same service behind them.
pub(crate) fn search(all: &[Misconfiguration], text: &str) -> Vec<Match> {
    let asked = Facts::read(text);
    let read: Vec<(&Misconfiguration, Vec<Facts>)> = all
        .iter()
        .map(|it| (it, it.messages.iter().map(|it| Facts::read(it)).collect()))
        .collect();
    let rarity = rarity(&read);
    let mut found: Vec<Match> = Vec::new();
    for (it, messages) in &read {
        let of_door = reason_of_door(it);
        let is_other_reason = |it: &Facts| asked.reason.is_another(it.reason.or(&of_door));
        let same = messages
            .iter()
            .filter(|it| !is_other_action(&asked, it) && !is_other_reason(it));
        let fits = same.filter_map(|it| fit(&asked, it, &rarity));
        let Some((score, because)) = fits.max_by(|a, b| a.0.total_cmp(&b.0)) else {
            continue;
        };
        // Of equals the lower number stays first.
        let worse = found.iter().position(|it| it.score < score);
        let fit = Fit::of(&because);
        let slug = it.slug.clone();
        found.insert(
            worse.unwrap_or(found.len()),
            Match {
                slug,
                score,
                fit,
                because,
            },
        );
    }
    // It says no more than that something was denied: then no sentence is more than a guess.
    if asked.is_bare_denial() {
        found.clear();
    }
    let best = found.first().map_or(0.0, |it| it.score);
    found.retain(|it| it.score >= best * NEAR);
    if found.iter().all(|it| it.fit != Fit::Action) {
        let mut others = of_services(&read, &asked.services());
        // Of the same service, what was refused for the same kind of reason is nearer.
        others.sort_by_key(|it| !has_reason(&read, &it.slug, &asked.reason));
        let is_new = |it: &Match| found.iter().all(|found| found.slug != it.slug);
        let others: Vec<Match> = others.into_iter().filter(is_new).collect();
        found.extend(others);
    }
    found
}

/// Whether two messages name actions, and none in common.
fn is_other_action(asked: &Facts, known: &Facts) -> bool {
    let is_named = !asked.actions.is_empty() && !known.actions.is_empty();
    is_named && asked.actions.is_disjoint(&known.actions)
}

/// Why the door of a misconfiguration is shut, where a policy misses an allow: not every message of it says so.
fn reason_of_door(it: &Misconfiguration) -> Reason {
    let denied = it.door.denied.iter().flatten();
    let is_trust = denied.clone().any(|it| service_of(it) == Some("sts"));
    let missing = it.door.missing.iter().flatten();
    let policy_types: BTreeSet<&'static str> = missing
        .filter_map(|it| policy_type(*it, is_trust))
        .collect();
    let explicit_deny = (!policy_types.is_empty()).then_some(false);
    Reason {
        explicit_deny,
        policy_types,
    }
}

/// As messages call it, in lower case; nothing for what they call by no name.
fn policy_type(layer: Layer, is_trust: bool) -> Option<&'static str> {
    let name = explain::policy_type_where(layer, is_trust);
    let mut known = POLICY_TYPES.into_iter();
    known.find(|it| it.eq_ignore_ascii_case(name))
}

/// Whether a misconfiguration has a message with the very reason.
fn has_reason(read: &[(&Misconfiguration, Vec<Facts>)], slug: &str, reason: &Reason) -> bool {
    let of_slug = read.iter().filter(|(it, _)| it.slug == slug);
    let mut messages = of_slug.flat_map(|(_, messages)| messages);
    reason.explicit_deny.is_some() && messages.any(|it| it.reason == *reason)
}

/// What is denied by one of these services, in the order of the services.
fn of_services(read: &[(&Misconfiguration, Vec<Facts>)], services: &[&str]) -> Vec<Match> {
    let mut found: Vec<Match> = Vec::new();
    for service in services {
        for (it, messages) in read {
            let denied = it.door.denied.iter().flatten().map(String::as_str);
            let named = messages.iter().flat_map(|it| &it.actions);
            let mut actions = denied.chain(named.map(String::as_str));
            let is_of_service = actions.any(|it| service_of(it) == Some(service));
            if is_of_service && found.iter().all(|found| found.slug != it.slug) {
                found.push(Match {
                    slug: it.slug.clone(),
                    score: 0.0,
                    fit: Fit::Service,
                    because: vec![Because::Service((*service).to_owned())],
                });
            }
        }
    }
    found
}

/// How much each word tells: one that stands in every message tells nothing.
fn rarity(read: &[(&Misconfiguration, Vec<Facts>)]) -> BTreeMap<String, f64> {
    // Built by inserting: `collect` would bring a sort for each type into the page.
    let mut counts: BTreeMap<&String, u32> = BTreeMap::new();
    for (_, messages) in read {
        for (idx, message) in messages.iter().enumerate() {
            for word in &message.words {
                let mut before = messages.iter().take(idx);
                if !before.any(|it| it.words.contains(word)) {
                    *counts.entry(word).or_default() += 1;
                }
            }
        }
    }
    let n = u32::try_from(read.len()).unwrap_or(u32::MAX);
    let mut rarity = BTreeMap::new();
    for (word, count) in counts {
        let weight = (f64::from(n.saturating_add(1)) / f64::from(count)).ln();
        rarity.insert(word.clone(), weight);
    }
    rarity
}

/// How well a message fits one that is known; nothing where too little does.
fn fit(
    asked: &Facts,
    known: &Facts,
    rarity: &BTreeMap<String, f64>,
) -> Option<(f64, Vec<Because>)> {
    let mut score = 0.0;
    let mut because = Vec::new();
    let mut count = |asked: &BTreeSet<String>,
                     known: &BTreeSet<String>,
                     (same, other): (f64, f64),
                     tell: fn(String) -> Because| {
        let shared: Vec<&String> = asked.intersection(known).collect();
        if shared.is_empty() && !asked.is_empty() && !known.is_empty() {
            score += other;
        }
        if !shared.is_empty() {
            score += same;
        }
        because.extend(shared.into_iter().cloned().map(tell));
    };
    count(
        &asked.actions,
        &known.actions,
        (ACTION, OTHER_ACTION),
        Because::Action,
    );
    // One action is asked during many calls: then another call is no other mistake.
    let is_same_action = !asked.actions.is_disjoint(&known.actions);
    let other_operation = if is_same_action { 0.0 } else { OTHER_OPERATION };
    count(
        &asked.operations,
        &known.operations,
        (OPERATION, other_operation),
        Because::Operation,
    );
    count(
        &asked.resources,
        &known.resources,
        (RESOURCE, 0.0),
        Because::Resource,
    );
    count(
        &asked.exceptions,
        &known.exceptions,
        (EXCEPTION, 0.0),
        Because::Exception,
    );
    let shared: Vec<&&str> = asked
        .reason
        .policy_types
        .intersection(&known.reason.policy_types)
        .collect();
    if !shared.is_empty() {
        score += POLICY_TYPE;
    } else if !asked.reason.policy_types.is_empty() && !known.reason.policy_types.is_empty() {
        score += OTHER_POLICY_TYPE;
    }
    because.extend(shared.into_iter().map(|it| Because::PolicyType(it)));
    if let (Some(asked), Some(known)) = (asked.reason.explicit_deny, known.reason.explicit_deny)
        && asked != known
    {
        score += OTHER_POLICY_TYPE;
    }

    let weight = |word: &String| rarity.get(word).copied().unwrap_or(UNKNOWN);
    let weigh = |words: &BTreeSet<String>| words.iter().map(weight).sum::<f64>();
    let shared: Vec<&String> = asked.words.intersection(&known.words).collect();
    let common: f64 = shared.iter().map(|it| weight(it)).sum();
    let part = |of: &BTreeSet<String>| {
        let all = weigh(of);
        if all > 0.0 { common / all } else { 0.0 }
    };
    // Whoever pastes a piece of a message has few words, but hardly any that are not in it.
    let piece = part(&asked.words);
    let is_piece = shared.len() >= PIECE_WORDS && piece >= PIECE;
    let covered = part(&known.words).max(if is_piece { piece * PIECE } else { 0.0 });
    score += covered * WORDS;
    let has_action = because
        .iter()
        .any(|it| matches!(it, Because::Action(_) | Because::Operation(_)));
    if score < ENOUGH || !(has_action || covered >= COVERED) {
        return None;
    }
    if covered >= COVERED && !shared.is_empty() {
        because.push(Because::Words(rarest(shared, weight)));
    }
    Some((score, because))
}

fn rarest(mut words: Vec<&String>, weight: impl Fn(&String) -> f64) -> Vec<String> {
    let mut rarest = Vec::new();
    while rarest.len() < N_WORDS {
        let all = words.iter().enumerate();
        let Some((idx, _)) = all.max_by(|a, b| weight(a.1).total_cmp(&weight(b.1))) else {
            break;
        };
        rarest.push(words.remove(idx).clone());
    }
    rarest
}
