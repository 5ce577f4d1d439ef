//! Which views a widget shows, as its author writes them.
//!
//! Plain values. Invariant: there is always something to see; a name that nobody knows is left out.

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
        if words().any(|it| it == "whole") {
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

    /// They, and the editor behind them where it is open.
    pub(crate) fn with_editor(&self, is_open: bool) -> Vec<View> {
        let mut all = self.all.clone();
        if is_open && !self.has(View::Editor) {
            all.push(View::Editor);
        }
        all
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
        assert_eq!(all("whole").len(), 4);
    }
}
