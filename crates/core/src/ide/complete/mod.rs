//! What could be typed at a place, the best first.
//!
//! One file for each sort of thing that is offered. Invariant: accepting anything that is offered never makes a text
//! worse JSON than it was.

mod action;
mod condition;
mod element;
mod principal;
mod resource;
mod source;
mod value;
mod variable;

pub(super) use self::action::levels;

use std::collections::BTreeSet;

use crate::{
    catalogue::{Action, Service},
    diagnostic::{Fix, TextEdit},
    ide::{
        About, Completion, CompletionKind, Completions,
        fuzzy::{Fit, Query},
        place::{At, Place},
        spot::{self, Element, Spot},
        tree::{Object, Tree},
        write::{self, Slot},
    },
    names::ActionName,
    pattern::ActionPattern,
    syntax::{
        Span,
        json::{self, quoted},
    },
};

/// How many are offered at most: all that SageMaker has.
const MAX_ITEMS: usize = 500;

/// How many actions of a statement are looked at: what `ec2:*` stands for, and some more.
const MAX_CHOSEN: usize = 1000;

/// What the offers are made from.
#[derive(Clone, Copy, Debug)]
struct Ask<'x> {
    about: &'x About<'x>,
    root: Option<&'x Object<'x>>,
    statement: Option<&'x Object<'x>>,
    /// What is typed in front of the caret, without quotes.
    typed: &'x str,
}

impl<'x> Ask<'x> {
    /// The actions that the statement lists, wildcards written out; those that the catalogue has.
    fn chosen(&self) -> Vec<(&'x Service, &'x Action)> {
        let mut chosen = Vec::new();
        for text in self.statement.map(spot::actions).unwrap_or_default() {
            if let Some(name) = ActionName::parse(&text) {
                chosen.extend(self.about.catalogue.action(&name));
                continue;
            }
            let pattern = ActionPattern::new(text);
            if !pattern.is_any() {
                let left = MAX_CHOSEN.saturating_sub(chosen.len());
                let all = self.about.catalogue.services();
                let of_service = all.filter(|it| {
                    let prefix = pattern.text().split(':').next().unwrap_or_default();
                    it.prefix.eq_ignore_ascii_case(prefix)
                });
                let actions = of_service.flat_map(|service| {
                    let is_in = |it: &&Action| pattern.matches_parts(&service.prefix, &it.name);
                    let actions = service.actions.iter().filter(is_in);
                    actions.map(move |it| (service, it)).collect::<Vec<_>>()
                });
                chosen.extend(actions.take(left));
            }
        }
        chosen
    }

    /// The prefixes of the services that the statement's actions are of.
    fn services_in_use(&self) -> Vec<String> {
        let mut prefixes: Vec<String> = Vec::new();
        for text in self.statement.map(spot::actions).unwrap_or_default() {
            if let Some((prefix, _)) = text.split_once(':')
                && !prefixes.iter().any(|it| it.eq_ignore_ascii_case(prefix))
            {
                prefixes.push(prefix.to_ascii_lowercase());
            }
        }
        prefixes
    }

    /// Whether `${…}` is a variable in this document.
    fn has_variables(&self) -> bool {
        let versions = self.root.map(|it| it.texts("Version")).unwrap_or_default();
        versions.first().is_some_and(|it| it.raw == "2012-10-17")
    }
}

/// One thing to offer.
#[derive(Clone, Debug)]
struct Offer {
    kind: CompletionKind,
    label: String,
    detail: String,
    description: String,
    /// What is written, in the form of [`Slot::write`].
    snippet: String,
    goes_on: bool,
}

impl Offer {
    /// A text in quotes.
    fn text(kind: CompletionKind, text: impl Into<String>, detail: impl Into<String>) -> Self {
        let label = text.into();
        Self {
            kind,
            snippet: quoted(&label),
            label,
            detail: detail.into(),
            description: String::new(),
            goes_on: false,
        }
    }

    fn saying(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    fn writing(mut self, snippet: impl Into<String>, goes_on: bool) -> Self {
        self.snippet = snippet.into();
        self.goes_on = goes_on;
        self
    }
}

/// What is offered at one place.
#[derive(Debug)]
struct Offers {
    slot: Slot,
    query: Query,
    found: Vec<((Fit, u8), Completion)>,
    labels: BTreeSet<String>,
    n_more: usize,
    wants_catalogue: bool,
}

impl Offers {
    fn new(slot: Slot, typed: &str) -> Self {
        Self {
            slot,
            query: Query::new(typed),
            found: Vec::new(),
            labels: BTreeSet::new(),
            n_more: 0,
            wants_catalogue: false,
        }
    }

    /// Offers something once, where what is typed fits its label. Among those that fit alike, a lower group comes first, and
    /// then what was offered first.
    fn add(&mut self, group: u8, offer: Offer) {
        if let Some(fit) = self.query.fit(&offer.label)
            && self.labels.insert(offer.label.clone())
        {
            self.put(fit, group, offer);
        }
    }

    /// The same without a look at what is typed, nor at what is offered already.
    fn put(&mut self, fit: Fit, group: u8, offer: Offer) {
        let completion = completion(&self.slot, offer);
        self.found.push(((fit, group), completion));
    }

    /// In a text that is broken already nobody knows what belongs together. What would break it further is not offered:
    /// all that is offered at one place is alike in that, so one of them is tried.
    fn keep_sound(&mut self, text: &str, n_errors: usize) {
        let Some((_, first)) = self.found.first().filter(|_| n_errors > 0) else {
            return;
        };
        let slot = &self.slot;
        let main = TextEdit {
            span: Span::new(slot.span.start, slot.end),
            text: first.insert.clone(),
        };
        let fix = Fix {
            title: String::new(),
            edits: slot.before.iter().cloned().chain([main]).collect(),
        };
        if json::read(&fix.apply(text)).errors.len() > n_errors {
            self.found.clear();
        }
    }

    /// Puts what is offered here and what goes on further out into one list: behind a finished list one mostly goes on
    /// further out, behind a finished element with the next.
    fn finish(self, outward: Vec<Completion>, is_key: bool) -> Option<Completions> {
        let mut found = self.found;
        found.sort_by_key(|it| it.0);
        let here = found.into_iter().map(|it| it.1);
        let mut items: Vec<Completion> = if is_key {
            here.chain(outward).collect()
        } else {
            outward.into_iter().chain(here).collect()
        };
        let n_more = self.n_more + items.len().saturating_sub(MAX_ITEMS);
        items.truncate(MAX_ITEMS);
        (!items.is_empty() || self.wants_catalogue).then_some(Completions {
            span: self.slot.span,
            before: self.slot.before,
            items,
            n_more,
            wants_catalogue: self.wants_catalogue,
        })
    }
}

fn completion(slot: &Slot, offer: Offer) -> Completion {
    let (insert, caret) = slot.write(&offer.snippet);
    Completion {
        kind: offer.kind,
        label: offer.label,
        detail: offer.detail,
        description: offer.description,
        insert,
        caret,
        end: slot.end,
        goes_on: offer.goes_on,
    }
}

pub(super) fn complete(text: &str, offset: u32, about: &About<'_>) -> Option<Completions> {
    let (tree, offset) = (Tree::read(text), at_boundary(text, offset));
    let place = Place::find(&tree, offset);
    let mut slot = Slot::of(text, &place, offset)?;
    let typed = place.at.text().map(|it| {
        let start = it.inner().start.min(offset);
        Span::new(start, offset).of(text).unwrap_or_default()
    });
    let (here, statement) = Spot::of(&place.steps, place.at);
    let ask = Ask {
        about,
        root: spot::root(tree.root.as_ref()),
        statement,
        typed: typed.unwrap_or_default(),
    };
    if let Some(offers) = variable::offers(&ask, here, &place, text, offset) {
        return offers.finish(Vec::new(), false);
    }
    let n_errors = json::read(text).errors.len();
    let outward = outward(&ask, text, &place, offset, n_errors);
    if !outward.is_empty() {
        slot.take_comma();
    }
    let mut offers = Offers::new(slot, ask.typed);
    fill(&ask, here, &place.at, &mut offers);
    offers.keep_sound(text, n_errors);
    offers.finish(outward, matches!(place.at, At::Key(..)))
}

fn fill(ask: &Ask<'_>, spot: Spot<'_, '_>, at: &At<'_, '_>, offers: &mut Offers) {
    let beside = beside(at);
    match spot {
        Spot::Document => element::document(ask, offers),
        Spot::DocumentKey(object) => element::of_document(ask, object, at, offers),
        Spot::Version => element::versions(offers),
        Spot::Statements => element::statements(ask, offers),
        Spot::Statement => element::statement(ask, offers),
        Spot::StatementKey(object) => element::of_statement(ask, object, at, offers),
        Spot::Element(Element::Effect) => element::effects(ask, offers),
        Spot::Element(Element::Sid) | Spot::Unknown => {}
        Spot::Element(Element::Action) => action::offer(ask, &beside, offers),
        Spot::Element(Element::Resource) => resource::offer(ask, &beside, offers),
        Spot::Element(Element::Principal) => principal::whole(ask, offers),
        Spot::PrincipalType(object) => principal::types(object, at, offers),
        Spot::Principal(of_type) => principal::of_type(ask, of_type.raw, &beside, offers),
        Spot::Conditions => condition::whole(offers),
        Spot::Operator(object) => condition::operators(ask, object, at, offers),
        Spot::Keys => condition::keys_object(offers),
        Spot::Key(operator, object) => condition::keys(ask, operator.raw, object, at, offers),
        Spot::Value(operator, key) => {
            value::offer(ask, &operator.value(), &key.value(), &beside, offers);
        }
    }
}

/// What is in the list already, what is being typed aside.
fn beside(at: &At<'_, '_>) -> Vec<String> {
    match at {
        At::Item(array, at, typed) => {
            let items = array.items.iter().enumerate();
            let others = items.filter(|it| typed.is_none() || it.0 != *at);
            let texts = others.flat_map(|it| it.1.node.texts());
            texts.map(|it| it.value().into_owned()).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a key of that name is there, the one being typed aside.
fn has_key(object: &Object<'_>, at: &At<'_, '_>, name: &str) -> bool {
    let typed = match at {
        At::Key(_, at, Some(_)) => Some(*at),
        _ => None,
    };
    let mut entries = object.entries.iter().enumerate();
    entries.any(|it| Some(it.0) != typed && it.1.key.raw.eq_ignore_ascii_case(name))
}

/// Whether only the name of a key is written, since its value is there.
const fn is_only_name(at: &At<'_, '_>) -> bool {
    match at {
        At::Key(object, at, Some(_)) => {
            let entries = object.entries.as_slice();
            let Some((_, rest)) = entries.split_at_checked(*at) else {
                return false;
            };
            matches!(rest, [it, ..] if it.colon.is_some() || it.value.is_some())
        }
        _ => false,
    }
}

/// How one would go on behind the lists and objects around a finished value.
fn outward(
    ask: &Ask<'_>,
    text: &str,
    place: &Place<'_, '_>,
    offset: u32,
    n_errors: usize,
) -> Vec<Completion> {
    let mut found = Vec::new();
    for (idx, slot) in Slot::outward(text, place, offset) {
        let (Some(steps), Some(step)) = (place.steps.get(..idx), place.steps.get(idx)) else {
            continue;
        };
        let at = write::behind(step);
        let (spot, statement) = Spot::of(steps, at);
        let ask = Ask { statement, ..*ask };
        let mut offers = Offers::new(slot, "");
        match spot {
            Spot::StatementKey(object) => element::of_statement(&ask, object, &at, &mut offers),
            Spot::Statement => element::statement(&ask, &mut offers),
            Spot::Operator(object) => {
                condition::plain_operators(object, &at, &mut offers);
            }
            Spot::Key(operator, object) => {
                condition::keys(&ask, &operator.value(), object, &at, &mut offers);
            }
            _ => {}
        }
        offers.keep_sound(text, n_errors);
        offers.found.sort_by_key(|it| it.0);
        found.extend(offers.found.into_iter().map(|it| it.1));
    }
    found
}

/// The nearest place in front that is not in the middle of a character.
pub(super) fn at_boundary(text: &str, offset: u32) -> u32 {
    let mut at = (offset as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    u32::try_from(at).unwrap_or(0)
}
