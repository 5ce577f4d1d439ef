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
    // From the innermost part outwards. The text of a policy is what one calls the policy.
    let mut rest = match steps {
        [outer @ .., "document"] if is_name(outer) => outer,
        whole => whole,
    };
    let mut parts = Vec::new();
    while let Some((step, before)) = rest.split_last() {
        // Only a list's name in front of it makes a step a thing's name.
        let named = before.split_last().filter(|it| is_name(it.1));
        let named = named.and_then(|(list, outer)| Some((one_of(list)?, outer)));
        (parts, rest) = match named {
            Some((one, outer)) => (with(parts, Part::Thing { one, name: step }), outer),
            None => (with(parts, Part::Member(step)), before),
        };
    }
    let words = parts
        .iter()
        .map(Part::words)
        .collect::<Vec<_>>()
        .join(" of ");
    // «user `erin`», but «the inline policy `Limits`»: of those there are several with one name.
    let has_article = matches!(
        parts.first(),
        Some(Part::Thing { one: "inline policy" | "managed policy", name }) if *name != "*"
    );
    let article = if has_article { "the " } else { "" };
    format!("{article}{words}{around}")
}

fn with<'a>(mut parts: Vec<Part<'a>>, part: Part<'a>) -> Vec<Part<'a>> {
    parts.push(part);
    parts
}

/// A step of a place.
enum Part<'a> {
    /// One of a list, by its name; `*` for each of them.
    Thing { one: &'static str, name: &'a str },
    /// A setting, or a list as a whole.
    Member(&'a str),
}

impl Part<'_> {
    fn words(&self) -> String {
        match self {
            Self::Thing { one, name: "*" } => format!("every {one}"),
            Self::Thing { one, name } => format!("{one} `{name}`"),
            Self::Member(name) => member(name),
        }
    }
}

/// Whether these steps end with a thing, or with nothing: a list stands below one.
fn is_name(steps: &[&str]) -> bool {
    match steps {
        [] => true,
        [.., list, _] => one_of(list).is_some(),
        [_] => false,
    }
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
