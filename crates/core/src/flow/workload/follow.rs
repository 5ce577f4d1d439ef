//! Looking on while something runs: how far it has come, and what it logs.
//!
//! Whoever started it looks, with the credentials that started it; what runs does not wait for that.
//! Invariant: tags take a moment to arrive, so nothing here carries the tags of what was made.
//!
//! <https://sagemaker.readthedocs.io/en/stable/api/utility/session.html>

use crate::{
    flow::{Hop, HopKind, Station, Why, caller::Actor, walk::Scene},
    names::Arn,
    request::Resource,
};

impl Scene<'_> {
    /// The SDK waits for what it has started by looking again and again, and gives up where it may
    /// not look. A pipeline looks how far its step has come and follows no log.
    pub(crate) fn follow(
        &self,
        actor: &Actor,
        describe: &str,
        to: &Station,
        arn: &Arn,
        log: Option<&(String, String)>,
    ) -> Hop {
        let kind = HopKind::Follow;
        let (from, to) = (actor.station.clone(), to.clone());
        let caller = match &actor.caller {
            Ok(caller) => caller,
            Err(check) => return Hop::without(kind, from, to, check),
        };
        let resource = Resource::Arn(arn.clone());
        let request = caller.request("sagemaker", describe, resource, caller.context());
        let mut checks = vec![self.authorize(Why::Describe, request)];
        if let Some(log) = log.filter(|_| !actor.is_async) {
            checks.extend(self.follows_log(caller, log));
        }
        Hop::new(kind, from, to, caller.identity(), actor.timed(checks))
    }
}
