//! The five ideas, filled in with this scenario's names.

use rolewalk_core::{
    flow::{Flow, Place, Station},
    lesson,
    world::EntityId,
};

use crate::view::{door::DoorState, icon::Icon};

/// One idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Idea {
    /// AWS's word.
    pub(crate) title: &'static str,
    /// What it comes to.
    pub(crate) meaning: &'static str,
    /// Its sign.
    pub(crate) icon: Icon,
    /// What it is called here.
    pub(crate) name: String,
    /// The thing, where there is one.
    pub(crate) entity: Option<EntityId>,
    /// Whether the request got through.
    pub(crate) state: DoorState,
}

struct Plan {
    idea: lesson::Idea,
    meaning: &'static str,
    icon: Icon,
    place: Place,
    none: &'static str,
}

/// What a walk does not come by.
const BESIDE: &str = "not on this walk";

const PLANS: [Plan; 5] = [
    Plan {
        idea: lesson::Idea::IamUser,
        meaning: "Who you are",
        icon: Icon::User,
        place: Place::User,
        none: "",
    },
    Plan {
        idea: lesson::Idea::Role,
        meaning: "What you can do",
        icon: Icon::Role,
        place: Place::Role,
        none: "no role: the user’s own permissions",
    },
    Plan {
        idea: lesson::Idea::Domain,
        meaning: "Where you work",
        icon: Icon::Domain,
        place: Place::Domain,
        none: "",
    },
    Plan {
        idea: lesson::Idea::UserProfile,
        meaning: "Your workspace",
        icon: Icon::Profile,
        place: Place::UserProfile,
        none: "",
    },
    Plan {
        idea: lesson::Idea::ExecutionRole,
        meaning: "Your AWS access badge",
        icon: Icon::Badge,
        place: Place::ExecutionRole,
        none: "none named",
    },
];

/// The five ideas of a walk.
pub(crate) fn ideas(flow: &Flow) -> Vec<Idea> {
    PLANS.iter().map(|it| idea(flow, it)).collect()
}

fn idea(flow: &Flow, plan: &Plan) -> Idea {
    let station = station(flow, plan.place);
    let name = station
        .map(|it| it.name.clone())
        .filter(|it| !it.is_empty());
    // Whoever takes on no role has their own permissions; of all else the walk has nothing.
    let is_beside = station.is_none() && plan.place != Place::Role;
    let none = if is_beside { BESIDE } else { plan.none };
    Idea {
        title: plan.idea.title(),
        meaning: plan.meaning,
        icon: plan.icon,
        name: name.unwrap_or_else(|| none.to_owned()),
        entity: station.and_then(|it| it.entity.clone()),
        state: state(flow, plan),
    }
}

/// The worst that the idea's doors say. One without doors in this walk says nothing of where it stops: it is behind the
/// walk where the walk has come as far as its place.
fn state(flow: &Flow, plan: &Plan) -> DoorState {
    let hops: Vec<_> = flow
        .hops
        .iter()
        .filter(|it| lesson::Idea::of_hop(it) == plan.idea)
        .collect();
    let states = || hops.iter().map(|it| DoorState::of(flow, it));
    let has = |state: DoorState| states().any(|it| it == state);
    if hops.is_empty() {
        // Nobody comes by.
        if station(flow, plan.place).is_none() {
            return DoorState::NotReached;
        }
        let mut ways_in = flow.hops.iter().filter(|it| it.to.place == plan.place);
        let is_behind = ways_in.any(|it| {
            !matches!(
                DoorState::of(flow, it),
                DoorState::Shut | DoorState::NotReached
            )
        });
        return if flow.blocked_at().is_none() || is_behind {
            DoorState::Open
        } else {
            DoorState::NotReached
        };
    }
    if has(DoorState::Shut) {
        DoorState::Shut
    } else if states().next() == Some(DoorState::NotReached) {
        DoorState::NotReached
    } else if has(DoorState::Loses) {
        DoorState::Loses
    } else if has(DoorState::NotJudged) {
        DoorState::NotJudged
    } else {
        DoorState::Open
    }
}

fn station(flow: &Flow, place: Place) -> Option<&Station> {
    flow.hops
        .iter()
        .flat_map(|it| [&it.from, &it.to])
        .find(|it| it.place == place)
}

#[cfg(test)]
mod tests {
    use rolewalk_core::{
        flow,
        scenario::{Alteration, Scenario},
        world::Documents,
    };

    use super::*;

    fn shut(scenario: &Scenario) -> Vec<&'static str> {
        let documents = Documents::parse(&scenario.world);
        let flow = flow::walk(&scenario.world, &documents, &scenario.choice);
        let all = ideas(&flow).into_iter();
        all.filter(|it| it.state == DoorState::Shut)
            .map(|it| it.title)
            .collect()
    }

    #[test]
    fn the_idea_that_a_ticket_is_about_is_the_one_that_is_shut() {
        let course = rolewalk_lessons::course().unwrap();
        let tickets = course.lessons.iter().flat_map(|lesson| {
            let tickets = lesson.sheet.tickets.iter();
            tickets.map(move |it| (it.answer, lesson.ticket(it).unwrap()))
        });
        let mut n_tickets = 0;
        for (answer, exercise) in tickets {
            assert_eq!(shut(&exercise.start), [answer.title()]);
            n_tickets += 1;
        }
        assert_eq!(n_tickets, 5);
    }

    #[test]
    fn what_the_walk_does_not_come_by_has_no_tick() {
        let mut scenario = rolewalk_lessons::start_worlds()[0].scenario().unwrap();
        let call = r#"{"apiCall": {"action": "sagemaker:AddTags", "resource": "*"}}"#;
        scenario.choice.workload = serde_json::from_str(call).unwrap();
        let documents = Documents::parse(&scenario.world);
        let flow = flow::walk(&scenario.world, &documents, &scenario.choice);
        let beside: Vec<_> = ideas(&flow)
            .into_iter()
            .filter(|it| it.name == BESIDE)
            .map(|it| (it.title, it.state))
            .collect();
        let not = |title| (title, DoorState::NotReached);
        assert_eq!(
            beside,
            [not("Domain"), not("User profile"), not("Execution role")]
        );
    }

    #[test]
    fn the_page_on_the_mental_model_names_the_idea_that_the_picture_shows() {
        let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/concepts");
        let text = |name: &str| std::fs::read_to_string(docs.join(name)).unwrap();
        let page = text("mental-model.md").replace("\n  ", " ");
        let start = Scenario::from_json(&text("mental-model.rolewalk.json")).unwrap();
        let book: serde_json::Value = serde_json::from_str(&text("tries.json")).unwrap();
        let pages = book["pages"].as_array().unwrap();
        let of_page = pages.iter().find(|it| it["page"] == "mental-model.md");
        let mut told = Vec::new();
        for one in of_page.unwrap()["tries"].as_array().unwrap() {
            let says = one["says"].as_str().unwrap();
            let changes: Vec<Alteration> = serde_json::from_value(one["changes"].clone()).unwrap();
            let tried = Alteration::apply_all(&changes, &start).unwrap();
            let flow = flow::walk(&tried.world, &Documents::parse(&tried.world), &tried.choice);
            let all = ideas(&flow);
            let refuses: Vec<_> = all
                .iter()
                .filter(|it| it.state == DoorState::Shut)
                .collect();
            let [idea] = refuses.as_slice() else {
                panic!("{says}: {refuses:?}");
            };
            let line = page.lines().find(|it| it.contains(says)).unwrap();
            let begin = format!("- **{}**:", idea.meaning);
            assert!(
                line.starts_with(&begin),
                "{line}: the picture says {}",
                idea.title
            );
            // What the request has passed is open, what it does not come to is not reached.
            let at = all.iter().position(|it| it == *idea).unwrap();
            assert!(
                all[..at].iter().all(|it| it.state == DoorState::Open),
                "{says}: {all:?}"
            );
            assert!(
                all[at + 1..]
                    .iter()
                    .all(|it| it.state == DoorState::NotReached),
                "{says}: {all:?}"
            );
            told.push(idea.title);
        }
        assert_eq!(told, lesson::Idea::ALL.map(lesson::Idea::title));
    }

    #[test]
    fn what_somebody_calls_themselves_is_not_the_execution_role_s_matter() {
        let course = rolewalk_lessons::course().unwrap();
        let start = |id: &str| course.lesson(id).unwrap().start.clone();
        assert_eq!(shut(&start("default-deny")), ["IAM user"]);
        assert_eq!(shut(&start("pass-role")), ["Role"]);
        assert_eq!(shut(&start("execution-role")), ["Execution role"]);
    }
}
