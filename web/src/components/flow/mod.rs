//! The access flow: the picture of the walk, and the same walk as a list of doors.

mod check;
mod door_row;
mod fold;
mod picture;
mod seen;
mod stale;
mod statement;

use std::sync::Arc;

use leptos::prelude::*;
use litemap::LiteMap;
use rolewalk_core::{
    catalogue::Catalogue,
    explain,
    flow::{Flow, HopKind},
};

use self::{door_row::DoorRow, picture::PictureView, stale::StaleBanner};
use crate::{
    browser::focus,
    components::{actions::Actions, live, save_picture::save_picture},
    state::{
        document::Shown,
        signal::{RwSignal, Signal, memo},
    },
    view::{door, finding::Broken, svg},
};

/// What the flow's parts read and change.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FlowState {
    /// The walk.
    pub(crate) flow: Signal<Arc<Flow>>,
    /// What it goes through.
    pub(crate) shown: Signal<Shown>,
    /// What AWS has, as far as that is known.
    pub(crate) catalogue: Signal<Arc<Catalogue>>,
    /// The door that stops it.
    pub(crate) blocked: Signal<Option<HopKind>>,
    /// Doors that somebody opened or shut by hand.
    pub(crate) doors: RwSignal<LiteMap<HopKind, bool>>,
    /// Checks, layers and statements that somebody folded or unfolded.
    pub(crate) folds: RwSignal<LiteMap<String, bool>>,
}

impl FlowState {
    /// Whether a door's row is unfolded: by hand, else the one that stops the walk.
    fn is_unfolded(self, kind: HopKind) -> bool {
        let by_hand = self.doors.with(|it| it.get(&kind).copied());
        by_hand.unwrap_or_else(|| self.blocked.get() == Some(kind))
    }

    fn unfold(self, kind: HopKind, is_unfolded: bool) {
        self.doors.update(|it| {
            it.insert(kind, is_unfolded);
        });
    }

    /// Unfolds a door's row and goes there.
    pub(crate) fn go_to(self, kind: HopKind) {
        self.unfold(kind, true);
        let id = door::row_id(kind);
        focus::reveal(id.clone());
        focus::focus(format!("{id}-button"));
    }
}

/// The panel.
#[component]
pub(crate) fn FlowPanel(
    state: FlowState,
    #[prop(into)] broken: Signal<Vec<Broken>>,
    #[prop(into)] on_broken: Callback<Broken>,
    actions: Actions,
    /// Whether only the list is shown.
    #[prop(optional)]
    is_list: bool,
) -> impl IntoView {
    let kinds = memo(move || {
        state
            .flow
            .with(|it| it.hops.iter().map(|it| it.kind).collect::<Vec<_>>())
    });
    let is_stale = memo(move || broken.with(|it| it.iter().any(Broken::is_of_last_good)));
    let row = move |kind: HopKind| {
        let view = move || view! { <DoorRow kind state actions /> }.into_any();
        live::item(explain::hop_short_title(kind), view)
    };
    let rows = move || kinds.get().into_iter().map(row).collect();
    view! {
        <section class="panel panel-flow" aria-labelledby="flow-title" class:is-stale=live::flag(move || is_stale.get())>
            <div class="flow-head">
                <div class="panel-head">
                    <h2 id="flow-title" class="panel-title" tabindex="-1">"Access flow"</h2>
                    {(!is_list).then(|| save_picture("access-flow", move |is_dark| {
                        state.flow.with_untracked(|it| svg::flow(it, "Access flow", is_dark))
                    }))}
                </div>
                <StaleBanner broken on_broken />
            </div>
            {(!is_list).then(|| live::in_turn(move || view! { <PictureView state actions /> }.into_any()))}
            <ol class="doors" aria-label="Doors">
                {live::in_turn(move || live::list(rows))}
            </ol>
        </section>
    }
}
