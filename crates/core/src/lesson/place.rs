//! What of a world may be edited in a lesson, and what stays as it is.
//!
//! Compares two scenarios as JSON and knows nothing of what their parts mean. Invariant: a change is
//! refused where any part of it lies outside all places; who does what (`choice`) and the words around
//! the world are free, since goals bring their own.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    lesson::place_words,
    scenario::{Scenario, name_in_list},
    world::{DocumentId, EntityId, Owner, Text, Thing, Vpc, World},
};

/// A part of the world, in steps from its top: `users/alice/inlinePolicies` and all below it. Things of
/// lists go by their names, `*` stands for any step, and a place that begins with `/` is one of the whole
/// scenario instead of the home account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Place {
    steps: Vec<String>,
}

/// Where the home account is in a scenario.
const HOME: [&str; 2] = ["world", "home"];

impl From<String> for Place {
    fn from(text: String) -> Self {
        let own = |it: &str| it.replace("~1", "/").replace("~0", "~");
        let steps = match text.strip_prefix('/') {
            Some(whole) => whole.split('/').map(own).collect(),
            None => HOME
                .map(str::to_owned)
                .into_iter()
                .chain(text.split('/').map(own))
                .collect(),
        };
        Self { steps }
    }
}

impl From<Place> for String {
    fn from(place: Place) -> Self {
        place.to_string()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&written(&self.steps))
    }
}

fn written(steps: &[String]) -> String {
    let own = |it: &String| it.replace('~', "~0").replace('/', "~1");
    let in_home = steps
        .strip_prefix(&HOME.map(str::to_owned))
        .filter(|it| !it.is_empty());
    match in_home {
        Some(rest) => rest.iter().map(own).collect::<Vec<_>>().join("/"),
        None => format!("/{}", steps.iter().map(own).collect::<Vec<_>>().join("/")),
    }
}

impl Place {
    fn matches<'a>(&self, mut path: impl Iterator<Item = &'a String>) -> usize {
        let mut steps = self.steps.iter();
        steps
            .by_ref()
            .take_while(|step| path.next().is_some_and(|it| *step == it || *step == "*"))
            .count()
    }

    /// Whether everything at `path` and below it belongs to the place.
    pub(super) fn covers(&self, path: &[String]) -> bool {
        self.steps.len() <= path.len() && self.matches(path.iter()) == self.steps.len()
    }

    /// Whether the place lies below `path`.
    fn is_below(&self, path: &[String]) -> bool {
        path.len() < self.steps.len() && self.matches(path.iter()) == path.len()
    }
}

/// An edit of something that the lesson keeps as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What was changed, as a [`Place`] writes it.
    pub at: String,
    /// What may be changed instead, in words.
    pub editable: Vec<String>,
    /// What was changed, in words.
    said: String,
}

impl Refusal {
    /// What is wrong, in one line.
    pub fn message(&self) -> String {
        format!("{} stays as it is in this lesson", self.said)
    }

    /// What to do next, where the change was made.
    pub fn help(&self) -> String {
        if self.editable.is_empty() {
            return "undo the change: nothing is edited here".to_owned();
        }
        format!("undo the change, and {}", self.instead())
    }

    /// What to do next, where the change was not made.
    pub fn instead(&self) -> String {
        if self.editable.is_empty() {
            return "look around: nothing is edited here".to_owned();
        }
        format!("edit {}", self.editable.join(", or "))
    }
}

/// The first change between two scenarios that lies outside all places.
pub(super) fn refusal(places: &[Place], before: &Scenario, after: &Scenario) -> Option<Refusal> {
    if before.world == after.world {
        return None;
    }
    let json = |it: &Scenario| -> Value {
        // By way of text: writing that is there already, for the page's size.
        let mut json: Value = serde_json::from_str(&it.to_json()).unwrap_or_default();
        json.as_object_mut()
            .and_then(|it| it.remove("world"))
            .unwrap_or_default()
    };
    let mut path = vec!["world".to_owned()];
    outside(places, &json(before), &json(after), &mut path).map(|path| Refusal {
        at: written(&path),
        editable: places
            .iter()
            .map(|it| place_words::said(&it.steps))
            .collect(),
        said: place_words::said(&path),
    })
}

/// Whether a text may be edited.
pub(super) fn opens(places: &[Place], id: &DocumentId) -> bool {
    let of_account = match &id.account {
        None => vec!["home"],
        Some(account) => vec!["otherAccounts", account.as_str()],
    };
    let arn;
    let own = match &id.text {
        Text::Inline { owner, name } => {
            let (kind, owner) = of_owner(owner);
            vec![kind, owner, "inlinePolicies", name, "document"]
        }
        Text::Trust { role } => vec!["roles", role, "trustPolicy"],
        Text::Bucket { bucket } => vec!["buckets", bucket, "policy"],
        Text::Key { key } => vec!["keys", key, "policy"],
        Text::Repository { repository } => vec!["repositories", repository, "policy"],
        Text::VpcEndpoint { id } => vec!["vpcEndpoints", id, "policy"],
        Text::Managed { arn: it } => {
            arn = it.to_string();
            vec!["policies", &arn, "document"]
        }
        Text::Organization { .. } => return false,
    };
    let all = ["world"].into_iter().chain(of_account).chain(own);
    let path: Vec<String> = all.map(str::to_owned).collect();
    places.iter().any(|it| it.covers(&path))
}

/// How much of a thing's settings may be edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Openness {
    /// All of it.
    Open,
    /// Something in it.
    Partly,
    /// Nothing.
    Locked,
}

/// How much of a thing may be edited. Of what lies in a list of its own below the thing (an inline policy, a
/// profile) nothing is said but that something is open.
pub(super) fn openness(places: &[Place], id: &EntityId, world: &World) -> Openness {
    let Some(path) = path(id, world) else {
        return Openness::Locked;
    };
    if places.iter().any(|it| it.covers(&path)) {
        Openness::Open
    } else if places.iter().any(|it| it.is_below(&path)) {
        Openness::Partly
    } else {
        Openness::Locked
    }
}

/// The settings of a thing that may be edited where not all of it may, in words. Texts are no settings.
pub(super) fn open_parts(places: &[Place], id: &EntityId, world: &World) -> Vec<String> {
    let Some(path) = path(id, world) else {
        return Vec::new();
    };
    let is_setting = |it: &&Place| {
        let text = |step: &String| matches!(step.as_str(), "trustPolicy" | "policy" | "document");
        it.is_below(&path) && it.steps.len() == path.len() + 1 && !it.steps.last().is_some_and(text)
    };
    let all = places.iter().filter(is_setting);
    all.map(|it| place_words::said(&it.steps)).collect()
}

fn path(id: &EntityId, world: &World) -> Option<Vec<String>> {
    let own = steps(id, world)?;
    let of_account = match &id.account {
        None => vec!["home".to_owned()],
        Some(account) => vec!["otherAccounts".to_owned(), account.to_string()],
    };
    let mut path = vec!["world".to_owned()];
    path.extend(of_account);
    path.extend(own);
    Some(path)
}

/// Where a thing is in its account; nothing for what belongs to no account.
fn steps(id: &EntityId, world: &World) -> Option<Vec<String>> {
    let vpcs = || {
        world
            .account_of(id.account.as_ref())
            .map(|it| it.vpcs.iter())
    };
    let steps: Vec<&str> = match &id.thing {
        Thing::Account => Vec::new(),
        Thing::User { name } => vec!["users", name],
        Thing::Group { name } => vec!["groups", name],
        Thing::Role { name } => vec!["roles", name],
        Thing::ManagedPolicy { arn } => return Some(vec!["policies".to_owned(), arn.to_string()]),
        Thing::InlinePolicy { owner, name } => {
            let (kind, owner) = of_owner(owner);
            vec![kind, owner, "inlinePolicies", name]
        }
        Thing::Domain { id } => vec!["domains", id],
        Thing::UserProfile { domain, name } => vec!["domains", domain, "userProfiles", name],
        Thing::Space { domain, name } => vec!["domains", domain, "spaces", name],
        Thing::App { domain, name, .. } => vec!["domains", domain, "apps", name],
        Thing::Bucket { name } => vec!["buckets", name],
        Thing::Repository { name } => vec!["repositories", name],
        Thing::LogGroup { name } => vec!["logGroups", name],
        Thing::Key { id } => vec!["keys", id],
        Thing::Vpc { id } => vec!["vpcs", id],
        // Which VPC they lie in is not part of their name.
        Thing::Subnet { id } => {
            let has = |it: &&Vpc| it.subnets.iter().any(|it| it.subnet_id == *id);
            vec!["vpcs", &vpcs()?.find(has)?.vpc_id, "subnets", id]
        }
        Thing::SecurityGroup { id } => {
            let has = |it: &&Vpc| it.security_groups.iter().any(|it| it.group_id == *id);
            vec!["vpcs", &vpcs()?.find(has)?.vpc_id, "securityGroups", id]
        }
        Thing::VpcEndpoint { id } => vec!["vpcEndpoints", id],
        Thing::Organization
        | Thing::OrganizationalUnit { .. }
        | Thing::OrganizationPolicy { .. } => return None,
    };
    Some(steps.into_iter().map(str::to_owned).collect())
}

const fn of_owner(owner: &Owner) -> (&'static str, &String) {
    match owner {
        Owner::User(it) => ("users", it),
        Owner::Group(it) => ("groups", it),
        Owner::Role(it) => ("roles", it),
    }
}

fn outside(
    places: &[Place],
    before: &Value,
    after: &Value,
    path: &mut Vec<String>,
) -> Option<Vec<String>> {
    if before == after || places.iter().any(|it| it.covers(path)) {
        return None;
    }
    // What AWS keeps is added by whoever attaches it, and cannot be edited.
    if let [_, _, policies, arn] = path.as_slice()
        && policies == "policies"
        && arn.starts_with("arn:aws:iam::aws:")
        && before.is_null()
    {
        return None;
    }
    let steps: Vec<String> = match (before, after) {
        (Value::Object(_), Value::Object(_) | Value::Null) | (Value::Null, Value::Object(_)) => {
            let members = |it: &Value| -> Vec<String> {
                let members = it.as_object().into_iter().flatten();
                members.map(|it| it.0.clone()).collect()
            };
            union(members(before), members(after))
        }
        (Value::Array(_), Value::Array(_) | Value::Null) | (Value::Null, Value::Array(_)) => {
            match (names(before), names(after)) {
                (Some(before), Some(after)) => union(before, after),
                _ => return Some(path.clone()),
            }
        }
        _ => return Some(path.clone()),
    };
    // A thing that comes or goes is a change of itself, unless the place is a part of it.
    let comes_or_goes = before.is_null() || after.is_null();
    if comes_or_goes && !places.iter().any(|it| it.is_below(path)) {
        return Some(path.clone());
    }
    steps.into_iter().find_map(|step| {
        let (before, after) = (at(before, &step), at(after, &step));
        path.push(step);
        let found = outside(places, before, after, path);
        path.pop();
        found
    })
}

fn union(mut all: Vec<String>, more: Vec<String>) -> Vec<String> {
    for it in more {
        if !all.contains(&it) {
            all.push(it);
        }
    }
    all
}

fn names(list: &Value) -> Option<Vec<String>> {
    let items = list.as_array().into_iter().flatten();
    items
        .map(|it| name_in_list(it).map(str::to_owned))
        .collect()
}

fn at<'a>(value: &'a Value, step: &str) -> &'a Value {
    let found = match value {
        Value::Object(members) => members.get(step),
        Value::Array(items) => items.iter().find(|it| name_in_list(it) == Some(step)),
        _ => None,
    };
    found.unwrap_or(&Value::Null)
}
