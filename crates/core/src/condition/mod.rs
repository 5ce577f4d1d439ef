//! Whether a condition holds for a request.
//!
//! Knows the context only, not who asks for what. One file for each family of operators, one table
//! (`comparison`) of which operator compares how. Invariant: what an absent key or a multi-valued
//! key means is decided here, in [`test()`], the same for every family.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>

mod arn;
mod binary;
mod bool;
mod date;
mod ip;
mod null;
mod numeric;
mod string;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use crate::{
    names::ContextKey,
    pattern::{ArnPattern, Filled, Template, Variables},
    policy::{BaseOperator, Condition, ConditionValue, Operator, SetOperator},
    request::{Context, ContextValue},
    syntax::Span,
    trace::{Choice, ConditionOutcome, ElementOutcome, ElementTrace, UnresolvedVariable},
};

/// A policy variable stands for the value of a single-valued key.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
impl Variables for Context {
    fn value(&self, key: &ContextKey) -> Option<&str> {
        match self.get(key)? {
            ContextValue::Single(value) => Some(value),
            ContextValue::Multi(_) => None,
        }
    }
}

/// What comparing one value of the request with one value of the policy gives. For a negated
/// operator this is the answer of its positive twin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Holds,
    Fails,
    /// The request's value is not of the operator's type.
    WrongShape,
}

impl Comparison {
    const fn of(holds: bool) -> Self {
        if holds { Self::Holds } else { Self::Fails }
    }
}

/// Compares a value of the request with a value of the policy.
type Compare = fn(&str, &ConditionValue, &dyn Variables) -> Comparison;

/// The table of operators. `Null` compares nothing and is not in it.
fn comparison(base: BaseOperator) -> Option<Compare> {
    use BaseOperator as Base;
    Some(match base {
        Base::StringEquals | Base::StringNotEquals => string::equals,
        Base::StringEqualsIgnoreCase | Base::StringNotEqualsIgnoreCase => {
            string::equals_ignore_case
        }
        Base::StringLike | Base::StringNotLike => string::like,
        Base::NumericEquals | Base::NumericNotEquals => {
            |a, b, _| numeric::compare(a, b, Ordering::is_eq)
        }
        Base::NumericLessThan => |a, b, _| numeric::compare(a, b, Ordering::is_lt),
        Base::NumericLessThanEquals => |a, b, _| numeric::compare(a, b, Ordering::is_le),
        Base::NumericGreaterThan => |a, b, _| numeric::compare(a, b, Ordering::is_gt),
        Base::NumericGreaterThanEquals => |a, b, _| numeric::compare(a, b, Ordering::is_ge),
        Base::DateEquals | Base::DateNotEquals => |a, b, _| date::compare(a, b, Ordering::is_eq),
        Base::DateLessThan => |a, b, _| date::compare(a, b, Ordering::is_lt),
        Base::DateLessThanEquals => |a, b, _| date::compare(a, b, Ordering::is_le),
        Base::DateGreaterThan => |a, b, _| date::compare(a, b, Ordering::is_gt),
        Base::DateGreaterThanEquals => |a, b, _| date::compare(a, b, Ordering::is_ge),
        Base::Bool => bool::equals,
        Base::BinaryEquals => binary::equals,
        Base::IpAddress | Base::NotIpAddress => ip::contains,
        // `ArnEquals` and `ArnLike` behave alike: both take wildcards.
        Base::ArnEquals | Base::ArnLike | Base::ArnNotEquals | Base::ArnNotLike => arn::like,
        Base::Null => return None,
    })
}

/// Tests one condition.
pub fn test(condition: &Condition, context: &Context) -> ElementTrace {
    let requested = context.get(&condition.key.value);
    ElementTrace::Condition {
        span: condition.span,
        operator: condition.operator.value.clone(),
        key: condition.key.value.clone(),
        requested: requested.map(|it| it.values().to_vec()),
        wanted: condition
            .values
            .iter()
            .map(|it| shown(it.value.template(), context))
            .collect(),
        unresolved: condition
            .values
            .iter()
            .filter_map(|it| {
                let variable = it.value.template().missing(context)?;
                Some(UnresolvedVariable::new(it.span, variable))
            })
            .collect(),
        result: result(condition, requested, context),
    }
}

/// Whether the condition is met, without a trace of it.
pub fn holds(condition: &Condition, context: &Context) -> bool {
    let requested = context.get(&condition.key.value);
    result(condition, requested, context).outcome() == ElementOutcome::Matched
}

/// The choice that this outcome rests on, where AWS's pages leave one.
pub fn choice(
    condition: &Condition,
    result: ConditionOutcome,
    context: &Context,
) -> Option<Choice> {
    let operator = condition.parsed?;
    let requested = context.get(&condition.key.value);
    let lacks_value = || {
        let has_variable = operator.base.takes_variables();
        let variable = || {
            condition
                .values
                .iter()
                .any(|it| it.value.template().missing(context).is_some())
        };
        has_variable && variable() || is_unreadable(condition, operator, requested, context)
    };
    match (result, requested) {
        (ConditionOutcome::WrongShape, Some(ContextValue::Multi(_))) if operator.set.is_none() => {
            Some(Choice::PlainOperatorOnMultiValuedKey)
        }
        (ConditionOutcome::MetByAbsence, None)
            if operator.set == Some(SetOperator::ForAnyValue) =>
        {
            Some(Choice::ForAnyValueIfExistsOnAbsentKey)
        }
        (ConditionOutcome::MetByDifference, Some(_)) if lacks_value() => {
            Some(Choice::NegatedOperatorWithoutValue)
        }
        (ConditionOutcome::MetByDifference | ConditionOutcome::NoValueMatched, Some(requested))
            if is_short_arn(condition, requested, context) =>
        {
            Some(Choice::ShortArn)
        }
        _ => None,
    }
}

/// Whether a pattern that begins anywhere and has fewer than six parts, so that it takes in no ARN, would take in the
/// request's if it were text.
fn is_short_arn(condition: &Condition, requested: &ContextValue, context: &Context) -> bool {
    let short = condition.values.iter().map(|it| &it.value);
    let mut short =
        short.filter(|it| it.text().starts_with('*') && it.arn().is_some_and(ArnPattern::is_short));
    short.any(|wanted| {
        let is_like = |it: &String| string::like(it, wanted, context) == Comparison::Holds;
        requested.values().iter().any(is_like)
    })
}

/// Whether a value of the request is not of the operator's type.
fn is_unreadable(
    condition: &Condition,
    operator: Operator,
    requested: Option<&ContextValue>,
    context: &Context,
) -> bool {
    let Some((compare, requested)) = comparison(operator.base).zip(requested) else {
        return false;
    };
    let Some(wanted) = condition.values.first() else {
        return false;
    };
    let is_wrong = |it: &String| compare(it, &wanted.value, context) == Comparison::WrongShape;
    requested.values().iter().any(is_wrong)
}

/// A value of the policy with its variables filled in; as written where one has no value.
fn shown(template: &Template, variables: &dyn Variables) -> String {
    match template.fill(variables) {
        Filled::Resolved(resolved) => resolved.text().to_owned(),
        Filled::Missing(_) => template.text().to_owned(),
    }
}

fn result(
    condition: &Condition,
    requested: Option<&ContextValue>,
    context: &Context,
) -> ConditionOutcome {
    let Some(operator) = condition.parsed else {
        return ConditionOutcome::NotEvaluated;
    };
    let Some(compare) = comparison(operator.base) else {
        return null::test(&condition.values, requested.is_some());
    };
    let Some(requested) = requested else {
        return if met_by_absence(operator) {
            ConditionOutcome::MetByAbsence
        } else {
            ConditionOutcome::KeyAbsent
        };
    };
    let find = |value: &String| find(condition, value, compare, context);
    let is_negated = operator.base.is_negated();
    let values = requested.values();
    match (operator.set, requested) {
        // A multi-valued key needs a set operator.
        (None, ContextValue::Multi(_)) => ConditionOutcome::WrongShape,
        (None, ContextValue::Single(value)) => find(value).outcome(is_negated),
        (Some(SetOperator::ForAllValues), _) => {
            let each = values.iter().map(|it| find(it).outcome(is_negated));
            // No value at all is met by absence; else the first that does not fit decides.
            each.reduce(|first, next| {
                if is_met(first) {
                    keep_first(first, next)
                } else {
                    first
                }
            })
            .unwrap_or(ConditionOutcome::MetByAbsence)
        }
        (Some(SetOperator::ForAnyValue), _) => {
            let each = values.iter().map(|it| find(it).outcome(is_negated));
            each.reduce(|first, next| {
                if is_met(first) || !is_met(next) {
                    first
                } else {
                    next
                }
            })
            .unwrap_or(ConditionOutcome::NoValueMatched)
        }
    }
}

/// What each form of operator makes of a key that is not in the request.
const fn met_by_absence(operator: Operator) -> bool {
    match operator.set {
        Some(SetOperator::ForAllValues) => true,
        // There is no value that could fit, also where it should differ.
        Some(SetOperator::ForAnyValue) => operator.if_exists,
        None => operator.if_exists || operator.base.is_negated(),
    }
}

const fn is_met(outcome: ConditionOutcome) -> bool {
    matches!(
        outcome,
        ConditionOutcome::Met { .. } | ConditionOutcome::MetByDifference
    )
}

const fn keep_first(first: ConditionOutcome, next: ConditionOutcome) -> ConditionOutcome {
    if is_met(next) { first } else { next }
}

/// What a value of the request found among the values of the policy.
enum Found {
    Value(Span),
    Nothing,
    WrongShape,
}

impl Found {
    /// A negated operator is met where nothing is found, also where the value could not be read.
    const fn outcome(self, is_negated: bool) -> ConditionOutcome {
        match (self, is_negated) {
            (Self::Value(by), false) => ConditionOutcome::Met { by },
            (Self::Value(by), true) => ConditionOutcome::ValueMatched { by },
            (Self::Nothing | Self::WrongShape, true) => ConditionOutcome::MetByDifference,
            (Self::Nothing, false) => ConditionOutcome::NoValueMatched,
            (Self::WrongShape, false) => ConditionOutcome::WrongShape,
        }
    }
}

fn find(condition: &Condition, value: &str, compare: Compare, context: &Context) -> Found {
    let mut found = Found::Nothing;
    for wanted in &condition.values {
        match compare(value, &wanted.value, context) {
            Comparison::Holds => return Found::Value(wanted.span),
            Comparison::WrongShape => found = Found::WrongShape,
            Comparison::Fails => {}
        }
    }
    found
}
