//! The pictures as files: each a whole SVG text, with its colours in it and without a style sheet.
//!
//! Invariant: whatever a name holds, it is text in the SVG and nothing else.

use std::fmt::Write;

use rolewalk_core::flow::Flow;

use crate::view::{
    door::DoorState,
    icon::Icon,
    model::Idea,
    picture,
    tree::{Passage, Row},
};

/// A picture to save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Svg {
    /// The text.
    pub(crate) text: String,
    /// Width in pixels.
    pub(crate) width: i32,
    /// Height in pixels.
    pub(crate) height: i32,
}

/// The colours of `tokens.css`, for one theme.
struct Palette {
    background: &'static str,
    surface: &'static str,
    line: &'static str,
    text: &'static str,
    muted: &'static str,
    open: &'static str,
    shut: &'static str,
    loses: &'static str,
    unjudged: &'static str,
    unreached: &'static str,
}

const LIGHT: Palette = Palette {
    background: "#f7f5f2",
    surface: "#fffefc",
    line: "#8c857a",
    text: "#1d1b18",
    muted: "#5d5850",
    open: "#14713b",
    shut: "#b42324",
    loses: "#85570a",
    unjudged: "#6b3fb0",
    unreached: "#d5cfc4",
};

const DARK: Palette = Palette {
    background: "#121216",
    surface: "#19191f",
    line: "#6d6c7c",
    text: "#ececf2",
    muted: "#a9a8b8",
    open: "#62d394",
    shut: "#ff9086",
    loses: "#eab755",
    unjudged: "#c9adff",
    unreached: "#3a3a46",
};

impl Palette {
    const fn of(is_dark: bool) -> &'static Self {
        if is_dark { &DARK } else { &LIGHT }
    }

    const fn state(&self, state: DoorState) -> &'static str {
        match state {
            DoorState::Open => self.open,
            DoorState::Shut => self.shut,
            DoorState::Loses => self.loses,
            DoorState::NotJudged => self.unjudged,
            DoorState::NotReached => self.unreached,
        }
    }
}

const MARGIN: i32 = 20;
const LINE: i32 = 26;

/// A canvas that grows downwards.
struct Canvas {
    palette: &'static Palette,
    body: String,
    title: String,
}

impl Canvas {
    fn new(title: &str, is_dark: bool) -> Self {
        Self {
            palette: Palette::of(is_dark),
            body: String::new(),
            title: title.to_owned(),
        }
    }

    fn draw(&mut self, markup: std::fmt::Arguments<'_>) {
        // Writing to a `String` does not fail.
        let _ = self.body.write_fmt(markup);
    }

    fn text(&mut self, (x, y): (i32, i32), size: &str, weight: u32, fill: &str, text: &str) {
        let text = escaped(text);
        self.draw(format_args!(
            r#"<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}">{text}</text>"#
        ));
    }

    fn icon(&mut self, (x, y): (i32, i32), scale: &str, width: &str, stroke: &str, icon: Icon) {
        let path = icon.path();
        self.draw(format_args!(
            r#"<path transform="translate({x} {y}) scale({scale})" d="{path}" fill="none" stroke="{stroke}" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"/>"#
        ));
    }

    fn finish(self, width: i32, height: i32) -> Svg {
        let (title, body) = (escaped(&self.title), self.body);
        let background = self.palette.background;
        let text = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="Helvetica, Arial, sans-serif"><title>{title}</title><rect width="{width}" height="{height}" fill="{background}"/>{body}</svg>"#
        );
        Svg {
            text,
            width,
            height,
        }
    }
}

/// The walk.
pub(crate) fn flow(flow: &Flow, title: &str, is_dark: bool) -> Svg {
    let picture = picture::picture(flow, picture::WIDE);
    let mut canvas = Canvas::new(title, is_dark);
    let palette = canvas.palette;
    canvas.text((MARGIN, 30), "14", 600, palette.text, title);
    let top = 44;
    canvas.draw(format_args!(r#"<g transform="translate({MARGIN} {top})">"#));
    for way in &picture.ways {
        let dashes = if way.state == DoorState::NotReached {
            r#" stroke-dasharray="3 4""#
        } else {
            ""
        };
        let (path, stroke) = (&way.path, palette.state(way.state));
        canvas.draw(format_args!(
            r#"<path d="{path}" fill="none" stroke="{stroke}" stroke-width="1.75"{dashes}/>"#
        ));
    }
    for node in &picture.nodes {
        let (x, y, width, height) = (node.x, node.y, node.width, node.height);
        let (stroke, dashes, name) = if node.is_reached {
            (palette.line, "", palette.text)
        } else {
            (
                palette.unreached,
                r#" stroke-dasharray="3 3""#,
                palette.muted,
            )
        };
        let fill = palette.surface;
        canvas.draw(format_args!(
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="8" fill="{fill}" stroke="{stroke}"{dashes}/>"#
        ));
        let y = node.text_y;
        canvas.icon((x + 9, y + 8), "0.8125", "1.5", palette.muted, node.icon);
        canvas.text((x + 27, y + 19), "10.5", 400, palette.muted, node.kind);
        // Faces differ in width: whatever the name needs, it stays inside.
        let (left, top, room) = (x + 9, y + 23, width - 14);
        canvas.draw(format_args!(
            r#"<svg x="{left}" y="{top}" width="{room}" height="35">"#
        ));
        canvas.text((0, 13), "12", 600, name, &node.name);
        if let Some(second_line) = &node.second_line {
            canvas.text((0, 28), "12", 600, name, second_line);
        }
        canvas.draw(format_args!("</svg>"));
    }
    for badge in &picture.badges {
        let (x, y, fill) = (badge.x, badge.y, palette.state(badge.state));
        let background = palette.background;
        canvas.draw(format_args!(
            r#"<circle cx="{x}" cy="{y}" r="13" fill="{background}"/><circle cx="{x}" cy="{y}" r="9.5" fill="{fill}"/>"#
        ));
        let shape = Icon::of_state(badge.state);
        canvas.icon((x - 6, y - 6), "0.75", "2.4", palette.surface, shape);
    }
    canvas.draw(format_args!("</g>"));
    let width = picture.width.max(text_width(title));
    canvas.finish(width + 2 * MARGIN, picture.height + top + MARGIN)
}

/// The account, as far as it is unfolded.
pub(crate) fn tree(rows: &[Row], title: &str, is_dark: bool) -> Svg {
    let mut canvas = Canvas::new(title, is_dark);
    let palette = canvas.palette;
    canvas.text((MARGIN, 30), "14", 600, palette.text, title);
    let mut width = text_width(title);
    let mut y = 58;
    for row in rows {
        let level = i32::try_from(row.level).unwrap_or(1);
        let x = MARGIN + (level - 1) * 18;
        let colour = match row.passage {
            Passage::Off => palette.muted,
            Passage::OnPath => palette.open,
            Passage::Stopped => palette.shut,
        };
        canvas.icon((x, y - 11), "0.875", "1.5", colour, row.icon);
        canvas.text((x + 22, y), "13", 400, palette.text, &row.label);
        let behind = x + 22 + text_width(&row.label) + 8;
        canvas.text((behind, y), "11", 400, palette.muted, &row.detail);
        width = width.max(behind + text_width(&row.detail));
        y += LINE;
    }
    canvas.finish(width + MARGIN, y)
}

/// The five ideas.
pub(crate) fn model(ideas: &[Idea], title: &str, is_dark: bool) -> Svg {
    const STEP: i32 = 58;
    let mut canvas = Canvas::new(title, is_dark);
    let palette = canvas.palette;
    canvas.text((MARGIN, 30), "14", 600, palette.text, title);
    let mut width = text_width(title);
    let mut y = 50;
    for (idx, idea) in ideas.iter().enumerate() {
        let stroke = palette.state(idea.state);
        let surface = palette.surface;
        let (middle, bottom) = (MARGIN + 17, y + 34);
        if idx + 1 < ideas.len() {
            let next = y + STEP;
            canvas.draw(format_args!(
                r#"<path d="M{middle} {bottom}V{next}" stroke="{stroke}" stroke-width="1.5"/>"#
            ));
        }
        canvas.draw(format_args!(
            r#"<rect x="{MARGIN}" y="{y}" width="34" height="34" rx="8" fill="{surface}" stroke="{stroke}"/>"#
        ));
        canvas.icon((MARGIN + 9, y + 9), "1", "1.5", stroke, idea.icon);
        let heading = format!("{} → {}", idea.title, idea.meaning);
        canvas.text((MARGIN + 46, y + 14), "13", 600, palette.text, &heading);
        canvas.text((MARGIN + 46, y + 31), "12", 400, palette.muted, &idea.name);
        width = width.max(46 + text_width(&heading).max(text_width(&idea.name)));
        y += STEP;
    }
    canvas.finish(width + 2 * MARGIN, y)
}

/// Room for a text of 13 pixels.
fn text_width(text: &str) -> i32 {
    let hundredths: u32 = text.chars().map(picture::letter_width).sum();
    i32::try_from(hundredths * 13 / 100).unwrap_or(0)
}

/// Text as XML has it. What XML cannot hold becomes a blank.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push(' '),
            _ if it.is_control() => escaped.push(' '),
            _ => escaped.push(it),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_text_whatever_they_hold() {
        let name = "</text><script>alert('1')</script>&\u{0}\"";
        let row = Row::new("", "a", 1, Icon::Role, name.to_owned());
        let svg = tree(&[row], name, false).text;
        assert!(!svg.contains("<script"), "{svg}");
        assert!(svg.contains("&lt;script&gt;alert(&#39;1&#39;)"), "{svg}");
        assert!(!svg.contains('\u{0}'));
        assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
    }

    #[test]
    fn the_colours_are_those_of_the_page() {
        let tokens = include_str!("../../styles/tokens.css");
        for (token, light, dark) in [
            ("bg", LIGHT.background, DARK.background),
            ("surface", LIGHT.surface, DARK.surface),
            ("line-strong", LIGHT.line, DARK.line),
            ("text", LIGHT.text, DARK.text),
            ("muted", LIGHT.muted, DARK.muted),
            ("open", LIGHT.open, DARK.open),
            ("shut", LIGHT.shut, DARK.shut),
            ("loses", LIGHT.loses, DARK.loses),
            ("unjudged", LIGHT.unjudged, DARK.unjudged),
            ("unreached-line", LIGHT.unreached, DARK.unreached),
        ] {
            let line = format!("--{token}: light-dark({light}, {dark});");
            assert!(tokens.contains(&line), "{line}");
        }
    }
}
