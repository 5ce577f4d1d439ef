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
    /// The same in a word or two; what the walk does not come by has one of its own.
    pub(crate) word: &'static str,
}

struct Plan {
    idea: lesson::Idea,
    meaning: &'static str,
    icon: Icon,
    place: Place,
    /// What is in that place on other walks, and what to say behind its name.
    stand_ins: &'static [(Place, &'static str)],
    none: &'static str,
}

/// What a walk does not come by.
const BESIDE: &str = "not on this walk";
/// The same by itself.
const BESIDE_WORD: &str = "Not on this walk";

const PLANS: [Plan; 5] = [
    Plan {
        idea: lesson::Idea::IamUser,
        meaning: "Who you are",
        icon: Icon::User,
        place: Place::User,
        stand_ins: &[],
        none: "",
    },
    Plan {
        idea: lesson::Idea::Role,
        meaning: "What you can do",
        icon: Icon::Role,
        place: Place::Role,
        stand_ins: &[(Place::Caller, ", who calls")],
        none: "no role: the user’s own permissions",
    },
    Plan {
        idea: lesson::Idea::Domain,
        meaning: "Where you work",
        icon: Icon::Domain,
        place: Place::Domain,
        stand_ins: &[],
        none: "",
    },
    Plan {
        idea: lesson::Idea::UserProfile,
        meaning: "Your workspace",
        icon: Icon::Profile,
        place: Place::UserProfile,
        stand_ins: &[],
        none: "",
    },
    Plan {
        idea: lesson::Idea::ExecutionRole,
        meaning: "Your AWS access badge",
        icon: Icon::Badge,
        place: Place::ExecutionRole,
        stand_ins: &[
            (Place::JobRole, ", as the job’s role"),
            (Place::PipelineRole, ", as the pipeline’s role"),
            (Place::SpaceRole, ", in the shared space"),
        ],
        none: "none named",
    },
];

/// The five ideas of a walk.
pub(crate) fn ideas(flow: &Flow) -> Vec<Idea> {
    PLANS.iter().map(|it| idea(flow, it)).collect()
}

fn idea(flow: &Flow, plan: &Plan) -> Idea {
    let own = station(flow, plan.place);
    let stand_in = plan
        .stand_ins
        .iter()
        .find_map(|(place, how)| Some((station(flow, *place)?, *how)));
    let found = own.map(|it| (it, "")).or(stand_in);
    let name = found
        .filter(|it| !it.0.name.is_empty())
        .map(|(it, how)| format!("{}{how}", it.name));
    let state = state(flow, plan, found.map(|it| it.0));
    // Whoever takes on no role has their own permissions; of all else the walk has nothing.
    let is_named_by_none = found.is_some() || state.is_some() || plan.place == Place::Role;
    let none = if is_named_by_none { plan.none } else { BESIDE };
    Idea {
        title: plan.idea.title(),
        meaning: plan.meaning,
        icon: plan.icon,
        name: name.unwrap_or_else(|| none.to_owned()),
        entity: found.and_then(|it| it.0.entity.clone()),
        word: state.map_or(BESIDE_WORD, DoorState::word),
        state: state.unwrap_or(DoorState::NotReached),
    }
}

/// The worst that the idea's doors say; nothing where the walk does not come by. One without doors in this walk says
/// nothing of where it stops, and neither do doors that the walk does not come to: it is behind the walk where the walk
/// has come as far as its place.
fn state(flow: &Flow, plan: &Plan, station: Option<&Station>) -> Option<DoorState> {
    let hops = flow.hops.iter();
    let hops = hops.filter(|it| lesson::Idea::of_hop(it) == plan.idea);
    let states: Vec<DoorState> = hops.map(|it| DoorState::of(flow, it)).collect();
    let reached = states.iter().filter(|it| **it != DoorState::NotReached);
    let worst = |state: &DoorState| match state {
        DoorState::Shut => 3,
        DoorState::Loses => 2,
        DoorState::NotJudged => 1,
        DoorState::Open | DoorState::NotReached => 0,
    };
    if let Some(worst) = reached.max_by_key(|it| worst(it)) {
        return Some(*worst);
    }
    let Some(station) = station else {
        return states.first().copied();
    };
    let mut ways_in = flow.hops.iter().filter(|it| it.to == *station);
    let is_behind = ways_in.any(|it| {
        !matches!(
            DoorState::of(flow, it),
            DoorState::Shut | DoorState::NotReached
        )
    });
    Some(if flow.blocked_at().is_none() || is_behind {
        DoorState::Open
    } else {
        DoorState::NotReached
    })
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

    /// What the model says is what the walk says.
    fn agrees(flow: &Flow, about: &str) {
        let all = ideas(flow);
        let is = |state: DoorState| all.iter().filter(move |it| it.state == state);
        let n_shut = usize::from(flow.blocked_at().is_some());
        assert_eq!(is(DoorState::Shut).count(), n_shut, "{about}: {all:?}");
        for (idea, plan) in all.iter().zip(&PLANS) {
            let is_beside = idea.word == BESIDE_WORD;
            assert!(
                idea.state != DoorState::NotReached || is_beside || n_shut == 1,
                "{about}: nothing is shut, and {idea:?}"
            );
            assert!(!is_beside || idea.entity.is_none(), "{about}: {idea:?}");
            assert_eq!(
                idea.name == BESIDE,
                is_beside && plan.none != idea.name,
                "{about}: {idea:?}"
            );
            // What the picture shows as reached is not behind the door.
            let reached = flow.hops.iter().any(|it| {
                it.to.place == plan.place
                    && matches!(
                        DoorState::of(flow, it),
                        DoorState::Open | DoorState::NotJudged
                    )
            });
            assert!(
                !reached || idea.state != DoorState::NotReached,
                "{about}: the walk comes to {idea:?}"
            );
        }
    }

    fn walked(scenario: &Scenario) -> Flow {
        let documents = Documents::parse(&scenario.world);
        flow::walk(&scenario.world, &documents, &scenario.choice)
    }

    #[test]
    fn the_model_agrees_with_every_walk_of_the_worlds_and_the_lessons() {
        for world in rolewalk_lessons::start_worlds() {
            let scenario = world.scenario().unwrap();
            agrees(&walked(&scenario), &scenario.about);
        }
        let course = rolewalk_lessons::course().unwrap();
        for lesson in &course.lessons {
            agrees(&walked(&lesson.start), &lesson.sheet.id);
            for exercise in lesson.exercises() {
                let solved = Alteration::apply_all(&exercise.solution.changes, &exercise.start);
                agrees(&walked(&solved.unwrap()), &lesson.sheet.id);
            }
        }
    }

    #[test]
    fn what_is_lacking_is_what_is_red() {
        let worlds = rolewalk_lessons::start_worlds();
        let mut scenario = worlds[0].scenario().unwrap();
        let mut red = Vec::new();
        let mut look = |scenario: &Scenario| {
            agrees(&walked(scenario), "lacking");
            red.extend(shut(scenario));
        };
        let domain = scenario.world.home.domains[0].clone();
        let mut without_roles = domain.clone();
        without_roles.default_user_settings.execution_role = None;
        for it in &mut without_roles.user_profiles {
            it.user_settings.execution_role = None;
        }
        scenario.world.home.domains = std::iter::once(without_roles.clone()).collect();
        look(&scenario);
        without_roles.user_profiles = Vec::new();
        scenario.world.home.domains = std::iter::once(without_roles).collect();
        look(&scenario);
        scenario.world.home.domains = Vec::new();
        look(&scenario);
        assert_eq!(red, ["Execution role", "User profile", "Domain"]);
    }

    #[test]
    fn a_role_that_nobody_has_chosen_is_no_fault_of_the_user() {
        let mut scenario = rolewalk_lessons::start_worlds()[0].scenario().unwrap();
        scenario.choice.role = None;
        let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
        let policy = serde_json::json!({"name": "All", "document": serde_json::from_str::<serde_json::Value>(text).unwrap()});
        let name = scenario.choice.user.clone();
        let user = scenario.world.home.user_mut(&name).unwrap();
        user.inline_policies
            .push(serde_json::from_value(policy).unwrap());
        let notebook = r#"{"notebookInstance": {"notebookInstance": "n"}}"#;
        scenario.choice.workload = serde_json::from_str(notebook).unwrap();
        agrees(&walked(&scenario), "no role");
        assert_eq!(shut(&scenario), ["Execution role"]);
    }

    #[test]
    fn the_execution_role_that_a_job_is_handed_is_the_job_s_role() {
        let course = rolewalk_lessons::course().unwrap();
        let lesson = course.lesson("trust-policy").unwrap();
        let solution = &lesson.sheet.solution.as_ref().unwrap().changes;
        let solved = Alteration::apply_all(solution, &lesson.start).unwrap();
        let ideas = ideas(&walked(&solved));
        let badge = ideas.last().unwrap();
        assert_eq!(badge.name, "ExecutionRole, as the job’s role");
        assert_eq!(badge.state, DoorState::Open);
        assert!(badge.entity.is_some());
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
            agrees(&flow, says);
            // What the request has passed is open.
            let at = all.iter().position(|it| it == *idea).unwrap();
            assert!(
                all[..at].iter().all(|it| it.state == DoorState::Open),
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
