//! The rule `no-version`.

use crate::{
    diagnostic::{Fix, TextEdit},
    lint::look::Look,
    lint::{Found, edit, rule},
    policy::{LanguageVersion, PolicyKind},
    syntax::Span,
    syntax::json::{Node, Value},
};

use crate::lint::rules::unknown_variable::templates;

rule! {
    /// A document without `Version`, or with the old one, where AWS still takes it.
    ///
    /// It is read as `2008-10-17`, in which `${aws:username}` and all other policy variables are ordinary text.
    ///
    /// ```json resource
    /// { "Statement": [ { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "s3:GetObject",
    ///                    "Resource": "arn:aws:s3:::data/*" } ] }
    /// ```
    ///
    /// Instead, name the present version of the language.
    ///
    /// ```json resource
    /// { "Version": "2012-10-17",
    ///   "Statement": [ { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "s3:GetObject",
    ///                    "Resource": "arn:aws:s3:::data/*" } ] }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html>
    Suggestion "no-version"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    use PolicyKind as Kind;
    // Where AWS refuses the old language, reading the document tells so.
    if look.policy().version != LanguageVersion::V2008
        || !matches!(
            look.kind(),
            Kind::Resource | Kind::Trust | Kind::Session | Kind::VpcEndpoint
        )
    {
        return;
    }
    let Some(Node {
        value: Value::Object(members),
        span,
    }) = look.tree()
    else {
        return;
    };
    // With a variable in it the document would mean something else.
    let mut texts = look.statements.iter().flat_map(templates);
    let is_safe = !texts.any(|it| it.value.text().contains("${"));
    if let Some(member) = members.iter().find(|it| it.key.value == "Version") {
        let fix =
            is_safe.then(|| edit::rewrite("Write `2012-10-17`", member.value.span, "2012-10-17"));
        let message = "`2008-10-17` is the old version of the policy language, without variables";
        found.mendable(member.value.span, message, "write `2012-10-17`", fix);
        return;
    }
    let opening = Span::new(span.start, span.start + 1);
    let behind = Span::new(opening.end, opening.end);
    let fix = is_safe.then(|| Fix {
        title: "Add `\"Version\": \"2012-10-17\"`".to_owned(),
        edits: vec![TextEdit {
            span: behind,
            text: " \"Version\": \"2012-10-17\",".to_owned(),
        }],
    });
    let message = "the document has no `Version` and is read as `2008-10-17`, without variables";
    found.mendable(opening, message, "add `\"Version\": \"2012-10-17\"`", fix);
}
