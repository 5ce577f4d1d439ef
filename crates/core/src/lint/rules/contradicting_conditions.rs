//! The rule `contradicting-conditions`.

use std::collections::BTreeSet;

use crate::{
    lint::look::{Look, asks_for_presence},
    lint::{Found, rule},
    policy::spelling::quoted,
    policy::{BaseOperator, Condition, Operator, literal},
};

rule! {
    /// Conditions of one statement that cannot be met together.
    ///
    /// All conditions of a statement must be met, so a key that must be absent and have a value, must be equal and
    /// unequal to the same text, or lie above its own upper bound, keeps the statement from ever applying.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "DateGreaterThan": { "aws:CurrentTime": "2027-01-01T00:00:00Z" },
    ///                  "DateLessThan": { "aws:CurrentTime": "2026-01-01T00:00:00Z" } } }
    /// ```
    ///
    /// Instead, correct one of them, or write two statements where either should do.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "DateGreaterThan": { "aws:CurrentTime": "2026-01-01T00:00:00Z" },
    ///                  "DateLessThan": { "aws:CurrentTime": "2027-01-01T00:00:00Z" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html>
    Warning "contradicting-conditions"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        for (idx, one) in seen.conditions().iter().enumerate() {
            let others = seen.conditions().iter().skip(idx + 1);
            for other in others.take_while(|_| look.steps.take(1)) {
                if one.key.value == other.key.value
                    && look.steps.take(one.values.len() + other.values.len())
                    && (exclude(one, other) || exclude(other, one))
                {
                    found.at_both(
                        (other.span, one.span),
                        "and this",
                        format!(
                            "this statement never applies: {} cannot meet both conditions",
                            quoted(one.key.value.as_str())
                        ),
                        "correct one of the two, or write a statement for each",
                        None,
                    );
                }
            }
        }
    }
}

fn exclude(one: &Condition, other: &Condition) -> bool {
    let (Some(first), Some(second)) = (one.parsed, other.parsed) else {
        return false;
    };
    let is_plain = |it: Operator| it.set.is_none() && !it.if_exists;
    let texts = |it: &Condition| -> Vec<String> {
        it.values
            .iter()
            .map(|it| it.value.text().to_owned())
            .collect()
    };
    let must_be_absent = first.base == BaseOperator::Null
        && texts(one)
            .iter()
            .all(|it| literal::boolean(it) == Some(true));
    if must_be_absent {
        let needs_value =
            second.base != BaseOperator::Null && is_plain(second) && !second.base.is_negated();
        return needs_value || (second.base == BaseOperator::Null && asks_for_presence(other));
    }
    if !is_plain(first) || !is_plain(second) {
        return false;
    }
    if (first.base, second.base) == (BaseOperator::StringEquals, BaseOperator::StringNotEquals) {
        let refused: BTreeSet<String> = texts(other).into_iter().collect();
        return texts(one).iter().all(|it| refused.contains(it));
    }
    let bounds = |values: &[String], read: fn(&str) -> Option<f64>| -> Option<(f64, f64)> {
        let read: Vec<f64> = values.iter().map(|it| read(it)).collect::<Option<_>>()?;
        Some((
            read.iter().copied().fold(f64::INFINITY, f64::min),
            read.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        ))
    };
    let read = if first.base.name().starts_with("Date") {
        date
    } else {
        literal::number
    };
    let lower = matches!(
        first.base.name(),
        "NumericGreaterThan"
            | "NumericGreaterThanEquals"
            | "DateGreaterThan"
            | "DateGreaterThanEquals"
    );
    let upper = matches!(
        second.base.name(),
        "NumericLessThan" | "NumericLessThanEquals" | "DateLessThan" | "DateLessThanEquals"
    );
    let is_one_kind = first.base.name().get(..4) == second.base.name().get(..4);
    let is_strict =
        !(first.base.name().ends_with("ThanEquals") && second.base.name().ends_with("ThanEquals"));
    if !lower || !upper || !is_one_kind {
        return false;
    }
    // Any of the values will do: the least of the lower bounds, the greatest of the upper.
    let (Some((least, _)), Some((_, greatest))) =
        (bounds(&texts(one), read), bounds(&texts(other), read))
    else {
        return false;
    };
    least > greatest || (is_strict && least >= greatest)
}

fn date(text: &str) -> Option<f64> {
    let instant = literal::date(text)?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "seconds of any date that people write are exact"
    )]
    Some(instant.unix_seconds() as f64)
}
