//! Why a text cannot stand in a field, in words: what is wrong, and what to do about it.

use crate::world::FieldError;

/// What is wrong with it, and what to do next.
pub const fn field_error_sentence(error: FieldError) -> &'static str {
    match error {
        FieldError::TagKeyOfAws => "Keys that begin with aws: are AWS’s own: choose another.",
        FieldError::TagKeyForm => {
            "A key has 1 to 128 letters, digits, blanks and _.:/=+-@: take the others away."
        }
        FieldError::NoRole => {
            "Type the ARN of a role, such as arn:aws:iam::111122223333:role/Name."
        }
        FieldError::NotAnArn => {
            "This is not an ARN: it has the form arn:partition:service:region:account:resource."
        }
        FieldError::NotARole => {
            "This is not the ARN of a role: it has the form arn:aws:iam::account:role/Name."
        }
        FieldError::RoleNotHere => {
            "No role of this account has this ARN. A role’s path is part of its ARN."
        }
    }
}
