//! Condition keys that somebody names without their prefix, such as `SourceIp`.
//!
//! Knows nothing of where they stand. Invariant: what is suggested is the whole name of a key.
//!
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ContextEntry.html>

/// The keys that all services know; behind a slash they name a tag. As in `data/catalogue/global-condition-keys.json`.
const GLOBAL_KEYS: [&str; 54] = [
    "aws:AssumedRoot",
    "aws:CalledVia",
    "aws:CalledViaAWSMCP",
    "aws:CalledViaFirst",
    "aws:CalledViaLast",
    "aws:ChatbotSourceArn",
    "aws:CurrentTime",
    "aws:Ec2InstanceSourcePrivateIPv4",
    "aws:Ec2InstanceSourceVpc",
    "aws:EpochTime",
    "aws:FederatedProvider",
    "aws:IsMcpServiceAction",
    "aws:MultiFactorAuthAge",
    "aws:MultiFactorAuthPresent",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalIsAWSService",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
    "aws:PrincipalTag/${TagKey}",
    "aws:PrincipalType",
    "aws:referer",
    "aws:RequestedRegion",
    "aws:RequestTag/${TagKey}",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:ResourceOrgPaths",
    "aws:ResourceTag/${TagKey}",
    "aws:SecureTransport",
    "aws:SignInSessionArn",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIdentity",
    "aws:SourceIp",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:SourceVpc",
    "aws:SourceVpcArn",
    "aws:SourceVpce",
    "aws:TagKeys",
    "aws:TokenIssueTime",
    "aws:UserAgent",
    "aws:userid",
    "aws:username",
    "aws:ViaAWSMCPService",
    "aws:ViaAWSService",
    "aws:ViaCustomerDomain",
    "aws:VpceAccount",
    "aws:VpceOrgID",
    "aws:VpceOrgPaths",
    "aws:VpcSourceIp",
    "ec2:RoleDelivery",
];

/// What a name without a prefix most likely stands for, in a call of that service; nothing where it has a prefix.
pub fn with_prefix(name: &str, service: &str) -> Option<String> {
    if name.contains(':') {
        return None;
    }
    let (base, tag) = name.split_once('/').unwrap_or((name, "TAG"));
    let known = GLOBAL_KEYS.iter().find(|key| {
        let own = key.split_once(':').map_or("", |it| it.1);
        own.split('/')
            .next()
            .is_some_and(|it| it.eq_ignore_ascii_case(base))
    });
    Some(match known.map(|it| it.split_once('/').ok_or(it)) {
        Some(Ok((key, _))) => format!("{key}/{tag}"),
        Some(Err(key)) => (*key).to_owned(),
        None => format!("{service}:{name}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_without_its_prefix_is_told_with_it() {
        for (name, expected) in [
            ("SourceIp", Some("aws:SourceIp")),
            ("sourceip", Some("aws:SourceIp")),
            ("PrincipalTag/team", Some("aws:PrincipalTag/team")),
            ("PrincipalTag", Some("aws:PrincipalTag/TAG")),
            ("VersionId", Some("s3:VersionId")),
            ("", Some("s3:")),
            ("aws:SourceIp", None),
            ("token.actions.githubusercontent.com:sub", None),
        ] {
            assert_eq!(with_prefix(name, "s3").as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn the_keys_are_those_of_the_catalogue() {
        let text = include_str!("../../../../data/catalogue/global-condition-keys.json");
        let all: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).unwrap();
        let mut ours = GLOBAL_KEYS.to_vec();
        ours.sort_unstable();
        let theirs: Vec<&str> = all.keys().map(String::as_str).collect();
        assert_eq!(ours, theirs);
    }
}
