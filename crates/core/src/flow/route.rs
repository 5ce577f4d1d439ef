//! The way that requests take out of a VPC: through which endpoint, to which service.
//!
//! Knows the networks of a world, no policy: which endpoint's policy is asked follows from the keys
//! that a request carries. Invariant: where the world does not know the network, no key is there.
//!
//! <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>

use crate::{
    flow::{VpcConfig, walk::Scene},
    names::ContextKey,
    request::Context,
    world::Vpc,
};

/// The endpoints of a VPC, by the service they lead to.
#[derive(Clone)]
pub(crate) struct Route {
    vpc_id: String,
    /// The services with an endpoint, as AWS calls them behind the region, and the endpoint's id
    /// where the world knows it.
    endpoints: Vec<(String, Option<String>)>,
}

impl Route {
    /// What a request says of the way it takes; through an endpoint it shows no public address.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourcevpce>
    pub(crate) fn keys(&self, context: Context, service: &str, action: &str) -> Context {
        let Some(endpoint) = self.endpoint(endpoint_of(service, action)) else {
            return context;
        };
        let source_ip = ContextKey::new("aws:SourceIp");
        let context = context
            .without(|it| *it == source_ip)
            .with("aws:SourceVpc", &self.vpc_id);
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

/// The endpoint's service that an action is asked through.
///
/// <https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html>
fn endpoint_of<'a>(service: &'a str, action: &str) -> &'a str {
    match service {
        "sagemaker" if action.starts_with("InvokeEndpoint") => "sagemaker.runtime",
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
        let mut endpoints = Vec::new();
        let own = self.here.vpc_endpoints.iter();
        for it in own.filter(|it| it.vpc_id == vpc.vpc_id) {
            let region = format!(".{}.", self.world.region);
            let service = it
                .service_name
                .split_once(&region)
                .map_or(&*it.service_name, |it| it.1);
            // Of several to one service, the last.
            endpoints.insert(0, (service.to_owned(), Some(it.vpc_endpoint_id.clone())));
        }
        endpoints.extend(vpc.endpoints.iter().map(|it| (it.clone(), None)));
        Route {
            vpc_id: vpc.vpc_id.clone(),
            endpoints,
        }
    }
}
