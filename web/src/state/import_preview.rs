//! What texts that are to be imported come to, before anything is imported: in the world that is there, and in one of their own.
//!
//! Knows nothing of the dialog. Invariant: what is put in is what was shown, unless the world has changed since.

use std::sync::{Arc, OnceLock};

use rolewalk_core::{
    import::{DEFAULT_REGION, ImportNote, Imported, ImportedKind, Input, Texts},
    library::managed::PublishedPolicy,
    names::Arn,
    scenario::Scenario,
    world::World,
};

use crate::{state::published::known, view::import as shown};

/// What the texts come to, both ways, before either is gone.
#[derive(Debug)]
pub(crate) struct Preview {
    texts: Arc<Texts>,
    /// The scenario that was there when they were read.
    scenario: Arc<Scenario>,
    /// AWS's managed policies, as far as they are here.
    policies: Arc<Vec<PublishedPolicy>>,
    /// The same with all of them.
    completed: OnceLock<Arc<Self>>,
    /// In its world.
    pub(crate) here: Imported,
    /// In a world of their own.
    alone: Imported,
    /// Whether a text says where a world of their own would lie.
    pub(crate) names_region: bool,
}

impl Preview {
    /// Reads the texts.
    pub(crate) fn of(
        inputs: Vec<Input>,
        scenario: Arc<Scenario>,
        policies: Arc<Vec<PublishedPolicy>>,
    ) -> Self {
        Self::of_texts(Arc::new(Texts::read(inputs)), scenario, policies)
    }

    fn of_texts(
        texts: Arc<Texts>,
        scenario: Arc<Scenario>,
        policies: Arc<Vec<PublishedPolicy>>,
    ) -> Self {
        let known = |arn: &Arn| known(arn, &policies);
        Self {
            here: texts.into_world(&scenario.world, &known),
            alone: texts.alone(Some(DEFAULT_REGION), &known),
            names_region: texts.region().is_some(),
            texts,
            scenario,
            policies,
            completed: OnceLock::new(),
        }
    }

    /// The same once AWS's managed policies are here: read once, however often it is drawn.
    pub(crate) fn with(&self, policies: &Arc<Vec<PublishedPolicy>>) -> Arc<Self> {
        let read = || {
            let scenario = Arc::clone(&self.scenario);
            Self::of_texts(Arc::clone(&self.texts), scenario, Arc::clone(policies))
        };
        Arc::clone(self.completed.get_or_init(|| Arc::new(read())))
    }

    /// Whether there is a policy of AWS's to look for among those that are not here yet.
    pub(crate) fn lacks_policies(&self) -> bool {
        let ways = [&self.here, &self.alone];
        self.policies.is_empty() && ways.into_iter().any(shown::lacks_policies_of_aws)
    }

    /// Whether its own account is none of this world's: most likely it belongs into a world of its own.
    pub(crate) fn is_of_another_account(&self) -> bool {
        let names_one = self.here.counts.contains_key(&ImportedKind::Account);
        let home = &self.alone.world.home.account;
        let mut accounts = self.scenario.world.accounts();
        names_one && accounts.all(|it| it.account != *home)
    }

    /// The present world with what the texts say. Read again where it has changed since.
    pub(crate) fn added(&self, now: &Arc<Scenario>) -> World {
        if Arc::ptr_eq(now, &self.scenario) {
            self.here.world.clone()
        } else {
            let known = |arn: &Arn| known(arn, &self.policies);
            let imported = self.texts.into_world(&now.world, &known);
            imported.world
        }
    }

    /// A world of their own, in that region unless they name one.
    pub(crate) fn opened(&self, region: &str) -> World {
        if self.names_region || region == DEFAULT_REGION {
            self.alone.world.clone()
        } else {
            let known = |arn: &Arn| known(arn, &self.policies);
            let imported = self.texts.alone(Some(region), &known);
            imported.world
        }
    }

    /// What is true either way.
    pub(crate) fn notes(&self) -> Vec<ImportNote> {
        let notes = self.here.notes.iter();
        let both = notes.filter(|it| self.alone.notes.contains(it));
        both.cloned().collect()
    }

    /// What is only true where they are added, and only where they are opened.
    pub(crate) fn own_notes(&self) -> [Vec<ImportNote>; 2] {
        let only = |these: &Imported, those: &Imported| {
            let notes = these.notes.iter();
            let only = notes.filter(|it| !those.notes.contains(it));
            only.cloned().collect()
        };
        [only(&self.here, &self.alone), only(&self.alone, &self.here)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::sample;

    const ARN: &str = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";

    fn policies() -> Arc<Vec<PublishedPolicy>> {
        let document = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}"#;
        let document = serde_json::to_string(document).unwrap();
        let list = format!(
            r#"[{{"name": "AmazonS3ReadOnlyAccess", "path": "/", "version": "v3", "updated": "2023-08-10", "created": "2015-02-06", "document": {document}}}]"#
        );
        Arc::new(PublishedPolicy::list_from_json(&list).unwrap())
    }

    fn inputs(attached: &str) -> Vec<Input> {
        inputs_of("123456789012", attached)
    }

    fn inputs_of(account: &str, attached: &str) -> Vec<Input> {
        let text = format!(
            r#"{{"UserDetailList": [{{
                "Path": "/", "UserName": "erin", "UserId": "AIDAEXAMPLE", "Arn": "arn:aws:iam::{account}:user/erin",
                "CreateDate": "2025-01-01T00:00:00Z", "GroupList": [], "Tags": [],
                "AttachedManagedPolicies": [{{"PolicyName": "P", "PolicyArn": "{attached}"}}]
            }}], "GroupDetailList": [], "RoleDetailList": [], "Policies": []}}"#
        );
        vec![Input {
            name: "account.json".to_owned(),
            text,
        }]
    }

    fn says_missing(preview: &Preview) -> bool {
        shown::lacks_policies_of_aws(&preview.here) && shown::lacks_policies_of_aws(&preview.alone)
    }

    #[test]
    fn what_aws_keeps_is_taken_from_the_library_once_that_is_here() {
        let scenario = Arc::new(sample::scenario());
        let before = Preview::of(inputs(ARN), Arc::clone(&scenario), Arc::default());
        assert!(before.lacks_policies() && says_missing(&before));
        let after = before.with(&policies());
        let again = before.with(&policies());
        assert!(Arc::ptr_eq(&after, &again), "it is read once");
        assert!(!after.lacks_policies() && !says_missing(&after));
        for world in [
            after.added(&scenario),
            after.added(&Arc::new(sample::scenario())),
            after.opened(DEFAULT_REGION),
            after.opened("eu-west-1"),
        ] {
            let arn = Arn::parse(ARN).unwrap();
            let policy = world.policy(&arn).unwrap();
            assert_eq!(policy.version.as_deref(), Some("v3"));
        }
    }

    #[test]
    fn what_the_library_has_not_is_told_and_not_looked_for_again() {
        for arn in [
            "arn:aws:iam::aws:policy/AWSLambda_FullAccess",
            "arn:aws:iam::aws:policy/job-function/AmazonS3ReadOnlyAccess",
            "arn:aws-cn:iam::aws:policy/AmazonS3ReadOnlyAccess",
        ] {
            let scenario = Arc::new(sample::scenario());
            let preview = Preview::of(inputs(arn), scenario, policies());
            assert!(!preview.lacks_policies() && says_missing(&preview), "{arn}");
        }
    }

    #[test]
    fn an_account_of_this_world_is_told_from_another() {
        let scenario = Arc::new(sample::scenario());
        let home = scenario.world.home.account.to_string();
        for (account, is_another) in [(home.as_str(), false), ("123456789012", true)] {
            let inputs = inputs_of(account, ARN);
            let preview = Preview::of(inputs, Arc::clone(&scenario), Arc::default());
            assert_eq!(preview.is_of_another_account(), is_another, "{account}");
        }
        let of_no_account = Input {
            name: "buckets.json".to_owned(),
            text: r#"{"Buckets": [{"Name": "acme-reports"}]}"#.to_owned(),
        };
        let preview = Preview::of(vec![of_no_account], scenario, Arc::default());
        assert!(!preview.is_of_another_account());
    }

    #[test]
    fn the_library_is_not_asked_for_what_is_not_of_aws() {
        let own = "arn:aws:iam::123456789012:policy/Own";
        let kept = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess";
        for arn in [own, kept] {
            let scenario = Arc::new(sample::scenario());
            let preview = Preview::of(inputs(arn), scenario, Arc::default());
            assert!(!preview.lacks_policies(), "{arn}");
        }
    }
}
