//! Whether what a request asks for exists at all: a fix that allows an action that no service has, or on a
//! resource that the action is never about, mends nothing.
//!
//! Knows AWS's lists and no world. Invariant: where the lists do not have the service, nothing is said.
//!
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>

use crate::{
    catalogue::{Action, Catalogue, Service},
    explain::Verdict,
    lint,
    names::{ActionName, Arn},
    policy::spelling::{nearest, slip},
    request::Resource,
};

/// What was asked and what nobody allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The action.
    pub action: ActionName,
    /// What it was asked on.
    pub resource: Resource,
}

impl Verdict {
    /// The same with a fix that AWS's lists allow: instead of allowing what is not there, to ask for what is.
    #[must_use]
    pub fn with_catalogue(mut self, catalogue: &Catalogue) -> Self {
        let asked = self.asked.as_deref();
        if let Some(fix) = asked.and_then(|it| it.what_exists(catalogue)) {
            self.fix = Some(fix);
            self.to_say = None;
        }
        self
    }
}

impl Asked {
    /// What to ask for instead; nothing where this may be asked, or nobody knows.
    fn what_exists(&self, catalogue: &Catalogue) -> Option<String> {
        let (prefix, name) = (self.action.service(), self.action.name());
        let Some(service) = catalogue.service(prefix) else {
            if !catalogue.is_complete() {
                return None;
            }
            let guess = slip(prefix, catalogue.services().map(|it| it.prefix.as_str()));
            let ask = guess.map_or_else(
                || "Ask for an action of a service that exists".to_owned(),
                |it| format!("Ask for `{it}:{name}`"),
            );
            return Some(format!(
                "{ask}: AWS has no service `{prefix}`, and allowing it would help nobody."
            ));
        };
        let Some(action) = service.action(name) else {
            let guess = nearest(name, service.actions.iter().map(|it| it.name.as_str()));
            let ask = guess.map_or_else(
                || format!("Ask for an action that {} has", service.name),
                |it| format!("Ask for `{prefix}:{it}`"),
            );
            return Some(format!(
                "{ask}: {} has no action `{name}`, and allowing it would help nobody.",
                service.name
            ));
        };
        let Resource::Arn(arn) = &self.resource else {
            return None;
        };
        if action.resources.is_empty() || lint::may_be_about(service, action, arn.as_str()) {
            return None;
        }
        Some(format!(
            "Ask for `{}` on {}: it is never about `{arn}`, and allowing it there would help nobody.",
            self.action,
            forms(service, action, arn)
        ))
    }
}

/// The types of resources that the action takes, and how their ARNs are written: those whose ARNs have region
/// and account where the one asked for has them.
fn forms(service: &Service, action: &Action, asked: &Arn) -> String {
    const MOST: usize = 3;
    let parts = |arn: &str| {
        let mut parts = arn.splitn(6, ':').skip(3);
        let mut is_there = || parts.next().is_some_and(|it| !it.is_empty());
        (is_there(), is_there())
    };
    let wanted = parts(asked.as_str());
    let is_alike = |arn: &str| parts(arn) == wanted;
    let all = || service.resources_of(action).map(|it| it.0);
    let has_alike = all().any(|it| is_alike(&it.arn));
    let shown: Vec<String> = all()
        .filter(|it| !has_alike || is_alike(&it.arn))
        .take(MOST)
        .map(|it| format!("the type `{}`, written `{}`", it.name, it.arn))
        .collect();
    let more = match action.resources.len().saturating_sub(shown.len()) {
        0 => String::new(),
        1 => ", or one more type".to_owned(),
        n => format!(", or {n} more types"),
    };
    format!("{}{more}", shown.join(", or "))
}
