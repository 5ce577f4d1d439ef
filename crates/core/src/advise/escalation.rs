//! Administrator access within reach of a profile.
//!
//! Who works in a profile has its execution role, and with it what the role can get: by assuming a
//! role, by opening another profile, or by handing a stronger role to something that runs code and is
//! theirs to write (a notebook instance that they may open, a training job, a processing job).
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>; the four ways of
//! SageMaker are listed at <https://github.com/BishopFox/iam-vulnerable>.
//!
//! A path is found step by step, and every step is a question to the engine that was answered with
//! yes. Somebody who gets to an administrator role without any profile is one already, and a profile
//! that only such people may open is no way up. Notebook instances that are there already are not in
//! a world, so only those that the role could make are looked at.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use crate::{
    advise::{
        Advice, Finding, Severity, Words,
        inquiry::{ANY_NAME, Grant, Holder, Inquiry},
        list,
        steps::rest,
    },
    explain::{Spot, entity_name},
    world::{AuthMode, Domain, EntityId, Role, Thing, UserProfile, World},
};

/// A way from a profile to administrator access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// Somebody who may open the first profile and is no administrator; `None` where this world
    /// has nobody, such as in a domain of IAM Identity Center.
    pub person: Option<EntityId>,
    /// The profiles that the way begins in.
    pub profiles: Vec<EntityId>,
    /// The steps, from the first profile to a role with administrator access.
    pub steps: Vec<Step>,
}

/// One step up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// From where.
    pub from: EntityId,
    /// To where.
    pub to: EntityId,
    /// By what.
    pub by: Means,
}

/// How a step is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Means {
    /// The profile's apps run as the role.
    RunsAs,
    /// The domain's shared spaces run as the role.
    SharedSpace,
    /// `sts:AssumeRole`.
    AssumeRole,
    /// `CreatePresignedDomainUrl`.
    OpenProfile,
    /// `iam:PassRole`, `CreateNotebookInstance` and `CreatePresignedNotebookInstanceUrl`.
    NotebookInstance,
    /// `iam:PassRole` and `CreateTrainingJob`.
    TrainingJob,
    /// `iam:PassRole` and `CreateProcessingJob`.
    ProcessingJob,
}

/// Ways to run one's own code as a role that one hands over.
const CODE: [(Means, &[&str], &str); 3] = [
    (
        Means::NotebookInstance,
        &[
            "sagemaker:CreateNotebookInstance",
            "sagemaker:CreatePresignedNotebookInstanceUrl",
        ],
        "notebook-instance",
    ),
    (
        Means::TrainingJob,
        &["sagemaker:CreateTrainingJob"],
        "training-job",
    ),
    (
        Means::ProcessingJob,
        &["sagemaker:CreateProcessingJob"],
        "processing-job",
    ),
];

pub(super) async fn find(inquiry: &Inquiry<'_>) -> Vec<Advice> {
    if !inquiry.roles.iter().any(|it| it.is_administrator) {
        return Vec::new();
    }
    let climb = Climb::new(inquiry).await;
    let mut found: BTreeMap<(Means, &str), Advice> = BTreeMap::new();
    for (domain, profile) in profiles(inquiry.world) {
        rest().await;
        let Opening::Open(person) = climb.opening(domain, profile).await else {
            continue;
        };
        let entity = profile_entity(domain, profile);
        let own = inquiry.role_of_profile(domain, profile);
        let spaces = inquiry.role_of_spaces(domain);
        for (by, role) in [(Means::RunsAs, own), (Means::SharedSpace, spaces)] {
            let Some((role, _)) = role else { continue };
            if !climb.trusted.contains(role.name.as_str()) {
                continue;
            }
            if let Some(advice) = found.get_mut(&(by, role.name.as_str())) {
                if let Finding::Escalation(it) = &mut advice.finding {
                    it.profiles.push(entity.clone());
                }
                continue;
            }
            let Some(way) = climb.to_administrator(role).await else {
                continue;
            };
            let first = Step {
                from: entity.clone(),
                to: role_entity(role),
                by,
            };
            let place = way.iter().find_map(|it| climb.place(it));
            let steps = std::iter::once(first).chain(way).collect();
            let advice = Advice {
                severity: Severity::Danger,
                finding: Finding::Escalation(Escalation {
                    person: person.clone(),
                    profiles: vec![entity.clone()],
                    steps,
                }),
                place: place.unwrap_or_else(|| setting(domain, profile, by)),
            };
            found.insert((by, role.name.as_str()), advice);
        }
    }
    found.into_values().collect()
}

fn profiles(world: &World) -> impl Iterator<Item = (&Domain, &UserProfile)> {
    let domains = world.home.domains.iter();
    domains.flat_map(|domain| domain.user_profiles.iter().map(move |it| (domain, it)))
}

fn profile_entity(domain: &Domain, profile: &UserProfile) -> EntityId {
    EntityId::home(Thing::UserProfile {
        domain: domain.domain_id.clone(),
        name: profile.user_profile_name.clone(),
    })
}

fn role_entity(role: &Role) -> EntityId {
    EntityId::home(Thing::Role {
        name: role.name.clone(),
    })
}

/// Where the role of a profile or of its shared spaces is set.
fn setting(domain: &Domain, profile: &UserProfile, by: Means) -> Spot {
    let own = &profile.user_settings.execution_role;
    if by == Means::RunsAs && own.as_ref().is_some_and(|it| !it.is_empty()) {
        return Spot::Entity(profile_entity(domain, profile));
    }
    Spot::Entity(EntityId::home(Thing::Domain {
        id: domain.domain_id.clone(),
    }))
}

/// Who gets into a profile.
enum Opening {
    /// Only administrators.
    AdministratorsOnly,
    /// This person, or nobody of this world.
    Open(Option<EntityId>),
}

struct Climb<'a> {
    inquiry: &'a Inquiry<'a>,
    /// The users that are no administrators, with all that each can be: the user, and every role
    /// that it gets to by assuming roles.
    people: Vec<(EntityId, Vec<Holder>)>,
    n_administrators: usize,
    /// The roles that SageMaker may take on, by name.
    trusted: BTreeSet<&'a str>,
    /// The steps from each role, once they were looked for: several ways lead over one role.
    steps: RefCell<BTreeMap<&'a str, Rc<Vec<Way<'a>>>>>,
}

/// A role that another gets to, and by which steps.
type Way<'a> = (&'a Role, Vec<Step>);

impl<'a> Climb<'a> {
    async fn new(inquiry: &'a Inquiry<'a>) -> Self {
        let mut own = Self {
            inquiry,
            people: Vec::new(),
            n_administrators: 0,
            trusted: BTreeSet::new(),
            steps: RefCell::default(),
        };
        for role in &inquiry.world.home.roles {
            if inquiry.is_trusted_by_sagemaker(role) {
                own.trusted.insert(&role.name);
            }
            rest().await;
        }
        for user in &inquiry.users {
            let selves = own.selves(user.with_second_factor()).await;
            if selves.iter().any(|it| it.is_administrator) {
                own.n_administrators += 1;
            } else {
                own.people.push((user.entity(), selves));
            }
        }
        own
    }

    async fn selves(&self, first: Holder) -> Vec<Holder> {
        let mut all = vec![first];
        let mut known = BTreeSet::new();
        let mut next = 0;
        while let Some(holder) = all.get(next).cloned() {
            next += 1;
            rest().await;
            for idx in self.inquiry.roles_to_assume(&holder) {
                let Some(role) = self.inquiry.world.home.roles.get(idx) else {
                    continue;
                };
                if known.contains(role.name.as_str()) {
                    continue;
                }
                if self.inquiry.may_assume(&holder, role) {
                    known.insert(role.name.as_str());
                    let holder = self.inquiry.holder_of_role(&role.name);
                    all.extend(holder.map(Holder::with_second_factor));
                }
                rest().await;
            }
        }
        all
    }

    async fn opening(&self, domain: &Domain, profile: &UserProfile) -> Opening {
        if domain.auth_mode == AuthMode::Sso {
            return Opening::Open(None);
        }
        let name = &profile.user_profile_name;
        let opens = |it: &Holder| self.inquiry.may_open(it, domain, name);
        for (person, selves) in &self.people {
            if selves.iter().any(opens) {
                return Opening::Open(Some(person.clone()));
            }
            rest().await;
        }
        if self.n_administrators > 0 {
            Opening::AdministratorsOnly
        } else {
            Opening::Open(None)
        }
    }

    /// The shortest way from a role to administrator access; empty where the role has it.
    async fn to_administrator(&self, start: &'a Role) -> Option<Vec<Step>> {
        let mut seen = BTreeSet::from([start.name.as_str()]);
        let mut ways: Vec<Way<'a>> = vec![(start, Vec::new())];
        let mut next = 0;
        while let Some((role, way)) = ways.get(next).cloned() {
            next += 1;
            let holder = self.inquiry.holder_of_role(&role.name)?;
            if holder.is_administrator {
                return Some(way);
            }
            let known = self.steps.borrow().get(role.name.as_str()).cloned();
            let steps = match known {
                Some(known) => known,
                None => Rc::new(self.steps(role, holder).await),
            };
            self.steps
                .borrow_mut()
                .insert(&role.name, Rc::clone(&steps));
            for (to, steps) in steps.iter() {
                if seen.insert(&to.name) {
                    ways.push((to, way.iter().chain(steps).cloned().collect()));
                }
            }
        }
        None
    }

    /// The roles that a role gets to at once.
    async fn steps(&self, from: &'a Role, holder: &Holder) -> Vec<Way<'a>> {
        let (inquiry, world) = (self.inquiry, self.inquiry.world);
        let step = |to: EntityId, by| Step {
            from: role_entity(from),
            to,
            by,
        };
        let code = CODE.iter().find(|(_, actions, kind)| {
            let on = world.regional_arn("sagemaker", &format!("{kind}/{ANY_NAME}"));
            actions.iter().all(|it| inquiry.may(holder, it, on.clone()))
        });
        let mut all = Vec::new();
        let to_assume = inquiry.roles_to_assume(holder);
        for (idx, role) in world.home.roles.iter().enumerate() {
            if role.name == from.name {
                continue;
            }
            let to = || role_entity(role);
            if to_assume.contains(&idx) && inquiry.may_assume(holder, role) {
                all.push((role, vec![step(to(), Means::AssumeRole)]));
            } else if let Some((by, ..)) = code
                && self.trusted.contains(role.name.as_str())
                && inquiry.may_pass(holder, role)
            {
                all.push((role, vec![step(to(), *by)]));
            }
            rest().await;
        }
        for (domain, profile) in profiles(world).filter(|it| it.0.auth_mode == AuthMode::Iam) {
            let Some((role, _)) = inquiry.role_of_profile(domain, profile) else {
                continue;
            };
            rest().await;
            let is_known = role.name == from.name || all.iter().any(|it| it.0.name == role.name);
            if !is_known
                && inquiry.may_open(holder, domain, &profile.user_profile_name)
                && self.trusted.contains(role.name.as_str())
            {
                let profile = profile_entity(domain, profile);
                let runs_as = Step {
                    from: profile.clone(),
                    to: role_entity(role),
                    by: Means::RunsAs,
                };
                all.push((role, vec![step(profile, Means::OpenProfile), runs_as]));
            }
        }
        all
    }

    /// The very entry that allows a step; nothing where no policy does.
    fn place(&self, step: &Step) -> Option<Spot> {
        let inquiry = self.inquiry;
        let Thing::Role { name } = &step.from.thing else {
            return None;
        };
        let holder = inquiry.holder_of_role(name)?;
        let on = inquiry.world.arn_of(&step.to)?;
        let request = match step.by {
            Means::RunsAs | Means::SharedSpace => return None,
            Means::AssumeRole => inquiry.request(holder, "sts:AssumeRole", on, &[]),
            Means::OpenProfile => {
                inquiry.request(holder, "sagemaker:CreatePresignedDomainUrl", on, &[])
            }
            Means::NotebookInstance | Means::TrainingJob | Means::ProcessingJob => {
                inquiry.pass_request(holder, on, crate::flow::SAGEMAKER)
            }
        };
        inquiry.grants(&request).first().map(Grant::resource)
    }
}

impl Escalation {
    pub(super) fn words(&self, world: &World) -> Words {
        let name = |it: &EntityId| entity_name(it, world);
        let profiles: Vec<String> = self.profiles.iter().map(name).collect();
        let last = self.steps.last().map(|it| name(&it.to)).unwrap_or_default();
        let person = self
            .person
            .as_ref()
            .map(|it| format!("`{}` opens ", name(it)));
        let steps = self.steps.iter().map(|it| {
            let (from, to) = (name(&it.from), name(&it.to));
            match it.by {
                Means::RunsAs => format!("profile `{from}`, which runs as `{to}`"),
                Means::SharedSpace => {
                    format!("profile `{from}`, whose shared spaces run as `{to}`")
                }
                Means::AssumeRole => format!("`{from}` assumes `{to}`"),
                Means::OpenProfile => format!("`{from}` opens the other"),
                Means::NotebookInstance => {
                    format!("`{from}` makes and opens a notebook instance that runs as `{to}`")
                }
                Means::TrainingJob => format!("`{from}` starts a training job that runs as `{to}`"),
                Means::ProcessingJob => {
                    format!("`{from}` starts a processing job that runs as `{to}`")
                }
            }
        });
        let steps: Vec<String> = steps.collect();
        let way = format!("{}{}", person.unwrap_or_default(), steps.join("; "));
        let way = way.replace("opens the other; profile", "opens profile");
        let fix = match self.steps.get(1).map(|it| it.by) {
            None => format!(
                "Give the profile an execution role that may do only what its work needs, not `{last}`."
            ),
            Some(Means::AssumeRole) => format!(
                "Take the permission to assume the role away, or the execution role out of the trust policy of `{last}`."
            ),
            Some(Means::OpenProfile) => {
                "For `sagemaker:CreatePresignedDomainUrl`, name in `Resource` the own profile’s ARN only."
                    .to_owned()
            }
            Some(_) => format!(
                "For `iam:PassRole`, list in `Resource` the roles that the work needs, and leave `{last}` out."
            ),
        };
        Words {
            title: format!(
                "Profile {} leads to administrator `{last}`",
                list(&profiles)
            ),
            why: format!("{}.", upper_first(&way)),
            fix,
        }
    }
}

fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|it| it.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}
