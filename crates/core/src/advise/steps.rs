//! Long work cut into steps, so that a page stays at hand meanwhile.
//!
//! The work is an `async` function that rests now and then; nothing but [`Steps::step`] ever wakes it.
//! Knows nothing of time. Invariant: what comes out is the same however long somebody waits between two
//! steps.

use std::{
    fmt,
    future::{Future, poll_fn},
    pin::Pin,
    task::{Context, Poll, Waker},
};

/// Work that is done step by step.
pub struct Steps<'a, T>(Pin<Box<dyn Future<Output = T> + 'a>>);

impl<T> fmt::Debug for Steps<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Steps").finish_non_exhaustive()
    }
}

impl<'a, T> Steps<'a, T> {
    /// The steps of some work, none of which is done yet.
    pub fn of(work: impl Future<Output = T> + 'a) -> Self {
        Self(Box::pin(work))
    }

    /// Does one more; gives what came of all after the last, and is not to be asked again then.
    pub fn step(&mut self) -> Option<T> {
        match self
            .0
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(result) => Some(result),
            Poll::Pending => None,
        }
    }

    /// Does all that is left.
    pub fn finish(mut self) -> T {
        loop {
            if let Some(result) = self.step() {
                return result;
            }
        }
    }
}

/// The end of a step.
pub(super) async fn rest() {
    let mut is_rested = false;
    poll_fn(|_| {
        if is_rested {
            return Poll::Ready(());
        }
        is_rested = true;
        Poll::Pending
    })
    .await;
}
