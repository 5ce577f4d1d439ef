//! A part of the page whose code arrives later: what stands in its place until then.

use std::{future::Future, pin::Pin, sync::Arc};

use leptos::prelude::*;

use crate::{
    browser::{self, location, root},
    components::live,
    late::{self, NOT_THERE, NotThere},
    state::signal::RwSignal,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arrival {
    OnItsWay,
    Here,
    Missing,
}

/// The view that `make` makes, once `arrives` is through.
pub(crate) fn late_view<A, V>(arrives: fn() -> A, make: impl Fn() -> V + Send + 'static) -> AnyView
where
    A: Future<Output = Result<(), NotThere>> + 'static,
    V: Future<Output = Result<AnyView, NotThere>>,
{
    late_view_in(arrives, make, |it| it)
}

/// The same; what is said until then stands in what `around` makes.
pub(crate) fn late_view_in<A, V>(
    arrives: fn() -> A,
    make: impl Fn() -> V + Send + 'static,
    around: fn(AnyView) -> AnyView,
) -> AnyView
where
    A: Future<Output = Result<(), NotThere>> + 'static,
    V: Future<Output = Result<AnyView, NotThere>>,
{
    let arrives = move || -> Arriving { Box::pin(arrives()) };
    let make = move || late::now(make()).and_then(Result::ok);
    view_of(Arc::new(arrives), Box::new(make), around)
}

type Arriving = Pin<Box<dyn Future<Output = Result<(), NotThere>>>>;

/// Boxed, so that it exists once and not once for each part.
fn view_of(
    arrives: Arc<dyn Fn() -> Arriving + Send + Sync>,
    make: Box<dyn Fn() -> Option<AnyView> + Send>,
    around: fn(AnyView) -> AnyView,
) -> AnyView {
    let is_here = matches!(late::now(arrives()), Some(Ok(())));
    let arrival = RwSignal::new(if is_here {
        Arrival::Here
    } else {
        Arrival::OnItsWay
    });
    let fetch = Callback::new(move |()| {
        let arrives = arrives();
        root::spawn(async move {
            let answer = match arrives.await {
                Ok(()) => Arrival::Here,
                Err(_) => Arrival::Missing,
            };
            // What waits for the same file is drawn one after the other, and whoever clicks meanwhile is heard.
            browser::after_render(move || {
                arrival.set_if_there(answer);
            });
        });
    });
    if !is_here {
        fetch.run(());
    }
    live::part(move || {
        let view = match arrival.get() {
            Arrival::OnItsWay => {
                let waiting = view! { <p class="empty" role="status">"On its way …"</p> };
                return around(waiting.into_any());
            }
            Arrival::Here => make(),
            Arrival::Missing => None,
        };
        view.unwrap_or_else(|| around(missing(arrival, fetch)))
    })
}

fn missing(arrival: RwSignal<Arrival>, fetch: Callback<()>) -> AnyView {
    let again = move |_| {
        arrival.set(Arrival::OnItsWay);
        fetch.run(());
    };
    // The page around a widget is somebody else's.
    let reload = (!root::current().is_widget()).then(|| {
        view! {
            " "
            <button type="button" class="button" on:click=move |_| location::reload()>
                "Reload the page"
            </button>
        }
    });
    view! {
        <div class="empty" role="alert">
            <p>{NOT_THERE}</p>
            <button type="button" class="button" on:click=again>
                "Try again"
            </button>
            {reload}
        </div>
    }
    .into_any()
}
