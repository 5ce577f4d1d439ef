// Bundles the widget into a built site: `rolewalk-playground.js`, which keeps its name since pages of others ask for it,
// and the file that it fetches, named by its content. Trunk runs this after each build (TRUNK_STAGING_DIR), and
// `cargo xtask build` once more with the site's folder, since it gives other files their names.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { bundled, esbuild } from "../bundle.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const source = (name) => resolve(here, "src", name);
const site = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
if (!site) {
  console.error("name the folder of the built site");
  process.exit(1);
}

/** The page's sheets that say something of what a widget shows, in the page's order. */
const SHEETS = [
  "tokens",
  "base",
  "controls",
  "layout",
  "scenario_bar",
  "tree",
  "model",
  "picture",
  "doors",
  "editor",
  "forms",
  "dialog",
  "managed",
  "glossary",
  "lesson",
  "embed",
  "forced",
];

const index = readFileSync(join(site, "index.html"), "utf8");
const [, app] = index.match(/(rolewalk-web-[0-9a-f]+)\.js/) ?? fail("index.html names no app");
const [, files] = index.match(/name="rolewalk-files" content="([^"]+)"/) ?? fail("index.html lists no files");
const library = files.split(" ").find((it) => /^library[.-]/.test(it)) ?? fail("index.html lists no library");

for (const old of readdirSync(site)) if (/^rolewalk-near-[0-9a-f]+\.js$/.test(old)) rmSync(join(site, old));
const near = await bundled(source("near.ts"), { APP: `${app}.js`, AGAIN: again(), WASM: `${app}_bg.wasm`, FILES: files, LIBRARY: library, STYLES: await styles() });
const nearName = `rolewalk-near-${createHash("sha256").update(near).digest("hex").slice(0, 16)}.js`;
writeFileSync(join(site, nearName), near);
writeFileSync(join(site, "rolewalk-playground.js"), await bundled(source("element.ts"), { NEAR: nearName }));

/**
 * The app's JavaScript for an engine after the first: where the app is in parts, it and what fetches them know each other by
 * their addresses, and a second engine must not meet the parts of the first. What follows `?` in the address is told on.
 */
function again() {
  const [links, plain] = [`${app}_parts.js`, `${app}.js`];
  if (!existsSync(join(site, links))) return plain;
  const names = { app: `${app}_again.js`, links: `${app}_again_parts.js` };
  const told = (name) => `import("./${name}"+new URL(import.meta.url).search)`;
  // The app waits for what fetches its parts; that waits for the app only when it is asked for one.
  const first = replaced(plain, /import\s*\*\s*as ([\w$]+) from\s*"\.\/[^"]*_parts\.js"/g, "const $1=rolewalkParts");
  writeFileSync(join(site, names.app), `const rolewalkParts=await ${told(names.links)};${first}`);
  const second = replaced(links, /import\s*\{\s*initSync(?: as ([\w$]+))?\s*\}\s*from\s*"\.\/[^"]*"/g, (_, name = "initSync") => `let ${name};${told(names.app)}.then((it)=>{${name}=it.initSync})`);
  writeFileSync(join(site, names.links), second);
  return names.app;
}

/** A file of the site with something in it replaced; that it is there is what `again` rests on. */
function replaced(name, pattern, by) {
  const text = readFileSync(join(site, name), "utf8");
  const changed = text.replaceAll(pattern, by);
  if (changed === text || /^import[^(]|[;\n]import[^(]/.test(changed)) fail(`${name} does not import in the one way that is known here`);
  return changed;
}

/** The page's styles for a shadow root: what they ask of the window is asked of the widget, and sizes of text follow the host's. */
async function styles() {
  const all = SHEETS.map((it) => {
    const sheet = readFileSync(resolve(here, `../styles/${it}.css`), "utf8");
    // In a picture a text is as large as the picture has room for.
    return it === "picture" ? sheet : scaled(sheet);
  });
  const inside = all
    .join("\n")
    .replaceAll(/:root\[data-offline[^{]*\{[^}]*\}/g, "")
    .replaceAll(":root", ".rolewalk")
    .replaceAll(/^html \{/gm, ".rolewalk {")
    .replaceAll(/^body \{/gm, ".rolewalk {")
    .replaceAll(/@media (\((?:min|max)-width: [^)]*\)(?: and \((?:min|max)-width: [^)]*\))*)/g, "@container rolewalk $1");
  // Nothing that a host's rule for everything says gets in: what is inherited begins anew.
  const start = ".rolewalk { all: initial; display: block; direction: ltr; }\n";
  const { code } = await esbuild.transform(start + inside, { loader: "css", minify: true, target: "es2022" });
  return code.trim();
}

/** Sizes of text that follow the host's, and how high the lines of a policy are. */
function scaled(sheet) {
  return sheet.replaceAll(/(--text-(?:xs|sm|md|lg|mono)|--line-mono|font-size): ([\d.]+px);/g, "$1: calc($2 * var(--scale, 1));");
}

function fail(reason) {
  console.error(reason);
  process.exit(1);
}
