//! How long the catalogue's files take to read: `cargo run --release -p rolewalk-tests --example catalogue_read`.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a command-line tool talks to its user, and ends where a file is missing"
)]

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use rolewalk_core::catalogue::{Catalogue, CatalogueFile, Reading};

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/catalogue");
    let mut catalogue = Catalogue::default();
    println!(
        "{:<30}{:>8}   {:>9}   {:>12}",
        "", "", "whole", "longest step"
    );
    for file in [
        CatalogueFile::Core,
        CatalogueFile::GlobalKeys,
        CatalogueFile::All,
        CatalogueFile::Descriptions,
    ] {
        let text = fs::read_to_string(folder.join(file.name())).unwrap();
        let before = catalogue.clone();
        let whole = best(|| {
            catalogue = before.clone();
            let start = Instant::now();
            catalogue.read(file, &text).unwrap();
            start.elapsed()
        });
        let step = best(|| {
            let mut catalogue = before.clone();
            let mut reading = Reading::new(file, text.clone());
            let mut longest = Duration::ZERO;
            let mut has_more = true;
            while has_more {
                let start = Instant::now();
                has_more = reading.step(&mut catalogue).unwrap();
                longest = longest.max(start.elapsed());
            }
            longest
        });
        let n_kb = text.len() / 1000;
        println!(
            "{:<30}{n_kb:>5} kB   {whole:>6.1} ms   {step:>9.1} ms",
            file.name()
        );
    }
}

/// The shortest of several, in milliseconds.
fn best(mut run: impl FnMut() -> Duration) -> f64 {
    let all = (0..20).map(|_| run());
    all.min().unwrap_or_default().as_secs_f64() * 1000.0
}
