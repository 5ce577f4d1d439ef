//! What an error message says: who asked for what, during which call, and what the answer was.
//!
//! Reads whatever somebody pastes: a line of the CLI, a stack trace, a `FailureReason`, an event of
//! `CloudTrail`. Reading never fails; what is not said is not there. Invariant: the same text gives the
//! same facts.

use std::collections::BTreeSet;

/// How much of a text is read. What says something of an error stands at its ends.
const MOST: usize = 20_000;

/// The policy types that AWS names, as its messages write them, in lower case.
pub(super) const POLICY_TYPES: [&str; 8] = [
    "identity-based policy",
    "resource-based policy",
    "permissions boundary",
    "session policy",
    "service control policy",
    "resource control policy",
    "vpc endpoint policy",
    "role trust policy",
];

/// The words of AWS's own sentences, which stand in every denial and tell nothing.
const GRAMMAR: [&str; 24] = [
    "an",
    "error",
    "occurred",
    "when",
    "calling",
    "the",
    "operation",
    "user",
    "is",
    "not",
    "authorized",
    "to",
    "perform",
    "on",
    "resource",
    "because",
    "no",
    "allows",
    "action",
    "policy",
    "based",
    "and",
    "that",
    "of",
];

/// What a message says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Actions, such as `iam:PassRole`.
    pub actions: BTreeSet<String>,
    /// The calls during which something was asked, such as `CreateTrainingJob`.
    pub operations: BTreeSet<String>,
    /// Exceptions and error codes, such as `ValidationException`.
    pub exceptions: BTreeSet<String>,
    /// Why it was refused.
    pub reason: Reason,
    /// The kinds of resources of the ARNs, such as `iam:role`.
    pub resources: BTreeSet<String>,
    /// The words, in lower case, without names and numbers.
    pub words: BTreeSet<String>,
}

/// Why something was refused, as far as a text says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// Whether a policy denies, rather than none allowing; nothing where the text does not say.
    pub explicit_deny: Option<bool>,
    /// The policy types that are named, in lower case.
    pub policy_types: BTreeSet<&'static str>,
}

/// The policy types of which one that allows is enough: AWS names either where both are silent.
const SIDES: [&str; 3] = [
    "identity-based policy",
    "resource-based policy",
    "role trust policy",
];

impl Reason {
    /// This one where the text says one, else the other.
    pub(super) fn or<'a>(&'a self, other: &'a Self) -> &'a Self {
        if self.explicit_deny.is_some() {
            self
        } else {
            other
        }
    }

    /// Whether both are said, and are not of the same kind.
    pub(super) fn is_another(&self, other: &Self) -> bool {
        let (Some(here), Some(there)) = (self.explicit_deny, other.explicit_deny) else {
            return false;
        };
        let are_named = !self.policy_types.is_empty() && !other.policy_types.is_empty();
        let is_side = |it: &Self| it.policy_types.iter().any(|it| SIDES.contains(it));
        let may_be_either = !here && is_side(self) && is_side(other);
        here != there
            || are_named && self.policy_types.is_disjoint(&other.policy_types) && !may_be_either
    }
}

impl Facts {
    /// Reads a text.
    pub fn read(text: &str) -> Self {
        let text = plain(&both_ends(text));
        let lower = text.to_ascii_lowercase();
        let mut facts = Self::default();
        for token in tokens(&text) {
            facts.read_token(token);
        }
        facts.read_operation(&text);
        facts.read_name(&text);
        facts
            .reason
            .policy_types
            .extend(POLICY_TYPES.into_iter().filter(|it| lower.contains(*it)));
        facts.reason.explicit_deny = if lower.contains("explicit deny") {
            Some(true)
        } else if lower.contains("because no ") {
            Some(false)
        } else {
            None
        };
        facts
    }

    /// Whether it has anything that only errors of AWS have.
    pub fn is_of_aws(&self) -> bool {
        !(self.actions.is_empty() && self.exceptions.is_empty() && self.resources.is_empty())
    }

    /// The services that denied something: those of the actions. Where none is named, those that the call may have
    /// asked: S3 says in its answers neither which action it denies nor that it was a key’s policy that did.
    ///
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html>
    pub fn services(&self) -> Vec<&str> {
        let mut services: Vec<&str> = Vec::new();
        for service in self.actions.iter().filter_map(|it| service_of(it)) {
            if !services.contains(&service) {
                services.push(service);
            }
        }
        let is_of_s3 = || self.operations.iter().any(|it| is_call_of_s3(it));
        if services.is_empty() && (self.is_bare_denial() || is_of_s3()) {
            services.extend(["s3", "kms"]);
        }
        services
    }

    /// Whether it says that something was denied, and nothing of what.
    pub fn is_bare_denial(&self) -> bool {
        let is_bare = |it: &String| BARE.contains(&it.as_str());
        let has_nothing = self.actions.is_empty()
            && self.operations.is_empty()
            && self.resources.is_empty()
            && self.reason.policy_types.is_empty();
        let mut words = self.words.iter();
        has_nothing
            && words.any(|it| DENIALS.contains(&it.as_str()))
            && self.words.iter().all(is_bare)
    }

    fn read_token(&mut self, token: &str) {
        if let Some(arn) = token.strip_prefix("arn:") {
            self.resources.extend(kind_of(arn));
            return;
        }
        if let Some(action) = action(token) {
            self.actions.insert(action);
            return;
        }
        let is_exception = token.len() > "Exception".len()
            && (token.ends_with("Exception") || token.ends_with("Error"))
            || CODES.contains(&token);
        if is_exception && token.chars().all(char::is_alphanumeric) {
            self.exceptions.insert(token.to_owned());
        }
        let words = token.split(|it: char| !it.is_alphanumeric());
        for word in words {
            let is_word = word.len() > 1 && word.chars().all(char::is_alphabetic);
            let word = word.to_ascii_lowercase();
            if is_word && !GRAMMAR.contains(&word.as_str()) {
                self.words.insert(word);
            }
        }
    }

    /// The call: of the CLI and of SDKs after `calling the`, of `CloudTrail` in `eventName`.
    fn read_operation(&mut self, text: &str) {
        let (mut second, mut first) = ("", "");
        for word in text.split(|it: char| it.is_whitespace() || "\"',:(){}".contains(it)) {
            if word.is_empty() {
                continue;
            }
            let is_name =
                word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphanumeric);
            let is_announced = matches!(
                (second, first),
                ("calling", "the") | (_, "eventName" | "calling")
            );
            if is_name && is_announced {
                self.operations.insert(word.to_owned());
            }
            (second, first) = (first, word);
        }
    }
}

impl Facts {
    /// The thing that IAM names by its kind and its name: «on resource: role X».
    fn read_name(&mut self, text: &str) {
        let named = text.split("on resource: ").skip(1);
        for kind in named.filter_map(|it| it.split_once(' ')).map(|it| it.0) {
            if matches!(kind, "role" | "user" | "policy") {
                self.resources.insert(format!("iam:{kind}"));
            }
        }
    }
}

/// Words that say that something was denied.
const DENIALS: [&str; 4] = [
    "denied",
    "forbidden",
    "accessdenied",
    "accessdeniedexception",
];

/// Words that say no more than that.
const BARE: [&str; 11] = [
    "denied",
    "forbidden",
    "accessdenied",
    "accessdeniedexception",
    "access",
    "client",
    "clienterror",
    "status",
    "code",
    "http",
    "message",
];

/// Whether a call is one of S3's, by its name.
fn is_call_of_s3(call: &str) -> bool {
    let verbs = [
        "Head", "Get", "Put", "List", "Copy", "Delete", "Upload", "Create",
    ];
    let nouns = [
        "Object",
        "Objects",
        "ObjectsV2",
        "Bucket",
        "BucketLocation",
        "MultipartUpload",
        "Part",
    ];
    verbs.iter().any(|verb| {
        let noun = call.strip_prefix(verb);
        noun.is_some_and(|it| nouns.contains(&it))
    })
}

/// The service of an action.
pub(super) fn service_of(action: &str) -> Option<&str> {
    action.split_once(':').map(|it| it.0)
}

/// Error codes that do not end as exceptions do.
const CODES: [&str; 7] = [
    "AccessDenied",
    "ResourceInUse",
    "ResourceNotFound",
    "DependencyViolation",
    "UnauthorizedOperation",
    "Forbidden",
    "ClientError",
];

/// The words at which a text is cut; ARNs, actions and names stay whole.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| it.is_whitespace() || "\"'`,;()[]{}<>|“”‘’".contains(it))
        .map(|it| it.trim_matches(['.', ':', '!', '?', '\\', '=']))
        .filter(|it| !it.is_empty())
}

/// `service:Name`, as IAM writes actions; SNS writes itself large in what it says, and SQS its actions small.
fn action(token: &str) -> Option<String> {
    let (service, name) = token.split_once(':')?;
    let service = if service == "SNS" { "sns" } else { service };
    let is_service = !service.is_empty()
        && service
            .chars()
            .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-');
    let is_name = name.len() > 2
        && (name.starts_with(|it: char| it.is_ascii_uppercase()) || service == "sqs")
        && name.chars().all(char::is_alphanumeric);
    (is_service && is_name).then(|| format!("{service}:{name}"))
}

/// The service and the kind of thing: of `aws:iam::1:role/a/B` it is `iam:role`.
fn kind_of(arn: &str) -> Option<String> {
    let mut parts = arn.splitn(5, ':');
    let service = parts.nth(1)?;
    let resource = parts.nth(2)?;
    let kind = match service {
        "s3" if resource.contains('/') => "object",
        "s3" => "bucket",
        _ => resource.split(['/', ':']).next()?,
    };
    Some(format!("{service}:{kind}"))
}

/// The beginning and the end of a text that is too long.
fn both_ends(text: &str) -> String {
    if text.len() <= MOST {
        return text.to_owned();
    }
    let first = text.chars().take(MOST / 2);
    let n_left_out = text.chars().count().saturating_sub(MOST / 2);
    let last = text.chars().skip(n_left_out.max(MOST / 2));
    first.chain([' ']).chain(last).collect()
}

/// Without the colours of a terminal, and with the line breaks that JSON writes as `\n`.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(it) = chars.next() {
        match it {
            '\u{1b}' => {
                if chars.next_if_eq(&'[').is_some() {
                    // A colour ends with its first letter.
                    for it in chars.by_ref() {
                        if it.is_ascii_alphabetic() {
                            break;
                        }
                    }
                }
            }
            '\\' => match chars.next_if(|it| matches!(it, 'n' | 't' | 'r' | '"')) {
                Some('"') => plain.push('"'),
                Some(_) => plain.push(' '),
                None => plain.push(it),
            },
            _ => plain.push(it),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(set: &BTreeSet<String>) -> Vec<&str> {
        set.iter().map(String::as_str).collect()
    }

    #[test]
    fn a_line_of_the_cli_says_who_asked_for_what() {
        let facts = Facts::read(
            "\u{1b}[31mAn error occurred (AccessDeniedException) when calling the CreateTrainingJob operation: User: \
             arn:aws:sts::111122223333:assumed-role/A/SageMaker is not authorized to perform: iam:PassRole on resource: \
             arn:aws:iam::111122223333:role/X because no identity-based policy allows the iam:PassRole action\u{1b}[0m",
        );
        assert_eq!(of(&facts.actions), ["iam:PassRole"]);
        assert_eq!(of(&facts.operations), ["CreateTrainingJob"]);
        assert_eq!(of(&facts.exceptions), ["AccessDeniedException"]);
        assert_eq!(of(&facts.resources), ["iam:role", "sts:assumed-role"]);
        assert_eq!(facts.reason.explicit_deny, Some(false));
        assert!(facts.reason.policy_types.contains("identity-based policy"));
    }

    #[test]
    fn an_event_of_cloudtrail_says_the_same() {
        let facts = Facts::read(
            r#"{"eventSource":"sagemaker.amazonaws.com","eventName":"CreateApp","errorCode":"AccessDenied",
                "errorMessage":"User: \"x\" with an explicit deny in a service control policy\nsagemaker:CreateApp"}"#,
        );
        assert_eq!(of(&facts.actions), ["sagemaker:CreateApp"]);
        assert_eq!(of(&facts.operations), ["CreateApp"]);
        assert_eq!(of(&facts.exceptions), ["AccessDenied"]);
        assert_eq!(facts.reason.explicit_deny, Some(true));
    }

    #[test]
    fn a_bare_denial_says_nothing_of_what_was_denied() {
        for text in [
            "403 Forbidden",
            "Access Denied",
            "ClientError: AccessDenied",
            "HTTP status code 403: Forbidden",
        ] {
            let facts = Facts::read(text);
            assert!(facts.is_bare_denial(), "{text}: {facts:?}");
            assert_eq!(facts.services(), ["s3", "kms"], "{text}");
        }
        for text in [
            "",
            "hello",
            "Access Denied. Please check if user is assigned",
            "access code",
            "s3:GetObject was denied",
        ] {
            assert!(!Facts::read(text).is_bare_denial(), "{text}");
        }
        let of_s3 =
            Facts::read("An error occurred (403) when calling the HeadObject operation: Forbidden");
        assert!(!of_s3.is_bare_denial());
        assert_eq!(of_s3.services(), ["s3", "kms"]);
        let named = Facts::read(
            "not authorized to perform: ecr:BatchGetImage when calling the GetObject operation",
        );
        assert_eq!(named.services(), ["ecr"]);
        let other = Facts::read("when calling the DescribeInstances operation: Rate exceeded");
        assert_eq!(other.services(), Vec::<&str>::new());
    }

    #[test]
    fn what_is_no_error_has_no_facts() {
        let facts = Facts::read("https://example.com: a recipe, at 10:30, for 4 people");
        assert!(!facts.is_of_aws(), "{facts:?}");
        assert_eq!(Facts::read(""), Facts::default());
        assert!(
            Facts::read(&"é \u{1b}[ \\".repeat(50_000))
                .actions
                .is_empty()
        );
    }
}
