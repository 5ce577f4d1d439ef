//! The last hops: what an app, a job or an endpoint does with images, data, keys, networks, logs
//! and metrics. The one place where a role is asked for what it needs while something runs.
//!
//! Invariant: these hops share one stage. None waits for another, so one shut door does not hide
//! the rest.

use crate::{
    flow::{
        Check, Gate, Hop, HopKind, Outcome, Place, Station, Subject, Timing, VpcConfig, Why,
        caller::{Caller, Held},
        context::{encrypting, signed_for_s3},
        walk::Scene,
        workload::lacks_own_word,
    },
    names::Arn,
    request::{Context, Resource},
    world::{Thing, Vpc},
};

/// Something that runs as a role, and what it uses.
pub(crate) struct Run<'a> {
    /// Where the requests come from.
    pub(crate) station: Station,
    /// Whether the person's call waits for it.
    pub(crate) timing: Timing,
    /// The log group, and the stream in it.
    pub(crate) log: (String, String),
    /// The namespace of its metrics, where it sends any.
    pub(crate) metrics: Option<&'static str>,
    /// Whether the objects are listed.
    pub(crate) lists: bool,
    /// The object it reads, behind the data's prefix.
    pub(crate) input: Option<&'static str>,
    /// The object it writes, behind the data's prefix.
    pub(crate) output: Option<&'static str>,
    /// The key for what it writes; `None` where S3's does, or by hand the bucket's.
    pub(crate) output_key: Option<&'a str>,
    /// The key for its volumes.
    pub(crate) volume_key: Option<&'a str>,
    /// Who can grant the use of that key where the role itself cannot.
    pub(crate) grantor: Option<Caller>,
    /// The network it is put into.
    pub(crate) vpc: Option<&'a VpcConfig>,
    /// Whether somebody works with the data by hand, from a notebook.
    pub(crate) is_by_hand: bool,
}

/// The EC2 actions by which SageMaker puts something into the account's own network. None can be
/// limited to a resource without failing validation.
///
/// <https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html>
const NETWORK_ACTIONS: [&str; 9] = [
    "CreateNetworkInterface",
    "CreateNetworkInterfacePermission",
    "DeleteNetworkInterface",
    "DeleteNetworkInterfacePermission",
    "DescribeNetworkInterfaces",
    "DescribeVpcs",
    "DescribeDhcpOptions",
    "DescribeSubnets",
    "DescribeSecurityGroups",
];

/// The three actions that pull an image.
pub(crate) const PULLS: [&str; 3] = [
    "BatchCheckLayerAvailability",
    "BatchGetImage",
    "GetDownloadUrlForLayer",
];

impl Scene<'_> {
    /// Every service that the run works with.
    pub(crate) fn services(&self, role: &Held, run: &Run<'_>) -> Vec<Hop> {
        let mut hops = Vec::new();
        let mut hop = |kind, to: Station, checks: &dyn Fn(&Caller) -> Vec<Check>| {
            let from = run.station.clone();
            hops.push(match role {
                Err(check) => Hop::without(kind, from, to, check),
                Ok(role) => {
                    let checks = checks(&role.session).into_iter();
                    let checks = checks.map(|it| it.at(run.timing)).collect();
                    Hop::new(kind, from, to, role.session.identity(), checks)
                }
            });
        };
        if !self.choice.repository.is_empty() {
            hop(HopKind::Ecr, self.repository_station(), &|it| self.ecr(it));
        }
        // Of what runs in the account's network only the data goes that way: images, logs and
        // metrics are the platform's.
        // https://docs.aws.amazon.com/sagemaker/latest/dg/train-vpc.html
        let vpc = run.vpc.and_then(|it| self.vpc_of(it));
        hop(HopKind::S3, self.bucket_station(), &|it| match vpc {
            Some(vpc) => self.s3(&it.clone().out_of(Some(self.route(vpc))), run),
            None => self.s3(it, run),
        });
        let of_bucket = self.key_of_bucket(&self.choice.data.bucket);
        let of_bucket = of_bucket.as_deref();
        let mut key_hop = |kind, id: &str, checks: &dyn Fn(&Caller) -> Vec<Check>| {
            let to = self.key_station(id);
            let exists = Self::key_exists(&to, id);
            hop(kind, to, &|it| {
                exists.iter().cloned().chain(checks(it)).collect()
            });
        };
        if let Some(id) = of_bucket {
            key_hop(HopKind::Kms, id, &|it| self.bucket_key_checks(it, run, id));
        }
        let output_key = run.output_key.filter(|_| self.has_bucket());
        if let Some(id) = output_key.filter(|it| Some(*it) != of_bucket) {
            key_hop(HopKind::OutputKey, id, &|it| {
                vec![self.output_key_check(it, run, id)]
            });
        }
        if let Some(id) = run.volume_key {
            key_hop(HopKind::VolumeKey, id, &|it| {
                self.volume_key_checks(it, run, id)
            });
        }
        if let Some(network) = run.vpc {
            let station = Station {
                place: Place::NetworkInterface,
                name: network.subnets.join(", "),
                entity: None,
            };
            hop(HopKind::Ec2, station, &|it| {
                let mut checks = self.network_interfaces(it);
                checks.push(self.way_to_data(vpc));
                checks
            });
        }
        hop(HopKind::Logs, self.log_group_station(&run.log.0), &|it| {
            self.logs(it, run)
        });
        if let Some(namespace) = run.metrics {
            let station = Station {
                place: Place::Metrics,
                name: "CloudWatch".to_owned(),
                entity: None,
            };
            hop(HopKind::CloudWatch, station, &|it| {
                self.metrics(it, namespace)
            });
        }
        hops
    }

    /// The image's repository: in this account by its name, elsewhere by its ARN.
    pub(crate) fn repository_arn(&self) -> Arn {
        let named = &self.choice.repository;
        Arn::parse(named)
            .unwrap_or_else(|| self.regional_arn("ecr", &format!("repository/{named}")))
    }

    /// Whether the image lies in another account.
    pub(crate) fn is_image_foreign(&self) -> bool {
        let owner = self.repository_arn();
        owner
            .account_str()
            .is_some_and(|it| it != self.here.account.as_str())
    }

    fn repository_station(&self) -> Station {
        let arn = self.repository_arn();
        let name = arn.resource().trim_start_matches("repository/").to_owned();
        let thing = Thing::Repository { name: name.clone() };
        let entity = match arn.account() {
            Some(account) => self.world.entity(&account, thing),
            None => self.thing(thing),
        };
        self.station(Place::Repository, &name, entity)
    }

    pub(crate) fn bucket_station(&self) -> Station {
        let name = &self.choice.data.bucket;
        self.station(Place::Bucket, name, self.world.bucket_id(name))
    }

    /// The key that encrypts a bucket, where it is the customer's: its id, or in another account
    /// its ARN.
    pub(crate) fn key_of_bucket(&self, bucket: &str) -> Option<String> {
        let key = self.world.bucket_key(bucket)?;
        if key.account == self.world.place_of(&self.here.account) {
            Some(key.to_string())
        } else {
            self.world.arn_of(&key).map(|it| it.to_string())
        }
    }

    pub(crate) fn key_station(&self, id: &str) -> Station {
        let arn = self.key_arn(id);
        let thing = Thing::Key {
            id: arn.last_segment().to_owned(),
        };
        let entity = match arn.account() {
            Some(account) => self.world.entity(&account, thing),
            None => self.thing(thing),
        };
        let key = self.world.key_of(&entity);
        let name = key.map_or_else(|| entity.to_string(), |it| it.name().to_owned());
        self.station(Place::Key, &name, entity)
    }

    /// That the key at a station is there. Of one that the world does not hold nobody knows it: what is asked of it says so.
    pub(crate) fn key_exists(station: &Station, key: &str) -> Option<Check> {
        let is_known = station.entity.is_some() || key.is_empty();
        is_known.then(|| Self::exists(station))
    }

    fn log_group_station(&self, group: &str) -> Station {
        let name = group.to_owned();
        self.station(Place::LogGroup, group, self.thing(Thing::LogGroup { name }))
    }

    /// <https://docs.aws.amazon.com/AmazonECR/latest/userguide/security_iam_id-based-policy-examples.html>
    fn ecr(&self, caller: &Caller) -> Vec<Check> {
        let login = caller.request(
            "ecr",
            "GetAuthorizationToken",
            Resource::Any,
            caller.context(),
        );
        let mut checks = Vec::new();
        if !self.is_image_foreign() {
            checks.push(Self::exists(&self.repository_station()));
        }
        checks.push(self.authorize(Why::RegistryLogin, login));
        checks.extend(self.pulls(caller));
        checks
    }

    /// The three pulls, by the role that something runs as.
    pub(crate) fn pulls(&self, caller: &Caller) -> Vec<Check> {
        let image = self.repository_arn();
        let ask = |action| {
            let resource = Resource::Arn(image.clone());
            let request = caller.request("ecr", action, resource, caller.context());
            self.authorize(Why::PullImage, request)
        };
        self.known_pulls(PULLS.map(ask).into())
    }

    /// What the policy of a repository of another account says nobody knows where the world does not have it, as it has none
    /// of AWS's own: what hinges on that policy alone is not judged.
    ///
    /// <https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-algo-docker-registry-paths.html>
    pub(crate) fn known_pulls(&self, mut pulls: Vec<Check>) -> Vec<Check> {
        let first = pulls.first().filter(|_| self.is_image_foreign());
        let unknown = first.and_then(|it| match &it.subject {
            Subject::Authorization { request, .. } => self.not_in_world(request),
            Subject::Gate { .. } => None,
        });
        let n_asked = pulls.len();
        if unknown.is_some() {
            pulls.retain(|it| !lacks_own_word(it));
        }
        pulls.extend(unknown.filter(|_| pulls.len() < n_asked));
        pulls
    }

    /// An object under the data's prefix.
    pub(crate) fn object_arn(&self, name: &str) -> Arn {
        let data = &self.choice.data;
        let key = format!("{}{name}", data.prefix);
        self.world.bucket_arn(&data.bucket, Some(&key))
    }

    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>
    fn s3(&self, caller: &Caller, run: &Run<'_>) -> Vec<Check> {
        let mut checks = vec![Self::exists(&self.bucket_station())];
        if !self.has_bucket() {
            return checks;
        }
        if run.lists {
            if run.timing != Timing::Sync {
                checks.push(self.locates(caller).wanted());
            }
            checks.push(self.lists(caller, Why::ListObjects));
        }
        if let Some(name) = run.input {
            let read = self.reads(caller, Why::ReadObject, name);
            // A download begins with a look at the object, and that already is refused.
            let by_hand = run.is_by_hand.then_some("HeadObject");
            checks.push(read.during(by_hand.unwrap_or("GetObject")));
        }
        if let Some(name) = run.output {
            let mut context = self.s3_context(caller);
            // Somebody by hand sends nothing of it, so the bucket's default applies. A job has its results encrypted by
            // KMS always, without a key of one's own under that of S3.
            // https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest-nbi.html
            if !run.is_by_hand {
                context = context.with("s3:x-amz-server-side-encryption", "aws:kms");
            }
            if let Some(key) = run.output_key {
                context = context.with(
                    "s3:x-amz-server-side-encryption-aws-kms-key-id",
                    self.key_arn(key).as_str(),
                );
            }
            let resource = Resource::Arn(self.object_arn(name));
            let request = caller.request("s3", "PutObject", resource, context);
            checks.push(self.authorize(Why::WriteObject, request));
        }
        checks
    }

    fn s3_context(&self, caller: &Caller) -> Context {
        signed_for_s3(caller.context()).with("s3:ResourceAccount", self.here.account.as_str())
    }

    /// Listing what lies under the data's prefix: asked of the bucket, not of its objects.
    pub(crate) fn lists(&self, caller: &Caller, why: Why) -> Check {
        let data = &self.choice.data;
        let bucket = Resource::Arn(self.world.bucket_arn(&data.bucket, None));
        let context = self.s3_context(caller).with("s3:prefix", &data.prefix);
        let request = caller.request("s3", "ListBucket", bucket, context);
        self.authorize(why, request).during("ListObjectsV2")
    }

    /// In which region the bucket is.
    fn locates(&self, caller: &Caller) -> Check {
        let bucket = Resource::Arn(self.world.bucket_arn(&self.choice.data.bucket, None));
        let context = self.s3_context(caller);
        let request = caller.request("s3", "GetBucketLocation", bucket, context);
        self.authorize(Why::LocateBucket, request)
    }

    /// Whether some bucket is chosen: of none there are no objects to ask for.
    pub(crate) const fn has_bucket(&self) -> bool {
        !self.choice.data.bucket.is_empty()
    }

    /// Reading an object under the data's prefix.
    pub(crate) fn reads(&self, caller: &Caller, why: Why, name: &str) -> Check {
        if !self.has_bucket() {
            return Self::exists(&self.bucket_station());
        }
        let resource = Resource::Arn(self.object_arn(name));
        let context = self.s3_context(caller);
        self.authorize(why, caller.request("s3", "GetObject", resource, context))
    }

    /// What S3 asks of a key on somebody's behalf.
    ///
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html>
    pub(crate) fn through_s3(
        &self,
        caller: &Caller,
        key: &str,
        (why, action, call): (Why, &str, &str),
        object: &Arn,
    ) -> Check {
        let caller = caller.forwarded();
        let context = caller
            .context()
            .with("kms:CallerAccount", self.account_of(&caller))
            .with(
                "kms:ViaService",
                format!("s3.{}.amazonaws.com", self.world.region),
            );
        let context = encrypting(context, &[("aws:s3:arn", object.as_str())]);
        let resource = Resource::Arn(self.key_arn(key));
        self.authorize(why, caller.request("kms", action, resource, context))
            .during(call)
    }

    fn bucket_key_checks(&self, caller: &Caller, run: &Run<'_>, key: &str) -> Vec<Check> {
        let mut checks = Vec::new();
        if let Some(name) = run.input {
            let how = (Why::DecryptObject, "Decrypt", "GetObject");
            checks.push(self.through_s3(caller, key, how, &self.object_arn(name)));
        }
        // Of a job without a key of its own the results are under S3's, whatever the bucket's default is.
        let is_bucket_key = match run.output_key {
            Some(it) => it == key,
            None => run.is_by_hand,
        };
        if let Some(name) = run.output.filter(|_| is_bucket_key) {
            let how = (Why::EncryptObject, "GenerateDataKey", "PutObject");
            checks.push(self.through_s3(caller, key, how, &self.object_arn(name)));
        }
        checks
    }

    fn output_key_check(&self, caller: &Caller, run: &Run<'_>, key: &str) -> Check {
        let object = self.object_arn(run.output.unwrap_or_default());
        let how = (Why::EncryptObject, "GenerateDataKey", "PutObject");
        self.through_s3(caller, key, how, &object)
    }

    /// The role grants SageMaker the use of the key. Where it cannot, whoever made the call may.
    ///
    /// <https://docs.aws.amazon.com/sagemaker/latest/dg/api-permissions-reference.html>
    fn volume_key_checks(&self, caller: &Caller, run: &Run<'_>, key: &str) -> Vec<Check> {
        let grant = |caller| self.key_check(Why::VolumeKey, caller, "CreateGrant", key);
        let mut checks = Vec::new();
        let by_role = grant(caller);
        let by_caller = match &run.grantor {
            Some(grantor)
                if by_role.outcome() == Outcome::Fails && grantor.principal != caller.principal =>
            {
                Some(grant(&grantor.forwarded()))
            }
            _ => None,
        };
        match by_caller {
            Some(check) if check.outcome() != Outcome::Fails => checks.push(check),
            other => {
                checks.push(by_role);
                checks.extend(other);
            }
        }
        checks
    }

    /// Whether the data is within reach of the network that something was put into.
    fn way_to_data(&self, vpc: Option<&Vpc>) -> Check {
        let gate = match vpc {
            Some(vpc) => Gate::WayOut {
                nat_gateway: vpc.nat_gateway,
                missing: self.route(vpc).missing(&["s3"]),
            },
            None => Gate::RoutesAndEndpoints,
        };
        let id = vpc.map(|it| it.vpc_id.clone());
        let entity = id.map(|id| self.thing(Thing::Vpc { id }));
        Check::gate(Why::DataPath, gate, entity)
    }

    fn network_interfaces(&self, caller: &Caller) -> Vec<Check> {
        let ask = |action| {
            let request = caller.request("ec2", action, Resource::Any, caller.context());
            self.authorize(Why::NetworkInterface, request)
        };
        NETWORK_ACTIONS.map(ask).into()
    }

    /// Without these a job runs all the same; its log lines are lost.
    ///
    /// <https://docs.aws.amazon.com/sagemaker/latest/dg/logging-cloudwatch.html>
    fn logs(&self, caller: &Caller, run: &Run<'_>) -> Vec<Check> {
        let (group, stream) = &run.log;
        let ask = |why, action, resource: &str| {
            let arn = self.regional_arn("logs", resource);
            let request = caller.request("logs", action, Resource::Arn(arn), caller.context());
            self.authorize(why, request).wanted()
        };
        let stream = format!("log-group:{group}:log-stream:{stream}");
        let of_group = format!("log-group:{group}");
        let mut checks = Vec::new();
        if self.here.log_group(group).is_none() {
            checks.push(ask(Why::MakeLogGroup, "CreateLogGroup", &of_group));
        }
        checks.push(ask(Why::FindLogStream, "DescribeLogStreams", &of_group));
        checks.push(ask(Why::MakeLogStream, "CreateLogStream", &stream));
        checks.push(ask(Why::WriteLog, "PutLogEvents", &stream));
        checks
    }

    /// Following a job's log while it runs, as the SageMaker SDK does for whoever started it.
    ///
    /// <https://sagemaker.readthedocs.io/en/stable/api/utility/session.html>
    pub(crate) fn follows_log(
        &self,
        caller: &Caller,
        (group, stream): &(String, String),
    ) -> Vec<Check> {
        let ask = |action, resource: String| {
            let resource = Resource::Arn(self.regional_arn("logs", &resource));
            let request = caller.request("logs", action, resource, caller.context());
            self.authorize(Why::FollowLog, request).wanted()
        };
        vec![
            ask("DescribeLogStreams", format!("log-group:{group}")),
            ask(
                "GetLogEvents",
                format!("log-group:{group}:log-stream:{stream}"),
            ),
        ]
    }

    fn metrics(&self, caller: &Caller, namespace: &str) -> Vec<Check> {
        let context = caller.context().with("cloudwatch:namespace", namespace);
        let request = caller.request("cloudwatch", "PutMetricData", Resource::Any, context);
        vec![self.authorize(Why::SendMetrics, request).wanted()]
    }
}
