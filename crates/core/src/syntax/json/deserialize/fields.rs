//! The members of an object as the fields of a struct, one after the other.
//!
//! What `serde` derives for a struct that comes as an object looks up each key, keeps what it has so far,
//! and at the end sees what is missing: several hundred bytes for each field of each type. What it derives for
//! one that comes as a sequence only takes one value after the other. Here the object is that sequence; what is
//! unknown, double or missing is found here, once for all types.
//!
//! INVARIANT: [`MISSING`] is handed out for a member that is not there, and for nothing else.

use std::{mem, ptr};

use serde::de::{self, DeserializeSeed, SeqAccess, Visitor};

use crate::syntax::{
    Span,
    json::{Member, Node, Value, deserialize::Failure},
};

/// What a struct's name begins with that leaves members alone which it does not know.
const OPEN: &str = "open:";

/// Stands for a member that is not there: only an `Option` can be made of it.
static MISSING: Node = Node {
    value: Value::Null,
    span: Span { start: 0, end: 0 },
};

/// Whether it stands for a member that is not there.
pub(super) fn is_missing(node: &Node) -> bool {
    ptr::eq(node, &raw const MISSING)
}

/// Takes the members of an object in the order of a struct's fields.
pub(super) struct Fields<'de> {
    members: &'de [Member],
    names: &'static [&'static str],
    next_idx: usize,
    span: Span,
}

impl<'de> Fields<'de> {
    /// The fields of a struct that an object is to be. A key that is none of them, or there twice, is refused.
    #[inline(never)]
    pub(super) fn of(
        node: &'de Node,
        type_name: &str,
        names: &'static [&'static str],
    ) -> Result<Self, Failure> {
        let Value::Object(members) = &node.value else {
            return Err(Failure::expected("an object", node));
        };
        let fields = Self {
            members,
            names,
            next_idx: 0,
            span: node.span,
        };
        fields.check(type_name.starts_with(OPEN))?;
        Ok(fields)
    }

    fn check(&self, is_open: bool) -> Result<(), Failure> {
        let mut is_seen = vec![false; self.names.len()];
        for Member { key, .. } in self.members {
            let mut known = self.names.iter().zip(&mut is_seen);
            let known = known.find(|(name, _)| **name == key.value);
            if let Some((name, is_seen)) = known {
                if mem::replace(is_seen, true) {
                    let double: Failure = de::Error::duplicate_field(name);
                    return Err(double.at(self.span));
                }
            } else if !is_open {
                let unknown: Failure = de::Error::unknown_field(&key.value, self.names);
                return Err(unknown.at(key.span).under(&key.value));
            }
        }
        Ok(())
    }

    /// Reads the struct.
    pub(super) fn read<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Failure> {
        match visitor.visit_seq(&mut self) {
            Ok(value) => {
                debug_assert_eq!(
                    self.next_idx,
                    self.names.len(),
                    "a field has an alias: {:?}",
                    self.names
                );
                Ok(value)
            }
            Err(failure) => Err(self.told(failure)),
        }
    }

    /// The value of the next field.
    #[inline(never)]
    fn next(&mut self) -> Option<&'de Node> {
        let name = self.names.get(self.next_idx)?;
        self.next_idx += 1;
        let found = self.members.iter().find(|it| it.key.value == *name);
        Some(found.map_or(&MISSING, |it| &it.value))
    }

    /// The name of the field whose value was taken last.
    fn name(&self) -> &'static str {
        let idx = self.next_idx.checked_sub(1);
        idx.and_then(|it| self.names.get(it).copied())
            .unwrap_or_default()
    }

    /// What came of the value of a field: no mistake where it is not there.
    #[inline(never)]
    fn amiss(&self, failure: Failure) -> Option<Failure> {
        (!failure.is_missing()).then(|| failure.under(self.name()))
    }

    /// The mistake in a field, or that a field is missing.
    #[inline(never)]
    fn told(&self, failure: Failure) -> Failure {
        if failure.is_missing() {
            let missing: Failure = de::Error::missing_field(self.name());
            return missing.at(self.span);
        }
        failure.at(self.span)
    }
}

impl<'de> SeqAccess<'de> for &mut Fields<'de> {
    type Error = Failure;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Failure> {
        let Some(node) = self.next() else {
            return Ok(None);
        };
        match seed.deserialize(node) {
            Ok(value) => Ok(Some(value)),
            Err(failure) => match self.amiss(failure) {
                Some(failure) => Err(failure),
                None => Ok(None),
            },
        }
    }
}
