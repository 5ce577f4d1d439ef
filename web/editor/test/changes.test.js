// What changes between two texts: little enough that carets and folds elsewhere stay, and always the other text.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const entry = fileURLToPath(new URL("../src/changes.ts", import.meta.url));
const { outputFiles } = await build({ entryPoints: [entry], format: "esm", write: false });
const { changes } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);

/** The text with the changes made, which are in order and do not touch each other's places. */
function applied(text, made) {
  let at = 0;
  let done = "";
  for (const { from, to, insert } of made) {
    assert.ok(at <= from && from <= to && to <= text.length, JSON.stringify(made));
    done += text.slice(at, from) + insert;
    at = to;
  }
  return done + text.slice(at);
}

const CASES = [
  ["nothing", "{}", "{}", 0],
  ["a word in a line", 'a\n"lambda"\nb', 'a\n"sagemaker"\nb', 1],
  ["two lines far apart", "a1\nb\nc\nd1", "a2\nb\nc\nd2", 2],
  ["a line that goes", "a\nb\nc", "a\nc", 1],
  ["lines that come, with others changed", "{\n  a\n}", "{\n  x\n  a\n  y\n}", 2],
  ["everything", "abc", "xyz", 1],
  ["from nothing", "", "a\nb", 1],
  ["to nothing", "a\nb", "", 1],
  ["line ends alone", "a\r\nb\r\n", "a\nb\n", 2],
];

for (const [what, before, after, n] of CASES) {
  test(`${what}: ${n} changes`, () => {
    const made = changes(before, after);
    assert.equal(applied(before, made), after);
    assert.equal(made.length, n, JSON.stringify(made));
  });
}

test("a character of two units is never cut", () => {
  const made = changes("a😀b", "a😁b");
  assert.deepEqual(made, [{ from: 1, to: 3, insert: "😁" }]);
  assert.equal(applied("x😀😁", changes("x😀😁", "x😁")), "x😁");
});

test("any two texts", () => {
  // The same ones each time.
  let seed = 1;
  const random = (n) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % n;
  };
  const piece = () => ["a", "b", "\n", "\r\n", "😀", "  ", '"x"'][random(7)];
  const text = () => Array.from({ length: random(30) }, piece).join("");
  for (let n = 0; n < 3000; n += 1) {
    const [before, after] = [text(), text()];
    assert.equal(applied(before, changes(before, after)), after, JSON.stringify([before, after]));
  }
});

test("texts too different to compare line by line change as one", () => {
  const lines = (word) => Array.from({ length: 900 }, (_, n) => `${word}${n}`).join("\n");
  const [before, after] = [`{\n${lines("a")}\n}`, `{\n${lines("b")}\n}`];
  const made = changes(before, after);
  assert.equal(made.length, 1);
  assert.equal(applied(before, made), after);
});
