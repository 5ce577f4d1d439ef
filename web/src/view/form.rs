//! What people type into forms: lists between commas, ARNs.
//!
//! Invariant: reading never loses what was typed; a message says what is wrong with it.

use rolewalk_core::{
    explain,
    policy::literal::ip_block,
    world::{FieldError, World, check_role_arn, check_tag_key},
};

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

/// What is wrong with the key of a new tag as typed; an empty one is not begun yet.
pub(crate) fn tag_message(key: &str, is_taken: bool) -> Option<String> {
    if key.is_empty() {
        None
    } else if is_taken {
        Some("There is a tag with this key: change its value, or choose another key.".to_owned())
    } else {
        message(check_tag_key(key))
    }
}

fn message(checked: Result<(), FieldError>) -> Option<String> {
    let error = checked.err()?;
    Some(explain::field_error_sentence(error).to_owned())
}

/// What is wrong with an IP address as typed; an empty one is not said.
pub(crate) fn address_message(text: &str) -> Option<String> {
    let is_address = !text.contains('/') && ip_block(text).is_some();
    (!text.is_empty() && !is_address)
        .then(|| "not an IP address: type one such as 203.0.113.7 or 2001:db8::7".to_owned())
}

/// What is wrong with the id of a VPC endpoint as typed, or not known of it.
pub(crate) fn endpoint_message(world: &World, text: &str) -> Option<String> {
    if text.is_empty() || world.vpc_endpoint(text).is_some() {
        None
    } else if text.starts_with("vpce-") {
        Some("not in this world: neither its VPC nor its policy is known".to_owned())
    } else {
        Some("not the id of a VPC endpoint: it begins with vpce-".to_owned())
    }
}

/// What is wrong with a role's ARN as typed.
pub(crate) fn role_message(world: &World, text: &str) -> Option<String> {
    message(check_role_arn(world, text))
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
    fn an_address_is_one_of_either_kind_and_no_block_of_them() {
        for fine in ["", "203.0.113.7", "2001:db8::7"] {
            assert_eq!(address_message(fine), None, "{fine}");
        }
        for wrong in ["203.0.113", "203.0.113.0/24", "home", " "] {
            assert!(address_message(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn an_endpoint_that_the_world_does_not_have_is_told() {
        let world = sample::scenario().world;
        assert_eq!(endpoint_message(&world, ""), None);
        let told = |text| endpoint_message(&world, text).unwrap();
        assert!(told("vpce-9").starts_with("not in this world"));
        assert!(told("com.amazonaws.eu-west-1.s3").contains("begins with vpce-"));
    }

    #[test]
    fn the_key_of_a_tag_is_one_that_aws_takes() {
        assert_eq!(tag_message("", false), None);
        assert_eq!(tag_message("team", false), None);
        let refused = |key: &str, is_taken| tag_message(key, is_taken).unwrap();
        assert!(refused("team", true).contains("There is a tag"));
        assert!(refused("AWS:x", false).contains("AWS’s own"));
        assert!(refused("a*b", false).contains("take the others away"));
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
