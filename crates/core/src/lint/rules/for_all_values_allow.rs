//! The rule `for-all-values-allow`.

use crate::{
    diagnostic::{Fix, TextEdit, json_string},
    lint::look::{Look, is_null},
    lint::{Found, rule},
    policy::SetOperator,
    policy::spelling::quoted,
    syntax::Span,
};

rule! {
    /// `ForAllValues:` in an `Allow`, without a check that the key is there.
    ///
    /// It is met where the request has no such key, or an empty list: what looks like a limit then limits nothing.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sagemaker:CreateTrainingJob", "Resource": "*",
    ///   "Condition": { "ForAllValues:StringEquals": { "sagemaker:VpcSubnets": ["subnet-1", "subnet-2"] } } }
    /// ```
    ///
    /// Instead, ask beside it that the key be there.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sagemaker:CreateTrainingJob", "Resource": "*",
    ///   "Condition": { "Null": { "sagemaker:VpcSubnets": "false" },
    ///                  "ForAllValues:StringEquals": { "sagemaker:VpcSubnets": ["subnet-1", "subnet-2"] } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
    Warning "for-all-values-allow"
}

/// A limit on the keys of tags is met by a request that sets none, and that is what is meant.
const MAY_BE_ABSENT: &str = "aws:tagkeys";

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in look.statements.iter().filter(|it| it.is_allow()) {
        let has_null = seen.conditions().iter().any(is_null);
        for condition in seen.conditions() {
            let is_for_all = condition
                .parsed
                .is_some_and(|it| it.set == Some(SetOperator::ForAllValues) && !is_null(condition));
            let key = &condition.key.value;
            if !is_for_all || seen.asks_for(key) || key.folded() == MAY_BE_ABSENT {
                continue;
            }
            let start = condition.operator.span.start;
            let fix = (!has_null).then(|| Fix {
                title: format!("Ask that `{}` be there", key.as_str()),
                edits: vec![TextEdit {
                    span: Span::new(start, start),
                    text: format!("\"Null\": {{ {}: \"false\" }}, ", json_string(key.as_str())),
                }],
            });
            found.mendable(
                condition.operator.span,
                format!(
                    "{} is met by a request without {}",
                    quoted(&condition.operator.value),
                    quoted(key.as_str())
                ),
                format!(
                    "add `\"Null\": {{ \"{}\": \"false\" }}` to the conditions",
                    key.as_str()
                ),
                fix,
            );
        }
    }
}
