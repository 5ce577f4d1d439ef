//! Prints the AWS CLI's output for an account with that many roles: something to import.
//!
//! Usage: `cargo run -p rolewalk-tests --example generate_account 200 > account.json`
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a tool of the tests: it prints, and what fails fails loudly"
)]

#[path = "../generate_account.rs"]
mod generate_account;

fn main() {
    let n_roles = std::env::args().nth(1).unwrap_or_else(|| "200".to_owned());
    let n_roles = n_roles.parse().expect("how many roles, as a number");
    print!("{}", generate_account::account(n_roles));
}
