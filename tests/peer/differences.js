// Why two answers differ. A disagreement counts as explained only where it goes away with its causes.
//
// First each condition and each list of resources is put to both sides by itself, as a deny of everything. Where they
// differ, a class must know it, and our answer takes its place in the case. Then, while the answers to the whole case
// still differ, a class of cases must know a reason, and the case goes on without it. What is left unexplained is reported.

import { CONDITIONS, RESOURCES, WHOLE_CASES } from "./classes.js";
import { decision } from "./engine.js";
import { ask, list } from "./peer.js";

/** Both answers to a case: `{ ours, theirs, isAgreed }`. */
export async function answers(question) {
  const ours = decision(question);
  const theirs = await ask(question);
  return { ours, theirs, isAgreed: ours === theirs };
}

/** The classes that explain a disagreement, and what no class knows: `{ classes, unknown }`. */
export async function explain(question) {
  const classes = new Set();
  const current = structuredClone(question);
  const whole = decision(question);
  for (const part of parts(current)) {
    const found = await answers(part.probe);
    if (found.isAgreed) {
      continue;
    }
    const known = Object.entries(part.classes).find(([, isIn]) => isIn({ ...part.facts, ...found }));
    if (!known) {
      return { classes, unknown: `${part.text}: we say ${found.ours}, the peer ${found.theirs}` };
    }
    classes.add(known[0]);
    part.settle(found.ours === "explicitDeny");
  }
  let rest = current;
  let found = await answers(rest);
  if (found.ours !== whole) {
    return { classes, unknown: `the parts by themselves do not make the whole: ${whole}, then ${found.ours}` };
  }
  while (!found.isAgreed) {
    const known = Object.entries(WHOLE_CASES).find(([id, it]) => !classes.has(id) && it.isIn(rest, found));
    if (!known) {
      return { classes, unknown: `the whole case: we say ${found.ours}, the peer ${found.theirs}` };
    }
    classes.add(known[0]);
    rest = known[1].without(rest);
    found = await answers(rest);
  }
  return { classes, unknown: undefined };
}

/** Every document of a case. */
export function documents({ policies = {} }) {
  const { identity, boundary, session, scps, rcps, resource, vpcEndpoint } = policies;
  return [identity, boundary, session, scps, rcps, resource, vpcEndpoint].flatMap((it) => list(it).flat());
}

function* parts(question) {
  for (const document of documents(question)) {
    for (const statement of list(document.Statement)) {
      yield* resourceParts(question, document, statement);
      yield* conditionParts(question, document, statement);
    }
  }
}

function* resourceParts(question, document, statement) {
  const element = ["Resource", "NotResource"].find((it) => it in statement);
  if (!element || statement[element] === "*") {
    return;
  }
  yield {
    text: JSON.stringify({ [element]: statement[element] }),
    classes: RESOURCES,
    facts: { version: document.Version, element, patterns: list(statement[element]), request: question.request },
    probe: probe(question, document, { [element]: statement[element] }),
    settle(isMet) {
      delete statement[element];
      statement.Resource = isMet ? question.request.resource : "arn:aws:s3:::nowhere";
    },
  };
}

function* conditionParts(question, document, statement) {
  for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
    for (const [key, values] of Object.entries(keys)) {
      const entry = { [operator]: { [key]: values } };
      yield {
        text: JSON.stringify(entry),
        classes: CONDITIONS,
        facts: { version: document.Version, operator, key, values: list(values), request: question.request },
        probe: probe(question, document, { Resource: "*", Condition: entry }),
        settle(isMet) {
          delete keys[key];
          // This key is in no generated request. One condition that is not met decides for all of them.
          const settled = statement.Condition.Null?.["aws:referer"] ?? "true";
          statement.Condition.Null = { ...statement.Condition.Null, "aws:referer": isMet ? settled : "false" };
        },
      };
    }
  }
}

/** A part by itself: met, everything is denied; else it is not. */
function probe({ request }, document, elements) {
  return {
    request: { ...request, principal: "arn:aws:iam::111122223333:user/probe" },
    policies: { identity: [{ Version: document.Version, Statement: [{ Effect: "Deny", Action: "*", ...elements }] }] },
  };
}
