//! The hops of a training job that is started from Studio: create, hand over a role, assume it.
//!
//! Invariant: `iam:PassRole` and the service's `sts:AssumeRole` are two checks at two doors. The
//! first asks whether the caller may hand the role over, the second whether the role lets itself
//! be taken on.
//!
//! <https://docs.aws.amazon.com/sagemaker/latest/dg/api-permissions-reference.html>

use crate::{
    flow::{
        Gate, Hop, HopKind, Identity, Place, Station, Why,
        context::{with_list, with_tags},
        studio::SAGEMAKER,
        walk::{Scene, ServiceRole},
    },
    names::Arn,
    request::Resource,
};

const CREATE: &str = "CreateTrainingJob";

impl Scene<'_> {
    pub(crate) fn job_station(job: &str) -> Station {
        Station {
            place: Place::TrainingJob,
            name: job.to_owned(),
            entity: None,
        }
    }

    fn job_arn(&self, job: &str) -> Arn {
        self.world
            .regional_arn("sagemaker", &format!("training-job/{job}"))
    }

    /// The call that asks for the job.
    pub(crate) fn create_training_job(&self, app: Option<&ServiceRole>, job: &str) -> Hop {
        let from = Self::app_station();
        let to = Self::job_station(job);
        let Some(app) = app else {
            return self.without_role(HopKind::CreateTrainingJob, from, to);
        };
        let caller = &app.session;
        let context = self
            .studio_tags(caller.context())
            .with("sagemaker:NetworkIsolation", "false")
            .with("sagemaker:InterContainerTrafficEncryption", "false")
            .with("sagemaker:MaxRuntimeInSeconds", "86400");
        let context = with_list(context, "sagemaker:InstanceTypes", &["ml.m5.xlarge"]);
        let tagging = self
            .studio_tags(caller.context())
            .with("sagemaker:TaggingAction", CREATE);
        let resource = || Resource::Arn(self.job_arn(job));
        let create = caller.request("sagemaker", CREATE, resource(), context);
        let tag = caller.request("sagemaker", "AddTags", resource(), tagging);
        let checks = vec![
            self.authorize(Why::CreateJob, create),
            self.authorize(Why::TagJob, tag).during(CREATE),
        ];
        Hop::new(
            HopKind::CreateTrainingJob,
            from,
            to,
            caller.identity(),
            checks,
        )
    }

    /// The permission to hand the role over, asked of the caller while the job is created. The
    /// role's own trust policy has no say here.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>
    pub(crate) fn pass_role(
        &self,
        app: Option<&ServiceRole>,
        passed: Option<&ServiceRole>,
        job: &str,
    ) -> Hop {
        let from = self.role_station(Place::ExecutionRole, app.map(|it| &it.arn));
        let to = self.role_station(Place::JobRole, passed.map(|it| &it.arn));
        let (Some(app), Some(passed)) = (app, passed) else {
            return self.without_job_role(HopKind::PassRole, from, to, app);
        };
        let caller = &app.session;
        let tags = self
            .world
            .role_by_arn(passed.arn.as_str())
            .map(|it| &it.tags);
        let context = caller
            .context()
            .with("iam:PassedToService", SAGEMAKER)
            .with("iam:AssociatedResourceArn", self.job_arn(job).as_str());
        let context = with_tags(context, "aws:ResourceTag", tags);
        let request = caller.request(
            "iam",
            "PassRole",
            Resource::Arn(passed.arn.clone()),
            context,
        );
        let checks = vec![self.authorize(Why::HandOverRole, request).during(CREATE)];
        Hop::new(HopKind::PassRole, from, to, caller.identity(), checks)
    }

    /// SageMaker takes on the role that was handed over, for this job.
    pub(crate) fn assume_job_role(&self, passed: Option<&ServiceRole>, job: &str) -> Hop {
        let from = Self::job_station(job);
        let to = self.role_station(Place::JobRole, passed.map(|it| &it.arn));
        let Some(passed) = passed else {
            return self.without_job_role(HopKind::AssumeJobRole, from, to, None);
        };
        let checks = vec![
            Self::exists(&to),
            self.service_assumes(passed, &self.job_arn(job))
                .during(CREATE),
        ];
        Hop::new(
            HopKind::AssumeJobRole,
            from,
            to,
            passed.session.identity(),
            checks,
        )
    }

    /// A hop that needs the job's role where there is none, or where what was typed is no ARN.
    fn without_job_role(
        &self,
        kind: HopKind,
        from: Station,
        to: Station,
        app: Option<&ServiceRole>,
    ) -> Hop {
        let typed = match &self.choice.workload {
            crate::flow::Workload::TrainingJob { role, .. } => role.as_deref(),
            crate::flow::Workload::OpenStudio => None,
        };
        let Some(typed) = typed.filter(|_| app.is_some() || kind != HopKind::PassRole) else {
            return self.without_role(kind, from, to);
        };
        let gate = Gate::Exists {
            place: Place::JobRole,
            name: typed.to_owned(),
            found: false,
        };
        let checks = vec![crate::flow::Check::gate(Why::Named, gate, None)];
        Hop::new(kind, from, to, Identity::nobody(), checks)
    }
}
