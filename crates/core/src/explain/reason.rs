//! Why a request was answered as it was, and what would change the answer.
//!
//! Reads traces and the texts they point into; decides nothing. What allows and what denies is here, in `missing` what
//! nobody allowed, in `fix` what would. Invariant: a reason names statements of the trace, and no other.

mod fix;
mod missing;
mod written;

use std::collections::BTreeSet;

use crate::{
    explain::{
        Spot,
        level::level_place,
        note::{choice_sentence, note_sentence},
        statement::{element_sentence, statement_title},
        whereabouts::{Whereabouts, to_say},
    },
    names::DocumentName,
    policy::Effect,
    request::{Request, Resource},
    trace::{
        Choice, Decision, ElementTrace, GrantTrace, Layer, LayerOutcome, LayerTrace, Note,
        StatementRef, StatementTrace, Trace,
    },
    world::{Documents, Thing, World},
};

/// A reason, a fix where one is needed, and where to look.
pub(crate) struct Reason {
    pub(crate) why: String,
    pub(crate) fix: Option<String>,
    pub(crate) spots: Vec<(String, Spot)>,
    /// What the fix begins with: that the scenario says this.
    pub(crate) to_say: Option<Whereabouts>,
}

/// One answered request, and what its trace points into.
pub(crate) struct Answer<'a> {
    pub(crate) world: &'a World,
    pub(crate) documents: &'a Documents,
    pub(crate) request: &'a Request,
    pub(crate) trace: &'a Trace,
}

/// Where no policy would change it.
const NOTHING: &str = "Nothing: this is not the account’s to allow.";

impl Answer<'_> {
    /// Why it is so.
    pub(crate) fn reason(&self) -> Reason {
        let mut reason = match &self.trace.decision {
            Decision::Allowed { by } => self.allowed(by),
            Decision::ExplicitDeny { by, missing } => self.denied(by, missing),
            Decision::ImplicitDeny { missing } => self.missing(missing),
        };
        for choice in self.deciding_choices() {
            reason.why = format!("{} {}", reason.why, choice_sentence(choice));
        }
        reason
    }

    /// Where AWS's pages leave a choice, and the other reading would have given another answer: a `Deny` that
    /// does not apply because of it, or all that apply, or an `Allow` that would have been wanted.
    fn deciding_choices(&self) -> BTreeSet<Choice> {
        let of = |it: &StatementTrace| it.choices.clone();
        let of_effect = |effect| self.statements().filter(move |it| it.effect == effect);
        let denying = || of_effect(Effect::Deny).filter(|it| it.applies());
        match &self.trace.decision {
            Decision::Allowed { .. } => of_effect(Effect::Deny)
                .filter(|it| !it.applies())
                .flat_map(of)
                .collect(),
            Decision::ExplicitDeny { .. } if denying().all(|it| !it.choices.is_empty()) => {
                denying().flat_map(of).collect()
            }
            Decision::ExplicitDeny { .. } => BTreeSet::new(),
            Decision::ImplicitDeny { missing } => {
                let layers = self.trace.layers.iter();
                let layers = layers.filter(|it| missing.contains(&it.layer));
                let statements = layers.flat_map(|it| &it.statements);
                statements
                    .filter(|it| it.effect == Effect::Allow && !it.applies())
                    .flat_map(of)
                    .collect()
            }
        }
    }

    fn allowed(&self, by: &[StatementRef]) -> Reason {
        let mut spots = self.spots_of(by.iter().map(|it| (&it.document, it.span)));
        let mut why = self.grant(by);
        if let Some(it) = self.grants().iter().find(|it| it.allows()) {
            let granted = format!(
                "Allowed by the grant `{}` on the key, to `{}`.",
                it.title(),
                it.grantee
            );
            why = if self.is_by_policies(by) {
                format!("{why} {granted}")
            } else {
                granted
            };
            spots.extend(self.key_spot());
        }
        // What an organization's policies allow is no grant, and a root user has no policies of its own.
        if self.trace.notes.contains(&Note::RootUser) {
            why = format!("{} {why}", note_sentence(Note::RootUser));
        }
        Reason {
            why,
            fix: None,
            spots,
            to_say: None,
        }
    }

    /// The grants on the key that the request is about.
    fn grants(&self) -> &[GrantTrace] {
        let layer = self.trace.layer(Layer::Grant);
        layer.map_or(&[], |it| &it.grants)
    }

    /// Whether the key's policy has a part in it: limits by themselves allow nothing.
    fn is_by_policies(&self, by: &[StatementRef]) -> bool {
        let of_key = self.trace.layer(Layer::Resource);
        let mut statements = of_key.into_iter().flat_map(|it| &it.statements);
        statements.any(|it| by.contains(&it.at))
    }

    /// Where the grants are kept.
    fn key_spot(&self) -> Option<(String, Spot)> {
        let Resource::Arn(arn) = &self.request.resource else {
            return None;
        };
        let id = arn.last_segment().to_owned();
        let entity = self.world.entity(&arn.account()?, Thing::Key { id });
        let name = self.world.key_of(&entity)?.name();
        Some((format!("Open `{name}`"), Spot::Entity(entity)))
    }

    fn grant(&self, by: &[StatementRef]) -> String {
        let mut names: Vec<String> = by
            .iter()
            .map(|it| {
                let statement = self.statement_at(&it.document, it.index);
                let title = statement.map_or_else(
                    || format!("statement {}", it.index + 1),
                    |it| lower_first(&statement_title(it)),
                );
                format!("{title} in the {}", self.title(&it.document))
            })
            .collect();
        names.dedup();
        match names.len() {
            0 => "Nothing stands in the way.".to_owned(),
            1 | 2 => format!("Allowed by {}.", names.join(" and by ")),
            n => {
                names.truncate(2);
                format!(
                    "Allowed by {} and {} more statements.",
                    names.join(", by "),
                    n - 2
                )
            }
        }
    }

    fn denied(&self, by: &[StatementRef], missing: &[Layer]) -> Reason {
        let n_denies = by.len();
        let denies = by
            .iter()
            .filter_map(|it| self.statement_at(&it.document, it.index));
        let Some(first) = denies.clone().next() else {
            return Reason {
                why: "A statement denies it.".to_owned(),
                fix: None,
                spots: Vec::new(),
                to_say: None,
            };
        };
        let (title, document) = (statement_title(first), self.title(&first.at.document));
        let others = match n_denies {
            0 | 1 => String::new(),
            2 => " One more statement denies it too.".to_owned(),
            n => format!(" {} more statements deny it too.", n - 1),
        };
        let conditions = first.tests.iter().filter(|it| is_condition(it));
        let met: Vec<String> = conditions
            .map(|it| element_sentence(it, self.request))
            .collect();
        let where_met = match met.as_slice() {
            [] => String::new(),
            _ => format!(", and its condition is met: {}", met.join("; and ")),
        };
        // What a statement names stands in it; what it leaves in by not naming it does not.
        let left_in = first.tests.iter().filter(|it| it.is_negated());
        let left_in = left_in.fold(String::new(), |all, it| {
            all + "; " + &element_sentence(it, self.request)
        });
        let why = format!(
            "{title} in the {document} says `Deny`{left_in}{where_met}. A `Deny` outweighs every `Allow`.{others}"
        );
        let layers = self.trace.layers.iter();
        let of_first = layers
            .filter(|it| it.outcome == LayerOutcome::Denies)
            .find(|it| it.statements.contains(first));
        let why = self.with_level(why, of_first);
        let mut conditions = first.tests.iter().filter(|it| is_condition(it));
        let to_say = conditions.find_map(|it| to_say(it, self.request));
        let fix = if met.is_empty() {
            format!(
                "Narrow {} in the {document} so that it leaves this request out, or remove it.",
                lower_first(&title)
            )
        } else {
            let meet_not = to_say.map_or_else(
                || "Make the request so that it does not meet the condition".to_owned(),
                |it| it.say_it(self.request),
            );
            format!(
                "{meet_not}, or narrow {} in the {document} so that it leaves this request out, or remove it.",
                lower_first(&title)
            )
        };
        let the_others = match n_denies {
            0 | 1 => "",
            2 => " Do the same with the other one.",
            _ => " Do the same with the others.",
        };
        let allow = match self.in_words(missing, None) {
            it if it.is_empty() => it,
            it => format!(" Then let {it} allow it."),
        };
        let settings = if missing.contains(&Layer::BlockPublicAccess) {
            " Change the settings of Block Public Access, too."
        } else {
            ""
        };
        let (why, fix) = if missing.contains(&Layer::AwsManaged) {
            (format!("{why} {}", self.refusal()), NOTHING.to_owned())
        } else {
            (why, format!("{fix}{the_others}{allow}{settings}"))
        };
        Reason {
            why,
            fix: Some(fix),
            spots: self.spots_of(denies.map(|it| (&it.at.document, it.at.span))),
            to_say,
        }
    }

    /// With where in the organization the policy is attached that a sentence names: the same one may be in several places.
    fn with_level(&self, why: String, layer: Option<&LayerTrace>) -> String {
        match layer.and_then(|it| level_place(it, self.request, self.world)) {
            Some(place) => format!("{why} The policy is attached to {place}."),
            None => why,
        }
    }

    fn statements(&self) -> impl Iterator<Item = &StatementTrace> + Clone {
        self.trace.layers.iter().flat_map(|it| &it.statements)
    }

    fn statement_at(&self, document: &DocumentName, index: usize) -> Option<&StatementTrace> {
        self.statements()
            .find(|it| it.at.document == *document && it.at.index == index)
    }
}

const fn is_condition(element: &ElementTrace) -> bool {
    matches!(element, ElementTrace::Condition { .. })
}

fn lower_first(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    text
}
