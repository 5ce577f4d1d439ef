//! The settings of a bucket.

use leptos::prelude::*;
use rolewalk_core::world::{Reference, WorldFindingKind};

use crate::{
    components::editor::forms::{
        Form, field::SelectField, policy::PolicyFields, public_access::PublicAccess,
    },
    state::{
        edit::Field,
        signal::memo,
        things::{bucket, bucket_mut},
    },
    view::options,
};

/// The form.
#[component]
pub(crate) fn BucketForm(form: Form) -> impl IntoView {
    let key = form.read(|world, it| Some(options::key_of(bucket(world, it)?).to_owned()));
    let keys = memo(move || {
        let key = key.get();
        form.offered(|_, it| options::keys_of_bucket(it, &key))
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
                    message=form.message(|it| matches!(it, WorldFindingKind::Missing { what: Reference::Key, .. }))
                    on_choose=Callback::new(move |value: String| {
                        if value == options::ASSUMED {
                            return;
                        }
                        form.edit(Field::Key, move |it, entity| {
                            if let Some(bucket) = bucket_mut(&mut it.world, entity) {
                                bucket.tell_key(Some(value).filter(|it| !it.is_empty()));
                            }
                        });
                    })
                />
            </fieldset>
            <PublicAccess form />
            <PolicyFields
                form
                name="Bucket policy"
                none="The bucket has no policy: identity policies of this account decide."
            />
        </form>
    }
}
