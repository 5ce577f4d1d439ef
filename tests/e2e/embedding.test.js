// Other people's documentation with a live example in it, made by the tools it is made with (`docs/embedding`): used there
// by click and by keyboard.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { example, hear, heavy, stopsAt } from "./embedded.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const samples = resolve(process.env.ROLEWALK_SAMPLES ?? resolve(here, "../../target/embedding/site"));
if (!existsSync(resolve(samples, "index.html"))) {
  throw new Error(`${samples} holds no samples: run \`cargo xtask book\` first`);
}
process.env.ROLEWALK_DIST = samples;
const { journey } = await import("./harness.js");

const PAGES = [
  { kind: "mdBook", path: "mdbook/training/jobs.html", document: "trust:ExecutionRole" },
  { kind: "VitePress", path: "vitepress/guide/jobs.html", document: "trust:ExecutionRole" },
  { kind: "plain HTML", path: "html/roles.html", document: "trust:DataScientistRole" },
];

for (const { kind, path, document } of PAGES) {
  const isMended = kind !== "plain HTML";
  const [before, after] = isMended ? ["lambda.amazonaws.com", "sagemaker.amazonaws.com"] : [":root", ":user/bob"];
  const [start, end] = isMended ? ["Assume job role", null] : [null, "Assume role"];

  journey(`${kind}: by click`, async ({ page, open }) => {
    await hear(page);
    await open(path);
    const parts = example(page);
    await parts.isLive();
    await stopsAt(page, parts.host, start);
    await parts.host.getByRole("button", { name: /Try it/ }).click();
    await stopsAt(page, parts.host, end);
    // A key that is pressed in the page's own text is the page's.
    await page.locator("main p").first().click();
    await page.keyboard.press("ControlOrMeta+z");
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    assert.equal(await parts.host.evaluate((it) => it.told.door), end);
    await parts.reset.click();
    await stopsAt(page, parts.host, start);
  });

  journey(`${kind}: by keyboard`, async ({ page, open }) => {
    await hear(page);
    await open(path);
    const parts = example(page);
    await parts.isLive();
    await parts.opens(document, before);
    await parts.type(before, after);
    await stopsAt(page, parts.host, end);
    assert.match(await parts.policy(), new RegExp(after));
    // Tab leaves the editor; elsewhere in the example the usual keys undo the last edit.
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ControlOrMeta+z");
    await stopsAt(page, parts.host, start);
  });

  for (const colorScheme of ["light", "dark"]) {
    journey(`${kind}: ${colorScheme}, and axe finds nothing`, { colorScheme }, async ({ page, open, axe }) => {
      await open(path);
      const parts = example(page);
      await parts.isLive();
      await parts.host.locator("[contenteditable]#policy-text").waitFor();
      assert.equal(await parts.look(), colorScheme);
      assert.equal(await axe(page, "rolewalk-playground"), "");
    });
  }

  journey(`${kind}: a column of a phone`, { viewport: { width: 390, height: 844 } }, async ({ page, open }) => {
    await open(path);
    const parts = example(page);
    await parts.isLive();
    const wide = await parts.host.evaluate((it) => it.scrollWidth > it.clientWidth + 1 || it.getBoundingClientRect().right > innerWidth + 1);
    assert.equal(wide, false);
  });
}

journey("mdBook: a scenario that stands in the page", async ({ page, open }) => {
  await hear(page);
  await open("mdbook/people.html");
  const parts = example(page);
  await parts.isLive();
  await stopsAt(page, parts.host, "API call");
});

journey("VitePress: from page to page, and the engine stays", async ({ page, open, requests }) => {
  await hear(page);
  await open("vitepress/index.html");
  assert.deepEqual(heavy(requests).filter((it) => it.includes("/rolewalk/")), []);
  await page.getByRole("link", { name: "training jobs", exact: true }).click();
  await example(page).isLive();
  await page.getByRole("link", { name: "Two at once" }).first().click();
  const [first, second] = [page.locator("rolewalk-playground").nth(0), page.locator("rolewalk-playground").nth(1)];
  await first.getByRole("region", { name: "Verdict" }).waitFor();
  await second.scrollIntoViewIfNeeded();
  await second.getByRole("region", { name: "Verdict" }).waitFor();
  await first.getByRole("button", { name: /Try it/ }).click();
  await stopsAt(page, first, null);
  await stopsAt(page, second, null);
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "Training jobs" }).waitFor();
  await example(page).isLive();
  assert.equal(requests.filter((it) => /_bg[^/]*\.wasm/.test(it)).length, 1);
});

journey("VitePress: its switch is followed", { colorScheme: "light" }, async ({ page, open }) => {
  await open("vitepress/guide/jobs.html");
  const parts = example(page);
  await parts.isLive();
  assert.equal(await parts.look(), "light");
  await page.getByRole("switch", { name: /dark/i }).first().click();
  const element = await parts.host.elementHandle();
  await page.waitForFunction((it) => it.shadowRoot.querySelector(".rolewalk").dataset.theme === "dark", element);
});

journey("plain HTML: nothing that its policy refuses", async ({ page, open }) => {
  await page.addInitScript(() => {
    window.refused = [];
    addEventListener("securitypolicyviolation", (it) => window.refused.push(`${it.violatedDirective} ${it.blockedURI} ${it.sample}`));
  });
  await hear(page);
  await open("html/roles.html");
  const parts = example(page);
  await parts.isLive();
  await page.getByText("every door is open", { exact: true }).waitFor();
  await parts.opens("trust:DataScientistRole", ":root");
  await parts.type(":root", ":user/bob");
  await page.getByText("stopped at Assume role").waitFor();
  await parts.doorButton(/Alice signs in|signs in/).first().click();
  assert.deepEqual(await page.evaluate(() => window.refused), []);
});
