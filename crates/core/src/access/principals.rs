//! Who there is to be asked: the world's root users, users and roles, and whom the policy of what is asked about names besides.
//!
//! Decides nothing: whoever may turn out to be allowed is listed, and the walk says whether they are.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    access::Question,
    flow::{self, Choice, Flow, HopKind, Subject},
    names::{AccountId, Arn},
    policy::PrincipalPattern,
    request::{Context, Principal, Request},
    world::{
        Account, DocumentId, Documents, EntityId, Thing, World, policies_for, policy_of_resource,
    },
};

/// What stands for a caller without credentials.
const ANONYMOUS: &str = "anonymous";

/// Accounts that a world hardly has: the first that it does not have stands for any other.
const STRANGERS: [&str; 3] = ["999900008888", "999900007777", "999900006666"];

/// What kind of caller somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum WhoKind {
    /// An account's root user.
    Root,
    /// An IAM user.
    User,
    /// A session of a role.
    Role,
    /// One session of a role, or a federated user, that a policy names.
    Session,
    /// An AWS service.
    Service,
    /// An identity provider, for those whom it vouches for.
    Federated,
    /// An account that this world does not have and that a policy names: its root user, who may do what the account may.
    Account,
    /// Any account that this world does not have.
    AnyAccount,
    /// A caller without credentials.
    Anonymous,
}

/// Somebody who is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Who {
    /// As an API call names its caller: a role stands for a session of it.
    pub principal: String,
    /// What kind of caller.
    pub kind: WhoKind,
    /// What to call it.
    pub name: String,
    /// Its account.
    pub account: Option<AccountId>,
    /// The user or role in the world; nothing where a policy names it and the world does not have it.
    #[serde(skip)]
    pub entity: Option<EntityId>,
    /// Whether the world has it, so that its own policies are known.
    pub is_in_world: bool,
}

/// Who there is to be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Principals {
    /// Those who can be.
    pub who: Vec<Who>,
    /// Whom the resource's policy names and who cannot be: ids that stand for nobody here.
    pub unknown: Vec<String>,
}

/// Who there is to be asked a question.
pub fn principals(
    world: &World,
    documents: &Documents,
    around: &Choice,
    question: &Question,
) -> Principals {
    of_names(world, names(world, documents, around, question))
}

/// Those of them whom the policy of what is asked about might let in: where nobody may without its word, nobody else has to be
/// asked.
pub(super) fn let_in(
    world: &World,
    documents: &Documents,
    around: &Choice,
    question: &Question,
) -> Vec<Who> {
    let names = names(world, documents, around, question);
    let might = |who: &Who| {
        let is_account = who
            .account
            .as_ref()
            .is_some_and(|it| names.accounts.contains(it));
        names.is_open || is_account || names.principals.contains(&who.principal)
    };
    let mut who = of_names(world, names.clone()).who;
    who.retain(might);
    who
}

/// Whom the policy of what is asked about names.
fn names(world: &World, documents: &Documents, around: &Choice, question: &Question) -> Names {
    // What is asked about in the end, a key behind its alias, say, is told by a walk, whoever asks.
    let root = root_arn(world, world.home.account.as_str());
    let flow = flow::walk(
        world,
        documents,
        &question.choice(world, around, root.as_str()),
    );
    request(&flow).map_or_else(Names::default, |it| Names::of(world, documents, it))
}

fn of_names(world: &World, names: Names) -> Principals {
    let accounts = world.accounts();
    let mut who: Vec<Who> = accounts.flat_map(|it| of_account(world, it)).collect();
    if names.has_policy {
        who.push(any_account(world));
        who.push(anonymous());
    }
    let known: BTreeSet<&str> = who.iter().map(|it| it.principal.as_str()).collect();
    let others = names.principals.into_iter();
    let others: Vec<String> = others.filter(|it| !known.contains(it.as_str())).collect();
    let mut unknown = Vec::new();
    for text in others {
        match named(world, &text) {
            Some(it) => who.push(it),
            None => unknown.push(text),
        }
    }
    unknown.extend(names.ids);
    Principals { who, unknown }
}

fn of_account(world: &World, account: &Account) -> Vec<Who> {
    let id = &account.account;
    let who = |arn: &Arn, kind, name: &str, thing| Who {
        principal: arn.as_str().to_owned(),
        kind,
        name: name.to_owned(),
        account: Some(id.clone()),
        entity: Some(world.entity(id, thing)),
        is_in_world: true,
    };
    let root = who(
        &root_arn(world, id.as_str()),
        WhoKind::Root,
        "Root user",
        Thing::Account,
    );
    let users = account.users.iter().map(|it| {
        let name = it.name.clone();
        let arn = world.user_arn_in(account, it);
        who(&arn, WhoKind::User, &it.name, Thing::User { name })
    });
    let roles = account.roles.iter().map(|it| {
        let name = it.name.clone();
        let arn = world.role_arn_in(account, it);
        who(&arn, WhoKind::Role, &it.name, Thing::Role { name })
    });
    std::iter::once(root).chain(users).chain(roles).collect()
}

fn root_arn(world: &World, account: &str) -> Arn {
    Arn::from_parts([&world.partition, "iam", "", account, "root"])
}

/// An account of which nothing is known, by its root user.
fn any_account(world: &World) -> Who {
    let mut ids = STRANGERS.into_iter();
    let is_strange = |it: &&str| {
        world
            .accounts()
            .all(|account| account.account.as_str() != *it)
    };
    let id = ids.find(is_strange).unwrap_or(STRANGERS[0]);
    Who {
        principal: root_arn(world, id).as_str().to_owned(),
        kind: WhoKind::AnyAccount,
        name: "Any other AWS account".to_owned(),
        account: AccountId::parse(id),
        entity: None,
        is_in_world: false,
    }
}

fn anonymous() -> Who {
    Who {
        principal: ANONYMOUS.to_owned(),
        kind: WhoKind::Anonymous,
        name: "Anybody without credentials".to_owned(),
        account: None,
        entity: None,
        is_in_world: false,
    }
}

/// Somebody whom a policy names.
fn named(world: &World, text: &str) -> Option<Who> {
    let principal = Principal::parse(text, &Context::new())?;
    let is_session = text.contains(":assumed-role/") || text.contains(":federated-user/");
    let kind = match &principal {
        Principal::Root { .. } => WhoKind::Account,
        Principal::User { .. } => WhoKind::User,
        Principal::RoleSession { .. } if !is_session => WhoKind::Role,
        Principal::RoleSession { .. } | Principal::FederatedUser { .. } => WhoKind::Session,
        Principal::Service { .. } => WhoKind::Service,
        Principal::Federated { .. } => WhoKind::Federated,
        Principal::Anonymous => WhoKind::Anonymous,
    };
    let account = principal.account();
    let role = match &principal {
        Principal::RoleSession { role_arn, .. } => Some(role_arn),
        _ => None,
    };
    // A session's ARN leaves out the role's path.
    let role = role.and_then(|it| {
        let account = world.account(&it.account()?)?;
        let name = account.role(it.last_segment())?.name.clone();
        Some(world.entity(&account.account, Thing::Role { name }))
    });
    let name = match (&principal, &account) {
        (Principal::Root { .. }, Some(account)) => format!("Account {account}"),
        (Principal::RoleSession { session_arn, .. }, _) if is_session => {
            let name = session_arn.resource();
            name.split_once('/').map_or(name, |it| it.1).to_owned()
        }
        _ => match Arn::parse(text) {
            Some(arn) => arn.last_segment().to_owned(),
            None => text.to_owned(),
        },
    };
    Some(Who {
        principal: text.to_owned(),
        kind,
        name,
        account,
        is_in_world: role.is_some(),
        entity: role,
    })
}

/// What is asked in the end.
fn request(flow: &Flow) -> Option<&Request> {
    let call = flow.hops.iter().find(|it| it.kind == HopKind::ApiCall)?;
    call.checks.iter().find_map(|it| match &it.subject {
        Subject::Authorization { request, .. } => Some(request.as_ref()),
        Subject::Gate { .. } => None,
    })
}

/// Whom the policy and the grants of a resource name, whatever they say of them.
#[derive(Clone, Default)]
struct Names {
    has_policy: bool,
    /// Whether a statement might take in anybody.
    is_open: bool,
    /// The accounts that it names whole.
    accounts: BTreeSet<AccountId>,
    /// Those that it names, as a request names its caller.
    principals: BTreeSet<String>,
    /// What stands for nobody that could be asked.
    ids: BTreeSet<String>,
}

impl Names {
    fn of(world: &World, documents: &Documents, request: &Request) -> Self {
        let mut all = Self::default();
        if let Some(id) = policy_of_resource(world, request) {
            all.has_policy = true;
            let is_of_role = request.action.folded().0 == "sts";
            all.take_policy(world, documents, &id, is_of_role);
        }
        let grants = policies_for(world, documents, request).grants;
        all.principals
            .extend(grants.into_iter().map(|it| it.grantee_principal));
        all
    }

    fn take_policy(
        &mut self,
        world: &World,
        documents: &Documents,
        id: &DocumentId,
        is_of_role: bool,
    ) {
        let policy = documents.get(id).and_then(|it| it.policy.as_ref());
        let statements = policy.into_iter().flat_map(|it| &it.statements);
        let principals = statements.filter_map(|it| it.principal.as_ref());
        let principals: Vec<_> = principals.collect();
        self.is_open |= principals.iter().any(|it| it.negated);
        for entry in principals.iter().flat_map(|it| &it.entries) {
            match &entry.value {
                PrincipalPattern::Any | PrincipalPattern::AnyAws => self.is_open = true,
                PrincipalPattern::Account(id) => {
                    self.accounts.insert(id.clone());
                    let root = root_arn(world, id.as_str());
                    self.principals.insert(root.as_str().to_owned());
                }
                PrincipalPattern::Arn(arn) => {
                    self.principals.insert(arn.as_str().to_owned());
                }
                PrincipalPattern::Service(text) => {
                    self.principals.insert(text.clone());
                }
                // Whom a provider vouches for asks for a role, and is that role's session everywhere else. A provider that AWS
                // knows by its host name cannot be told from a service by its name alone.
                PrincipalPattern::Federated(text) if is_of_role && Arn::is_arn(text) => {
                    self.principals.insert(text.clone());
                }
                PrincipalPattern::Federated(text)
                | PrincipalPattern::CanonicalUser(text)
                | PrincipalPattern::UniqueId(text) => {
                    self.ids.insert(text.clone());
                }
            }
        }
    }
}
