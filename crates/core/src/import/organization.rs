//! `aws organizations describe-organization | describe-policy | list-policies-for-target |
//! list-targets-for-policy | list-roots | list-organizational-units-for-parent |
//! list-accounts-for-parent | list-accounts`.
//!
//! The lists do not say what they are of: the file's name does, as `target-ID`, `policy-ID` or
//! `parent-ID`.
//!
//! <https://docs.aws.amazon.com/cli/latest/reference/organizations/>

use crate::{
    import::{
        count::ImportedKind,
        facts::{Below, OrganizationPolicyFact, Root},
        fields::Fields,
        iam::at,
        note::ImportNoteKind,
        recognise::Reading,
    },
    names::AccountId,
    world::OrganizationPolicyKind,
};

impl Reading<'_> {
    /// Whether it was output of Organizations.
    pub(super) fn organization(&mut self, fields: Fields<'_>) -> bool {
        if let Some(it) = fields.object("Organization") {
            self.organization_id(it);
        } else if let Some(it) = fields.object("Policy").filter(|it| it.has("PolicySummary")) {
            if let Some(summary) = it.object("PolicySummary") {
                self.organization_policy(summary, Some(it));
            }
        } else if fields.has("Roots") {
            for it in fields.objects("Roots") {
                self.root(it);
            }
        } else if fields.has("OrganizationalUnits") {
            self.units(fields);
        } else if fields.has("Accounts") {
            self.members(fields);
        } else if fields.has("Targets") {
            self.targets(fields);
        } else if fields.has("Policies") {
            self.policies_of_target(fields);
        } else {
            return false;
        }
        true
    }

    /// The id behind `prefix` in the file's name.
    fn id_of_file(&self, prefix: &str) -> Option<String> {
        let rest = self.name.strip_prefix(prefix)?;
        let is_end = |it: char| !(it.is_ascii_alphanumeric() || it == '-');
        let id = rest.split(is_end).next().filter(|it| !it.is_empty());
        id.map(str::to_owned)
    }

    /// ARNs of an organization name its management account and its id.
    fn organization_id(&mut self, fields: Fields<'_>) {
        let Some(arn) = fields
            .arn("Arn")
            .filter(|it| it.service() == "organizations")
        else {
            return;
        };
        let id = arn.resource().split('/').nth(1);
        if let (Some(account), Some(id)) = (arn.account(), id) {
            let ids = (id.to_owned(), account);
            self.facts.organization.ids.push(at(fields, None, ids));
        }
    }

    fn organization_policy(
        &mut self,
        summary: Fields<'_>,
        whole: Option<Fields<'_>>,
    ) -> Option<(String, OrganizationPolicyKind)> {
        let kind = match summary.text("Type") {
            Some("SERVICE_CONTROL_POLICY") => OrganizationPolicyKind::Scp,
            Some("RESOURCE_CONTROL_POLICY") => OrganizationPolicyKind::Rcp,
            other => {
                let is_word = |it: &&str| it.len() <= 60;
                let policy_type = other.filter(is_word).unwrap_or_default().to_owned();
                self.notes.push(
                    summary.mark,
                    ImportNoteKind::OtherPolicyType { policy_type },
                );
                return None;
            }
        };
        let Some(name) = summary.string("Name") else {
            self.unnamed(summary, ImportedKind::OrganizationPolicy, "Name");
            return None;
        };
        // Those of AWS belong to no organization.
        if summary.flag("AwsManaged") != Some(true) {
            self.organization_id(summary);
        }
        let fact = OrganizationPolicyFact {
            id: summary.text("Id").unwrap_or(&name).to_owned(),
            kind,
            document: whole.and_then(|it| it.policy("Content")),
            name,
        };
        if whole.is_some() && fact.document.is_none() {
            self.unnamed(summary, ImportedKind::OrganizationPolicy, "Content");
        }
        let id = fact.id.clone();
        self.facts
            .organization
            .policies
            .push(at(summary, None, fact));
        Some((id, kind))
    }

    fn policies_of_target(&mut self, fields: Fields<'_>) {
        let target = self.id_of_file("target-");
        for it in fields.objects("Policies") {
            let policy = self.organization_policy(it, None);
            if let (Some((id, kind)), Some(target)) = (policy, &target) {
                let organization = &mut self.facts.organization;
                let attachment = (target.clone(), id);
                organization.attachments.push(at(it, None, attachment));
                organization.whole_lists.push((target.clone(), kind));
            }
        }
        if target.is_none() && !self.name.starts_with("policies") {
            self.notes.push(fields.mark, ImportNoteKind::WhichTarget);
        }
    }

    fn targets(&mut self, fields: Fields<'_>) {
        let Some(policy) = self.id_of_file("policy-") else {
            self.notes.push(fields.mark, ImportNoteKind::WhichPolicy);
            return;
        };
        for it in fields.objects("Targets") {
            self.organization_id(it);
            if let Some(target) = it.string("TargetId") {
                let attachment = (target, policy.clone());
                let attachments = &mut self.facts.organization.attachments;
                attachments.push(at(it, None, attachment));
            }
        }
    }

    fn root(&mut self, fields: Fields<'_>) {
        self.organization_id(fields);
        let Some(id) = fields.string("Id") else {
            return self.unnamed(fields, ImportedKind::OrganizationalUnit, "Id");
        };
        let mut enabled = Vec::new();
        for it in fields.objects("PolicyTypes") {
            if it.text("Status") == Some("ENABLED") {
                enabled.extend(match it.text("Type") {
                    Some("SERVICE_CONTROL_POLICY") => Some(OrganizationPolicyKind::Scp),
                    Some("RESOURCE_CONTROL_POLICY") => Some(OrganizationPolicyKind::Rcp),
                    _ => None,
                });
            }
        }
        let name = fields.text("Name").unwrap_or("Root").to_owned();
        let root = Root { id, name, enabled };
        self.facts.organization.roots.push(at(fields, None, root));
    }

    fn units(&mut self, fields: Fields<'_>) {
        let parent = self.id_of_file("parent-");
        if parent.is_none() {
            self.notes.push(fields.mark, ImportNoteKind::WhichParent);
        }
        for it in fields.objects("OrganizationalUnits") {
            self.organization_id(it);
            let Some(id) = it.string("Id") else {
                self.unnamed(it, ImportedKind::OrganizationalUnit, "Id");
                continue;
            };
            let unit = Below {
                name: it.text("Name").unwrap_or(&id).to_owned(),
                parent: parent.clone(),
                id,
            };
            self.facts.organization.units.push(at(it, None, unit));
        }
    }

    fn members(&mut self, fields: Fields<'_>) {
        let parent = self.id_of_file("parent-");
        if parent.is_none() {
            self.notes.push(fields.mark, ImportNoteKind::WhichParent);
        }
        for it in fields.objects("Accounts") {
            self.organization_id(it);
            let Some(id) = it.text("Id").and_then(AccountId::parse) else {
                self.unnamed(it, ImportedKind::Account, "Id");
                continue;
            };
            let name = it.string("Name").unwrap_or_default();
            let parent = parent.clone();
            let member = Below { id, name, parent };
            self.facts.organization.members.push(at(it, None, member));
        }
    }
}
