//! Hops and places in words.

use crate::flow::{Hop, HopKind, Place};

/// What happens at a hop.
pub fn hop_title(hop: &Hop) -> String {
    let (from, to) = (&hop.from.name, &hop.to.name);
    // Where nothing is chosen yet there is no name, and the sentence is whole without it.
    let named = match to.as_str() {
        "" => String::new(),
        name => format!(" `{name}`"),
    };
    match hop.kind {
        HopKind::SignIn if to.is_empty() => format!("{from} signs in as an IAM user"),
        HopKind::OpenProfile if to.is_empty() => "Studio opens for a user profile".to_owned(),
        HopKind::Network if to.is_empty() => {
            "Studio’s traffic goes through the domain’s network".to_owned()
        }
        HopKind::IdentityCenter if to.is_empty() => {
            format!("{from} opens a user profile through IAM Identity Center")
        }
        HopKind::Ecr if to.is_empty() => "The image is pulled from an ECR repository".to_owned(),
        HopKind::S3 if to.is_empty() => "Data is read from and written to an S3 bucket".to_owned(),
        HopKind::SignIn => format!("{from} signs in as IAM user `{to}`"),
        HopKind::AssumeRole
        | HopKind::AssumeSecondRole
        | HopKind::AssumeThirdRole
        | HopKind::AssumeFourthRole
        | HopKind::AssumeFifthRole => format!("{} assumes the role{named}", who(hop)),
        HopKind::FindDomain => format!("{} looks up the domain{named}", who(hop)),
        HopKind::OpenProfile => format!("Studio opens for user profile `{to}`"),
        HopKind::Network => format!("Studio’s traffic goes through `{to}`"),
        HopKind::AssumeExecutionRole if to.is_empty() => {
            "SageMaker assumes the execution role".to_owned()
        }
        HopKind::AssumeExecutionRole => format!("SageMaker assumes the execution role `{to}`"),
        HopKind::StartApp => format!("The execution role starts the app `{to}`"),
        HopKind::IdentityCenter => {
            format!("{from} opens user profile `{to}` through IAM Identity Center")
        }
        HopKind::CreateJob
        | HopKind::CreatePipeline
        | HopKind::CreateModel
        | HopKind::CreateNotebook
        | HopKind::CreateDomain
        | HopKind::CreateProfile
        | HopKind::CreateEndpointConfig
        | HopKind::CreateEndpoint => {
            let what = place_title(hop.to.place);
            format!("{} creates the {what}{named}", who(hop))
        }
        HopKind::DeleteProfile | HopKind::DeleteDomain => {
            let what = place_title(hop.to.place);
            format!("{} deletes the {what}{named}", who(hop))
        }
        HopKind::DeleteVpc => format!("{} deletes the subnets and the VPC `{to}`", who(hop)),
        HopKind::PassRole | HopKind::PassSpaceRole | HopKind::PassStepRole if to.is_empty() => {
            "A role is handed to SageMaker".to_owned()
        }
        HopKind::PassRole | HopKind::PassStepRole if from == to => {
            format!("`{from}` hands itself to SageMaker")
        }
        HopKind::PassSpaceRole => {
            format!("`{from}` hands the role of shared spaces `{to}` to SageMaker")
        }
        HopKind::PassRole | HopKind::PassStepRole => {
            format!("`{from}` hands the role `{to}` to SageMaker")
        }
        HopKind::StartPipeline => format!("{} starts the pipeline `{to}`", who(hop)),
        HopKind::AssumePipelineRole if to.is_empty() => {
            "SageMaker assumes the pipeline’s role".to_owned()
        }
        HopKind::AssumeJobRole | HopKind::AssumePipelineRole | HopKind::AssumeModelRole => {
            let what = place_title(hop.from.place);
            if to.is_empty() {
                format!("SageMaker assumes the role of the {what}")
            } else {
                format!("SageMaker assumes `{to}` for the {what}")
            }
        }
        HopKind::ValidateModel => format!("SageMaker looks at the model’s files in `{to}`"),
        HopKind::InvokeEndpoint => format!("{} asks the endpoint `{to}`", who(hop)),
        HopKind::OpenNotebook => format!("{} opens the notebook instance `{to}`", who(hop)),
        HopKind::ApiCall if to.is_empty() => format!("{} makes a call", who(hop)),
        HopKind::ApiCall => format!("{} calls, about `{to}`", who(hop)),
        HopKind::OutputKey => format!("Results are encrypted with KMS key `{to}`"),
        HopKind::VolumeKey => format!("Volumes are encrypted with KMS key `{to}`"),
        HopKind::Ec2 if to.is_empty() => "Network interfaces are made in the VPC".to_owned(),
        HopKind::Ec2 => format!("Network interfaces are made in `{to}`"),
        HopKind::Ecr => format!("The image is pulled from ECR repository `{to}`"),
        HopKind::S3 => format!("Data is read from and written to S3 bucket `{to}`"),
        HopKind::Kms => format!("The data’s KMS key `{to}` is used"),
        HopKind::Logs => format!("Log lines go to CloudWatch Logs `{to}`"),
        HopKind::CloudWatch => "Metrics go to CloudWatch".to_owned(),
        HopKind::Follow => {
            let what = place_title(hop.to.place);
            format!("{} follows the {what} `{to}`", who(hop))
        }
        HopKind::Simulate => format!("{} has the policies of `{to}` simulated", who(hop)),
    }
}

/// Who makes a call, at the beginning of a sentence.
fn who(hop: &Hop) -> String {
    match hop.from.place {
        Place::App | Place::Space => "The execution role".to_owned(),
        Place::Pipeline => "The pipeline’s role".to_owned(),
        place if hop.from.name.is_empty() => format!("The {}", place_title(place)),
        _ => format!("`{}`", hop.from.name),
    }
}

/// A few words for a hop's door, for labels and short messages.
pub fn hop_short_title(kind: HopKind) -> &'static str {
    match kind {
        HopKind::SignIn => "Sign in",
        HopKind::AssumeRole => "Assume role",
        HopKind::AssumeSecondRole => "Assume second role",
        HopKind::AssumeThirdRole => "Assume third role",
        HopKind::AssumeFourthRole => "Assume fourth role",
        HopKind::AssumeFifthRole => "Assume fifth role",
        HopKind::FindDomain => "Find domain",
        HopKind::OpenProfile => "Open profile",
        HopKind::Network => "Network",
        HopKind::AssumeExecutionRole => "Assume execution role",
        HopKind::StartApp => "Start app",
        HopKind::IdentityCenter => "Identity Center",
        HopKind::CreatePipeline => "Create pipeline",
        HopKind::CreateModel => "Create model",
        HopKind::CreateNotebook => "Create notebook",
        HopKind::CreateDomain => "Create domain",
        HopKind::CreateProfile => "Create profile",
        HopKind::DeleteProfile => "Delete profile",
        HopKind::DeleteDomain => "Delete domain",
        HopKind::DeleteVpc => "Delete VPC",
        HopKind::CreateJob => "Create job",
        HopKind::PassSpaceRole => "Pass space role",
        HopKind::StartPipeline => "Start pipeline",
        HopKind::AssumePipelineRole => "Assume pipeline role",
        HopKind::PassStepRole => "Pass step role",
        HopKind::ValidateModel => "Look at model",
        HopKind::CreateEndpointConfig => "Create endpoint config",
        HopKind::CreateEndpoint => "Create endpoint",
        HopKind::AssumeModelRole => "Assume model role",
        HopKind::InvokeEndpoint => "Invoke endpoint",
        HopKind::OpenNotebook => "Open notebook",
        HopKind::ApiCall => "API call",
        HopKind::OutputKey => "Output key",
        HopKind::VolumeKey => "Volume key",
        HopKind::Ec2 => "EC2",
        HopKind::PassRole => "Pass role",
        HopKind::AssumeJobRole => "Assume job role",
        HopKind::Ecr => "ECR",
        HopKind::S3 => "S3",
        HopKind::Kms => "KMS",
        HopKind::Logs => "Logs",
        HopKind::CloudWatch => "CloudWatch",
        HopKind::Follow => "Follow",
        HopKind::Simulate => "Simulate",
    }
}

/// What an open door means at this hop.
pub(crate) fn hop_lesson(kind: HopKind) -> &'static str {
    match kind {
        HopKind::SignIn => {
            "Signing in says who you are. What you may do is asked at the doors behind it."
        }
        HopKind::AssumeRole => {
            "From here on the request carries the role’s temporary credentials; the user’s own permissions no longer count."
        }
        HopKind::AssumeSecondRole
        | HopKind::AssumeThirdRole
        | HopKind::AssumeFourthRole
        | HopKind::AssumeFifthRole => {
            "One role’s credentials are traded for the next one’s. They end after an hour at most, and what the role before might do no longer counts."
        }
        HopKind::FindDomain => "The caller may see the domain and its profiles in the console.",
        HopKind::OpenProfile => {
            "The caller may open this profile, and so may work with all that its execution role may do."
        }
        HopKind::Network => "This is networking, not IAM: no policy is asked here.",
        HopKind::AssumeExecutionRole => {
            "From here on the request carries the execution role. The profile only maps to it and is no IAM identity."
        }
        HopKind::StartApp => {
            "The execution role itself has to be allowed to make the space, the app and their tags."
        }
        HopKind::IdentityCenter => {
            "IAM Identity Center says who you are, and an assignment lets you in. No role of yours is asked."
        }
        HopKind::CreateJob
        | HopKind::CreatePipeline
        | HopKind::CreateModel
        | HopKind::CreateEndpointConfig
        | HopKind::CreateEndpoint
        | HopKind::StartPipeline => {
            "The call carries the credentials of whoever makes it: from a notebook the execution role’s, not the person’s."
        }
        HopKind::CreateNotebook => {
            "The caller may make the notebook instance. What it may do then is the business of its role."
        }
        HopKind::CreateDomain => {
            "The caller may make the domain. Whether its roles trust SageMaker is first asked when somebody opens Studio."
        }
        HopKind::CreateProfile => {
            "The caller may make the profile. Its role is first used when somebody opens it."
        }
        HopKind::DeleteProfile | HopKind::DeleteDomain => {
            "Nothing is left that hangs on it, and the caller may delete it."
        }
        HopKind::DeleteVpc => "No mount target keeps the subnets, and the caller may delete them.",
        HopKind::PassRole | HopKind::PassSpaceRole | HopKind::PassStepRole => {
            "The caller may hand this role to SageMaker."
        }
        HopKind::AssumeJobRole | HopKind::AssumePipelineRole | HopKind::AssumeModelRole => {
            "The role lets SageMaker take it on."
        }
        HopKind::ValidateModel => {
            "The model’s role may read the files and pull the image. From here on the role belongs to the model."
        }
        HopKind::InvokeEndpoint => {
            "The caller may ask this endpoint. Of the model’s role it needs nothing."
        }
        HopKind::OpenNotebook => {
            "Whoever may open the notebook instance works with its role from then on."
        }
        HopKind::ApiCall => "The caller may make this call.",
        HopKind::OutputKey => "The role may encrypt results with this key.",
        HopKind::VolumeKey => "Somebody may grant SageMaker the use of this key.",
        HopKind::Ec2 => "The role may put the work into the account’s own network.",
        HopKind::Ecr => "The role may pull the image.",
        HopKind::S3 => {
            "The role may list, read and write there, and the bucket policy does not object."
        }
        HopKind::Kms => {
            "The key policy and the caller’s policies together let the caller use the key."
        }
        HopKind::Logs => "The role may write its log.",
        HopKind::CloudWatch => "The role may send metrics.",
        HopKind::Follow => {
            "Whoever started it may look how far it has come. What runs does not wait for that."
        }
        HopKind::Simulate => {
            "The simulation says yes. The job itself is asked anew at each of its doors."
        }
    }
}

/// What kind of place it is, as people say it.
pub fn place_title(place: Place) -> &'static str {
    match place {
        Place::Person => "person",
        Place::User => "IAM user",
        Place::Role => "role",
        Place::Domain => "domain",
        Place::UserProfile => "user profile",
        Place::Network => "network",
        Place::ExecutionRole => "execution role",
        Place::App => "app",
        Place::Space => "space",
        Place::TrainingJob => "training job",
        Place::ProcessingJob => "processing job",
        Place::TuningJob => "tuning job",
        Place::TransformJob => "transform job",
        Place::Model => "model",
        Place::EndpointConfig => "endpoint configuration",
        Place::Endpoint => "endpoint",
        Place::Pipeline => "pipeline",
        Place::NotebookInstance => "notebook instance",
        Place::JobRole => "job role",
        Place::PipelineRole => "pipeline role",
        Place::SpaceRole => "role of shared spaces",
        Place::NetworkInterface => "network interface",
        Place::Caller => "caller",
        Place::Resource => "resource",
        Place::Bucket => "S3 bucket",
        Place::Repository => "ECR repository",
        Place::LogGroup => "log group",
        Place::Metrics => "metrics",
        Place::Key => "KMS key",
    }
}
