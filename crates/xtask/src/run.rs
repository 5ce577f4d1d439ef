//! Running other programs: found on a list of folders, streamed or logged, their failure told in one sentence.

use std::env;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How often a long, logged command says that it is still at work.
const STILL_WORKING: Duration = Duration::from_secs(60);

/// A command that starts in `folder` and does not inherit what `cargo run` told xtask about xtask.
pub(crate) fn command(program: impl AsRef<OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stdin(Stdio::null());
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let about_xtask = text == "CARGO"
            || ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"]
                .iter()
                .any(|start| text.starts_with(start));
        if about_xtask {
            command.env_remove(&name);
        }
    }
    command
}

/// The first executable called `program` in `folders`.
pub(crate) fn find(program: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let file_name = format!("{program}{}", env::consts::EXE_SUFFIX);
    folders
        .iter()
        .map(|folder| folder.join(&file_name))
        .find(|path| path.is_file())
}

/// The folders of `PATH`.
pub(crate) fn path_folders() -> Vec<PathBuf> {
    env::var_os("PATH").map_or_else(Vec::new, |path| env::split_paths(&path).collect())
}

/// Runs a command whose output goes where xtask's goes.
pub(crate) fn stream(command: &mut Command) -> Result<()> {
    flush();
    let status = command
        .status()
        .with_context(|| format!("`{}` could not be started", shown(command)))?;
    check(command, status)
}

/// What a command prints on standard output. Its standard error is shown only if it fails.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("`{}` could not be started", shown(command)))?;
    if !output.status.success() {
        eprint!("{}", String::from_utf8_lossy(&output.stderr));
    }
    check(command, output.status)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What a command prints on standard output, or nothing if it fails: for questions whose "no" is an answer.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a long command with its output in the file `log`, whose end is shown if the command fails.
pub(crate) fn logged(what: &str, command: &mut Command, log: &Path) -> Result<()> {
    let result = attempt(what, command, log);
    if result.is_err() {
        let text = fs::read_to_string(log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        for line in lines.iter().skip(lines.len().saturating_sub(25)) {
            eprintln!("    {line}");
        }
        eprintln!("    (all of it: {})", log.display());
    }
    result
}

/// The same for a command whose failure is no surprise, because there is another way: nothing is shown.
pub(crate) fn attempt(what: &str, command: &mut Command, log: &Path) -> Result<()> {
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    let child = command
        .stdout(file.try_clone()?)
        .stderr(file)
        .spawn()
        .with_context(|| format!("`{}` could not be started", shown(command)))?;
    let status = wait(what, child)?;
    check(command, status)
}

/// Writes out what was printed, so that it stands before what a started program prints.
pub(crate) fn flush() {
    // A closed standard output is the reader's choice and no reason to stop.
    let _ = io::stdout().flush();
}

/// `12.3 s`, or `3 min 5 s` from two minutes on.
pub(crate) fn time(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    if seconds < 120 {
        format!("{:.1} s", elapsed.as_secs_f64())
    } else {
        format!("{} min {} s", seconds / 60, seconds % 60)
    }
}

fn wait(what: &str, mut child: Child) -> Result<ExitStatus> {
    let start = Instant::now();
    let mut next = STILL_WORKING;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if start.elapsed() >= next {
            println!("setup  {what}: still at work after {}", time(next));
            flush();
            next += STILL_WORKING;
        }
        thread::sleep(Duration::from_millis(50));
    }
}

fn check(command: &Command, status: ExitStatus) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    match status.code() {
        Some(code) => bail!("`{}` ended with exit code {code}", shown(command)),
        None => bail!("`{}` was ended by a signal", shown(command)),
    }
}

/// A command as a person would type it, its program without folders.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut words = vec![program.file_stem().unwrap_or_default().to_string_lossy()];
    words.extend(command.get_args().map(OsStr::to_string_lossy));
    words.join(" ")
}
