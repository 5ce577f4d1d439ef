//! A new access key of a user: what AWS shows of one, without the secret, which has no place here.

use crate::world::{
    AccessKey, AccessKeyStatus, EntityId, Limited, Thing, World, WorldFinding, WorldFindingKind,
    change::{Refusal, name},
};

/// Adds an active access key to a user, and gives its id.
///
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html>
///
/// # Errors
///
/// Where there is no such user, or it has two keys already.
pub fn add_access_key(world: &mut World, id: &EntityId) -> Result<String, Refusal> {
    let is_taken = |key: &str| {
        let mut users = world.accounts().flat_map(|it| &it.users);
        users.any(|it| it.access_keys.iter().any(|it| it.access_key_id == key))
    };
    let access_key_id = name::free_id(|n| format!("AKIAEXAMPLE{n:09}"), is_taken);
    let gone = || Refusal::Gone(id.clone());
    let Thing::User { name } = &id.thing else {
        return Err(gone());
    };
    let account = world.account_of_mut(id.account.as_ref());
    let user = account.and_then(|it| it.user_mut(name)).ok_or_else(gone)?;
    let n = user.access_keys.len();
    if n >= Limited::AccessKeys.most() {
        let what = Limited::AccessKeys;
        return Err(Refusal::Finding(Box::new(WorldFinding {
            entity: id.clone(),
            kind: WorldFindingKind::TooMany { what, n: n + 1 },
        })));
    }
    user.access_keys.push(AccessKey {
        access_key_id: access_key_id.clone(),
        status: AccessKeyStatus::Active,
        create_date: None,
        last_used_date: None,
    });
    Ok(access_key_id)
}
