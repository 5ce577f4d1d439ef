//! ARNs: which type of which service they are, and which things of this world they name.

use crate::{
    catalogue::{Catalogue, ResourceType, Service},
    explain::counted,
    ide::{About, Hover, hover::Look, things},
    names::Arn,
    pattern::{ArnMatch, ArnPattern, Glob, ShortArn, Template},
    policy::spelling::listed,
    request::Context,
    world::Text,
};

/// How many things are listed.
const MAX_THINGS: usize = 6;

pub(super) fn hover(look: &Look<'_>) -> Option<Hover> {
    let text = look.text.value();
    let about = look.about;
    if text == "*" {
        let own = match about.document.map(|it| &it.text) {
            Some(Text::Key { .. }) => "In a key policy: this key.",
            _ => "",
        };
        return Some(look.says("*", "every resource").line(own));
    }
    if text.is_empty() {
        return None;
    }
    let Some(arn) = Arn::parse(&text) else {
        return Some(
            look.says(text.as_ref(), "no ARN")
                .line("An ARN has the form `arn:partition:service:region:account:resource`."),
        );
    };
    let service = about.catalogue.service(arn.service());
    let is_unknown = service.is_none() && !about.catalogue.is_complete();
    let of_type = type_of(about.catalogue, &arn);
    let subtitle = match (of_type, service) {
        (Some((service, of_type)), _) => format!("`{}` of {}", of_type.name, service.name),
        (None, Some(service)) => format!("ARN of {}", service.name),
        (None, None) => "ARN".to_owned(),
    };
    let hover = look.says(text.as_ref(), subtitle).wanting(is_unknown);
    Some(hover.line(in_world(about, &arn, look.has_variables())))
}

/// What this world has of it, in a sentence.
pub(super) fn in_world(about: &About<'_>, arn: &Arn, has_variables: bool) -> String {
    let world = about.world;
    let text = arn.as_str();
    let is_pattern = text.contains(['*', '?']) || has_variables && text.contains("${");
    if let Some(entity) = world.entity_of(arn) {
        let what = things::described(world, &entity);
        let inside = arn
            .resource()
            .split_once('/')
            .filter(|_| arn.service() == "s3");
        return if inside.is_some_and(|it| it.1 == "*") {
            format!("Exists in this world: the objects of {what}.")
        } else if inside.is_some() {
            format!("In {what}, which exists in this world.")
        } else {
            format!("Exists in this world: {what}.")
        };
    }
    if !is_pattern {
        return match owner(about, arn) {
            _ if !is_kept(arn) => "",
            Some(false) => "Belongs to an account that is not in this world.",
            _ => "Nothing in this world has this ARN.",
        }
        .to_owned();
    }
    let template = if has_variables {
        Template::with_variables(text)
    } else {
        Template::literal(text)
    };
    let pattern = ArnPattern::new(template, ShortArn::Padded);
    let nothing = Context::new();
    let context = about.request.map_or(&nothing, |it| &it.context);
    let things = things::all(world);
    let whole = things.iter().filter(|it| !it.arn.ends_with('*'));
    let taken = whole.filter(|it| pattern.matches(&it.arn, context) == ArnMatch::Hit);
    let names: Vec<&str> = taken.map(|it| it.arn.as_str()).collect();
    match names.len() {
        0 if is_kept(arn) => "Takes in nothing that this world has.".to_owned(),
        0 => String::new(),
        n => {
            let listed = listed(names.into_iter(), MAX_THINGS);
            let things = counted(n, "thing", "things");
            format!("Takes in {things} of this world: {listed}.")
        }
    }
}

/// Whether the account in the ARN is one of this world; `None` where it names none.
fn owner(about: &About<'_>, arn: &Arn) -> Option<bool> {
    let account = arn.account()?;
    Some(about.world.account(&account).is_some())
}

/// Whether a world has things of this sort: of others nobody can say whether they exist.
fn is_kept(arn: &Arn) -> bool {
    let kind = arn.resource().split(['/', ':']).next().unwrap_or_default();
    match arn.service() {
        "s3" => arn.account_str().is_none(),
        "iam" => matches!(kind, "role" | "user" | "group"),
        "ecr" => kind == "repository",
        "kms" => kind == "key",
        "logs" => kind == "log-group",
        "sagemaker" => matches!(kind, "domain" | "user-profile" | "space"),
        _ => false,
    }
}

/// The type of resource that an ARN is of: of those whose pattern it fits, the one that says most.
pub(super) fn type_of<'c>(
    catalogue: &'c Catalogue,
    arn: &Arn,
) -> Option<(&'c Service, &'c ResourceType)> {
    let service = catalogue.service(arn.service())?;
    let mut best: Option<(usize, &ResourceType)> = None;
    for of_type in &service.resource_types {
        let Some(n_fixed) = fits(&of_type.arn, arn) else {
            continue;
        };
        if best.is_none_or(|it| it.0 < n_fixed) {
            best = Some((n_fixed, of_type));
        }
    }
    best.map(|it| (service, it.1))
}

/// How many characters are the same in pattern and ARN; `None` where it does not fit.
fn fits(pattern: &str, arn: &Arn) -> Option<usize> {
    let pattern = Arn::parse(&without_names(pattern))?;
    let [_, _, service, region, account, resource] = pattern.parts();
    let found = arn.parts();
    let is_same = |pattern: &str, found: &str| match pattern {
        "" => found.is_empty() || found == "*",
        "*" => !found.is_empty(),
        _ => pattern == found || found == "*",
    };
    let [_, _, of, in_region, in_account, what] = found;
    let fits = service == of
        && is_same(region, in_region)
        && is_same(account, in_account)
        && Glob::new(resource).matches(what);
    fits.then(|| resource.chars().filter(|it| *it != '*').count())
}

/// A pattern with `*` in the place of each `${…}`.
fn without_names(pattern: &str) -> String {
    let mut filled = String::new();
    let mut rest = pattern;
    while let Some((before, behind)) = rest.split_once("${") {
        filled.push_str(before);
        filled.push('*');
        rest = behind.split_once('}').map_or("", |it| it.1);
    }
    filled.push_str(rest);
    filled
}
