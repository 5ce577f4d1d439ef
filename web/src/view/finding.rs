//! Diagnostics as rows of a list.

use rolewalk_core::{
    diagnostic::{Diagnostic, Fix, Severity},
    explain::{self, counted},
    syntax::Span,
    world::{
        Checked, Document, DocumentId, Documents, EntityId, Form, Limited, Reference, WorldFinding,
        WorldFindingKind,
    },
};

use crate::{state::document::Shown, view::code};

/// No list is longer than this.
pub(crate) const MAX_ROWS: usize = 100;

/// What a list of findings shows before somebody asks for the rest: more than fit below the text, few enough to be
/// made within the keystroke that brings them.
const FIRST_ROWS: usize = 10;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// How bad it is.
    pub(crate) severity: Severity,
    /// Its name.
    pub(crate) code: &'static str,
    /// `line 12, column 5`.
    pub(crate) place: String,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: String,
    /// Where, in bytes.
    pub(crate) start: u32,
    /// Where it ends.
    pub(crate) end: u32,
    /// What mends it.
    pub(crate) fix: Option<Fix>,
}

impl Finding {
    /// Where.
    pub(crate) const fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// The word beside the sign.
    pub(crate) const fn word(&self) -> &'static str {
        code::word(self.severity)
    }

    /// What its row shows, and so what tells it from the others: not its bytes, which move with every key before it.
    pub(crate) fn key(&self) -> String {
        let fix = self.fix.as_ref().map_or("", |it| it.title.as_str());
        format!(
            "{} {}: {} {} {fix}",
            self.code, self.place, self.message, self.help
        )
    }
}

/// The findings of a text that its list shows: the first ones and every error, or all that a list may hold.
pub(crate) fn rows(document: &Document, findings: &[Diagnostic], is_whole: bool) -> Vec<Finding> {
    let finding = |it: &Diagnostic| {
        let span = it.span();
        let position = document.lines.position(document.text.as_str(), span.start);
        Finding {
            severity: it.severity,
            code: it.code,
            place: format!("line {}, column {}", position.line, position.column),
            message: it.message.clone(),
            help: it.help.clone(),
            start: span.start,
            end: span.end,
            fix: it.fix.as_deref().cloned(),
        }
    };
    shown(findings, is_whole).map(finding).collect()
}

fn shown(findings: &[Diagnostic], is_whole: bool) -> impl Iterator<Item = &Diagnostic> {
    let is_shown = move |(n, it): &(usize, &Diagnostic)| {
        is_whole || *n < FIRST_ROWS || it.severity == Severity::Error
    };
    let all = findings.iter().enumerate().filter(is_shown);
    all.map(|(_, it)| it).take(MAX_ROWS)
}

/// How many more of the findings of a text its list shows when somebody asks for the rest.
pub(crate) fn n_more(findings: &[Diagnostic]) -> usize {
    findings.len().min(MAX_ROWS) - shown(findings, false).count()
}

/// What AWS would refuse of a thing besides the text of its policies, in sentences; without what
/// the fields of its form say themselves.
pub(crate) fn refused(checked: &Checked, entity: &EntityId) -> Vec<String> {
    let has_field = |it: &WorldFinding| {
        matches!(
            it.kind,
            WorldFindingKind::Form {
                form: Form::BucketName
                    | Form::PosixUid
                    | Form::Path
                    | Form::SessionDuration
                    | Form::KeyAlias
                    | Form::GrantPrincipal
                    | Form::GrantOperation,
                ..
            } | WorldFindingKind::Missing {
                what: Reference::ExecutionRole
                    | Reference::Group
                    | Reference::AttachedPolicy
                    | Reference::PermissionsBoundary
                    | Reference::Key
                    | Reference::GrantPrincipal
                    | Reference::Scp
                    | Reference::Rcp,
                ..
            } | WorldFindingKind::TooMany {
                what: Limited::Groups
                    | Limited::AttachedPolicies
                    | Limited::Tags
                    | Limited::SecurityGroups
                    | Limited::Subnets
                    | Limited::Scps
                    | Limited::Rcps,
                ..
            } | WorldFindingKind::NothingAttached { .. }
                | WorldFindingKind::SwitchedOff { .. }
        )
    };
    let own = checked.of_thing(entity).iter();
    let own = own.filter(|it| !has_field(it)).take(MAX_ROWS);
    own.map(explain::world_finding_sentence).collect()
}

/// How many errors a text has.
pub(crate) fn n_errors(document: &Document) -> usize {
    document
        .diagnostics
        .iter()
        .filter(|it| it.is_error())
        .count()
}

/// `1 error`, `2 errors`.
pub(crate) fn errors(n: usize) -> String {
    counted(n, "error", "errors")
}

/// A text with errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    /// Which text.
    pub(crate) document: DocumentId,
    /// The first error.
    pub(crate) span: Span,
    title: String,
    n_errors: usize,
    has_good_version: bool,
}

impl Broken {
    /// Whether the flow walks through a version from before.
    pub(crate) const fn is_of_last_good(&self) -> bool {
        self.has_good_version
    }

    /// What the flow does about it.
    pub(crate) fn sentence(&self) -> String {
        let (title, errors) = (&self.title, errors(self.n_errors));
        if self.has_good_version {
            format!("Showing the last good version: {title} has {errors}.")
        } else {
            format!("{title} has {errors}: a check that it bears on is not judged.")
        }
    }
}

/// The texts that have errors now.
pub(crate) fn broken(documents: &Documents, shown: &Shown) -> Vec<Broken> {
    documents
        .with_errors()
        .map(|(id, document)| {
            let good = shown.documents.get(id);
            let first = document
                .diagnostics
                .iter()
                .filter(|it| it.is_error())
                .map(Diagnostic::span)
                .min();
            Broken {
                document: id.clone(),
                span: first.unwrap_or_default(),
                title: explain::document_title(id, &shown.scenario.world),
                n_errors: n_errors(document),
                has_good_version: good.is_some_and(|it| it.text != document.text),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use rolewalk_core::world::{Text, Thing, World};

    use super::*;
    use crate::state::sample;

    #[test]
    fn a_long_list_begins_with_its_first_rows_and_keeps_every_error() {
        let finding = |n: u32, severity| {
            let span = Span::new(n, n + 1);
            let it =
                Diagnostic::warning("redundant-statement", span, "says nothing new", "drop it");
            Diagnostic { severity, ..it }
        };
        let mut all: Vec<_> = (0..30).map(|n| finding(n, Severity::Suggestion)).collect();
        assert_eq!(shown(&all[..10], false).count(), 10);
        assert_eq!(n_more(&all[..10]), 0);
        all[25].severity = Severity::Error;
        let starts: Vec<_> = shown(&all, false).map(|it| it.span().start).collect();
        assert_eq!(starts, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 25]);
        assert_eq!(n_more(&all), 19);
        assert_eq!(shown(&all, true).count(), 30);
        let many: Vec<_> = (0..400).map(|n| finding(n, Severity::Error)).collect();
        assert_eq!((shown(&many, true).count(), n_more(&many)), (MAX_ROWS, 0));
    }

    #[test]
    fn a_thing_tells_what_aws_would_refuse_unless_a_field_does() {
        let mut world = sample::scenario().world;
        let refused = |world: &World, it: &EntityId| refused(&Checked::of(world), it);
        let user = EntityId::home(Thing::User {
            name: "alice".to_owned(),
        });
        assert!(refused(&world, &user).is_empty());
        world.home.groups.clear();
        assert!(
            refused(&world, &user).is_empty(),
            "the list of groups says it"
        );
        assert_eq!(Checked::of(&world).of_thing(&user).len(), 1);
        let key = rolewalk_core::world::AccessKey {
            access_key_id: "short".to_owned(),
            status: rolewalk_core::world::AccessKeyStatus::Active,
            create_date: None,
            last_used_date: None,
        };
        world.home.users[0].access_keys.push(key);
        assert!(refused(&world, &user)[0].contains("the id of an access key"));
        let bucket = |name: &str| {
            EntityId::home(Thing::Bucket {
                name: name.to_owned(),
            })
        };
        world.home.buckets[0].name = "D".to_owned();
        assert!(refused(&world, &bucket("D")).is_empty());
    }

    #[test]
    fn a_row_stays_when_a_key_on_an_earlier_line_moves_its_bytes() {
        let of = |text: &str| {
            let mut scenario = sample::scenario();
            let id = DocumentId::home(Text::Trust {
                role: "Exec".to_owned(),
            });
            *scenario.world.document_mut(&id).unwrap() = text.into();
            let documents = Documents::parse(&scenario.world);
            let document = documents.get(&id).unwrap();
            rows(document, &document.diagnostics, true)
        };
        let text = |version: &str| format!("{{\n \"Id\": \"{version}\",\n \"Nothing\": 1\n}}");
        let (before, after) = (of(&text("a")), of(&text("ab")));
        assert!(!before.is_empty());
        let keys = |rows: &[Finding]| rows.iter().map(Finding::key).collect::<Vec<_>>();
        assert_eq!(keys(&before), keys(&after));
        let nothing = |rows: &[Finding]| {
            let mut rows = rows.iter().filter(|it| it.message.contains("Nothing"));
            rows.next().unwrap().start
        };
        assert_eq!(nothing(&before) + 1, nothing(&after));
    }
}
