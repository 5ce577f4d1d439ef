// Bundles the editor into target/editor.js, from where the page's build copies it. Trunk runs this before each build.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { bundled } from "../bundle.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(here, "../../target/editor.js");

const text = await bundled(resolve(here, "src/main.ts"));
// A file that is written anew has changed for whoever looks.
const before = (() => {
  try {
    return readFileSync(target, "utf8");
  } catch {
    return undefined;
  }
})();
if (before !== text) {
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}
