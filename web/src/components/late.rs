//! A part of the page whose code arrives later: what stands in its place until then.

use std::future::Future;

use leptos::{prelude::*, task::spawn_local};

use crate::{
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
    let is_here = matches!(late::now(arrives()), Some(Ok(())));
    let arrival = RwSignal::new(if is_here {
        Arrival::Here
    } else {
        Arrival::OnItsWay
    });
    let fetch = move || {
        spawn_local(async move {
            let answer = arrives().await;
            arrival.set_if_there(match answer {
                Ok(()) => Arrival::Here,
                Err(_) => Arrival::Missing,
            });
        });
    };
    if !is_here {
        fetch();
    }
    live::part(move || match arrival.get() {
        Arrival::Here => match late::now(make()) {
            Some(Ok(view)) => view,
            _ => missing(arrival, fetch),
        },
        Arrival::OnItsWay => view! { <p class="empty" role="status">"On its way …"</p> }.into_any(),
        Arrival::Missing => missing(arrival, fetch),
    })
}

fn missing(arrival: RwSignal<Arrival>, fetch: impl Fn() + 'static) -> AnyView {
    let again = move |_| {
        arrival.set(Arrival::OnItsWay);
        fetch();
    };
    view! {
        <div class="empty" role="alert">
            <p>{NOT_THERE}</p>
            <button type="button" class="button" on:click=again>
                "Try again"
            </button>
        </div>
    }
    .into_any()
}
