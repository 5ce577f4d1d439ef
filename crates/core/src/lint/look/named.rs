//! An entry of `Action` or `NotAction`, and the actions of the catalogue that it stands for.
//!
//! Invariant: where looking would take too long, it is told as left out, never as nothing found.

use crate::{
    catalogue::{Action, Catalogue, Service},
    lint::steps::Steps,
    pattern::{ActionPattern, Glob},
    policy::spelling::quoted,
    syntax::Spanned,
};

/// An entry of `Action` or `NotAction`, and what it stands for.
pub(in crate::lint) struct Named<'a> {
    pub(in crate::lint) pattern: &'a Spanned<ActionPattern>,
    /// The part in front of the colon.
    pub(in crate::lint) prefix: &'a str,
    /// The part behind it.
    pub(in crate::lint) name: &'a str,
    /// `None`: not in the catalogue.
    pub(in crate::lint) service: Option<&'a Service>,
    /// The actions of the service that it takes in.
    pub(in crate::lint) actions: Vec<&'a Action>,
    /// The service is known, but looking which actions are meant would take too long: all is as if it were not.
    pub(in crate::lint) is_left_out: bool,
    is_pattern: bool,
}

impl<'a> Named<'a> {
    pub(super) fn new(
        pattern: &'a Spanned<ActionPattern>,
        catalogue: &'a Catalogue,
        steps: &Steps,
    ) -> Self {
        let text = pattern.value.text();
        let (prefix, name) = text.split_once(':').unwrap_or((text, ""));
        let is_any = pattern.value.is_any();
        let known = catalogue.service(prefix).filter(|_| !is_any);
        let service = known.filter(|it| steps.take(cost_of_expanding(it, name)));
        let actions = service.map_or_else(Vec::new, |it| expand(it, name));
        Self {
            pattern,
            prefix,
            name,
            service,
            actions,
            is_left_out: known.is_some() && service.is_none(),
            is_pattern: has_wildcard(text),
        }
    }

    pub(in crate::lint) const fn is_pattern(&self) -> bool {
        self.is_pattern
    }

    /// As written, for a message.
    pub(in crate::lint) fn quoted(&self) -> String {
        quoted(self.pattern.value.text())
    }

    /// Whether it stands for this action and nothing else.
    pub(in crate::lint) fn is(&self, action: &str) -> bool {
        self.pattern.value.text().eq_ignore_ascii_case(action)
    }
}

/// Whether `*` or `?` is in the text. By bytes, because it is asked of every entry of a long policy.
pub(in crate::lint) fn has_wildcard(text: &str) -> bool {
    text.bytes().any(|it| matches!(it, b'*' | b'?'))
}

/// Steps of finding the actions, and of all that is done with them later.
fn cost_of_expanding(service: &Service, name: &str) -> usize {
    let n_actions = service.actions.len();
    match name.strip_suffix('*') {
        Some("") => 4 * n_actions,
        None if !has_wildcard(name) => 1,
        Some(head) if !has_wildcard(head) => n_actions,
        _ => (8 + name.len() / 8) * n_actions,
    }
}

/// The actions of a service that a name with wildcards takes in.
fn expand<'a>(service: &'a Service, name: &str) -> Vec<&'a Action> {
    let all = service.actions.iter();
    match name.strip_suffix('*') {
        Some("") => all.collect(),
        None if !has_wildcard(name) => service.action(name).into_iter().collect(),
        Some(head) if !has_wildcard(head) => all
            .filter(|it| {
                let start = it.name.get(..head.len());
                start.is_some_and(|it| it.eq_ignore_ascii_case(head))
            })
            .collect(),
        _ => {
            let glob = Glob::new(&name.to_ascii_lowercase());
            all.filter(|it| glob.matches(&it.name.to_ascii_lowercase()))
                .collect()
        }
    }
}
