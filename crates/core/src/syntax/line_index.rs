//! From byte offsets to what people and browsers count: lines, columns, UTF-16 units.

use crate::syntax::Span;

/// A place as people read it: both count from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters (Unicode scalar values), from 1.
    pub column: u32,
}

/// Where the lines of one text begin. Built once per text, asked often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    /// Byte offset of each line's first character; the first is 0.
    starts: Vec<u32>,
    /// UTF-16 units before each [`STEP`]th byte; empty where bytes and units are the same.
    units: Vec<u32>,
}

/// How many bytes at most are counted to place an offset.
const STEP: usize = 512;

impl LineIndex {
    /// Reads the lines of `text`.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        // The standard library looks at many bytes at once; the page is compiled for size, which a loop here would feel.
        starts.extend(
            text.match_indices('\n')
                .filter_map(|(idx, _)| u32::try_from(idx + 1).ok()),
        );
        Self {
            starts,
            units: if text.is_ascii() {
                Vec::new()
            } else {
                units_by_step(text.as_bytes())
            },
        }
    }

    /// How many lines there are; a text without a line break has one.
    pub fn n_lines(&self) -> usize {
        self.starts.len()
    }

    /// Line and column of a byte offset; an offset past the end counts as the end.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line_idx = self.starts.partition_point(|start| *start <= offset) - 1;
        let start = self.starts.get(line_idx).copied().unwrap_or(0);
        let before = Span::new(start, offset.max(start));
        let n_chars = before.of(text).map_or_else(
            || text.get(start as usize..).unwrap_or("").chars().count(),
            |it| it.chars().count(),
        );
        Position {
            line: count(line_idx + 1),
            column: count(n_chars + 1),
        }
    }

    /// The span in UTF-16 units, as JavaScript and text areas count.
    #[must_use]
    pub fn utf16(&self, text: &str, span: Span) -> Span {
        if self.units.is_empty() {
            return span;
        }
        let units = |offset: u32| {
            let offset = (offset as usize).min(text.len());
            let before = self.units.get(offset / STEP).copied().unwrap_or(0);
            let rest = text.as_bytes().get(offset / STEP * STEP..offset);
            before + rest.map_or(0, units_of)
        };
        Span::new(units(span.start), units(span.end))
    }

    /// The byte offset of a place that is counted in UTF-16 units: the way back from [`LineIndex::utf16`]. A place inside
    /// of a character counts as its start, one past the end as the end.
    pub fn offset(&self, text: &str, unit: u32) -> u32 {
        if self.units.is_empty() {
            return unit.min(count(text.len()));
        }
        let step = self
            .units
            .partition_point(|it| *it <= unit)
            .saturating_sub(1);
        // A step may cut a character: from where that one begins.
        let cut = (step * STEP).min(text.len());
        let start = (0..=cut).rev().find(|it| text.is_char_boundary(*it));
        let start = start.unwrap_or(0);
        let mut at = self
            .utf16(text, Span::new(count(start), count(start)))
            .start;
        let mut offset = start;
        for char in text.get(start..).unwrap_or("").chars() {
            let next = at + count(char.len_utf16());
            if next > unit {
                break;
            }
            at = next;
            offset += char.len_utf8();
        }
        count(offset)
    }
}

fn units_by_step(text: &[u8]) -> Vec<u32> {
    let mut units = vec![0];
    let mut n_units = 0;
    for chunk in text.chunks(STEP) {
        n_units += units_of(chunk);
        units.push(n_units);
    }
    units
}

/// The UTF-16 units of the characters that begin in `bytes`.
fn units_of(bytes: &[u8]) -> u32 {
    let of_byte = |byte: &u8| match byte {
        0x80..0xC0 => 0,
        0xF0.. => 2,
        _ => 1,
    };
    bytes.iter().map(of_byte).sum()
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_for_people_and_units_for_browsers() {
        let text = "{\n  \"é😀\": 1\n}";
        let index = LineIndex::new(text);
        let at = text
            .find('1')
            .and_then(|it| u32::try_from(it).ok())
            .unwrap();
        assert_eq!(index.position(text, at), Position { line: 2, column: 9 });
        assert_eq!(index.utf16(text, Span::new(at, at + 1)), Span::new(11, 12));
        assert_eq!(index.position(text, 999).line, 3);
    }

    #[test]
    fn units_are_those_of_the_text_before_wherever_one_asks() {
        let text = "aé😀€".repeat(STEP / 3);
        let index = LineIndex::new(&text);
        for (offset, _) in text.char_indices() {
            let expected = count(text.get(..offset).unwrap().encode_utf16().count());
            let offset = count(offset);
            let found = index.utf16(&text, Span::new(offset, offset));
            assert_eq!(found, Span::new(expected, expected), "{offset}");
            assert_eq!(index.offset(&text, expected), offset, "{expected}");
        }
        let emoji = count("aé".encode_utf16().count());
        assert_eq!(
            index.offset(&text, emoji + 1),
            index.offset(&text, emoji),
            "inside of a character"
        );
        assert_eq!(index.offset(&text, u32::MAX), count(text.len()));
        assert_eq!(LineIndex::new("ab").offset("ab", 9), 2);
        let whole = Span::new(0, count(text.len()));
        assert_eq!(
            index.utf16(&text, whole).end,
            count(text.encode_utf16().count())
        );
    }
}
