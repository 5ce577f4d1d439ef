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
}
