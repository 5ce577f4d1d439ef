//! The rule `redundant-resource`.

use std::collections::BTreeMap;

use crate::{
    lint::look::{Look, has_wildcard},
    lint::{Found, edit, rule},
    pattern::ArnPattern,
    policy::spelling::quoted,
    syntax::Spanned,
};

rule! {
    /// A resource that another entry of the same list has already.
    ///
    /// It changes nothing. Beside `*` or a wider pattern a careful ARN is no limit.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::data/*", "arn:aws:s3:::data/ana/*"] }
    /// ```
    ///
    /// Instead, keep the one that is meant.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/ana/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
    Suggestion "redundant-resource"
}

use crate::lint::shape::Shape;

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        let resources = seen.resources();
        // Only a pattern takes in what is not itself, and most entries are none.
        let is_pattern = |it: &&Spanned<ArnPattern>| has_wildcard(it.value.text());
        let patterns: Vec<&Spanned<ArnPattern>> = resources.iter().filter(is_pattern).collect();
        let mut firsts = BTreeMap::new();
        for resource in resources {
            let own = resource.value.text();
            let first = *firsts.entry(own).or_insert(resource);
            let twin = Some(first).filter(|it| it.span != resource.span);
            let wider = || {
                let patterns = patterns.iter().copied();
                let mut patterns = patterns.take_while(|_| look.steps.take(1));
                patterns.find(|it| {
                    let wide = it.value.text();
                    wide != own && Shape::takes_in(wide, own, &look.steps)
                })
            };
            let Some(cover) = twin.or_else(wider) else {
                continue;
            };
            found.at_both(
                (resource.span, cover.span),
                "has it already",
                format!(
                    "{} is in {} already",
                    quoted(own),
                    quoted(cover.value.text())
                ),
                "remove it, or remove the wider entry where only this is meant",
                edit::take_out(look.text(), resource.span, format!("Remove `{own}`")),
            );
        }
    }
}
