//! Who can become a role: by `sts:AssumeRole` at once, and by way of other roles.
//!
//! Each step is asked as everything here is. Invariant: of several ways of somebody to a role the shortest is told.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    access::{Access, Question, Who, WhoKind, principals::let_in},
    by_name::ByName,
    flow::{self, Choice},
    world::{Documents, World},
};

/// How many roles a way leads through at most: two between somebody and the role.
const MOST_ROLES: usize = 3;

/// How somebody becomes a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Way {
    /// Who.
    #[serde(flatten)]
    pub who: Who,
    /// The roles that they assume on the way, in order, by ARN; the last is the one in question.
    pub roles: Vec<String>,
}

/// Who can become the role with that ARN, whoever is nearest first. Roles and users that can only by way of others are told with
/// the way.
pub fn becoming(world: &World, documents: &Documents, around: &Choice, role: &str) -> Vec<Way> {
    Becoming::new(world, documents, around).ways(role)
}

/// The same for several roles, each of which is asked about once.
#[derive(Debug)]
pub struct Becoming<'a> {
    world: &'a World,
    documents: &'a Documents,
    around: &'a Choice,
    /// Who may assume a role at once.
    known: BTreeMap<String, Vec<Who>>,
}

impl<'a> Becoming<'a> {
    /// Nobody is asked yet.
    pub const fn new(world: &'a World, documents: &'a Documents, around: &'a Choice) -> Self {
        Self {
            world,
            documents,
            around,
            known: BTreeMap::new(),
        }
    }

    /// Who can become the role with that ARN.
    pub fn ways(&mut self, role: &str) -> Vec<Way> {
        let mut all: Vec<Way> = Vec::new();
        let mut seen = BTreeSet::from([role.to_owned()]);
        let mut next = vec![vec![role.to_owned()]];
        for _ in 0..MOST_ROLES {
            let mut behind = Vec::new();
            for roles in next {
                let Some(first) = roles.first() else { continue };
                for who in self.assume(first) {
                    if !seen.insert(who.principal.clone()) {
                        continue;
                    }
                    if who.kind == WhoKind::Role && who.is_in_world {
                        let own = std::iter::once(who.principal.clone());
                        behind.push(own.chain(roles.iter().cloned()).collect());
                    }
                    let (who, roles) = (who.clone(), roles.clone());
                    all.push(Way { who, roles });
                }
            }
            next = behind;
        }
        all
    }

    fn assume(&mut self, role: &str) -> &[Who] {
        let (world, documents, around) = (self.world, self.documents, self.around);
        let known = self.known.entry(role.to_owned());
        known.or_insert_with(|| {
            let mut who = let_in(world, documents, around, &question(role, None));
            who.retain(|who| {
                let choice = question(role, Some(who)).choice(world, around, &who.principal);
                Access::of(&flow::walk(world, documents, &choice)) == Access::Can
            });
            who
        })
    }
}

/// The call by which somebody assumes a role: what vouches for somebody has calls of its own.
fn question(role: &str, who: Option<&Who>) -> Question {
    let kind = who.map(|it| it.kind);
    let name = who.map_or("", |it| it.principal.as_str());
    let action = match kind {
        Some(WhoKind::Federated) if name.contains(":saml-provider/") => "sts:AssumeRoleWithSAML",
        Some(WhoKind::Federated) => "sts:AssumeRoleWithWebIdentity",
        _ => "sts:AssumeRole",
    };
    Question {
        action: action.to_owned(),
        resource: role.to_owned(),
        context: ByName::new(),
    }
}
