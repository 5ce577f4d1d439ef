//! `Condition`: operators, keys and values, flattened into a list.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>

use litemap::LiteMap;

use crate::{
    diagnostic::{Diagnostic, Severity},
    names::ContextKey,
    pattern::Template,
    policy::{
        BaseOperator, Condition, ConditionValue, LanguageVersion, Operator, literal,
        operator::BASE_OPERATORS,
        parse::{
            element::{Findings, duplicate, spelt},
            resource::template,
            spelling::{nearest, quoted},
            text::too_long,
        },
    },
    syntax::{
        Span, Spanned,
        json::{Member, Node, Value},
    },
};

pub(super) fn read(
    member: &Member,
    version: LanguageVersion,
    findings: &mut Findings,
) -> Vec<Condition> {
    let mut conditions = Vec::new();
    let mut operators = LiteMap::new_vec();
    for operator in object(&member.value, "`Condition`", findings) {
        let name = &operator.key.value;
        // Operators and keys are compared without case, so two spellings are one.
        if let Some(first) = operators.insert(name.to_ascii_lowercase(), operator.key.span) {
            findings.push(duplicate(name, operator.key.span, first));
        }
        let parsed = Operator::parse(name);
        let keys = object(&operator.value, "a condition operator", findings);
        if parsed.is_none() && !findings.is_full() {
            unknown_operator(operator, keys.is_empty(), findings);
        }
        let mut seen = LiteMap::new_vec();
        for key in keys {
            let context_key = ContextKey::new(key.key.value.as_str());
            if let Some(first) = seen.insert(context_key.clone(), key.key.span) {
                findings.push(duplicate(&key.key.value, key.key.span, first));
            }
            conditions.push(Condition {
                span: key.span,
                operator: Spanned::new(operator.key.span, name.clone()),
                parsed,
                key: Spanned::new(key.key.span, context_key),
                values: values(&key.value, parsed, version, findings),
            });
        }
    }
    conditions
}

fn object<'a>(node: &'a Node, what: &str, findings: &mut Findings) -> &'a [Member] {
    if let Value::Object(members) = &node.value {
        return members;
    }
    findings.push(Diagnostic::error(
        "wrong-type",
        node.span,
        format!("{what} is an object, this is {}", node.value.sort()),
        "write `\"Condition\": { \"StringEquals\": { \"aws:SourceAccount\": \"123456789012\" } }`",
    ));
    &[]
}

/// The statement is kept, so that evaluation can say that it could not judge it.
fn unknown_operator(operator: &Member, is_empty: bool, findings: &mut Findings) {
    let name = &operator.key.value;
    let base = name.rsplit(':').next().unwrap_or(name);
    let base = base.strip_suffix("IfExists").unwrap_or(base);
    let span = operator.key.span;
    let guess = nearest(base, BASE_OPERATORS.iter().map(|it| it.1));
    let guess = guess
        .map(|it| name.replacen(base, it, 1))
        .filter(|it| Operator::parse(it).is_some());
    let fix = guess.as_ref().map(|it| Box::new(spelt(span, it)));
    let help = if base.eq_ignore_ascii_case("Null") {
        "write `Null`: it asks whether the key exists, so `IfExists` says nothing more".to_owned()
    } else {
        match &guess {
            Some(guess) => format!("did you mean `{guess}`?"),
            None => {
                "write an operator such as `StringEquals`, `ArnLike`, `Bool` or `Null`".to_owned()
            }
        }
    };
    let message = format!("{} is not a condition operator", quoted(name));
    let mut diagnostic = Diagnostic::error("unknown-operator", span, message, help);
    diagnostic.fix = fix;
    if is_empty {
        // IAM does not look at an operator without keys.
        diagnostic.severity = Severity::Warning;
        findings.push(diagnostic);
    } else {
        findings.push_tolerated(diagnostic);
    }
}

fn values(
    node: &Node,
    operator: Option<Operator>,
    version: LanguageVersion,
    findings: &mut Findings,
) -> Vec<Spanned<ConditionValue>> {
    let nodes = match &node.value {
        Value::Array(nodes) => nodes.as_slice(),
        _ => std::slice::from_ref(node),
    };
    if nodes.is_empty() && !findings.has_syntax_error(node.span) {
        findings.push(Diagnostic::error(
            "empty-list",
            node.span,
            "the condition key has no value",
            "put at least one value into the list",
        ));
    }
    let mut values = Vec::new();
    for item in nodes {
        let text = match &item.value {
            Value::String(text) | Value::Number(text) => text.as_str(),
            Value::Bool(true) => "true",
            Value::Bool(false) => "false",
            other => {
                findings.push(Diagnostic::error(
                    "wrong-type",
                    item.span,
                    format!("a condition value is a string, number or boolean, this is {}", other.sort()),
                    "write the value as a string; to ask whether a key exists, use the operator `Null`",
                ));
                continue;
            }
        };
        if let Some(diagnostic) = too_long(text, item.span) {
            findings.push(diagnostic);
            continue;
        }
        let base = operator.map(|it| it.base);
        if let Some(diagnostic) = base.and_then(|it| check(it, text, item.span)) {
            findings.push(diagnostic);
        }
        let template = if base.is_some_and(BaseOperator::takes_variables) {
            template(text, item.span, version, findings)
        } else {
            Template::literal(text)
        };
        values.push(Spanned::new(item.span, ConditionValue::new(template, base)));
    }
    values
}

/// Whether the value has the form that the operator compares. IAM refuses numbers and dates that it
/// cannot read, and saves other values that can never match.
fn check(base: BaseOperator, text: &str, span: Span) -> Option<Diagnostic> {
    use BaseOperator as Base;
    let name = base.name();
    let error = |what: &str, help: &str| {
        let message = format!("{} is not {what}, as `{name}` needs", quoted(text));
        Some(Diagnostic::error(
            "invalid-condition-value",
            span,
            message,
            help,
        ))
    };
    let warning = |what: &str, help: &str| {
        let message = format!(
            "{} is not {what}, so `{name}` never matches it",
            quoted(text)
        );
        Some(Diagnostic::warning(
            "value-matches-nothing",
            span,
            message,
            help,
        ))
    };
    match base {
        Base::NumericEquals
        | Base::NumericNotEquals
        | Base::NumericLessThan
        | Base::NumericLessThanEquals
        | Base::NumericGreaterThan
        | Base::NumericGreaterThanEquals
            if literal::number(text).is_none() =>
        {
            error("a number", "write an integer or a decimal number")
        }
        Base::DateEquals
        | Base::DateNotEquals
        | Base::DateLessThan
        | Base::DateLessThanEquals
        | Base::DateGreaterThan
        | Base::DateGreaterThanEquals
            if literal::date(text).is_none() =>
        {
            error(
                "a date",
                "write a date such as `2026-01-31T12:00:00Z`, or seconds since 1970",
            )
        }
        Base::Bool | Base::Null if literal::boolean(text).is_none() => {
            warning("a truth value", "write `true` or `false`")
        }
        Base::BinaryEquals if literal::base64(text).is_none() => {
            warning("base64", "write the bytes in base64, with padding")
        }
        Base::IpAddress | Base::NotIpAddress if literal::ip_block(text).is_none() => warning(
            "a range of addresses",
            "write an address or a CIDR block such as `203.0.113.0/24`",
        ),
        Base::ArnEquals | Base::ArnLike | Base::ArnNotEquals | Base::ArnNotLike
            if text != "*" && Template::with_variables(text).split_at_colons(5).len() < 6 =>
        {
            warning(
                "an ARN",
                "write six parts: `arn:partition:service:region:account:resource`",
            )
        }
        _ => None,
    }
}
