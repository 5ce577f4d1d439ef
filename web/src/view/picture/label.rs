//! The words in a station: what kind of place it is, and its name as far as there is room.
//!
//! Knows nothing of where a station stands. Invariant: a name that is cut ends in dots.

use rolewalk_core::flow::Place;

/// A word for a place that fits into a node.
pub(super) const fn kind(place: Place) -> &'static str {
    match place {
        Place::Person => "Person",
        Place::User => "IAM user",
        Place::Role => "Role",
        Place::Domain => "Domain",
        Place::UserProfile => "User profile",
        Place::Network => "Network",
        Place::ExecutionRole => "Execution role",
        Place::App => "App",
        Place::Space => "Space",
        Place::TrainingJob => "Training job",
        Place::ProcessingJob => "Processing job",
        Place::TuningJob => "Tuning job",
        Place::TransformJob => "Transform job",
        Place::Model => "Model",
        Place::EndpointConfig => "Endpoint config",
        Place::Endpoint => "Endpoint",
        Place::Pipeline => "Pipeline",
        Place::NotebookInstance => "Notebook",
        Place::JobRole => "Job’s role",
        Place::PipelineRole => "Pipeline’s role",
        Place::SpaceRole => "Role of spaces",
        Place::NetworkInterface => "Own network",
        Place::Caller => "Caller",
        Place::Resource => "Resource",
        Place::Bucket => "S3 bucket",
        Place::Repository => "ECR repository",
        Place::LogGroup => "Log group",
        Place::Metrics => "Metrics",
        Place::Key => "KMS key",
    }
}

/// In hundredths of the letters' size; less than there is, since some faces are wider when bold.
const ROOM: u32 = 650;
const ROOM_BEFORE_DOTS: u32 = 560;
/// What a second line may take where a name is broken at a word: nearly all there is.
const ROOM_OF_WORDS: u32 = 720;

/// Cuts a name to a node's width, by the widths of its letters in a system face.
pub(super) fn fit(name: &str) -> String {
    if width(name) <= ROOM {
        return name.to_owned();
    }
    let end = room_for(name, ROOM_BEFORE_DOTS);
    name.chars().take(end).chain(['…']).collect()
}

/// A name in two lines of a node's width: broken where a word of it ends, if the rest has room then, else where the line
/// is full.
pub(super) fn in_two_lines(name: &str) -> (String, Option<String>) {
    if width(name) <= ROOM {
        return (name.to_owned(), None);
    }
    let letters: Vec<char> = name.chars().collect();
    let most = room_for(name, ROOM).max(1);
    let split = |at: usize| {
        let (first, rest) = letters.split_at(at.min(letters.len()));
        let rest: String = rest.iter().collect();
        (first.iter().collect::<String>(), rest)
    };
    let ends = (1..=most).rev().filter(|at| ends_word(&letters, *at));
    let at_word = ends
        .map(split)
        .find(|(_, rest)| width(rest) <= ROOM_OF_WORDS);
    let (first, rest) = at_word.unwrap_or_else(|| {
        let (first, rest) = split(most);
        (first, fit(rest.trim_start()))
    });
    (first, Some(rest.trim_start().to_owned()))
}

/// Whether a word of a name ends before the letter at that place.
fn ends_word(letters: &[char], at: usize) -> bool {
    let (Some(last), Some(next)) = (
        at.checked_sub(1).and_then(|it| letters.get(it)),
        letters.get(at),
    ) else {
        return false;
    };
    !last.is_alphanumeric() || last.is_lowercase() && next.is_uppercase()
}

fn width(name: &str) -> u32 {
    name.chars().map(letter_width).sum()
}

/// How many letters of a name have room.
fn room_for(name: &str, room: u32) -> usize {
    let mut end = 0;
    let begins = |letter: &char| {
        end += letter_width(*letter);
        end <= room
    };
    name.chars().take_while(begins).count()
}

/// A letter's width in hundredths of its size, in a system face.
pub(crate) const fn letter_width(letter: char) -> u32 {
    match letter {
        'i' | 'l' | 'j' | '.' | ',' | '\'' | ':' | '|' | '/' | 'I' | ' ' => 28,
        't' | 'f' | 'r' | '-' => 36,
        'm' | 'w' | 'M' | 'W' | '@' => 88,
        'A'..='Z' => 72,
        _ => 58,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_to_fit() {
        assert_eq!(fit("alice"), "alice");
        assert_eq!(fit("AmazonSageMaker-ExecutionRole"), "AmazonSa…");
    }

    #[test]
    fn a_second_line_begins_with_a_word_where_it_can() {
        for (name, first, second) in [
            ("alice", "alice", None),
            ("DataScientistRole", "Data", Some("ScientistRole")),
            ("ChurnExecutionRole", "Churn", Some("ExecutionRole")),
            ("public internet", "public ", Some("internet")),
            ("acme-churn-data", "acme-churn-", Some("data")),
            ("ExecutionRole", "Execution", Some("Role")),
            ("aaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaa", Some("aaaaaaaaa…")),
            (
                "AmazonSageMaker-ExecutionRole-2",
                "AmazonSage",
                Some("Maker-Exe…"),
            ),
        ] {
            let (found, rest) = in_two_lines(name);
            assert_eq!((found.as_str(), rest.as_deref()), (first, second), "{name}");
        }
    }
}
