//! Training, processing and tuning jobs: create, hand over a role, assume it, and run as it.

use crate::{
    flow::{
        Check, HopKind, Job, Place, Timing, Why,
        caller::{Actor, ServiceRole},
        context::at_time,
        services::Run,
        time::later as later_time,
        walk::{Scene, Way},
        workload::{
            INPUT, OUTPUT,
            call::{Made, place, with_instance, with_vpc},
            later,
        },
    },
    names::Arn,
    request::Context,
};

/// What sets one kind of job apart from another.
pub(crate) struct Kind {
    /// The call that makes it.
    pub(crate) create: &'static str,
    /// The call that looks how far it has come.
    pub(crate) describe: &'static str,
    /// The type in its ARN.
    pub(crate) resource: &'static str,
    /// What it is drawn as.
    pub(crate) place: Place,
    /// Its log group, and the namespace of its metrics.
    pub(crate) logs: &'static str,
}

/// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html>
pub(crate) const TRAINING: Kind = Kind {
    create: "CreateTrainingJob",
    describe: "DescribeTrainingJob",
    resource: "training-job",
    place: Place::TrainingJob,
    logs: "/aws/sagemaker/TrainingJobs",
};

/// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html>
pub(crate) const PROCESSING: Kind = Kind {
    create: "CreateProcessingJob",
    describe: "DescribeProcessingJob",
    resource: "processing-job",
    place: Place::ProcessingJob,
    logs: "/aws/sagemaker/ProcessingJobs",
};

/// Its training jobs write the logs.
///
/// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateHyperParameterTuningJob.html>
pub(crate) const TUNING: Kind = Kind {
    create: "CreateHyperParameterTuningJob",
    describe: "DescribeHyperParameterTuningJob",
    resource: "hyper-parameter-tuning-job",
    place: Place::TuningJob,
    logs: "/aws/sagemaker/TrainingJobs",
};

/// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTransformJob.html>
pub(crate) const TRANSFORM: Kind = Kind {
    create: "CreateTransformJob",
    describe: "DescribeTransformJob",
    resource: "transform-job",
    place: Place::TransformJob,
    logs: "/aws/sagemaker/TransformJobs",
};

impl Scene<'_> {
    pub(crate) fn job(&self, way: &mut Way, actor: &Actor, kind: &Kind, job: &Job) {
        let arn = self.sagemaker_arn(kind.resource, &job.job);
        let handed = self.handed_to_job(Place::JobRole, actor, job.role.as_deref());
        if let Some(it) = &job.simulation {
            way.then(self.simulate(actor, &handed, it));
        }
        way.then(self.create(HopKind::CreateJob, actor, &self.made_job(kind, job, &arn)));
        let pass = if actor.is_async {
            HopKind::PassStepRole
        } else {
            HopKind::PassRole
        };
        way.then(self.pass_role(pass, actor, &handed, (kind.create, &arn)));
        let timing = if actor.is_async {
            later(actor.station.place)
        } else {
            Timing::Sync
        };
        let from = place(kind.place, &job.job);
        let operation = (kind.create, &arn);
        let mut take_on = self.take_on(HopKind::AssumeJobRole, &from, &handed, operation, timing);
        let mut role = handed.role;
        if job.pending_seconds > 0
            && let Ok(role) = &mut role
        {
            let start = self.taken_on_again(role, kind, &arn, job.pending_seconds);
            take_on.checks.push(start);
            role.session = role.session.clone().later(self, job.pending_seconds);
        }
        way.then(take_on);
        let run = Run {
            output_key: job.output_kms_key_id.as_deref(),
            volume_key: job.volume_kms_key_id.as_deref(),
            grantor: actor.caller.as_ref().ok().cloned(),
            vpc: job.vpc_config.as_ref(),
            ..kind.run(&job.job)
        };
        let mut hops = self.services(&role, &run);
        hops.push(self.follow(actor, kind.describe, &from, &arn, Some(&run.log)));
        way.then_all(hops);
    }

    /// The role is taken on once more when the job starts; it may have ended its trust by then.
    fn taken_on_again(&self, role: &ServiceRole, kind: &Kind, source: &Arn, seconds: u32) -> Check {
        let mut request = self.by_service("AssumeRole", role, source);
        if let Some(time) = later_time(&self.choice.time, seconds) {
            request.context = at_time(request.context, &time);
        }
        let check = self.authorize(Why::ServiceAssumesRole, request);
        check.during(kind.create).later(kind.place)
    }

    fn made_job<'a>(&self, kind: &Kind, job: &'a Job, arn: &Arn) -> Made<'a> {
        let keys = Context::new()
            .with(
                "sagemaker:NetworkIsolation",
                job.enable_network_isolation.to_string(),
            )
            .with(
                "sagemaker:InterContainerTrafficEncryption",
                job.enable_inter_container_traffic_encryption.to_string(),
            )
            .with("sagemaker:MaxRuntimeInSeconds", "86400");
        let keys = with_instance(keys, &job.instance_type);
        let keys = with_vpc(keys, job.vpc_config.as_ref());
        let keys = self.with_key(keys, "OutputKmsKey", job.output_kms_key_id.as_deref());
        let keys = self.with_key(keys, "VolumeKmsKey", job.volume_kms_key_id.as_deref());
        Made {
            operation: kind.create,
            describe: None,
            station: place(kind.place, &job.job),
            arn: arn.clone(),
            keys,
            tags: &job.tags,
        }
    }
}

impl Kind {
    /// What every job does while it runs; nobody waits for it.
    pub(crate) fn run<'a>(&self, name: &str) -> Run<'a> {
        Run {
            station: place(self.place, name),
            timing: later(self.place),
            log: (self.logs.to_owned(), format!("{name}/algo-1-1768467600")),
            metrics: Some(self.logs),
            lists: true,
            input: Some(INPUT),
            output: Some(OUTPUT),
            output_key: None,
            volume_key: None,
            grantor: None,
            vpc: None,
            is_by_hand: false,
        }
    }
}
