//! Hops, checks, gates and identities in words.

use crate::{
    flow::{Check, Credentials, Gate, Hop, HopKind, Identity, Place, Subject, Why},
    request::Resource,
    world::AuthMode,
};

/// What happens at a hop.
pub fn hop_title(hop: &Hop) -> String {
    let (from, to) = (&hop.from.name, &hop.to.name);
    match hop.kind {
        HopKind::SignIn => format!("{from} signs in as IAM user `{to}`"),
        HopKind::AssumeRole => format!("`{from}` assumes the role `{to}`"),
        HopKind::FindDomain => format!("`{from}` looks up the domain `{to}`"),
        HopKind::OpenProfile => format!("Studio opens for user profile `{to}`"),
        HopKind::Network => format!("Studio’s traffic goes through `{to}`"),
        HopKind::AssumeExecutionRole if to.is_empty() => {
            "SageMaker assumes the execution role".to_owned()
        }
        HopKind::AssumeExecutionRole => format!("SageMaker assumes the execution role `{to}`"),
        HopKind::StartApp => format!("The execution role starts the app `{to}`"),
        HopKind::CreateTrainingJob => format!("The execution role creates the training job `{to}`"),
        HopKind::PassRole if to.is_empty() => {
            "The execution role hands a role to the job".to_owned()
        }
        HopKind::PassRole if from == to => format!("`{from}` hands itself to the job"),
        HopKind::PassRole => format!("`{from}` hands the role `{to}` to the job"),
        HopKind::AssumeJobRole if to.is_empty() => "SageMaker assumes the job’s role".to_owned(),
        HopKind::AssumeJobRole => format!("SageMaker assumes `{to}` for the job"),
        HopKind::Ecr => format!("The image is pulled from ECR repository `{to}`"),
        HopKind::S3 => format!("Data is read from and written to S3 bucket `{to}`"),
        HopKind::Kms => format!("The data’s KMS key `{to}` is used"),
        HopKind::Logs => format!("Log lines go to CloudWatch Logs `{to}`"),
        HopKind::CloudWatch => "Metrics go to CloudWatch".to_owned(),
    }
}

/// A few words for a hop's door, for labels and short messages.
pub fn hop_short_title(kind: HopKind) -> &'static str {
    match kind {
        HopKind::SignIn => "Sign in",
        HopKind::AssumeRole => "Assume role",
        HopKind::FindDomain => "Find domain",
        HopKind::OpenProfile => "Open profile",
        HopKind::Network => "Network",
        HopKind::AssumeExecutionRole => "Assume execution role",
        HopKind::StartApp => "Start app",
        HopKind::CreateTrainingJob => "Create job",
        HopKind::PassRole => "Pass role",
        HopKind::AssumeJobRole => "Assume job role",
        HopKind::Ecr => "ECR",
        HopKind::S3 => "S3",
        HopKind::Kms => "KMS",
        HopKind::Logs => "Logs",
        HopKind::CloudWatch => "CloudWatch",
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
        HopKind::CreateTrainingJob => {
            "The call carries the execution role’s credentials, not the person’s."
        }
        HopKind::PassRole => "The caller may hand this role to SageMaker.",
        HopKind::AssumeJobRole => "The role lets SageMaker take it on for the job.",
        HopKind::Ecr => "The role may pull the image.",
        HopKind::S3 => {
            "The role may list, read and write there, and the bucket policy does not object."
        }
        HopKind::Kms => "The key policy and the role’s policies together let the role use the key.",
        HopKind::Logs => "The role may write its log.",
        HopKind::CloudWatch => "The role may send metrics.",
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
        Place::TrainingJob => "training job",
        Place::JobRole => "job role",
        Place::Bucket => "S3 bucket",
        Place::Repository => "ECR repository",
        Place::LogGroup => "log group",
        Place::Metrics => "metrics",
        Place::Key => "KMS key",
    }
}

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
pub fn check_why(check: &Check) -> &'static str {
    match check.why {
        Why::ProveIdentity => "Signing in is authentication: who you are. No policy is asked yet.",
        Why::Named => "The scenario names it, so it has to be there.",
        Why::AssumeRole => {
            "The user trades its own long-term credentials for the role’s temporary ones."
        }
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
            "Apps run as the profile’s own execution role, or else as the domain’s default."
        }
        Why::ServiceAssumesRole => {
            "The service takes on the role. Only the role’s trust policy has a say."
        }
        Why::CreateSpace => "Studio makes a private space for the app, as the execution role.",
        Why::TagSpace | Why::TagApp | Why::TagJob => {
            "Studio tags what it makes with the domain and the profile, and tagging needs a permission of its own."
        }
        Why::CreateApp => "Studio starts the app, as the execution role.",
        Why::DomainKey => {
            "The domain has a key of its own, and the app’s volume is encrypted with it."
        }
        Why::CreateJob => {
            "The notebook asks for the job with the execution role’s credentials, not with the person’s."
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
        Why::MakeLogGroup => "The log group is not there yet, so it has to be made.",
        Why::MakeLogStream => {
            "A log stream is made. Without it the work goes on, but its log is lost."
        }
        Why::WriteLog => "Lines are written. Without it the work goes on, but its log is lost.",
        Why::SendMetrics => {
            "Metrics are sent. Without it the work goes on, but its metrics are lost."
        }
    }
}

/// What a gate says.
pub fn gate_sentence(gate: &Gate) -> String {
    match gate {
        Gate::Authentication { mfa: true } => "Signed in with a password and a second factor".to_owned(),
        Gate::Authentication { mfa: false } => "Signed in with a password, without a second factor".to_owned(),
        Gate::Exists { place, name, found } => {
            let verb = if *found { "There is" } else { "There is no" };
            let article = match (found, place) {
                (false, _) => "",
                (true, Place::User | Place::Bucket | Place::Repository | Place::ExecutionRole | Place::App) => "an ",
                (true, _) => "a ",
            };
            format!("{verb} {article}{} `{name}`", place_title(*place))
        }
        Gate::InService { place, status } => format!("The {} is `{}`", place_title(*place), status.as_str()),
        Gate::AuthModeIam { mode: AuthMode::Iam } => "The domain authenticates with `IAM`".to_owned(),
        Gate::AuthModeIam { mode: AuthMode::Sso } => {
            "The domain authenticates with IAM Identity Center (`SSO`), where no presigned URL can be had".to_owned()
        }
        Gate::ExecutionRoleNamed { arn: None, .. } => {
            "Neither the profile nor the domain names an execution role".to_owned()
        }
        Gate::ExecutionRoleNamed {
            arn: Some(arn),
            from_domain,
        } => {
            let source = if *from_domain { "the domain’s default" } else { "the profile’s own" };
            format!("The execution role is {source}: `{arn}`")
        }
        Gate::PublicInternet => "`PublicInternetOnly`: SageMaker’s own network carries the traffic".to_owned(),
        Gate::HasSubnets { n_subnets } => format!("`VpcOnly`: the domain has {}", counted(*n_subnets, "subnet")),
        Gate::HasSecurityGroups { n_groups } => format!(
            "`VpcOnly`: profile and domain together have {}",
            counted(*n_groups, "security group")
        ),
        Gate::RoutesAndEndpoints => {
            "Whether routes, endpoints and security group rules carry the traffic is not judged here".to_owned()
        }
        Gate::HomeFileSystem { id } if id.is_empty() => "The domain has no file system".to_owned(),
        Gate::HomeFileSystem { id } => format!("Home directories lie on `{id}`"),
    }
}

fn counted(n: usize, what: &str) -> String {
    match n {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        n => format!("{n} {what}s"),
    }
}

/// Who one is behind a hop.
pub fn identity_sentence(identity: &Identity) -> String {
    let Some(arn) = &identity.arn else {
        return "no AWS identity yet".to_owned();
    };
    match identity.credentials {
        Credentials::None => format!("`{arn}`"),
        Credentials::LongTerm => format!("`{arn}`, with long-term credentials"),
        Credentials::Temporary => format!("`{arn}`, with temporary credentials"),
    }
}
