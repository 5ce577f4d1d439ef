// The rules on which the peer and we differ, as tests of a generated case. `disagreements.json` says of each why.
//
// CONDITIONS test one operator with one key, RESOURCES one Resource or NotResource, asked by themselves; `ours` and
// `theirs` are `explicitDeny` where that side says that it is met. WHOLE_CASES test a case whose parts are settled;
// `without` gives the case in which that rule has no say any more.

import { list } from "./peer.js";

const MET = "explicitDeny";

/** A condition: `{ version, operator, key, values, request, ours, theirs }`. */
export const CONDITIONS = {
  "negated-operator-on-missing-variable": ({ version, operator, key, values, request, ours }) =>
    version === "2012-10-17" &&
    ours === MET &&
    /^(ForA\w+:)?(String|Arn)Not/.test(operator) &&
    valueOf(request, key) !== undefined &&
    values.some((it) => hasMissingVariable(it, request)),

  "variable-in-old-version": ({ version, operator, values }) =>
    version === "2008-10-17" && /^(ForA\w+:)?(String|Arn)/.test(operator) && values.some((it) => /\$\{/.test(it)),

  "variable-with-empty-value": ({ version, operator, values, request }) =>
    version === "2012-10-17" &&
    /^(ForA\w+:)?(String|Arn)/.test(operator) &&
    values.some((it) => hasEmptyVariable(it, request)),

  "any-value-if-exists-on-absent-key": ({ operator, key, request, ours }) =>
    ours === MET && /^ForAnyValue:\w+IfExists$/.test(operator) && isAbsent(request, key),

  "epoch-beside-iso-date": ({ operator, key, values, request }) =>
    /^(ForA\w+:)?Date/.test(operator) &&
    list(valueOf(request, key)).some((found) => values.some((it) => isEpoch(found) !== isEpoch(it))),

  "range-of-every-address": ({ operator, key, values, request }) =>
    /^(ForA\w+:)?(Not)?IpAddress/.test(operator) &&
    values.includes("0.0.0.0/0") &&
    list(valueOf(request, key)).some((it) => it.includes(".")),

  "address-of-the-other-family-negated": ({ operator, key, values, request, ours }) =>
    ours === MET &&
    /^(ForA\w+:)?NotIpAddress/.test(operator) &&
    list(valueOf(request, key)).some((found) => values.some((it) => isIpv6(found) !== isIpv6(it))),

  "ipv6-in-another-spelling": ({ operator, key, values, request }) =>
    /^(ForA\w+:)?(Not)?IpAddress/.test(operator) &&
    list(valueOf(request, key)).some((found) => isIpv6(found) && values.some((it) => isIpv6(it) && it !== found)),
};

/** A list of resources: `{ version, element, patterns, request, ours, theirs }`. */
export const RESOURCES = {
  "not-resource-with-missing-variable": ({ version, element, patterns, request, ours }) =>
    version === "2012-10-17" &&
    ours === MET &&
    element === "NotResource" &&
    patterns.some((it) => hasMissingVariable(it, request)),

  "variable-in-old-version": ({ version, patterns }) =>
    version === "2008-10-17" && patterns.some((it) => /\$\{/.test(it)),

  "variable-with-empty-value": ({ version, patterns, request }) =>
    version === "2012-10-17" && patterns.some((it) => hasEmptyVariable(it, request)),
};

/** A case and the two answers to it. */
export const WHOLE_CASES = {
  "root-user-without-identity-policies": {
    isIn: ({ request }, { ours, theirs }) =>
      isRoot(request.principal) && ours === "allowed" && theirs === "implicitDeny",
    without: (question) => withPolicies(question, { identity: [document([ALLOW_ALL])] }),
  },

  "scp-on-service": {
    isIn: ({ request, policies }) => isService(request.principal) && list(policies.scps).length > 0,
    without: (question) => withPolicies(question, { scps: undefined }),
  },

  "rcp-on-service-without-rcps": {
    isIn: ({ request, policies }, { theirs }) =>
      theirs === "explicitDeny" &&
      list(policies.rcps).length > 0 &&
      WITHOUT_RCPS.includes(request.action.split(":")[0]),
    without: (question) => withPolicies(question, { rcps: undefined }),
  },

  "rcp-on-call-without-rcps": {
    isIn: ({ request, policies }, { theirs }) =>
      theirs === "explicitDeny" && list(policies.rcps).length > 0 && request.wildcardOnlyAction === true,
    without: (question) => withPolicies(question, { rcps: undefined }),
  },

  "role-without-trust-policy": {
    isIn: ({ request, policies }, { ours, theirs }) =>
      request.action === "sts:AssumeRole" && !policies.resource && ours === "implicitDeny" && theirs === "allowed",
    without: (question) =>
      withPolicies(question, { resource: TRUSTS_NOBODY }),
  },

  "root-user-assumes-no-role": {
    isIn: ({ request }, { ours, theirs }) =>
      isRoot(request.principal) && request.action === "sts:AssumeRole" && ours === "implicitDeny" && theirs === "allowed",
    without: allowedByNobody,
  },

  "nobody-assumes-a-role-unsigned": {
    isIn: ({ request }, { ours, theirs }) =>
      request.principal.type === "Anonymous" && request.action === "sts:AssumeRole" && ours === "implicitDeny" && theirs === "allowed",
    without: allowedByNobody,
  },

  "federated-user-calls-iam-or-sts": {
    isIn: ({ request }, { ours, theirs }) =>
      isFederatedUser(request.principal) &&
      /^(sts|iam):/.test(request.action) &&
      request.action !== "iam:PassRole" &&
      ours === "implicitDeny" &&
      theirs === "allowed",
    without: allowedByNobody,
  },

  "federated-user-without-session-policy": {
    isIn: ({ request, policies }, { ours, theirs }) =>
      isFederatedUser(request.principal) &&
      list(policies.session).length === 0 &&
      ours === "implicitDeny" &&
      theirs === "allowed",
    without: (question) => withPolicies(question, { identity: list(question.policies.identity).map(onlyDenies) }),
  },

  "encryption-context-left-out": {
    isIn: ({ request }) => Object.keys(request.context).some(isEncryptionContext),
    without: (question) => {
      const context = Object.entries(question.request.context).filter(([key]) => !isEncryptionContext(key));
      return { ...question, request: { ...question.request, context: Object.fromEntries(context) } };
    },
  },

  "public-bucket-restricted": {
    isIn: ({ settings }, { ours, theirs }) =>
      settings?.s3.blockPublicAccess?.restrictPublicBuckets && ours === "implicitDeny" && theirs === "explicitDeny",
    without: ({ request, policies }) => ({ request, policies }),
  },

  "silent-session-policy-beside-direct-grant": {
    isIn: ({ request, policies }, { ours, theirs }) =>
      ours === "allowed" &&
      theirs === "implicitDeny" &&
      list(policies.session).length > 0 &&
      list(policies.resource?.Statement).some((it) => it.Effect === "Allow" && namesDirectly(it, request.principal)),
    without: (question) =>
      withPolicies(question, { session: [...list(question.policies.session), document([ALLOW_ALL])] }),
  },
};

/** Generated services that RCPs have no effect on. */
const WITHOUT_RCPS = ["sns", "lambda", "sagemaker", "iam"];
const NOBODY = "arn:aws:iam::777788889999:user/nobody";
const TRUSTS_NOBODY = document([{ Effect: "Allow", Principal: { AWS: NOBODY }, Action: "sts:AssumeRole" }]);
const ALLOW_ALL = { Effect: "Allow", Action: "*", Resource: "*" };

function document(statements) {
  return { Version: "2012-10-17", Statement: statements };
}

function withPolicies(question, policies) {
  return { ...question, policies: { ...question.policies, ...policies } };
}

/** The case without what allows anything; a trust policy stays one. */
function allowedByNobody(question) {
  const { identity, resource } = question.policies;
  const denies = list(resource?.Statement).filter((it) => it.Effect === "Deny");
  const ofNobody = { ...TRUSTS_NOBODY, Version: resource?.Version ?? TRUSTS_NOBODY.Version };
  return withPolicies(question, {
    identity: list(identity).map(onlyDenies),
    resource: resource && { ...ofNobody, Statement: [...ofNobody.Statement, ...denies] },
  });
}

function onlyDenies(policy) {
  const denies = list(policy.Statement).filter((it) => it.Effect === "Deny");
  return denies.length > 0
    ? { ...policy, Statement: denies }
    : document([{ Effect: "Deny", Action: "none:None", Resource: "*" }]);
}

function isEncryptionContext(key) {
  return key.startsWith("kms:EncryptionContext:");
}

function isRoot(principal) {
  return typeof principal === "string" && principal.endsWith(":root");
}

function isService(principal) {
  return typeof principal === "string" && principal.endsWith(".amazonaws.com");
}

function isFederatedUser(principal) {
  return typeof principal === "string" && principal.includes(":federated-user/");
}

/** Everybody, or this very session or federated user. */
function namesDirectly({ Principal: named, NotPrincipal: spared }, principal) {
  return spared !== undefined || named === "*" || list(named.AWS).some((it) => it === "*" || it === principal);
}

/** What the request says about a key, which it may spell in another way. */
function valueOf({ context = {} }, key) {
  const name = Object.keys(context).find((it) => it.toLowerCase() === key.toLowerCase());
  return name === undefined ? undefined : context[name];
}

function isAbsent(request, key) {
  return valueOf(request, key) === undefined;
}

/** The keys of the variables in a text that have no default value. */
function variables(text) {
  return [...text.matchAll(/\$\{([^},]+)\}/g)].map((it) => it[1]).filter((it) => it.includes(":"));
}

function hasMissingVariable(text, request) {
  return variables(text).some((it) => isAbsent(request, it));
}

function hasEmptyVariable(text, request) {
  return [...text.matchAll(/\$\{([^},]+:[^},]+)[,}]/g)].some((it) => valueOf(request, it[1]) === "");
}

function isEpoch(text) {
  return /^\d{5,}$/.test(text);
}

function isIpv6(text) {
  return text.includes(":");
}
