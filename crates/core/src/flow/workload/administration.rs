//! What administrators do: make a domain, make a user profile.
//!
//! Nothing runs yet: the roles' trust policies are first asked when somebody opens Studio, so a
//! domain that could be made may still be broken.
//!
//! <https://docs.aws.amazon.com/sagemaker/latest/dg/api-permissions-reference.html>

use crate::{
    flow::{
        Check, Gate, Hop, HopKind, NewDomain, NewProfile, Place, Why,
        caller::{Actor, Caller},
        walk::{Scene, Way},
        workload::call::{Made, place, with_vpc},
    },
    names::Arn,
    request::{Context, Resource},
    world::OF_SAGEMAKER,
};

const CREATE_DOMAIN: &str = "CreateDomain";
const CREATE_PROFILE: &str = "CreateUserProfile";

/// The role by which SageMaker makes file systems and network interfaces.
const SERVICE_LINKED: &str = "AWSServiceRoleForAmazonSageMakerNotebooks";

/// What a key for the domain's storage asks of whoever makes the domain.
const KEY_ACTIONS: [&str; 4] = [
    "CreateGrant",
    "Decrypt",
    "DescribeKey",
    "GenerateDataKeyWithoutPlaintext",
];

impl Scene<'_> {
    /// Two roles may be handed over: that of private and that of shared spaces.
    pub(crate) fn new_domain(&self, way: &mut Way, actor: &Actor, it: &NewDomain) {
        // The id is SageMaker's to give.
        let arn = self.sagemaker_arn("domain", "*");
        let mut keys = Context::new()
            .with(
                "sagemaker:AppNetworkAccessType",
                it.app_network_access_type.as_str(),
            )
            .with("sagemaker:AuthMode", it.auth_mode.as_str());
        keys = with_vpc(keys, it.vpc_config.as_ref());
        if let Some(key) = it.kms_key_id.as_deref() {
            keys = self.with_key(keys, "VolumeKmsKey", Some(key)).with(
                "sagemaker:HomeEfsFileSystemKmsKey",
                self.key_arn(key).as_str(),
            );
        }
        let made = Made {
            operation: CREATE_DOMAIN,
            describe: None,
            station: place(Place::Domain, &it.domain_name),
            arn: arn.clone(),
            keys,
            tags: &it.tags,
        };
        let mut hop = self.create(HopKind::CreateDomain, actor, &made);
        if let Ok(caller) = &actor.caller {
            hop.checks.extend(self.service_linked_role(caller));
            if let Some(key) = it.kms_key_id.as_deref() {
                hop.checks.extend(self.domain_storage(caller, key));
            }
        }
        way.then(hop);
        let roles = [
            (HopKind::PassRole, Place::ExecutionRole, &it.execution_role),
            (
                HopKind::PassSpaceRole,
                Place::SpaceRole,
                &it.space_execution_role,
            ),
        ];
        for (kind, place, role) in roles {
            if let Some(role) = role.as_deref().filter(|it| !it.is_empty()) {
                let handed = self.handed(place, actor, Some(role));
                way.then(self.pass_role(kind, actor, &handed, (CREATE_DOMAIN, &arn)));
            }
        }
    }

    /// The first domain of an account needs SageMaker's own role to be made.
    fn service_linked_role(&self, caller: &Caller) -> Option<Check> {
        if self.here.role(SERVICE_LINKED).is_some() {
            return None;
        }
        let account = &self.here.account;
        let arn = self
            .world
            .iam_arn_in(account, "role", OF_SAGEMAKER, SERVICE_LINKED);
        let caller = caller.forwarded();
        let context = caller
            .context()
            .with("iam:AWSServiceName", "sagemaker.amazonaws.com");
        let action = "CreateServiceLinkedRole";
        let request = caller.request("iam", action, Resource::Arn(arn), context);
        let check = self.authorize(Why::ServiceLinkedRole, request);
        Some(check.during(CREATE_DOMAIN))
    }

    fn domain_storage(&self, caller: &Caller, key: &str) -> Vec<Check> {
        let caller = &caller.forwarded();
        let arn = self.regional_arn("elasticfilesystem", "file-system/*");
        let context = caller.context().with("elasticfilesystem:Encrypted", "true");
        let request = caller.request(
            "elasticfilesystem",
            "CreateFileSystem",
            Resource::Arn(arn),
            context,
        );
        let mut checks = vec![self.authorize(Why::DomainStorage, request)];
        let ask = |action| self.key_check(Why::DomainStorage, caller, action, key);
        checks.extend(KEY_ACTIONS.map(ask));
        let during = checks.into_iter().map(|it| it.during(CREATE_DOMAIN));
        during.collect()
    }

    /// A role is handed over only where the profile gets one of its own.
    pub(crate) fn new_profile(&self, way: &mut Way, actor: &Actor, it: &NewProfile) {
        let to = place(Place::UserProfile, &it.user_profile_name);
        if self.choice.domain.is_empty() {
            let missing = Self::exists(&self.domain_station());
            let from = actor.station.clone();
            way.then(Hop::without(HopKind::CreateProfile, from, to, &missing));
            return;
        }
        let name = format!("{}/{}", self.choice.domain, it.user_profile_name);
        let arn: Arn = self.sagemaker_arn("user-profile", &name);
        let made = Made {
            operation: CREATE_PROFILE,
            describe: None,
            station: to,
            arn: arn.clone(),
            keys: Context::new(),
            tags: &it.tags,
        };
        let mut hop: Hop = self.create(HopKind::CreateProfile, actor, &made);
        let mut gates = vec![Self::exists(&self.domain_station())];
        if let Some(domain) = self.domain() {
            let entity = self.domain_station().entity;
            let ready = Gate::InService {
                place: Place::Domain,
                status: domain.status,
            };
            gates.push(Check::gate(Why::Ready, ready, entity.clone()));
            let user = Gate::SingleSignOnUser {
                mode: domain.auth_mode,
                is_given: it.single_sign_on_user_value.is_some(),
            };
            gates.push(Check::gate(Why::RightKindOfUser, user, entity));
        }
        gates.append(&mut hop.checks);
        hop.checks = gates;
        way.then(hop);
        if let Some(role) = it.execution_role.as_deref().filter(|it| !it.is_empty()) {
            let handed = self.handed(Place::ExecutionRole, actor, Some(role));
            way.then(self.pass_role(HopKind::PassRole, actor, &handed, (CREATE_PROFILE, &arn)));
        }
    }
}
