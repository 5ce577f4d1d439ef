//! `aws s3api get-bucket-policy`, `aws kms get-key-policy`, `aws kms list-grants`,
//! `aws ecr get-repository-policy`.
//!
//! The first two do not say whose policy it is: its own resources do, else the file's name.

use crate::{
    eval::{GrantConstraints, KeyGrant},
    import::{
        bucket::BucketFact,
        count::ImportedKind,
        described_key::NamelessPolicy,
        facts::{Fact, Said},
        fields::Fields,
        iam::{at, whole},
        note::ImportNoteKind,
        recognise::Reading,
    },
    names::{AccountId, Arn},
    syntax::json::{self, Node, Value},
    world::{Key, PolicyText, Repository},
};

impl Reading<'_> {
    /// Whether it was about a resource.
    pub(super) fn resource(&mut self, fields: Fields<'_>) -> bool {
        if let Some(policy) = fields.policy("policyText") {
            self.repository(fields, policy);
            return true;
        }
        if fields.has("Grants") {
            self.grants(fields);
            return true;
        }
        if fields.has("Aliases") {
            self.aliases(fields);
            return true;
        }
        if let Some(it) = fields.object("KeyMetadata") {
            self.described_key(fields.mark, it);
            return true;
        }
        if fields.has("Buckets") {
            self.buckets(fields);
            return true;
        }
        if let Some(it) = fields.object("ServerSideEncryptionConfiguration") {
            self.bucket_encryption(fields, it);
            return true;
        }
        let Some(policy) = fields.policy("Policy") else {
            return false;
        };
        // `aws iam get-policy` has an object of that name that is no document.
        if fields
            .object("Policy")
            .is_some_and(|it| !it.has("Statement"))
        {
            return false;
        }
        let about = About::of(&policy);
        let is_key = fields.has("PolicyName")
            || self.name.starts_with("key-")
            || (about.names_kms && !self.name.starts_with("bucket-"));
        if is_key {
            self.key(fields, policy, &about);
        } else {
            self.bucket(fields, policy, &about);
        }
        true
    }

    fn repository(&mut self, fields: Fields<'_>, policy: PolicyText) {
        let Some(name) = fields.string("repositoryName") else {
            return self.unnamed(fields, ImportedKind::Repository, "repositoryName");
        };
        let account = fields.text("registryId").and_then(AccountId::parse);
        let policy = Some(policy);
        let repository = whole(Repository { name, policy });
        self.facts
            .repositories
            .push(at(fields, account, repository));
    }

    fn bucket(&mut self, fields: Fields<'_>, policy: PolicyText, about: &About) {
        let of_file = self.name.strip_prefix("bucket-");
        let Some(name) = about.bucket().or(of_file).map(str::to_owned) else {
            self.notes.push(fields.mark, ImportNoteKind::WhichBucket);
            return;
        };
        let bucket = BucketFact::with_policy(name, policy);
        self.facts.buckets.push(at(fields, None, bucket));
    }

    fn key(&mut self, fields: Fields<'_>, policy: PolicyText, about: &About) {
        let of_file = self.name.strip_prefix("key-").map(str::to_owned);
        let Some((account, key_id)) = about.key().or_else(|| Some((None, of_file?))) else {
            let policy = at(fields, about.account(), NamelessPolicy(policy));
            self.facts.nameless_keys.push(policy);
            return;
        };
        let account = account.or_else(|| about.account());
        let key = Key {
            key_id,
            alias: None,
            policy,
            grants: Vec::new(),
        };
        self.facts.keys.push(at(fields, account, whole(key)));
    }
}

impl Reading<'_> {
    /// <https://docs.aws.amazon.com/cli/latest/reference/kms/list-grants.html>
    fn grants(&mut self, fields: Fields<'_>) {
        for it in fields.objects("Grants") {
            let kind = ImportedKind::KeyGrant;
            let Some(key) = it.text("KeyId") else {
                self.unnamed(it, kind, "KeyId");
                continue;
            };
            let arn = Arn::parse(key);
            let id = arn.as_ref().map_or(key, Arn::last_segment).to_owned();
            let account = arn.as_ref().and_then(Arn::account);
            if let Some(arn) = &arn {
                self.facts.note_arn(it.mark, arn);
            }
            let Some(grant_id) = it.string("GrantId") else {
                self.unnamed(it, kind, "GrantId");
                continue;
            };
            // For a service the second field says which; the first then is what the service goes by.
            let grantee = it.string("GranteeServicePrincipal");
            let Some(grantee) = grantee.or_else(|| it.string("GranteePrincipal")) else {
                self.unnamed(it, kind, "GranteePrincipal");
                continue;
            };
            let retiring = it.string("RetiringServicePrincipal");
            let constraints = it.object("Constraints");
            let pairs = |name| {
                let pairs = constraints.and_then(|it| it.object(name));
                pairs.map(|it| it.pairs()).unwrap_or_default()
            };
            let grant = KeyGrant {
                grant_id,
                name: it.string("Name").unwrap_or_default(),
                grantee_principal: grantee,
                retiring_principal: retiring.or_else(|| it.string("RetiringPrincipal")),
                operations: it.texts("Operations"),
                constraints: GrantConstraints {
                    encryption_context_subset: pairs("EncryptionContextSubset"),
                    encryption_context_equals: pairs("EncryptionContextEquals"),
                    source_arn: constraints.and_then(|it| it.string("SourceArn")),
                },
            };
            self.facts.grants.push(at(it, account, (id, grant)));
        }
    }
}

/// What a policy says of the resource that it belongs to.
#[derive(Debug, Default)]
struct About {
    resources: Vec<Arn>,
    principals: Vec<Arn>,
    names_kms: bool,
}

impl About {
    fn of(policy: &PolicyText) -> Self {
        let mut about = Self::default();
        if let Some(root) = json::read(policy.as_str()).root {
            about.collect("", &root);
        }
        about
    }

    /// `key` is the element that the value is in; the values of `Principal` stand below their kind.
    fn collect(&mut self, key: &str, node: &Node) {
        match &node.value {
            Value::Object(members) => {
                for it in members {
                    let own = it.key.value.as_str();
                    self.collect(if key == "Principal" { key } else { own }, &it.value);
                }
            }
            Value::Array(items) => items.iter().for_each(|it| self.collect(key, it)),
            Value::String(text) => match key {
                "Resource" | "NotResource" => self.resources.extend(Arn::parse(text)),
                "Principal" => self.principals.extend(Arn::parse(text)),
                "Action" | "NotAction" => self.names_kms |= text.starts_with("kms:"),
                _ => {}
            },
            _ => {}
        }
    }

    /// The one bucket that all resources are in.
    fn bucket(&self) -> Option<&str> {
        let names = self.resources.iter().filter(|it| it.service() == "s3");
        one(names.map(|it| it.resource().split('/').next().unwrap_or_default()))
            .filter(|it| !it.contains(['*', '?', '$']))
    }

    /// The one key that all resources are.
    fn key(&self) -> Option<(Option<AccountId>, String)> {
        let arn = one(self.resources.iter().filter(|it| it.service() == "kms"))?;
        let id = arn.resource().strip_prefix("key/")?;
        (!id.contains(['*', '?', '$'])).then(|| (arn.account(), id.to_owned()))
    }

    /// The one account whose root the policy names: every default key policy does.
    fn account(&self) -> Option<AccountId> {
        let roots = self.principals.iter().filter(|it| it.resource() == "root");
        one(roots.filter_map(Arn::account))
    }
}

/// The one value that all are.
fn one<T: PartialEq>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.all(|it| it == first).then_some(first)
}

impl Fact for Said<Key> {
    type Thing = Key;
    const KIND: ImportedKind = ImportedKind::Key;

    fn key(thing: &Key) -> String {
        thing.key_id.clone()
    }

    fn said(&self) -> &Self {
        self
    }

    fn onto(&self, old: &Key) -> Key {
        Key {
            policy: self.thing.policy.clone(),
            ..old.clone()
        }
    }
}

impl Fact for Said<Repository> {
    type Thing = Repository;
    const KIND: ImportedKind = ImportedKind::Repository;

    fn key(thing: &Repository) -> String {
        thing.name.clone()
    }

    fn said(&self) -> &Self {
        self
    }

    fn onto(&self, _: &Repository) -> Repository {
        self.thing.clone()
    }
}
