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

/// Cuts a name to a node's width, by the widths of its letters in a system face.
pub(super) fn fit(name: &str) -> String {
    /// In hundredths of the letters' size; less than there is, since some faces are wider when bold.
    const ROOM: u32 = 650;
    const ROOM_BEFORE_DOTS: u32 = 560;
    if name.chars().map(letter_width).sum::<u32>() <= ROOM {
        return name.to_owned();
    }
    let mut end = 0;
    let begins = |letter: &char| {
        end += letter_width(*letter);
        end <= ROOM_BEFORE_DOTS
    };
    name.chars().take_while(begins).chain(['…']).collect()
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
}
