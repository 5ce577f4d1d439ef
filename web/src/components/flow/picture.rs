//! The walk as a picture: stations, ways, and a badge for each door.
//!
//! The badges are the buttons; arrow keys go from one to the next. The stations only repeat what
//! the tree and the list of doors say, so they say nothing to a screen reader.

use leptos::prelude::*;
use rolewalk_core::{
    explain::{self, Spot},
    flow::HopKind,
};

use crate::{
    browser::focus,
    components::{actions::Actions, flow::FlowState, live},
    state::signal::{RwSignal, Signal, memo},
    view::{
        icon::Icon,
        picture::{self, Badge, Node, Picture, Way},
    },
};

/// The picture.
#[component]
pub(crate) fn PictureView(state: FlowState, actions: Actions) -> impl IntoView {
    let is_narrow = live::is_narrow();
    let picture = memo(move || {
        let columns = if is_narrow.get() {
            picture::NARROW
        } else {
            picture::WIDE
        };
        state.flow.with(|it| picture::picture(it, columns))
    });
    let count = move |count: fn(&Picture) -> usize| memo(move || picture.with(count));
    let n_nodes = count(|it| it.nodes.len());
    let n_ways = count(|it| it.ways.len());
    let kinds =
        memo(move || picture.with(|it| it.badges.iter().map(|it| it.kind).collect::<Vec<_>>()));
    let active = RwSignal::new(None::<HopKind>);
    let view_box = move || picture.with(|it| format!("0 0 {} {}", it.width, it.height));
    let width = move || picture.with(|it| it.width_on_page().to_string());
    let way = move |idx: usize| {
        let way = move || picture.with(|it| it.ways.get(idx).cloned());
        live::item(idx.to_string(), move || {
            view! { <WayView way=memo(way) /> }.into_any()
        })
    };
    let node = move |idx: usize| {
        let node = move || picture.with(|it| it.nodes.get(idx).cloned());
        live::item(idx.to_string(), move || {
            view! { <NodeView node=memo(node) actions /> }.into_any()
        })
    };
    let badge = move |kind: HopKind| {
        let badge = move || picture.with(|it| it.badges.iter().find(|it| it.kind == kind).cloned());
        let is_active = move || {
            let first = kinds.with(|it| it.first().copied());
            let chosen = active
                .get()
                .filter(|it| kinds.with(|kinds| kinds.contains(it)));
            chosen.or(state.blocked.get()).or(first) == Some(kind)
        };
        live::item(explain::hop_short_title(kind), move || {
            view! { <BadgeView badge=memo(badge) is_active=memo(is_active) kind state /> }
                .into_any()
        })
    };
    let ways = move || (0..n_ways.get()).map(way).collect();
    let nodes = move || (0..n_nodes.get()).map(node).collect();
    let badges = move || kinds.get().into_iter().map(badge).collect();
    view! {
        <div class="picture">
            <svg class="picture-svg" viewBox=live::text(view_box) width=live::text(width) aria-label="The walk as a picture" role="group">
                <g aria-hidden="true">
                    {live::list(ways)}
                    {live::list(nodes)}
                </g>
                <g role="list" aria-label="Doors in the picture" on:keydown=move |event| on_key(kinds, active, &event)>
                    {live::list(badges)}
                </g>
            </svg>
        </div>
    }
}

fn badge_id(kind: HopKind) -> String {
    format!("picture-{}", crate::view::door::row_id(kind))
}

fn on_key(
    kinds: Signal<Vec<HopKind>>,
    active: RwSignal<Option<HopKind>>,
    event: &leptos::ev::KeyboardEvent,
) {
    let kinds = kinds.get_untracked();
    let focused = kinds
        .iter()
        .position(|it| focus::is_focused(&badge_id(*it)));
    let Some(idx) = focused else {
        return;
    };
    let to = match event.key().as_str() {
        "ArrowRight" | "ArrowDown" => kinds.get(idx + 1),
        "ArrowLeft" | "ArrowUp" => idx.checked_sub(1).and_then(|it| kinds.get(it)),
        "Home" => kinds.first(),
        "End" => kinds.last(),
        _ => return,
    };
    event.prevent_default();
    if let Some(kind) = to {
        active.set(Some(*kind));
        focus::focus(badge_id(*kind));
    }
}

/// In the order of the Tab key, or only reached by arrow keys.
fn tabindex(is_active: bool) -> String {
    if is_active { "0" } else { "-1" }.to_owned()
}

#[component]
fn WayView(way: Signal<Option<Way>>) -> impl IntoView {
    let way = memo(move || way.get());
    let class = move || {
        way.with(|it| {
            let it = it.as_ref();
            it.map_or_else(String::new, |it| {
                format!("way stage-{} {}", it.stage, it.state.class())
            })
        })
    };
    view! { <path class=live::text(class) d=live::option(move || way.with(|it| it.as_ref().map(|it| it.path.clone()))) /> }
}

#[component]
fn NodeView(node: Signal<Option<Node>>, actions: Actions) -> impl IntoView {
    let node = memo(move || node.get());
    // Whether the walk comes there shows in the class alone.
    let drawing = memo(move || {
        let node = node.get()?;
        Some(Node {
            is_reached: false,
            ..node
        })
    });
    let on_click = move |_| {
        if let Some(entity) = node.get_untracked().and_then(|it| it.entity) {
            actions.open.run(Spot::Entity(entity));
        }
    };
    let drawn = move || {
        drawing.get().map(|it| {
            let (x, y) = (it.x, it.text_y);
            let second_line = it.second_line;
            let second_line =
                second_line.map(|it| view! { <text class="node-name" x="0" y="28">{it}</text> });
            view! {
                <title>{it.full_name}</title>
                <rect class="node-box" x=x y=it.y width=it.width height=it.height rx="8" />
                <g transform=format!("translate({} {}) scale(0.8125)", x + 9, y + 8)>
                    <path class="node-icon" d=it.icon.path() />
                </g>
                <text class="node-kind" x=x + 27 y=y + 19>{it.kind}</text>
                // Faces differ in width: whatever the name needs, it stays inside.
                <svg x=x + 9 y=y + 23 width=it.width - 14 height="35">
                    <text class="node-name" x="0" y="13">{it.name}</text>
                    {second_line}
                </svg>
            }
            .into_any()
        })
    };
    view! {
        <g
            class="node"
            class:is-reached=live::flag(move || node.with(|it| it.as_ref().is_some_and(|it| it.is_reached)))
            class:has-entity=live::flag(move || node.with(|it| it.as_ref().is_some_and(|it| it.entity.is_some())))
            on:click=on_click
        >
            {live::maybe(drawn)}
        </g>
    }
}

#[component]
fn BadgeView(
    badge: Signal<Option<Badge>>,
    is_active: Signal<bool>,
    kind: HopKind,
    state: FlowState,
) -> impl IntoView {
    let badge = memo(move || badge.get());
    let read = move |read: fn(&Badge) -> String| {
        live::option(move || badge.with(|it| it.as_ref().map(read)))
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            state.go_to(kind);
        }
    };
    view! {
        <g role="listitem">
            <g
                role="button"
                id=badge_id(kind)
                class=read(|it| format!("badge {}", it.state.class()))
                tabindex=live::text(move || tabindex(is_active.get()))
                aria-label=read(|it| it.label.clone())
                transform=read(|it| format!("translate({} {})", it.x, it.y))
                on:click=move |_| state.go_to(kind)
                on:keydown=on_key
            >
                <title>{read(|it| it.label.clone())}</title>
                <circle class="badge-ring" r="13" />
                <circle class="badge-disc" r="9.5" />
                <g transform="translate(-6 -6) scale(0.75)">
                    <path class="badge-shape" d=read(|it| Icon::of_state(it.state).path().to_owned()) />
                </g>
            </g>
        </g>
    }
}
