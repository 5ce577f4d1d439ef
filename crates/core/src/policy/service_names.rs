//! Which services are principals: the names before `.amazonaws.com` that are known.
//!
//! AWS has no list of them, so a name that is not here may exist all the same; this one says what a name that is nearly
//! one of them is meant to be. Made of AWS's managed policies (`iam:PassedToService`, `iam:AWSServiceName`) and of the
//! pages of services that assume roles. Invariant: in small letters, one word each, in order.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services>

const NAMES: &str = "access-analyzer account account-access acm aco-automation agent-registry aiops airflow \
    airflow-serverless amplify apigateway appfabric appflow application-autoscaling application-insights \
    application-transformation appmesh apprunner appstream appsync aps arc-zonal-shift artifact athena \
    auditmanager autoscaling aws-artifact-account-sync aws-external-anthropic b2bi backup batch \
    bcm-data-exports bedrock bedrock-agentcore bedrock-mantle billingconductor braket budgets bugbust \
    byol cassandra-streams chime cleanrooms cleanrooms-ml cloud9 cloudformation cloudfront cloudhsm \
    cloudhsmv2 cloudsearch cloudtrail cloudwatch codeartifact codebuild codecatalyst codecatalyst-runner \
    codedeploy codeguru-profiler codeguru-reviewer codeguru-security codepipeline codestar-notifications \
    cognito-identity cognito-identity-us-gov cognito-idp comprehend compute-optimizer config \
    config-conforms connect connect-campaigns controltower cost-optimization-hub cur databrew \
    dataexchange datasync datazone datazonecontrol dax deadline detective devops-guru directconnect \
    discovery dlm dms docdb-elastic drs ds dsql dynamodb ec2 ec2-images ec2fastlaunch ec2fleet \
    ec2scheduled ec2sqlha ecr ecs ecs-compute ecs-tasks edgelambda eks eks-connector elasticache \
    elasticbeanstalk elasticfilesystem elasticloadbalancing elasticmapreduce elastictranscoder \
    emr-containers emr-serverless entityresolution es events evidently finops-agent firehose fis fms \
    forecast frauddetector fsx gamelift globalaccelerator glue grafana greengrass guardduty health \
    healthlake iam imagebuilder importexport inspector inspector2 internetmonitor iot iotanalytics \
    iotevents iotmanagedintegrations iotroborunner iotsitewise iotthingsgraph ivs kafka kendra kinesis \
    kinesisanalytics kinesisvideo kms lakeformation lambda launchwizard lex lexv2 license-manager logs \
    lookoutequipment lookoutmetrics m2 machinelearning macie managedservices mediaconnect mediaconvert \
    medialive mediapackage mediastore mediatailor medical-imaging memorydb mgn migrationhub \
    migrationhub-orchestrator migrationhub-strategy mobilehub mobiletargeting monitron mpa mq neptune \
    neptune-graph network-firewall network-security-director network-security-manager networkmanager \
    nimble notifications observabilityadmin odb omics opensearch opensearchservice opsworks opsworks-cm \
    organizations osis panorama partnercentral-account-management personalize pinpoint pipes polly \
    profile proton q qldb quicksight ram rds redshift redshift-data redshift-serverless refactor-spaces \
    rekognition researchstudio resource-explorer-2 resource-groups robomaker rolesanywhere route53 \
    route53-recovery-readiness route53resolver rum s3 sagemaker sagemaker-geospatial scheduler schemas \
    secretsmanager security-ir securityagent securityhub securityhubv2 securitylake serverlessrepo \
    servicecatalog servicecatalog-appregistry servicequotas ses shield signin sms sms-voice sns spot \
    spotfleet sqlworkbench sqs ssm ssm-contacts ssm-guiconnect ssm-incidents ssm-quicksetup ssm-sap sso \
    states storagegateway support supportplans swf synthetics textract timestream-influxdb transcribe \
    transfer transform-custom transitgateway translate trustedadvisor vmie vpc-flow-logs vpc-lattice \
    wafv2 wellarchitected wickr workdocs workmail workspaces workspaces-instances xray";

/// What follows the name, in AWS's partitions.
const DOMAINS: [&str; 2] = [".amazonaws.com", ".amazonaws.com.cn"];

/// What service principals end in, those of services that nobody writes into a policy of their own included.
pub(crate) const PRINCIPAL_DOMAINS: [&str; 5] = [
    ".amazonaws.com",
    ".amazonaws.com.cn",
    ".amazon.com",
    ".aws.internal",
    ".aws.com",
];

/// The names, without their domain.
pub(crate) fn known() -> impl Iterator<Item = &'static str> {
    NAMES.split_ascii_whitespace()
}

/// The one word by which a principal names its service: `states` of `states.us-east-1.amazonaws.com`. Nothing
/// where it is made of several, as `tasks.apprunner.amazonaws.com`, or is not of these domains.
pub(crate) fn word_of(principal: &str) -> Option<&str> {
    let name = DOMAINS.iter().find_map(|it| principal.strip_suffix(it))?;
    let word = match name.split_once('.') {
        Some((word, region)) if is_region(region) => word,
        Some(_) => return None,
        None => name,
    };
    (!word.is_empty()).then_some(word)
}

/// Whether the text has the form of a region: `eu-west-1`, `us-gov-east-1`.
fn is_region(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let last = parts.next_back().unwrap_or_default();
    let middle: Vec<&str> = parts.collect();
    let is_word = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_lowercase());
    first.len() == 2
        && is_word(first)
        && !middle.is_empty()
        && middle.iter().all(|it| is_word(it))
        && !last.is_empty()
        && last.bytes().all(|it| it.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_in_order() {
        let names: Vec<&str> = known().collect();
        assert!(names.len() > 200 && names.is_sorted());
        assert!(names.iter().all(|it| !it.contains('.')));
    }

    #[test]
    fn a_region_is_no_part_of_the_name() {
        let cases = [
            ("sagemaker.amazonaws.com", Some("sagemaker")),
            ("ec2.amazonaws.com.cn", Some("ec2")),
            ("states.us-east-1.amazonaws.com", Some("states")),
            ("logs.us-gov-west-1.amazonaws.com", Some("logs")),
            ("logs.cn-north-1.amazonaws.com.cn", Some("logs")),
            ("tasks.apprunner.amazonaws.com", None),
            ("ssm.integrations.amazonaws.com", None),
            ("sagemaker.example.org", None),
            (".amazonaws.com", None),
        ];
        for (principal, word) in cases {
            assert_eq!(word_of(principal), word, "{principal}");
        }
    }
}
