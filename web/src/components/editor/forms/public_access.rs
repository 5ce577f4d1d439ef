//! S3 Block Public Access, of a bucket or of a whole account.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>

use leptos::prelude::*;
use rolewalk_core::{
    eval::BlockPublicAccess,
    world::{EntityId, Thing, World},
};

use crate::{
    components::{
        editor::forms::{Form, field::SelectField},
        live,
    },
    state::{edit::Field, signal::Signal},
    view::options::option,
};

fn slot<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut Option<BlockPublicAccess>> {
    let account = world.account_of_mut(entity.account.as_ref())?;
    match &entity.thing {
        Thing::Bucket { name } => Some(&mut account.bucket_mut(name)?.block_public_access),
        Thing::Account => Some(&mut account.block_public_access),
        _ => None,
    }
}

fn read(world: &World, entity: &EntityId) -> Option<BlockPublicAccess> {
    let account = world.account_of(entity.account.as_ref())?;
    match &entity.thing {
        Thing::Bucket { name } => account.bucket(name)?.block_public_access,
        Thing::Account => account.block_public_access,
        _ => None,
    }
}

/// All alike, each by itself, or nothing known.
fn mode(settings: Option<BlockPublicAccess>) -> &'static str {
    match settings {
        None => "unknown",
        Some(it) if it == BlockPublicAccess::all(true) => "on",
        Some(it) if it == BlockPublicAccess::all(false) => "off",
        Some(_) => "some",
    }
}

/// One of the four switches.
struct Switch {
    label: &'static str,
    help: &'static str,
    read: fn(&BlockPublicAccess) -> bool,
    set: fn(&mut BlockPublicAccess, bool),
}

const SWITCHES: [Switch; 4] = [
    Switch {
        label: "BlockPublicAcls",
        help: "New public access control lists are refused.",
        read: |it| it.block_public_acls,
        set: |it, is_on| it.block_public_acls = is_on,
    },
    Switch {
        label: "IgnorePublicAcls",
        help: "Public access control lists count for nothing.",
        read: |it| it.ignore_public_acls,
        set: |it, is_on| it.ignore_public_acls = is_on,
    },
    Switch {
        label: "BlockPublicPolicy",
        help: "A policy that makes it public is refused.",
        read: |it| it.block_public_policy,
        set: |it, is_on| it.block_public_policy = is_on,
    },
    Switch {
        label: "RestrictPublicBuckets",
        help: "Where the policy is public, nobody outside the account comes in but services of AWS.",
        read: |it| it.restrict_public_buckets,
        set: |it, is_on| it.restrict_public_buckets = is_on,
    },
];

/// The fields.
#[component]
pub(crate) fn PublicAccess(form: Form) -> impl IntoView {
    let settings = form.read(|world, it| Some(read(world, it)));
    let mode_value = form.read(|world, it| Some(mode(read(world, it)).to_owned()));
    let options = vec![
        option("on", "block all public access"),
        option("off", "block nothing"),
        option("some", "block some of it"),
        option("unknown", "not known"),
    ];
    let set = move |settings: Option<BlockPublicAccess>| {
        form.edit(Field::PublicAccess, move |it, entity| {
            if let Some(slot) = slot(&mut it.world, entity) {
                *slot = settings;
            }
        });
    };
    let on_choose = move |value: String| {
        let now = settings.get_untracked();
        set(match value.as_str() {
            "on" => Some(BlockPublicAccess::all(true)),
            "off" => Some(BlockPublicAccess::all(false)),
            "some" => Some(BlockPublicAccess {
                restrict_public_buckets: false,
                ..now.unwrap_or(BlockPublicAccess::all(true))
            }),
            _ => None,
        });
    };
    let row = move |it: &'static Switch| {
        let on_change = move |is_on: bool| {
            if let Some(mut settings) = settings.get_untracked() {
                (it.set)(&mut settings, is_on);
                set(Some(settings));
            }
        };
        view! {
            <div class="check-row">
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=live::flag(move || settings.with(|now| now.as_ref().is_some_and(it.read)))
                        on:change:target=move |event| on_change(event.target().checked())
                    />
                    <code>{it.label}</code>
                    <span class="check-detail">{it.help}</span>
                </label>
            </div>
        }
        .into_any()
    };
    let rows = move || {
        settings
            .with(Option::is_some)
            .then(|| SWITCHES.iter().map(row).collect_view())
    };
    view! {
        <fieldset class="group">
            <legend>"Block Public Access"</legend>
            <SelectField
                label="Public access"
                id="public-access"
                help="What the account blocks counts for each of its buckets besides."
                options=Signal::stored(options)
                value=mode_value
                on_choose=Callback::new(on_choose)
            />
            <div>{live::maybe(rows)}</div>
        </fieldset>
    }
}
