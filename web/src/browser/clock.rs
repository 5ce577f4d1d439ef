//! The time, for telling a pause in typing, and what waits for one.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo::timers::callback::Timeout;
use leptos::prelude::{LocalStorage, SetValue, StoredValue};

use crate::browser::root;

const PAUSE_MS: u32 = 150;

/// Less than half a frame.
const SLICE_MS: f64 = 6.0;

/// The long work of an instance.
#[derive(Debug, Default)]
struct Work {
    waiting: RefCell<Option<Timeout>>,
    runs: Runs,
}

fn work() -> Rc<Work> {
    root::current().own()
}

/// Which run of the long work is the newest.
#[derive(Debug, Default)]
struct Runs {
    newest: Cell<u32>,
}

/// One run of the long work: it goes on only while no other has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run(u32);

impl Runs {
    fn begin(&self) -> Run {
        self.newest.set(self.newest.get().wrapping_add(1));
        Run(self.newest.get())
    }

    fn is_newest(&self, run: Run) -> bool {
        self.newest.get() == run.0
    }
}

/// Runs `then` after a pause in which it was not asked for again: what may take longer than a
/// keystroke should. From now on no older run goes on.
pub(crate) fn in_a_pause(then: impl FnOnce(Run) + 'static) {
    let work = work();
    let run = work.runs.begin();
    let timeout = Timeout::new(PAUSE_MS, root::keep(move || then(run)));
    // Dropping the one before cancels it.
    work.waiting.replace(Some(timeout));
}

/// Does `step` again and again while it says that there is more, a slice of a frame at a time: the long work
/// of a run that [`in_a_pause`] began. It does nothing once another has begun, even where what it had to wait for
/// comes only then.
pub(crate) fn in_slices(run: Run, step: impl FnMut() -> bool + 'static) {
    slice(Some(run), Box::new(step));
}

/// The same for work that nothing puts an end to.
pub(crate) fn in_turns(step: impl FnMut() -> bool + 'static) {
    slice(None, Box::new(step));
}

fn slice(run: Option<Run>, mut step: Box<dyn FnMut() -> bool>) {
    if run.is_some_and(|run| !work().runs.is_newest(run)) {
        return;
    }
    let start = now_ms();
    while now_ms() - start < SLICE_MS {
        if !step() {
            return;
        }
    }
    let timeout = Timeout::new(0, root::keep(move || slice(run, step)));
    if run.is_some() {
        work().waiting.replace(Some(timeout));
    } else {
        timeout.forget();
    }
}

/// Lets nothing wait any more, and no run go on.
pub(crate) fn forget_waiting() {
    let work = work();
    work.runs.begin();
    work.waiting.take();
}

/// What a part of the page does once nobody has asked for it for a while. Where that part is gone by then, nothing is done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pause(StoredValue<Option<Timeout>, LocalStorage>);

impl Pause {
    /// Of the part of the page that is being made.
    pub(crate) fn here() -> Self {
        Self(StoredValue::new_local(None))
    }

    /// Does it after that long; asked for again before, it waits anew.
    pub(crate) fn wait(self, pause_ms: u32, then: impl FnOnce() + 'static) {
        let timeout = Timeout::new(pause_ms, root::keep(then));
        // Dropping the one before cancels it.
        self.0.try_set_value(Some(timeout));
    }

    /// Leaves it undone.
    pub(crate) fn forget(self) {
        self.0.try_set_value(None);
    }
}

/// A number that nobody foresees, small enough to be read out: what a set of challenges follows from.
pub(crate) fn seed() -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 9999"
    )]
    let seed = (js_sys::Math::random() * 10_000.0) as u64;
    seed
}

/// Milliseconds since the page was opened; 0 where the browser does not say.
pub(crate) fn now_ms() -> f64 {
    crate::browser::window()
        .and_then(|it| it.performance())
        .map_or(0.0, |it| it.now())
}

/// The time, in whole milliseconds since 1970.
pub(crate) fn epoch_ms() -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and of this century"
    )]
    let ms = js_sys::Date::now() as u64;
    ms
}

/// A time in milliseconds since 1970, as the visitor's clock has it: “30 Nov 2026, 12:40”.
pub(crate) fn day_and_time(ms: u64) -> String {
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // A new object takes everything.
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    #[expect(clippy::cast_precision_loss, reason = "of this century")]
    let date = js_sys::Date::new(&(ms as f64).into());
    date.to_locale_string("en-GB", &options).into()
}

#[cfg(test)]
mod tests {
    use super::Runs;

    #[test]
    fn only_the_newest_run_goes_on() {
        let runs = Runs::default();
        let first = runs.begin();
        assert!(runs.is_newest(first));
        let second = runs.begin();
        assert!(!runs.is_newest(first));
        assert!(runs.is_newest(second));
    }
}
