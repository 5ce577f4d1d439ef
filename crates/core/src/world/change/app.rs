//! Apps: a new one, and one that gets another owner or another type.
//!
//! Invariant: whichever way an app comes to its place, it is one that AWS has for its type: some run
//! in a space alone, others belong to a profile and know no space.
//!
//! <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateApp.html>

use crate::world::{
    App, AppOwner, AppType, Domain, EntityId, SharingType, Space, Status, Thing, World,
    WorldFinding, WorldFindingKind,
    change::{
        Refusal, Renamed,
        add::{self, domain_at},
        name,
        rename::settle,
        replacement::Spellings,
    },
};

/// What all apps are called where nobody says otherwise.
const DEFAULT: &str = "default";

/// Adds an app in the space at a place, or `JupyterLab` for the profile there; elsewhere in a domain for
/// its first profile, else for the domain. `JupyterLab` runs in a space: in a private one of the profile that has
/// no app yet, else in a new one, as Studio would make it.
pub(super) fn add(world: &mut World, at: &EntityId) -> Result<EntityId, Refusal> {
    let gone = || Refusal::Gone(at.clone());
    let id = domain_at(at).ok_or_else(gone)?;
    let account = world.account_of(at.account.as_ref());
    let domain = account.and_then(|it| it.domain(&id)).ok_or_else(gone)?;
    let place = place(domain, &at.thing).ok_or_else(gone)?;
    let free_space = |profile: &str| {
        let of = |name| {
            at.beside(Thing::Space {
                domain: id.clone(),
                name,
            })
        };
        let taken = name::taken(world, &of(String::new()));
        name::free(&format!("{profile}-lab"), &taken, 63)
    };
    let (owner, app_type, new_space) = match place {
        AppPlace::In(owner, app_type) => (owner, app_type, None),
        AppPlace::NewSpaceOf(profile) => {
            let name = free_space(&profile);
            let owner = AppOwner::Space(name.clone());
            (owner, AppType::JupyterLab, Some(add::space(name, profile)))
        }
    };
    let of = |name| {
        at.beside(Thing::App {
            domain: id.clone(),
            owner: owner.clone(),
            app_type,
            name,
        })
    };
    let taken = name::taken(world, &of(String::new()));
    let name = name::free(DEFAULT, &taken, 63);
    let mut app = App {
        app_name: name.clone(),
        app_type,
        user_profile_name: None,
        space_name: None,
        status: Status::InService,
    };
    app.set_owner(&owner);
    let account = world.account_of_mut(at.account.as_ref());
    let domain = account.and_then(|it| it.domain_mut(&id)).ok_or_else(gone)?;
    if let Some(space) = new_space {
        domain.spaces.push(space);
    }
    domain.apps.push(app);
    Ok(of(name))
}

/// Where a new app goes.
enum AppPlace {
    /// To what is there.
    In(AppOwner, AppType),
    /// Into a space that the profile does not have yet.
    NewSpaceOf(String),
}

fn place(domain: &Domain, at: &Thing) -> Option<AppPlace> {
    match at {
        Thing::UserProfile { name, .. } => {
            let profile = domain.user_profile(name)?;
            Some(place_of_profile(domain, &profile.user_profile_name))
        }
        Thing::Space { name, .. } => {
            let app_type = domain.space(name)?.app_type;
            Some(AppPlace::In(AppOwner::Space(name.clone()), app_type))
        }
        Thing::App {
            owner, app_type, ..
        } => Some(AppPlace::In(owner.clone(), *app_type)),
        _ => {
            let profile = domain.user_profiles.first();
            Some(profile.map_or(
                AppPlace::In(AppOwner::Domain, AppType::RStudioServerPro),
                |it| place_of_profile(domain, &it.user_profile_name),
            ))
        }
    }
}

fn place_of_profile(domain: &Domain, profile: &str) -> AppPlace {
    let is_free = |space: &Space| {
        let mut apps = domain.apps.iter();
        !apps.any(|it| it.space_name.as_deref() == Some(space.space_name.as_str()))
    };
    let mut spaces = domain.spaces.iter();
    let space = spaces.find(|it| {
        it.sharing_type == SharingType::Private
            && it.app_type == AppType::JupyterLab
            && it.owner_user_profile_name.eq_ignore_ascii_case(profile)
            && is_free(it)
    });
    space.map_or_else(
        || AppPlace::NewSpaceOf(profile.to_owned()),
        |it| AppPlace::In(AppOwner::Space(it.space_name.clone()), it.app_type),
    )
}

/// Gives an app another owner or another type, which are parts of what it is known by; everything
/// that names it follows.
///
/// # Errors
///
/// Where the owner is not there, AWS has no such app there, or there is one of that name already.
pub fn move_app(
    world: &mut World,
    id: &EntityId,
    owner: &AppOwner,
    app_type: AppType,
) -> Result<Renamed, Refusal> {
    let gone = || Refusal::Gone(id.clone());
    let Thing::App {
        domain: domain_id,
        owner: old_owner,
        app_type: old_type,
        name,
    } = &id.thing
    else {
        return Err(gone());
    };
    if !id.exists_in(world) {
        return Err(gone());
    }
    let owning = match owner {
        AppOwner::Profile(name) => Some(Thing::UserProfile {
            domain: domain_id.clone(),
            name: name.clone(),
        }),
        AppOwner::Space(name) => Some(Thing::Space {
            domain: domain_id.clone(),
            name: name.clone(),
        }),
        AppOwner::Domain => None,
    };
    let owning = owning.map(|it| id.beside(it));
    if let Some(owning) = owning.filter(|it| !it.exists_in(world)) {
        return Err(Refusal::Gone(owning));
    }
    let is_in_space = matches!(owner, AppOwner::Space(_));
    if app_type.needs_space() && !is_in_space {
        return Err(Refusal::NeedsSpace(app_type));
    }
    if is_in_space && !app_type.has_space() {
        return Err(Refusal::KnowsNoSpace(app_type));
    }
    let to = id.beside(Thing::App {
        domain: domain_id.clone(),
        owner: owner.clone(),
        app_type,
        name: name.clone(),
    });
    if to != *id && to.exists_in(world) {
        let name = name.clone();
        return Err(Refusal::Finding(Box::new(WorldFinding {
            entity: to,
            kind: WorldFindingKind::Taken { name },
        })));
    }
    let spellings = Spellings::of(world, id);
    let account = world.account_of_mut(id.account.as_ref());
    let domain = account.and_then(|it| it.domain_mut(domain_id));
    let app = domain.and_then(|it| it.app_mut(old_owner, *old_type, name));
    let app = app.ok_or_else(gone)?;
    app.set_owner(owner);
    app.app_type = app_type;
    Ok(settle(world, id, to, spellings))
}
