//! Advice as rows of a list.

use std::sync::Arc;

use rolewalk_core::{
    advise::{Advice, Severity, Steps, advise_in_steps},
    catalogue::Catalogue,
    explain::{self, Spot, counted},
    world::{EntityId, World},
};

use crate::{late::late, state::document::Shown, view::finding::MAX_ROWS};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// `Danger`, `Warning`, `Info`.
    pub(crate) severity: Severity,
    /// What is so.
    pub(crate) title: String,
    /// Why it matters.
    pub(crate) why: String,
    /// What to do.
    pub(crate) fix: String,
    /// Where, in words.
    pub(crate) place: String,
    /// Where.
    pub(crate) spot: Spot,
}

impl Row {
    /// What the row is known by: another key is another row.
    pub(crate) fn key(&self) -> String {
        let Self {
            title, why, place, ..
        } = self;
        format!(
            "{} {title} {why} {place} {:?}",
            self.severity.word(),
            self.spot
        )
    }
}

late! {
    advice:
    /// All advice on what the flow walks through, what matters most first, worked out step by step.
    pub(crate) fn advice_rows(shown: Shown, catalogue: Arc<Catalogue>) -> Steps<'static, Vec<Row>> {
        rows(shown, catalogue)
    }
}

fn rows(shown: Shown, catalogue: Arc<Catalogue>) -> Steps<'static, Vec<Row>> {
    Steps::of(async move {
        let world = &shown.scenario.world;
        let time = &shown.scenario.choice.time;
        let found = advise_in_steps(world, &shown.documents, &catalogue, time).await;
        let row = |it: Advice| {
            let words = it.finding.words(world);
            Row {
                severity: it.severity,
                title: words.title,
                why: words.why,
                fix: words.fix,
                place: place(&shown, &it.place),
                spot: it.place,
            }
        };
        let first = found.into_iter().take(MAX_ROWS);
        first.map(row).collect()
    })
}

/// A place in words: a text and its line, or a thing.
fn place(shown: &Shown, spot: &Spot) -> String {
    let world = &shown.scenario.world;
    match spot {
        Spot::Text { document, span } => {
            let title = explain::document_title(document, world);
            let text = shown.documents.get(document);
            let line = text.map(|it| it.lines.position(it.text.as_str(), span.start).line);
            line.map_or_else(|| title.clone(), |it| format!("line {it} of the {title}"))
        }
        Spot::Document(document) => explain::document_title(document, world),
        Spot::Entity(entity) => thing(entity, world),
    }
}

fn thing(entity: &EntityId, world: &World) -> String {
    let kind = explain::entity_kind(entity);
    format!("{kind} `{}`", explain::entity_name(entity, world))
}

/// How many there are of each severity, in words: `1 danger, 2 warnings`.
pub(crate) fn summary(rows: Option<&[Row]>) -> String {
    let Some(rows) = rows else {
        return "not worked out yet".to_owned();
    };
    if rows.is_empty() {
        return "nothing to advise against".to_owned();
    }
    let words = [
        (Severity::Danger, "danger", "dangers"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Info, "note", "notes"),
    ];
    let count = |(severity, one, many): (Severity, &str, &str)| {
        let n = rows.iter().filter(|it| it.severity == severity).count();
        (n > 0).then(|| counted(n, one, many))
    };
    let parts: Vec<String> = words.into_iter().filter_map(count).collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use rolewalk_core::world::Documents;
    use std::sync::Arc;

    use super::*;
    use crate::state::sample;

    #[test]
    fn a_row_says_where() {
        let mut scenario = sample::scenario();
        let role = &mut scenario.world.home.roles[0];
        let name = role.name.clone();
        role.trust_policy = r#"{
 "Version": "2012-10-17",
 "Statement": [{
  "Effect": "Allow",
  "Principal": "*",
  "Action": "sts:AssumeRole"
 }]
}"#
        .into();
        let documents = Arc::new(Documents::parse(&scenario.world));
        let scenario = Arc::new(scenario);
        let shown = Shown {
            scenario,
            documents,
        };
        let rows = rows(shown, Arc::default()).finish();
        let row = rows.iter().find(|it| it.title.contains("open to anybody"));
        let place = format!("line 5 of the trust policy of `{name}`");
        assert_eq!(row.unwrap().place, place);
        let words = summary(Some(&rows));
        assert!(words.starts_with("1 danger"), "{words}");
        assert_eq!(summary(Some(&[])), "nothing to advise against");
        assert_eq!(summary(None), "not worked out yet");
    }
}
