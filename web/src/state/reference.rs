//! The reference data: what AWS's services have, fetched in parts beside the page when somebody wants them.
//!
//! What is fetched, and in which order, is the plain [`Progress`]; [`Reference`] wraps it in signals. Knows nothing of
//! components. Invariant: the catalogue only ever grows, and a file that cannot be fetched or read leaves it as it was
//! and is told.

use std::sync::Arc;

use leptos::prelude::{GetValue, SetValue, StoredValue};
use rolewalk_core::catalogue::{Catalogue, CatalogueFile, Reading};

use crate::{
    browser::{clock, fetch},
    late::{self, late},
    state::signal::{RwSignal, Signal},
};

/// Which edition of the files lies beside the page; part of their addresses, so that a browser may keep them.
const EDITION: &str = include_str!("../../../data/edition.txt").trim_ascii();

/// The day of AWS's lists that the files were made of, such as `2026-10-27`.
pub(crate) fn date() -> &'static str {
    EDITION.split_once('+').map_or(EDITION, |it| it.0)
}

/// The address of a file of `data/`, beside the page.
pub(crate) fn address(path: &str) -> String {
    format!("data/{path}?{EDITION}")
}

/// The parts, each of which comes after those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// The services that SageMaker leans on, with descriptions, and the condition keys that all services know.
    Core,
    /// Every service of AWS.
    All,
    /// The descriptions of all their actions and condition keys.
    Descriptions,
}

impl Part {
    /// In the order in which they come.
    pub(crate) const ALL: [Self; 3] = [Self::Core, Self::All, Self::Descriptions];

    const fn files(self) -> &'static [CatalogueFile] {
        match self {
            Self::Core => &[CatalogueFile::Core, CatalogueFile::GlobalKeys],
            Self::All => &[CatalogueFile::All],
            Self::Descriptions => &[CatalogueFile::Descriptions],
        }
    }

    /// What is not there without it, and what to do.
    const fn sentence(self) -> &'static str {
        match self {
            Self::Core => {
                "The lists of AWS’s actions, resource types and condition keys could not be fetched, so nothing is completed or checked against them. Check the connection and try again; everything else works without."
            }
            Self::All => {
                "The list of all AWS services could not be fetched, so only SageMaker, S3, ECR, CloudWatch, Logs, KMS, STS, IAM, EC2 and EFS are completed and checked. Check the connection and try again."
            }
            Self::Descriptions => {
                "The descriptions of actions and condition keys could not be fetched; their names and levels are there. Check the connection and try again."
            }
        }
    }
}

/// How far the data has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    there: Option<Part>,
    wanted: Option<Part>,
    missing: Option<Part>,
}

impl Progress {
    /// Whether a part is there.
    pub(crate) fn has(self, part: Part) -> bool {
        self.there >= Some(part)
    }

    /// Whether a part is wanted, not there yet, and not given up.
    pub(crate) fn awaits(self, part: Part) -> bool {
        self.wanted >= Some(part) && !self.has(part) && self.missing.is_none()
    }

    /// What is missing and what to do; nothing where there is nothing to say.
    pub(crate) fn says(self) -> Option<&'static str> {
        self.missing.map(Part::sentence)
    }

    fn want(&mut self, part: Part) {
        self.wanted = self.wanted.max(Some(part));
    }

    /// What is to be fetched now.
    fn next(self) -> Option<Part> {
        let next = Part::ALL.into_iter().find(|it| !self.has(*it))?;
        self.awaits(next).then_some(next)
    }

    fn arrived(&mut self, part: Part) {
        self.there = self.there.max(Some(part));
    }

    fn failed(&mut self, part: Part) {
        self.missing = Some(part);
    }

    fn try_again(&mut self) {
        self.missing = None;
    }
}

/// The one store of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reference {
    catalogue: RwSignal<Arc<Catalogue>>,
    progress: RwSignal<Progress>,
    is_busy: StoredValue<bool>,
}

impl Reference {
    /// Nothing is there, and nothing is fetched.
    pub(crate) fn new() -> Self {
        Self {
            catalogue: RwSignal::new(Arc::default()),
            progress: RwSignal::new(Progress::default()),
            is_busy: StoredValue::new(false),
        }
    }

    /// What is known so far: nothing to begin with.
    pub(crate) fn catalogue(self) -> Signal<Arc<Catalogue>> {
        self.catalogue.into()
    }

    /// How far it has come.
    pub(crate) fn progress(self) -> Signal<Progress> {
        self.progress.into()
    }

    /// Fetches a part, and those before it, unless it is there, on its way or given up.
    pub(crate) fn want(self, part: Part) {
        self.change(|it| it.want(part));
        self.go_on();
    }

    /// Fetches what could not be had before.
    pub(crate) fn try_again(self) {
        self.change(Progress::try_again);
        self.go_on();
    }

    fn change(self, change: impl FnOnce(&mut Progress)) {
        // What was asked for may come when nobody is there any more: a widget that was taken away.
        let Some(before) = self.progress.get_if_there() else {
            return;
        };
        let mut after = before;
        change(&mut after);
        if after != before {
            self.progress.set_if_there(after);
        }
    }

    fn go_on(self) {
        if self.is_busy.try_get_value() != Some(false) {
            return;
        }
        let next = self.progress.get_if_there().and_then(Progress::next);
        if let (Some(part), Some(catalogue)) = (next, self.catalogue.get_if_there()) {
            self.is_busy.set_value(true);
            self.take_in(part, part.files(), catalogue);
        }
    }

    /// Fetches these files one after the other into the catalogue, which takes the place of the one before at the end.
    fn take_in(self, part: Part, files: &'static [CatalogueFile], catalogue: Arc<Catalogue>) {
        let Some((file, rest)) = files.split_first() else {
            self.catalogue.set_if_there(catalogue);
            self.change(|it| it.arrived(part));
            return self.over();
        };
        let file = *file;
        let path = address(&format!("catalogue/{}", file.name()));
        fetch::kept(path, move |text| {
            let Some(text) = text else {
                return self.fail(part);
            };
            late::then(read(catalogue, file, text), move |steps| match steps {
                Err(_) => self.fail(part),
                Ok(mut steps) => clock::in_turns(move || match steps() {
                    Step::More => true,
                    Step::Read(catalogue) => {
                        self.take_in(part, rest, catalogue);
                        false
                    }
                    Step::Unreadable => {
                        self.fail(part);
                        false
                    }
                }),
            });
        });
    }

    fn fail(self, part: Part) {
        self.change(|it| it.failed(part));
        self.over();
    }

    fn over(self) {
        // Where nobody is there any more, nothing goes on.
        let _ = self.is_busy.try_set_value(false);
        self.go_on();
    }
}

/// What a step of reading comes to.
enum Step {
    More,
    Read(Arc<Catalogue>),
    Unreadable,
}

type Steps = Box<dyn FnMut() -> Step>;

late! {
    ide:
    /// Reads a file into a copy of the catalogue, step by step.
    fn read(catalogue: Arc<Catalogue>, file: CatalogueFile, text: String) -> Steps {
        steps(&catalogue, file, text)
    }
}

fn steps(catalogue: &Catalogue, file: CatalogueFile, text: String) -> Steps {
    let mut catalogue = catalogue.clone();
    let mut reading = Reading::new(file, text);
    Box::new(move || match reading.step(&mut catalogue) {
        Ok(true) => Step::More,
        Ok(false) => Step::Read(Arc::new(std::mem::take(&mut catalogue))),
        Err(_) => Step::Unreadable,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_in_their_order() {
        let mut progress = Progress::default();
        assert_eq!(progress.next(), None);
        progress.want(Part::All);
        assert_eq!(progress.next(), Some(Part::Core));
        progress.arrived(Part::Core);
        assert_eq!(progress.next(), Some(Part::All));
        assert!(progress.awaits(Part::All) && !progress.awaits(Part::Descriptions));
        progress.arrived(Part::All);
        assert_eq!(progress.next(), None);
        progress.want(Part::Core);
        assert!(progress.has(Part::All) && !progress.has(Part::Descriptions));
    }

    #[test]
    fn what_could_not_be_had_is_asked_for_again_only_when_somebody_says_so() {
        let mut progress = Progress::default();
        progress.want(Part::All);
        progress.arrived(Part::Core);
        progress.failed(Part::All);
        progress.want(Part::All);
        progress.want(Part::Descriptions);
        assert_eq!(progress.next(), None);
        assert!(
            progress
                .says()
                .is_some_and(|it| it.contains("all AWS services"))
        );
        progress.try_again();
        assert_eq!((progress.next(), progress.says()), (Some(Part::All), None));
    }

    #[test]
    fn a_file_that_was_cut_off_is_not_taken_in() {
        let text =
            "{\n\"s3\":{\"n\":\"Amazon S3\",\"r\":[],\"c\":[],\"a\":[[\"GetObject\",\"R\"]]}\n}\n";
        let end = |text: &str| {
            let mut steps = steps(&Catalogue::default(), CatalogueFile::All, text.to_owned());
            loop {
                match steps() {
                    Step::More => {}
                    Step::Read(catalogue) => return Some(catalogue.services().count()),
                    Step::Unreadable => return None,
                }
            }
        };
        assert_eq!(end(text), Some(1));
        for cut in 0..text.len() - 2 {
            assert_eq!(text.get(..cut).and_then(end), None, "{cut}");
        }
        assert_eq!(end("<!doctype html>"), None);
    }

    #[test]
    fn the_address_names_the_edition() {
        assert!(address("catalogue/core.json").starts_with("data/catalogue/core.json?2"));
        assert_eq!(date().len(), "2026-10-27".len());
    }
}
