//! A policy in the wrapping in which the AWS CLI prints it: under `Policy`, `PolicyDocument` or `PolicyVersion`, or as a
//! string with escapes.
//!
//! Only tells so, with a fix that unwraps it. Invariant: what the fix leaves is an object with `Statement`.

use crate::{
    diagnostic::{Diagnostic, Fix, TextEdit},
    syntax::json::{self, Node, Value},
};

/// The members that lead to a policy, outermost first.
const WAYS: [&[&str]; 6] = [
    &[],
    // https://docs.aws.amazon.com/cli/latest/reference/s3api/get-bucket-policy.html
    &["Policy"],
    // https://docs.aws.amazon.com/cli/latest/reference/iam/get-role-policy.html
    &["PolicyDocument"],
    // https://docs.aws.amazon.com/cli/latest/reference/iam/get-policy-version.html
    &["PolicyVersion", "Document"],
    // https://docs.aws.amazon.com/cli/latest/reference/iam/get-role.html
    &["Role", "AssumeRolePolicyDocument"],
    // https://docs.aws.amazon.com/cli/latest/reference/organizations/describe-policy.html
    &["Policy", "Content"],
];

/// What to say of a text whose root is not a policy, but has one in it.
pub(super) fn find(root: &Node, text: &str) -> Option<Diagnostic> {
    if has_statement(root) {
        return None;
    }
    let (way, policy) = WAYS.iter().find_map(|way| {
        let inner = way.iter().try_fold(root, |it, key| member(it, key))?;
        Some((*way, unwrapped(inner, text)?))
    })?;
    let message = if way.is_empty() {
        "the policy is written as a string".to_owned()
    } else {
        format!(
            "the policy stands in `{}`, as the AWS CLI prints it",
            way.join(".")
        )
    };
    let fix = Fix {
        title: "Keep the policy alone".to_owned(),
        edits: vec![TextEdit {
            span: root.span,
            text: policy,
        }],
    };
    let help = "keep the policy alone: an object with `Version` and `Statement`";
    Some(Diagnostic::error("wrapped-policy", root.span, message, help).with_fix(fix))
}

/// The policy's own text, where it is one.
fn unwrapped(inner: &Node, text: &str) -> Option<String> {
    match &inner.value {
        Value::Object(_) if has_statement(inner) => {
            let span = inner.span;
            let policy = text.get(span.start as usize..span.end as usize)?;
            Some(policy.to_owned())
        }
        Value::String(policy) => {
            let read = json::read(policy);
            let is_policy = read.errors.is_empty() && has_statement(&read.root?);
            is_policy.then(|| policy.clone())
        }
        _ => None,
    }
}

fn has_statement(node: &Node) -> bool {
    member(node, "Statement").is_some()
}

fn member<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    let Value::Object(members) = &node.value else {
        return None;
    };
    let found = members.iter().find(|it| it.key.value == key)?;
    Some(&found.value)
}
