//! A policy variable as somebody wrote it: its key, and what stands in for an absent one.
//!
//! Knows nothing of the text around it. Invariant: the key's name is the name alone.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-default-values>

use std::fmt;

use crate::{names::ContextKey, pattern::Variables};

/// A policy variable, such as `${aws:username}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The key whose value it has.
    pub key: ContextKey,
    /// What is written behind the key.
    pub default: VariableDefault,
}

/// What is written as the value of a variable whose key is absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VariableDefault {
    /// Nothing: `${key}`.
    None,
    /// A text in single quotes: `${key, 'default'}`.
    Text(String),
    /// A text in double quotes, `${key, "default"}`. That is no default, and the variable never has a value.
    Misquoted(String),
}

impl Variable {
    /// The key's value, else the default. A key that is present and empty has the empty text.
    pub fn value<'a>(&'a self, variables: &'a dyn Variables) -> Option<&'a str> {
        match &self.default {
            VariableDefault::None => variables.value(&self.key),
            VariableDefault::Text(default) => variables.value(&self.key).or(Some(default)),
            VariableDefault::Misquoted(_) => None,
        }
    }

    /// The text in double quotes, where one stands in the place of the default.
    pub fn misquoted(&self) -> Option<&str> {
        match &self.default {
            VariableDefault::Misquoted(text) => Some(text),
            VariableDefault::None | VariableDefault::Text(_) => None,
        }
    }
}

/// As AWS writes it, with one blank in front of the default.
impl fmt::Display for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = &self.key;
        match &self.default {
            VariableDefault::None => write!(f, "${{{key}}}"),
            VariableDefault::Text(default) => write!(f, "${{{key}, '{default}'}}"),
            VariableDefault::Misquoted(default) => write!(f, "${{{key}, \"{default}\"}}"),
        }
    }
}
