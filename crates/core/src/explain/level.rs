//! The levels of an organization's policies in words: where they are attached, and which.
//!
//! Knows which level a layer of a trace is; who is attached there says the world. Invariant: a level that the world
//! does not have keeps its number.

use crate::{
    explain::condition::enumerated,
    request::Request,
    trace::{Layer, LayerTrace},
    world::{Level, OrganizationPolicyKind, World, level_of},
};

/// The kind of an organization's policies that a layer is made of.
const fn kind_of(layer: Layer) -> Option<OrganizationPolicyKind> {
    match layer {
        Layer::Scp => Some(OrganizationPolicyKind::Scp),
        Layer::Rcp => Some(OrganizationPolicyKind::Rcp),
        _ => None,
    }
}

/// A layer's level, as the world has it.
fn found<'w>(
    layer: &LayerTrace,
    request: &Request,
    world: &'w World,
) -> Option<(OrganizationPolicyKind, Level<'w>)> {
    let kind = kind_of(layer.layer)?;
    Some((kind, level_of(world, request, kind, layer.level?)?))
}

fn place(level: Level<'_>, idx: Option<usize>) -> String {
    match level {
        Level::Unit(_) if idx == Some(0) => "the organization’s root".to_owned(),
        Level::Unit(it) if it.name.is_empty() => format!("OU `{}`", it.id),
        Level::Unit(it) => format!("OU `{}`", it.name),
        Level::Account(it) => format!("account `{}`", it.account),
    }
}

/// Where the policies of a layer's level are attached; nothing for layers without levels.
pub(crate) fn level_place(layer: &LayerTrace, request: &Request, world: &World) -> Option<String> {
    let (_, level) = found(layer, request, world)?;
    Some(place(level, layer.level))
}

/// What a layer's level is called.
pub(crate) fn level_title(layer: &LayerTrace, request: &Request, world: &World) -> Option<String> {
    let kind = kind_of(layer.layer)?.as_str().to_ascii_uppercase();
    let n = layer.level?;
    let place = level_place(layer, request, world);
    let place = place.or_else(|| (n == 0).then(|| "the organization’s root".to_owned()));
    let place = place.map_or_else(String::new, |it| format!(" ({it})"));
    Some(format!("{kind} level {}{place}", n + 1))
}

/// Which policies are attached there.
pub(crate) fn attached_sentence(
    layer: &LayerTrace,
    request: &Request,
    world: &World,
) -> Option<String> {
    let (kind, level) = found(layer, request, world)?;
    let names = level.attached(kind).iter();
    let names: Vec<String> = names.map(|it| format!("`{it}`")).collect();
    Some(match names.len() {
        0 => "Nothing is attached there.".to_owned(),
        1 => format!("Attached there is {}.", enumerated(&names, "and")),
        _ => format!("Attached there are {}.", enumerated(&names, "and")),
    })
}
