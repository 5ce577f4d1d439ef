//! A value of another type than belongs in its place, in the words of whoever writes JavaScript.
//!
//! What reads the input says it in Rust's words: "map" and "sequence". Invariant: what is said in another form stays as
//! it is.

/// What is wrong and what to do, of a reader's message that says so.
pub(crate) fn in_words(message: &str) -> Option<(String, String)> {
    let (found, expected) = message
        .strip_prefix("invalid type: ")?
        .rsplit_once(", expected ")?;
    let literal = found
        .split_once(" `")
        .map(|(_, it)| it.trim_end_matches('`'));
    let is_string = found.starts_with("string ");
    let found = match (found, literal) {
        _ if is_string => "a string".to_owned(),
        ("map", _) => "an object".to_owned(),
        ("sequence", _) => "a list".to_owned(),
        ("null" | "unit value", _) => "`null`".to_owned(),
        (_, Some(literal)) => format!("`{literal}`"),
        (other, None) => other.to_owned(),
    };
    let expected = match expected {
        "a sequence" => "a list",
        "a map" => "an object",
        "a boolean" => "`true` or `false`",
        other if other.starts_with("struct ") => "an object",
        other => other,
    };
    let help = match literal {
        Some(literal) if !is_string && expected.contains("string") => {
            format!("write it as a string: `\"{literal}\"`")
        }
        _ if expected == "a list" && found != "`null`" => "put it into a list: `[ … ]`".to_owned(),
        _ if is_string && expected == "an object" => {
            "give the value itself, not its JSON text".to_owned()
        }
        _ => return Some((said(&found, expected), crate::input::AS_TYPED.to_owned())),
    };
    Some((said(&found, expected), help))
}

fn said(found: &str, expected: &str) -> String {
    format!("this is {found}, where {expected} belongs")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_told_in_words_of_javascript() {
        for (message, wrong, help) in [
            (
                "invalid type: map, expected a sequence",
                "this is an object, where a list belongs",
                "put it into a list: `[ … ]`",
            ),
            (
                r#"invalid type: string "a, expected b", expected an object"#,
                "this is a string, where an object belongs",
                "give the value itself, not its JSON text",
            ),
            (
                "invalid type: boolean `true`, expected a string, or a list of strings",
                "this is `true`, where a string, or a list of strings belongs",
                "write it as a string: `\"true\"`",
            ),
            (
                "invalid type: integer `5`, expected a string",
                "this is `5`, where a string belongs",
                "write it as a string: `\"5\"`",
            ),
            (
                "invalid type: null, expected a sequence",
                "this is `null`, where a list belongs",
                crate::input::AS_TYPED,
            ),
            (
                r#"invalid type: string "`x`", expected a boolean"#,
                "this is a string, where `true` or `false` belongs",
                crate::input::AS_TYPED,
            ),
        ] {
            let expected = (wrong.to_owned(), help.to_owned());
            assert_eq!(in_words(message), Some(expected), "{message}");
        }
        assert_eq!(in_words("missing field `policies`"), None);
    }
}
