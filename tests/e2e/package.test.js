// The npm package in a browser, by the example of its README: fetched beside a plain page, no bundler.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { launch } from "./browser.js";
import { serve } from "./server.js";

const PACKAGE = resolve(process.env.ROLEWALK_PACKAGE ?? join(import.meta.dirname, "../../target/package"));

test("the README's example for the browser runs", async () => {
  const readme = readFileSync(join(PACKAGE, "README.md"), "utf8");
  const [, example] = /```html\n([\s\S]*?)```/.exec(readme);
  const folder = mkdtempSync(join(tmpdir(), "rolewalk-package-"));
  let server;
  let browser;
  try {
    mkdirSync(join(folder, "node_modules"));
    cpSync(PACKAGE, join(folder, "node_modules/rolewalk"), { recursive: true });
    writeFileSync(join(folder, "index.html"), `<!doctype html><link rel="icon" href="data:,"><body></body>${example}`);
    server = await serve(folder);
    browser = await launch();
    const page = await browser.newPage();
    const problems = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    page.on("request", (request) => {
      if (!/^data:/.test(request.url()) && !request.url().startsWith(server.address)) problems.push(request.url());
    });
    await page.goto(server.address);
    await page.getByText("is authorized to perform: s3:GetObject").waitFor({ timeout: 15_000 });
    assert.deepEqual(problems, []);
  } finally {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true });
  }
});
