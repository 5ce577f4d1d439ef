//! What a policy most likely does not mean: one file for each rule, one table of them.
//!
//! Looks at one policy as parsed, at its text and at the catalogue; knows nothing of worlds and requests, and changes no
//! decision. What AWS would refuse to save is told by `policy::parse`, not here. Invariant: a rule that needs a service
//! which the catalogue does not have finds nothing.

mod arn;
mod edit;
mod grammar;
mod look;
mod rules;
mod shape;
mod steps;
mod wide;

use crate::{
    catalogue::{Action, Catalogue, Service},
    diagnostic::{Diagnostic, Fix, Severity},
    lint::{
        look::Look,
        shape::{Known, Shape},
    },
    names::AccountId,
    policy::{Policy, PolicyKind},
    syntax::Span,
};

/// What the rules look at.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The document as written.
    pub text: &'a str,
    /// What it is meant to be.
    pub kind: PolicyKind,
    /// The document as parsed.
    pub policy: &'a Policy,
    /// What AWS has.
    pub catalogue: &'a Catalogue,
    /// The account that the document is in, where that is known: what tells a foreign account from the own.
    pub account: Option<&'a AccountId>,
}

/// One rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// A stable name, such as `pass-role-any-service`.
    pub code: &'static str,
    /// How bad what it finds is.
    pub severity: Severity,
    /// The page about it, in Markdown: what it finds, why that is bad, an example, and what to write instead.
    pub page: &'static str,
    check: fn(&Look<'_>, &mut Found<'_>),
}

/// Declares `RULE`, the rule of a file. The comment in front of it is the page about the rule.
macro_rules! rule {
    ($(#[doc = $page:literal])+ $severity:ident $code:literal) => {
        $(#[doc = $page])+
        pub(in crate::lint) const RULE: crate::lint::Rule = crate::lint::Rule {
            code: $code,
            severity: crate::diagnostic::Severity::$severity,
            page: concat!($($page, "\n"),+),
            check,
        };
    };
}
use rule;

/// Every rule, by code.
pub const RULES: &[Rule] = rules::RULES;

/// The most comparisons that one rule makes in one document. Behind them it finds nothing more.
pub const MAX_STEPS: usize = steps::MAX;

/// What all rules find, in order of place.
pub fn lint(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let look = Look::new(subject);
    let mut diagnostics = Vec::new();
    for rule in RULES {
        rule.look_at(&look, &mut diagnostics);
    }
    diagnostics.sort_by_key(Diagnostic::span);
    diagnostics
}

/// How many comparisons of pairs, or of bytes in pairs, each rule makes, and `look` before them: what grows with the square of a text if anything
/// does, counted so that no clock is needed to know it.
pub fn steps(subject: &Subject<'_>) -> Vec<(&'static str, usize)> {
    let look = Look::new(subject);
    let mut diagnostics = Vec::new();
    let of_rule = |rule: &'static Rule| {
        rule.look_at(&look, &mut diagnostics);
        (rule.code, look.steps.n_taken())
    };
    let expanding = ("look", look.expanding.n_taken());
    std::iter::once(expanding)
        .chain(RULES.iter().map(of_rule))
        .collect()
}

impl Rule {
    fn look_at(&'static self, look: &Look<'_>, diagnostics: &mut Vec<Diagnostic>) {
        look.steps.renew();
        (self.check)(
            look,
            &mut Found {
                rule: self,
                diagnostics,
            },
        );
    }
}

/// Whether a request for the action can be about what has this ARN, by AWS's list of the types that it takes.
pub(crate) fn may_be_about(service: &Service, action: &Action, arn: &str) -> bool {
    let asked = Shape::of_policy(arn);
    let mut types = service.resources_of(action);
    types.any(|it| asked.meets(&Known::of(it.0)))
}

/// The page about a finding of a rule or of `policy::parse`, in Markdown.
pub fn page(code: &str) -> Option<&'static str> {
    pages().find(|it| it.0 == code).map(|it| it.1)
}

/// Every code that a policy can draw, with its page: first those of the rules.
pub fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    let of_rules = RULES.iter().map(|it| (it.code, it.page));
    of_rules.chain(grammar::PAGES.iter().copied())
}

/// Where a rule puts what it finds.
struct Found<'a> {
    rule: &'static Rule,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Found<'_> {
    /// A finding at one place.
    fn at(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.push(self.finding(span, message, help));
    }

    /// A finding that one click mends, where there is a safe way.
    fn mendable(
        &mut self,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
        fix: Option<Fix>,
    ) {
        let mut diagnostic = self.finding(span, message, help);
        diagnostic.fix = fix.map(Box::new);
        self.push(diagnostic);
    }

    /// A finding with a second place.
    fn at_both(
        &mut self,
        (span, other): (Span, Span),
        label: &str,
        message: impl Into<String>,
        help: impl Into<String>,
        fix: Option<Fix>,
    ) {
        let mut diagnostic = self.finding(span, message, help).with_label(other, label);
        diagnostic.fix = fix.map(Box::new);
        self.push(diagnostic);
    }

    fn finding(
        &self,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        let mut diagnostic = Diagnostic::warning(self.rule.code, span, message, help);
        diagnostic.severity = self.rule.severity;
        diagnostic
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}
