//! Who one is, in words.

use crate::flow::{Credentials, Ending, Identity, Lifetime};

/// Who one is behind a hop.
pub fn identity_sentence(identity: &Identity) -> String {
    let Some(arn) = &identity.arn else {
        return "no AWS identity yet".to_owned();
    };
    match identity.credentials {
        Credentials::None => format!("`{arn}`"),
        Credentials::LongTerm => format!("`{arn}`, with long-term credentials"),
        Credentials::Temporary => format!("`{arn}`, with temporary credentials"),
    }
}

/// What goes with the session: its name, source identity and tags, and when it ends. One line each.
pub fn identity_details(identity: &Identity) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(name) = &identity.session_name {
        lines.push(format!("session name `{name}`"));
    }
    if let Some(name) = &identity.source_identity {
        lines.push(format!("source identity `{name}`"));
    }
    for (key, value) in &identity.session_tags {
        lines.push(format!("session tag `{key}` = `{value}`"));
    }
    for name in &identity.session_policies {
        lines.push(match name.strip_prefix("managed:") {
            Some(arn) => format!("limited by the policy `{arn}`"),
            None => format!("limited by an {name}"),
        });
    }
    lines.extend(identity.ends.iter().map(ending));
    lines
}

fn ending(it: &Ending) -> String {
    let what = match it.what {
        Lifetime::RoleSession => "the session",
        Lifetime::ChainedSession => "the session, made with another role’s,",
        Lifetime::PresignedUrl => "the presigned URL",
        Lifetime::StudioSession => "the Studio session",
    };
    let span = match it.seconds {
        seconds if seconds % 3600 == 0 => format!("{} h", seconds / 3600),
        seconds if seconds % 60 == 0 => format!("{} min", seconds / 60),
        seconds => format!("{seconds} s"),
    };
    match &it.at {
        Some(at) => format!("{what} ends after {span}, at `{at}`"),
        None => format!("{what} ends after {span}"),
    }
}
