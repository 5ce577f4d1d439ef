//! What selects offer for settings of few values, and how each value is written and read.
//!
//! Knows no world. Invariant: every value that is offered is understood.

use rolewalk_core::world::{AppNetworkAccessType, AuthMode, Status};

use crate::view::options::{Choosable, option};

/// How a value is written in a select, and read from it.
pub(crate) type Words<V> = (fn(V) -> String, fn(&str) -> Option<V>);

/// A status in a select.
pub(crate) const STATUS: Words<Status> = (|it| it.as_str().to_owned(), status);

/// Yes or no in a select.
pub(crate) const SWITCH: Words<bool> = (switch_value, switch);

/// States of a domain or a profile.
pub(crate) fn statuses() -> Vec<Choosable> {
    Status::ALL
        .map(|it| option(it.as_str(), it.as_str()))
        .to_vec()
}

/// The one of [`statuses`] that a value means.
pub(crate) fn status(value: &str) -> Option<Status> {
    Status::ALL.into_iter().find(|it| it.as_str() == value)
}

/// Authentication modes.
pub(crate) fn auth_modes() -> Vec<Choosable> {
    let label = |it| match it {
        AuthMode::Iam => "IAM",
        AuthMode::Sso => "SSO (IAM Identity Center)",
    };
    AuthMode::ALL
        .map(|it| option(it.as_str(), label(it)))
        .to_vec()
}

/// The one of [`auth_modes`] that a value means.
pub(crate) fn auth_mode(value: &str) -> Option<AuthMode> {
    AuthMode::ALL.into_iter().find(|it| it.as_str() == value)
}

/// Ways for a domain's traffic.
pub(crate) fn network_accesses() -> Vec<Choosable> {
    AppNetworkAccessType::ALL
        .map(|it| option(it.as_str(), it.as_str()))
        .to_vec()
}

/// The one of [`network_accesses`] that a value means.
pub(crate) fn network_access(value: &str) -> Option<AppNetworkAccessType> {
    AppNetworkAccessType::ALL
        .into_iter()
        .find(|it| it.as_str() == value)
}

/// The value of something that is on or off.
pub(crate) fn switch_value(is_on: bool) -> String {
    if is_on { "on" } else { "off" }.to_owned()
}

/// What such a value means.
pub(crate) fn switch(value: &str) -> Option<bool> {
    match value {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}

/// On or off, in other words.
fn either(off: &str, on: &str) -> Vec<Choosable> {
    vec![option("off", off), option("on", on)]
}

/// No or yes.
pub(crate) fn switches() -> Vec<Choosable> {
    either("no", "yes")
}

/// Whether sessions carry the profile's name, as AWS writes it.
pub(crate) fn source_identities() -> Vec<Choosable> {
    either("DISABLED", "USER_PROFILE_NAME")
}

/// What sessions are called, as AWS writes it.
pub(crate) fn session_names() -> Vec<Choosable> {
    either(
        "STATIC: SageMaker",
        "USER_IDENTITY: as the person’s session",
    )
}

/// Whether tags go along.
pub(crate) fn tag_propagations() -> Vec<Choosable> {
    either("stay where they are", "go along")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_that_is_offered_is_understood() {
        let knows = |offered: Vec<Choosable>, reads: fn(&str) -> bool| {
            assert!(offered.iter().all(|it| reads(&it.value)), "{offered:?}");
            assert!(!reads("something else"));
        };
        knows(statuses(), |it| status(it).is_some());
        knows(auth_modes(), |it| auth_mode(it).is_some());
        knows(network_accesses(), |it| network_access(it).is_some());
        for offered in [
            switches(),
            source_identities(),
            session_names(),
            tag_propagations(),
        ] {
            knows(offered, |it| switch(it).is_some());
        }
    }
}
