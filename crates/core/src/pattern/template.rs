//! A text with policy variables in it, and the same text once they have values.
//!
//! Whether `${…}` means anything is settled when the template is made: it does in documents of
//! version 2012-10-17, and only in some elements. Values are put in once, never read again for
//! variables of their own.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use std::borrow::Cow;

use crate::{
    names::ContextKey,
    pattern::{Glob, Variable, VariableDefault},
};

/// Where the values of policy variables come from.
pub trait Variables {
    /// The value of a single-valued key; nothing where the key is absent or multi-valued.
    fn value(&self, key: &ContextKey) -> Option<&str>;
}

/// A text, possibly with policy variables, compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    form: Form,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    /// No variable in it.
    Plain(Resolved),
    WithVariables {
        text: String,
        parts: Vec<Part>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// As written: `*` and `?` are wildcards where the reader of the pattern has wildcards.
    Text(String),
    /// `${*}`, `${?}`, `${$}`: the character itself.
    Character(char),
    Variable(Variable),
}

/// A template with all values in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    text: String,
    /// `None`: no wildcard in it, the text stands for itself.
    glob: Option<Box<Glob>>,
}

impl Resolved {
    /// The text, for comparisons without wildcards.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the whole of `text` matches; what came out of a variable is literal.
    pub fn matches(&self, text: &str) -> bool {
        match &self.glob {
            Some(glob) => glob.matches(text),
            None => self.text == text,
        }
    }

    fn push_pattern(&mut self, text: &str) {
        if self.glob.is_none() && text.contains(['*', '?']) {
            let mut glob = Glob::default();
            glob.push_literal(&self.text);
            self.glob = Some(Box::new(glob));
        }
        if let Some(glob) = &mut self.glob {
            glob.push_pattern(text);
        }
        self.text.push_str(text);
    }

    fn push_literal(&mut self, text: &str) {
        if let Some(glob) = &mut self.glob {
            glob.push_literal(text);
        }
        self.text.push_str(text);
    }
}

/// What a template stands for in one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filled<'a> {
    /// This pattern.
    Resolved(Cow<'a, Resolved>),
    /// Nothing: this variable has no value and no default.
    Missing(&'a Variable),
}

impl Template {
    /// A text in which `${…}` has no meaning.
    pub fn literal(text: impl Into<String>) -> Self {
        let text = text.into();
        let has_wildcard = text.contains(['*', '?']);
        let glob = has_wildcard.then(|| Box::new(Glob::new(&text)));
        Self {
            form: Form::Plain(Resolved { text, glob }),
        }
    }

    /// A text in which `${…}` is a policy variable.
    pub fn with_variables(text: impl Into<String>) -> Self {
        let text = text.into();
        if has_variable(&text) {
            let parts = parse(&text);
            Self {
                form: Form::WithVariables { text, parts },
            }
        } else {
            Self::literal(text)
        }
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        match &self.form {
            Form::Plain(resolved) => &resolved.text,
            Form::WithVariables { text, .. } => text,
        }
    }

    /// Whether it is `*` alone.
    pub fn is_any(&self) -> bool {
        matches!(&self.form, Form::Plain(Resolved { glob: Some(it), .. }) if it.is_any())
    }

    /// Its variables, in order.
    pub fn variables(&self) -> impl Iterator<Item = &Variable> {
        let parts = match &self.form {
            Form::Plain(_) => &[],
            Form::WithVariables { parts, .. } => parts.as_slice(),
        };
        parts.iter().filter_map(|it| match it {
            Part::Variable(variable) => Some(variable),
            _ => None,
        })
    }

    /// Puts the values in. A key that is present and empty gives the empty text.
    pub fn fill(&self, variables: &dyn Variables) -> Filled<'_> {
        let parts = match &self.form {
            Form::Plain(resolved) => return Filled::Resolved(Cow::Borrowed(resolved)),
            Form::WithVariables { parts, .. } => parts,
        };
        let mut resolved = Resolved::default();
        for part in parts {
            match part {
                Part::Text(text) => resolved.push_pattern(text),
                Part::Character(it) => resolved.push_literal(it.encode_utf8(&mut [0; 4])),
                Part::Variable(variable) => match variable.value(variables) {
                    Some(value) => resolved.push_literal(value),
                    None => return Filled::Missing(variable),
                },
            }
        }
        Filled::Resolved(Cow::Owned(resolved))
    }

    /// Whether it stands for exactly `text`; a variable without a value stands for nothing.
    pub fn stands_for(&self, text: &str, variables: &dyn Variables) -> bool {
        let parts = match &self.form {
            Form::Plain(resolved) => return resolved.text == text,
            Form::WithVariables { parts, .. } => parts,
        };
        let mut rest = text;
        for part in parts {
            let stripped = match part {
                Part::Text(it) => rest.strip_prefix(it.as_str()),
                Part::Character(it) => rest.strip_prefix(*it),
                Part::Variable(variable) => variable
                    .value(variables)
                    .and_then(|it| rest.strip_prefix(it)),
            };
            let Some(stripped) = stripped else {
                return false;
            };
            rest = stripped;
        }
        rest.is_empty()
    }

    /// The first variable that has no value.
    pub fn missing(&self, variables: &dyn Variables) -> Option<&Variable> {
        self.variables().find(|it| it.value(variables).is_none())
    }

    /// The same text in pieces, cut at its first `n` colons; a colon inside `${…}` is none.
    /// Gives fewer than `n + 1` pieces where there are fewer colons.
    pub fn split_at_colons(&self, n: usize) -> Vec<Self> {
        let parts = match &self.form {
            Form::Plain(resolved) => {
                return resolved
                    .text
                    .splitn(n + 1, ':')
                    .map(Self::literal)
                    .collect();
            }
            Form::WithVariables { parts, .. } => parts,
        };
        let mut pieces = Vec::new();
        let mut piece = Vec::new();
        for part in parts {
            let Part::Text(text) = part else {
                piece.push(part.clone());
                continue;
            };
            let mut rest = text.as_str();
            while let Some((before, behind)) = rest.split_once(':').filter(|_| pieces.len() < n) {
                piece.push(Part::Text(before.to_owned()));
                pieces.push(Self::from_parts(std::mem::take(&mut piece)));
                rest = behind;
            }
            piece.push(Part::Text(rest.to_owned()));
        }
        pieces.push(Self::from_parts(piece));
        pieces
    }

    fn from_parts(parts: Vec<Part>) -> Self {
        let is_text = |it: &Part| matches!(it, Part::Text(_));
        let text: String = parts.iter().map(written).collect();
        if parts.iter().all(is_text) {
            Self::literal(text)
        } else {
            Self {
                form: Form::WithVariables { text, parts },
            }
        }
    }
}

fn written(part: &Part) -> String {
    match part {
        Part::Text(text) => text.clone(),
        Part::Character(it) => format!("${{{it}}}"),
        Part::Variable(variable) => variable.to_string(),
    }
}

/// Whether `text` would mean something else if `${…}` had a meaning.
pub fn has_variable(text: &str) -> bool {
    parse(text).iter().any(|it| !matches!(it, Part::Text(_)))
}

fn parse(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("${") {
        plain.push_str(before);
        let Some((body, behind)) = variable(behind) else {
            plain.push_str("${");
            rest = behind;
            continue;
        };
        if !plain.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut plain)));
        }
        parts.push(body);
        rest = behind;
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        parts.push(Part::Text(plain));
    }
    parts
}

/// Reads behind `${`: the variable, and the text behind its `}`. A quoted default may hold a `}`.
fn variable(text: &str) -> Option<(Part, &str)> {
    if let Some(found) = misquoted(text) {
        return Some(found);
    }
    let end = text.find(['}', '\'', '$'])?;
    if let Some(behind) = text.strip_prefix("$}") {
        return Some((Part::Character('$'), behind));
    }
    let (head, tail) = text.split_at_checked(end)?;
    if let Some(behind) = tail.strip_prefix('}') {
        let part = match head {
            "*" => Part::Character('*'),
            "?" => Part::Character('?'),
            key if is_key(key.trim()) => named(key, VariableDefault::None),
            _ => return None,
        };
        return Some((part, behind));
    }
    let (default, behind) = tail.strip_prefix('\'')?.split_once('\'')?;
    let key = head.trim().strip_suffix(',')?.trim();
    let behind = behind.trim_start_matches(' ').strip_prefix('}')?;
    is_key(key).then(|| {
        let default = VariableDefault::Text(default.to_owned());
        (named(key, default), behind)
    })
}

fn named(key: &str, default: VariableDefault) -> Part {
    Part::Variable(Variable {
        key: ContextKey::new(key.trim()),
        default,
    })
}

/// A variable whose default stands in double quotes: `${key, "default"}`.
fn misquoted(text: &str) -> Option<(Part, &str)> {
    let (key, tail) = text.split_once(',')?;
    let (default, behind) = tail
        .trim_start_matches(' ')
        .strip_prefix('"')?
        .split_once('"')?;
    let behind = behind.trim_start_matches(' ').strip_prefix('}')?;
    if !is_key(key.trim()) || key.contains(['}', '\'', '$']) {
        return None;
    }
    let default = VariableDefault::Misquoted(default.to_owned());
    Some((named(key, default), behind))
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && !text.contains(['{', ',', '*', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Table(&'static [(&'static str, &'static str)]);

    impl Variables for Table {
        fn value(&self, key: &ContextKey) -> Option<&str> {
            self.0
                .iter()
                .find(|it| ContextKey::new(it.0) == *key)
                .map(|it| it.1)
        }
    }

    const VALUES: Table = Table(&[("aws:username", "a*e"), ("aws:PrincipalTag/empty", "")]);

    #[track_caller]
    fn check(text: &str, expect: Result<&str, &str>) {
        let template = Template::with_variables(text);
        assert_eq!(template.text(), text);
        let found = match template.fill(&VALUES) {
            Filled::Resolved(it) => Ok(it.text().to_owned()),
            Filled::Missing(variable) => Err(variable.to_string()),
        };
        assert_eq!(found.as_deref().map_err(String::as_str), expect);
        let missing = template.missing(&VALUES).map(Variable::to_string);
        assert_eq!(missing.as_deref(), expect.err());
        assert!(expect.is_err() || template.stands_for(expect.unwrap_or_default(), &VALUES));
        assert!(!template.stands_for("something else", &VALUES));
    }

    #[test]
    fn variables_get_their_values() {
        check("x/${aws:username}/y", Ok("x/a*e/y"));
        check("${AWS:UserName}", Ok("a*e"));
        check("[${aws:PrincipalTag/empty}]", Ok("[]"));
        check("${aws:PrincipalTag/team}", Err("${aws:PrincipalTag/team}"));
        check("${*}${?}${$}", Ok("*?$"));
    }

    #[test]
    fn a_default_stands_in_for_an_absent_key_only() {
        check(
            "b-${aws:PrincipalTag/team, 'company-wide'}",
            Ok("b-company-wide"),
        );
        check("b-${aws:PrincipalTag/team,'x}y' }", Ok("b-x}y"));
        check("b-${aws:PrincipalTag/team, ''}", Ok("b-"));
        check("b-${aws:PrincipalTag/empty, 'x'}", Ok("b-"));
    }

    #[test]
    fn a_default_in_double_quotes_is_no_part_of_the_key() {
        for text in [
            "b-${aws:username, \"x\"}",
            "b-${ aws:username,  \"x\" }",
            "${aws:username}-${aws:username,\"x\"}",
        ] {
            check(text, Err("${aws:username, \"x\"}"));
            let template = Template::with_variables(text);
            let last = template.variables().last().unwrap();
            assert_eq!(last.key.as_str(), "aws:username");
            assert_eq!(last.misquoted(), Some("x"));
        }
        let pieces = Template::with_variables("a:${aws:username,\"x:y\"}:b").split_at_colons(2);
        let texts: Vec<_> = pieces.iter().map(Template::text).collect();
        assert_eq!(texts, ["a", "${aws:username, \"x:y\"}", "b"]);
    }

    #[test]
    fn what_is_no_variable_stays_as_written() {
        check("${aws:username", Ok("${aws:username"));
        check("${}", Ok("${}"));
        check("a$b{c}", Ok("a$b{c}"));
        check("${${aws:username}}", Ok("${a*e}"));
        assert_eq!(Template::literal("${aws:username}").variables().count(), 0);
        assert!(has_variable("${aws:username}") && !has_variable("${aws:username"));
    }

    #[test]
    fn a_value_is_literal() {
        let template = Template::with_variables("${aws:username}*");
        let Filled::Resolved(resolved) = template.fill(&VALUES) else {
            panic!()
        };
        assert!(resolved.matches("a*e-1"));
        assert!(!resolved.matches("alice-1"));
    }

    #[test]
    fn colons_of_variables_do_not_cut() {
        let pieces = Template::with_variables("a:${aws:username}:c:d").split_at_colons(2);
        let texts: Vec<_> = pieces.iter().map(Template::text).collect();
        assert_eq!(texts, ["a", "${aws:username}", "c:d"]);
    }
}
