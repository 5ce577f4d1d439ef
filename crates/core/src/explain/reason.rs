//! Why a request was answered as it was, and what would change the answer.
//!
//! Reads traces and the texts they point into; decides nothing. Invariant: where a statement came
//! near to allowing, the reason is about the nearest one.

use std::collections::BTreeSet;

use crate::{
    explain::{
        Spot,
        condition::joined,
        document::document_title,
        error_message::{first_named, is_trust, policy_type},
        note::{choice_sentence, note_sentence},
        statement::{element_sentence, layer_title, layer_trace_title, statement_title},
        whereabouts::say_it,
    },
    names::DocumentName,
    policy::Effect,
    request::{Principal, Request, Resource},
    syntax::Span,
    trace::{
        Choice, Decision, ElementOutcome, ElementTrace, GrantTrace, Layer, LayerOutcome,
        LayerTrace, StatementRef, StatementTrace, Trace,
    },
    world::{DocumentId, Documents, Thing, World, policy_of_resource},
};

/// A reason, a fix where one is needed, and where to look.
pub(crate) struct Reason {
    pub(crate) why: String,
    pub(crate) fix: Option<String>,
    pub(crate) spots: Vec<(String, Spot)>,
}

/// One answered request, and what its trace points into.
pub(crate) struct Answer<'a> {
    pub(crate) world: &'a World,
    pub(crate) documents: &'a Documents,
    pub(crate) request: &'a Request,
    pub(crate) trace: &'a Trace,
}

impl Answer<'_> {
    /// Why it is so.
    pub(crate) fn reason(&self) -> Reason {
        let mut reason = match &self.trace.decision {
            Decision::Allowed { by } => self.allowed(by),
            Decision::ExplicitDeny { by, .. } => self.denied(by.len()),
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
        Reason {
            why,
            fix: None,
            spots,
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

    fn denied(&self, n_denies: usize) -> Reason {
        let denies = self
            .statements()
            .filter(|it| it.applies() && it.effect == Effect::Deny);
        let Some(first) = denies.clone().next() else {
            return Reason {
                why: "A statement denies it.".to_owned(),
                fix: None,
                spots: Vec::new(),
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
        let why = format!(
            "{title} in the {document} says `Deny`{where_met}. A `Deny` outweighs every `Allow`.{others}"
        );
        let fix = if met.is_empty() {
            format!(
                "Narrow {} in the {document} so that it leaves this request out, or remove it.",
                lower_first(&title)
            )
        } else {
            let mut unsaid = first.tests.iter().filter(|it| is_condition(it));
            let meet_not = unsaid.find_map(|it| say_it(Some(it), self.request));
            let meet_not =
                meet_not.unwrap_or("Make the request so that it does not meet the condition");
            format!(
                "{meet_not}, or narrow {} in the {document} so that it leaves this request out, or remove it.",
                lower_first(&title)
            )
        };
        Reason {
            why,
            fix: Some(fix),
            spots: self.spots_of(denies.map(|it| (&it.at.document, it.at.span))),
        }
    }

    fn missing(&self, missing: &[Layer]) -> Reason {
        // Where both sides could have allowed, the caller's side is where people look first.
        let layer = first_named(missing).unwrap_or(Layer::Identity);
        let nearest = self.nearest(layer);
        let mut why = nearest.map_or_else(|| self.silence(layer), |it| self.near_miss(it));
        let near_grant = crate::explain::grant::nearest(self.grants());
        if let Some(grant) = near_grant {
            let sentence = crate::explain::grant::near_sentence(grant, self.request);
            why = format!("{why} {sentence}");
        }
        let fix = self.fix(layer, nearest);
        let mut spots: Vec<(String, Spot)> = Vec::new();
        if let Some(statement) = nearest {
            let missed = statement
                .tests
                .iter()
                .find(|it| it.outcome() != ElementOutcome::Matched);
            let span = missed.map_or(statement.at.span, ElementTrace::evidence);
            spots = self.spots_of(std::iter::once((&statement.at.document, span)));
        } else {
            spots.extend(self.home(layer));
        }
        spots.extend(near_grant.and_then(|_| self.key_spot()));
        Reason {
            why,
            fix: Some(fix),
            spots,
        }
    }

    /// The statement that came nearest to allowing: it is about the action and misses least.
    fn nearest(&self, layer: Layer) -> Option<&StatementTrace> {
        let covers_action = |it: &&StatementTrace| {
            let action = it
                .tests
                .iter()
                .find(|it| matches!(it, ElementTrace::Action { .. }));
            // Leaving the action out by name is a word about it, too.
            action.is_some_and(|it| {
                let is_left_out = matches!(it, ElementTrace::Action { negated: true, .. });
                it.outcome() == ElementOutcome::Matched || is_left_out
            })
        };
        let n_missed = |it: &&StatementTrace| {
            let misses = it
                .tests
                .iter()
                .filter(|it| it.outcome() != ElementOutcome::Matched);
            // With as many misses, a resource that does not fit tells most.
            let is_other = |it: &&ElementTrace| !matches!(it, ElementTrace::Resource { .. });
            (misses.clone().count(), misses.filter(is_other).count())
        };
        self.lacking(layer)?
            .statements
            .iter()
            .filter(|it| it.effect == Effect::Allow && !it.applies())
            .filter(covers_action)
            .min_by_key(n_missed)
    }

    /// The layer that does not allow; of one in levels, the level.
    fn lacking(&self, layer: Layer) -> Option<&LayerTrace> {
        let mut found = self.trace.layers.iter().filter(|it| it.layer == layer);
        let first = found.clone().next();
        found
            .find(|it| it.outcome == LayerOutcome::Silent)
            .or(first)
    }

    fn near_miss(&self, statement: &StatementTrace) -> String {
        let title = statement_title(statement);
        let document = self.title(&statement.at.document);
        let missed: Vec<&ElementTrace> = statement
            .tests
            .iter()
            .filter(|it| it.outcome() != ElementOutcome::Matched)
            .collect();
        let action = &self.request.action;
        if let Some(
            element @ ElementTrace::Resource {
                negated: false,
                unresolved,
                ..
            },
        ) = missed.first()
            && unresolved.is_empty()
        {
            let patterns = self.patterns(statement, element);
            return format!(
                "{title} in the {document} allows `{action}`, but only on {}; `{}` is not among them.",
                listed(&patterns, "and"),
                self.request.resource
            );
        }
        if let Some(ElementTrace::Action {
            negated: true,
            hit: Some(hit),
            ..
        }) = missed.first()
        {
            let hit = self.written(statement, *hit).unwrap_or_default();
            return format!(
                "{title} in the {document} allows all but what its `NotAction` lists, and `{hit}` there leaves `{action}` out."
            );
        }
        if let Some(element @ ElementTrace::Principal { negated: false, .. }) = missed.first() {
            let entries = self.patterns(statement, element);
            let an_account = if entries.iter().any(|it| it.ends_with(":root")) {
                " (an ARN that ends in `:root` stands for the whole account)"
            } else {
                ""
            };
            return format!(
                "{} lets in only {}{an_account}, and `{}` is not among them.",
                upper_first(&format!("the {document}")),
                listed(&entries, "and"),
                self.request.principal
            );
        }
        let sentences: Vec<String> = missed
            .iter()
            .map(|it| element_sentence(it, self.request))
            .collect();
        format!(
            "{title} in the {document} would allow it, but {}.",
            sentences.join("; and ")
        )
    }

    fn silence(&self, layer: Layer) -> String {
        let action = &self.request.action;
        match layer {
            Layer::Identity => format!(
                "No policy of {} says anything about `{action}`, and what is not allowed is denied.",
                self.caller()
            ),
            Layer::Resource if is_trust(self.request) => format!(
                "The trust policy of `{}` does not allow `{action}` to anybody.",
                self.resource_name()
            ),
            Layer::Resource => format!(
                "{} says nothing about `{action}`.",
                match layer_title(layer, self.request) {
                    "Key policy" => "The key policy",
                    "Bucket policy" => "The bucket policy",
                    "Repository policy" => "The repository policy",
                    _ => "The resource’s policy",
                }
            ),
            Layer::Grant => format!("No grant on the key allows `{action}`."),
            Layer::Boundary => format!(
                "The permissions boundary of {} does not allow `{action}`, and a boundary limits whatever the policies allow.",
                self.caller()
            ),
            Layer::Session => {
                format!(
                    "The session’s own policy does not allow `{action}`, and it limits the session."
                )
            }
            Layer::Scp | Layer::Rcp => {
                let title = self.lacking(layer).map_or_else(
                    || layer_title(layer, self.request).to_owned(),
                    |it| layer_trace_title(it, self.request),
                );
                format!("{title} does not allow `{action}`, and every level has to.")
            }
            Layer::VpcEndpoint => format!(
                "The policy of the VPC endpoint that the request goes through does not allow `{action}`."
            ),
            Layer::BlockPublicAccess | Layer::AwsManaged => self.notes_in_words(),
        }
    }

    /// The rules that no policy overrides.
    fn notes_in_words(&self) -> String {
        let words: Vec<&str> = self
            .trace
            .notes
            .iter()
            .map(|it| note_sentence(*it))
            .collect();
        words.join(" ")
    }

    fn fix(&self, layer: Layer, nearest: Option<&StatementTrace>) -> String {
        let request = self.request;
        let missed = nearest
            .into_iter()
            .flat_map(|it| &it.tests)
            .find(|it| it.outcome() != ElementOutcome::Matched);
        let is_condition = matches!(missed, Some(ElementTrace::Condition { .. }));
        let asks_for_mfa = matches!(
            missed,
            Some(ElementTrace::Condition { key, .. }) if key.as_str() == "aws:MultiFactorAuthPresent"
        );
        match layer {
            _ if asks_for_mfa => "Sign in with a second factor: the policy asks for one.".to_owned(),
            _ if say_it(missed, request).is_some() => format!(
                "{}, or change the condition in the {}.",
                say_it(missed, request).unwrap_or_default(),
                nearest.map_or_else(|| "policy".to_owned(), |it| self.title(&it.at.document))
            ),
            _ if is_condition => format!(
                "Make the request meet the condition, or change the condition in the {}.",
                nearest.map_or_else(|| "policy".to_owned(), |it| self.title(&it.at.document))
            ),
            Layer::Identity => format!(
                "Allow `{}` on `{}` in a policy of {}.",
                request.action,
                wider(&request.resource),
                self.caller()
            ),
            Layer::Resource => {
                let who = match &request.principal {
                    Principal::Service { name } => format!("\"Service\": \"{name}\""),
                    Principal::RoleSession { role_arn, .. } => format!("\"AWS\": \"{role_arn}\""),
                    other => format!("\"AWS\": \"{other}\""),
                };
                let policy = if is_trust(request) {
                    format!("trust policy of `{}`", self.resource_name())
                } else {
                    lower_first(layer_title(layer, request))
                };
                format!("Let the {policy} allow `{}` to `{who}`.", request.action)
            }
            Layer::Boundary => format!(
                "Let the permissions boundary of {} allow `{}` on `{}`, or take the boundary away.",
                self.caller(),
                request.action,
                wider(&request.resource)
            ),
            Layer::BlockPublicAccess => {
                "Name in the bucket policy who may come, or change the settings of Block Public Access."
                    .to_owned()
            }
            Layer::Grant => "Make a grant on the key.".to_owned(),
            Layer::AwsManaged => "Nothing: this is not the account’s to allow.".to_owned(),
            Layer::Session | Layer::Scp | Layer::Rcp | Layer::VpcEndpoint => format!(
                "Let the {} allow `{}` on `{}`.",
                policy_type(layer, request),
                request.action,
                wider(&request.resource)
            ),
        }
    }

    /// Where a missing statement would have to be written.
    fn home(&self, layer: Layer) -> Option<(String, Spot)> {
        let document = match layer {
            Layer::Identity => {
                let thing = match &self.request.principal {
                    Principal::User { arn } => Thing::User {
                        name: arn.last_segment().to_owned(),
                    },
                    Principal::RoleSession { role_arn, .. } => Thing::Role {
                        name: role_arn.last_segment().to_owned(),
                    },
                    _ => return None,
                };
                let entity = self.world.entity(&self.request.principal.account()?, thing);
                let spot = (format!("Open `{entity}`"), Spot::Entity(entity.clone()));
                return entity.exists_in(self.world).then_some(spot);
            }
            Layer::Resource => policy_of_resource(self.world, self.request)?,
            Layer::Boundary => {
                DocumentId::of(&self.trace.layer(layer)?.statements.first()?.at.document)?
            }
            _ => DocumentId::of(&self.lacking(layer)?.statements.first()?.at.document)?,
        };
        let title = document_title(&document, self.world);
        Some((format!("Open the {title}"), Spot::Document(document)))
    }

    pub(crate) fn spots_of<'t>(
        &self,
        places: impl Iterator<Item = (&'t DocumentName, Span)>,
    ) -> Vec<(String, Spot)> {
        let spot = |(name, span)| {
            let spot = Spot::in_document(name, span)?;
            Some((format!("Show in the {}", self.title(name)), spot))
        };
        places.filter_map(spot).take(3).collect()
    }

    fn statements(&self) -> impl Iterator<Item = &StatementTrace> + Clone {
        self.trace.layers.iter().flat_map(|it| &it.statements)
    }

    fn statement_at(&self, document: &DocumentName, index: usize) -> Option<&StatementTrace> {
        self.statements()
            .find(|it| it.at.document == *document && it.at.index == index)
    }

    /// The patterns of an element as somebody wrote them.
    fn patterns(&self, statement: &StatementTrace, element: &ElementTrace) -> Vec<String> {
        let document =
            DocumentId::of(&statement.at.document).and_then(|it| self.documents.get(&it));
        let Some(document) = document else {
            return Vec::new();
        };
        let parsed = document
            .policy
            .as_ref()
            .and_then(|it| it.statements.get(statement.at.index));
        let spans: Vec<Span> = match (element, parsed) {
            (ElementTrace::Resource { .. }, Some(parsed)) => {
                let patterns = parsed.resource.iter().flat_map(|it| &it.patterns);
                patterns.map(|it| it.span).collect()
            }
            (ElementTrace::Principal { .. }, Some(parsed)) => {
                let entries = parsed.principal.iter().flat_map(|it| &it.entries);
                entries.map(|it| it.span).collect()
            }
            _ => Vec::new(),
        };
        let written = |span: Span| self.written(statement, span);
        spans.into_iter().filter_map(written).collect()
    }

    /// What somebody wrote at a place of a statement's document, without its quotes.
    fn written(&self, statement: &StatementTrace, span: Span) -> Option<String> {
        let document = self
            .documents
            .get(&DocumentId::of(&statement.at.document)?)?;
        let text = span.of(document.text.as_str())?;
        Some(text.trim_matches('"').to_owned())
    }

    pub(crate) fn title(&self, name: &DocumentName) -> String {
        DocumentId::of(name).map_or_else(
            || format!("policy `{name}`"),
            |it| document_title(&it, self.world),
        )
    }

    fn caller(&self) -> String {
        match &self.request.principal {
            Principal::User { arn } => format!("user `{}`", arn.last_segment()),
            Principal::RoleSession { role_arn, .. } => {
                format!("role `{}`", role_arn.last_segment())
            }
            other => format!("`{other}`"),
        }
    }

    fn resource_name(&self) -> &str {
        match &self.request.resource {
            Resource::Arn(arn) => arn.last_segment(),
            Resource::Any => "*",
        }
    }
}

const fn is_condition(element: &ElementTrace) -> bool {
    matches!(element, ElementTrace::Condition { .. })
}

/// What one would write to cover a resource: all of a bucket rather than one object.
fn wider(resource: &Resource) -> String {
    match resource {
        Resource::Any => "*".to_owned(),
        Resource::Arn(arn) if arn.service() == "s3" => match arn.as_str().split_once('/') {
            Some((bucket, _)) => format!("{bucket}/*"),
            None => arn.to_string(),
        },
        Resource::Arn(arn) => arn.to_string(),
    }
}

fn listed(items: &[String], last: &str) -> String {
    const MOST: usize = 6;
    if items.is_empty() {
        return "something else".to_owned();
    }
    joined(items, last, MOST)
}

fn lower_first(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    text
}

fn upper_first(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}
