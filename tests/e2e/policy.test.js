// The content security policy: nothing from elsewhere, nothing inline but the first styles, by their hash. Every journey fails on what it refuses (see
// harness.js); here is what it says, and that it is in force.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";
import { builtSite } from "./server.js";

const policy = (styles) => [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  `style-src 'self' 'sha256-${createHash("sha256").update(styles).digest("base64")}'`,
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

test("the page has the strict policy in front of all that it rules, and nothing inline but the first styles", () => {
  const html = readFileSync(join(builtSite(), "index.html"), "utf8");
  const [before, after] = html.split(/<meta\s+http-equiv="Content-Security-Policy"\s+content="/);
  const [, styles] = after.match(/<style data-file="\.\/styles-first-[0-9a-f]+\.css">([^]*?)<\/style>/);
  assert.equal(after.slice(0, after.indexOf('"')), policy(styles));
  assert.doesNotMatch(before, /<(script|link|style)/);
  const rest = html.replace(`>${styles}<`, "><");
  assert.doesNotMatch(rest, /<script(?![^>]*\ssrc=)|<style(?! data-file="[^"]*"><)|\sstyle=|\son\w+=/);
  assert.doesNotMatch(html, /(src|href)="(https?:)?\/\//);
});

journey("what the policy refuses fails a journey", async (tools) => {
  const { page, expectError } = tools;
  await openWorld(tools, "working-studio");
  const refused = [];
  page.on("console", (message) => /policy violation/.test(message.text()) && refused.push(message.text()));
  expectError(/policy violation|Content Security Policy|127.0.0.1:9\//);
  await page.evaluate(() => {
    document.body.setAttribute("style", "color: red");
    const script = document.createElement("script");
    script.textContent = "window.inline = true";
    document.body.append(script);
    const image = new Image();
    image.src = "http://127.0.0.1:9/a.png";
    return fetch("http://127.0.0.1:9/").catch(() => {});
  });
  assert.equal(await page.evaluate(() => window.inline), undefined);
  for (const directive of ["style-src-attr", "script-src-elem", "img-src", "connect-src"]) {
    assert.ok(refused.some((it) => it.includes(directive)), `${directive}: ${refused.join("\n")}`);
  }
});
