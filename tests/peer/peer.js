// The peer's side: a case in the form of our JavaScript API, asked through the peer's published API.
//
// The peer is asked as its README says, with `runSimulation`. That reads the context first and leaves out what its
// catalogue does not list for the action; then the question was another one. Such a case is asked again with
// `runUnsafeSimulation`, which takes the context as it is, where the case has no policy that this one cannot take.

import { anonymousPrincipal, runSimulation, runUnsafeSimulation } from "@cloud-copilot/iam-simulate";

/** The peer's words for our decisions. */
export const DECISIONS = {
  Allowed: "allowed",
  ExplicitlyDenied: "explicitDeny",
  ImplicitlyDenied: "implicitDeny",
};

/** The peer's word for it: one of our three decisions, or `refused: …` with its own reason. */
export async function ask(question) {
  const { request } = question;
  const simulation = toSimulation(question);
  let answer;
  try {
    answer = await runSimulation(simulation, {});
  } catch (error) {
    return `refused: it throws ${firstLine(error.message)}`;
  }
  if (answer.resultType === "error") {
    return `refused: ${answer.errors.message}`;
  }
  if (ignoresContext(answer, request.action) && isForUnsafe(simulation)) {
    return DECISIONS[runUnsafeSimulation(simulation, {})];
  }
  return DECISIONS[answer.overallResult];
}

/** A case in the form of the peer. What has no place there is left out, and the list of disagreements says so. */
export function toSimulation({ request, policies = {}, settings = {} }) {
  const principal = toPrincipal(request.principal);
  const simulation = {
    request: {
      principal,
      action: request.action,
      resource: {
        resource: request.resource,
        accountId: request.resourceAccount ?? accountOf(request.resource) ?? accountOf(principal) ?? "000000000000",
      },
      contextVariables: request.context ?? {},
    },
    identityPolicies: named("identity", list(policies.identity)),
    serviceControlPolicies: levels("scps", policies.scps),
    resourceControlPolicies: levels("rcps", policies.rcps),
  };
  const session = list(policies.session).map(toDocument);
  if (session.length > 0) {
    // The peer has place for one: several count as their union.
    simulation.sessionPolicy = { ...session[0], Statement: session.flatMap((it) => list(it.Statement)) };
  }
  if (policies.resource) {
    simulation.resourcePolicy = toDocument(policies.resource);
  }
  if (list(policies.boundary).length > 0) {
    simulation.permissionBoundaryPolicies = named("boundary", list(policies.boundary));
  }
  if (policies.vpcEndpoint) {
    simulation.vpcEndpointPolicies = named("vpcEndpoint", [policies.vpcEndpoint]);
  }
  if (settings.s3) {
    simulation.additionalSettings = {
      s3: {
        bucketAbacEnabled: settings.s3.bucketAbacEnabled,
        blockPublicAccess: settings.s3.blockPublicAccess?.restrictPublicBuckets,
      },
    };
  }
  return simulation;
}

// The peer knows a session by its ARN alone, a federated user too, and a provider by its name.
function toPrincipal(principal) {
  if (typeof principal === "string") {
    return principal;
  }
  return principal.type === "Anonymous"
    ? anonymousPrincipal
    : (principal.session ?? principal.federatedUser ?? principal.provider);
}

function ignoresContext(answer, action) {
  const results = answer.resultType === "single" ? [answer.result] : answer.results;
  const keys = results.flatMap((it) => it.ignoredContextKeys ?? []);
  // A bucket's tags count only where that is turned on: to leave them out is the peer's answer.
  const isBucketTag = (key) => action.startsWith("s3:") && /^(aws:ResourceTag|s3:BucketTag)\//i.test(key);
  return keys.some((it) => !isBucketTag(it));
}

function isForUnsafe(simulation) {
  return !simulation.resourcePolicy && !simulation.sessionPolicy && !simulation.vpcEndpointPolicies;
}

function levels(name, ofLevels = []) {
  return ofLevels.map((documents, idx) => ({
    orgIdentifier: `${name}[${idx}]`,
    policies: named(`${name}[${idx}]`, documents),
  }));
}

function named(name, documents) {
  return documents.map((it, idx) => ({ name: `${name}[${idx}]`, policy: toDocument(it) }));
}

function toDocument(document) {
  return typeof document === "string" ? JSON.parse(document) : document;
}

/** The account in an ARN, if there is one. */
export function accountOf(arn) {
  const account = typeof arn === "string" ? arn.split(":")[4] : undefined;
  return /^\d{12}$/.test(account) ? account : undefined;
}

/** A value, or a list of them, or nothing, as a list. */
export function list(value) {
  return value === undefined || value === null ? [] : [value].flat();
}

function firstLine(text) {
  return text.split("\n", 1)[0];
}
