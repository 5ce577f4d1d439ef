//! Values of any type that `serde` can make, from text: for scenarios and drafts.
//!
//! Over the same reader as policies, so that there is one JSON reader in the page and not two.
//! `serde_json`'s own would be compiled anew for each type; here parsing is over when a type is
//! looked at, and each type's part is small: a struct is handed the members of its object in the order of
//! its fields (`fields`), so that what finds, counts and tells them exists once and not in every struct.
//!
//! Stricter than `serde_json` in two things. A struct is an object, never an array. And an object has no
//! members that its struct does not know, whether that says `deny_unknown_fields` or not, unless it has a
//! name that begins with `open:`. Fields must not have an `alias`: debug builds refuse such a type.

mod failure;
mod fields;

use std::slice;

use serde::{
    Deserialize, Deserializer,
    de::{
        self, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess,
        Visitor,
    },
    forward_to_deserialize_any,
};

use self::failure::Failure;
pub use self::failure::ReadError;
use crate::syntax::{
    Span,
    json::{Member, Node, Value, deserialize::fields::Fields, read},
    nearest_double,
};

/// Reads a value.
pub fn from_str<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, ReadError> {
    let root = parse(text)?;
    from_node(&root, text)
}

/// Reads the text alone, where several types are to be tried.
pub fn parse(text: &str) -> Result<Node, ReadError> {
    let document = read(text);
    let failure = match (document.errors.first(), document.root) {
        (None, Some(root)) => return Ok(root),
        (error, _) => Failure::new("this is not JSON".to_owned(), error.map(|it| it.span)),
    };
    Err(failure.in_text(text))
}

/// Reads a value from what was read of `text`.
pub fn from_node<'de, T: Deserialize<'de>>(node: &'de Node, text: &str) -> Result<T, ReadError> {
    T::deserialize(node).map_err(|it| it.in_text(text))
}

/// A number as the type that fits it best.
enum Number {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
}

#[inline(never)]
fn number(text: &str) -> Number {
    let unsigned = text.parse().map(Number::Unsigned).ok();
    unsigned
        .or_else(|| text.parse().map(Number::Signed).ok())
        .unwrap_or_else(|| Number::Float(nearest_double(text)))
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.value {
            Value::Null if fields::is_missing(self) => return Err(Failure::missing()),
            Value::Null => visitor.visit_unit(),
            Value::Bool(it) => visitor.visit_bool(*it),
            Value::Number(_) => return self.deserialize_f64(visitor),
            Value::String(it) => visitor.visit_borrowed_str(it),
            Value::Array(_) => return self.deserialize_seq(visitor),
            Value::Object(_) => return self.deserialize_map(visitor),
        }
        .map_err(|it: Failure| it.at(self.span))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.value {
            Value::Bool(it) => visitor
                .visit_bool(*it)
                .map_err(|it: Failure| it.at(self.span)),
            _ => Err(Failure::expected("true or false", self)),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let Value::Number(text) = &self.value else {
            return Err(Failure::expected("a number", self));
        };
        match number(text) {
            Number::Unsigned(it) => visitor.visit_u64(it),
            Number::Signed(it) => visitor.visit_i64(it),
            Number::Float(it) => visitor.visit_f64(it),
        }
        .map_err(|it: Failure| it.at(self.span))
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let Value::Number(text) = &self.value else {
            return Err(Failure::expected("a whole number", self));
        };
        let Number::Unsigned(it) = number(text) else {
            return Err(Failure::expected("a whole number from 0 on", self));
        };
        visitor
            .visit_u64(it)
            .map_err(|it: Failure| it.at(self.span))
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.value {
            Value::String(it) => visitor
                .visit_borrowed_str(it)
                .map_err(|it: Failure| it.at(self.span)),
            _ => Err(Failure::expected("a string", self)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.value {
            Value::Array(items) => visitor
                .visit_seq(Items {
                    rest: items.iter(),
                    next_idx: 0,
                })
                .map_err(|it: Failure| it.at(self.span)),
            _ => Err(Failure::expected("a list", self)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.value {
            Value::Object(members) => {
                let members = Members {
                    rest: members.iter(),
                    current: None,
                };
                visitor
                    .visit_map(members)
                    .map_err(|it: Failure| it.at(self.span))
            }
            _ => Err(Failure::expected("an object", self)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        Fields::of(self, name, fields)?.read(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        let variant = match &self.value {
            Value::String(name) => Variant {
                name,
                content: None,
                span: self.span,
            },
            Value::Object(members) => match members.as_slice() {
                [only] => Variant {
                    name: &only.key.value,
                    content: Some(&only.value),
                    span: only.key.span,
                },
                _ => return Err(Failure::expected("one of its kinds alone", self)),
            },
            _ => return Err(Failure::expected("one of its kinds", self)),
        };
        let span = variant.span;
        visitor
            .visit_enum(variant)
            .map_err(|it: Failure| it.at(span))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u128 f32 char bytes byte_buf unit unit_struct tuple_struct
    }
}

struct Items<'de> {
    rest: slice::Iter<'de, Node>,
    next_idx: usize,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Failure;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Failure> {
        match self.rest.next() {
            Some(item) => {
                let idx = self.next_idx;
                self.next_idx += 1;
                match seed.deserialize(item) {
                    Ok(value) => Ok(Some(value)),
                    Err(failure) => Err(failure.under_item(idx)),
                }
            }
            None => Ok(None),
        }
    }
}

struct Members<'de> {
    rest: slice::Iter<'de, Member>,
    current: Option<&'de Member>,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Failure;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Failure> {
        self.current = self.rest.next();
        let Some(Member { key, .. }) = self.current else {
            return Ok(None);
        };
        let name: de::value::BorrowedStrDeserializer<'_, Failure> =
            de::value::BorrowedStrDeserializer::new(&key.value);
        match seed.deserialize(name) {
            Ok(key) => Ok(Some(key)),
            Err(failure) => Err(failure.at(key.span).under(&key.value)),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Failure> {
        match self.current {
            Some(member) => match seed.deserialize(&member.value) {
                Ok(value) => Ok(value),
                Err(failure) => Err(failure.under(&member.key.value)),
            },
            None => Err(de::Error::custom("a value without a key")),
        }
    }
}

struct Variant<'de> {
    name: &'de str,
    content: Option<&'de Node>,
    span: Span,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Failure;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Failure> {
        let name: de::value::StrDeserializer<'_, Failure> = self.name.into_deserializer();
        let variant = seed.deserialize(name)?;
        Ok((variant, self))
    }
}

impl Variant<'_> {
    #[inline(never)]
    fn without_content(&self) -> Failure {
        let message = format!("`{}` stands alone: give it what belongs to it", self.name);
        Failure::new(message, Some(self.span))
    }
}

impl<'de> VariantAccess<'de> for Variant<'de> {
    type Error = Failure;

    fn unit_variant(self) -> Result<(), Failure> {
        match self.content {
            None => Ok(()),
            Some(node) => Err(Failure::expected("nothing with it", node)),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Failure> {
        match self.content {
            Some(node) => match seed.deserialize(node) {
                Ok(value) => Ok(value),
                Err(failure) => Err(failure.under(self.name)),
            },
            None => Err(self.without_content()),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Failure> {
        match self.content {
            Some(node) => node.deserialize_seq(visitor),
            None => Err(self.without_content()),
        }
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match self.content {
            Some(node) => match Fields::of(node, self.name, fields).and_then(|it| it.read(visitor))
            {
                Ok(value) => Ok(value),
                Err(failure) => Err(failure.under(self.name)),
            },
            None => Err(self.without_content()),
        }
    }
}
