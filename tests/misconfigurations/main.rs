//! Runs the library of misconfigurations: each stops at its door for its reason with its message, its
//! fix mends it and nothing in the fix is idle, and its messages lead to it.
//!
//! The files are in `corpus/misconfigurations`, the texts that people paste in `messages.json`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test: a failed read is a failed test"
)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use libtest_mimic::{Arguments, Failed, Trial};
use rolewalk_core::{
    explain,
    flow::{Flow, HopOutcome, Outcome},
    library::{Fit, Library, Match, Misconfiguration, Theme},
    scenario::{Alteration, Check, CheckOutcome, Expectation, Scenario, run},
    world::{self, Documents},
};
use rolewalk_lessons::{add_aws_managed_policies, start_worlds};
use serde::Deserialize;

/// Texts that people paste.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Messages {
    /// Each with the misconfiguration that it should lead to.
    found: Vec<Message>,
    /// Texts that are about nothing in the library, with the fits that are found: what is about the same service is told
    /// as that.
    near: Vec<Near>,
    /// Texts that nothing should be found for.
    nothing: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Near {
    text: String,
    /// What fits better than by its service, in order.
    fits: Vec<String>,
    /// Some of those of the same service.
    services: Vec<String>,
    /// The first of those.
    #[serde(default)]
    first: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    slug: String,
    /// Its place in the answer, at most; others may have the very same message.
    #[serde(default = "first")]
    within: usize,
    text: String,
}

const fn first() -> usize {
    1
}

fn main() -> ExitCode {
    let files = files();
    let library = Arc::new(library(&files));
    let mut trials = vec![
        trial("the library is whole", &library, move |library| {
            whole(library, &files)
        }),
        trial("what breaks a world fits it", &library, fits),
        trial(
            "AWS would take every world but for the mistake",
            &library,
            possible,
        ),
    ];
    for idx in 0..library.misconfigurations.len() {
        let slug = &library.misconfigurations[idx].slug;
        let of = |name: &str, check: fn(&Library, &Misconfiguration) -> Result<(), Failed>| {
            let name = format!("{slug}: {name}");
            trial(&name, &library, move |it| {
                check(it, &it.misconfigurations[idx])
            })
        };
        trials.push(of("stops at its door for its reason", broken));
        trials.push(of("is mended by its fix", mended));
        trials.push(of("needs all of its fix", minimal));
        trials.push(of("is a scenario like any other", written_and_read));
        trials.push(of("is found by each of its own messages", own_messages));
    }
    let messages: Messages = serde_json::from_str(include_str!("messages.json")).unwrap();
    let told: BTreeSet<&str> = messages.found.iter().map(|it| it.slug.as_str()).collect();
    let n_told = told.len();
    trials.push(trial(
        "every misconfiguration has a message",
        &library,
        move |it| same(&n_told, &it.misconfigurations.len()),
    ));
    for (idx, message) in messages.found.into_iter().enumerate() {
        let name = format!("message {idx} leads to {}", message.slug);
        trials.push(trial(&name, &library, move |it| leads_to(it, &message)));
    }
    for (idx, it) in messages.near.into_iter().enumerate() {
        let name = format!("text {idx} is told how well others fit");
        trials.push(trial(&name, &library, move |library| near(library, &it)));
    }
    for (idx, text) in messages.nothing.into_iter().enumerate() {
        trials.push(trial(
            &format!("text {idx} leads nowhere"),
            &library,
            move |it| same(&it.search(&text), &Vec::new()),
        ));
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn trial(
    name: &str,
    library: &Arc<Library>,
    check: impl FnOnce(&Library) -> Result<(), Failed> + Send + 'static,
) -> Trial {
    let library = Arc::clone(library);
    Trial::test(name, move || check(&library))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/misconfigurations")
}

/// The names of the files, without the base's.
fn files() -> Vec<String> {
    let entries = fs::read_dir(folder()).unwrap();
    let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|it| it != "base.json").collect();
    names.sort();
    names
}

/// As `cargo xtask` makes the page's `library.json` of them.
fn library(files: &[String]) -> Library {
    let read = |name: &str| fs::read_to_string(folder().join(name)).unwrap();
    let parts: Vec<String> = files.iter().map(|it| read(it)).collect();
    let json = format!(
        "{{\"base\":{},\"misconfigurations\":[{}]}}",
        read("base.json"),
        parts.join(",")
    );
    Library::from_json(&json).unwrap()
}

fn whole(library: &Library, files: &[String]) -> Result<(), Failed> {
    let all = &library.misconfigurations;
    same(&all.len(), &35)?;
    let mut slugs: BTreeSet<&str> = start_worlds().iter().map(|it| it.slug).collect();
    for (idx, (it, file)) in all.iter().zip(files).enumerate() {
        same(&it.number, &u32::try_from(idx + 1).unwrap())?;
        same(file, &format!("{:02}-{}.json", it.number, it.slug))?;
        check(slugs.insert(&it.slug), &format!("twice: {}", it.slug))?;
        let has_source =
            !it.sources.is_empty() && it.sources.iter().all(|it| it.starts_with("https://"));
        check(has_source, &format!("{}: no address of a source", it.slug))?;
        let is_sentence = it.wrong.ends_with('.') && it.fix.text.ends_with('.');
        check(is_sentence, &format!("{}: not in sentences", it.slug))?;
        check(!it.messages.is_empty(), &format!("{}: no message", it.slug))?;
    }
    for theme in Theme::ALL {
        check(all.iter().any(|it| it.theme == theme), theme.title())?;
    }
    Ok(())
}

fn fits(library: &Library) -> Result<(), Failed> {
    for it in &library.misconfigurations {
        check(library.scenario(it).is_some(), &it.slug)?;
    }
    Ok(())
}

/// Those whose mistake AWS would not take.
const MISTAKES_OF_THE_WORLD: [&str; 0] = [];

/// Whoever opens one looks for its mistake, not for what AWS would not have.
fn possible(library: &Library) -> Result<(), Failed> {
    let wrong = |scenario: &Scenario| -> Vec<String> {
        let found = world::check(&scenario.world);
        found.iter().map(explain::world_finding_sentence).collect()
    };
    same(&wrong(library.base()), &Vec::new())?;
    for it in &library.misconfigurations {
        let scenario = scenario(library, it);
        let found = wrong(&scenario);
        let is_mistake = MISTAKES_OF_THE_WORLD.contains(&it.slug.as_str());
        check(
            is_mistake != found.is_empty(),
            &format!("{}: {found:#?}", it.slug),
        )?;
    }
    Ok(())
}

fn scenario(library: &Library, it: &Misconfiguration) -> Scenario {
    let mut scenario = library.scenario(it).unwrap();
    add_aws_managed_policies(&mut scenario.world);
    scenario
}

fn walk(scenario: &Scenario, expect: Expectation) -> Result<Flow, Failed> {
    let check = Check {
        name: scenario.name.clone(),
        ask: rolewalk_core::scenario::Ask::default(),
        expect,
    };
    match run(scenario, &check) {
        CheckOutcome::Passed { flow } => Ok(flow),
        CheckOutcome::Failed { mismatches, flow } => {
            Err(format!("{mismatches:#?}\n{}", told(scenario, &flow)).into())
        }
        CheckOutcome::Invalid { documents } => Err(format!("not valid: {documents:?}").into()),
    }
}

fn told(scenario: &Scenario, flow: &Flow) -> String {
    let documents = Documents::parse(&scenario.world);
    let verdict = explain::flow_verdict(flow, &scenario.world, &documents);
    format!("{verdict:#?}")
}

fn broken(library: &Library, it: &Misconfiguration) -> Result<(), Failed> {
    let scenario = scenario(library, it);
    let flow = walk(&scenario, it.expectation())?;
    let documents = Documents::parse(&scenario.world);
    let hop = flow.hops.iter().find(|hop| hop.kind == it.hop()).unwrap();
    let mut answers = String::new();
    for failing in hop
        .checks
        .iter()
        .filter(|it| it.outcome() == Outcome::Fails)
    {
        let verdict = explain::check_verdict(failing, &scenario.world, &documents);
        answers.extend([
            verdict.answer,
            "\n".to_owned(),
            verdict.reason,
            "\n".to_owned(),
        ]);
        check(verdict.fix.is_some(), "nothing says what to do")?;
    }
    for part in &it.says {
        check(
            answers.contains(part.as_str()),
            &format!("`{part}` is not in\n{answers}"),
        )?;
    }
    check(
        it.says.is_empty() == answers.is_empty(),
        &format!("says nothing of\n{answers}"),
    )
}

fn mended(library: &Library, it: &Misconfiguration) -> Result<(), Failed> {
    let scenario = scenario(library, it);
    let fixed = Alteration::apply_all(&it.fix.changes, &scenario).ok_or("the fix does not fit")?;
    let flow = walk(&fixed, it.mended_expectation())?;
    let lost = flow
        .hops
        .iter()
        .find(|it| it.outcome() == HopOutcome::Degraded);
    check(
        lost.is_none(),
        &format!("something is lost: {}", told(&fixed, &flow)),
    )
}

fn minimal(library: &Library, it: &Misconfiguration) -> Result<(), Failed> {
    let scenario = scenario(library, it);
    for idx in 0..it.fix.changes.len() {
        let mut changes = it.fix.changes.to_vec();
        changes.remove(idx);
        // What does not even fit without the one before does not mend anything either.
        let Some(half) = Alteration::apply_all(&changes, &scenario) else {
            continue;
        };
        let passes = walk(&half, it.mended_expectation()).is_ok();
        check(!passes, &format!("change {idx} is idle"))?;
    }
    check(!it.fix.changes.is_empty(), "no fix")
}

fn written_and_read(library: &Library, it: &Misconfiguration) -> Result<(), Failed> {
    let scenario = scenario(library, it);
    same(
        &Scenario::from_json(&scenario.to_json()).unwrap(),
        &scenario,
    )
}

fn own_messages(library: &Library, it: &Misconfiguration) -> Result<(), Failed> {
    for text in &it.messages {
        leads_to(
            library,
            &Message {
                slug: it.slug.clone(),
                within: 3,
                text: text.clone(),
            },
        )?;
    }
    Ok(())
}

fn leads_to(library: &Library, message: &Message) -> Result<(), Failed> {
    let found = library.search(&message.text);
    let place = found.iter().position(|it| it.slug == message.slug);
    let is_near = place.is_some_and(|it| it < message.within);
    check(is_near, &format!("{}\n{found:#?}", message.text))?;
    let place = place.unwrap_or_default();
    check(found[place].fit != Fit::Service, "is told not to fit")?;
    check(!found[place].because.is_empty(), "does not say why")
}

fn near(library: &Library, it: &Near) -> Result<(), Failed> {
    let found = library.search(&it.text);
    let (near, fits): (Vec<_>, Vec<_>) = found.iter().partition(|it| it.fit == Fit::Service);
    let slugs = |all: &[&Match]| all.iter().map(|it| it.slug.clone()).collect::<Vec<_>>();
    same(&slugs(&fits), &it.fits)?;
    let near = slugs(&near);
    if it.first.is_some() {
        same(&near.first(), &it.first.as_ref())?;
    }
    let is_there = it.services.iter().all(|it| near.contains(it));
    check(is_there, &format!("{near:#?}"))
}

fn check(is_so: bool, message: &str) -> Result<(), Failed> {
    if is_so { Ok(()) } else { Err(message.into()) }
}

fn same<T: PartialEq + std::fmt::Debug>(found: &T, expected: &T) -> Result<(), Failed> {
    check(
        found == expected,
        &format!("{found:#?}\nexpected {expected:#?}"),
    )
}
