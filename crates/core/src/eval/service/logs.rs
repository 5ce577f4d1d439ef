//! CloudWatch Logs: what a request about a log group is asked of.

use std::borrow::Cow;

use crate::{
    names::Arn,
    request::{Request, Resource},
};

/// Actions whose requests, and the policies about them, name the group alone.
const OF_GROUP_ALONE: [&str; 3] = ["listtagsforresource", "tagresource", "untagresource"];

/// The resource that policies are asked about, where it is not written as the request has it: of a log group its ARN with
/// no stream behind it, which policies name with `:*`.
///
/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html>
pub fn resource_asked(request: &Request) -> Option<Resource> {
    match (request.action.folded(), &request.resource) {
        (("logs", action), Resource::Arn(arn)) if !OF_GROUP_ALONE.contains(&action) => {
            of_streams(arn).map(Resource::Arn)
        }
        _ => None,
    }
}

/// The request with that resource.
pub fn as_asked(request: &Request) -> Cow<'_, Request> {
    resource_asked(request).map_or(Cow::Borrowed(request), |resource| {
        Cow::Owned(Request {
            resource,
            ..request.clone()
        })
    })
}

/// The ARN of a group with no stream behind it; nothing for that of a stream, or of several groups.
fn of_streams(arn: &Arn) -> Option<Arn> {
    let name = arn.resource().strip_prefix("log-group:")?;
    let is_group = arn.service() == "logs" && !name.is_empty() && !name.contains([':', '*', '?']);
    is_group.then(|| Arn::parse(&format!("{arn}:log-stream:")))?
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::{
        eval::{NamedPolicy, PolicySet, decide, evaluate},
        names::{ActionName, Arn, DocumentName},
        policy::{PolicyKind, parse},
        request::{Context, Origin, Principal, Request, Resource},
    };

    const GROUP: &str = "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/sagemaker";

    #[track_caller]
    fn check(pattern: &str, action: &str, resource: &str, is_allowed: bool) {
        let text = format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "logs:*", "Resource": "{pattern}"}}}}"#
        );
        let set = PolicySet {
            identity: vec![NamedPolicy {
                name: DocumentName::new("x"),
                policy: Arc::new(parse(&text, PolicyKind::Identity).0.unwrap()),
            }],
            ..PolicySet::default()
        };
        let user = "arn:aws:iam::111122223333:user/alice";
        let request = Request {
            principal: Principal::parse(user, &Context::new()).unwrap(),
            action: ActionName::parse(action).unwrap(),
            resource: Resource::Arn(Arn::parse(resource).unwrap()),
            resource_account: None,
            wildcard_only_action: false,
            context: Context::new(),
            origin: Origin::Outside,
        };
        let told = format!("{pattern} {action} {resource}");
        let trace = evaluate(&set, &request);
        assert_eq!(trace.decision.is_allowed(), is_allowed, "{told}");
        assert_eq!(decide(&set, &request), trace.decision.kind(), "{told}");
    }

    #[test]
    fn policies_name_a_group_with_a_star_behind_it() {
        let (starred, stream) = (format!("{GROUP}:*"), format!("{GROUP}:log-stream:a"));
        check(&starred, "logs:CreateLogGroup", GROUP, true);
        check(&starred, "logs:DescribeLogStreams", GROUP, true);
        check(GROUP, "logs:CreateLogGroup", GROUP, false);
        check(&format!("{GROUP}*"), "logs:CreateLogGroup", GROUP, true);
        check(&starred, "logs:PutLogEvents", &stream, true);
        check(&stream, "logs:PutLogEvents", &stream, true);
        // Of tags the group alone is asked.
        check(GROUP, "logs:TagResource", GROUP, true);
        check(&starred, "logs:ListTagsForResource", GROUP, false);
        // As `DescribeLogGroups` prints it.
        check(&starred, "logs:DeleteLogGroup", &starred, true);
    }
}
