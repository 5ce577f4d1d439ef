use rolewalk_core::{
    flow,
    names::Arn,
    scenario::Scenario,
    world::{DocumentId, Text, Thing},
};

use super::*;
use crate::state::{document::Document, sample};

fn account() -> Selection {
    Selection::Entity(Thing::Account.into())
}

fn trust(role: &str) -> Selection {
    let role = role.to_owned();
    Selection::Document(DocumentId::home(Text::Trust { role }))
}

struct Tree {
    scenario: Scenario,
    folds: LiteMap<String, bool>,
    pages: LiteMap<String, usize>,
    selection: Selection,
    filter: Filter,
}

impl Tree {
    fn of(scenario: Scenario) -> Self {
        Self {
            scenario,
            folds: LiteMap::new_vec(),
            pages: LiteMap::new_vec(),
            selection: account(),
            filter: Filter::default(),
        }
    }

    /// With so many more roles, the last of which is the only one of its name.
    fn with_roles(n: usize) -> Self {
        let mut scenario = sample::scenario();
        let roles = &mut scenario.world.home.roles;
        let first = roles.first().unwrap().clone();
        roles.extend((0..n).map(|idx| {
            let mut role = first.clone();
            role.name = format!("role-{idx:04}");
            role
        }));
        Self::of(scenario)
    }

    fn visible(&self) -> Visible {
        let document = Document::new(self.scenario.clone(), "one");
        let scenario = document.scenario();
        let flow = flow::walk(&scenario.world, document.documents(), &scenario.choice);
        let source = Source {
            world: &scenario.world,
            documents: document.documents(),
            checked: &Checked::of(&scenario.world),
            marks: &Marks::of(&flow, document.shown()),
        };
        let look = Look {
            folds: &self.folds,
            pages: &self.pages,
            selection: &self.selection,
            filter: &self.filter,
        };
        Visible::of(source, look)
    }

    fn labels_below(&self, parent: &str) -> Vec<String> {
        let visible = self.visible();
        let rows = rows_below(&visible, parent).into_iter();
        rows.map(|it| it.label.clone()).collect()
    }
}

fn rows_below<'a>(visible: &'a Visible, parent: &str) -> Vec<&'a Row> {
    let rows = visible.rows.iter();
    rows.filter(|it| it.parent == parent).collect()
}

#[test]
fn the_tree_has_the_three_branches_of_the_account() {
    let tree = Tree::of(sample::scenario());
    let branches = tree.labels_below("account");
    assert_eq!(branches, ["IAM", "SageMaker", "AWS services"]);
    let rows = tree.visible().rows;
    let keys: BTreeSet<_> = rows.iter().map(|it| &it.key).collect();
    assert_eq!(keys.len(), rows.len(), "keys are unique");
}

#[test]
fn the_profile_leads_to_its_execution_role_and_lies_on_the_path() {
    let rows = Tree::of(sample::scenario()).visible().rows;
    let profile = rows.iter().find(|it| it.icon == Icon::Profile).unwrap();
    assert_eq!(profile.passage, Passage::OnPath);
    let role = rows.iter().find(|it| it.parent == profile.key).unwrap();
    assert_eq!(role.label, "Exec");
}

#[test]
fn rows_below_a_folded_one_are_out_of_sight() {
    let mut tree = Tree::of(sample::scenario());
    assert!(tree.visible().rows.len() > 10);
    tree.folds = LiteMap::from_iter([("account".to_owned(), false)]);
    let rows = tree.visible().rows;
    assert_eq!(rows.len(), 1);
    assert!(rows[0].has_children);
}

/// Whatever can be selected comes into sight below the rows that are unfolded for it.
#[test]
fn what_is_selected_is_in_sight() {
    for tree in [Tree::of(sample::scenario()), Tree::with_roles(300)] {
        let world = &tree.scenario.world;
        let texts = world
            .documents()
            .into_iter()
            .map(|it| Selection::Document(it.0));
        let texts: Vec<_> = texts.collect();
        let things = texts.iter().map(|it| Selection::of_entity(it.entity()));
        for selection in texts.iter().cloned().chain(things) {
            let tree = Tree {
                selection: selection.clone(),
                scenario: tree.scenario.clone(),
                ..Tree::of(sample::scenario())
            };
            let rows = tree.visible().rows;
            assert!(
                rows.iter().any(|it| it.opens.as_ref() == Some(&selection)),
                "{selection:?}"
            );
        }
    }
}

#[test]
fn of_a_long_list_the_first_things_and_those_on_the_path_are_in_sight() {
    let mut tree = Tree::with_roles(5000);
    let roles = "account/iam/roles";
    assert!(tree.labels_below(roles).is_empty(), "folded at first");
    tree.folds = LiteMap::from_iter([(roles.to_owned(), true)]);
    let visible = tree.visible();
    let rows = rows_below(&visible, roles);
    let n_roles = tree.scenario.world.home.roles.len();
    assert_eq!(rows.len(), PAGE + 1);
    let more = rows.last().unwrap();
    assert_eq!(more.label, "Show 200 more");
    assert_eq!(more.detail, format!("{} not shown", n_roles - PAGE));
    assert!(more.brings_more);
    assert_eq!((more.position, more.set_size), (n_roles + 1, n_roles + 1));

    tree.selection = trust("role-4321");
    let visible = tree.visible();
    let rows = rows_below(&visible, roles);
    assert_eq!(rows.len(), PAGE + 2);
    let selected = rows[PAGE];
    assert_eq!(selected.label, "role-4321");
    let place = tree
        .scenario
        .world
        .home
        .roles
        .iter()
        .position(|it| it.name == "role-4321");
    assert_eq!(selected.position, place.unwrap() + 1);

    let more = visible.rows.iter().find(|it| it.brings_more).unwrap();
    tree.pages = LiteMap::from_iter([(more.key.clone(), 300)]);
    assert_eq!(tree.labels_below(roles).len(), 302);
}

#[test]
fn a_search_unfolds_what_it_finds_and_nothing_else() {
    let mut tree = Tree::with_roles(5000);
    tree.filter.query = Query::of("role-432");
    let visible = tree.visible();
    assert_eq!(visible.n_found, 10);
    let found = tree.labels_below("account/iam/roles");
    assert_eq!(found.len(), 10);
    assert!(found.iter().all(|it| it.starts_with("role-432")));
    assert_eq!(visible.rows.len(), 13, "with account, IAM and Roles");
    assert_eq!(
        visible.rows.iter().filter(|it| it.set_size == 10).count(),
        10
    );

    // More than a page: all are counted.
    tree.filter.query = Query::of("ROLE role-");
    assert_eq!(tree.visible().n_found, 5000);
    assert_eq!(tree.labels_below("account/iam/roles").len(), PAGE + 1);

    tree.filter.query = Query::of("arn:aws:iam::111122223333:role/role-0007");
    let n = tree.visible().n_found;
    let role = tree.scenario.world.home.role("role-0007").unwrap();
    let arn = tree.scenario.world.role_arn(role);
    tree.filter.query = Query::of(arn.as_str());
    assert_eq!(tree.visible().n_found, 1, "{arn}, {n}");

    tree.filter.query = Query::of("trust policy");
    assert_eq!(tree.visible().n_found, tree.scenario.world.home.roles.len());
    tree.filter.query = Query::of("nothing has this");
    assert_eq!(tree.visible(), Visible::default());
}

#[test]
fn a_row_is_found_by_the_words_that_it_shows() {
    let world = rolewalk_lessons::start_worlds()
        .iter()
        .find(|it| it.slug == "organization-says-no")
        .unwrap();
    let mut tree = Tree::of(world.scenario().unwrap());
    let mut found = |query: &str| {
        tree.filter.query = Query::of(query);
        tree.visible()
    };
    let policies = found("service control").n_found;
    assert!(policies > 0);
    assert_eq!(found("SCP").n_found, policies);
    assert_eq!(found("scp service control").n_found, policies);
    let home = found("")
        .rows
        .iter()
        .find(|it| it.key == "account")
        .cloned();
    let detail = home.unwrap().detail;
    let id = detail.split(' ').next().unwrap();
    let visible = found(id);
    assert!(visible.rows.iter().any(|it| it.detail == detail));
    assert!(visible.n_found > 10, "its things have it in their ARNs");
    assert_eq!(found("999900009999").n_found, 0);
}

#[test]
fn what_is_found_can_be_unfolded_whole() {
    let mut tree = Tree::with_roles(20);
    tree.filter.query = Query::of("role-0007");
    let key = "account/iam/roles/role-0007";
    assert!(tree.labels_below(key).is_empty());
    assert!(tree.visible().get(key).unwrap().has_children);
    tree.folds = LiteMap::from_iter([(key.to_owned(), true)]);
    assert!(tree.labels_below(key).contains(&"Trust policy".to_owned()));
}

#[test]
fn on_this_walk_is_what_the_walk_comes_to() {
    let mut tree = Tree::with_roles(5000);
    tree.filter.on_walk = true;
    let visible = tree.visible();
    let rows = visible.rows.iter();
    let off = rows.filter(|it| it.passage == Passage::Off && it.opens.is_some());
    // What leads to it, and nothing else.
    for row in off {
        assert!(visible.is_open(&row.key), "{}", row.key);
    }
    let roles = tree.labels_below("account/iam/roles");
    assert_eq!(roles, ["Scientist", "Exec"]);
    assert!(visible.rows.iter().any(|it| it.passage == Passage::OnPath));
}

#[test]
fn a_badge_is_marked_only_where_the_walk_comes_to_its_profile() {
    let course = rolewalk_lessons::course().unwrap();
    // A job started with the role's own name: no profile is on the way.
    let tree = Tree::of(course.lesson("execution-role").unwrap().start.clone());
    let visible = tree.visible();
    let stopped = visible.rows.iter();
    let stopped = stopped.filter(|it| it.passage == Passage::Stopped);
    let stopped: Vec<_> = stopped.map(|it| it.key.as_str()).collect();
    assert_eq!(stopped, ["account/iam/roles/ExecutionRole"]);
    // From Studio it is.
    let lesson = course.lesson("mental-model").unwrap();
    let visible = Tree::of(lesson.start.clone()).visible();
    let badges = visible.rows.iter();
    let badges = badges.filter(|it| it.key.ends_with("/execution-role"));
    let on_path: Vec<_> = badges.filter(|it| it.passage != Passage::Off).collect();
    assert_eq!(on_path.len(), 1, "{on_path:?}");
    assert!(on_path[0].parent.ends_with("/alice"));
}

#[test]
fn two_things_of_one_name_have_two_rows() {
    let mut tree = Tree::with_roles(2);
    tree.scenario.world.home.roles[1].name = "twin".to_owned();
    tree.scenario.world.home.roles[2].name = "twin".to_owned();
    let rows = tree.visible().rows;
    let twins: Vec<_> = rows.iter().filter(|it| it.label == "twin").collect();
    assert_eq!(twins.len(), 2);
    assert_ne!(twins[0].key, twins[1].key);
}

#[test]
fn a_managed_policy_is_where_it_is_attached() {
    let mut tree = Tree::of(sample::scenario());
    let arn = Arn::parse("arn:aws:iam::aws:policy/Nowhere").unwrap();
    let role = tree.scenario.world.home.roles.last_mut().unwrap();
    let key = format!("account/iam/roles/{}", role.name);
    role.attached_policies.push(arn.clone());
    tree.selection = Selection::Document(Text::Managed { arn }.into());
    assert!(tree.labels_below(&key).contains(&"Nowhere".to_owned()));
}
