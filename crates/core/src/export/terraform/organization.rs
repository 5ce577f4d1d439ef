//! Policies of the organization, and where they are attached.

use crate::{
    export::{
        organization::{Attachment, attachments, policy_type, tree},
        terraform::{
            Config,
            hcl::{Body, Piece, quoted},
        },
    },
    world::Organization,
};

impl Config<'_> {
    pub(super) fn organization(&mut self, organization: &Organization) {
        self.left_out.extend(tree(organization));
        let mut made = Vec::new();
        for policy in &organization.policies {
            let what = format!("policy `{}` of the organization", policy.name);
            if crate::export::organization::is_of_aws(policy.kind, &policy.name)
                || !self.takes(&policy.document, &what)
            {
                continue;
            }
            let address = self.address("aws_organizations_policy", &policy.name);
            let body = Body::default()
                .text("name", &policy.name)
                .text("type", policy_type(policy.kind))
                .document("content", &[Piece::Text(policy.document.as_str())]);
            self.resource(&address, &body);
            made.push(((policy.kind, policy.name.as_str()), address));
        }
        for Attachment { target, kind, name } in attachments(organization) {
            let own = made.iter().find(|it| it.0 == (kind, name));
            if let Some((_, address)) = own {
                let body = Body::default()
                    .bare("policy_id", format!("{address}.id"))
                    .bare("target_id", quoted(target));
                let label = format!("{name}_{target}");
                self.add("aws_organizations_policy_attachment", &label, &body);
            }
        }
    }
}
