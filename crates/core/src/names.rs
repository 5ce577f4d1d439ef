//! Names that AWS gives a form to: accounts, ARNs, actions, condition keys, statement ids.
//!
//! Knows nothing of policies or worlds. Invariant: a value of a type here has the form that its
//! constructor checked.

mod prefix;

use std::{cmp::Ordering, fmt, sync::Arc};

use serde::{Deserialize, Serialize};

pub use self::prefix::with_prefix;

/// What the name of a key's alias begins with, alone and in an ARN.
///
/// <https://docs.aws.amazon.com/kms/latest/developerguide/alias-about.html>
pub const ALIAS: &str = "alias/";

/// An AWS account id: twelve digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountId(String); // INVARIANT: twelve ASCII digits

impl AccountId {
    /// Reads an account id, or nothing where `text` is not twelve digits.
    pub fn parse(text: &str) -> Option<Self> {
        Self::is_id(text).then(|| Self(text.to_owned()))
    }

    fn is_id(text: &str) -> bool {
        text.len() == 12 && text.bytes().all(|it| it.is_ascii_digit())
    }

    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a text is not the name it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameError {
    /// Not twelve digits.
    AccountId(String),
    /// Not `arn:partition:service:region:account:resource`.
    Arn(String),
    /// Not `service:Name`.
    Action(String),
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AccountId(text) => {
                write!(f, "`{text}` is not an account id: it has twelve digits")
            }
            Self::Arn(text) => write!(
                f,
                "`{text}` is not an ARN: it has the form `arn:partition:service:region:account:resource`"
            ),
            Self::Action(text) => write!(
                f,
                "`{text}` is not an action: it has the form `service:Name`"
            ),
        }
    }
}

impl std::error::Error for NameError {}

impl TryFrom<String> for AccountId {
    type Error = NameError;

    fn try_from(text: String) -> Result<Self, NameError> {
        Self::parse(&text).ok_or(NameError::AccountId(text))
    }
}

impl From<AccountId> for String {
    fn from(id: AccountId) -> Self {
        id.0
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of one thing in AWS, as `arn:partition:service:region:account:resource`.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Arn {
    text: String, // INVARIANT: six parts between colons, the first is `arn`
    /// INVARIANT: where the first five colons are. Parts are asked for with every statement.
    colons: [u32; 5],
}

impl Arn {
    /// Reads an ARN, or nothing where `text` does not have its six parts.
    pub fn parse(text: &str) -> Option<Self> {
        let colons = colons(text)?;
        text.starts_with("arn:").then(|| Self {
            text: text.to_owned(),
            colons,
        })
    }

    /// Whether `text` has the six parts of an ARN.
    pub fn is_arn(text: &str) -> bool {
        text.starts_with("arn:") && colons(text).is_some()
    }

    /// Puts an ARN together from partition, service, region, account and resource. The first four
    /// must hold no colon: one is taken out.
    pub fn from_parts([partition, service, region, account, resource]: [&str; 5]) -> Self {
        let clean = |part: &str| part.replace(':', "");
        let [partition, service, region, account] =
            [partition, service, region, account].map(clean);
        let text = format!("arn:{partition}:{service}:{region}:{account}:{resource}");
        let colons = colons(&text).unwrap_or_default();
        Self { text, colons }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its six parts; the sixth keeps its colons.
    pub fn parts(&self) -> [&str; 6] {
        std::array::from_fn(|idx| self.part(idx))
    }

    /// One of the six.
    fn part(&self, idx: usize) -> &str {
        let before = idx.checked_sub(1).and_then(|it| self.colons.get(it));
        let start = before.map_or(0, |it| *it as usize + 1);
        let end = self.colons.get(idx).map(|it| *it as usize);
        let end = end.unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or_default()
    }

    /// The partition: `aws`, `aws-cn`, …
    pub fn partition(&self) -> &str {
        self.part(1)
    }

    /// The service: `s3`, `iam`, …
    pub fn service(&self) -> &str {
        self.part(2)
    }

    /// The fifth part, where it is an account id (S3's is empty).
    pub fn account_str(&self) -> Option<&str> {
        let text = self.part(4);
        AccountId::is_id(text).then_some(text)
    }

    /// The account, where the ARN carries one (S3's do not).
    pub fn account(&self) -> Option<AccountId> {
        AccountId::parse(self.part(4))
    }

    /// Whether the thing is AWS's own, such as a policy that AWS keeps.
    pub fn is_aws_owned(&self) -> bool {
        self.part(4) == "aws"
    }

    /// The sixth part: `role/DataScientist`, `my-bucket/key`, …
    pub fn resource(&self) -> &str {
        self.part(5)
    }

    /// What stands behind the last `/` of the resource: a role's name without its path.
    pub fn last_segment(&self) -> &str {
        self.resource().rsplit('/').next().unwrap_or("")
    }
}

impl TryFrom<String> for Arn {
    type Error = NameError;

    fn try_from(text: String) -> Result<Self, NameError> {
        Self::parse(&text).ok_or(NameError::Arn(text))
    }
}

impl From<Arn> for String {
    fn from(arn: Arn) -> Self {
        arn.text
    }
}

/// Where the first five colons are.
fn colons(text: &str) -> Option<[u32; 5]> {
    let mut colons = [0; 5];
    let bytes = text.bytes().enumerate();
    let mut found = bytes.filter(|(_, byte)| *byte == b':').map(|(idx, _)| idx);
    for colon in &mut colons {
        *colon = u32::try_from(found.next()?).ok()?;
    }
    Some(colons)
}

impl fmt::Debug for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// One action of one service, such as `s3:GetObject`: what a request asks for, never a pattern.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ActionName {
    service: String, // INVARIANT: neither part is empty, `service` has no colon
    name: String,
    folded: String, // INVARIANT: `service` and `name` in lower case, one behind the other
}

impl ActionName {
    /// Reads `service:Name`; nothing where it is a pattern.
    pub fn parse(text: &str) -> Option<Self> {
        let (service, name) = text.split_once(':')?;
        let is_name = |part: &str| {
            let is_foreign = |it: char| matches!(it, '*' | '?' | ':') || it.is_whitespace();
            !part.is_empty() && !part.contains(is_foreign)
        };
        (is_name(service) && is_name(name)).then(|| Self::of(service, name))
    }

    /// The action of a service that Rolewalk itself asks for; both parts are written in code.
    pub fn new(service: &str, name: &str) -> Self {
        debug_assert!(!service.is_empty() && !service.contains(':') && !name.is_empty());
        Self::of(service, name)
    }

    fn of(service: &str, name: &str) -> Self {
        Self {
            service: service.to_owned(),
            name: name.to_owned(),
            folded: format!("{service}{name}").to_ascii_lowercase(),
        }
    }

    /// The prefix: `s3`.
    pub fn service(&self) -> &str {
        &self.service
    }

    /// The part behind the colon: `GetObject`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Prefix and name in lower case: IAM compares actions without case.
    pub fn folded(&self) -> (&str, &str) {
        self.folded
            .split_at_checked(self.service.len())
            .unwrap_or_default()
    }

    /// Whether `text` names this action; IAM compares actions without case.
    pub fn is(&self, text: &str) -> bool {
        text.split_once(':').is_some_and(|(service, name)| {
            service.eq_ignore_ascii_case(&self.service) && name.eq_ignore_ascii_case(&self.name)
        })
    }
}

impl TryFrom<String> for ActionName {
    type Error = NameError;

    fn try_from(text: String) -> Result<Self, NameError> {
        Self::parse(&text).ok_or(NameError::Action(text))
    }
}

impl From<ActionName> for String {
    fn from(action: ActionName) -> Self {
        action.to_string()
    }
}

impl fmt::Display for ActionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service, self.name)
    }
}

/// A condition key, such as `aws:SourceAccount`: compares without case, prints as written.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
#[derive(Clone, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct ContextKey {
    /// Shared: every trace and every request of a list names the same few keys.
    text: Arc<str>,
    /// INVARIANT: `text` in lower case, where that is something else.
    folded: Option<Arc<str>>,
    /// INVARIANT: made from the lower case. Keys are looked up for every condition, and most of
    /// those met on the way are others.
    hash: u64,
}

impl ContextKey {
    /// The key as written.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        if text.is_ascii() {
            // Nearly every key: no text is made that is not kept.
            let hash = fnv1a(text.bytes().map(|it| it.to_ascii_lowercase()));
            let has_capitals = text.bytes().any(|it| it.is_ascii_uppercase());
            let folded = has_capitals.then(|| text.to_ascii_lowercase().into());
            return Self { text, folded, hash };
        }
        let folded = text
            .chars()
            .flat_map(char::to_lowercase)
            .collect::<String>();
        let hash = fnv1a(folded.bytes());
        let folded = (*folded != *text).then(|| folded.into());
        Self { text, folded, hash }
    }

    /// The key as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The key in lower case: what it is compared by.
    pub fn folded(&self) -> &str {
        self.folded.as_deref().unwrap_or(&self.text)
    }
}

/// A hash that is the same on every machine.
fn fnv1a(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

impl From<String> for ContextKey {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<ContextKey> for String {
    fn from(key: ContextKey) -> Self {
        key.text.to_string()
    }
}

impl fmt::Debug for ContextKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl PartialEq for ContextKey {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && self.folded() == other.folded()
    }
}

impl Eq for ContextKey {}

impl PartialOrd for ContextKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ContextKey {
    fn cmp(&self, other: &Self) -> Ordering {
        self.folded().cmp(other.folded())
    }
}

impl fmt::Display for ContextKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A statement's `Sid`, as written. Its form depends on the kind of policy and is checked there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sid(String);

impl Sid {
    /// The id as written.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a trace calls a policy document. The caller of the evaluation chose it and can find the
/// document by it again; evaluation only carries it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentName(String);

impl DocumentName {
    /// The name as the caller chose it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The name as the caller chose it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocumentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_keeps_the_colons_of_its_resource() {
        let arn = Arn::parse(
            "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/sagemaker/studio:log-stream:a",
        )
        .unwrap();
        assert_eq!(
            arn.resource(),
            "log-group:/aws/sagemaker/studio:log-stream:a"
        );
        assert_eq!(arn.account().unwrap().as_str(), "111122223333");
        assert_eq!(Arn::parse("arn:aws:s3"), None);
        assert_eq!(Arn::parse("s3:::bucket:a:b"), None);
    }

    #[test]
    fn a_context_key_has_no_case() {
        assert_eq!(
            ContextKey::new("aws:ResourceTag/Team"),
            ContextKey::new("AWS:resourcetag/team")
        );
        assert!(ContextKey::new("aws:B") > ContextKey::new("AWS:a"));
    }

    #[test]
    fn an_action_has_two_parts() {
        assert!(
            ActionName::parse("s3:GetObject")
                .unwrap()
                .is("S3:getobject")
        );
        assert_eq!(ActionName::parse("s3"), None);
        assert_eq!(ActionName::parse("s3:"), None);
    }
}
