// Generated cases, both engines side by side: every disagreement is explained by classes of the list.
//
// `ROLEWALK_PEER_CASES` and `ROLEWALK_PEER_SEED` make other and longer runs. Only the ordinary one asks in return
// whether every class was met.

import assert from "node:assert/strict";
import { test } from "node:test";

import { CONDITIONS, RESOURCES, WHOLE_CASES } from "./classes.js";
import { answers, explain } from "./differences.js";
import { cases } from "./generate.js";
import { byCount } from "./list.js";
import { shrink } from "./shrink.js";

const N_CASES = Number(process.env.ROLEWALK_PEER_CASES ?? 10_000);
const SEED = Number(process.env.ROLEWALK_PEER_SEED ?? 1);
const IS_ORDINARY = N_CASES === 10_000 && SEED === 1;
const N_SHOWN = 3;

test("every disagreement on a generated case is explained by the list", async (t) => {
  const decisions = [];
  const classes = [];
  const unexplained = [];
  let nDifferent = 0;
  for (const question of cases(SEED, N_CASES)) {
    const found = await answers(question);
    decisions.push(found.ours);
    if (found.isAgreed) {
      continue;
    }
    nDifferent += 1;
    const explanation = await explain(question);
    if (explanation.unknown === undefined) {
      classes.push(...explanation.classes);
    } else {
      unexplained.push(question);
    }
  }
  t.diagnostic(`${N_CASES} cases compared: ${N_CASES - nDifferent} agree, ${nDifferent} differ; we decide:`);
  byCount(decisions).forEach((it) => t.diagnostic(it));
  t.diagnostic("cases that differ, by class (a case may be in several):");
  byCount(classes).forEach((it) => t.diagnostic(it));
  const shown = [];
  for (const question of unexplained.slice(0, N_SHOWN)) {
    shown.push(await describe(question));
  }
  assert.equal(
    unexplained.length,
    0,
    `${unexplained.length} disagreements that no class explains:\n${shown.join("\n")}`,
  );
  if (IS_ORDINARY) {
    const unmet = Object.keys({ ...CONDITIONS, ...RESOURCES, ...WHOLE_CASES }).filter((it) => !classes.includes(it));
    assert.deepEqual(
      unmet,
      [],
      "no case differs by these classes any more: take them off the list and out of classes.js",
    );
  }
});

async function describe(question) {
  const smallest = await shrink(
    question,
    async (it) => !(await answers(it)).theirs.startsWith("refused") && (await isUnexplained(it)),
  );
  const { unknown } = await explain(smallest);
  return `${unknown}\n${JSON.stringify(smallest, null, 2)}`;
}

async function isUnexplained(question) {
  return !(await answers(question)).isAgreed && (await explain(question)).unknown !== undefined;
}
