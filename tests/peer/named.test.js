// The cases with names: the project's corpus, and the shared conformance cases where they lie beside the checkout.
// Our side of each is its expectation, which the Rust tests hold the engine to.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { byCount, entries, entryOf } from "./list.js";
import { ask } from "./peer.js";

const here = path.dirname(fileURLToPath(import.meta.url));
const corpus = path.join(here, "../corpus");
const conformance = path.join(here, "../../../shared/conformance");
const CONFORMANCE_FILES = ["documented.jsonl", "conditions.jsonl"];

test("every disagreement on a case of the corpus is on the list", async (t) => {
  const cases = [];
  for (const file of readdirSync(corpus, { recursive: true })
    // The misconfigurations are scenarios, not requests.
    .filter((it) => it.endsWith(".json") && !it.startsWith("misconfigurations"))
    .sort()) {
    const topic = file.slice(0, -".json".length).replaceAll(path.sep, "/");
    for (const it of JSON.parse(readFileSync(path.join(corpus, file), "utf8")).cases) {
      const [decision] = Object.keys(it.expect);
      cases.push({ name: `corpus/${topic}: ${it.name}`, question: it, decision });
    }
  }
  assert.ok(cases.length > 0);
  await compare(t, "corpus/", cases);
});

test(
  "every disagreement on a conformance case is on the list",
  { skip: !existsSync(conformance) && `${conformance} is not there` },
  async (t) => {
    const cases = CONFORMANCE_FILES.flatMap((file) => {
      const lines = readFileSync(path.join(conformance, file), "utf8")
        .split("\n")
        .filter((it) => it !== "");
      return lines.map((line) => {
        const it = JSON.parse(line);
        return {
          name: `conformance/${it.id}`,
          question: it,
          decision: it.expected.decision,
          isAllowed: it.expected.allowed,
        };
      });
    });
    await compare(t, "conformance/", cases);
  },
);

async function compare(t, prefix, cases) {
  const failures = [];
  const listed = [];
  const names = new Set();
  for (const { name, question, decision, isAllowed } of cases) {
    names.add(name);
    const theirs = await ask(question);
    // Some cases know only whether the request is allowed.
    const isAgreed = decision === undefined ? isAllowed === (theirs === "allowed") : decision === theirs;
    const entry = entryOf(name);
    const wanted = entry?.cases[name];
    if (isAgreed && entry) {
      failures.push(`${name}: both agree by now; take it off the list (${entry.id})`);
    } else if (!isAgreed && !entry) {
      failures.push(
        `${name}: we say ${decision}, and it is not on the list. Where AWS's pages bear us out, add "${name}": "${theirs}"`,
      );
    } else if (!isAgreed && wanted !== theirs) {
      failures.push(`${name}: the peer says ${theirs}, on the list it says ${wanted} (${entry.id})`);
    } else if (!isAgreed) {
      listed.push(entry.id);
    }
  }
  const stale = entries
    .flatMap((it) => Object.keys(it.cases ?? {}))
    .filter((it) => it.startsWith(prefix) && !names.has(it));
  failures.push(...stale.map((it) => `${it}: on the list, and there is no such case`));
  const nDifferent = listed.length;
  t.diagnostic(
    `${cases.length} cases compared: ${cases.length - nDifferent - failures.length} agree, ${nDifferent} differ as listed`,
  );
  byCount(listed).forEach((it) => t.diagnostic(it));
  assert.deepEqual(failures, []);
}
