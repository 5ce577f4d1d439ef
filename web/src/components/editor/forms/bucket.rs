//! The settings of a bucket.

use leptos::prelude::*;
use rolewalk_core::world::{Text, World};

use crate::{
    components::editor::forms::{Form, field::SelectField},
    components::live,
    state::{
        edit::Field,
        signal::{Signal, memo},
        things::{bucket, bucket_mut},
    },
    view::options,
};

/// A bucket policy to begin with: it allows and denies nothing that IAM does not.
fn first_policy(world: &World, bucket: &str) -> String {
    let (bucket, objects) = (
        world.bucket_arn(bucket, None),
        world.bucket_arn(bucket, Some("*")),
    );
    format!(
        "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {{\n      \"Sid\": \"OnlyEncryptedTransport\",\n      \"Effect\": \"Deny\",\n      \"Principal\": \"*\",\n      \"Action\": \"s3:*\",\n      \"Resource\": [\"{bucket}\", \"{objects}\"],\n      \"Condition\": {{ \"Bool\": {{ \"aws:SecureTransport\": \"false\" }} }}\n    }}\n  ]\n}}\n"
    )
}

/// The form.
#[component]
pub(crate) fn BucketForm(form: Form) -> impl IntoView {
    let name = form.read(|world, it| Some(bucket(world, it)?.name.clone()));
    let key =
        form.read(|world, it| Some(bucket(world, it)?.kms_key_id.clone().unwrap_or_default()));
    let keys = memo(move || {
        let key = key.get();
        form.offered(|_, it| options::keys(it, Some(&key), "S3’s own key"))
    });
    view! {
        <form class="form" on:submit=|event| event.prevent_default()>
            <fieldset class="group">
                <legend>"Bucket"</legend>
                <SelectField
                    label="Encryption key"
                    id="bucket-key"
                    help="With a key of your own, reading needs `kms:Decrypt` and writing `kms:GenerateDataKey`."
                    options=keys
                    value=key
                    on_choose=Callback::new(move |value: String| {
                        form.edit(Field::Key, move |it, entity| {
                            if let Some(bucket) = bucket_mut(&mut it.world, entity) {
                                bucket.kms_key_id = Some(value).filter(|it| !it.is_empty());
                            }
                        });
                    })
                />
            </fieldset>
            <Policy form name />
        </form>
    }
}

#[component]
fn Policy(form: Form, name: Signal<String>) -> impl IntoView {
    let has_policy = form.read(|world, it| Some(bucket(world, it)?.policy.is_some()));
    view! {
        <fieldset class="group">
            <legend>"Bucket policy"</legend>
            {live::part(move || {
                if has_policy.get() {
                    view! {
                        <div class="button-row">
                            <button
                                type="button"
                                class="button"
                                on:click=move |_| {
                                    let bucket = name.get_untracked();
                                    form.open_text(Text::Bucket { bucket });
                                }
                            >
                                "Open the bucket policy"
                            </button>
                            <button
                                type="button"
                                class="button quiet"
                                on:click=move |_| {
                                    form.edit(Field::Policy, |it, entity| {
                                        if let Some(bucket) = bucket_mut(&mut it.world, entity) {
                                            bucket.policy = None;
                                        }
                                    });
                                }
                            >
                                "Remove it"
                            </button>
                        </div>
                    }
                        .into_any()
                } else {
                    view! {
                        <p class="field-help">"The bucket has no policy: identity policies of this account decide."</p>
                        <button
                            type="button"
                            class="button"
                            on:click=move |_| {
                                let bucket = name.get_untracked();
                                let text = form.scenario.with_untracked(|it| first_policy(&it.world, &bucket));
                                form.edit(Field::Policy, move |it, entity| {
                                    if let Some(bucket) = bucket_mut(&mut it.world, entity) {
                                        bucket.policy = Some(text.into());
                                    }
                                });
                            }
                        >
                            "Add a bucket policy"
                        </button>
                    }
                        .into_any()
                }
            })}
        </fieldset>
    }
}
