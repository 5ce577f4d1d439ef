//! Memos whose code is made once for each type of value, not once for each place.
//!
//! The page has some seventy memos of some twenty types; what a memo does around its closure is the
//! same for all of one type, and the page is downloaded more often than it computes.

use leptos::prelude::*;

/// A memo of what `read` gives.
pub(crate) fn memo<T>(read: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    of_boxed(Box::new(read))
}

#[inline(never)]
fn of_boxed<T>(read: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| read())
}
