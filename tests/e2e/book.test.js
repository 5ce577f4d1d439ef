// The documentation as a book: every link leads somewhere, every example is live and comes to what its page says, and a
// reader who only reads fetches nothing of it.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { journey } from "./harness.js";
import { example, hear, heavy, stopsAt } from "./embedded.js";
import { playground } from "./playground.js";

const docs = fileURLToPath(new URL("../../docs/", import.meta.url));
const tries = JSON.parse(readFileSync(`${docs}concepts/tries.json`, "utf8")).pages;
const pages = [...new Set(tries.map((it) => it.page))];
const address = (page) => `docs/concepts/${page.replace(".md", ".html")}`;

/** As the page calls the doors that these pages speak of. */
const DOORS = {
  apiCall: "API call",
  assumeRole: "Assume role",
  assumeJobRole: "Assume job role",
  passRole: "Pass role",
  openProfile: "Open profile",
  network: "Network",
  assumeExecutionRole: "Assume execution role",
  s3: "S3",
  ecr: "ECR",
  kms: "KMS",
};

journey("no link of the book leads nowhere, and nothing comes from elsewhere", async ({ page, open }) => {
  await open("docs/index.html");
  const { broken, nPages, nLinks } = await page.evaluate(async () => {
    const start = new URL("./", location.href).href;
    const site = new URL("../", start).href;
    const broken = [];
    const asked = new Map();
    const parsed = new Map();
    const answer = (url) => {
      if (!asked.has(url)) asked.set(url, fetch(url).then((it) => it.ok));
      return asked.get(url);
    };
    const read = (url) => {
      if (!parsed.has(url)) {
        const text = fetch(url).then((it) => (it.ok ? it.text() : undefined));
        parsed.set(url, text.then((it) => it && new DOMParser().parseFromString(it, "text/html")));
      }
      return parsed.get(url);
    };
    const queue = [location.href];
    const seen = new Set(queue);
    let nLinks = 0;
    const menu = await read(new URL("toc.html", start).href);
    const links = [...menu.querySelectorAll("a[href]")].map((it) => new URL(it.getAttribute("href"), start).href);
    for (const url of links) if (!seen.has(url)) seen.add(url) && queue.push(url);
    for (let url = queue.shift(); url; url = queue.shift()) {
      const page = await read(url);
      if (!page) {
        broken.push(`${url} is not there`);
        continue;
      }
      const said = (it) => ["href", "src"].map((name) => it.getAttribute(name)).find((value) => value !== null);
      for (const it of page.querySelectorAll("a[href], link[href], img[src], script[src], rolewalk-playground[src]")) {
        const target = said(it);
        // The name of a start world, the text of a share link.
        if (it.localName === "rolewalk-playground" && !target.endsWith(".json")) continue;
        // Shown for what an example says then.
        if (target === "not-there.rolewalk.json") continue;
        nLinks += 1;
        const to = new URL(target, url);
        const at = `${url.slice(site.length)}: ${target}`;
        if (!to.href.startsWith(site)) {
          const isWord = it.localName === "a" && /^https:$/.test(to.protocol);
          if (!isWord) broken.push(`${at} is outside`);
          continue;
        }
        const plain = to.href.split("#")[0];
        const isApp = plain === site || plain === `${site}index.html`;
        if (isApp) {
          const isPage = /^#\/((learn|teach|author|playground|world)(\/|$)|$)/.test(to.hash);
          if (it.localName !== "a" || !isPage) broken.push(`${at} is no page`);
          continue;
        }
        if (!(await answer(plain))) {
          broken.push(`${at} is not there`);
          continue;
        }
        if (it.localName !== "a" || !plain.endsWith(".html")) continue;
        const page = await read(plain);
        const id = decodeURIComponent(to.hash.slice(1));
        if (id && !page.getElementById(id)) broken.push(`${at} has no such place`);
        if (!seen.has(plain)) seen.add(plain) && queue.push(plain);
      }
    }
    return { broken, nPages: seen.size, nLinks };
  });
  assert.deepEqual(broken, []);
  assert.ok(nPages > 30 && nLinks > 500, `${nPages} pages, ${nLinks} links`);
});

for (const [width, colorScheme] of [[390, "light"], [390, "dark"], [1200, "light"]]) {
  journey(`no page is wider than a window of ${width}, nor is a table of it, ${colorScheme}`, { viewport: { width, height: 800 }, colorScheme }, async ({ page, open }) => {
    await open("docs/index.html");
    const all = await page.evaluate(async () => {
      const menu = new DOMParser().parseFromString(await (await fetch("toc.html")).text(), "text/html");
      return [...new Set([...menu.querySelectorAll("a[href]")].map((it) => new URL(it.getAttribute("href"), location.href).href.split("#")[0]))];
    });
    assert.ok(all.length > 25, `${all.length} pages`);
    const wide = [];
    for (const url of all) {
      await page.goto(url);
      await page.evaluate(() => document.fonts.ready);
      wide.push(
        ...(await page.evaluate(() => {
          const name = location.pathname.split("/docs/")[1];
          const found = [];
          if (document.documentElement.scrollWidth > innerWidth) found.push(`${name} is ${document.documentElement.scrollWidth} wide`);
          for (const it of document.querySelectorAll("main .table-wrapper")) {
            const out = it.scrollWidth - it.clientWidth;
            if (out > 1) found.push(`${name}: ${out} pixels of “${it.textContent.trim().slice(0, 40)}” are out of sight`);
          }
          return found;
        })),
      );
    }
    assert.deepEqual(wide, []);
  });
}

journey("the playground's foot leads to the book, and its back button to the work left there", async ({ page, open }) => {
  await open("");
  const link = page.getByRole("contentinfo").getByRole("link", { name: "Documentation", exact: true });
  await page.getByRole("checkbox", { name: "with MFA" }).uncheck();
  await link.click();
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  assert.match(new URL(page.url()).pathname, /\/docs\/(index\.html)?$/);
  await page.goBack();
  const mfa = page.getByRole("checkbox", { name: "with MFA" });
  await mfa.waitFor();
  assert.equal(await mfa.isChecked(), false);
});

journey("a page that only speaks of examples fetches none", async ({ page, open, requests }) => {
  await open("docs/embedding/index.html");
  await page.locator("main h1").waitFor();
  await page.evaluate(() => customElements.whenDefined("rolewalk-playground"));
  assert.deepEqual(heavy(requests), []);
});

journey(
  "what is far below comes when the reader gets there",
  { viewport: { width: 390, height: 320 } },
  async ({ page, open, requests }) => {
    await open("docs/concepts/execution-role.html");
    await page.evaluate(() => customElements.whenDefined("rolewalk-playground"));
    // Two frames: whoever watches for the reader has looked by then.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    assert.deepEqual(heavy(requests), []);
    await example(page).isLive();
    assert.notDeepEqual(heavy(requests), []);
  },
);

for (const name of pages) {
  journey(`${name} is live, and what it tells to try comes to what it says`, async (tools) => {
    const { page, open, axe, requests } = tools;
    await hear(page);
    await open(address(name));
    for (const { scenario, world, tries: all } of tries.filter((it) => it.page === name)) {
      const host = page.locator(`rolewalk-playground[src="${scenario ?? world}"]`);
      const parts = example(page, await host.getAttribute("label"));
      await parts.isLive();
      const given = JSON.stringify(await parts.scenario());
      // Texts are typed; settings are given, and the forms have journeys of their own.
      for (const attempt of all) {
        const steps = [...(attempt.after ?? []).map((id) => all.find((it) => it.id === id)), attempt];
        for (const change of steps.flatMap((it) => it.changes)) await make(parts, change);
        await stopsAt(page, parts.host, attempt.stopsAt ? DOORS[attempt.stopsAt] : null);
        if (steps.flatMap((it) => it.changes).every((it) => it.find !== undefined)) {
          await parts.reset.click();
          assert.equal(JSON.stringify(await parts.scenario()), given, `${attempt.id}: Reset`);
        } else {
          await parts.host.evaluate((it, given) => it.setScenario(JSON.parse(given)), given);
        }
      }
    }
    assert.equal(await axe(page, "rolewalk-playground"), "");
    assert.equal(requests.filter((it) => it.endsWith(".wasm") && it.includes("_bg")).length, 1);
  });
}

/** Makes a change of `tries.json`: in the text, as a reader would, where it is one of characters. */
async function make(parts, change) {
  if (change.find !== undefined) {
    await parts.opens(change.document, change.find);
    await parts.type(change.find, change.replace);
    return;
  }
  await parts.host.evaluate(async (it, { at, value, document: name, sid }) => {
    const scenario = it.getScenario();
    const named = (list, step) =>
      Array.isArray(list)
        ? list.find((one) => [one.name, one.domainId, one.userProfileName, one.vpcId].includes(step))
        : list[step];
    if (at) {
      const steps = at.split("/").slice(1);
      const last = steps.pop();
      steps.reduce(named, scenario)[last] = value;
    } else {
      const [, , role, policy] = name.split(":");
      const { document } = named(named(scenario.world.home.roles, role).inlinePolicies, policy);
      const text = typeof document === "string" ? JSON.parse(document) : document;
      text.Statement = text.Statement.filter((one) => one.Sid !== sid);
      named(named(scenario.world.home.roles, role).inlinePolicies, policy).document = text;
    }
    await it.setScenario(scenario);
  }, change);
}

journey("the example follows the book's theme", async ({ page, open, axe }) => {
  await open("docs/concepts/roles.html");
  const parts = example(page);
  await parts.isLive();
  for (const [theme, look] of [
    ["Navy", "dark"],
    ["Light", "light"],
    ["Coal", "dark"],
    ["Rust", "light"],
    ["Ayu", "dark"],
  ]) {
    const choice = page.getByRole("menuitem", { name: theme, exact: true });
    // The menu stays open after a choice.
    if (!(await choice.isVisible())) await page.getByRole("button", { name: "Change theme" }).click();
    await choice.click();
    await page.waitForFunction((theme) => document.documentElement.classList.contains(theme), theme.toLowerCase());
    const element = await parts.host.elementHandle();
    await page.waitForFunction(
      ([it, look]) => it.shadowRoot.querySelector(".rolewalk").dataset.theme === look,
      [element, look],
    );
    assert.equal(await axe(page, "rolewalk-playground"), "", theme);
  }
});

journey("a link to a lesson opens it, and what the example was is left alone", async ({ page, open }) => {
  await open("docs/concepts/roles.html");
  await example(page).isLive();
  await page.getByRole("link", { name: "Put on a role" }).click();
  await page.getByRole("heading", { name: /Put on a role/ }).first().waitFor();
});

journey("an example opens in the playground as it is", async ({ page, open, context }) => {
  await open("docs/concepts/roles.html");
  const parts = example(page);
  await parts.isLive();
  await parts.type("111122223333:root", "111122223333:user/bob");
  await parts.says("Stopped at door");
  const [opened] = await Promise.all([context.waitForEvent("page"), parts.out.click()]);
  await playground(opened).says("Stopped at door");
});

const examples = readdirSync(`${docs}embedding/examples`).filter((it) => it.endsWith(".html"));

journey("the code that the reference shows is the code that runs", async ({ page, open, address }) => {
  await open("docs/embedding/live.html");
  const html = await page.evaluate(async () => (await fetch(location.href)).text());
  // mdBook puts blank lines between elements, and a value behind each attribute.
  const source = html.replace(/\n\n+/g, "\n").replaceAll('=""', "");
  const shown = await page.locator("pre code.language-html").allTextContents();
  for (const file of examples) {
    const code = readFileSync(`${docs}embedding/examples/${file}`, "utf8").trim();
    assert.ok(shown.some((it) => it.trim() === code), `${file} is not shown`);
    const name = file.replace(".html", "");
    if (name === "loading-eager") continue;
    const runs = `<div class="live" data-example="${name}">\n${code}\n</div>`;
    assert.ok(source.includes(runs), `${file} does not run`);
  }
  assert.ok(address && examples.length > 15);
});

/** One example of the reference, by the name of its file. */
function ofReference(page, name) {
  const part = page.locator(`[data-example="${name}"]`);
  return { part, host: part.locator("rolewalk-playground"), verdict: part.getByRole("region", { name: "Verdict" }) };
}

/** The last example names a file that is not there. */
const MISSING = /not-there\.rolewalk\.json|status of 404/;

journey("every example of the reference is drawn", async ({ page, open, axe, requests, expectError }) => {
  expectError(MISSING);
  await open("docs/embedding/live.html");
  const before = heavy(requests).length;
  for (const file of examples) {
    const name = file.replace(".html", "");
    if (["loading-eager", "loading-click", "error", "frame"].includes(name)) continue;
    const { host, verdict } = ofReference(page, name);
    await host.scrollIntoViewIfNeeded();
    await verdict.waitFor();
  }
  assert.ok(before < heavy(requests).length);
  // Of the page's own, since a frame is a page of its own.
  const own = await page.evaluate(() => performance.getEntriesByType("resource").map((it) => it.name));
  assert.equal(own.filter((it) => /_bg[^/]*\.wasm/.test(it)).length, 1);

  const click = ofReference(page, "loading-click");
  await click.host.scrollIntoViewIfNeeded();
  await click.part.getByRole("button", { name: "Open the playground" }).click();
  await click.verdict.waitFor();

  const error = ofReference(page, "error");
  await error.host.scrollIntoViewIfNeeded();
  await error.part.getByRole("alert").getByText("was answered with 404").waitFor();

  const look = (name) => ofReference(page, name).host.evaluate((it) => it.shadowRoot.querySelector(".rolewalk").dataset.theme);
  assert.equal(await look("theme-dark"), "dark");
  assert.equal(await look("theme-light"), "light");
  const readonly = ofReference(page, "readonly").part;
  assert.equal(await readonly.getByRole("button", { name: "Reset" }).count(), 0);
  assert.equal(await axe(page, "rolewalk-playground"), "");
});

journey("an example in a frame is as high as what is in it", async ({ page, open, expectError }) => {
  expectError(MISSING);
  await open("docs/embedding/live.html");
  const frame = page.locator("#framed");
  await frame.scrollIntoViewIfNeeded();
  const inside = page.frameLocator("#framed");
  await inside.getByRole("region", { name: "Verdict" }).waitFor();
  await page.waitForFunction(() => Number.parseFloat(document.getElementById("framed").style.height) > 330);
  await inside.getByRole("button", { name: /Try it/ }).click();
  await inside.getByText("every door is open", { exact: false }).first().waitFor();
});

journey("the buttons of the reference call what they say", async ({ page, open, expectError }) => {
  expectError(MISSING);
  await open("docs/embedding/live.html");
  const { part, host, verdict } = ofReference(page, "methods");
  const answer = part.getByLabel("What came back");
  await host.scrollIntoViewIfNeeded();
  await verdict.waitFor();
  await part.getByRole("button", { name: "getScenario()" }).click();
  await answer.getByText(/^Wrong trust: Alice, "openStudio"/).waitFor();
  await part.getByRole("button", { name: "setScenario(…)" }).click();
  await answer.getByText("another scenario is shown").waitFor();
  await verdict.getByText("s3:GetObject").first().waitFor();
  await part.getByRole("button", { name: "getShareUrl()" }).click();
  await answer.getByText(/#\/s\/v\d+\./).waitFor();
  await part.getByRole("button", { name: "reset()" }).click();
  await answer.getByText("as it was").waitFor();
});

journey("the log of the reference tells what a reader does", async ({ page, open, expectError }) => {
  expectError(MISSING);
  await open("docs/embedding/live.html");
  const { part, host, verdict } = ofReference(page, "events");
  const log = part.getByRole("list", { name: "Events so far" });
  await host.scrollIntoViewIfNeeded();
  await verdict.waitFor();
  await log.getByText(/^ready/).waitFor();
  await log.getByText(/^verdict .*"outcome":"shut"/).first().waitFor();
  await part.getByRole("button", { name: /Try it/ }).click();
  await log.getByText(/^change/).first().waitFor();
  await log.getByText(/^verdict .*"outcome":"open"/).first().waitFor();
});
