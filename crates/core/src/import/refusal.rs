//! Tells from the error that the CLI prints in place of an output that AWS refused the command.
//!
//! Invariant: what is kept of the text has the form of an ARN, an action or a call, so no secret gets into it.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>

use crate::names::Arn;

/// How much of a text is looked at: the error of one command.
const MOST: usize = 4_000;

/// A command that AWS refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Who ran it.
    pub who: Option<Arn>,
    /// The action that they may not, or the call that failed where the error names no action.
    pub action: Option<String>,
}

impl Refusal {
    /// The refusal that a text tells; nothing where it tells none.
    pub(super) fn of(text: &str) -> Option<Self> {
        let end = (0..=MOST.min(text.len())).rev();
        let end = end.into_iter().find(|it| text.is_char_boundary(*it));
        let text = text.get(..end.unwrap_or(0)).unwrap_or("");
        let is_refusal = [
            "AccessDenied",
            "not authorized to perform",
            "UnauthorizedOperation",
        ];
        if !is_refusal.iter().any(|it| text.contains(it)) {
            return None;
        }
        let action = behind(text, "authorized to perform:").filter(|it| is_action(it));
        let call = || behind(text, "calling the").filter(|it| is_word(it));
        Some(Self {
            who: behind(text, "User:").and_then(Arn::parse),
            action: action.or_else(call).map(str::to_owned),
        })
    }
}

/// The word behind a mark.
fn behind<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(mark)?;
    let word = rest.split_whitespace().next()?;
    Some(word.trim_end_matches(['.', ',', ';', '"', '\'']))
}

fn is_word(text: &str) -> bool {
    (1..=80).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_alphanumeric())
}

fn is_action(text: &str) -> bool {
    let parts = text.split_once(':');
    parts.is_some_and(|(service, name)| is_word(&service.replace('-', "")) && is_word(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<(Option<String>, Option<String>)> {
        let refusal = Refusal::of(text)?;
        Some((refusal.who.map(|it| it.to_string()), refusal.action))
    }

    #[test]
    fn an_error_names_who_and_what() {
        let both = |who: &str, action: &str| Some((Some(who.to_owned()), Some(action.to_owned())));
        assert_eq!(
            told(
                "\nAn error occurred (AccessDenied) when calling the GetAccountAuthorizationDetails operation: User: \
                 arn:aws:iam::555566667777:user/ben is not authorized to perform: iam:GetAccountAuthorizationDetails on \
                 resource: * because no identity-based policy allows the iam:GetAccountAuthorizationDetails action"
            ),
            both(
                "arn:aws:iam::555566667777:user/ben",
                "iam:GetAccountAuthorizationDetails"
            )
        );
        let call = "An error occurred (AccessDenied) when calling the GetBucketPolicy operation: Access Denied";
        assert_eq!(told(call), Some((None, Some("GetBucketPolicy".to_owned()))));
        let odd = "AccessDenied User: me is not authorized to perform: <b>";
        assert_eq!(told(odd), Some((None, None)));
    }

    #[test]
    fn other_errors_are_none() {
        for text in ["", "aws: command not found", "Unable to locate credentials"] {
            assert_eq!(told(text), None, "{text}");
        }
        assert_eq!(told(&format!("{}AccessDenied", "é".repeat(4_000))), None);
    }
}
