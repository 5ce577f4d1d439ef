//! Places of a world in words, for whoever learns: `users/erin/groups` is the groups of user `erin`.
//!
//! Knows the names of the scenario format's members and nothing of what they mean. Invariant: a member that it does not
//! know is named as the format names it, so that nothing is called by another's name.

/// The lists of things, and what one of them is called.
const LISTS: [(&str, &str); 17] = [
    ("apps", "app"),
    ("buckets", "bucket"),
    ("domains", "domain"),
    ("endpoints", "VPC endpoint"),
    ("groups", "group"),
    ("inlinePolicies", "inline policy"),
    ("keys", "KMS key"),
    ("logGroups", "log group"),
    ("policies", "managed policy"),
    ("repositories", "repository"),
    ("roles", "role"),
    ("securityGroups", "security group"),
    ("spaces", "space"),
    ("subnets", "subnet"),
    ("userProfiles", "user profile"),
    ("users", "user"),
    ("vpcs", "VPC"),
];

/// Lists and members that have another name in a sentence than in the format.
const MEMBERS: [(&str, &str); 15] = [
    ("attachedPolicies", "attached policies"),
    ("endpoints", "VPC endpoints"),
    ("groups", "groups"),
    ("inlinePolicies", "inline policies"),
    ("natGateway", "NAT gateway"),
    ("path", "path"),
    ("permissionsBoundary", "permissions boundary"),
    ("policies", "managed policies"),
    ("policy", "policy"),
    ("roles", "roles"),
    ("tags", "tags"),
    ("trustPolicy", "trust policy"),
    ("userProfiles", "user profiles"),
    ("users", "users"),
    ("vpcs", "VPCs"),
];

/// A place below `world` in words, with the name of the other account that it lies in.
pub(super) fn said(steps: &[String]) -> String {
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    let (steps, around) = match steps.as_slice() {
        ["world", "otherAccounts", account, rest @ ..] => {
            (rest, format!(" in account `{account}`"))
        }
        ["world", "home", rest @ ..] | ["world", rest @ ..] | rest => (rest, String::new()),
    };
    if steps.is_empty() {
        return if around.is_empty() {
            "the account".to_owned()
        } else {
            format!("what is{around}")
        };
    }
    // From the innermost part outwards.
    let mut parts = Vec::new();
    let mut rest = steps;
    while let Some((step, before)) = rest.split_last() {
        let (part, before) = match before.split_last() {
            // Only a list's name in front of it makes a step a thing's name.
            Some((list, outer)) if is_name(outer) => match one_of(list) {
                Some(one) if *step == "*" => (format!("every {one}"), outer),
                Some(one) => (format!("{one} `{step}`"), outer),
                None => (member(step), before),
            },
            _ => (member(step), before),
        };
        parts.push(part);
        rest = before;
    }
    // The text of a policy is what one calls the policy.
    if parts.len() > 1 && parts.first().is_some_and(|it| it == "the `document`") {
        parts.remove(0);
    }
    let first = parts.first().cloned().unwrap_or_default();
    let article = if first.starts_with("the ") || first.starts_with("every ") || is_proper(&first) {
        ""
    } else {
        "the "
    };
    format!("{article}{}{around}", parts.join(" of "))
}

/// Whether these steps end with a thing, or with nothing: a list stands below one.
fn is_name(steps: &[&str]) -> bool {
    match steps {
        [] => true,
        [.., list, _] => one_of(list).is_some(),
        [_] => false,
    }
}

/// Whether it is called by its name alone: «user `erin`», but «the inline policy `Limits`».
fn is_proper(part: &str) -> bool {
    part.ends_with('`') && !part.starts_with("inline") && !part.starts_with("managed")
}

fn one_of(list: &str) -> Option<&'static str> {
    LISTS.iter().find(|it| it.0 == list).map(|it| it.1)
}

fn member(name: &str) -> String {
    let known = MEMBERS.iter().find(|it| it.0 == name);
    known.map_or_else(|| format!("the `{name}`"), |it| format!("the {}", it.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_like_a_part_of_a_sentence() {
        let told = |place: &str| {
            let steps: Vec<String> = place.split('/').map(str::to_owned).collect();
            said(&steps)
        };
        let cases = [
            ("world/home/users/erin/path", "the path of user `erin`"),
            ("world/home/users/*/groups", "the groups of every user"),
            (
                "world/home/users/alice/inlinePolicies",
                "the inline policies of user `alice`",
            ),
            (
                "world/home/groups/DataScientists/inlinePolicies/Limits/document",
                "the inline policy `Limits` of group `DataScientists`",
            ),
            (
                "world/home/roles/*/trustPolicy",
                "the trust policy of every role",
            ),
            ("world/home/domains/d-1", "domain `d-1`"),
            (
                "world/home/domains/d-1/userProfiles/alice/executionRole",
                "the `executionRole` of user profile `alice` of domain `d-1`",
            ),
            ("world/home/keys/1-2/policy", "the policy of KMS key `1-2`"),
            ("world/home/users/dave", "user `dave`"),
            ("world/home/users", "the users"),
            ("world/home/id", "the `id`"),
            ("world/home", "the account"),
            (
                "world/otherAccounts/222233334444/roles/Lake",
                "role `Lake` in account `222233334444`",
            ),
            (
                "world/organization/roots",
                "the `roots` of the `organization`",
            ),
        ];
        for (place, words) in cases {
            assert_eq!(told(place), words, "{place}");
        }
    }
}
