//! Builds the rows of the tree: the accounts, the organization, and what every branch is made with.
//!
//! Invariant: parents come before their children, and only of what is unfolded rows are kept. What is
//! made and thrown away is what hangs below one thing, never a list.

use std::collections::BTreeMap;

use rolewalk_core::{
    explain::{self, KindWords},
    flow::Place,
    names::{AccountId, Arn},
    world::{Account, DocumentId, EntityId, ManagedPolicy, Text, Thing, World, change::Kind},
};

use crate::{
    state::selection::Selection,
    view::{
        finding,
        icon::Icon,
        tree::{
            Found, Look, NEXT_PAGE, PAGE, Passage, Row, Source,
            search::{self, Findable},
        },
    },
};

/// A list with more than this is folded at first.
pub(super) const MANY: usize = 40;

/// The rows in sight.
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    /// How many rows are found, those out of sight among them.
    pub(super) n_found: usize,
}

/// What is in sight with the rows of `unfolded` unfolded, where nobody folded them by hand.
pub(super) fn rows(source: Source<'_>, look: Look<'_>, unfolded: &[String]) -> Rows {
    let world = source.world;
    let mut managed = BTreeMap::new();
    for it in world.accounts().flat_map(|it| &it.policies) {
        managed.entry(&it.arn).or_insert(it);
    }
    let mut sought = source.marks.things();
    let on_walk = sought.clone();
    sought.push(look.selection.entity());
    let mut tree = Tree {
        source,
        look,
        unfolded,
        managed,
        on_walk,
        sought,
        rows: Vec::new(),
        level: 1,
        n_found: 0,
    };
    tree.account("account", &Home::of(world, &world.home), "Account");
    if let Some(organization) = &world.organization {
        tree.organization(world, organization);
    }
    for account in &world.other_accounts {
        let key = format!("account-{}", account.account);
        let name = account_name(world, &account.account);
        tree.account(&key, &Home::of(world, account), &name);
    }
    tree.finish()
}

/// What people call an account: its name, else its id.
pub(super) fn account_name(world: &World, id: &AccountId) -> String {
    let account = world.account(id).filter(|it| !it.name.is_empty());
    account.map_or_else(|| id.to_string(), |it| it.name.clone())
}

/// An account and its world: where things are at home.
pub(super) struct Home<'a> {
    pub(super) world: &'a World,
    pub(super) account: &'a Account,
    id: Option<AccountId>,
}

impl<'a> Home<'a> {
    fn of(world: &'a World, account: &'a Account) -> Self {
        let id = world.place_of(&account.account);
        Self { world, account, id }
    }

    pub(super) const fn is_home(&self) -> bool {
        self.id.is_none()
    }

    pub(super) fn entity(&self, thing: Thing) -> EntityId {
        let account = self.id.clone();
        EntityId { account, thing }
    }

    pub(super) fn text(&self, text: Text) -> DocumentId {
        let account = self.id.clone();
        DocumentId { account, text }
    }
}

pub(super) struct Tree<'a> {
    source: Source<'a>,
    look: Look<'a>,
    /// Rows that are unfolded so that what is selected comes into sight.
    unfolded: &'a [String],
    /// The managed policies: each is looked up for everybody that it is attached to.
    managed: BTreeMap<&'a Arn, &'a ManagedPolicy>,
    /// The things that the walk comes to.
    on_walk: Vec<EntityId>,
    /// These, and what is selected: in sight also behind the first things of a long list.
    sought: Vec<EntityId>,
    rows: Vec<Row>,
    level: usize,
    n_found: usize,
}

impl Tree<'_> {
    fn account(&mut self, key: &str, home: &Home<'_>, label: &str) {
        let (world, account) = (home.world, home.account);
        let entity = home.entity(Thing::Account);
        let key = self.add(None, key, Icon::Account, label.to_owned(), entity);
        let detail = format!("{} · {}", account.account, world.region);
        self.sought_detail(explain::thing_words(&Thing::Account), &detail);
        self.inside(&key, true, None, |tree| tree.branches(&key, home));
    }

    fn branches(&mut self, parent: &str, home: &Home<'_>) {
        let account = home.account;
        let at = || home.entity(Thing::Account);
        let has_iam = !(account.users.is_empty()
            && account.groups.is_empty()
            && account.roles.is_empty()
            && account.policies.is_empty());
        if home.is_home() || has_iam {
            let key = self.folder(parent, "iam", "IAM");
            self.adds(
                &[Kind::User, Kind::Group, Kind::Role, Kind::ManagedPolicy],
                at(),
            );
            self.inside(&key, home.is_home(), None, |tree| tree.iam(&key, home));
        }
        if home.is_home() || !account.domains.is_empty() {
            let key = self.folder(parent, "sagemaker", "SageMaker");
            self.adds(&[Kind::Domain], at());
            self.inside(&key, true, None, |tree| tree.domains(&key, home));
        }
        let key = self.folder(parent, "services", "AWS services");
        self.adds(
            &[
                Kind::Bucket,
                Kind::Repository,
                Kind::LogGroup,
                Kind::Key,
                Kind::Vpc,
                Kind::VpcEndpoint,
            ],
            at(),
        );
        self.inside(&key, true, None, |tree| tree.services(&key, home));
    }

    pub(super) fn managed(&mut self, parent: &str, arn: &Arn, detail: &str) {
        let id = Text::Managed { arn: arn.clone() }.into();
        self.document(parent, arn.as_str(), Icon::Policy, arn.last_segment(), id);
        let policy = self.managed.get(arn).copied();
        let detail = match policy {
            None => "not in this account",
            Some(it) if it.is_aws_managed() && detail.is_empty() => "AWS managed",
            Some(_) => detail,
        };
        match policy.and_then(|it| it.version.as_deref()) {
            Some(version) => self.detail(&format!("{detail} · {version}")),
            None => self.detail(detail),
        }
    }

    /// What hangs below the newest row, whose key this is. `has_children`: what is known of it without
    /// looking; then a folded row costs nothing.
    pub(super) fn inside(
        &mut self,
        key: &str,
        is_open_at_first: bool,
        has_children: Option<bool>,
        children: impl FnOnce(&mut Self),
    ) {
        let first = self.rows.len();
        let is_filtered = self.look.filter.is_on();
        let by_hand = self.look.folds.get(key).copied();
        let is_unfolded = self.unfolded.iter().any(|it| it == key);
        if let Some(has_children) = has_children.filter(|_| !is_filtered) {
            let is_open = by_hand.unwrap_or(is_unfolded || is_open_at_first);
            if !(has_children && is_open) {
                if let Some(row) = self.rows.last_mut() {
                    row.has_children = has_children;
                }
                return;
            }
        }
        self.level += 1;
        children(self);
        self.level -= 1;
        let below = self.rows.get(first..).unwrap_or_default();
        let has_children = has_children.unwrap_or_default() || !below.is_empty();
        let own = below.iter().filter(|it| it.parent == key);
        let has_found = is_filtered && own.clone().any(|it| self.is_found(it));
        // What stops the request is in sight.
        let has_stop = own.clone().any(|it| it.passage == Passage::Stopped);
        let is_open = by_hand.unwrap_or(if is_filtered {
            has_found
        } else {
            is_unfolded || is_open_at_first || has_stop && self.level > 2
        });
        if !is_open {
            self.rows.truncate(first);
        } else if is_filtered && by_hand.is_none() {
            self.leave_out(first, key);
        }
        if let Some(row) = first.checked_sub(1).and_then(|it| self.rows.get_mut(it)) {
            row.has_children = has_children;
            row.found.is_below = has_found;
        }
    }

    /// Of the rows from `first` on only those found below `parent`, with what hangs below them.
    fn leave_out(&mut self, first: usize, parent: &str) {
        let below = self.rows.split_off(first);
        let mut is_kept = false;
        for row in below {
            if row.parent == parent {
                is_kept = self.is_found(&row);
            }
            if is_kept {
                self.rows.push(row);
            }
        }
    }

    /// Whether the row itself is found, or one below it.
    fn is_found(&self, row: &Row) -> bool {
        row.found.is_below || self.is_found_itself(row)
    }

    fn is_found_itself(&self, row: &Row) -> bool {
        row.found.has_words && (!self.look.filter.on_walk || row.passage != Passage::Off)
            || row.brings_more
    }

    /// The things of a list: of a long one the first, those on the path and what is selected, and a row
    /// that brings more.
    pub(super) fn list<T: Findable>(
        &mut self,
        parent: &str,
        name: &str,
        home: &Home<'_>,
        things: impl Iterator<Item = T>,
        row: impl Fn(&mut Self, &T),
    ) {
        let here = |all: &[EntityId]| -> Vec<Thing> {
            let here = all
                .iter()
                .filter(|it| it.account == home.id || is_global(&it.thing));
            here.map(|it| it.thing.clone()).collect()
        };
        let (on_walk, sought) = (here(&self.on_walk), here(&self.sought));
        let has = |all: &[Thing], it: &T| all.iter().any(|thing| it.is(thing));
        let key = format!("{parent}//more-{name}");
        let page = self.look.pages.get(&key).copied().unwrap_or(PAGE);
        let filter = self.look.filter;
        let (mut n_shown, mut n_hidden, mut n_all_hidden) = (0, 0, 0);
        for thing in things {
            let mut n_found = 0;
            if filter.is_on() {
                n_found = match filter.on_walk {
                    true if !has(&on_walk, &thing) => 0,
                    _ if filter.query.is_empty() => 1,
                    _ => thing.n_found(&filter.query, home.world, home.account),
                };
                if n_found == 0 {
                    continue;
                }
            }
            if n_shown >= page && !has(&sought, &thing) {
                n_hidden += 1;
                n_all_hidden += 1;
                self.n_found += n_found;
                continue;
            }
            n_shown += 1;
            let at = self.rows.len();
            row(self, &thing);
            if let Some(row) = self.rows.get_mut(at) {
                row.n_hidden = std::mem::take(&mut n_hidden);
            }
        }
        if n_all_hidden > 0 {
            let label = format!("Show {} more", n_all_hidden.min(NEXT_PAGE));
            self.push(Row {
                key,
                detail: format!("{n_all_hidden} not shown"),
                brings_more: true,
                n_hidden,
                ..self.row(parent, name, Icon::More, label)
            });
        }
    }

    pub(super) fn add(
        &mut self,
        parent: Option<&str>,
        name: &str,
        icon: Icon,
        label: String,
        entity: EntityId,
    ) -> String {
        let opens = Selection::of_entity(entity.clone());
        let Source {
            world,
            checked,
            marks,
            ..
        } = self.source;
        let KindWords { service, word } = explain::thing_words(&entity.thing);
        let texts = [service, word, name, &label];
        let query = &self.look.filter.query;
        let has_words = query.matches(&texts, || world.arn_of(&entity));
        let row = Row {
            passage: marks.passage(&opens, Some(&entity)),
            opens: Some(opens),
            n_errors: checked.of_thing(&entity).len(),
            found: Found {
                has_words,
                is_below: false,
            },
            ..self.row(parent.unwrap_or(""), name, icon, label)
        };
        self.push(row)
    }

    /// In place of a thing that the walk stops for want of. Choosing it opens what it would belong to.
    pub(super) fn lacking(
        &mut self,
        parent: &str,
        place: Place,
        icon: Icon,
        at: EntityId,
        of: Option<&EntityId>,
    ) {
        let Some(name) = self.source.marks.lacks(place, of) else {
            return;
        };
        let label = if name.is_empty() { "none yet" } else { name };
        let row = Row {
            passage: Passage::Stopped,
            opens: Some(Selection::of_entity(at)),
            detail: explain::place_title(place).to_owned(),
            ..self.row(parent, "lacking", icon, label.to_owned())
        };
        self.push(row);
    }

    /// Whether there is something to be put in by [`Self::lacking`].
    pub(super) fn has_lacking(&self, place: Place, of: Option<&EntityId>) -> bool {
        self.source.marks.lacks(place, of).is_some()
    }

    pub(super) fn document(
        &mut self,
        parent: &str,
        name: &str,
        icon: Icon,
        label: &str,
        id: DocumentId,
    ) {
        let Source {
            documents, marks, ..
        } = self.source;
        let n_errors = documents.get(&id).map_or(0, |it| finding::n_errors(it));
        let kind = match &id.text {
            Text::Trust { .. } => search::TRUST,
            Text::Managed { .. } | Text::Inline { .. } => explain::entity_kind(&id.entity()),
            Text::Organization { kind, .. } => {
                explain::kind_words(Kind::OrganizationPolicy(*kind)).word
            }
            _ => "",
        };
        let arn = || match &id.text {
            Text::Managed { arn } => Some(arn.clone()),
            _ => None,
        };
        let has_words = self.look.filter.query.matches(&[kind, label], arn);
        let opens = Selection::Document(id);
        let row = Row {
            passage: marks.passage(&opens, None),
            opens: Some(opens),
            n_errors,
            found: Found {
                has_words,
                is_below: false,
            },
            ..self.row(parent, name, icon, label.to_owned())
        };
        self.push(row);
    }

    pub(super) fn folder(&mut self, parent: &str, name: &str, label: &str) -> String {
        self.push(self.row(parent, name, Icon::Folder, label.to_owned()))
    }

    /// What can be added in the newest row, a folder.
    pub(super) fn adds(&mut self, kinds: &'static [Kind], at: EntityId) {
        if let Some(row) = self.rows.last_mut() {
            row.adds = Some((kinds, at));
        }
    }

    fn push(&mut self, row: Row) -> String {
        let key = row.key.clone();
        self.rows.push(row);
        key
    }

    /// A few words behind the newest row's name.
    pub(super) fn detail(&mut self, detail: &str) {
        if let Some(row) = self.rows.last_mut() {
            detail.clone_into(&mut row.detail);
        }
    }

    /// The same, where the row, a thing of that kind, is found by these words, too: not in a list, whose things are counted
    /// without their rows.
    pub(super) fn sought_detail(&mut self, kind: KindWords, detail: &str) {
        self.detail(detail);
        let KindWords { service, word } = kind;
        let query = &self.look.filter.query;
        if let Some(row) = self.rows.last_mut() {
            let texts = [service, word, &row.label, detail];
            row.found.has_words |= query.matches(&texts, || None);
        }
    }

    /// Whether the walk comes to a thing.
    pub(super) fn is_on_walk(&self, entity: &EntityId) -> bool {
        self.on_walk.contains(entity)
    }

    /// The newest row stands for a thing in a place that the walk does not come to.
    pub(super) fn leave_walk(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.passage = Passage::Off;
        }
    }

    /// The newest row stands for a thing that has a row of its own, with the marks.
    pub(super) fn unmark(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.passage = Passage::Off;
            row.n_errors = 0;
        }
    }

    fn finish(mut self) -> Rows {
        if self.look.filter.is_on() {
            self.leave_out(0, "");
        }
        let found = self.rows.iter().filter(|it| !it.brings_more);
        let n_in_sight = found.filter(|it| self.is_found_itself(it)).count();
        Rows {
            n_found: self.n_found + n_in_sight,
            rows: self.rows,
        }
    }

    fn row(&self, parent: &str, name: &str, icon: Icon, label: String) -> Row {
        Row::new(parent, name, self.level, icon, label)
    }
}

/// Whether a thing goes by the same id in all accounts.
const fn is_global(thing: &Thing) -> bool {
    matches!(thing, Thing::ManagedPolicy { .. })
}
