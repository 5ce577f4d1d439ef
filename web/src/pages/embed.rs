//! A scenario in a widget: the verdict, the views that its author chose, and the ways back and out.
//!
//! Holds the state of one widget and what its script may ask of it; the script's side is `web/widget`. Knows nothing of
//! storage and addresses. Invariant: what comes from outside is read as a scenario and as nothing else, and where it is
//! none, what was shown before stays.

mod foot;
mod teller;
mod view;
mod views;

use std::{
    any::Any,
    cell::{Cell, RefCell},
    rc::Rc,
    sync::Arc,
};

use leptos::{mount::mount_to, prelude::Owner};
use rolewalk_core::{
    library::Library,
    scenario::{Scenario, ScenarioError},
    share,
};
use rolewalk_lessons::{add_aws_managed_policies, start_worlds};

use self::{view::Embedded, views::Views};
use crate::{
    browser::{
        after_render,
        location::{self, SHARED},
        root::Root,
        widget::{Arriving, At, Awaited, Controls, Host, Maker, Options, Taken, Told, Trouble},
    },
    late::{self, NotThere, late},
    state::{app_state::AppState, shared, shelf},
};

/// Makes widgets.
pub(crate) const MAKER: Maker = Maker {
    max_bytes: MAX_BYTES,
    arrive,
    mount,
    read,
};

/// The largest scenario that is read, in bytes of JSON.
const MAX_BYTES: usize = share::MAX_JSON;
/// In place of the start world that other scenarios began as.
const ORIGIN: &str = "embedded";

fn arrive() -> Arriving {
    Box::pin(async { mounted_arrives().await.or_else(missing) })
}

fn mount(root: Rc<Root>, options: Options, host: Host) -> Taken<Controls> {
    let made = late::now(mounted(root, options, host));
    made.and_then(Result::ok)
        .unwrap_or_else(|| Err(not_there()))
}

fn read(text: String, library: Option<String>) -> Awaited {
    Box::pin(async move { found(text, library).await.unwrap_or_else(missing) })
}

late! {
    embed, mounted_arrives:
    fn mounted(root: Rc<Root>, options: Options, host: Host) -> Taken<Controls> {
        mount_here(root, &options, host)
    }
}

late! {
    embed:
    fn found(text: String, library: Option<String>) -> Taken<String> {
        find(text.trim(), library.as_deref())
    }
}

fn mount_here(root: Rc<Root>, options: &Options, host: Host) -> Taken<Controls> {
    let scenario = from_json(&options.scenario)?;
    // What it has become was made here: where it is none, the widget begins anew.
    let now = from_json(&options.now).unwrap_or_else(|_| scenario.clone());
    let place = root.place().ok_or_else(not_there)?;
    let made = Rc::new(Cell::new(None));
    let tells = Rc::clone(&made);
    let own = Rc::new(RefCell::new(None));
    let owner = Rc::clone(&own);
    let options = options.clone();
    let (view, open) = (options.view.clone(), options.open.clone());
    let teller = host.clone();
    let handle = mount_to(place, move || {
        root.provide();
        owner.replace(Owner::current());
        let embedded = Embedded::new(scenario, now, &options);
        tells.set(Some(embedded));
        view::page(embedded, teller)
    });
    let embedded = made.get().ok_or_else(not_there)?;
    let Embedded { state, .. } = embedded;
    let complain = move |wrong: Vec<Trouble>| {
        for trouble in wrong {
            let host = host.clone();
            after_render(move || host.tell(Told::Wrong(trouble)));
        }
    };
    complain(unknown_views(&view));
    complain(unknown_text(state, &open));
    let complain_of_text = complain.clone();
    Ok(Controls {
        scenario: Box::new(move || state.scenario.with_untracked(|it| it.to_json())),
        set_scenario: Box::new(move |json| {
            embedded.give(from_json(json)?);
            Ok(())
        }),
        reset: Box::new(move || embedded.reset()),
        set_view: Box::new(move |view| {
            embedded.views.set(Views::parse(view));
            complain(unknown_views(view));
        }),
        open: Box::new(move |name| {
            embedded.open(name);
            complain_of_text(unknown_text(state, name));
        }),
        set_read_only: Box::new(move |it| embedded.is_read_only.set(it)),
        share_url: Box::new(move || share_url(state)),
        mounted: Box::new(Mounted {
            handle: Some(Box::new(handle)),
            owner: own.take(),
        }),
    })
}

/// What is shown, and whom all its signals belong to.
struct Mounted {
    handle: Option<Box<dyn Any>>,
    owner: Option<Owner>,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        drop(self.handle.take());
        // The state holds its own owner, so that this would never be gone by itself.
        if let Some(owner) = self.owner.take() {
            owner.cleanup();
        }
    }
}

/// What is wrong with an author's names of views: they are left out, and readers see no trace of it.
fn unknown_views(names: &str) -> Vec<Trouble> {
    let unknown = Views::unknown(names).into_iter();
    let trouble = |name: &str| Trouble {
        code: "unknown-view",
        message: format!("there is no view `{name}`"),
        help: "write `flow`, `trace`, `editor`, `model` or `account`, several of them with blanks between, or `whole`",
        at: None,
    };
    unknown.map(trouble).collect()
}

/// The same with the name of a text. An account may have hundreds of them: the first few say what such names look like.
fn unknown_text(state: AppState, name: &str) -> Vec<Trouble> {
    const MOST: usize = 12;
    let scenario = state.scenario.get_untracked();
    let texts = scenario.world.documents();
    let mut names: Vec<String> = texts.iter().map(|it| it.0.name().to_string()).collect();
    if name.is_empty() || names.iter().any(|it| it == name) {
        return Vec::new();
    }
    let n_more = names.len().saturating_sub(MOST);
    names.truncate(MOST);
    let listed = if names.is_empty() {
        "it has none".to_owned()
    } else {
        format!("it has `{}`", names.join("`, `"))
    };
    let more = match n_more {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    vec![Trouble {
        code: "unknown-text",
        message: format!("there is no text `{name}` in this scenario: {listed}{more}"),
        help: "name one of its texts in `open`, or leave `open` out",
        at: None,
    }]
}

fn from_json(text: &str) -> Taken<Scenario> {
    if text.len() > MAX_BYTES {
        return Err(Trouble {
            code: "scenario-too-large",
            message: format!(
                "this scenario has {} bytes, and one may have {MAX_BYTES}",
                text.len()
            ),
            help: "leave out of it what the page is not about",
            at: None,
        });
    }
    let read = Scenario::from_json(text).map(|mut scenario| {
        // An author may name one of AWS's policies without writing it out.
        add_aws_managed_policies(&mut scenario.world);
        scenario
    });
    read.map_err(|error| Trouble {
        code: match error {
            ScenarioError::Shape(_) => "not-a-scenario",
            ScenarioError::Version(_) => "newer-scenario",
        },
        message: error.to_string(),
        help: "save it once more from Rolewalk, with `File`",
        at: match &error {
            ScenarioError::Shape(it) => Some(At {
                path: it.path.clone(),
                line: it.position.line,
                column: it.position.column,
            }),
            ScenarioError::Version(_) => None,
        },
    })
}

/// JSON of whatever names a scenario. `library` is the library's file.
fn find(text: &str, library: Option<&str>) -> Taken<String> {
    if text.starts_with('{') {
        return from_json(text).map(|_| text.to_owned());
    }
    if let Some(world) = start_worlds().iter().find(|it| it.slug == text) {
        let scenario = world.scenario().ok();
        return scenario.map(|it| it.to_json()).ok_or_else(not_there);
    }
    let shared = text.split_once(SHARED).map_or(text, |it| it.1);
    unpack(shared, library).map(|it| it.to_json())
}

fn share_url(state: AppState) -> Awaited {
    let scenario = state.scenario.get_untracked();
    let start = location::link(SHARED);
    Box::pin(async move {
        let text = packed(scenario).await.unwrap_or_else(missing)?;
        Ok(format!("{start}{text}"))
    })
}

late! {
    link:
    fn packed(scenario: Arc<Scenario>) -> Taken<String> {
        shared::pack(&scenario, None).map_err(|it| trouble(&it))
    }
}

/// The world of that name in the library, or what is in the text of a link. `library` is the library's file.
fn unpack(text: &str, library: Option<&str>) -> Taken<Scenario> {
    let library = library.and_then(|it| Library::from_json(it).ok());
    let is_name = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
    if !text.is_empty() && text.chars().all(is_name) {
        let Some(library) = library else {
            return Err(needs_library());
        };
        return shelf::scenario(&library, text).ok_or_else(|| Trouble {
            code: "unknown-world",
            message: format!("there is no world `{text}`"),
            help: "name a start world or one of the library",
            at: None,
        });
    }
    match shared::unpack(text, library.as_ref()) {
        Ok(it) => Ok(it.scenario),
        Err(error) if shared::needs_library(&error) && library.is_none() => Err(needs_library()),
        Err(error) => Err(trouble(&error)),
    }
}

/// Whoever reads it is to fetch the library and to ask once more.
fn needs_library() -> Trouble {
    Trouble {
        code: "needs-library",
        message: "the library of misconfigurations could not be fetched".to_owned(),
        help: "check the connection and reload the page",
        at: None,
    }
}

fn trouble(error: &share::ShareError) -> Trouble {
    Trouble {
        code: error.code(),
        message: error.message(),
        help: error.help(),
        at: None,
    }
}

fn missing<T>(_: NotThere) -> Taken<T> {
    Err(not_there())
}

fn not_there() -> Trouble {
    Trouble {
        code: "part-missing",
        message: "a part of Rolewalk could not be fetched".to_owned(),
        help: "check the connection and reload the page",
        at: None,
    }
}
