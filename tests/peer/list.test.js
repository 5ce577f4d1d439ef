// The list of disagreements is complete in itself: each entry says who says what, why, and where AWS says it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { CONDITIONS, RESOURCES, WHOLE_CASES } from "./classes.js";
import { entries } from "./list.js";

const KINDS = ["rule", "choice", "form"];
const FIELDS = ["id", "kind", "peer", "rolewalk", "why", "source", "cases"];
const classes = Object.keys({ ...CONDITIONS, ...RESOURCES, ...WHOLE_CASES });

test("every entry says who says what, why, and where AWS says it", () => {
  for (const entry of entries) {
    for (const field of ["id", "peer", "rolewalk", "why"]) {
      assert.match(entry[field] ?? "", /\S/, `${entry.id}: ${field}`);
    }
    assert.ok(KINDS.includes(entry.kind), `${entry.id}: the kind is one of ${KINDS.join(", ")}`);
    assert.match(entry.source, /^https:\/\/docs\.aws\.amazon\.com\/\S+$/, entry.id);
    assert.deepEqual(
      Object.keys(entry).filter((it) => !FIELDS.includes(it)),
      [],
      entry.id,
    );
    assert.ok(
      Object.keys(entry.cases ?? {}).length > 0 || classes.includes(entry.id),
      `${entry.id} names no case and is no class`,
    );
  }
});

test("nothing is on the list twice", () => {
  const ids = entries.map((it) => it.id);
  const cases = entries.flatMap((it) => Object.keys(it.cases ?? {}));
  for (const names of [ids, cases]) {
    assert.deepEqual(
      names.filter((it, idx) => names.indexOf(it) !== idx),
      [],
    );
  }
});

test("every class has an entry", () => {
  assert.deepEqual(
    classes.filter((it) => !entries.some(({ id }) => id === it)),
    [],
  );
});
