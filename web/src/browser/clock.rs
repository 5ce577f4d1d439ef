//! The time, for telling a pause in typing, and what waits for one.

use std::cell::RefCell;

use gloo::timers::callback::Timeout;

const PAUSE_MS: u32 = 150;

/// Less than half a frame.
const SLICE_MS: f64 = 6.0;

thread_local! {
    static WAITING: RefCell<Option<Timeout>> = const { RefCell::new(None) };
}

/// Runs `then` after a pause in which it was not asked for again: what may take longer than a
/// keystroke should.
pub(crate) fn in_a_pause(then: impl FnOnce() + 'static) {
    let timeout = Timeout::new(PAUSE_MS, then);
    // Dropping the one before cancels it.
    WAITING.with(|it| it.replace(Some(timeout)));
}

/// Does `step` again and again while it says that there is more, a slice of a frame at a time: long work
/// that [`in_a_pause`] began, and that the next one puts an end to.
pub(crate) fn in_slices(step: impl FnMut() -> bool + 'static) {
    slice(Box::new(step), |timeout| {
        WAITING.with(|it| it.replace(Some(timeout)));
    });
}

/// The same for work that nothing puts an end to.
pub(crate) fn in_turns(step: impl FnMut() -> bool + 'static) {
    slice(Box::new(step), |timeout| {
        timeout.forget();
    });
}

fn slice(mut step: Box<dyn FnMut() -> bool>, keep: fn(Timeout)) {
    let start = now_ms();
    while now_ms() - start < SLICE_MS {
        if !step() {
            return;
        }
    }
    keep(Timeout::new(0, move || slice(step, keep)));
}

/// Lets nothing wait any more.
pub(crate) fn forget_waiting() {
    WAITING.with(RefCell::take);
}

/// Milliseconds since the page was opened; 0 where the browser does not say.
pub(crate) fn now_ms() -> f64 {
    crate::browser::window()
        .and_then(|it| it.performance())
        .map_or(0.0, |it| it.now())
}
