//! The rule `object-for-bucket-action`.

use crate::{
    lint::look::{Look, Named, Seen},
    lint::{Found, edit, rule},
    policy::spelling::quoted,
    syntax::Spanned,
};

rule! {
    /// Objects in the place of their bucket.
    ///
    /// `s3:ListBucket`, `s3:GetBucketLocation` and their like are about the bucket. `arn:aws:s3:::bucket/*` takes in
    /// its objects and not the bucket, so the statement never applies. To let somebody list only a part of a bucket,
    /// put a condition on `s3:prefix`.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// Instead, name the bucket.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::data" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html>
    Warning "object-for-bucket-action"
}

use crate::lint::rules::bucket_for_object_action::takes;

/// The objects that stand where their bucket should, for an action about buckets.
pub(super) fn place<'a>(seen: &Seen<'a>, named: &Named<'a>) -> Option<Spanned<&'a str>> {
    let service = named.service.filter(|it| it.prefix == "s3")?;
    let resource = seen.statement.resource.as_ref().filter(|it| !it.negated)?;
    if seen.is_about_everything() || seen.statement.action.negated {
        return None;
    }
    let is_about_buckets = named.actions.iter().any(|it| takes(service, it, "bucket"));
    let fits = named
        .actions
        .iter()
        .any(|it| seen.has_resource_for(service, it));
    if !is_about_buckets || fits {
        return None;
    }
    let texts = resource
        .patterns
        .iter()
        .map(|it| Spanned::new(it.span, it.value.text()));
    texts.into_iter().find(|it| bucket_of(it.value).is_some())
}

/// The ARN of the bucket that the objects are in.
fn bucket_of(text: &str) -> Option<&str> {
    let mut parts = text.splitn(6, ':').skip(2);
    let is_s3 = parts.next() == Some("s3") && parts.next() == Some("") && parts.next() == Some("");
    let name = parts.next().filter(|_| is_s3)?;
    let bucket = name
        .split('/')
        .next()
        .filter(|it| it.len() < name.len() && !it.is_empty())?;
    text.get(..text.len() - name.len() + bucket.len())
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        let Some((named, objects)) = seen
            .actions
            .iter()
            .find_map(|it| Some((it, place(seen, it)?)))
        else {
            continue;
        };
        let Some(bucket) = bucket_of(objects.value) else {
            continue;
        };
        let is_all_buckets = seen.actions.iter().all(|it| {
            let Some(service) = it.service else {
                return false;
            };
            it.actions.iter().all(|it| !takes(service, it, "object"))
        });
        let fix = if is_all_buckets {
            Some(edit::rewrite(
                format!("Write `{bucket}`"),
                objects.span,
                bucket,
            ))
        } else {
            edit::put_behind(look.text(), objects.span, bucket, format!("Add `{bucket}`"))
        };
        found.at_both(
            (objects.span, named.pattern.span),
            "about the bucket",
            format!(
                "{} are objects, and {} is about their bucket",
                quoted(objects.value),
                named.quoted()
            ),
            format!(
                "write `{bucket}`; to limit a listing to some keys, put a condition on `s3:prefix`"
            ),
            fix,
        );
    }
}
