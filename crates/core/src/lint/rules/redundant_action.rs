//! The rule `redundant-action`.

use std::collections::BTreeMap;

use crate::{
    lint::look::Look,
    lint::look::Named,
    lint::{Found, edit, rule, shape, steps::Steps},
};

rule! {
    /// An action that another entry of the same list has already.
    ///
    /// It changes nothing and hides what is really meant: beside `s3:*`, a careful list of single actions is no limit.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// Instead, keep one of the two: the pattern, or better the names.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
    Suggestion "redundant-action"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        let folded: Vec<(String, &Named<'_>)> = seen
            .actions
            .iter()
            .map(|it| (it.pattern.value.text().to_ascii_lowercase(), it))
            .collect();
        // Only a pattern takes in what is not itself, and only one of the same service, if not all.
        let mut patterns: BTreeMap<&str, Vec<&(String, &Named<'_>)>> = BTreeMap::new();
        for it in folded.iter().filter(|it| it.1.is_pattern()) {
            patterns.entry(service_of(&it.0)).or_default().push(it);
        }
        let mut firsts = BTreeMap::new();
        for (own, named) in &folded {
            let first = *firsts.entry(own).or_insert(*named);
            let twin = Some(first).filter(|it| it.pattern.span != named.pattern.span);
            let wider = || {
                let of_all = patterns.get(ANY).into_iter();
                let lists = of_all.chain(patterns.get(service_of(own)));
                let firsts = lists.filter_map(|it| {
                    let mut patterns = it.iter().take_while(|_| look.steps.take(1));
                    patterns.find(|it| it.0 != *own && covers(&it.0, own, &look.steps))
                });
                firsts.map(|it| it.1).min_by_key(|it| it.pattern.span)
            };
            let Some(cover) = twin.or_else(wider) else {
                continue;
            };
            let text = named.pattern.value.text();
            found.at_both(
                (named.pattern.span, cover.pattern.span),
                "has it already",
                format!("{} is in {} already", named.quoted(), cover.quoted()),
                "remove it, or remove the wider entry where only this is meant",
                edit::take_out(look.text(), named.pattern.span, format!("Remove `{text}`")),
            );
        }
    }
}

/// The service of what is about every service.
const ANY: &str = "*";

/// What stands in front of the colon.
fn service_of(text: &str) -> &str {
    text.split_once(':').map_or(text, |it| it.0)
}

/// Whether the one takes in the other; both in lower case.
pub(super) fn covers(one: &str, other: &str, steps: &Steps) -> bool {
    if one == other || one == "*" || one == "*:*" {
        return true;
    }
    match (one.split_once(':'), other.split_once(':')) {
        (Some((service, name)), Some((of, action))) => {
            service == of && shape::takes_in(name, action, steps)
        }
        _ => false,
    }
}
