//! Reads what the AWS CLI prints about an account into a world.
//!
//! Knows nothing of files and commands: texts come in, a world comes out, with notes on what was not
//! read and why. Two steps: every document is recognised by its shape and becomes `Facts`, and then
//! the facts are merged in an order of their own, so that the order of the texts does not matter.
//! Invariants: nothing of the world before is taken out of it; of secrets neither the value is kept
//! nor shown; time is linear in the text, but for sorting.
//!
//! <https://docs.aws.amazon.com/cli/latest/reference/iam/get-account-authorization-details.html>

mod alias;
mod bucket;
mod command;
mod count;
mod described_key;
mod facts;
mod fields;
mod iam;
mod merge;
mod note;
mod organization;
mod organization_tree;
mod other_form;
mod recognise;
mod refusal;
mod resource;
mod sagemaker;
mod split;
mod unkept;
mod version;

pub use self::{
    command::{COMMANDS, Command},
    count::{Count, ImportedKind},
    merge::Imported,
    note::{EncryptionNote, ImportNote, ImportNoteKind, OfUser, Place, Purpose, VersionNote},
    other_form::OtherForm,
    refusal::Refusal,
};
use crate::{
    import::{
        facts::Facts,
        merge::Merge,
        note::{Mark, Notes},
        recognise::Reading,
    },
    names::{AccountId, Arn},
    world::{Account, ManagedPolicy, World},
};

/// How many bytes all texts of one import may have together. What is read takes several times as
/// much memory, and the page stands still meanwhile.
pub const MAX_BYTES: usize = 64_000_000;

/// Where a world lies of which nobody has said it.
pub const DEFAULT_REGION: &str = "us-east-1";

/// A text to import.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// The name of its file. Says what a text is about where the CLI's output does not, as in
    /// `bucket-my-data.json`.
    pub name: String,
    /// The output of one or several commands, one behind the other.
    pub text: String,
}

/// Reads the texts into a copy of a world: what it has already is brought up to date in place, the
/// rest is added. `known` gives the managed policies of AWS that are at hand.
pub fn import(
    world: &World,
    inputs: &[Input],
    known: &dyn Fn(&Arn) -> Option<ManagedPolicy>,
) -> Imported {
    Texts::read(inputs.to_vec()).into_world(world, known)
}

/// Reads the texts into a world of their own. Its home account is the one with a domain, else the one
/// with most roles.
pub fn import_alone(inputs: &[Input], known: &dyn Fn(&Arn) -> Option<ManagedPolicy>) -> Imported {
    Texts::read(inputs.to_vec()).alone(None, known)
}

/// Texts that were read, to be put into one world or another: reading is most of the work.
#[derive(Clone, Debug)]
pub struct Texts {
    inputs: Vec<Input>,
    facts: Facts,
    notes: Notes,
}

impl Texts {
    /// Reads the texts, in order of their names: the order in which somebody chose them says nothing.
    pub fn read(mut inputs: Vec<Input>) -> Self {
        inputs.sort();
        let mut facts = Facts::default();
        let mut notes = Notes::default();
        let mut n_bytes = 0;
        for (idx, input) in inputs.iter().enumerate() {
            n_bytes += input.text.len();
            if n_bytes > MAX_BYTES {
                notes.push(Mark::start_of(idx), ImportNoteKind::TooLarge);
                continue;
            }
            Reading::new(idx, &input.name, &mut facts, &mut notes).text(&input.text);
        }
        Self {
            inputs,
            facts,
            notes,
        }
    }

    /// What they come to in a copy of a world, see [`import`].
    pub fn into_world(
        &self,
        world: &World,
        known: &dyn Fn(&Arn) -> Option<ManagedPolicy>,
    ) -> Imported {
        self.merged(world.clone(), self.notes.clone(), known)
    }

    /// The region that they name; nothing where they name none, as IAM’s output does.
    pub fn region(&self) -> Option<String> {
        self.facts.region()
    }

    /// What they come to in a world of their own, see [`import_alone`]. `region` is where that world lies
    /// unless they name one.
    pub fn alone(
        &self,
        region: Option<&str>,
        known: &dyn Fn(&Arn) -> Option<ManagedPolicy>,
    ) -> Imported {
        let (facts, mut notes) = (&self.facts, self.notes.clone());
        let region = facts.region().or_else(|| region.map(str::to_owned));
        if region.is_none() {
            notes.push(None, ImportNoteKind::NoRegion);
        }
        let world = World {
            partition: facts.partition.clone().unwrap_or_else(|| "aws".to_owned()),
            region: region.unwrap_or_else(|| DEFAULT_REGION.to_owned()),
            organization: None,
            home: Account::new(facts.home().unwrap_or_else(no_account)),
            other_accounts: Vec::new(),
        };
        self.merged(world, notes, known)
    }

    fn merged(
        &self,
        world: World,
        notes: Notes,
        known: &dyn Fn(&Arn) -> Option<ManagedPolicy>,
    ) -> Imported {
        let mut merge = Merge::new(world, notes);
        merge.all(self.facts.clone(), known);
        merge.finish(&self.inputs)
    }
}

/// In place of an account that no text names.
fn no_account() -> AccountId {
    // INVARIANT: twelve digits are an account id, so the other way is never taken.
    AccountId::parse("000000000000").unwrap_or_else(no_account)
}
