//! Looks into a JSON object as the AWS CLI prints it.
//!
//! Unknown fields are never asked for, and so never matter. Invariant: a field of another sort than
//! asked for counts as absent.

use crate::{
    by_name::Tags,
    import::note::Mark,
    names::Arn,
    syntax::json::{Member, Node, Value},
    world::PolicyText,
};

/// An object and its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'a> {
    members: &'a [Member],
    /// Where it begins.
    pub(super) mark: Mark,
}

impl<'a> Fields<'a> {
    /// The object; nothing where the value is none.
    pub(super) fn of(input: usize, node: &'a Node) -> Option<Self> {
        let Value::Object(members) = &node.value else {
            return None;
        };
        let offset = node.span.start;
        let mark = Mark { input, offset };
        Some(Self { members, mark })
    }

    pub(super) fn node(&self, name: &str) -> Option<&'a Node> {
        let mut members = self.members.iter();
        members.find(|it| it.key.value == name).map(|it| &it.value)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.node(name).is_some()
    }

    /// The name of the first field.
    pub(super) fn first_name(&self) -> Option<&'a str> {
        self.members.first().map(|it| it.key.value.as_str())
    }

    /// Each field with its value.
    pub(super) fn each(&self) -> impl Iterator<Item = (&'a str, &'a Node)> + use<'a> {
        let members = self.members.iter();
        members.map(|it| (it.key.value.as_str(), &it.value))
    }

    /// A text that is not empty.
    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        match &self.node(name)?.value {
            Value::String(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    pub(super) fn string(&self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    pub(super) fn arn(&self, name: &str) -> Option<Arn> {
        self.text(name).and_then(Arn::parse)
    }

    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        match self.node(name)?.value {
            Value::Bool(flag) => Some(flag),
            _ => None,
        }
    }

    /// A whole number.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        match &self.node(name)?.value {
            Value::Number(text) => text.parse().ok(),
            _ => None,
        }
    }

    pub(super) fn object(&self, name: &str) -> Option<Self> {
        Self::of(self.mark.input, self.node(name)?)
    }

    fn items(&self, name: &str) -> &'a [Node] {
        match self.node(name).map(|it| &it.value) {
            Some(Value::Array(items)) => items,
            _ => &[],
        }
    }

    /// The objects of a list.
    pub(super) fn objects(&self, name: &str) -> impl Iterator<Item = Self> + use<'a> {
        let input = self.mark.input;
        let items = self.items(name).iter();
        items.filter_map(move |it| Self::of(input, it))
    }

    /// The texts of a list.
    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        let text = |it: &Node| match &it.value {
            Value::String(text) => Some(text.clone()),
            _ => None,
        };
        self.items(name).iter().filter_map(text).collect()
    }

    /// The texts of an object, by name.
    pub(super) fn pairs(&self) -> Tags {
        let mut pairs = Tags::new();
        for it in self.members {
            if let Value::String(text) = &it.value.value {
                pairs.insert(it.key.value.clone(), text.clone());
            }
        }
        pairs
    }

    /// `[{"Key": …, "Value": …}]`.
    pub(super) fn tags(&self) -> Tags {
        let mut tags = Tags::new();
        for tag in self.objects("Tags") {
            if let Some(key) = tag.string("Key") {
                tags.insert(key, tag.string("Value").unwrap_or_default());
            }
        }
        tags
    }

    /// A policy: an object, its text, or its text as the IAM API has it, percent-encoded.
    pub(super) fn policy(&self, name: &str) -> Option<PolicyText> {
        match &self.node(name)?.value {
            value @ Value::Object(_) => Some(value.into()),
            Value::String(text) if !text.trim().is_empty() => {
                let is_encoded = !text.trim_start().starts_with('{') && text.contains('%');
                let decoded = is_encoded.then(|| percent_decoded(text)).flatten();
                Some(decoded.map_or_else(|| text.as_str().into(), PolicyText::from))
            }
            _ => None,
        }
    }
}

/// <https://datatracker.ietf.org/doc/html/rfc3986#section-2.1>; nothing where it is no such text.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::new();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digit = |it: u8| char::from(it).to_digit(16);
            let value = digit(bytes.next()?)? * 16 + digit(bytes.next()?)?;
            decoded.push(u8::try_from(value).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    let decoded = String::from_utf8(decoded).ok()?;
    decoded.trim_start().starts_with('{').then_some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_encoded_object_is_decoded() {
        assert_eq!(
            percent_decoded("%7B%22Sid%22%3A%22%C3%A9+%22%7D").as_deref(),
            Some("{\"Sid\":\"é+\"}")
        );
        for text in ["%7", "%zz", "100%25", "%7B%FF"] {
            assert_eq!(percent_decoded(text), None, "{text}");
        }
    }
}
