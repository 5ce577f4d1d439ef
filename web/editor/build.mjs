// Bundles the editor into target/editor.js, from where the page's build copies it. Trunk runs this before each build.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(here, "../../target/editor.js");

const esbuild = await import("esbuild").catch(() => {
  console.error("esbuild is not installed: run `npm ci` in web/, or build with `cargo xtask build`");
  process.exit(1);
});
const { outputFiles } = await esbuild.build({
  entryPoints: [resolve(here, "src/main.ts")],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
  write: false,
});
const text = outputFiles[0].text;
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
