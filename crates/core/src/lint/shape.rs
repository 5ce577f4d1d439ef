//! Whether two patterns of ARNs have an ARN in common: one of a policy, one of the catalogue.
//!
//! Knows nothing of statements. A placeholder of the catalogue stands for one character at least (for an account, also
//! for none), a policy variable for any text. Invariant: where a common ARN exists, it is found; the answer errs to the side of yes.

use std::cell::OnceCell;

use crate::{
    catalogue::ResourceType,
    lint::{
        look::has_wildcard,
        steps::{MAX_PATTERN, Steps},
    },
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Byte(u8),
    One,
    Any,
}

/// What `${…}` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Braces {
    /// A policy variable, or the account in a type of the catalogue: also for nothing.
    AnyText,
    /// Any other placeholder of the catalogue: for one character at least.
    SomeText,
}

/// A pattern, cut into the parts of an ARN.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// `None`: not six parts.
    parts: Option<[Vec<Token>; 6]>,
    /// What the sixth part begins with, as far as it is fixed.
    head: String,
    service: String,
}

/// A type of resources, to compare many patterns with.
#[derive(Clone, Debug)]
pub(super) struct Known<'a> {
    arn: &'a str,
    split: Option<[&'a str; 6]>,
    /// Cut up when the first pattern begins as the type does.
    parts: OnceCell<Option<[Vec<Token>; 6]>>,
    /// What the sixth part begins with.
    head: &'a str,
    is_bucket: bool,
}

impl<'a> Known<'a> {
    pub(super) fn of(resource_type: &'a ResourceType) -> Self {
        let split = split(&resource_type.arn);
        let name = split.map(|it| it[5]).unwrap_or_default();
        Self {
            arn: &resource_type.arn,
            split,
            parts: OnceCell::new(),
            head: name.split("${").next().unwrap_or_default(),
            is_bucket: resource_type.name == "bucket",
        }
    }
}

impl Shape {
    /// The pattern of a policy. One longer than any ARN of AWS has no parts.
    pub(super) fn of_policy(text: &str) -> Self {
        if text.len() > MAX_PATTERN {
            return Self {
                parts: None,
                head: String::new(),
                service: String::new(),
            };
        }
        let (tokens, service) = parts(text, Braces::AnyText);
        let sixth = split(text).map(|it| it[5]).unwrap_or_default();
        let end = sixth.find(['*', '?', '$']).unwrap_or(sixth.len());
        Self {
            parts: tokens,
            head: sixth.get(..end).unwrap_or_default().to_owned(),
            service: service.to_owned(),
        }
    }

    /// Whether it has six parts, so that something can be said of it.
    pub(super) const fn is_whole(&self) -> bool {
        self.parts.is_some()
    }

    /// Whether an ARN of this type can be meant.
    pub(super) fn meets(&self, known: &Known<'_>) -> bool {
        let (Some(own), Some([_, _, service, .., name])) = (&self.parts, known.split) else {
            return true;
        };
        // Most types are told apart by their first letters.
        let is_prefix = self.head.starts_with(known.head)
            || (known.head.starts_with(&self.head) && self.head.len() < name.len());
        if !is_prefix || (service != self.service && !self.service.contains(['*', '?', '$'])) {
            return false;
        }
        if known.is_bucket && self.service == "s3" && self.head.contains('/') {
            return false;
        }
        let parts = known
            .parts
            .get_or_init(|| parts(known.arn, Braces::SomeText).0);
        let parts = parts.as_ref();
        parts.is_none_or(|known| own.iter().zip(known).all(|(own, known)| meet(own, known)))
    }

    /// Whether every ARN of `other` is one of this pattern's; variables are taken as written.
    /// No where that takes too long.
    pub(super) fn takes_in(own: &str, other: &str, steps: &Steps) -> bool {
        if own == other || own == "*" {
            return true;
        }
        let head = fixed_head(own);
        if !steps.take(cost(own, other)) || head.len() == own.len() || !other.starts_with(head) {
            return false;
        }
        let (Some(own), Some(other)) = (split(own), split(other)) else {
            return false;
        };
        own.iter()
            .zip(other)
            .all(|(own, other)| takes_in(own, other, steps))
    }
}

/// Whether the pattern takes in all that the other does; both may have wildcards, and what is in `${…}` is literal.
/// No where they are longer than any of AWS's, or that takes too long.
pub(super) fn takes_in(own: &str, other: &str, steps: &Steps) -> bool {
    if own == other || own == "*" {
        return true;
    }
    let is_short = own.len() <= MAX_PATTERN && other.len() <= MAX_PATTERN;
    if !is_short || !steps.take(cost(own, other)) || own.contains("${") || !has_wildcard(own) {
        return false;
    }
    // A star of the other matches only a star; anything else matches itself.
    let (own, other) = (own.as_bytes(), other.as_bytes());
    let (mut at, mut from) = (0, 0);
    // Behind the last star of `own`, and where what that star takes in ends for now.
    let mut star: Option<(usize, usize)> = None;
    while let Some(seen) = other.get(from) {
        if !steps.take(1) {
            return false;
        }
        match own.get(at) {
            Some(b'*') => {
                at += 1;
                star = Some((at, from));
            }
            Some(byte) if byte == seen || (*byte == b'?' && !matches!(seen, b'*' | b'$')) => {
                at += 1;
                from += 1;
            }
            _ => {
                let Some((behind, end)) = star else {
                    return false;
                };
                at = behind;
                from = end + 1;
                star = Some((behind, from));
            }
        }
    }
    own.iter().skip(at).all(|it| *it == b'*')
}

/// What all that a pattern takes in begins with; the whole of it where it has no wildcard.
fn fixed_head(pattern: &str) -> &str {
    let end = pattern.bytes().position(|it| matches!(it, b'*' | b'?'));
    pattern
        .get(..end.unwrap_or(pattern.len()))
        .unwrap_or_default()
}

/// Steps of reading both once: many bytes at a time.
const fn cost(own: &str, other: &str) -> usize {
    1 + (own.len() + other.len()) / 8
}

/// The six parts of an ARN; colons of policy variables are none of it.
pub(super) fn split(text: &str) -> Option<[&str; 6]> {
    let mut parts = [""; 6];
    let mut rest = text;
    for (idx, place) in parts.iter_mut().enumerate() {
        // A colon of `${aws:username}` is none of the ARN's.
        let end = if idx == 5 { rest.len() } else { colon(rest)? };
        *place = rest.get(..end)?;
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    Some(parts)
}

fn colon(text: &str) -> Option<usize> {
    let mut is_inside = false;
    let mut before = b' ';
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' if before == b'$' => is_inside = true,
            b'}' => is_inside = false,
            b':' if !is_inside => return Some(at),
            _ => {}
        }
        before = byte;
    }
    None
}

fn parts(text: &str, braces: Braces) -> (Option<[Vec<Token>; 6]>, &str) {
    let Some(parts) = split(text) else {
        return (None, "");
    };
    let [arn, partition, service, region, account, name] = parts;
    // AWS's own documents, images and models name no account.
    let parts = [
        tokens(arn, Braces::AnyText),
        tokens(partition, braces),
        tokens(service, braces),
        tokens(region, braces),
        tokens(account, Braces::AnyText),
        tokens(name, braces),
    ];
    (Some(parts), service)
}

fn tokens(text: &str, braces: Braces) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(byte) = rest.bytes().next() {
        let is_variable = rest.starts_with("${");
        if let Some(end) = rest.find('}').filter(|_| is_variable) {
            if braces == Braces::SomeText {
                tokens.push(Token::One);
            }
            tokens.push(Token::Any);
            rest = rest.get(end + 1..).unwrap_or_default();
            continue;
        }
        tokens.push(match byte {
            b'*' => Token::Any,
            b'?' => Token::One,
            it => Token::Byte(it),
        });
        // Bytes, not characters: what is not ASCII only has to be equal.
        let width = rest.chars().next().map_or(1, char::len_utf8);
        tokens.extend(rest.bytes().take(width).skip(1).map(Token::Byte));
        rest = rest.get(width..).unwrap_or_default();
    }
    tokens
}

/// Whether some text matches both.
fn meet(mut one: &[Token], mut other: &[Token]) -> bool {
    // Up to the first star there is one way to go through both, and most parts of an ARN have none.
    while let ([own, own_rest @ ..], [their, their_rest @ ..]) = (one, other) {
        match (own, their) {
            (Token::Any, _) | (_, Token::Any) => break,
            (Token::Byte(own), Token::Byte(their)) if own != their => return false,
            _ => (one, other) = (own_rest, their_rest),
        }
    }
    match (one, other) {
        ([Token::Any], _) | (_, [Token::Any]) => true,
        ([], rest) | (rest, []) => rest.iter().all(|it| *it == Token::Any),
        _ => meet_some_way(one, other),
    }
}

/// [`meet`] where there are several ways: a cell of the row for each place in `other`, whether it can be reached with as
/// much of `one` as was gone through.
fn meet_some_way(one: &[Token], other: &[Token]) -> bool {
    let mut is_open = true;
    let mut row: Vec<bool> = std::iter::once(&Token::Any)
        .chain(other)
        .map(|token| {
            is_open &= *token == Token::Any;
            is_open
        })
        .collect();
    for own in one {
        let (mut diagonal, mut left) = (false, false);
        let theirs = std::iter::once(None).chain(other.iter().map(Some));
        for (place, their) in row.iter_mut().zip(theirs) {
            let above = *place;
            *place = match (own, their) {
                (Token::Any, None) => above,
                (_, None) => false,
                (Token::Any, Some(_)) | (_, Some(Token::Any)) => above || left || diagonal,
                (Token::Byte(own), Some(Token::Byte(their))) => diagonal && own == their,
                (_, Some(_)) => diagonal,
            };
            (diagonal, left) = (above, *place);
        }
    }
    row.last().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_meet_where_an_arn_fits_both() {
        let check = |policy: &str, known: &str, name: &str, expect: bool| {
            let resource_type = ResourceType {
                name: name.to_owned(),
                arn: known.to_owned(),
                keys: Vec::new(),
            };
            let meets = Shape::of_policy(policy).meets(&Known::of(&resource_type));
            assert_eq!(meets, expect, "{policy} {known}");
        };
        let bucket = "arn:${Partition}:s3:::${BucketName}";
        let object = "arn:${Partition}:s3:::${BucketName}/${ObjectName}";
        check("arn:aws:s3:::b", bucket, "bucket", true);
        check("arn:aws:s3:::b/*", bucket, "bucket", false);
        check("arn:aws:s3:::b*", bucket, "bucket", true);
        check("arn:aws:s3:::b", object, "object", false);
        check("arn:aws:s3:::b*", object, "object", true);
        check("arn:aws:s3:::b/", object, "object", false);
        check("arn:aws:s3:*:*:b/*", object, "object", true);
        check("arn:aws:s3:::${aws:username}/*", object, "object", true);
        check("arn:aws:s3::123456789012:b/*", object, "object", false);
        check("arn:aws:*:::b/*", object, "object", true);
        let role = "arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}";
        check("arn:aws:iam::*:role/a/b", role, "role", true);
        check("arn:aws:iam::*:*", role, "role", true);
        check("arn:aws:iam:::role/a", role, "role", true);
        let domain = "arn:${Partition}:sagemaker:${Region}:${Account}:domain/${DomainId}";
        check(
            "arn:aws:sagemaker::111122223333:domain/d",
            domain,
            "domain",
            false,
        );
        check("arn:aws:iam::1:user/a", role, "role", false);
        check("arn:aws:iam::1:rol?/a", role, "role", true);
        check("arn:aws:iam::1:role/", role, "role", false);
    }

    #[test]
    fn what_is_fixed_is_compared_as_everything_is() {
        let kinds = [Token::Byte(b'a'), Token::Byte(b'b'), Token::One, Token::Any];
        let mut patterns: Vec<Vec<Token>> = vec![Vec::new()];
        for length in 0..4 {
            let shorter: Vec<_> = patterns
                .iter()
                .filter(|it| it.len() == length)
                .cloned()
                .collect();
            let longer = |it: Vec<Token>| kinds.map(|kind| [it.as_slice(), &[kind]].concat());
            patterns.extend(shorter.into_iter().flat_map(longer));
        }
        for one in &patterns {
            for other in &patterns {
                assert_eq!(
                    meet(one, other),
                    meet_some_way(one, other),
                    "{one:?} {other:?}"
                );
            }
        }
    }

    #[test]
    fn a_pattern_takes_in_what_another_takes_in() {
        let check = |own: &str, other: &str, expect: bool| {
            assert_eq!(
                Shape::takes_in(own, other, &Steps::new()),
                expect,
                "{own} {other}"
            );
        };
        check("arn:aws:s3:::b/*", "arn:aws:s3:::b/a*", true);
        check("arn:aws:s3:::b/a*", "arn:aws:s3:::b/*", false);
        check("arn:aws:s3:::b/?", "arn:aws:s3:::b/*", false);
        check("arn:aws:s3:::b/?", "arn:aws:s3:::b/a", true);
        check("arn:aws:s3:::*", "arn:aws:s3:::b/${aws:username}", true);
        check("arn:aws:s3:::b", "arn:aws:s3:::b/a", false);
        check("*", "arn:aws:s3:::b", true);
        check("arn:aws:s3:*", "arn:aws:s3:::b", false);
    }
}
