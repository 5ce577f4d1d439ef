//! AWS's lists of services, as the package hands them in: the texts of its files `catalogue/…`, read one by one.
//!
//! Knows nothing of where the texts come from. Invariant: a text that is not such a list changes nothing and is told, so
//! that no rule takes a service for unknown because its file was cut off.

use rolewalk_core::catalogue::{Catalogue, CatalogueFile, Edition};
use serde::Serialize;

use crate::{finding::Finding, input};

/// The files that lie in the package. Its functions tell nothing that needs the descriptions, so these are not among them.
pub const FILES: [CatalogueFile; 3] = [
    CatalogueFile::Core,
    CatalogueFile::GlobalKeys,
    CatalogueFile::All,
];

/// What `catalogue.read` gives: what is there by now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Known {
    /// How many services.
    pub services: usize,
    /// How many condition keys that all services know.
    pub global_keys: usize,
    /// Whether these are all services of AWS, so that another does not exist.
    pub is_complete: bool,
    /// Where the lists are from, and of which day.
    pub edition: Option<Edition>,
}

/// Takes in the text of a file of the package.
pub fn read(catalogue: &mut Catalogue, file_name: &str, text: &str) -> Result<Known, Vec<Finding>> {
    let refused = |code, at: &str, message: String, help: &str| {
        Err(vec![Finding::of_input(code, at, message, help)])
    };
    let Some(file) = FILES.into_iter().find(|it| it.name() == file_name) else {
        return refused(
            "unknown-file",
            "fileName",
            format!("`{}` is no file of the lists", input::shortened(file_name)),
            "give `all.json`, `core.json` or `global-condition-keys.json`",
        );
    };
    let help = "give the whole text of that file, as it lies in the package's folder `catalogue`";
    let mut alone = Catalogue::default();
    if let Err(error) = alone.read(file, text) {
        return refused(
            "unexpected-input",
            "text",
            format!("this is not the whole `{}`: {error}", file.name()),
            help,
        );
    }
    let is_another = match file {
        CatalogueFile::GlobalKeys => {
            let mut keys = alone.global_keys().peekable();
            keys.peek().is_none() || !keys.all(|it| it.name.contains(':'))
        }
        _ => alone.services().all(|it| it.actions.is_empty()) || alone.edition().is_none(),
    };
    if is_another {
        return refused(
            "unexpected-input",
            "text",
            format!("this is JSON, but not `{}`", file.name()),
            help,
        );
    }
    // It could be read a moment ago.
    let _ = catalogue.read(file, text);
    Ok(Known {
        services: catalogue.services().count(),
        global_keys: catalogue.global_keys().count(),
        is_complete: catalogue.is_complete(),
        edition: catalogue.edition().cloned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(file: CatalogueFile) -> String {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/catalogue/");
        std::fs::read_to_string(format!("{folder}{}", file.name())).unwrap()
    }

    #[test]
    fn the_files_of_the_package_make_a_catalogue() {
        let mut catalogue = Catalogue::default();
        let core = read(&mut catalogue, "core.json", &text(CatalogueFile::Core)).unwrap();
        assert_eq!(
            (core.services, core.global_keys, core.is_complete),
            (10, 0, false)
        );
        for file in FILES {
            read(&mut catalogue, file.name(), &text(file)).unwrap();
        }
        let mut whole = Catalogue::default();
        for file in FILES {
            whole.read(file, &text(file)).unwrap();
        }
        assert_eq!(catalogue, whole);
        assert!(catalogue.is_complete() && catalogue.global_keys().count() > 50);
    }

    #[test]
    fn what_is_no_such_file_changes_nothing() {
        let all = text(CatalogueFile::All);
        let half = all.get(..all.len() / 2).unwrap();
        let keys = text(CatalogueFile::GlobalKeys);
        for (name, text, path, code) in [
            ("all.json", half, "text", "unexpected-input"),
            ("all.json", "{}", "text", "unexpected-input"),
            ("all.json", "[]", "text", "unexpected-input"),
            ("all.json", "", "text", "unexpected-input"),
            ("all.json", &keys, "text", "unexpected-input"),
            (
                "core.json",
                r#"{"s3":{"n":"S3"}}"#,
                "text",
                "unexpected-input",
            ),
            (
                "global-condition-keys.json",
                "{}",
                "text",
                "unexpected-input",
            ),
            (
                "global-condition-keys.json",
                &all,
                "text",
                "unexpected-input",
            ),
            ("descriptions.json", "{}", "fileName", "unknown-file"),
            ("../all.json", &all, "fileName", "unknown-file"),
        ] {
            let mut catalogue = Catalogue::default();
            let found = read(&mut catalogue, name, text).unwrap_err().remove(0);
            assert_eq!(found.path.as_deref(), Some(path), "{name}");
            assert_eq!(found.code, code, "{name}");
            assert_eq!(catalogue, Catalogue::default(), "{name}");
        }
    }
}
