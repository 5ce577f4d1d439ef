//! The policies of a case, parsed and compiled once, and the questions that are asked of them.

use std::{cell::OnceCell, collections::BTreeMap, sync::Arc};

use rolewalk_core::{
    eval::{self, NamedPolicy, PolicySet, Settings},
    names::DocumentName,
    policy::{PolicyKind, parse},
    request::{Request, Resource},
    syntax::LineIndex,
    trace::EvalDecision,
};
use serde_json::value::RawValue;

use crate::{
    answer::Answer,
    case::{Case, PoliciesCase, RequestCase},
    finding::Finding,
    input::{self, Object},
};

/// A text in which bytes and UTF-16 units are not the same, for the way back.
pub(crate) struct Source {
    pub(crate) text: String,
    pub(crate) lines: LineIndex,
}

pub(crate) type Sources = BTreeMap<DocumentName, Source>;

/// Policies that can be asked many times.
///
/// Which grammar the resource's document has depends on the request: it is a trust policy for
/// `sts:AssumeRole…` (and for all that STS asks of a role) and a resource policy else. It is
/// therefore read when it is first asked.
#[derive(Default)]
pub struct Policies {
    /// All but the resource's.
    set: PolicySet,
    sources: Sources,
    findings: Vec<Finding>,
    resource: Option<String>,
    as_policy: OnceCell<Whole>,
    as_trust: OnceCell<Whole>,
}

/// With the resource's document, read as one kind.
struct Whole {
    set: PolicySet,
    sources: Sources,
    findings: Vec<Finding>,
}

impl std::fmt::Debug for Policies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Policies")
            .field("set", &self.set)
            .field("findings", &self.findings)
            .finish_non_exhaustive()
    }
}

/// Answers one question; what `evaluate` of the JavaScript API gives for that JSON.
pub fn evaluate(json: &str) -> Result<Answer, Vec<Finding>> {
    let Object(case): Object<Case<'_>> = input::read(json, "")?;
    let request = case.request.0.read("request")?;
    let settings = settings(case.settings.map(RawValue::get))?;
    Policies::read(&case.policies.0, settings)?.answer(&request)
}

impl Policies {
    /// Reads the policies and the settings beside them, each as JSON.
    pub fn from_json(policies: &str, settings: Option<&str>) -> Result<Self, Vec<Finding>> {
        let Object(case): Object<PoliciesCase<'_>> = input::read(policies, "policies")?;
        Self::read(&case, self::settings(settings)?)
    }

    /// Reads the policies. What is wrong with a document is told with the first question.
    fn read(case: &PoliciesCase<'_>, settings: Settings) -> Result<Self, Vec<Finding>> {
        let mut reader = Reader::default();
        let boundary = list(case.boundary, "policies.boundary")?;
        let session = list(case.session, "policies.session")?;
        let identity = case.identity.as_deref().unwrap_or_default();
        let set = PolicySet {
            identity: reader.many("identity", identity, PolicyKind::Identity)?,
            resource: None,
            // The one boundary that there is has no number.
            boundary: match boundary.as_slice() {
                [only] => reader
                    .one("boundary", only, PolicyKind::Boundary)?
                    .into_iter()
                    .collect(),
                several => reader.many("boundary", several, PolicyKind::Boundary)?,
            },
            session: reader.many("session", &session, PolicyKind::Session)?,
            scps: reader.levels("scps", case.scps.as_deref(), PolicyKind::Scp)?,
            rcps: reader.levels("rcps", case.rcps.as_deref(), PolicyKind::Rcp)?,
            vpc_endpoint: match case.vpc_endpoint {
                Some(it) => reader.one("vpcEndpoint", it, PolicyKind::VpcEndpoint)?,
                None => None,
            },
            grants: match case.grants {
                Some(it) => input::read_core(it.get(), "policies.grants")?,
                None => Vec::new(),
            },
            settings,
        };
        let resource = case
            .resource
            .map(|it| text_of(it, "resource"))
            .transpose()?;
        Ok(Self {
            set,
            sources: reader.sources,
            findings: reader.findings,
            resource,
            ..Self::default()
        })
    }

    /// Answers a request, given as JSON, with everything the answer rests on.
    pub fn evaluate(&self, request: &str) -> Result<Answer, Vec<Finding>> {
        let Object(request): Object<RequestCase<'_>> = input::read(request, "request")?;
        self.answer(&request.read("request")?)
    }

    /// Answers a request, given as JSON, and nothing besides.
    pub fn decide(&self, request: &str) -> Result<EvalDecision, Vec<Finding>> {
        let Object(request): Object<RequestCase<'_>> = input::read(request, "request")?;
        let request = request.read("request")?;
        Ok(eval::decide(self.set_for(&request)?, &request))
    }

    /// Answers many requests, given as a JSON list.
    pub fn decide_many(&self, requests: &str) -> Result<Vec<EvalDecision>, Vec<Finding>> {
        if !self.findings.is_empty() {
            return Err(self.findings.clone());
        }
        let requests: Vec<Object<RequestCase<'_>>> = input::read(requests, "requests")?;
        let mut decisions = Vec::with_capacity(requests.len());
        let mut before = None;
        for (idx, Object(case)) in requests.iter().enumerate() {
            let request = before.take().and_then(|it| case.read_after(it));
            // What is wrong is looked at once more, with its place.
            let request = match request {
                Some(request) => request,
                None => case.read(&format!("requests[{idx}]"))?,
            };
            decisions.push(eval::decide(self.set_for(&request)?, &request));
            before = Some((case, request));
        }
        Ok(decisions)
    }

    /// The policies as the engine takes them, for this request.
    pub fn set_for(&self, request: &Request) -> Result<&PolicySet, Vec<Finding>> {
        self.for_request(request).map(|(set, _)| set)
    }

    fn answer(&self, request: &Request) -> Result<Answer, Vec<Finding>> {
        let (set, sources) = self.for_request(request)?;
        let request = &*eval::as_asked(request);
        let trace = eval::evaluate(set, request);
        Ok(Answer::new(request, trace, sources))
    }

    /// The policies as they are for this request, unless one of them cannot be read.
    fn for_request(&self, request: &Request) -> Result<(&PolicySet, &Sources), Vec<Finding>> {
        let (set, sources, findings) = match &self.resource {
            None => (&self.set, &self.sources, &self.findings),
            Some(text) => {
                let (cell, kind) = if is_about_trust(request) {
                    (&self.as_trust, PolicyKind::Trust)
                } else {
                    (&self.as_policy, PolicyKind::Resource)
                };
                let whole = cell.get_or_init(|| self.with_resource(text, kind));
                (&whole.set, &whole.sources, &whole.findings)
            }
        };
        if findings.is_empty() {
            Ok((set, sources))
        } else {
            Err(findings.clone())
        }
    }

    fn with_resource(&self, text: &str, kind: PolicyKind) -> Whole {
        let mut reader = Reader {
            sources: Sources::new(),
            findings: self.findings.clone(),
        };
        let resource = reader.document("resource", text.to_owned(), kind);
        let kept = self.sources.iter().map(|(name, source)| {
            let source = Source {
                text: source.text.clone(),
                lines: source.lines.clone(),
            };
            (name.clone(), source)
        });
        reader.sources.extend(kept);
        Whole {
            set: PolicySet {
                resource,
                ..self.set.clone()
            },
            sources: reader.sources,
            findings: reader.findings,
        }
    }
}

fn settings(json: Option<&str>) -> Result<Settings, Vec<Finding>> {
    json.map_or(Ok(Settings::default()), |it| {
        input::read_core(it, "settings")
    })
}

/// Whether the resource's policy is the trust policy of a role: STS asks it when a role is assumed,
/// and for tags and a source identity on the way.
fn is_about_trust(request: &Request) -> bool {
    let (service, name) = request.action.folded();
    let is_role =
        matches!(&request.resource, Resource::Arn(arn) if arn.resource().starts_with("role/"));
    service == "sts" && (is_role || name.starts_with("assumerole"))
}

/// Reads documents and keeps what is wrong with them.
#[derive(Default)]
struct Reader {
    sources: Sources,
    findings: Vec<Finding>,
}

impl Reader {
    fn levels(
        &mut self,
        name: &str,
        levels: Option<&[Vec<&RawValue>]>,
        kind: PolicyKind,
    ) -> Result<Vec<Vec<NamedPolicy>>, Vec<Finding>> {
        let numbered = levels.unwrap_or_default().iter().enumerate();
        numbered
            .map(|(level, it)| self.many(&format!("{name}[{level}]"), it, kind))
            .collect()
    }

    fn many(
        &mut self,
        name: &str,
        documents: &[&RawValue],
        kind: PolicyKind,
    ) -> Result<Vec<NamedPolicy>, Vec<Finding>> {
        let mut read = Vec::with_capacity(documents.len());
        for (idx, document) in documents.iter().enumerate() {
            read.extend(self.one(&format!("{name}[{idx}]"), document, kind)?);
        }
        Ok(read)
    }

    fn one(
        &mut self,
        name: &str,
        document: &RawValue,
        kind: PolicyKind,
    ) -> Result<Option<NamedPolicy>, Vec<Finding>> {
        Ok(self.document(name, text_of(document, name)?, kind))
    }

    /// A document may be one that AWS would not save: what evaluation makes of it can be told as
    /// long as every statement could be read.
    fn document(&mut self, name: &str, text: String, kind: PolicyKind) -> Option<NamedPolicy> {
        let (policy, diagnostics) = parse(&text, kind);
        let named = DocumentName::new(name);
        let Some(policy) = policy.filter(|it| it.is_whole) else {
            let lines = LineIndex::new(&text);
            let finding = |it| Finding::of_document(Some(name), it, &text, &lines);
            self.findings.extend(diagnostics.into_iter().map(finding));
            return None;
        };
        if !text.is_ascii() {
            let lines = LineIndex::new(&text);
            self.sources.insert(named.clone(), Source { text, lines });
        }
        Some(NamedPolicy {
            name: named,
            policy: Arc::new(policy),
        })
    }
}

/// A document's text: a JSON string holds it, and what is no string is it.
fn text_of(document: &RawValue, at: &str) -> Result<String, Vec<Finding>> {
    if document.get().starts_with('"') {
        input::read(document.get(), &format!("policies.{at}"))
    } else {
        Ok(document.get().to_owned())
    }
}

/// One document or a list of them.
fn list<'a>(value: Option<&'a RawValue>, at: &str) -> Result<Vec<&'a RawValue>, Vec<Finding>> {
    match value {
        None => Ok(Vec::new()),
        Some(list) if list.get().starts_with('[') => input::read(list.get(), at),
        Some(only) => Ok(vec![only]),
    }
}
