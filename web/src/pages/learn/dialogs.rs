//! What asks before the start comes back or the solution is told.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::scenario::Scenario;

use crate::{
    components::dialog::Dialog,
    state::{
        app_state::AppState,
        edit::{Edit, Target},
        signal::RwSignal,
    },
};

type Compare = Arc<dyn Fn(&Scenario) -> AnyView + Send + Sync>;

/// The two dialogs of something that is to be solved.
#[derive(Clone, Copy)]
pub(crate) struct Dialogs {
    start_over: Dialog,
    solution: Dialog,
    /// Whether somebody still has to say that the solution is wanted.
    asks: RwSignal<bool>,
    state: AppState,
    start: StoredValue<Arc<Scenario>>,
    question: &'static str,
    compare: StoredValue<Compare>,
}

impl Dialogs {
    /// Both shut. `compare` makes the view of somebody's own answer and the solution.
    pub(crate) fn new(
        state: AppState,
        start: Arc<Scenario>,
        question: &'static str,
        compare: impl Fn(&Scenario) -> AnyView + Send + Sync + 'static,
    ) -> Self {
        Self {
            start_over: Dialog::new("ask-start-over"),
            solution: Dialog::new("solution"),
            asks: RwSignal::new(false),
            state,
            start: StoredValue::new(start),
            question,
            compare: StoredValue::new(Arc::new(compare)),
        }
    }

    /// Opens the question whether to begin again.
    pub(crate) fn ask_to_start_over(self) {
        self.start_over.open();
    }

    /// Opens the solution; `asks`: asks first.
    pub(crate) fn show_solution(self, asks: bool) {
        self.asks.set(asks);
        self.solution.open();
    }

    /// Their part of the page.
    pub(crate) fn view(self) -> AnyView {
        let start_over = move || self.start_over_body();
        let solution = move || {
            if self.asks.get() {
                self.question()
            } else {
                let state = self.state.scenario.get();
                self.compare.with_value(|compare| compare(&state))
            }
        };
        view! {
            {self.start_over.view("Start over", start_over)}
            {self.solution.view("Your answer and ours", solution)}
        }
        .into_any()
    }

    fn start_over_body(self) -> AnyView {
        view! {
            <div class="ask">
                <p>{self.question}</p>
                <p class="field-help">"Undo brings your version back as long as this is open. What was solved stays solved."</p>
                <div class="button-row">
                    <button
                        type="button"
                        class="button danger"
                        on:click=move |_| {
                            self.start_over.close();
                            let start = self.start.get_value();
                            let edit = Edit::new(Target::StartOver, move |it| *it = Scenario::clone(&start));
                            let _ = self.state.edit(edit);
                        }
                    >
                        "Start over"
                    </button>
                    <button type="button" class="button" on:click=move |_| self.start_over.close()>
                        "Keep"
                    </button>
                </div>
            </div>
        }
        .into_any()
    }

    fn question(self) -> AnyView {
        view! {
            <div class="ask">
                <p>"Look at the solution already? A hint may be enough, and what one finds stays longer."</p>
                <div class="button-row">
                    <button type="button" class="button" on:click=move |_| self.asks.set(false)>
                        "Show the solution"
                    </button>
                    <button type="button" class="button primary" on:click=move |_| self.solution.close()>
                        "Go on trying"
                    </button>
                </div>
            </div>
        }
        .into_any()
    }
}
