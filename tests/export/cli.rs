//! A shell that runs commands, with a stand-in for the AWS CLI that reads its words as the CLI does.

use std::{
    collections::BTreeMap,
    fs,
    process::{Command, Output},
};

use serde_json::Value;

use crate::folder;

/// A call of the CLI: its command, and what it makes of the options.
pub(crate) struct Call {
    pub(crate) command: String,
    pub(crate) options: BTreeMap<String, String>,
}

impl Call {
    /// As the CLI reads words: `--name value`, where a value is no option, and where the address of a
    /// file stands for what is in it.
    fn read(words: &[String]) -> Self {
        let mut options = BTreeMap::new();
        let mut rest = words[2..].iter();
        while let Some(option) = rest.next() {
            let name = option.strip_prefix("--");
            let name = name.unwrap_or_else(|| panic!("no option: {option:?} of {words:?}"));
            if name == "set-as-default" {
                continue;
            }
            let value = rest.next().unwrap_or_else(|| panic!("no value: {words:?}"));
            assert!(!value.starts_with('-'), "{value:?} is taken for an option");
            let elsewhere = ["file://", "fileb://", "http://", "https://"];
            let value = if elsewhere.iter().any(|it| value.starts_with(it)) {
                format!("what is found at {value}")
            } else {
                value.clone()
            };
            if name == "cli-input-json" {
                let input: BTreeMap<String, Value> = serde_json::from_str(&value).unwrap();
                for (member, value) in input {
                    let value = match value {
                        Value::String(text) => text,
                        other => other.to_string(),
                    };
                    let old = options.insert(member.to_ascii_lowercase(), value);
                    assert_eq!(old, None, "{words:?}");
                }
            } else {
                let old = options.insert(name.replace('-', ""), value);
                assert_eq!(old, None, "{words:?}");
            }
        }
        Self {
            command: words[..2].join(" "),
            options,
        }
    }

    /// The value of an option, by its name or by that of its member in JSON.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let name = name.replace('-', "").to_ascii_lowercase();
        self.options.get(&name).map(String::as_str)
    }

    pub(crate) fn text(&self, name: &str) -> &str {
        let value = self.get(name);
        value.unwrap_or_else(|| panic!("{} has no {name}", self.command))
    }

    pub(crate) fn json(&self, name: &str) -> Value {
        self.get(name)
            .map_or(Value::Null, |it| serde_json::from_str(it).unwrap())
    }
}

/// Runs the commands in a shell, with a recorder in place of `aws`. It answers a question about a
/// status with the next of those given, the last for good, and anything else with an id of its own:
/// `made-` and the number of the call.
pub(crate) fn run(name: &str, script: &str, statuses: &[&str]) -> (Output, Vec<Call>) {
    let folder = folder(&format!("commands-{name}"));
    // Words end in a byte that no word has.
    let recorder = format!(
        r#": > calls
printf '%s\n' {} > statuses
sleep() {{ :; }}
aws() {{
  printf '%s\0' "$@" >> calls
  printf '\1\0' >> calls
  case "$*" in
  *describe-*Status*)
    head -n 1 statuses
    [ "$(wc -l < statuses)" = 1 ] || {{ tail -n +2 statuses > rest; mv rest statuses; }}
    ;;
  *describe-*) echo 'why it failed' ;;
  *create-domain*) printf 'arn/made-%05d\n' "$(tr -cd '\1' < calls | wc -c)" ;;
  *) printf 'made-%05d\n' "$(tr -cd '\1' < calls | wc -c)" ;;
  esac
}}
"#,
        statuses.join(" ")
    );
    let file = folder.join("script.sh");
    fs::write(&file, format!("{recorder}{script}")).unwrap();
    let output = Command::new("sh")
        .arg(&file)
        .current_dir(&folder)
        .output()
        .unwrap();
    let mut names: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .collect();
    names.sort();
    let expected = ["calls", "script.sh", "statuses"];
    assert_eq!(names, expected, "{name}: something else ran");
    let words = fs::read_to_string(folder.join("calls")).unwrap();
    let mut calls = vec![Vec::new()];
    for word in words.split_terminator('\0') {
        if word == "\u{1}" {
            calls.push(Vec::new());
        } else {
            calls.last_mut().unwrap().push(word.to_owned());
        }
    }
    calls.pop();
    (output, calls.iter().map(|it| Call::read(it)).collect())
}
