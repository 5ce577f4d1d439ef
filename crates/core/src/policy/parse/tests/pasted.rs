//! What people paste, and what one click makes of it.

use crate::policy::{parse, parse::tests::IDENTITY};

/// What the AWS CLI prints, what word processors make of a policy, and what JSON with comments has: one click each.
#[test]
fn what_is_pasted_is_mended_with_one_click() {
    let good = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}";
    let string = crate::diagnostic::json_string(good);
    let cases = [
        (format!("{{\"Policy\": {string}}}"), "wrapped-policy"),
        (
            format!("{{\"PolicyDocument\": {good}, \"RoleName\": \"r\"}}"),
            "wrapped-policy",
        ),
        (
            format!("{{\"PolicyVersion\": {{\"Document\": {good}, \"VersionId\": \"v1\"}}}}"),
            "wrapped-policy",
        ),
        (string, "wrapped-policy"),
        (
            good.replace("\"2012-10-17\"", "“2012-10-17”"),
            "curly-quotes",
        ),
        (
            good.replacen(
                "\"Version\":\"2012-10-17\"",
                "“Version”:“2012-10-17\u{22}",
                1,
            ),
            "curly-quotes",
        ),
        (good.replace("}]}", "},]}"), "extra-comma"),
        (
            good.replace("\"Statement\"", "/* x */\"Statement\""),
            "comment",
        ),
        (format!("{good} // hi"), "comment"),
    ];
    for (text, code) in cases {
        let (_, diagnostics) = parse(&text, IDENTITY);
        let found = diagnostics.iter().find(|it| it.code == code);
        let fix = found.and_then(|it| it.fix.as_ref());
        let mended = fix.map(|it| it.apply(&text));
        assert_eq!(mended.as_deref(), Some(good), "{text}: {diagnostics:?}");
    }
    let blanks = good.replace(':', ":\u{a0}").replace("s3:\u{a0}", "s3:");
    let (_, diagnostics) = parse(&blanks, IDENTITY);
    let fix = diagnostics[0].fix.as_ref().unwrap();
    assert_eq!(fix.apply(&blanks), blanks.replace('\u{a0}', " "));
    // What nobody closes may be the whole rest, and a policy that is none stays as it is.
    for text in ["{ /* x", "{\"Policy\": \"x\"}", "{\"Policy\": {\"a\": 1}}"] {
        let (_, diagnostics) = parse(text, IDENTITY);
        let fixes = diagnostics.iter().filter(|it| it.fix.is_some());
        let mut codes = fixes.map(|it| it.code);
        assert!(
            codes.all(|it| it == "old-version"),
            "{text}: {diagnostics:?}"
        );
    }
}

#[test]
fn a_version_is_added_where_nothing_means_something_else_then() {
    let text =
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}";
    let (_, diagnostics) = parse(text, IDENTITY);
    let mended = diagnostics[0].fix.as_ref().unwrap().apply(text);
    assert_eq!(parse(&mended, IDENTITY).1, [], "{mended}");
    let variable = text.replace('*', "arn:aws:s3:::b/${aws:username}/*");
    let (_, diagnostics) = parse(&variable, IDENTITY);
    assert!(diagnostics[0].fix.is_none(), "{diagnostics:?}");
}
