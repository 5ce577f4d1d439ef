//! What can be said of the text before it is JSON: its size and its characters.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>

use crate::{
    diagnostic::{Diagnostic, IamError, Severity},
    policy::{PolicyKind, parse::element::Findings},
    syntax::Span,
};

/// No policy of any kind may be as large; a text beyond it is a wrong file.
const MAX_SIZE: usize = 256 * 1024;

/// No text in a policy may be as long as the largest policy.
const MAX_TEXT: usize = 32_768;

/// A name or pattern that is longer than any policy.
pub(super) fn too_long(text: &str, span: Span) -> Option<Diagnostic> {
    (text.len() > MAX_TEXT).then(|| {
        Diagnostic::error(
            "text-too-long",
            span,
            format!("a text of {} bytes is longer than any policy", text.len()),
            "shorten it; a wildcard stands for many names",
        )
    })
}

/// How large a kind of policy may be.
struct Quota {
    /// The most characters.
    max: usize,
    /// Whether white space between the elements counts.
    counts_blank: bool,
    /// An error, or a warning where more may be allowed: IAM's own managed policies are larger than
    /// a customer's may be, and some quotas can be raised.
    severity: Severity,
    what: &'static str,
    /// What IAM calls it.
    iam: Option<&'static str>,
}

const fn quotas(kind: PolicyKind) -> &'static [Quota] {
    const fn quota(
        max: usize,
        counts_blank: bool,
        severity: Severity,
        what: &'static str,
        iam: Option<&'static str>,
    ) -> Quota {
        Quota {
            max,
            counts_blank,
            severity,
            what,
            iam,
        }
    }
    use Severity::{Error, Warning};
    const IDENTITY: &[Quota] = &[
        quota(
            10_240,
            false,
            Warning,
            "the inline policies of a role together",
            None,
        ),
        quota(6_144, false, Warning, "a managed policy", None),
    ];
    const BOUNDARY: &[Quota] = &[quota(6_144, false, Warning, "a managed policy", None)];
    const TRUST: &[Quota] = &[
        quota(
            4_096,
            false,
            Error,
            "a trust policy whose quota was raised",
            Some("ACLSizePerRole"),
        ),
        quota(2_048, false, Warning, "a trust policy", None),
    ];
    const SESSION: &[Quota] = &[quota(2_048, true, Error, "a session policy", None)];
    const SCP: &[Quota] = &[quota(10_240, true, Error, "a service control policy", None)];
    const RCP: &[Quota] = &[quota(5_120, true, Error, "a resource control policy", None)];
    const ENDPOINT: &[Quota] = &[quota(20_480, true, Error, "a VPC endpoint policy", None)];
    const RESOURCE: &[Quota] = &[
        quota(32_768, true, Error, "a key policy", None),
        quota(20_480, true, Warning, "a bucket policy", None),
    ];
    match kind {
        PolicyKind::Identity => IDENTITY,
        PolicyKind::Boundary => BOUNDARY,
        PolicyKind::Trust => TRUST,
        PolicyKind::Session => SESSION,
        PolicyKind::Scp => SCP,
        PolicyKind::Rcp => RCP,
        PolicyKind::VpcEndpoint => ENDPOINT,
        PolicyKind::Resource => RESOURCE,
    }
}

pub(super) fn check(text: &str, findings: &mut Findings) {
    check_size(text, findings);
    check_characters(text, findings);
}

fn check_size(text: &str, findings: &mut Findings) {
    let (with_blank, without_blank) = sizes(text);
    if without_blank > MAX_SIZE {
        findings.push_tolerated(Diagnostic::error(
            "document-too-large",
            Span::new(0, 0),
            format!("the document has {without_blank} characters, more than any policy may have"),
            "paste one policy document; the largest that AWS takes is far below 256 kB",
        ));
        return;
    }
    let size_of = |it: &Quota| {
        if it.counts_blank {
            with_blank
        } else {
            without_blank
        }
    };
    let exceeded = quotas(findings.kind).iter().find(|it| it.max < size_of(it));
    let Some(quota) = exceeded else {
        return;
    };
    let message = format!(
        "the document has {} characters, {} may have {}",
        size_of(quota),
        quota.what,
        quota.max
    );
    let help = if quota.counts_blank {
        "remove white space, which counts here, or split the policy"
    } else {
        "split the policy; white space does not count"
    };
    let mut diagnostic = Diagnostic::error("document-too-large", Span::new(0, 0), message, help);
    diagnostic.severity = quota.severity;
    diagnostic.iam_error = quota.iam.map(|it| {
        Box::new(IamError::Size {
            quota: it,
            max: quota.max,
        })
    });
    findings.push_tolerated(diagnostic);
}

/// All characters; and those that are no white space between elements.
fn sizes(text: &str) -> (usize, usize) {
    let (mut with_blank, mut without_blank) = (0, 0);
    let (mut is_in_string, mut is_escaped) = (false, false);
    for character in text.chars() {
        with_blank += 1;
        without_blank += usize::from(is_in_string || !character.is_ascii_whitespace());
        match character {
            '"' if !is_escaped => is_in_string = !is_in_string,
            _ => {}
        }
        is_escaped = is_in_string && character == '\\' && !is_escaped;
    }
    (with_blank, without_blank)
}

/// IAM: only tab, line feed, carriage return and U+0020 to U+00FF.
fn check_characters(text: &str, findings: &mut Findings) {
    let is_odd =
        |it: &(usize, char)| !matches!(it.1, '\t' | '\n' | '\r' | '\u{20}'..='\u{ff}' | '\u{feff}');
    let mut odd = text.char_indices().filter(is_odd).filter(|it| it.1 >= ' ');
    if let Some((at, character)) = odd.next() {
        let span = |at: usize, it: char| {
            let offset = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
            Span::new(offset(at), offset(at + it.len_utf8()))
        };
        let mut diagnostic = Diagnostic::error(
            "invalid-character",
            span(at, character),
            format!("the character `{character}` may not stand in a policy"),
            "use characters up to U+00FF only, or write it as `\\u` and four hex digits",
        );
        for (at, character) in odd.take(9) {
            diagnostic = diagnostic.with_label(span(at, character), "");
        }
        findings.push(diagnostic);
    }
}
