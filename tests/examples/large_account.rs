//! Prints how long the core takes over an account of a number of roles: what the page does with it,
//! without the page.
//!
//! Usage: `cargo run --release -p rolewalk-tests --example large_account 5000`
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a tool of the tests: it prints, and what fails fails loudly"
)]

#[path = "../generate_account.rs"]
mod generate_account;

use std::time::Instant;

use rolewalk_core::{
    access::{self, Access, Question, WhoKind},
    advise,
    by_name::ByName,
    catalogue::Catalogue,
    import,
    world::{
        Checked, DocumentId, Documents, Text, Thing, World,
        change::{self, Kind},
    },
};
use rolewalk_lessons::aws_managed_policy;

fn main() {
    let n_roles = std::env::args().nth(1).unwrap_or_else(|| "200".to_owned());
    let n_roles = n_roles.parse().expect("how many roles, as a number");
    let text = generate_account::account(n_roles);
    println!("{n_roles} roles, {} bytes", text.len());
    let inputs = [import::Input {
        name: "account.json".to_owned(),
        text,
    }];
    let world = timed("read", || {
        import::import_alone(&inputs, &aws_managed_policy)
    })
    .world;
    let documents = timed("parse all policies", || Documents::parse(&world));
    let checked = timed("check the world", || Checked::of(&world));
    let role = world.home.roles.last().expect("a role").name.clone();
    let id = DocumentId::home(Text::Trust { role });
    let mut edited = world.clone();
    timed("edit a policy", || {
        edited = world.clone();
        *edited.document_mut(&id).expect("its trust policy") = "{}".into();
        edited == world
    });
    let documents = timed("parse what changed", || documents.refresh(&edited));
    timed("check what changed", || checked.refresh(&edited));
    let started = Instant::now();
    let mut longest = 0.0_f64;
    let mut n = 0;
    let catalogue = Catalogue::default();
    let work = advise::advise_in_steps(&edited, &documents, &catalogue, "2026-01-15T09:00:00Z");
    let mut steps = advise::Steps::of(work);
    loop {
        let before = Instant::now();
        let is_done = steps.step().is_some();
        longest = longest.max(before.elapsed().as_secs_f64() * 1000.0);
        n += 1;
        if is_done {
            break;
        }
    }
    let total = started.elapsed().as_secs_f64() * 1000.0;
    println!("advice: {total:.1} ms in {n} steps, the longest {longest:.2} ms");
    who_can(world);
}

/// Who may read a bucket of this account, and who can become those who may.
fn who_can(mut world: World) {
    let bucket = change::add(&mut world, Kind::Bucket, &Thing::Account.into()).expect("a bucket");
    let bucket = world.arn_of(&bucket).expect("its ARN");
    let documents = Documents::parse(&world);
    let scenario = rolewalk_lessons::start_worlds()
        .first()
        .expect("one")
        .scenario();
    let around = scenario.expect("it is read").choice;
    let question = Question {
        action: "s3:GetObject".to_owned(),
        resource: format!("{bucket}/key"),
        context: ByName::new(),
    };
    let answer = timed("who may read a bucket", || {
        access::who_can(&world, &documents, &around, &question)
    });
    let can = answer.rows.iter().filter(|it| it.access == Access::Can);
    let roles: Vec<_> = can.filter(|it| it.who.kind == WhoKind::Role).collect();
    println!("{} callers, {} roles may", answer.rows.len(), roles.len());
    timed("who can become each of these roles", || {
        let mut becoming = access::Becoming::new(&world, &documents, &around);
        roles
            .iter()
            .map(|it| becoming.ways(&it.who.principal).len())
            .sum::<usize>()
    });
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let before = Instant::now();
    let result = work();
    println!("{what}: {:.2} ms", before.elapsed().as_secs_f64() * 1000.0);
    result
}
