//! Values of condition keys: what the request has now, and what the world or AWS's pages give.

use crate::{
    catalogue::KeyType,
    ide::{
        CompletionKind,
        complete::{Ask, Offer, Offers, condition, source},
    },
    names::ContextKey,
    policy::{BaseOperator, Operator},
};

pub(super) fn offer(
    ask: &Ask<'_>,
    operator: &str,
    key: &str,
    beside: &[String],
    offers: &mut Offers,
) {
    let operator = Operator::parse(operator);
    let base = operator.map(|it| it.base);
    let is_new = |it: &str| !beside.iter().any(|there| there == it);
    if matches!(base, Some(BaseOperator::Null)) {
        let says = [
            ("true", "the key is absent"),
            ("false", "the key is present"),
        ];
        for (text, what) in says {
            offers.add(0, Offer::text(CompletionKind::Value, text, what));
        }
        return;
    }
    let of = condition::value_type(ask, key);
    if base == Some(BaseOperator::Bool) || matches!(of, Some(KeyType::Bool | KeyType::ArrayOfBool))
    {
        for text in ["true", "false"] {
            offers.add(0, Offer::text(CompletionKind::Value, text, ""));
        }
        return;
    }
    let now = ask
        .about
        .request
        .and_then(|it| it.context.get(&ContextKey::new(key)));
    for text in now
        .iter()
        .flat_map(|it| it.values())
        .filter(|it| is_new(it))
    {
        let offer = Offer::text(
            CompletionKind::Value,
            text.as_str(),
            "what the request has now",
        );
        offers.add(1, offer);
    }
    for (text, what) in source::of_key(ask, key, of) {
        if is_new(&text) {
            offers.add(0, Offer::text(CompletionKind::Value, text, what));
        }
    }
    let takes_variables = base.is_some_and(BaseOperator::takes_variables) && ask.has_variables();
    if takes_variables && !matches!(of, Some(KeyType::Arn | KeyType::ArrayOfArn)) {
        let variables = variables(key);
        for text in variables.iter().filter(|it| is_new(it)) {
            let offer = Offer::text(CompletionKind::Variable, text.as_str(), "policy variable");
            offers.add(2, offer);
        }
    }
}

/// Variables that one would compare a key with.
fn variables(key: &str) -> Vec<String> {
    match source::tag_of(key) {
        Some(tag) if !key.to_ascii_lowercase().starts_with("aws:principaltag/") => {
            vec![
                format!("${{aws:PrincipalTag/{tag}}}"),
                "${aws:username}".to_owned(),
            ]
        }
        None if key.ends_with("Account") => vec!["${aws:PrincipalAccount}".to_owned()],
        None if key.ends_with("OrgID") => vec!["${aws:PrincipalOrgID}".to_owned()],
        None if matches!(
            key,
            "s3:prefix" | "sts:RoleSessionName" | "sts:SourceIdentity"
        ) =>
        {
            let is_prefix = key == "s3:prefix";
            vec![format!(
                "${{aws:username}}{}",
                if is_prefix { "/*" } else { "" }
            )]
        }
        _ => Vec::new(),
    }
}
