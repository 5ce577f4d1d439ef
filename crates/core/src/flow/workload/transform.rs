//! Batch transform: no role is handed over. The job runs as the role that its model was made with.
//!
//! <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTransformJob.html>

use crate::{
    flow::{
        HopKind, Place, Timing, TransformJob,
        caller::Actor,
        services::Run,
        walk::{Scene, Way},
        workload::{
            call::{Made, place, with_instance},
            job::TRANSFORM,
        },
    },
    request::Context,
};

impl Scene<'_> {
    pub(crate) fn transform(&self, way: &mut Way, actor: &Actor, job: &TransformJob) {
        let arn = self.sagemaker_arn(TRANSFORM.resource, &job.job);
        let role = self.handed(Place::JobRole, actor, job.model_role.as_deref());
        let model = self.sagemaker_arn("model", &job.model);
        let keys = with_instance(
            Context::new().with("sagemaker:ModelArn", model.as_str()),
            &job.instance_type,
        );
        let keys = self.with_key(keys, "OutputKmsKey", job.output_kms_key_id.as_deref());
        let keys = self.with_key(keys, "VolumeKmsKey", job.volume_kms_key_id.as_deref());
        let station = place(TRANSFORM.place, &job.job);
        let made = Made {
            operation: TRANSFORM.create,
            describe: None,
            station: station.clone(),
            arn: arn.clone(),
            keys,
            tags: &job.tags,
        };
        way.then(self.create(HopKind::CreateJob, actor, &made));
        let call = (TRANSFORM.create, &arn);
        way.then(self.take_on(HopKind::AssumeJobRole, &station, &role, call, Timing::Sync));
        let run = Run {
            output_key: job.output_kms_key_id.as_deref(),
            volume_key: job.volume_kms_key_id.as_deref(),
            grantor: actor.caller.as_ref().ok().cloned(),
            ..TRANSFORM.run(&job.job)
        };
        let mut hops = self.services(&role.role, &run);
        hops.push(self.follow(actor, TRANSFORM.describe, &station, &arn, Some(&run.log)));
        way.then_all(hops);
    }
}
