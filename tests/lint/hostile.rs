//! Documents made to be slow, of any size.
//!
//! Invariant: each is a policy that parses, so that the rules look at it.

use rolewalk_core::policy::PolicyKind;

/// A name, and the text in about so many bytes.
#[expect(clippy::too_many_lines, reason = "a list of texts")]
pub(crate) fn texts(n_bytes: usize) -> Vec<(&'static str, String)> {
    let statements = |one: &dyn Fn(usize) -> String| {
        let n = n_bytes / one(1000).len();
        document(&(0..n).map(one).collect::<Vec<_>>().join(","))
    };
    let list = |one: &dyn Fn(usize) -> String| {
        let n = n_bytes / (one(1000).len() + 3);
        let texts: Vec<String> = (0..n).map(|it| format!("\"{}\"", one(it))).collect();
        texts.join(",")
    };
    let slow_pattern = |n: usize| format!("{}b", "*a".repeat(n / 2));
    let long_word = |n: usize| "a".repeat(n);
    let actions = |list: &str| {
        document(&format!(
            r#"{{"Effect":"Allow","Action":[{list}],"Resource":"*"}}"#
        ))
    };
    let resources = |list: &str| {
        document(&format!(
            r#"{{"Effect":"Allow","Action":"s3:GetObject","Resource":[{list}]}}"#
        ))
    };
    let conditions = |list: &str| {
        document(&format!(
            r#"{{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{{{list}}}}}"#
        ))
    };
    let longest = |n: usize, prefix: &str| {
        let half = n_bytes / n / 2;
        let pairs = (0..n).flat_map(|it| {
            [
                format!("\"{prefix}{}{it}\"", slow_pattern(half)),
                format!("\"{prefix}{}{it}\"", long_word(half)),
            ]
        });
        pairs.collect::<Vec<_>>().join(",")
    };
    let keys = |operator: &str, n: usize| {
        let keys: Vec<String> = (0..n)
            .map(|it| format!(r#""aws:PrincipalOrg{it}":"a""#))
            .collect();
        format!(r#""{operator}":{{{}}}"#, keys.join(","))
    };
    let keys_of = |head: &str| {
        let n = n_bytes / (head.len() + 12);
        let keys: Vec<String> = (0..n).map(|it| format!(r#""{head}{it}":"a""#)).collect();
        format!(r#""StringEquals":{{{}}}"#, keys.join(","))
    };
    let principals = |one: &dyn Fn(usize) -> String| {
        document(&format!(
            r#"{{"Effect":"Allow","Principal":{{"AWS":[{}]}},"Action":"s3:GetObject","Resource":"*"}}"#,
            list(one)
        ))
    };
    let values = |offset: usize| list(&|it| format!("v{}", it + offset));
    vec![
        (
            "short statements",
            statements(&|it| format!(r#"{{"Effect":"Allow","Action":"s3:A{it}","Resource":"*"}}"#)),
        ),
        (
            "statements with wildcards",
            statements(&|it| {
                format!(
                    r#"{{"Effect":"Allow","Action":"s3:*a*b{it}*","Resource":"arn:aws:s3:::*a{it}*"}}"#
                )
            }),
        ),
        (
            "denied one by one",
            statements(&|it| {
                let effect = if it % 2 == 0 { "Allow" } else { "Deny" };
                format!(
                    r#"{{"Effect":"{effect}","Action":"s3:G*","Resource":"arn:aws:s3:::b{it}"}}"#
                )
            }),
        ),
        (
            "statements with conditions",
            statements(&|it| {
                format!(
                    r#"{{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{{"StringEquals":{{"aws:PrincipalOrgID":["a{it}","b","c"]}}}}}}"#
                )
            }),
        ),
        (
            "statements with exceptions",
            statements(&|it| {
                format!(
                    r#"{{"Effect":"Allow","NotAction":"s3:A{it}","NotResource":["arn:aws:s3:::a{it}","arn:aws:s3:::b"]}}"#
                )
            }),
        ),
        ("actions", actions(&list(&|it| format!("s3:A{it}")))),
        (
            "patterns of actions",
            actions(&list(&|it| format!("ec2:*a*{it}*"))),
        ),
        ("whole services", actions(&list(&|_| "ec2:*".to_owned()))),
        (
            "services that do not exist",
            actions(&list(&|it| format!("sagemake{it}:Get"))),
        ),
        (
            "actions that do not exist",
            actions(&list(&|it| format!("ec2:DescribeInstanc{it}"))),
        ),
        ("few long patterns of actions", actions(&longest(4, "s3:"))),
        ("long patterns of actions", actions(&longest(64, "s3:"))),
        (
            "resources",
            resources(&list(&|it| format!("arn:aws:s3:::b{it}"))),
        ),
        (
            "patterns of resources",
            resources(&list(&|it| format!("arn:aws:s3:::*a*b{it}*"))),
        ),
        (
            "few long patterns of resources",
            resources(&longest(4, "arn:aws:s3:::")),
        ),
        (
            "long patterns of resources",
            resources(&longest(64, "arn:aws:s3:::")),
        ),
        ("keys", conditions(&keys("StringEquals", n_bytes / 24))),
        ("keys of a service", conditions(&keys_of("s3:Pre"))),
        ("keys without a prefix", conditions(&keys_of(""))),
        ("one key under all operators", {
            let operators = [
                "StringEquals",
                "StringLike",
                "ArnLike",
                "StringEqualsIfExists",
            ];
            let all: Vec<String> = operators.iter().map(|it| keys(it, n_bytes / 96)).collect();
            conditions(&all.join(","))
        }),
        (
            "values of one key",
            conditions(&format!(
                r#""StringEquals":{{"aws:PrincipalTag/a":[{}]}}"#,
                values(0)
            )),
        ),
        (
            "principals",
            principals(&|it| format!("arn:aws:iam::111122223333:role/r{it}")),
        ),
        ("accounts", principals(&|it| format!("{it:012}"))),
        (
            "values that contradict",
            conditions(&format!(
                r#""StringEquals":{{"aws:PrincipalTag/a":[{}]}},"StringNotEquals":{{"aws:PrincipalTag/a":[{}]}}"#,
                values(0),
                values(1)
            )),
        ),
        (
            "variables that do not exist",
            resources(&list(&|it| format!("arn:aws:s3:::${{aws:user{it}}}"))),
        ),
    ]
}

/// What a document is: one with principals is a resource's.
pub(crate) fn kind_of(text: &str) -> PolicyKind {
    if text.contains("\"Principal\"") {
        PolicyKind::Resource
    } else {
        PolicyKind::Identity
    }
}

fn document(statements: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#)
}
