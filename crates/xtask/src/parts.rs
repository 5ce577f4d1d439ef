//! The app's wasm, split into what opens the page and the parts that arrive when they are first needed.
//!
//! Trunk compiles the app and writes the page, but cannot split: <https://github.com/trunk-rs/trunk/issues/1022>.
//! So what the compiler made is taken once more, split along the functions that `web/src/late.rs` marks, given its
//! JavaScript by wasm-bindgen, joined to few files, made small by wasm-opt, and put where Trunk had put the whole. Trunk's
//! names stay: the hash in them is that of the whole, so it is another one whenever a part is.

mod bundles;
mod imports;
mod join;
mod link;
mod order;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context, Result, anyhow, bail};
use wasm_split_cli_support::{Options, transform};

use self::bundles::bundles;
use self::join::Taken;
use crate::setup::Setup;
use crate::wasm;

/// What the splitter needs of the linker: where functions and data are named.
pub(crate) const LINK_FLAGS: &str = " -Clink-arg=--emit-relocs";
/// The splitter tells functions by their names, so they stay until wasm-opt takes them out.
pub(crate) const KEEP_NAMES: (&str, &str) = ("CARGO_PROFILE_RELEASE_STRIP", "none");
/// The feature of `rolewalk-web` that marks where to split.
pub(crate) const FEATURE: &str = "split";

/// The part that the page asks for at once: whatever others share with it comes with it.
pub(crate) const AT_ONCE: &str = "panels";

/// Small before fast; names have done their duty.
///
/// `-Os` and not `-Oz`: what that folds once more is smaller before compression and larger behind, and so is what keeps a
/// value that is computed twice in a place of its own (`local-cse`). A trap in wasm itself, such
/// as reading outside of the memory, is no answer that anything waits for; nothing lies in the first kilobyte, where the
/// stack would end.
const SMALL: &[&str] = &[
    "-Os",
    "--skip-pass=local-cse",
    "--ignore-implicit-traps",
    "--low-memory-unused",
    "--strip-debug",
    "--strip-producers",
];

/// The order of [`order`], which is told by names.
const IN_ORDER: &[&str] = &["--reorder-functions-by-name", "--strip-debug"];

/// Puts the split app in place of the whole one that Trunk put into `dist`.
pub(crate) fn split(setup: &Setup, dist: &Path) -> Result<()> {
    let target = setup.project.target();
    let whole = target.join("wasm32-unknown-unknown/release/rolewalk-web.wasm");
    let whole = fs::read(&whole).with_context(|| format!("cannot read {}", whole.display()))?;
    let name = app_name(dist)?;
    let folder = target.join("split");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;

    // Named after the app, so that a page never meets the parts of another version.
    let link_name = format!("./{name}_parts.js");
    let main_module = format!("./{name}.js");
    let main = folder.join("main.wasm");
    let mut options = Options::new(&whole);
    options.output_dir = &folder;
    options.main_out_path = &main;
    options.link_name = &link_name;
    options.main_module = &main_module;
    let split = transform(options)
        .map_err(|error| anyhow!("{error:#}"))
        .context("the app could not be split")?;
    let needs = split.prefetch_map;
    if !needs.contains_key(AT_ONCE) {
        bail!("the app has no part `{AT_ONCE}`: is feature `{FEATURE}` on?");
    }

    wasm::bind(setup, &main, dist, &name, &["--keep-lld-exports"])?;
    let app = dist.join(format!("{name}_bg.wasm"));
    let script = dist.join(format!("{name}.js"));
    let (module, text) = imports::shortened(&fs::read(&app)?, &fs::read_to_string(&script)?)?;
    fs::write(&app, module)?;
    fs::write(&script, text)?;
    make_small(setup, &app, &app)?;

    let mut taken = Taken::default();
    let mut sizes = HashMap::new();
    for path in split.split_modules {
        let stem = path.file_stem().context("a part has no name")?;
        let module = fs::read(&path)?;
        taken.add(&module)?;
        sizes.insert(stem.to_string_lossy().into_owned(), module.len());
    }
    let bundles = bundles(&needs, |file| sizes.get(file).copied().unwrap_or_default());
    let root = join::root(setup, &taken, &folder)?;
    let mut to_make_small = Vec::new();
    for (bundle, files) in &bundles.files {
        let files: Vec<_> = files
            .iter()
            .map(|it| folder.join(format!("{it}.wasm")))
            .collect();
        let joined = folder.join(format!("{bundle}.joined.wasm"));
        join::join(setup, &root, &files, &joined)?;
        to_make_small.push((joined, dist.join(link::file_name(&name, bundle))));
    }
    make_all_small(setup, &to_make_small)?;
    let script = link::script(&name, &bundles, &taken)?;
    fs::write(dist.join(&link_name), script)?;
    // The app asks for it at once, but the browser sees that only when it has the app's JavaScript.
    let index = dist.join("index.html");
    let html = fs::read_to_string(&index)?;
    let hint = format!(
        "<link rel=\"modulepreload\" href=\"{link_name}\" crossorigin=\"anonymous\"></head>"
    );
    fs::write(&index, html.replacen("</head>", &hint, 1))?;
    println!(
        "the app is split into what opens the page and {} files for later",
        bundles.files.len()
    );
    Ok(())
}

/// Makes a file small, and smaller still when it is compressed.
fn make_small(setup: &Setup, from: &Path, to: &Path) -> Result<()> {
    wasm::optimize(setup, SMALL, from, to)?;
    fs::write(to, order::named_by_place(&fs::read(to)?)?)?;
    wasm::optimize(setup, IN_ORDER, to, to)
}

/// Makes each file small, as many at a time as there are processors.
fn make_all_small(setup: &Setup, files: &[(PathBuf, PathBuf)]) -> Result<()> {
    let next = AtomicUsize::new(0);
    let worker = || -> Result<()> {
        while let Some((from, to)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            make_small(setup, from, to)?;
        }
        Ok(())
    };
    let n_workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..n_workers).map(|_| scope.spawn(worker)).collect();
        workers
            .into_iter()
            .try_for_each(|it| it.join().unwrap_or_else(|_| bail!("a thread broke")))
    })
}

/// What Trunk called the app: `rolewalk-web-` and a hash.
fn app_name(dist: &Path) -> Result<String> {
    let files = fs::read_dir(dist)?.flatten().map(|it| it.path());
    let mut names = files.filter_map(|path: PathBuf| {
        let name = path.file_name()?.to_str()?.strip_suffix("_bg.wasm")?;
        Some(name.to_owned())
    });
    let name = names.next().context("Trunk put no wasm into the site")?;
    if names.next().is_some() {
        bail!("there is more than one app in {}", dist.display());
    }
    Ok(name)
}
