//! The rows of domains with their profiles and spaces.

use rolewalk_core::{
    flow::Place,
    world::{AppOwner, Domain, SharingType, Space, Thing},
};

use crate::view::{
    icon::Icon,
    tree::{
        build::{Home, MANY, Tree},
        search::Profile,
    },
};

impl Tree<'_> {
    pub(super) fn domains(&mut self, parent: &str, home: &Home<'_>) {
        for domain in &home.account.domains {
            self.domain(parent, home, domain);
        }
        if home.is_home() {
            let at = home.entity(Thing::Account);
            self.lacking(parent, Place::Domain, Icon::Domain, at, None);
        }
    }

    fn domain(&mut self, parent: &str, home: &Home<'_>, domain: &Domain) {
        let id = domain.domain_id.clone();
        let entity = home.entity(Thing::Domain { id });
        let (id, name) = (&domain.domain_id, domain.domain_name.clone());
        let key = self.add(Some(parent), id, Icon::Domain, name, entity.clone());
        self.detail(&domain.domain_id);
        let of_domain = entity.clone();
        self.inside(&key, true, None, |tree| {
            if !domain.home_efs_file_system_id.is_empty() {
                let id = domain.home_efs_file_system_id.clone();
                tree.add(Some(&key), "efs", Icon::Files, id, entity);
                tree.detail("EFS home directories");
                tree.unmark();
            }
            let profiles = domain.user_profiles.iter().map(|own| Profile {
                domain,
                own,
                role: domain.execution_role(own),
            });
            tree.list(&key, "profiles", home, profiles, |tree, it| {
                tree.profile(&key, home, it);
            });
            let at = of_domain.clone();
            tree.lacking(
                &key,
                Place::UserProfile,
                Icon::Profile,
                at,
                Some(&of_domain),
            );
            for space in &domain.spaces {
                tree.space(&key, home, domain, space);
            }
            tree.apps(&key, home, domain, |it| {
                // Of nobody, or of somebody who is not there.
                match it {
                    AppOwner::Profile(name) => domain.user_profile(name).is_none(),
                    AppOwner::Space(name) => domain.space(name).is_none(),
                    AppOwner::Domain => true,
                }
            });
        });
    }

    fn space(&mut self, parent: &str, home: &Home<'_>, domain: &Domain, space: &Space) {
        let name = &space.space_name;
        let entity = home.entity(Thing::Space {
            domain: domain.domain_id.clone(),
            name: name.clone(),
        });
        let key = format!("space-{name}");
        let key = self.add(Some(parent), &key, Icon::App, name.clone(), entity);
        self.detail(match space.sharing_type {
            SharingType::Private => "private space",
            SharingType::Shared => "shared space",
        });
        self.inside(&key, true, None, |tree| {
            let is_its = |it: &AppOwner| matches!(it, AppOwner::Space(own) if own == name);
            tree.apps(&key, home, domain, is_its);
        });
    }

    fn profile(&mut self, parent: &str, home: &Home<'_>, profile: &Profile<'_>) {
        let name = &profile.own.user_profile_name;
        let entity = home.entity(Thing::UserProfile {
            domain: profile.domain.domain_id.clone(),
            name: name.clone(),
        });
        let of_profile = entity.clone();
        let key = self.add(Some(parent), name, Icon::Profile, name.clone(), entity);
        self.detail("user profile");
        // Of many profiles each in one line; to look for the roles of all would take its time, too.
        let is_open = profile.domain.user_profiles.len() <= MANY;
        let domain = profile.domain;
        let is_its =
            |it: &AppOwner| matches!(it, AppOwner::Profile(own) if own.eq_ignore_ascii_case(name));
        let has_apps = domain.apps.iter().any(|it| is_its(&it.owner()));
        let lacks_role = self.has_lacking(Place::ExecutionRole, Some(&of_profile));
        let has_children = has_apps || lacks_role || profile.role.is_some();
        self.inside(&key, is_open, Some(has_children), |tree| {
            tree.apps(&key, home, domain, is_its);
            let role = profile.role;
            let role = role.and_then(|arn| home.world.role_by_arn_in(home.account, arn));
            if let Some(role) = role {
                let name = role.name.clone();
                let entity = home.entity(Thing::Role { name });
                let name = role.name.clone();
                tree.add(Some(&key), "execution-role", Icon::Badge, name, entity);
                tree.detail("execution role");
                // The badge of somebody whose profile the walk does not come to.
                if !tree.is_on_walk(&of_profile) {
                    tree.leave_walk();
                }
            }
            let at = of_profile.clone();
            tree.lacking(
                &key,
                Place::ExecutionRole,
                Icon::Badge,
                at,
                Some(&of_profile),
            );
        });
    }
}
