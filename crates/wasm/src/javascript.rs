//! The border: JavaScript values to JSON text, and answers to JavaScript values.
//!
//! Values come in as what `JSON.stringify` makes of them, in one piece: a getter that throws, a
//! cycle or a proxy is JavaScript's own affair and is over before Rust sees anything. (Reading them
//! with `serde-wasm-bindgen` would also overlook unknown fields.) They go out through
//! `serde-wasm-bindgen` as plain objects, which is a tenth faster than `JSON.parse`.

use js_sys::{JSON, JsString, Uint8Array};
use rolewalk_core::{policy::PolicyKind, trace::EvalDecision};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, prelude::*};

use crate::{
    document,
    finding::{Finding, Reply},
    input, policies, scenario,
    version::version as this_version,
};

/// A panic is a fault of ours; the console gets its message.
#[wasm_bindgen(start, private)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// `evaluate(case)`.
#[wasm_bindgen]
pub fn evaluate(case: &JsValue) -> JsValue {
    reply(json(case, "").and_then(|it| policies::evaluate(&it)))
}

/// Policies, parsed and compiled once.
#[wasm_bindgen(js_name = PolicySet)]
#[derive(Debug)]
pub struct PolicySet(Result<policies::Policies, Vec<Finding>>);

#[wasm_bindgen(js_class = PolicySet)]
impl PolicySet {
    /// `new PolicySet(policies, settings?)`. What is wrong is told by each question.
    #[wasm_bindgen(constructor)]
    pub fn new(policies: &JsValue, settings: &JsValue) -> Self {
        Self(json(policies, "policies").and_then(|policies| {
            let settings = if settings.is_undefined() {
                None
            } else {
                Some(json(settings, "settings")?)
            };
            policies::Policies::from_json(&policies, settings.as_deref())
        }))
    }

    /// `set.evaluate(request)`.
    pub fn evaluate(&self, request: &JsValue) -> JsValue {
        reply(self.ask(request, "request", policies::Policies::evaluate))
    }

    /// `set.decide(request)`.
    pub fn decide(&self, request: &JsValue) -> JsValue {
        let decision = self.ask(request, "request", policies::Policies::decide);
        reply(decision.map(|decision| Decided { decision }))
    }

    /// `set.decideMany(requests)`.
    #[wasm_bindgen(js_name = decideMany)]
    pub fn decide_many(&self, requests: &JsValue) -> JsValue {
        let decisions = self.ask(requests, "requests", policies::Policies::decide_many);
        reply(decisions.map(|decisions| DecidedMany { decisions }))
    }

    fn ask<T>(
        &self,
        input: &JsValue,
        at: &str,
        question: impl FnOnce(&policies::Policies, &str) -> Result<T, Vec<Finding>>,
    ) -> Result<T, Vec<Finding>> {
        let policies = self.0.as_ref().map_err(Clone::clone)?;
        question(policies, &json(input, at)?)
    }
}

#[derive(Serialize)]
struct Decided {
    decision: EvalDecision,
}

#[derive(Serialize)]
struct DecidedMany {
    decisions: Vec<EvalDecision>,
}

/// `parsePolicy(text, kind)`.
#[wasm_bindgen(js_name = parsePolicy)]
pub fn parse_policy(text: &JsValue, kind: &JsValue) -> JsValue {
    let parsed = text_and_kind(text, kind);
    hand_over(&parsed.map_or_else(Into::into, |(text, kind)| {
        document::parse_policy(&text, kind)
    }))
}

/// `lintPolicy(text, kind)`.
#[wasm_bindgen(js_name = lintPolicy)]
pub fn lint_policy(text: &JsValue, kind: &JsValue) -> JsValue {
    match text_and_kind(text, kind) {
        Ok((text, kind)) => hand_over(&document::lint_policy(&text, kind)),
        Err(findings) => reply::<()>(Err(findings)),
    }
}

fn text_and_kind(text: &JsValue, kind: &JsValue) -> Result<(String, PolicyKind), Vec<Finding>> {
    let kind = document::kind_of(&string(kind, "kind")?)?;
    Ok((string(text, "text")?, kind))
}

/// `runScenario(scenario)`.
#[wasm_bindgen(js_name = runScenario)]
pub fn run_scenario(scenario: &JsValue) -> JsValue {
    reply_in_json(json(scenario, "scenario").and_then(|it| scenario::run_scenario(&it)))
}

/// `runCheck(scenario, check)`.
#[wasm_bindgen(js_name = runCheck)]
pub fn run_check(scenario: &JsValue, check: &JsValue) -> JsValue {
    let inputs = json(scenario, "scenario").and_then(|it| Ok((it, json(check, "check")?)));
    reply_in_json(inputs.and_then(|(scenario, check)| scenario::run_check(&scenario, &check)))
}

/// `encodeShare(scenario)`.
#[wasm_bindgen(js_name = encodeShare)]
pub fn encode_share(scenario: &JsValue) -> JsValue {
    reply(json(scenario, "scenario").and_then(|it| scenario::encode_share(&it)))
}

/// `decodeShare(text)`.
#[wasm_bindgen(js_name = decodeShare)]
pub fn decode_share(text: &JsValue) -> JsValue {
    reply_in_json(string(text, "text").and_then(|it| scenario::decode_share(&it)))
}

/// `version()`.
#[wasm_bindgen]
pub fn version() -> JsValue {
    reply(Ok(this_version()))
}

#[wasm_bindgen]
extern "C" {
    /// <https://encoding.spec.whatwg.org/#interface-textencoder>
    type TextEncoder;
    #[wasm_bindgen(constructor)]
    fn new() -> TextEncoder;
    #[wasm_bindgen(method)]
    fn encode(this: &TextEncoder, text: &JsString) -> Uint8Array;
}

thread_local! {
    static ENCODER: TextEncoder = TextEncoder::new();
}

/// A JavaScript string. The browser's own encoder is several times faster on a long one than what
/// `JsString::as_string` does; half characters become U+FFFD, as there.
fn text_of(string: &JsString) -> Option<String> {
    if string.length() > input::MAX_UNITS {
        return None;
    }
    let bytes = ENCODER.with(|it| it.encode(string)).to_vec();
    String::from_utf8(bytes).ok()
}

/// A value as JSON.
fn json(value: &JsValue, at: &str) -> Result<String, Vec<Finding>> {
    // Of `undefined` and of functions there is no JSON, whatever the binding's types say.
    let text = JSON::stringify(value).ok().filter(|it| it.is_string());
    let text = text.and_then(|it| text_of(&it));
    text.map(input::with_whole_characters).ok_or_else(|| {
        vec![Finding::of_input(
            "unexpected-input",
            at,
            "this is missing, too large, or `JSON.stringify` cannot write it",
            "give plain objects, lists and strings, together no longer than 64 million characters",
        )]
    })
}

fn string(value: &JsValue, at: &str) -> Result<String, Vec<Finding>> {
    let text = value.dyn_ref::<JsString>().and_then(text_of);
    text.ok_or_else(|| {
        vec![Finding::of_input(
            "unexpected-input",
            at,
            "this is not a string, or too long",
            "give a string of no more than 64 million characters",
        )]
    })
}

fn reply<T: Serialize>(result: Result<T, Vec<Finding>>) -> JsValue {
    hand_over(&Reply::from(result))
}

/// The same for values with names from outside in them: by way of `JSON.parse` even a tag that is
/// called `__proto__` becomes a property like any other.
fn reply_in_json<T: Serialize>(result: Result<T, Vec<Finding>>) -> JsValue {
    let json = serde_json::to_string(&Reply::from(result)).unwrap_or_default();
    JSON::parse(&json).unwrap_or_default()
}

fn hand_over(value: &impl Serialize) -> JsValue {
    // Plain data, so there is nothing that could not be handed over.
    value
        .serialize(&Serializer::json_compatible())
        .unwrap_or_default()
}
