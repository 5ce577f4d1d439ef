//! The condition keys that all services know, out of `iam-policy-validator`.
//!
//! The package keeps them as a dictionary in Python's words, a line each with a comment that says what it is; only
//! those lines are read. What it lacks or has wrong stands here. INVARIANT: a line of the dictionary that is not
//! understood is an error, not left out, and so is a correction that the package no longer needs.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

const FILE: &str = "iam_validator/core/config/aws_global_conditions.py";

/// Keys whose names vary, with their type and what they are; the dictionary does not have them.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
const VARYING: [(&str, &str, &str); 3] = [
    (
        "aws:PrincipalTag/${TagKey}",
        "String",
        "Tag of the principal making the request",
    ),
    (
        "aws:RequestTag/${TagKey}",
        "String",
        "Tag passed in the request",
    ),
    ("aws:ResourceTag/${TagKey}", "String", "Tag of the resource"),
];

/// Keys of which the dictionary says something else than AWS's page: what it says, and what they are.
const CORRECTED: [(&str, &str, &str); 1] = [(
    "aws:SourceAccount",
    "Account making the request",
    "Account of the resource on whose behalf an AWS service makes the request",
)];

/// Keys by name in lower case: the name, its type and what it is.
type Keys = BTreeMap<String, (String, String, String)>;

/// The file: keys with their type and what they are, one a line.
pub(crate) fn make(package: &Path) -> Result<(String, usize)> {
    let path = package.join(FILE);
    let text =
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let keys = dictionary(&text).and_then(mended);
    let keys = keys.with_context(|| format!("{} is not as expected", path.display()))?;
    let mut lines = Vec::new();
    for (name, value_type, what) in keys.values() {
        lines.push(format!(
            "{}:{}",
            serde_json::to_string(name)?,
            serde_json::to_string(&(value_type, what))?
        ));
    }
    Ok((format!("{{\n{}\n}}\n", lines.join(",\n")), keys.len()))
}

/// By name in lower case: the same key stands there in two spellings, of which AWS's own is the first.
fn dictionary(text: &str) -> Result<Keys> {
    let lines = text
        .lines()
        .skip_while(|it| !it.starts_with("AWS_GLOBAL_CONDITION_KEYS"))
        .skip(1);
    let mut keys = Keys::new();
    for line in lines.map(str::trim).take_while(|it| *it != "}") {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (entry, what) = line.split_once("  # ").unwrap_or((line, ""));
        let mut parts = entry.split('"');
        let (Some(""), Some(name), Some(": "), Some(value_type), Some(","), None) = (
            parts.next(),
            parts.next(),
            parts.next(),
            parts.next(),
            parts.next(),
            parts.next(),
        ) else {
            bail!("the line `{line}` is no key with its type");
        };
        let entry = (name.to_owned(), value_type.to_owned(), what_it_is(what));
        keys.entry(name.to_lowercase()).or_insert(entry);
    }
    if keys.is_empty() {
        bail!("there is no dictionary `AWS_GLOBAL_CONDITION_KEYS`");
    }
    Ok(keys)
}

/// With what the dictionary lacks, and without what it has wrong.
fn mended(mut keys: Keys) -> Result<Keys> {
    for (name, value_type, what) in VARYING {
        let entry = (name.to_owned(), value_type.to_owned(), what.to_owned());
        if keys.insert(name.to_lowercase(), entry).is_some() {
            bail!("it has `{name}` itself now: take the key out of `VARYING`");
        }
    }
    for (name, wrong, right) in CORRECTED {
        match keys.get_mut(&name.to_lowercase()) {
            Some((_, _, what)) if what == wrong => right.clone_into(what),
            _ => bail!("it no longer says `{wrong}` of `{name}`: look at `CORRECTED`"),
        }
    }
    Ok(keys)
}

/// Without what the type says already, and what is said to programmers.
fn what_it_is(comment: &str) -> String {
    let comment = comment.split(" (multivalued").next().unwrap_or_default();
    let comment = comment.split(" (note:").next().unwrap_or_default();
    comment.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{dictionary, mended};

    #[test]
    fn reads_keys_types_and_comments() {
        let text = "import re\nAWS_GLOBAL_CONDITION_KEYS = {\n    # Of the request\n    \
            \"aws:referer\": \"String\",  # HTTP referer (note: lower case)\n    \
            \"aws:Referer\": \"String\",  # alternate\n    \"aws:TagKeys\": \"ArrayOfString\",\n}\nOTHER = {\n";
        let keys = dictionary(text).unwrap();
        let keys: Vec<_> = keys.into_values().collect();
        let expected = [
            ("aws:referer", "String", "HTTP referer"),
            ("aws:TagKeys", "ArrayOfString", ""),
        ];
        let expected = expected.map(|it| (it.0.to_owned(), it.1.to_owned(), it.2.to_owned()));
        assert_eq!(keys, expected);
    }

    #[test]
    fn says_which_line_it_does_not_understand() {
        let text = "AWS_GLOBAL_CONDITION_KEYS = {\n    \"aws:TagKeys\": TYPES[0],\n}\n";
        let error = dictionary(text).unwrap_err().to_string();
        assert!(error.contains("TYPES[0]"), "{error}");
    }

    #[test]
    fn adds_what_is_missing_and_says_what_need_no_longer_be_mended() {
        let with = |lines: &str| {
            let keys = dictionary(&format!("AWS_GLOBAL_CONDITION_KEYS = {{\n{lines}\n}}\n"));
            keys.and_then(mended)
        };
        let wrong = r#""aws:SourceAccount": "String",  # Account making the request"#;
        let keys = with(wrong).unwrap();
        let (_, _, what) = &keys["aws:sourceaccount"];
        assert!(what.starts_with("Account of the resource"), "{what}");
        let (name, value_type, _) = &keys["aws:resourcetag/${tagkey}"];
        assert_eq!(
            (name.as_str(), value_type.as_str()),
            ("aws:ResourceTag/${TagKey}", "String")
        );

        let error = with(r#""aws:SourceAccount": "String",  # Another"#).unwrap_err();
        assert!(error.to_string().contains("CORRECTED"), "{error}");
        let tag = r#""aws:RequestTag/${TagKey}": "String","#;
        let error = with(&format!("{wrong}\n{tag}")).unwrap_err();
        assert!(error.to_string().contains("VARYING"), "{error}");
    }
}
