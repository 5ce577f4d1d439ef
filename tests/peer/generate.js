// Generated cases: a small world, so that matches and near misses are frequent. A seed gives the same cases for ever.
//
// Every document is one that AWS would save, and every request one that can be made. What our JavaScript API cannot say
// is not generated.

import {
  HOME,
  AWAY,
  BUCKET,
  USER,
  ROLE,
  SESSION,
  FEDERATED,
  ROOT,
  SERVICE,
  PRINCIPALS,
  QUESTIONS,
  GLOBAL_KEYS,
  TYPES,
  REQUEST_VALUES,
  POLICY_VALUES,
  OPERATORS,
} from "./world.js";

/** `n` cases; `seed` is any whole number. */
export function* cases(seed, n) {
  const chance = new Chance(seed);
  for (let idx = 0; idx < n; idx++) {
    yield oneCase(chance);
  }
}

/** Numbers that look random and are the same for the same seed (mulberry32). */
class Chance {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  /** From 0 up to 1, without 1. */
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  is(share) {
    return this.next() < share;
  }

  of(values) {
    return values[Math.floor(this.next() * values.length)];
  }

  some(values, share) {
    return values.filter(() => this.is(share));
  }

  /** A list of `min` to `max` things. */
  many(min, max, make) {
    const n = min + Math.floor(this.next() * (max - min + 1));
    return Array.from({ length: n }, make);
  }
}

function oneCase(chance) {
  const question = chance.of(QUESTIONS);
  const principal = chance.of(PRINCIPALS);
  const canBeAway = question.resource.includes("OWNER") || question.resource.startsWith(BUCKET);
  const owner = canBeAway && chance.is(0.25) ? AWAY : HOME;
  const keys = [...GLOBAL_KEYS, ...(question.keys ?? [])];
  const request = {
    principal,
    action: question.action,
    resource: question.resource.replace("OWNER", owner),
    resourceAccount: owner,
    context: context(chance, principal, keys),
  };
  if (question.wildcardOnlyAction) {
    request.wildcardOnlyAction = true;
  }
  const made = { request, policies: policies(chance, { ...question, resource: request.resource }, principal, keys) };
  if (request.resource.startsWith(BUCKET) && chance.is(0.2)) {
    made.settings = { s3: { blockPublicAccess: { restrictPublicBuckets: true } } };
  }
  return made;
}

function context(chance, principal, keys) {
  const values = {};
  for (const key of chance.some(keys, 0.5)) {
    const type = TYPES[key] ?? "string";
    values[key] =
      type === "strings" ? chance.many(0, 2, () => chance.of(REQUEST_VALUES.strings)) : chance.of(REQUEST_VALUES[type]);
  }
  if (typeof principal !== "string" || principal === SERVICE) {
    delete values["aws:PrincipalTag/team"];
    delete values["aws:PrincipalTag/level"];
    return values;
  }
  values["aws:PrincipalArn"] = principal === SESSION ? ROLE : principal;
  values["aws:PrincipalAccount"] = HOME;
  if (principal === USER) {
    values["aws:username"] = "alice";
  }
  return values;
}

function policies(chance, question, principal, keys) {
  const isSession = principal === SESSION || principal === FEDERATED;
  const isPerson = isSession || principal === USER;
  const scene = { chance, question, keys };
  const made = {};
  if (isPerson) {
    made.identity = chance.many(0, 2, () => document(scene, "identity"));
  }
  if (isPerson && chance.is(0.3)) {
    made.boundary = guardrail(scene, "boundary");
  }
  if (isSession && chance.is(0.4)) {
    made.session = guardrail(scene, "session");
  }
  if (typeof principal === "string" && chance.is(0.3)) {
    made.scps = chance.many(1, 3, () => chance.many(chance.is(0.1) ? 0 : 1, 2, () => guardrail(scene, "scp")));
  }
  if (!question.isOutsideRcps && chance.is(0.2)) {
    made.rcps = chance.many(1, 2, () => chance.many(1, 2, () => document(scene, "rcp")));
  }
  if (!question.isWithoutPolicy && chance.is(isPerson ? 0.6 : 0.9)) {
    made.resource = document(scene, question.isTrust ? "trust" : "resource");
  }
  if (principal !== SERVICE && chance.is(0.12)) {
    made.vpcEndpoint = guardrail(scene, "vpcEndpoint");
  }
  return made;
}

/** A document that allows everything, or any other. */
function guardrail(scene, kind) {
  if (scene.chance.is(0.4)) {
    return document(scene, kind);
  }
  const all = { Effect: "Allow", Action: "*", Resource: "*" };
  if (kind === "vpcEndpoint") {
    all.Principal = "*";
  }
  const denies = scene.chance.is(0.2) ? [{ ...statement(scene, kind), Effect: "Deny" }] : [];
  return { Version: "2012-10-17", Statement: [all, ...denies] };
}

function document(scene, kind) {
  const isOld = (kind === "identity" || kind === "resource") && scene.chance.is(0.1);
  return {
    Version: isOld ? "2008-10-17" : "2012-10-17",
    Statement: scene.chance.many(1, 3, () => statement(scene, kind)),
  };
}

function statement(scene, kind) {
  const { chance, question } = scene;
  const made = { Effect: kind === "rcp" || chance.is(0.25) ? "Deny" : "Allow" };
  if (["resource", "trust", "rcp", "vpcEndpoint"].includes(kind)) {
    Object.assign(made, principalElement(chance, kind));
  }
  Object.assign(made, actionElement(chance, kind, question.action));
  if (kind !== "trust") {
    Object.assign(made, resourceElement(chance, kind, question.resource));
  }
  if (chance.is(made.Effect === "Deny" ? 0.8 : 0.5)) {
    made.Condition = condition(scene);
  }
  return made;
}

function principalElement(chance, kind) {
  if (kind === "rcp" || kind === "vpcEndpoint") {
    return { Principal: "*" };
  }
  const principal = chance.of([
    "*",
    { AWS: "*" },
    { AWS: HOME },
    { AWS: ROOT },
    { AWS: USER },
    { AWS: USER },
    { AWS: ROLE },
    { AWS: ROLE },
    { AWS: SESSION },
    { AWS: [FEDERATED, USER] },
    { AWS: FEDERATED },
    { AWS: AWAY },
    { Service: SERVICE },
    { Service: ["lambda.amazonaws.com", SERVICE] },
    { AWS: [SESSION, ROLE, HOME] },
  ]);
  const isNot = kind === "resource" && principal !== "*" && principal.AWS !== "*" && chance.is(0.08);
  return isNot ? { NotPrincipal: principal } : { Principal: principal };
}

function actionElement(chance, kind, action) {
  const [service, name] = action.split(":");
  const verb = name.match(/^[A-Z][a-z]+/)[0];
  if (kind === "rcp") {
    return {
      Action: chance.of([
        [`${service}:*`],
        [`${service}:${verb}*`],
        ["s3:*", "sqs:*", "kms:*", "sts:*", "secretsmanager:*"],
        action,
      ]),
    };
  }
  if (kind === "trust") {
    return { Action: chance.of([action, action, ["sts:AssumeRole", "sts:TagSession"], "sts:TagSession"]) };
  }
  const other = service === "s3" ? "sqs" : "s3";
  if (kind === "resource") {
    return {
      Action: chance.of([
        action,
        [action],
        `${service}:*`,
        `${service}:${verb}*`,
        action.toUpperCase().replace(service.toUpperCase(), service),
      ]),
    };
  }
  if (chance.is(0.15)) {
    return { NotAction: chance.of([action, `${service}:*`, `${other}:*`, ["iam:*", "sts:*"], `${service}:${verb}*`]) };
  }
  return {
    Action: chance.of([
      "*",
      "*",
      action,
      `${service}:*`,
      `${service}:${verb}*`,
      `${other}:*`,
      [`${other}:*`, action],
      `${service}:?${name.slice(1)}`,
    ]),
  };
}

function resourceElement(chance, kind, resource) {
  if (resource === "*") {
    return chance.is(0.8) ? { Resource: "*" } : { Resource: "arn:aws:s3:::data" };
  }
  const isObject = resource.startsWith(`${BUCKET}/`);
  const parent = resource.slice(0, Math.max(resource.lastIndexOf("/"), resource.lastIndexOf(":")) + 1);
  const patterns = [
    resource,
    resource,
    `${parent}*`,
    [`${parent}*`, resource],
    `${resource}x`,
    `${resource.slice(0, -1)}?`,
  ];
  if (isObject) {
    patterns.push(
      `${BUCKET}/*`,
      `${BUCKET}/\${aws:username}/*`,
      `${BUCKET}/team-\${aws:PrincipalTag/team}/*`,
      `${BUCKET}/\${aws:PrincipalTag/none}/*`,
    );
  } else if (kind !== "resource") {
    patterns.push(`${parent}\${aws:username}`, `${parent}\${aws:PrincipalTag/none}`, "*");
  }
  if (kind !== "resource") {
    patterns.push("*", "*", "*");
  }
  const value = chance.of(patterns);
  return chance.is(0.1) && value !== "*" ? { NotResource: value } : { Resource: value };
}

function condition(scene) {
  const { chance } = scene;
  const made = {};
  for (const [operator, key, values] of chance.many(1, 2, () => conditionEntry(scene))) {
    made[operator] = { ...made[operator], [key]: values };
  }
  return made;
}

function conditionEntry({ chance, question, keys }) {
  const key = question.keys && chance.is(0.3) ? chance.of(question.keys) : chance.of([...keys, "aws:PrincipalArn"]);
  if (chance.is(0.08)) {
    return ["Null", key, chance.of(["true", "false"])];
  }
  const type = TYPES[key] ?? "string";
  const isMany = type === "strings" ? chance.is(0.85) : chance.is(0.05);
  const prefix = isMany ? chance.of(["ForAllValues:", "ForAnyValue:"]) : "";
  const suffix = chance.is(0.25) ? "IfExists" : "";
  const values = chance.is(0.6)
    ? chance.of(POLICY_VALUES[type])
    : chance.many(1, 2, () => chance.of(POLICY_VALUES[type]));
  return [`${prefix}${chance.of(OPERATORS[type])}${suffix}`, key, values];
}
