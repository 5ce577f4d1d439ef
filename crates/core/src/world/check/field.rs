//! What AWS would refuse of a text before it is anybody's: the key of a new tag, the ARN of a role to name.
//!
//! Says only why; the sentences are `explain`'s.

use crate::{names::Arn, world::World};

/// Why a text cannot stand in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldError {
    /// The key of a tag begins as AWS's own do.
    TagKeyOfAws,
    /// The key of a tag is empty, too long, or has characters that AWS does not take.
    TagKeyForm,
    /// No role is named.
    NoRole,
    /// What should be the ARN of a role is no ARN.
    NotAnArn,
    /// What should be the ARN of a role is that of something else.
    NotARole,
    /// No role of the account has this ARN.
    RoleNotHere,
}

/// Whether AWS takes the key for a tag.
///
/// # Errors
///
/// Where it does not.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html>
pub fn check_tag_key(key: &str) -> Result<(), FieldError> {
    let is_fine = |it: char| it.is_alphanumeric() || " _.:/=+-@".contains(it);
    let is_of_aws = key
        .get(..4)
        .is_some_and(|it| it.eq_ignore_ascii_case("aws:"));
    if is_of_aws {
        Err(FieldError::TagKeyOfAws)
    } else if !(1..=128).contains(&key.chars().count()) || !key.chars().all(is_fine) {
        Err(FieldError::TagKeyForm)
    } else {
        Ok(())
    }
}

/// Whether a text is the ARN of a role that the world has, path included.
///
/// # Errors
///
/// Where it is not.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns>
pub fn check_role_arn(world: &World, text: &str) -> Result<(), FieldError> {
    if text.is_empty() {
        return Err(FieldError::NoRole);
    }
    let arn = Arn::parse(text).ok_or(FieldError::NotAnArn)?;
    if arn.service() != "iam" || !arn.resource().starts_with("role/") {
        return Err(FieldError::NotARole);
    }
    let role = world.role_by_arn(text);
    role.map(|_| ()).ok_or(FieldError::RoleNotHere)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_tag_is_one_that_aws_takes() {
        let long = "k".repeat(129);
        for (key, expected) in [
            ("team", Ok(())),
            ("Kosten stelle/1", Ok(())),
            ("ümlaut", Ok(())),
            ("AWS:x", Err(FieldError::TagKeyOfAws)),
            ("awsx", Ok(())),
            ("a*b", Err(FieldError::TagKeyForm)),
            ("", Err(FieldError::TagKeyForm)),
            (&long, Err(FieldError::TagKeyForm)),
        ] {
            assert_eq!(check_tag_key(key), expected, "{key}");
        }
    }
}
