//! VPCs, their subnets and security groups: the facts that open or shut Studio's gates.

use leptos::prelude::*;
use rolewalk_core::world::{EntityId, SecurityGroup, Subnet, Thing, Vpc, World};

use crate::{
    components::editor::forms::{
        Form,
        field::{ListField, SelectField},
    },
    state::{
        edit::Field,
        signal::Signal,
        wish::{Wish, kind_name},
    },
    view::settings,
};
use rolewalk_core::world::change::Kind;

fn vpc<'a>(world: &'a World, entity: &EntityId) -> Option<&'a Vpc> {
    match &entity.thing {
        Thing::Vpc { id } => world.account_of(entity.account.as_ref())?.vpc(id),
        _ => None,
    }
}

fn vpc_mut<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut Vpc> {
    match &entity.thing {
        Thing::Vpc { id } => world.account_of_mut(entity.account.as_ref())?.vpc_mut(id),
        _ => None,
    }
}

fn subnet_mut<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut Subnet> {
    match &entity.thing {
        Thing::Subnet { id } => world
            .account_of_mut(entity.account.as_ref())?
            .subnet_mut(id),
        _ => None,
    }
}

fn group<'a>(world: &'a World, entity: &EntityId) -> Option<&'a SecurityGroup> {
    match &entity.thing {
        Thing::SecurityGroup { id } => {
            let account = world.account_of(entity.account.as_ref())?;
            account.security_group(id).map(|it| it.1)
        }
        _ => None,
    }
}

fn group_mut<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut SecurityGroup> {
    match &entity.thing {
        Thing::SecurityGroup { id } => {
            let account = world.account_of_mut(entity.account.as_ref())?;
            account.security_group_mut(id)
        }
        _ => None,
    }
}

/// A yes or no about such a thing.
fn fact(
    form: Form,
    [label, id, help]: [&'static str; 3],
    field: Field,
    read: fn(&World, &EntityId) -> Option<String>,
    set: fn(&mut World, &EntityId, bool),
) -> AnyView {
    view! {
        <SelectField
            label
            id
            help
            options=Signal::stored(settings::switches())
            value=form.read(read)
            on_choose=Callback::new(move |value: String| {
                if let Some(is_on) = settings::switch(&value) {
                    form.edit(field, move |it, entity| set(&mut it.world, entity, is_on));
                }
            })
        />
    }
    .into_any()
}

/// A VPC.
#[component]
pub(crate) fn VpcForm(form: Form) -> impl IntoView {
    let add = |kind: Kind| {
        view! {
            <button
                type="button"
                class="button"
                on:click=move |_| form.actions.wish.run(Wish::Add(kind, form.entity.get_untracked()))
            >
                {format!("Add a {}", kind_name(kind))}
            </button>
        }
    };
    view! {
        <form class="form" on:submit=|event| event.prevent_default()>
            <p class="form-note">
                "A network of the account. A domain in mode VpcOnly sends all its traffic through one. Nothing here is IAM."
            </p>
            <fieldset class="group">
                <legend>"VPC"</legend>
                {fact(
                    form,
                    ["NAT gateway", "vpc-form-nat", "Without one, each service needs an endpoint in the VPC."],
                    Field::NatGateway,
                    |world, it| Some(settings::switch_value(vpc(world, it)?.nat_gateway)),
                    |world, it, is_on| {
                        if let Some(it) = vpc_mut(world, it) {
                            it.nat_gateway = is_on;
                        }
                    },
                )}
                <ListField
                    label="Endpoints"
                    id="vpc-form-endpoints"
                    help="Services without region, between commas: `sagemaker.api`, `sagemaker.runtime`, `s3`, …"
                    value=form.read(|world, it| Some(vpc(world, it)?.endpoints.clone()))
                    on_list=Callback::new(move |value: Vec<String>| {
                        form.edit(Field::Endpoints, move |it, entity| {
                            if let Some(vpc) = vpc_mut(&mut it.world, entity) {
                                vpc.endpoints = value;
                            }
                        });
                    })
                />
                <div class="button-row">{add(Kind::Subnet)} {add(Kind::SecurityGroup)}</div>
            </fieldset>
        </form>
    }
}

/// A subnet.
#[component]
pub(crate) fn SubnetForm(form: Form) -> impl IntoView {
    view! {
        <form class="form" on:submit=|event| event.prevent_default()>
            <fieldset class="group">
                <legend>"Subnet"</legend>
                {fact(
                    form,
                    [
                        "Leads to an internet gateway",
                        "subnet-public",
                        "Then it is a public subnet. Studio’s apps get no public address, so that way is of no use to them.",
                    ],
                    Field::Rules,
                    |world, it| match &it.thing {
                        Thing::Subnet { id } => {
                            let (_, subnet) = world.account_of(it.account.as_ref())?.subnet(id)?;
                            Some(settings::switch_value(subnet.is_public))
                        }
                        _ => None,
                    },
                    |world, it, is_on| {
                        if let Some(it) = subnet_mut(world, it) {
                            it.is_public = is_on;
                        }
                    },
                )}
            </fieldset>
        </form>
    }
}

/// A security group.
#[component]
pub(crate) fn SecurityGroupForm(form: Form) -> impl IntoView {
    view! {
        <form class="form" on:submit=|event| event.prevent_default()>
            <fieldset class="group">
                <legend>"Security group"</legend>
                {fact(
                    form,
                    ["NFS, TCP 2049", "group-nfs", "Whether it gets in and out: the way to the home directories."],
                    Field::Rules,
                    |world, it| Some(settings::switch_value(group(world, it)?.allows_nfs)),
                    |world, it, is_on| {
                        if let Some(it) = group_mut(world, it) {
                            it.allows_nfs = is_on;
                        }
                    },
                )}
                {fact(
                    form,
                    [
                        "TCP 8192–65535 among members",
                        "group-apps",
                        "Whether it is open: the way from JupyterServer to kernels.",
                    ],
                    Field::Rules,
                    |world, it| Some(settings::switch_value(group(world, it)?.allows_apps)),
                    |world, it, is_on| {
                        if let Some(it) = group_mut(world, it) {
                            it.allows_apps = is_on;
                        }
                    },
                )}
            </fieldset>
        </form>
    }
}
