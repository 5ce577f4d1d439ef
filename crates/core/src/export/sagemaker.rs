//! What SageMaker's own calls take, from the settings of a world: the same fields, in AWS's spelling.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    by_name::Tags,
    world::{App, Domain, Space, UserProfile},
};

/// The input of `CreateDomain`, without its tags.
pub(super) fn domain(domain: &Domain) -> Map<String, Value> {
    let mut input = picked(
        domain,
        &[
            "domainName",
            "authMode",
            "appNetworkAccessType",
            "appSecurityGroupManagement",
            "vpcId",
            "subnetIds",
            "kmsKeyId",
            "tagPropagation",
            "domainSettings",
            "defaultUserSettings",
            "defaultSpaceSettings",
        ],
    );
    for pointer in [
        "/TagPropagation",
        "/DomainSettings/TrustedIdentityPropagationSettings/Status",
    ] {
        let mut whole = Value::Object(std::mem::take(&mut input));
        if let Some(Value::String(text)) = whole.pointer_mut(pointer) {
            *text = text.to_ascii_uppercase();
        }
        if let Value::Object(map) = whole {
            input = map;
        }
    }
    input
}

/// The input of `CreateUserProfile`, without its domain and tags.
pub(super) fn profile(profile: &UserProfile) -> Map<String, Value> {
    picked(
        profile,
        &[
            "userProfileName",
            "singleSignOnUserIdentifier",
            "singleSignOnUserValue",
            "userSettings",
        ],
    )
}

/// The input of `CreateSpace`, without its domain.
pub(super) fn space(space: &Space) -> Map<String, Value> {
    let mut input = Map::new();
    input.insert("SpaceName".to_owned(), json!(space.space_name));
    input.insert(
        "SpaceSettings".to_owned(),
        json!({ "AppType": space.app_type.as_str() }),
    );
    if !space.owner_user_profile_name.is_empty() {
        input.insert(
            "OwnershipSettings".to_owned(),
            json!({ "OwnerUserProfileName": space.owner_user_profile_name }),
        );
        input.insert(
            "SpaceSharingSettings".to_owned(),
            json!({ "SharingType": space.sharing_type.as_str() }),
        );
    }
    input
}

/// The input of `CreateApp`, without its domain.
pub(super) fn app(app: &App) -> Map<String, Value> {
    let mut input = Map::new();
    input.insert("AppName".to_owned(), json!(app.app_name));
    input.insert("AppType".to_owned(), json!(app.app_type.as_str()));
    if let Some(space) = &app.space_name {
        input.insert("SpaceName".to_owned(), json!(space));
    } else if let Some(profile) = &app.user_profile_name {
        input.insert("UserProfileName".to_owned(), json!(profile));
    }
    input
}

/// Tags as AWS's calls take them.
pub(super) fn tags(tags: &Tags) -> Value {
    let tag = |(key, value): (&String, &String)| json!({ "Key": key, "Value": value });
    Value::Array(tags.iter().map(tag).collect())
}

fn picked(from: &impl Serialize, fields: &[&str]) -> Map<String, Value> {
    let Ok(Value::Object(mut all)) = serde_json::to_value(from) else {
        return Map::new();
    };
    let field = |name: &&str| {
        let value = all.remove(*name)?;
        let is_empty = match &value {
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Null => true,
            _ => false,
        };
        (!is_empty).then(|| (spelled(name), renamed(value)))
    };
    fields.iter().filter_map(field).collect()
}

/// Every key in AWS's spelling. Empty lists of security groups stay out.
fn renamed(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.into_iter();
            let kept = kept.filter(|(_, it)| it.as_array().is_none_or(|it| !it.is_empty()));
            Value::Object(kept.map(|(key, it)| (spelled(&key), renamed(it))).collect())
        }
        other => other,
    }
}

fn spelled(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().map(|it| it.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}
