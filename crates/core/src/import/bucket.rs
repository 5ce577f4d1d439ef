//! What buckets there are, and which key encrypts each: `aws s3api list-buckets`, `aws s3api get-bucket-encryption`.
//!
//! The second does not say of which bucket it is: the file's name does, as in `bucket-encryption-NAME.json`, else the world,
//! where there is one bucket only. Invariant: a bucket of which nobody tells the key keeps the one that it has.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html>

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    import::{
        alias::Alias,
        count::ImportedKind,
        facts::{At, Fact, Said},
        fields::Fields,
        iam::{at, whole},
        merge::{MAX_SHOWN, Merge},
        note::{EncryptionNote, ImportNoteKind, Mark},
        recognise::Reading,
        sagemaker::own_key,
    },
    names::{AccountId, Arn},
    world::{Bucket, Domain, NamedBy, NamedKey, PolicyText, World},
};

/// What the name of a file begins with that says of which bucket its encryption is.
const FILE: &str = "bucket-encryption-";

/// The alias of the key that AWS keeps in each account for S3.
const OF_AWS: &str = "aws/s3";

/// A bucket, or that there is one.
#[derive(Clone, Debug)]
pub(super) struct BucketFact {
    said: Said<Bucket>,
    /// The key that encrypts it, where that is told.
    key: Option<KeyInWorld>,
}

impl BucketFact {
    pub(super) fn with_policy(name: String, policy: PolicyText) -> Self {
        Self {
            said: whole(bucket(name, Some(policy))),
            key: None,
        }
    }

    fn named(name: String) -> Self {
        let said = Said {
            thing: bucket(name, None),
            is_whole: false,
        };
        Self { said, key: None }
    }
}

/// As long as no text tells its key.
const fn bucket(name: String, policy: Option<PolicyText>) -> Bucket {
    Bucket {
        name,
        policy,
        kms_key_id: None,
        is_key_assumed: true,
        block_public_access: None,
    }
}

/// The key of a bucket, as the world has it.
#[derive(Clone, Debug)]
enum KeyInWorld {
    OfS3,
    /// Its id in the bucket's account, else its ARN.
    Customers(String),
}

/// How a bucket is encrypted.
#[derive(Clone, Debug)]
pub(super) struct Encryption {
    /// The bucket's name, where the file has it.
    bucket: Option<String>,
    by: By,
}

/// What encrypts a bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
enum By {
    /// S3's own key.
    S3,
    /// The key that AWS keeps in the account for S3.
    Aws,
    /// One of a customer's: its id, its alias, or the ARN of either.
    Key(String),
}

impl By {
    fn key(key: &str) -> Self {
        // S3 keeps what it was given, and takes the alias without its first word too.
        match NamedKey::read(key).by {
            NamedBy::Alias(OF_AWS) | NamedBy::Id(OF_AWS) => Self::Aws,
            _ => Self::Key(key.to_owned()),
        }
    }

    /// Takes the key for AWS's own, where a list of aliases says that it is.
    fn find_key_of_aws(&mut self, aliases: &[At<Alias>], home: &AccountId) {
        let Self::Key(key) = self else { return };
        let named = NamedKey::read(key);
        let account = named.account.as_ref().unwrap_or(home);
        let NamedBy::Id(id) = named.by else { return };
        let mut of_s3 = aliases.iter().filter(|it| it.what.name == OF_AWS);
        if of_s3.any(|it| it.what.key == id && it.account.as_ref().unwrap_or(home) == account) {
            *self = Self::Aws;
        }
    }
}

impl Fact for BucketFact {
    type Thing = Bucket;
    const KIND: ImportedKind = ImportedKind::Bucket;

    fn key(thing: &Bucket) -> String {
        thing.name.clone()
    }

    fn said(&self) -> &Said<Bucket> {
        &self.said
    }

    fn onto(&self, old: &Bucket) -> Bucket {
        let mut bucket = old.clone();
        if self.said.is_whole {
            bucket.policy.clone_from(&self.said.thing.policy);
        }
        match &self.key {
            None => {}
            Some(KeyInWorld::OfS3) => bucket.tell_key(None),
            Some(KeyInWorld::Customers(key)) => bucket.tell_key(Some(key.clone())),
        }
        bucket
    }
}

impl Reading<'_> {
    /// <https://docs.aws.amazon.com/cli/latest/reference/s3api/list-buckets.html>
    pub(super) fn buckets(&mut self, fields: Fields<'_>) {
        for it in fields.objects("Buckets") {
            match it.string("Name") {
                Some(name) => {
                    let named = BucketFact::named(name);
                    self.facts.buckets.push(at(it, None, named));
                }
                None => self.unnamed(it, ImportedKind::Bucket, "Name"),
            }
        }
    }

    /// <https://docs.aws.amazon.com/cli/latest/reference/s3api/get-bucket-encryption.html>
    pub(super) fn bucket_encryption(&mut self, fields: Fields<'_>, configuration: Fields<'_>) {
        let kind = ImportedKind::Bucket;
        let mut rules = configuration.objects("Rules");
        let default = rules.find_map(|it| it.object("ApplyServerSideEncryptionByDefault"));
        let algorithm = default.and_then(|it| it.text("SSEAlgorithm"));
        let by = match algorithm {
            Some("AES256") => By::S3,
            Some("aws:kms" | "aws:kms:dsse") => {
                let key = default.and_then(|it| it.text("KMSMasterKeyID"));
                if let Some(arn) = key.and_then(Arn::parse) {
                    self.facts.note_arn(fields.mark, &arn);
                }
                key.map_or(By::Aws, By::key)
            }
            Some(_) => {
                let field = "SSEAlgorithm";
                let unknown = ImportNoteKind::Value { kind, field };
                self.notes.push(fields.mark, unknown);
                By::S3
            }
            None => return self.unnamed(fields, kind, "SSEAlgorithm"),
        };
        let name = self.name.strip_prefix(FILE);
        // Both outputs of a bucket may stand in the file that its policy names.
        let name = name.or_else(|| self.name.strip_prefix("bucket-"));
        let name = name.filter(|it| !it.is_empty()).map(str::to_owned);
        let fact = Encryption { bucket: name, by };
        self.facts.encryptions.push(at(fields, None, fact));
    }
}

/// A key of a customer's, as the world has it.
struct Found {
    /// Its id in the bucket's account, else its ARN; as it was told where it is an alias that nobody knows.
    key: String,
    missing: Option<Missing>,
}

/// What the world does not have of a key.
enum Missing {
    /// The key: the id by which its policy is asked for.
    Key(String),
    /// Which key has the alias.
    KeyOfAlias,
}

/// The keys of a world, looked up once for all buckets.
struct Keys<'w> {
    world: &'w World,
    ids: BTreeSet<(&'w AccountId, &'w str)>,
    /// The id of the key that has an alias; of several the first.
    aliases: BTreeMap<(&'w AccountId, &'w str), &'w str>,
}

impl<'w> Keys<'w> {
    /// What a text tells of an alias counts before what the world has: a key may have several, and the world knows one.
    fn of(world: &'w World, told: &'w [At<Alias>]) -> Self {
        let mut ids = BTreeSet::new();
        let mut aliases = BTreeMap::new();
        for it in told {
            let account = it.account.as_ref().unwrap_or(&world.home.account);
            let alias = (account, it.what.name.as_str());
            aliases.entry(alias).or_insert(it.what.key.as_str());
        }
        for account in world.accounts() {
            for it in &account.keys {
                let id = it.key_id.as_str();
                ids.insert((&account.account, id));
                if let Some(alias) = it.alias.as_deref() {
                    aliases.entry((&account.account, alias)).or_insert(id);
                }
            }
        }
        Self {
            world,
            ids,
            aliases,
        }
    }

    /// What the bucket of an account calls a key: by its id where it is of the same account, else by its ARN.
    fn found(&self, key: &str, owner: &AccountId) -> Found {
        let named = NamedKey::read(key);
        let account = named.account.as_ref().unwrap_or(owner);
        let (id, key) = match named.by {
            NamedBy::Id(id) => (id, Cow::Borrowed(key)),
            NamedBy::Alias(alias) => {
                let Some(id) = self.aliases.get(&(account, alias)) else {
                    return Found {
                        key: key.to_owned(),
                        missing: Some(Missing::KeyOfAlias),
                    };
                };
                let resource = format!("key/{id}");
                let arn = self.world.regional_arn_in(account, "kms", &resource);
                (*id, Cow::Owned(String::from(arn)))
            }
        };
        let is_here = self.ids.contains(&(account, id));
        Found {
            key: own_key(&key, Some(owner)),
            missing: (!is_here).then(|| Missing::Key(id.to_owned())),
        }
    }
}

impl Merge {
    /// Says which keys of these domains are not there.
    pub(super) fn domain_keys(&mut self, told: &BTreeSet<String>, aliases: &[At<Alias>]) {
        let known = Keys::of(&self.world, aliases);
        let mut missing = BTreeSet::new();
        for account in self.world.accounts() {
            let domains = account.domains.iter();
            for it in domains.filter(|it| told.contains(&it.domain_id)) {
                let key = it.kms_key_id.as_deref();
                let found = key.map(|it| known.found(it, &account.account));
                if let Some(Missing::Key(id)) = found.and_then(|it| it.missing) {
                    missing.insert(id);
                }
            }
        }
        let n = missing.len();
        if n > 0 {
            let keys = missing.into_iter().take(MAX_SHOWN).collect();
            let kind = ImportNoteKind::NoDomainKey { keys, n };
            self.notes.push(None, kind);
        }
    }

    /// The buckets, each with its key; `encryptions` come in order of their places.
    pub(super) fn buckets(
        &mut self,
        mut buckets: Vec<At<BucketFact>>,
        mut encryptions: Vec<At<Encryption>>,
        aliases: &[At<Alias>],
    ) {
        for it in &mut encryptions {
            it.what
                .by
                .find_key_of_aws(aliases, &self.world.home.account);
        }
        let owners = self.bucket_owners();
        let mut names: BTreeSet<String> = owners.keys().cloned().collect();
        names.extend(buckets.iter().map(|it| it.what.said.thing.name.clone()));
        names.extend(encryptions.iter().filter_map(|it| it.what.bucket.clone()));
        let told = self.told(encryptions, &names);
        let keys = self.keys_of(&told, &owners, aliases);
        // A bucket that nothing else names is there all the same.
        for (name, (mark, _)) in &told {
            buckets.push(At {
                mark: *mark,
                account: None,
                what: BucketFact::named(name.clone()),
            });
        }
        for it in &mut buckets {
            let name = &it.what.said.thing.name;
            it.what.key = keys.get(name).cloned();
            it.account = owners.get(name).cloned();
        }
        self.things(buckets, |it| &mut it.buckets);
        let new = names.iter().filter(|it| !owners.contains_key(*it));
        let untold = new.filter(|it| !told.contains_key(*it));
        self.encryption_of(untold, |buckets, n| EncryptionNote::Untold { buckets, n });
        let of_aws = told.iter().filter(|it| it.1.1 == By::Aws).map(|it| it.0);
        self.encryption_of(of_aws, |buckets, n| EncryptionNote::KeyOfAws { buckets, n });
    }

    /// The domains, each with its key as the world has it where it is named by an alias.
    pub(super) fn with_keys(
        &self,
        mut domains: Vec<At<Said<Domain>>>,
        aliases: &[At<Alias>],
    ) -> Vec<At<Said<Domain>>> {
        let known = Keys::of(&self.world, aliases);
        for it in &mut domains {
            let owner = it.account.as_ref().unwrap_or(&self.world.home.account);
            let key = it.what.thing.kms_key_id.as_mut();
            if let Some(key) = key
                && let NamedBy::Alias(_) = NamedKey::read(key).by
            {
                *key = known.found(key, owner).key;
            }
        }
        domains
    }

    /// The account that has each bucket of the world.
    fn bucket_owners(&self) -> BTreeMap<String, AccountId> {
        let mut owners = BTreeMap::new();
        for account in self.world.accounts() {
            for it in &account.buckets {
                let owner = || account.account.clone();
                owners.entry(it.name.clone()).or_insert_with(owner);
            }
        }
        owners
    }

    /// What each bucket is encrypted by, and where that stands.
    fn told(
        &mut self,
        encryptions: Vec<At<Encryption>>,
        names: &BTreeSet<String>,
    ) -> BTreeMap<String, (Mark, By)> {
        let only = names.first().filter(|_| names.len() == 1);
        let mut told: BTreeMap<String, (Mark, By)> = BTreeMap::new();
        for it in encryptions {
            let Encryption { bucket, by } = it.what;
            let is_named = bucket.is_some();
            let Some(bucket) = bucket.or_else(|| only.cloned()) else {
                self.encryption_note(it.mark, EncryptionNote::WhichBucket);
                continue;
            };
            if !is_named {
                let bucket = bucket.clone();
                self.encryption_note(it.mark, EncryptionNote::OnlyBucket { bucket });
            }
            let (_, first) = told.entry(bucket.clone()).or_insert((it.mark, by.clone()));
            if *first != by {
                let (kind, name) = (ImportedKind::Bucket, bucket);
                self.notes
                    .push(it.mark, ImportNoteKind::Twice { kind, name });
            }
        }
        told
    }

    /// The key of each bucket, as the world has it. Says which are not there.
    fn keys_of(
        &mut self,
        told: &BTreeMap<String, (Mark, By)>,
        owners: &BTreeMap<String, AccountId>,
        aliases: &[At<Alias>],
    ) -> BTreeMap<String, KeyInWorld> {
        let known = Keys::of(&self.world, aliases);
        let mut missing = BTreeSet::new();
        let mut unknown = Vec::new();
        let mut keys = BTreeMap::new();
        for (bucket, (mark, by)) in told {
            let By::Key(key) = by else {
                keys.insert(bucket.clone(), KeyInWorld::OfS3);
                continue;
            };
            let owner = owners.get(bucket).unwrap_or(&self.world.home.account);
            let found = known.found(key, owner);
            match found.missing {
                Some(Missing::Key(id)) => {
                    missing.insert(id);
                }
                Some(Missing::KeyOfAlias) => {
                    let (alias, bucket) = (key.clone(), bucket.clone());
                    unknown.push((*mark, EncryptionNote::NoAlias { alias, bucket }));
                }
                None => {}
            }
            keys.insert(bucket.clone(), KeyInWorld::Customers(found.key));
        }
        for (mark, note) in unknown {
            self.encryption_note(mark, note);
        }
        self.encryption_of(missing.iter(), |keys, n| EncryptionNote::NoKey { keys, n });
        keys
    }

    /// One note for all of these names, where there are any.
    fn encryption_of<'a>(
        &mut self,
        names: impl Iterator<Item = &'a String>,
        note: impl Fn(Vec<String>, usize) -> EncryptionNote,
    ) {
        let mut names: Vec<String> = names.cloned().collect();
        let n = names.len();
        if n > 0 {
            names.truncate(MAX_SHOWN);
            self.encryption_note(None, note(names, n));
        }
    }

    fn encryption_note(&mut self, mark: impl Into<Option<Mark>>, note: EncryptionNote) {
        self.notes.push(mark, ImportNoteKind::Encryption(note));
    }
}
