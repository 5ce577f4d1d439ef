//! The rule `bucket-for-object-action`.

use crate::{
    catalogue::{Action, Service},
    lint::look::{Look, Named, Seen},
    lint::{Found, edit, rule},
    policy::spelling::quoted,
    syntax::Spanned,
};

rule! {
    /// A bucket in the place of its objects.
    ///
    /// `s3:GetObject`, `s3:PutObject` and their like are about objects, `arn:aws:s3:::bucket/key`. The ARN of the
    /// bucket alone takes in no object, so the statement never applies to them.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data" }
    /// ```
    ///
    /// Instead, write `/*` behind the bucket for all its objects, or `/` and the beginning of their keys.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html>
    Warning "bucket-for-object-action"
}

/// The bucket that stands where objects should, for an action about objects.
pub(super) fn place<'a>(seen: &Seen<'a>, named: &Named<'a>) -> Option<Spanned<&'a str>> {
    let service = named.service.filter(|it| it.prefix == "s3")?;
    let resource = seen.statement.resource.as_ref().filter(|it| !it.negated)?;
    if seen.is_about_everything() || seen.statement.action.negated {
        return None;
    }
    let is_about_objects = named.actions.iter().any(|it| takes(service, it, "object"));
    let fits = named
        .actions
        .iter()
        .any(|it| seen.has_resource_for(service, it));
    if !is_about_objects || fits {
        return None;
    }
    let texts = resource
        .patterns
        .iter()
        .map(|it| Spanned::new(it.span, it.value.text()));
    texts.into_iter().find(|it| is_bucket(it.value))
}

/// Whether the text is the ARN of a bucket, without a key behind it.
pub(super) fn is_bucket(text: &str) -> bool {
    let mut parts = text.splitn(6, ':').skip(2);
    parts.next() == Some("s3") && parts.nth(2).is_some_and(|it| !it.contains('/'))
}

pub(super) fn takes(service: &Service, action: &Action, name: &str) -> bool {
    service.resources_of(action).any(|it| it.0.name == name)
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        let Some((named, bucket)) = seen
            .actions
            .iter()
            .find_map(|it| Some((it, place(seen, it)?)))
        else {
            continue;
        };
        let is_all_objects = seen.actions.iter().all(|it| {
            let Some(service) = it.service else {
                return false;
            };
            it.actions.iter().all(|it| !takes(service, it, "bucket"))
        });
        let objects = format!("{}/*", bucket.value);
        let fix = if is_all_objects {
            Some(edit::rewrite(
                format!("Write `{objects}`"),
                bucket.span,
                &objects,
            ))
        } else {
            edit::put_behind(
                look.text(),
                bucket.span,
                &objects,
                format!("Add `{objects}`"),
            )
        };
        found.at_both(
            (bucket.span, named.pattern.span),
            "about objects",
            format!(
                "{} is a bucket, and {} is about the objects in it",
                quoted(bucket.value),
                named.quoted()
            ),
            format!("write `{objects}` for all its objects"),
            fix,
        );
    }
}
