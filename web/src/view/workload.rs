//! What a person can do, and the details of each that the scenario bar offers.
//!
//! One table for all workloads: a detail is offered wherever the workload has it. Invariant: a
//! value that a control gives is written as given, and one that cannot be read changes nothing.

mod deed;
mod detail;
mod slot;

pub(crate) use self::{
    deed::{Deed, deeds, has_data, has_profile},
    detail::{Detail, shown_details},
};

#[cfg(test)]
mod tests {
    use rolewalk_core::flow::Workload;

    use super::{detail::details, *};
    use crate::state::sample;

    #[test]
    fn a_deed_makes_the_workload_that_it_is_of() {
        let choice = sample::scenario().choice;
        for deed in Deed::ALL {
            assert_eq!(Deed::of(&deed.workload(&choice)), deed);
            assert_eq!(Deed::parse(deed.value()), Some(deed));
        }
        assert_eq!(Deed::parse("something else"), None);
    }

    #[test]
    fn a_rare_detail_is_folded_until_somebody_sets_it() {
        let mut choice = sample::scenario().choice;
        choice.workload = Deed::Training.workload(&choice);
        let all = shown_details(&choice, true);
        assert_eq!(all, details(&choice.workload));
        let few = shown_details(&choice, false);
        assert!(few.len() < all.len() && few.contains(&Detail::Role));
        assert!(!few.contains(&Detail::Isolation));
        Detail::Isolation.write(&mut choice.workload, "yes");
        assert!(shown_details(&choice, false).contains(&Detail::Isolation));
    }

    #[test]
    fn a_network_is_one_of_the_world_where_it_has_some() {
        let mut scenario = sample::scenario();
        scenario.world.home.vpcs = serde_json::from_value(serde_json::json!([{
            "vpcId": "vpc-1",
            "subnets": [{"subnetId": "subnet-1"}, {"subnetId": "subnet-2", "isPublic": true}],
            "securityGroups": [{"groupId": "sg-1"}]
        }]))
        .unwrap();
        let mut workload = Deed::Training.workload(&scenario.choice);
        let offered = Detail::Vpc.options(&scenario.world, "no").unwrap();
        let values: Vec<&str> = offered.iter().map(|it| it.value.as_str()).collect();
        assert_eq!(values, ["no", "subnet-1;sg-1"]);
        Detail::Vpc.write(&mut workload, "subnet-1;sg-1");
        let Workload::TrainingJob(job) = &workload else {
            panic!("{workload:?}");
        };
        assert_eq!(job.vpc_config.as_ref().unwrap().subnets, ["subnet-1"]);
        Detail::Vpc.write(&mut workload, "no");
        assert_eq!(Detail::Vpc.read(&workload).as_deref(), Some("no"));
    }

    #[test]
    fn every_detail_takes_each_value_that_it_offers() {
        let scenario = sample::scenario();
        for deed in Deed::ALL {
            let mut workload = deed.workload(&scenario.choice);
            for detail in details(&workload) {
                let chosen = detail.read(&workload).unwrap();
                let offered = detail.options(&scenario.world, &chosen);
                let values = offered.map_or_else(
                    || vec!["typed".to_owned()],
                    |it| it.into_iter().map(|it| it.value).collect(),
                );
                for value in values {
                    detail.write(&mut workload, &value);
                    assert_eq!(detail.read(&workload), Some(value), "{deed:?} {detail:?}");
                }
            }
        }
    }
}
