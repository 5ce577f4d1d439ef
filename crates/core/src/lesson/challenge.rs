//! Challenges: a message is all one has; find the door, then mend it.
//!
//! Made of the library of misconfigurations. No clock and no chance: which come, in what order and with
//! which names follows from a seed. Invariant: a challenge stops at the same hop whatever its seed.

use crate::{
    explain,
    flow::{self, HopKind, SignIn},
    lesson::Challenges,
    library::{Library, Misconfiguration},
    scenario::{Alteration, Ask, Check, Scenario, change},
    world::{Documents, EntityId, Thing, World},
};

/// What everything that varies follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed(pub u64);

impl Seed {
    /// The next number of `SplitMix64`.
    ///
    /// <https://doi.org/10.1145/2714064.2660195>
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        it ^ (it >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % n).unwrap_or_default()
    }
}

/// A message, and the world it comes from.
#[derive(Clone, Debug)]
pub struct Challenge {
    /// Its name in the library.
    pub slug: String,
    /// What somebody saw: AWS’s words, with `…` for what differs.
    pub message: String,
    /// The world it comes from, broken.
    pub scenario: Scenario,
    /// The doors of its walk, in order.
    pub doors: Vec<HopKind>,
    /// The one that is shut.
    pub answer: HopKind,
    /// What is wrong, in a sentence; to be told afterwards.
    pub because: String,
    /// What the mended world should come to.
    pub goal: Check,
    /// One way to mend it.
    pub solution: Vec<Alteration>,
}

/// The order in which the challenges of a course come.
pub fn challenge_order(challenges: &Challenges, seed: Seed) -> Vec<String> {
    let mut seed = seed;
    let mut left = challenges.slugs.clone();
    let mut order = Vec::new();
    while !left.is_empty() {
        order.push(left.swap_remove(seed.below(left.len())));
    }
    order
}

const BUCKETS: [&str; 5] = [
    "churn-data",
    "claims-archive",
    "sensor-logs",
    "orders-2026",
    "speech-samples",
];
const PEOPLE: [(&str, &str); 4] = [
    ("Alice", "alice"),
    ("Farida", "farida"),
    ("Jonas", "jonas"),
    ("Mei", "mei"),
];
const ROLES: [&str; 4] = ["Scientist", "MLEngineer", "Analyst", "Researcher"];

/// A challenge of the library under names that follow from the seed; nothing where the library has none
/// of that name, or it does not stop where it says. `complete` puts in the documents of AWS managed policies.
pub fn challenge(
    library: &Library,
    slug: &str,
    seed: Seed,
    complete: &dyn Fn(&mut Scenario),
) -> Option<Challenge> {
    let it = library.get(slug)?;
    let mut scenario = library.scenario(it)?;
    complete(&mut scenario);
    let mut goal = Check {
        name: it.title.clone(),
        ask: Ask::default(),
        expect: it.mended_expectation(),
    };
    goal.expect.hops.iter_mut().for_each(|it| {
        // Which statement decides does not matter to whoever mends it.
        it.statements = None;
    });
    scenario.checks = Vec::new();
    vary(&mut scenario, seed);

    let documents = Documents::parse(&scenario.world);
    let flow = flow::walk(&scenario.world, &documents, &scenario.choice);
    let at = flow.blocked_at()?;
    let hop = flow.hops.get(at)?;
    if hop.kind != it.hop() {
        return None;
    }
    let failing = hop.first_failing()?;
    let message = seen(it, failing, &scenario.world, &documents);
    let solution = scenario.invitation.take()?.changes.to_vec();
    // Its name and its line would tell what is wrong.
    "Find the door".clone_into(&mut scenario.name);
    scenario.about.clone_from(&message);
    Some(Challenge {
        slug: slug.to_owned(),
        message,
        doors: flow.hops.iter().map(|it| it.kind).collect(),
        answer: hop.kind,
        because: it.wrong.clone(),
        scenario,
        goal,
        solution,
    })
}

/// How AWS's own messages about what is refused read: ours are made after them, with the names of this world.
const OF_AWS: [&str; 2] = ["is not authorized to perform", "An error occurred ("];

/// What somebody sees: what AWS says, else what people report, and only where nobody does what is wrong in our words.
fn seen(
    it: &Misconfiguration,
    failing: &flow::Check,
    world: &World,
    documents: &Documents,
) -> String {
    let own = explain::check_verdict(failing, world, documents).answer;
    let is_of_aws = OF_AWS.iter().any(|form| own.contains(form));
    match it.messages.first() {
        Some(reported) if !is_of_aws => reported.clone(),
        _ => own,
    }
}

/// Other names for the person, the person's profile and spaces, the role and the bucket. What cannot be renamed keeps its
/// name.
fn vary(scenario: &mut Scenario, mut seed: Seed) {
    let choice = &scenario.choice;
    let bucket = Thing::Bucket {
        name: choice.data.bucket.clone(),
    };
    let user = Thing::User {
        name: choice.user.clone(),
    };
    let role = choice.role.clone().map(|name| Thing::Role { name });
    let mut to = |names: &[&str]| {
        let name = names.get(seed.below(names.len()));
        name.copied().unwrap_or_default().to_owned()
    };
    let new_bucket = to(&BUCKETS);
    let new_role = to(&ROLES);
    let (person, new_user) = PEOPLE
        .get(seed.below(PEOPLE.len()))
        .copied()
        .unwrap_or_default();
    rename(scenario, bucket, &new_bucket);
    if let Some(role) = role {
        rename(scenario, role, &new_role);
    }
    // Whom Identity Center knows has that name there, too.
    let is_iam = scenario.choice.sign_in == SignIn::Iam;
    let old_user = scenario.choice.user.clone();
    if is_iam && rename(scenario, user, new_user) {
        person.clone_into(&mut scenario.choice.person);
        follow_in_patterns(scenario, &old_user, new_user);
        for (thing, name) in named_after(&scenario.world, &old_user) {
            let new = name.replacen(&old_user, new_user, 1);
            rename(scenario, thing, &new);
        }
        // A world may have lost the profile.
        if scenario.choice.user_profile == old_user {
            new_user.clone_into(&mut scenario.choice.user_profile);
        }
    }
}

/// What policies say of somebody's profile in every domain: no thing's ARN, so that no renaming follows it.
fn follow_in_patterns(scenario: &mut Scenario, old: &str, new: &str) {
    let text = scenario.to_json();
    let text = text.replace(&format!("/*/{old}"), &format!("/*/{new}"));
    if let Ok(renamed) = Scenario::from_json(&text) {
        *scenario = renamed;
    }
}

/// The profiles and spaces that are named after somebody.
fn named_after(world: &World, user: &str) -> Vec<(Thing, String)> {
    let mut found = Vec::new();
    for domain in &world.home.domains {
        let profiles = domain.user_profiles.iter().map(|it| &it.user_profile_name);
        for name in profiles.filter(|it| *it == user) {
            let thing = Thing::UserProfile {
                domain: domain.domain_id.clone(),
                name: name.clone(),
            };
            found.push((thing, name.clone()));
        }
        let spaces = domain.spaces.iter().map(|it| &it.space_name);
        for name in spaces.filter(|it| it.starts_with(user)) {
            let thing = Thing::Space {
                domain: domain.domain_id.clone(),
                name: name.clone(),
            };
            found.push((thing, name.clone()));
        }
    }
    found
}

fn rename(scenario: &mut Scenario, thing: Thing, new: &str) -> bool {
    change::rename(scenario, &EntityId::home(thing), new).is_ok()
}
