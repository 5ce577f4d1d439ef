//! What the export dialog offers: a world in another form, and the file it would be.

use rolewalk_core::{export, world::World};

/// A form to export a world in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Form {
    /// Commands of the AWS CLI.
    #[default]
    Commands,
    /// A template of `CloudFormation`.
    CloudFormation,
}

impl Form {
    /// All, in the order of the switch.
    pub(crate) const ALL: [Self; 2] = [Self::Commands, Self::CloudFormation];

    /// As the switch calls it.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Commands => "AWS CLI",
            Self::CloudFormation => "CloudFormation",
        }
    }

    /// What to do with it, and what is not in it.
    pub(crate) const fn note(self) -> &'static str {
        match self {
            Self::Commands => {
                "Commands for a POSIX shell that build the home account. AWS gives domains and keys ids of their own; networks, access keys and the organization are not built."
            }
            Self::CloudFormation => {
                "A template for one stack that builds the home account; deploy it with `--capabilities CAPABILITY_NAMED_IAM`. Networks, access keys and the organization are not in it."
            }
        }
    }

    /// The name and the type of the file.
    pub(crate) const fn file(self) -> (&'static str, &'static str) {
        match self {
            Self::Commands => ("rolewalk.sh", "text/x-shellscript"),
            Self::CloudFormation => ("rolewalk.template.json", "application/json"),
        }
    }

    /// The text.
    pub(crate) fn text(self, world: &World) -> String {
        match self {
            Self::Commands => export::commands(world, &world.home),
            Self::CloudFormation => export::cloud_formation(world, &world.home),
        }
    }
}
