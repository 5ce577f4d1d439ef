//! The account as a tree that arrow keys walk, and the field that looks for something in it.
//!
//! Of long lists only the first things are rows: see `view::tree`.
//!
//! <https://www.w3.org/WAI/ARIA/apg/patterns/treeview/>

mod drag;
mod row;
mod search;

use std::sync::Arc;

use leptos::prelude::*;
use litemap::LiteMap;
use rolewalk_core::{
    scenario::Scenario,
    world::{
        Checked, Documents, EntityId, Thing, change,
        change::{Kind, Whole},
    },
};

pub(crate) use self::search::focus_search;
use self::{drag::Drag, row::TreeRow, search::Search};
use crate::{
    browser::{after_render, focus},
    components::{actions::Actions, icon, live, menu::Menu, save_picture::save_picture},
    state::{
        lock::Locks,
        selection::Selection,
        session::Said,
        signal::{RwSignal, Signal, memo, settled},
        wish::{self, Wish},
    },
    view::{
        icon::Icon,
        svg, term,
        tree::{Filter, Look, Marks, NEXT_PAGE, PAGE, Row, Source, Visible},
    },
};

/// The id of the button that adds something.
const ADD_ID: &str = "tree-add";
/// What scrolls around the tree.
const PANEL_ID: &str = "tree-panel";

/// What the tree is of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TreeSource {
    /// The scenario as it stands.
    pub(crate) scenario: Signal<Arc<Scenario>>,
    /// Its texts, parsed.
    pub(crate) documents: Signal<Arc<Documents>>,
    /// What AWS would refuse of it.
    pub(crate) checked: Signal<Checked>,
    /// What the walk does.
    pub(crate) marks: Signal<Marks>,
    /// What a lesson keeps as it is.
    pub(crate) locks: Option<Locks>,
}

/// What the tree remembers of itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TreeState {
    visible: Signal<Visible>,
    folds: RwSignal<LiteMap<String, bool>>,
    pages: RwSignal<LiteMap<String, usize>>,
    search: Search,
    /// The row that the Tab key reaches, where somebody moved there.
    active: RwSignal<Option<String>>,
    /// The row that stands for what is open in the editor: of several the one that was chosen.
    selected: Signal<Option<String>>,
    scenario: Signal<Arc<Scenario>>,
    menu: Menu,
    drag: Drag,
    locks: Option<Locks>,
    /// The row that the Tab key reaches.
    reached: Signal<Option<String>>,
}

impl TreeState {
    /// Whether a row's children are in sight.
    fn is_open(self, key: &str) -> bool {
        self.visible.with(|it| it.is_open(key))
    }

    fn set_open(self, key: &str, is_open: bool) {
        let is_filtered = self.search.filter.with_untracked(Filter::is_on);
        let folds = if is_filtered {
            self.search.folds
        } else {
            self.folds
        };
        folds.update(|it| {
            it.insert(key.to_owned(), is_open);
        });
    }

    /// Brings more rows of a list, and goes to the first of them.
    fn bring_more(self, key: &str) {
        let place = self
            .visible
            .with_untracked(|it| it.rows.iter().position(|it| it.key == key));
        self.pages.update(|it| {
            *it.entry(key.to_owned()).or_insert(PAGE) += NEXT_PAGE;
        });
        after_render(move || {
            let key = self.visible.with_untracked(|it| {
                let row = it.rows.get(place?)?;
                Some(row.key.clone())
            });
            if let Some(key) = key {
                self.go(key);
            }
        });
    }

    /// Opens the menu of a row: what can be added there, and what can be done with its thing.
    fn offer(self, row: &Row, place: (i32, i32)) {
        let item = row.opens.as_ref().and_then(Selection::item);
        let adds = match (&row.adds, &item) {
            (Some((kinds, at)), _) => kinds.iter().map(|it| (*it, at.clone())).collect(),
            (None, Some(item)) => {
                let offers = self
                    .scenario
                    .with_untracked(|it| wish::offers(&it.world, item));
                let is_account = item.thing == Thing::Account;
                let own = offers
                    .into_iter()
                    .filter(|it| is_account || wish::is_own(it.0, item));
                own.collect()
            }
            (None, None) => Vec::new(),
        };
        let mut wishes: Vec<Wish> = adds
            .into_iter()
            .map(|(kind, at)| Wish::Add(kind, at))
            .collect();
        let is_policy = |it: &Wish| matches!(it, Wish::Add(Kind::ManagedPolicy, _));
        if item.is_none() && wishes.iter().any(is_policy) {
            wishes.push(Wish::BrowsePublished(None));
        }
        let explain = term::of_row(row).map(Wish::Explain);
        if let Some(item) = item {
            wishes.extend(self.attachment(row, &item));
            let can = |what: Whole| {
                let scenario = self.scenario;
                scenario.with_untracked(|it| change::never(&it.world, &item, what).is_none())
            };
            let (rename, duplicate) = (can(Whole::Rename), can(Whole::Duplicate));
            let delete = can(Whole::Remove);
            wishes.extend(rename.then(|| Wish::Rename(item.clone())));
            wishes.extend(duplicate.then(|| Wish::Duplicate(item.clone())));
            wishes.extend(explain);
            wishes.extend(delete.then_some(Wish::AskToDelete(item)));
        } else {
            wishes.extend(explain);
        }
        if self.locks.is_some_and(Locks::is_read_only) {
            wishes.retain(|it| matches!(it, Wish::Explain(_)));
        }
        self.menu.open(row.label.clone(), wishes, place);
    }

    /// What can be done with what a thing is attached to.
    fn attachment(self, row: &Row, item: &EntityId) -> Vec<Wish> {
        let mut wishes = Vec::new();
        let around = self
            .visible
            .with_untracked(|it| it.get(&row.parent).cloned());
        let around = around.and_then(|it| it.opens?.item());
        if let Some(from) = around {
            let is_attached = self.scenario.with_untracked(|it| {
                let mut world = it.world.clone();
                change::detach(&mut world, item, &from).is_ok()
            });
            wishes.extend(is_attached.then(|| Wish::Detach(item.clone(), from)));
        }
        if wish::attach_label(item).is_some() {
            wishes.insert(0, Wish::AskToAttach(item.clone()));
        }
        wishes
    }

    fn go(self, key: String) {
        focus::focus(row_id(&key));
        self.active.set(Some(key));
    }
}

fn row_id(key: &str) -> String {
    format!("tree-{key}")
}

/// The panel.
#[component]
pub(crate) fn TreePanel(
    source: TreeSource,
    #[prop(into)] selection: Signal<Selection>,
    said: RwSignal<Option<Said>>,
    actions: Actions,
) -> impl IntoView {
    let menu = Menu::new();
    let scenario = source.scenario;
    let search = Search::new();
    let folds = RwSignal::new(LiteMap::new_vec());
    let pages = RwSignal::new(LiteMap::new_vec());
    let active = RwSignal::new(None);
    let visible = rows_in_sight(source, search, folds, pages, selection);
    let selected = memo(move || {
        let active = active.get();
        selection.with(|selection| {
            visible.with(|visible| {
                let mut standing = visible
                    .rows
                    .iter()
                    .filter(|it| it.opens.as_ref() == Some(selection));
                let chosen = standing.clone().find(|it| Some(&it.key) == active.as_ref());
                chosen.or_else(|| standing.next()).map(|it| it.key.clone())
            })
        })
    });
    let reached = memo(move || {
        let active: Option<String> = active.get();
        visible.with(|visible| {
            let moved_to = active.filter(|key| visible.get(key).is_some());
            moved_to
                .or_else(|| selected.get())
                .or_else(|| visible.rows.first().map(|it| it.key.clone()))
        })
    });
    let state = TreeState {
        visible,
        folds,
        pages,
        search,
        active,
        selected,
        scenario,
        menu,
        drag: Drag::new(scenario, said, actions),
        locks: source.locks,
        reached,
    };
    keep_in_sight(selected);
    let keys = memo(move || {
        state
            .visible
            .with(|it| it.rows.iter().map(|it| it.key.clone()).collect::<Vec<_>>())
    });
    let row = move |key: String| {
        live::item(key.clone(), move || {
            let key = key.clone();
            view! { <TreeRow key state actions /> }.into_any()
        })
    };
    let rows = move || keys.get().into_iter().map(row).collect();
    view! {
        <section class="panel panel-tree" id=PANEL_ID aria-labelledby="tree-title">
            <div class="tree-head">
                <h2 id="tree-title" class="panel-title">"Account"</h2>
                {save_picture("account", move |is_dark| {
                    visible.with_untracked(|it| svg::tree(&it.rows, "Account", is_dark))
                })}
                {live::maybe(move || add_button(scenario, selection, menu, source.locks))}
            </div>
            {menu.view(actions)}
            {search.view(visible, Callback::new(move |()| {
                let first = visible.with_untracked(Visible::first_found);
                if let Some(key) = first {
                    state.go(key);
                }
            }))}
            <div
                class="tree"
                role="tree"
                class:is-empty=live::flag(move || visible.with(|it| it.rows.is_empty()))
                aria-labelledby="tree-title"
                on:keydown=move |event| on_key(state, actions, &event)
            >
                {live::list(rows)}
            </div>
            {state.drag.said_line()}
        </section>
    }
}

/// What opens the menu of all that can be added; nothing where the account is only shown.
fn add_button(
    scenario: Signal<Arc<Scenario>>,
    selection: Signal<Selection>,
    menu: Menu,
    locks: Option<Locks>,
) -> Option<AnyView> {
    let on_add = move |_| {
        let at = selection.with_untracked(|it| it.item().unwrap_or_else(|| it.entity()));
        let offers = scenario.with_untracked(|it| wish::offers(&it.world, &at));
        let wishes = offers.into_iter().map(|(kind, at)| Wish::Add(kind, at));
        menu.open(
            "Add".to_owned(),
            wishes.collect(),
            focus::place_below(ADD_ID),
        );
    };
    let is_offered = !locks.is_some_and(Locks::is_read_only);
    let button = view! {
        <button type="button" class="button quiet small" id=ADD_ID aria-haspopup="menu" on:click=on_add>
            {icon::icon(Icon::Plus)}
            "Add"
        </button>
    };
    is_offered.then(|| button.into_any())
}

/// What was added or opened elsewhere comes into sight here, too.
fn keep_in_sight(selected: Signal<Option<String>>) {
    Effect::new(move |before: Option<Option<String>>| {
        let now = selected.get();
        if let (Some(before), Some(key)) = (before, &now)
            && before != now
        {
            focus::reveal_in(PANEL_ID, row_id(key));
        }
        now
    });
}

/// The rows that are in sight, with what was folded and unfolded by hand, and how much of long lists.
fn rows_in_sight(
    source: TreeSource,
    search: Search,
    folds: RwSignal<LiteMap<String, bool>>,
    pages: RwSignal<LiteMap<String, usize>>,
    selection: Signal<Selection>,
) -> Signal<Visible> {
    settled(memo(move || {
        let filter = search.filter.get();
        let folds = if filter.is_on() { search.folds } else { folds };
        let (folds, pages, selection) = (folds.get(), pages.get(), selection.get());
        let look = Look {
            folds: &folds,
            pages: &pages,
            selection: &selection,
            filter: &filter,
        };
        let (scenario, documents) = (source.scenario.get(), source.documents.get());
        source.checked.with(|checked| {
            source.marks.with(|marks| {
                let source = Source {
                    world: &scenario.world,
                    documents: &documents,
                    checked,
                    marks,
                };
                Visible::of(source, look)
            })
        })
    }))
}

fn on_key(state: TreeState, actions: Actions, event: &leptos::ev::KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let rows = state.visible.get_untracked().rows;
    let Some(active) = state.reached.get_untracked() else {
        return;
    };
    let Some(idx) = rows.iter().position(|it| it.key == active) else {
        return;
    };
    let Some(row) = rows.get(idx) else {
        return;
    };
    let is_open = untrack(|| state.is_open(&row.key));
    let go_to = |row: Option<&Row>| {
        if let Some(row) = row {
            state.go(row.key.clone());
        }
    };
    match event.key().as_str() {
        "ArrowDown" => go_to(rows.get(idx + 1)),
        "ArrowUp" => go_to(idx.checked_sub(1).and_then(|it| rows.get(it))),
        "Home" => go_to(rows.first()),
        "End" => go_to(rows.last()),
        "ArrowRight" if row.has_children && !is_open => state.set_open(&row.key, true),
        "ArrowRight" => go_to(rows.get(idx + 1).filter(|it| it.parent == row.key)),
        "ArrowLeft" if is_open => state.set_open(&row.key, false),
        "ArrowLeft" => go_to(rows.iter().find(|it| it.key == row.parent)),
        "Enter" | " " => choose(state, actions, row),
        "F10" if event.shift_key() => state.offer(row, focus::place_below(&row_id(&row.key))),
        "ContextMenu" => state.offer(row, focus::place_below(&row_id(&row.key))),
        "F2" | "Delete" => {
            let Some(item) = row.opens.as_ref().and_then(Selection::item) else {
                return;
            };
            actions.wish.run(if event.key() == "F2" {
                Wish::Rename(item)
            } else {
                Wish::AskToDelete(item)
            });
        }
        "m" if item_of(row).is_some_and(|it| wish::attach_label(&it).is_some()) => {
            if let Some(item) = item_of(row) {
                actions.wish.run(Wish::AskToAttach(item));
            }
        }
        "?" => {
            if let Some(about) = term::of_row(row) {
                actions.wish.run(Wish::Explain(about));
            }
        }
        key => {
            let mut letters = key.chars();
            let (Some(letter), None) = (letters.next(), letters.next()) else {
                return;
            };
            let begins = |it: &&Row| {
                let first = it.label.chars().next();
                first.is_some_and(|it| it.to_lowercase().eq(letter.to_lowercase()))
            };
            let behind = rows.iter().skip(idx + 1).find(begins);
            go_to(behind.or_else(|| rows.iter().find(begins)));
        }
    }
    event.prevent_default();
}

fn item_of(row: &Row) -> Option<EntityId> {
    row.opens.as_ref().and_then(Selection::item)
}

/// Opens what the row stands for; a folder folds and unfolds.
fn choose(state: TreeState, actions: Actions, row: &Row) {
    state.active.set(Some(row.key.clone()));
    if row.brings_more {
        return state.bring_more(&row.key);
    }
    if let Some(selection) = &row.opens {
        actions.select.run(selection.clone());
        if row.has_children {
            state.set_open(&row.key, true);
        }
    } else {
        let is_open = untrack(|| state.is_open(&row.key));
        state.set_open(&row.key, !is_open);
    }
}
