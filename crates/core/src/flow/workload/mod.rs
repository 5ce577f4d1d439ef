//! One file for each workload: which calls are made, by whom, and what runs afterwards.
//!
//! Invariant: `iam:PassRole` and the service's `sts:AssumeRole` are two checks at two doors. The
//! first asks whether the caller may hand the role over, the second whether the role lets itself
//! be taken on. A workload asks the first only where it hands a role over.
//!
//! <https://docs.aws.amazon.com/sagemaker/latest/dg/api-permissions-reference.html>

mod administration;
mod api_call;
mod call;
mod deletion;
mod deployment;
mod follow;
mod job;
mod notebook;
mod object_call;
mod pipeline;
mod simulation;
mod transform;

pub(crate) use api_call::lacks_own_word;

use crate::flow::{
    Place, Station, StudioApp, Timing, Workload,
    caller::{Actor, Held},
    services::Run,
    walk::{Scene, Way},
};

impl Scene<'_> {
    /// Everything that the chosen workload does.
    pub(crate) fn work(&self, way: &mut Way) {
        let workload = &self.choice.workload;
        if let Workload::ApiCall(call) = workload {
            return self.api_call(way, call);
        }
        let app = match workload {
            Workload::StartApp(app) => app.clone(),
            _ => StudioApp::default(),
        };
        let actor = if workload.is_from_studio() {
            self.enter_studio(way, &app)
        } else {
            self.become_somebody(way)
        };
        match workload {
            Workload::OpenStudio | Workload::StartApp(_) => self.work_in_app(way, &actor, &app),
            Workload::TrainingJob(it) => self.job(way, &actor, &job::TRAINING, it),
            Workload::ProcessingJob(it) => self.job(way, &actor, &job::PROCESSING, it),
            Workload::TuningJob(it) => self.job(way, &actor, &job::TUNING, it),
            Workload::TransformJob(it) => self.transform(way, &actor, it),
            Workload::Deployment(it) => self.deployment(way, &actor, it),
            Workload::Invocation(it) => self.invocation(way, &actor, it),
            Workload::Pipeline(it) => self.pipeline(way, &actor, it),
            Workload::NotebookInstance(it) => self.notebook(way, &actor, it),
            Workload::NewDomain(it) => self.new_domain(way, &actor, it),
            Workload::NewProfile(it) => self.new_profile(way, &actor, it),
            Workload::DeleteProfile => self.delete_profile(way, &actor),
            Workload::DeleteDomain(it) => self.delete_domain(way, &actor, *it),
            Workload::ApiCall(_) => (),
        }
    }

    /// A notebook in the app lists, reads and writes the data. No metrics of its own.
    fn work_in_app(&self, way: &mut Way, actor: &Actor, app: &StudioApp) {
        let role: Held = actor.clone().caller.and_then(|session| {
            let arn = actor.role.clone();
            arn.map(|arn| crate::flow::caller::ServiceRole { arn, session })
                .ok_or_else(|| Box::new(Self::exists(&actor.station)))
        });
        let stream = format!(
            "{}/{}/default",
            self.choice.user_profile,
            app.app_type.as_str()
        );
        let log = ("/aws/sagemaker/studio".to_owned(), stream);
        let run = by_hand(actor.station.clone(), log);
        way.then_all(self.services(&role, &run));
    }
}

/// Somebody at a notebook: the data is listed, read and written while they look on.
const fn by_hand(station: Station, log: (String, String)) -> Run<'static> {
    Run {
        station,
        timing: Timing::Sync,
        log,
        metrics: None,
        lists: true,
        input: Some(INPUT),
        output: Some(OUTPUT),
        output_key: None,
        volume_key: None,
        grantor: None,
        vpc: None,
        is_by_hand: true,
    }
}

/// What a job reads and writes, behind the data's prefix.
const INPUT: &str = "train.csv";
const OUTPUT: &str = "output/model.tar.gz";
const MODEL: &str = "model.tar.gz";

/// A run that the call does not wait for.
fn later(place: Place) -> Timing {
    Timing::Async { place }
}
