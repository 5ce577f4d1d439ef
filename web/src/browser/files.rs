//! Reads files that somebody chose or dropped.
//!
//! Files are read here and go nowhere else. Invariant: every file comes back, read or refused.

use std::{cell::RefCell, rc::Rc};

use gloo::events::EventListener;
use rolewalk_core::import::{Input, MAX_BYTES};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DragEvent, Element, Event, File, FileList, FileReader, HtmlInputElement};

use crate::browser::{folders, root};

/// What came of reading files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Files {
    /// Those that were read.
    pub(crate) inputs: Vec<Input>,
    /// The names of those that are too large or that the browser could not read.
    pub(crate) refused: Vec<String>,
    /// Whether a folder held more files than are read.
    pub(crate) is_cut: bool,
}

impl Files {
    /// One that was read.
    pub(crate) fn one(name: String, text: String) -> Self {
        Self {
            inputs: vec![Input { name, text }],
            ..Self::default()
        }
    }
}

/// Reads the files that were chosen in a file field, which is empty afterwards.
pub(crate) fn read_chosen(event: &Event, then: impl Fn(Files) + 'static) {
    let field = event.target().and_then(|it| it.dyn_into().ok());
    let Some(field): Option<HtmlInputElement> = field else {
        return;
    };
    if let Some(files) = field.files() {
        read(named(&files), false, then);
    }
    // So that the same file can be chosen again.
    field.set_value("");
}

/// Reads the files that were dropped, those in dropped folders too.
pub(crate) fn read_dropped(event: &DragEvent, then: impl Fn(Files) + 'static) {
    event.prevent_default();
    let Some(dropped) = event.data_transfer() else {
        return;
    };
    if let Some(entries) = folders::with_folder(&dropped) {
        root::spawn(async move {
            let (files, is_cut) = folders::files(entries).await;
            read(files, is_cut, then);
        });
    } else if let Some(files) = dropped.files() {
        read(named(&files), false, then);
    }
}

/// Each file with what it is called.
fn named(list: &FileList) -> Vec<(String, File)> {
    let files = (0..list.length()).filter_map(|idx| list.get(idx));
    files.map(|it| (name(&it), it)).collect()
}

/// Reads files that are dropped anywhere on the page but where a place of its own takes them, for as long as what comes
/// back is kept.
pub(crate) fn on_dropped(then: impl Fn(Files) + Clone + 'static) -> Listening {
    on_drop(move |drag| read_dropped(drag, then.clone()))
}

/// Takes files that are dropped there without reading them, so that the browser does not open them in the page's place.
pub(crate) fn on_refused(then: impl Fn() + 'static) -> Listening {
    on_drop(move |drag| {
        drag.prevent_default();
        then();
    })
}

fn on_drop(then: impl Fn(&DragEvent) + 'static) -> Listening {
    let Some(window) = crate::browser::window() else {
        return Listening(Vec::new());
    };
    let options = root::capture();
    let over = EventListener::new_with_options(&window, "dragover", options, |event| {
        if let Some(drag) = files_for_page(event) {
            drag.prevent_default();
        }
    });
    let drop = EventListener::new_with_options(&window, "drop", options, move |event| {
        if let Some(drag) = files_for_page(event) {
            // The editor would put the file's text into the policy.
            drag.stop_propagation();
            then(drag);
        }
    });
    Listening(vec![over, drop])
}

/// Ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Listening(#[expect(dead_code, reason = "kept, not read")] Vec<EventListener>);

/// A drag with files in it, which nothing but the page takes.
fn files_for_page(event: &Event) -> Option<&DragEvent> {
    let drag: &DragEvent = event.dyn_ref()?;
    let types = drag.data_transfer()?.types();
    let has_files = types
        .iter()
        .any(|it| it.as_string().as_deref() == Some("Files"));
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let of_its_own = target.and_then(|it| it.closest(".takes-files").ok().flatten());
    (has_files && of_its_own.is_none()).then_some(drag)
}

struct Pending {
    n_open: usize,
    files: Files,
    listeners: Vec<EventListener>,
}

fn read(list: Vec<(String, File)>, is_cut: bool, then: impl Fn(Files) + 'static) {
    let pending = Rc::new(RefCell::new(Pending {
        n_open: list.len(),
        files: Files {
            is_cut,
            ..Files::default()
        },
        listeners: Vec::new(),
    }));
    let then: Rc<dyn Fn(Files)> = Rc::new(then);
    for (name, file) in list {
        read_one(name, &file, &pending, &then);
    }
}

fn read_one(name: String, file: &File, pending: &Rc<RefCell<Pending>>, then: &Rc<dyn Fn(Files)>) {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let is_too_large = file.size() > MAX_BYTES as f64;
    let reader = FileReader::new().ok().filter(|_| !is_too_large);
    let Some(reader) = reader.filter(|it| it.read_as_text(file).is_ok()) else {
        // Once this function has returned: others may still be to come.
        return close(pending, then, |it| it.refused.push(name));
    };
    let target = reader.clone();
    let (own, then) = (Rc::clone(pending), Rc::clone(then));
    let listener = EventListener::once(&target, "loadend", move |_| {
        let text = reader.result().ok().and_then(|it| it.as_string());
        close(&own, &then, |files| match text {
            Some(text) => files.inputs.push(Input { name, text }),
            None => files.refused.push(name),
        });
    });
    pending.borrow_mut().listeners.push(listener);
}

/// Of a file in a chosen folder its path from there, else its name.
fn name(file: &File) -> String {
    let path = js_sys::Reflect::get(file, &JsValue::from_str("webkitRelativePath"));
    let path = path.ok().and_then(|it| it.as_string());
    path.filter(|it| !it.is_empty())
        .unwrap_or_else(|| file.name())
}

/// One file less to wait for.
fn close(pending: &Rc<RefCell<Pending>>, then: &Rc<dyn Fn(Files)>, add: impl FnOnce(&mut Files)) {
    let done = {
        let mut pending = pending.borrow_mut();
        add(&mut pending.files);
        pending.n_open = pending.n_open.saturating_sub(1);
        (pending.n_open == 0).then(|| {
            let listeners = std::mem::take(&mut pending.listeners);
            // A listener must not be dropped while it runs.
            crate::browser::after_render(|| drop(listeners));
            std::mem::take(&mut pending.files)
        })
    };
    if let Some(files) = done {
        then(files);
    }
}
