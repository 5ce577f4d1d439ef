// An accepted completion is written where what it is about stands by then, and the caret goes where it was meant to.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const entry = fileURLToPath(new URL("../src/accept.ts", import.meta.url));
const { outputFiles } = await build({ entryPoints: [entry], format: "esm", write: false });
const { accepted } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);

/** The text with an item accepted, the caret as `|`. */
function written(text, item, offer, from, to) {
  const { changes, selection } = accepted(item, offer, from, to);
  let result = text;
  for (const { from, to, insert } of changes.toReversed()) result = result.slice(0, from) + insert + result.slice(to);
  return `${result.slice(0, selection.anchor)}|${result.slice(selection.anchor)}`;
}

const item = (insert, caret, end) => ["key", "", "", "", insert, caret, end, false];

test("what was offered is written where it was offered", () => {
  assert.equal(written('{"A"}', item('"Ab": ""', 7, 4), [1, 4, null, []], 1, 4), '{"Ab": "|"}');
});

test("what is typed on after the offer is replaced, too", () => {
  assert.equal(written('{"Ac"}', item('"Acd"', 5, 4), [1, 4, null, []], 1, 5), '{"Acd"|}');
});

test("an offer moves with the text around it, with the comma that it needs", () => {
  const offer = [6, 9, [4, 4, ","], []];
  assert.equal(written('{"a" ."x"}', item('"xy"', 4, 9), offer, 6, 9), '{"a", ."xy"|}');
  assert.equal(written('\n\n{"a" ."x"}', item('"xy"', 4, 9), offer, 8, 11), '\n\n{"a", ."xy"|}');
});

test("brackets behind the offer that are written again are replaced once", () => {
  assert.equal(written('{ "a"}\n', item("b }", 1, 6), [5, 5, null, []], 5, 5), '{ "a"b| }\n');
  assert.equal(written('.{ "a"}\n', item("b }", 1, 6), [5, 5, null, []], 6, 6), '.{ "a"b| }\n');
});
