// After the first visit the site works without a network; a new version is told, and chosen by whoever works here.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { launch } from "./browser.js";
import { journey } from "./harness.js";
import { openWorld, playground } from "./playground.js";
import { builtSite, fileOf, serve } from "./server.js";

const withWorker = { serviceWorkers: "allow" };

/** Waits until everything is kept. */
const isKept = (page) => page.waitForFunction(() => document.documentElement.dataset.offline === "ready");

journey("without a network: reload, edit, look something up", withWorker, async (tools) => {
  const { page, context, expectError } = tools;
  await openWorld(tools, "working-studio");
  await isKept(page);
  await page.getByText("Works offline.").waitFor();

  await context.setOffline(true);
  await page.reload();
  const { says, open, paste, isRich } = playground(page);
  await says("Every door is open");
  // What arrives later is there, too: the editor, the forms, the library, the glossary, AWS's lists.
  await page.locator("#policy-text").focus();
  await isRich();
  await open("Users", "alice");
  await page.getByRole("textbox", { name: "Name" }).waitFor();
  await page.getByRole("button", { name: "Library" }).click();
  await page.getByRole("dialog", { name: "Library" }).getByText("iam:PassRole").first().waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "assumes", exact: true }).click();
  await page.getByRole("heading", { level: 3, name: "AssumeRole" }).waitFor();
  await page.keyboard.press("Escape");
  await open("Roles", "ChurnExecutionRole", "Trust policy");
  const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  await paste(JSON.stringify({ Version: "2012-10-17", Statement: [trust] }));
  await says("lambda.amazonaws.com");
  // A lesson, from its first sight to what it says of an answer.
  await page.goto(`${tools.address}#/learn/default-deny`);
  await page.getByRole("heading", { level: 1, name: "Nobody may do anything yet" }).waitFor();
  await page.locator("#policy-text").focus();
  await isRich();
  await paste('{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}');
  await page.getByText("look here first").first().waitFor();
  await page.goto(`${tools.address}#/present/execution-role`);
  await page.getByText("Open or shut?").waitFor();
  // A licence is a file of its own, and not the page.
  await page.goto(new URL("LICENSE", tools.address).href);
  await page.getByText("MIT License").waitFor();
  expectError(/ERR_INTERNET_DISCONNECTED/);
});

const hashOf = (content) => createHash("sha256").update(content).digest("hex").slice(0, 16);

/** A copy of the built site that can become another version. */
function copiedSite() {
  const folder = mkdtempSync(join(tmpdir(), "rolewalk-site-"));
  cpSync(builtSite(), folder, { recursive: true });
  const read = (name) => readFileSync(join(folder, name), "utf8");
  const write = (name, text) => writeFileSync(join(folder, name), text);
  return {
    folder,
    read,
    write,
    /** Makes another version of it, as a build would with another text of a file. */
    change(name, text) {
      write(name, text);
      const [first, ...rest] = read("worker.js").split("\n");
      const site = JSON.parse(first.slice("const SITE = ".length, -1));
      const version = hashOf(site.version + text);
      const html = read("index.html").replace(site.version, version);
      write("index.html", html);
      const changed = new Map([[name, hashOf(text)], ["index.html", hashOf(html)]]);
      const files = site.files.map(([path, hash]) => [path, changed.get(path) ?? hash]);
      write("worker.js", [`const SITE = ${JSON.stringify({ version, files })};`, ...rest].join("\n"));
      return version;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** A test with a site of its own, in a browser of its own. */
function ownSite(name, walk) {
  test(name, async () => {
    const site = copiedSite();
    const server = await serve(site.folder, { dev: true });
    const browser = await launch();
    try {
      const context = await browser.newContext();
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      const thrown = [];
      page.on("pageerror", (error) => thrown.push(error));
      await page.goto(server.address);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await walk({ site, page, context });
      assert.deepEqual(thrown, []);
    } finally {
      await browser.close();
      await server.close();
      site.remove();
    }
  });
}

const caches = (page) => page.evaluate(async () => (await window.caches.keys()).map((it) => it.split(" ")[1]));
const line = (page) => page.getByRole("status").filter({ hasText: "new version of Rolewalk" });

ownSite("a new version is told while the page is open, taken on a click, and the old one is thrown away", async ({ site, page, context }) => {
  await isKept(page);
  const [before] = await caches(page);
  const version = site.change("LICENSE", "Another text");
  // As the browser does by itself when somebody comes back.
  await page.evaluate(() => navigator.serviceWorker.getRegistration().then((it) => it.update()));
  await line(page).waitFor();
  assert.ok((await caches(page)).includes(before), "nobody has chosen yet");
  await Promise.all([page.waitForEvent("load"), line(page).getByRole("button", { name: "Reload" }).click()]);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await isKept(page);
  assert.deepEqual(await caches(page), [version]);
  assert.equal(await line(page).count(), 0);
  await context.setOffline(true);
  await page.reload();
  await page.getByRole("heading", { level: 1 }).waitFor();
});

ownSite("a page that is the new version already has it kept without a word", async ({ site, page }) => {
  await isKept(page);
  const version = site.change("LICENSE", "Another text");
  await page.reload();
  await page.waitForFunction(async (version) => (await window.caches.keys()).join() === `rolewalk ${version}`, version);
  assert.equal(await line(page).count(), 0);
});

ownSite("a version of which a file is not what it should be is not kept, and the one before stays", async ({ site, page, context }) => {
  await isKept(page);
  const [before] = await caches(page);
  site.change("LICENSE", "Another text");
  site.write("LICENSE", "Half of a te");
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const found = new Promise((then) => registration.addEventListener("updatefound", () => then(registration.installing)));
    await registration.update();
    const worker = await found;
    await new Promise((then) => {
      const look = () => worker.state === "redundant" && then();
      worker.addEventListener("statechange", look);
      look();
    });
  });
  await context.setOffline(true);
  await page.reload();
  await page.getByRole("heading", { level: 1 }).waitFor();
  assert.ok((await caches(page)).includes(before));
});

ownSite("a host that answers with errors is helped out by what is kept", async ({ site, page }) => {
  await isKept(page);
  rmSync(join(site.folder, fileOf(site.folder, "glossary.json")));
  rmSync(join(site.folder, "index.html"));
  await page.reload();
  await page.getByRole("link", { name: "assumes", exact: true }).click();
  await page.getByRole("heading", { level: 3, name: "AssumeRole" }).waitFor();
});
