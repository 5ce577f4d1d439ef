//! A small scenario for tests.

use rolewalk_core::scenario::Scenario;

const SAMPLE: &str = include_str!("sample.json");

pub(crate) fn scenario() -> Scenario {
    Scenario::from_json(SAMPLE).unwrap()
}
