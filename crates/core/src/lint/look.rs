//! What rules ask of a document: which actions a statement covers, which types its resources are of, which conditions
//! narrow it.
//!
//! Worked out once for all rules; finds nothing wrong itself. Invariant: what the catalogue does not know is told as
//! unknown, never as absent.

mod conditions;
mod named;

use std::{
    cell::{OnceCell, RefCell},
    collections::{BTreeMap, BTreeSet},
};

use self::conditions::{CALLER_KEYS, is_any_caller, is_on};
pub(super) use self::{
    conditions::{asks_for_presence, is_any, is_met_by_absence, is_null, narrows},
    named::{Named, has_wildcard},
};
use crate::{
    catalogue::{Action, Catalogue, Key, Service},
    diagnostic::Fix,
    lint::{
        Subject,
        arn::{self, Fault},
        edit,
        shape::{Known, Shape},
        steps::Steps,
    },
    names::{AccountId, ActionName, ContextKey},
    pattern::ArnPattern,
    policy::{
        Condition, Effect, Operator, PolicyKind, PrincipalPattern, Statement,
        spelling::{nearest, quoted, series, slip},
    },
    syntax::{Span, Spanned, json},
};

/// A document, looked at.
pub(super) struct Look<'a> {
    subject: &'a Subject<'a>,
    pub(super) statements: Vec<Seen<'a>>,
    /// What the rule that looks just now may still compare.
    pub(super) steps: Steps,
    /// What was spent on the actions that patterns take in.
    pub(super) expanding: Steps,
    tree: OnceCell<Option<json::Node>>,
}

/// A statement, looked at.
pub(super) struct Seen<'a> {
    pub(super) statement: &'a Statement,
    /// One for each entry of `Action` or `NotAction`.
    pub(super) actions: Vec<Named<'a>>,
    /// One for each entry of `Resource` or `NotResource`.
    pub(super) shapes: Vec<Shape>,
    // What several rules ask, worked out when the first does.
    known_actions: OnceCell<Option<Vec<(&'a Service, &'a Action)>>>,
    faults: OnceCell<Vec<Option<Fault>>>,
    keys: OnceCell<BTreeMap<&'a str, Option<&'a Key>>>,
    /// By service: whether a resource can be of each of its types.
    meets: OnceCell<BTreeMap<&'a str, Vec<OnceCell<bool>>>>,
    folded_actions: OnceCell<FoldedActions>,
    resource_texts: OnceCell<BTreeSet<&'a str>>,
    condition_texts: OnceCell<Vec<BTreeSet<&'a str>>>,
    asked_for: OnceCell<BTreeSet<&'a str>>,
    /// Keys that stand in no condition: those of variables.
    other_keys: RefCell<BTreeMap<String, Option<&'a Key>>>,
}

/// The entries of `Action` or `NotAction` in lower case.
pub(super) struct FoldedActions {
    pub(super) all: BTreeSet<String>,
    /// Those of them that have wildcards.
    pub(super) patterns: Vec<String>,
}

impl<'a> Look<'a> {
    pub(super) fn new(subject: &'a Subject<'a>) -> Self {
        let statements = subject.policy.statements.iter();
        let expanding = Steps::new();
        Self {
            subject,
            statements: statements
                .map(|it| Seen::new(it, subject.catalogue, &expanding))
                .collect(),
            expanding,
            steps: Steps::new(),
            tree: OnceCell::new(),
        }
    }

    pub(super) fn text(&self) -> &'a str {
        self.subject.text
    }

    pub(super) fn kind(&self) -> PolicyKind {
        self.subject.kind
    }

    pub(super) fn policy(&self) -> &'a crate::policy::Policy {
        self.subject.policy
    }

    pub(super) fn catalogue(&self) -> &'a Catalogue {
        self.subject.catalogue
    }

    /// The account that the document is in, where that is known.
    pub(super) fn account(&self) -> Option<&'a AccountId> {
        self.subject.account
    }

    /// The text as JSON, for what a policy as parsed does not hold.
    pub(super) fn tree(&self) -> Option<&json::Node> {
        let tree = self.tree.get_or_init(|| json::read(self.text()).root);
        tree.as_ref()
    }

    /// Whether an `Allow` of this document gives somebody something. In a boundary, a session policy, a policy of an
    /// organization or of an endpoint it only lets through what others give.
    pub(super) fn grants(&self) -> bool {
        matches!(
            self.kind(),
            PolicyKind::Identity | PolicyKind::Resource | PolicyKind::Trust
        )
    }

    /// The statements that give something.
    pub(super) fn granting(&self) -> impl Iterator<Item = &Seen<'a>> {
        let is_granting = self.grants();
        let allowing = self.statements.iter().filter(|it| it.is_allow());
        allowing.filter(move |_| is_granting)
    }

    /// What an identity gets by this document.
    pub(super) fn granting_to_identities(&self) -> impl Iterator<Item = &Seen<'a>> {
        let is_identity = self.kind() == PolicyKind::Identity;
        self.granting().filter(move |_| is_identity)
    }

    /// The member of the statement at this place, as JSON.
    pub(super) fn member_node(&self, statement: Span, name: &str) -> Option<&json::Member> {
        let json::Value::Object(root) = &self.tree()?.value else {
            return None;
        };
        let list = root.iter().find(|it| it.key.value == "Statement")?;
        let nodes = match &list.value.value {
            json::Value::Array(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(&list.value),
        };
        let node = nodes.iter().find(|it| it.span == statement)?;
        match &node.value {
            json::Value::Object(members) => members.iter().find(|it| it.key.value == name),
            _ => None,
        }
    }

    /// Where that member stands, name and value.
    pub(super) fn member(&self, statement: Span, name: &str) -> Option<Span> {
        self.member_node(statement, name).map(|it| it.span)
    }

    /// The conditions of all statements.
    pub(super) fn conditions(&self) -> impl Iterator<Item = &'a Condition> {
        self.statements.iter().flat_map(Seen::conditions)
    }

    /// The entries of `Resource` and `NotResource` of all statements.
    pub(super) fn resources(&self) -> impl Iterator<Item = &'a Spanned<ArnPattern>> {
        self.statements.iter().flat_map(Seen::resources)
    }

    /// What is known of a condition key in this statement: a global key, or one of the services that it names.
    pub(super) fn key(&self, seen: &Seen<'a>, name: &str) -> Option<&'a Key> {
        let of_conditions = seen.keys.get_or_init(|| {
            let names = seen.conditions().iter().map(|it| it.key.value.as_str());
            names.map(|it| (it, self.find_key(seen, it))).collect()
        });
        match of_conditions.get(name) {
            Some(known) => *known,
            None => *seen
                .other_keys
                .borrow_mut()
                .entry(name.to_owned())
                .or_insert_with(|| self.find_key(seen, name)),
        }
    }

    /// The conditions whose operator and key are known, with both.
    pub(super) fn compared<'s>(
        &'s self,
        seen: &'s Seen<'a>,
    ) -> impl Iterator<Item = (&'a Condition, Operator, &'a Key)> + 's {
        let conditions = seen.conditions().iter();
        conditions.filter_map(|it| Some((it, it.parsed?, self.key(seen, it.key.value.as_str())?)))
    }

    /// For each entry of `Resource` or `NotResource`, the part that its ARN should have or should not.
    pub(super) fn faults<'s>(&self, seen: &'s Seen<'a>) -> &'s [Option<Fault>] {
        seen.faults.get_or_init(|| {
            let texts = seen.resources().iter().map(|it| it.value.text());
            texts.map(|it| arn::fault(self.catalogue(), it)).collect()
        })
    }

    /// The one of these names that was most likely meant; none where comparing them takes too long.
    pub(super) fn slip<'n>(
        &self,
        text: &str,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Option<&'n str> {
        self.guess(names, |names| slip(text, names))
    }

    /// The name nearest to this text; none where comparing them takes too long.
    pub(super) fn nearest<'n>(
        &self,
        text: &str,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Option<&'n str> {
        self.guess(names, |names| nearest(text, names))
    }

    fn guess<'n>(
        &self,
        names: impl IntoIterator<Item = &'n str>,
        find: impl FnOnce(&mut dyn Iterator<Item = &'n str>) -> Option<&'n str>,
    ) -> Option<&'n str> {
        if self.steps.is_spent() {
            return None;
        }
        // Most names are told apart by their length.
        let mut names = names.into_iter().take_while(|_| self.steps.take(6));
        let guess = find(&mut names);
        guess.filter(|_| !self.steps.is_spent())
    }

    /// A key written as another, where that is not under the same operator already.
    pub(super) fn rename_key(
        &self,
        seen: &Seen<'a>,
        condition: &Condition,
        new: &str,
    ) -> Option<Fix> {
        let is_taken = |it: &Condition| {
            !self.steps.take(1)
                || (it.operator.span == condition.operator.span
                    && it.span != condition.span
                    && it.key.value.as_str().eq_ignore_ascii_case(new))
        };
        let is_free = !seen.conditions().iter().any(is_taken);
        let title = format!("Write `{new}`");
        is_free.then(|| edit::rewrite(title, condition.key.span, new))
    }

    fn find_key(&self, seen: &Seen<'a>, name: &str) -> Option<&'a Key> {
        self.catalogue().key(name).or_else(|| {
            let mut services = seen.actions.iter().filter_map(|it| it.service);
            services.find_map(|it| it.key(name))
        })
    }
}

impl<'a> Seen<'a> {
    fn new(statement: &'a Statement, catalogue: &'a Catalogue, steps: &Steps) -> Self {
        let patterns = statement.action.patterns.iter();
        let resources = statement.resource.iter().flat_map(|it| &it.patterns);
        Self {
            statement,
            actions: patterns
                .map(|it| Named::new(it, catalogue, steps))
                .collect(),
            shapes: resources
                .map(|it| Shape::of_policy(it.value.text()))
                .collect(),
            known_actions: OnceCell::new(),
            faults: OnceCell::new(),
            keys: OnceCell::new(),
            meets: OnceCell::new(),
            folded_actions: OnceCell::new(),
            resource_texts: OnceCell::new(),
            condition_texts: OnceCell::new(),
            asked_for: OnceCell::new(),
            other_keys: RefCell::new(BTreeMap::new()),
        }
    }

    pub(super) fn is_allow(&self) -> bool {
        self.statement.effect.value == Effect::Allow
    }

    pub(super) fn is_deny(&self) -> bool {
        !self.is_allow()
    }

    pub(super) fn conditions(&self) -> &'a [Condition] {
        &self.statement.conditions
    }

    /// The operator of a condition written as another: where no second key stands under it, which would change along,
    /// and the other is not there already.
    pub(super) fn rename_operator(&self, condition: &Condition, new: Operator) -> Option<Fix> {
        let new = new.to_string();
        let mut under_it = self.conditions().iter();
        let is_shared = under_it
            .any(|it| it.operator.span == condition.operator.span && it.span != condition.span);
        let mut others = self.conditions().iter();
        let is_taken = others.any(|it| it.operator.value.eq_ignore_ascii_case(&new));
        let title = format!("Write `{new}`");
        (!is_shared && !is_taken).then(|| edit::rewrite(title, condition.operator.span, &new))
    }

    /// The entries of `Resource` or `NotResource`.
    pub(super) fn resources(&self) -> &'a [Spanned<ArnPattern>] {
        let element = self.statement.resource.as_ref();
        element.map_or(&[], |it| it.patterns.as_slice())
    }

    /// Whether the statement covers this action, whatever the resource.
    pub(super) fn covers(&self, action: &ActionName) -> bool {
        let element = &self.statement.action;
        let is_there = element.patterns.iter().any(|it| it.value.matches(action));
        is_there != element.negated
    }

    /// The entry of `Action` by which it covers this action; the whole element for `NotAction`.
    pub(super) fn place_of(&self, action: &ActionName) -> Option<Span> {
        let element = &self.statement.action;
        if element.negated {
            return self.covers(action).then_some(element.span);
        }
        let entry = element.patterns.iter().find(|it| it.value.matches(action));
        entry.map(|it| it.span)
    }

    /// The condition on one of these keys, whatever it asks. A key that ends in `/` or `:` stands for all that go on.
    pub(super) fn condition_on(&self, keys: &[&str]) -> Option<&'a Condition> {
        self.conditions().iter().find(|it| is_on(it, keys))
    }

    /// Whether a condition on one of these keys keeps the statement to what it names.
    pub(super) fn is_narrowed_by(&self, keys: &[&str]) -> bool {
        let mut on_them = self.conditions().iter().filter(|it| is_on(it, keys));
        on_them.any(|it| narrows(it) && !it.values.iter().any(|it| is_any(it.value.text())))
    }

    /// Whether a condition says who may ask: one that a stranger does not meet.
    pub(super) fn is_narrowed_by_caller(&self) -> bool {
        self.conditions().iter().any(|it| {
            let key = it.key.value.folded();
            let has_key = CALLER_KEYS.iter().any(|start| key.starts_with(start));
            let is_open = |text: &str| is_any(text) || is_any_caller(key, text);
            has_key && narrows(it) && !it.values.iter().any(|it| is_open(it.value.text()))
        })
    }

    /// Whether everybody is meant.
    pub(super) fn anybody(&self) -> Option<Span> {
        let element = self.statement.principal.as_ref()?;
        let is_any = |it: &&Spanned<PrincipalPattern>| {
            matches!(it.value, PrincipalPattern::Any | PrincipalPattern::AnyAws)
        };
        let entry = element.entries.iter().find(is_any).map(|it| it.span);
        entry.filter(|_| !element.negated)
    }

    /// The services that are meant.
    pub(super) fn service_principals(&self) -> impl Iterator<Item = Spanned<&'a str>> {
        let element = self.statement.principal.as_ref();
        let entries = element.filter(|it| !it.negated).into_iter();
        let entries = entries.flat_map(|it| &it.entries);
        entries.filter_map(|it| match &it.value {
            PrincipalPattern::Service(name) => Some(Spanned::new(it.span, name.as_str())),
            _ => None,
        })
    }

    /// All actions that the catalogue has for it; `None` where something in it is unknown, or everything is meant.
    pub(super) fn known_actions(&self) -> Option<&[(&'a Service, &'a Action)]> {
        let known = self.known_actions.get_or_init(|| {
            if self.statement.action.negated {
                return None;
            }
            let mut all = Vec::new();
            for named in &self.actions {
                let service = named.service?;
                if named.actions.is_empty() {
                    return None;
                }
                all.extend(named.actions.iter().map(|it| (service, *it)));
            }
            Some(all)
        });
        known.as_deref()
    }

    /// The entries of `Action` or `NotAction`, in lower case.
    pub(super) fn folded_actions(&self) -> &FoldedActions {
        self.folded_actions.get_or_init(|| {
            let texts = self.actions.iter().map(|it| it.pattern.value.text());
            let all: BTreeSet<String> = texts.map(str::to_ascii_lowercase).collect();
            let patterns = all.iter().filter(|it| has_wildcard(it)).cloned().collect();
            FoldedActions { all, patterns }
        })
    }

    /// The entries of `Resource` or `NotResource`, each once.
    pub(super) fn resource_texts(&self) -> &BTreeSet<&'a str> {
        self.resource_texts
            .get_or_init(|| self.resources().iter().map(|it| it.value.text()).collect())
    }

    /// The values of each condition, each once, in the order of the conditions.
    pub(super) fn condition_texts(&self) -> &[BTreeSet<&'a str>] {
        self.condition_texts.get_or_init(|| {
            let texts = |it: &'a Condition| it.values.iter().map(|it| it.value.text()).collect();
            self.conditions().iter().map(texts).collect()
        })
    }

    /// Whether a condition asks that this key be there.
    pub(super) fn asks_for(&self, key: &ContextKey) -> bool {
        let asked_for = self.asked_for.get_or_init(|| {
            let conditions = self.conditions().iter();
            let asking = conditions.filter(|it| asks_for_presence(it));
            asking.map(|it| it.key.value.folded()).collect()
        });
        asked_for.contains(key.folded())
    }

    /// Whether one of its resources can be of a type that the action takes, which is one of a service that the statement
    /// names. Yes where that cannot be known.
    pub(super) fn has_resource_for(&self, service: &Service, action: &Action) -> bool {
        let by_service = self.meets.get_or_init(|| {
            let services = self.actions.iter().filter_map(|it| it.service);
            let unknown = |it: &'a Service| vec![OnceCell::new(); it.resource_types.len()];
            services
                .map(|it| (it.prefix.as_str(), unknown(it)))
                .collect()
        });
        let meets = by_service.get(service.prefix.as_str());
        action.resources.iter().any(|it| {
            let place = it.resource_type;
            let known = meets.and_then(|it| it.get(place));
            let resource_type = service.resource_types.get(place);
            known.zip(resource_type).is_some_and(|(known, it)| {
                *known.get_or_init(|| {
                    let known = Known::of(it);
                    self.shapes.iter().any(|shape| shape.meets(&known))
                })
            })
        })
    }
}

/// A list for a sentence.
pub(super) fn list<S: AsRef<str>>(names: &[S]) -> String {
    series(names, quoted)
}
