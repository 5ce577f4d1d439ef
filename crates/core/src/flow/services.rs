//! The last hops: what Studio or the job does with images, data, keys, logs and metrics.
//!
//! Invariant: these hops share one stage. None waits for another, so one shut door does not hide
//! the rest.

use crate::{
    flow::{
        Check, Hop, HopKind, Place, Station, Why, Workload,
        walk::{Caller, Scene, ServiceRole},
    },
    names::Arn,
    request::{Context, Resource},
    world::Thing,
};

impl Scene<'_> {
    /// Every service that the app or the job works with.
    pub(crate) fn services(&self, role: Option<&ServiceRole>, from: &Station) -> Vec<Hop> {
        let choice = self.choice;
        let mut hops = Vec::new();
        if !choice.repository.is_empty() {
            hops.push(
                self.service(HopKind::Ecr, role, from, self.repository_station(), |it| {
                    self.ecr(it)
                }),
            );
        }
        hops.push(
            self.service(HopKind::S3, role, from, self.bucket_station(), |it| {
                self.s3(it)
            }),
        );
        if let Some(station) = self.key_station() {
            hops.push(self.service(HopKind::Kms, role, from, station, |it| self.kms(it)));
        }
        hops.push(
            self.service(HopKind::Logs, role, from, self.log_group_station(), |it| {
                self.logs(it)
            }),
        );
        if self.is_job() {
            let metrics = Station {
                place: Place::Metrics,
                name: "CloudWatch".to_owned(),
                entity: None,
            };
            hops.push(
                self.service(HopKind::CloudWatch, role, from, metrics, |it| {
                    self.metrics(it)
                }),
            );
        }
        hops
    }

    fn service(
        &self,
        kind: HopKind,
        role: Option<&ServiceRole>,
        from: &Station,
        to: Station,
        checks: impl FnOnce(&Caller) -> Vec<Check>,
    ) -> Hop {
        let Some(role) = role else {
            return self.without_role(kind, from.clone(), to);
        };
        let checks = checks(&role.session);
        Hop::new(kind, from.clone(), to, role.session.identity(), checks)
    }

    fn is_job(&self) -> bool {
        matches!(self.choice.workload, Workload::TrainingJob { .. })
    }

    fn repository_station(&self) -> Station {
        let name = self.choice.repository.clone();
        self.station(
            Place::Repository,
            &self.choice.repository,
            Thing::Repository { name },
        )
    }

    fn bucket_station(&self) -> Station {
        let name = &self.choice.data.bucket;
        self.station(Place::Bucket, name, self.world.bucket_id(name))
    }

    /// The key that encrypts the bucket, where it is the customer's.
    fn key_station(&self) -> Option<Station> {
        let id = self.world.bucket_key(&self.choice.data.bucket)?;
        let key = self.world.key_of(&id);
        let name = key.map_or_else(|| id.to_string(), |it| it.name().to_owned());
        Some(self.station(Place::Key, &name, id))
    }

    fn log_group(&self) -> &'static str {
        if self.is_job() {
            "/aws/sagemaker/TrainingJobs"
        } else {
            "/aws/sagemaker/studio"
        }
    }

    fn log_group_station(&self) -> Station {
        let name = self.log_group().to_owned();
        self.station(Place::LogGroup, self.log_group(), Thing::LogGroup { name })
    }

    /// <https://docs.aws.amazon.com/AmazonECR/latest/userguide/security_iam_id-based-policy-examples.html>
    fn ecr(&self, caller: &Caller) -> Vec<Check> {
        let name = format!("repository/{}", self.choice.repository);
        let image = Resource::Arn(self.world.regional_arn("ecr", &name));
        let ask = |why, action, resource: &Resource| {
            self.authorize(
                why,
                caller.request("ecr", action, resource.clone(), caller.context()),
            )
        };
        vec![
            Self::exists(&self.repository_station()),
            ask(Why::RegistryLogin, "GetAuthorizationToken", &Resource::Any),
            ask(Why::PullImage, "BatchCheckLayerAvailability", &image),
            ask(Why::PullImage, "BatchGetImage", &image),
            ask(Why::PullImage, "GetDownloadUrlForLayer", &image),
        ]
    }

    /// The key of an object under the data's prefix.
    fn object_arn(&self, name: &str) -> Arn {
        let data = &self.choice.data;
        let key = format!("{}{name}", data.prefix);
        self.world.bucket_arn(&data.bucket, Some(&key))
    }

    fn input_arn(&self) -> Arn {
        self.object_arn("train.csv")
    }

    fn output_arn(&self) -> Arn {
        self.object_arn("output/model.tar.gz")
    }

    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>
    fn s3(&self, caller: &Caller) -> Vec<Check> {
        let data = &self.choice.data;
        let context = || {
            caller
                .context()
                .with("s3:ResourceAccount", self.world.home.account.as_str())
        };
        let ask = |why, action, arn: Arn, context: Context| {
            self.authorize(
                why,
                caller.request("s3", action, Resource::Arn(arn), context),
            )
        };
        let bucket = self.world.bucket_arn(&data.bucket, None);
        vec![
            Self::exists(&self.bucket_station()),
            ask(
                Why::ListObjects,
                "ListBucket",
                bucket,
                context().with("s3:prefix", &data.prefix),
            )
            .during("ListObjectsV2"),
            ask(Why::ReadObject, "GetObject", self.input_arn(), context()),
            ask(Why::WriteObject, "PutObject", self.output_arn(), context()),
        ]
    }

    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html>
    fn kms(&self, caller: &Caller) -> Vec<Check> {
        let Some(station) = self.key_station() else {
            return Vec::new();
        };
        let id = self.world.bucket_key(&self.choice.data.bucket);
        let Some(key) = id.and_then(|it| self.world.arn_of(&it)) else {
            return Vec::new();
        };
        let ask = |why, action, object: Arn, call| {
            let context = caller
                .context()
                .with("kms:CallerAccount", self.world.home.account.as_str())
                .with(
                    "kms:ViaService",
                    format!("s3.{}.amazonaws.com", self.world.region),
                )
                .with("kms:EncryptionContext:aws:s3:arn", object.as_str());
            let request = caller.request("kms", action, Resource::Arn(key.clone()), context);
            self.authorize(why, request).during(call)
        };
        vec![
            Self::exists(&station),
            ask(Why::DecryptObject, "Decrypt", self.input_arn(), "GetObject"),
            ask(
                Why::EncryptObject,
                "GenerateDataKey",
                self.output_arn(),
                "PutObject",
            ),
        ]
    }

    /// Without these a job runs all the same; its log lines are lost.
    ///
    /// <https://docs.aws.amazon.com/sagemaker/latest/dg/logging-cloudwatch.html>
    fn logs(&self, caller: &Caller) -> Vec<Check> {
        let group = self.log_group();
        let ask = |why, action, resource: &str| {
            let arn = self.world.regional_arn("logs", resource);
            let request = caller.request("logs", action, Resource::Arn(arn), caller.context());
            self.authorize(why, request).wanted()
        };
        let stream = match &self.choice.workload {
            Workload::TrainingJob { job, .. } => format!("{job}/algo-1-1768467600"),
            Workload::OpenStudio => format!("{}/JupyterLab/default", self.choice.user_profile),
        };
        let stream = format!("log-group:{group}:log-stream:{stream}");
        let mut checks = Vec::new();
        if self.world.log_group(group).is_none() {
            checks.push(ask(
                Why::MakeLogGroup,
                "CreateLogGroup",
                &format!("log-group:{group}"),
            ));
        }
        checks.push(ask(Why::MakeLogStream, "CreateLogStream", &stream));
        checks.push(ask(Why::WriteLog, "PutLogEvents", &stream));
        checks
    }

    fn metrics(&self, caller: &Caller) -> Vec<Check> {
        let context = caller
            .context()
            .with("cloudwatch:namespace", "/aws/sagemaker/TrainingJobs");
        let request = caller.request("cloudwatch", "PutMetricData", Resource::Any, context);
        vec![self.authorize(Why::SendMetrics, request).wanted()]
    }
}
