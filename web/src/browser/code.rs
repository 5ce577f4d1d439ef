//! The editor of texts that `web/editor` bundles: fetching it, and what it and the page tell each other.
//!
//! Knows plain values and no policies. Places are UTF-16 units. Invariant: an instance has one editor at a time, that of the
//! text area that it took the place of; where there is none, everything here does nothing.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo::timers::callback::Timeout;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, HtmlScriptElement, HtmlTextAreaElement};

use crate::{
    browser::{by_id, document, editor::TEXT_ID, root, window},
    view::code::{Card, CardFinding, Item, Mark, Offer},
};

/// The id of what the editor lies in.
pub(crate) const PLACE_ID: &str = "policy-editor";
/// See [`root::Root::file`].
const FILE: &str = "editor.js";
/// Under which name the file leaves its function.
const CREATE: &str = "rolewalkEditor";

thread_local! {
    static N_TRIES: Cell<u32> = const { Cell::new(0) };
    static ON_ITS_WAY: RefCell<Option<(Promise, HtmlScriptElement)>> = const { RefCell::new(None) };
}

/// The editor of an instance.
#[derive(Default)]
struct Current {
    editor: RefCell<Option<Rc<Editor>>>,
}

fn slot() -> Rc<Current> {
    root::current().own()
}

/// What the editor asks the page and tells it.
pub(crate) struct Host {
    /// The text is about to be another one; what to show of it, where that is known at once.
    pub(crate) changed: Box<dyn Fn(String) -> Option<Shown>>,
    /// What could stand at a place; whether somebody asked for it.
    pub(crate) complete: Box<dyn Fn(u32, bool) -> Option<Offer>>,
    /// What is to know of a place.
    pub(crate) about: Box<dyn Fn(u32) -> Option<Card>>,
    /// Does an action of the card given last.
    pub(crate) run: Box<dyn Fn(u32)>,
    /// Explains a kind of finding.
    pub(crate) explain: Option<Box<dyn Fn(String)>>,
    /// Lays the text out.
    pub(crate) format: Box<dyn Fn()>,
}

/// What the editor is to show.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// The text.
    pub(crate) text: String,
    /// What is marked in it.
    pub(crate) marks: Vec<Mark>,
    /// Whether the text is said to be invalid.
    pub(crate) is_invalid: bool,
}

impl Shown {
    fn to_array(&self) -> Array {
        let mark = |it: &Mark| {
            Array::of5(
                &it.from.into(),
                &it.to.into(),
                &it.kind.into(),
                &(&it.title).into(),
                &it.is_mendable.into(),
            )
        };
        let marks: Array = self.marks.iter().map(mark).collect();
        Array::of3(&(&self.text).into(), &marks, &self.is_invalid.into())
    }
}

/// What a button beside the text asks the editor for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// The search.
    Search,
    /// What could stand at the caret.
    Complete,
    /// What is to know of the caret's place.
    Explain,
    /// What it asked last, once more: there is more to say now.
    Again,
}

struct Editor {
    own: JsValue,
    /// What it calls; gone with it.
    _calls: Vec<Box<dyn std::any::Any>>,
}

impl Editor {
    fn call(&self, name: &str, arguments: &Array) -> Option<JsValue> {
        let function: Function = Reflect::get(&self.own, &name.into())
            .ok()?
            .dyn_into()
            .ok()?;
        function.apply(&self.own, arguments).ok()
    }
}

/// Whether the editor's file is here.
pub(crate) fn is_here() -> bool {
    create_function().is_some()
}

fn current() -> Option<Rc<Editor>> {
    slot().editor.borrow().clone()
}

fn create_function() -> Option<Function> {
    Reflect::get(window()?.as_ref(), &CREATE.into())
        .ok()?
        .dyn_into()
        .ok()
}

/// Fetches the editor's file, once nothing else is to be done, and tells whether it is here.
pub(crate) fn fetch(then: impl FnOnce(bool) + 'static) {
    let then: Box<dyn FnOnce(bool)> = Box::new(then);
    root::spawn(async move {
        if !is_here() {
            let _ = fetched().await;
        }
        then(is_here());
    });
}

/// All that wait for the file wait for the same: it is fetched once.
async fn fetched() -> Option<()> {
    let on_its_way = ON_ITS_WAY.with_borrow(Option::clone);
    let (arrival, script) = match on_its_way {
        Some(it) => it,
        None => asked_for()?,
    };
    let is_here = JsFuture::from(arrival.clone()).await;
    ON_ITS_WAY.with_borrow_mut(|it| it.take_if(|it| Object::is(&it.0, &arrival)));
    script.remove();
    is_here.ok().map(|_| ())
}

fn asked_for() -> Option<(Promise, HtmlScriptElement)> {
    let document = document()?;
    let file = root::current().file(FILE);
    let script: HtmlScriptElement = document.create_element("script").ok()?.dyn_into().ok()?;
    script.set_type("module");
    // A browser remembers that a module was not to be had, by its address.
    let n_tries = N_TRIES.replace(N_TRIES.get() + 1);
    script.set_src(&match n_tries {
        0 => file,
        n => format!("{file}?try={n}"),
    });
    let arrival = Promise::new(&mut |resolve, reject| {
        script.set_onload(Some(&resolve));
        script.set_onerror(Some(&reject));
    });
    document.head()?.append_child(&script).ok()?;
    let on_its_way = (arrival, script);
    ON_ITS_WAY.set(Some(on_its_way.clone()));
    Some(on_its_way)
}

/// Calls `then` when the page has nothing else to do; after a moment where the browser does not say.
pub(crate) fn when_idle(then: impl FnOnce() + 'static) {
    let then = root::keep(then);
    let idle = window()
        .and_then(|it| Reflect::get(it.as_ref(), &"requestIdleCallback".into()).ok())
        .and_then(|it| it.dyn_into::<Function>().ok());
    if let Some(idle) = idle {
        let then = Closure::once_into_js(then);
        // A busy browser may have no pause for long; somebody waits for the editor all the same.
        let options = Object::new();
        let _ = Reflect::set(&options, &"timeout".into(), &1500.into());
        let _ = idle.call2(&JsValue::UNDEFINED, &then, &options);
    } else {
        Timeout::new(200, then).forget();
    }
}

/// Puts the editor in the place of the text area, with its caret, scroll position and focus. `None` where one of the
/// two is not there.
pub(crate) fn take_over(text: &str, host: Host) -> Option<()> {
    let create = create_function()?;
    let area: HtmlTextAreaElement = by_id(TEXT_ID)?.dyn_into().ok()?;
    let place: HtmlElement = by_id(PLACE_ID)?.dyn_into().ok()?;
    let (host, calls) = host_object(of_root(host));
    let arguments = Array::of4(&place, &area, &text.into(), &host);
    let own = create.apply(&JsValue::UNDEFINED, &arguments).ok()?;
    let editor = Editor { own, _calls: calls };
    slot().editor.replace(Some(Rc::new(editor)));
    Some(())
}

/// The editor calls when it likes, and not only in events: each call is this instance's.
fn of_root(host: Host) -> Host {
    let root = Rc::downgrade(&root::current());
    let Host {
        changed,
        complete,
        about,
        run,
        explain,
        format,
    } = host;
    let all = [(); 6].map(|()| root.clone());
    let [r1, r2, r3, r4, r5, r6] = all;
    Host {
        changed: Box::new(move |text| r1.upgrade()?.enter(|| changed(text))),
        complete: Box::new(move |at, asked| r2.upgrade()?.enter(|| complete(at, asked))),
        about: Box::new(move |at| r3.upgrade()?.enter(|| about(at))),
        run: Box::new(move |number| {
            if let Some(root) = r4.upgrade() {
                root.enter(|| run(number));
            }
        }),
        explain: explain.map(|explain| -> Box<dyn Fn(String)> {
            Box::new(move |code| {
                if let Some(root) = r5.upgrade() {
                    root.enter(|| explain(code));
                }
            })
        }),
        format: Box::new(move || {
            if let Some(root) = r6.upgrade() {
                root.enter(&format);
            }
        }),
    }
}

fn host_object(host: Host) -> (Object, Vec<Box<dyn std::any::Any>>) {
    let object = Object::new();
    let mut calls: Vec<Box<dyn std::any::Any>> = Vec::new();
    let set = |name: &str, call: &JsValue| {
        let _ = Reflect::set(&object, &name.into(), call);
    };
    let Host {
        changed,
        complete,
        about,
        run,
        explain,
        format,
    } = host;
    let changed = Closure::<dyn Fn(String) -> JsValue>::new(move |text| {
        changed(text).map_or(JsValue::NULL, |it| it.to_array().into())
    });
    set("changed", changed.as_ref());
    calls.push(Box::new(changed));
    let complete = Closure::<dyn Fn(u32, bool) -> JsValue>::new(move |at, asked| {
        complete(at, asked).map_or(JsValue::NULL, |it| offer(&it))
    });
    set("complete", complete.as_ref());
    calls.push(Box::new(complete));
    let about = Closure::<dyn Fn(u32) -> JsValue>::new(move |at| {
        about(at).map_or(JsValue::NULL, |it| card(&it))
    });
    set("about", about.as_ref());
    calls.push(Box::new(about));
    let run = Closure::<dyn Fn(u32)>::new(run);
    set("run", run.as_ref());
    calls.push(Box::new(run));
    if let Some(explain) = explain {
        let explain = Closure::<dyn Fn(String)>::new(explain);
        set("explain", explain.as_ref());
        calls.push(Box::new(explain));
    }
    let format = Closure::<dyn Fn()>::new(format);
    set("format", format.as_ref());
    calls.push(Box::new(format));
    (object, calls)
}

fn offer(it: &Offer) -> JsValue {
    let before = it
        .before
        .as_ref()
        .map_or(JsValue::NULL, |(from, to, text)| {
            Array::of3(&(*from).into(), &(*to).into(), &text.into()).into()
        });
    let item = |it: &Item| {
        let values: [JsValue; 8] = [
            it.kind.into(),
            (&it.label).into(),
            (&it.detail).into(),
            (&it.description).into(),
            (&it.insert).into(),
            it.caret.into(),
            it.end.into(),
            it.goes_on.into(),
        ];
        values.into_iter().collect::<Array>()
    };
    let items: Array = it.items.iter().map(item).collect();
    Array::of4(&it.from.into(), &it.to.into(), &before, &items).into()
}

fn card(it: &Card) -> JsValue {
    let mut n_actions = 0_u32;
    let mut action = |title: &str| -> JsValue {
        n_actions += 1;
        Array::of2(&title.into(), &(n_actions - 1).into()).into()
    };
    let actions: Array = it.actions.iter().map(|it| action(it)).collect();
    let finding = |it: &CardFinding| {
        let values: [JsValue; 6] = [
            it.kind.into(),
            it.word.into(),
            (&it.message).into(),
            (&it.help).into(),
            it.code.into(),
            it.fix.as_ref().map_or(JsValue::NULL, |it| action(it)),
        ];
        values.into_iter().collect::<Array>()
    };
    let findings: Array = it.findings.iter().map(finding).collect();
    let lines: Array = it.lines.iter().map(|it| JsValue::from_str(it)).collect();
    let values: [JsValue; 7] = [
        it.from.into(),
        it.to.into(),
        (&it.title).into(),
        (&it.subtitle).into(),
        lines.into(),
        findings.into(),
        actions.into(),
    ];
    values.into_iter().collect::<Array>().into()
}

/// Shows a text and its marks in the editor.
pub(crate) fn show(shown: &Shown) {
    if let Some(editor) = current() {
        let _ = editor.call("show", &shown.to_array());
    }
}

/// Selects characters in the editor, or lets its carets follow what it was shown last, where they were there; whether there
/// is one.
pub(crate) fn select(start: u32, end: u32, follows: bool) -> bool {
    let Some(editor) = current() else {
        return false;
    };
    let name = if follows { "follow" } else { "select" };
    let _ = editor.call(name, &Array::of2(&start.into(), &end.into()));
    true
}

/// Asks the editor for something.
pub(crate) fn ask(ask: Ask) {
    let name = match ask {
        Ask::Search => "search",
        Ask::Complete => "complete",
        Ask::Explain => "explain",
        Ask::Again => "again",
    };
    if let Some(editor) = current() {
        let _ = editor.call(name, &Array::new());
    }
}

/// Takes the editor away: the first and last character selected, and whether it had the focus.
pub(crate) fn destroy() -> Option<(u32, u32, bool)> {
    let editor = slot().editor.take()?;
    let left = editor.call("destroy", &Array::new());
    // It may be the editor itself that called: what it called must stay until it returns.
    Timeout::new(0, move || drop(editor)).forget();
    let left: Array = left?.dyn_into().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "places in a text are whole and fit"
    )]
    let place = |idx: u32| left.get(idx).as_f64().map(|it| it as u32);
    Some((place(0)?, place(1)?, left.get(3).is_truthy()))
}
