//! Signals of any type over one type of Leptos' signals.
//!
//! What Leptos does around a value (tracking, comparing, locking, freeing) is compiled anew for each
//! type of value, and the page has some forty of them. Here each value lies behind a pointer, so that
//! this code exists once: the page is downloaded more often than it computes.
//!
//! INVARIANT: only a `T` is ever put into a `Signal<T>` or an `RwSignal<T>`.

use std::{any::Any, fmt, marker::PhantomData, sync::Arc};

use leptos::prelude::{
    Effect, Get, GetUntracked, Memo as LeptosMemo, RwSignal as LeptosRwSignal, Set,
    Signal as LeptosSignal, Track,
};

type Erased = Arc<dyn Any + Send + Sync>;

#[expect(clippy::unreachable, reason = "see the invariant of this module")]
fn value<T: 'static>(erased: &Erased) -> &T {
    match erased.downcast_ref() {
        Some(value) => value,
        None => unreachable!(),
    }
}

/// A value to follow.
pub(crate) struct Signal<T> {
    inner: LeptosSignal<Erased>,
    value: PhantomData<fn() -> T>,
}

impl<T: 'static> Signal<T> {
    const fn over(inner: LeptosSignal<Erased>) -> Self {
        Self {
            inner,
            value: PhantomData,
        }
    }

    /// Looks at the value, and follows it.
    pub(crate) fn with<O>(self, read: impl FnOnce(&T) -> O) -> O {
        read(value(&self.inner.get()))
    }

    /// Looks at the value as it is now.
    pub(crate) fn with_untracked<O>(self, read: impl FnOnce(&T) -> O) -> O {
        read(value(&self.inner.get_untracked()))
    }

    /// Follows the value without looking.
    pub(crate) fn track(self) {
        self.inner.track();
    }
}

impl<T: Clone + 'static> Signal<T> {
    /// The value, which is followed.
    pub(crate) fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value as it is now.
    pub(crate) fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }

    /// The same, where the part of the page that it belongs to may be gone by now.
    pub(crate) fn get_if_there(self) -> Option<T> {
        self.inner
            .try_get_untracked()
            .map(|it| value::<T>(&it).clone())
    }
}

impl<T: Send + Sync + 'static> Signal<T> {
    /// A value that stays.
    pub(crate) fn stored(value: T) -> Self {
        Self::over(LeptosSignal::stored(Arc::new(value)))
    }
}

/// A value that others can set.
pub(crate) struct RwSignal<T> {
    inner: LeptosRwSignal<Erased>,
    value: PhantomData<fn() -> T>,
}

impl<T: Send + Sync + 'static> RwSignal<T> {
    /// A signal that holds `value` to begin with.
    pub(crate) fn new(value: T) -> Self {
        Self {
            inner: LeptosRwSignal::new(Arc::new(value)),
            value: PhantomData,
        }
    }

    /// Puts another value in place of this one, and tells those that follow.
    pub(crate) fn set(self, value: T) {
        self.inner.set(Arc::new(value));
    }

    /// The same, where the part of the page that it belongs to may be gone by now.
    pub(crate) fn set_if_there(self, value: T) {
        self.inner.try_set(Arc::new(value));
    }

    /// Looks at the value, and follows it.
    pub(crate) fn with<O>(self, read: impl FnOnce(&T) -> O) -> O {
        read(value(&self.inner.get()))
    }

    /// Looks at the value as it is now.
    pub(crate) fn with_untracked<O>(self, read: impl FnOnce(&T) -> O) -> O {
        read(value(&self.inner.get_untracked()))
    }

    /// Follows the value without looking.
    pub(crate) fn track(self) {
        self.inner.track();
    }
}

impl<T: Clone + Send + Sync + 'static> RwSignal<T> {
    /// The value, which is followed.
    pub(crate) fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value as it is now.
    pub(crate) fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }

    /// The value as it is now, where the part of the page that it belongs to may be gone.
    pub(crate) fn get_if_there(self) -> Option<T> {
        self.inner
            .try_get_untracked()
            .map(|it| value::<T>(&it).clone())
    }

    /// Changes the value, and tells those that follow.
    pub(crate) fn update(self, change: impl FnOnce(&mut T)) {
        let mut value = self.get_untracked();
        change(&mut value);
        self.set(value);
    }
}

impl<T: 'static> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self::over(signal.inner.into())
    }
}

/// What `read` gives; it is read anew when a signal in it changes, and followed where it differs.
pub(crate) fn memo<T>(read: impl Fn() -> T + Send + Sync + 'static) -> Signal<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    Signal::over(erased_memo(Box::new(move |before| kept(before, read()))))
}

/// The same value, a moment later. For a memo that hundreds follow: whatever a memo looks at tells all
/// its followers, and theirs, that it may have changed, again and again for one edit. Behind this one
/// they hear of it once, and only where the value is another.
pub(crate) fn settled<T: Send + Sync + 'static>(source: Signal<T>) -> Signal<T> {
    Signal::over(erased_settled(source.inner))
}

fn erased_settled(source: LeptosSignal<Erased>) -> LeptosSignal<Erased> {
    let settled = LeptosRwSignal::new(source.get_untracked());
    Effect::new(move || {
        let now = source.get();
        if !Arc::ptr_eq(&now, &settled.get_untracked()) {
            settled.set(now);
        }
    });
    settled.into()
}

/// The value before where it equals this one, and whether it does not.
fn kept<T: PartialEq + Send + Sync + 'static>(before: Option<Erased>, now: T) -> (Erased, bool) {
    match before {
        Some(before) if *value::<T>(&before) == now => (before, false),
        _ => (Arc::new(now), true),
    }
}

fn erased_memo(
    read: Box<dyn Fn(Option<Erased>) -> (Erased, bool) + Send + Sync>,
) -> LeptosSignal<Erased> {
    LeptosMemo::new_owning(read).into()
}

// By hand, because the derived ones would ask the same of `T`.
impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Signal<T> {}

impl<T> fmt::Debug for Signal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signal").finish_non_exhaustive()
    }
}

impl<T> Clone for RwSignal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for RwSignal<T> {}

impl<T> fmt::Debug for RwSignal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RwSignal").finish_non_exhaustive()
    }
}
