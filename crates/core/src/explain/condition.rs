//! One condition in words: what the request has, and what the statement wants of it.
//!
//! Knows nothing of statements or layers. Invariant: the words are those of the operator, so that
//! value, wish and outcome never contradict each other: `0` and «less than `0`», not `0` and `0`.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

#[cfg(test)]
mod tests;

use crate::{
    names::ContextKey,
    policy::{BaseOperator, Operator, SetOperator},
    trace::ConditionOutcome,
};

/// How many values a sentence names.
const MOST: usize = 4;

/// A condition as it was tested.
pub(super) struct Tested<'a> {
    /// As written.
    pub(super) operator: &'a str,
    pub(super) key: &'a ContextKey,
    /// The request's values; `None` where the key is absent.
    pub(super) requested: Option<&'a [String]>,
    /// The policy's values, variables filled in.
    pub(super) wanted: &'a [String],
    pub(super) result: ConditionOutcome,
    /// That nobody has said what the key is about, where that is why it is absent.
    pub(super) unsaid: Option<String>,
}

impl Tested<'_> {
    /// What was found.
    pub(super) fn sentence(&self) -> String {
        let (written, key) = (self.operator, self.key);
        let Some(operator) = Operator::parse(written) else {
            return format!("`{written}` is not an operator that Rolewalk knows");
        };
        let has = self.has(operator.base == BaseOperator::Null);
        match self.result {
            ConditionOutcome::NotEvaluated => {
                format!("`{written}` of `{key}` cannot be judged")
            }
            ConditionOutcome::MetByAbsence if operator.base != BaseOperator::Null => {
                let wanted = alternatives(self.wanted);
                format!("{has}, and `{written}` with {wanted} is met by that")
            }
            ConditionOutcome::WrongShape => {
                let wanted = alternatives(self.wanted);
                format!("{has}, which `{written}` cannot compare with {wanted}")
            }
            ConditionOutcome::MetByDifference if operator.set.is_none() => {
                format!(
                    "{has}, and the statement is about {}",
                    self.all_but(operator)
                )
            }
            _ => format!("{has}, and the statement wants {}", self.wish(operator)),
        }
    }

    /// What the request has.
    fn has(&self, is_about_presence: bool) -> String {
        let key = self.key;
        match self.requested {
            None => {
                let unsaid = self.unsaid.clone();
                unsaid.unwrap_or_else(|| format!("`{key}` is not in the request"))
            }
            Some(_) if is_about_presence => format!("`{key}` is there"),
            Some([]) => format!("`{key}` is empty"),
            Some([only]) => format!("`{key}` is `{only}`"),
            Some(several) => format!("`{key}` has the values {}", joined(several, "and", MOST)),
        }
    }

    /// What the operator wants of the value, or of the values.
    fn wish(&self, operator: Operator) -> String {
        let fits = self.fits(operator.base);
        let wish = match operator.set {
            _ if operator.base == BaseOperator::Null => fits,
            None => fits,
            Some(SetOperator::ForAnyValue) => format!("one of its values to be {fits}"),
            Some(SetOperator::ForAllValues) => format!("each of its values to be {fits}"),
        };
        if operator.if_exists && self.requested.is_some() {
            format!("{wish} where the key is there")
        } else {
            wish
        }
    }

    /// What a value has to be.
    fn fits(&self, base: BaseOperator) -> String {
        use BaseOperator as Base;
        let values = alternatives(self.wanted);
        match base {
            Base::StringEquals | Base::NumericEquals | Base::Bool | Base::BinaryEquals => values,
            Base::StringNotEquals => format!("anything but {values}"),
            Base::StringEqualsIgnoreCase => format!("{values}, letter case aside"),
            Base::StringNotEqualsIgnoreCase => {
                format!("anything but {values}, letter case aside")
            }
            Base::StringLike => format!("something like {values}"),
            Base::StringNotLike => format!("anything but something like {values}"),
            Base::NumericNotEquals => format!("any number but {values}"),
            Base::NumericLessThan => format!("less than {values}"),
            Base::NumericLessThanEquals => format!("at most {values}"),
            Base::NumericGreaterThan => format!("more than {values}"),
            Base::NumericGreaterThanEquals => format!("at least {values}"),
            Base::DateEquals => format!("the time {values}"),
            Base::DateNotEquals => format!("any time but {values}"),
            Base::DateLessThan => format!("a time before {values}"),
            Base::DateLessThanEquals => format!("a time no later than {values}"),
            Base::DateGreaterThan => format!("a time after {values}"),
            Base::DateGreaterThanEquals => format!("a time no earlier than {values}"),
            Base::IpAddress => format!("an address in {values}"),
            Base::NotIpAddress => format!("an address outside {values}"),
            Base::ArnEquals | Base::ArnLike => format!("an ARN like {}", self.arns()),
            Base::ArnNotEquals | Base::ArnNotLike => {
                format!("any ARN but one like {}", self.arns())
            }
            Base::Null => {
                let is = |word: &str| self.wanted.iter().any(|it| it.eq_ignore_ascii_case(word));
                match (is("true"), is("false")) {
                    (true, false) => "it not to be there",
                    (false, true) => "it to be there",
                    _ => "it to be there or not",
                }
                .to_owned()
            }
        }
    }

    /// The policy's ARNs. Each part of an ARN is compared by itself, so what has fewer takes in none.
    fn arns(&self) -> String {
        let is_star = |it: &str| it.bytes().all(|it| it == b'*');
        let is_short = |it: &&String| it.matches(':').count() < 5 && !is_star(it);
        let values = alternatives(self.wanted);
        let short: Vec<String> = self.wanted.iter().filter(is_short).cloned().collect();
        let such = "no ARN of six parts, and takes in none";
        match short.as_slice() {
            [] => values,
            [_] if self.wanted.len() == 1 => format!("{values}, which is {such}"),
            [only] => format!("{values}; `{only}` is {such}"),
            several => format!(
                "{values}; each of {} is {such}",
                joined(several, "and", MOST)
            ),
        }
    }

    /// What a negated operator leaves, where it is met.
    fn all_but(&self, operator: Operator) -> String {
        let fits = self.wish(operator);
        fits.strip_prefix("anything but ")
            .map(|it| format!("all but {it}"))
            .unwrap_or(fits)
    }
}

fn alternatives(values: &[String]) -> String {
    joined(values, "or", MOST)
}

/// `` `a`, `b` or `c` ``; of more than `most` the first and how many more.
pub(super) fn joined(values: &[String], last: &str, most: usize) -> String {
    let mut shown: Vec<String> = values
        .iter()
        .take(most)
        .map(|it| format!("`{it}`"))
        .collect();
    let rest = values.len().saturating_sub(most);
    if rest > 0 {
        shown.push(format!("{rest} more"));
    }
    enumerated(&shown, last)
}

/// `a, b or c`, as the parts are written.
pub(super) fn enumerated(parts: &[String], last: &str) -> String {
    match parts.split_last() {
        Some((end, front)) if !front.is_empty() => format!("{} {last} {end}", front.join(", ")),
        _ => parts.concat(),
    }
}
