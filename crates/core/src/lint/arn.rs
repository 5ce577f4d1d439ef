//! Whether an ARN of a policy has a region and an account where the ARNs of its service have them.
//!
//! Knows the catalogue, no statements. Invariant: of a service that the catalogue does not know nothing is told.

use crate::{catalogue::Catalogue, lint::shape};

/// Services that have things of AWS itself, whose ARNs name no account.
const OF_AWS: [&str; 6] = [
    "bedrock",
    "ec2",
    "elasticbeanstalk",
    "imagebuilder",
    "rds",
    "ssm",
];

/// What is wrong with a part of an ARN.
pub(super) struct Fault {
    /// `region` or `account`.
    pub(super) part: &'static str,
    /// Whether it is not there; otherwise it is there and should not be.
    pub(super) is_missing: bool,
    /// The ARN as it should be.
    pub(super) mended: String,
}

/// The part that no ARN of this kind has, or that all of them have.
pub(super) fn fault(catalogue: &Catalogue, text: &str) -> Option<Fault> {
    let parts = shape::split(text)?;
    let [_, _, service, region, account, name] = parts;
    let known = catalogue
        .service(service)
        .filter(|_| !service.contains(['*', '$']))?;
    let fixed_end = name.find(['*', '?', '$']).unwrap_or(name.len());
    let fixed = name.as_bytes().get(..fixed_end)?;
    let mut forms = Vec::new();
    for it in &known.resource_types {
        // By bytes, because it is done for every ARN of a long policy.
        let mut cut = it.arn.as_bytes().splitn(6, |it| *it == b':').skip(2);
        let mut next = || cut.next();
        let (Some(of), Some(in_region), Some(in_account), Some(named)) =
            (next(), next(), next(), next())
        else {
            return None;
        };
        if of != service.as_bytes() {
            continue;
        }
        let head = named.split(|it| *it == b'$').next().unwrap_or_default();
        if fixed.starts_with(head) || head.starts_with(fixed) {
            forms.push((in_region.is_empty(), in_account.is_empty()));
        }
    }
    // S3 has buckets in each region and access points in accounts; a bucket's name says nothing of its kind.
    let is_bucket = service == "s3"
        && [
            "accesspoint",
            "job/",
            "storage-lens",
            "access-grants",
            "async-request",
        ]
        .iter()
        .all(|it| !name.starts_with(it));
    if is_bucket {
        forms.retain(|it| *it == (true, true));
    }
    let is_fixed = |it: &str| !it.is_empty() && !it.contains(['*', '?', '$']);
    let rebuilt = |region: &str, account: &str| {
        let head = parts.get(..3).unwrap_or_default().join(":");
        format!("{head}:{region}:{account}:{name}")
    };
    if forms.is_empty() {
        return None;
    }
    let all = |it: fn(&(bool, bool)) -> bool| forms.iter().all(it);
    let none = |it: fn(&(bool, bool)) -> bool| !forms.iter().any(it);
    let fault = |part, is_missing, mended| {
        Some(Fault {
            part,
            is_missing,
            mended,
        })
    };
    if region.is_empty() && none(|it| it.0) {
        fault(
            "region",
            true,
            rebuilt(
                "*",
                if account.is_empty() && none(|it| it.1) {
                    "*"
                } else {
                    account
                },
            ),
        )
    } else if account.is_empty() && none(|it| it.1) && !OF_AWS.contains(&service) {
        fault("account", true, rebuilt(region, "*"))
    } else if is_fixed(region) && all(|it| it.0) {
        fault(
            "region",
            false,
            rebuilt(
                "",
                if is_fixed(account) && all(|it| it.1) {
                    ""
                } else {
                    account
                },
            ),
        )
    } else if is_fixed(account) && account != "aws" && all(|it| it.1) {
        fault("account", false, rebuilt(region, ""))
    } else {
        None
    }
}
