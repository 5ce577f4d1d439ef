//! The border: JavaScript values to JSON text, and answers to JavaScript values.
//!
//! Values come in as what `JSON.stringify` makes of them, in one piece: a getter that throws, a
//! cycle or a proxy is JavaScript's own affair and is over before Rust sees anything. (Reading them
//! with `serde-wasm-bindgen` would also overlook unknown fields.) They go out through
//! `serde-wasm-bindgen` as plain objects, which is a tenth faster than `JSON.parse`.

use std::rc::Rc;

use js_sys::{JSON, JsString, Reflect, Uint8Array};
use rolewalk_core::{names::AccountId, policy::PolicyKind, trace::EvalDecision};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, convert::TryFromJsValue, prelude::*};

use crate::{
    catalogue, document,
    finding::{Finding, Reply},
    input, policies, scenario,
    version::version as this_version,
    who,
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

/// AWS's lists of services, for `lintPolicy`.
#[wasm_bindgen(js_name = Catalogue)]
#[derive(Debug, Default)]
pub struct Catalogue(Rc<rolewalk_core::catalogue::Catalogue>);

#[wasm_bindgen(js_class = Catalogue)]
impl Catalogue {
    /// `new Catalogue()`: nothing is known.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// `catalogue.read(fileName, text)`.
    pub fn read(&mut self, file_name: &JsValue, text: &JsValue) -> JsValue {
        let inputs = string(file_name, "fileName").and_then(|it| Ok((it, string(text, "text")?)));
        reply(
            inputs
                .and_then(|(name, text)| catalogue::read(Rc::make_mut(&mut self.0), &name, &text)),
        )
    }

    /// A second handle on the same lists. A value that Rust takes in from JavaScript is gone there, so it is this one that is
    /// taken.
    #[wasm_bindgen(js_name = __shared)]
    #[must_use]
    pub fn shared(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

#[wasm_bindgen]
extern "C" {
    /// What may be a [`Catalogue`].
    type Sharing;
    #[wasm_bindgen(method, structural, catch, js_name = __shared)]
    fn shared(this: &Sharing) -> Result<JsValue, JsValue>;
}

/// `lintPolicy(text, kind, options?)`.
#[wasm_bindgen(js_name = lintPolicy)]
pub fn lint_policy(text: &JsValue, kind: &JsValue, options: &JsValue) -> JsValue {
    let inputs = text_and_kind(text, kind).and_then(|it| Ok((it, lint_options(options)?)));
    match inputs {
        Ok(((text, kind), (catalogue, account))) => {
            let known = document::Known {
                catalogue: &catalogue.0,
                account: account.as_ref(),
            };
            hand_over(&document::lint_policy(&text, kind, known))
        }
        Err(findings) => reply::<()>(Err(findings)),
    }
}

/// The options of `lintPolicy`, which hold a value that is no JSON. What is left out may also be `null` or `undefined`.
fn lint_options(options: &JsValue) -> Result<(Catalogue, Option<AccountId>), Vec<Finding>> {
    let unexpected = |at: &str, message: &str| {
        let message = message.to_owned();
        vec![input::unexpected(at, "options", message)]
    };
    if is_left_out(options) {
        return Ok(Default::default());
    }
    let names = Reflect::own_keys(options).map_err(|_| unexpected("", "this is no object"))?;
    for name in names.iter() {
        let name = name.as_string().unwrap_or_default();
        if name != "catalogue" && name != "account" {
            let name = input::shortened(&name);
            let message = format!("unknown field `{name}`, expected `catalogue` or `account`");
            return Err(unexpected(&name, &message));
        }
    }
    let option = |name: &str| -> Result<Option<JsValue>, Vec<Finding>> {
        let value = Reflect::get(options, &name.into());
        let value = value.map_err(|_| unexpected(name, "this field cannot be read"))?;
        Ok((!is_left_out(&value)).then_some(value))
    };
    let catalogue = option("catalogue")?.map(|it| {
        let shared = it.unchecked_ref::<Sharing>().shared().ok();
        let shared = shared.and_then(|it| Catalogue::try_from_js_value(it).ok());
        shared.ok_or_else(|| unexpected("catalogue", "this is no `Catalogue`, or it was freed"))
    });
    let account = option("account")?
        .map(|it| string(&it, "options.account").and_then(|it| document::account_of(&it)));
    Ok((
        catalogue.transpose()?.unwrap_or_default(),
        account.transpose()?,
    ))
}

fn is_left_out(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
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

/// `whoCan(scenario, question)`.
#[wasm_bindgen(js_name = whoCan)]
pub fn who_can(scenario: &JsValue, question: &JsValue) -> JsValue {
    let inputs = json(scenario, "scenario").and_then(|it| Ok((it, json(question, "question")?)));
    reply_in_json(inputs.and_then(|(scenario, question)| who::who_can(&scenario, &question)))
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
