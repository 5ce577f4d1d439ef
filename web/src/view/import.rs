//! What the import dialog shows: what the texts brought, where a new world may lie, and what there is to know.

use rolewalk_core::{
    explain,
    import::{COMMANDS, Command, ImportNote, ImportNoteKind, Imported, ImportedKind, Input},
};

/// Where a world may lie.
///
/// <https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html>
pub(crate) const REGIONS: &[&str] = &[
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-gov-east-1",
    "us-gov-west-1",
    "cn-north-1",
    "cn-northwest-1",
];

/// One line for each command; where there is a loop for all things of a kind, that.
pub(crate) fn all_commands() -> String {
    let line = |it: &Command| format!("{}\n", it.for_all.unwrap_or(it.line));
    let lines = COMMANDS.iter().map(line);
    lines.collect()
}

/// The files with those that came last. One of a name that is there already is the same output, fetched again: it takes
/// the place of the earlier one, which goes even where the new one cannot be read.
pub(crate) fn joined(mut files: Vec<Input>, new: Vec<Input>, refused: &[String]) -> Vec<Input> {
    files.retain(|it| !refused.contains(&it.name));
    for it in new {
        match files.iter_mut().find(|old| old.name == it.name) {
            Some(old) => *old = it,
            None => files.push(it),
        }
    }
    files
}

/// A text, as the list of texts shows it.
pub(crate) fn source(input: &Input) -> String {
    let size = input.text.len();
    let size = match size {
        0..1_000 => format!("{size} bytes"),
        1_000..1_000_000 => format!("{} kB", size / 1_000),
        _ => format!("{} MB", size / 1_000_000),
    };
    format!("{} ({size})", input.name)
}

/// What is said of files that were opened as a scenario and go on to the import.
pub(crate) fn opened(inputs: &[Input]) -> String {
    let what = match inputs {
        [one] => format!("`{}` is no scenario of Rolewalk", one.name),
        all => format!(
            "None of these {} files is a scenario of Rolewalk",
            all.len()
        ),
    };
    format!(
        "{what}, so what it holds is taken for output of the AWS CLI. What it brings, and what is wrong with it, stands below."
    )
}

/// That a folder had more files than are read.
pub(crate) fn cut(most: usize) -> String {
    format!(
        "The folder holds more than {most} files, and the rest was left out. Drop the folder that has the output in it, or choose the files."
    )
}

/// How many of a kind there are, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CountRow {
    /// What they are.
    pub(crate) label: &'static str,
    /// How many are new, changed and as before.
    pub(crate) counts: [usize; 3],
}

/// How much of what was read.
pub(crate) fn counts(imported: &Imported) -> Vec<CountRow> {
    let row = |(kind, count): (&ImportedKind, &_)| {
        let rolewalk_core::import::Count { new, changed, same } = *count;
        let (one, many) = explain::imported_kind_name(*kind);
        CountRow {
            label: explain::one_or_many(new + changed + same, one, many),
            counts: [new, changed, same],
        }
    };
    imported.counts.iter().map(row).collect()
}

/// Whether there is anything to take over.
pub(crate) fn has_news(imported: &Imported) -> bool {
    let mut counts = imported.counts.values();
    counts.any(|it| it.new + it.changed > 0)
}

/// Whether policies of AWS are attached or boundaries whose text is not there.
pub(crate) fn lacks_policies_of_aws(imported: &Imported) -> bool {
    imported.notes.iter().any(says_of_policies_of_aws)
}

/// Whether a note says so.
pub(crate) fn says_of_policies_of_aws(note: &ImportNote) -> bool {
    matches!(
        note.kind,
        ImportNoteKind::NoPolicy {
            is_aws_managed: true,
            ..
        }
    )
}

/// Where a note is, in words; empty where it is about the whole.
pub(crate) fn place(note: &ImportNote) -> String {
    note.place.as_ref().map_or_else(String::new, |it| {
        format!("{}, line {}, column {}", it.input, it.line, it.column)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(name: &str, text: &str) -> Input {
        Input {
            name: name.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_file_given_again_takes_the_place_of_the_earlier_one() {
        let [a, b] = [input("a.json", "1"), input("b.json", "2")];
        let files = joined(vec![a, b.clone()], vec![input("a.json", "3")], &[]);
        assert_eq!(files, [input("a.json", "3"), b.clone()]);
        let new = vec![input("c.json", "4")];
        let files = joined(files, new.clone(), &["a.json".to_owned()]);
        assert_eq!(files, [b, new[0].clone()]);
    }

    #[test]
    fn what_is_copied_has_the_loops() {
        let copied = all_commands();
        assert_eq!(copied.lines().count(), COMMANDS.len());
        for it in COMMANDS {
            let line = it.for_all.unwrap_or(it.line);
            assert!(copied.lines().any(|it| it == line), "{line}");
        }
    }
}
