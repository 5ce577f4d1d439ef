//! The development server: `trunk serve` on a free port, its address told once the page answers.
//!
//! INVARIANT: whatever ends this command also ends the server and the build that runs in it.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::course;
use crate::library;
use crate::notices;
use crate::reference_data;
use crate::run;
use crate::setup::{Need, Setup};
use crate::site::{self, NOT_SOURCES, SOURCES};

const FIRST_PORT: u16 = 8080;
/// How many ports are tried before giving up.
const N_PORTS: u16 = 100;
/// How long the server may take to end itself before it is killed.
const PATIENCE: Duration = Duration::from_secs(3);

#[derive(Debug, PartialEq, Eq)]
enum Page {
    NoServer,
    Broken,
    Answers,
}

pub(crate) fn serve(setup: &mut Setup, port: Option<u16>) -> Result<()> {
    let stopping = Arc::new(AtomicBool::new(false));
    let handler = Arc::clone(&stopping);
    setup.need(Need::SITE)?;
    library::write(&setup.project)?;
    course::write(&setup.project)?;
    reference_data::write_bundle(&setup.project)?;
    notices::write(setup)?;
    ctrlc::set_handler(move || handler.store(true, Ordering::Relaxed))
        .context("Ctrl-C cannot be handled")?;
    let port = free_port(port.unwrap_or(FIRST_PORT))?;
    let mut command = trunk_serve(setup, port)?;
    println!("serve  building; the address follows …");
    run::flush();
    let mut server = command.spawn().context("trunk could not be started")?;
    let result = watch(&mut server, port, &stopping);
    end(&mut server);
    result
}

fn watch(server: &mut Child, port: u16, stopping: &AtomicBool) -> Result<()> {
    let mut told = Page::NoServer;
    while !stopping.load(Ordering::Relaxed) {
        if let Some(status) = server.try_wait()? {
            bail!("trunk ended by itself ({status}); its own words are above");
        }
        if told != Page::Answers {
            let page = ask(port);
            if page != told {
                match page {
                    Page::NoServer => {}
                    Page::Broken => println!(
                        "serve  the build failed, see above; it is tried again after the next change"
                    ),
                    Page::Answers => println!("Rolewalk is at http://127.0.0.1:{port}/"),
                }
                run::flush();
                told = page;
            }
        }
        thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

fn trunk_serve(setup: &Setup, port: u16) -> Result<Command> {
    let root = &setup.project.root;
    let dist = setup.project.target().join("site-dev");
    fs::create_dir_all(&dist)?;
    // An earlier run's page must not answer for a build that fails.
    let _ = fs::remove_file(dist.join("index.html"));
    let mut trunk = site::trunk(setup);
    trunk
        .args(["serve", "--address", "127.0.0.1", "--port"])
        .arg(port.to_string())
        .arg("--disable-address-lookup")
        .arg("--dist")
        .arg(&dist);
    for (option, paths) in [("--watch", SOURCES), ("--ignore", NOT_SOURCES)] {
        for path in paths.iter().filter(|path| root.join(path).exists()) {
            trunk.args([option, path]);
        }
    }
    // A group of its own, so that its compiler can be ended along with it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut trunk, 0);
    Ok(trunk)
}

fn free_port(wanted: u16) -> Result<u16> {
    let last = wanted.saturating_add(N_PORTS);
    for port in wanted..=last {
        if let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            if port != wanted {
                println!("serve  port {wanted} is taken, so {port} is used");
            }
            return Ok(listener.local_addr()?.port());
        }
    }
    bail!("no port from {wanted} to {last} is free: name another one with --port")
}

fn ask(port: u16) -> Page {
    let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) else {
        return Page::NoServer;
    };
    let request = format!(
        "GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
    );
    let mut response = String::new();
    let read = stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .and_then(|()| stream.write_all(request.as_bytes()))
        .and_then(|()| stream.read_to_string(&mut response));
    match read {
        Ok(_) if response.starts_with("HTTP/1.1 200") && response.contains("</html>") => {
            Page::Answers
        }
        _ => Page::Broken,
    }
}

fn end(server: &mut Child) {
    signal(server, "INT");
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if matches!(server.try_wait(), Ok(Some(_)) | Err(_)) {
            return;
        }
        thread::sleep(Duration::from_millis(50));
    }
    signal(server, "KILL");
    let _ = server.kill();
    let _ = server.wait();
}

/// Signals the server's whole group. Where there are no signals, `end` kills the server itself.
fn signal(server: &Child, name: &str) {
    if cfg!(unix) {
        let _ = Command::new("sh")
            .arg("-c")
            .arg(format!("kill -{name} -{}", server.id()))
            .stderr(Stdio::null())
            .status();
    }
}
