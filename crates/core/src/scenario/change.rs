//! Changes to a scenario's world after which who does what in it is still the same.
//!
//! Invariant: what the choice names follows when it is renamed; where the choice names nothing that is there,
//! the first user, domain, profile, bucket or repository that is added is taken.

use serde_json::Value;

use crate::{
    flow::{Choice, SignIn, VpcConfig, Workload},
    names::Arn,
    scenario::{Alteration, Ask, Scenario},
    world::{
        AppOwner, AppType, DocumentId, EntityId, Thing, World,
        change::{self, JsonRefusal, Kind, Refusal, Renamed},
    },
};

/// Adds a thing, see [`change::add`].
///
/// # Errors
///
/// As there.
pub fn add(scenario: &mut Scenario, kind: Kind, at: &EntityId) -> Result<EntityId, Refusal> {
    let id = change::add(&mut scenario.world, kind, at)?;
    adopt(scenario, &id);
    Ok(id)
}

/// Adds a copy of a thing, see [`change::duplicate`].
///
/// # Errors
///
/// As there.
pub fn duplicate(scenario: &mut Scenario, id: &EntityId) -> Result<EntityId, Refusal> {
    change::duplicate(&mut scenario.world, id)
}

/// Removes a thing, see [`change::remove`]. A choice that names it stays, and names nothing then.
///
/// # Errors
///
/// As there.
pub fn remove(scenario: &mut Scenario, id: &EntityId) -> Result<(), Refusal> {
    change::remove(&mut scenario.world, id)
}

/// Renames a thing, see [`change::rename`]; the choice, the invitation and the checks follow.
///
/// # Errors
///
/// As there.
pub fn rename(scenario: &mut Scenario, id: &EntityId, new: &str) -> Result<EntityId, Refusal> {
    let renamed = change::rename(&mut scenario.world, id, new)?;
    follow(scenario, &renamed);
    Ok(renamed.to)
}

/// Puts what a text says in the place of a thing, see [`change::set_json`]; where that renames it,
/// the choice follows.
///
/// # Errors
///
/// As there.
pub fn set_json(
    scenario: &mut Scenario,
    id: &EntityId,
    text: &str,
) -> Result<EntityId, JsonRefusal> {
    let renamed = change::set_json(&mut scenario.world, id, text)?;
    follow(scenario, &renamed);
    Ok(renamed.to)
}

/// Gives an app another owner or type, see [`change::move_app`].
///
/// # Errors
///
/// As there.
pub fn move_app(
    scenario: &mut Scenario,
    id: &EntityId,
    owner: &AppOwner,
    app_type: AppType,
) -> Result<EntityId, Refusal> {
    let renamed = change::move_app(&mut scenario.world, id, owner, app_type)?;
    follow(scenario, &renamed);
    Ok(renamed.to)
}

/// Whether the scenario's choice names a thing: who, where, what with.
pub fn is_chosen(scenario: &Scenario, id: &EntityId) -> bool {
    let mut choice = scenario.choice.clone();
    if let Thing::Domain { id: own } = &id.thing {
        return id.account.is_none() && choice.domain == *own;
    }
    let gone = Renamed::nowhere(&scenario.world, id);
    follow_in_choice(&mut choice, &gone);
    choice != scenario.choice
}

/// Takes on what was added, where the choice names nothing of its kind, or what is gone.
fn adopt(scenario: &mut Scenario, id: &EntityId) {
    if id.account.is_some() {
        return;
    }
    let Scenario { world, choice, .. } = scenario;
    // An ARN names something in another account, which need not be known here.
    let is_gone = |name: &str, found: bool| name.is_empty() || !(found || Arn::is_arn(name));
    let owner = world.domain_owner(&choice.domain);
    let domain = owner.and_then(|it| it.domain(&choice.domain));
    let profile = domain.and_then(|it| it.user_profile(&choice.user_profile));
    let bucket = &choice.data.bucket;
    let (field, name, is_gone) = match &id.thing {
        Thing::User { name } if choice.sign_in.is_iam() => {
            let found = world.user(&choice.user).is_some();
            let is_gone = is_gone(&choice.user, found);
            (&mut choice.user, name, is_gone)
        }
        Thing::Domain { id } => {
            let is_gone = is_gone(&choice.domain, domain.is_some());
            (&mut choice.domain, id, is_gone)
        }
        Thing::UserProfile { domain, name } if *domain == choice.domain => {
            let is_gone = is_gone(&choice.user_profile, profile.is_some());
            (&mut choice.user_profile, name, is_gone)
        }
        Thing::Bucket { name } => {
            let is_gone = is_gone(bucket, world.bucket(bucket).is_some());
            (&mut choice.data.bucket, name, is_gone)
        }
        Thing::Repository { name } => {
            let found = world.repository(&choice.repository).is_some();
            let is_gone = is_gone(&choice.repository, found);
            (&mut choice.repository, name, is_gone)
        }
        _ => return,
    };
    if is_gone {
        name.clone_into(field);
    }
}

fn follow(scenario: &mut Scenario, renamed: &Renamed) {
    follow_in_choice(&mut scenario.choice, renamed);
    for check in &mut scenario.checks {
        match &mut check.ask {
            Ask::ChosenWalk => {}
            Ask::Walk(choice) => follow_in_choice(choice, renamed),
            Ask::Workload(workload) => {
                let mut choice = Choice {
                    workload: workload.as_ref().clone(),
                    ..scenario.choice.clone()
                };
                follow_in_choice(&mut choice, renamed);
                **workload = choice.workload;
            }
        }
    }
    if let Some(invitation) = &mut scenario.invitation {
        let changes = invitation.changes.iter().cloned();
        let changes = changes.map(|it| followed(it, renamed, &scenario.world));
        invitation.changes = changes.collect();
    }
}

/// A change that a person is invited to, about the same things under their new names.
fn followed(change: Alteration, renamed: &Renamed, world: &World) -> Alteration {
    let text = |old: String| renamed.text(&old).unwrap_or(old);
    match change {
        Alteration::Text {
            document,
            find,
            replace,
        } => Alteration::Text {
            document: renamed_document(&document, renamed, world),
            find: text(find),
            replace: text(replace),
        },
        Alteration::Document {
            document,
            text: old,
        } => Alteration::Document {
            document: renamed_document(&document, renamed, world),
            text: text(old.as_str().to_owned()).into(),
        },
        Alteration::Statement {
            document,
            sid,
            elements,
        } => Alteration::Statement {
            document: renamed_document(&document, renamed, world),
            sid,
            elements: elements.map(|mut elements| {
                for (_, value) in elements.iter_mut() {
                    follow_value(value, renamed);
                }
                elements
            }),
        },
        Alteration::Value { at, mut value } => {
            follow_value(&mut value, renamed);
            Alteration::Value { at, value }
        }
    }
}

fn follow_value(value: &mut Value, renamed: &Renamed) {
    match value {
        Value::String(text) => {
            if let Some(new) = renamed.value(text) {
                *text = new;
            }
        }
        Value::Array(items) => {
            for item in items {
                follow_value(item, renamed);
            }
        }
        Value::Object(members) => {
            for member in members.values_mut() {
                follow_value(member, renamed);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The id of a policy text whose thing is renamed.
fn renamed_document(id: &DocumentId, renamed: &Renamed, world: &World) -> DocumentId {
    if world.document(id).is_some() {
        return id.clone();
    }
    let new = id.of_renamed(&renamed.from, &renamed.to);
    new.unwrap_or_else(|| id.clone())
}

fn follow_in_choice(choice: &mut Choice, renamed: &Renamed) {
    let is_home = renamed.from.account.is_none();
    let set = |field: &mut String, old: &str, new: &str| {
        if field == old {
            new.clone_into(field);
        }
    };
    match (&renamed.from.thing, &renamed.to.thing) {
        (Thing::User { name }, Thing::User { name: new })
            if is_home && choice.sign_in == SignIn::Iam =>
        {
            set(&mut choice.user, name, new);
        }
        (Thing::Role { name }, Thing::Role { name: new }) if is_home => {
            for role in choice.role.iter_mut().chain(&mut choice.role_chain) {
                set(role, name, new);
            }
        }
        (Thing::UserProfile { domain, name }, Thing::UserProfile { name: new, .. })
            if is_home
                && choice.domain == *domain
                && choice.user_profile.eq_ignore_ascii_case(name) =>
        {
            new.clone_into(&mut choice.user_profile);
        }
        (Thing::Space { domain, name }, Thing::Space { name: new, .. })
            if is_home && choice.domain == *domain =>
        {
            if let Workload::StartApp(app) = &mut choice.workload
                && let Some(space) = &mut app.space
            {
                set(space, name, new);
            }
        }
        (Thing::Bucket { name }, Thing::Bucket { name: new }) => {
            set(&mut choice.data.bucket, name, new);
        }
        (Thing::Repository { name }, Thing::Repository { name: new }) if is_home => {
            set(&mut choice.repository, name, new);
        }
        (Thing::VpcEndpoint { id }, Thing::VpcEndpoint { id: new }) => {
            if let Some(endpoint) = &mut choice.source_vpce {
                set(endpoint, id, new);
            }
        }
        (Thing::Subnet { id }, Thing::Subnet { id: new }) if is_home => {
            let network = network_of(&mut choice.workload).into_iter();
            for subnet in network.flat_map(|it| &mut it.subnets) {
                set(subnet, id, new);
            }
        }
        (Thing::SecurityGroup { id }, Thing::SecurityGroup { id: new }) if is_home => {
            let network = network_of(&mut choice.workload).into_iter();
            for group in network.flat_map(|it| &mut it.security_group_ids) {
                set(group, id, new);
            }
        }
        (Thing::Key { id }, Thing::Key { id: new }) if is_home => {
            for key in named_in(&mut choice.workload) {
                set(key, id, new);
            }
        }
        _ => {}
    }
    let named = named_in(&mut choice.workload).into_iter();
    let identities = choice.role.iter_mut().chain(&mut choice.role_chain);
    let identities = identities.chain([&mut choice.user]);
    let passed = &mut choice.session_policy_arns;
    for value in named
        .chain([&mut choice.repository])
        .chain(identities)
        .chain(passed)
    {
        if let Some(new) = renamed.value(value) {
            *value = new;
        }
    }
}

/// The network that what is done is put into.
const fn network_of(workload: &mut Workload) -> Option<&mut VpcConfig> {
    match workload {
        Workload::TrainingJob(it) | Workload::ProcessingJob(it) | Workload::TuningJob(it) => {
            it.vpc_config.as_mut()
        }
        Workload::Deployment(it) => it.vpc_config.as_mut(),
        Workload::NotebookInstance(it) => it.vpc_config.as_mut(),
        Workload::NewDomain(it) => it.vpc_config.as_mut(),
        _ => None,
    }
}

/// Every ARN and every key's id in what is done.
fn named_in(workload: &mut Workload) -> Vec<&mut String> {
    match workload {
        Workload::OpenStudio
        | Workload::StartApp(_)
        | Workload::Invocation(_)
        | Workload::DeleteProfile
        | Workload::DeleteDomain(_) => Vec::new(),
        Workload::TrainingJob(it) | Workload::ProcessingJob(it) | Workload::TuningJob(it) => {
            let mut all = given([
                &mut it.role,
                &mut it.volume_kms_key_id,
                &mut it.output_kms_key_id,
            ]);
            let simulated = it
                .simulation
                .iter_mut()
                .flat_map(|it| &mut it.resource_arns);
            all.extend(simulated);
            all
        }
        Workload::TransformJob(it) => given([
            &mut it.model_role,
            &mut it.volume_kms_key_id,
            &mut it.output_kms_key_id,
        ]),
        Workload::Deployment(it) => given([
            &mut it.role,
            &mut it.execution_role,
            &mut it.volume_kms_key_id,
        ]),
        Workload::Pipeline(it) => given([&mut it.role, &mut it.step_role]),
        Workload::NotebookInstance(it) => given([&mut it.role, &mut it.volume_kms_key_id]),
        Workload::NewDomain(it) => given([
            &mut it.execution_role,
            &mut it.space_execution_role,
            &mut it.kms_key_id,
        ]),
        Workload::NewProfile(it) => given([&mut it.execution_role]),
        Workload::ApiCall(it) => {
            let mut all = given([&mut it.principal]);
            all.push(&mut it.resource);
            all
        }
    }
}

fn given<const N: usize>(fields: [&mut Option<String>; N]) -> Vec<&mut String> {
    fields.into_iter().flatten().collect()
}
