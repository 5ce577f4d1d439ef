//! `IpAddress` and `NotIpAddress`: an address within a CIDR block. IPv4 and IPv6 never meet.

use crate::{
    condition::Comparison,
    pattern::Variables,
    policy::{ConditionValue, literal::ip_block},
};

pub(super) fn contains(requested: &str, wanted: &ConditionValue, _: &dyn Variables) -> Comparison {
    match requested.parse() {
        Ok(address) => {
            Comparison::of(ip_block(wanted.text()).is_some_and(|it| it.contains(address)))
        }
        Err(_) => Comparison::WrongShape,
    }
}
