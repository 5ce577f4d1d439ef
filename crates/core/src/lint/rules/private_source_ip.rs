//! The rule `private-source-ip`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    policy::literal,
    policy::spelling::quoted,
};

rule! {
    /// A private address in a condition on `aws:SourceIp`.
    ///
    /// `aws:SourceIp` is the public address that AWS sees. A private one is only seen through a VPC endpoint, and then
    /// under the key `aws:VpcSourceIp`; `aws:SourceIp` is not in such a request at all.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "IpAddress": { "aws:SourceIp": "10.0.0.0/8" } } }
    /// ```
    ///
    /// Instead, ask for `aws:VpcSourceIp`, or for the endpoint with `aws:SourceVpce`.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "IpAddress": { "aws:VpcSourceIp": "10.0.0.0/8" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip>
    Warning "private-source-ip"
}

const PRIVATE: [&str; 3] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for condition in look.conditions() {
        if condition.key.value.folded() != "aws:sourceip" {
            continue;
        }
        for value in &condition.values {
            let text = value.value.text();
            let address = text.split('/').next().and_then(|it| it.parse().ok());
            let is_private = address.is_some_and(|address| {
                PRIVATE
                    .iter()
                    .any(|block| literal::ip_block(block).is_some_and(|it| it.contains(address)))
            });
            if is_private {
                found.at(
                    value.span,
                    format!("{} is a private address, and `aws:SourceIp` is a public one", quoted(text)),
                    "write `aws:VpcSourceIp` for addresses behind a VPC endpoint, or the public address of the network",
                );
            }
        }
    }
}
