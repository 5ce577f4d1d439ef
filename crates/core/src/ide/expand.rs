//! Writes the actions that a wildcard takes in, in its place.
//!
//! Invariant: the policy takes in the same actions as before, those of AWS's list. A wildcard of a service that the
//! catalogue does not have is left alone.

use crate::{
    catalogue::Action,
    diagnostic::{Fix, TextEdit},
    ide::{
        About,
        complete::at_boundary,
        place::{At, Place},
        spot::{Element, Spot},
        tree::{Quotes, Tree},
        write,
    },
    pattern::ActionPattern,
};

pub(super) fn expand(text: &str, offset: u32, about: &About<'_>) -> Option<Fix> {
    let (tree, offset) = (Tree::read(text), at_boundary(text, offset));
    let place = Place::find(&tree, offset);
    let typed = place.at.text().filter(|it| it.quotes == Quotes::Closed)?;
    let (Spot::Element(Element::Action), _) = Spot::of(&place.steps, place.at) else {
        return None;
    };
    let wildcard = typed.value();
    let pattern = ActionPattern::new(wildcard.as_ref());
    let (prefix, name) = wildcard.split_once(':')?;
    let service = about
        .catalogue
        .service(prefix)
        .filter(|_| name.contains(['*', '?']))?;
    let is_in = |it: &&Action| pattern.matches_parts(&service.prefix, &it.name);
    let actions = service.actions.iter().filter(is_in);
    let mut names: Vec<String> = actions
        .map(|it| format!("{}:{}", service.prefix, it.name))
        .collect();
    names.sort();
    let n = names.len();
    let newline = write::newline_of(text);
    let written = match place.at {
        At::Item(array, ..) => {
            let there: Vec<_> = array.items.iter().flat_map(|it| it.node.texts()).collect();
            names.retain(|it| !there.iter().any(|text| text.raw.eq_ignore_ascii_case(it)));
            let indent = write::indent_of(text, typed.span.start);
            let first = array.items.first().map(|it| it.node.span().start);
            let is_inline = first.is_some_and(|it| !write::has_break(text, array.span.start, it));
            let between = if is_inline {
                ", ".to_owned()
            } else {
                format!(",{newline}{indent}")
            };
            quoted(&names).join(&between)
        }
        At::Value(..) if names.len() == 1 => quoted(&names).concat(),
        At::Value(..) => {
            let indent = write::indent_of(text, typed.span.start);
            let inner = format!("{indent}{}", write::unit_of(text));
            let between = format!(",{newline}{inner}");
            let list = quoted(&names).join(&between);
            format!("[{newline}{inner}{list}{newline}{indent}]")
        }
        _ => return None,
    };
    (!names.is_empty()).then(|| Fix {
        title: format!("Write out the {n} actions of `{wildcard}`"),
        edits: vec![TextEdit {
            span: typed.span,
            text: written,
        }],
    })
}

fn quoted(names: &[String]) -> Vec<String> {
    names.iter().map(|it| format!("\"{it}\"")).collect()
}
