//! Model, endpoint configuration, endpoint; and a prediction asked of an endpoint.
//!
//! A model is looked at while it is made; an endpoint is started later, as the role that the model
//! was made with.
//!
//! <https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints-deploy-models.html>

use crate::{
    flow::{
        Check, Deployment, Hop, HopKind, Invocation, Place, Timing, Why,
        caller::Actor,
        context::with_sent_tags,
        services::{PULLS, Run},
        studio::SAGEMAKER,
        walk::{Scene, Way},
        workload::{
            MODEL,
            call::{Handed, Made, place, with_instance, with_vpc},
            later,
        },
    },
    names::Arn,
    request::{Context, Principal, Resource},
};

const CREATE_MODEL: &str = "CreateModel";
const CREATE_CONFIG: &str = "CreateEndpointConfig";
const CREATE_ENDPOINT: &str = "CreateEndpoint";

impl Scene<'_> {
    pub(crate) fn deployment(&self, way: &mut Way, actor: &Actor, it: &Deployment) {
        let model = self.sagemaker_arn("model", &it.model);
        let handed = self.handed(Place::JobRole, actor, it.role.as_deref());
        let model_station = place(Place::Model, &it.model);

        let isolation = it.enable_network_isolation.to_string();
        let keys = Context::new().with("sagemaker:NetworkIsolation", isolation);
        let made = Made {
            operation: CREATE_MODEL,
            describe: None,
            station: model_station.clone(),
            arn: model.clone(),
            keys: with_vpc(keys, it.vpc_config.as_ref()),
            tags: &it.tags,
        };
        way.then(self.create(HopKind::CreateModel, actor, &made));
        let call = (CREATE_MODEL, &model);
        way.then(self.pass_role(HopKind::PassRole, actor, &handed, call));
        // Hosting is no kind of work whose source ARN may be narrowed.
        // https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
        let source = self.regional_arn("sagemaker", "*");
        let call = (CREATE_MODEL, &source);
        let assume = HopKind::AssumeJobRole;
        way.then(self.take_on(assume, &model_station, &handed, call, Timing::Sync));
        way.then(self.validate_model(&handed, it));

        let config = self.sagemaker_arn("endpoint-config", &it.endpoint);
        way.then(self.endpoint_config(actor, it, &model, &config));
        way.then(self.endpoint(actor, it, &config));

        let endpoint_station = place(Place::Endpoint, &it.endpoint);
        let call = (CREATE_ENDPOINT, &source);
        let timing = later(Place::Endpoint);
        // The same role, met again: from here on it is what the endpoint runs as.
        let mut again = handed;
        again.station.place = Place::ExecutionRole;
        let assume = HopKind::AssumeModelRole;
        way.then(self.take_on(assume, &endpoint_station, &again, call, timing));
        let group = format!("/aws/sagemaker/Endpoints/{}", it.endpoint);
        let run = Run {
            station: endpoint_station,
            timing,
            log: (group, "AllTraffic/i-0123456789abcdef0".to_owned()),
            metrics: Some("/aws/sagemaker/Endpoints"),
            lists: it.is_uncompressed,
            input: Some(MODEL),
            output: None,
            output_key: None,
            volume_key: None,
            grantor: None,
            vpc: it.vpc_config.as_ref(),
            is_by_hand: false,
        };
        let mut hops = self.services(&again.role, &run);
        let endpoint = self.sagemaker_arn("endpoint", &it.endpoint);
        hops.push(self.follow(actor, "DescribeEndpoint", &run.station, &endpoint, None));
        way.then_all(hops);
    }

    /// SageMaker looks at the model's files and its image as the role that was handed over, and
    /// of an image in another account also as itself.
    fn validate_model(&self, handed: &Handed, it: &Deployment) -> Hop {
        let from = handed.station.clone();
        let to = self.bucket_station();
        let role = match &handed.role {
            Ok(role) => role,
            Err(check) => return Hop::without(HopKind::ValidateModel, from, to, check),
        };
        let caller = &role.session;
        let mut checks = vec![Self::exists(&to)];
        if self.has_bucket() {
            checks.push(self.reads(caller, Why::ModelData, MODEL));
            if it.is_uncompressed {
                checks.push(self.lists(caller, Why::ModelData));
            }
        }
        if !self.choice.repository.is_empty() {
            checks.extend(self.pulls(caller));
            if self.is_image_foreign() {
                checks.extend(self.service_pulls());
            }
        }
        let checks = checks.into_iter().map(|it| it.during(CREATE_MODEL));
        let identity = caller.identity();
        Hop::new(HopKind::ValidateModel, from, to, identity, checks.collect())
    }

    /// Of an image in another account the repository policy must let in the service, too.
    fn service_pulls(&self) -> Vec<Check> {
        let name = SAGEMAKER.to_owned();
        let service = self.caller(
            Principal::Service { name },
            crate::flow::Credentials::Temporary,
        );
        let image = self.repository_arn();
        let ask = |action| {
            let resource = Resource::Arn(image.clone());
            let mut asked = service.request("ecr", action, resource, service.context());
            asked.request.resource_account = image.account();
            self.authorize(Why::ServicePullsImage, asked)
        };
        self.known_pulls(PULLS.map(ask).into())
    }

    fn endpoint_config(&self, actor: &Actor, it: &Deployment, model: &Arn, config: &Arn) -> Hop {
        let volume_key = it.volume_kms_key_id.as_deref();
        let keys = Context::new().with("sagemaker:ModelArn", model.as_str());
        let keys = with_instance(keys, &it.instance_type);
        let made = Made {
            operation: CREATE_CONFIG,
            describe: None,
            station: place(Place::EndpointConfig, &it.endpoint),
            arn: config.clone(),
            keys: self.with_key(keys, "VolumeKmsKey", volume_key),
            tags: &it.tags,
        };
        let mut hop = self.create(HopKind::CreateEndpointConfig, actor, &made);
        // Only a configuration with a role of its own is handed one.
        if let (Some(typed), Ok(caller)) = (it.execution_role.as_deref(), &actor.caller) {
            let handed = self.handed(Place::JobRole, actor, Some(typed));
            hop.checks.push(match &handed.role {
                Ok(role) => self.pass_check(caller, role, CREATE_CONFIG, config),
                Err(check) => Check::clone(check),
            });
        }
        hop
    }

    /// The call is asked of two resources: the endpoint and its configuration.
    fn endpoint(&self, actor: &Actor, it: &Deployment, config: &Arn) -> Hop {
        let made = Made {
            operation: CREATE_ENDPOINT,
            describe: None,
            station: place(Place::Endpoint, &it.endpoint),
            arn: self.sagemaker_arn("endpoint", &it.endpoint),
            keys: Context::new(),
            tags: &it.tags,
        };
        let mut hop = self.create(HopKind::CreateEndpoint, actor, &made);
        let Ok(caller) = &actor.caller else {
            return hop;
        };
        let resource = Resource::Arn(config.clone());
        // The tags are those of the request, whichever resource it is asked of.
        let context = with_sent_tags(caller.context(), &actor.sends(&it.tags));
        let request = caller.request("sagemaker", CREATE_ENDPOINT, resource, context);
        let check = self.authorize(Why::UseEndpointConfig, request);
        hop.checks.insert(1.min(hop.checks.len()), check);
        if let Some(key) = it.volume_kms_key_id.as_deref() {
            let caller = caller.forwarded();
            let check = self.key_check(Why::VolumeKey, &caller, "CreateGrant", key);
            hop.checks.push(check.during(CREATE_ENDPOINT));
        }
        hop
    }

    /// Whoever may invoke needs nothing of the model's role.
    pub(crate) fn invocation(&self, way: &mut Way, actor: &Actor, it: &Invocation) {
        let to = place(Place::Endpoint, &it.endpoint);
        let from = actor.station.clone();
        let kind = HopKind::InvokeEndpoint;
        way.then(match &actor.caller {
            Err(check) => Hop::without(kind, from, to, check),
            Ok(caller) => {
                let mut context = caller.context();
                if let Some(model) = &it.target_model {
                    context = context.with("sagemaker:TargetModel", model);
                }
                let resource = Resource::Arn(self.sagemaker_arn("endpoint", &it.endpoint));
                let request = caller.request("sagemaker", "InvokeEndpoint", resource, context);
                let checks = vec![self.authorize(Why::Invoke, request)];
                Hop::new(kind, from, to, caller.identity(), checks)
            }
        });
    }
}
