// What goes wrong around the page: files that do not arrive, a full disk, a panic. Each with a sentence and a way on,
// and nothing of what somebody has made is lost.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { launch } from "./browser.js";
import { lessonPage, openLesson, saved } from "./course.js";
import { axe, journey } from "./harness.js";
import { openWorld } from "./playground.js";
import { builtSite, serve } from "./server.js";

const APP_JS = /rolewalk-web-[^_]*\.js$/;
const APP_WASM = /_bg\.wasm$/;
const prefix = (page) => page.getByRole("textbox", { name: "Prefix of the data" });
const isSaved = (page, text) => page.waitForFunction((text) => localStorage.getItem("rolewalk")?.includes(text), text);

/** The text of a file that a click has the browser save. */
async function download(page, click) {
  const [file] = await Promise.all([page.waitForEvent("download"), click()]);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
}

const NOT_FETCHED = "could not be fetched. Check the connection";
const GONE = "is not on its host";
const CUT_OFF = "arrived incomplete or changed";

const withoutEval = async (route) => {
  const answer = await route.fetch();
  const body = (await answer.text()).replace(" 'wasm-unsafe-eval'", "");
  await route.fulfill({ response: answer, body });
};
const half = async (route) => {
  const answer = await route.fetch();
  const body = await answer.body();
  await route.fulfill({ response: answer, body: body.subarray(0, body.length / 2), headers: { "content-type": answer.headers()["content-type"] } });
};
const gone = (route) => route.fulfill({ status: 404, contentType: "text/html", body: "not found" });

const FAILURES = [
  { what: "the wasm is not there", file: APP_WASM, answer: gone, says: GONE },
  { what: "the wasm cannot be fetched", file: APP_WASM, answer: (route) => route.abort(), says: NOT_FETCHED },
  { what: "the wasm is cut off", file: APP_WASM, answer: half, says: CUT_OFF },
  { what: "the wasm is another file", file: APP_WASM, answer: (route) => route.fulfill({ contentType: "text/html", body: "<p>Log in" }), says: CUT_OFF },
  { what: "the JavaScript is not there", file: APP_JS, answer: gone, says: GONE },
  { what: "the JavaScript cannot be fetched", file: APP_JS, answer: (route) => route.abort(), says: NOT_FETCHED },
  { what: "the JavaScript is cut off", file: APP_JS, answer: half, says: CUT_OFF },
  { what: "the policy refuses wasm", file: /\/folder\/$/, answer: withoutEval, says: "allow 'wasm-unsafe-eval'" },
];

for (const { what, file, answer, says } of FAILURES) {
  journey(`where ${what}, the page says so, hands the draft out, and starts when it can`, async (tools) => {
    const { page, axe, expectError } = tools;
    expectError(/404|ERR_|Failed to|SyntaxError|CompileError|policy violation|Content Security Policy|MIME type|Unexpected|preload/);
    await openWorld(tools, "working-studio");
    await prefix(page).fill("kept/");
    await isSaved(page, "kept/");
    await page.route(file, answer);
    await page.goto("about:blank");
    await page.goto(tools.address);
    const told = page.getByRole("alert");
    await told.getByRole("heading", { name: "Rolewalk could not start" }).waitFor();
    await told.getByText(says).waitFor();
    await told.getByText("The draft that is saved in this browser stays as it is.").waitFor();
    assert.equal(await axe(), "");
    const { name, text } = await download(page, () => told.getByRole("button", { name: "Save the draft as a file" }).click());
    assert.equal(name, "rolewalk-draft.json");
    assert.equal(JSON.parse(text).choice.data.prefix, "kept/");
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await told.getByRole("button", { name: "Load it anew" }).click();
    await prefix(page).waitFor();
    assert.equal(await prefix(page).inputValue(), "kept/");
  });
}

journey("a browser without WebAssembly is told so", async (tools) => {
  const { page, open } = tools;
  await page.addInitScript(() => delete window.WebAssembly);
  await open();
  await page.getByRole("alert").getByText("This browser does not run WebAssembly").waitFor();
});

journey("the first text waits for its own styles only, and the app for all of them", async ({ page, address }) => {
  let arrive;
  const late = new Promise((then) => (arrive = then));
  const html = readFileSync(join(builtSite(), "index.html"), "utf8");
  const [rest, ...others] = [...html.matchAll(/rel="stylesheet" href="\.\/([^"]+)"/g)].map(([, name]) => name);
  assert.deepEqual(others, []);
  await page.route(`**/${rest}`, async (route) => {
    await late;
    await route.continue();
  });
  await page.goto(address, { waitUntil: "commit" });
  await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length === 1);
  assert.equal(await page.locator(".boot-lede").evaluate((it) => getComputedStyle(it).fontSize), "24px");
  await page.evaluate(() => {
    const page = document.querySelector("#rolewalk");
    new MutationObserver((_, observer) => {
      if (page.querySelector(".boot")) return;
      observer.disconnect();
      window.nSheets = [...document.querySelectorAll("link[rel='stylesheet']")].filter((it) => it.sheet).length;
    }).observe(page, { childList: true });
  });
  // All that the app is made of is here.
  await page.waitForFunction(() => performance.getEntriesByType("resource").some((it) => it.name.includes("_bg.wasm") && it.responseEnd > 0));
  arrive();
  await page.locator(".verdict-words").first().waitFor();
  assert.equal(await page.evaluate(() => window.nSheets), 1);
  assert.ok(!(await page.evaluate(() => performance.getEntriesByType("resource").some((it) => it.name.includes("/styles-first-")))));
});

journey("a host whose own policy refuses the first styles in the page has them in a file", async (tools) => {
  const { page, address, expectError } = tools;
  expectError(/Content Security Policy|policy violation/);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.goto(address);
  await page.locator(".verdict-words").first().waitFor();
  const usual = await background();
  await page.route(address, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, headers: { ...answer.headers(), "content-security-policy": "style-src 'self'" } });
  });
  await page.reload();
  await page.locator(".verdict-words").first().waitFor();
  assert.equal(await page.evaluate(() => document.querySelector("style").sheet), null);
  assert.equal(await background(), usual);
  const sheets = await page.evaluate(() => [...document.styleSheets].map((it) => it.href?.split("/").at(-1)));
  assert.match(sheets[0], /^styles-first-/);
});

journey("styles that cannot be fetched are no reason not to start", async ({ page, address, expectError }) => {
  expectError(/404/);
  await page.route(/styles-[^/]*\.css$/, gone);
  await page.goto(address);
  await page.locator(".verdict-words").first().waitFor();
});

journey("a host that does not know wasm's type is no reason not to start", async (tools) => {
  const { page, expectError } = tools;
  expectError(/Incorrect response MIME type/);
  await page.route(/\.wasm$/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, headers: { "content-type": "application/octet-stream" } });
  });
  const parts = await openWorld(tools, "working-studio");
  await parts.says("Every door is open");
  // What arrives later is on its way still.
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

/** Another version of a site, in which every file of the app has another name, as a build names them. */
function deploy(folder) {
  const [, before] = /rolewalk-web-([0-9a-f]+)_bg/.exec(readdirSync(folder).join(" "));
  const after = [...before].reverse().join("");
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    // The wasm names its JavaScript.
    if (/\.(html|js|wasm)$/.test(name)) writeFileSync(path, readFileSync(path, "latin1").replaceAll(before, after), "latin1");
    if (name.includes(before)) renameSync(path, join(folder, name.replace(before, after)));
  }
}

test("a page whose parts are gone from the host after a deploy says so, and goes on in the new version", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rolewalk-deploy-"));
  cpSync(builtSite(), folder, { recursive: true });
  const server = await serve(folder, { dev: true });
  const browser = await launch();
  try {
    const context = await browser.newContext({ serviceWorkers: "block" });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    await page.goto(`${server.address}#/world/working-studio`);
    await prefix(page).fill("kept/");
    await isSaved(page, "kept/");
    const old = await (await fetch(server.address)).text();
    deploy(folder);
    await page.getByRole("button", { name: "Export" }).click();
    const told = page.getByRole("dialog", { name: "Export" }).getByRole("alert");
    await told.getByText("If there is a newer version of Rolewalk, it comes with a reload").waitFor();
    assert.equal(await axe(page), "");
    await told.getByRole("button", { name: "Reload the page" }).click();
    await prefix(page).waitFor();
    assert.equal(await prefix(page).inputValue(), "kept/");
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("region", { name: "Text to export" }).waitFor();

    // The same where the page itself is still the old one, out of some cache.
    await page.route(server.address, (route) => route.fulfill({ contentType: "text/html", body: old }), { times: 1 });
    await page.goto("about:blank");
    await page.goto(server.address);
    await page.getByRole("alert").getByText("there is a newer version: load it anew").waitFor();
    await page.getByRole("button", { name: "Load it anew" }).click();
    await prefix(page).waitFor();
    assert.equal(await prefix(page).inputValue(), "kept/");
  } finally {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true });
  }
});

test("a worker of the version before does not keep the new one from opening, nor the old one without a network", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rolewalk-worker-"));
  cpSync(builtSite(), folder, { recursive: true });
  const server = await serve(folder, { dev: true });
  const browser = await launch();
  try {
    const context = await browser.newContext();
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    await page.goto(`${server.address}#/world/working-studio`);
    await prefix(page).fill("kept/");
    await isSaved(page, "kept/");
    await page.waitForFunction(() => document.documentElement.dataset.offline === "ready");
    // The host has the new page and its files; the worker, which the host still has of before, knows none of them.
    deploy(folder);
    await page.reload();
    await prefix(page).waitFor();
    assert.equal(await prefix(page).inputValue(), "kept/");
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("region", { name: "Text to export" }).waitFor();
    await context.setOffline(true);
    await page.goto("about:blank");
    await page.goto(server.address);
    await prefix(page).waitFor();
    assert.equal(await prefix(page).inputValue(), "kept/");
  } finally {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true });
  }
});

/** Makes local storage refuse everything while `window.isFull`. */
function fillable() {
  const set = Storage.prototype.setItem;
  Storage.prototype.setItem = function (key, text) {
    if (this === localStorage && window.isFull) throw new DOMException("no room", "QuotaExceededError");
    return set.call(this, key, text);
  };
}

const READ = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-churn-data/*" }],
});

journey("where there is no room left, a lesson says so, works, and is saved once there is room", async (tools) => {
  const { page } = tools;
  await page.addInitScript(fillable);
  const parts = await openLesson(tools, "default-deny");
  await page.evaluate(() => (window.isFull = true));
  await parts.paste(READ);
  await parts.solved.waitFor();
  await page.getByText("does not let the page keep drafts").waitFor();
  assert.equal(await tools.axe(), "");
  await page.evaluate(() => (window.isFull = false));
  await parts.paste(`${READ}\n`);
  await page.getByText("does not let the page keep drafts").waitFor({ state: "detached" });
  const { learned } = await saved(page);
  assert.ok(JSON.parse(learned.progress).courses["who-said-no"].lessons["default-deny"].solved);
});

const stopped = (page) => page.getByRole("alertdialog", { name: "Rolewalk has stopped" });

journey("a panic in a lesson hands out what was written there; the lesson and the draft come back", async (tools) => {
  const { page, open, expectError } = tools;
  expectError(/panic|RuntimeError|unreachable/);
  await openWorld(tools, "working-studio");
  await prefix(page).fill("kept/");
  await isSaved(page, "kept/");
  await page.goto("about:blank");
  await open("#/panic-drill");
  await page.getByRole("heading", { level: 1, name: "Rolewalk", exact: true }).waitFor();
  await page.evaluate(() => (location.hash = "#/learn/default-deny"));
  const parts = lessonPage(page);
  await parts.panel.waitFor();
  await parts.isRich();
  await parts.paste(READ);
  await stopped(page).getByText("This lesson comes back as it was a moment ago").waitFor();
  assert.equal(await stopped(page).getByRole("textbox", { name: "Your text" }).inputValue(), READ);
  assert.equal(await tools.axe(), "");
  const { name, text } = await download(page, () => stopped(page).getByRole("button", { name: "Save the draft as a file" }).click());
  assert.equal(name, "rolewalk-draft.json");
  assert.ok(JSON.parse(text).world, "the file is a scenario");
  await stopped(page).getByRole("button", { name: "Reload" }).click();
  await parts.panel.waitFor();
  await page.goto("about:blank");
  await open();
  await prefix(page).waitFor();
  assert.equal(await prefix(page).inputValue(), "kept/");
});

journey("a panic while the page opens hands out the draft, and the page starts again", async (tools) => {
  const { page, open, expectError } = tools;
  expectError(/panic|RuntimeError|unreachable/);
  await openWorld(tools, "working-studio");
  await prefix(page).fill("kept/");
  await isSaved(page, "kept/");
  await page.goto("about:blank");
  await open("#/panic-drill/start");
  await stopped(page).getByText("this is the panic drill").waitFor();
  const { text } = await download(page, () => stopped(page).getByRole("button", { name: "Save the draft as a file" }).click());
  assert.equal(JSON.parse(text).choice.data.prefix, "kept/");
  // A draft that the page breaks on is set aside, so that the next start goes well.
  await page.goto("about:blank");
  await open();
  await page.getByText("The saved draft could not be opened").waitFor();
  assert.match(await page.evaluate(() => localStorage.getItem("rolewalk.kept")), /kept\//);
});

journey("a panic overwrites nothing that another tab has saved", async (tools) => {
  const { page, context, address, expectError } = tools;
  expectError(/panic|RuntimeError|unreachable/);
  await openWorld(tools, "working-studio");
  await prefix(page).fill("one/");
  await isSaved(page, "one/");
  const other = await context.newPage();
  await other.goto(`${address}#/panic-drill`);
  await prefix(other).waitFor();
  await prefix(page).fill("two/");
  await other.getByText("Another tab has saved another draft").waitFor();
  await prefix(other).fill("three/");
  await stopped(other).getByText("Your draft is kept beside that of another tab").waitFor();
  assert.equal((await saved(page)).draft.scenario.choice.data.prefix, "two/");
  await page.close();
  await stopped(other).getByRole("button", { name: "Reload" }).click();
  await other.goto("about:blank");
  await other.goto(address);
  await other.getByText("A draft that made room for the one here is kept").waitFor();
  assert.match(await other.evaluate(() => localStorage.getItem("rolewalk.aside")), /three\//);
});

journey("a trap that is no panic stops the page with a sentence, too", async (tools) => {
  const { page, expectError } = tools;
  expectError(/RuntimeError|unreachable/);
  await openWorld(tools, "working-studio");
  await page.evaluate(() => {
    // (module (func (export "f") unreachable))
    const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
    const instance = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes)));
    setTimeout(instance.exports.f);
  });
  await page.getByRole("alert").getByText("Rolewalk broke").waitFor();
  await page.getByRole("button", { name: "Load it anew" }).click();
  // Not «Rolewalk has stopped», which stands there until the page is loaded.
  await page.getByRole("heading", { level: 1, name: "Rolewalk", exact: true }).waitFor();
});
