//! What the network of a `VpcOnly` domain lets through.
//!
//! Facts that open or shut gates; nothing here is IAM. As long as nobody describes the VPC, its
//! gates are not judged.

use leptos::prelude::*;
use rolewalk_core::world::{AppNetworkAccessType, EntityId, Vpc, World};

use crate::{
    components::{
        editor::forms::{
            Form,
            field::{ListField, SelectField},
        },
        live,
    },
    state::{
        edit::Field,
        signal::Signal,
        things::{describe_vpc, domain},
    },
    view::settings,
};

fn vpc<'a>(world: &'a World, entity: &EntityId) -> Option<&'a Vpc> {
    world.vpc(&domain(world, entity)?.vpc_id)
}

/// A yes or no about the VPC.
struct Fact {
    label: &'static str,
    id: &'static str,
    help: &'static str,
    read: fn(&World, &EntityId) -> Option<String>,
    set: fn(&mut Vpc, bool),
}

const FACTS: [Fact; 3] = [
    Fact {
        label: "NAT gateway",
        id: "vpc-nat",
        help: "Without one, each service needs an endpoint in the VPC.",
        read: |world, it| Some(settings::switch_value(vpc(world, it)?.nat_gateway)),
        set: |it, is_on| it.nat_gateway = is_on,
    },
    Fact {
        label: "NFS, TCP 2049",
        id: "vpc-nfs",
        help: "Whether the security groups let it in and out: the way to the home directories.",
        read: |world, it| {
            let mut groups = vpc(world, it)?.security_groups.iter();
            Some(settings::switch_value(groups.any(|it| it.allows_nfs)))
        },
        set: |it, is_on| {
            for group in &mut it.security_groups {
                group.allows_nfs = is_on;
            }
        },
    },
    Fact {
        label: "TCP 8192–65535 among members",
        id: "vpc-apps",
        help: "Whether the security groups let it through: the way from JupyterServer to kernels.",
        read: |world, it| {
            let mut groups = vpc(world, it)?.security_groups.iter();
            Some(settings::switch_value(groups.any(|it| it.allows_apps)))
        },
        set: |it, is_on| {
            for group in &mut it.security_groups {
                group.allows_apps = is_on;
            }
        },
    },
];

/// The fields, where the domain's traffic takes this way.
#[component]
pub(crate) fn VpcFields(form: Form) -> impl IntoView {
    let is_own = form.read(|world, it| {
        let access = domain(world, it)?.app_network_access_type;
        Some(access == AppNetworkAccessType::VpcOnly)
    });
    let is_described = form.read(|world, it| Some(vpc(world, it).is_some()));
    live::maybe(move || {
        is_own.get().then(|| {
            view! {
                <fieldset class="group">
                    <legend>"What the VPC lets through"</legend>
                    {live::part(move || {
                        if is_described.get() { facts(form) } else { describe(form) }
                    })}
                </fieldset>
            }
        })
    })
}

fn describe(form: Form) -> AnyView {
    let on_click = move |_| form.edit(Field::Vpc, |it, entity| change(it, entity, |_| ()));
    view! {
        <p class="field-help">"As long as nothing is said of it, the door “Network” is not judged."</p>
        <button type="button" class="button" on:click=on_click>"Describe this VPC"</button>
    }
    .into_any()
}

fn facts(form: Form) -> AnyView {
    let facts = FACTS.iter().map(|fact| {
        let set = fact.set;
        let on_choose = Callback::new(move |value: String| {
            if let Some(is_on) = settings::switch(&value) {
                form.edit(Field::Vpc, move |it, entity| {
                    change(it, entity, |vpc| set(vpc, is_on));
                });
            }
        });
        view! {
            <SelectField
                label=fact.label
                id=fact.id
                help=fact.help
                options=Signal::stored(settings::switches())
                value=form.read(fact.read)
                on_choose=on_choose
            />
        }
    });
    view! {
        {facts.collect_view()}
        <ListField
            label="Endpoints"
            id="vpc-endpoints"
            help="Services without region, between commas: `sagemaker.api`, `sagemaker.runtime`, `s3`, …"
            value=form.read(|world, it| Some(vpc(world, it)?.endpoints.clone()))
            on_list=Callback::new(move |value: Vec<String>| {
                form.edit(Field::Endpoints, move |it, entity| {
                    change(it, entity, |vpc| vpc.endpoints = value);
                });
            })
        />
    }
    .into_any()
}

fn change(
    scenario: &mut rolewalk_core::scenario::Scenario,
    entity: &EntityId,
    change: impl FnOnce(&mut Vpc),
) {
    if let Some(vpc) = describe_vpc(&mut scenario.world, entity) {
        change(vpc);
    }
}
