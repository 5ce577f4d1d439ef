//! What a widget tells the page around it: that it is there, that its scenario was changed, and the verdict.
//!
//! Invariant: a scenario and the verdict behind it are told in this order, each once, and none that was overtaken.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use leptos::prelude::*;
use rolewalk_core::{explain, scenario::Scenario};

use crate::{
    browser::{
        after_render,
        widget::{Host, Told},
    },
    state::{
        app_state::AppState,
        signal::{Signal, memo},
    },
    view::{door::DoorState, verdict},
};

/// Tells the host what happens.
pub(super) struct Teller {
    host: Host,
    scenario: Signal<Arc<Scenario>>,
    verdict: Signal<Told>,
    /// What it was told last.
    told_scenario: RefCell<Arc<Scenario>>,
    told_verdict: RefCell<Option<Told>>,
}

impl Teller {
    /// From now on, as long as the widget is there.
    pub(super) fn begin(state: AppState, host: Host) {
        let teller = Rc::new(Self {
            host,
            scenario: state.scenario,
            verdict: memo(move || told_verdict(state)),
            told_scenario: RefCell::new(state.scenario.get_untracked()),
            told_verdict: RefCell::new(None),
        });
        let first = Rc::clone(&teller);
        after_render(move || {
            if first.scenario.get_if_there().is_some() {
                first.host.tell(Told::Ready);
            }
        });
        Effect::new(move || {
            teller.scenario.track();
            teller.verdict.track();
            let teller = Rc::clone(&teller);
            // Not while others are still hearing of the same change.
            after_render(move || teller.catch_up());
        });
    }

    /// Tells what is another since the host was last told. What was overtaken meanwhile is not told: a scenario and a
    /// verdict that follow each other belong together.
    fn catch_up(&self) {
        let Some(scenario) = self.scenario.get_if_there() else {
            return;
        };
        let before = self.told_scenario.replace(Arc::clone(&scenario));
        if before != scenario {
            self.host.tell(Told::Changed);
        }
        // Who hears of it may have changed it again, which is told of next.
        if self.scenario.get_if_there().as_ref() != Some(&scenario) {
            return;
        }
        let verdict = self.verdict.get_if_there();
        let before = self.told_verdict.replace(verdict.clone());
        if let Some(verdict) = verdict.filter(|it| before.as_ref() != Some(it)) {
            self.host.tell(verdict);
        }
    }
}

fn told_verdict(state: AppState) -> Told {
    let headline = state.flow.with(|it| verdict::headline(it));
    let answer = state.shown.with(|shown| {
        state
            .flow
            .with(|it| explain::flow_verdict(it, &shown.scenario.world, &shown.documents))
    });
    Told::Verdict {
        outcome: match headline.state {
            DoorState::Open => "open",
            DoorState::Shut => "shut",
            DoorState::Loses => "loses",
            DoorState::NotJudged => "not-judged",
            DoorState::NotReached => "not-reached",
        },
        headline: headline.words,
        fix: verdict::fix(&answer),
        answer: answer.answer,
        reason: answer.reason,
        door: state
            .blocked
            .get()
            .map(|it| explain::hop_short_title(it).to_owned()),
    }
}
