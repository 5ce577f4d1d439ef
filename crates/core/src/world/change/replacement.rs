//! Which occurrences of a renamed thing's ARN follow it.
//!
//! INVARIANT: an occurrence follows only where a whole JSON string is the ARN, or where it begins
//! with the ARN and goes on with `/` (objects of a bucket, sessions of a role, apps of a profile) or
//! with `:` (streams of a log group). The ARN within another word, with a wildcard in or right behind
//! it, or with escapes that JSON does not need stays as it is: it speaks of more than this one thing,
//! or it cannot be told.

use crate::{
    names::Arn,
    world::{EntityId, Thing, World},
};

/// What may stand behind the ARN of a thing and still speak of the thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Below {
    /// Nothing: names of other things may begin the same.
    Nothing,
    /// A `/`.
    Path,
    /// A `:`.
    Colon,
}

impl Below {
    const fn character(self) -> Option<char> {
        match self {
            Self::Nothing => None,
            Self::Path => Some('/'),
            Self::Colon => Some(':'),
        }
    }
}

/// One text that is replaced by another, where it stands for the thing.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Replacement {
    old: String,
    new: String,
    below: Below,
}

/// Everything by which texts name a thing: what it was and what it is now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Replacements(Vec<Replacement>);

/// How texts name a thing.
#[derive(Clone, Debug)]
pub(super) struct Spellings(Vec<(String, Below)>);

impl Spellings {
    /// How texts name a thing of this world.
    pub(super) fn of(world: &World, id: &EntityId) -> Self {
        let own = world.arn_of(id).map(|it| it.as_str().to_owned());
        let account = id.account.as_ref().unwrap_or(&world.home.account);
        let arn = |service: &str, region: &str, resource: &str| {
            let parts = [
                world.partition.as_str(),
                service,
                region,
                account.as_str(),
                resource,
            ];
            Arn::from_parts(parts).as_str().to_owned()
        };
        let (below, other) = match &id.thing {
            Thing::Role { name } => {
                let session = arn("sts", "", &format!("assumed-role/{name}"));
                (Below::Nothing, Some((session, Below::Path)))
            }
            Thing::UserProfile { domain, name } | Thing::Space { domain, name } => {
                let app = arn("sagemaker", &world.region, &format!("app/{domain}/{name}"));
                (Below::Nothing, Some((app, Below::Path)))
            }
            Thing::Vpc { id }
            | Thing::Subnet { id }
            | Thing::SecurityGroup { id }
            | Thing::VpcEndpoint { id } => (Below::Nothing, Some((id.clone(), Below::Nothing))),
            Thing::Bucket { .. } => (Below::Path, None),
            Thing::LogGroup { .. } => (Below::Colon, None),
            _ => (Below::Nothing, None),
        };
        let own = own.map(|it| (it, below));
        Self(own.into_iter().chain(other).collect())
    }

    /// From these spellings to those.
    pub(super) fn into(self, new: Self) -> Replacements {
        let pairs = self.0.into_iter().zip(new.0);
        let replacement = |((old, below), (new, _))| Replacement { old, new, below };
        let changed = pairs.map(replacement).filter(|it| it.old != it.new);
        Replacements(changed.collect())
    }

    /// From these spellings to ones that nothing has: to see what would change.
    pub(super) fn into_nothing(self) -> Replacements {
        let gone = self.0.iter();
        let gone = gone.map(|(old, below)| (format!("{old}\0"), *below));
        let gone = Self(gone.collect());
        self.into(gone)
    }
}

impl Replacements {
    /// A plain value, such as an execution role's ARN; nothing where it does not name the thing.
    pub(super) fn value(&self, value: &str) -> Option<String> {
        self.0.iter().find_map(|it| {
            let rest = value.strip_prefix(&it.old)?;
            let is_it =
                rest.is_empty() || it.below.character().is_some_and(|c| rest.starts_with(c));
            is_it.then(|| format!("{}{rest}", it.new))
        })
    }

    /// A policy's text with its layout as it was; nothing where it does not name the thing.
    pub(super) fn text(&self, text: &str) -> Option<String> {
        let mut changed: Option<String> = None;
        for it in &self.0 {
            let now = changed.as_deref().unwrap_or(text);
            changed = it.replaced(now).or(changed);
        }
        changed
    }
}

impl Replacement {
    fn replaced(&self, text: &str) -> Option<String> {
        let old = format!("\"{}", in_json(&self.old));
        let new = format!("\"{}", in_json(&self.new));
        let mut out = String::new();
        let mut rest = text;
        let mut is_changed = false;
        while let Some((before, behind)) = rest.split_once(&old) {
            out.push_str(before);
            let next = behind.chars().next();
            let is_it = next == Some('"') || (next.is_some() && next == self.below.character());
            out.push_str(if is_it { &new } else { &old });
            is_changed |= is_it;
            rest = behind;
        }
        out.push_str(rest);
        is_changed.then_some(out)
    }
}

/// As JSON writes it between quotes.
fn in_json(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap_or_default();
    let inner = quoted.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    inner.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(below: Below, text: &str, expect: Option<&str>) {
        let it = Replacement {
            old: "arn:aws:s3:::data".to_owned(),
            new: "arn:aws:s3:::new".to_owned(),
            below,
        };
        assert_eq!(it.replaced(text).as_deref(), expect, "{text}");
    }

    #[test]
    fn only_the_thing_itself_and_what_is_in_it_follow() {
        let cases = [
            (
                r#"{ "Resource":  ["arn:aws:s3:::data", "arn:aws:s3:::data/*"] }"#,
                Some(r#"{ "Resource":  ["arn:aws:s3:::new", "arn:aws:s3:::new/*"] }"#),
            ),
            (r#""arn:aws:s3:::database""#, None),
            (r#""arn:aws:s3:::data*""#, None),
            (r#""arn:aws:s3:::data-2/x""#, None),
            (r#""see arn:aws:s3:::data""#, None),
            (r#""arn:aws:s3:::data"#, None),
            ("", None),
        ];
        for (text, expect) in cases {
            check(Below::Path, text, expect);
        }
        check(Below::Nothing, r#""arn:aws:s3:::data/x""#, None);
    }
}
