//! Each policy for itself, and all of them in one archive.

use std::{collections::BTreeSet, fs, process::Command};

use rolewalk_core::export::{Form, Part, zip};

use crate::{exported, folder, program, worlds};

#[test]
fn every_policy_is_a_file_to_the_character() {
    for (name, world) in worlds() {
        let mut files = Vec::new();
        for part in Part::of(&world) {
            let exported = exported(&world, &part, Form::Policies);
            assert_eq!(exported.left_out, Vec::<String>::new());
            let names: BTreeSet<String> = exported
                .files
                .iter()
                .map(|it| it.name.to_ascii_lowercase())
                .collect();
            assert_eq!(names.len(), exported.files.len(), "{name}: a name twice");
            files.extend(exported.files);
        }
        let mut expected: Vec<&str> = world.documents().iter().map(|it| it.1.as_str()).collect();
        let mut texts: Vec<&str> = files.iter().map(|it| it.text.as_str()).collect();
        expected.sort_unstable();
        texts.sort_unstable();
        assert_eq!(texts, expected, "{name}");
        for it in &files {
            let is_plain = |it: char| it.is_ascii_alphanumeric() || ".-_@+=,".contains(it);
            assert!(it.name.chars().all(is_plain), "{}", it.name);
            assert_eq!(it.name.rsplit('.').next(), Some("json"));
        }
    }
}

/// Read by Python, which wrote none of it.
#[test]
fn the_archive_has_the_files() {
    let Some(python) = program("PYTHON", "python3", "--version") else {
        println!("skipped: there is no python3");
        return;
    };
    let (_, world) = worlds().pop().unwrap();
    let part = &Part::of(&world)[0];
    let files = exported(&world, part, Form::Policies).files;
    assert!(files.len() > 10);
    let folder = folder("archive");
    fs::write(folder.join("all.zip"), zip(&files).unwrap()).unwrap();
    let read = "import zipfile, sys\narchive = zipfile.ZipFile('all.zip')\nassert archive.testzip() is None\narchive.extractall('out')";
    let output = Command::new(python)
        .args(["-c", read])
        .current_dir(&folder)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    for file in &files {
        let text = fs::read_to_string(folder.join("out").join(&file.name)).unwrap();
        assert_eq!(text, file.text, "{}", file.name);
    }
    let n_files = fs::read_dir(folder.join("out")).unwrap().count();
    assert_eq!(n_files, files.len());
}
