//! What reading a policy finds and can mend: the text after the fix reads without that finding.

use rolewalk_core::policy::{PolicyKind, parse};

#[track_caller]
fn check(text: &str, code: &str, expect: Option<&str>) {
    let (_, diagnostics) = parse(text, PolicyKind::Identity);
    let diagnostic = diagnostics.iter().find(|it| it.code == code);
    let diagnostic = diagnostic.unwrap_or_else(|| panic!("{diagnostics:?}"));
    assert_eq!(diagnostic.docs(), format!("docs/lints.md#{code}"));
    let fixed = diagnostic.fix.as_ref().map(|it| it.apply(text));
    assert_eq!(fixed.as_deref(), expect);
    if let Some(fixed) = fixed {
        let (policy, diagnostics) = parse(&fixed, PolicyKind::Identity);
        assert!(
            policy.is_some() && diagnostics.is_empty(),
            "{diagnostics:?}"
        );
    }
}

#[test]
fn a_slip_in_a_word_of_the_grammar_is_mended() {
    let whole =
        |statement: &str| format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#);
    let good =
        whole(r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::data/*"}"#);
    let slip = |from: &str, to: &str| good.replace(from, to);
    check(&slip("Action", "action"), "wrong-case", Some(&good));
    check(
        &slip("Resource", "Resources"),
        "unknown-element",
        Some(&good),
    );
    check(
        &slip(r#""Allow""#, r#""allow""#),
        "invalid-effect",
        Some(&good),
    );
    check(&slip(r#""Allow""#, r#""Permit""#), "invalid-effect", None);
    check(
        &slip("s3:GetObject", "*:*"),
        "any-action-with-prefix",
        Some(&slip("s3:GetObject", "*")),
    );
    let condition = |operator: &str| {
        let condition = format!(r#","Condition":{{"{operator}":{{"aws:username":"ana"}}}}}}"#);
        slip("}]}", &format!("{condition}]}}"))
    };
    check(
        &condition("StringEqualz"),
        "unknown-operator",
        Some(&condition("StringEquals")),
    );
    check(
        &condition("ForAnyValue:StringLikes"),
        "unknown-operator",
        Some(&condition("ForAnyValue:StringLike")),
    );
    check(&condition("Sounds"), "unknown-operator", None);
}

#[test]
fn an_element_that_is_there_already_is_not_written_twice() {
    let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Actions":"x:y","Resource":"*"}]}"#;
    check(text, "unknown-element", None);
}
