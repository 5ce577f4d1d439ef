//! Patterns of actions: `*`, or `service:` and a name with wildcards.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>

use crate::{names::ActionName, pattern::Glob};

/// One entry of `Action` or `NotAction`, compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionPattern {
    text: String,
    form: Form,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    /// `*`, and `*:*`, which IAM takes for the same.
    Any,
    /// Wildcards stand behind the colon only.
    Named {
        /// Service and name, one behind the other, in lower case.
        folded: Box<str>,
        n_service: usize,
        name: Name,
    },
    /// No colon: names no action.
    Nothing,
}

/// What the name behind the colon is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Name {
    Any,
    Exact,
    /// One `*` at the end.
    Prefix,
    Glob(Box<Glob>),
}

impl Name {
    fn new(folded: &str) -> Self {
        match folded.strip_suffix('*') {
            Some("") => Self::Any,
            Some(head) if !head.contains(['*', '?']) => Self::Prefix,
            _ if folded.contains(['*', '?']) => Self::Glob(Box::new(Glob::new(folded))),
            _ => Self::Exact,
        }
    }
}

impl ActionPattern {
    /// Compiles `text`. A text that is no pattern of actions matches none.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let form = match text.split_once(':') {
            None if text == "*" => Form::Any,
            Some(("*", "*")) => Form::Any,
            Some((service, name)) => Form::Named {
                folded: format!("{service}{name}").to_ascii_lowercase().into(),
                n_service: service.len(),
                name: Name::new(&name.to_ascii_lowercase()),
            },
            None => Form::Nothing,
        };
        Self { text, form }
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it takes in every action of every service.
    pub fn is_any(&self) -> bool {
        self.form == Form::Any
    }

    /// Whether it takes in `action`; IAM compares both parts without case.
    pub fn matches(&self, action: &ActionName) -> bool {
        match &self.form {
            Form::Any => true,
            Form::Named {
                folded,
                n_service,
                name,
            } => {
                let Some((service, wanted)) = folded.split_at_checked(*n_service) else {
                    return false;
                };
                let (asked_service, asked) = action.folded();
                service == asked_service
                    && match name {
                        Name::Any => true,
                        Name::Exact => wanted == asked,
                        Name::Prefix => wanted
                            .strip_suffix('*')
                            .is_some_and(|it| asked.starts_with(it)),
                        Name::Glob(glob) => glob.matches(asked),
                    }
            }
            Form::Nothing => false,
        }
    }

    /// The same for an action given as its two parts, in any case: what is asked of thousands of actions of the
    /// catalogue, for which no [`ActionName`] need be made.
    pub fn matches_parts(&self, service: &str, name: &str) -> bool {
        let Form::Named {
            folded,
            n_service,
            name: form,
        } = &self.form
        else {
            return self.is_any();
        };
        let Some((own_service, wanted)) = folded.split_at_checked(*n_service) else {
            return false;
        };
        own_service.eq_ignore_ascii_case(service)
            && match form {
                Name::Any => true,
                Name::Exact => wanted.eq_ignore_ascii_case(name),
                Name::Prefix => wanted.strip_suffix('*').is_some_and(|head| {
                    let start = name.get(..head.len());
                    start.is_some_and(|it| it.eq_ignore_ascii_case(head))
                }),
                Name::Glob(glob) => glob.matches(&name.to_ascii_lowercase()),
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_pattern_has_wildcards_in_the_name_only() {
        let action = ActionName::parse("s3:GetObject").unwrap();
        let cases = [
            ("*", true),
            ("*:*", true),
            ("s3:*", true),
            ("S3:getobject", true),
            ("s3:Get*", true),
            ("s3:GetObjec?", true),
            ("s3:GetObject?", false),
            ("s3:*Object", true),
            ("s3:*Object*", true),
            ("s3:G*t?bject", true),
            ("s3:GetObject*", true),
            ("s3:Put*", false),
            ("s3:Get Object", false),
            ("s*:GetObject", false),
            ("sqs:*", false),
            ("s3", false),
            ("", false),
        ];
        for (pattern, expect) in cases {
            assert_eq!(
                ActionPattern::new(pattern).matches(&action),
                expect,
                "{pattern}"
            );
            for (service, name) in [("s3", "GetObject"), ("S3", "GETOBJECT")] {
                assert_eq!(
                    ActionPattern::new(pattern).matches_parts(service, name),
                    expect,
                    "{pattern}"
                );
            }
        }
    }
}
