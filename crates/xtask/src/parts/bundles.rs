//! Which of the splitter's files come together, in one file.
//!
//! The splitter gives a file of its own to whatever two parts share, some three hundred of them, most smaller than what
//! it costs to ask for one. Knows names and sizes, nothing of what is in the files. Invariant: each file is in exactly one
//! bundle, and a part comes with all the bundles that it needs.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::AT_ONCE;

/// The parts that every playground asks for by itself, in a pause.
const BY_THEMSELVES: [&str; 3] = ["ide", "forms", "advice"];
/// What they share with others.
const SHARED: &str = "shared";
/// What only others share.
const RARE: &str = "rare";
/// From how many bytes on, as compiled, a file comes by itself: who needs it then fetches nothing beside it in vain.
const LARGE: usize = 24 * 1024;

/// What is fetched for what.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Bundles {
    /// The files in each bundle, by its name.
    pub(super) files: BTreeMap<String, Vec<String>>,
    /// The bundles of each part.
    pub(super) of_part: BTreeMap<String, BTreeSet<String>>,
}

/// `needs`: the files of each part as the splitter says, without endings, among them `split_PART` where it has something
/// of its own. `size`: how large a file is, in bytes.
pub(super) fn bundles(
    needs: &HashMap<String, Vec<String>>,
    size: impl Fn(&str) -> usize,
) -> Bundles {
    let needs: BTreeMap<_, _> = needs.iter().collect();
    let mut users = BTreeMap::<&str, BTreeSet<&str>>::new();
    for (part, files) in &needs {
        for file in *files {
            users.entry(file).or_default().insert(part);
        }
    }
    let mut bundles = Bundles::default();
    for part in needs.keys() {
        bundles.of_part.insert((*part).clone(), BTreeSet::new());
    }
    for (file, parts) in users {
        let own = file.strip_prefix("split_");
        let bundle = if parts.contains(AT_ONCE) {
            AT_ONCE
        } else if own.is_some() || size(file) >= LARGE {
            own.unwrap_or(file)
        } else if BY_THEMSELVES.iter().any(|it| parts.contains(it)) {
            SHARED
        } else {
            RARE
        };
        let files = bundles.files.entry(bundle.to_owned()).or_default();
        files.push(file.to_owned());
        for part in parts {
            let of_part = bundles.of_part.entry(part.to_owned()).or_default();
            of_part.insert(bundle.to_owned());
        }
    }
    bundles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_comes_with_what_it_needs_in_few_files() {
        let needs = [
            ("panels", "chunk_1 split_panels"),
            ("forms", "chunk_1 chunk_2 chunk_3 chunk_4 split_forms"),
            ("learn", "chunk_1 chunk_2 chunk_3 chunk_4 chunk_5"),
            ("teach", "chunk_3 chunk_5 split_teach"),
            ("link", ""),
        ];
        let needs = needs.map(|(part, files)| {
            let files = files.split_whitespace().map(str::to_owned).collect();
            (part.to_owned(), files)
        });
        let size = |file: &str| if file == "chunk_4" { LARGE } else { 10 };
        let Bundles { files, of_part } = bundles(&HashMap::from(needs), size);
        let list = |all: Vec<String>| all.join(" ");
        let files: Vec<_> = files
            .into_iter()
            .map(|(name, files)| (name, list(files)))
            .collect();
        let expected = [
            ("chunk_4", "chunk_4"),
            ("forms", "split_forms"),
            ("panels", "chunk_1 split_panels"),
            ("rare", "chunk_5"),
            ("shared", "chunk_2 chunk_3"),
            ("teach", "split_teach"),
        ];
        assert_eq!(
            files,
            expected.map(|(name, files)| (name.to_owned(), files.to_owned()))
        );
        let of = |part: &str| list(of_part[part].iter().cloned().collect());
        assert_eq!(of("panels"), "panels");
        assert_eq!(of("forms"), "chunk_4 forms panels shared");
        assert_eq!(of("learn"), "chunk_4 panels rare shared");
        assert_eq!(of("teach"), "rare shared teach");
        assert_eq!(of("link"), "");
    }
}
