//! How long completion and hover take in a policy of 6 kB with the complete catalogue:
//! `cargo run --release -p rolewalk-tests --example ide_speed`.
//!
//! Prints the fastest, the median and the 95th percentile in microseconds for each sort of place. On a machine that does
//! other things besides, the fastest says most.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a program to look at figures with"
)]

use std::{fmt::Write, fs, path::Path, time::Instant};

use rolewalk_core::{
    catalogue::{Catalogue, CatalogueFile},
    ide::{About, complete, expand, format, hover},
    policy::PolicyKind,
};
use rolewalk_lessons::start_worlds;

const N_ROUNDS: usize = 200;

fn catalogue() -> Catalogue {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/catalogue");
    let read = |name: &str| fs::read_to_string(root.join(name)).unwrap();
    let mut catalogue = Catalogue::default();
    catalogue
        .read(CatalogueFile::Core, &read("core.json"))
        .unwrap();
    catalogue
        .read(CatalogueFile::All, &read("all.json"))
        .unwrap();
    catalogue
        .read(
            CatalogueFile::GlobalKeys,
            &read("global-condition-keys.json"),
        )
        .unwrap();
    catalogue
}

/// Statements enough for 6 kB.
fn policy() -> String {
    let mut statements = String::new();
    for n in 0..10 {
        let comma = if n == 0 { "" } else { "," };
        write!(
            statements,
            r#"{comma}
        {{
            "Effect": "Allow",
            "Action": [
                "sagemaker:CreateTrainingJob",
                "s3:GetObject",
                "ec2:Describe*",
                "s3:List*"
            ],
            "Resource": [
                "arn:aws:s3:::acme-sagemaker-churn/${{aws:username}}/*",
                "arn:aws:sagemaker:eu-west-1:111122223333:training-job/*"
            ],
            "Condition": {{
                "StringEquals": {{
                    "aws:ResourceAccount": "111122223333"
                }}
            }}
        }}"#
        )
        .unwrap();
    }
    format!("{{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [{statements}\n    ]\n}}\n")
}

fn main() {
    let catalogue = catalogue();
    let world = start_worlds()[0].scenario().unwrap().world;
    let about = About {
        kind: PolicyKind::Identity,
        document: None,
        catalogue: &catalogue,
        world: &world,
        request: None,
    };
    let text = policy();
    println!(
        "{} bytes, {} services",
        text.len(),
        catalogue.services().count()
    );
    // What is looked for, how far behind its beginning the caret is, and what is typed there first.
    let places = [
        ("an element", "\"Effect\": \"Allow\",", 18, "\n\"\""),
        ("a service", "\"ec2:Describe*\"", 1, ""),
        ("an action of s3", "s3:GetObject", 8, ""),
        ("an action of ec2", "ec2:Describe", 4, ""),
        (
            "an action of any service",
            "\"s3:GetObject\"",
            0,
            "\"Get\", ",
        ),
        (
            "an action found by initials",
            "\"s3:GetObject\"",
            0,
            "\"ctj\", ",
        ),
        ("an ARN", "arn:aws:s3:::acme", 0, ""),
        ("a variable", "${aws:username}", 2, ""),
        ("an operator", "\"StringEquals\"", 1, ""),
        ("a condition key", "\"aws:ResourceAccount\"", 1, ""),
        ("a value", "\"111122223333\"", 1, ""),
        ("behind a list", "training-job/*\"", 15, ""),
    ];
    for (name, anchor, behind, typed) in places {
        let at = text.rfind(anchor).unwrap() + behind;
        let offset = at
            + if typed.is_empty() {
                0
            } else {
                typed.rfind(['"', '\n']).unwrap()
            };
        let typed = format!("{}{typed}{}", &text[..at], &text[at..]);
        let offset = u32::try_from(offset).unwrap();
        let n = complete(&typed, offset, &about).map_or(0, |it| it.items.len());
        report(&format!("complete {name} ({n})"), || {
            let _ = complete(&typed, offset, &about);
        });
        report(&format!("   hover {name}"), || {
            let _ = hover(&typed, offset, &about);
        });
    }
    let wildcard = u32::try_from(text.rfind("ec2:Describe").unwrap()).unwrap() + 3;
    report("  expand a wildcard", || {
        let _ = expand(&text, wildcard, &about);
    });
    report("  format", || {
        let _ = format(&text);
    });
}

fn report(name: &str, run: impl Fn()) {
    run();
    let mut times: Vec<u128> = (0..N_ROUNDS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_micros()
        })
        .collect();
    times.sort_unstable();
    let median = times[N_ROUNDS / 2];
    let p95 = times[N_ROUNDS * 95 / 100];
    let fastest = times[0];
    println!("{name:<44} fastest {fastest:>6}   median {median:>6}   p95 {p95:>6} µs");
}
