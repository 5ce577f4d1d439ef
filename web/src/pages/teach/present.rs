//! Presenting: a walk in large type, one door after the other, with the keys in sight.
//!
//! Invariant: nothing of the visitor is on the screen but the scenario that they chose to present: no draft, no
//! progress, no name of other work; and nothing is edited or kept here.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    explain::{self, Verdict},
    flow::{self, Flow, Hop},
    lesson::{Course, Prediction, Presenter},
    scenario::Scenario,
    world::Documents,
};

use crate::{
    browser::{
        files, keys,
        location::{self, Route},
        look,
    },
    components::{icon, live, state_chip::state_chip, words::words},
    pages::{
        learn::{
            Desk,
            frame::{no_such_lesson, with_course},
        },
        teach::presenting,
    },
    state::signal::{RwSignal, Signal, memo},
    view::{
        door::DoorState,
        icon::Icon,
        markup,
        picture::{self, Picture},
        present::{Deed, Step, Talk, Vote, is_right},
    },
};

/// More checks than these are only counted: they would not be read.
const MAX_CHECKS: usize = 5;

/// The part that says what the step is about.
const STEP: &str = "present-step";
/// From this width on, in pixels, everything is in sight at once; a narrower page, or one that is higher than wide, scrolls.
const MIN_WIDE: i32 = 900;

/// What is presented.
struct Shown {
    title: String,
    question: Option<Prediction>,
    takeaway: Option<String>,
    scenario: Arc<Scenario>,
    documents: Arc<Documents>,
    flow: Arc<Flow>,
    settings: Presenter,
    /// Where one came from.
    back: Route,
}

/// The page. `id` is a lesson's, with a slash and a ticket's; empty: the playground's scenario.
pub(super) fn present_page(id: String, desk: Desk) -> AnyView {
    if id.is_empty() {
        let shown = desk.own.shown.get_untracked();
        let course = desk
            .learning
            .course
            .with_untracked(|it| it.course().cloned());
        let settings = course.map_or_else(Presenter::default, |it| {
            presenting::presenter(&it, desk.learning)
        });
        return presented(Shown {
            title: "The walk".to_owned(),
            question: None,
            takeaway: None,
            flow: desk.own.flow.get_untracked(),
            scenario: shown.scenario,
            documents: shown.documents,
            settings,
            back: Route::Playground,
        });
    }
    with_course(desk, move |course| {
        if let Some(shown) = of_lesson(&course, &id, desk) {
            return presented(shown);
        }
        no_such_lesson(desk, &course)
    })
}

/// A lesson as it is given, whatever somebody has made of it.
fn of_lesson(course: &Course, id: &str, desk: Desk) -> Option<Shown> {
    let (lesson, ticket) = match id.split_once('/') {
        Some((lesson, ticket)) => (lesson, Some(ticket)),
        None => (id, None),
    };
    let lesson = course.lesson(lesson)?;
    let sheet = &lesson.sheet;
    let ticket = match ticket {
        Some(id) => Some(sheet.tickets.iter().find(|it| it.id == id)?),
        None => None,
    };
    let scenario = match ticket {
        Some(it) => lesson.ticket(it)?.start.into_owned(),
        None => lesson.start.clone(),
    };
    let documents = Documents::parse(&scenario.world);
    let flow = flow::walk(&scenario.world, &documents, &scenario.choice);
    Some(Shown {
        title: ticket.map_or_else(|| sheet.title.clone(), |it| it.symptom.clone()),
        question: sheet.predict.clone().filter(|_| ticket.is_none()),
        takeaway: ticket.is_none().then(|| sheet.takeaway.clone()),
        scenario: Arc::new(scenario),
        documents: Arc::new(documents),
        flow: Arc::new(flow),
        settings: presenting::presenter(course, desk.learning),
        back: Route::Lesson(id.to_owned()),
    })
}

fn presented(shown: Shown) -> AnyView {
    look::title("Presenting");
    // Here is nothing to say to a class, but the browser would show the file in the page's place.
    live::hold(files::on_refused(|| ()));
    let talk = RwSignal::new(Talk::new(
        &shown.flow,
        shown.question.is_some(),
        shown.settings,
    ));
    let back = shown.back.clone();
    let act = Callback::new(move |deed: Deed| {
        if deed == Deed::Leave {
            location::go(&back);
        } else {
            talk.update(|it| it.act(deed));
        }
    });
    keys::while_presenting(move |key| {
        let deed = Deed::of_key(key);
        if let Some(deed) = deed {
            act.run(deed);
        }
        deed.is_some()
    });
    on_cleanup(keys::stop_presenting);
    let talk: Signal<Talk> = memo(move || talk.get());
    let shown = Arc::new(shown);
    let title = shown.title.clone();
    let room = RwSignal::new(look::room());
    live::hold(look::on_room(move || room.set_if_there(look::room())));
    let of_layout = Arc::clone(&shown);
    let layout = memo(move || {
        let (width, height) = room.get();
        (MIN_WIDE <= width && height < width)
            .then(|| picture::largest(&of_layout.flow, width, height))
    });
    let of_picture = Arc::clone(&shown);
    let drawn = move || {
        let flow = &of_picture.flow;
        let picture = match layout.get() {
            Some(it) if !it.has_long_names => picture::low_picture(flow, it.columns),
            Some(it) => picture::picture(flow, it.columns),
            // What scrolls has room for a second line.
            None => picture::picture(flow, picture::NARROW),
        };
        talk.with(|it| drawing(&picture, &of_picture.flow, it))
    };
    Effect::new(move |_| {
        talk.track();
        room.track();
        look::fit(STEP);
    });
    let place = move || talk.with(Talk::place);
    view! {
        <main
            class="present"
            id="main"
            tabindex="-1"
            class:has-spotlight=live::flag(move || talk.with(Talk::has_spotlight))
            class:is-whole=live::flag(move || layout.get().is_some())
            class:is-beside=live::flag(move || layout.get().is_some_and(|it| it.is_beside))
        >
            <header class="present-head">
                <h1>{words(&title)}</h1>
                <p class="present-place">{live::text(place)}</p>
            </header>
            <div class="present-picture">{live::part(drawn)}</div>
            <div class="present-step" id=STEP role="status" aria-live="polite">
                {live::part(move || step(&shown, &talk.get(), act))}
            </div>
            {hint(act)}
        </main>
    }
    .into_any()
}

/// What the keys do, each a button as well.
fn hint(act: Callback<Deed>) -> AnyView {
    let key = |key: &'static str, words: &'static str, deed: Deed| {
        view! {
            <button type="button" class="present-key" on:click=move |_| act.run(deed)>
                <kbd>{key}</kbd>
                {words}
            </button>
        }
    };
    view! {
        <footer class="present-keys" role="group" aria-label="Keys">
            {key("←", "back", Deed::Back)}
            {key("→", "on", Deed::Next)}
            {key("Space", "show or cover", Deed::Reveal)}
            {key("O", "class says open", Deed::Vote(Vote::Open))}
            {key("X", "class says shut", Deed::Vote(Vote::Shut))}
            {key("S", "spotlight", Deed::Spotlight)}
            {key("Esc", "leave", Deed::Leave)}
        </footer>
    }
    .into_any()
}

fn step(shown: &Shown, talk: &Talk, act: Callback<Deed>) -> AnyView {
    match talk.step() {
        Step::Question => match &shown.question {
            Some(it) => question(it, talk.is_covered()),
            None => ().into_any(),
        },
        Step::Door(idx) => match shown.flow.hops.get(idx) {
            Some(hop) => door(shown, idx, hop, talk, act),
            None => ().into_any(),
        },
        Step::End => end(shown),
    }
}

fn question(it: &Prediction, is_covered: bool) -> AnyView {
    let choices = it.choices.iter().enumerate().map(|(idx, choice)| {
        let is_told = !is_covered && idx == it.answer;
        view! {
            <li class:is-told=is_told>
                {words(choice)}
                {is_told.then_some(" ✓")}
            </li>
        }
    });
    let choices = choices.collect_view();
    let because =
        (!is_covered).then(|| view! { <p class="present-reason">{words(&it.because)}</p> });
    view! {
        <h2>{words(&it.question)}</h2>
        <ol class="present-choices" type="A">{choices}</ol>
        {because}
    }
    .into_any()
}

fn door(shown: &Shown, idx: usize, hop: &Hop, talk: &Talk, act: Callback<Deed>) -> AnyView {
    let checks = hop.checks.iter().take(MAX_CHECKS);
    let checks = checks.map(|it| view! { <li>{words(&explain::check_title(it))}</li> });
    let checks = checks.collect_view();
    let n_more = hop.checks.len().saturating_sub(MAX_CHECKS);
    let answer = if talk.is_covered() {
        view! {
            <div class="present-vote">
                <p>"Open or shut?"</p>
                <button type="button" class="button" on:click=move |_| act.run(Deed::Vote(Vote::Open))>
                    "Open"
                </button>
                <button type="button" class="button" on:click=move |_| act.run(Deed::Vote(Vote::Shut))>
                    "Shut"
                </button>
            </div>
        }
        .into_any()
    } else {
        let verdict = explain::hop_verdict(hop, &shown.scenario.world, &shown.documents);
        let state = DoorState::of(&shown.flow, hop);
        view! {
            <p class="present-verdict">
                {state_chip(state, None)}
                {voted(hop, talk)}
            </p>
            {told(&verdict)}
        }
        .into_any()
    };
    view! {
        <h2>
            <span class="present-number">{format!("Door {}", idx + 1)}</span>
            {words(&explain::hop_title(hop))}
        </h2>
        <ul class="present-checks">
            {checks}
            {(n_more > 0).then(|| view! { <li>{format!("and {n_more} more")}</li> })}
        </ul>
        {answer}
    }
    .into_any()
}

/// What the class said, and whether that is so.
fn voted(hop: &Hop, talk: &Talk) -> Option<AnyView> {
    let vote = talk.vote()?;
    let said = match vote {
        Vote::Open => "The class said open",
        Vote::Shut => "The class said shut",
    };
    let sentence = match is_right(vote, hop.outcome()) {
        Some(true) => format!("{said}: right."),
        Some(false) => format!("{said}: not so."),
        None => format!("{said}. This door could not be judged."),
    };
    Some(view! { <span>{sentence}</span> }.into_any())
}

fn told(verdict: &Verdict) -> AnyView {
    let answer = if verdict.is_aws_message {
        let text = markup::plain(&verdict.answer);
        view! { <p class="aws-message">{text}</p> }.into_any()
    } else {
        view! { <p>{words(&verdict.answer)}</p> }.into_any()
    };
    view! {
        {answer}
        <p class="present-reason">{words(&verdict.reason)}</p>
    }
    .into_any()
}

fn end(shown: &Shown) -> AnyView {
    let verdict = explain::flow_verdict(&shown.flow, &shown.scenario.world, &shown.documents);
    let fix = crate::view::verdict::fix(&verdict).map(|it| {
        view! {
            <p>
                <strong>"What would fix it: "</strong>
                {words(&it)}
            </p>
        }
    });
    let headline = crate::view::verdict::headline(&shown.flow);
    let takeaway = shown.takeaway.as_deref().map(|it| {
        view! {
            <p class="present-takeaway">
                <strong>"To take along: "</strong>
                {words(it)}
            </p>
        }
    });
    view! {
        <h2>
            <span class=format!("present-sign {}", headline.state.class())>{icon::icon(Icon::of_state(headline.state))}</span>
            {headline.words}
        </h2>
        {told(&verdict)}
        {fix}
        {takeaway}
    }
    .into_any()
}

/// The walk as far as it was told: later doors have no colour, and the light is on one.
fn drawing(picture: &Picture, flow: &Flow, talk: &Talk) -> AnyView {
    let n_told = talk.n_told();
    let current = match talk.step() {
        Step::Door(idx) => flow.hops.get(idx),
        _ => None,
    };
    let lit = current.map(|hop| picture::beside(picture, hop));
    let is_lit = |idx: usize| lit.as_ref().is_none_or(|it| it.contains(&idx));
    let ways = picture
        .ways
        .iter()
        .map(|it| view! { <path class="way" d=it.path.clone() /> });
    let ways = ways.collect_view();
    let nodes = picture.nodes.iter().enumerate().map(|(idx, it)| {
        let (x, y) = (it.x, it.text_y);
        let second_line = it.second_line.clone();
        let second_line =
            second_line.map(|it| view! { <text class="node-name" x="0" y="28">{it}</text> });
        view! {
            <g class="node is-reached" class:is-lit=is_lit(idx)>
                <rect class="node-box" x=x y=it.y width=it.width height=it.height rx="8" />
                <g transform=format!("translate({} {}) scale(0.8125)", x + 9, y + 8)>
                    <path class="node-icon" d=it.icon.path() />
                </g>
                <text class="node-kind" x=x + 27 y=y + 19>{it.kind}</text>
                <svg x=x + 9 y=y + 23 width=it.width - 14 height="35">
                    <text class="node-name" x="0" y="13">{it.name.clone()}</text>
                    {second_line}
                </svg>
            </g>
        }
    });
    let nodes = nodes.collect_view();
    let badges = picture.badges.iter().map(|it| {
        let is_told = it.number <= n_told;
        let is_current = current.is_some_and(|hop| hop.kind == it.kind);
        let state = if is_told { it.state } else { DoorState::NotReached };
        let face = if is_told {
            view! {
                <g transform="translate(-6 -6) scale(0.75)">
                    <path class="badge-shape" d=Icon::of_state(it.state).path() />
                </g>
            }
            .into_any()
        } else {
            view! { <text class="badge-number" text-anchor="middle" y="4">{it.number.to_string()}</text> }
                .into_any()
        };
        let lit = if is_current || current.is_none() { " is-lit" } else { "" };
        let ring = if is_current { " is-current" } else { "" };
        view! {
            <g
                // One text: a class beside it would be gone with the next state.
                class=format!("badge {}{lit}{ring}", state.class())
                transform=format!("translate({} {})", it.x, it.y)
            >
                <circle class="badge-ground" r="9.5" />
                <circle class="badge-ring" r="13" />
                <circle class="badge-disc" r="9.5" />
                {face}
            </g>
        }
    });
    let badges = badges.collect_view();
    view! {
        <svg
            class="picture-svg"
            viewBox=format!("0 0 {} {}", picture.width, picture.height)
            preserveAspectRatio="xMidYMin"
            aria-hidden="true"
        >
            {ways}
            {nodes}
            {badges}
        </svg>
    }
    .into_any()
}
