//! Patterns of ARNs: six parts, each with its own wildcards.
//!
//! `*` and `?` never leave their part, cross `/` freely and, in the sixth part, cross `:` too. A
//! wildcard in the resource type is nothing special: AWS's own managed policies have it.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>

use crate::pattern::{Filled, Template, Variable, Variables};

/// What becomes of a pattern with fewer than six parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShortArn {
    /// The missing parts are `*`: identity policies and permissions boundaries.
    Padded,
    /// The missing parts are `*` if there is a `*` in what is written: resource policies.
    PaddedIfWildcard,
    /// The missing parts are `*` if what is written ends in `*`: service control policies.
    PaddedIfLastIsWildcard,
    /// It matches nothing: conditions, resource control policies.
    MatchesNothing,
}

/// What a request is about, cut into its parts once.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// `None`: `*`, for an action without resource-level permissions.
    parts: Option<[&'a str; 6]>,
}

impl<'a> Target<'a> {
    /// Cuts an ARN; any other text is the `*` of an action without resource-level permissions.
    pub fn new(text: &'a str) -> Self {
        let mut parts = text.splitn(6, ':');
        let cut = std::array::from_fn(|_| parts.next());
        let parts = cut.iter().all(Option::is_some);
        Self {
            parts: parts.then(|| cut.map(Option::unwrap_or_default)),
        }
    }
}

/// One entry of `Resource` or `NotResource`, or a value of an ARN condition, compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArnPattern {
    template: Template,
    form: Form,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    /// `*` alone.
    Any,
    /// At least one part; those behind the last are `*`. INVARIANT: at most six.
    Parts(Box<[Part]>),
    /// Too short to stand for anything.
    Nothing,
}

/// One part. A policy may have thousands of patterns, and most are of the simple sorts, which lie in
/// few places of the memory.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// `arn` in the first place, as in every resource.
    Arn,
    /// `*`.
    Any,
    /// Without wildcard or variable.
    Literal(Box<str>),
    /// One `*` at the end, which is in the text.
    Prefix(Box<str>),
    Template(Box<Template>),
}

impl Part {
    fn new((idx, template): (usize, Template)) -> Self {
        let text = template.text();
        let is_plain = template.variables().next().is_none() && !text.contains("${");
        let head = text.strip_suffix('*').unwrap_or(text);
        match text {
            "arn" if idx == 0 => Self::Arn,
            _ if template.is_any() => Self::Any,
            _ if !is_plain || head.contains(['*', '?']) => Self::Template(Box::new(template)),
            _ if head.len() < text.len() => Self::Prefix(text.into()),
            _ => Self::Literal(text.into()),
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Arn => "arn",
            Self::Any => "*",
            Self::Literal(text) | Self::Prefix(text) => text,
            Self::Template(template) => template.text(),
        }
    }
}

/// How a pattern and an ARN came together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArnMatch<'a> {
    /// The pattern takes the ARN in.
    Hit,
    /// It does not.
    Miss,
    /// All else fits, but this variable has no value, so the pattern stands for nothing.
    Unresolved(&'a Variable),
}

impl ArnPattern {
    /// Compiles a template.
    pub fn new(template: Template, short: ShortArn) -> Self {
        let text = template.text();
        let is_star = !text.is_empty() && text.bytes().all(|it| it == b'*');
        let has_star = text.contains('*');
        let parts = template.split_at_colons(5).into_iter().enumerate();
        let parts: Box<[Part]> = parts.map(Part::new).collect();
        let form = match short {
            _ if is_star => Form::Any,
            _ if parts.len() == 6 => Form::Parts(parts),
            ShortArn::Padded => Form::Parts(parts),
            ShortArn::PaddedIfWildcard if has_star => Form::Parts(parts),
            ShortArn::PaddedIfLastIsWildcard if text.ends_with('*') => Form::Parts(parts),
            _ => Form::Nothing,
        };
        Self { template, form }
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        self.template.text()
    }

    /// The text as written, with its variables.
    pub fn template(&self) -> &Template {
        &self.template
    }

    /// Whether it is `*` alone: what an action without resource-level permissions asks for.
    pub fn is_any(&self) -> bool {
        self.form == Form::Any
    }

    /// Whether it has fewer than six parts: what the others are depends on the kind of policy.
    pub fn is_short(&self) -> bool {
        match &self.form {
            Form::Any => false,
            Form::Parts(parts) => parts.len() < 6,
            Form::Nothing => true,
        }
    }

    /// Whether there is a wildcard in the type of the resource, such as in `*/webacl/*`.
    pub fn has_wildcard_type(&self) -> bool {
        let Form::Parts(parts) = &self.form else {
            return false;
        };
        let [_, _, service, _, _, resource] = parts.as_ref() else {
            return false;
        };
        // The name of a bucket is no type.
        service.text() != "s3"
            && resource
                .text()
                .split_once(['/', ':'])
                .is_some_and(|(head, _)| head.contains(['*', '?']) && !head.contains('$'))
    }

    /// Whether the pattern takes in `resource`: an ARN, or the `*` of an action without
    /// resource-level permissions, which only `*` takes in.
    pub fn matches(&self, resource: &str, variables: &dyn Variables) -> ArnMatch<'_> {
        self.takes_in(Target::new(resource), variables)
    }

    /// The same for a resource that is cut into parts already.
    pub fn takes_in(&self, target: Target<'_>, variables: &dyn Variables) -> ArnMatch<'_> {
        let patterns = match &self.form {
            Form::Any => return ArnMatch::Hit,
            Form::Nothing => return ArnMatch::Miss,
            Form::Parts(patterns) => patterns,
        };
        let Some(parts) = target.parts else {
            return ArnMatch::Miss;
        };
        let mut unresolved = None;
        for (pattern, part) in patterns.iter().zip(parts) {
            let fits = match pattern {
                Part::Any => true,
                Part::Arn => part.len() == 3 && part == "arn",
                Part::Literal(text) => **text == *part,
                Part::Prefix(text) => text
                    .strip_suffix('*')
                    .is_some_and(|it| part.starts_with(it)),
                Part::Template(template) => match template.fill(variables) {
                    Filled::Resolved(it) => it.matches(part),
                    Filled::Missing(variable) => {
                        unresolved = unresolved.or(Some(variable));
                        true
                    }
                },
            };
            if !fits {
                return ArnMatch::Miss;
            }
        }
        unresolved.map_or(ArnMatch::Hit, ArnMatch::Unresolved)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{names::ContextKey, pattern::VariableDefault};

    struct User;

    impl Variables for User {
        fn value(&self, key: &ContextKey) -> Option<&str> {
            (*key == ContextKey::new("aws:username")).then_some("bob")
        }
    }

    #[track_caller]
    fn check(pattern: &str, short: ShortArn, resource: &str, expect: ArnMatch<'_>) {
        let pattern = ArnPattern::new(Template::with_variables(pattern), short);
        assert_eq!(
            pattern.matches(resource, &User),
            expect,
            "{}",
            pattern.text()
        );
    }

    #[test]
    fn wildcards_stay_in_their_part() {
        let hit = |pattern, resource| check(pattern, ShortArn::Padded, resource, ArnMatch::Hit);
        let miss = |pattern, resource| check(pattern, ShortArn::Padded, resource, ArnMatch::Miss);
        hit("arn:aws:s3:::b/*", "arn:aws:s3:::b/a/b:c");
        hit(
            "arn:aws:wafv2:*:*:*/webacl/*/*",
            "arn:aws:wafv2:eu-west-1:1:regional/webacl/a/b",
        );
        hit(
            "arn:aws:iam::*:user/${aws:username}",
            "arn:aws:iam::123456789012:user/bob",
        );
        miss(
            "arn:aws:iam:*:user/bob",
            "arn:aws:iam::123456789012:user/bob",
        );
        hit("arn:aws:s3:::b/*/c", "arn:aws:s3:::b/a/c");
        hit("arn:aws:s3:::?/a", "arn:aws:s3:::b/a");
        hit("arn:aws:s3:::b/a*", "arn:aws:s3:::b/a");
        miss("arn:aws:s3:::b/a*", "arn:aws:s3:::b/");
        miss("x:aws:s3:::b", "arn:aws:s3:::b");
        miss("arn:aws:s3:::B/*", "arn:aws:s3:::b/a");
        miss("arn:aws:s3:::b", "arn:aws:s3:::b/a");
        miss("arn:aws:s3:::b/*", "*");
        hit("*", "*");
        hit("*", "arn:aws:s3:::b");
    }

    #[test]
    fn a_short_arn_depends_on_the_kind_of_policy() {
        let bucket = "arn:aws:s3:::b";
        check("arn:aws:s3", ShortArn::Padded, bucket, ArnMatch::Hit);
        check(
            "arn:aws:s3",
            ShortArn::PaddedIfWildcard,
            bucket,
            ArnMatch::Miss,
        );
        check(
            "arn:aws:s3*",
            ShortArn::PaddedIfWildcard,
            bucket,
            ArnMatch::Hit,
        );
        check(
            "arn:aws:s3*",
            ShortArn::MatchesNothing,
            bucket,
            ArnMatch::Miss,
        );
    }

    #[test]
    fn a_variable_without_value_stands_for_nothing() {
        let variable = Variable {
            key: ContextKey::new("aws:PrincipalTag/b"),
            default: VariableDefault::None,
        };
        let pattern = "arn:aws:s3:::${aws:PrincipalTag/b}*/k";
        check(
            pattern,
            ShortArn::Padded,
            "arn:aws:s3:::b/k",
            ArnMatch::Unresolved(&variable),
        );
        check(
            pattern,
            ShortArn::Padded,
            "arn:aws:sqs:::b/k",
            ArnMatch::Miss,
        );
    }
}
