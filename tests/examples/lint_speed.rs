//! How long the rules take: a policy of 6 kB, the largest that people meet, and texts made to be slow.
//!
//! `cargo run --release -p rolewalk-tests --example lint_speed`, and behind `--`, for a profiler, the number of runs and
//! the policy: `valgrind --tool=callgrind … 1 ReadOnlyAccess` says what each rule takes.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "an example that prints figures"
)]

#[path = "../lint/hostile.rs"]
mod hostile;

use std::{env, fs, path::Path, time::Instant};

use rolewalk_core::{
    catalogue::{Catalogue, CatalogueFile},
    lint::{self, Subject},
    policy::parse,
};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let mut catalogue = Catalogue::default();
    catalogue
        .read(CatalogueFile::All, &read("data/catalogue/all.json"))
        .unwrap();
    catalogue
        .read(CatalogueFile::Core, &read("data/catalogue/core.json"))
        .unwrap();
    catalogue
        .read(
            CatalogueFile::GlobalKeys,
            &read("data/catalogue/global-condition-keys.json"),
        )
        .unwrap();
    let n_runs: usize = env::args().nth(1).map_or(51, |it| it.parse().unwrap());
    let only = env::args().nth(2);
    let names = [
        "AmazonSageMakerNotebooksServiceRolePolicy",
        "AmazonSageMakerFullAccess",
        "ReadOnlyAccess",
    ];
    let of_aws = names.map(|it| (it, read(&format!("data/managed-policies/{it}.json"))));
    let texts = of_aws.into_iter().chain(hostile::texts(128_000));
    let is_asked = |it: &(&str, String)| only.as_deref().is_none_or(|only| only == it.0);
    for (name, text) in texts.filter(is_asked) {
        let kind = hostile::kind_of(&text);
        let (policy, _) = parse(&text, kind);
        let policy = policy.unwrap();
        let subject = Subject {
            text: &text,
            kind,
            policy: &policy,
            catalogue: &catalogue,
            account: None,
        };
        let mut times: Vec<u128> = (0..n_runs)
            .map(|_| {
                let start = Instant::now();
                let n = lint::lint(&subject).len();
                assert!(n < 100_000);
                start.elapsed().as_micros()
            })
            .collect();
        times.sort_unstable();
        println!(
            "{name}: {} bytes, {} findings, fastest {} µs, median {} µs, slowest {} µs",
            text.len(),
            lint::lint(&subject).len(),
            times.first().unwrap(),
            times.get(times.len() / 2).unwrap(),
            times.last().unwrap()
        );
    }
}
