//! Pieces of JSON as Rolewalk writes it: strings, and lists with an item on each line, indented by two.
//!
//! Knows no values: what an item is, the caller writes. Invariant: an empty list is two brackets.

/// Items between brackets, each on a line of its own, `depth` levels deep.
pub(crate) fn write_list<T>(
    out: &mut String,
    depth: usize,
    [open, close]: [char; 2],
    items: &[T],
    mut write_item: impl FnMut(&mut String, &T),
) {
    out.push(open);
    for (idx, item) in items.iter().enumerate() {
        out.push_str(if idx == 0 { "\n" } else { ",\n" });
        out.push_str(&"  ".repeat(depth + 1));
        write_item(out, item);
    }
    if !items.is_empty() {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    }
    out.push(close);
}

/// A text as a JSON string.
pub(crate) fn quoted(text: &str) -> String {
    // A string cannot fail to be written.
    serde_json::to_string(text).unwrap_or_default()
}
