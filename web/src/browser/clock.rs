//! The time, for telling a pause in typing.

/// Milliseconds since the page was opened; 0 where the browser does not say.
pub(crate) fn now_ms() -> f64 {
    crate::browser::window()
        .and_then(|it| it.performance())
        .map_or(0.0, |it| it.now())
}
