//! A notebook instance: made, opened, and at work as the role it was handed.
//!
//! Who may hand over a role, make a notebook instance and open it, may do whatever the role may.
//!
//! <https://docs.aws.amazon.com/sagemaker/latest/dg/nbi.html>

use crate::{
    flow::{
        Check, Gate, Hop, HopKind, NotebookInstance, Place, Timing, Why,
        caller::{Actor, ServiceRole},
        context::with_resource_tags,
        studio::SDK,
        walk::{Scene, Way},
        workload::{
            by_hand,
            call::{Made, place, with_instance, with_vpc},
        },
    },
    names::Arn,
    request::{Context, Resource},
};

const CREATE: &str = "CreateNotebookInstance";

/// What the caller is asked for where the instance goes into the account's own network.
const NETWORK_ACTIONS: [&str; 4] = [
    "CreateNetworkInterface",
    "DescribeSecurityGroups",
    "DescribeSubnets",
    "DescribeVpcs",
];

impl Scene<'_> {
    pub(crate) fn notebook(&self, way: &mut Way, actor: &Actor, it: &NotebookInstance) {
        let name = &it.notebook_instance;
        let arn = self.sagemaker_arn("notebook-instance", name);
        let station = place(Place::NotebookInstance, name);
        let mut handed = self.handed(Place::JobRole, actor, it.role.as_deref());
        // The call has to be told a role; no SDK looks whether whoever calls is one.
        if let (Err(_), Ok(_), None | Some("")) = (&handed.role, &actor.caller, it.role.as_deref())
        {
            let place = Place::ExecutionRole;
            let gate = Gate::Named { place };
            handed.role = Err(Box::new(Check::gate(Why::HandOverRole, gate, None)));
        }
        way.then(self.create_notebook(actor, it, &arn));
        way.then(self.pass_role(HopKind::PassRole, actor, &handed, (CREATE, &arn)));
        // The table of source ARNs has no row for notebook instances: the widest is right for all.
        let source = self.regional_arn("sagemaker", "*");
        let call = (CREATE, &source);
        let assume = HopKind::AssumeJobRole;
        way.then(self.take_on(assume, &station, &handed, call, Timing::Sync));
        way.then(self.open_notebook(actor, it, &arn));
        let log = (
            "/aws/sagemaker/NotebookInstances".to_owned(),
            format!("{name}/jupyter.log"),
        );
        let run = by_hand(station, log);
        // With the internet at hand nothing goes through the endpoints of the VPC.
        // https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html
        let network = it
            .vpc_config
            .as_ref()
            .filter(|_| !it.direct_internet_access);
        let route = network.and_then(|it| Some(self.route(self.vpc_of(it)?)));
        let role = handed.role.map(|role| ServiceRole {
            session: role.session.in_service(SDK).out_of(route),
            ..role
        });
        way.then_all(self.services(&role, &run));
    }

    fn create_notebook(&self, actor: &Actor, it: &NotebookInstance, arn: &Arn) -> Hop {
        let volume_key = it.volume_kms_key_id.as_deref();
        let on = |flag| if flag { "Enabled" } else { "Disabled" };
        // Words, not truth values: the keys are of type String.
        let keys = Context::new()
            .with(
                "sagemaker:DirectInternetAccess",
                on(it.direct_internet_access),
            )
            .with("sagemaker:RootAccess", on(it.root_access))
            .with(
                "sagemaker:MinimumInstanceMetadataServiceVersion",
                &it.minimum_instance_metadata_service_version,
            );
        let keys = with_vpc(
            with_instance(keys, &it.instance_type),
            it.vpc_config.as_ref(),
        );
        let made = Made {
            operation: CREATE,
            describe: Some("DescribeNotebookInstance"),
            station: place(Place::NotebookInstance, &it.notebook_instance),
            arn: arn.clone(),
            keys: self.with_key(keys, "VolumeKmsKey", volume_key),
            tags: &it.tags,
        };
        let mut hop = self.create(HopKind::CreateNotebook, actor, &made);
        let Ok(caller) = &actor.caller else {
            return hop;
        };
        let caller = &caller.forwarded();
        if it.vpc_config.is_some() {
            let ask = |action| {
                let request = caller.request("ec2", action, Resource::Any, caller.context());
                let check = self.authorize(Why::NetworkInterface, request);
                check.during(CREATE)
            };
            hop.checks.extend(NETWORK_ACTIONS.map(ask));
        }
        if let Some(key) = volume_key {
            let ask = |action| {
                let check = self.key_check(Why::VolumeKey, caller, action, key);
                check.during(CREATE)
            };
            hop.checks.extend(["DescribeKey", "CreateGrant"].map(ask));
        }
        if let Some(secret) = it.git_secret.as_deref().and_then(Arn::parse) {
            let resource = Resource::Arn(secret);
            let context = caller.context();
            let request = caller.request("secretsmanager", "GetSecretValue", resource, context);
            hop.checks
                .push(self.authorize(Why::GitSecret, request).during(CREATE));
        }
        hop
    }

    fn open_notebook(&self, actor: &Actor, it: &NotebookInstance, arn: &Arn) -> Hop {
        let kind = HopKind::OpenNotebook;
        let from = actor.station.clone();
        let to = place(Place::NotebookInstance, &it.notebook_instance);
        match &actor.caller {
            Err(check) => Hop::without(kind, from, to, check),
            Ok(caller) => {
                let action = "CreatePresignedNotebookInstanceUrl";
                let resource = Resource::Arn(arn.clone());
                let context = caller.context();
                let context = with_resource_tags(context, "sagemaker", Some(&it.tags));
                let request = caller.request("sagemaker", action, resource, context);
                let checks = vec![self.authorize(Why::OpenNotebook, request)];
                Hop::new(kind, from, to, caller.identity(), checks)
            }
        }
    }
}
