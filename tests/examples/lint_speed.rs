//! How long the rules take: a policy of 6 kB, and the largest that people meet. `cargo run --release --example lint_speed`.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "an example that prints figures"
)]

use std::{fs, path::Path, time::Instant};

use rolewalk_core::{
    catalogue::Catalogue,
    lint::{self, Subject},
    policy::{PolicyKind, parse},
};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let mut catalogue = Catalogue::default();
    catalogue
        .read_all_services(&read("data/catalogue/all.json"))
        .unwrap();
    catalogue
        .read_services(&read("data/catalogue/core.json"))
        .unwrap();
    catalogue
        .read_global_keys(&read("data/catalogue/global-condition-keys.json"))
        .unwrap();
    for name in [
        "AmazonSageMakerNotebooksServiceRolePolicy",
        "AmazonSageMakerFullAccess",
        "ReadOnlyAccess",
    ] {
        let text = read(&format!("data/managed-policies/{name}.json"));
        let (policy, _) = parse(&text, PolicyKind::Identity);
        let policy = policy.unwrap();
        let subject = Subject {
            text: &text,
            kind: PolicyKind::Identity,
            policy: &policy,
            catalogue: &catalogue,
            account: None,
        };
        let mut times: Vec<u128> = (0..51)
            .map(|_| {
                let start = Instant::now();
                let n = lint::lint(&subject).len();
                assert!(n < 10_000);
                start.elapsed().as_micros()
            })
            .collect();
        times.sort_unstable();
        println!(
            "{name}: {} bytes, {} findings, median {} µs, slowest {} µs",
            text.len(),
            lint::lint(&subject).len(),
            times.get(25).unwrap(),
            times.last().unwrap()
        );
    }
}
