//! AWS managed policies to browse: as AWS publishes them, found by name or by what they grant.
//!
//! Holds no content: that comes as JSON. Knows nothing of the world they are attached in. Invariant: a document is given
//! to the character as it came.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::{
    library::grants::{Extent, extent},
    names::{ActionName, Arn},
    policy::{Policy, PolicyKind, parse},
    world::{ManagedPolicy, PolicyText},
};

/// An AWS managed policy.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PublishedPolicy {
    /// Such as `AmazonS3ReadOnlyAccess`.
    pub name: String,
    /// Such as `/` or `/job-function/`.
    pub path: String,
    /// The version in force, such as `v3`.
    pub version: String,
    /// The day of that version, such as `2026-02-12`.
    pub updated: String,
    /// The day of the first version.
    pub created: String,
    /// Its text.
    pub document: String,
    #[serde(skip)]
    parsed: OnceLock<Option<Policy>>,
}

/// What kind of policy AWS says it is, by its path.
///
/// <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// For anybody.
    General,
    /// For a job, such as a data scientist's.
    JobFunction,
    /// For a role that a service assumes.
    ServiceRole,
    /// For a role that a service makes for itself; nobody else can attach it.
    ServiceLinkedRole,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::General,
        Self::JobFunction,
        Self::ServiceRole,
        Self::ServiceLinkedRole,
    ];

    /// In a few words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::JobFunction => "for a job function",
            Self::ServiceRole => "for a service role",
            Self::ServiceLinkedRole => "for a service-linked role",
        }
    }
}

/// The policies that a search came to, and what it was for.
#[derive(Debug)]
pub struct FoundPolicies<'a> {
    /// The action, where the search was for one.
    pub action: Option<ActionName>,
    /// The policies, best first; where the search was for an action, with how far they grant it.
    pub policies: Vec<(&'a PublishedPolicy, Option<Extent>)>,
}

impl PublishedPolicy {
    /// Reads a list of them.
    ///
    /// # Errors
    ///
    /// Where the text is no such list: it was cut off, or is another file.
    pub fn list_from_json(text: &str) -> Result<Vec<Self>, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// Its ARN; `None` where its name cannot be in one.
    pub fn arn(&self) -> Option<Arn> {
        Arn::parse(&format!(
            "arn:aws:iam::aws:policy{}{}",
            self.path, self.name
        ))
    }

    /// As the world has it.
    pub fn to_managed(&self) -> Option<ManagedPolicy> {
        Some(ManagedPolicy {
            arn: self.arn()?,
            version: Some(self.version.clone()),
            document: PolicyText::from(self.document.as_str()),
            other_versions: Vec::new(),
        })
    }

    /// The kind that its path says.
    pub fn purpose(&self) -> Purpose {
        match self.path.as_str() {
            "/job-function/" => Purpose::JobFunction,
            "/service-role/" => Purpose::ServiceRole,
            it if it.starts_with("/aws-service-role/") => Purpose::ServiceLinkedRole,
            _ => Purpose::General,
        }
    }

    /// Its document, read when first asked for.
    pub fn policy(&self) -> Option<&Policy> {
        let read = || parse(&self.document, PolicyKind::Identity).0;
        self.parsed.get_or_init(read).as_ref()
    }
}

/// The action that a text asks for: one of the form `service:Action`.
pub fn action_of(text: &str) -> Option<ActionName> {
    ActionName::parse(text.trim()).filter(|it| !it.name().contains(['*', '?']))
}

/// Finds policies. A text of the form `service:Action` asks who grants that; any other text is words that all have to be
/// in the name or the path.
pub fn find<'a>(
    all: impl IntoIterator<Item = &'a PublishedPolicy>,
    text: &str,
) -> FoundPolicies<'a> {
    let action = action_of(text);
    let mut policies: Vec<_> = all
        .into_iter()
        .filter_map(|it| match &action {
            Some(action) => Some((it, Some(extent(it.policy()?, action)?))),
            None => has_words(it, text).then_some((it, None)),
        })
        .collect();
    if action.is_some() {
        // Who grants it without limit first; of these who grants least else, as far as the length of a text tells.
        policies.sort_by_key(|(it, extent)| (*extent, it.document.len()));
    } else {
        let text = text.trim().to_lowercase();
        policies.sort_by_key(|(it, _)| {
            let name = it.name.to_lowercase();
            (!name.starts_with(&text), !name.contains(&text), name)
        });
    }
    FoundPolicies { action, policies }
}

fn has_words(policy: &PublishedPolicy, text: &str) -> bool {
    let there = format!("{}{}", policy.path, policy.name).to_lowercase();
    text.to_lowercase()
        .split_whitespace()
        .all(|it| there.contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policies() -> Vec<PublishedPolicy> {
        let one = |name: &str, path: &str, statement: &str| {
            let document = format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}]}}"#);
            let document = serde_json::to_string(&document).unwrap();
            format!(
                r#"{{"name": "{name}", "path": "{path}", "version": "v1", "updated": "2026-01-01",
                    "created": "2020-01-01", "document": {document}}}"#
            )
        };
        let list = [
            one(
                "AmazonS3FullAccess",
                "/",
                r#"{"Effect": "Allow", "Action": ["s3:*", "s3-object-lambda:*"], "Resource": "*"}"#,
            ),
            one(
                "ViewOnlyAccess",
                "/job-function/",
                r#"{"Effect": "Allow", "Action": "s3:List*", "Resource": "*"}"#,
            ),
            one(
                "OneBucket",
                "/service-role/",
                r#"{"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/*"}"#,
            ),
        ];
        PublishedPolicy::list_from_json(&format!("[{}]", list.join(","))).unwrap()
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Option<Extent>)]) {
        let all = policies();
        let found = find(&all, text).policies;
        let found: Vec<_> = found
            .iter()
            .map(|(it, extent)| (it.name.as_str(), *extent))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_are_looked_for_in_name_and_path() {
        check("access s3", &[("AmazonS3FullAccess", None)]);
        check("JOB", &[("ViewOnlyAccess", None)]);
        check(
            "",
            &[
                ("AmazonS3FullAccess", None),
                ("OneBucket", None),
                ("ViewOnlyAccess", None),
            ],
        );
        check("view", &[("ViewOnlyAccess", None)]);
        check("nothing", &[]);
    }

    #[test]
    fn an_action_finds_who_grants_it() {
        let (all, some) = (Some(Extent::Everywhere), Some(Extent::Limited));
        check(
            "s3:GetObject",
            &[("AmazonS3FullAccess", all), ("OneBucket", some)],
        );
        check(
            "S3:listbucket",
            &[("ViewOnlyAccess", all), ("AmazonS3FullAccess", all)],
        );
        check("iam:PassRole", &[]);
    }

    #[test]
    fn it_is_the_policy_that_a_world_has() {
        let all = policies();
        let it = all[1].to_managed().unwrap();
        assert_eq!(
            it.arn.as_str(),
            "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"
        );
        assert!(it.is_aws_managed());
        assert_eq!(it.document.as_str(), all[1].document);
        assert_eq!(all[1].purpose(), Purpose::JobFunction);
    }

    #[test]
    fn what_was_cut_off_is_told() {
        assert!(PublishedPolicy::list_from_json("[{\"name\":\"A").is_err());
        assert!(PublishedPolicy::list_from_json("<!doctype html>").is_err());
    }
}
