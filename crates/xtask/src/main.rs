//! `cargo xtask`: the commands of this repository, and nothing of the product.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool talks to its user"
)]

mod address;
mod bench;
mod book;
mod compress;
mod course;
mod embedding;
mod file_names;
mod fuzz;
mod glue;
mod keystroke;
mod lessons;
mod library;
mod lighthouse;
mod notices;
mod offline;
mod package;
mod parliament;
mod parts;
mod pictures;
mod project;
mod reference_data;
mod run;
mod screenshot;
mod serve;
mod setup;
mod site;
mod size;
mod styles;
mod test;
mod wasm;
mod widget;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use crate::lighthouse::Performance;
use crate::project::Project;
use crate::setup::{Need, Setup};

const USAGE: &str = "\
usage: cargo xtask COMMAND

  setup                   install what is missing to build and test
  serve [--port N]        build, serve on 127.0.0.1 (from port 8080 on) and rebuild on every change
  build [--url https://…] build the static site into dist/; its address, where it is known, goes into previews of links
  offline DIR             make a site that Trunk alone has built work offline, as `build` does
  book                    build the documentation into dist/docs/, beside the site, and the samples in docs/embedding/
  package                 build the npm package into target/package/
  bench                   decisions a second, natively and in Node beside the npm peer
  keystroke               how long a keystroke takes to the screen, in Chromium, at full speed and at a quarter
  lighthouse              what Lighthouse says of the built site, on a phone and on a desk
  fuzz [TARGET…] [--minutes N]
                          feed the readers, the evaluation and share links with noise (10 minutes each; no nightly needed)
  reference-data [--check]
                          make data/ anew out of the packages it comes from, or only compare
  parliament [--examples DIR]
                          record what parliament finds, for the comparison with the lint rules (tests/parliament)
  test [STEP…]            run all that CI runs, or only the named steps
  screenshot [--out DIR] [--path '#/…']
                          photograph the page for the README (into docs/images/)
  pictures                draw the icons and the preview of links anew (into web/assets/)
  lessons check PATH      say what is wrong with a lesson, a course or a packed course
  lessons pack PATH FILE  check it, write it as one file, and print its link
  help                    show this text";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> Result<ExitCode> {
    let mut setup = Setup::new(Project::find()?);
    match words {
        ["setup"] => {
            setup.check_versions()?;
            setup.need(Need::ALL)?;
            println!("setup  everything is there");
        }
        ["serve"] => serve::serve(&mut setup, None)?,
        ["serve", "--port", port] => {
            let Ok(port) = port.parse() else {
                return Ok(misused(&format!("`{port}` is not a port number")));
            };
            serve::serve(&mut setup, Some(port))?;
        }
        ["build"] => site::build(&mut setup, None)?,
        ["build", "--url", url] => site::build(&mut setup, Some(url))?,
        ["offline", folder] => offline::write(&setup.project, Path::new(folder))?,
        ["book"] => {
            book::build(&mut setup)?;
            embedding::build(&mut setup)?;
        }
        ["package"] => package::build(&mut setup)?,
        ["bench"] => bench::bench(&mut setup)?,
        ["keystroke"] => keystroke::keystroke(&mut setup)?,
        ["fuzz", targets @ .., "--minutes", minutes] => {
            let Ok(minutes) = minutes.parse() else {
                return Ok(misused(&format!("`{minutes}` is no number of minutes")));
            };
            fuzz::fuzz(&setup, targets, minutes)?;
        }
        ["fuzz", targets @ ..] => fuzz::fuzz(&setup, targets, 10)?,
        ["reference-data"] => reference_data::write(&setup.project)?,
        ["reference-data", "--check"] => reference_data::check(&setup.project)?,
        ["parliament"] => parliament::record(&setup.project, None)?,
        ["parliament", "--examples", checkout] => {
            parliament::record(&setup.project, Some(checkout))?;
        }
        ["test", steps @ ..] => {
            if let Some(unknown) = test::unknown(steps) {
                let known = test::names().join(" ");
                return Ok(misused(&format!(
                    "there is no step `{unknown}`; the steps are {known}"
                )));
            }
            return Ok(test::test(&mut setup, steps));
        }
        ["screenshot", options @ ..] => match screenshot::Options::parse(options) {
            Ok(options) => screenshot::screenshot(&mut setup, &options)?,
            Err(error) => return Ok(misused(&error.to_string())),
        },
        ["lighthouse"] => lighthouse::lighthouse(&mut setup, Performance::Counts)?,
        ["pictures"] => pictures::draw(&mut setup)?,
        ["lessons", "check", path] => return lessons::check(Path::new(path)),
        ["lessons", "pack", path, file] => {
            return lessons::pack(Path::new(path), Path::new(file));
        }
        ["help" | "--help" | "-h"] => println!("{USAGE}"),
        [] => return Ok(misused("a command is missing")),
        [first, ..] => {
            return Ok(misused(&format!(
                "`{first}` is not used like that, or not a command"
            )));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn misused(message: &str) -> ExitCode {
    eprintln!("error: {message}\n\n{USAGE}");
    ExitCode::from(2)
}
