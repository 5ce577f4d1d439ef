//! The rules, one file each, and the table of them.
//!
//! Knows nothing of what they look at. A rule may ask another for what that knows, never for what it found. Of every file:
//! what its page shows as bad is found, what it shows instead is not. Invariant: the table is in the order of the codes, and has every file.

mod action_case;
mod action_needs_any_resource;
mod action_not_on_resource;
mod action_pattern_matches_nothing;
mod allow_not_action;
mod allow_not_resource;
mod allows_nothing;
mod any_address;
mod any_resource;
mod api_name;
mod arn_form;
mod arn_part;
mod assume_any_role;
mod bucket_for_object_action;
mod bucket_policy_escalation;
mod confused_deputy;
mod contradicting_conditions;
mod decrypt_any_key;
mod deny_not_principal;
mod deny_outside_network;
mod deprecated_key;
mod duplicate_value;
mod empty_condition;
mod empty_sid;
mod excludes_everything;
mod external_id_missing;
mod for_all_values_allow;
mod full_access;
mod gateway_endpoint_principal;
mod generated_sid;
mod if_exists_allow;
mod key_case;
mod key_never_present;
mod key_not_for_action;
mod mfa_not_enforced;
mod multivalued_variable;
mod negated_condition_allow;
mod no_set_operator;
mod no_version;
mod object_for_bucket_action;
mod operator_case;
mod operator_type_loose;
mod operator_type_mismatch;
mod pass_role_any_role;
mod pass_role_any_service;
mod permissions_management;
mod presigned_url_any_profile;
mod private_source_ip;
mod privilege_escalation;
mod public_access;
mod public_write;
mod rcp_stops_services;
mod rcp_unsupported_service;
mod redundant_action;
mod redundant_resource;
mod redundant_statement;
mod required_resource_missing;
mod resource_without_action;
mod retired_service;
mod returns_credentials;
mod scp_grants_nothing;
mod session_in_principal_arn;
mod set_operator_on_single_value;
mod sid_says_the_opposite;
mod spoofable_key;
mod tag_key_not_supported;
mod trust_action_mismatch;
mod trust_anybody;
mod trust_confused_deputy;
mod trust_whole_account;
mod unknown_action;
mod unknown_key;
mod unknown_service;
mod unknown_service_principal;
mod unknown_variable;
mod unreachable_allow;
mod value_form;
mod variable_spelling;
mod web_identity_any_subject;
mod whole_service;
mod wildcard_in_equals;

use crate::lint::Rule;

/// Every rule, by code.
pub(super) const RULES: &[Rule] = &[
    action_case::RULE,
    action_needs_any_resource::RULE,
    action_not_on_resource::RULE,
    action_pattern_matches_nothing::RULE,
    allow_not_action::RULE,
    allow_not_resource::RULE,
    allows_nothing::RULE,
    any_address::RULE,
    any_resource::RULE,
    api_name::RULE,
    arn_form::RULE,
    arn_part::RULE,
    assume_any_role::RULE,
    bucket_for_object_action::RULE,
    bucket_policy_escalation::RULE,
    confused_deputy::RULE,
    contradicting_conditions::RULE,
    decrypt_any_key::RULE,
    deny_not_principal::RULE,
    deny_outside_network::RULE,
    deprecated_key::RULE,
    duplicate_value::RULE,
    empty_condition::RULE,
    empty_sid::RULE,
    excludes_everything::RULE,
    external_id_missing::RULE,
    for_all_values_allow::RULE,
    full_access::RULE,
    gateway_endpoint_principal::RULE,
    generated_sid::RULE,
    if_exists_allow::RULE,
    key_case::RULE,
    key_never_present::RULE,
    key_not_for_action::RULE,
    mfa_not_enforced::RULE,
    multivalued_variable::RULE,
    negated_condition_allow::RULE,
    no_set_operator::RULE,
    no_version::RULE,
    object_for_bucket_action::RULE,
    operator_case::RULE,
    operator_type_loose::RULE,
    operator_type_mismatch::RULE,
    pass_role_any_role::RULE,
    pass_role_any_service::RULE,
    permissions_management::RULE,
    presigned_url_any_profile::RULE,
    private_source_ip::RULE,
    privilege_escalation::RULE,
    public_access::RULE,
    public_write::RULE,
    rcp_stops_services::RULE,
    rcp_unsupported_service::RULE,
    redundant_action::RULE,
    redundant_resource::RULE,
    redundant_statement::RULE,
    required_resource_missing::RULE,
    resource_without_action::RULE,
    retired_service::RULE,
    returns_credentials::RULE,
    scp_grants_nothing::RULE,
    session_in_principal_arn::RULE,
    set_operator_on_single_value::RULE,
    sid_says_the_opposite::RULE,
    spoofable_key::RULE,
    tag_key_not_supported::RULE,
    trust_action_mismatch::RULE,
    trust_anybody::RULE,
    trust_confused_deputy::RULE,
    trust_whole_account::RULE,
    unknown_action::RULE,
    unknown_key::RULE,
    unknown_service::RULE,
    unknown_service_principal::RULE,
    unknown_variable::RULE,
    unreachable_allow::RULE,
    value_form::RULE,
    variable_spelling::RULE,
    web_identity_any_subject::RULE,
    whole_service::RULE,
    wildcard_in_equals::RULE,
];
