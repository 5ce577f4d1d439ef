//! Code that arrives when it is first needed, in files of its own beside the page.
//!
//! [`late!`] declares a function whose code, with all that only it needs, lies in such a part. `cargo xtask build`
//! splits the parts off (feature `split`); any other build has everything in one file, and nothing has to be
//! waited for. Invariant: a part that cannot be fetched is told, and asked for again when somebody wants it again.

use std::{
    future::Future,
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

/// Why there is no answer: the part that would give it could not be fetched.
pub(crate) use wasm_split_helpers::SplitLoaderError as NotThere;

use crate::browser::root;

/// What to say and do about a part that is not there.
pub(crate) const NOT_THERE: &str = "This part of the page could not be fetched. Check the connection and try again. If there is a newer version of Rolewalk, it comes with a reload; what you have made stays as it is.";

/// Declares a function that lies in a part of the page which arrives later: `PART, ARRIVES: fn NAME(…) -> T { … }`.
///
/// What comes of it is `async fn NAME(…) -> Result<T, NotThere>`, which fetches the part first, and, where it is
/// named, `async fn ARRIVES() -> Result<(), NotThere>`, which only fetches it. The body must not `return`.
///
/// Each function knows by itself whether its part is here: that of another function of the same part, or its `ARRIVES`,
/// was waited for does not make [`now`] answer.
macro_rules! late {
    (
        $part:ident $(, $arrives:ident)?:
        $(#[$attribute:meta])*
        $visibility:vis fn $name:ident($($argument:ident: $type:ty),* $(,)?) -> $answer:ty $body:block
    ) => {
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($part, fallible $(, preload($arrives))?)]
        $(#[$attribute])*
        $visibility fn $name($($argument: $type),*) -> Result<$answer, $crate::late::NotThere> {
            Ok($body)
        }

        #[cfg(not(feature = "split"))]
        $(#[$attribute])*
        $visibility async fn $name($($argument: $type),*) -> Result<$answer, $crate::late::NotThere> {
            Ok($body)
        }

        $(
            #[cfg(not(feature = "split"))]
            $visibility async fn $arrives() -> Result<(), $crate::late::NotThere> {
                Ok(())
            }
        )?
    };
}
pub(crate) use late;

/// The answer, where it need not be waited for.
pub(crate) fn now<T>(answer: impl Future<Output = T>) -> Option<T> {
    now_or_later(pin!(answer))
}

fn now_or_later<T>(answer: Pin<&mut impl Future<Output = T>>) -> Option<T> {
    match answer.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => Some(answer),
        Poll::Pending => None,
    }
}

/// Calls `then` with the answer: at once where it need not be waited for, so that an event is over when it has had
/// its effect.
pub(crate) fn then<T: 'static>(
    answer: impl Future<Output = Result<T, NotThere>> + 'static,
    then: impl FnOnce(Result<T, NotThere>) + 'static,
) {
    let mut answer = Box::pin(answer);
    if let Some(answer) = now_or_later(answer.as_mut()) {
        then(answer);
    } else {
        root::spawn(async move { then(answer.await) });
    }
}

/// Calls `then` with the answer that `ask` gives, which is not called before `arrives` is through: what it reads of
/// the page is as it is at that moment, however long the part was on its way.
pub(crate) fn when_here<T: 'static, A>(
    arrives: impl Future<Output = Result<(), NotThere>> + 'static,
    ask: impl FnOnce() -> A + 'static,
    then: impl FnOnce(Result<T, NotThere>) + 'static,
) where
    A: Future<Output = Result<T, NotThere>> + 'static,
{
    self::then(arrives, move |is_here| match is_here {
        Ok(()) => self::then(ask(), then),
        Err(error) => then(Err(error)),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    late! {
        test, test_arrives:
        fn twice(n: u32) -> u32 {
            n * 2
        }
    }

    #[test]
    fn what_is_there_is_answered_at_once() {
        assert!(matches!(now(test_arrives()), Some(Ok(()))));
        let heard = std::rc::Rc::new(std::cell::Cell::new(None));
        let writes = std::rc::Rc::clone(&heard);
        then(twice(21), move |it| writes.set(it.ok()));
        assert_eq!(heard.get(), Some(42));
        assert!(now(std::future::pending::<()>()).is_none());
    }

    #[test]
    fn what_is_asked_once_the_part_is_here_is_not_asked_before() {
        let order = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
        let note = |what: &'static str| {
            let order = std::rc::Rc::clone(&order);
            move || order.borrow_mut().push(what)
        };
        let (here, asked, answered) = (note("here"), note("asked"), note("answered"));
        let arrives = async move {
            here();
            test_arrives().await
        };
        let ask = move || {
            asked();
            twice(1)
        };
        when_here(arrives, ask, move |_| answered());
        assert_eq!(*order.borrow(), ["here", "asked", "answered"]);
    }
}
