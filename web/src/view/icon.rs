//! The icons, all in one place: strokes on a 16 × 16 grid.

use rolewalk_core::flow::Place;

use crate::view::door::DoorState;

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Icon {
    Account,
    App,
    Badge,
    Bin,
    Bucket,
    Check,
    Chevron,
    Copy,
    Cross,
    Dash,
    Document,
    Domain,
    Export,
    Endpoint,
    Files,
    Folder,
    Group,
    Import,
    Job,
    Key,
    Laptop,
    Lesson,
    Lock,
    Logs,
    Metrics,
    Model,
    Moon,
    More,
    Network,
    Pen,
    Person,
    Pipeline,
    Plus,
    Point,
    Policy,
    Profile,
    Question,
    Redo,
    Repository,
    Restart,
    Role,
    Share,
    Sun,
    Trust,
    Undo,
    User,
    Warning,
}

impl Icon {
    /// The path to stroke.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Account => "M2.5 6.5 8 3l5.500 3.500M4 7v5M8 7v5M12 7v5M2.500 13.500h11",
            Self::App => {
                "M2.500 3.500h11v9h-11zM2.500 6h11M5 9l1.500 1.200L5 11.200M8 11.200h2.500"
            }
            Self::Badge => {
                "M4 4.500h8a1 1 0 0 1 1 1V13a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V5.500a1 1 0 0 1 1-1zM6.500 4.500V2h3v2.500M8 7.300a1.300 1.300 0 1 0 0 2.600 1.300 1.300 0 0 0 0-2.600M5.500 12c.6-1 1.500-1.400 2.500-1.400s1.900.4 2.500 1.400"
            }
            Self::Bucket => {
                "M2.500 4.500c0-1 2.500-1.700 5.500-1.700s5.500.7 5.500 1.700-2.500 1.700-5.500 1.700-5.500-.7-5.500-1.700zM2.500 4.500l1.300 7.700c.1.700 2 1.200 4.200 1.200s4.100-.5 4.200-1.200l1.300-7.700"
            }
            Self::Bin => {
                "M3 4.500h10M6.500 4.500v-2h3v2M4.500 4.500l.6 9h5.800l.6-9M6.800 7v4M9.200 7v4"
            }
            Self::Copy => "M5.500 5.500v-3h8v8h-3M2.500 5.500h8v8h-8z",
            Self::More => "M3.500 8h.1M8 8h.1M12.500 8h.1",
            Self::Plus => "M8 3.500v9M3.500 8h9",
            Self::Check => "M3.500 8.500l3 3 6-7",
            Self::Chevron => "M6 4l4 4-4 4",
            Self::Cross => "M4 4l8 8M12 4l-8 8",
            Self::Dash => "M4 8h8",
            Self::Document => "M4 2h5.500L12 4.500V14H4zM9.500 2v2.500H12M6 7.500h4M6 10h4",
            Self::Domain => "M2.500 13.500V6L8 2.500 13.500 6v7.500zM6.500 13.500V9.500h3v4",
            Self::Files => {
                "M3 4c0-.8 2.200-1.500 5-1.500S13 3.200 13 4s-2.200 1.500-5 1.500S3 4.800 3 4zM3 4v8c0 .8 2.200 1.500 5 1.500s5-.7 5-1.500V4M3 8c0 .8 2.200 1.500 5 1.500S13 8.800 13 8"
            }
            Self::Folder => "M2 4.500V12.500h12V5.500H8L6.500 3.500H2z",
            Self::Group => {
                "M6 3.500a2 2 0 1 0 0 4 2 2 0 0 0 0-4M2 13c.3-2.500 1.800-3.800 4-3.800S9.700 10.500 10 13M10.500 4a1.800 1.800 0 0 1 0 3.400M11.500 9.600c1.500.4 2.300 1.600 2.500 3.400"
            }
            Self::Import => "M8 2.500v7M5 6.700l3 3 3-3M2.500 10.500v3h11v-3",
            Self::Job => {
                "M8 5.700a2.300 2.300 0 1 0 0 4.600 2.300 2.300 0 0 0 0-4.600M8 1.800v2M8 12.200v2M1.800 8h2M12.200 8h2M3.600 3.600 5 5M11 11l1.400 1.400M12.400 3.600 11 5M5 11l-1.400 1.400"
            }
            Self::Key => {
                "M5 7.500a3 3 0 1 0 0 .1M7.800 8.500H14v2.300M11.500 8.500v1.800M5 8.500h.1"
            }
            Self::Laptop => "M3.500 3.500h9v6.500h-9zM1.800 12.500h12.400",
            Self::Logs => "M3 3.500h10M3 6.500h7M3 9.500h10M3 12.500h5",
            Self::Metrics => "M2.500 13.500h11M4 11V8M7 11V4M10 11V6.500M13 11V9",
            Self::Model => "M8 2 13.500 5 8 8 2.500 5zM2.500 8 8 11l5.500-3M2.500 11 8 14l5.500-3",
            Self::Export => "M8 10V2.500M5 5.500l3-3 3 3M3 9.500v4h10v-4",
            Self::Endpoint => {
                "M2.500 8h5M7.500 4.500v7M7.500 8h3M13.500 8a1.500 1.500 0 1 1-3 0 1.500 1.500 0 0 1 3 0"
            }
            Self::Pipeline => {
                "M2 4.500h3.500v3H2zM10.500 4.500H14v3h-3.500zM6.300 10h3.500v3H6.300zM5.500 6h5M8 6v4"
            }
            Self::Moon => "M13 9.500A5.500 5.500 0 0 1 6.500 3 5.500 5.500 0 1 0 13 9.500z",
            Self::Network => {
                "M8 2.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11M2.500 8h11M8 2.500c3 3 3 8 0 11M8 2.500c-3 3-3 8 0 11"
            }
            Self::Lesson => {
                "M2.500 4.500 8 2.500l5.500 2-5.500 2zM4.500 5.500V10c2 1.500 5 1.500 7 0V5.500M13.500 4.500V9"
            }
            Self::Lock => "M4 7.500h8v6H4zM5.500 7.500V5.200a2.500 2.500 0 0 1 5 0v2.300",
            Self::Pen => "m3 13 .7-3L10.500 3.200l2.300 2.300L6 12.300zM9 4.700 11.300 7",
            Self::Person => {
                "M8 2.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5M3 13.500c.4-3 2.200-4.300 5-4.300s4.600 1.300 5 4.300"
            }
            Self::Point => "M3 8h9M8.500 4.500 12 8l-3.500 3.500",
            Self::Policy => {
                "M8 2 13 4v4c0 3-2 5-5 6-3-1-5-3-5-6V4zM5.800 8l1.600 1.600L10.400 6.500"
            }
            Self::Profile => {
                "M2.500 3.500h11v9h-11zM6 6.200a1.300 1.300 0 1 0 0 2.600 1.300 1.300 0 0 0 0-2.600M4 11c.3-1 1-1.400 2-1.400s1.700.4 2 1.400M10 6.500h2M10 9h2"
            }
            Self::Question => {
                "M5.800 6a2.200 2.200 0 1 1 3.300 1.900C8.300 8.400 8 8.800 8 9.700M8 12.200v.1"
            }
            Self::Redo => "M10 3.500 13 6.500l-3 3M13 6.500H6.500a3.500 3.500 0 0 0 0 7H9",
            Self::Repository => {
                "M8 2l5.500 2.800v6.400L8 14l-5.500-2.800V4.800zM2.500 4.800 8 7.600l5.500-2.800M8 7.600V14"
            }
            Self::Restart => "M3 8a5 5 0 1 0 1.700-3.700M4.700 1.800v2.700h2.700",
            Self::Role => {
                "M5.200 5.500a2.800 2.800 0 1 0 5.600 0 2.800 2.800 0 0 0-5.600 0M2.500 14c.4-3 2.500-4.200 5.500-4.200s5.100 1.200 5.500 4.200zM3.500 5h9"
            }
            Self::Share => {
                "M12 2.300a1.700 1.700 0 1 0 0 3.400 1.700 1.700 0 0 0 0-3.400M4 6.300a1.700 1.700 0 1 0 0 3.400 1.700 1.700 0 0 0 0-3.400M12 10.300a1.700 1.700 0 1 0 0 3.400 1.700 1.700 0 0 0 0-3.400M5.500 7.200l5-2.400M5.500 8.800l5 2.400"
            }
            Self::Sun => {
                "M8 5.200a2.800 2.800 0 1 0 0 5.600 2.800 2.800 0 0 0 0-5.600M8 1.500v1.300M8 13.200v1.300M1.500 8h1.300M13.200 8h1.300M3.400 3.400l.9.9M11.700 11.700l.9.9M12.600 3.400l-.9.9M4.300 11.700l-.9.9"
            }
            Self::Trust => {
                "M2.500 8.500 5 6l3 1.500L11 6l2.500 2.500L9.500 12.500 8 13.500l-1.500-1zM5 6V4h6v2"
            }
            Self::Undo => "M6 3.500 3 6.500l3 3M3 6.500h6.500a3.500 3.500 0 0 1 0 7H7",
            Self::User => {
                "M8 2.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5M3 13.500v-1a3 3 0 0 1 3-3h4a3 3 0 0 1 3 3v1z"
            }
            Self::Warning => "M8 2.500 14 13H2zM8 6.500v3M8 11.300v.1",
        }
    }

    /// The icon of a place.
    pub(crate) const fn of_place(place: Place) -> Self {
        match place {
            Place::Person => Self::Person,
            Place::User => Self::User,
            Place::Role | Place::Caller => Self::Role,
            Place::Domain => Self::Domain,
            Place::UserProfile => Self::Profile,
            Place::Network | Place::NetworkInterface => Self::Network,
            Place::ExecutionRole | Place::JobRole | Place::PipelineRole | Place::SpaceRole => {
                Self::Badge
            }
            Place::App => Self::App,
            Place::Space => Self::Folder,
            Place::TrainingJob | Place::ProcessingJob | Place::TuningJob | Place::TransformJob => {
                Self::Job
            }
            Place::Model => Self::Model,
            Place::EndpointConfig => Self::Document,
            Place::Endpoint => Self::Endpoint,
            Place::Pipeline => Self::Pipeline,
            Place::NotebookInstance => Self::Laptop,
            Place::Resource => Self::Files,
            Place::Bucket => Self::Bucket,
            Place::Repository => Self::Repository,
            Place::LogGroup => Self::Logs,
            Place::Metrics => Self::Metrics,
            Place::Key => Self::Key,
        }
    }

    /// The shape that goes with a door's colour.
    pub(crate) const fn of_state(state: DoorState) -> Self {
        match state {
            DoorState::Open => Self::Check,
            DoorState::Shut => Self::Cross,
            DoorState::Loses => Self::Warning,
            DoorState::NotJudged => Self::Question,
            DoorState::NotReached => Self::Dash,
        }
    }
}
