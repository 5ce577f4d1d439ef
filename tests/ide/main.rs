//! What an editor is told: completion, hover, formatting, expanding. Cases as data, laws, and a whole policy written by
//! completions alone.
//!
//! In the texts of cases `|` is the caret. A text is a string, or a list of its lines. A case asks in one of the start
//! worlds, as an identity policy and with the core services' catalogue unless it says otherwise.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::string_slice,
    clippy::panic,
    reason = "a test: a failed read is a failed test"
)]

mod completion;
mod expand;
mod format;
mod hover;
mod laws;
mod writing;

use std::{collections::BTreeMap, fs, path::Path, sync::OnceLock};

use rolewalk_core::{
    catalogue::{Catalogue, CatalogueFile},
    ide::About,
    names::DocumentName,
    policy::PolicyKind,
    request::{Context, Origin, Principal, Request, Resource},
    scenario::Scenario,
    world::{DocumentId, World},
};
use rolewalk_lessons::start_worlds;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

/// A text, or its lines.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Lines {
    Text(String),
    Lines(Vec<String>),
}

impl Lines {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Lines(lines) => lines.join("\n"),
        }
    }

    /// The text without its caret, and where that was.
    fn with_caret(&self) -> (String, u32) {
        let text = self.text();
        let at = text.find('|').expect("a case has a caret");
        (text.replacen('|', "", 1), u32::try_from(at).unwrap())
    }
}

/// Where a case asks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
struct Setting {
    /// The start world's slug.
    world: Option<String>,
    /// `core`, `all` or `none`.
    catalogue: Option<String>,
    kind: Option<PolicyKind>,
    /// Which text of the world it is.
    document: Option<DocumentName>,
    /// Keys and values that the selected request has.
    request: Option<BTreeMap<String, String>>,
    /// Values by JSON pointer into the world.
    set: BTreeMap<String, Value>,
}

/// What a case asks with, owned.
struct Asking {
    world: World,
    catalogue: &'static Catalogue,
    kind: PolicyKind,
    document: Option<DocumentId>,
    request: Option<Request>,
}

impl Setting {
    fn changed(&self, world: World) -> World {
        if self.set.is_empty() {
            return world;
        }
        let mut json = serde_json::to_value(&world).unwrap();
        for (pointer, value) in &self.set {
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            let parent = json.pointer_mut(parent).expect(pointer);
            let object = parent.as_object_mut().expect(pointer);
            object.insert(name.to_owned(), value.clone());
        }
        serde_json::from_value(json).unwrap()
    }

    fn asking(&self) -> Asking {
        let document = self.document.as_ref().map(|it| DocumentId::of(it).unwrap());
        let kind = self
            .kind
            .or_else(|| document.as_ref().map(DocumentId::kind));
        Asking {
            world: self.changed(world(self.world.as_deref().unwrap_or("working-studio"))),
            catalogue: match self.catalogue.as_deref() {
                Some("all") => all(),
                Some("none") => none(),
                _ => core(),
            },
            kind: kind.unwrap_or(PolicyKind::Identity),
            document,
            request: self.request.as_ref().map(|keys| {
                let context = keys.iter().fold(Context::new(), |context, (key, value)| {
                    context.with(key, value.as_str())
                });
                Request {
                    principal: Principal::parse("arn:aws:iam::111122223333:user/alice", &context)
                        .unwrap(),
                    action: "s3:GetObject".to_owned().try_into().unwrap(),
                    resource: Resource::Any,
                    resource_account: None,
                    wildcard_only_action: false,
                    context,
                    origin: Origin::Outside,
                }
            }),
        }
    }
}

impl Asking {
    fn about(&self) -> About<'_> {
        About {
            kind: self.kind,
            document: self.document.as_ref(),
            catalogue: self.catalogue,
            world: &self.world,
            request: self.request.as_ref(),
        }
    }
}

fn world(slug: &str) -> World {
    scenario(slug).world
}

fn scenario(slug: &str) -> Scenario {
    let mut worlds = start_worlds().iter();
    let found = worlds.find(|it| it.slug == slug).expect(slug);
    found.scenario().unwrap()
}

fn data(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/catalogue");
    fs::read_to_string(root.join(name)).unwrap()
}

/// The services that load with the page.
fn core() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        let mut catalogue = Catalogue::default();
        catalogue
            .read(CatalogueFile::Core, &data("core.json"))
            .unwrap();
        let keys = data("global-condition-keys.json");
        catalogue.read(CatalogueFile::GlobalKeys, &keys).unwrap();
        catalogue
    })
}

/// Every service.
fn all() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        let mut catalogue = core().clone();
        catalogue
            .read(CatalogueFile::All, &data("all.json"))
            .unwrap();
        catalogue
    })
}

/// What is there when the data could not be read.
fn none() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(Catalogue::default)
}

/// The cases of one folder, each with the name of its file.
fn cases<T: DeserializeOwned>(folder: &str) -> Vec<(String, T)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("ide")
        .join(folder);
    let mut files: Vec<_> = fs::read_dir(root)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.sort();
    let mut found = Vec::new();
    for file in files
        .iter()
        .filter(|it| it.extension().is_some_and(|it| it == "json"))
    {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let read: Vec<T> = serde_json::from_str(&fs::read_to_string(file).unwrap())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        found.extend(read.into_iter().map(|it| (name.clone(), it)));
    }
    assert!(!found.is_empty(), "no cases in {folder}");
    found
}

/// Runs every case, and tells of all that fail.
fn check_all<T: DeserializeOwned>(
    folder: &str,
    check: impl Fn(&T) -> Vec<String>,
    name: fn(&T) -> &str,
) {
    let cases = cases::<T>(folder);
    let mut names = std::collections::BTreeSet::new();
    let mut failures = Vec::new();
    for (file, case) in &cases {
        assert!(
            names.insert(name(case).to_owned()),
            "`{}` is there twice",
            name(case)
        );
        for failure in check(case) {
            failures.push(format!("{file}: {}: {failure}", name(case)));
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}
