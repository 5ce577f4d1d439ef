//! The way that requests take out of a VPC: through which endpoint, to which service.
//!
//! Knows the networks of a world, no policy: which endpoint's policy is asked follows from the keys
//! that a request carries. Invariant: where the world does not know the network, no key is there.
//!
//! <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>

use crate::{
    flow::{
        VpcConfig,
        context::{merged, of_endpoint_owner},
        walk::Scene,
    },
    names::{ActionName, ContextKey},
    request::Context,
    world::{Account, Vpc, VpcEndpoint},
};

/// The endpoints of a VPC, by the service they lead to.
#[derive(Clone)]
pub(crate) struct Route {
    vpc_id: String,
    /// The services with an endpoint, as AWS calls them behind the region, and the endpoint's id
    /// where the world knows it.
    endpoints: Vec<(String, Option<String>)>,
    /// What a request says of the account that has them.
    owner: Context,
    /// The address in the network that requests come from, where that is known.
    address: Option<String>,
}

/// The services, by the prefix of their actions, of which requests say whose the endpoint is.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceorgid>
/// <https://github.com/aws-samples/data-perimeter-policy-examples/blob/main/service_control_policies/network_perimeter_vpceorgid_scp.json>
const SHOW_OWNER: [&str; 48] = [
    "acm-pca",
    "applicationinsights",
    "apprunner",
    "athena",
    "b2bi",
    "cassandra",
    "cloudformation",
    "cognito-identity",
    "comprehendmedical",
    "compute-optimizer",
    "datasync",
    "discovery",
    "dms",
    "ds-data",
    "ebs",
    "ecr",
    "ecs",
    "firehose",
    "healthlake",
    "identitystore",
    "iotfleetwise",
    "iottwinmaker",
    "iotwireless",
    "kinesisanalytics",
    "kms",
    "lambda",
    "medical-imaging",
    "network-firewall",
    "omics",
    "payment-cryptography",
    "polly",
    "pricing",
    "rbin",
    "rekognition",
    "route53",
    "s3",
    "scheduler",
    "servicediscovery",
    "servicequotas",
    "ses",
    "sms-voice",
    "sqs",
    "ssm-contacts",
    "storagegateway",
    "textract",
    "transcribe",
    "transfer",
    "workmail",
];

impl Route {
    /// What a request says of the way it takes; through an endpoint it shows no public address.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourcevpce>
    pub(crate) fn keys(&self, context: Context, action: &ActionName) -> Context {
        let (service, name) = action.folded();
        let Some(endpoint) = self.endpoint(endpoint_of(service, name)) else {
            return context;
        };
        let source_ip = ContextKey::new("aws:SourceIp");
        let mut context = context
            .without(|it| *it == source_ip)
            .with("aws:SourceVpc", &self.vpc_id);
        if SHOW_OWNER.binary_search(&service).is_ok() {
            context = merged(context, &self.owner);
        }
        if let Some(address) = &self.address {
            context = context.with("aws:VpcSourceIp", address);
        }
        match endpoint {
            Some(id) => context.with("aws:SourceVpce", id),
            None => context,
        }
    }

    fn endpoint(&self, service: &str) -> Option<&Option<String>> {
        let mut endpoints = self.endpoints.iter();
        endpoints.find(|it| it.0 == service).map(|it| &it.1)
    }

    /// Those of the services for which there is no endpoint.
    pub(crate) fn missing(&self, services: &[&str]) -> Vec<String> {
        let missing = services.iter().filter(|it| self.endpoint(it).is_none());
        missing.map(|it| (*it).to_owned()).collect()
    }
}

/// The service that an endpoint has to lead to for an action, as AWS calls it behind the region.
pub(crate) fn endpoint_service(action: &ActionName) -> String {
    let (service, name) = action.folded();
    endpoint_of(service, name).to_owned()
}

/// What the online store of features takes, by an endpoint of its own.
///
/// <https://docs.aws.amazon.com/sagemaker/latest/dg/interface-vpc-endpoint.html>
const OF_FEATURE_STORE: [&str; 4] = ["batchgetrecord", "deleterecord", "getrecord", "putrecord"];

/// The endpoint's service that an action is asked through.
///
/// <https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html>
fn endpoint_of<'a>(service: &'a str, action: &str) -> &'a str {
    match service {
        "sagemaker" if action.starts_with("invokeendpoint") => "sagemaker.runtime",
        "sagemaker" if OF_FEATURE_STORE.contains(&action) => "sagemaker.featurestore-runtime",
        "sagemaker" => "sagemaker.api",
        "ecr" => "ecr.api",
        "cloudwatch" => "monitoring",
        other => other,
    }
}

impl Scene<'_> {
    /// The VPC that a network of subnets is in, by its own subnets or by those of a domain that is in
    /// it; nothing where the world does not know it.
    pub(crate) fn vpc_of(&self, network: &VpcConfig) -> Option<&Vpc> {
        let of_domain = |subnet: &String| {
            let mut domains = self.here.domains.iter();
            let domain = domains.find(|it| it.subnet_ids.contains(subnet))?;
            self.here.vpc(&domain.vpc_id)
        };
        network.subnets.iter().find_map(|it| {
            let own = self.here.subnet(it).map(|it| it.0);
            own.or_else(|| of_domain(it))
        })
    }

    /// The ways out of a VPC: endpoints that the account has there, and those that are only told.
    pub(crate) fn route(&self, vpc: &Vpc) -> Route {
        self.route_in(self.here, &vpc.vpc_id)
    }

    /// The way of requests that come through an endpoint: it takes those to its own service, others take the endpoint of
    /// theirs in that VPC, or none. Nothing where the world does not know the endpoint.
    pub(crate) fn route_through(&self, endpoint: &str, address: Option<&str>) -> Option<Route> {
        let (account, known) = self.world.vpc_endpoint(endpoint)?;
        let mut route = self.route_in(account, &known.vpc_id);
        let named = (self.service_of(known), Some(endpoint.to_owned()));
        // Of several to one service, the one that is named.
        route.endpoints.insert(0, named);
        route.address = address.map(str::to_owned);
        Some(route)
    }

    fn route_in(&self, account: &Account, vpc_id: &str) -> Route {
        let mut endpoints = Vec::new();
        let own = account.vpc_endpoints.iter();
        for it in own.filter(|it| it.vpc_id == vpc_id) {
            // Of several to one service, the last.
            endpoints.insert(0, (self.service_of(it), Some(it.vpc_endpoint_id.clone())));
        }
        let told = account.vpc(vpc_id).into_iter().flat_map(|it| &it.endpoints);
        endpoints.extend(told.map(|it| (it.clone(), None)));
        Route {
            vpc_id: vpc_id.to_owned(),
            endpoints,
            owner: of_endpoint_owner(self.world, &account.account),
            address: None,
        }
    }

    /// What AWS calls the service behind an endpoint, without the region.
    fn service_of(&self, endpoint: &VpcEndpoint) -> String {
        let name = &*endpoint.service_name;
        let region = format!(".{}.", self.world.region);
        let service = name.split_once(&region).map_or(name, |it| it.1);
        service.trim_end_matches("-fips").to_owned()
    }
}
