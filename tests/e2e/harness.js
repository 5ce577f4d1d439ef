// Browser journeys: one server and one browser per test file, a fresh context and page per journey.
//
//     import { journey } from "./harness.js";
//
//     journey("the page loads", async ({ page, open, axe }) => {
//       await open("#/");
//       await page.getByRole("heading", { level: 1, name: "Rolewalk" }).waitFor();
//       assert.equal(await axe(), "");
//     });
//
// Wait with locators (`waitFor`, `click`, …), never for a length of time. A journey fails by itself
// when the page logs an error, throws, asks for anything outside its own folder, or does what its content security
// policy refuses.

import { after, before, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { launch } from "./browser.js";
import { builtSite, serve } from "./server.js";

/** How long a locator may take; a page that needs longer on two busy cores is broken. */
const PATIENCE = 15_000;
/** How long a journey may take, so that one that hangs fails and does not hold up the others for good. */
const MOST = 240_000;

let server;
let browser;

before(async () => {
  server = await serve(builtSite());
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/**
 * Declares a test. `options` are those of Playwright's `newContext` (viewport, colorScheme, …).
 *
 * `walk` gets `page`, `context`, `address` (of the site, ends in a slash), `open(path)`, `axe(page, part)`, `requests`
 * (every URL asked for so far), `expectError(pattern)` for an error that the journey provokes on purpose, and
 * `allow(address)` for a second site that the journey is about.
 */
export function journey(name, options, walk) {
  if (typeof options === "function") return journey(name, {}, options);
  test(name, { timeout: MOST }, async () => {
    // What is fetched for offline use is no request of the page; the journeys about it want the worker.
    const usual = { viewport: { width: 1280, height: 800 }, serviceWorkers: "block" };
    const context = await browser.newContext({ ...usual, ...options });
    context.setDefaultTimeout(PATIENCE);
    try {
      const watch = await watched(context, server.address);
      const page = await context.newPage();
      const tools = {
        page,
        context,
        address: server.address,
        open: (path = "") => page.goto(server.address + path),
        axe: (subject = page, part) => axe(subject, part),
        requests: watch.requests,
        expectError: watch.expectError,
        allow: watch.allow,
      };
      await walk(tools).catch((error) => {
        // A locator that waits in vain is often only the echo of what the page did before.
        const problems = watch.problems();
        if (!problems) throw error;
        throw new Error(`${error.message}\nMeanwhile the page\n${problems}`, { cause: error });
      });
      // An answer from the page comes after all that it has reported before.
      await page.evaluate(() => {}).catch(() => {});
      const problems = watch.problems();
      if (problems) throw new Error(`The journey ended well, but the page\n${problems}`);
    } finally {
      await context.close();
    }
  });
}

/**
 * Serious and critical findings of axe, one paragraph each; the empty string if there are none. `part` (a selector) keeps
 * it to what is in there.
 */
export async function axe(page, part) {
  await page.evaluate(settled);
  const builder = new AxeBuilder({ page });
  if (part) builder.include(part);
  const { violations } = await builder.analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, impact, help, nodes }) => {
      const places = nodes.map(({ target, failureSummary }) => {
        const why = (failureSummary ?? "").replaceAll("\n", "\n      ");
        return `    ${target.join(" ")}\n      ${why}`;
      });
      return `${id} (${impact}): ${help}\n${places.join("\n")}`;
    })
    .join("\n");
}

/** Ends with the last transition: a colour on its way from dark to light has the contrast of neither. */
async function settled() {
  const roots = [document, ...[...document.querySelectorAll("*")].flatMap((it) => it.shadowRoot ?? [])];
  const running = roots
    .flatMap((it) => it.getAnimations())
    .filter((it) => Number.isFinite(it.effect?.getComputedTiming().endTime));
  await Promise.allSettled(running.map((it) => it.finished));
}

/** Told in the console, which the journeys watch: Chromium says of some violations nothing there by itself. */
function tellViolations() {
  addEventListener("securitypolicyviolation", (event) => {
    const { violatedDirective, blockedURI, sourceFile, lineNumber, sample } = event;
    console.error(`policy violation: ${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber} ${sample}`);
  });
}

/** Notes what every page of a context does that it should not. */
async function watched(context, address) {
  await context.addInitScript(tellViolations);
  const requests = [];
  const problems = [];
  const expected = [];
  const sites = [address];
  const asked = (url) => {
    requests.push(url);
    const stays = sites.some((it) => url.startsWith(it)) || /^(data|blob|about):/.test(url);
    if (!stays) problems.push(`asked for ${url}, which is outside ${address}`);
  };
  context.on("request", (request) => asked(request.url()));
  context.on("page", (page) => page.on("websocket", (socket) => asked(socket.url())));
  context.on("response", (response) => {
    if (response.status() >= 400) problems.push(`got ${response.status()} for ${response.url()}`);
  });
  context.on("console", (message) => {
    if (message.type() === "error") problems.push(`logged an error: ${message.text()}`);
  });
  context.on("weberror", (event) => {
    const error = event.error();
    problems.push(`threw: ${error?.stack ?? error}`);
  });
  return {
    requests,
    allow: (site) => sites.push(site),
    expectError: (pattern) => expected.push(pattern),
    /** What is left of the problems without the expected ones, one a line; the empty string if nothing is. */
    problems: () =>
      problems
        .filter((problem) => !expected.some((pattern) => pattern.test(problem)))
        .map((problem) => `  - ${problem}`)
        .join("\n"),
  };
}
