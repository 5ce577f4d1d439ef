//! Which views a widget shows, as its author writes them.
//!
//! Plain values. Invariant: there is always something to see; a name that nobody knows is left out.

/// All that there is.
const WHOLE: &str = "whole";

/// One of the views.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum View {
    /// The account as a tree.
    Account,
    /// The picture of the walk and its doors.
    Flow,
    /// The doors alone.
    Trace,
    /// The text or the settings of what is open.
    Editor,
    /// The mental model.
    Model,
}

impl View {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Account, "account"),
        (Self::Flow, "flow"),
        (Self::Trace, "trace"),
        (Self::Editor, "editor"),
        (Self::Model, "model"),
    ];

    /// As authors and style sheets call it.
    pub(crate) fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|it| it.0 == self)
            .map_or("", |it| it.1)
    }
}

/// The views of a widget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Views {
    /// Each once, in the order in which they stand.
    pub(crate) all: Vec<View>,
    /// Whether the scenario can be chosen, too.
    pub(crate) is_whole: bool,
}

impl Views {
    /// Reads `whole`, or names with blanks between them.
    pub(crate) fn parse(text: &str) -> Self {
        let words = || text.split_ascii_whitespace();
        if words().any(|it| it == WHOLE) {
            return Self {
                all: vec![View::Flow, View::Editor, View::Account, View::Model],
                is_whole: true,
            };
        }
        let mut all = Vec::new();
        for word in words() {
            let view = View::ALL.iter().find(|it| it.1.eq_ignore_ascii_case(word));
            if let Some((view, _)) = view.filter(|it| !all.contains(&it.0)) {
                all.push(*view);
            }
        }
        // The picture has the list below it: both would be twice the same.
        if all.contains(&View::Flow) {
            all.retain(|it| *it != View::Trace);
        }
        if all.is_empty() {
            all.push(View::Flow);
        }
        Self {
            all,
            is_whole: false,
        }
    }

    /// The words of such a text that name nothing, each once.
    pub(crate) fn unknown(text: &str) -> Vec<&str> {
        let mut unknown = Vec::new();
        for word in text.split_ascii_whitespace() {
            let is_known =
                word == WHOLE || View::ALL.iter().any(|it| it.1.eq_ignore_ascii_case(word));
            if !is_known && !unknown.contains(&word) {
                unknown.push(word);
            }
        }
        unknown
    }

    /// They, and the editor behind them where it is open.
    pub(crate) fn with_editor(&self, is_open: bool) -> Vec<View> {
        let mut all = self.all.clone();
        if is_open && !self.has(View::Editor) {
            all.push(View::Editor);
        }
        all
    }

    /// How they stand where there is room for more than one column, as the style sheet calls it.
    ///
    /// The account is a column at the side of what happens in it. Without it two views share the width, and the mental model,
    /// which has five rows, lies above or below them as one.
    pub(crate) fn layout(&self) -> String {
        let mains = self.mains();
        let (account, model) = (self.position(View::Account), self.position(View::Model));
        let first = mains.first().and_then(|it| self.position(*it));
        let mut words = Vec::new();
        if account.is_some() && first.is_some() {
            // All of it has the page's own order in one column, and the page's own columns.
            words.push(if account < first || self.is_whole {
                "is-side"
            } else {
                "is-side-last"
            });
            if mains.len() > 1 {
                words.push("has-two");
            }
            if model.is_some() {
                words.push("has-model");
            }
        } else {
            match mains.as_slice() {
                [View::Flow, _] => words.extend(["is-pair", "is-wide-first"]),
                [_, View::Flow] => words.extend(["is-pair", "is-wide-last"]),
                [_, _] => words.push("is-pair"),
                _ => (),
            }
            if model.is_some() {
                words.push("has-strip");
            }
        }
        words.join(" ")
    }

    /// Where in it a view stands, as the style sheet calls it.
    pub(crate) fn class_of(&self, view: View) -> &'static str {
        match self.mains().iter().position(|it| *it == view) {
            Some(0) => "is-first",
            Some(_) => "is-second",
            None if view == View::Editor => "is-extra",
            None => "",
        }
    }

    /// Those in which something happens.
    fn mains(&self) -> Vec<View> {
        let is_main = |it: &View| matches!(it, View::Flow | View::Trace | View::Editor);
        self.all.iter().copied().filter(is_main).collect()
    }

    fn position(&self, view: View) -> Option<usize> {
        self.all.iter().position(|it| *it == view)
    }

    /// Whether a view is among them.
    pub(crate) fn has(&self, view: View) -> bool {
        self.all.contains(&view)
    }
}

#[cfg(test)]
mod tests {
    use super::{View, Views};

    #[test]
    fn names_are_read_in_their_order_and_others_are_left_out() {
        let all = |text: &str| Views::parse(text).all;
        assert_eq!(all("editor flow"), [View::Editor, View::Flow]);
        assert_eq!(all("trace trace <script>"), [View::Trace]);
        assert_eq!(all("flow trace"), [View::Flow]);
        assert_eq!(all(""), [View::Flow]);
        assert_eq!(all("nothing known"), [View::Flow]);
        assert!(Views::parse("editor whole").is_whole);
        assert_eq!(Views::unknown("Editor whole model"), [""; 0]);
        assert_eq!(
            Views::unknown("flwo editor flwo acount"),
            ["flwo", "acount"]
        );
        assert_eq!(all("whole").len(), 4);
    }

    #[test]
    fn they_stand_so_that_none_is_left_with_empty_room() {
        let layout = |text: &str| Views::parse(text).layout();
        assert_eq!(layout("flow"), "");
        assert_eq!(layout("model trace"), "has-strip");
        assert_eq!(layout("account model"), "has-strip");
        assert_eq!(layout("editor trace"), "is-pair");
        assert_eq!(layout("flow editor"), "is-pair is-wide-first");
        assert_eq!(
            layout("editor model flow"),
            "is-pair is-wide-last has-strip"
        );
        assert_eq!(layout("account trace"), "is-side");
        assert_eq!(layout("model account editor"), "is-side has-model");
        assert_eq!(layout("flow account editor"), "is-side-last has-two");
        assert_eq!(layout("whole"), "is-side has-two has-model");
    }
}
