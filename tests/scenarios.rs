//! Every scenario that Rolewalk has: start worlds, lessons with their solutions, tickets and wrong answers, and
//! misconfigurations with their fixes.

use std::{fs, path::Path};

use rolewalk_core::{
    library::Library,
    scenario::{Alteration, Scenario},
};
use rolewalk_lessons::{add_aws_managed_policies, course, start_worlds};

/// The world that opens.
pub(crate) fn opening() -> Scenario {
    start_worlds().first().unwrap().scenario().unwrap()
}

/// All of them, with a name each.
pub(crate) fn all() -> Vec<(String, Scenario)> {
    let mut all = Vec::new();
    for world in start_worlds() {
        all.push((world.slug.to_owned(), world.scenario().unwrap()));
    }
    of_lessons(&mut all);
    of_library(&mut all);
    all
}

fn of_lessons(all: &mut Vec<(String, Scenario)>) {
    for lesson in &course().unwrap().lessons {
        for (idx, exercise) in lesson.exercises().iter().enumerate() {
            let name = format!("{} {idx}", lesson.sheet.id);
            let start = exercise.start.as_ref();
            all.push((format!("{name} start"), start.clone()));
            let mut altered = |what: &str, changes: &[Alteration]| {
                let after = Alteration::apply_all(changes, start).unwrap();
                all.push((format!("{name} {what}"), after));
            };
            altered("solution", &exercise.solution.changes);
            for wrong in exercise.wrong {
                altered(&wrong.name, &wrong.changes);
            }
        }
    }
}

/// As `cargo xtask` makes the page's `library.json`.
pub(crate) fn library() -> Library {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/misconfigurations");
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    let base = folder.join("base.json");
    let files = fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path());
    let mut files: Vec<_> = files.filter(|it| *it != base).collect();
    files.sort();
    let parts: Vec<String> = files.iter().map(|it| read(it)).collect();
    let (base, parts) = (read(&base), parts.join(","));
    let json = format!(r#"{{"base": {base}, "misconfigurations": [{parts}]}}"#);
    Library::from_json(&json).unwrap()
}

fn of_library(all: &mut Vec<(String, Scenario)>) {
    let library = library();
    for it in &library.misconfigurations {
        let mut broken = library.scenario(it).unwrap();
        add_aws_managed_policies(&mut broken.world);
        let mended = Alteration::apply_all(&it.fix.changes, &broken).unwrap();
        all.push((it.slug.clone(), broken));
        all.push((format!("{} mended", it.slug), mended));
    }
}
