//! Tells by its shape which command a document is the output of.
//!
//! Invariant: whatever is not read is said.

use std::collections::BTreeSet;

use crate::{
    import::{
        OtherForm, Refusal,
        command::{ACCOUNT_LISTS, COMMANDS},
        facts::Facts,
        fields::Fields,
        note::{ImportNoteKind, Mark, Notes},
        split::{Piece, Pieces},
    },
    syntax::{
        Spanned,
        json::{Document, MAX_ERRORS, Member, Node, SyntaxErrorKind, Value},
    },
};

/// How many documents are read of one text: what has more is no output of the CLI.
const MAX_DOCUMENTS: usize = 20_000;

/// How many characters of a text tell whether it is one.
const LOOKED_AT: usize = 4_000;

/// Fields that hold a secret, or something that lets one in.
const SECRETS: [&str; 10] = [
    "SecretAccessKey",
    "SessionToken",
    "AuthorizedUrl",
    "Plaintext",
    "PrivateKeyPlaintext",
    "PrivateKey",
    "KeyMaterial",
    "SecretString",
    "Password",
    "ServicePassword",
];

/// Fields that say that there is more.
const MORE: [&str; 4] = ["NextToken", "nextToken", "Marker", "ContinuationToken"];

/// Where brackets are open that nobody closes.
#[derive(Debug)]
struct Damage {
    unclosed: BTreeSet<u32>,
    /// Past so many mistakes nothing is whole.
    is_beyond_repair: bool,
}

impl Damage {
    fn of(document: &Document) -> Self {
        let unclosed = document.errors.iter().filter_map(|it| match it.kind {
            SyntaxErrorKind::Unclosed { .. } | SyntaxErrorKind::TooDeep => Some(it.span.start),
            _ => None,
        });
        Self {
            unclosed: unclosed.collect(),
            is_beyond_repair: document.errors.len() == MAX_ERRORS,
        }
    }

    fn is_in(&self, node: &Node) -> bool {
        let mut inside = self.unclosed.range(node.span.start..=node.span.end);
        self.is_beyond_repair || inside.next().is_some()
    }

    /// The lists, with the things in them that are whole.
    fn whole_of(&self, members: &[Member]) -> Vec<Member> {
        let mut whole = Vec::new();
        for member in members {
            if let Value::Array(items) = &member.value.value {
                let items = items.iter().filter(|it| !self.is_in(it)).cloned();
                let value = Value::Array(items.collect());
                whole.push(Member {
                    key: member.key.clone(),
                    value: Spanned::new(member.value.span, value),
                    span: member.span,
                });
            }
        }
        whole
    }
}

/// One text on its way into the facts.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    input: usize,
    /// The name of the text's file, without folder and ending.
    pub(super) name: &'a str,
    pub(super) facts: &'a mut Facts,
    pub(super) notes: &'a mut Notes,
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        input: usize,
        name: &'a str,
        facts: &'a mut Facts,
        notes: &'a mut Notes,
    ) -> Self {
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let bare = name
            .strip_suffix(".json")
            .or_else(|| name.strip_suffix(".txt"));
        Self {
            input,
            name: bare.unwrap_or(name),
            facts,
            notes,
        }
    }

    /// Reads all documents of the text.
    pub(super) fn text(&mut self, text: &str) {
        if text.trim_start_matches('\u{feff}').trim().is_empty() {
            self.note(0, ImportNoteKind::Empty);
        }
        if !is_text(text) {
            return self.note(0, ImportNoteKind::NotText);
        }
        if let Some(form) = OtherForm::of_text(text) {
            return self.note(0, ImportNoteKind::OtherForm(form));
        }
        for (n, piece) in Pieces::of(text).enumerate() {
            if n == MAX_DOCUMENTS {
                let start = match piece {
                    Piece::Json { start, .. } | Piece::Other { start, .. } => start,
                };
                self.note(start, ImportNoteKind::TooManyDocuments);
                return;
            }
            self.piece(text, &piece);
        }
    }

    fn note(&mut self, offset: usize, kind: ImportNoteKind) {
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        let input = self.input;
        self.notes.push(Mark { input, offset }, kind);
    }

    fn piece(&mut self, text: &str, piece: &Piece) {
        let (document, is_cut) = match piece {
            Piece::Other { start, end } => {
                let other = text.get(*start..*end).unwrap_or("");
                let refusal = Refusal::of(other).map(ImportNoteKind::Refused);
                return self.note(*start, refusal.unwrap_or(ImportNoteKind::NotJson));
            }
            Piece::Json {
                document, is_cut, ..
            } => (document, *is_cut),
        };
        for error in document.errors.iter().take(3) {
            let kind = match error.kind {
                SyntaxErrorKind::TooDeep => ImportNoteKind::TooDeep,
                SyntaxErrorKind::Unclosed { .. } => continue,
                _ if is_cut => continue,
                _ => ImportNoteKind::Mistake,
            };
            self.note(error.span.start as usize, kind);
        }
        if is_cut
            && !document
                .errors
                .iter()
                .any(|it| it.kind == SyntaxErrorKind::TooDeep)
        {
            let end = document.root.as_ref().map_or(0, |it| it.span.end);
            self.note(end as usize, cut_off(document));
        }
        let Some(root) = &document.root else { return };
        self.secrets(root);
        let damage = Damage::of(document);
        match &root.value {
            // What `jq -s` makes of several outputs.
            Value::Array(items) => items.iter().for_each(|it| self.part(it, &damage)),
            _ => self.part(root, &damage),
        }
    }

    /// A document; of one that is damaged only the things in its lists that are whole. Of the rest
    /// nobody can say what is missing, and it would take the place of what is whole in the world.
    fn part(&mut self, node: &Node, damage: &Damage) {
        let whole = match &node.value {
            Value::Object(members) if damage.is_in(node) => Some(damage.whole_of(members)),
            _ => None,
        };
        match whole {
            Some(members) if members.is_empty() => {}
            Some(members) => {
                let value = Value::Object(members);
                let whole = Spanned::new(node.span, value);
                let _ = self.is_read(&whole);
            }
            None => self.document(node),
        }
    }

    /// Says where secrets stand.
    fn secrets(&mut self, node: &Node) {
        match &node.value {
            Value::Object(members) => {
                for member in members {
                    let mut secrets = SECRETS.into_iter();
                    let field = secrets.find(|it| *it == member.key.value);
                    match (field, &member.value.value) {
                        (Some(field), Value::String(_)) => {
                            let at = member.key.span.start as usize;
                            self.note(at, ImportNoteKind::Secret { field });
                        }
                        _ => self.secrets(&member.value),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|it| self.secrets(it)),
            _ => {}
        }
    }

    fn is_read(&mut self, node: &Node) -> bool {
        Fields::of(self.input, node).is_some_and(|fields| {
            let mut known = COMMANDS.iter().flat_map(|it| it.fields);
            known.any(|it| fields.has(it))
                && (self.iam(fields)
                    || self.sagemaker(fields)
                    || self.organization(fields)
                    || self.resource(fields))
        })
    }

    fn document(&mut self, node: &Node) {
        let Some(fields) = Fields::of(self.input, node) else {
            self.note(
                node.span.start as usize,
                ImportNoteKind::UnknownShape { field: None },
            );
            return;
        };
        if !self.is_read(node) {
            // An event of CloudTrail has the error in a field.
            if let Some(refusal) = fields.text("errorMessage").and_then(Refusal::of) {
                self.notes
                    .push(fields.mark, ImportNoteKind::Refused(refusal));
                return;
            }
            if let Some(form) = OtherForm::of(fields) {
                self.notes
                    .push(fields.mark, ImportNoteKind::OtherForm(form));
                return;
            }
            if fields.has("Statement") {
                self.notes.push(fields.mark, ImportNoteKind::PolicyDocument);
                return;
            }
            let is_word =
                |it: &&str| it.len() <= 40 && it.bytes().all(|it| it.is_ascii_alphanumeric());
            let field = fields.first_name().filter(is_word).map(str::to_owned);
            self.notes
                .push(fields.mark, ImportNoteKind::UnknownShape { field });
            return;
        }
        let more = MORE.into_iter().find(|it| fields.text(it).is_some());
        let is_truncated = (fields.flag("IsTruncated") == Some(true)).then_some("IsTruncated");
        if let Some(field) = more.or(is_truncated) {
            self.notes
                .push(fields.mark, ImportNoteKind::NotWhole { field });
        }
    }
}

/// Whether a file is a text. A browser reads every file as one, and puts a sign of its own in place of bytes that are none.
fn is_text(text: &str) -> bool {
    let (mut n, mut n_strange) = (0, 0);
    for it in text.chars().take(LOOKED_AT) {
        if it == '\0' {
            return false;
        }
        // What a terminal writes into a log: colours, and steps back.
        let is_of_terminal = matches!(it, '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' | '\u{1b}');
        n += 1;
        n_strange +=
            usize::from(it == char::REPLACEMENT_CHARACTER || (it.is_control() && !is_of_terminal));
    }
    n_strange * 10 <= n
}

/// That a document ends before its end, and which lists of an account that leaves out.
fn cut_off(document: &Document) -> ImportNoteKind {
    let damage = Damage::of(document);
    let members = match document.root.as_ref().map(|it| &it.value) {
        Some(Value::Object(members)) => members.as_slice(),
        _ => &[],
    };
    let named = |name: &str| members.iter().find(|it| it.key.value == name);
    let lists = || ACCOUNT_LISTS.iter().copied();
    let is_account = lists().any(|it| named(it).is_some());
    let within = lists().find(|it| named(it).is_some_and(|it| damage.is_in(&it.value)));
    let missing = lists().filter(|it| is_account && named(it).is_none());
    ImportNoteKind::CutOff {
        within,
        missing: missing.collect(),
    }
}
