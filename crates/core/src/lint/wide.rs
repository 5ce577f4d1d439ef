//! Whether a statement is about all there is: of everything, or of a type of resources.
//!
//! Knows no rule. Invariant: a resource that somebody has named is never taken for all of them.

use crate::{
    catalogue::{Action, ResourceType, Service},
    lint::{look::Seen, shape, steps::Steps},
    pattern::ArnPattern,
    syntax::Spanned,
};

impl<'a> Seen<'a> {
    /// Whether it is about every resource there is.
    pub(super) fn is_about_everything(&self) -> bool {
        let element = self.statement.resource.as_ref();
        element.is_some_and(|it| !it.negated && it.patterns.iter().any(|it| it.value.is_any()))
    }

    /// The entry of `Resource` that is `*`, or as good as: a pattern of `service` that stands for all of one type.
    pub(super) fn wide_resource(
        &self,
        service: &str,
        kind: &str,
    ) -> Option<&'a Spanned<ArnPattern>> {
        let element = self.statement.resource.as_ref()?;
        let mut wide = element.patterns.iter().filter(|it| {
            let mut parts = it.value.text().splitn(6, ':').skip(2);
            let is_of_service = parts.next().is_some_and(|it| it == service || it == "*");
            let name = parts.nth(2).unwrap_or("");
            it.value.is_any()
                || (is_of_service
                    && (name == "*" || name.strip_prefix(kind).is_some_and(|it| it == "*")))
        });
        let found = wide.next();
        if element.negated {
            // All but what is listed, unless that is all of them.
            let first = element.patterns.first();
            return first.filter(|_| found.is_none());
        }
        found
    }

    /// The type of which the statement takes in every resource: one that every request for the action names or, where
    /// there is none, any that the action takes. The region and the account may be named: what is in them is all that
    /// somebody has.
    pub(super) fn all_of_a_type(
        &self,
        service: &'a Service,
        action: &Action,
        steps: &Steps,
    ) -> Option<&'a ResourceType> {
        let element = self.statement.resource.as_ref().filter(|it| !it.negated)?;
        let is_required = action.resources.iter().any(|it| it.is_required);
        let types = action.resources.iter();
        let types = types.filter(|it| it.is_required || !is_required);
        let mut types = types.filter_map(|it| service.resource_types.get(it.resource_type));
        types.find(|it| {
            let mut patterns = element.patterns.iter();
            patterns.any(|pattern| takes_in_all(pattern.value.text(), it, steps))
        })
    }
}

/// Whether the pattern takes in every resource of the type, in the region and account that it names.
fn takes_in_all(pattern: &str, of: &ResourceType, steps: &Steps) -> bool {
    // Most patterns name something.
    if !pattern.ends_with('*') || !steps.take(1) {
        return false;
    }
    let (Some(own), Some(known)) = (shape::split(pattern), shape::split(&of.arn)) else {
        return false;
    };
    // ARNs of AWS's own things.
    let is_foreign = own[4] == "aws";
    let name = with_stars(known[5]);
    !is_foreign && (own[2] == known[2] || own[2] == "*") && shape::takes_in(own[5], &name, steps)
}

/// The part of an ARN of the catalogue, with a star for each placeholder.
fn with_stars(text: &str) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        filled.push_str(before);
        filled.push('*');
        rest = after.split_once('}').map_or("", |it| it.1);
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_takes_in_a_type_where_it_names_none_of_it() {
        let arn = |text: &str| ResourceType {
            name: "it".to_owned(),
            arn: text.to_owned(),
            keys: Vec::new(),
        };
        let object = arn("arn:${Partition}:s3:::${BucketName}/${ObjectName}");
        let bucket = arn("arn:${Partition}:s3:::${BucketName}");
        let role = arn("arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}");
        for (pattern, of, expect) in [
            ("arn:aws:s3:::*", &object, true),
            ("arn:aws:s3:::*/*", &object, true),
            ("arn:aws:s3:::*/*", &bucket, false),
            ("arn:aws:s3:::*", &bucket, true),
            ("arn:aws:s3:::data-*", &bucket, false),
            ("arn:aws:s3:::data/*", &object, false),
            ("arn:aws:iam::111122223333:role/*", &role, true),
            ("arn:aws:iam::*:*", &role, true),
            ("arn:aws:iam::*:role/team/*", &role, false),
            ("arn:aws:iam::aws:role/*", &role, false),
            ("arn:aws:ec2:*:*:*", &role, false),
            ("*", &role, false),
        ] {
            assert_eq!(
                takes_in_all(pattern, of, &Steps::new()),
                expect,
                "{pattern}"
            );
        }
    }
}
