//! Checks in words: what is asked, and why.

use crate::{
    explain::{gate::gate_sentence, hop::place_title},
    flow::{Check, Need, Subject, Timing, Why},
    request::Resource,
};

/// What is checked.
pub fn check_title(check: &Check) -> String {
    match &check.subject {
        Subject::Authorization { request, .. } => match &request.resource {
            Resource::Any => format!("`{}`", request.action),
            Resource::Arn(arn) => format!("`{}` on `{arn}`", request.action),
        },
        Subject::Gate { gate, .. } => gate_sentence(gate),
    }
}

/// Why it is checked.
#[expect(clippy::too_many_lines, reason = "one sentence for each reason")]
pub fn check_why(check: &Check) -> &'static str {
    match check.why {
        Why::ProveIdentity => "Signing in is authentication: who you are. No policy is asked yet.",
        Why::Named => "The scenario names it, so it has to be there.",
        Why::AssumeRole => "The caller trades its own credentials for the role’s temporary ones.",
        Why::ListInConsole => {
            "The console lists domains and profiles. List actions cannot be limited to one resource."
        }
        Why::ShowInConsole => "The console shows the details of the domain and the profile.",
        Why::AskForUrlAgain => {
            "Studio itself asks for the URL again, as the execution role. Without it Studio opens and shows a banner about missing permissions."
        }
        Why::PresignedUrl => {
            "Studio opens with a presigned URL for one profile. Whoever may ask for it acts as that profile’s execution role from then on."
        }
        Why::Ready => {
            "Studio opens only what is ready, and only by the way that the domain was made for."
        }
        Why::NetworkPath => "Studio’s traffic needs a way to AWS. This is networking, not IAM.",
        Why::HomeDirectory => "Each profile has a home directory on the domain’s file system.",
        Why::WhichRole => {
            "Apps in private spaces run as the profile’s own execution role, or else as the domain’s default; apps in shared spaces as the role in the domain’s default space settings."
        }
        Why::ServiceAssumesRole => {
            "The service takes on the role. Only the role’s trust policy has a say."
        }
        Why::CreateSpace => "Studio makes a space for the app, as the execution role.",
        Why::TagSpace | Why::TagApp | Why::TagJob => {
            "Studio tags what it makes with the domain and the profile or space, and tagging needs a permission of its own."
        }
        Why::CreateApp => "Studio starts the app, as the execution role.",
        Why::DomainKey => {
            "The domain has a key of its own, and the app’s volume is encrypted with it."
        }
        Why::CreateJob => {
            "This call makes it. It carries the credentials of whoever makes it: from a notebook the execution role’s, not the person’s."
        }
        Why::SendTags => "Tags are sent along, and tagging needs a permission of its own.",
        Why::Describe => {
            "The caller looks how far it has come. Conditions on its tags are met only once the tags have arrived."
        }
        Why::HandOverRole => {
            "Handing a role to a service needs `iam:PassRole` on that role, even where the role hands over itself."
        }
        Why::RegistryLogin => {
            "Pulling an image begins with a login to the registry, which is not tied to one repository."
        }
        Why::PullImage => "The image’s layers are looked up and downloaded.",
        Why::ListObjects => {
            "The objects are listed. Listing is asked of the bucket, not of the objects in it."
        }
        Why::ReadObject => "An object is read.",
        Why::WriteObject => "A result is written.",
        Why::DecryptObject => {
            "The object was encrypted with the bucket’s key; S3 asks the key on the reader’s behalf."
        }
        Why::EncryptObject => {
            "The result is encrypted with the bucket’s key; S3 asks the key on the writer’s behalf."
        }
        Why::DecryptParts => {
            "The parts of the upload are encrypted with one data key, which S3 has decrypted on the writer’s behalf for each that is added and when they are put together."
        }
        Why::MakeLogGroup => "The log group is not there yet, so it has to be made.",
        Why::LocateBucket => {
            "The region of the bucket is looked up. Without it the work goes on where the region is known."
        }
        Why::FindLogStream => {
            "The log streams that are there are looked through. Without it the work goes on, but its log may be lost."
        }
        Why::FollowLog => {
            "The SageMaker SDK follows the log for whoever started the job. Without it the job goes on, and nobody sees its log in the notebook."
        }
        Why::MakeLogStream => {
            "A log stream is made. Without it the work goes on, but its log is lost."
        }
        Why::WriteLog => "Lines are written. Without it the work goes on, but its log is lost.",
        Why::SendMetrics => {
            "Metrics are sent. Without it the work goes on, but its metrics are lost."
        }
        Why::Assigned => {
            "IAM Identity Center lets in only users that somebody assigned to the domain, each into the profile of their own."
        }
        Why::PassSessionTags => {
            "Session tags are passed along, and each side has to allow that by itself."
        }
        Why::MaySimulate => {
            "The SDK asks IAM what the role might do before it asks for the job, and that takes a permission of its own."
        }
        Why::Simulated => {
            "The simulation knows the role’s policies and SCPs alone: no conditions of a real request, no policies of resources. What it says decides nothing about the job itself, but the SDK stops at it."
        }
        Why::DataPath => {
            "What runs in the account’s own network reaches its data from there. This is networking, not IAM."
        }
        Why::LimitSession => {
            "A policy is passed that limits the session: what it does not allow the session may not do, whatever the role may."
        }
        Why::SetSourceIdentity => {
            "A source identity is set that stays with the session. Setting it is asked for by itself."
        }
        Why::SetContext => {
            "The identity of the user of IAM Identity Center goes along. Setting it is asked for by itself."
        }
        Why::VolumeKey => {
            "SageMaker encrypts volumes with the key, and for that somebody has to grant it the key’s use."
        }
        Why::NetworkInterface => {
            "Whatever runs in the account’s own network gets network interfaces there. These actions cannot be limited to one resource."
        }
        Why::ModelData => "SageMaker looks at the model’s files while the model is created.",
        Why::ServicePullsImage => {
            "Of an image in another account the repository policy has to let in SageMaker itself."
        }
        Why::UseEndpointConfig => {
            "The call is asked of two resources: the endpoint, and the configuration it is made from."
        }
        Why::Invoke => {
            "Whoever asks the endpoint needs this one permission and nothing of the model’s role."
        }
        Why::StartPipeline => "The pipeline is started. From then on it works as its own role.",
        Why::JsonGet => "A condition of the pipeline reads a file that a step has written.",
        Why::GitSecret => "The secret holds the password of the Git repository.",
        Why::OpenNotebook => {
            "The notebook instance opens with a presigned URL. Whoever may ask for it works with the instance’s role from then on."
        }
        Why::ServiceLinkedRole => {
            "SageMaker makes file systems and network interfaces with a role of its own, which the first domain of an account needs to be made."
        }
        Why::DomainStorage => {
            "With a key of one’s own the caller makes the domain’s file system and needs the key for it."
        }
        Why::RightKindOfUser => {
            "Profiles of domains with IAM Identity Center belong to a user of it; other profiles must not."
        }
        Why::Delete => "This call deletes it.",
        Why::DeletedBefore => {
            "What hangs on it has to be deleted first. This is order, not IAM: no policy is asked."
        }
        Why::Asked => "The scenario asks for it.",
    }
}

/// When the answer arrives, where nobody waits for it during the call.
pub fn check_timing(check: &Check) -> Option<String> {
    let Timing::Async { place } = check.timing else {
        return None;
    };
    let what = place_title(place);
    Some(match check.need {
        Need::Required => format!(
            "The call itself succeeds: the {what} ends as `Failed` later, and says why in its `FailureReason`."
        ),
        Need::Wanted => {
            format!("This is asked when the call is over; without it the {what} goes on.")
        }
    })
}
