//! Tells by its shape what no command of the account prints, and people bring all the same.
//!
//! Invariant: asked only of what nothing else reads.

use crate::{import::fields::Fields, syntax::json::Value};

/// A form that is known and not imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherForm {
    /// Events of `CloudTrail`, from its files in S3 or from `aws cloudtrail lookup-events`.
    CloudTrail,
    /// A template of `CloudFormation`.
    CloudFormation,
    /// A state, plan or configuration of Terraform.
    Terraform,
}

impl OtherForm {
    /// The form of a document.
    pub(super) fn of(fields: Fields<'_>) -> Option<Self> {
        let has_in = |list: &str, field: &str| fields.objects(list).any(|it| it.has(field));
        let is_trail = fields.has("eventVersion")
            || has_in("Records", "eventVersion")
            || has_in("Records", "eventName")
            || has_in("Events", "CloudTrailEvent");
        let of_aws = |it: Fields<'_>| it.text("Type").is_some_and(|it| it.starts_with("AWS::"));
        let resources = fields.object("Resources");
        let is_template = fields.has("AWSTemplateFormatVersion")
            || fields.has("TemplateBody")
            || resources.is_some_and(|all| {
                let mut each = all.each().filter_map(|(name, _)| all.object(name));
                each.any(of_aws)
            });
        let is_terraform = matches!(
            fields.node("terraform_version").map(|it| &it.value),
            Some(Value::String(_))
        );
        [
            (is_trail, Self::CloudTrail),
            (is_template, Self::CloudFormation),
            (is_terraform, Self::Terraform),
        ]
        .into_iter()
        .find_map(|(is_it, form)| is_it.then_some(form))
    }

    /// The form of a text that is no JSON.
    pub(super) fn of_text(text: &str) -> Option<Self> {
        if text.trim_start().starts_with(['{', '[']) {
            return None;
        }
        let begins = |words: &'static str| text.lines().any(|it| it.starts_with(words));
        if begins("AWSTemplateFormatVersion:") {
            Some(Self::CloudFormation)
        } else if begins("resource \"aws_") || begins("data \"aws_") {
            Some(Self::Terraform)
        } else {
            None
        }
    }
}
