//! What people type into forms: lists between commas, ARNs.
//!
//! Invariant: reading never loses what was typed; a message says what is wrong with it.

use rolewalk_core::{names::Arn, world::World};

/// The items of a list between commas, blanks or line ends.
pub(crate) fn list(text: &str) -> Vec<String> {
    text.split([',', ' ', '\n', '\t', ';'])
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A list as a field shows it.
pub(crate) fn joined(items: &[String]) -> String {
    items.join(", ")
}

/// What is wrong with a role's ARN as typed.
pub(crate) fn role_message(world: &World, text: &str) -> Option<String> {
    if text.is_empty() {
        return Some(
            "Type the ARN of a role, such as arn:aws:iam::111122223333:role/Name.".to_owned(),
        );
    }
    let Some(arn) = Arn::parse(text) else {
        return Some(
            "This is not an ARN: it has the form arn:partition:service:region:account:resource."
                .to_owned(),
        );
    };
    if arn.service() != "iam" || !arn.resource().starts_with("role/") {
        return Some(
            "This is not the ARN of a role: it has the form arn:aws:iam::account:role/Name."
                .to_owned(),
        );
    }
    let is_here = world.role_by_arn(text).is_some();
    (!is_here).then(|| {
        "No role of this account has this ARN. A role’s path is part of its ARN.".to_owned()
    })
}

/// What is wrong with a bucket's name as typed.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
pub(crate) fn bucket_message(world: &World, own: &str, text: &str) -> Option<&'static str> {
    if text != own && world.bucket(text).is_some() {
        return Some("Another bucket has this name already.");
    }
    let n = text.chars().count();
    let is_fine =
        |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '.' || it == '-';
    if !(3..=63).contains(&n) {
        Some("A bucket’s name has 3 to 63 characters.")
    } else if !text.chars().all(is_fine) {
        Some("A bucket’s name has lower-case letters, digits, hyphens and dots only.")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::sample;

    #[test]
    fn lists_are_read_as_people_type_them() {
        assert_eq!(list("subnet-1, subnet-2,"), ["subnet-1", "subnet-2"]);
        assert!(list(" , ").is_empty());
    }

    #[test]
    fn a_role_is_named_by_its_whole_arn() {
        let world = sample::scenario().world;
        assert_eq!(
            role_message(&world, "arn:aws:iam::111122223333:role/Exec"),
            None
        );
        let message = |it| role_message(&world, it).unwrap();
        assert!(message("Exec").contains("not an ARN"));
        assert!(message("arn:aws:s3:::data").contains("of a role"));
        assert!(message("arn:aws:iam::111122223333:role/service-role/Exec").contains("path"));
    }

    #[test]
    fn bucket_names_follow_their_rules() {
        let world = sample::scenario().world;
        assert_eq!(bucket_message(&world, "data", "data"), None);
        assert!(
            bucket_message(&world, "other", "data")
                .unwrap()
                .contains("already")
        );
        assert!(
            bucket_message(&world, "data", "Data")
                .unwrap()
                .contains("lower-case")
        );
        assert!(
            bucket_message(&world, "data", "d")
                .unwrap()
                .contains("3 to 63")
        );
    }
}
