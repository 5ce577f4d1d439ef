//! A pipeline of one step: made and started by somebody, it works as its own role and hands a role
//! to the job of its step.
//!
//! <https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-access.html>

use crate::{
    by_name::Tags,
    flow::{
        Check, Hop, HopKind, Job, Pipeline, Place, Step, Why,
        caller::{Actor, Caller},
        walk::{Scene, Way},
        workload::{
            call::{Made, place},
            job, later,
        },
    },
    names::Arn,
    request::{Context, Resource},
};

const CREATE: &str = "CreatePipeline";
const START: &str = "StartPipelineExecution";

impl Scene<'_> {
    pub(crate) fn pipeline(&self, way: &mut Way, actor: &Actor, it: &Pipeline) {
        let arn = self.sagemaker_arn("pipeline", &it.pipeline);
        let station = place(Place::Pipeline, &it.pipeline);
        let handed = self.handed_to_job(Place::PipelineRole, actor, it.role.as_deref());
        let made = Made {
            operation: CREATE,
            describe: None,
            station: station.clone(),
            arn: arn.clone(),
            keys: Context::new(),
            tags: &it.tags,
        };
        way.then(self.create(HopKind::CreatePipeline, actor, &made));
        way.then(self.pass_role(HopKind::PassRole, actor, &handed, (CREATE, &arn)));
        way.then(self.start_pipeline(actor, it, &arn));

        let source = self.sagemaker_arn("pipeline", &format!("{}/*", it.pipeline));
        let timing = later(Place::Pipeline);
        let call = (START, &source);
        let assume = HopKind::AssumePipelineRole;
        way.then(self.take_on(assume, &station, &handed, call, timing));

        let at_work = Actor {
            role: handed.role.as_ref().ok().map(|it| it.arn.clone()),
            tags: Tags::from([(
                "sagemaker:pipeline-execution-arn".to_owned(),
                format!("{arn}/execution/a1b2c3d4e5f6"),
            )]),
            is_async: true,
            ..Actor::new(station, handed.role.map(|it| it.session))
        };
        let kind = match it.step {
            Step::Training => &job::TRAINING,
            Step::Processing => &job::PROCESSING,
        };
        let step = Job {
            role: it.step_role.clone(),
            ..Job::named(&format!("pipelines-a1b2c3d4e5f6-{}", it.pipeline))
        };
        let before = way.len();
        self.job(way, &at_work, kind, &step);
        if let (true, Ok(caller)) = (it.uses_json_get, &at_work.caller) {
            way.add(before, self.json_get(caller));
        }
    }

    fn start_pipeline(&self, actor: &Actor, it: &Pipeline, arn: &Arn) -> Hop {
        let kind = HopKind::StartPipeline;
        let from = actor.station.clone();
        let to = place(Place::Pipeline, &it.pipeline);
        match &actor.caller {
            Err(check) => Hop::without(kind, from, to, check),
            Ok(caller) => {
                let resource = Resource::Arn(arn.clone());
                let request = caller.request("sagemaker", START, resource, caller.context());
                let checks = vec![self.authorize(Why::StartPipeline, request)];
                Hop::new(kind, from, to, caller.identity(), checks)
            }
        }
    }

    /// A condition of the pipeline reads a file that a step has written.
    fn json_get(&self, caller: &Caller) -> Check {
        let check = self.reads(caller, Why::JsonGet, "evaluation.json");
        check.later(Place::Pipeline)
    }
}
