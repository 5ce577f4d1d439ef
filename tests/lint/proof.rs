//! What parliament finds and we do not say of the same statement and action: why, worked out of the document and of AWS's
//! lists, one finding at a time.
//!
//! Knows nothing of tables. Invariant: a reason is given only where all that it says was looked at; what is neither told
//! by us nor has such a reason is open.

use std::collections::BTreeSet;

use rolewalk_core::{
    catalogue::{AccessLevel, Action, ResourceType, Service},
    diagnostic::Diagnostic,
    names::ActionName,
    pattern::ArnMatch,
    policy::{BaseOperator, Condition, Effect, Policy, SetOperator, Statement},
    request::Context,
    syntax::Span,
};

use crate::CATALOGUE;

/// What comes of looking at a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// We tell it too, of the same statement and action.
    Told,
    /// It is not so, or not in AWS's present lists.
    Explained(Reason),
    /// Neither.
    Open,
}

/// Why we do not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    /// The list has no such action any more.
    Gone,
    /// The list gives the action to another access level.
    OtherLevel,
    /// The statement is about all but what it names, or has a star beside.
    AllBut,
    /// Only a wildcard stands for the action, and it stands for others that the statement is for.
    Wildcard,
    /// One of the statement's resources is of a type that the list gives to the action.
    TakesOne,
    /// The list of buckets, and the statement names every bucket.
    EveryBucket,
    /// The list does not give the type to the action.
    NoSuchType,
    /// The list gives the type to the action, but not as required.
    Optional,
    /// One of the statement's resources is of that very type.
    Fits,
    /// Another statement allows the action on the type.
    Elsewhere,
    /// Every statement that allows an action that is needed names resources.
    Resources,
    /// Every statement that allows an action that is needed has a condition that limits it.
    Conditions,
}

impl Reason {
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Gone => "AWS's list no longer has the action",
            Self::OtherLevel => "AWS's list counts the action to another access level",
            Self::AllBut => "the statement's `NotResource` leaves all others in",
            Self::Wildcard => {
                "only a wildcard stands for the action, and it stands for others that the statement's resources are for"
            }
            Self::TakesOne => {
                "AWS's list now limits the action to resources, and one of the statement's is such"
            }
            Self::EveryBucket => "S3 asks for the list of buckets as `arn:aws:s3:::*`",
            Self::NoSuchType => "AWS's list no longer gives the action that type of resource",
            Self::Optional => "AWS's list no longer requires that type of the action",
            Self::Fits => {
                "one of the statement's resources can be of that very type: a star of IAM stands for any text"
            }
            Self::Elsewhere => "another statement allows the action on that type",
            Self::Resources => {
                "every statement that allows the action, or one of those that it takes together, names resources that are not all there are"
            }
            Self::Conditions => {
                "every statement that allows the action, or one of those that it takes together, has a condition that limits it"
            }
        }
    }
}

/// A document and what we find in it.
pub(crate) struct Document<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) found: &'a [Diagnostic],
}

/// An action of the list.
type Known = Option<(&'static Service, &'static Action)>;

fn known(action: &ActionName) -> Known {
    CATALOGUE.action(action)
}

impl Document<'_> {
    /// `RESOURCE_MISMATCH`: `0 ec2:runinstances arn:*:ec2:*:*:subnet/*`, the place of the statement, the action, and the form
    /// that none of its resources has.
    pub(crate) fn mismatch(&self, detail: &str, own: &[&str]) -> Verdict {
        let mut parts = detail.splitn(3, ' ');
        let statement: usize = parts.next().unwrap().parse().unwrap();
        let statement = &self.policy.statements[statement];
        let action = ActionName::parse(parts.next().unwrap()).unwrap();
        let form = parts.next().unwrap();
        if self.tells(statement, &action, own) {
            return Verdict::Told;
        }
        let Some((service, entry)) = known(&action) else {
            return Verdict::Explained(Reason::Gone);
        };
        if is_open(statement) {
            return Verdict::Explained(Reason::AllBut);
        }
        let types: Vec<(&ResourceType, bool)> = service.resources_of(entry).collect();
        let lists_buckets = action.is("s3:ListAllMyBuckets");
        let explained = if lists_buckets && names_every_bucket(statement) {
            Some(Reason::EveryBucket)
        } else if form == "*" {
            types
                .iter()
                .any(|it| has_one(statement, it.0))
                .then_some(Reason::TakesOne)
        } else {
            let of_form: Vec<&(&ResourceType, bool)> =
                types.iter().filter(|it| is_form(&it.0.arn, form)).collect();
            if of_form.is_empty() {
                Some(Reason::NoSuchType)
            } else if of_form.iter().any(|it| has_one(statement, it.0)) {
                Some(Reason::Fits)
            } else if of_form.iter().all(|it| !it.1) {
                Some(Reason::Optional)
            } else {
                let mut others = self.allowing(&action);
                others
                    .any(|other| is_open(other) || of_form.iter().any(|it| has_one(other, it.0)))
                    .then_some(Reason::Elsewhere)
            }
        };
        let explained =
            explained.or_else(|| is_by_wildcard(statement, &action).then_some(Reason::Wildcard));
        explained.map_or(Verdict::Open, Verdict::Explained)
    }

    /// `PERMISSIONS_MANAGEMENT_ACTIONS`: an action.
    pub(crate) fn permissions_management(&self, detail: &str, own: &[&str]) -> Verdict {
        let action = ActionName::parse(detail).unwrap();
        let statements: Vec<&Statement> = self.allowing(&action).collect();
        if statements.iter().any(|it| self.tells(it, &action, own)) {
            return Verdict::Told;
        }
        match known(&action) {
            None => Verdict::Explained(Reason::Gone),
            Some((_, entry)) if entry.level != AccessLevel::PermissionsManagement => {
                Verdict::Explained(Reason::OtherLevel)
            }
            Some(_) => self.limit(&[action]),
        }
    }

    /// `CREDENTIALS_EXPOSURE`: an action.
    pub(crate) fn credentials(&self, detail: &str, own: &[&str]) -> Verdict {
        let action = ActionName::parse(detail).unwrap();
        let is_told = |it| self.tells(it, &action, own);
        if self.allowing(&action).any(is_told) {
            return Verdict::Told;
        }
        self.limit(&[action])
    }

    /// `PRIVILEGE_ESCALATION`: the name of a way, and the actions that it takes together.
    pub(crate) fn escalation(&self, detail: &str, own: &[&str]) -> Verdict {
        let names = detail.split(' ').skip(1);
        let actions: Vec<ActionName> = names.map(|it| ActionName::parse(it).unwrap()).collect();
        let is_told = |action: &ActionName| {
            let mut statements = self.allowing(action);
            statements.any(|it| self.tells(it, action, own))
        };
        if actions.iter().any(is_told) {
            return Verdict::Told;
        }
        self.limit(&actions)
    }

    /// What keeps one of these actions from being allowed on everything.
    fn limit(&self, actions: &[ActionName]) -> Verdict {
        let by = |is_limited: &dyn Fn(&Statement, &ActionName) -> bool| {
            actions.iter().any(|action| {
                let mut statements = self.allowing(action);
                statements.all(|it| is_limited(it, action))
            })
        };
        if by(&|it, action| !is_wide(it, action)) {
            Verdict::Explained(Reason::Resources)
        } else if by(&|it, action| !is_wide(it, action) || it.conditions.iter().any(limits)) {
            Verdict::Explained(Reason::Conditions)
        } else {
            Verdict::Open
        }
    }

    /// The statements that allow the action on something.
    fn allowing<'s>(&'s self, action: &'s ActionName) -> impl Iterator<Item = &'s Statement> {
        let all = self.policy.statements.iter();
        all.filter(|it| it.effect.value == Effect::Allow && covers(it, action))
    }

    /// Whether one of our findings is about the action in this statement: it is at an entry of `Action` that has it, or at
    /// what the statement says besides.
    fn tells(&self, statement: &Statement, action: &ActionName, codes: &[&str]) -> bool {
        let element = &statement.action;
        let entries = element.patterns.iter().map(|it| {
            let has_it = element.negated || it.value.matches(action);
            (it.span, has_it)
        });
        let entries: Vec<(Span, bool)> = entries.collect();
        let mut found = self.found.iter().filter(|it| codes.contains(&it.code));
        found.any(|it| {
            let span = it.span();
            let at = entries.iter().find(|(entry, _)| holds(*entry, span));
            at.map_or(holds(statement.span, span), |it| it.1)
        })
    }
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

fn covers(statement: &Statement, action: &ActionName) -> bool {
    let element = &statement.action;
    let mut patterns = element.patterns.iter();
    patterns.any(|it| it.value.matches(action)) != element.negated
}

/// Whether the statement has the action by wildcards alone, each of which stands for an action that one of its resources
/// is for.
fn is_by_wildcard(statement: &Statement, action: &ActionName) -> bool {
    let entries = statement.action.patterns.iter();
    let mut entries = entries.filter(|it| it.value.matches(action)).peekable();
    entries.peek().is_some()
        && entries.all(|it| {
            let fits = |(service, action): (&Service, &Action)| {
                let mut types = service.resources_of(action);
                types.any(|it| has_one(statement, it.0))
            };
            it.value.text().contains(['*', '?']) && CATALOGUE.expand(&it.value).any(fits)
        })
}

/// Whether `Resource` leaves out nothing in particular.
fn is_open(statement: &Statement) -> bool {
    let element = statement.resource.as_ref();
    element.is_none_or(|it| it.negated || it.patterns.iter().any(|it| it.value.is_any()))
}

/// Whether one of the statement's resources may be of the type.
fn names_every_bucket(statement: &Statement) -> bool {
    let mut patterns = statement.resource.iter().flat_map(|it| &it.patterns);
    patterns.any(|it| it.value.text().ends_with(":s3:::*"))
}

fn has_one(statement: &Statement, of: &ResourceType) -> bool {
    let element = statement.resource.as_ref();
    let patterns = element.into_iter().flat_map(|it| &it.patterns);
    let mut texts = patterns.map(|it| it.value.text());
    is_open(statement) || texts.any(|it| meet(&stars(it), &stars(&of.arn)))
}

/// Whether the statement allows the action on a resource that nobody would name, of a type that every request for it
/// names; where there is no such type, of any that it takes.
fn is_wide(statement: &Statement, action: &ActionName) -> bool {
    if is_open(statement) {
        return true;
    }
    let Some((service, entry)) = known(action) else {
        return true;
    };
    let patterns = statement.resource.iter().flat_map(|it| &it.patterns);
    let patterns: Vec<_> = patterns.collect();
    let is_required = |it: &(&ResourceType, bool)| it.1;
    let has_required = service.resources_of(entry).any(|it| is_required(&it));
    let mut types = service
        .resources_of(entry)
        .filter(|it| !has_required || is_required(it));
    types.any(|(of, _)| {
        let sample = sample(&of.arn);
        patterns
            .iter()
            .any(|it| it.value.matches(&sample, &Context::new()) == ArnMatch::Hit)
    })
}

/// An ARN of the type that nobody would name.
fn sample(arn: &str) -> String {
    let parts = arn.splitn(6, ':').enumerate();
    let filled = parts.map(|(idx, part)| match (idx, part.contains("${")) {
        (1, true) => "aws".to_owned(),
        (3, true) => "eu-south-2".to_owned(),
        (4, true) => "999900008888".to_owned(),
        _ => fill(part, "zq7-any-name"),
    });
    filled.collect::<Vec<_>>().join(":")
}

/// The text with its placeholders and variables replaced.
fn fill(text: &str, by: &str) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        filled += before;
        filled += by;
        rest = after.split_once('}').map_or("", |it| it.1);
    }
    filled + rest
}

fn stars(text: &str) -> String {
    fill(text, "*")
}

/// Whether an ARN pattern of the list is the one that parliament names.
fn is_form(arn: &str, form: &str) -> bool {
    let (ours, theirs) = (stars(arn), stars(form));
    let ours: Vec<&str> = ours.splitn(6, ':').collect();
    let theirs: Vec<&str> = theirs.splitn(6, ':').collect();
    ours.len() == 6 && theirs.len() == 6 && ours[2] == theirs[2] && meet(ours[5], theirs[5])
}

/// Whether two patterns have a text in common, by the plainest way.
fn meet(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut reached = BTreeSet::from([(0, 0)]);
    let mut open = vec![(0, 0)];
    while let Some((left, right)) = open.pop() {
        if left == one.len() && right == other.len() {
            return true;
        }
        let (a, b) = (one.get(left), other.get(right));
        let mut next = Vec::new();
        if a == Some(&b'*') {
            next.push((left + 1, right));
            next.extend(b.map(|_| (left, right + 1)));
        }
        if b == Some(&b'*') {
            next.push((left, right + 1));
            next.extend(a.map(|_| (left + 1, right)));
        }
        if let (Some(a), Some(b)) = (a, b)
            && (a == b || *a == b'?' || *b == b'?')
        {
            next.push((left + 1, right + 1));
        }
        open.extend(next.into_iter().filter(|it| reached.insert(*it)));
    }
    false
}

/// Whether the condition is met by what it names and nothing else.
fn limits(condition: &Condition) -> bool {
    let plain = condition.parsed.is_some_and(|it| {
        !it.base.is_negated()
            && !it.if_exists
            && it.set != Some(SetOperator::ForAllValues)
            && it.base != BaseOperator::Null
    });
    plain && !condition.values.iter().any(|it| it.value.text() == "*")
}
