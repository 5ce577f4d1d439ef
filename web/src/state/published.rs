//! AWS managed policies, which are fetched when somebody first looks for one, or brings an account that has one attached.
//!
//! Knows nothing of components. Invariant: nobody downloads them who has not asked.

use std::sync::Arc;

use rolewalk_core::{
    library::managed::PublishedPolicy, names::Arn, scenario::Scenario, world::ManagedPolicy,
};
use rolewalk_lessons::{aws_managed_policy, lacking_aws_managed_policies};

use crate::{
    browser::{clock, fetch},
    late::{self, late},
    state::{reference, signal::RwSignal},
};

/// How far they have come.
#[derive(Clone, Debug)]
pub(crate) enum Published {
    /// Nobody has asked.
    Away,
    /// On their way.
    OnTheirWay,
    /// Here they are, by name; their documents are being read.
    Reading(Arc<Vec<PublishedPolicy>>),
    /// And their documents are read, so that asking all of them takes a moment.
    There(Arc<Vec<PublishedPolicy>>),
    /// They could not be fetched, or what came is no list of this version.
    Missing,
}

impl Published {
    /// The policies, where they are there.
    pub(crate) const fn policies(&self) -> Option<&Arc<Vec<PublishedPolicy>>> {
        match self {
            Self::Reading(policies) | Self::There(policies) => Some(policies),
            _ => None,
        }
    }

    /// Whether their documents are read.
    pub(crate) const fn is_read(&self) -> bool {
        matches!(self, Self::There(_))
    }

    /// Whether somebody has asked in vain.
    pub(crate) const fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// Why there are none, and what to do; nothing where there is nothing to say.
    pub(crate) const fn says(&self) -> Option<&'static str> {
        match self {
            Self::Away | Self::Reading(_) | Self::There(_) => None,
            Self::OnTheirWay => Some("The policies are on their way …"),
            Self::Missing => Some(
                "The file of the policies, managed-policies.json, could not be fetched or read. Check the connection and try again; the page itself works without it.",
            ),
        }
    }
}

/// Fetches them unless they are there or on their way.
pub(crate) fn fetch(published: RwSignal<Published>) {
    let is_needed = |it: &Published| matches!(it, Published::Away | Published::Missing);
    if published.with_untracked(is_needed) {
        fetch_then(published, |_| ());
    }
}

/// Fetches them unless they are there, and calls `then` with them; with none where they are not to be had.
///
/// Those that are on their way already are asked for again: that is rare, and nobody waits in vain.
fn fetch_then(published: RwSignal<Published>, then: impl FnOnce(&[PublishedPolicy]) + 'static) {
    if let Some(policies) = published.with_untracked(|it| it.policies().cloned()) {
        return then(&policies);
    }
    published.set(Published::OnTheirWay);
    fetch::kept(reference::address("managed-policies.json"), move |text| {
        let Some(text) = text else {
            published.set(Published::Missing);
            return then(&[]);
        };
        late::then(read(text), move |found| {
            let found = found.unwrap_or(Published::Missing);
            let policies = found.policies().cloned();
            published.set(found);
            then(policies.as_ref().map_or(&[], |it| it.as_slice()));
            if let Some(policies) = policies {
                read_documents(published, policies);
            }
        });
    });
}

/// Calls `then` with the scenario once it has the texts of the AWS managed policies that it names, as far as they are to
/// be had: at once where it has them or the page does. `waits` is called before they are fetched.
pub(crate) fn completed(
    mut scenario: Box<Scenario>,
    published: RwSignal<Published>,
    waits: impl FnOnce(),
    then: impl FnOnce(Box<Scenario>) + 'static,
) {
    complete(&mut scenario, &[]);
    if lacking_aws_managed_policies(&scenario).is_empty() {
        return then(scenario);
    }
    if published.with_untracked(|it| it.policies().is_none()) {
        waits();
    }
    fetch_then(published, move |policies| {
        complete(&mut scenario, policies);
        then(scenario);
    });
}

fn complete(scenario: &mut Scenario, policies: &[PublishedPolicy]) {
    let lacking = lacking_aws_managed_policies(scenario);
    let found = lacking.iter().filter_map(|it| known(it, policies));
    scenario.world.home.policies.extend(found);
}

/// The AWS managed policy with that ARN: one that the page has from the start, else one of the library's.
pub(crate) fn known(arn: &Arn, policies: &[PublishedPolicy]) -> Option<ManagedPolicy> {
    aws_managed_policy(arn).or_else(|| {
        let named = policies.iter().filter(|it| it.name == arn.last_segment());
        named
            .filter_map(PublishedPolicy::to_managed)
            .find(|it| it.arn == *arn)
    })
}

/// Reads a document after the other, with pauses for whoever types.
fn read_documents(published: RwSignal<Published>, policies: Arc<Vec<PublishedPolicy>>) {
    let mut n_read = 0;
    clock::in_turns(move || {
        let next = policies.get(n_read);
        n_read += 1;
        let is_more = next.map(PublishedPolicy::policy).is_some();
        if !is_more {
            published.set(Published::There(Arc::clone(&policies)));
        }
        is_more
    });
}

late! {
    managed:
    fn read(text: String) -> Published {
        match PublishedPolicy::list_from_json(&text) {
            Ok(policies) => Published::Reading(Arc::new(policies)),
            Err(_) => Published::Missing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::sample;

    #[test]
    fn a_scenario_gets_the_texts_of_what_it_attaches_and_passes_and_no_others() {
        let arn = |name: &str| Arn::parse(&format!("arn:aws:iam::aws:policy/{name}")).unwrap();
        let list = ["A", "B", "C"].map(|name| {
            format!(
                r#"{{"name": "{name}", "path": "/", "version": "v3", "updated": "2023-08-10", "created": "2015-02-06", "document": "{{}}"}}"#
            )
        });
        let list = format!("[{}]", list.join(", "));
        let policies = PublishedPolicy::list_from_json(&list).unwrap();
        let mut scenario = sample::scenario();
        let role = &mut scenario.world.home.roles[0];
        role.attached_policies = vec![arn("A"), arn("A"), arn("AmazonSageMakerFullAccess")];
        role.attached_policies.push(arn("Nowhere"));
        let own = Arn::parse("arn:aws:iam::123456789012:policy/Own").unwrap();
        role.attached_policies.push(own);
        scenario.choice.session_policy_arns = vec![arn("B").to_string(), "no ARN".to_owned()];
        complete(&mut scenario, &[]);
        let lacking = [arn("A"), arn("B"), arn("Nowhere")];
        assert_eq!(lacking_aws_managed_policies(&scenario), lacking);
        complete(&mut scenario, &policies);
        assert_eq!(lacking_aws_managed_policies(&scenario), [arn("Nowhere")]);
        for (name, n) in [
            ("A", 1),
            ("B", 1),
            ("AmazonSageMakerFullAccess", 1),
            ("C", 0),
        ] {
            let held = scenario.world.home.policies.iter();
            assert_eq!(held.filter(|it| it.arn == arn(name)).count(), n, "{name}");
        }
    }
}
