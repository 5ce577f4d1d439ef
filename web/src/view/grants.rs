//! What policies grant, as rows of a list.
//!
//! Invariant: a row says in its summary how many actions stand in it.

use std::collections::BTreeMap;

use rolewalk_core::{
    catalogue::{AccessLevel, Catalogue},
    explain::counted,
    library::grants::{ByLevel, Difference, Extent, Grants},
};

/// What is granted of one service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ServiceRow {
    /// Such as `s3`.
    pub(crate) prefix: String,
    /// Such as `Amazon S3`.
    pub(crate) name: String,
    /// How many of each level, such as `2 Read, 1 Write`.
    pub(crate) summary: String,
    /// The actions by level, from the most far-reaching on.
    pub(crate) levels: Vec<LevelRow>,
}

/// The actions of one level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LevelRow {
    /// In AWS's words.
    pub(crate) level: &'static str,
    /// Name, and whether it is granted within limits only.
    pub(crate) actions: Vec<(String, bool)>,
}

/// One of the three parts of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Only the left one grants it.
    Left,
    /// Both do.
    Both,
    /// Only the right one grants it.
    Right,
}

impl Side {
    /// In the order of the page.
    pub(crate) const ALL: [Self; 3] = [Self::Left, Self::Both, Self::Right];
}

/// The services of which a policy grants something, with what it grants.
pub(crate) fn rows(grants: &Grants, catalogue: &Catalogue) -> Vec<ServiceRow> {
    let services = grants.services.iter();
    services
        .map(|(prefix, by_level)| row(prefix, by_level, catalogue))
        .collect()
}

/// One part of a comparison, service by service.
pub(crate) fn side(
    differences: &BTreeMap<String, Difference>,
    side: Side,
    catalogue: &Catalogue,
) -> Vec<ServiceRow> {
    let of_side = differences.iter().map(|(prefix, it)| {
        let by_level = match side {
            Side::Left => &it.left,
            Side::Both => &it.both,
            Side::Right => &it.right,
        };
        (prefix, by_level)
    });
    of_side
        .filter(|it| !it.1.is_empty())
        .map(|(prefix, by_level)| row(prefix, by_level, catalogue))
        .collect()
}

/// How many actions there are, over several services, and how many of each level; `nothing` where there is none.
pub(crate) fn total(rows: &[ServiceRow]) -> String {
    let mut counts: BTreeMap<AccessLevel, usize> = BTreeMap::new();
    for level in AccessLevel::ALL {
        let levels = rows.iter().flat_map(|it| &it.levels);
        let of_level = levels.filter(|it| it.level == level.name());
        let n = of_level.map(|it| it.actions.len()).sum();
        if n > 0 {
            counts.insert(level, n);
        }
    }
    if counts.is_empty() {
        return "nothing".to_owned();
    }
    let n_actions = counted(counts.values().sum(), "action", "actions");
    let n_services = counted(rows.len(), "service", "services");
    let levels = in_words(counts.into_iter().rev());
    format!("{n_actions} in {n_services}: {levels}")
}

fn row(prefix: &str, by_level: &ByLevel, catalogue: &Catalogue) -> ServiceRow {
    let name = catalogue.service(prefix).map(|it| it.name.clone());
    let levels = by_level.iter().rev();
    ServiceRow {
        prefix: prefix.to_owned(),
        name: name.unwrap_or_default(),
        summary: in_words(by_level.iter().rev().map(|(level, it)| (*level, it.len()))),
        levels: levels
            .map(|(level, actions)| LevelRow {
                level: level.name(),
                actions: actions
                    .iter()
                    .map(|(name, extent)| (name.clone(), *extent == Extent::Limited))
                    .collect(),
            })
            .collect(),
    }
}

fn in_words(counts: impl Iterator<Item = (AccessLevel, usize)>) -> String {
    let counts: Vec<String> = counts.map(|(level, n)| format!("{n} {level}")).collect();
    counts.join(", ")
}

#[cfg(test)]
mod tests {
    use rolewalk_core::{
        catalogue::CatalogueFile,
        library::grants::{compare, grants},
        policy::{PolicyKind, parse},
    };

    use super::*;

    fn catalogue() -> Catalogue {
        let mut catalogue = Catalogue::default();
        let text = r#"{"s3": {"n": "Amazon S3", "r": [], "c": [], "a": [["GetObject", "R"], ["ListBucket", "L"],
            ["PutObject", "W"]]}, "kms": {"n": "AWS KMS", "r": [], "c": [], "a": [["Decrypt", "W"]]}}"#;
        catalogue.read(CatalogueFile::Core, text).unwrap();
        catalogue
    }

    fn of(actions: &str, resource: &str) -> Grants {
        let text = format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": {actions}, "Resource": "{resource}"}}}}"#
        );
        grants(&parse(&text, PolicyKind::Identity).0.unwrap(), &catalogue())
    }

    #[test]
    fn rows_count_by_level() {
        let rows = rows(&of(r#""s3:*""#, "arn:aws:s3:::b"), &catalogue());
        let row = &rows[0];
        assert_eq!(
            (row.prefix.as_str(), row.name.as_str()),
            ("s3", "Amazon S3")
        );
        assert_eq!(row.summary, "1 Write, 1 Read, 1 List");
        assert_eq!(row.levels[0].level, "Write");
        assert_eq!(row.levels[0].actions, [("PutObject".to_owned(), true)]);
        assert_eq!(
            total(&rows),
            "3 actions in 1 service: 1 Write, 1 Read, 1 List"
        );
        assert_eq!(total(&[]), "nothing");
    }

    #[test]
    fn a_comparison_has_three_sides() {
        let left = of(r#"["s3:GetObject", "s3:PutObject"]"#, "*");
        let right = of(r#"["s3:Get*", "kms:*"]"#, "*");
        let differences = compare(&left, &right);
        let of_side = |it| {
            let rows = side(&differences, it, &catalogue());
            let rows = rows
                .iter()
                .map(|it| format!("{}: {}", it.prefix, it.summary));
            rows.collect::<Vec<_>>().join("; ")
        };
        assert_eq!(
            Side::ALL.map(of_side),
            ["s3: 1 Write", "s3: 1 Read", "kms: 1 Write"]
        );
    }
}
