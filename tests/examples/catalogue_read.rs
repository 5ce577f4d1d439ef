//! How long the catalogue's files take to read: `cargo run --release -p rolewalk-tests --example catalogue_read`.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a command-line tool talks to its user, and ends where a file is missing"
)]

use std::{fs, path::Path, time::Instant};

use rolewalk_core::catalogue::Catalogue;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/catalogue");
    let mut catalogue = Catalogue::default();
    let read = |name: &str, catalogue: &mut Catalogue, how: fn(&mut Catalogue, &str)| {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        let mut best = f64::INFINITY;
        let before = catalogue.clone();
        for _ in 0..20 {
            *catalogue = before.clone();
            let start = Instant::now();
            how(catalogue, &text);
            best = best.min(start.elapsed().as_secs_f64());
        }
        println!(
            "{name:<28}{:>8} kB{:>8.1} ms",
            text.len() / 1000,
            best * 1000.0
        );
    };
    read("core.json", &mut catalogue, |it, text| {
        it.read_services(text).unwrap()
    });
    read("global-condition-keys.json", &mut catalogue, |it, text| {
        it.read_global_keys(text).unwrap()
    });
    read("all.json", &mut catalogue, |it, text| {
        it.read_all_services(text).unwrap()
    });
    read("descriptions.json", &mut catalogue, |it, text| {
        it.read_descriptions(text).unwrap()
    });
}
