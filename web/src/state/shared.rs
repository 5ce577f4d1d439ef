//! Links that hold a scenario, and where a scenario came from that is no world of Rolewalk's.
//!
//! Knows nothing of components. What packs and unpacks arrives when somebody shares or opens a link. Invariant: a link
//! is never longer than the whole scenario would be.

use rolewalk_core::{
    library::Library,
    scenario::Scenario,
    share::{self, ShareError, Shared},
};
use rolewalk_lessons::{LIBRARY_BASE, bases, known_bases, library_base, start_worlds};

use crate::state::imported;

/// How the name of a scenario's file ends.
pub(crate) const FILE_ENDING: &str = ".rolewalk.json";

/// In place of the start world, of a scenario that came in a link and is no world as given.
pub(crate) const ORIGIN: &str = "shared";
/// Before the name of a file that a scenario came from.
const FILE_ORIGIN: &str = "file:";
/// Programs that links are sent through cut off longer ones.
pub(crate) const MAX_LINK: usize = 8 * 1024;

/// The text for a link, as short as it gets with the worlds that are here.
pub(crate) fn pack(scenario: &Scenario, library: Option<&Library>) -> Result<String, ShareError> {
    let mut bases = bases();
    bases.extend(library.map(library_base));
    share::encode_beside(scenario, &bases)
}

/// What is in a text of a link.
pub(crate) fn unpack(text: &str, library: Option<&Library>) -> Result<Shared, ShareError> {
    let mut bases = known_bases();
    bases.extend(library.map(library_base));
    share::decode_beside(text, &bases)
}

/// Whether a link may be read once the library is there.
pub(crate) fn needs_library(error: &ShareError) -> bool {
    matches!(error, ShareError::Base { name } if name == LIBRARY_BASE)
}

/// Whether a scenario that began as this world is likely a change of the library's.
pub(crate) fn is_of_library(origin: &str) -> bool {
    is_as_given(origin) && start_worlds().iter().all(|it| it.slug != origin)
}

/// Whether there is a world of that name to start over from.
pub(crate) fn is_as_given(origin: &str) -> bool {
    !imported::is_origin(origin) && origin != ORIGIN && !origin.starts_with(FILE_ORIGIN)
}

/// What a link was made from: the start world that it is different from, where it is. That may be any world that makes
/// the link short, so it says nothing of whose the scenario is; see [`AppState::kept_origin`].
///
/// [`AppState::kept_origin`]: crate::state::app_state::AppState::kept_origin
pub(crate) fn origin(shared: &Shared) -> String {
    let is_start = |name: &String| start_worlds().iter().any(|it| it.slug == name.as_str());
    let base = shared.base.clone().filter(is_start);
    base.unwrap_or_else(|| ORIGIN.to_owned())
}

/// What a scenario from a file began as.
pub(crate) fn file_origin(name: &str) -> String {
    format!("{FILE_ORIGIN}{name}")
}

/// What a scenario is called among the worlds: where it came from is told, since it may be called as one of them.
pub(crate) fn label(origin: &str, name: &str) -> String {
    match origin.strip_prefix(FILE_ORIGIN) {
        Some(file) => format!("{name} (from {file})"),
        None if origin == ORIGIN => format!("{name} (shared)"),
        None => name.to_owned(),
    }
}

/// What a scenario is called that began as the start world of that title: by a name of its own, where it has got one.
pub(crate) fn label_of_start(title: &str, name: &str) -> String {
    if name == title {
        title.to_owned()
    } else {
        format!("{name} (from {title})")
    }
}

/// The name of the file that a scenario is saved as: that of the file it came from, else one made of its own.
pub(crate) fn file_name(origin: &str, scenario: &Scenario) -> String {
    if let Some(name) = origin.strip_prefix(FILE_ORIGIN) {
        return name.to_owned();
    }
    let mut name = String::new();
    for it in scenario.name.chars().take(60) {
        if it.is_alphanumeric() {
            name.extend(it.to_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    let name = if name.is_empty() { "scenario" } else { name };
    format!("{name}{FILE_ENDING}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::sample;

    #[test]
    fn a_file_is_called_as_it_came_or_as_the_scenario() {
        let mut scenario = sample::scenario();
        for (name, expected) in [
            ("A working studio", "a-working-studio.rolewalk.json"),
            ("<script>/../ä", "script-ä.rolewalk.json"),
            ("…", "scenario.rolewalk.json"),
        ] {
            scenario.name = name.to_owned();
            assert_eq!(file_name("working-studio", &scenario), expected);
        }
        let origin = file_origin("mine.json");
        assert_eq!(file_name(&origin, &scenario), "mine.json");
    }

    #[test]
    fn a_world_from_elsewhere_is_told_from_one_of_the_same_name() {
        let label = |origin: &str| label(origin, "A working studio");
        assert_eq!(label("pass-role-missing"), "A working studio");
        assert_eq!(
            label(&file_origin("mine.json")),
            "A working studio (from mine.json)"
        );
        assert_eq!(label(ORIGIN), "A working studio (shared)");
        for world in start_worlds() {
            let name = world.scenario().unwrap().name;
            assert_eq!(label_of_start(world.title, &name), world.title);
        }
        let renamed = label_of_start("Empty account", "Team");
        assert_eq!(renamed, "Team (from Empty account)");
    }

    #[test]
    fn what_came_from_elsewhere_has_no_world_as_given() {
        for origin in [&imported::origin(1), ORIGIN, &file_origin("working-studio")] {
            assert!(!is_as_given(origin), "{origin}");
            assert!(!is_of_library(origin), "{origin}");
        }
        assert!(is_as_given("working-studio") && !is_of_library("working-studio"));
        assert!(is_of_library("pass-role-missing"));
    }

    #[test]
    fn a_link_tells_the_start_world_that_it_is_made_from() {
        let mut scenario = start_worlds()[0].scenario().unwrap();
        scenario.choice.mfa = !scenario.choice.mfa;
        let found = unpack(&pack(&scenario, None).unwrap(), None).unwrap();
        assert_eq!(found.scenario, scenario);
        assert_eq!(origin(&found), "working-studio");
        let whole = share::encode(&scenario).unwrap();
        assert_eq!(origin(&unpack(&whole, None).unwrap()), ORIGIN);
    }
}
