//! Prints the start worlds as the page opens them, one JSON line each: for the tests of the npm package.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool of the tests: it prints, and what fails fails loudly"
)]

fn main() {
    for world in rolewalk_lessons::start_worlds() {
        let scenario = world.scenario().unwrap();
        println!("{}", serde_json::to_string(&scenario).unwrap());
    }
}
