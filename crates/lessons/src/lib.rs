//! Rolewalk's content: the worlds to start from, the AWS managed policies they attach, the lessons and the
//! glossary.
//!
//! Content only: what a world comes to is decided by `rolewalk-core`, and `tests/worlds.rs` checks
//! that each world comes to what its text says; `tests/lessons` the same of each lesson.

mod course;

use rolewalk_core::{
    library::Library,
    names::Arn,
    scenario::{Scenario, ScenarioError},
    share::Base,
    world::{ManagedPolicy, PolicyText, World},
};

pub use self::course::{
    COURSE_ID, course, course_json, glossary, glossary_json, lesson_folders, read_course,
};

/// A scenario to start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartWorld {
    /// Its name in addresses.
    pub slug: &'static str,
    /// Its name for people.
    pub title: &'static str,
    json: &'static str,
}

/// The worlds to choose from; the first is the one that opens.
const START_WORLDS: &[StartWorld] = &[
    StartWorld {
        slug: "working-studio",
        title: "A working studio",
        json: include_str!("../worlds/working-studio.json"),
    },
    StartWorld {
        slug: "full-access-is-not-full",
        title: "FullAccess is not full",
        json: include_str!("../worlds/full-access-is-not-full.json"),
    },
    StartWorld {
        slug: "wrong-trust",
        title: "Wrong trust",
        json: include_str!("../worlds/wrong-trust.json"),
    },
    StartWorld {
        slug: "organization-says-no",
        title: "The organization says no",
        json: include_str!("../worlds/organization-says-no.json"),
    },
    StartWorld {
        slug: "empty-account",
        title: "Empty account",
        json: include_str!("../worlds/empty-account.json"),
    },
];

/// Worlds as they were when links were made from them, and are no longer: slug and JSON, the file of
/// `worlds/published` that was current before. `tests/share` says when one has to be put here.
const EARLIER_BASES: &[(&str, &str)] = &[
    // Its keys had names that AWS would give to none.
    (
        LIBRARY_BASE,
        include_str!("../worlds/published/misconfigurations.ce054bba.json"),
    ),
];

/// The AWS managed policies that the worlds attach: name, version, document.
const MANAGED_POLICIES: &[(&str, &str, &str)] = &[
    (
        "AmazonSageMakerFullAccess",
        "v29",
        include_str!("../../../data/managed-policies/AmazonSageMakerFullAccess.json"),
    ),
    (
        "AmazonSageMakerReadOnly",
        "v11",
        include_str!("../../../data/managed-policies/AmazonSageMakerReadOnly.json"),
    ),
    (
        "IAMUserChangePassword",
        "v5",
        include_str!("../../../data/managed-policies/IAMUserChangePassword.json"),
    ),
];

/// The worlds to choose from; the first is the one that opens.
pub const fn start_worlds() -> &'static [StartWorld] {
    START_WORLDS
}

/// The start worlds, as what share links are different from.
pub fn bases() -> Vec<Base> {
    let worlds = START_WORLDS.iter();
    let bases = worlds.filter_map(|it| Some(Base::new(it.slug, &it.scenario().ok()?)));
    bases.collect()
}

/// The name of the world of the library in links: all its misconfigurations are changes of that one.
pub const LIBRARY_BASE: &str = "misconfigurations";

/// The world of the library, as what share links are different from.
pub fn library_base(library: &Library) -> Base {
    let mut base = library.base().clone();
    add_aws_managed_policies(&mut base.world);
    Base::new(LIBRARY_BASE, &base)
}

/// The start worlds and all that they were before, so that a link opens that was made from one of these.
pub fn known_bases() -> Vec<Base> {
    let earlier = EARLIER_BASES.iter();
    let earlier = earlier.map(|(slug, json)| Base::earlier(*slug, *json));
    bases().into_iter().chain(earlier).collect()
}

impl StartWorld {
    /// The scenario, with the document of every AWS managed policy that it attaches.
    pub fn scenario(&self) -> Result<Scenario, ScenarioError> {
        let mut scenario = Scenario::from_json(self.json)?;
        add_aws_managed_policies(&mut scenario.world);
        Ok(scenario)
    }
}

/// Adds the document of every AWS managed policy that somebody in the world has attached, where it
/// is one of those kept here.
pub fn add_aws_managed_policies(world: &mut World) {
    for arn in attached(world) {
        if world.policy(&arn).is_none() {
            world.home.policies.extend(aws_managed_policy(&arn));
        }
    }
}

/// The AWS managed policies that a scenario attaches or passes and whose text it does not have, each once.
pub fn lacking_aws_managed_policies(scenario: &Scenario) -> Vec<Arn> {
    let passed = scenario.choice.session_policy_arns.iter();
    let named = passed.filter_map(|it| Arn::parse(it));
    let mut all: Vec<Arn> = attached(&scenario.world).into_iter().chain(named).collect();
    all.retain(|it| it.is_aws_owned() && scenario.world.policy(it).is_none());
    all.sort_unstable();
    all.dedup();
    all
}

/// Every managed policy that somebody in the world has attached or is bounded by.
fn attached(world: &World) -> Vec<Arn> {
    let mut all = Vec::new();
    for account in world.accounts() {
        for user in &account.users {
            all.extend_from_slice(&user.attached_policies);
            all.extend(user.permissions_boundary.clone());
        }
        for group in &account.groups {
            all.extend_from_slice(&group.attached_policies);
        }
        for role in &account.roles {
            all.extend_from_slice(&role.attached_policies);
            all.extend(role.permissions_boundary.clone());
        }
    }
    all
}

/// The AWS managed policy with that ARN, where it is one of those kept here.
pub fn aws_managed_policy(arn: &Arn) -> Option<ManagedPolicy> {
    let is_aws_managed = arn.service() == "iam" && arn.is_aws_owned();
    let (_, version, document) = MANAGED_POLICIES
        .iter()
        .find(|(name, ..)| is_aws_managed && *name == arn.last_segment())?;
    Some(ManagedPolicy {
        arn: arn.clone(),
        version: Some((*version).to_owned()),
        document: PolicyText::from(*document),
        other_versions: Vec::new(),
    })
}
