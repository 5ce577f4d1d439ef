//! The rows of what lies in other services: buckets, repositories, log groups, keys, VPC endpoints.

use rolewalk_core::{
    explain::{self, KindWords},
    world::{Account, Text, Thing, World, change::Kind},
};

use crate::view::{
    icon::Icon,
    tree::{
        build::{Home, MANY, Tree},
        search::{Findable, Query},
    },
};

/// A thing and its policy.
struct Resource<'a> {
    name: &'a str,
    thing: Thing,
    text: Option<(&'static str, Text)>,
}

impl Findable for Resource<'_> {
    fn is(&self, thing: &Thing) -> bool {
        self.thing == *thing
    }

    fn n_found(&self, query: &Query, world: &World, account: &Account) -> usize {
        let entity = world.entity(&account.account, self.thing.clone());
        let label = explain::entity_name(&entity, world);
        let KindWords { service, word } = explain::thing_words(&self.thing);
        let texts = [service, word, self.name, &label];
        let text = self.text.as_ref();
        let is_text = text.is_some_and(|(label, _)| query.matches(&[label], || None));
        usize::from(query.matches(&texts, || world.arn_of(&entity))) + usize::from(is_text)
    }
}

impl Tree<'_> {
    pub(super) fn services(&mut self, parent: &str, home: &Home<'_>) {
        let account = home.account;
        let buckets = account.buckets.iter().map(|it| Resource {
            name: &it.name,
            thing: Thing::Bucket {
                name: it.name.clone(),
            },
            text: it.policy.as_ref().map(|_| {
                let bucket = it.name.clone();
                ("Bucket policy", Text::Bucket { bucket })
            }),
        });
        let folder = (parent, "s3", "S3", Kind::Bucket);
        self.resources(folder, home, Icon::Bucket, account.buckets.len(), buckets);

        let repositories = account.repositories.iter().map(|it| Resource {
            name: &it.name,
            thing: Thing::Repository {
                name: it.name.clone(),
            },
            text: it.policy.as_ref().map(|_| {
                let repository = it.name.clone();
                ("Repository policy", Text::Repository { repository })
            }),
        });
        let folder = (parent, "ecr", "ECR", Kind::Repository);
        let n = account.repositories.len();
        self.resources(folder, home, Icon::Repository, n, repositories);

        let groups = account.log_groups.iter().map(|it| Resource {
            name: &it.name,
            thing: Thing::LogGroup {
                name: it.name.clone(),
            },
            text: None,
        });
        let folder = (parent, "logs", "CloudWatch Logs", Kind::LogGroup);
        self.resources(folder, home, Icon::Logs, account.log_groups.len(), groups);

        let keys = account.keys.iter().map(|it| {
            let id = || it.key_id.clone();
            Resource {
                name: &it.key_id,
                thing: Thing::Key { id: id() },
                text: Some(("Key policy", Text::Key { key: id() })),
            }
        });
        let folder = (parent, "kms", "KMS", Kind::Key);
        self.resources(folder, home, Icon::Key, account.keys.len(), keys);

        self.networks(parent, home);
        let endpoints = account.vpc_endpoints.iter().map(|it| {
            let id = || it.vpc_endpoint_id.clone();
            Resource {
                name: &it.vpc_endpoint_id,
                thing: Thing::VpcEndpoint { id: id() },
                text: it
                    .policy
                    .as_ref()
                    .map(|_| ("Endpoint policy", Text::VpcEndpoint { id: id() })),
            }
        });
        let folder = (parent, "vpc", "VPC endpoints", Kind::VpcEndpoint);
        let n = account.vpc_endpoints.len();
        self.resources(folder, home, Icon::Network, n, endpoints);
    }

    /// Things of one kind, in a folder; no folder where there are none.
    fn resources<'a>(
        &mut self,
        (parent, name, label, kind): (&str, &'static str, &str, Kind),
        home: &Home<'_>,
        icon: Icon,
        n: usize,
        resources: impl Iterator<Item = Resource<'a>>,
    ) {
        if n == 0 {
            return;
        }
        let key = self.folder(parent, name, label);
        let kinds: &'static [Kind] = match kind {
            Kind::Bucket => &[Kind::Bucket],
            Kind::Repository => &[Kind::Repository],
            Kind::LogGroup => &[Kind::LogGroup],
            Kind::Key => &[Kind::Key],
            _ => &[Kind::VpcEndpoint],
        };
        self.adds(kinds, home.entity(Thing::Account));
        self.inside(&key, n <= MANY, Some(true), |tree| {
            tree.list(&key, name, home, resources, |tree, it| {
                tree.resource(&key, home, icon, it);
            });
        });
    }

    fn resource(&mut self, parent: &str, home: &Home<'_>, icon: Icon, it: &Resource<'_>) {
        let entity = home.entity(it.thing.clone());
        let label = explain::entity_name(&entity, home.world);
        let key = self.add(Some(parent), it.name, icon, label, entity);
        if let Some((label, text)) = &it.text {
            self.inside(&key, false, None, |tree| {
                tree.document(&key, "policy", Icon::Policy, label, home.text(text.clone()));
            });
        }
    }
}
