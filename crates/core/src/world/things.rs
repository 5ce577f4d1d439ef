//! A list of things that shares them with its copies: an account may have thousands of roles, and every
//! edit makes a new world.
//!
//! Used like a `Vec`. Invariant: a thing that nobody changed is the very same in memory in all copies,
//! so [`Things::changed`] and `==` look into those only that somebody did change.

use std::{
    fmt,
    ops::{Index, IndexMut},
    slice,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A thing that is told apart from the others of its list by a name.
pub trait Named {
    /// The name, to the character.
    fn name(&self) -> &str;
}

/// A list of things, shared one by one with the copies of the list.
pub struct Things<T>(Vec<Arc<T>>, Order);

/// Whether the names of a list rise from each thing to the next, once somebody wanted to know: then a
/// name is found by halving.
#[derive(Default)]
struct Order(AtomicU8);

impl Order {
    const UNKNOWN: u8 = 0;
    const RISES: u8 = 1;
    const MIXED: u8 = 2;

    const fn new() -> Self {
        Self(AtomicU8::new(Self::UNKNOWN))
    }

    /// After a change.
    fn forget(&mut self) {
        *self.0.get_mut() = Self::UNKNOWN;
    }
}

/// The things of a list, one after the other.
pub type ThingsIter<'a, T> = std::iter::Map<slice::Iter<'a, Arc<T>>, fn(&'a Arc<T>) -> &'a T>;

/// The same, to be changed.
pub type ThingsIterMut<'a, T> =
    std::iter::Map<slice::IterMut<'a, Arc<T>>, fn(&'a mut Arc<T>) -> &'a mut T>;

impl<T> Things<T> {
    /// No things.
    pub const fn new() -> Self {
        Self(Vec::new(), Order::new())
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One after the other.
    pub fn iter(&self) -> ThingsIter<'_, T> {
        self.0.iter().map(|it| it)
    }

    /// The one at that place.
    pub fn get(&self, idx: usize) -> Option<&T> {
        self.0.get(idx).map(|it| &**it)
    }

    /// The first.
    pub fn first(&self) -> Option<&T> {
        self.get(0)
    }

    /// The last.
    pub fn last(&self) -> Option<&T> {
        self.0.last().map(|it| &**it)
    }

    /// Puts one behind the others.
    pub fn push(&mut self, thing: T) {
        self.1.forget();
        self.0.push(Arc::new(thing));
    }

    /// Puts one before the one at that place, or behind the last.
    pub fn insert(&mut self, idx: usize, thing: T) {
        self.1.forget();
        self.0.insert(idx.min(self.0.len()), Arc::new(thing));
    }

    /// Keeps those only that are to be kept.
    pub fn retain(&mut self, mut is_kept: impl FnMut(&T) -> bool) {
        self.0.retain(|it| is_kept(it));
    }

    /// Takes all out.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Where they differ: pairs of what stands at the same place, without those that are the very same
    /// in memory. Nothing where one list is longer.
    pub fn changed<'a>(&'a self, now: &'a Self) -> Option<impl Iterator<Item = (&'a T, &'a T)>> {
        let pairs = self.0.iter().zip(&now.0);
        let changed = pairs.filter(|(old, new)| !Arc::ptr_eq(old, new));
        (self.len() == now.len()).then(|| changed.map(|(old, new)| (&**old, &**new)))
    }
}

impl<T: Named> Things<T> {
    /// Where the first of that name stands.
    pub fn position(&self, name: &str) -> Option<usize> {
        if self.rises() {
            return self.0.binary_search_by(|it| it.name().cmp(name)).ok();
        }
        self.0.iter().position(|it| it.name() == name)
    }

    /// The first of that name.
    pub fn named(&self, name: &str) -> Option<&T> {
        self.get(self.position(name)?)
    }

    fn rises(&self) -> bool {
        match self.1.0.load(Ordering::Relaxed) {
            Order::UNKNOWN => {
                let rises = self.0.is_sorted_by(|a, b| a.name() < b.name());
                let order = if rises { Order::RISES } else { Order::MIXED };
                self.1.0.store(order, Ordering::Relaxed);
                rises
            }
            order => order == Order::RISES,
        }
    }
}

impl<T: Named + Clone> Things<T> {
    /// The first of that name, to be changed.
    pub fn named_mut(&mut self, name: &str) -> Option<&mut T> {
        self.get_mut(self.position(name)?)
    }
}

impl<T> Clone for Things<T> {
    fn clone(&self) -> Self {
        let order = self.1.0.load(Ordering::Relaxed);
        Self(self.0.clone(), Order(AtomicU8::new(order)))
    }
}

impl<T: fmt::Debug> fmt::Debug for Things<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Eq> Eq for Things<T> {}

impl<T: Clone> Things<T> {
    /// One after the other, to be changed. Parts all of them from the copies: to change one, take
    /// [`Things::named_mut`] or [`Things::get_mut`].
    pub fn iter_mut(&mut self) -> ThingsIterMut<'_, T> {
        self.1.forget();
        self.0.iter_mut().map(Arc::make_mut)
    }

    /// The one at that place, to be changed.
    pub fn get_mut(&mut self, idx: usize) -> Option<&mut T> {
        self.1.forget();
        self.0.get_mut(idx).map(Arc::make_mut)
    }

    /// The first, to be changed.
    pub fn first_mut(&mut self) -> Option<&mut T> {
        self.1.forget();
        self.0.first_mut().map(Arc::make_mut)
    }

    /// The last, to be changed.
    pub fn last_mut(&mut self) -> Option<&mut T> {
        self.1.forget();
        self.0.last_mut().map(Arc::make_mut)
    }

    /// Takes out the one at that place.
    pub fn remove(&mut self, idx: usize) -> Option<T> {
        self.1.forget();
        (idx < self.0.len()).then(|| Arc::unwrap_or_clone(self.0.remove(idx)))
    }
}

/// A list, shared or not.
pub(crate) trait List<T> {
    /// How many things there are.
    fn len(&self) -> usize;

    /// The one at that place.
    fn get(&self, idx: usize) -> Option<&T>;

    /// The one at that place, to be changed.
    fn get_mut(&mut self, idx: usize) -> Option<&mut T>;

    /// Puts one before the one at that place, or behind the last.
    fn insert(&mut self, idx: usize, thing: T);
}

impl<T: Clone> List<T> for Things<T> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn get(&self, idx: usize) -> Option<&T> {
        Self::get(self, idx)
    }

    fn get_mut(&mut self, idx: usize) -> Option<&mut T> {
        Self::get_mut(self, idx)
    }

    fn insert(&mut self, idx: usize, thing: T) {
        Self::insert(self, idx, thing);
    }
}

impl<T> List<T> for Vec<T> {
    fn len(&self) -> usize {
        Self::len(self)
    }

    fn get(&self, idx: usize) -> Option<&T> {
        self.as_slice().get(idx)
    }

    fn get_mut(&mut self, idx: usize) -> Option<&mut T> {
        self.as_mut_slice().get_mut(idx)
    }

    fn insert(&mut self, idx: usize, thing: T) {
        let idx = idx.min(Self::len(self));
        Self::insert(self, idx, thing);
    }
}

impl<T> Default for Things<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// What both share is not looked into.
impl<T: PartialEq> PartialEq for Things<T> {
    fn eq(&self, other: &Self) -> bool {
        let mut changed = self.changed(other);
        changed.as_mut().is_some_and(|it| it.all(|(a, b)| a == b))
    }
}

impl<'a, T> IntoIterator for &'a Things<T> {
    type Item = &'a T;
    type IntoIter = ThingsIter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, T: Clone> IntoIterator for &'a mut Things<T> {
    type Item = &'a mut T;
    type IntoIter = ThingsIterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<T> FromIterator<T> for Things<T> {
    fn from_iter<I: IntoIterator<Item = T>>(things: I) -> Self {
        Self(things.into_iter().map(Arc::new).collect(), Order::new())
    }
}

impl<T> Extend<T> for Things<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, things: I) {
        self.1.forget();
        self.0.extend(things.into_iter().map(Arc::new));
    }
}

impl<T> From<Vec<T>> for Things<T> {
    fn from(things: Vec<T>) -> Self {
        things.into_iter().collect()
    }
}

impl<T> Index<usize> for Things<T> {
    type Output = T;

    #[expect(clippy::indexing_slicing, reason = "this is indexing")]
    fn index(&self, idx: usize) -> &T {
        &self.0[idx]
    }
}

impl<T: Clone> IndexMut<usize> for Things<T> {
    #[expect(clippy::indexing_slicing, reason = "this is indexing")]
    fn index_mut(&mut self, idx: usize) -> &mut T {
        self.1.forget();
        Arc::make_mut(&mut self.0[idx])
    }
}

impl<T: Serialize> Serialize for Things<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Things<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(|it| Self(it, Order::new()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_parts_from_what_is_changed_and_from_nothing_else() {
        let old: Things<String> = ["a", "b", "c"].map(str::to_owned).into_iter().collect();
        let mut new = old.clone();
        new.get_mut(1).unwrap().push('!');
        let changed: Vec<_> = old.changed(&new).unwrap().collect();
        assert_eq!(changed, [(&"b".to_owned(), &"b!".to_owned())]);
        assert_ne!(old, new);
        new.get_mut(1).unwrap().pop();
        assert_eq!(old, new, "equal again, though not the same in memory");
        new.push("d".to_owned());
        assert!(old.changed(&new).is_none());
        assert_ne!(old, new);
    }

    impl Named for String {
        fn name(&self) -> &str {
            self
        }
    }

    #[test]
    fn the_first_of_a_name_is_found_in_any_order() {
        let list = |names: &[&str]| -> Things<String> {
            names.iter().map(|it| (*it).to_owned()).collect()
        };
        let mut rising = list(&["a", "b", "d"]);
        assert_eq!(rising.position("b"), Some(1));
        assert_eq!(rising.position("c"), None);
        rising.push("c".to_owned());
        assert_eq!(rising.position("c"), Some(3));
        rising.get_mut(0).unwrap().push_str("zz");
        assert_eq!(rising.position("azz"), Some(0));
        assert_eq!(rising.position("a"), None);
        assert_eq!(list(&["b", "a", "b", "a", "c"]).position("a"), Some(1));
        assert_eq!(list(&["a", "a"]).position("a"), Some(0));
    }
}
