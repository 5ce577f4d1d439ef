//! `docs/sagemaker.md` names cases, tests and misconfigurations: each is there.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn names(file: &str) -> BTreeSet<String> {
    if Path::new(file).extension().is_some_and(|it| it == "json") {
        let text = fs::read_to_string(root().join("flows/cases").join(file)).unwrap();
        let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
        let names = cases.iter().map(|it| it["name"].as_str().unwrap());
        return names.map(str::to_owned).collect();
    }
    let text = fs::read_to_string(root().join("flows").join(file)).unwrap();
    let heads = text.lines().filter_map(|it| it.strip_prefix("fn "));
    heads
        .map(|it| it.split('(').next().unwrap().to_owned())
        .collect()
}

#[test]
fn every_case_that_the_page_names_is_there() {
    let page = fs::read_to_string(root().join("../docs/sagemaker.md")).unwrap();
    let mut file = "";
    let mut n_named = 0;
    // Of several names in a row the file is said once.
    for part in page.split_inclusive('”') {
        let Some((before, name)) = part.rsplit_once('“') else {
            continue;
        };
        let said = before.rsplit('`').nth(1).unwrap_or_default();
        if said.ends_with(".json") || said.ends_with(".rs") {
            file = said;
        }
        let name = name.trim_end_matches('”');
        let found = names(file).iter().any(|it| it.starts_with(name));
        assert!(found, "{file} has no “{name}”");
        n_named += 1;
    }
    assert!(n_named > 100, "{n_named}");
    let numbers = page.split("misconfiguration ").skip(1);
    for number in numbers {
        let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
        let number: u32 = digits.parse().unwrap();
        assert!((1..=35).contains(&number), "{number}");
    }
}

#[test]
fn every_module_and_file_that_the_page_names_is_there() {
    let page = fs::read_to_string(root().join("../docs/sagemaker.md")).unwrap();
    let core = root().join("../crates/core/src");
    for named in page.split('`').skip(1).step_by(2) {
        let tops = ["flow", "world", "explain", "advise", "eval", "condition"];
        let top = named.split("::").next().unwrap();
        if tops.contains(&top) && !named.contains(' ') {
            let path = core.join(named.replace("::", "/"));
            let is_there = path.is_dir() || path.with_extension("rs").is_file();
            assert!(is_there, "{named}");
        }
        if named.starts_with("tests/") && !named.contains('*') {
            assert!(root().join("..").join(named).exists(), "{named}");
        }
    }
}
