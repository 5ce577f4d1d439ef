//! Values by name: tags, and what else a scenario writes as an object whose names are its author's own.
//!
//! A short list in order of its names. A map of the standard library brings five kilobytes of code for each kind of value,
//! and what is kept here seldom has more than fifty. Invariant: it is written as an object, even when it is empty.

use std::{
    fmt,
    marker::PhantomData,
    ops::{Deref, DerefMut},
};

use litemap::LiteMap;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
};

/// Values by name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ByName<V>(LiteMap<String, V>);

/// Tags by key, as `[{ "Key": …, "Value": … }]` of AWS: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html>.
pub type Tags = ByName<String>;

impl<V> ByName<V> {
    /// Nothing.
    pub const fn new() -> Self {
        Self(LiteMap::new_vec())
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<V> Default for ByName<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V> Deref for ByName<V> {
    type Target = LiteMap<String, V>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<V> DerefMut for ByName<V> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl<V> FromIterator<(String, V)> for ByName<V> {
    fn from_iter<I: IntoIterator<Item = (String, V)>>(all: I) -> Self {
        let mut by_name = Self::new();
        by_name.extend(all);
        by_name
    }
}

impl<V, const N: usize> From<[(String, V); N]> for ByName<V> {
    fn from(all: [(String, V); N]) -> Self {
        all.into_iter().collect()
    }
}

impl<V> Extend<(String, V)> for ByName<V> {
    fn extend<I: IntoIterator<Item = (String, V)>>(&mut self, all: I) {
        for (name, value) in all {
            self.0.insert(name, value);
        }
    }
}

impl<V> IntoIterator for ByName<V> {
    type Item = (String, V);
    type IntoIter = std::vec::IntoIter<(String, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_tuple_vec().into_iter()
    }
}

impl<'a, V> IntoIterator for &'a ByName<V> {
    type Item = (&'a String, &'a V);
    type IntoIter = <&'a LiteMap<String, V> as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (&self.0).into_iter()
    }
}

impl<V: Serialize> Serialize for ByName<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for ByName<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Read(PhantomData))
    }
}

struct Read<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for Read<V> {
    type Value = ByName<V>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut by_name = ByName::new();
        while let Some((name, value)) = map.next_entry()? {
            by_name.0.insert(name, value);
        }
        Ok(by_name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_an_object_in_order_of_its_names() {
        let tags: Tags =
            serde_json::from_str(r#"{ "team": "churn", "cost": "42", "team": "fraud" }"#).unwrap();
        assert_eq!(
            tags,
            [("team", "fraud"), ("cost", "42")]
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .into()
        );
        assert_eq!(
            serde_json::to_string(&tags).unwrap(),
            r#"{"cost":"42","team":"fraud"}"#
        );
        assert_eq!(serde_json::to_string(&Tags::new()).unwrap(), "{}");
    }

    #[test]
    fn anything_but_an_object_is_refused() {
        let error = serde_json::from_str::<Tags>(r#"[["team", "churn"]]"#).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("invalid type: sequence, expected a map"),
            "{error}"
        );
    }
}
