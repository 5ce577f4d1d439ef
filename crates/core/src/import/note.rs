//! What an import has to say: which text, line and column, and what is wrong or missing there.
//!
//! Data; the sentences are in `explain`. Invariant: no note holds more of a text than the names that
//! AWS gives to things, so that a secret cannot get into one.

use crate::{
    import::{Input, OtherForm, Refusal, count::ImportedKind},
    names::Arn,
};

/// How many notes are kept; who has more reads the first ones first.
const MAX_NOTES: usize = 200;

/// Something to know about an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportNote {
    /// Where; `None` where it is about the whole.
    pub place: Option<Place>,
    /// What.
    pub kind: ImportNoteKind,
}

/// A place in one of the texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The text's name.
    pub input: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// What somebody has a managed policy for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// It is attached: what it allows is allowed.
    Attached,
    /// It is the permissions boundary: what it does not allow is not allowed.
    Boundary,
}

/// What there is to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportNoteKind {
    /// With this text all together are more than [`MAX_BYTES`](crate::import::MAX_BYTES): it is not read.
    TooLarge,
    /// Nothing but white space.
    Empty,
    /// Text between documents, such as a shell's prompt or an error of the CLI; not read.
    NotJson,
    /// In place of an output, the error that says that AWS refused the command.
    Refused(Refusal),
    /// The text ends in the middle of a document; what stands before the end is read.
    CutOff {
        /// The list of the account that it ends in.
        within: Option<&'static str>,
        /// The lists of the account that do not stand in it.
        missing: Vec<&'static str>,
    },
    /// Nested too deep; the rest of the document is not read.
    TooDeep,
    /// A mistake in the JSON; what stands around it is read.
    Mistake,
    /// More documents than are read of one text.
    TooManyDocuments,
    /// Not the output of a command that is read. With the name of a field in it.
    UnknownShape {
        /// A field that it has.
        field: Option<String>,
    },
    /// Not what the CLI prints of an account, but another form that is known.
    OtherForm(OtherForm),
    /// The file is no text, such as an image.
    NotText,
    /// A policy by itself, which does not say whose it is.
    PolicyDocument,
    /// The CLI has more pages of this list.
    NotWhole {
        /// The field that says so, such as `NextToken`.
        field: &'static str,
    },
    /// A secret stands in the text. It is not kept.
    Secret {
        /// The field that holds it.
        field: &'static str,
    },
    /// A thing without the field that names it, or without its document; it is left out.
    Unnamed {
        /// What it is.
        kind: ImportedKind,
        /// The field.
        field: &'static str,
    },
    /// A value that AWS does not have, or that is none of the form; its default stands in.
    Value {
        /// What it is of.
        kind: ImportedKind,
        /// The field.
        field: &'static str,
    },
    /// The texts say two different things of one thing; the first counts.
    Twice {
        /// What it is.
        kind: ImportedKind,
        /// Its name.
        name: String,
    },
    /// Which bucket the policy belongs to is not said.
    WhichBucket,
    /// Which key the policy belongs to is not said.
    WhichKey,
    /// The same, and one key only is described that has none.
    OnlyKey {
        /// Its id.
        key: String,
    },
    /// Which root, unit or account the policies are attached to is not said.
    WhichTarget,
    /// Something about a version of a managed policy that came by itself.
    PolicyVersion(VersionNote),
    /// Something about how buckets are encrypted.
    Encryption(EncryptionNote),
    /// To which policy the targets belong is not said.
    WhichPolicy,
    /// Where these units or accounts are in the organization is not said; they are put below the root.
    WhichParent,
    /// Neither the texts nor the world has the domain, so what is in it is left out.
    NoDomain {
        /// Its id.
        domain: String,
    },
    /// Neither the texts nor the world has the role whose inline policy this is, so it is left out.
    NoRole {
        /// The role's name.
        role: String,
        /// The policy's.
        policy: String,
    },
    /// Neither the texts nor the world has the group whose inline policy this is, so it is left out.
    NoGroup {
        /// The group's name.
        group: String,
        /// The policy's.
        policy: String,
    },
    /// Neither the texts nor the world has the user that this belongs to, so it is left out.
    NoUser {
        /// The user's name.
        user: String,
        /// What.
        left_out: OfUser,
    },
    /// Neither the texts nor the world has the key, so its grants are left out.
    NoKey {
        /// Its id.
        key: String,
    },
    /// Neither the texts nor the world has the keys of these aliases, so they are left out.
    NoKeyOfAlias {
        /// The first of them.
        aliases: Vec<String>,
        /// How many there are.
        n: usize,
    },
    /// Neither the texts nor the world has these keys, with which the storage of domains is encrypted.
    NoDomainKey {
        /// The first of their ids.
        keys: Vec<String>,
        /// How many there are.
        n: usize,
    },
    /// Settings that the world has no place for.
    Unkept {
        /// What they are of.
        kind: ImportedKind,
        /// The first of the things that have them.
        names: Vec<String>,
        /// How many there are.
        n: usize,
        /// The settings, each with what it lies in.
        settings: Vec<String>,
    },
    /// Things that AWS does not have in service.
    NotInService {
        /// What they are.
        kind: ImportedKind,
        /// The first of their names.
        names: Vec<String>,
        /// How many there are.
        n: usize,
        /// Their state, in AWS's word.
        status: &'static str,
    },
    /// Only a list names these things, and it does not have their settings.
    OnlyListed {
        /// What they are.
        kind: ImportedKind,
        /// The first of their names.
        names: Vec<String>,
        /// How many there are.
        n: usize,
    },
    /// The thing lies in another region than the world, and is in the world's now.
    OtherRegion {
        /// Its region.
        region: String,
        /// The world's.
        world: String,
    },
    /// Neither the texts nor the world has these policies. Nobody knows what they say, so what hinges on them is not
    /// judged.
    NoPolicy {
        /// Whether AWS keeps them.
        is_aws_managed: bool,
        /// What they are there for.
        purpose: Purpose,
        /// The first of them.
        arns: Vec<Arn>,
        /// How many there are.
        n: usize,
    },
    /// Which account these things are in is not said; they are put into the home account.
    WhichAccount,
    /// No region is named anywhere.
    NoRegion,
    /// The organization's own settings are not there, nor an ARN that names it.
    NoOrganization,
    /// The world has another organization, which stays.
    OtherOrganization {
        /// The id of the one in the texts.
        id: String,
    },
    /// A kind of policy that says nothing about access.
    OtherPolicyType {
        /// AWS's word for it.
        policy_type: String,
    },
    /// The texts do not say who has a password for the console.
    ConsoleUnknown,
    /// More notes than are kept.
    More {
        /// How many.
        n: usize,
    },
}

/// What a user has that commands of their own print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfUser {
    /// An inline policy.
    InlinePolicy {
        /// Its name.
        policy: String,
    },
    /// Access keys, one or several.
    AccessKeys,
    /// A password for the console.
    Password,
}

/// What there is to know of a version of a managed policy that came without its policy's name and ARN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionNote {
    /// Of which policy it is is not said, and the world has several that it can be of, or none.
    WhichPolicy,
    /// The same, and there is one that it can be of.
    OnlyPolicy {
        /// The policy's name.
        policy: String,
    },
    /// Neither the texts nor the world has a policy of the name that the file says: it is made with this ARN.
    NewPolicy {
        /// The ARN: in the home account, without a path.
        arn: Arn,
    },
    /// Of a policy that neither other texts nor the world has, this version is there, and not the one in force; it is left
    /// out.
    NoDefault {
        /// The policy's name.
        policy: String,
        /// The version's id.
        version: String,
    },
}

/// What there is to know of how buckets are encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EncryptionNote {
    /// Of which bucket it is is not said, and there are several, or none.
    WhichBucket,
    /// The same, and there is one only.
    OnlyBucket {
        /// The bucket's name.
        bucket: String,
    },
    /// Of these new buckets nothing tells it, so S3's own key is taken.
    Untold {
        /// The first of their names.
        buckets: Vec<String>,
        /// How many there are.
        n: usize,
    },
    /// These are encrypted with the key that AWS keeps in the account for S3, which stands here as S3's own.
    KeyOfAws {
        /// The first of their names.
        buckets: Vec<String>,
        /// How many there are.
        n: usize,
    },
    /// Neither the texts nor the world has these keys.
    NoKey {
        /// The first of their ids.
        keys: Vec<String>,
        /// How many there are.
        n: usize,
    },
    /// The bucket's key goes by an alias that no key here has.
    NoAlias {
        /// The alias or its ARN.
        alias: String,
        /// The bucket's name.
        bucket: String,
    },
}

/// A place while it is still an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    /// Which input, in order of names.
    pub(super) input: usize,
    /// Which byte.
    pub(super) offset: u32,
}

impl Mark {
    pub(super) const fn start_of(input: usize) -> Self {
        Self { input, offset: 0 }
    }
}

/// Notes while they are collected.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    all: Vec<(Option<Mark>, ImportNoteKind)>,
    n_more: usize,
}

impl Notes {
    pub(super) fn push(&mut self, mark: impl Into<Option<Mark>>, kind: ImportNoteKind) {
        if self.all.len() < MAX_NOTES {
            self.all.push((mark.into(), kind));
        } else {
            self.n_more += 1;
        }
    }

    /// In order of their places, those about the whole last. One walk over each text.
    pub(super) fn finish(mut self, inputs: &[Input]) -> Vec<ImportNote> {
        self.all.sort_by_key(|(mark, _)| (mark.is_none(), *mark));
        let mut walk = Walk::default();
        let mut notes = Vec::new();
        for (mark, kind) in self.all {
            let place = mark.and_then(|it| walk.to(it, inputs));
            notes.push(ImportNote { place, kind });
        }
        if self.n_more > 0 {
            let kind = ImportNoteKind::More { n: self.n_more };
            notes.push(ImportNote { place: None, kind });
        }
        notes
    }
}

/// How far the lines of a text are counted.
#[derive(Default)]
struct Walk {
    input: usize,
    at: usize,
    n_lines: u32,
    n_characters: u32,
}

impl Walk {
    fn to(&mut self, mark: Mark, inputs: &[Input]) -> Option<Place> {
        let input = inputs.get(mark.input)?;
        if mark.input != self.input {
            *self = Self {
                input: mark.input,
                ..Self::default()
            };
        }
        let end = (mark.offset as usize).max(self.at);
        for character in input.text.get(self.at..end).unwrap_or("").chars() {
            if character == '\n' {
                self.n_lines += 1;
                self.n_characters = 0;
            } else {
                self.n_characters += 1;
            }
        }
        self.at = end;
        Some(Place {
            input: input.name.clone(),
            line: self.n_lines + 1,
            column: self.n_characters + 1,
        })
    }
}
