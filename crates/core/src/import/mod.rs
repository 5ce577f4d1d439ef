//! Reads what the AWS CLI prints about an account into a world.
//!
//! Knows nothing of files and commands: texts come in, a world comes out, with notes on what was not
//! read and why. Two steps: every document is recognised by its shape and becomes `Facts`, and then
//! the facts are merged in an order of their own, so that the order of the texts does not matter.
//! Invariants: nothing of the world before is taken out of it; of secrets neither the value is kept
//! nor shown; time is linear in the text, but for sorting.
//!
//! <https://docs.aws.amazon.com/cli/latest/reference/iam/get-account-authorization-details.html>

mod facts;
mod fields;
mod iam;
mod merge;
mod note;
mod organization;
mod organization_tree;
mod recognise;
mod resource;
mod sagemaker;
mod split;

pub use self::{
    merge::{Count, Imported, ImportedKind},
    note::{ImportNote, ImportNoteKind, Place},
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
pub const MAX_BYTES: usize = 40_000_000;

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
    let (inputs, facts, notes) = read(inputs);
    merged(world.clone(), &inputs, facts, notes, known)
}

/// Reads the texts into a world of their own. Its home account is the one with a domain, else the one
/// with most roles.
pub fn import_alone(inputs: &[Input], known: &dyn Fn(&Arn) -> Option<ManagedPolicy>) -> Imported {
    let (inputs, facts, mut notes) = read(inputs);
    if facts.region().is_none() {
        notes.push(None, ImportNoteKind::NoRegion);
    }
    let world = World {
        partition: facts.partition.clone().unwrap_or_else(|| "aws".to_owned()),
        region: facts.region().unwrap_or_else(|| "us-east-1".to_owned()),
        organization: None,
        home: Account::new(facts.home().unwrap_or_else(no_account)),
        other_accounts: Vec::new(),
    };
    merged(world, &inputs, facts, notes, known)
}

/// In place of an account that no text names.
fn no_account() -> AccountId {
    // INVARIANT: twelve digits are an account id, so the other way is never taken.
    AccountId::parse("000000000000").unwrap_or_else(no_account)
}

/// In order of their names: the order in which somebody chose them says nothing.
fn read(inputs: &[Input]) -> (Vec<&Input>, Facts, Notes) {
    let mut sorted: Vec<&Input> = inputs.iter().collect();
    sorted.sort();
    let mut facts = Facts::default();
    let mut notes = Notes::default();
    let mut n_bytes = 0;
    for (idx, input) in sorted.iter().enumerate() {
        n_bytes += input.text.len();
        if n_bytes > MAX_BYTES {
            notes.push(Mark::start_of(idx), ImportNoteKind::TooLarge);
            continue;
        }
        Reading::new(idx, &input.name, &mut facts, &mut notes).text(&input.text);
    }
    (sorted, facts, notes)
}

fn merged(
    world: World,
    inputs: &[&Input],
    facts: Facts,
    notes: Notes,
    known: &dyn Fn(&Arn) -> Option<ManagedPolicy>,
) -> Imported {
    let mut merge = Merge::new(world, notes);
    merge.all(facts, known);
    merge.finish(inputs)
}
