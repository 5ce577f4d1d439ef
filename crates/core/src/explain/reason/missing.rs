//! Why nothing allowed a request: the statement that came nearest, or the silence of a layer. What would have to be
//! written where is in `fix`.
//!
//! Knows only of requests that no `Deny` stops. Invariant: where a statement came near to allowing, the reason is about
//! the nearest one.

use crate::{
    eval::{asks_trust_policy, authorized_as},
    explain::{
        Spot,
        condition::joined,
        document::document_title,
        error_message::first_named,
        level::attached_sentence,
        note::note_sentence,
        reason::{Answer, NOTHING, Reason, lower_first},
        statement::{element_sentence, layer_title, layer_trace_title, statement_title},
        whereabouts::to_say,
    },
    policy::Effect,
    request::{Principal, Resource},
    trace::{ElementOutcome, ElementTrace, Layer, LayerOutcome, LayerTrace, Note, StatementTrace},
    world::{DocumentId, Thing, policy_of_resource},
};

impl Answer<'_> {
    /// Why it is so, and the layers that had to allow and did not.
    pub(super) fn missing(&self, missing: &[Layer]) -> Reason {
        if missing.contains(&Layer::AwsManaged) {
            return self.refused();
        }
        // Where both sides could have allowed, the caller's side is where people look first.
        let layer = first_named(missing).unwrap_or(Layer::Identity);
        let nearest = self.nearest(layer);
        let mut why = nearest.map_or_else(
            || self.silence(layer),
            |it| self.with_level(self.near_miss(it), self.lacking(layer)),
        );
        let near_grant = crate::explain::grant::nearest(self.grants());
        if let Some(grant) = near_grant {
            let sentence = crate::explain::grant::near_sentence(grant, self.request);
            why = format!("{why} {sentence}");
        }
        let tests = nearest.into_iter().flat_map(|it| &it.tests);
        let missed = tests
            .clone()
            .find(|it| it.outcome() != ElementOutcome::Matched);
        let to_say = missed.and_then(|it| to_say(it, self.request));
        let fix = self.fix(missing, nearest, missed, to_say);
        let mut spots: Vec<(String, Spot)> = Vec::new();
        if let Some(statement) = nearest {
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
            to_say,
        }
    }

    /// The rule that no policy overrides.
    pub(super) fn refusal(&self) -> &'static str {
        self.rule(Note::is_refusal)
    }

    /// The rule of that sort that stands in the way.
    fn rule(&self, is_it: fn(Note) -> bool) -> &'static str {
        let mut notes = self.trace.notes.iter();
        let rule = notes.find(|it| is_it(**it));
        rule.map_or("", |it| note_sentence(*it))
    }

    /// What AWS gives to nobody: the rule alone, since no policy would change it.
    fn refused(&self) -> Reason {
        Reason {
            why: self.refusal().to_owned(),
            fix: Some(NOTHING.to_owned()),
            spots: Vec::new(),
            to_say: None,
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
        let action = authorized_as(&self.request.action);
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

    fn is_absent(&self, layer: Layer) -> bool {
        let layer = self.trace.layer(layer);
        layer.is_none_or(|it| it.outcome == LayerOutcome::Absent)
    }

    fn silence(&self, layer: Layer) -> String {
        let action = authorized_as(&self.request.action);
        let is_unread = self.lacking(layer).is_some_and(|it| !it.unread.is_empty());
        match layer {
            Layer::Identity if is_unread => format!(
                "No policy of {} that can be read says anything about `{action}`.",
                self.caller()
            ),
            Layer::Resource if is_unread => format!(
                "What the {} says about `{action}` is not known: it cannot be read or is not here.",
                lower_first(layer_title(layer, self.request))
            ),
            Layer::Identity => format!(
                "No policy of {} says anything about `{action}`, and what is not allowed is denied.",
                self.caller()
            ),
            Layer::Resource if asks_trust_policy(self.request) => format!(
                "The trust policy of `{}` does not allow `{action}` to anybody.",
                self.resource_name()
            ),
            Layer::Resource if action.is("iam:PassRole") => format!(
                "A role is handed over within its own account, and `{}` is not of the caller’s.",
                self.request.resource
            ),
            Layer::Resource if self.is_absent(layer) => format!(
                "There is no {}, and it would have to allow `{action}`.",
                lower_first(layer_title(layer, self.request))
            ),
            Layer::Resource => format!(
                "The {} says nothing about `{action}`.",
                lower_first(layer_title(layer, self.request))
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
                let lacking = self.lacking(layer);
                let title = lacking.map_or_else(
                    || layer_title(layer, self.request).to_owned(),
                    |it| layer_trace_title(it, self.request, self.world),
                );
                let why = format!("{title} does not allow `{action}`, and every level has to.");
                match lacking.and_then(|it| attached_sentence(it, self.request, self.world)) {
                    Some(attached) => format!("{why} {attached}"),
                    None => why,
                }
            }
            Layer::VpcEndpoint => {
                let id = self.request.context.single("aws:SourceVpce");
                let id = id.map_or_else(String::new, |it| format!(" `{it}`"));
                format!(
                    "The policy of the VPC endpoint{id} that the request goes through does not allow `{action}`."
                )
            }
            Layer::BlockPublicAccess => self.rule(Note::is_of_public_access).to_owned(),
            Layer::AwsManaged => self.refusal().to_owned(),
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

    pub(super) fn caller(&self) -> String {
        match &self.request.principal {
            Principal::User { arn } => format!("user `{}`", arn.last_segment()),
            Principal::RoleSession { role_arn, .. } => {
                format!("role `{}`", role_arn.last_segment())
            }
            other => format!("`{other}`"),
        }
    }

    pub(super) fn resource_name(&self) -> &str {
        match &self.request.resource {
            Resource::Arn(arn) => arn.last_segment(),
            Resource::Any => "*",
        }
    }
}

fn listed(items: &[String], last: &str) -> String {
    const MOST: usize = 6;
    if items.is_empty() {
        return "something else".to_owned();
    }
    joined(items, last, MOST)
}

fn upper_first(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}
