//! Rolewalk's page: mounts the app, nothing else.
//!
//! Everything that thinks is in `rolewalk-core`; this crate shows it. In layers, each importing only
//! those before it: the plain values of `state` (with `Theme`, `Tab` and `Notice` of `session`), `view`,
//! `browser`, the signals of `state`, `components`, `pages`, `app`.

#![expect(
    unreachable_pub,
    reason = "what `#[component]` makes is public, whatever the component says"
)]
#![expect(
    clippy::needless_pass_by_value,
    reason = "component props are owned by their component"
)]
#![expect(
    clippy::large_types_passed_by_value,
    reason = "the state is a bundle of small handles, copied like one"
)]

mod app;
mod browser;
mod components;
mod late;
mod pages;
mod state;
mod view;

fn main() {
    browser::rescue::install();
    browser::widget::install(pages::embed::MAKER);
    if browser::frame::is_asked_for() {
        browser::frame::open();
    } else if let Some(element) = browser::mount_point() {
        leptos::mount::mount_to(element, app::App).forget();
    }
}
