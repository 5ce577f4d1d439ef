//! The Markdown that lessons are written in, as a tree.
//!
//! A whitelist: paragraphs, headings, lists, quotes, code, emphasis and links to `https:`. Knows nothing of
//! the screen. Invariant: HTML is text, a link to anything else is its words without the link, a picture
//! is its description; so whoever draws the tree can execute nothing.

use std::fmt;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::lesson::MAX_TEXT;

/// The deepest that lists, quotes and emphasis lie in one another.
pub const MAX_DEPTH: usize = 12;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading, from 1 (largest) to 6.
    Heading {
        /// Its level.
        level: u8,
        /// Its words.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// The first number; `None`: bullets.
        start: Option<u64>,
        /// Its items.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// Lines of code.
    Code {
        /// Such as `json`; empty where none is given.
        language: String,
        /// The lines.
        text: String,
    },
    /// A line across.
    Rule,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Words of code.
    Code(String),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// A link.
    Link {
        /// Where to, always with `https://`.
        to: String,
        /// Its words.
        text: Vec<Inline>,
    },
    /// A line break.
    Break,
}

/// Why a text is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkdownError {
    /// Longer than [`MAX_TEXT`].
    TooLong {
        /// In bytes.
        n_bytes: usize,
    },
    /// Nested deeper than [`MAX_DEPTH`].
    TooDeep,
}

impl fmt::Display for MarkdownError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { n_bytes } => {
                write!(f, "it has {n_bytes} bytes, and a text may have {MAX_TEXT}")
            }
            Self::TooDeep => write!(f, "it is nested deeper than {MAX_DEPTH}"),
        }
    }
}

impl std::error::Error for MarkdownError {}

/// What is being put together.
enum Frame {
    Blocks(Open, Vec<Block>),
    Items(Option<u64>, Vec<Vec<Block>>),
    Inlines(Span, Vec<Inline>),
    Code(String, String),
}

/// What holds blocks.
enum Open {
    Whole,
    Item,
    Quote,
}

/// What holds inlines.
enum Span {
    Heading(u8),
    Paragraph,
    /// The words of an item that has no paragraphs.
    Tight,
    Emphasis,
    Strong,
    Link(String),
    /// Words whose own meaning is left out.
    Plain,
}

/// Reads a text.
pub fn read(text: &str) -> Result<Vec<Block>, MarkdownError> {
    if MAX_TEXT < text.len() {
        return Err(MarkdownError::TooLong {
            n_bytes: text.len(),
        });
    }
    let mut tree = Tree {
        frames: vec![Frame::Blocks(Open::Whole, Vec::new())],
    };
    for event in Parser::new_ext(text, Options::empty()) {
        tree.take(event)?;
    }
    while 1 < tree.frames.len() {
        tree.close();
    }
    Ok(match tree.frames.pop() {
        Some(Frame::Blocks(_, blocks)) => blocks,
        _ => Vec::new(),
    })
}

struct Tree {
    frames: Vec<Frame>,
}

impl Tree {
    fn take(&mut self, event: Event<'_>) -> Result<(), MarkdownError> {
        match event {
            Event::Start(tag) => {
                self.open(tag);
                // A list and its item are one step for whoever reads it, and two here.
                if 2 * MAX_DEPTH < self.frames.len() {
                    return Err(MarkdownError::TooDeep);
                }
            }
            Event::End(end) => self.end(end),
            Event::Text(text) => match self.frames.last_mut() {
                Some(Frame::Code(_, code)) => code.push_str(&text),
                _ => self.inline(Inline::Text(text.into_string())),
            },
            Event::Code(text) => self.inline(Inline::Code(text.into_string())),
            Event::Html(text) | Event::InlineHtml(text) => {
                self.inline(Inline::Text(text.into_string()));
            }
            Event::SoftBreak => self.inline(Inline::Text(" ".to_owned())),
            Event::HardBreak => self.inline(Inline::Break),
            Event::Rule => {
                self.end_tight();
                self.block(Block::Rule);
            }
            // Extensions, none of which is switched on.
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
        Ok(())
    }

    fn open(&mut self, tag: Tag<'_>) {
        let is_inline = matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. }
        );
        if is_inline {
            self.begin_tight();
        } else {
            self.end_tight();
        }
        let inlines = |span| Frame::Inlines(span, Vec::new());
        self.frames.push(match tag {
            Tag::Heading { level, .. } => inlines(Span::Heading(number(level))),
            Tag::BlockQuote(_) => Frame::Blocks(Open::Quote, Vec::new()),
            Tag::Item => Frame::Blocks(Open::Item, Vec::new()),
            Tag::List(start) => Frame::Items(start, Vec::new()),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(it) => it.into_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                Frame::Code(language, String::new())
            }
            Tag::Emphasis => inlines(Span::Emphasis),
            Tag::Strong => inlines(Span::Strong),
            Tag::Link { dest_url, .. } if is_safe(&dest_url) => {
                inlines(Span::Link(dest_url.into_string()))
            }
            Tag::Link { .. } | Tag::Image { .. } => inlines(Span::Plain),
            // Paragraphs, HTML, and extensions, none of which is switched on.
            _ => inlines(Span::Paragraph),
        });
    }

    fn end(&mut self, end: TagEnd) {
        let is_inline = matches!(
            end,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image
        );
        if !is_inline {
            self.end_tight();
        }
        self.close();
    }

    /// Words that stand in an item without a paragraph.
    fn begin_tight(&mut self) {
        if let Some(Frame::Blocks(..)) = self.frames.last() {
            self.frames.push(Frame::Inlines(Span::Tight, Vec::new()));
        }
    }

    fn end_tight(&mut self) {
        if let Some(Frame::Inlines(Span::Tight, _)) = self.frames.last() {
            self.close();
        }
    }

    fn close(&mut self) {
        match self.frames.pop() {
            Some(Frame::Blocks(Open::Item, blocks)) => {
                if let Some(Frame::Items(_, items)) = self.frames.last_mut() {
                    items.push(blocks);
                }
            }
            Some(Frame::Blocks(Open::Quote | Open::Whole, blocks)) => {
                self.block(Block::Quote(blocks));
            }
            Some(Frame::Items(start, items)) => self.block(Block::List { start, items }),
            Some(Frame::Code(language, text)) => self.block(Block::Code { language, text }),
            Some(Frame::Inlines(span, text)) => match span {
                Span::Heading(level) => self.block(Block::Heading { level, text }),
                Span::Paragraph | Span::Tight => self.block(Block::Paragraph(text)),
                Span::Emphasis => self.inline(Inline::Emphasis(text)),
                Span::Strong => self.inline(Inline::Strong(text)),
                Span::Link(to) => self.inline(Inline::Link { to, text }),
                Span::Plain => {
                    for it in text {
                        self.inline(it);
                    }
                }
            },
            None => {}
        }
    }

    fn block(&mut self, block: Block) {
        if let Some(Frame::Blocks(_, blocks)) = self.frames.last_mut() {
            blocks.push(block);
        }
    }

    fn inline(&mut self, inline: Inline) {
        self.begin_tight();
        let Some(Frame::Inlines(_, all)) = self.frames.last_mut() else {
            return;
        };
        match (all.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(more)) => before.push_str(&more),
            (_, inline) => all.push(inline),
        }
    }
}

fn is_safe(url: &str) -> bool {
    let scheme = url.get(..8);
    scheme.is_some_and(|it| it.eq_ignore_ascii_case("https://"))
        && !url.chars().any(|it| it.is_control() || it.is_whitespace())
}

const fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(it: &str) -> Inline {
        Inline::Text(it.to_owned())
    }

    #[track_caller]
    fn check(markdown: &str, expected: &[Block]) {
        assert_eq!(read(markdown).unwrap(), expected, "{markdown}");
    }

    fn paragraph(inlines: Vec<Inline>) -> Block {
        Block::Paragraph(inlines)
    }

    #[test]
    fn what_is_on_the_list_becomes_a_tree() {
        check(
            "## A *b*\n\nc `d` **e**\nf  \ng",
            &[
                Block::Heading {
                    level: 2,
                    text: vec![text("A "), Inline::Emphasis(vec![text("b")])],
                },
                paragraph(vec![
                    text("c "),
                    Inline::Code("d".to_owned()),
                    text(" "),
                    Inline::Strong(vec![text("e")]),
                    text(" f"),
                    Inline::Break,
                    text("g"),
                ]),
            ],
        );
        check(
            "- a\n- b\n  1. c\n\n> q\n\n```json\n{}\n```\n\n---",
            &[
                Block::List {
                    start: None,
                    items: vec![
                        vec![paragraph(vec![text("a")])],
                        vec![
                            paragraph(vec![text("b")]),
                            Block::List {
                                start: Some(1),
                                items: vec![vec![paragraph(vec![text("c")])]],
                            },
                        ],
                    ],
                },
                Block::Quote(vec![paragraph(vec![text("q")])]),
                Block::Code {
                    language: "json".to_owned(),
                    text: "{}\n".to_owned(),
                },
                Block::Rule,
            ],
        );
    }

    #[test]
    fn html_is_text() {
        check(
            "a <b onclick='x()'>c</b>",
            &[paragraph(vec![text("a <b onclick='x()'>c</b>")])],
        );
        check(
            "<script>alert(1)</script>",
            &[paragraph(vec![text("<script>alert(1)</script>")])],
        );
    }

    #[test]
    fn only_https_is_a_link() {
        let link = Inline::Link {
            to: "https://docs.aws.amazon.com/".to_owned(),
            text: vec![text("a")],
        };
        check(
            "[a](https://docs.aws.amazon.com/)",
            &[paragraph(vec![link])],
        );
        for to in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "&#106;avascript:alert(1)",
            "data:text/html,x",
            "http://example.com",
            "//example.com",
            "#/learn",
            "file:///etc/passwd",
        ] {
            check(&format!("[a]({to})"), &[paragraph(vec![text("a")])]);
            check(&format!("![a]({to})"), &[paragraph(vec![text("a")])]);
        }
        check(
            "<javascript:alert(1)>",
            &[paragraph(vec![text("javascript:alert(1)")])],
        );
    }

    #[test]
    fn there_are_limits() {
        assert_eq!(
            read(&"a".repeat(MAX_TEXT + 1)),
            Err(MarkdownError::TooLong {
                n_bytes: MAX_TEXT + 1
            })
        );
        let deep = [
            ">".repeat(10_000),
            "1. ".repeat(10_000),
            "*a **b ".repeat(4_000),
        ];
        assert_eq!(read(&deep[0]), Err(MarkdownError::TooDeep));
        assert_eq!(read(&deep[1]), Err(MarkdownError::TooDeep));
        assert!(read(&deep[2]).is_ok());
        assert!(read(&format!("{}a", "> ".repeat(MAX_DEPTH))).is_ok());
    }
}
