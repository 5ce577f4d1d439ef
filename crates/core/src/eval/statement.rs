//! Tests one statement: with a trace, every element, also behind a miss; or only whether it applies.

use crate::{
    condition,
    eval::{
        NamedPolicy, principal,
        principal::{Found, Who},
        scope::Asked,
    },
    pattern::{ActionPattern, ArnMatch, ArnPattern, has_variable},
    policy::{Condition, Element, LanguageVersion, Statement},
    trace::{
        Choice, ElementOutcome, ElementTrace, PrincipalMatch, StatementRef, StatementTrace,
        UnresolvedVariable,
    },
};

/// What a statement's test depends on besides what is asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// Whether statements of this layer say whom they are about.
    pub(super) has_principal: bool,
    /// Whether the caller has a permissions boundary.
    pub(super) has_boundary: bool,
    /// Whether an account stands for its root user only.
    pub(super) is_gateway: bool,
}

impl Setting {
    fn find(self, statement: &Statement, asked: &Asked<'_>) -> Option<Found> {
        let who = Who {
            caller: asked.caller,
            context: &asked.context,
            has_boundary: self.has_boundary,
            is_gateway: self.is_gateway,
        };
        let element = statement.principal.as_ref()?;
        Some(principal::find(element, statement.effect.value, who))
    }
}

/// That a statement applies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Applies {
    /// How it names the caller, where it names one.
    pub(super) how: Option<PrincipalMatch>,
}

/// Whether a statement applies, and how it names the caller where it does name one. Agrees with the
/// outcome of the trace; the cheap tests come first.
pub(super) fn applies(
    statement: &Statement,
    asked: &Asked<'_>,
    setting: Setting,
) -> Option<Applies> {
    let action = &statement.action;
    let is_action = action
        .patterns
        .iter()
        .any(|it| it.value.matches(&asked.action));
    if is_action == action.negated {
        return None;
    }
    if let Some(resource) = &statement.resource {
        let is_hit =
            |it: &ArnPattern| it.takes_in(asked.resource, &*asked.context) == ArnMatch::Hit;
        let is_resource = resource.patterns.iter().any(|it| is_hit(&it.value));
        if is_resource == resource.negated {
            return None;
        }
    }
    let how = if setting.has_principal {
        let found = setting.find(statement, asked)?;
        if found.outcome != ElementOutcome::Matched {
            return None;
        }
        found.how
    } else {
        None
    };
    let is_met = |it: &Condition| condition::holds(it, &asked.context);
    let is_met = statement.conditions.iter().all(is_met);
    is_met.then_some(Applies { how })
}

/// Tests every statement of a document.
pub(super) fn test_document<'a>(
    document: &'a NamedPolicy,
    asked: &'a Asked<'_>,
    setting: Setting,
) -> impl Iterator<Item = StatementTrace> + 'a {
    let statements = document.policy.statements.iter().enumerate();
    statements.map(move |(index, statement)| {
        let at = StatementRef {
            document: document.name.clone(),
            index,
            sid: statement.sid.as_ref().map(|it| it.value.clone()),
            span: statement.span,
        };
        Test {
            asked,
            version: document.policy.version,
            tests: Vec::new(),
            choices: Vec::new(),
        }
        .run(statement, at, setting)
    })
}

/// The test of one statement, as far as it has come.
struct Test<'a> {
    asked: &'a Asked<'a>,
    version: LanguageVersion,
    tests: Vec<ElementTrace>,
    /// With the place of the element in `tests`.
    choices: Vec<(usize, Choice)>,
}

impl Test<'_> {
    fn run(mut self, statement: &Statement, at: StatementRef, setting: Setting) -> StatementTrace {
        let mut how = None;
        if setting.has_principal {
            let found = statement
                .principal
                .as_ref()
                .zip(setting.find(statement, self.asked));
            if let Some((element, found)) = found {
                self.choose(found.choice);
                self.tests.push(found.trace(element));
                how = found.how;
            } else {
                self.tests.push(principal::test_missing(statement.span));
            }
        }
        self.test_action(&statement.action);
        if let Some(element) = &statement.resource {
            self.test_resource(element);
        }
        for it in &statement.conditions {
            self.test_condition(it);
        }
        StatementTrace {
            at,
            effect: statement.effect.value,
            choices: self.choices_that_matter(),
            tests: self.tests,
            principal: how,
        }
    }

    /// Notes a choice for the element whose test comes next.
    fn choose(&mut self, choice: Option<Choice>) {
        let idx = self.tests.len();
        self.choices.extend(choice.map(|it| (idx, it)));
    }

    /// Those whose element alone decides: all others hold.
    fn choices_that_matter(&self) -> Vec<Choice> {
        let holds = |idx: usize| {
            let mut others = self.tests.iter().enumerate().filter(|it| it.0 != idx);
            others.all(|it| it.1.outcome() == ElementOutcome::Matched)
        };
        let matter = self.choices.iter().filter(|it| holds(it.0));
        matter.map(|it| it.1).collect()
    }

    /// `NotAction` holds where none of its patterns takes the action in.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html>
    fn test_action(&mut self, element: &Element<ActionPattern>) {
        let hit = element
            .patterns
            .iter()
            .find(|it| it.value.matches(&self.asked.action))
            .map(|it| it.span);
        self.tests.push(ElementTrace::Action {
            span: element.span,
            negated: element.negated,
            hit,
            outcome: outcome(hit.is_some(), element.negated),
        });
    }

    /// `NotResource` holds where none of its patterns takes the resource in; a pattern whose
    /// variable has no value takes in nothing.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html>
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value>
    fn test_resource(&mut self, element: &Element<ArnPattern>) {
        let mut hit = None;
        let mut unresolved = Vec::new();
        for pattern in &element.patterns {
            let takes_in = pattern
                .value
                .takes_in(self.asked.resource, &*self.asked.context);
            match takes_in {
                ArnMatch::Hit => hit = hit.or(Some(pattern)),
                ArnMatch::Miss => {}
                ArnMatch::Unresolved(variable) => {
                    unresolved.push(UnresolvedVariable::new(pattern.span, variable));
                }
            }
        }
        let patterns = || element.patterns.iter().map(|it| &it.value);
        match hit {
            Some(it) if it.value.has_wildcard_type() => {
                self.choose(Some(Choice::WildcardInResourceType));
            }
            Some(it) if it.value.is_short() => self.choose(Some(Choice::ShortArn)),
            None if patterns().any(ArnPattern::is_short) => self.choose(Some(Choice::ShortArn)),
            _ => {}
        }
        if element.negated && hit.is_none() && !unresolved.is_empty() {
            self.choose(Some(Choice::NotResourceWithoutValue));
        }
        if hit.is_none() && self.has_inert_variable(patterns().map(ArnPattern::text)) {
            self.choose(Some(Choice::OldVersionHasNoVariables));
        }
        self.tests.push(ElementTrace::Resource {
            span: element.span,
            negated: element.negated,
            hit: hit.map(|it| it.span),
            unresolved,
            outcome: outcome(hit.is_some(), element.negated),
        });
    }

    fn test_condition(&mut self, it: &Condition) {
        let context = &self.asked.context;
        let trace = condition::test(it, context);
        if let ElementTrace::Condition { result, .. } = &trace {
            self.choose(condition::choice(it, *result, context));
        }
        let takes_variables = it.parsed.is_some_and(|it| it.base.takes_variables());
        let mut texts = it.values.iter().map(|it| it.value.text());
        if takes_variables && self.has_inert_variable(&mut texts) {
            self.choose(Some(Choice::OldVersionHasNoVariables));
        }
        self.tests.push(trace);
    }

    /// Whether one of the texts would mean something else in the newer version.
    fn has_inert_variable<'t>(&self, mut texts: impl Iterator<Item = &'t str>) -> bool {
        self.version == LanguageVersion::V2008 && texts.any(has_variable)
    }
}

const fn outcome(is_hit: bool, negated: bool) -> ElementOutcome {
    if is_hit == negated {
        ElementOutcome::Missed
    } else {
        ElementOutcome::Matched
    }
}
