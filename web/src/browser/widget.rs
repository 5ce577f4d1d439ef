//! The border between a widget's script (`web/widget`) and the app: what one tells the other, as plain values.
//!
//! The script makes the element, watches the host's page and fetches; the app shows a scenario in it. Knows nothing of
//! what a scenario says. Invariant: nothing that comes from outside is trusted to be of any shape.

use std::{cell::RefCell, future::Future, pin::Pin, rc::Rc};

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::future_to_promise;
use web_sys::HtmlElement;

use crate::browser::{rescue, root::Root};

/// What a widget begins with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// The scenario, as JSON.
    pub(crate) scenario: String,
    /// What has become of it since, as JSON; empty: nothing.
    pub(crate) now: String,
    /// Which views to show, by their names.
    pub(crate) view: String,
    /// Which text is open, by its name; empty: what the scenario is about.
    pub(crate) open: String,
    /// Whether it is only read.
    pub(crate) is_read_only: bool,
}

/// Why something is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// A stable name.
    pub(crate) code: &'static str,
    /// What is wrong, in one line.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: &'static str,
    /// Where in the scenario, where that is known.
    pub(crate) at: Option<At>,
}

/// A place in a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct At {
    /// The field, such as `world.home.roles[2].name`; empty for the whole.
    pub(crate) path: String,
    /// From 1.
    pub(crate) line: u32,
    /// From 1, in characters.
    pub(crate) column: u32,
}

/// What the app tells of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// It is drawn.
    Ready,
    /// The scenario is another one.
    Changed,
    /// What the walk comes to.
    Verdict {
        /// Whether and how it ends.
        outcome: &'static str,
        /// In a few words.
        headline: String,
        /// The answer, the reason and what would change it.
        answer: String,
        reason: String,
        fix: Option<String>,
        /// The door that stops it.
        door: Option<String>,
    },
    /// Something that its author has written is not known. It is shown all the same.
    Wrong(Trouble),
}

/// Who hears of it.
#[derive(Clone)]
pub(crate) struct Host {
    tell: Function,
}

impl Host {
    /// Tells it.
    pub(crate) fn tell(&self, told: Told) {
        let detail = match &told {
            Told::Wrong(trouble) => thrown(trouble),
            _ => Object::new(),
        };
        let set = |name: &str, value: &JsValue| {
            let _ = Reflect::set(&detail, &name.into(), value);
        };
        let name = match told {
            Told::Ready => "ready",
            Told::Changed => "change",
            Told::Wrong(_) => "error",
            Told::Verdict {
                outcome,
                headline,
                answer,
                reason,
                fix,
                door,
            } => {
                let or_null = |it: Option<String>| it.map_or(JsValue::NULL, JsValue::from);
                set("outcome", &outcome.into());
                set("headline", &headline.into());
                set("answer", &answer.into());
                set("reason", &reason.into());
                set("fix", &or_null(fix));
                set("door", &or_null(door));
                "verdict"
            }
        };
        // A listener of the host's that throws is the host's own.
        let _ = self.tell.call2(&JsValue::UNDEFINED, &name.into(), &detail);
    }
}

/// What came of something that may go wrong.
pub(crate) type Taken<T> = Result<T, Trouble>;
/// A text that is on its way.
pub(crate) type Awaited = Pin<Box<dyn Future<Output = Taken<String>>>>;
/// Code that is on its way.
pub(crate) type Arriving = Pin<Box<dyn Future<Output = Taken<()>>>>;

/// Takes a text, or says why not.
pub(crate) type Give = dyn Fn(&str) -> Taken<()>;

/// What the script can do with the app in its element.
pub(crate) struct Controls {
    /// The scenario as it stands, as JSON.
    pub(crate) scenario: Box<dyn Fn() -> String>,
    /// Shows another scenario, from JSON.
    pub(crate) set_scenario: Box<Give>,
    /// The scenario as it was given again.
    pub(crate) reset: Box<dyn Fn()>,
    /// Shows other views.
    pub(crate) set_view: Box<dyn Fn(&str)>,
    /// Opens a text by its name.
    pub(crate) open: Box<dyn Fn(&str)>,
    /// Lets it be edited, or not.
    pub(crate) set_read_only: Box<dyn Fn(bool)>,
    /// The address that opens the scenario in Rolewalk.
    pub(crate) share_url: Box<dyn Fn() -> Awaited>,
    /// What is gone when the widget is.
    pub(crate) mounted: Box<dyn std::any::Any>,
}

/// What the pages do for widgets; said once, when the module begins.
#[derive(Clone, Copy)]
pub(crate) struct Maker {
    /// How large a scenario may be, in bytes of JSON.
    pub(crate) max_bytes: usize,
    /// Fetches what shows one; before that, nothing is shown.
    pub(crate) arrive: fn() -> Arriving,
    /// Shows a scenario in a root.
    pub(crate) mount: fn(Rc<Root>, Options, Host) -> Taken<Controls>,
    /// Makes JSON of whatever names a scenario: JSON, the text of a link, the name of a world; the library's file, where it
    /// was fetched.
    pub(crate) read: fn(String, Option<String>) -> Awaited,
}

thread_local! {
    static MAKER: RefCell<Option<Maker>> = const { RefCell::new(None) };
}

/// Says who makes widgets.
pub(crate) fn install(maker: Maker) {
    MAKER.replace(Some(maker));
}

/// A scenario that is shown somewhere in somebody's page. Gone when it is freed.
#[wasm_bindgen]
pub struct Playground {
    root: Rc<Root>,
    controls: Controls,
}

impl std::fmt::Debug for Playground {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Playground")
            .field("root", &self.root)
            .finish_non_exhaustive()
    }
}

/// Shows a scenario in an element of a shadow root, once [`arrive`] is through. `options`: `scenario` and
/// `now` (JSON), `view`, `open`, `readonly`, `site` (the
/// site's folder, ending in a slash), `files` (what some of its files are called, with blanks between), `tell` (called with a name and a detail),
/// `stop` (called when the module can do no more).
#[wasm_bindgen]
pub fn mount(element: HtmlElement, options: &JsValue) -> Result<Playground, JsValue> {
    let text = |name: &str| {
        let value = Reflect::get(options, &name.into()).ok();
        value.and_then(|it| it.as_string()).unwrap_or_default()
    };
    let tell = Reflect::get(options, &"tell".into()).unwrap_or_default();
    let host = Host { tell: tell.into() };
    let given = Options {
        scenario: text("scenario"),
        now: text("now"),
        view: text("view"),
        open: text("open"),
        is_read_only: Reflect::get(options, &"readonly".into()).is_ok_and(|it| it.is_truthy()),
    };
    let stop = Reflect::get(options, &"stop".into()).ok();
    let stop = stop.and_then(|it| it.dyn_into().ok());
    let root = Root::of_widget(element, text("site"), text("files"), stop);
    let maker = MAKER.with_borrow(|it| *it);
    let (Some(root), Some(maker)) = (root, maker) else {
        return Err(JsValue::NULL);
    };
    let own = Rc::clone(&root);
    match root.enter(|| (maker.mount)(own, given, host)) {
        Ok(controls) => Ok(Playground { root, controls }),
        Err(trouble) => Err(thrown(&trouble).into()),
    }
}

/// How large a scenario may be, in bytes of JSON.
#[wasm_bindgen(js_name = maxBytes)]
pub fn max_bytes() -> usize {
    MAKER.with_borrow(|it| it.map_or(0, |it| it.max_bytes))
}

/// The next edit panics: to try what a page does then.
#[wasm_bindgen(js_name = panicDrill)]
pub fn panic_drill() {
    rescue::arm();
}

/// Fetches what [`mount`] needs.
#[wasm_bindgen]
pub fn arrive() -> Promise {
    let Some(maker) = MAKER.with_borrow(|it| *it) else {
        return Promise::reject(&JsValue::NULL);
    };
    let arriving = (maker.arrive)();
    promised(Box::pin(
        async move { arriving.await.map(|()| String::new()) },
    ))
}

/// JSON of whatever names a scenario; rejected with the code `needs-library` where the library's file is to be given, too.
#[wasm_bindgen]
pub fn read(text: String, library: Option<String>) -> Promise {
    let Some(maker) = MAKER.with_borrow(|it| *it) else {
        return Promise::reject(&JsValue::NULL);
    };
    promised((maker.read)(text, library))
}

#[wasm_bindgen]
impl Playground {
    /// The scenario as it stands, as JSON.
    pub fn scenario(&self) -> String {
        self.root.enter(&self.controls.scenario)
    }

    /// Shows another scenario, from JSON; throws what is wrong with it.
    #[wasm_bindgen(js_name = setScenario)]
    pub fn set_scenario(&self, json: &str) -> Result<(), JsValue> {
        let answer = self.root.enter(|| (self.controls.set_scenario)(json));
        answer.map_err(|it| thrown(&it).into())
    }

    /// The scenario as it was given again.
    pub fn reset(&self) {
        self.root.enter(&self.controls.reset);
    }

    /// Shows other views.
    #[wasm_bindgen(js_name = setView)]
    pub fn set_view(&self, view: &str) {
        self.root.enter(|| (self.controls.set_view)(view));
    }

    /// Opens a text by its name.
    pub fn open(&self, name: &str) {
        self.root.enter(|| (self.controls.open)(name));
    }

    /// Lets it be edited, or not.
    #[wasm_bindgen(js_name = setReadonly)]
    pub fn set_read_only(&self, is_read_only: bool) {
        self.root
            .enter(|| (self.controls.set_read_only)(is_read_only));
    }

    /// The address that opens the scenario in Rolewalk.
    #[wasm_bindgen(js_name = shareUrl)]
    pub fn share_url(&self) -> Promise {
        promised(self.root.enter(&self.controls.share_url))
    }
}

impl Drop for Playground {
    fn drop(&mut self) {
        let mounted = std::mem::replace(&mut self.controls.mounted, Box::new(()));
        self.root.enter(|| drop(mounted));
    }
}

fn promised(text: Awaited) -> Promise {
    future_to_promise(async move {
        match text.await {
            Ok(text) => Ok(text.into()),
            Err(trouble) => Err(thrown(&trouble).into()),
        }
    })
}

fn thrown(trouble: &Trouble) -> Object {
    let object = Object::new();
    for (name, value) in [
        ("code", trouble.code),
        ("message", &trouble.message),
        ("help", trouble.help),
    ] {
        let _ = Reflect::set(&object, &name.into(), &value.into());
    }
    if let Some(At { path, line, column }) = &trouble.at {
        let at = Object::new();
        let all = [
            ("path", path.into()),
            ("line", (*line).into()),
            ("column", (*column).into()),
        ];
        for (name, value) in all {
            let value: JsValue = value;
            let _ = Reflect::set(&at, &name.into(), &value);
        }
        let _ = Reflect::set(&object, &"at".into(), &at);
    }
    object
}
