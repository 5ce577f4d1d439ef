// What Find says of a text: how many, which of them is selected, that there is none, that it cannot look.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

// Both from one bundle: a state asks of a query that it is of its own module.
const resolveDir = fileURLToPath(new URL("../src", import.meta.url));
const contents = `
  export { inWords } from "./found.ts";
  export { SearchQuery } from "@codemirror/search";
  export { EditorState } from "@codemirror/state";
`;
const { outputFiles } = await build({ stdin: { contents, resolveDir }, bundle: true, format: "esm", write: false });
const { inWords, SearchQuery, EditorState } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`
);

const TEXT = "Allow s3, allow kms,\ndeny all";
const said = (query, [anchor, head] = [0, 0], doc = TEXT) =>
  inWords(EditorState.create({ doc, selection: { anchor, head } }), new SearchQuery(query));

for (const [what, expected, ...asked] of [
  ["nothing is looked for", "", { search: "" }],
  ["none is selected", "3 found", { search: "all" }],
  ["the second is selected", "2 of 3", { search: "all" }, [10, 13]],
  ["it is selected backwards", "2 of 3", { search: "all" }, [13, 10]],
  ["more than the match is selected", "3 found", { search: "all" }, [10, 15]],
  ["there is none", "nothing found", { search: "s3:" }],
  ["upper and lower case count", "1 found", { search: "Allow", caseSensitive: true }],
  ["whole words count", "1 found", { search: "all", wholeWord: true }],
  ["an expression is looked for", "2 found", { search: "allow \\w+", regexp: true }],
  ["an expression is half typed", "not a regular expression", { search: "(allow", regexp: true }],
  ["there are as many as are counted", "1000 found", { search: "a" }, [0, 0], "a".repeat(1000)],
  ["there are more than are counted", "more than 1000", { search: "a" }, [0, 0], "a".repeat(1001)],
]) {
  test(`${what}: “${expected}”`, () => assert.equal(said(...asked), expected));
}
